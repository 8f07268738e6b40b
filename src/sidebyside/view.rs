//! A table side by side: whose, of which periods and lines.

use super::asked::Asked;
use super::print::{Cell, Sheet};
use crate::area::LaCode;
use crate::compare::{BreakdownPeriod, Comparison};
use crate::finding::Error;
use crate::frame::Frame;
use crate::pipeline::{Polarity, Unit};
use crate::reading::{Missing, Seen, Verdict, words};
use crate::series::{Against, Standing};
use crate::statistics::Interval;
use crate::store::{Found, measure};

/// The columns of LAIT after the years, and what belongs beside its rank.
const LAIT: [&str; 9] = [
    "Change from previous year",
    "Trend",
    "Polarity",
    "Latest National Rank",
    "Out of",
    "Rank lower",
    "Rank upper",
    "Quartile Banding",
    "Neighbours used",
];

/// What LAIT lacks.
const FURTHER: [&str; 15] = [
    "Authority against it, beyond chance",
    "Unusual among authorities",
    "Band certain",
    "Lower 95%",
    "Upper 95%",
    "Change lower",
    "Change upper",
    "Change over the series",
    "Trend over five years",
    "Mean",
    "Median",
    "Pooled",
    "Lowest mean without one",
    "Highest mean without one",
    "Choice turns",
];

/// One comparison, with the periods that are shown.
pub struct View<'a> {
    pub asked: &'a Asked<'a>,
    pub found: &'a Found<'a>,
    pub frame: &'a Frame,
    pub comparison: &'a Comparison<'a>,
    pub moments: Vec<BreakdownPeriod<'a>>,
    pub standings: Vec<Standing<'a>>,
    pub polarity: Polarity,
    pub unit: Unit,
    pub only: (String, String),
}

/// A row of the table.
pub struct Line {
    pub number: String,
    pub name: String,
    pub figures: Vec<Seen>,
    /// The authority it is, for its rank.
    pub code: Option<LaCode>,
    /// What the chosen authority is against it.
    pub against: Option<Against<'static>>,
    /// What it is in the range of all: `best`; empty where it is not there for that.
    pub ranged: &'static str,
}

impl<'a> View<'a> {
    /// # Errors
    /// No such period.
    pub fn of(
        asked: &'a Asked<'a>,
        found: &'a Found<'a>,
        frame: &'a Frame,
        comparison: &'a Comparison<'a>,
        only: &(String, String),
    ) -> Result<View<'a>, Error> {
        let moments = moments(comparison, asked.options.period.as_deref())?;
        let standings = moments.last().map_or(Vec::new(), |last| comparison.standings(last.group));
        let subject = crate::store::subject(found.measure);
        Ok(View {
            asked,
            found,
            frame,
            comparison,
            moments,
            standings,
            polarity: subject.polarity,
            unit: subject.unit,
            only: only.clone(),
        })
    }

    /// The name of a period on the page.
    pub fn label(&self, moment: &BreakdownPeriod<'_>) -> String {
        moment.when.label()
    }

    /// Where an authority stands in the latest period.
    pub fn standing(&self, code: LaCode) -> Standing<'a> {
        let at = self.comparison.authorities().binary_search(&code).ok();
        at.and_then(|at| self.standings.get(at)).copied().unwrap_or_default()
    }

    /// The line of an authority.
    pub fn line(&self, code: LaCode, against: Option<Against<'static>>) -> Line {
        Line {
            number: code.to_string(),
            name: self.asked.name(code).to_owned(),
            figures: self.moments.iter().map(|moment| self.comparison.figure(moment.group, code)).collect(),
            code: Some(code),
            against,
            ranged: "",
        }
    }

    pub(super) fn heading(&self, code: LaCode, from: usize) -> Sheet {
        let mut columns = vec!["LA Number".to_owned(), "LA and Regions".to_owned()];
        for moment in &self.moments[from..] {
            let label = self.label(moment);
            columns.push(label.clone());
            if self.asked.options.counts {
                columns.extend([format!("{label} numerator"), format!("{label} denominator")]);
            }
        }
        columns.extend(LAIT.map(str::to_owned));
        let lait = columns.len();
        columns.extend(FURTHER.map(str::to_owned));
        let further = columns.len();
        columns.push("Compared authority".to_owned());
        let when = self.moments.last().map_or(String::new(), |last| format!(", to {}", self.label(last)));
        let part =
            if self.only.0 == self.only.1 { String::new() } else { format!(", {}: {}", self.only.0, self.only.1) };
        Sheet {
            title: format!("{}: {}{part}", self.asked.name(code), self.found.measure.label),
            subtitle: format!("{}{when}", self.unit.word()),
            blocks: vec![2..lait, lait..further],
            fixed: 2,
            columns,
            ..Sheet::default()
        }
    }

    pub(super) fn cells(&self, figure: &Seen) -> Vec<Cell> {
        let value = match figure.value {
            Some(value) => Cell::Number(value, self.found.measure.places),
            None => Cell::Missing(figure.missing),
        };
        if !self.asked.options.counts {
            return vec![value];
        }
        vec![value, Cell::number(figure.above, 0), Cell::number(figure.below, 0)]
    }

    pub(super) fn lait_cells(&self, line: &Line) -> Vec<Cell> {
        let places = self.found.measure.places;
        let change = self.change(line, false);
        let moved = words::arrow(&self.evidence(line).reading().change);
        let standing = line.code.map(|code| self.standing(code)).unwrap_or_default();
        let rank = |rank: Option<u16>| Cell::number(rank.map(f64::from), 0);
        let used = line.against.as_ref().filter(|against| against.members > 1);
        vec![
            change.map_or(Cell::text(""), |change| Cell::Signed(change, places)),
            Cell::text(moved),
            Cell::text(match self.polarity {
                Polarity::High => "High",
                Polarity::Low => "Low",
                Polarity::None => "-",
            }),
            rank(standing.rank),
            rank(standing.rank.map(|_| standing.out_of)),
            rank(standing.range.map(|ranks| ranks.0)),
            rank(standing.range.map(|ranks| ranks.1)),
            Cell::text(standing.band),
            Cell::text(used.map_or(String::new(), |against| format!("{} of {}", against.used, against.members))),
        ]
    }

    pub(super) fn further_cells(&self, line: &Line, code: LaCode) -> Vec<Cell> {
        let places = self.found.measure.places;
        let standing = line.code.map(|code| self.standing(code)).unwrap_or_default();
        let last = line.figures.last();
        let interval = last.and_then(|figure| figure.range);
        let number = |value: Option<f64>| Cell::number(value, places);
        let signed = |value: Option<f64>| value.map_or(Cell::text(""), |value| Cell::Signed(value, places));
        let limits = self.change_interval(line);
        let list = line.against.as_ref().filter(|against| against.members > 1);
        vec![
            Cell::text(line.against.as_ref().map_or("", |against| self.verdict_word(against, code))),
            Cell::text(standing.unusual),
            Cell::text(standing.certain),
            number(interval.map(|limits| limits.lower)),
            number(interval.map(|limits| limits.upper)),
            signed(limits.map(|limits| limits.lower)),
            signed(limits.map(|limits| limits.upper)),
            signed(self.change(line, true)),
            Cell::text(standing.trend.replace('_', " ")),
            number(list.and_then(|against| against.figure.value)),
            number(list.and_then(|against| against.median)),
            number(list.and_then(|against| against.pooled)),
            number(list.and_then(|against| against.without_one).map(|range| range.0)),
            number(list.and_then(|against| against.without_one).map(|range| range.1)),
            Cell::text(list.map_or("", |against| against.flips)),
        ]
    }

    /// The word of the verdict on an authority against one of those that stand beside it.
    fn verdict_word(&self, against: &Against<'_>, code: LaCode) -> &'static str {
        self.verdict(against, code).map_or("", words::verdict_word)
    }

    /// The verdict on an authority against one of those that stand beside it.
    pub fn verdict(&self, against: &Against<'_>, code: LaCode) -> Option<Verdict> {
        let mut evidence = self.evidence(&self.line(code, None));
        let own = evidence.past.last().map_or(Seen::missing(Missing::Absent), |past| past.seen);
        evidence.others = vec![against.other(own, self.asked.register)];
        evidence.reading().against.first().map(|against| against.verdict)
    }

    /// The two figures of a line between which it changed: from the previous year, or over the whole unbroken series.
    fn ends(&self, line: &Line, whole: bool) -> Option<(Seen, Seen)> {
        let last = self.moments.last()?.group;
        let first = if whole { Some(self.comparison.first_of_series(last)) } else { self.comparison.before(last) };
        let at = self.moments.iter().position(|moment| Some(moment.group) == first && moment.group != last)?;
        Some((*line.figures.get(at)?, *line.figures.last()?))
    }

    /// The change of a line.
    pub fn change(&self, line: &Line, whole: bool) -> Option<f64> {
        let (before, now) = self.ends(line, whole)?;
        Some(now.value? - before.value?)
    }

    /// The interval of the change on the previous year, where the counts of both are known.
    fn change_interval(&self, line: &Line) -> Option<Interval> {
        let (before, now) = self.ends(line, false)?;
        now.less(&before, &measure(self.found, "")).map(|change| change.interval)
    }
}

/// The periods up to the one asked for, of the same kind as the last.
pub fn moments<'a>(comparison: &Comparison<'a>, wanted: Option<&str>) -> Result<Vec<BreakdownPeriod<'a>>, Error> {
    let mut moments = comparison.moments();
    moments.sort_by_key(|moment| moment.when);
    if let Some(wanted) = wanted {
        let asked = moments.iter().filter(|moment| moment.when.is(wanted));
        let Some(end) = asked.map(|moment| moment.when.day()).max() else {
            let all: Vec<String> = moments.iter().map(|moment| moment.when.label()).collect();
            return Err(Error::usage(
                format!("there is no period `{wanted}`"),
                format!("there are {}", all.join(", ")),
            ));
        };
        moments.retain(|moment| moment.when.day() <= end);
    }
    // Months and weeks are one series; a yearly figure among them, or a term, is another.
    let kind = |moment: &BreakdownPeriod<'_>| moment.when.key.length().is_years();
    if let Some(last) = moments.last().map(kind) {
        moments.retain(|moment| kind(moment) == last);
    }
    Ok(moments)
}
