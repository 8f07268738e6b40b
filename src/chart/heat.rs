//! Measures of the authority and its neighbours as a map: the quarter of all authorities that each figure lies in.
//!
//! In: a column a measure, a row a place. Out: cells with the figure, the quarter as a number and as a shade, darker for
//! worse; where neither way is good the first quarter is the highest.

use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Measure, Role};
use super::frame::Frame;
use super::scene::{Anchor, Font, rise};
use super::theme::{Colour, Palette};
use super::{Key, Kind, Sign, footnotes, message, rows, text};
use crate::shown;

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What is measured.
    pub measure: Measure,
    /// The period's label.
    pub period: String,
    /// A figure for each place, with its quarter of all authorities: 1 the best, or the highest where neither way is good.
    pub cells: Vec<(Figure, Option<u8>)>,
}

/// Measures of the authority and its neighbours. The context's measure names the page.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatChart {
    /// Who, what page, where from.
    pub context: Context,
    /// The places, the chosen authority first.
    pub places: Vec<(String, Role)>,
    /// The measures.
    pub columns: Vec<Column>,
}

/// The shades of the quarters, the best first.
const SHADES: [Colour; 4] =
    [Colour(0xE8, 0xF1, 0xF8), Colour(0xB4, 0xD2, 0xEB), Colour(0x6B, 0xAC, 0xE6), Colour(0x12, 0x43, 0x6D)];

impl HeatChart {
    /// The quarter of the chosen authority in each measure.
    pub(super) fn own(&self) -> impl Iterator<Item = (&Column, &Figure, Option<u8>)> {
        let at = self.places.iter().position(|(_, role)| *role == Role::Subject);
        self.columns.iter().filter_map(move |column| {
            let (figure, quarter) = column.cells.get(at?)?;
            Some((column, figure, *quarter))
        })
    }

    fn head(&self, frame: &Frame<'_>, room: i32) -> Vec<Vec<String>> {
        let font = frame.quiet();
        let heads = self.columns.iter().map(|column| text::wrap(&column.measure.heading(), font.weight, font.em, room));
        heads.collect()
    }

    fn draw_cell(
        frame: &mut Frame<'_>,
        [left, top, right, bottom]: [i32; 4],
        words: &str,
        quarter: Option<u8>,
        own: bool,
    ) {
        let shade = quarter.and_then(|quarter| SHADES.get(usize::from(quarter).wrapping_sub(1)));
        if let Some(shade) = shade {
            frame.scene.rect((left, top), (right, bottom), *shade);
        }
        let plain = if own { frame.bold() } else { frame.plain() };
        let font = Font { colour: shade.map_or(frame.palette.text, |shade| shade.ink(frame.palette)), ..plain };
        let said = quarter.map_or_else(|| words.to_owned(), |quarter| format!("{words} ({quarter})"));
        let fits = |words: &String| text::width(words, font.weight, font.em) < right - left;
        let said = [said, words.to_owned()].into_iter().find(fits).unwrap_or_default();
        let baseline = rows::baseline(frame, (top + bottom) / 2);
        frame.scene.text(((left + right) / 2, baseline), Anchor::Middle, font, said);
    }
}

impl Kind for HeatChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.columns.is_empty() || self.places.is_empty()
    }

    fn title(&self) -> String {
        message::pages::heat_title(self)
    }

    fn alt(&self) -> String {
        message::pages::heat_alt(self)
    }

    fn subtitle(&self) -> String {
        self.caption()
    }

    fn caption(&self) -> String {
        "Latest figures, with the quarter of all authorities in brackets: 1 is the best quarter, 4 the worst".to_owned()
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = self.notes();
        if !self.context.source.is_empty() {
            lines.push(format!("Source: {}", shown::stop(&self.context.source)));
        }
        lines
    }

    fn notes(&self) -> Vec<String> {
        let neutral = self.columns.iter().filter(|column| column.measure.polarity == super::data::Polarity::None);
        let neutral: Vec<String> = neutral.map(|column| column.measure.heading()).collect();
        let neutral = (!neutral.is_empty())
            .then(|| format!("Neither good nor bad, so that 1 is the highest quarter: {}.", shown::list(&neutral)));
        neutral.into_iter().chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, _palette: &Palette) -> Vec<Key> {
        let names = ["1 best quarter", "2", "3", "4 worst quarter"];
        SHADES.iter().zip(names).map(|(shade, name)| Key::new(name, Sign::Patch(*shade))).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let top = super::key::draw(frame, &self.key(frame.palette));
        let layout = rows::lay(frame, top, self.places.iter().cloned());
        let pitch = (frame.right - layout.left) / self.columns.len().max(1) as i32;
        let heads = self.head(frame, pitch - em / 4);
        let tall = heads.iter().map(Vec::len).max().unwrap_or(0) as i32 * em * 23 / 20;
        let font = frame.quiet();
        for (at, head) in heads.iter().enumerate() {
            let middle = layout.left + pitch * at as i32 + pitch / 2;
            let mut baseline = top + tall - head.len() as i32 * em * 23 / 20 + rise(em);
            for line in head {
                frame.scene.text((middle, baseline), Anchor::Middle, font, line.as_str());
                baseline += em * 23 / 20;
            }
        }
        let layout = rows::lay(frame, top + tall + em / 4, self.places.iter().cloned());
        rows::draw(frame, &layout);
        for (at_row, (row, (name, role))) in layout.rows.iter().zip(&self.places).enumerate() {
            for (at, column) in self.columns.iter().enumerate() {
                let Some((figure, quarter)) = column.cells.get(at_row) else { continue };
                let words = match figure.number() {
                    Some(value) => column.measure.shown(value),
                    None if frame.size.is_bare() => "none".to_owned(),
                    None => figure.symbol(),
                };
                let left = layout.left + pitch * at as i32;
                let sides = [left, row.top + 3, left + pitch - 6, row.bottom - 3];
                Self::draw_cell(frame, sides, &words, *quarter, *role == Role::Subject);
                frame.scene.spot(sides, format!("{name}, {}", column.measure.heading()), figure, &column.measure);
            }
        }
        frame.y = layout.bottom + em / 4;
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        for column in &self.columns {
            for ((name, role), (figure, quarter)) in self.places.iter().zip(&column.cells) {
                let series = quarter.map_or_else(String::new, |quarter| format!("quarter {quarter}"));
                let cell = Cell { area: name, role: *role, series: &series, period: &column.period };
                table.push(&column.measure, cell, figure);
            }
        }
        table.finish()
    }
}
