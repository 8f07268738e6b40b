//! When an authority is there, what a release is and which figure is the latest: the rules that settle what is
//! otherwise anyone's guess.

use crate::harness::{Bench, EES, Ran};

/// Counts by code and name at the end of `period`, a row an authority.
fn counts(period_ends: &str, period: &str, rows: &[(&str, &str, &str)]) -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline(
        "counts",
        &format!(
            "title = \"Counts\"\nreturn = \"care\"\n{period_ends}\n[measures.count]\nlabel = \"Count\"\nunit = \"number\"\n[[release]]\nfrom = 2024\nfile = \"*.csv\"\nformat = \"ees\"\ncolumns = {{ count = \"children_count\" }}\n[checks]\nareas = \"some\"\n"
        ),
    );
    let mut text = format!("{EES},children_count\n");
    for (la, name, count) in rows {
        let (code, identifier) = period.split_once(' ').expect("period and identifier");
        text.push_str(&format!("{code},{identifier},Local authority,E92000001,England,,,,{la},{name},{count}\n"));
    }
    bench.returns("care/2024/cla.csv", text);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (bench, ran)
}

const CUMBRIA: [(&str, &str, &str); 3] =
    [("909", "Cumbria", "7"), ("942", "Cumberland", "z"), ("943", "Westmorland and Furness", "z")];

#[test]
fn a_row_outside_an_authoritys_life_is_left_out_by_rule_and_counted_or_marked_where_it_has_a_figure() {
    for (ends, period, there) in [
        // Care: Cumbria closed on 31 March 2023, and was open on it.
        ("period_ends = \"31 March\"", "2023 Reporting year", &["909"][..]),
        ("period_ends = \"31 March\"", "2024 Reporting year", &["942", "943"]),
        // The same year ends later elsewhere.
        ("", "2023 Calendar year", &["942", "943"]),
        ("", "2022 Calendar year", &["909"]),
        ("period_ends = \"30 June\"", "2023 Reporting year", &["942", "943"]),
        ("", "202223 Academic year", &["942", "943"]),
        ("", "202122 Academic year", &["909"]),
        ("", "202223 Financial year", &["909"]),
        ("period_ends = \"31 January\"", "202223 Academic year", &["909"]),
    ] {
        let (bench, ran) = counts(ends, period, &CUMBRIA);
        let table = bench.table("counts");
        let rule = "left out by rule `authority not open at the end of the period`: 2";
        if there == ["909"] {
            assert_eq!(table.words("la_code"), there, "{ends} {period}");
            assert!(ran.stderr.contains(rule), "{ends} {period}: {}", ran.stderr);
        } else {
            // The 7 of Cumbria is a figure that the publisher printed after it had closed.
            assert_eq!(table.words("la_code"), ["909", "942", "943"], "{ends} {period}");
            assert_eq!(table.row(&["la_code=909"]).text("status"), "residual", "{ends} {period}");
            assert!(!ran.stderr.contains("left out by rule"), "{ends} {period}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_0_printed_for_an_authority_that_is_gone_is_left_out_too() {
    let (bench, _) = counts("", "2024 Calendar year", &[("909", "Cumbria", "0"), ("942", "Cumberland", "4")]);
    assert_eq!(bench.table("counts").words("la_code"), ["942"], "Cumbria's 0 must not be ranked beside its successors");
}

/// The codes of the authorities whose figures are judged.
fn judged(bench: &Bench) -> Vec<String> {
    let table = bench.table("counts");
    table.rows(&["status=number"]).iter().map(|row| row.text("la_code").to_owned()).collect()
}

#[test]
fn the_other_reorganisations() {
    let northamptonshire = [
        ("928", "Northamptonshire", "1"),
        ("940", "North Northamptonshire", "2"),
        ("941", "West Northamptonshire", "3"),
    ];
    for (period, there) in [
        ("2020 Calendar year", &["928"][..]),
        ("2021 Calendar year", &["940", "941"]),
        ("202021 Financial year", &["928"]),
    ] {
        let (bench, _) = counts("", period, &northamptonshire);
        assert_eq!(judged(&bench), there, "{period}");
    }
    let dorset = [
        ("835", "Dorset", "1"),
        ("836", "Poole", "2"),
        ("837", "Bournemouth", "3"),
        ("838", "Dorset", "4"),
        ("839", "\"Bournemouth, Christchurch and Poole\"", "5"),
    ];
    for (period, there) in [("2018 Calendar year", &["835", "836", "837"][..]), ("2019 Calendar year", &["838", "839"])]
    {
        let (bench, _) = counts("", period, &dorset);
        assert_eq!(judged(&bench), there, "{period}");
    }
}

#[test]
fn a_successor_does_not_inherit_its_countys_history() {
    let bench = Bench::new();
    bench.pipeline(
        "counts",
        "title = \"Counts\"\nreturn = \"care\"\nperiod_ends = \"31 March\"\n[measures.rate]\nlabel = \"Rate\"\nunit = \"rate per 10,000\"\nbetter = \"low\"\n[[release]]\nfrom = 2024\nfile = \"*.csv\"\nformat = \"ees\"\ncolumns = { rate = \"rate_per_10000\" }\n[checks]\nareas = \"some\"\n",
    );
    let row = |year: u32, la: &str, name: &str, rate: u32| {
        format!("{year},Reporting year,Local authority,E92000001,England,,,,{la},{name},{rate}\n")
    };
    bench.returns(
        "care/2024/cla.csv",
        format!(
            "{EES},rate_per_10000\n{}{}{}{}{}",
            row(2023, "909", "Cumbria", 50),
            row(2024, "942", "Cumberland", 60),
            row(2024, "943", "Westmorland and Furness", 40),
            row(2023, "383", "Leeds", 70),
            row(2024, "383", "Leeds", 75)
        ),
    );
    bench.run().well();
    let table = bench.table("comparisons");
    let change = |la: &str| {
        let row = table.rows(&[&format!("la_code={la}"), "period=2024"])[0];
        (row.text("change").to_owned(), row.text("change_note").to_owned())
    };
    assert_eq!(change("383").0, "5.0");
    let (none, note) = change("942");
    assert!(none.is_empty() && !note.is_empty(), "change {none}, note {note}");
    // And the county is not ranked in the year after it closed.
    assert!(table.rows(&["la_code=909", "period=2024"]).is_empty());
}

#[test]
fn a_release_is_its_folder_and_not_the_years_of_its_data() {
    let bench = Bench::new();
    bench.pipeline(
        "counts",
        "title = \"Counts\"\nreturn = \"care\"\nperiod_ends = \"31 March\"\n[measures.count]\nlabel = \"Count\"\nunit = \"number\"\n[[release]]\nfrom = 2000\nfile = \"old.csv\"\nformat = \"ees\"\ncolumns = { count = \"n\" }\n[[release]]\nfrom = 2018\nfile = \"new.csv\"\nformat = \"ees\"\ncolumns = { count = \"m\" }\n[checks]\nareas = \"some\"\n",
    );
    let file = |column: &str, years: &[(u32, u32)]| {
        let mut text = format!("{EES},{column}\n");
        for (year, count) in years {
            text.push_str(&format!("{year},Reporting year,Local authority,E92000001,England,,,,383,Leeds,{count}\n"));
        }
        text
    };
    // The release of 2017 runs to 2025; the one of 2018 restates 2016 and lacks 2015; 2018-06 comes after 2018.
    bench.returns("care/2017/old.csv", file("n", &[(2015, 1), (2016, 2), (2025, 3)]));
    bench.returns("care/2018/new.csv", file("m", &[(2016, 20), (2017, 30)]));
    bench.returns("care/2018-06/new.csv", file("m", &[(2017, 31)]));
    bench.run().well();
    let table = bench.table("counts");
    assert_eq!(table.words("release"), ["2017", "2018", "2018-06"]);
    assert_eq!(table.len(), 6, "every release is kept");
    let latest = |period: &str| {
        let row = table.row(&["latest=true", &format!("period={period}")]);
        (row.text("release").to_owned(), row.value())
    };
    assert_eq!(latest("2015"), ("2017".to_owned(), 1.0));
    assert_eq!(latest("2016"), ("2018".to_owned(), 20.0), "restated: the latest wins");
    assert_eq!(latest("2017"), ("2018-06".to_owned(), 31.0));
    assert_eq!(latest("2025"), ("2017".to_owned(), 3.0));
    assert_eq!(table.row(&["release=2017", "period=2016"]).value(), 2.0, "and what it was before is kept");
    // Comparisons use the latest rows only.
    let comparisons = bench.table("comparisons");
    let values: Vec<&str> = comparisons.rows(&["period=2016"]).iter().map(|row| row.text("value")).collect();
    assert!(!values.is_empty() && values.iter().all(|value| *value == "20.0"), "{values:?}");
}

#[test]
fn a_break_and_a_gap_are_no_years_change() {
    let bench = Bench::new();
    bench.pipeline(
        "counts",
        "title = \"Counts\"\nreturn = \"care\"\n[measures.count]\nlabel = \"Count\"\nunit = \"number\"\n[[release]]\nfrom = 2000\nfile = \"*.csv\"\nformat = \"ees\"\ncolumns = { count = \"n\" }\n[checks]\nareas = \"some\"\n[[break]]\nperiod = \"2023\"\nnote = \"Person-level collection\"\n",
    );
    let mut text = format!("{EES},n\n");
    for (year, count) in [(2018, 1), (2020, 3), (2022, 5), (2023, 9), (2024, 10)] {
        text.push_str(&format!("{year},Calendar year,Local authority,E92000001,England,,,,383,Leeds,{count}\n"));
    }
    bench.returns("care/2024/a.csv", text);
    bench.run().well();
    let table = bench.table("comparisons");
    let of = |year: u32| {
        let row = table.rows(&[&format!("period={year}")])[0];
        (row.text("change").to_owned(), row.text("change_note").is_empty())
    };
    assert_eq!(of(2020), (String::new(), false), "two years apart");
    assert_eq!(of(2023), (String::new(), false), "a break");
    assert_eq!(of(2024), ("1.0".to_owned(), true));
}
