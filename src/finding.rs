//! What can be wrong: a `Finding` says where in the data and what to do next; an `Error` says why the run cannot go on.
//!
//! Findings are collected by every stage and printed together at the end; severity `Error` means that the
//! table concerned is not written (exit 1). An `Error` ends the command (exit 2).

use std::fmt;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::text::printable;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Note,
    /// Look at it before the figures go to a board; the table is written.
    Warning,
    /// The data is not as declared; the table is not written.
    Error,
}

impl Severity {
    /// The word printed and written to `findings.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Where in a source a finding stands. Rows and columns count from 1, as Excel shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, as a path relative to the returns or pipelines folder.
    pub file: String,
    /// The sheet of a workbook, or empty.
    pub sheet: String,
    /// The row, or none where the finding is about the whole file or column.
    pub row: Option<u32>,
    /// The column, or none where the finding is about the whole row.
    pub column: Option<u32>,
}

impl Place {
    /// A place that is a whole file.
    pub fn file(path: impl Into<String>) -> Self {
        Place { file: path.into(), ..Place::default() }
    }

    /// The cell as Excel names it, such as `F37`; a row or a column alone as `row 37`, `column F`. A TOML has lines, and
    /// Parquet row groups, rows and columns, all counted from 1.
    pub fn cell(&self) -> String {
        if self.is_columnar() {
            let row = self.row.filter(|row| *row > 0).map(|row| format!("row {row}"));
            let group = Some(self.sheet.clone()).filter(|sheet| !sheet.is_empty());
            let column = self.column.map(|column| format!("column {column}"));
            return [group, row, column].into_iter().flatten().collect::<Vec<_>>().join(", ");
        }
        if self.file.ends_with(".toml") {
            let part = |name: &str, number: Option<u32>| number.map(|number| format!("{name} {number}"));
            let parts = [part("line", self.row), part("column", self.column)];
            return parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        }
        match (self.row, self.column) {
            (Some(row), Some(column)) => format!("{}{row}", column_letters(column)),
            (Some(row), None) => format!("row {row}"),
            (None, Some(column)) => format!("column {}", column_letters(column)),
            (None, None) => String::new(),
        }
    }

    /// Whether it is a place in Parquet, which has neither sheets nor letters above its columns.
    fn is_columnar(&self) -> bool {
        self.sheet.starts_with(ROW_GROUP) || (self.sheet.is_empty() && is_parquet(&self.file))
    }

    /// Whether it lies in `file`, or below it where that is a folder of parts.
    pub fn is_in(&self, file: &str) -> bool {
        self.file.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The cell as Excel addresses it across sheets, such as `Inspections_31_March_2024!F37`; a CSV by its file's name.
    pub fn address(&self) -> String {
        if self.is_columnar() {
            let name = self.file.rsplit('/').next().unwrap_or_default();
            return [name, &self.cell()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        }
        let name = if self.sheet.is_empty() { self.file.rsplit('/').next().unwrap_or_default() } else { &self.sheet };
        let cell = self.cell();
        if cell.is_empty() { name.to_owned() } else { format!("{name}!{cell}") }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.sheet.is_empty() && !self.is_columnar() {
            write!(f, " sheet `{}`", self.sheet)?;
        }
        let cell = self.cell();
        if !cell.is_empty() {
            write!(f, " {cell}")?;
        }
        Ok(())
    }
}

/// What a row group of Parquet is called where a workbook has a sheet, before its number.
const ROW_GROUP: &str = "row group ";

/// The words for the row group `number`, counted from 1, where a workbook has a sheet.
pub fn row_group(number: usize) -> String {
    format!("{ROW_GROUP}{number}")
}

/// Whether a file's name says that it is Parquet.
pub fn is_parquet(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".parquet", ".parq", ".pq"].iter().any(|ending| lower.ends_with(ending))
}

/// The letters Excel puts above a column: 1 is `A`, 27 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

/// The column, counted from 0, and the row of a cell as Excel names it: `J160` is (9, 160).
pub fn cell_reference(text: &str) -> Option<(usize, u32)> {
    let text = text.trim().replace('$', "").to_uppercase();
    let letters = text.find(|c: char| !c.is_ascii_uppercase()).filter(|letters| (1..=3).contains(letters))?;
    let column = text[..letters].bytes().fold(0usize, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    let row = text[letters..].parse().ok()?;
    Some((column - 1, row))
}

/// One thing found in the data, with its place and the next action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable name of the kind of finding, such as `unknown-authority`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// The pipeline, which is also the table, concerned.
    pub table: String,
    /// The release concerned, or empty.
    pub release: String,
    /// Where in the source.
    pub place: Place,
    /// What was found and what was expected, no full stop.
    pub message: String,
    /// What to do about it, no full stop.
    pub help: String,
}

impl Finding {
    /// A finding without table, release and place; the stage that knows them adds them.
    pub fn new(severity: Severity, code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Finding {
            code: code.to_owned(),
            severity,
            table: String::new(),
            release: String::new(),
            place: Place::default(),
            message: readable(message.into()),
            help: help.into(),
        }
    }

    /// A failure that no input should be able to cause, said rather than panicked.
    pub fn internal(error: &dyn std::fmt::Display) -> Self {
        Finding::error(
            "internal",
            format!("the table could not be put together: {error}"),
            "report this with the file and the pipeline",
        )
    }

    /// A finding of severity error.
    pub fn error(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Finding::new(Severity::Error, code, message, help)
    }

    /// A finding of severity warning.
    pub fn warning(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Finding::new(Severity::Warning, code, message, help)
    }

    /// A finding of severity note.
    pub fn note(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Finding::new(Severity::Note, code, message, help)
    }

    /// The same finding at `place`.
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same finding, of this table and release.
    pub fn of(mut self, table: &str, release: &str) -> Self {
        table.clone_into(&mut self.table);
        release.clone_into(&mut self.release);
        self
    }

    /// The same finding as a note: a person has found it to be true, for a `reason`.
    pub fn accepted(mut self, reason: &str) -> Self {
        self.severity = Severity::Note;
        self.message = format!("{} (accepted: {reason})", self.message);
        self
    }

    /// Whether the table concerned must not be written.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.severity.word(), self.code)?;
        if !self.table.is_empty() {
            write!(f, " table `{}`", self.table)?;
        }
        if !self.release.is_empty() {
            write!(f, " release {}", self.release)?;
        }
        writeln!(f, ": {}", self.message)?;
        let place = self.place.to_string();
        if !place.is_empty() {
            writeln!(f, "  at {place}")?;
        }
        write!(f, "  help: {}", self.help)
    }
}

/// Why a command cannot go on. Printed on stderr with its help; the process exits with 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A folder or file that must be there is not.
    #[error("there is no {what} at `{}`\n  help: {help}", path.display())]
    Missing {
        /// What was looked for, such as "returns folder".
        what: &'static str,
        /// Where it was looked for.
        path: PathBuf,
        /// The next action.
        help: String,
    },
    /// A file that Abreast itself owns (pipeline, reference, report) does not say what it must.
    #[error("{place}: {message}\n  help: {help}")]
    Declaration {
        /// File, row and column.
        place: Box<Place>,
        /// What was found and what was expected.
        message: String,
        /// The next action.
        help: String,
    },
    /// Reading or writing failed; the message of `fs-err` names the path.
    #[error("{0}\n  help: {1}")]
    Io(#[source] std::io::Error, String),
    /// A file was read of a build that has been replaced since.
    #[error("`{}` was replaced while it was read\n  help: a run has put new tables in place meanwhile: do it again", path.display())]
    Replaced {
        /// Its path.
        path: PathBuf,
    },
    /// The words on the command line do not fit the data.
    #[error("{message}\n  help: {help}")]
    Usage {
        /// What was asked for and why it cannot be done.
        message: String,
        /// The next action.
        help: String,
    },
    /// A published table could not be made or read.
    #[error("{what} `{}`: {message}\n  help: delete it and run `abreast run` again", path.display())]
    Table {
        /// What was being done.
        what: &'static str,
        /// The table's path.
        path: PathBuf,
        /// What the library said.
        message: String,
    },
}

impl Error {
    /// A declaration error at a line and column of one of our own files.
    pub fn declaration(place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Error::Declaration { place: Box::new(place), message: message.into(), help: help.into() }
    }

    /// A usage error.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Error::Usage { message: message.into(), help: help.into() }
    }

    /// A failure to read or write an output, with the usual remedies for `path`.
    pub fn writing(error: std::io::Error, path: &Path) -> Self {
        let help = match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                "the disk is full: free some space and run again; every file is whole, the old one or the new one"
                    .to_owned()
            }
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => format!(
                "choose a folder you can write to instead of `{}`: with `--out DIR` for outputs, `--returns DIR` for returns",
                path.display()
            ),
            std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::NotADirectory => {
                "a file stands where a folder should be: move it away, or choose another folder with `--out DIR` (`--returns DIR` for returns)"
                    .to_owned()
            }
            _ => "check that the folder exists and can be written to, then run again".to_owned(),
        };
        Error::Io(error, help)
    }

    /// A failure to read one of our own inputs.
    pub fn reading(error: std::io::Error) -> Self {
        Error::Io(error, "check the path and that you may read it".to_owned())
    }
}

/// The most letters of a message: enough for the names of all authorities, and for the start of a cell of megabytes.
const MOST_LETTERS: usize = 6000;

/// A message cut where nobody reads on.
fn readable(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(MOST_LETTERS) {
        message.truncate(end);
        message.push_str(" ...");
    }
    message
}

/// The most bytes of a word that may be a misspelling; a cell of megabytes is none, and comparing it would take for ever.
pub const MOST_OF_A_WORD: usize = 200;

/// The one of `candidates` that is `word` but for a slip of the finger: a letter or two, and never another number.
pub fn slip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let digits = |text: &str| {
        let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    let lower = word.to_lowercase();
    let most = (lower.chars().count() / 4).min(2);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance > 0 && *distance <= most && digits(candidate) == digits(word))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The nearest of `candidates` to `word`, if any is near enough to be a likely misspelling.
pub fn likely<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MOST_OF_A_WORD {
        return None;
    }
    let lower = word.to_lowercase();
    // One slip of the finger is likelier than a longer word that begins alike.
    let slip = |other: &str| other.chars().count() > 2 && strsim::osa_distance(&lower, other) == 1;
    let score = |candidate: &str| {
        let other = candidate.to_lowercase();
        strsim::jaro_winkler(&lower, &other).max(if slip(&other) { 0.99 } else { 0.0 })
    };
    candidates
        .into_iter()
        .map(|candidate| (score(candidate), candidate))
        .filter(|(score, _)| *score > 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}
/// Text from a file on one line of the screen: control and direction marks are shown, not obeyed.
pub fn tidy(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .flat_map(|c| {
            if hidden(c) { c.escape_unicode().to_string() } else { c.to_string() }.chars().collect::<Vec<_>>()
        })
        .collect()
}
