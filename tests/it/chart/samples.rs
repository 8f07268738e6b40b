//! The ordinary chart from which each situation differs: Birmingham, its neighbours and England over five years.

use abreast::chart::data::{Context, Figure, Flags, Measure, NeighbourSet, Period, Polarity, Role, Standing, Unit};
use abreast::chart::trend::{Series, TrendChart};

pub fn flags(england: Standing, neighbours: Standing, change: Standing) -> Flags {
    Flags { england, neighbours, change, ..Flags::default() }
}

pub fn measure() -> Measure {
    Measure {
        label: "EHC plans issued within 20 weeks".into(),
        short: "20-week timeliness".into(),
        unit: Unit::Percent,
        places: 1,
        polarity: Polarity::High,
    }
}

pub fn context() -> Context {
    let mut context = Context::new("Birmingham", measure(), "Department for Education");
    let (name, rule) = ("2025 statistical neighbours".into(), "mean of those with data".into());
    context.neighbours = Some(NeighbourSet { name, rule, size: 10, with_data: 9 });
    context
}

pub fn series(name: &str, role: Role, numbers: [f64; 5]) -> Series {
    Series { name: name.into(), role, figures: numbers.into_iter().map(Figure::of).collect() }
}

pub fn trend() -> TrendChart {
    TrendChart {
        context: context(),
        periods: (2020..2025).map(Period::year).collect(),
        series: vec![
            series("Birmingham", Role::Subject, [30.1, 34.2, 41.0, 35.5, 26.7]),
            series("Statistical neighbours", Role::Neighbour, [50.0, 51.2, 47.3, 44.4, 42.1]),
            series("England", Role::England, [58.0, 59.9, 49.2, 50.3, 46.4]),
        ],
        breaks: Vec::new(),
    }
}

pub fn gone() -> Figure {
    Figure::missing("x", "not available")
}
