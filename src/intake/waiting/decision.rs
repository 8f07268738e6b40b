//! What is to be done to file a file that waits.

use crate::intake::filing::Place;
use serde::{Deserialize, Serialize};

/// Everything that is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Filing {
    pub return_name: String,
    pub release: String,
    pub name: String,
    pub why: String,
    /// Pipelines by name, as they are written whole.
    pub pipelines: Vec<(String, String)>,
    /// Lines of `aliases.csv`.
    pub aliases: String,
}

impl Filing {
    /// Where the file goes.
    pub fn place(&self) -> Place {
        Place {
            return_name: self.return_name.clone(),
            release: self.release.clone(),
            name: self.name.clone(),
            why: self.why.clone(),
        }
    }
}
