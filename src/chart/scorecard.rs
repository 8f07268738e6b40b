//! A scorecard: a row a measure with sparkline, latest value, change, rank with its interval, target and flag.
//!
//! In: a row a measure. Out: a page that reads from left to right in words and figures; the sparkline only helps.

use super::axis::Scale;
use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Period, Reading, Role};
use super::frame::Frame;
use super::grid::{self, Column, Line};
use super::scene::Shape;
use super::words::unbroken;
use super::{Kind, footnotes, message};
use crate::reading::{Judgement, words};
use crate::shown::within;

/// One measure of a scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreRow {
    /// What may be said of the latest figure.
    pub reading: Reading,
    /// The periods of the sparkline; the last is the latest.
    pub periods: Vec<Period>,
    /// A figure for each period.
    pub figures: Vec<Figure>,
}

impl ScoreRow {
    /// The latest figure.
    pub fn latest(&self) -> Option<&Figure> {
        self.periods.len().checked_sub(1).and_then(|last| self.figures.get(last))
    }
}

/// A scorecard. The context's measure names the page.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorecardChart {
    /// Who, what page, where from.
    pub context: Context,
    /// The measures in their order.
    pub rows: Vec<ScoreRow>,
}

impl ScorecardChart {
    fn sparkline(frame: &mut Frame<'_>, row: &ScoreRow, [left, top, right, _]: [i32; 4]) {
        let em = frame.em();
        let numbers = || row.figures.iter().filter_map(Figure::number);
        let (low, high) = numbers().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let orders = || row.periods.iter().map(|period| f64::from(period.order));
        let (first, last) = orders().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let across = Scale::new(first, last, left + em / 3, right - em / 3);
        let up = Scale::new(low, high, top + em, top + em / 4);
        let points: Vec<(i32, i32, i32)> = row
            .periods
            .iter()
            .zip(&row.figures)
            .filter_map(|(period, figure)| {
                let value = figure.number()?;
                Some((period.order, across.at(f64::from(period.order)), up.at(value)))
            })
            .collect();
        let colour = frame.palette.subject;
        for run in points.chunk_by(|a, b| b.0 - a.0 == 1) {
            frame.scene.path(run.iter().map(|point| (point.1, point.2)).collect(), colour, 6, &[]);
            if let [alone] = run {
                frame.scene.marker((alone.1, alone.2), em / 10, Shape::Disc, colour);
            }
        }
        if let Some(end) = points.last().filter(|end| row.periods.last().is_some_and(|last| last.order == end.0)) {
            frame.scene.marker((end.1, end.2), em / 5, Shape::Disc, colour);
        }
    }

    /// What the columns mean.
    fn explained(&self) -> Vec<String> {
        vec!["Rank: 1 is best; in brackets the ranks that chance allows. Small lines: each on its own scale.".into()]
    }

    /// The readings, in their order.
    pub(super) fn readings(&self) -> Vec<&Reading> {
        self.rows.iter().map(|row| &row.reading).collect()
    }

    fn rank(row: &ScoreRow) -> String {
        let place = words::short_place(&row.reading);
        if place.is_empty() { "no rank".to_owned() } else { place }
    }

    fn has_targets(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.reading.target, Judgement::Judged(_)))
    }

    fn line(&self, row: &ScoreRow, frame: &Frame<'_>, narrow: bool) -> Line {
        let (plain, bold) = (frame.plain(), frame.bold());
        let reading = &row.reading;
        let measure = &reading.measure;
        let period = unbroken(&reading.period.label);
        let mut name = vec![(format!("{}, {period}", measure.label), plain)];
        name.extend(words::remark(reading).map(|remark| (remark.to_owned(), bold)));
        let latest = row.latest().map_or_else(|| "[x]".into(), |figure| figure.shown(measure));
        let mut cells = vec![Vec::new(), vec![(latest, bold)], vec![(words::moved(reading), plain)]];
        let (rank, against) = (Self::rank(row), words::against_england(reading));
        let target = self.has_targets().then(|| words::target_cell(reading));
        if narrow {
            let target = target.map_or_else(String::new, |target| format!(" Target: {target}."));
            name.push((format!("Rank: {rank}.{target} Against England: {}.", within(against)), plain));
        } else {
            cells.push(vec![(rank, plain)]);
            cells.extend(target.map(|target| vec![(target, plain)]));
            cells.push(vec![(against.to_owned(), bold)]);
        }
        Line { name, cells }
    }
}

impl Kind for ScorecardChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn title(&self) -> String {
        message::pages::scorecard_title(self)
    }

    fn alt(&self) -> String {
        message::pages::scorecard_alt(self)
    }

    fn subtitle(&self) -> String {
        format!("{}, {}, latest period of each measure", self.context.measure.label, self.context.subject)
    }

    fn footnotes(&self) -> Vec<String> {
        let latest = self.rows.iter().filter_map(|row| {
            let label = row.periods.last().map_or("", |period| period.label.as_str());
            Some((format!("{} ({label})", row.reading.measure.label), row.latest()?))
        });
        let mut lines = footnotes::marked(latest);
        lines.extend(self.explained());
        lines.extend(footnotes::ending(&self.context, ""));
        lines
    }

    fn caption(&self) -> String {
        self.subtitle()
    }

    fn notes(&self) -> Vec<String> {
        let explained = self.explained().into_iter();
        explained.chain(footnotes::new(&self.context)).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let narrow = frame.ems() < 25;
        let column = |title: &str, width| Column { title: title.into(), width };
        let mut columns = vec![column("Trend", 52), column("Latest", 50), column("Change", 66)];
        if !narrow {
            columns.push(column("Rank", 70));
            if self.has_targets() {
                columns.push(column("Target", 52));
            }
            columns.push(column("Against England", 50));
        }
        let lines: Vec<Line> = self.rows.iter().map(|row| self.line(row, frame, narrow)).collect();
        let boxes = grid::draw(frame, &columns, &lines, frame.em() * 6 / 5, true);
        for (row, cells) in self.rows.iter().zip(&boxes.cells) {
            Self::sparkline(frame, row, cells[0]);
        }
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        for row in &self.rows {
            for (period, figure) in row.periods.iter().zip(&row.figures) {
                let cell = Cell { area: &self.context.subject, role: Role::Subject, series: "", period: &period.label };
                table.push(&row.reading.measure, cell, figure);
            }
        }
        table.finish()
    }
}
