//! Every change as a line of CSV: figures, ranks and flags in one file, in the order in which tables are told.

use std::io::{Seek, Write};

use super::{Between, Cause, Flag, Kind, Line, Move};
use crate::finding::Error;
use crate::text;

const HEADER: [&str; 25] = [
    "about",
    "table",
    "change",
    "measure",
    "period",
    "code",
    "area",
    "topic",
    "breakdown",
    "old",
    "new",
    "old_release",
    "new_release",
    "size",
    "old_rank",
    "new_rank",
    "by_own_figure",
    "by_others",
    "old_band",
    "new_band",
    "old_funnel",
    "new_funnel",
    "out_of",
    "id",
    "comparator",
];

/// Every change as a line of CSV, in a temporary file until all are known.
pub struct Lines(Option<csv::Writer<std::fs::File>>);

impl Lines {
    /// Lines to be written, or none where nobody asks for them.
    ///
    /// # Errors
    /// There is no room for a temporary file.
    pub fn new(wanted: bool) -> Result<Lines, Error> {
        if !wanted {
            return Ok(Lines(None));
        }
        let mut file = tempfile::tempfile().map_err(Error::reading)?;
        // Excel takes a CSV for UTF-8 only with a byte order mark.
        file.write_all("\u{feff}".as_bytes()).map_err(Error::reading)?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(HEADER).map_err(failed)?;
        Ok(Lines(Some(writer)))
    }

    /// Adds what lies between two builds of a table.
    ///
    /// # Errors
    /// There is no room for a temporary file.
    pub fn add(&mut self, between: &Between) -> Result<(), Error> {
        let Some(writer) = &mut self.0 else { return Ok(()) };
        let table = &between.report.table;
        for line in &between.figures {
            writer.write_record(figure_line(table, line).map(|text| text::cell(&text))).map_err(failed)?;
        }
        for one in &between.moves {
            writer.write_record(move_line(table, one).map(|text| text::cell(&text))).map_err(failed)?;
        }
        for flag in &between.flags {
            writer.write_record(flag_line(table, flag).map(|text| text::cell(&text))).map_err(failed)?;
        }
        Ok(())
    }

    /// The lines, from the first.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn finish(self) -> Result<std::fs::File, Error> {
        let writer = self.0.ok_or_else(|| Error::usage("no lines were asked for", "use `--format csv`"))?;
        let mut file = writer.into_inner().map_err(|error| Error::reading(error.into_error()))?;
        file.rewind().map_err(Error::reading)?;
        Ok(file)
    }
}

fn failed(error: csv::Error) -> Error {
    Error::reading(std::io::Error::other(error))
}

fn figure_line(table: &str, line: &Line) -> [String; 25] {
    let size = if line.kind == Kind::Revised { format!("{:.4}", line.size) } else { String::new() };
    let words = |figure: &super::BuildFigure| match figure.value {
        Some(value) => value.to_string(),
        None => figure.status.clone(),
    };
    let mut cells = [const { String::new() }; 25];
    let filled = [
        "figure".to_owned(),
        table.to_owned(),
        line.kind.word().to_owned(),
        line.measure.clone(),
        line.period.clone(),
        line.code.clone(),
        line.area.clone(),
        line.breakdown.0.clone(),
        line.breakdown.1.clone(),
        words(&line.old),
        words(&line.new),
        line.old.release.clone(),
        line.new.release.clone(),
        size,
    ];
    for (cell, text) in cells.iter_mut().zip(filled) {
        *cell = text;
    }
    cells[23].clone_from(&line.id);
    cells
}

fn move_line(table: &str, one: &Move) -> [String; 25] {
    let rank = |rank: u16| if rank == 0 { String::new() } else { rank.to_string() };
    let places = |places: Option<i32>| places.map_or(String::new(), |places| places.to_string());
    let none = String::new;
    [
        "rank".to_owned(),
        table.to_owned(),
        "moved".to_owned(),
        one.measure.clone(),
        one.period.clone(),
        one.code.clone(),
        one.area.clone(),
        one.breakdown.0.clone(),
        one.breakdown.1.clone(),
        none(),
        none(),
        none(),
        none(),
        none(),
        rank(one.ranks.0),
        rank(one.ranks.1),
        places(one.own),
        places(one.others),
        one.bands.0.clone(),
        one.bands.1.clone(),
        one.flags.0.clone(),
        one.flags.1.clone(),
        format!("{} -> {}", one.out_of.0, one.out_of.1),
        none(),
        none(),
    ]
}

fn flag_line(table: &str, flag: &Flag) -> [String; 25] {
    let mut cells = [const { String::new() }; 25];
    let filled = [
        "flag",
        table,
        "moved",
        &flag.measure,
        &flag.period,
        &flag.code,
        &flag.area,
        &flag.breakdown.0,
        &flag.breakdown.1,
        &flag.words.0,
        &flag.words.1,
    ];
    for (cell, text) in cells.iter_mut().zip(filled) {
        text.clone_into(cell);
    }
    let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
    cells[16] = yes(flag.cause != Cause::Others);
    cells[17] = yes(flag.cause != Cause::Own);
    cells[24].clone_from(&flag.comparator);
    cells
}
