//! What is wrong with a request: its status, what was found, what to do, and the nearest address that works.

use crate::finding::Error;

/// The status of a page whose tables are being replaced.
pub const REBUILT: u16 = 503;

/// What is wrong with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// The status by HTTP.
    pub status: u16,
    /// What was found.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Addresses that work, each with its words; the nearest first.
    pub links: Vec<(String, String)>,
}

impl Wrong {
    fn new(status: u16, message: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong { status, message: message.into(), help: help.into(), links: Vec::new() }
    }

    /// The address is none.
    pub fn address(message: impl Into<String>) -> Wrong {
        Wrong::new(400, message, "start from one of the links")
    }

    /// A value in the address cannot be meant.
    pub fn value(message: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong::new(400, message, help)
    }

    /// What the address names is not there.
    pub fn gone(message: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong::new(404, message, help)
    }

    /// Who asks has no right to.
    pub fn refused(status: u16, message: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong::new(status, message, help)
    }

    /// The tables are being replaced.
    pub fn rebuilt() -> Wrong {
        let message = "the tables are being rebuilt: a run is putting new ones in their places";
        Wrong::new(REBUILT, message, "refresh in a moment, and the page shows the new figures")
    }

    /// What an engine said of what the address names.
    pub fn said(error: &Error) -> Wrong {
        match error {
            Error::Usage { message, help } => Wrong::gone(message, help),
            Error::Replaced { .. } => Wrong::rebuilt(),
            Error::Declaration { message, help, .. } => Wrong::new(500, message, help),
            other => Wrong::new(500, other.to_string(), "run `abreast run`, then load this page again"),
        }
    }

    /// What an engine said of something that was to be done.
    pub fn undone(error: &Error) -> Wrong {
        match error {
            Error::Usage { message, help } => Wrong::new(409, message, help),
            other => Wrong::new(500, other.to_string(), "mend what is said, then send it again; nothing is half done"),
        }
    }

    /// The same with an address that works.
    pub fn link(mut self, words: impl Into<String>, address: impl ToString) -> Wrong {
        self.links.push((words.into(), address.to_string()));
        self
    }
}
