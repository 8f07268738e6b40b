//! What a form brings: its fields in their order, and its files as copies on the disk.
//!
//! In: the text of a form, or the parts that `body` took from the wire. Out: a `Form`. A file's name is what the sender calls
//! it: it is shown and never used as a path.

use std::path::Path;
use std::sync::Arc;

use tempfile::TempPath;

use crate::browse::raw::pairs;
use crate::browse::wrong::Wrong;

/// The most fields of a form.
pub const MOST_FIELDS: usize = 4000;

/// What a form brings.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Names and values, in their order.
    pub fields: Vec<(String, String)>,
    /// Its files, in their order.
    pub files: Vec<Upload>,
}

/// A file that a form brings: a copy that is gone with the last holder of it.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// What its sender calls it.
    pub name: String,
    copy: Arc<TempPath>,
}

impl Upload {
    /// A file called `name` by its sender, whose bytes are in `copy`.
    pub fn new(field: impl Into<String>, name: impl Into<String>, copy: TempPath) -> Upload {
        Upload { field: field.into(), name: name.into(), copy: Arc::new(copy) }
    }

    /// Where its bytes are.
    pub fn path(&self) -> &Path {
        &self.copy
    }
}

impl Form {
    /// A form of fields alone.
    pub fn of(fields: &[(&str, &str)]) -> Form {
        let owned = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Form { fields: owned.collect(), files: Vec::new() }
    }

    /// Reads `name=value&name=value`.
    ///
    /// # Errors
    /// It is no text of that kind, or has too many fields.
    pub fn parse(text: &str) -> Result<Form, Wrong> {
        let form = Form { fields: pairs(text)?, files: Vec::new() };
        form.in_bounds()
    }

    /// The form, unless it has more fields than any page of ours.
    ///
    /// # Errors
    /// It has.
    pub fn in_bounds(self) -> Result<Form, Wrong> {
        match self.fields.len() > MOST_FIELDS {
            true => {
                let message = format!("the form has {} fields, {MOST_FIELDS} is the most", self.fields.len());
                Err(Wrong::refused(413, message, "send it from a page of the explorer"))
            }
            false => Ok(self),
        }
    }

    /// The value of a field; of several of one name the first.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The values of all fields of a name, in their order.
    pub fn values<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
