//! Areas against each other: parts and wholes by the register, who is in which region, who has whose figures.

use super::table::{Row, one, rows, said, spoiled};

#[test]
fn a_region_that_is_not_the_sum_of_its_authorities_is_named() {
    let ran = one("North East", 2023, |row| row.cells[0] = (row.number(0) * 1.1).round().to_string()).well();
    let differs: String = ran.all("sum-differs").iter().map(|finding| finding.message.as_str()).collect();
    assert!(differs.contains("North East, 2023: `plans`") && differs.contains("12 authorities"), "{}", said(&ran));
    let ran = one("England", 2023, |row| row.cells[1] = (row.number(1) * 1.1).round().to_string()).well();
    assert!(ran.finding("sum-differs").message.starts_with("England, 2023: `new`"), "{}", said(&ran));
}

#[test]
fn regions_that_have_each_others_figures_are_found() {
    let ran = spoiled("", |rows| {
        let at = |rows: &[Row], name: &str| rows.iter().position(|row| row.is(name, 2023)).expect("a row");
        let (a, b) = (at(rows, "North East"), at(rows, "South East"));
        let (one, other) = (rows[a].cells.clone(), rows[b].cells.clone());
        (rows[a].cells, rows[b].cells) = (other, one);
    });
    let text = said(&ran.well());
    assert!(text.contains("North East, 2023") && text.contains("South East, 2023"), "{text}");
}

#[test]
fn parts_that_are_withheld_or_rounded_are_no_alarm() {
    let withheld = spoiled("", |rows| {
        let small = |row: &&mut Row| row.level == "Local authority" && row.number(2) < 30.0;
        rows.iter_mut().filter(small).for_each(|row| row.cells[2] = "c".to_owned());
    });
    assert!(withheld.well().all("sum-differs").is_empty());
    let rounded = spoiled("", |rows| {
        let round = |cell: &mut String| *cell = ((cell.parse::<f64>().unwrap() / 5.0).round() * 5.0).to_string();
        rows.iter_mut().for_each(|row| row.cells.iter_mut().for_each(round));
    });
    assert_eq!(said(&rounded.well()), "");
}

#[test]
fn two_authorities_with_each_others_figures_are_both_named() {
    let ran = spoiled("", |rows| {
        let at = |rows: &[Row], name: &str| rows.iter().position(|row| row.is(name, 2023)).expect("a row");
        let (a, b) = (at(rows, "Leeds"), at(rows, "Cornwall"));
        let (one, other) = (rows[a].cells.clone(), rows[b].cells.clone());
        (rows[a].cells, rows[b].cells) = (other, one);
    });
    let ran = ran.well();
    let text = said(&ran);
    assert!(text.contains("Leeds") && text.contains("Cornwall"), "{text}");
    assert!(ran.finding("swapped").message.contains("`Leeds` and `Cornwall`"), "{text}");
}

#[test]
fn figures_that_slipped_down_a_row_and_figures_filled_down_are_found() {
    let ran = spoiled("", |rows| {
        let mine: Vec<usize> =
            (0..rows.len()).filter(|&at| rows[at].year == 2023 && rows[at].level == "Local authority").collect();
        let cells: Vec<String> = mine.iter().map(|&at| rows[at].cells[0].clone()).collect();
        mine.iter()
            .zip(cells.iter().cycle().skip(cells.len() - 1))
            .for_each(|(&at, cell)| rows[at].cells[0].clone_from(cell));
    });
    let ran = ran.well();
    let scattered: Vec<&str> = ran.all("all-scattered").iter().map(|finding| finding.message.as_str()).collect();
    assert!(scattered.iter().any(|message| message.starts_with("`plans`: the figures of 2023")), "{scattered:?}");
    let ran = spoiled("", |rows| {
        let mine = |row: &&mut Row| row.year == 2023 && row.level == "Local authority";
        rows.iter_mut().filter(mine).for_each(|row| row.cells[1] = "77".to_owned());
    });
    assert!(ran.well().finding("all-equal").message.contains("`new`: all"));
}

#[test]
fn a_row_that_is_said_to_be_in_another_region_is_named() {
    let elsewhere = ("E12000009".to_owned(), "South West".to_owned());
    let ran = one("Leeds", 2023, |row| row.region = elsewhere.clone()).well();
    let finding = ran.finding("region-of-authority");
    assert!(finding.message.contains("Leeds (383)") && finding.message.contains("South West"), "{}", finding.message);
    let half = ("E13000001".to_owned(), "Inner London".to_owned());
    assert_eq!(said(&one("Camden", 2023, |row| row.region = half.clone()).well()), "");
    let ran = one("North East", 2023, |row| row.region.0 = "E12000009".to_owned());
    assert_eq!(ran.code, 1);
    let message = &ran.all("region-disagrees")[0].message;
    assert!(message.contains("South West") && message.contains("North East"), "{message}");
}

#[test]
fn a_corrected_figure_stands_beside_totals_that_are_not() {
    let mut rows = rows();
    let row = rows.iter_mut().find(|row| row.is("Leeds", 2023)).expect("a row");
    let right = row.cells[0].clone();
    let wrong = (row.number(0) + 300.0).to_string();
    let correction = format!(
        "[[correction]]\nrelease = \"2023\"\nwhere = {{ la_name = \"Leeds\", time_period = \"2023\" }}\ncolumn = \"plans\"\nfrom = \"{wrong}\"\nto = \"{right}\"\nreason = \"Told\"\n"
    );
    row.cells[0] = wrong;
    // Region and England were published with the error.
    for name in ["Yorkshire and The Humber", "England"] {
        let above = rows.iter_mut().find(|row| row.is(name, 2023)).expect("a row");
        above.cells[0] = (above.number(0) + 300.0).to_string();
    }
    let ran = super::table::bench(&correction, &rows).run().well();
    assert_eq!(said(&ran), "", "a sum that a correction explains is no alarm");
    let note = &ran.finding("correction-not-above").message;
    assert!(note.contains("Leeds, 2023") && note.contains("Yorkshire and The Humber, England"), "{note}");
}
