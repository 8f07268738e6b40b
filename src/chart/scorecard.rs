//! A scorecard: a row a measure with sparkline, latest value, change, rank with its interval, target and flag.
//!
//! In: a row a measure. Out: a page that reads from left to right in words and figures; the sparkline only helps.

use super::axis::Scale;
use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Measure, Period, Rank, Role, Standing, Unit};
use super::frame::Frame;
use super::grid::{self, Column, Line};
use super::scene::Shape;
use super::{Kind, foot, message, words};

/// What became of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Reached.
    Achieved,
    /// Missed by no more than the tolerance.
    Within,
    /// Missed.
    Missed,
    /// No target that can be met or missed yet.
    Open,
}

/// A target as the report states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// As written: `60%`, `England`, `to be confirmed`.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// One measure of a scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreRow {
    /// What is measured.
    pub measure: Measure,
    /// The periods of the sparkline; the last is the latest.
    pub periods: Vec<Period>,
    /// A figure for each period.
    pub figures: Vec<Figure>,
    /// Latest against the period before, as tested.
    pub change: Standing,
    /// Latest against England, as tested.
    pub england: Standing,
    /// Its rank.
    pub rank: Option<Rank>,
    /// Its target.
    pub target: Option<Target>,
    /// Further words: `small numbers`.
    pub remark: Option<String>,
}

impl ScoreRow {
    /// The latest figure.
    pub fn latest(&self) -> Option<&Figure> {
        self.periods.len().checked_sub(1).and_then(|last| self.figures.get(last))
    }

    /// `up 2.1 points`, `little change`, or why there is nothing to say.
    pub(super) fn change(&self) -> String {
        let last = self.periods.len().wrapping_sub(1);
        let pair = last.checked_sub(1).filter(|at| {
            let order = |at: usize| self.periods.get(at).map_or(0, |period| period.order);
            order(last) - order(*at) == 1
        });
        let number = |at: usize| self.figures.get(at).and_then(Figure::number);
        let Some((old, new)) = pair.and_then(|at| Some((number(at)?, number(last)?))) else {
            return "no earlier figure".into();
        };
        let mut size = self.measure.clone();
        if size.unit == Unit::Percent {
            size.unit = Unit::Other("points".into());
        }
        let written = words::value((new - old).abs(), &size);
        let unit = if self.measure.unit == Unit::Percent { " points" } else { "" };
        if words::value(old, &self.measure) == words::value(new, &self.measure) {
            return "no change".into();
        }
        let side = if new > old { "up" } else { "down" };
        let doubt = if self.change == Standing::Similar { ", may be chance" } else { "" };
        format!("{side} {written}{unit}{doubt}")
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

    fn target(row: &ScoreRow) -> String {
        let Some(target) = &row.target else {
            return "none".into();
        };
        let outcome = match target.outcome {
            Outcome::Achieved => "achieved",
            Outcome::Within => "just missed",
            Outcome::Missed => "missed",
            Outcome::Open => return target.text.clone(),
        };
        format!("{}: {outcome}", target.text)
    }

    fn rank(row: &ScoreRow) -> String {
        let Some(rank) = row.rank else {
            return "no rank".into();
        };
        let joint = if rank.tied > 0 { "joint " } else { "" };
        let interval = rank.interval.map(|(low, high)| words::unbroken(&format!("({low} to {high})")));
        let own = words::unbroken(&format!("{} of {}", rank.rank, rank.out_of));
        format!("{joint}{own} {}", interval.unwrap_or_default())
    }

    fn has_targets(&self) -> bool {
        self.rows.iter().any(|row| row.target.is_some())
    }

    fn line(&self, row: &ScoreRow, frame: &Frame<'_>, narrow: bool) -> Line {
        let (plain, bold) = (frame.plain(), frame.bold());
        let period = row.periods.last().map_or("", |period| period.label.as_str());
        let mut name = vec![(format!("{}, {}", row.measure.label, words::unbroken(period)), plain)];
        let flag = message::compared(row.england, row.measure.polarity);
        let flag = flag.trim_end_matches(" than").trim_end_matches(" to");
        let flag = if flag.is_empty() { "not tested" } else { flag };
        if let Some(remark) = &row.remark {
            name.push((words::sentence(remark), bold));
        }
        let latest = row.latest().map_or_else(|| "[x]".into(), |figure| words::figure(figure, &row.measure));
        let mut cells = vec![Vec::new(), vec![(latest, bold)], vec![(row.change(), plain)]];
        if narrow {
            let target = if self.has_targets() { format!(" Target: {}.", Self::target(row)) } else { String::new() };
            let rank = Self::rank(row);
            name.push((format!("Rank: {}.{target} Against England: {flag}.", rank.trim()), plain));
        } else {
            cells.push(vec![(Self::rank(row), plain)]);
            if self.has_targets() {
                cells.push(vec![(Self::target(row), plain)]);
            }
            cells.push(vec![(words::sentence(flag), bold)]);
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

    fn foot(&self) -> Vec<String> {
        let latest = self.rows.iter().filter_map(|row| {
            let label = row.periods.last().map_or("", |period| period.label.as_str());
            Some((format!("{} ({label})", row.measure.label), row.latest()?))
        });
        let mut lines = foot::missing(latest);
        lines.push(
            "Rank: 1 is best; in brackets the ranks that chance allows. Small lines: each on its own scale.".into(),
        );
        lines.extend(foot::ending(&self.context, ""));
        lines
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let narrow = grid::narrow(frame);
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
                table.push(&row.measure, cell, figure);
            }
        }
        table.finish()
    }
}
