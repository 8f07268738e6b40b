//! Periods and releases against each other: copies, what is gone, labels, a release that is none.

use super::table::{Row, bench, file, rows, said, spoiled};
use crate::harness::{Bench, Ran};

/// The sound table as release 2022 without its last year, and `rows` as release 2023.
fn after(rows_before: &[Row], rows: &[Row]) -> Ran {
    let bench = Bench::new();
    bench.pipeline("plans", super::table::PIPELINE);
    bench.returns("sen2/2023/plans.csv", file(rows_before));
    bench.returns("sen2/2024/plans.csv", file(rows));
    bench.run()
}

fn older() -> Vec<Row> {
    rows().into_iter().filter(|row| row.year < 2023).collect()
}

#[test]
fn a_release_in_order_says_nothing_and_the_old_file_again_is_named() {
    assert_eq!(said(&after(&older(), &rows()).well()), "");
    let ran = after(&older(), &older()).well();
    let again = &ran.finding("release-again").message;
    assert!(again.contains("release 2024 brings nothing newer than release 2023"), "{again}");
    let ran = after(&rows(), &older()).well();
    assert!(ran.finding("release-again").message.contains("ends with 2022, before release 2023"), "{}", said(&ran));
}

#[test]
fn a_release_that_restates_everything_or_a_year_late_is_named() {
    let mut swapped = rows();
    swapped.iter_mut().for_each(|row| row.cells.swap(0, 1));
    let ran = after(&older(), &swapped).well();
    let measures: String = ran.all("all-restated").iter().map(|finding| finding.message.as_str()).collect();
    assert!(measures.contains("`plans`") && measures.contains("`new`") && !measures.contains("`ended`"), "{measures}");
    let mut late = rows();
    late.iter_mut().for_each(|row| row.year += 1);
    let ran = after(&older(), &late).well();
    assert!(ran.all("period-shifted")[0].message.contains("those of 20"), "{}", said(&ran));
}

#[test]
fn a_period_that_copies_another_whole_or_in_part_is_found() {
    let copy = |rows: &mut Vec<Row>, takes: &dyn Fn(usize) -> bool| {
        let old: std::collections::BTreeMap<String, [String; 3]> =
            rows.iter().filter(|row| row.year == 2022).map(|row| (row.name().to_owned(), row.cells.clone())).collect();
        for (at, row) in rows.iter_mut().filter(|row| row.year == 2023).enumerate() {
            if let Some(cells) = old.get(row.name()).filter(|_| takes(at)) {
                row.cells.clone_from(cells);
            }
        }
    };
    let ran = spoiled("", |rows| copy(rows, &|_| true)).well();
    assert!(ran.finding("period-copied").message.contains("2023 is a copy of 2022"), "{}", said(&ran));
    let ran = spoiled("", |rows| copy(rows, &|at| at % 2 == 0)).well();
    let message = &ran.finding("period-copied").message;
    assert!(message.contains("figures of 2023 are those of 2022") && message.contains(" areas: "), "{message}");
}

#[test]
fn what_is_gone_is_named() {
    for name in ["England", "North East"] {
        let ran = spoiled("", |rows| rows.retain(|row| !row.is(name, 2023))).well();
        assert_eq!(ran.finding("area-gone").message, format!("2023: no row of {name}, which 2022 has"));
    }
    let ran = spoiled("", |rows| {
        rows.iter_mut().filter(|row| row.is("Leeds", 2023)).for_each(|row| row.cells = Default::default());
    });
    assert!(ran.well().finding("no-figures").message.starts_with("Leeds, 2023"));
    let ran = spoiled("", |rows| {
        for row in rows.iter_mut().filter(|row| row.level == "Local authority" && row.place[1].ends_with('3')) {
            row.cells[2] = if row.year == 2023 { "0" } else { "c" }.to_owned();
        }
    });
    assert!(ran.well().finding("marks-gone").message.contains("that 2022 marks"));
    let ran = spoiled("", |rows| rows.iter_mut().filter(|row| row.year == 2023).for_each(|row| row.year = 2024));
    assert!(ran.well().finding("period-gap").message.contains("between 2022 and 2024"));
}

#[test]
fn a_period_of_england_alone_is_missing_everybody() {
    let ran = spoiled("", |rows| rows.retain(|row| row.year != 2020 || row.level == "National")).well();
    assert!(ran.finding("authority-absent").message.starts_with("2020: "), "{}", said(&ran));
    let some = bench("[checks]\nareas = \"some\"\n", &rows()).run().well();
    assert_eq!(said(&some), "");
}

/// Plans by sex, three times as many boys as girls.
fn by_sex(label: impl Fn(&str, u32) -> String) -> Ran {
    let bench = Bench::new();
    let more = "breakdown = [\"topic\", \"part\"]\n";
    bench.pipeline("plans", &format!("{}{more}", super::table::PIPELINE));
    let text = file(&rows());
    let mut lines = text.lines();
    let mut out = format!("{},topic,part\n", lines.next().unwrap_or_default());
    for line in lines {
        let (head, cells) = line.rsplit_once("\",").unwrap_or((line, ""));
        let cells: Vec<f64> = cells.split(',').filter_map(|cell| cell.parse().ok()).collect();
        let year: u32 = line[..4].parse().expect("a year");
        for (part, share) in [("Total", 1.0), ("Male", 0.75), ("Female", 0.25)] {
            let topic = if part == "Total" { "Total" } else { "Sex" };
            let cells: Vec<String> = cells.iter().map(|cell| (cell * share).round().to_string()).collect();
            out.push_str(&format!("{head}\",{},{topic},{}\n", cells.join(","), label(part, year)));
        }
    }
    bench.returns("sen2/2023/plans.csv", out);
    bench.run()
}

#[test]
fn breakdowns_that_are_swapped_renamed_or_gone_are_named() {
    assert_eq!(said(&by_sex(|part, _| part.to_owned()).well()), "");
    let other = |part: &str| match part {
        "Male" => "Female".to_owned(),
        "Female" => "Male".to_owned(),
        other => other.to_owned(),
    };
    let ran = by_sex(|part, year| if year == 2023 { other(part) } else { part.to_owned() }).well();
    assert!(ran.finding("swapped").message.contains("`Female` and `Male`"), "{}", said(&ran));
    let ran = by_sex(|part, year| if year == 2023 && part == "Male" { "Males".to_owned() } else { part.to_owned() });
    let ran = ran.well();
    let gone = ran.finding("breakdown-gone");
    assert!(gone.message.contains("`Sex / Male`") && gone.message.contains("new in it: `Males`"), "{}", gone.message);
    assert!(gone.help.contains("if `Males` is `Male`, say so under `labels`"), "{}", gone.help);
}
