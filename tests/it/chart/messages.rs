//! The message of every kind of chart, situation by situation, as it was read and found right.

use super::samples::{
    HIGHER, LOWER, SIMILAR, Sample, Tests, UNTESTED, context, gone, measure, only, reading, tests, trend,
};
use super::snapshot;
use super::trends::TRENDS;
use abreast::chart::Chart;
use abreast::chart::data::{Context, Figure, Measure, Period, Place, Polarity, Role};
use abreast::chart::dumbbell::{DumbbellChart, Pair};
use abreast::chart::funnel::{FunnelChart, Limit};
use abreast::chart::neighbours::{NeighboursChart, Order};
use abreast::chart::ordered::OrderedChart;
use abreast::chart::scorecard::{ScoreRow, ScorecardChart};
use abreast::chart::spine::{SpineChart, SpineRow};
use abreast::chart::stacked::{StackedChart, Whole};
use abreast::chart::strip::StripChart;
use abreast::reading::{Evidence, Judgement, Link, Other, Past, Placed, Reading, Seen, Whom};
use abreast::statistics::interval_side::IntervalSide;
use abreast::statistics::target::{Target, TargetStatus};
use abreast::statistics::unusual;
use std::fmt::Write;

fn place(name: &str, role: Role, value: f64) -> Place {
    Place::new(name, role, Figure::of(value).counts(value, 100.0))
}

fn places() -> Vec<Place> {
    let others = [("Rutland", 96.0), ("Leeds", 55.0), ("Derby", 12.5)];
    let own = place("Birmingham", Role::Subject, 26.7);
    let others = others.into_iter().map(|(name, value)| place(name, Role::Neighbour, value));
    std::iter::once(own).chain(others).collect()
}

fn ranked(rank: u32, joint: u32, range: Option<(u32, u32)>) -> Option<Placed> {
    Some(Placed { rank, of: 148, joint, range, before: None })
}

fn one_period(messages: &mut Vec<(String, Chart)>) {
    let mut add = |name: &str, said: Tests, edit: &dyn Fn(&mut Vec<Place>)| {
        let (mut context, mut places) = (context(), places());
        edit(&mut places);
        let period = Period::split_year(2024);
        let england = places.iter().any(|place| place.name == "Leeds").then(|| Figure::of(46.4));
        let own = places.iter().find(|place| place.role == Role::Subject).map(|place| place.figure.clone());
        let figures = own.map_or_else(Vec::new, |own| only(&own, period.clone(), &said));
        let others = [england.as_ref().and_then(Figure::number), Some(54.5)];
        let read = |others| Some(reading(&super::samples::context(), &figures, others, &said));
        let alone = Context { reading: read([others[0], None]), ..context.clone() };
        context.reading = read(others);
        let limit = |denominator| Limit { denominator, inner: (40.0, 52.0), outer: (24.0, 60.0) };
        let limits = if said.cases == Some(9.0) { Vec::new() } else { vec![limit(0.0), limit(500.0)] };
        let all: [Chart; 4] = [
            OrderedChart {
                context: alone.clone(),
                period: period.clone(),
                places: places.clone(),
                england: england.clone(),
            }
            .into(),
            NeighboursChart {
                context: context.clone(),
                period: period.clone(),
                places: places.clone(),
                england: england.clone(),
                neighbours: Some(Figure::of(54.5)),
                order: Order::Closest,
            }
            .into(),
            FunnelChart {
                context: alone.clone(),
                period: period.clone(),
                places: places.clone(),
                benchmark: 46.4,
                limits,
                counted: "plans issued".into(),
                centre: "England".into(),
                over_dispersed: false,
            }
            .into(),
            StripChart { context: alone, period, places, quartiles: Some([12.5, 40.0, 55.0]), england }.into(),
        ];
        for (kind, chart) in ["ordered", "neighbours", "funnel", "strip"].into_iter().zip(all) {
            messages.push((format!("{kind}: {name}"), chart));
        }
    };
    let worse = || Tests { unusual: Some(unusual::Place::Below), ..tests(LOWER, LOWER, UNTESTED) };
    add("nothing tested", Tests::default(), &|_| {});
    add("ranked, nothing tested", Tests { placed: ranked(131, 0, None), ..Tests::default() }, &|_| {});
    add("worse, ranked with an interval", Tests { placed: ranked(131, 0, Some((126, 136))), ..worse() }, &|_| {});
    add("similar, joint rank", Tests { placed: ranked(12, 3, None), ..tests(SIMILAR, SIMILAR, UNTESTED) }, &|_| {});
    add("a rank outside its range", Tests { placed: ranked(124, 0, Some((119, 122))), ..worse() }, &|_| {});
    let beyond = Tests { unusual: Some(unusual::Place::FarBelow), ..worse() };
    add("beyond the limits", beyond, &|places| places[0] = place("Birmingham", Role::Subject, 3.0));
    add("small cohort", Tests { cases: Some(9.0), ..worse() }, &|_| {});
    add("missing", worse(), &|places| places[0].figure = gone());
    add("not in the data", worse(), &|places| drop(places.remove(0)));
    add("alone, England missing", worse(), &|places| places.truncate(1));
    let same = tests(SIMILAR, LOWER, UNTESTED);
    add("all the same", same, &|places| places.iter_mut().for_each(|place| place.figure.value = Some(50.0)));
}

fn two_figures(messages: &mut Vec<(String, Chart)>) {
    let mut add = |name: &str, from: Figure, to: Figure, change: Option<IntervalSide>| {
        let mut context = context();
        let said = tests(UNTESTED, UNTESTED, change);
        let mut past = only(&from, Period::year(2023), &said);
        past.extend(only(&to, Period::year(2024), &said).into_iter().map(|past| Past { link: Link::Joined, ..past }));
        context.reading = Some(reading(&context, &past, [None, None], &said));
        let pair = |name: &str, role, from, to| Pair { name: name.into(), role, from, to };
        let pairs = vec![
            pair("Birmingham", Role::Subject, from, to),
            pair("Leeds", Role::Neighbour, Figure::of(50.0), Figure::of(61.0)),
        ];
        let (from, to, span) = ("2023".into(), "2024".into(), "2023 to 2024".into());
        messages.push((format!("dumbbell: {name}"), DumbbellChart { context, from, to, span, pairs }.into()));
    };
    add("not tested", Figure::of(35.5), Figure::of(26.7), UNTESTED);
    add("fell", Figure::of(35.5), Figure::of(26.7), LOWER);
    add("rose", Figure::of(26.7), Figure::of(35.5), HIGHER);
    add("changed little", Figure::of(26.7), Figure::of(27.5), SIMILAR);
    add("the same", Figure::of(26.7), Figure::of(26.7), SIMILAR);
    add("second missing", Figure::of(26.7), gone(), UNTESTED);
    add("first missing", gone(), Figure::of(26.7), UNTESTED);
    add("both missing", gone(), gone(), UNTESTED);
    let pair = Pair { name: "Birmingham".into(), role: Role::Subject, from: Figure::of(27.2), to: Figure::of(22.9) };
    let (from, to, span) = ("excluding exceptions".into(), "all plans".into(), "2024".into());
    let two = DumbbellChart { context: context(), from, to, span, pairs: vec![pair] };
    messages.push(("dumbbell: two measures".into(), two.into()));
}

fn parts(messages: &mut Vec<(String, Chart)>) {
    let mut add = |name: &str, figures: &[Figure]| {
        let mut context = context();
        context.measure.label = "Children with an EHC plan by placement".into();
        context.measure.noun = "placements".into();
        let all = ["Mainstream schools", "Special schools", "Further education", "Other", "Elective home education"];
        let categories = all[..figures.len()].iter().map(|name| (*name).to_owned()).collect();
        let wholes = vec![Whole { name: "Birmingham".into(), role: Role::Subject, parts: figures.to_vec() }];
        let period = Period::split_year(2024);
        messages.push((format!("stacked: {name}"), StackedChart { context, period, categories, wholes }.into()));
    };
    let of = |numbers: &[f64]| numbers.iter().map(|number| Figure::of(*number)).collect::<Vec<_>>();
    add("one largest", &of(&[500.0, 300.0, 150.0, 50.0]));
    add("two alike", &of(&[400.0, 400.0, 150.0, 50.0]));
    add("five categories", &of(&[300.0, 200.0, 100.0, 250.0, 250.0]));
    add("all zero", &of(&[0.0, 0.0]));
    add("one missing", &[Figure::of(20.0), gone()]);
}

/// The reading of a row of a page beside England's 46.4%.
fn row_reading(
    figures: &[f64],
    side: Option<IntervalSide>,
    polarity: Polarity,
    edit: impl Fn(&mut Evidence),
) -> Reading {
    let past = figures.iter().enumerate().map(|(at, value)| Past {
        when: Period::year(2025 - figures.len() as i32 + at as i32),
        seen: Seen::of(*value).counted(value * 0.4, 40.0),
        link: if at == 0 { Link::First } else { Link::Joined },
    });
    let measure = Measure { polarity, ..measure() };
    let mut evidence = Evidence::new(measure, "Birmingham", Period::year(2024), Seen::of(f64::NAN));
    evidence.past = past.collect();
    evidence.others = vec![Other::new(Whom::England, Some(46.4), side)];
    edit(&mut evidence);
    evidence.reading()
}

fn pages(messages: &mut Vec<(String, Chart)>) {
    let row = |side, value: f64, polarity| SpineRow {
        reading: row_reading(&[value], side, polarity, |_| ()),
        figure: Figure::of(value),
        benchmark: Figure::of(46.4),
        extent: Some((3.0, 96.0)),
        quartiles: Some((33.0, 60.0)),
    };
    let mut spine = |name: &str, rows: Vec<SpineRow>| {
        messages.push((format!("spine: {name}"), SpineChart { context: context(), rows }.into()));
    };
    let (high, low, neither) = (Polarity::High, Polarity::Low, Polarity::None);
    spine("mixed", vec![row(LOWER, 26.7, high), row(LOWER, 26.7, low), row(HIGHER, 60.0, neither)]);
    spine("nothing clear", vec![row(SIMILAR, 45.0, high), row(SIMILAR, 47.0, low)]);
    spine("nothing tested", vec![row(UNTESTED, 45.0, high), row(UNTESTED, 47.0, low)]);
    spine("neither way is good", vec![row(HIGHER, 60.0, neither), row(SIMILAR, 47.0, neither)]);
    spine("one measure", vec![row(LOWER, 26.7, high)]);
    spine("a test that the figures contradict", vec![row(HIGHER, 26.7, high), row(HIGHER, 26.7, high)]);
    let score = |status: TargetStatus, asked: Option<Target>, last: Figure, england| ScoreRow {
        reading: row_reading(&[41.0, 35.5, last.number().unwrap_or(f64::NAN)], england, high, |evidence| {
            evidence.placed = ranked(131, 0, Some((126, 136)));
            evidence.target = Judgement::of(asked, 2.0, (status, TargetStatus::NotJudged), None);
        }),
        periods: (2022..2025).map(Period::year).collect(),
        figures: vec![Figure::of(41.0), Figure::of(35.5), last],
    };
    let mut card = |name: &str, rows: Vec<ScoreRow>| {
        messages.push((format!("scorecard: {name}"), ScorecardChart { context: context(), rows }.into()));
    };
    let (figure, sixty) = (|| Figure::of(26.7), Some(Target::Number(60.0)));
    let (met, missed, open) = (TargetStatus::Achieved, TargetStatus::Missed, TargetStatus::NotJudged);
    card("targets", vec![score(met, sixty, figure(), LOWER), score(missed, sixty, figure(), SIMILAR)]);
    card(
        "targets not set yet",
        vec![score(open, Some(Target::ToBeConfirmed), figure(), LOWER), score(open, None, figure(), SIMILAR)],
    );
    card("latest missing", vec![score(missed, sixty, gone(), UNTESTED)]);
}

#[test]
fn the_message_of_every_situation_is_as_it_was_read_and_found_right() {
    let mut messages: Vec<(String, Chart)> = Vec::new();
    for (name, edit) in TRENDS {
        let mut sample = Sample { chart: trend(), tests: Tests::default() };
        edit(&mut sample);
        messages.push((format!("trend: {name}"), sample.told().into()));
    }
    one_period(&mut messages);
    two_figures(&mut messages);
    parts(&mut messages);
    pages(&mut messages);
    assert!(messages.len() >= 60);
    let mut table = String::new();
    for (name, chart) in &messages {
        let (title, alt) = (chart.title(), chart.alt());
        assert!(title.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()), "{name}: {title}");
        for text in [&title, &alt] {
            assert!(!text.contains("  ") && !text.contains("..") && !text.contains(" ,"), "{name}: {text}");
        }
        writeln!(table, "{name}\n  {title}\n  {alt}\n").expect("a string takes it");
    }
    snapshot("messages.txt", &table);
    for (name, chart) in &messages {
        let (title, of_name) = (chart.title(), if name.contains("long name") { 3 } else { 1 });
        assert!(title.split_whitespace().count() <= 12 + of_name, "{name}: `{title}` is too long");
    }
}
