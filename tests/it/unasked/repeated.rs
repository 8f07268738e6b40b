//! A correction is remembered: a newer release that has the wrong figure again is asked about.

use super::table::{PIPELINE, file, rows, said};
use crate::harness::{Bench, Ran};

/// Two releases of the sound table; Leeds of 2021 has `cell` plans in the newer one, whose rows are changed by `newer`.
/// In the older one it has 12, which is corrected to what is right.
fn repeated(cell: &str, more: &str, newer: impl Fn(String) -> String) -> Ran {
    let mut wrong = rows();
    let leeds = wrong.iter().position(|row| row.is("Leeds", 2021)).expect("Leeds");
    let right = wrong[leeds].cells[0].clone();
    wrong[leeds].cells[0] = "12".to_owned();
    let correction = format!(
        "[[correction]]\nrelease = \"2023\"\nwhere = {{ la_name = \"Leeds\", time_period = \"2021\" }}\ncolumn = \"plans\"\nfrom = \"12\"\nto = \"{right}\"\nreason = \"Told\"\n"
    );
    let bench = Bench::new();
    bench.pipeline("plans", &format!("{PIPELINE}{more}{correction}"));
    bench.returns("sen2/2023/plans.csv", file(&wrong));
    wrong[leeds].cells[0] = if cell.is_empty() { right } else { cell.to_owned() };
    // It says something newer, so that it is no old file.
    wrong.iter_mut().filter(|row| row.year == 2023).for_each(|row| row.cells[2] = (row.number(2) + 1.0).to_string());
    bench.returns("sen2/2024/plans.csv", newer(file(&wrong)));
    bench.run()
}

#[test]
fn a_wrong_figure_that_comes_back_in_the_next_release_is_asked_about() {
    let ran = repeated("12", "", |text| text);
    let found = ran.finding("correction-repeated");
    assert!(
        found.message.starts_with("`plans` is corrected from `12` to `")
            && found.message.contains("in release 2023; release 2024 has the wrong one again: Leeds, 2021"),
        "{}",
        found.message
    );
    assert!(found.help.contains("release = \"2024\""), "{}", found.help);
    assert_eq!(found.place.file, "sen2/2024/plans.csv");
}

#[test]
fn one_that_was_put_right_or_is_another_says_nothing() {
    for cell in ["", "13"] {
        assert!(repeated(cell, "", |text| text).all("correction-repeated").is_empty(), "{cell}");
    }
}

#[test]
fn it_is_found_under_another_header_and_another_spelling() {
    let block = "[[release]]\nfrom = 2024\nfile = \"plans.csv\"\nformat = \"ees\"\ncolumns = { plans = \"all_plans\", new = \"new\", ended = \"ended\" }\n";
    let other =
        |text: String| text.replace("la_name,plans", "la_name,all_plans").replace("\"Leeds\"", "Leeds City Council");
    let ran = repeated("12", block, other);
    assert!(ran.finding("correction-repeated").message.contains("Leeds, 2021"), "{}", said(&ran));
}

#[test]
fn a_correction_of_the_newer_release_or_an_acceptance_settles_it() {
    let correction = "[[correction]]\nrelease = \"2024\"\nwhere = { la_name = \"Leeds\", time_period = \"2021\" }\ncolumn = \"plans\"\nfrom = \"12\"\nto = \"900\"\nreason = \"Told again\"\n";
    let accept =
        "[[accept]]\nrelease = \"2024\"\narea = \"Leeds\"\nperiod = \"2021\"\nreason = \"It is 12 after all\"\n";
    for settled in [correction, accept] {
        assert!(repeated("12", settled, |text| text).all("correction-repeated").is_empty(), "{settled}");
    }
}
