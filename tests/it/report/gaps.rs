//! A year in which the authority has no row and others have one stays in the table of years.

use super::{page_tables, row};
use crate::harness::{Bench, EES, ees};

#[test]
fn a_year_without_a_row_is_a_column_of_the_others_with_the_reason() {
    let bench = Bench::new();
    bench.pipeline(
        "plans",
        "title = \"Plans\"\nreturn = \"sen2\"\n[measures.plans]\nlabel = \"Plans\"\nunit = \"number\"\nbetter = \"low\"\n[[release]]\nfrom = 2023\nfile = \"plans.csv\"\nformat = \"ees\"\ncolumns = { plans = \"plans\" }\n[checks]\nareas = \"some\"\n",
    );
    bench.pipeline(
        "reports/board",
        "title = \"Board\"\nauthority = \"Coventry\"\n[[section]]\nheading = \"Plans\"\nmeasures = [\"plans/plans\"]\ntables = [\"years\"]\n",
    );
    let mut text = format!("{EES},plans\n");
    for year in 2018..=2023 {
        for (place, base) in
            [("England", 900), ("West Midlands", 300), ("Birmingham", 210), ("Coventry", 90), ("Leeds", 77)]
        {
            if place == "Coventry" && (year == 2020 || year == 2021) {
                continue;
            }
            text += &format!("{},{}\n", ees(&year.to_string(), "Calendar year", place), base + year - 2018);
        }
    }
    bench.returns("sen2/2023/plans.csv", text);
    bench.run().well();
    let options =
        ["report", "board", "--out", "out", "--pipelines", "pipelines", "--returns", "returns", "--no-charts"];
    let ran = bench.abreast(&options);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let html = std::fs::read_to_string(bench.path("out/reports/board-coventry.html")).expect("a page");
    assert!(!page_tables(&html).is_empty());
    assert_eq!(row(&html, "Plans", "Area")[1..7].join(" "), "2018 2019 2020 2021 2022 2023");
    assert_eq!(row(&html, "Plans", "England")[1..7].join(" "), "900 901 902 903 904 905");
    assert_eq!(row(&html, "Plans", "West Midlands")[1..7].join(" "), "300 301 302 303 304 305");
    assert_eq!(row(&html, "Plans", "Coventry")[1..7].join(" "), "90 91 not published not published 94 95");
    assert!(html.contains("Coventry, 2020, 2021: no figure was published."), "{html}");
}
