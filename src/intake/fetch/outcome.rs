//! What becomes of one thing that is fetched, and what a fetch keeps from one to the next.

use super::super::basis::Basis;
use super::super::options::Add;
use crate::fetch::{Api, Client};
use crate::finding::{Error, Finding};
use crate::manifest::Manifest;
use indicatif::ProgressBar;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;

/// What became of something that was wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Filed,
    Unchanged,
}

/// Why one of them could not be had, or why none can.
pub(super) enum Trouble {
    Found(Box<Finding>),
    Stop(Error),
}

impl From<Finding> for Trouble {
    fn from(finding: Finding) -> Self {
        Trouble::Found(Box::new(finding))
    }
}

impl From<Error> for Trouble {
    /// What `add` refuses concerns one file; a folder that cannot be written to concerns them all.
    fn from(error: Error) -> Self {
        match error {
            Error::Usage { message, help } => Finding::error("not-filed", message, help).into(),
            other => Trouble::Stop(other),
        }
    }
}

/// What every part of a fetch needs.
pub(super) struct Fetching {
    pub client: Client,
    pub api: Api,
    pub returns: PathBuf,
    pub manifest: Manifest,
    pub add: Add,
    pub basis: Rc<Basis>,
    /// Addresses taken for a return: tables of one file need it once.
    pub taken: BTreeSet<(String, String)>,
    pub bar: ProgressBar,
}
