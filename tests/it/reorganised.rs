//! Figures of authorities before they opened and after they closed are kept and marked, stand in no rank, mean or sum,
//! and what is left of an old authority beside them does not pass for its figure.

use crate::harness::{Bench, EES, Ran};
use crate::unasked::table::{self, Row};

const NORTH_WEST: &str = "E12000002,North West";

/// Plans by year: England, the North West, and authorities by 9-character code, 3-digit code and name.
fn plans(england: &[(u32, u32)], rows: &[(u32, &str, u32)]) -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline(
        "plans",
        "title = \"Plans\"\nreturn = \"sen2\"\n[measures.plans]\nlabel = \"Plans\"\nunit = \"number\"\nbetter = \"low\"\n[[release]]\nfrom = 2020\nfile = \"*.csv\"\nformat = \"ees\"\ncolumns = { plans = \"plans\" }\n[checks]\nareas = \"some\"\n",
    );
    let mut text = format!("{EES},plans\n");
    for (year, count) in england {
        text += &format!("{year},Calendar year,National,E92000001,England,,,,,,{count}\n");
        text += &format!("{year},Calendar year,Regional,E92000001,England,{NORTH_WEST},,,,{count}\n");
    }
    for (year, place, count) in rows {
        text += &format!("{year},Calendar year,Local authority,E92000001,England,{NORTH_WEST},{place},{count}\n");
    }
    bench.returns("sen2/2024/plans.csv", text);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (bench, ran)
}

const CUMBRIA: &str = "E10000006,909,Cumbria";
const CUMBERLAND: &str = "E06000063,942,Cumberland";
const WESTMORLAND: &str = "E06000064,943,Westmorland and Furness";
const LANCASHIRE: &str = "E10000017,888,Lancashire";
const BOLTON: &str = "E08000001,350,Bolton";

/// Cumbria was replaced on 1 April 2023. `old` is what stands under it in 2021 and 2022, beside 31 and 24 of its successors.
fn cumbria(total: u32, old: u32) -> (Bench, Ran) {
    let mut rows = Vec::new();
    for year in [2021, 2022] {
        rows.extend([(year, CUMBRIA, old), (year, CUMBERLAND, 31), (year, WESTMORLAND, 24)]);
        rows.extend([(year, LANCASHIRE, 120), (year, BOLTON, 40)]);
    }
    rows.extend([(2023, CUMBERLAND, 33), (2023, WESTMORLAND, 25), (2023, LANCASHIRE, 121), (2023, BOLTON, 41)]);
    plans(&[(2021, total), (2022, total), (2023, 220)], &rows)
}

fn status<'t>(table: &'t crate::harness::Table, la: &str, year: &str) -> (&'t str, &'t str) {
    let row = table.row(&[&format!("la_code={la}"), &format!("period={year}")]);
    (row.text("value"), row.text("status"))
}

#[test]
fn back_cast_figures_are_kept_and_marked_and_what_is_left_of_the_old_authority_too() {
    let (bench, ran) = cumbria(217, 2);
    let table = bench.table("plans");
    assert_eq!(status(&table, "942", "2021"), ("31.0", "back_cast"));
    assert_eq!(status(&table, "943", "2022"), ("24.0", "back_cast"));
    assert_eq!(status(&table, "909", "2022"), ("2.0", "residual"));
    assert_eq!(status(&table, "942", "2023"), ("33.0", "number"));
    assert_eq!(status(&table, "888", "2021"), ("120.0", "number"));
    let note = &ran.finding("not-open").message;
    assert!(note.contains("4 figures") && note.contains("Cumberland (2021, 2022)"), "{note}");
    let warning = &ran.finding("remainder").message;
    assert!(warning.starts_with("Cumbria, 2021, 2022: its figures are only what is left"), "{warning}");
    assert!(
        warning.contains("Cumberland, Westmorland and Furness") && warning.contains("is 2, theirs make 55"),
        "{warning}"
    );
    let short = &ran.finding("shortfall").message;
    assert!(
        short.contains("North West, 2021: `plans` is 217, the authorities open then make 162, with the others 217"),
        "{short}"
    );
    assert!(ran.all("unlike-its-past").is_empty() && ran.all("sum-differs").is_empty(), "{}", ran.stderr);
}

#[test]
fn they_are_in_no_rank_and_no_mean_and_change_from_none_of_them_is_told() {
    let (bench, _) = cumbria(217, 2);
    let all = bench.table("comparisons");
    let of =
        |la: &str, year: &str| all.row(&[&format!("la_code={la}"), &format!("period={year}"), "comparator=england"]);
    for la in ["942", "943", "909"] {
        assert_eq!(of(la, "2022").text("rank"), "", "{la}");
    }
    assert_eq!(of("350", "2022").text("rank"), "1", "the only two that are ranked are Lancashire and Bolton");
    assert_eq!(of("350", "2022").text("out_of"), "2");
    assert_eq!(of("350", "2023").text("out_of"), "4");
    assert_eq!(of("942", "2023").text("change"), "", "31 to 33 is a change of something else");
    assert_eq!(of("942", "2022").text("value"), "31.0", "it is there to be shown");
    let shown = bench.abreast(&["compare", "plans", "--authority", "Cumberland", "--out", "out"]).well();
    assert!(
        shown.stdout.contains("[o] Cumberland: back-cast to before it opened, so in no rank (2021, 2022)"),
        "{}",
        shown.stdout
    );
}

#[test]
fn an_old_authoritys_whole_beside_its_successors_back_cast_figures_is_its_figure() {
    let (bench, ran) = cumbria(215, 55);
    let table = bench.table("plans");
    assert_eq!(status(&table, "909", "2022"), ("55.0", "number"));
    assert_eq!(status(&table, "942", "2022"), ("31.0", "back_cast"));
    assert!(ran.all("remainder").is_empty() && ran.all("shortfall").is_empty(), "{}", ran.stderr);
    let ranked = bench.table("comparisons");
    assert_eq!(ranked.row(&["la_code=909", "period=2022", "comparator=england"]).text("out_of"), "3");
}

#[test]
fn nothing_but_0_of_an_authority_that_is_not_there_is_no_figure() {
    let rows =
        [(2022, CUMBERLAND, 0), (2022, CUMBRIA, 9), (2023, CUMBERLAND, 5), (2023, CUMBRIA, 0), (2023, BOLTON, 3)];
    let (bench, ran) = plans(&[(2022, 9), (2023, 8)], &rows);
    assert!(ran.all("not-open").is_empty());
    assert_eq!(bench.table("plans").rows(&["la_code=909"]).len(), 1);
    assert!(ran.stderr.contains("left out by rule `authority not open at the end of the period`: 2"), "{}", ran.stderr);
    // Beside figures of the same authority a 0 is one of them.
    let rows = [(2021, CUMBERLAND, 0), (2022, CUMBERLAND, 4), (2023, CUMBERLAND, 5), (2023, BOLTON, 3)];
    let (bench, _) = plans(&[(2022, 9), (2023, 8)], &rows);
    assert_eq!(status(&bench.table("plans"), "942", "2021"), ("0.0", "back_cast"));
}

#[test]
fn figures_stay_where_words_stand_for_numbers_and_go_with_a_cell_that_nobody_can_read() {
    let (bench, _) = cumbria(217, 2);
    let text = std::fs::read_to_string(bench.path("pipelines/plans.toml")).expect("a pipeline");
    bench.pipeline("plans", &text.replace("better = \"low\"\n", "better = \"low\"\nvalues = { \"-\" = 0 }\n"));
    bench.run().well();
    assert_eq!(status(&bench.table("plans"), "942", "2021"), ("31.0", "back_cast"));
    // A sheet that fills the rows of those who are not there with an error of Excel's stops no table.
    bench.pipeline("plans", &text);
    let file = std::fs::read_to_string(bench.path("returns/sen2/2024/plans.csv")).expect("a file");
    let filled = file.replace(
        "2021,Calendar year,Local authority,E92000001,England,E12000002,North West,E06000063,942,Cumberland,31",
        "2021,Calendar year,Local authority,E92000001,England,E12000002,North West,E06000063,942,Cumberland,#N/A",
    );
    assert_ne!(file, filled);
    bench.returns("sen2/2024/plans.csv", filled);
    let ran = bench.run().well();
    assert!(ran.stderr.contains("left out by rule `authority not open at the end of the period`: 1"), "{}", ran.stderr);
    assert!(bench.table("plans").rows(&["la_code=942", "period=2021"]).is_empty());
}

#[test]
fn a_person_may_say_that_what_is_left_is_the_whole() {
    let (bench, _) = cumbria(217, 2);
    let text = std::fs::read_to_string(bench.path("pipelines/plans.toml")).expect("a pipeline");
    let accept = "[[accept]]\nrelease = \"2024\"\narea = \"Cumbria\"\nperiod = \"2022\"\nreason = \"Asked\"\n";
    bench.pipeline("plans", &format!("{text}{accept}"));
    let ran = bench.run().well();
    let table = bench.table("plans");
    assert_eq!(status(&table, "909", "2022").1, "number");
    assert_eq!(status(&table, "909", "2021").1, "residual");
    assert!(ran.finding("remainder").message.starts_with("Cumbria, 2021: "));
}

/// The sound table of every authority, in which Northamptonshire of 2020 is split up beforehand.
fn northamptonshire(rows: &mut Vec<Row>) {
    let old = rows.iter().position(|row| row.is("Northamptonshire", 2020)).expect("Northamptonshire");
    let mut parts = vec![rows[old].clone(), rows[old].clone()];
    for (part, (ons, la, name)) in parts
        .iter_mut()
        .zip([("E06000061", "940", "North Northamptonshire"), ("E06000062", "941", "West Northamptonshire")])
    {
        part.place = [ons, la, name].map(str::to_owned);
        part.cells = [0, 1, 2].map(|cell| ((rows[old].number(cell) - 4.0) / 2.0).floor().to_string());
    }
    for cell in 0..3 {
        let rest = rows[old].number(cell) - parts.iter().map(|part| part.number(cell)).sum::<f64>();
        rows[old].cells[cell] = rest.to_string();
    }
    rows.extend(parts);
}

#[test]
fn a_whole_that_counts_them_is_no_wrong_sum_and_its_shortfall_is_said() {
    let ran = table::spoiled("", northamptonshire).well();
    assert!(ran.all("sum-differs").is_empty(), "{}", table::said(&ran));
    assert!(ran.finding("shortfall").message.contains("East Midlands, 2020: `plans` is "), "{}", ran.stderr);
    assert!(ran.finding("remainder").message.starts_with("Northamptonshire, 2020: "));
    // A sum that they do not explain is wrong as before.
    let ran = table::spoiled("", |rows| {
        northamptonshire(rows);
        rows.iter_mut().filter(|row| row.is("Lincolnshire", 2020)).for_each(|row| row.times(3.0));
    });
    assert!(!ran.all("sum-differs").is_empty(), "{}", table::said(&ran));
}
