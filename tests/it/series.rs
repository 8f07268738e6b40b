//! One measure of one authority over time as the store reads it back: each figure with its counts, standing and what it
//! is compared with, typed, and the same as a table side by side works out at once.

use abreast::area::{LaCode, Register};
use abreast::comparator::Comparator;
use abreast::home;
use abreast::reading::{Link, Missing, words};
use abreast::schema::TOTAL;
use abreast::series::{Beside, Series};
use abreast::store::{Catalogue, Compared, Observed};

use crate::harness::{Bench, EES, ees};

const PIPELINE: &str = r#"
title = "Answers"
return = "own"
[[break]]
period = "2022"
note = "Counted anew"
[measures.answered]
label = "Letters answered in time"
unit = "percent"
numerator = "in_time"
denominator = "letters"
better = "high"
[measures.letters]
label = "Letters"
unit = "number"
[[release]]
from = 2024
file = "answers.csv"
format = "ees"
breakdown = ["breakdown_topic", "breakdown"]
columns = { letters = "letters", in_time = "in_time" }
"#;

const BIRMINGHAM: LaCode = LaCode(330);
const LEEDS: LaCode = LaCode(383);
const CAMDEN: LaCode = LaCode(202);
const COVENTRY: LaCode = LaCode(331);

/// Four years, of which 2022 is counted anew and 2020 is missing for all; Leeds has no row in 2023, Camden is withheld.
fn bench() -> Bench {
    let rows = [
        ("2019", "England", "1000,500"),
        ("2019", "Birmingham", "100,40"),
        ("2021", "England", "1000,520"),
        ("2021", "Birmingham", "100,50"),
        ("2022", "England", "1000,600"),
        ("2022", "Birmingham", "200,90"),
        ("2022", "Leeds", "200,120"),
        ("2023", "England", "1000,640"),
        ("2023", "Birmingham", "200,120"),
        ("2023", "Camden", "c,c"),
        ("2023", "Coventry", "50,20"),
    ];
    let mut text = format!("{EES},breakdown_topic,breakdown,letters,in_time\n");
    for (year, place, figures) in rows {
        text += &format!("{},Total,Total,{figures}\n", ees(year, "Calendar year", place));
    }
    text += &format!("{},Kind,By post,80,20\n", ees("2023", "Calendar year", "Birmingham"));
    let bench = Bench::new();
    bench.pipeline("answers", PIPELINE).returns("own/2024/answers.csv", text);
    bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    bench
}

fn with<T>(bench: &Bench, measure: &str, read: impl FnOnce(&abreast::store::Slice<'_>, &Register) -> T) -> T {
    let catalogue = Catalogue::open_whole(&bench.path("out")).expect("tables");
    let found = catalogue.measure(measure).expect("the measure");
    let frame = catalogue.comparisons(&[found], &[]).expect("comparisons");
    let compared = Compared::of(&frame).expect("columns");
    let (register, _) = home::register().expect("the register");
    read(&compared.slice(found, TOTAL, TOTAL), &register)
}

#[test]
fn a_series_has_its_periods_in_order_with_figure_counts_and_link() {
    with(&bench(), "answered", |slice, _| {
        let series = slice.series(BIRMINGHAM);
        let labels: Vec<String> = series.points.iter().map(|point| point.when.label()).collect();
        assert_eq!(labels, ["2019", "2021", "2022", "2023"]);
        let values: Vec<Option<f64>> = series.points.iter().map(|point| point.figure.value).collect();
        assert_eq!(values, [Some(40.0), Some(50.0), Some(45.0), Some(60.0)]);
        let links: Vec<&Link> = series.points.iter().map(|point| &point.link).collect();
        assert_eq!(links, [&Link::First, &Link::Gap, &Link::Break("Counted anew".to_owned()), &Link::Joined]);
        let changes: Vec<Option<f64>> = series.points.iter().map(|point| point.change).collect();
        assert_eq!(changes, [None, None, None, Some(15.0)]);
        let last = series.latest(None).expect("a figure");
        assert_eq!(last.figure.counts(), Some((120.0, 200.0)));
        // Wilson's interval of 120 of 200, worked out by hand.
        let range = last.figure.range.expect("an interval");
        assert!((range.lower - 53.085).abs() < 0.01 && (range.upper - 66.536).abs() < 0.01, "{range:?}");
        assert_eq!(series.latest(Some("2021")).map(|point| point.broken()), Some(None));
        assert_eq!(series.at(last.when).map(|point| point.area), Some("Birmingham"));
    });
}

#[test]
fn what_is_missing_says_why_and_who_has_no_row_has_no_point() {
    with(&bench(), "answered", |slice, _| {
        let last = slice.periods().last().copied().expect("a period");
        assert_eq!(slice.series(LEEDS).points.len(), 1);
        assert!(slice.figure(LEEDS, last).is_none());
        let withheld = slice.figure(CAMDEN, last).expect("a row");
        assert_eq!((withheld.value, withheld.missing), (None, Missing::Hidden));
        let there: Vec<LaCode> = slice.at(last).into_iter().map(|(code, ..)| code).collect();
        assert_eq!(there, [CAMDEN, BIRMINGHAM, COVENTRY]);
    });
}

#[test]
fn comparators_stand_beside_each_figure_and_along_the_series() {
    with(&bench(), "answered", |slice, register| {
        let series = slice.series(BIRMINGHAM);
        let last = series.points.last().expect("a figure");
        let england = last.england().expect("England");
        assert_eq!((england.figure.value, england.beyond), (Some(64.0), "similar"));
        assert_eq!(england.average, "published");
        let line = series.compared(Beside::England);
        assert_eq!(line.figures.iter().map(|(_, seen)| seen.value).collect::<Vec<_>>().len(), 4);
        assert_eq!(line.at(series.points[0].when).and_then(|seen| seen.value), Some(50.0));
        // Another authority as published, and an authority never beside itself.
        let leeds = slice.line(&series, &Comparator::Authority(LEEDS), register);
        assert_eq!(leeds.name, "Leeds");
        assert_eq!(
            leeds.figures.iter().map(|(when, seen)| (when.code, seen.value)).collect::<Vec<_>>(),
            [("2022", Some(60.0))]
        );
        assert!(slice.line(&series, &Comparator::Authority(BIRMINGHAM), register).figures.is_empty());
        // The mean of the other core cities that have a figure: Leeds alone in 2022, nobody in 2023.
        let group = Comparator::parse("core-cities", register).expect("a group");
        let mean = slice.line(&series, &group, register);
        let values: Vec<Option<f64>> = mean.figures.iter().map(|(_, seen)| seen.value).collect();
        assert_eq!(values, [None, None, Some(60.0), None]);
    });
}

#[test]
fn england_is_a_total_where_it_is_more_than_any_authority_and_no_share() {
    let bench = bench();
    for (measure, total) in [("letters", true), ("answered", false)] {
        with(&bench, measure, |slice, _| {
            let last = slice.periods().last().copied().expect("a period");
            assert_eq!(slice.is_total(last), total, "{measure}");
        });
    }
}

#[test]
fn a_series_until_a_period_keeps_what_was_before_it() {
    with(&bench(), "answered", |slice, _| {
        let series = slice.series(BIRMINGHAM);
        let until = series.points[1].when;
        let kept: Series<'_> = series.until(until);
        assert_eq!(kept.points.iter().map(|point| point.when.code).collect::<Vec<_>>(), ["2019", "2021"]);
    });
}

#[test]
fn ids_lead_to_the_cell_that_the_figure_was_read_from() {
    let bench = bench();
    with(&bench, "answered", |slice, _| {
        let last = slice.periods().last().copied().expect("a period");
        let id = slice.id(BIRMINGHAM, last);
        assert_eq!(slice.id_beside(BIRMINGHAM, last, &Comparator::England), format!("{id}~england"));
        assert_eq!(slice.id_beside(BIRMINGHAM, last, &Comparator::Authority(LEEDS)), slice.id(LEEDS, last));
        let catalogue = Catalogue::open_whole(&bench.path("out")).expect("tables");
        let frame = catalogue.observations(&catalogue.measure("answered").expect("found")).expect("observations");
        let observed = Observed::of(&frame).expect("columns");
        let row = observed.latest().find(|&row| observed.figures.id("answers", row) == id).expect("the figure");
        assert_eq!(observed.seen(row).value, Some(60.0));
        // Row 10 of the file: the head and nine rows before it.
        assert_eq!((observed.cell(row).0, observed.file(row)), (10, "own/2024/answers.csv"));
    });
}

#[test]
fn a_table_side_by_side_says_the_same_as_the_published_comparisons() {
    let bench = bench();
    let ran = bench.abreast(&[
        "compare",
        "answered",
        "--authority",
        "Birmingham",
        "--with",
        "england",
        "--format",
        "csv",
        "--out",
        "out",
    ]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let line = |start: &str| lines.iter().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{lines:?}"));
    assert!(line("330,Birmingham,").contains(",40,50,45,60,"), "{}", ran.stdout);
    assert!(line("-,England,").contains(",50,52,60,64,"), "{}", ran.stdout);
    with(&bench, "answered", |slice, _| {
        let last = slice.series(BIRMINGHAM).points.pop().expect("a figure");
        assert!(line("-,England,").contains(last.england().expect("England").beyond));
    });
}

/// What is asked of one measure is not read of another, and a column that is empty in what was asked (the rank of a part)
/// is empty and not gone.
#[test]
fn each_measure_is_read_about_its_own_topics() {
    let bench = bench();
    let catalogue = Catalogue::open_whole(&bench.path("out")).expect("tables");
    let found = |name: &str| catalogue.measure(name).expect("the measure");
    let about = |topic: &str| std::collections::BTreeSet::from([topic.to_owned()]);
    let asked = [(found("answered"), about("Kind")), (found("letters"), about(TOTAL))];
    let frame = catalogue.comparisons_about(&asked).expect("comparisons");
    let compared = Compared::of(&frame).expect("columns");
    let points =
        |name: &str, topic: &str, part: &str| compared.slice(found(name), topic, part).series(BIRMINGHAM).points.len();
    assert_eq!([points("answered", "Kind", "By post"), points("letters", TOTAL, TOTAL)], [1, 4]);
    assert_eq!([points("answered", TOTAL, TOTAL), points("letters", "Kind", "By post")], [0, 0]);
    let part = compared.slice(found("answered"), "Kind", "By post").series(BIRMINGHAM);
    let last = part.latest(None).expect("a figure");
    assert_eq!((last.figure.value, last.standing.rank, last.standing.trend), (Some(25.0), None, ""));
    // All of Kind by the other way round: as many rows as each measure has alone.
    let alone = |name: &str, topic: &str| catalogue.comparisons(&[found(name)], &[topic.to_owned()]);
    let rows = alone("answered", "Kind").expect("rows").height() + alone("letters", TOTAL).expect("rows").height();
    assert_eq!(frame.height(), rows);
}

/// Sheffield has another boundary since 2025 and the number that it always had; West Northamptonshire is new.
#[test]
fn who_kept_its_number_was_not_created() {
    let bench = bench();
    let (ends, region) = ("Total,Total,100,50", "E92000001,England");
    let mut text = format!("{EES},breakdown_topic,breakdown,letters,in_time\n");
    for (year, place) in [("2019", "England"), ("2019", "Birmingham"), ("2024", "England")] {
        text += &format!("{},{ends}\n", ees(year, "Calendar year", place));
    }
    for (area, name) in [
        ("E12000003,Yorkshire and The Humber,E08000019,373", "Sheffield"),
        ("E12000004,East Midlands,E06000062,941", "West Northamptonshire"),
    ] {
        text += &format!("2024,Calendar year,Local authority,{region},{area},{name},{ends}\n");
    }
    bench.returns("own/2024/answers.csv", text);
    bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    let notes = |code: u16| {
        with(&bench, "answered", |slice, register| {
            let last = slice.periods().last().copied().expect("a period");
            words::notes(&slice.evidence(LaCode(code), last, "", register).reading()).join(" ")
        })
    };
    let (kept, new) = (notes(373), notes(941));
    assert!(!kept.contains("created") && new.contains("was created in April 2021"), "{kept} / {new}");
}

/// A table of a measure for which a part stands, with rows of the whole or without; answers the whole that the store says, the
/// figure of the chart and that of the table side by side.
fn whole_of(rows: &[(&str, &str)]) -> [String; 3] {
    let mut text = format!("{EES},breakdown_topic,breakdown,letters,in_time\n");
    for (about, figures) in rows {
        text += &format!("{},{about},{figures}\n", ees("2022", "Calendar year", "Birmingham"));
        text += &format!("{},{about},{figures}\n", ees("2023", "Calendar year", "Birmingham"));
    }
    let bench = Bench::new();
    let pipeline = PIPELINE.replacen("better = ", "breakdown = \"Kind=By post\"\nbetter = ", 1);
    bench.pipeline("answers", &pipeline).returns("own/2024/answers.csv", text);
    bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]).well();
    let catalogue = Catalogue::open_whole(&bench.path("out")).expect("tables");
    let found = catalogue.measure("answered").expect("the measure");
    let frame = catalogue.comparisons(&[found], &[]).expect("comparisons");
    let (_, part) = Compared::of(&frame).expect("columns").whole_is(&found);
    let chart = ["chart", "trend", "answered", "--authority", "Birmingham", "--out", "out", "-o", "drawn"];
    bench.abreast(&chart).well();
    let drawn = std::fs::read_to_string(bench.path("drawn.csv")).expect("the data of the chart");
    let asked = ["compare", "answered", "--authority", "Birmingham", "--out", "out", "--format", "csv"];
    let table = bench.abreast(&asked).well().stdout.clone();
    let figure = |text: &str| {
        let words = ["60.0", "25.0", "60", "25"];
        words.into_iter().find(|word| text.contains(word)).unwrap_or_default()[..2].to_owned()
    };
    [part.to_owned(), figure(&drawn), figure(&table)]
}

/// One rule says what the whole of a measure is, for charts, tables and papers: its total, and only where there is none the
/// part that is declared to stand for it.
#[test]
fn the_whole_of_a_measure_is_the_same_everywhere() {
    let (total, part) = (("Total,Total", "200,120"), ("Kind,By post", "80,20"));
    assert_eq!(whole_of(&[total, part]), [TOTAL, "60", "60"]);
    assert_eq!(whole_of(&[part]), ["By post", "25", "25"]);
}
