//! The table side by side: rows are the authority, its region, its neighbours and England, years run left to right.

use super::view::{Line, View};
use super::{notes, range, reorganised};
use crate::comparator::Comparator;

use polars::prelude::{BooleanChunked, NewChunkedArray, PlSmallStr};

use super::asked::Asked;
use super::options::Format;
use super::print::{Cell, Sheet};
use super::said;
use crate::area::LaCode;
use crate::comparator::Average;
use crate::compare::Comparison;
use crate::finding::{Error, Finding};
use crate::frame::Frame;
use crate::publish::{Part, encode, splice};
use crate::schema::{COMPARISONS, column};
use crate::store::Found;

/// The most periods on a screen; files hold all of them.
const SCREEN_PERIODS: usize = 8;

/// One sheet an authority.
///
/// # Errors
/// No such period.
pub fn sheets(
    asked: &Asked<'_>,
    found: &Found<'_>,
    frame: &Frame,
    only: &(String, String),
) -> Result<Vec<Sheet>, Error> {
    let context = asked.context(found, only);
    let comparison = Comparison::of(frame, &context).map_err(said)?;
    let view = View::of(asked, found, frame, &comparison, only)?;
    Ok(asked.authorities.iter().map(|&code| view.sheet(code)).collect())
}

/// The comparisons of the authorities asked for as Parquet, in the columns of the published table.
///
/// # Errors
/// No file was named, or the rows cannot be encoded.
pub fn parquet(asked: &Asked<'_>, found: &Found<'_>, frame: &Frame, only: (String, String)) -> Result<Vec<u8>, Error> {
    if asked.options.average != Average::Mean || asked.range {
        let help = "leave `--average` and `range` out: the table has mean, median and pooled in columns of their own";
        return Err(Error::usage("a comparison as Parquet is that of the published table", help));
    }
    if asked.options.output.is_none() {
        return Err(Error::usage("Parquet is not for a screen", "name a file with `--output FILE.parquet`"));
    }
    let context = asked.context(found, &only);
    let comparison = Comparison::of(frame, &context).map_err(said)?;
    let mut parts = Vec::new();
    for range in comparison.slices(500_000) {
        let rows = comparison.frame(range).map_err(said)?;
        let la = rows.get(column::LaCode).map_err(said)?;
        let wanted: Vec<bool> = (0..rows.height())
            .map(|row| la.word(row).parse().is_ok_and(|code: LaCode| asked.authorities.contains(&code)))
            .collect();
        let mask = BooleanChunked::from_slice(PlSmallStr::EMPTY, &wanted);
        let kept = rows.polars().filter(&mask).map_err(|error| said(Finding::internal(&error)))?;
        let kept = Frame::new(kept.into_columns()).map_err(said)?;
        if kept.height() > 0 {
            parts.push(Part::Fresh(encode(&kept, COMPARISONS).map_err(said)?));
        }
    }
    let mut bytes = Vec::new();
    splice(&mut bytes, COMPARISONS, found.meta, parts).map_err(Error::reading)?;
    Ok(bytes)
}

impl View<'_> {
    /// The lines of one authority and all it is compared with.
    pub fn lines(&self, code: LaCode) -> Vec<Line> {
        let mut lines = vec![self.line(code, None)];
        lines.extend(reorganised::lines(self, code));
        let Some(last) = self.moments.last() else { return lines };
        for comparator in self.asked.beside(self.found) {
            let against = self.comparison.against(last.group, code, comparator);
            if let Comparator::Authority(other) = comparator {
                lines.push(self.line(*other, Some(against)));
                continue;
            }
            let figures =
                self.moments.iter().map(|moment| self.comparison.against(moment.group, code, comparator).figure);
            let name = match comparator {
                Comparator::Region | Comparator::England => against.name.to_string(),
                _ => format!("{} ({})", against.name, self.asked.options.average.word()),
            };
            lines.push(Line {
                number: "-".to_owned(),
                name,
                figures: figures.collect(),
                code: None,
                against: Some(against),
                ranged: "",
            });
            let has_members = matches!(comparator, Comparator::Neighbours(_) | Comparator::NeighboursOf(_));
            if self.asked.options.each && (has_members || comparator.is_saved()) {
                let members = comparator.members(code, self.asked.register);
                let there = |member: &&LaCode| self.comparison.authorities().contains(member);
                lines.extend(members.list().iter().filter(there).map(|&member| {
                    let against = self.comparison.against(last.group, code, &Comparator::Authority(member));
                    self.line(member, Some(against))
                }));
            }
        }
        lines.extend(range::lines(self, code));
        lines
    }

    /// The sheet of an authority.
    pub fn sheet(&self, code: LaCode) -> Sheet {
        let lines = self.lines(code);
        let reading = self.reading(code);
        let screen = self.asked.format == Format::Table;
        let from = if screen { self.moments.len().saturating_sub(SCREEN_PERIODS) } else { 0 };
        let mut sheet = self.heading(code, from);
        for line in &lines {
            let mut row = vec![Cell::text(&line.number), Cell::text(&line.name)];
            row.extend(line.figures[from..].iter().flat_map(|figure| self.cells(figure)));
            row.extend(self.lait_cells(line));
            row.extend(self.further_cells(line, code));
            row.push(Cell::text(self.asked.name(code)));
            sheet.rows.push(row);
        }
        sheet.notes = notes::notes(self, code, &lines, &reading);
        if from > 0 {
            sheet.notes.push(format!("{from} earlier periods are in `--format csv` and `json`"));
        }
        sheet
    }
}
