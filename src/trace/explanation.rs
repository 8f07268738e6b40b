//! A figure explained: everything from the number on a page back to its cells, as text or JSON.

use std::fmt::Write as _;

use serde::Serialize;

use crate::finding::{Place, tidy};
use crate::reading::Reading;
use crate::shown::trimmed;
use crate::value::Status;

use super::filed::Filed;
use super::source_cells::SourceCells;

/// A cell and what it gave.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TracedFigure {
    /// The area.
    pub area: String,
    /// Its 3-digit code, else its 9-character code.
    pub code: String,
    /// The release the figure stands in.
    pub release: String,
    /// The number, none where there is none.
    pub value: Option<f64>,
    /// Why there is none; `number` where there is.
    pub status: String,
    /// As a report shows it.
    pub shown: String,
    /// The source file.
    pub file: String,
    /// The cell as Excel names it.
    pub cell: String,
    /// What it is made of, numerator and denominator.
    #[serde(skip)]
    pub counts: Option<(f64, f64)>,
    /// Where the cell is.
    #[serde(skip)]
    pub place: Place,
}

/// One comparator with each figure it is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// The word on the command line.
    pub comparator: String,
    /// Its name.
    pub name: String,
    /// Its figure.
    pub value: Option<f64>,
    /// As a report shows it.
    pub shown: String,
    /// `published` or `mean`.
    pub average: String,
    /// How many members had a figure.
    pub used: u16,
    /// How many members it has.
    pub members: u16,
    /// The cells.
    pub cells: Vec<TracedFigure>,
}

/// Where the authority stands among the others.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Standing {
    /// Rank, 1 the best.
    pub rank: u16,
    /// How many were ranked.
    pub out_of: u16,
    /// `A` to `D`, or empty.
    pub band: String,
    /// Place in the funnel, or empty.
    pub unusual: String,
}

/// A figure explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The figure's id.
    pub id: String,
    /// Its table.
    pub table: String,
    /// Its measure.
    pub measure: String,
    /// The measure in words.
    pub label: String,
    /// The measure at length, or empty.
    pub definition: String,
    /// Its unit.
    pub unit: String,
    /// The period as a reader sees it.
    pub period: String,
    /// Topic and breakdown, or `Total`.
    pub breakdown: String,
    /// The figure and where it comes from.
    pub figure: TracedFigure,
    /// The numerator.
    pub numerator: Option<f64>,
    /// The denominator.
    pub denominator: Option<f64>,
    /// Text of the cell where it is not a plain number, as the table keeps it.
    pub raw: String,
    /// Publisher and publication.
    pub source: String,
    /// Whether the figures are simulated.
    pub illustrative: bool,
    /// The hash of the file that the table was made from.
    pub sha256: String,
    /// The cells read again.
    pub source_cells: SourceCells,
    /// The same figure in other releases, oldest first.
    pub other_releases: Vec<TracedFigure>,
    /// The series of the figure in every release, the oldest period first.
    pub series: Vec<Filed>,
    /// What may be said of the figure; none where nothing may.
    #[serde(skip)]
    pub reading: Option<Reading>,
    /// What may be said of the figure, in the words of charts and papers; empty where nothing may.
    pub said: String,
    /// Where the authority stands; none where it is not ranked.
    pub standing: Option<Standing>,
    /// What it is compared with.
    pub comparators: Vec<Against>,
}

impl Explanation {
    /// For programs.
    ///
    /// # Errors
    /// A number that JSON cannot hold.
    pub fn json(&self) -> Result<String, crate::finding::Error> {
        serde_json::to_string_pretty(self).map_err(|error| super::said(&error))
    }

    /// The explanation for reading.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let figure = &self.figure;
        writeln!(out, "{}", self.label)?;
        writeln!(out, "{} ({}), {}, {}: {}", figure.area, figure.code, self.period, self.breakdown, figure.shown)?;
        if self.illustrative {
            writeln!(out, "  ILLUSTRATIVE: this figure is simulated")?;
        }
        if let (Some(top), Some(bottom)) = (self.numerator, self.denominator) {
            writeln!(out, "  counts    {} of {}", trimmed(top, 4), trimmed(bottom, 4))?;
        }
        if !self.said.is_empty() {
            writeln!(out, "  says      {}", self.said)?;
        }
        writeln!(out, "  id        {}", self.id)?;
        if !self.definition.is_empty() {
            writeln!(out, "  means     {}", self.definition)?;
        }
        writeln!(out, "\nsource")?;
        writeln!(out, "  from      {}, release {}", self.source, figure.release)?;
        writeln!(out, "  file      {}", figure.file)?;
        writeln!(out, "  sha256    {} ({})", self.sha256, self.hash_words())?;
        writeln!(out, "  cell      {}", figure.cell)?;
        self.write_cells(out)?;
        for rule in &self.source_cells.rules {
            writeln!(out, "  rule      {rule}")?;
        }
        if let Some(agrees) = self.source_cells.agrees {
            writeln!(out, "  check     {}", self.agreement(agrees))?;
        }
        if !self.other_releases.is_empty() {
            writeln!(out, "\nother releases")?;
            for other in &self.other_releases {
                writeln!(out, "  {:8}  {:>12}  {}  {}", other.release, other.shown, other.file, other.cell)?;
            }
        }
        self.write_comparators(out)
    }

    /// Whether the cells give the figure, and whose it is.
    pub fn agreement(&self, agrees: bool) -> String {
        if !agrees {
            return "the cells DO NOT give this figure: run again".to_owned();
        }
        let raw = tidy(&self.raw);
        match Status::from_word(&self.figure.status) {
            _ if self.source_cells.corrected => {
                "the cells, as corrected, give this figure; the publisher's is another".to_owned()
            }
            Some(Status::Differs) => format!("the counts give this figure; the publisher prints {raw}"),
            Some(Status::WorkedOut) => format!("the counts give this figure; the publisher gives none (`{raw}`)"),
            Some(Status::Doubtful) => {
                "the cells give the published figure, which a check doubts: see findings.csv".to_owned()
            }
            Some(status) if status.is_outside() => format!("the cells give the published figure: {}", status.reason()),
            _ => "the cells give the published figure".to_owned(),
        }
    }

    fn hash_words(&self) -> &str {
        match &self.source_cells.sha256 {
            Some(now) if *now == self.sha256 => "the file still has it",
            Some(_) => "the file has CHANGED since: run again",
            None => &self.source_cells.problem,
        }
    }

    fn write_cells(&self, out: &mut String) -> std::fmt::Result {
        for cell in &self.source_cells.cells {
            writeln!(out, "  {:11} {}  `{}`  {}", cell.part, cell.cell, tidy(&cell.text), tidy(&cell.header))?;
        }
        if self.source_cells.cells.is_empty() && !self.raw.is_empty() {
            writeln!(out, "  text      `{}`", tidy(&self.raw))?;
        }
        Ok(())
    }

    fn write_comparators(&self, out: &mut String) -> std::fmt::Result {
        if let Some(standing) = &self.standing {
            write!(out, "\nrank {} of {}", standing.rank, standing.out_of)?;
            if !standing.band.is_empty() {
                write!(out, ", band {}", standing.band)?;
            }
            if !standing.unusual.is_empty() {
                write!(out, ", {} the funnel's limits", standing.unusual)?;
            }
            writeln!(out)?;
        }
        for against in &self.comparators {
            let made = match (against.average.as_str(), against.members) {
                ("mean", members) => format!("mean of {} of {members}", against.used),
                (average, _) => average.to_owned(),
            };
            writeln!(out, "\n{}: {} ({made})", against.name, against.shown)?;
            for cell in &against.cells {
                writeln!(out, "  {:28} {:>12}  {}", cell.area, cell.shown, cell.cell)?;
            }
        }
        Ok(())
    }
}
