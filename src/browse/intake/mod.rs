//! Bringing a file in, through pages alone: the list of what waits, the page of a file, and what its form does.
//!
//! In: a build and a form. Out: pages, and what `intake::waiting` does. Nothing outside the folder of waiting files is written
//! before somebody says so with "File it".

mod deeds;
mod effect;
mod file;
mod own;
mod read;
mod table;

use serde::Serialize;

pub use deeds::{bring, decide};
pub use file::{changes, page};

use super::address::Address;
use super::build::Build;
use super::request::Response;
use super::shell::{Frame, Link};
use crate::finding::Error;
use crate::home::shown;
use crate::intake::waiting::{Room, Waiting};
use crate::shown::{counted, whole};

/// Where the files of a build wait.
pub fn room(build: &Build) -> Room {
    Room { returns: build.options.returns.folder.clone(), pipelines: build.options.pipelines.folder.clone() }
}

/// What the page of the list is filled with.
#[derive(Serialize)]
struct Page {
    once: String,
    read_only: bool,
    waits: Vec<Waits>,
    folder: String,
}

/// A file that waits.
#[derive(Serialize)]
struct Waits {
    link: Link,
    words: String,
}

/// The list of what waits, with the form that brings a file in.
///
/// # Errors
/// There is no place where files could wait.
pub fn list(build: &Build) -> Result<Response, Error> {
    let room = room(build);
    let waits = |waiting: &Waiting| Waits {
        link: Link::to(&waiting.original, Address::Intake { number: Some(waiting.number) }),
        words: size(waiting),
    };
    let page = Page {
        once: build.desk.slips.give()?,
        read_only: build.options.read_only,
        waits: room.list()?.iter().map(waits).collect(),
        folder: shown(&room.folder()?),
    };
    build.shell.page(build, "intake.html", &Frame::of("Bring in a file", "intake", build.home, build), &page)
}

/// How large a file is, in words.
fn size(waiting: &Waiting) -> String {
    match waiting.bytes {
        small @ 0..1_000 => counted(small as usize, "byte", "bytes"),
        middle @ 1_000..1_000_000 => format!("{} kB", whole((middle as usize).div_ceil(1_000))),
        large => format!("{:.1} MB", large as f64 / 1e6),
    }
}
