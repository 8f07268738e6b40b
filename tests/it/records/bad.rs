//! Returns that are wrong: each told in its cell, and nothing half written.

use super::{bench, cases, modules, pipeline};
use crate::harness::{Bench, Ran};

/// The modules with the text of one changed.
fn changed(module: &str, change: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
    let of = |(name, text): (&'static str, String)| if name == module { (name, change(&text)) } else { (name, text) };
    modules(&cases()).into_iter().map(of).collect()
}

fn run(modules: &[(&'static str, String)]) -> (Bench, Ran) {
    let bench = bench(&pipeline("protect = false\n"), modules);
    let run = bench.run();
    (bench, run)
}

/// The number of plans in all.
fn plans(bench: &Bench) -> f64 {
    bench.table("own_plans").row(&["measure=plans", "breakdown_topic=Total"]).value()
}

#[test]
fn a_module_that_is_not_there_stops_the_table_and_is_named() {
    let mut modules = modules(&cases());
    modules.retain(|(name, _)| *name != "person");
    let (bench, run) = run(&modules);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let finding = run.finding("no-part");
    assert!(finding.message.contains("`*_person.csv`") && finding.message.contains("`person`"), "{finding:?}");
    assert!(finding.place.row.is_some() && finding.place.file.contains("own_plans.toml"), "{finding:?}");
    assert!(!bench.has("own_plans"));
}

#[test]
fn rows_without_the_row_they_belong_to_are_refused_counted_and_said() {
    let (whole, _) = run(&modules(&cases()));
    let (bench, run) = run(&changed("assessment", |text| format!("{text}9999,777777,Y,2024-May-05 00:00:00,0\n")));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let finding = run.finding("no-parent");
    assert_eq!((finding.place.row, finding.place.column), (Some(242), Some(2)), "{finding:?}");
    assert!(!run.stderr.contains("777777"), "{}", run.stderr);
    assert_eq!(plans(&bench), plans(&whole));
    let quarantine = std::fs::read_to_string(bench.path("out/quarantine.csv")).expect("a quarantine");
    assert!(quarantine.contains("no-parent") && !quarantine.contains("777777"), "{quarantine}");
}

#[test]
fn keys_that_match_nothing_leave_no_table() {
    let (bench, run) = run(&changed("requests", |text| text.replace("\n2", "\n8")));
    assert_eq!(run.code, 1, "{}", run.stderr);
    let said = run.all("no-parent");
    assert!(said.iter().any(|finding| finding.message.contains("240 rows of `assessment`")), "{said:?}");
    run.finding("nothing-loaded");
    assert!(!bench.has("own_plans"));
}

#[test]
fn the_same_row_twice_is_counted_once_and_one_key_on_two_rows_stops_the_table() {
    let (whole, _) = run(&modules(&cases()));
    let again = |text: &str| format!("{text}{}\n", text.lines().nth(5).expect("a row"));
    let (bench, twice) = run(&changed("assessment", again));
    assert_eq!(twice.code, 0, "{}", twice.stderr);
    assert_eq!(twice.finding("row-twice").place.row, Some(242));
    assert_eq!(plans(&bench), plans(&whole));
    let differs = |text: &str| {
        let row = text.lines().nth(5).expect("a row");
        format!("{text}{}\n", row.replace(",F,", ",M,").replace(",M,", ",F,").replace(",U,", ",F,"))
    };
    let (bench, stopped) = run(&changed("person", differs));
    assert_eq!(stopped.code, 1, "{}", stopped.stderr);
    assert!(
        stopped.all("key-not-unique").iter().any(|finding| finding.message.contains("row 6")),
        "{}",
        stopped.stderr
    );
    assert!(!bench.has("own_plans"));
}

#[test]
fn a_day_that_is_none_is_missing_and_said_in_its_cell() {
    let wrong = |text: &str| text.replacen("2024-", "2024-Foo-", 1);
    let (bench, run) = run(&changed("requests", wrong));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let finding = run.finding("no-day");
    assert_eq!(finding.place.column, Some(3), "{finding:?}");
    assert!(bench.has("own_plans"));
}

#[test]
fn a_yes_that_is_another_word_is_said() {
    let (_, run) = run(&changed("requests", |text| text.replacen(",true", ",perhaps", 1)));
    let finding = run.finding("no-yes-no");
    assert_eq!(finding.place.column, Some(4), "{finding:?}");
    assert!(finding.message.contains("`perhaps`"), "{finding:?}");
}

#[test]
fn a_head_without_its_day_stops_the_table() {
    let (bench, run) = run(&changed("sen2", |text| text.replace("2025-Jan-16 00:00:00", "soon")));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.all("no-day").iter().any(|finding| finding.message.contains("`census`")), "{}", run.stderr);
    assert!(!bench.has("own_plans"));
}

#[test]
fn an_authority_that_is_none_stops_the_table() {
    let (bench, run) = run(&changed("sen2", |text| text.replace("381,", "999,")));
    assert_eq!(run.code, 1, "{}", run.stderr);
    run.finding("unknown-authority");
    assert!(!bench.has("own_plans"));
}

#[test]
fn several_rows_where_one_is_meant_stop_the_table() {
    let toml =
        pipeline("protect = false\n").replace("\"main.word\"", "\"place.word\"").replace("{main.word}", "{place.word}");
    let bench = bench(&toml, &modules(&cases()));
    let run = bench.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    let finding = run.finding("several-rows");
    assert!(finding.help.contains("[pick.place]"), "{finding:?}");
    assert!(!bench.has("own_plans"));
}
