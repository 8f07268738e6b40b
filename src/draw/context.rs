//! What every chart of one measure carries: names, source, notes, and what the statistics allow it to say.

use super::slice::{Ask, Slice, drawn};
use crate::chart::data::{Break, Context, Figure, Flags, Measure, NeighbourSet, Polarity, Rank, Standing, Unit};
use crate::chart::words;
use crate::pipeline;
use crate::series::{Against, Point, When};
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
    pub fn context(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Context {
        let subject = ask.subject();
        let spoken: Vec<_> = periods.iter().map(|&when| self.period(when)).collect();
        let codes: Vec<&str> = periods.iter().map(|when| when.code).collect();
        let source = self.releases.source(self.found().meta, ask.authority, &words::span(&spoken), &codes);
        let mut context = Context::new(&subject, measure(self.found(), &self.breakdown), &source);
        context.illustrative = self.found().meta.illustrative;
        let Some(&last) = periods.last() else { return context };
        context.flags = self.flags(ask, last);
        context.neighbours = self.neighbour_set(ask, last);
        context.notes = self.notes(ask, last);
        context
    }

    /// What the tests say of the authority in a period.
    pub fn flags(&self, ask: &Ask<'_>, when: When<'_>) -> Flags {
        let mut flags = Flags::default();
        let Some(point) = self.point(ask, when) else { return flags };
        let measure = measure(self.found(), "");
        let total = self.is_total(when);
        let told = |against: Option<&Against<'_>>| {
            against.map_or(Standing::default(), |against| standing(&point, against, &measure))
        };
        flags.england = told(point.england().filter(|_| !total));
        flags.neighbours = told(point.neighbours());
        let place = &point.standing;
        flags.rank = place.rank.map(|rank| Rank {
            rank: u32::from(rank),
            out_of: u32::from(place.out_of),
            tied: (self.data.sharing(when, rank) as u32).saturating_sub(1),
            interval: place.range.map(|(best, worst)| (u32::from(best), u32::from(worst))),
        });
        let small = point.against.iter().any(|against| against.beyond == "small cohort");
        flags.small_cohort = point.figure.below.filter(|_| small).map(|count| count as u32);
        flags.unusual = place.unusual.starts_with("far");
        flags.trend = trend(place.trend);
        flags.change = self.change(ask, &point, &flags);
        flags
    }

    /// The latest figure against that of the period before, tested from the counts; never across a break.
    fn change(&self, ask: &Ask<'_>, now: &Point<'_>, flags: &Flags) -> Standing {
        if now.broken().is_some() || flags.small_cohort.is_some() {
            return Standing::Untested;
        }
        let earlier = self.before(now.when).and_then(|before| self.data.figure(ask.authority, before));
        earlier.map_or(Standing::Untested, |old| tested(&self.found().measure.unit, &drawn(&old), &drawn(&now.figure)))
    }

    fn neighbour_set(&self, ask: &Ask<'_>, when: When<'_>) -> Option<NeighbourSet> {
        let point = self.point(ask, when)?;
        let against = point.neighbours().filter(|against| against.members > 0)?;
        let year = ask.register.neighbours().newest()?;
        Some(NeighbourSet {
            name: format!("{year} statistical neighbours"),
            rule: "plain mean of those with data".to_owned(),
            size: u32::from(against.members),
            with_data: u32::from(against.used),
        })
    }

    /// Closed neighbours, a late opening, and totals that are left out.
    fn notes(&self, ask: &Ask<'_>, when: When<'_>) -> Vec<String> {
        if self.found().meta.own {
            return vec!["The council's own figures, provisional: not ranked".to_owned()];
        }
        let mut notes = Vec::new();
        let closed = self.neighbours(ask).into_iter().filter(|&code| !self.open(ask, code, when));
        let closed: Vec<String> = closed.map(|code| ask.name(code)).collect();
        if !closed.is_empty() {
            notes.push(format!("Not open in {}, so without data: {}", self.period(when).prose, words::list(&closed)));
        }
        if self.is_total(when) {
            notes.push("England and the region are not shown: their figures are totals".to_owned());
        }
        notes
    }

    /// Since when there can be figures, where the measure is older than the authority.
    pub fn opening(&self, ask: &Ask<'_>, when: When<'_>) -> Option<String> {
        let opened = ask.register.newest(ask.authority).and_then(|authority| authority.opened)?;
        let first = self.alike(when).map(|when| when.day()).min()?;
        let words = || format!("{} opened on {} and has no earlier figures", ask.subject(), opened.format("%-d %B %Y"));
        (first < opened).then(words)
    }

    /// The context of a chart that shows neighbours one by one and not their mean.
    pub fn context_of_each(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Context {
        let mut context = self.context(ask, periods);
        if let Some(set) = &mut context.neighbours {
            set.rule = "each shown by itself".to_owned();
        }
        context
    }

    /// Breaks in the series among the periods, each with its reason.
    pub fn breaks(&self, ask: &Ask<'_>, periods: &[When<'_>]) -> Vec<Break> {
        let mut breaks: Vec<Break> = Vec::new();
        for &when in periods {
            if let Some(reason) = self.point(ask, when).as_ref().and_then(Point::broken) {
                breaks.push(Break { order: self.order(when), reason: lower_first(reason) });
            }
        }
        breaks
    }
}

/// What the test against a comparator says; a difference that the figures as written do not show is not claimed.
fn standing(point: &Point<'_>, against: &Against<'_>, measure: &Measure) -> Standing {
    let (own, other) = (point.figure.value, against.figure.value);
    let standing = match against.beyond {
        "similar" => Standing::Similar,
        "" | "small cohort" => Standing::Untested,
        _ if own > other => Standing::Higher,
        _ => Standing::Lower,
    };
    let written = |value: f64| words::value(value, measure);
    match own.zip(other) {
        Some((own, other)) if written(own) == written(other) => standing.at_most_similar(),
        _ => standing,
    }
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
