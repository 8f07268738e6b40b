//! The groups within an authority, or the ages that a whole is made of: a bar each, with England's beneath it.
//!
//! In: a name and two figures a group, and a word of verdict where there was a test. Out: level bars from zero with the
//! figure, and the word, behind each.

use super::axis::Scale;
use super::csv::{Cell, Plotted, Table};
use super::data::{Context, Figure, Period, Reading, Role};
use super::frame::Frame;
use super::scene::{Anchor, Font, Shape};
use super::theme::Palette;
use super::{Key, Kind, Sign, footnotes, message, rows, series, text, words};
use crate::reading::words::verdict_word;
use crate::shown;

mod upright;

/// Of more groups than this the bars of shares stand upright.
const MANY: usize = 9;

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The authority's figure.
    pub own: Figure,
    /// England's; nothing where it is left out.
    pub england: Option<Figure>,
    /// What may be said of it; none of a share of a whole.
    pub reading: Option<Reading>,
}

impl Group {
    /// The authority against England in a word; empty where nothing was compared.
    fn verdict(&self) -> &'static str {
        let england = self.reading.as_ref().and_then(Reading::england);
        england.map_or("", |england| verdict_word(england.verdict))
    }
}

/// What the groups are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Each has a figure of its own, such as a rate.
    Figures,
    /// They are shares of one whole.
    Shares,
}

/// The groups of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupsChart {
    /// Who, what and where from.
    pub context: Context,
    /// The one period shown.
    pub period: Period,
    /// What they are by: `age group`.
    pub topic: String,
    /// What they are.
    pub of: Of,
    /// The groups in the order of the rows.
    pub groups: Vec<Group>,
}

impl GroupsChart {
    fn has_england(&self) -> bool {
        self.groups.iter().any(|group| group.england.is_some())
    }

    /// Whether its bars stand beside each other: shares of so many that a row each would fill a page.
    fn is_upright(&self) -> bool {
        self.of == Of::Shares && self.groups.len() > MANY
    }

    fn missing(&self) -> Vec<(String, &Figure)> {
        self.groups.iter().map(|group| (group.name.clone(), &group.own)).collect()
    }

    /// A bar with its words behind it.
    fn bar(
        &self,
        frame: &mut Frame<'_>,
        [top, bottom]: [i32; 2],
        scale: Scale,
        (role, figure, verdict): (Role, &Figure, &str),
    ) {
        let em = frame.em();
        let (own, zero) = (role == Role::Subject, scale.at(0.0));
        let font = if own { frame.bold() } else { frame.plain() };
        let font = Font { colour: series::words(role, frame.palette), ..font };
        let mut words = match figure.number() {
            Some(value) => self.context.measure.shown(value),
            None if frame.size.is_bare() => "none".to_owned(),
            None => figure.symbol(),
        };
        if !verdict.is_empty() {
            words = format!("{words} {verdict}");
        }
        let end = figure.number().map_or(zero, |value| scale.at(value));
        let colour = series::bar(role, frame.palette);
        frame.scene.rect((zero, top), (end, bottom), colour);
        if !own && (end - zero).abs() > 8 {
            frame.scene.rect((zero.min(end) + 4, top + 4), (zero.max(end) - 4, bottom - 4), colour.light());
        }
        let baseline = rows::baseline(frame, (top + bottom) / 2);
        frame.scene.text((end.max(zero) + em / 3, baseline), Anchor::Start, font, words);
    }
}

impl Kind for GroupsChart {
    fn context(&self) -> &Context {
        &self.context
    }

    fn empty(&self) -> bool {
        self.groups.iter().all(|group| group.own.number().is_none())
    }

    fn title(&self) -> String {
        message::parts::groups_title(self)
    }

    fn alt(&self) -> String {
        message::parts::groups_alt(self)
    }

    fn subtitle(&self) -> String {
        self.caption()
    }

    fn caption(&self) -> String {
        words::caption(&self.context.measure, &format!("by {}, {}", self.topic, self.period.prose))
    }

    fn footnotes(&self) -> Vec<String> {
        let mut lines = footnotes::marked(self.missing().into_iter());
        lines.extend(footnotes::ending(&self.context, &self.period.prose));
        lines
    }

    fn notes(&self) -> Vec<String> {
        let gone = self.missing().into_iter().filter(|(_, figure)| figure.number().is_none());
        let gone: Vec<String> = gone.map(|(name, figure)| format!("{} ({})", name, figure.reason())).collect();
        let gone = (!gone.is_empty()).then(|| format!("No figure for {}.", shown::list(&gone)));
        gone.into_iter().chain(footnotes::new(&self.context)).collect()
    }

    fn key(&self, palette: &Palette) -> Vec<Key> {
        let own = Key::new(&self.context.subject, Sign::Patch(palette.subject));
        let mark = || match self.is_upright() {
            true => Sign::Line(palette.england, &[], Shape::Square),
            false => Sign::Patch(palette.england),
        };
        let england = self.has_england().then(|| Key::new("England", mark()));
        std::iter::once(own).chain(england).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let em = frame.em();
        let top = super::key::draw(frame, &self.key(frame.palette));
        if self.is_upright() {
            self.draw_upright(frame, top);
            return;
        }
        let names = self.groups.iter().map(|group| (group.name.clone(), Role::Other));
        let bars = if self.has_england() { 2 } else { 1 };
        let layout = rows::lay_tall(frame, top, names, |_| em * (bars * 115 + 45) / 100);
        let figures = self.groups.iter().flat_map(|group| std::iter::once(&group.own).chain(&group.england));
        let values: Vec<f64> = figures.filter_map(Figure::number).collect();
        let longest = values.iter().map(|value| self.context.measure.shown(*value)).max_by_key(String::len);
        let verdict = self.groups.iter().map(Group::verdict).max_by_key(|word| word.len());
        let words = format!("{} {}", longest.unwrap_or_default(), verdict.unwrap_or_default());
        let room = text::width(words.trim(), frame.bold().weight, em) + em / 2;
        let (low, high) = values.iter().fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(*v), high.max(*v)));
        let right = (frame.right - room).max(layout.left + em);
        let scale = Scale::new(low, if high > low { high } else { low + 1.0 }, layout.left, right);
        let zero = scale.at(0.0);
        frame.scene.line((zero, top), (zero, layout.bottom), frame.palette.secondary, 3);
        rows::draw(frame, &layout);
        for (row, group) in layout.rows.iter().zip(&self.groups) {
            let mut y = row.middle() - bars * em * 115 / 200;
            let own = (Role::Subject, &group.own, group.verdict());
            let england = group.england.iter().map(|figure| (Role::England, figure, ""));
            for bar in std::iter::once(own).chain(england) {
                self.bar(frame, [y + em / 8, y + em], scale, bar);
                y += em * 115 / 100;
            }
        }
        frame.y = layout.bottom + em / 4;
    }

    fn data(&self) -> Vec<Plotted> {
        let mut table = Table::default();
        let period = self.period.label.as_str();
        for group in &self.groups {
            let own = Cell { area: &self.context.subject, role: Role::Subject, series: &group.name, period };
            table.push(&self.context.measure, own, &group.own);
            if let Some(england) = &group.england {
                table.push(&self.context.measure, Cell { area: "England", role: Role::England, ..own }, england);
            }
        }
        table.finish()
    }
}
