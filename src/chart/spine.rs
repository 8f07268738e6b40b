//! Many measures on one page, each centred on England: where the authority lies between the worst and the best.
//!
//! In: a row a measure. Out: a spine; better is always to the right, and a word says what colour and shape show.

use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Measure, Polarity, Role, Standing};
use super::frame::Frame;
use super::grid::{self, Column, Line};
use super::scene::{Anchor, Shape};
use super::theme::{Colour, Palette};
use super::{Kind, foot, message, words};

/// One measure of a spine.
#[derive(Clone, Debug, PartialEq)]
pub struct SpineRow {
    /// What is measured.
    pub measure: Measure,
    /// When, as on axes.
    pub period: String,
    /// The chosen authority's figure.
    pub figure: Figure,
    /// England's figure.
    pub benchmark: Figure,
    /// Lowest and highest figure of any authority.
    pub extent: Option<(f64, f64)>,
    /// Lower and upper quartile.
    pub quartiles: Option<(f64, f64)>,
    /// The authority against England, as tested.
    pub standing: Standing,
}

impl SpineRow {
    /// The tested difference in a word, and the shape and colour that go with it.
    pub(super) fn verdict(&self, palette: &Palette) -> (&'static str, Shape, Colour) {
        if self.figure.number().is_none() || self.benchmark.number().is_none() {
            return ("No figure", Shape::Ring, palette.secondary);
        }
        match (self.tested(), self.measure.polarity) {
            (Standing::Untested, _) => ("Not tested", Shape::Ring, palette.secondary),
            (Standing::Similar, _) => ("Similar", Shape::Ring, palette.secondary),
            (Standing::Higher, Polarity::None) => ("Higher", Shape::Square, palette.subject),
            (Standing::Lower, Polarity::None) => ("Lower", Shape::Square, palette.subject),
            (Standing::Higher, Polarity::High) | (Standing::Lower, Polarity::Low) => {
                ("Better", Shape::Disc, palette.better)
            }
            _ => ("Worse", Shape::Diamond, palette.worse),
        }
    }

    /// The tested difference, unless the figures shown contradict it.
    pub(super) fn tested(&self) -> Standing {
        let pair = self.figure.number().zip(self.benchmark.number());
        pair.map_or(Standing::Untested, |(own, other)| message::agreed(self.standing, own, other))
    }

    /// From values to -1 (worst) over 0 (England) to 1 (best), both sides to the same measure.
    fn place(&self, value: f64) -> Option<f64> {
        let middle = self.benchmark.number()?;
        let (low, high) = self.extent.unwrap_or((middle, middle));
        let own = self.figure.number().unwrap_or(middle);
        let reach = [low, high, own].into_iter().map(|end| (end - middle).abs()).fold(0.0, f64::max);
        let side = if self.measure.polarity == Polarity::Low { -1.0 } else { 1.0 };
        Some(if reach > 0.0 { side * (value - middle) / reach } else { 0.0 })
    }
}

/// A spine chart. The context's measure names the page.
#[derive(Clone, Debug, PartialEq)]
pub struct SpineChart {
    /// Who, what page, where from.
    pub context: Context,
    /// The measures in their order.
    pub rows: Vec<SpineRow>,
}

impl SpineChart {
    fn draw_spine(frame: &mut Frame<'_>, row: &SpineRow, [left, top, right, bottom]: [i32; 4]) {
        let em = frame.em();
        let (y, middle) = (top + em * 3 / 5, (left + right) / 2);
        let x = |value: f64| {
            row.place(value).map(|share| middle + (share * f64::from(right - left - em) / 2.0).round() as i32)
        };
        let palette = frame.palette;
        let half = em * 3 / 10;
        let mut band = |ends: Option<(f64, f64)>, fill: Colour, half: i32| {
            if let Some((from, to)) = ends.and_then(|(low, high)| Some((x(low)?, x(high)?))) {
                frame.scene.rect((from, y - half), (to, y + half), fill);
            }
        };
        band(row.extent, palette.grid, half);
        band(row.quartiles, palette.rest, half);
        frame.scene.line((middle, top - em / 4), (middle, bottom + em / 4), palette.secondary, 5);
        if let Some(x) = row.figure.number().and_then(x) {
            let (_, shape, colour) = row.verdict(palette);
            frame.scene.marker((x, y), em * 3 / 10, shape, colour);
        }
    }
}

impl Kind for SpineChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn title(&self) -> String {
        message::pages::spine_title(self)
    }

    fn alt(&self) -> String {
        message::pages::spine_alt(self)
    }

    fn subtitle(&self) -> String {
        let (page, subject) = (&self.context.measure.label, &self.context.subject);
        format!("{page}, {subject} compared with England, latest period of each measure")
    }

    fn foot(&self) -> Vec<String> {
        let mut lines = vec![
            "Light bar: lowest to highest authority; darker bar: the middle half. Disc: better than England; diamond: \
             worse; ring: similar, or not tested."
                .to_owned(),
        ];
        if self.rows.iter().any(|row| row.measure.polarity == Polarity::None) {
            lines.push("Square: higher or lower where neither is better; higher is then to the right.".into());
        }
        lines.extend(foot::missing(
            self.rows.iter().map(|row| (format!("{} ({})", row.measure.label, row.period), &row.figure)),
        ));
        lines.extend(foot::ending(&self.context, ""));
        lines
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let (plain, bold, quiet) = (frame.plain(), frame.bold(), frame.quiet());
        let narrow = grid::narrow(frame);
        let column = |title: &str, width| Column { title: title.into(), width };
        let mut columns = vec![column("Figure", 50), column("", 100), column("England", 50)];
        if !narrow {
            columns.push(column("Against England", 48));
        }
        let lines: Vec<Line> = self
            .rows
            .iter()
            .map(|row| {
                let word = row.verdict(frame.palette).0;
                let own = words::figure(&row.figure, &row.measure);
                let benchmark = words::figure(&row.benchmark, &row.measure);
                let mut name = vec![(format!("{}, {}", row.measure.label, words::unbroken(&row.period)), plain)];
                let mut cells = vec![vec![(own, bold)], Vec::new(), vec![(benchmark, plain)]];
                if narrow {
                    name.push((word.into(), bold));
                } else {
                    cells.push(vec![(word.into(), bold)]);
                }
                Line { name, cells }
            })
            .collect();
        let boxes = grid::draw(frame, &columns, &lines, em * 6 / 5, narrow);
        let [left, _, right, bottom] = boxes.heads[1];
        let baseline = bottom - em * 3 / 10;
        frame.scene.text((left, baseline), Anchor::Start, quiet, "Worse");
        frame.scene.text((right, baseline), Anchor::End, quiet, "Better");
        for (row, cells) in self.rows.iter().zip(&boxes.cells) {
            Self::draw_spine(frame, row, cells[1]);
        }
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        for row in &self.rows {
            let own = Cell { area: &self.context.subject, role: Role::Subject, series: "", period: &row.period };
            table.push(&row.measure, own, &row.figure);
            let england = Cell { area: "England", role: Role::England, ..own };
            table.push(&row.measure, england, &row.benchmark);
            let ends = row.extent.map(|(low, high)| [("lowest", low), ("highest", high)]);
            let quarters = row.quartiles.map(|(low, high)| [("lower quartile", low), ("upper quartile", high)]);
            for (series, value) in ends.into_iter().chain(quarters).flatten() {
                table.push(&row.measure, Cell { series, ..england }, &Figure::of(value));
            }
        }
        table.finish()
    }
}
