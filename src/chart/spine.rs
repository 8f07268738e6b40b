//! Many measures on one page, each centred on England: where the authority lies between the worst and the best.
//!
//! In: a row a measure. Out: a spine; better is always to the right, and a word says what colour and shape show.

use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Polarity, Reading, Role};
use super::frame::Frame;
use super::grid::{self, Column, Line};
use super::scene::{Anchor, Shape};
use super::theme::{Colour, Palette};
use super::words::unbroken;
use super::{Kind, footnotes, message};
use crate::reading::words::{self, tag};

/// One measure of a spine.
#[derive(Clone, Debug, PartialEq)]
pub struct SpineRow {
    /// What may be said of the chosen authority's figure.
    pub reading: Reading,
    /// The chosen authority's figure.
    pub figure: Figure,
    /// England's figure.
    pub benchmark: Figure,
    /// Lowest and highest figure of any authority.
    pub extent: Option<(f64, f64)>,
    /// Lower and upper quartile.
    pub quartiles: Option<(f64, f64)>,
}

impl SpineRow {
    /// The shape and colour that go with the verdict.
    fn mark(&self, palette: &Palette) -> (Shape, Colour) {
        let shape = self.reading.england().map(|england| tag(england.verdict).shape);
        match shape {
            Some(words::Shape::Circle) => (Shape::Disc, palette.better),
            Some(words::Shape::Diamond) => (Shape::Diamond, palette.worse),
            Some(words::Shape::Up | words::Shape::Down) => (Shape::Square, palette.subject),
            Some(words::Shape::Ring | words::Shape::Dash) | None => (Shape::Ring, palette.secondary),
        }
    }

    /// From values to -1 (worst) over 0 (England) to 1 (best), both sides to the same measure.
    fn place(&self, value: f64) -> Option<f64> {
        let middle = self.benchmark.number()?;
        let (low, high) = self.extent.unwrap_or((middle, middle));
        let own = self.figure.number().unwrap_or(middle);
        let reach = [low, high, own].into_iter().map(|end| (end - middle).abs()).fold(0.0, f64::max);
        let side = if self.reading.measure.polarity == Polarity::Low { -1.0 } else { 1.0 };
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
    /// The readings, in their order.
    pub(super) fn readings(&self) -> Vec<&Reading> {
        self.rows.iter().map(|row| &row.reading).collect()
    }

    /// What the marks mean.
    fn explained(&self) -> Vec<String> {
        let mut lines = vec![
            "Light bar: lowest to highest authority; darker bar: the middle half. Disc: better than England; diamond: \
             worse; ring: similar, or not compared."
                .to_owned(),
        ];
        if self.rows.iter().any(|row| row.reading.measure.polarity == Polarity::None) {
            lines.push("Square: higher or lower where neither is better; higher is then to the right.".into());
        }
        lines
    }

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
            let (shape, colour) = row.mark(palette);
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

    fn footnotes(&self) -> Vec<String> {
        let mut lines = self.explained();
        lines.extend(footnotes::marked(
            self.rows
                .iter()
                .map(|row| (format!("{} ({})", row.reading.measure.label, row.reading.period.label), &row.figure)),
        ));
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
        let em = frame.em();
        let (plain, bold, quiet) = (frame.plain(), frame.bold(), frame.quiet());
        let narrow = frame.ems() < 25;
        let column = |title: &str, width| Column { title: title.into(), width };
        let mut columns = vec![column("Figure", 50), column("", 100), column("England", 50)];
        if !narrow {
            columns.push(column("Against England", 48));
        }
        let lines: Vec<Line> = self
            .rows
            .iter()
            .map(|row| {
                let (word, measure) = (words::against_england(&row.reading), &row.reading.measure);
                let own = row.figure.shown(measure);
                let benchmark = row.benchmark.shown(measure);
                let period = unbroken(&row.reading.period.label);
                let mut name = vec![(format!("{}, {period}", measure.label), plain)];
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
            let (measure, period) = (&row.reading.measure, &row.reading.period.label);
            let own = Cell { area: &self.context.subject, role: Role::Subject, series: "", period };
            table.push(measure, own, &row.figure);
            let england = Cell { area: "England", role: Role::England, ..own };
            table.push(measure, england, &row.benchmark);
            let ends = row.extent.map(|(low, high)| [("lowest", low), ("highest", high)]);
            let quarters = row.quartiles.map(|(low, high)| [("lower quartile", low), ("upper quartile", high)]);
            for (series, value) in ends.into_iter().chain(quarters).flatten() {
                table.push(measure, Cell { series, ..england }, &Figure::of(value));
            }
        }
        table.finish()
    }
}
