//! Charts of several measures, parts or figures, made for a situation.

use super::situation::{Dice, Situation, mean, told, told_over};
use abreast::chart::Chart;
use abreast::chart::data::{Context, Figure, Measure, Period, Polarity, Unit};
use abreast::chart::dumbbell::{DumbbellChart, Pair};
use abreast::chart::scorecard::{ScoreRow, ScorecardChart};
use abreast::chart::spine::{SpineChart, SpineRow};
use abreast::chart::stacked::{StackedChart, Whole};
use abreast::chart::strip::StripChart;
use abreast::reading::{Judgement, Placed};
use abreast::statistics::target::{Target, TargetStatus};

/// Labels of several measures, for the pages.
pub fn labels(situation: Situation) -> Vec<String> {
    let all = [
        "EHC plans issued within 20 weeks, excluding exceptions",
        "Initial requests for an EHC plan",
        "Pupils with an EHC plan",
        "Pupils on SEN support",
        "Children looked after",
        "Schools judged good or outstanding",
        "Overall absence rate",
        "Mediation cases followed by an appeal to the tribunal, as a share of all mediation cases in the calendar year",
    ];
    let many = match situation {
        Situation::OnePoint => 1,
        Situation::LongNames => 8,
        Situation::Everyone => 14,
        _ => 6,
    };
    let from = if situation == Situation::LongNames { 7 } else { 0 };
    (0..many).map(|at| all[(at + from) % all.len()].to_owned()).collect()
}

pub fn page(situation: Situation, label: String, at: usize) -> Measure {
    let polarity = [Polarity::High, Polarity::Low, Polarity::None][at % 3];
    Measure { noun: label.to_lowercase(), label, polarity, ..situation.measure() }
}

pub fn overview(situation: Situation) -> Context {
    let mut context = situation.context();
    context.measure.label = "Special educational needs, overview".into();
    context.neighbours = None;
    context
}

pub fn spine(situation: Situation) -> Chart {
    let mut dice = Dice(13);
    let rows = labels(situation).into_iter().enumerate().map(|(at, label)| {
        let benchmark = situation.figure(&mut dice, 1);
        let middle = benchmark.number().unwrap_or(40.0);
        let figure = situation.figure(&mut dice, 0);
        let own = figure.number().unwrap_or(middle);
        let extent = (middle.min(own) - dice.roll() * 20.0, middle.max(own) + dice.roll() * 30.0);
        let flat = situation == Situation::Zero;
        let latest = [(Period::year(2024), figure.clone())];
        let mut evidence = situation.evidence(page(situation, label, at), &latest, [benchmark.number(), None]);
        if at == 4 {
            evidence.others.iter_mut().for_each(|other| other.side = None);
        }
        SpineRow {
            reading: evidence.reading(),
            figure,
            benchmark,
            extent: Some(if flat { (0.0, 0.0) } else { extent }),
            quartiles: Some(if flat { (0.0, 0.0) } else { ((extent.0 + middle) / 2.0, (extent.1 + middle) / 2.0) }),
        }
    });
    SpineChart { context: overview(situation), rows: rows.collect() }.into()
}

pub fn scorecard(situation: Situation) -> Chart {
    let mut dice = Dice(17);
    let rows = labels(situation).into_iter().enumerate().map(|(at, label)| {
        let periods = situation.periods();
        let figures: Vec<Figure> = periods.iter().map(|_| situation.figure(&mut dice, at + 1)).collect();
        let dated: Vec<(Period, Figure)> = periods.iter().cloned().zip(figures.iter().cloned()).collect();
        let mut evidence = situation.evidence(page(situation, label, at), &dated, [Some(45.0), None]);
        let rank = 12 + at as u32 * 9;
        let placed = Placed { rank, of: 148, joint: (at % 2) as u32, range: Some((8, 125)), before: None };
        evidence.placed = (at % 5 != 4).then_some(placed);
        let status = [TargetStatus::Achieved, TargetStatus::Missed, TargetStatus::WithinTolerance][at % 3];
        let asked = (at % 5 != 3).then_some(Target::Number(60.0));
        evidence.target = Judgement::of(asked, 2.0, (status, TargetStatus::NotJudged), None);
        ScoreRow { reading: evidence.reading(), periods, figures }
    });
    ScorecardChart { context: overview(situation), rows: rows.collect() }.into()
}

pub fn stacked(situation: Situation) -> Chart {
    let names: Vec<&str> = match situation {
        Situation::LongNames => vec![
            "State-funded special schools including academies and free schools",
            "Mainstream schools",
            "Further education",
            "Independent schools",
            "Alternative provision and pupil referral units",
            "Elective home education",
        ],
        Situation::OnePoint => vec!["Mainstream schools"],
        _ => vec!["Mainstream schools", "Special schools", "Further education", "Other"],
    };
    let mut dice = Dice(23);
    let mut places = situation.places();
    if situation != Situation::Everyone {
        places.truncate(8);
    }
    let wholes = places.into_iter().map(|place| {
        let parts = names.iter().enumerate().map(|(at, _)| match situation {
            Situation::Bounds => Figure::of(if at == 0 { 100.0 } else { 0.0 }),
            Situation::Extreme => Figure::of(if at == 1 { 97.0 } else { 1.0 }),
            Situation::Missing => situation.figure(&mut dice, at),
            _ => situation.figure(&mut dice, at),
        });
        Whole { parts: parts.collect(), name: place.name, role: place.role }
    });
    let wholes = wholes.collect();
    let mut context = situation.context();
    context.measure.label = "Children with an EHC plan by placement".into();
    context.measure.noun = "placements".into();
    context.measure.unit = Unit::Number;
    let categories = names.into_iter().map(str::to_owned).collect();
    StackedChart { context, period: Period::split_year(2024), categories, wholes }.into()
}

pub fn dumbbell(situation: Situation) -> Chart {
    let mut dice = Dice(29);
    let mut places = situation.places();
    if situation != Situation::Everyone {
        places.truncate(11);
    }
    let pairs = places.into_iter().enumerate().map(|(at, place)| {
        let from = if situation == Situation::Ordinary {
            Figure::of(place.figure.number().unwrap_or(40.0) + dice.roll() * 14.0 - 4.0)
        } else {
            situation.figure(&mut dice, at)
        };
        Pair { name: place.name, role: place.role, from, to: place.figure }
    });
    let pairs: Vec<Pair> = pairs.collect();
    let own: Vec<(Period, Figure)> = pairs.first().map_or_else(Vec::new, |own| {
        [(2023, &own.from), (2024, &own.to)].map(|(year, figure)| (Period::year(year), figure.clone())).into()
    });
    let context = told_over(situation, &own, [None, None]);
    let (from, to, span) = ("2023".into(), "2024".into(), "2023 to 2024".into());
    DumbbellChart { context, from, to, span, pairs }.into()
}

pub fn strip(situation: Situation) -> Chart {
    let mut places = situation.places();
    if situation == Situation::Ordinary {
        places = Situation::Everyone.places();
    }
    let mut sorted: Vec<f64> = places.iter().filter_map(|place| place.figure.number()).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
    let quartiles = (sorted.len() > 3).then(|| [at(0.25), at(0.5), at(0.75)]);
    let (context, period) = (told(situation, &places), Period::year(2024));
    let england = Some(Figure::of(mean(&places)));
    StripChart { context, period, places, quartiles, england }.into()
}
