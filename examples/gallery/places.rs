//! Charts of one measure, made for a situation.

use super::situation::{Dice, Situation, mean, told, told_over};
use abreast::chart::Chart;
use abreast::chart::bars::BarsChart;
use abreast::chart::data::{Break, Figure, Period, Place, Role, Unit};
use abreast::chart::funnel::{FunnelChart, Limit};
use abreast::chart::neighbours::{NeighboursChart, Order};
use abreast::chart::ordered::OrderedChart;
use abreast::chart::trend::{Series, TrendChart};

pub fn trend(situation: Situation) -> Chart {
    let periods = situation.periods();
    let mut dice = Dice(11);
    let mut start = [26.0, 41.0, 43.0, 46.0, 20.0, 70.0, 55.0];
    let mut names = vec![
        (situation.name_of(0), Role::Subject),
        ("Statistical neighbours".to_owned(), Role::Neighbour),
        (
            if situation == Situation::LongNames { "Yorkshire and The Humber" } else { "West Midlands" }.to_owned(),
            Role::Region,
        ),
        ("England".to_owned(), Role::England),
    ];
    if situation == Situation::Everyone {
        names.extend((1..4).map(|at| (situation.name_of(at), Role::Other)));
    }
    let series = names.into_iter().enumerate().map(|(at, (name, role))| {
        let figures = periods.iter().enumerate().map(|(period, _)| match situation {
            Situation::Missing if role == Role::Subject && [0, 4, 6].contains(&period) => {
                if period == 4 {
                    Figure::missing("c", "confidential")
                } else {
                    Figure::missing("x", "not available")
                }
            }
            Situation::Missing if role == Role::Region && period == 2 => Figure::missing("x", "not available"),
            Situation::Extreme | Situation::Negative | Situation::Zero | Situation::Bounds | Situation::Millions => {
                Figure::of(situation.value(&mut dice, at))
            }
            _ => {
                start[at] = (start[at] + dice.roll() * 12.0 - 6.0).clamp(2.0, 98.0);
                let figure = Figure::of(start[at]);
                if role == Role::Subject { figure.interval(start[at] - 2.4, start[at] + 2.4) } else { figure }
            }
        });
        Series { name, role, figures: figures.collect() }
    });
    let series: Vec<Series> = series.collect();
    let last = |at: usize| series[at].figures.last().and_then(Figure::number);
    let own: Vec<(Period, Figure)> = periods.iter().cloned().zip(series[0].figures.iter().cloned()).collect();
    let context = told_over(situation, &own, [last(3), last(1)]);
    let breaks = if matches!(situation, Situation::Ordinary | Situation::Missing) {
        vec![Break { order: 2023, reason: "person-level collection from 2023".into() }]
    } else {
        Vec::new()
    };
    TrendChart { context, periods, series, breaks }.into()
}

pub fn ordered(situation: Situation) -> Chart {
    let mut places = situation.places();
    if situation == Situation::Ordinary {
        let mut dice = Dice(5);
        places = (0..148)
            .map(|at| {
                let role = if at == 0 {
                    Role::Subject
                } else if at < 11 {
                    Role::Neighbour
                } else {
                    Role::Other
                };
                Place::new(&situation.name_of(at), role, situation.figure(&mut dice, at))
            })
            .collect();
    }
    let mean = mean(&places);
    let context = told(situation, &places);
    OrderedChart { context, period: Period::year(2024), places, england: Some(Figure::of(mean)) }.into()
}

pub fn neighbours(situation: Situation) -> Chart {
    let mut places = situation.places();
    if situation != Situation::Everyone {
        places.truncate(11);
    }
    let england = Figure::of(mean(&places) + if situation == Situation::Zero { 0.0 } else { 1.5 });
    let order = if situation == Situation::Extreme { Order::Value } else { Order::Closest };
    let mean = Some(Figure::of(mean(&places[1..])));
    let (context, period) = (told(situation, &places), Period::year(2024));
    NeighboursChart { context, period, neighbours: mean, england: Some(england), places, order }.into()
}

pub fn bars(situation: Situation) -> Chart {
    let all = situation.places();
    let england = Place::new("England", Role::England, Figure::of(mean(&all)));
    let neighbours = Place::new("Statistical neighbours", Role::Neighbour, Figure::of(mean(&all[1..])));
    let context = told(situation, &all);
    let places = all.into_iter().take(4).chain([neighbours, england]).collect();
    BarsChart { context, period: Period::year(2024), places }.into()
}

pub fn funnel(situation: Situation) -> Chart {
    let mut places = situation.places();
    if situation == Situation::Ordinary {
        places = Situation::Everyone.places();
    }
    let mut dice = Dice(3);
    let benchmark = mean(&places);
    for place in &mut places {
        let size = 20.0 + (dice.roll() * dice.roll() * 2000.0).floor();
        place.figure.denominator = Some(size);
        if let Some(value) = place.figure.value.filter(|_| situation == Situation::Ordinary) {
            place.figure.value = Some(benchmark + (value - benchmark) * (60.0 / size).sqrt().min(1.0) * 0.8);
        }
    }
    let reach = match situation {
        Situation::Millions => 5.0e7,
        Situation::Zero => 0.0,
        _ => (benchmark.abs() * (100.0 - benchmark).abs()).sqrt(),
    };
    let limits = (1..=40).map(|at| {
        let denominator = f64::from(at) * 50.0;
        let error = reach / denominator.sqrt();
        let hold = |value: f64| {
            if situation.measure().unit == Unit::Percent { value.clamp(-100.0, 100.0) } else { value }
        };
        let pair = |z: f64| (hold(benchmark - z * error), hold(benchmark + z * error));
        Limit { denominator, inner: pair(1.96), outer: pair(3.09) }
    });
    FunnelChart {
        context: told(situation, &places),
        period: Period::year(2024),
        places,
        benchmark,
        limits: limits.collect(),
        counted: "EHC plans issued".into(),
        centre: "England".into(),
        over_dispersed: true,
    }
    .into()
}
