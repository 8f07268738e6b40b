//! What `inspect` and `add` take for granted: the table that is named, the sheet with the figures, the release, the day on
//! which years end, and that each row names its own measure.

use crate::harness::{Bench, Ods, ods};

const NAMES: [&str; 8] = ["Leeds", "Kent", "Camden", "Coventry", "Sandwell", "Derby", "Devon", "Essex"];

fn pipeline(bench: &Bench, name: &str, columns: &str) {
    bench.pipeline(
        name,
        &format!("title = \"{name}\"\nreturn = \"visits\"\n[measures.visits]\nlabel = \"Visits\"\nunit = \"number\"\n[[release]]\nfrom = 2020\nfile = \"{name}.csv\"\nperiod_column = \"year\"\narea = {{ name = \"council\" }}\ncolumns = {{ visits = \"{columns}\" }}\n[checks]\nareas = \"some\"\n"),
    );
}

fn rows(head: &str, names: &[&str], years: std::ops::RangeInclusive<u32>) -> String {
    let each = |year: u32| names.iter().enumerate().map(move |(at, name)| format!("{name},{year},{}\n", 40 + at * 7));
    format!("{head}\n{}", years.flat_map(each).collect::<String>())
}

fn inspect(bench: &Bench, file: &str, more: &[&str]) -> (i32, String) {
    let asked = [&["inspect", file, "--pipelines", "pipelines", "--returns", "returns"], more].concat();
    let ran = bench.abreast(&asked);
    (ran.code, format!("{}{}", ran.stdout, ran.stderr))
}

#[test]
fn the_table_that_is_named_is_compared_with_though_no_header_fits() {
    let bench = Bench::new();
    pipeline(&bench, "home_visits", "visits");
    bench.file("new.csv", rows("place,when,calls made", &NAMES, 2021..=2023));
    let (_, text) = inspect(&bench, "new.csv", &["--table", "home_visits"]);
    assert!(text.contains("home_visits"), "{text}");
    let (code, text) = inspect(&bench, "new.csv", &["--table", "home_visit"]);
    assert!(code == 2 && text.contains("`home_visits`"), "a table that is not there: {text}");
}

#[test]
fn an_excerpt_of_older_years_is_filed_under_no_release_of_its_own_making() {
    let bench = Bench::new();
    pipeline(&bench, "home_visits", "visits");
    bench.returns("visits/2024/home_visits.csv", rows("council,year,visits", &NAMES, 2020..=2023));
    bench.file("home_visits.csv", rows("council,year,visits", &NAMES[..2], 2020..=2021));
    let add = ["add", "home_visits.csv", "--pipelines", "pipelines", "--returns", "returns"];
    let ran = bench.abreast(&add);
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(ran.code != 0 && said.contains("--release"), "{said}");
    assert_eq!(bench.files("returns/visits"), ["returns/visits/2024/home_visits.csv"]);
    assert_eq!(bench.abreast(&[&add[..], &["--release", "2022"]].concat()).code, 0);
    assert!(bench.files("returns/visits").iter().any(|path| path == "returns/visits/2022/home_visits.csv"));
}

#[test]
fn rows_that_name_their_measure_are_a_measure_each() {
    let bench = Bench::new();
    pipeline(&bench, "home_visits", "visits");
    let each = |name: &&str| format!("{name},2023,Calls answered,51\n{name},2023,Calls missed,12\n");
    bench.file("calls.csv", format!("Council,Year,Indicator,Value\n{}", NAMES.iter().map(each).collect::<String>()));
    let (code, text) = inspect(&bench, "calls.csv", &[]);
    assert!(code == 0 && text.contains("measure_column") && text.contains("Calls answered"), "{text}");
}

#[test]
fn the_sheet_with_figures_is_taken_and_a_day_in_its_title_ends_its_years() {
    let bench = Bench::new();
    pipeline(&bench, "home_visits", "visits");
    let text = |word: &'static str| Ods::Text(word);
    let codes: Vec<Vec<Ods<'_>>> = [("Code", "Council")]
        .into_iter()
        .chain(
            NAMES
                .iter()
                .zip(["383", "886", "202", "331", "333", "831", "878", "881"])
                .map(|(name, code)| (code, *name)),
        )
        .map(|(code, name)| vec![text(code), text(name)])
        .collect();
    let mut figures = vec![vec![text("Open cases at 31 March 2024, by council")], vec![text("Council"), text("Cases")]];
    figures.extend(NAMES.iter().map(|name| vec![text(name), Ods::Number(61.0)]));
    bench.file("cases.ods", ods(&[("Lookup", &codes), ("Table 2", &figures)], true));
    let (_, said) = inspect(&bench, "cases.ods", &[]);
    assert!(said.contains("sheet") && said.contains("Table 2") && said.contains("cases"), "{said}");
    assert!(said.contains("31 March"), "{said}");
    assert!(!said.contains("0 observations"), "{said}");
}
