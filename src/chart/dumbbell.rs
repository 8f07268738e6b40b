//! Two figures a place: last year against this year, or with and without exceptions.
//!
//! In: places with two figures. Out: one row a place, a ring for the first figure, a disc for the second, a line
//! between; a place that lacks either keeps its row and shows the symbol.

use super::axis::{self, Plot, Scale, Ticks, Zero};
use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Place, Role};
use super::frame::Frame;
use super::rows::{self, MOST, Row};
use super::scene::{Anchor, Shape};
use super::theme::{Palette, WHITE};
use super::{Key, Kind, Sign, footnotes, key, message, series, text, words};

/// One place with its two figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Its name.
    pub name: String,
    /// What it is to the chosen authority.
    pub role: Role,
    /// The first figure.
    pub from: Figure,
    /// The second.
    pub to: Figure,
}

/// Two figures a place.
#[derive(Clone, Debug, PartialEq)]
pub struct DumbbellChart {
    /// Who, what and where from.
    pub context: Context,
    /// What the first figures are: `2023`, `with exceptions`.
    pub from: String,
    /// What the second figures are.
    pub to: String,
    /// When, in words: `2023 to 2024`.
    pub span: String,
    /// The places in the order of the rows.
    pub pairs: Vec<Pair>,
}

impl DumbbellChart {
    /// The chosen authority's pair.
    pub fn subject(&self) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.role == Role::Subject)
    }

    /// The rows shown: the chosen authority is always one of them.
    fn shown(&self) -> Vec<&Pair> {
        let subject = self.pairs.iter().position(|pair| pair.role == Role::Subject);
        let most = if subject.is_some_and(|at| at >= MOST) { MOST - 1 } else { MOST };
        let late = subject.filter(|at| *at >= MOST).and_then(|at| self.pairs.get(at));
        self.pairs.iter().take(most).chain(late).collect()
    }

    /// What is said of a place that lacks one of its figures, or both.
    fn said(&self, pair: &Pair, in_words: bool) -> String {
        let written = |figure: &Figure| figure.shown(&self.context.measure);
        let both = format!("{} to {}", written(&pair.from), written(&pair.to));
        match (pair.from.number(), pair.to.number()) {
            _ if !in_words => both,
            (Some(_), _) => format!("{} ({})", written(&pair.from), self.from),
            (_, Some(_)) => format!("{} ({})", written(&pair.to), self.to),
            (None, None) => "none".to_owned(),
        }
    }

    fn draw_row(&self, frame: &mut Frame<'_>, row: &Row, pair: &Pair, plot: Plot, scale: Scale, bare: bool) {
        let (em, y) = (frame.em(), row.middle());
        let colour = series::point(pair.role, frame.palette).0;
        let (font, baseline) = (frame.plain(), rows::baseline(frame, y));
        let written = |figure: &Figure| figure.shown(&self.context.measure);
        let (from, to) = match (pair.from.number(), pair.to.number()) {
            (Some(from), Some(to)) => (scale.at(from), scale.at(to)),
            (one, other) => {
                let ends = [(one, Shape::Ring), (other, Shape::Disc)];
                let mut x = plot.left;
                for (value, shape) in ends {
                    if let Some(value) = value {
                        x = scale.at(value);
                        frame.scene.marker((x, y), em * 3 / 10, shape, colour);
                    }
                }
                if bare {
                    return;
                }
                let words = self.said(pair, frame.size.is_bare());
                let wide = text::width(&words, font.weight, font.em);
                let (at, anchor) = if x + em / 2 + wide > frame.right {
                    (x - em / 2, Anchor::End)
                } else {
                    (x + em / 2, Anchor::Start)
                };
                frame.scene.text((at, baseline), anchor, font, words);
                return;
            }
        };
        for (x, when, figure) in [(from, &self.from, &pair.from), (to, &self.to, &pair.to)] {
            let name = format!("{}, {when}", pair.name);
            frame.scene.spot_at((x, y), em * 3 / 10, name, figure, &self.context.measure);
        }
        frame.scene.line((from, y), (to, y), colour, 8);
        frame.scene.marker((from, y), em * 3 / 10, Shape::Ring, colour);
        frame.scene.marker((to, y), em * 3 / 10, Shape::Disc, colour);
        let (left, right) = if from <= to { (&pair.from, &pair.to) } else { (&pair.to, &pair.from) };
        if bare {
            return;
        }
        let gap = em / 2;
        let ends = [(from.min(to) - gap, Anchor::End, left), (from.max(to) + gap, Anchor::Start, right)];
        let same = written(left) == written(right);
        for (x, anchor, figure) in ends.into_iter().skip(usize::from(same)) {
            let words = written(figure);
            let wide = text::width(&words, font.weight, font.em);
            let (low, high) = if anchor == Anchor::End { (x - wide, x) } else { (x, x + wide) };
            frame.scene.rect((low, y - em * 2 / 5), (high, y + em * 2 / 5), WHITE);
            frame.scene.text((x, baseline), anchor, font, words);
        }
    }
}

impl Kind for DumbbellChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.pairs.is_empty()
    }

    fn title(&self) -> String {
        message::parts::dumbbell_title(self)
    }

    fn alt(&self) -> String {
        message::parts::dumbbell_alt(self)
    }

    fn subtitle(&self) -> String {
        let measure = &self.context.measure;
        let (unit, span) = (measure.unit.word(), words::unbroken(&self.span));
        let told = self.span.contains(&self.from) && self.span.contains(&self.to);
        let sides = if told { String::new() } else { format!("{} and {}, ", self.from, self.to) };
        format!("{}, {unit}, {sides}{span}", measure.label)
    }

    fn footnotes(&self) -> Vec<String> {
        let both = self.pairs.iter().flat_map(|pair| {
            let side = |when: &str| format!("{} ({when})", pair.name);
            [(side(&self.from), &pair.from), (side(&self.to), &pair.to)]
        });
        let mut lines = footnotes::marked(both);
        if self.pairs.len() > MOST {
            lines.push(format!("{} of {} places shown; all are in the data.", MOST, self.pairs.len()));
        }
        lines.extend(footnotes::ending(&self.context, ""));
        lines
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &self.span)
    }

    fn notes(&self) -> Vec<String> {
        let lacking = self.pairs.iter().filter_map(|pair| {
            let missing = [&pair.from, &pair.to].into_iter().find(|figure| figure.number().is_none())?;
            Some(Place::new(&pair.name, pair.role, missing.clone()))
        });
        let lacking: Vec<Place> = lacking.collect();
        footnotes::without(&lacking).into_iter().chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        let ends = [(Shape::Ring, &self.from), (Shape::Disc, &self.to)];
        ends.map(|(shape, words)| Key::new(words, Sign::Mark(palette.secondary, shape))).into()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let (measure, shown) = (&self.context.measure, self.shown());
        let top = key::draw(frame, &self.key(frame.palette));
        let values = shown.iter().flat_map(|pair| [pair.from.number(), pair.to.number()]).flatten();
        let ticks = Ticks::around(values, measure, Zero::IfNear, 3);
        // On half a column there is no room for figures beside the marks: the axis and the data have them.
        let narrow = frame.ems() < 22;
        let layout = rows::lay(frame, top, shown.iter().map(|pair| (pair.name.clone(), pair.role)));
        let figures = shown.iter().flat_map(|pair| [&pair.from, &pair.to]).filter(|_| !narrow);
        let room = figures.map(|figure| text::width(&figure.shown(measure), frame.plain().weight, em)).max();
        let room = room.unwrap_or(0) + em * 3 / 5;
        let left = (layout.left + room).min(frame.right - room - em * 3);
        let plot = Plot { left, top, right: frame.right - room, bottom: layout.bottom };
        let scale = axis::level(frame, plot, &ticks, measure);
        rows::draw(frame, &layout);
        for (row, pair) in layout.rows.iter().zip(&shown) {
            self.draw_row(frame, row, pair, plot, scale, narrow);
        }
        frame.y = plot.bottom + em * 3 / 2;
        axis::warning(frame, plot, &ticks, measure);
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        for pair in &self.pairs {
            for (side, figure) in [(&self.from, &pair.from), (&self.to, &pair.to)] {
                let cell = Cell { area: &pair.name, role: pair.role, series: side, period: &self.span };
                table.push(&self.context.measure, cell, figure);
            }
        }
        table.finish()
    }
}
