//! Titles of charts: what, whose, what became of it, against whom; in about twelve words, and always with the measure.

use super::super::{Age, Change, Level, Month, NoChange, Reading, Whom};
use super::place::title_place;
use super::{against, change, history, length};
use crate::shown::sentence;
use crate::statistics::unusual;

/// The words a title aims at; a long authority name may take more.
const BUDGET: usize = 12;

/// The first that fits; of a figure that is old the first that says of when it is.
fn choose(reading: &Reading, candidates: &[String]) -> String {
    if reading.age == Age::Stale {
        let dated: Vec<String> =
            candidates.iter().filter(|title| title.contains(&reading.period.prose)).cloned().collect();
        if !dated.is_empty() {
            return fitting(&reading.who, &dated);
        }
    }
    fitting(&reading.who, candidates)
}

/// The first candidate within the budget of words, else the shortest. A long authority name counts as one word.
pub fn fitting(who: &str, candidates: &[String]) -> String {
    let name = length(who).saturating_sub(1);
    let fits = |title: &&String| length(title) <= BUDGET + name;
    let shortest = || candidates.iter().min_by_key(|title| length(title));
    sentence(candidates.iter().find(fits).or_else(shortest).map_or("", |title| title.trim()))
}

/// `Plans issued within 20 weeks in Sandwell`, and without the authority.
fn heads(reading: &Reading) -> [String; 2] {
    let noun = reading.measure.heading();
    [format!("{noun} in {}", reading.who), noun]
}

/// What a title says where there is no figure, with the last one that there was.
fn no_figure(reading: &Reading) -> String {
    let Level::Missing(why) = reading.level else { return String::new() };
    let [full, bare] = heads(reading);
    let (when, why) = (&reading.period.prose, why.reason());
    let last = match &reading.change {
        Change::None(NoChange::NoFigure { last: Some((when, value)) }) => {
            format!(", {} {}", reading.measure.shown(*value), when.at())
        }
        _ => String::new(),
    };
    choose(
        reading,
        &[
            format!("{full}: no figure for {when} ({why}){last}"),
            format!("{full}: no figure for {when} ({why})"),
            format!("{full}: no figure for {when}"),
            format!("{bare}: no figure for {when}"),
        ],
    )
}

/// The endings of a title: all relations, the first alone, none; a figure that was not tested stands by itself.
fn endings(reading: &Reading, whose: &[&Whom]) -> Vec<String> {
    let named = || whose.iter().filter_map(|whom| reading.against.iter().find(|against| against.whom == **whom));
    let tested: Vec<_> = named().filter(|against| against.verdict.is_tested()).collect();
    let mut endings = Vec::new();
    if tested.len() > 1 {
        endings.extend(against::joined(&tested));
    }
    endings.extend(tested.first().and_then(|first| super::clause::tested(first)));
    if tested.is_empty() {
        endings.extend(named().find_map(|against| against::beside(against, reading)));
    }
    endings.into_iter().map(|ending| format!(", {ending}")).chain([String::new()]).collect()
}

/// The comparators that a title may name, England first.
fn comparators(reading: &Reading) -> Vec<&Whom> {
    let of = |wanted: fn(&Whom) -> bool| reading.against.iter().map(|against| &against.whom).find(|whom| wanted(whom));
    let england = of(|whom| *whom == Whom::England);
    england.into_iter().chain(of(|whom| matches!(whom, Whom::Neighbours(_)))).collect()
}

/// The title of a chart over the years.
pub fn over_time(reading: &Reading) -> String {
    let Some(value) = reading.level.value() else { return no_figure(reading) };
    let [full, bare] = heads(reading);
    let (stories, when) = (stories(reading, value), format!(" {}", reading.period.at()));
    let endings =
        if super::alone(reading).is_some() { vec![String::new()] } else { endings(reading, &comparators(reading)) };
    let (with, without) = endings.split_at(endings.len() - 1);
    let mut all = Vec::new();
    for endings in [with, without] {
        for head in [&full, &bare] {
            for (ending, story) in endings.iter().flat_map(|ending| stories.iter().map(move |story| (ending, story))) {
                all.push(format!("{head}{}{ending}", story.dated(&when)));
                all.push(format!("{head}{}{ending}", story.dated("")));
            }
        }
    }
    choose(reading, &all)
}

/// What became of the figure: words before and after the place of the date.
struct Story(String, String);

impl Story {
    fn dated(&self, when: &str) -> String {
        format!("{}{when}{}", self.0, self.1)
    }
}

/// What may be said of the years, the strongest first: a run, a change, a trend, no clear change, the figure.
fn stories(reading: &Reading, value: f64) -> Vec<Story> {
    let shown = reading.measure.said(value);
    let plain = |after: &str| Story(format!(": {shown}"), after.to_owned());
    let closed = |words: String| Story(words, String::new());
    if let Some(why) = super::alone(reading) {
        return vec![plain(&format!(", {why}"))];
    }
    let trend = reading.history.trend.ok().filter(|trend| trend.way().is_some());
    let course = trend.and_then(history::course).map(|course| closed(format!(": {course}, {shown}")));
    match (&reading.change, reading.change.movement().and_then(|movement| movement.way())) {
        (_, Some(way)) => {
            let earlier = reading.change.from().map_or(value, |(_, from)| from);
            let ((from, to), verb) = (reading.measure.apart(earlier, value), change::verb(way));
            // A trend that runs the other way makes the years that are compared worth naming.
            if trend.is_some_and(|trend| trend.way() != Some(way)) {
                return vec![closed(format!(" {verb} from {from} to {to}"))];
            }
            let running = change::running(reading).map(|running| closed(format!(" {running}, to {to}")));
            running.into_iter().chain([closed(format!(" {verb} to {to}"))]).collect()
        }
        (Change::Tested { .. }, None) if course.is_none() => {
            vec![plain(", no clear change in a year"), plain(", no clear change")]
        }
        (Change::Counted { .. }, None) => vec![closed(format!(" unchanged at {shown}"))],
        _ => course.into_iter().chain([plain("")]).collect(),
    }
}

/// The title of a chart of months.
pub fn in_months(reading: &Reading) -> String {
    let Some(value) = reading.level.value() else { return no_figure(reading) };
    let [full, bare] = heads(reading);
    let shown = reading.measure.said(value);
    let shows = match reading.month {
        Some(Month::Usual) => ", no unusual change",
        Some(Month::Outside { high: true, .. }) => ", unusually high",
        Some(Month::Outside { high: false, .. }) => ", unusually low",
        Some(Month::Moving { up: true }) => ", rising for seven months",
        Some(Month::Moving { up: false }) => ", falling for seven months",
        Some(Month::Apart { above: true }) => ", above average for seven months",
        Some(Month::Apart { above: false }) => ", below average for seven months",
        Some(Month::Short(_)) | None => "",
    };
    let when = reading.period.at();
    choose(
        reading,
        &[
            format!("{full}: {shown} {when}{shows}"),
            format!("{full}: {shown}{shows}"),
            format!("{bare}: {shown} {when}{shows}"),
            format!("{bare}: {shown}{shows}"),
        ],
    )
}

/// The title of a chart of all authorities.
pub fn among(reading: &Reading) -> String {
    let whose: Vec<&Whom> = comparators(reading).into_iter().take(1).filter(|whom| **whom == Whom::England).collect();
    places(reading, &whose)
}

/// The title of a chart of the authority and its neighbours, who come first.
pub fn beside_neighbours(reading: &Reading) -> String {
    let mut whose = comparators(reading);
    whose.reverse();
    places(reading, &whose)
}

/// The title of a chart of the authority beside its comparators in one period: no place among all is seen in it.
pub fn in_one_period(reading: &Reading) -> String {
    placed(reading, &comparators(reading), "")
}

fn places(reading: &Reading, whose: &[&Whom]) -> String {
    let rank = title_place(reading);
    let rank = if rank.is_empty() { String::new() } else { format!(", {rank}") };
    placed(reading, whose, &rank)
}

fn placed(reading: &Reading, whose: &[&Whom], rank: &str) -> String {
    let Some(value) = reading.level.value() else { return no_figure(reading) };
    let [full, bare] = heads(reading);
    let (shown, when) = (reading.measure.said(value), reading.period.at());
    if let Some(few) = super::alone(reading) {
        return choose(
            reading,
            &[
                format!("{full}: {shown} {when}, {few}"),
                format!("{full}: {shown}, {few}"),
                format!("{bare}: {shown}, {few}"),
            ],
        );
    }
    let endings = endings(reading, whose);
    let (with, without) = endings.split_at(endings.len() - 1);
    let mut all = Vec::new();
    for head in [&full, &bare] {
        all.extend(with.iter().map(|ending| format!("{head}: {shown} {when}{ending}{rank}")));
        all.extend(with.iter().map(|ending| format!("{head}: {shown}{ending}{rank}")));
        all.extend(with.iter().map(|ending| format!("{head}: {shown}{ending}")));
    }
    for head in [&full, &bare] {
        all.extend(without.iter().map(|_| format!("{head}: {shown} {when}{rank}")));
        all.push(format!("{head}: {shown}{rank}"));
        all.push(format!("{head}: {shown}"));
    }
    choose(reading, &all)
}

/// The title of a funnel: inside the limits, or outside which. `spread` says that authorities vary more than chance.
pub fn in_funnel(reading: &Reading, spread: bool) -> String {
    let (Some(value), Some(place)) = (reading.level.value(), reading.unusual) else { return among(reading) };
    let [full, bare] = heads(reading);
    let (shown, when) = (reading.measure.said(value), reading.period.at());
    let place = match place {
        unusual::Place::Within if spread => "not unusual among authorities",
        unusual::Place::Within => "within the range expected by chance",
        unusual::Place::Above => "above the 95% limits",
        unusual::Place::Below => "below the 95% limits",
        unusual::Place::FarAbove => "above the 99.8% limits",
        unusual::Place::FarBelow => "below the 99.8% limits",
    };
    choose(
        reading,
        &[
            format!("{full}: {shown} {when}, {place}"),
            format!("{full}: {shown}, {place}"),
            format!("{bare}: {shown}, {place}"),
        ],
    )
}

/// The title of a chart of this period and the one before.
pub fn two_times(reading: &Reading) -> String {
    let Some(value) = reading.level.value() else { return no_figure(reading) };
    let [full, bare] = heads(reading);
    let Some((before, from)) = reading.change.from() else { return over_time(reading) };
    let (from, to) = reading.measure.apart(from, value);
    let (old, new) = (&before.label, &reading.period.label);
    let both = format!(": {from} ({old}) and {to} ({new})");
    let same = from == to;
    let core = match (&reading.change, reading.change.movement().and_then(|movement| movement.way())) {
        (_, Some(way)) => format!(" {} from {from} ({old}) to {to} ({new})", change::verb(way)),
        _ if same => format!(": {to} in both {old} and {new}"),
        (Change::Tested { .. }, None) => format!("{both}, no clear change"),
        _ => both,
    };
    choose(reading, &[format!("{full}{core}"), format!("{bare}{core}")])
}
