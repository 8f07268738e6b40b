//! The message of every kind of chart, situation by situation, as it was read and found right.

use super::samples::{context, flags, gone, measure, trend};
use super::snapshot;
use super::trends::TRENDS;
use abreast::chart::Chart;
use abreast::chart::data::Standing::{Higher, Lower, Similar, Untested};
use abreast::chart::data::{Context, Figure, Flags, Measure, Period, Place, Polarity, Rank, Role, Standing};
use abreast::chart::dumbbell::{DumbbellChart, Pair};
use abreast::chart::funnel::{FunnelChart, Limit};
use abreast::chart::neighbours::{NeighboursChart, Order};
use abreast::chart::ordered::OrderedChart;
use abreast::chart::scorecard::{Outcome, ScoreRow, ScorecardChart, Target};
use abreast::chart::spine::{SpineChart, SpineRow};
use abreast::chart::stacked::{StackedChart, Whole};
use abreast::chart::strip::StripChart;
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

fn ranked(rank: u32, tied: u32, interval: Option<(u32, u32)>) -> Option<Rank> {
    Some(Rank { rank, out_of: 148, tied, interval })
}

fn one_period(messages: &mut Vec<(String, Chart)>) {
    let mut add = |name: &str, edit: &dyn Fn(&mut Context, &mut Vec<Place>)| {
        let (mut context, mut places) = (context(), places());
        edit(&mut context, &mut places);
        let period = Period::split_year(2024);
        let england = places.iter().any(|place| place.name == "Leeds").then(|| Figure::of(46.4));
        let limit = |denominator| Limit { denominator, inner: (40.0, 52.0), outer: (24.0, 60.0) };
        let limits = if context.flags.small_cohort.is_some() { Vec::new() } else { vec![limit(0.0), limit(500.0)] };
        let all: [Chart; 4] = [
            OrderedChart {
                context: context.clone(),
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
                context: context.clone(),
                period: period.clone(),
                places: places.clone(),
                benchmark: 46.4,
                limits,
                counted: "plans issued".into(),
                centre: "England".into(),
                over_dispersed: false,
            }
            .into(),
            StripChart { context, period, places, quartiles: Some([12.5, 40.0, 55.0]), england }.into(),
        ];
        for (kind, chart) in ["ordered", "neighbours", "funnel", "strip"].into_iter().zip(all) {
            messages.push((format!("{kind}: {name}"), chart));
        }
    };
    add("nothing tested", &|_, _| {});
    add("ranked, nothing tested", &|context, _| context.flags.rank = ranked(131, 0, None));
    add("worse, ranked with an interval", &|context, _| {
        context.flags = Flags { rank: ranked(131, 0, Some((126, 136))), ..flags(Lower, Lower, Untested) };
    });
    add("similar, joint rank", &|context, _| {
        context.flags = Flags { rank: ranked(12, 3, None), ..flags(Similar, Similar, Untested) };
    });
    add("beyond the limits", &|_, places| places[0] = place("Birmingham", Role::Subject, 3.0));
    add("small cohort", &|context, _| context.flags.small_cohort = Some(9));
    add("missing", &|_, places| places[0].figure = gone());
    add("not in the data", &|_, places| drop(places.remove(0)));
    add("alone, England missing", &|_, places| places.truncate(1));
    add("all the same", &|_, places| places.iter_mut().for_each(|place| place.figure.value = Some(50.0)));
}

fn two_figures(messages: &mut Vec<(String, Chart)>) {
    let mut add = |name: &str, from: Figure, to: Figure, change: Standing| {
        let mut context = context();
        context.flags.change = change;
        let pair = |name: &str, role, from, to| Pair { name: name.into(), role, from, to };
        let pairs = vec![
            pair("Birmingham", Role::Subject, from, to),
            pair("Leeds", Role::Neighbour, Figure::of(50.0), Figure::of(61.0)),
        ];
        let (from, to, span) = ("2023".into(), "2024".into(), "2023 to 2024".into());
        messages.push((format!("dumbbell: {name}"), DumbbellChart { context, from, to, span, pairs }.into()));
    };
    add("not tested", Figure::of(35.5), Figure::of(26.7), Untested);
    add("fell", Figure::of(35.5), Figure::of(26.7), Lower);
    add("rose", Figure::of(26.7), Figure::of(35.5), Higher);
    add("changed little", Figure::of(26.7), Figure::of(27.5), Similar);
    add("the same", Figure::of(26.7), Figure::of(26.7), Higher);
    add("second missing", Figure::of(26.7), gone(), Untested);
    add("first missing", gone(), Figure::of(26.7), Untested);
    add("both missing", gone(), gone(), Untested);
}

fn parts(messages: &mut Vec<(String, Chart)>) {
    let mut add = |name: &str, figures: &[Figure]| {
        let mut context = context();
        context.measure.label = "Children with an EHC plan by placement".into();
        context.measure.short = "placements".into();
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

fn pages(messages: &mut Vec<(String, Chart)>) {
    let row = |standing, value: f64, polarity| SpineRow {
        measure: Measure { polarity, ..measure() },
        period: "2024".into(),
        figure: Figure::of(value),
        benchmark: Figure::of(46.4),
        extent: Some((3.0, 96.0)),
        quartiles: Some((33.0, 60.0)),
        standing,
    };
    let mut spine = |name: &str, rows: Vec<SpineRow>| {
        messages.push((format!("spine: {name}"), SpineChart { context: context(), rows }.into()));
    };
    spine(
        "mixed",
        vec![row(Lower, 26.7, Polarity::High), row(Lower, 26.7, Polarity::Low), row(Higher, 60.0, Polarity::None)],
    );
    spine("nothing clear", vec![row(Similar, 45.0, Polarity::High), row(Similar, 47.0, Polarity::Low)]);
    spine("nothing tested", vec![row(Untested, 45.0, Polarity::High), row(Untested, 47.0, Polarity::Low)]);
    spine("one measure", vec![row(Lower, 26.7, Polarity::High)]);
    spine("a flag that the figures contradict", vec![row(Higher, 26.7, Polarity::High); 2]);
    let score = |outcome: Option<Outcome>, last: Figure, england| ScoreRow {
        measure: measure(),
        periods: (2022..2025).map(Period::year).collect(),
        figures: vec![Figure::of(41.0), Figure::of(35.5), last],
        change: Similar,
        england,
        rank: ranked(131, 0, Some((126, 136))),
        target: outcome.map(|outcome| Target { text: "60%".into(), outcome }),
        remark: None,
    };
    let mut card = |name: &str, rows: Vec<ScoreRow>| {
        messages.push((format!("scorecard: {name}"), ScorecardChart { context: context(), rows }.into()));
    };
    let figure = || Figure::of(26.7);
    card(
        "targets",
        vec![score(Some(Outcome::Achieved), figure(), Lower), score(Some(Outcome::Missed), figure(), Similar)],
    );
    card("targets not set yet", vec![score(Some(Outcome::Open), figure(), Lower), score(None, figure(), Similar)]);
    card("latest missing", vec![score(Some(Outcome::Missed), gone(), Untested)]);
}

#[test]
fn the_message_of_every_situation_is_as_it_was_read_and_found_right() {
    let mut messages: Vec<(String, Chart)> = Vec::new();
    for (name, edit) in TRENDS {
        let mut chart = trend();
        edit(&mut chart);
        messages.push((format!("trend: {name}"), chart.into()));
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
