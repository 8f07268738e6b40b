//! What a whole is made of: placements, needs, judgements, one stacked bar a place.
//!
//! In: categories and a figure of each for every place. Out: at most four parts a bar, each with its letter and share.

use super::axis::Scale;
use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Period, Place, Role, Unit};
use super::frame::Frame;
use super::rows::{self, MOST, Row};
use super::scene::{Anchor, Font};
use super::theme::Palette;
use super::{Key, Kind, Sign, footnotes, key, message, text, words};
use crate::shown;

/// One place and its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// Its name.
    pub name: String,
    /// What it is to the chosen authority.
    pub role: Role,
    /// A figure for each category.
    pub parts: Vec<Figure>,
}

/// Parts of a whole, place by place.
#[derive(Clone, Debug, PartialEq)]
pub struct StackedChart {
    /// Who, what and where from; the measure is the whole, its unit that of the parts.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// The categories, in their order. Beyond four, the fourth and all after it are drawn as one: `All other`.
    pub categories: Vec<String>,
    /// The places in the order of the rows.
    pub wholes: Vec<Whole>,
}

impl StackedChart {
    /// The chosen authority's whole.
    pub fn subject(&self) -> Option<&Whole> {
        self.wholes.iter().find(|whole| whole.role == Role::Subject)
    }

    /// The categories drawn: at most four.
    pub(super) fn drawn(&self) -> Vec<String> {
        let mut names = self.categories.clone();
        if names.len() > 4 {
            names.truncate(3);
            names.push("All other".into());
        }
        names
    }

    /// The share of each drawn category in percent; nothing where a part is missing, negative or all are zero.
    pub(super) fn shares(&self, whole: &Whole) -> Option<Vec<f64>> {
        let numbers: Option<Vec<f64>> =
            whole.parts.iter().map(|part| part.number().filter(|number| *number >= 0.0)).collect();
        let mut numbers = numbers.filter(|numbers| numbers.len() == self.categories.len())?;
        let total: f64 = numbers.iter().sum();
        if numbers.len() > 4 {
            let rest = numbers[3..].iter().sum();
            numbers.truncate(3);
            numbers.push(rest);
        }
        (total > 0.0).then(|| numbers.into_iter().map(|number| number * 100.0 / total).collect())
    }

    fn shown(&self) -> Vec<&Whole> {
        let mut wholes: Vec<&Whole> = self.wholes.iter().collect();
        if wholes.iter().position(|whole| whole.role == Role::Subject).is_some_and(|at| at >= MOST) {
            wholes.sort_by_key(|whole| whole.role != Role::Subject);
        }
        wholes.truncate(MOST);
        wholes
    }

    fn draw_row(&self, frame: &mut Frame<'_>, row: &Row, whole: &Whole, scale: Scale) {
        let em = frame.em();
        let baseline = rows::baseline(frame, row.middle());
        let Some(shares) = self.shares(whole) else {
            let (font, why) = (frame.plain(), self.why(whole, frame.size.is_bare()));
            frame.scene.text((scale.at(0.0), baseline), Anchor::Start, font, why);
            return;
        };
        let half = em * 55 / 100;
        let mut from = 0.0;
        for (at, share) in shares.iter().enumerate() {
            let (left, right) = (scale.at(from), scale.at(from + share));
            from += share;
            let fill = frame.palette.categories[at];
            if right - left > 4 {
                frame.scene.rect((left, row.middle() - half), (right - 4, row.middle() + half), fill);
            }
            let font = Font { colour: fill.ink(frame.palette), ..frame.plain() };
            // Where the page has the key, the parts stand in its order and need no letter.
            let (letter, bare) = (letter(at), frame.size.is_bare());
            let full = if bare { percent(*share) } else { format!("{letter} {}", percent(*share)) };
            let fitting = [Some(full), (!bare).then_some(letter)]
                .into_iter()
                .flatten()
                .find(|words| text::width(words, font.weight, font.em) + em / 4 < right - left);
            if let Some(words) = fitting {
                frame.scene.text(((left + right) / 2 - 2, baseline), Anchor::Middle, font, words);
            }
        }
    }

    /// What is drawn as `All other`.
    fn folded(&self) -> Option<String> {
        (self.categories.len() > 4).then(|| format!("All other: {}.", shown::list(&self.categories[3..])))
    }

    /// The symbol that a bar shows which cannot be drawn, or the words for it.
    fn why(&self, whole: &Whole, in_words: bool) -> String {
        match (whole.parts.iter().find(|part| part.number().is_none()), in_words) {
            (Some(gone), true) => shown::sentence(gone.reason()),
            (Some(gone), false) => gone.symbol(),
            (None, true) => "none".into(),
            (None, false) => "[z]".into(),
        }
    }
}

/// A, B, C, D.
fn letter(at: usize) -> String {
    char::from(b'A' + at.min(25) as u8).to_string()
}

/// A share as written in a bar.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", shown::number(share, 0))
}

impl Kind for StackedChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.wholes.is_empty() || self.categories.is_empty()
    }

    fn title(&self) -> String {
        message::parts::stacked_title(self)
    }

    fn alt(&self) -> String {
        message::parts::stacked_alt(self)
    }

    fn subtitle(&self) -> String {
        let measure = &self.context.measure;
        format!("{}, percent of the whole, {}", measure.label, words::unbroken(&self.period.prose))
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.folded().into_iter().collect();
        if self.context.measure.unit != Unit::Percent {
            lines.push("Shares are of the parts shown; the counts are in the data beside this chart.".into());
        }
        let nothing = Figure::missing("z", "no parts to share out");
        let gone = self.wholes.iter().filter(|whole| self.shares(whole).is_none());
        let gone = gone.map(|whole| {
            let part = whole.parts.iter().find(|part| part.number().is_none());
            (whole.name.clone(), part.unwrap_or(&nothing))
        });
        lines.extend(footnotes::marked(gone));
        if self.wholes.len() > MOST {
            lines.push(format!("{} of {} places shown; all are in the data.", MOST, self.wholes.len()));
        }
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn caption(&self) -> String {
        format!("{}, shares of the whole, {}", self.context.measure.label, words::unbroken(&self.period.prose))
    }

    fn notes(&self) -> Vec<String> {
        let folded = self.folded().into_iter();
        let nothing = Figure::missing("z", "no parts to share out");
        let gone = self.wholes.iter().filter(|whole| self.shares(whole).is_none());
        let gone: Vec<Place> = gone
            .map(|whole| {
                let part = whole.parts.iter().find(|part| part.number().is_none());
                Place::new(&whole.name, whole.role, part.unwrap_or(&nothing).clone())
            })
            .collect();
        folded.chain(footnotes::without(&gone)).chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        let entry = |(at, name): (usize, String)| Key::new(&name, Sign::Patch(palette.categories[at]));
        self.drawn().into_iter().enumerate().map(entry).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let mut entries = self.key(frame.palette);
        for (at, entry) in entries.iter_mut().enumerate() {
            entry.name = format!("{} {}", letter(at), entry.name);
        }
        let top = key::draw(frame, &entries);
        let shown = self.shown();
        let names = shown.iter().map(|whole| (whole.name.clone(), whole.role));
        let layout = rows::lay(frame, top, names);
        let scale = Scale::new(0.0, 100.0, layout.left, frame.right);
        rows::draw(frame, &layout);
        for (row, whole) in layout.rows.iter().zip(&shown) {
            self.draw_row(frame, row, whole, scale);
        }
        frame.y = layout.bottom + frame.em() / 4;
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        for whole in &self.wholes {
            for (category, figure) in self.categories.iter().zip(&whole.parts) {
                let cell = Cell { area: &whole.name, role: whole.role, series: category, period: &self.period.label };
                table.push(&self.context.measure, cell, figure);
            }
        }
        table.finish()
    }
}
