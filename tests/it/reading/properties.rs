//! What holds for every reading, whatever the figures are.

use std::sync::LazyLock;

use abreast::reading::{Evidence, Moved, Reading, Said, Sure, words};
use abreast::statistics::Polarity;
use abreast::value::Status;
use proptest::prelude::*;
use regex::Regex;

use super::random::{Spec, spec};

/// Every text that is made of a reading.
pub fn texts(reading: &Reading) -> Vec<String> {
    let message = words::message(reading);
    let mut all = vec![
        words::over_time(reading),
        words::among(reading),
        words::beside_neighbours(reading),
        words::in_funnel(reading, true),
        words::two_times(reading),
        words::about(reading),
        words::direction(&reading.measure).to_owned(),
        format!("{} {} {}", message.tag.word, message.bold, message.rest),
        words::answer(reading),
        words::relations(reading),
        words::between(reading),
        words::place(reading),
        words::short_place(reading),
        words::fragment(reading),
        words::moved(reading),
        words::arrow(&reading.change),
        words::number(reading),
        words::line(reading),
        words::target(reading),
        words::tally(&[reading]),
        words::standing(&[reading]).unwrap_or_default(),
    ];
    let optional = [words::change(reading), words::counted(reading), words::run(reading), words::trend(reading)];
    all.extend(optional.into_iter().flatten());
    all.extend([words::turn(reading), words::rank_moved(reading)].into_iter().flatten());
    all.extend(words::notes(reading));
    all.extend(reading.against.iter().map(|against| words::tag(against.verdict).word.to_owned()));
    all
}

/// Words that never reach a reader.
pub static NEVER: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        "stood at|stands at|has no figure|for want of|neither way|plain mean|rank may be|quartile band|band certain",
        "beyond chance|significant|confidence interval|not tested|numerator|denominator|breakdown|observation|polarity",
        "pooled|status|peer|cohort|EHCP|CYP|YP|LA|SN|impact|delivered|robust|challenging|journey|despite|because of",
        "due to|driven by|sadly|pleasingly|alarming|crisis|collapse|dramatic|per cent|pct|percentage points",
    ];
    Regex::new(&format!(r"\b({})\b", words.join("|"))).expect("a pattern")
});

static JUDGED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)better|worse|improv|\bgood\b").expect("a pattern"));
static WENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(rose|fell|rising|falling|(up|down) (from|\d|by))\b").expect("a pattern"));

static ABOUT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)(\w+ \w+) England \(([^)]*)\)|England: ([^;.]*)").expect("a pattern"));

/// Whether anything was found to have moved: a change in a year, a run, a trend, a rank, or England's amount.
fn moved(reading: &Reading) -> bool {
    let way = |movement: abreast::reading::Movement| movement.way().is_some();
    reading.change.movement().is_some_and(way)
        || reading.history.trend.is_ok_and(way)
        || reading.history.turn.is_some()
        || reading.history.run.is_some()
        || words::rank_moved(reading).is_some()
}

/// How much a reading claims: verdicts, change, place and run; and what it says where it claims.
fn claims(reading: &Reading) -> Vec<(u32, Option<Said>, Option<Moved>)> {
    let verdict = |said: Said| match said {
        Said::Untested(_) => (0, None, None),
        Said::Similar => (1, None, None),
        said => (2, Some(said), None),
    };
    let mut claims: Vec<_> = reading.against.iter().map(|against| verdict(against.verdict.said())).collect();
    let moved = reading.change.movement().map(|movement| movement.moved());
    claims.push(match moved {
        None => (0, None, None),
        Some(Moved::Unclear | Moved::Level) => (1, None, None),
        Some(moved) => (2, None, Some(moved)),
    });
    let sure = match reading.place.ranked().map(|ranked| ranked.sure()) {
        None => 0,
        Some(Sure::Nothing | Sure::Untold) => 1,
        Some(Sure::Half) => 2,
        Some(Sure::Quarter(_)) => 3,
        Some(Sure::End { .. }) => 4,
    };
    claims.push((sure, None, None));
    claims.push((reading.history.run.as_ref().map_or(0, |run| run.changes), None, None));
    claims
}

/// Better and worse, improved and worsened, exchanged.
fn mirrored(text: &str) -> String {
    const PAIRS: [(&str, &str); 2] = [("better than", "worse than"), ("Improved", "Worsened")];
    let mut out = text.to_owned();
    for (one, other) in PAIRS {
        out = out.replace(one, "\u{1}").replace(other, one).replace('\u{1}', other);
    }
    out
}

fn reading(spec: &Spec) -> Reading {
    spec.evidence(1.0).reading()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_are_for_readers_and_claim_no_more_than_the_reading(spec in spec()) {
        let reading = reading(&spec);
        for text in texts(&reading) {
            prop_assert!(!NEVER.is_match(&text), "{text}");
            prop_assert!(!text.contains('[') && !text.contains("  ") && !text.contains(".."), "`{text}`");
            prop_assert!(reading.measure.polarity != Polarity::None || !JUDGED.is_match(&text), "no polarity: {text}");
            prop_assert!(moved(&reading) || !WENT.is_match(&text), "nothing moved: {text}\n{reading:#?}");
        }
        let message = words::message(&reading);
        let words = format!("{} {}", message.bold, message.rest);
        prop_assert!(words.split_whitespace().count() <= 40, "{words}");
        prop_assert!(!message.bold.starts_with(|letter: char| letter.is_ascii_digit()), "{words}");
        if let Some(value) = reading.level.value().filter(|_| reading.measure.phrases.says.is_empty()) {
            let figure = format!("{} {}", reading.measure.said(value), reading.period.at());
            prop_assert!(words.matches(&format!(" {figure}")).count() <= 1, "{figure} is told twice: {words}");
        }
    }

    #[test]
    fn with_the_polarity_better_and_worse_change_places_and_nothing_else(spec in spec()) {
        let mut turned = spec.evidence(1.0);
        turned.measure.polarity = turned.measure.polarity.mirrored();
        // A rank runs the other way, and "getting worse" has a word more than "improving": both are tried by themselves.
        (turned.placed, turned.trend) = (None, None);
        let plain = Evidence { placed: None, trend: None, ..spec.evidence(1.0) }.reading();
        let turned = turned.reading();
        for (one, other) in plain.against.iter().zip(&turned.against) {
            let expected = match one.verdict.said() {
                Said::Better => Said::Worse,
                Said::Worse => Said::Better,
                same => same,
            };
            prop_assert_eq!(other.verdict.said(), expected);
        }
        prop_assert_eq!(words::over_time(&turned), mirrored(&words::over_time(&plain)));
        prop_assert_eq!(words::among(&turned), mirrored(&words::among(&plain)));
        prop_assert_eq!(words::moved(&turned), mirrored(&words::moved(&plain)));
    }

    #[test]
    fn a_trend_that_improves_gets_worse_with_the_other_polarity(spec in spec()) {
        let mut turned = spec.evidence(1.0);
        turned.measure.polarity = turned.measure.polarity.mirrored();
        let (plain, turned) = (words::trend(&reading(&spec)), words::trend(&turned.reading()));
        let expected = plain.as_deref().map(|text| match text {
            "Improving over five years." => "Getting worse over five years.",
            "Getting worse over five years." => "Improving over five years.",
            same => same,
        });
        prop_assert_eq!(turned.as_deref(), expected);
    }

    #[test]
    fn a_rank_counted_from_the_other_end_stands_at_the_same_end(spec in spec()) {
        let mut turned = spec.evidence(1.0);
        turned.measure.polarity = turned.measure.polarity.mirrored();
        let back = |of: u32, rank: u32| of + 1 - rank;
        if let Some(placed) = turned.placed.as_mut() {
            let of = placed.of;
            placed.rank = back(of, placed.rank + placed.joint);
            placed.range = placed.range.map(|(first, last)| (back(of, last), back(of, first)));
        }
        let (plain, turned) = (reading(&spec), turned.reading());
        let sure = |reading: &Reading| reading.place.ranked().filter(|ranked| ranked.joint() == 0).map(|ranked| ranked.sure());
        if plain.measure.polarity != Polarity::None
            && let (Some(Sure::End { .. } | Sure::Quarter(1 | 4)), Some(_)) = (sure(&plain), sure(&turned))
        {
            prop_assert_eq!(words::place(&plain), words::place(&turned));
        }
    }

    #[test]
    fn with_wider_intervals_claims_only_get_weaker(spec in spec()) {
        let (narrow, wide) = (claims(&reading(&spec)), claims(&spec.evidence(6.0).reading()));
        for (narrow, wide) in narrow.iter().zip(&wide) {
            prop_assert!(wide.0 <= narrow.0, "{narrow:?} became {wide:?}");
            prop_assert!(wide.0 < 2 || (wide.1, wide.2) == (narrow.1, narrow.2), "{narrow:?} became {wide:?}");
        }
    }

    #[test]
    fn without_the_neighbours_nothing_about_england_changes(spec in spec()) {
        let mut alone = spec.evidence(1.0);
        alone.others.truncate(1);
        let (all, alone) = (reading(&spec), alone.reading());
        prop_assert_eq!(all.england(), alone.england());
        prop_assert_eq!(words::among(&all), words::among(&alone));
        prop_assert_eq!(words::message(&all).bold, words::message(&alone).bold);
        prop_assert_eq!(words::tally(&[&all]), words::tally(&[&alone]));
        let said = |reading: &Reading| {
            let text = words::about(reading);
            ABOUT.captures(&text).map(|found| found.get(0).map(|all| all.as_str().to_lowercase()))
        };
        prop_assert_eq!(said(&all), said(&alone));
    }

    #[test]
    fn of_a_figure_that_a_check_doubts_nothing_is_claimed(spec in spec()) {
        let mut evidence = spec.evidence(1.0);
        if let Some(last) = evidence.past.last_mut() {
            last.seen.mark = Some(Status::Doubtful);
        }
        evidence.others = spec.evidence(1.0).others;
        let reading = evidence.reading();
        prop_assert_eq!(claims(&reading).iter().filter(|claim| claim.0 > 0).count(), 0, "{:?}", claims(&reading));
        prop_assert!(reading.level.value().is_none() || words::over_time(&reading).contains("doubted by a check"));
    }

    #[test]
    fn a_rank_never_stands_outside_its_range(spec in spec()) {
        if let Some(ranked) = reading(&spec).place.ranked() {
            let (first, last) = ranked.range().unwrap_or((ranked.rank(), ranked.rank()));
            prop_assert!(first <= ranked.rank() && ranked.rank() <= last && last <= ranked.of());
        }
    }
}
