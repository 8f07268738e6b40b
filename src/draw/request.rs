//! One chart as it is asked for: which measures, which breakdowns, which kind.

use globset::{GlobBuilder, GlobMatcher};

use super::releases::Releases;
use super::slice::{Ask, Slice};
use super::wanted::{Drawn, Wanted};
use super::{control, dumbbell, fields, funnel, groups, multiples, one_period, pages, plan, stacked, trend};
use crate::area::Register;
use crate::chart::Chart;
use crate::finding::{Error, Finding};
use crate::publish::Only;
use crate::report::ChartKind;
use crate::schema::{TOTAL, column, view};
use crate::store::{Catalogue, Compared, Found};

/// The chart asked for.
///
/// # Errors
/// More measures than the kind shows, words that are no glob, or a table that cannot be read.
pub fn chart(asked: &Wanted<'_>, catalogue: &Catalogue, register: &Register) -> Result<Drawn, Error> {
    let found = &asked.measures;
    check_count(asked.kind, asked.breakdown.is_some(), found)?;
    let asked_for = asked_for(asked).map(|(topic, _)| topic);
    let stand_ins = found.iter().filter_map(|found| found.measure.stand_in()).map(|(topic, _)| topic);
    let topics = asked_for.into_iter().chain(stand_ins).chain([TOTAL]).map(str::to_owned);
    let topics: Vec<String> = topics.collect();
    let frame = catalogue.comparisons(found, &topics)?;
    let compared = Compared::of(&frame).map_err(|finding: Finding| Error::usage(finding.message, finding.help))?;
    let releases = found
        .iter()
        .map(|found| Releases::of(catalogue, found, &[asked.authority]))
        .collect::<Result<Vec<Releases>, Error>>()?;
    chart_of(asked, &compared, &releases.iter().collect::<Vec<_>>(), catalogue, register)
}

/// The chart asked for, of comparisons and releases that are at hand, one of the latter for each measure.
///
/// # Errors
/// More measures than the kind shows, or words that are no glob.
pub fn chart_of(
    asked: &Wanted<'_>,
    compared: &Compared<'_>,
    releases: &[&Releases],
    catalogue: &Catalogue,
    register: &Register,
) -> Result<Drawn, Error> {
    let found = &asked.measures;
    check_count(asked.kind, asked.breakdown.is_some(), found)?;
    let Wanted { authority, period, prose, .. } = *asked;
    let ask = Ask { register, authority, period, comparators: &asked.comparators, prose };
    let wanted = wanted(asked, compared);
    let slice = |at: usize, pair: (&str, &str)| Slice::of(found[at], compared, releases[at], pair);
    let by_parts = matches!(asked.kind, ChartKind::Stacked | ChartKind::Groups | ChartKind::Ages)
        || asked.kind == ChartKind::Multiples && found.len() == 1;
    if by_parts {
        return composition(asked, &ask, compared, releases);
    }
    let slices: Vec<Slice<'_>> =
        wanted.iter().enumerate().map(|(at, (topic, breakdown))| slice(at, (topic, breakdown))).collect();
    for (slice, (topic, _)) in slices.iter().zip(&wanted) {
        if slice.data.periods().is_empty() {
            return Ok(Drawn::Nothing(no_rows(catalogue, slice.found(), topic)));
        }
    }
    let drawn = match asked.kind {
        ChartKind::Trend => trend::trend(&slices[0], &ask),
        ChartKind::Ordered => one_period::ordered(&slices[0], &ask),
        ChartKind::Neighbours => one_period::neighbours(&slices[0], &ask),
        ChartKind::Strip => one_period::strip(&slices[0], &ask),
        ChartKind::Bars => one_period::bars(&slices[0], &ask),
        ChartKind::Control => control::control(&slices[0], &ask),
        ChartKind::Funnel => funnel::funnel(&slices[0], &ask),
        ChartKind::Spine => pages::spine(&slices, &ask),
        ChartKind::Scorecard => pages::scorecard(&slices, &ask),
        ChartKind::Dumbbell => match slices.as_slice() {
            [first, second] => match dumbbell::two_measures(first, second, &ask) {
                Ok(chart) => chart,
                Err(why) => return Ok(Drawn::Nothing(why)),
            },
            _ => dumbbell::over_time(&slices[0], &ask),
        },
        ChartKind::Heat => fields::heat(&slices, &ask),
        ChartKind::Scatter => match slices.as_slice() {
            [first, second] => fields::scatter(first, second, &ask),
            _ => {
                return Err(Error::usage(
                    "a scatter plot needs two measures".to_owned(),
                    "name two with a comma between them: the first along the foot, the second upright",
                ));
            }
        },
        ChartKind::Plan => match slices.as_slice() {
            [own, planned] => plan::plan(own, planned, &ask),
            _ => {
                return Err(Error::usage(
                    "a plan is held against a measure of its own".to_owned(),
                    "name two with a comma between them: what happened, and what was planned",
                ));
            }
        },
        ChartKind::Spread => groups::spread(&slices, &ask),
        ChartKind::Multiples => multiples::multiples(&slices, &[], "", &ask),
        ChartKind::Stacked | ChartKind::Groups | ChartKind::Ages => None,
    };
    Ok(or_nothing(drawn, asked, &ask))
}

/// The topic and breakdown that were asked for; none where none was.
fn asked_for<'a>(asked: &Wanted<'a>) -> Option<(&'a str, &'a str)> {
    let (topic, breakdown) = asked.breakdown.map(|text| text.split_once('=').unwrap_or((text, "*")))?;
    Some((topic.trim(), breakdown.trim()))
}

/// The topic and breakdown of each measure: as asked, else the whole.
fn wanted(asked: &Wanted<'_>, compared: &Compared<'_>) -> Vec<(String, String)> {
    let pair = |(topic, breakdown): (&str, &str)| (topic.to_owned(), breakdown.to_owned());
    asked.measures.iter().map(|found| pair(asked_for(asked).unwrap_or_else(|| compared.whole_is(found)))).collect()
}

/// Whether the kind takes as many measures as were given.
fn check_count(kind: ChartKind, broken_down: bool, found: &[Found<'_>]) -> Result<(), Error> {
    let most = match kind {
        ChartKind::Spine | ChartKind::Scorecard | ChartKind::Multiples | ChartKind::Heat | ChartKind::Spread => {
            usize::MAX
        }
        ChartKind::Stacked if broken_down => 1,
        ChartKind::Stacked => usize::MAX,
        ChartKind::Dumbbell | ChartKind::Scatter | ChartKind::Plan => 2,
        _ => 1,
    };
    if found.len() <= most {
        return Ok(());
    }
    let names: Vec<&str> = found.iter().map(|found| found.name).collect();
    let limit = if most == 1 { "one measure".to_owned() } else { format!("{most} measures") };
    Err(Error::usage(
        format!("this kind of chart shows {limit}, and {} were given: {}", found.len(), names.join(", ")),
        "name fewer, or ask for `spine` or `scorecard`",
    ))
}

/// The parts of a whole: the breakdowns of a topic that fit, or the measures themselves.
fn composition(
    asked: &Wanted<'_>,
    ask: &Ask<'_>,
    compared: &Compared<'_>,
    releases: &[&Releases],
) -> Result<Drawn, Error> {
    let found = &asked.measures;
    let Some(words) = asked.breakdown else {
        if found.len() < 2 {
            let (needs, or) = match asked.kind {
                ChartKind::Stacked => {
                    ("a stacked chart needs the parts of a whole", ", or several measures with commas between them")
                }
                ChartKind::Multiples => ("small charts need several", ", or several measures with commas between them"),
                _ => ("a chart of groups needs a topic", ""),
            };
            return Err(Error::usage(needs.to_owned(), format!("name a topic with `--breakdown TOPIC`{or}")));
        }
        let slices = found.iter().zip(releases);
        let parts: Vec<Slice<'_>> =
            slices.map(|(found, releases)| Slice::of(*found, compared, releases, compared.whole_is(found))).collect();
        let labels: Vec<String> = found.iter().map(|found| found.measure.label.clone()).collect();
        let given = stacked::Parts { parts: &parts, names: stacked::tidy(&labels), whole: None, topic: String::new() };
        return Ok(stack(asked, ask, &given));
    };
    let (topic, globs) = words.split_once('=').unwrap_or((words, "*"));
    let topic = topic.trim();
    let matchers = globs.split(';').map(|text| glob(text.trim())).collect::<Result<Vec<GlobMatcher>, Error>>()?;
    let names = compared.breakdowns(&found[0], topic);
    let names = names.into_iter().filter(|name| matchers.iter().any(|matcher| matcher.is_match(name)));
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.is_empty() {
        return Ok(Drawn::Nothing(Error::usage(
            format!("`{}` has no breakdown that fits `{words}`", asked.names()),
            "write it as `TOPIC` or `TOPIC=A;B`; `abreast list measures` prints the measures",
        )));
    }
    let parts: Vec<Slice<'_>> =
        names.iter().map(|name| Slice::of(found[0], compared, releases[0], (topic, name))).collect();
    let (names, parts) = stacked::of_one_period(names, parts, ask);
    let tidied = stacked::tidy(&names);
    match asked.kind {
        ChartKind::Multiples => return Ok(or_nothing(multiples::multiples(&parts, &tidied, topic, ask), asked, ask)),
        ChartKind::Groups => return Ok(or_nothing(groups::groups(&parts, &tidied, topic, ask), asked, ask)),
        _ => {}
    }
    let whole = Slice::of(found[0], compared, releases[0], (TOTAL, TOTAL));
    let given = stacked::Parts { parts: &parts, names: tidied, whole: Some(&whole), topic: topic.to_owned() };
    Ok(stack(asked, ask, &given))
}

/// The parts stacked, or why they cannot be.
fn stack(asked: &Wanted<'_>, ask: &Ask<'_>, given: &stacked::Parts<'_, '_>) -> Drawn {
    let drawn = if asked.kind == ChartKind::Ages { groups::ages(given, ask) } else { stacked::stacked(given, ask) };
    match drawn {
        Ok(chart) => or_nothing(chart, asked, ask),
        Err(why) => Drawn::Nothing(why),
    }
}

/// The chart, or what is said where there is none.
fn or_nothing(chart: Option<Chart>, asked: &Wanted<'_>, ask: &Ask<'_>) -> Drawn {
    chart.map_or_else(|| Drawn::Nothing(nothing(asked, ask)), Drawn::from)
}

fn glob(text: &str) -> Result<GlobMatcher, Error> {
    let built = GlobBuilder::new(text).case_insensitive(true).build();
    built.map(|glob| glob.compile_matcher()).map_err(|error| {
        Error::usage(format!("`{text}` is no glob: {error}"), "`*` stands for anything; put other signs in brackets")
    })
}

view! {
    /// The breakdowns that figures are about.
    struct Parts {
        topic: Words BreakdownTopic,
        breakdown: Words Breakdown,
    }
}

/// The measure has nothing about the topic: which topics it has.
fn no_rows(catalogue: &Catalogue, found: &Found<'_>, topic: &str) -> Error {
    let name = [found.name.to_owned()];
    let frame = match catalogue.pick(found.table, Parts::LAYOUT, &[Only::of(column::Measure, &name)]) {
        Ok(frame) => frame,
        Err(error) => return error,
    };
    let mut known: Vec<String> = Vec::new();
    if let Ok(Parts { topic, breakdown }) = Parts::of(&frame) {
        for row in 0..frame.height() {
            let pair = format!("{}={}", topic.word(row), breakdown.word(row));
            if !known.iter().any(|known| known.starts_with(&format!("{}=", topic.word(row)))) {
                known.push(pair);
            }
        }
    }
    let message = format!("`{}` has no figures about `{topic}`", found.name);
    Error::usage(message, format!("say which with `--breakdown`: such as `{}`", known.join("`, `")))
}

/// Nothing to draw, and what may help.
fn nothing(asked: &Wanted<'_>, ask: &Ask<'_>) -> Error {
    let when = asked.period.as_ref().map_or(String::new(), |period| format!(" in {period}"));
    let (message, help) = match asked.kind {
        ChartKind::Funnel => (
            format!("`{}` has no counts to make the limits of a funnel from{when}", asked.names()),
            "a funnel needs a percentage or a rate with numerator and denominator",
        ),
        ChartKind::Dumbbell => (
            format!("`{}` has no second figure to set beside that of {}{when}", asked.names(), ask.subject()),
            "choose a measure with two periods, or name two measures with a comma between them",
        ),
        ChartKind::Plan => (
            format!("`{}` have no figure, or no planned one, of {}{when}", asked.names(), ask.subject()),
            "name first the measure and then what was planned for it; both need periods of one kind",
        ),
        ChartKind::Control => (
            format!("`{}` has no months to chart{when}", asked.names()),
            "a control chart needs figures of months, such as a council's own return has",
        ),
        _ => (
            format!("{} has no figure of `{}`{when}", ask.subject(), asked.names()),
            "choose another period, or look at the authority's figures with `abreast compare`",
        ),
    };
    Error::usage(message, help)
}
