//! What every chart of one measure carries: names, source, notes, and what the statistics allow it to say.

use crate::reading::span;
use crate::shown;
use super::slice::{Ask, Slice, When};
use crate::chart::data::{Break, Context, Figure, Flags, Measure, NeighbourSet, Polarity, Rank, Standing, Unit};
use crate::chart::words;
use crate::period::day;
use crate::pipeline;
use crate::statistics::difference::Ratio;
use crate::store::Found;

/// The measure as charts write it.
pub fn measure(found: &Found<'_>, breakdown: &str) -> Measure {
    let meta = found.measure;
    // The unit stands after the label wherever charts write it.
    let label = meta.label.strip_suffix(&format!(", {}", meta.unit)).unwrap_or(&meta.label);
    let label = if breakdown.is_empty() { label.to_owned() } else { format!("{label}, {breakdown}") };
    let short = if meta.short.is_empty() {
        lower_first(meta.label.split([',', ':']).next().unwrap_or(&meta.label))
    } else {
        meta.short.clone()
    };
    Measure {
        label,
        short,
        unit: match meta.unit.as_str() {
            "percent" => Unit::Percent,
            "rate per 1,000" => Unit::RatePer(1_000),
            "rate per 10,000" => Unit::RatePer(10_000),
            "rate per 100,000" => Unit::RatePer(100_000),
            "pounds" => Unit::Pounds,
            "number" | "code" => Unit::Number,
            other => Unit::Other(other.to_owned()),
        },
        places: meta.places,
        polarity: match meta.polarity.as_str() {
            "high" => Polarity::High,
            "low" => Polarity::Low,
            _ => Polarity::None,
        },
    }
}

/// The first letter small, unless the word is an abbreviation or `England` as such would be.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => text.to_owned(),
    }
}

impl Slice<'_> {
    /// The context of a chart over `periods`, the last of which the flags are about.
    pub fn context(&self, ask: &Ask<'_>, periods: &[When]) -> Context {
        let subject = ask.subject();
        let spoken: Vec<_> = periods.iter().map(|&when| self.period(when)).collect();
        let codes: Vec<&str> = periods.iter().map(|&when| self.code(when)).collect();
        let source = self.releases.source(self.found.meta, ask.authority, &span(&spoken), &codes);
        let mut context = Context::new(&subject, measure(&self.found, &self.breakdown), &source);
        context.illustrative = self.found.meta.illustrative;
        let Some(&last) = periods.last() else { return context };
        context.flags = self.flags(ask, last);
        context.neighbours = self.neighbour_set(ask, last);
        context.notes = self.notes(ask, last);
        context
    }

    /// What the tests say of the authority in a period.
    pub fn flags(&self, ask: &Ask<'_>, when: When) -> Flags {
        let mut flags = Flags::default();
        let total = self.is_total(when);
        let measure = measure(&self.found, "");
        // A difference that the figures as written do not show is not claimed.
        let standing = |row: usize| {
            let written = |value: f64| measure.shown(value);
            let (own, other) = (self.columns.value[row], self.columns.against(row).number());
            match other {
                Some(other) if written(own) == written(other) => self.columns.standing(row).at_most_similar(),
                _ => self.columns.standing(row),
            }
        };
        for row in self.own(when, ask.authority) {
            let columns = self.columns;
            match columns.comparator.word(row) {
                "england" if !total => flags.england = standing(row),
                "neighbours" => flags.neighbours = standing(row),
                _ => {}
            }
            let bounds = (u32::from(columns.rank_lower[row]), u32::from(columns.rank_upper[row]));
            flags.rank = (columns.rank[row] > 0).then(|| Rank {
                rank: u32::from(columns.rank[row]),
                out_of: u32::from(columns.out_of[row]),
                tied: self.tied(when, row),
                interval: (bounds.0 > 0).then_some(bounds),
            });
            if columns.beyond.word(row) == "small cohort" && columns.denominator[row].is_finite() {
                flags.small_cohort = Some(columns.denominator[row] as u32);
            }
            flags.unusual = columns.unusual.word(row).starts_with("far");
            flags.trend = trend(columns.trend.word(row));
        }
        flags.change = self.change(ask, when, &flags);
        flags
    }

    /// The latest figure against that of the period before, tested from the counts; never across a break.
    fn change(&self, ask: &Ask<'_>, when: When, flags: &Flags) -> Standing {
        let own = self.row(when, ask.authority);
        let broken = own.is_none_or(|row| broken(self.columns.change_note.word(row)).is_some());
        let earlier = self.before(when).and_then(|before| self.row(before, ask.authority));
        let Some((now, old)) = own.zip(earlier).filter(|_| !broken && flags.small_cohort.is_none()) else {
            return Standing::Untested;
        };
        tested(&self.found.measure.unit, &self.columns.figure(old), &self.columns.figure(now))
    }

    fn neighbour_set(&self, ask: &Ask<'_>, when: When) -> Option<NeighbourSet> {
        let row = self.against(when, ask.authority, "neighbours").filter(|&row| self.columns.members[row] > 0)?;
        let year = ask.register.neighbours().newest()?;
        Some(NeighbourSet {
            name: format!("{year} statistical neighbours"),
            rule: "plain mean of those with data".to_owned(),
            size: u32::from(self.columns.members[row]),
            with_data: u32::from(self.columns.used[row]),
        })
    }

    /// Closed neighbours, a late opening, and totals that are left out.
    fn notes(&self, ask: &Ask<'_>, when: When) -> Vec<String> {
        let mut notes = Vec::new();
        let closed = self.neighbours(ask).into_iter().filter(|&code| !self.open(ask, code, when));
        let closed: Vec<String> = closed.map(|code| ask.name(code)).collect();
        if !closed.is_empty() {
            notes.push(format!("Not open in {}, so without data: {}", self.period(when).prose, shown::list(&closed)));
        }
        if self.is_total(when) {
            notes.push("England and the region are not shown: their figures are totals".to_owned());
        }
        notes
    }

    /// Since when there can be figures, where the measure is older than the authority.
    pub fn opening(&self, ask: &Ask<'_>, when: When) -> Option<String> {
        let opened = ask.register.newest(ask.authority).and_then(|authority| authority.opened)?;
        let first = self.alike(when).map(|when| when.end).min()?;
        let words = || format!("{} opened on {} and has no earlier figures", ask.subject(), opened.format("%-d %B %Y"));
        (day(first) < opened).then(words)
    }

    /// The context of a chart that shows neighbours one by one and not their mean.
    pub fn context_of_each(&self, ask: &Ask<'_>, periods: &[When]) -> Context {
        let mut context = self.context(ask, periods);
        if let Some(set) = &mut context.neighbours {
            set.rule = "each shown by itself".to_owned();
        }
        context
    }

    /// Breaks in the series among the periods, each with its reason.
    pub fn breaks(&self, ask: &Ask<'_>, periods: &[When]) -> Vec<Break> {
        let mut breaks: Vec<Break> = Vec::new();
        for &when in periods {
            let note = self.row(when, ask.authority).and_then(|row| broken(self.columns.change_note.word(row)));
            if let Some(reason) = note {
                breaks.push(Break { order: self.order(when), reason: lower_first(reason) });
            }
        }
        breaks
    }
}

/// The reason in the note of a break.
fn broken(note: &str) -> Option<&str> {
    note.strip_prefix("break in the series: ")
}

/// The second figure against the first by the interval of their difference at 95%; nothing said without counts.
pub fn tested(unit: &str, first: &Figure, second: &Figure) -> Standing {
    let counts = |figure: &Figure| Some(Ratio { x: figure.numerator?, n: figure.denominator? });
    let Some((old, new)) = counts(first).zip(counts(second)) else { return Standing::Untested };
    let quotient = pipeline::Unit::from_word(unit).and_then(pipeline::Unit::quotient);
    let difference = quotient.and_then(|quotient| quotient.difference(new, old));
    match difference.map(|difference| difference.interval) {
        None => Standing::Untested,
        Some(interval) if interval.contains(0.0) => Standing::Similar,
        Some(interval) if interval.lower > 0.0 => Standing::Higher,
        Some(_) => Standing::Lower,
    }
}

/// The word of the trend column as what was tested.
fn trend(word: &str) -> Standing {
    if word.starts_with("increasing") {
        Standing::Higher
    } else if word.starts_with("decreasing") {
        Standing::Lower
    } else if word.starts_with("no_change") {
        Standing::Similar
    } else {
        Standing::Untested
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Standing, tested};

    #[test]
    fn a_difference_is_said_only_beyond_its_interval() {
        let figure = |x: f64, n: f64| Figure::of(100.0 * x / n).counts(x, n);
        assert_eq!(tested("percent", &figure(10.0, 20.0), &figure(12.0, 20.0)), Standing::Similar);
        assert_eq!(tested("percent", &figure(100.0, 400.0), &figure(200.0, 400.0)), Standing::Higher);
        assert_eq!(tested("number", &figure(100.0, 400.0), &figure(200.0, 400.0)), Standing::Untested);
    }
}
