//! What can be asked about one measure; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::home::PublishedTables;

use crate::area::LaCode;
use crate::comparator::Average;
use crate::finding::Error;
use crate::store::Found;

/// How `compare` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for a screen
    #[default]
    Table,
    /// For Excel
    Csv,
    /// For programs
    Json,
    /// Long form, as in the published table
    Parquet,
}

impl Format {
    /// The ending of a file in this format.
    fn ending(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Parquet => "parquet",
        }
    }
}

/// Options of `compare`.
#[derive(Clone, Debug, Args)]
pub struct Compare {
    /// The measure, by name; `table/measure` where two tables have it; left out with --worse-and-worsening
    #[arg(required_unless_present = "worse_and_worsening")]
    pub measure: Option<String>,
    /// The authority, by name or code, or `all`; may be given several times
    #[arg(long, value_name = "NAME|CODE", required_unless_present = "dispersion")]
    pub authority: Vec<String>,
    /// What to compare with: england, region, neighbours, neighbours-2021, core-cities, inner-london, ..., range (the best, the middle and
    /// the worst authority), list:NAME (a saved list) or names or codes of authorities
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "region,neighbours,england")]
    pub with: Vec<String>,
    /// How the figures of neighbours and groups are made
    #[arg(long, value_enum, default_value_t = Average::Mean)]
    pub average: Average,
    /// Also a row for each statistical neighbour, closest first, and for each place of a saved list
    #[arg(long)]
    pub each: bool,
    /// Also numerator and denominator beside each rate
    #[arg(long)]
    pub counts: bool,
    /// Up to which period, as published or as `2023/24` [default: the latest]
    #[arg(long)]
    pub period: Option<String>,
    /// Which breakdown, as topic or topic=breakdown [default: Total]
    #[arg(long, value_name = "TOPIC[=BREAKDOWN]")]
    pub breakdown: Option<String>,
    /// Rank and band only authorities whose denominator is at least this
    #[arg(long, value_name = "N")]
    pub minimum_denominator: Option<f64>,
    /// The gap between two breakdowns instead, first less second: `Sex=Male,Female`; may be given twice where names have commas
    #[arg(long, value_name = "TOPIC=A,TOPIC=B", conflicts_with_all = ["dispersion", "breakdown"])]
    pub gap: Vec<String>,
    /// The spread of all authorities over the years instead
    #[arg(long)]
    pub dispersion: bool,
    /// The measures on which the authority is worse than England beyond chance and getting worse
    #[arg(long, conflicts_with_all = ["measure", "gap", "dispersion"])]
    pub worse_and_worsening: bool,
    /// For a closed authority: its successors' counts summed into its area, in the years after it
    #[arg(long)]
    pub with_successors: bool,
    /// For a new authority: the figures of the authority whose area it was part of, as context
    #[arg(long)]
    pub with_predecessors: bool,
    /// How to print [default: as the ending of the file says, else table]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// File to write to instead of the screen
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub out: PublishedTables,
}

impl Compare {
    /// A measure of an authority beside nobody, as it is asked for without any option.
    pub fn of(found: &Found<'_>, code: LaCode) -> Compare {
        Compare {
            measure: Some(format!("{}/{}", found.table, found.name)),
            authority: vec![code.to_string()],
            with: Vec::new(),
            average: Average::default(),
            each: false,
            counts: false,
            period: None,
            breakdown: None,
            minimum_denominator: None,
            gap: Vec::new(),
            dispersion: false,
            worse_and_worsening: false,
            with_successors: false,
            with_predecessors: false,
            format: None,
            output: None,
            out: PublishedTables::default(),
        }
    }

    /// The format: as asked for, else as the ending of the file says, else a table.
    ///
    /// # Errors
    /// The file's ending is that of another format, or of one that is not written.
    pub fn format(&self) -> Result<Format, Error> {
        const ALL: [Format; 4] = [Format::Table, Format::Csv, Format::Json, Format::Parquet];
        let ending = |path: &PathBuf| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let Some(ending) = self.output.as_ref().and_then(ending) else { return Ok(self.format.unwrap_or_default()) };
        let told = ALL.into_iter().find(|format| format.ending() == ending);
        match (self.format, told) {
            (Some(asked), Some(told)) if asked == told || told == Format::Table => Ok(asked),
            (None, Some(told)) => Ok(told),
            (asked, _) => {
                let what = asked.map_or("a comparison".to_owned(), |asked| format!("`--format {}`", asked.ending()));
                let message = format!("{what} is not written as a file with the ending `.{ending}`");
                Err(Error::usage(message, "name a file that ends in .csv (which Excel opens), .json, .parquet or .txt"))
            }
        }
    }
}
