//! Which builds to hold against each other; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::home::PublishedTables;

/// How differences are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Told {
    /// For reading
    #[default]
    Text,
    /// Every figure and every rank that changed, a line each
    Csv,
    /// A page to send on
    Html,
}

/// Options of `diff`.
#[derive(Clone, Debug, Args)]
pub struct Diff {
    /// Folder of the old build [default: OUT/previous, which `run` keeps]
    pub old: Option<PathBuf>,
    /// Folder of the new build [default: OUT]
    pub new: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Told::Text)]
    pub format: Told,
    /// File to write to instead of the screen
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only these tables
    #[arg(long = "table", value_name = "TABLE")]
    pub tables: Vec<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub out: PublishedTables,
}
