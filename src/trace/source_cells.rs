//! The cells of a figure read again from the publisher's file, and whether they still give the figure.

pub use super::published::Published;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::Serialize;

use crate::counted;
use crate::declaration::Declared;
use crate::figure::Figures;
use crate::finding::{Error, Place};
use crate::home;
use crate::normalise::{Part, Trace, correction_of};
use crate::pipeline::records::Condition;
use crate::pipeline::{Measure, Pipeline};
use crate::refresh::dictionary;
use crate::schema::column;
use crate::value::{Cell, Dressed};

use super::kept::{Kept, Key};
use super::opened::Opened;
use super::sheet::{Piece, piece};

/// One cell of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceCell {
    /// `value`, `numerator` or `denominator`.
    pub part: &'static str,
    /// The cell as Excel names it.
    pub cell: String,
    /// The column's header.
    pub header: String,
    /// The text as published.
    pub text: String,
}

/// What reading again found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceCells {
    /// The hash of the file as it is now; none where it was not read.
    pub sha256: Option<String>,
    /// Every cell that the figure is made of.
    pub cells: Vec<SourceCell>,
    /// How they are put together.
    pub rules: Vec<String>,
    /// Whether they give the published figure; none where that could not be tried.
    pub agrees: Option<bool>,
    /// Whether a cell is not as the publisher has it, but corrected.
    pub corrected: bool,
    /// Why the file was not read, or empty.
    pub problem: String,
    /// The block as the pipeline's file has it.
    #[serde(skip)]
    pub declared: String,
    /// The sheet round the cells; none where a figure is counted from many rows.
    #[serde(skip)]
    pub piece: Option<Piece>,
}

/// Opens each file once.
pub struct Rereader {
    declared: BTreeMap<String, Declared>,
    pipelines: BTreeMap<String, Option<Pipeline>>,
    returns: Result<PathBuf, String>,
    kept: Arc<Kept<Opened>>,
    last: Option<SystemTime>,
}

impl Rereader {
    /// A reader of the files in the `returns` folder by the pipelines in `pipelines`.
    ///
    /// # Errors
    /// The pipelines folder cannot be read.
    pub fn new(returns: Option<&Path>, pipelines: Option<&Path>) -> Result<Rereader, Error> {
        Rereader::keeping(returns, pipelines, Arc::new(Kept::new(usize::MAX)))
    }

    /// The same with the files that others opened.
    ///
    /// # Errors
    /// The pipelines folder cannot be read.
    pub fn keeping(
        returns: Option<&Path>,
        pipelines: Option<&Path>,
        kept: Arc<Kept<Opened>>,
    ) -> Result<Rereader, Error> {
        let declared = home::pipelines(pipelines)?;
        Ok(Rereader {
            declared: declared.into_iter().map(|file| (file.name.clone(), file)).collect(),
            pipelines: BTreeMap::new(),
            returns: home::returns(returns).map(|returns| returns.folder).map_err(|error| error.to_string()),
            kept,
            last: None,
        })
    }

    /// When the file that was asked for last was read, and its hash worked out.
    pub fn last(&self) -> Option<SystemTime> {
        self.last
    }

    /// The pipeline of a table, where it is still declared; the others are not read.
    pub fn pipeline(&mut self, table: &str) -> Option<&Pipeline> {
        let (declared, returns) = (&self.declared, &self.returns);
        let read = || {
            let mut pipeline = declared.get(table).and_then(|file| crate::pipeline::read(file.clone()).ok())?;
            if let Ok(returns) = returns {
                dictionary::take_in(&mut pipeline, returns);
            }
            Some(pipeline)
        };
        self.pipelines.entry(table.to_owned()).or_insert_with(read).as_ref()
    }

    /// Reads the cells of a figure again.
    pub fn read(&mut self, figure: &Published<'_>) -> SourceCells {
        let problem = |problem: String| SourceCells { problem, ..SourceCells::default() };
        let folder = match &self.returns {
            Ok(folder) => folder.clone(),
            Err(why) => return problem(why.lines().next().unwrap_or_default().to_owned()),
        };
        let kept = Arc::clone(&self.kept);
        let Some(pipeline) = self.pipeline(figure.table) else {
            return problem(format!("there is no pipeline `{}` any more", figure.table));
        };
        let what = [figure.table, figure.file, part(pipeline, figure)];
        let key = Key::of(what, &pipeline.texts(), &folder.join(figure.file));
        let opened = match kept.get(&key, || Opened::of(pipeline, &folder, figure)) {
            Ok(opened) => opened,
            Err(why) => return problem(why),
        };
        let read = opened.read;
        let mut source_cells = SourceCells {
            sha256: Some(opened.hash.clone()),
            declared: opened.declared.clone(),
            ..SourceCells::default()
        };
        source_cells.rules.push(format!("layout: the block from {} of {}", opened.from, pipeline.path));
        if figure.row == 0 {
            recount(pipeline, &opened, figure, &mut source_cells);
        } else {
            cells(pipeline, &opened, figure, &mut source_cells);
        }
        self.last = Some(read);
        source_cells
    }
}

/// The pipeline of a table, where one is declared and can be read.
pub fn pipeline_of(table: &str, pipelines: Option<&Path>) -> Option<Pipeline> {
    let declared = home::pipelines(pipelines).ok()?;
    declared.into_iter().find(|file| file.name == table).and_then(|file| crate::pipeline::read(file).ok())
}

/// The measure, where a row of the file is a measure and each has a layout of its own; else empty.
fn part<'f>(pipeline: &Pipeline, figure: &Published<'f>) -> &'f str {
    if pipeline.releases.iter().any(|block| !block.parts.is_empty()) { figure.measure } else { "" }
}

/// Reads every cell of the figure's row and puts them together again.
fn cells(pipeline: &Pipeline, opened: &Opened, figure: &Published<'_>, source_cells: &mut SourceCells) {
    let table = &opened.table;
    let traced = opened.trace.as_ref().and_then(|trace| trace.measure(figure.measure, figure.column, table));
    let (Some(traced), Some(trace), Ok(row)) = (traced, &opened.trace, table.rows.binary_search(&figure.row)) else {
        source_cells.problem = format!("{} has no such cell any more", figure.file);
        return;
    };
    let declared = trace.declared(figure.measure);
    let mut corrected = false;
    let mut parts = Vec::new();
    let mut number = |name: &'static str, part: &Option<Part>| {
        let part = part.as_ref()?;
        let mut sum = Some(0.0);
        for &column in &part.columns {
            let (cell, number) =
                read(pipeline, opened, trace, declared, (name, part.scale), (row, column), &mut source_cells.rules);
            parts.push((column, name));
            source_cells.cells.push(cell);
            corrected |= correction_of(pipeline, &opened.release, table, row, column).is_some();
            sum = sum.zip(number).map(|(sum, number)| sum + number);
        }
        if part.columns.len() > 1 {
            source_cells.rules.push(format!("{name}: {} cells added up", part.columns.len()));
        }
        if part.scale != 1.0 {
            source_cells.rules.push(format!("{name}: multiplied by {} (`scale`)", part.scale));
        }
        Some(sum.map(|sum| sum * part.scale))
    };
    let (value, top, bottom) = (
        number("value", &traced.value),
        number("numerator", &traced.numerator),
        number("denominator", &traced.denominator),
    );
    source_cells.corrected = corrected;
    source_cells.piece = Some(piece(table, trace, row, &parts));
    let multiplier = declared.and_then(|measure| measure.unit.multiplier()).unwrap_or(1.0);
    let rate = top.flatten().zip(bottom.flatten()).map(|(top, bottom)| top / bottom * multiplier);
    if rate.is_some_and(|rate| same(Some(rate), figure.value))
        && !value.flatten().is_some_and(|value| same(Some(value), figure.value))
    {
        source_cells.rules.push(format!("value: numerator / denominator x {multiplier}"));
    }
    let parts = [(top, figure.numerator), (bottom, figure.denominator)];
    let counts = parts.iter().all(|(read, published)| read.is_none_or(|read| same(read, *published)));
    let any = figure.value.is_none() || same(value.flatten(), figure.value) || same(rate, figure.value);
    source_cells.agrees = Some(counts && any);
}

/// The text of one cell and the number it stands for; what changes it goes to `rules`.
fn read(
    pipeline: &Pipeline,
    opened: &Opened,
    trace: &Trace,
    measure: Option<&Measure>,
    (part, scale): (&'static str, f64),
    (row, column): (usize, usize),
    rules: &mut Vec<String>,
) -> (SourceCell, Option<f64>) {
    let table = &opened.table;
    let text = table.frame.columns()[column].str().ok().and_then(|cells| cells.get(row)).unwrap_or_default();
    let cell = SourceCell {
        part,
        cell: table.place(Some(row), Some(column)).address(),
        header: table.names().nth(column).unwrap_or_default().to_owned(),
        text: text.to_owned(),
    };
    let correction = correction_of(pipeline, &opened.release, table, row, column);
    if let Some(correction) = correction {
        rules.push(format!(
            "{}: corrected from `{}` to `{}`: {}",
            cell.cell, correction.from, correction.to, correction.reason
        ));
    }
    let text = correction.map_or(text, |correction| correction.to.as_str()).trim();
    let word = measure.and_then(|measure| measure.values.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)));
    if let Some((word, number)) = word {
        rules.push(format!("{}: `{word}` stands for {number} (`values`)", cell.cell));
        return (cell, Some(*number));
    }
    let of_percent = measure.filter(|_| part == "value").and_then(|measure| measure.unit.of_percent());
    match trace.symbols().read(text) {
        Cell::Dressed(dressed) if dressed.percent && of_percent.is_some_and(|factor| factor * scale != 1.0) => {
            rules.push(format!("{}: `{text}` says by its sign that it is out of 100", cell.cell));
            (cell, of_percent.map(|factor| dressed.number * factor / scale))
        }
        Cell::Number(number) | Cell::Dressed(Dressed { number, .. }) => (cell, Some(number)),
        Cell::Mark(status) => {
            rules.push(format!("{}: `{text}` means {} (`symbols`)", cell.cell, status.word()));
            (cell, None)
        }
        Cell::Empty | Cell::Unknown => (cell, None),
    }
}

/// Equal but for the last bits of a division.
fn same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other || (one - other).abs() <= 1e-9 * one.abs().max(other.abs()),
        (None, None) => true,
        _ => false,
    }
}

/// Counts the records again.
fn recount(pipeline: &Pipeline, opened: &Opened, figure: &Published<'_>, source_cells: &mut SourceCells) {
    let place = Place { column: Some(u32::from(figure.column)), ..opened.table.place(None, None) };
    source_cells.rules.push(match counted::is_file(&place.file) {
        true => format!("counted by an engine, whose answer is {} in {} lines", place.file, opened.table.rows.len()),
        false => format!("counted from the {} rows of {}", opened.table.rows.len(), place.address()),
    });
    if let Some(measure) = pipeline.measures.get(figure.measure) {
        for (word, condition) in [("counted", Some(&measure.count)), ("out of", measure.of.as_ref())] {
            let rules = condition.into_iter().flat_map(Condition::rules);
            source_cells.rules.extend(rules.map(|rule| format!("{word}: {rule}")));
        }
        source_cells.rules.extend(pipeline.predecessor.as_ref().map(|known| {
            let first = known.take.get_ref().first().map_or("", String::as_str);
            format!("where `{first}` is empty it is that of the record that `{}` names", known.field)
        }));
        source_cells.rules.extend(measure.sum.iter().map(|field| format!("`{field}` is added up")));
    }
    source_cells.agrees = opened.counted.as_ref().and_then(|frame| {
        let figures = Figures::of(frame).ok()?;
        let row = (0..frame.height())
            .find(|&row| figures.measure.word(row) == figure.measure && figures.id(figure.table, row) == figure.id)?;
        let value = frame.get(column::Value).ok()?[row];
        Some(same(Some(value).filter(|value| value.is_finite()), figure.value))
    });
}
