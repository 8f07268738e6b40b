//! The situations of a trend that its words must tell apart.

use super::samples::{HIGHER, LOWER, SIMILAR, Sample, Tests, UNTESTED, gone, measure, tests};
use abreast::chart::data::{Break, Figure, Measure, Period, Polarity, Unit};
use abreast::statistics::unusual;

/// A situation of a trend: its name, and what differs from the ordinary chart.
pub type Trend = (&'static str, fn(&mut Sample));

/// Every situation.
pub const TRENDS: [Trend; 52] = [
    ("nothing tested", |_| {}),
    ("fell, worse than England", |c| c.tests = tests(LOWER, UNTESTED, LOWER)),
    ("changed little, similar", |c| c.tests = tests(SIMILAR, SIMILAR, SIMILAR)),
    ("worse than both", |c| c.tests = tests(LOWER, LOWER, LOWER)),
    ("worse than England, similar to neighbours", |c| c.tests = tests(LOWER, SIMILAR, SIMILAR)),
    ("rose, better than England", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.tests = tests(HIGHER, UNTESTED, HIGHER);
    }),
    ("better than both", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.tests = tests(HIGHER, HIGHER, UNTESTED);
    }),
    ("low is good, fell, better", |c| {
        c.context.measure.polarity = Polarity::Low;
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("low is good, rose, worse", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.context.measure.polarity = Polarity::Low;
        c.tests = tests(HIGHER, HIGHER, HIGHER);
    }),
    ("no polarity, lower", |c| {
        c.context.measure.polarity = Polarity::None;
        c.tests = tests(LOWER, SIMILAR, LOWER);
    }),
    ("no polarity, higher", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.context.measure.polarity = Polarity::None;
        c.tests = tests(HIGHER, SIMILAR, HIGHER);
    }),
    ("England missing", |c| {
        c.series[2].figures[4] = gone();
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("neighbours missing", |c| {
        c.series[1].figures[4] = gone();
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("all neighbours without data", |c| {
        c.series[1].figures.fill(gone());
        c.context.neighbours.iter_mut().for_each(|set| set.with_data = 0);
    }),
    ("nobody to compare with", |c| {
        c.series.truncate(1);
        c.context.neighbours = None;
    }),
    ("latest not available", |c| c.series[0].figures[4] = gone()),
    ("latest confidential", |c| c.series[0].figures[4] = Figure::missing("c", "confidential")),
    ("latest rounds to zero", |c| c.series[0].figures[4] = Figure::missing("low", "rounds to 0")),
    ("latest missing without a reason", |c| c.series[0].figures[4] = Figure::default()),
    ("latest two missing", |c| c.series[0].figures[3..].fill(gone())),
    ("all missing", |c| c.series[0].figures.fill(gone())),
    ("not in the data", |c| drop(c.series.remove(0))),
    ("missing in the middle", |c| c.series[0].figures[2] = gone()),
    ("missing the year before", |c| {
        c.series[0].figures[3] = gone();
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("a gap in the years", |c| {
        c.periods.remove(3);
        c.series.iter_mut().for_each(|series| drop(series.figures.remove(3)));
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("one year only", |c| {
        c.periods.truncate(1);
        c.series.iter_mut().for_each(|series| series.figures.truncate(1));
    }),
    ("one year only, tested", |c| {
        c.periods.truncate(1);
        c.series.iter_mut().for_each(|series| series.figures.truncate(1));
        c.tests = tests(LOWER, SIMILAR, LOWER);
    }),
    ("two years", |c| {
        c.periods.truncate(2);
        c.series.iter_mut().for_each(|series| series.figures.truncate(2));
        c.tests = tests(LOWER, UNTESTED, HIGHER);
    }),
    ("the same as the year before", |c| {
        c.series[0].figures[4] = Figure::of(35.52);
        c.tests = tests(LOWER, UNTESTED, HIGHER);
    }),
    ("the same every year", |c| c.series[0].figures.fill(Figure::of(40.0))),
    ("break before the latest year", |c| {
        c.breaks.push(Break { order: 2024, reason: "person-level collection from 2024".into() });
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("break earlier", |c| {
        c.breaks.push(Break { order: 2022, reason: "new definition".into() });
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("small cohort", |c| {
        c.tests = Tests { cases: Some(7.0), ..tests(SIMILAR, SIMILAR, SIMILAR) };
    }),
    ("small cohort, nothing tested", |c| c.tests.cases = Some(1.0)),
    ("unusually low", |c| c.tests = Tests { unusual: Some(unusual::Place::FarBelow), ..tests(LOWER, LOWER, LOWER) }),
    ("unusually high", |c| {
        c.series[0].figures[4] = Figure::of(99.0);
        c.tests = Tests { unusual: Some(unusual::Place::FarAbove), ..tests(HIGHER, HIGHER, HIGHER) };
    }),
    ("unusual but not told apart", |c| {
        c.tests = Tests { unusual: Some(unusual::Place::FarBelow), ..tests(SIMILAR, SIMILAR, SIMILAR) }
    }),
    ("flags that the figures contradict", |c| c.tests = tests(HIGHER, HIGHER, HIGHER)),
    ("level with England", |c| c.series[0].figures[4] = Figure::of(46.4)),
    ("at 100", |c| {
        c.series[0].figures[4] = Figure::of(100.0);
        c.tests = tests(HIGHER, HIGHER, HIGHER);
    }),
    ("at zero", |c| {
        c.series[0].figures[4] = Figure::of(0.0);
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("everyone at zero", |c| c.series.iter_mut().for_each(|series| series.figures.fill(Figure::of(0.0)))),
    ("upward trend", |c| c.tests.trend = HIGHER),
    ("downward trend", |c| c.tests.trend = LOWER),
    ("no clear trend", |c| c.tests.trend = SIMILAR),
    ("long name", |c| {
        c.context.subject = "Bournemouth, Christchurch and Poole".into();
        c.series[0].name = c.context.subject.clone();
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("name that ends in s, long measure", |c| {
        c.context.subject = "St Helens".into();
        c.series[0].name = c.context.subject.clone();
        c.context.measure.noun = "EHC plans issued within 20 weeks excluding exceptions".into();
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("academic years", |c| {
        c.periods = (2020..2025).map(Period::split_year).collect();
        c.tests = tests(LOWER, LOWER, LOWER);
    }),
    ("pounds in millions", |c| {
        c.context.measure = Measure {
            unit: Unit::Pounds,
            places: 0,
            polarity: Polarity::None,
            noun: "high needs funding".into(),
            ..measure()
        };
        for figure in c.series.iter_mut().flat_map(|series| &mut series.figures) {
            figure.value = figure.value.map(|value| value * 1e6);
        }
        c.tests = tests(LOWER, UNTESTED, LOWER);
    }),
    ("rate per 10,000", |c| {
        c.context.measure.unit = Unit::RatePer10000;
        c.context.measure.polarity = Polarity::Low;
        c.context.measure.noun = "rate of children looked after".into();
        c.tests = tests(LOWER, UNTESTED, SIMILAR);
    }),
    ("negative", |c| {
        c.series[0].figures[4] = Figure::of(-3.25);
        c.context.measure.noun = "change in SEN support".into();
        c.tests = tests(LOWER, UNTESTED, UNTESTED);
    }),
    ("a title written by hand, illustrative", |c| {
        c.context.title = Some("Birmingham needs more educational psychologists".into());
        c.context.illustrative = true;
    }),
];
