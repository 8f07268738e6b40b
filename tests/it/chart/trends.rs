//! The situations of a trend that its words must tell apart.

use super::samples::{flags, gone, measure};
use abreast::chart::data::Standing::{Higher, Lower, Similar, Untested};
use abreast::chart::data::{Break, Figure, Flags, Measure, Period, Polarity, Unit};
use abreast::chart::trend::TrendChart;

/// A situation of a trend: its name, and what differs from the ordinary chart.
pub type Trend = (&'static str, fn(&mut TrendChart));

/// Every situation.
pub const TRENDS: [Trend; 52] = [
    ("nothing tested", |_| {}),
    ("fell, worse than England", |c| c.context.flags = flags(Lower, Untested, Lower)),
    ("changed little, similar", |c| c.context.flags = flags(Similar, Similar, Similar)),
    ("worse than both", |c| c.context.flags = flags(Lower, Lower, Lower)),
    ("worse than England, similar to neighbours", |c| c.context.flags = flags(Lower, Similar, Similar)),
    ("rose, better than England", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.context.flags = flags(Higher, Untested, Higher);
    }),
    ("better than both", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.context.flags = flags(Higher, Higher, Untested);
    }),
    ("low is good, fell, better", |c| {
        c.context.measure.polarity = Polarity::Low;
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("low is good, rose, worse", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.context.measure.polarity = Polarity::Low;
        c.context.flags = flags(Higher, Higher, Higher);
    }),
    ("no polarity, lower", |c| {
        c.context.measure.polarity = Polarity::None;
        c.context.flags = flags(Lower, Similar, Lower);
    }),
    ("no polarity, higher", |c| {
        c.series[0].figures[4] = Figure::of(71.0);
        c.context.measure.polarity = Polarity::None;
        c.context.flags = flags(Higher, Similar, Higher);
    }),
    ("England missing", |c| {
        c.series[2].figures[4] = gone();
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("neighbours missing", |c| {
        c.series[1].figures[4] = gone();
        c.context.flags = flags(Lower, Lower, Lower);
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
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("a gap in the years", |c| {
        c.periods.remove(3);
        c.series.iter_mut().for_each(|series| drop(series.figures.remove(3)));
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("one year only", |c| {
        c.periods.truncate(1);
        c.series.iter_mut().for_each(|series| series.figures.truncate(1));
    }),
    ("one year only, tested", |c| {
        c.periods.truncate(1);
        c.series.iter_mut().for_each(|series| series.figures.truncate(1));
        c.context.flags = flags(Lower, Similar, Lower);
    }),
    ("two years", |c| {
        c.periods.truncate(2);
        c.series.iter_mut().for_each(|series| series.figures.truncate(2));
        c.context.flags = flags(Lower, Untested, Higher);
    }),
    ("the same as the year before", |c| {
        c.series[0].figures[4] = Figure::of(35.52);
        c.context.flags = flags(Lower, Untested, Higher);
    }),
    ("the same every year", |c| c.series[0].figures.fill(Figure::of(40.0))),
    ("break before the latest year", |c| {
        c.breaks.push(Break { order: 2024, reason: "person-level collection from 2024".into() });
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("break earlier", |c| {
        c.breaks.push(Break { order: 2022, reason: "new definition".into() });
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("small cohort", |c| {
        c.context.flags = Flags { small_cohort: Some(7), ..flags(Similar, Similar, Similar) };
    }),
    ("small cohort, nothing tested", |c| c.context.flags.small_cohort = Some(1)),
    ("unusually low", |c| c.context.flags = Flags { unusual: true, ..flags(Lower, Lower, Lower) }),
    ("unusually high", |c| {
        c.series[0].figures[4] = Figure::of(99.0);
        c.context.flags = Flags { unusual: true, ..flags(Higher, Higher, Higher) };
    }),
    ("unusual but not told apart", |c| c.context.flags = Flags { unusual: true, ..flags(Similar, Similar, Similar) }),
    ("flags that the figures contradict", |c| c.context.flags = flags(Higher, Higher, Higher)),
    ("level with England", |c| c.series[0].figures[4] = Figure::of(46.4)),
    ("at 100", |c| {
        c.series[0].figures[4] = Figure::of(100.0);
        c.context.flags = flags(Higher, Higher, Higher);
    }),
    ("at zero", |c| {
        c.series[0].figures[4] = Figure::of(0.0);
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("everyone at zero", |c| c.series.iter_mut().for_each(|series| series.figures.fill(Figure::of(0.0)))),
    ("upward trend", |c| c.context.flags.trend = Higher),
    ("downward trend", |c| c.context.flags.trend = Lower),
    ("no clear trend", |c| c.context.flags.trend = Similar),
    ("long name", |c| {
        c.context.subject = "Bournemouth, Christchurch and Poole".into();
        c.series[0].name.clone_from(&c.context.subject);
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("name that ends in s, long measure", |c| {
        c.context.subject = "St Helens".into();
        c.series[0].name.clone_from(&c.context.subject);
        c.context.measure.short = "EHC plans issued within 20 weeks excluding exceptions".into();
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("academic years", |c| {
        c.periods = (2020..2025).map(Period::split_year).collect();
        c.context.flags = flags(Lower, Lower, Lower);
    }),
    ("pounds in millions", |c| {
        c.context.measure = Measure {
            unit: Unit::Pounds,
            places: 0,
            polarity: Polarity::None,
            short: "high needs funding".into(),
            ..measure()
        };
        for figure in c.series.iter_mut().flat_map(|series| &mut series.figures) {
            figure.value = figure.value.map(|value| value * 1e6);
        }
        c.context.flags = flags(Lower, Untested, Lower);
    }),
    ("rate per 10,000", |c| {
        c.context.measure.unit = Unit::RatePer(10_000);
        c.context.measure.polarity = Polarity::Low;
        c.context.measure.short = "rate of children looked after".into();
        c.context.flags = flags(Lower, Untested, Similar);
    }),
    ("negative", |c| {
        c.series[0].figures[4] = Figure::of(-3.25);
        c.context.measure.short = "change in SEN support".into();
        c.context.flags = flags(Lower, Untested, Untested);
    }),
    ("a title written by hand, illustrative", |c| {
        c.context.title = Some("Birmingham needs more educational psychologists".into());
        c.context.illustrative = true;
    }),
];
