//! Charts of months, of small panels and of groups, made for a situation.

use super::pages::labels;
use super::places;
use super::situation::{Dice, Situation, told_over};
use abreast::chart::Chart;
use abreast::chart::control::{ControlChart, Usual};
use abreast::chart::data::{Figure, Period};
use abreast::chart::groups::{Group, GroupsChart, Of};
use abreast::chart::multiples::{MultiplesChart, Panel};
use abreast::reading::Month;
use abreast::statistics::control_chart::xmr_limits;

pub fn control(situation: Situation) -> Chart {
    let mut dice = Dice(17);
    let count = if situation == Situation::OnePoint { 1 } else { 25 };
    let months: Vec<Period> = (0..count).map(|at| Period::new(at, &format!("Month {}", at + 1))).collect();
    let mut figures: Vec<Figure> =
        (0..count).map(|_| Figure { interval: None, ..situation.figure(&mut dice, 0) }).collect();
    if situation == Situation::Missing {
        figures[3] = Figure::missing("x", "not available");
    }
    let values: Vec<f64> = figures.iter().skip(4).filter_map(Figure::number).collect();
    let usual = xmr_limits(&values, true).map(|limits| Usual { from: 4, to: months.len() - 1, limits });
    let own: Vec<(Period, Figure)> = months.iter().cloned().zip(figures.iter().cloned()).collect();
    let mut context = told_over(situation, &own, [None, None]);
    context.neighbours = None;
    if let Some(reading) = &mut context.reading {
        reading.month = Some(Month::of(&values, context.measure.polarity));
    }
    let target = values.first().copied();
    let unusual = if count > 1 { vec![7, 24] } else { Vec::new() };
    ControlChart { context, months, figures, usual: usual.into_iter().collect(), unusual, target, breaks: Vec::new() }
        .into()
}

pub fn multiples(situation: Situation) -> Chart {
    let Chart::Trend(mut trend) = places::trend(situation) else { return places::trend(situation) };
    trend.series.retain(|series| series.role != abreast::chart::data::Role::Other);
    let context = trend.context.clone();
    let panel = |heading: String| Panel { heading, fragment: "No clear change in a year".into(), trend: trend.clone() };
    let panels = labels(situation).into_iter().map(panel).collect();
    MultiplesChart { context, panels }.into()
}

pub fn groups(situation: Situation) -> Chart {
    let mut dice = Dice(23);
    let context = situation.context();
    let groups = labels(situation)
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            let own = match (situation, at) {
                (Situation::Missing, 1) => Figure::missing("x", "not available"),
                _ => Figure::of(situation.value(&mut dice, at)),
            };
            Group { name, own, england: Some(Figure::of(situation.value(&mut dice, at + 1))), reading: None }
        })
        .collect();
    GroupsChart { context, period: Period::year(2024), topic: "kind of need".into(), of: Of::Figures, groups }.into()
}
