//! Old figures are called old where they stand, in tables, titles of charts and alternative texts; what has not happened yet makes
//! nothing old; two charts with one message are told apart.

use super::page_tables;
use crate::harness::{Bench, EES, ees};

/// A bench with a table of visits to 2015, one of plans to 2024, and a forecast of plans to 2043, each published in `release`.
fn built() -> (Bench, String) {
    let bench = Bench::new();
    let pipeline = |name: &str, file: &str, from: &str| {
        format!(
            "title = \"{name}\"\nreturn = \"{file}\"\n[measures.{file}]\nlabel = \"{name}\"\nunit = \"rate per 1,000\"\nheadline = true\n[[release]]\nfrom = {from}\nfile = \"{file}.csv\"\nformat = \"ees\"\ncolumns = {{ {file} = \"{file}\" }}\n[checks]\nareas = \"some\"\n"
        )
    };
    let rows = |file: &str, years: std::ops::RangeInclusive<i32>| {
        let mut text = format!("{EES},{file}\n");
        for year in years {
            for (place, base) in [("England", 50), ("Birmingham", 41), ("Coventry", 63), ("Leeds", 55)] {
                text += &format!("{},{}\n", ees(&year.to_string(), "Calendar year", place), base + year % 7);
            }
        }
        text
    };
    for (name, file, from, years) in [
        ("Visits", "visits", "2016", 2011..=2015),
        ("Plans", "plans", "2025", 2020..=2024),
        ("Plans expected", "expected", "2025", 2028..=2033),
    ] {
        bench.pipeline(file, &pipeline(name, file, from));
        bench.returns(&format!("{file}/{from}/{file}.csv"), rows(file, years));
    }
    bench.pipeline(
        "reports/board",
        "title = \"Board\"\nauthority = \"Coventry\"\n[[section]]\nheading = \"How many visits?\"\nmeasures = [\"visits/visits\"]\ntables = [\"standing\"]\ncharts = [\"trend\", \"bars\"]\n[[section]]\nheading = \"How many plans?\"\nmeasures = [\"plans/plans\", \"expected/expected\"]\ntables = [\"standing\"]\ncharts = [\"trend\"]\n",
    );
    let ran = bench.abreast(&[
        "run",
        "-q",
        "--out",
        "out",
        "--pipelines",
        "pipelines",
        "--returns",
        "returns",
        "--authority",
        "Coventry",
    ]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let ran = bench.abreast(&["report", "board", "--out", "out", "--pipelines", "pipelines", "--returns", "returns"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let html = std::fs::read_to_string(bench.path("out/reports/board-coventry.html")).expect("a page");
    (bench, html)
}

/// The section with a heading.
fn section<'h>(html: &'h str, heading: &str) -> &'h str {
    let inside = html.split("<section").find(|part| part.contains(heading)).expect("the section");
    inside.split("</section>").next().unwrap_or_default()
}

#[test]
fn old_figures_are_called_old_and_a_forecast_makes_nothing_old() {
    let (bench, html) = built();
    let old = "The latest figures to hand are for 2015. Newer ones have probably been published.";
    assert!(section(&html, "How many visits?").contains(old), "{html}");
    let plans = section(&html, "How many plans?");
    assert!(!plans.contains("Newer ones have probably been published"), "{plans}");
    let svg =
        |name: &str| std::fs::read_to_string(bench.path(&format!("out/charts/coventry/{name}"))).expect("a chart");
    let title = |svg: &str| {
        let (_, rest) = svg.split_once("<title id=\"title\">").expect("a title");
        rest.split_once("</title>").expect("its end").0.to_owned()
    };
    for kind in ["trend", "ordered"] {
        let visits = svg(&format!("visits-visits-{kind}.svg"));
        assert!(title(&visits).contains("2015"), "{}", title(&visits));
        assert!(visits.contains(old), "the alternative text says it");
        assert!(!svg(&format!("plans-plans-{kind}.svg")).contains("Newer ones"));
    }
}

#[test]
fn no_two_tables_have_one_caption() {
    let (_, html) = built();
    let mut captions: Vec<String> = page_tables(&html).into_iter().map(|(caption, _)| caption).collect();
    let all = captions.len();
    captions.sort();
    captions.dedup();
    assert_eq!(captions.len(), all, "{captions:#?}");
}

#[test]
fn no_page_of_the_sample_speaks_of_the_program() {
    let folder = super::outputs().join("reports");
    let pages = std::fs::read_dir(folder).expect("papers").flatten().map(|entry| entry.path());
    let mut seen = 0;
    for path in pages.filter(|path| path.extension().is_some_and(|ending| ending == "html")) {
        let html = super::without_pictures(&std::fs::read_to_string(&path).expect("a page"));
        let body = html.split_once("<main").expect("what is read").1;
        for talk in ["`", "abreast ", "no row in the source", "returns folder", ".toml"] {
            assert!(!body.contains(talk), "{} has {talk:?}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 12, "{seen} pages");
}
