//! `inspect`: it knows a file, proposes the block of one that drifted, and does not guess where two columns fit.

use std::path::{Path, PathBuf};

use abreast::intake::Inspect;
use abreast::intake::inspect::{Seen, look};

use super::diff::rewrite;
use super::explain::{copy, sample};

const FILE: &str = "sen2/2025/timeliness_20_week.csv";

fn seen(file: &Path) -> Seen {
    let options = Inspect {
        file: file.to_owned(),
        release: Some("2026".to_owned()),
        table: None,
        r#return: None,
        sheet: None,
        returns: Some(sample()),
        pipelines: abreast::home::PipelineFiles::default(),
    };
    look(&options).expect("readable")
}

/// A copy of the newest sample file whose text `change` rewrites.
fn drifted(folder: &Path, change: &dyn Fn(String) -> String) -> PathBuf {
    let file = folder.join("timeliness_20_week.csv");
    let text = std::fs::read_to_string(sample().join(FILE)).expect("text");
    std::fs::write(&file, change(text.trim_start_matches('\u{feff}').to_owned())).expect("written");
    file
}

#[test]
fn a_file_that_fits_needs_nothing() {
    let seen = seen(&sample().join(FILE));
    assert!(seen.text.contains("fits `sen2_timeliness`: the block from 2024"), "{}", seen.text);
    assert!(seen.text.contains("levels      Local authority, National, Regional"), "{}", seen.text);
    assert!(seen.text.contains("no error") && seen.proposed.is_empty() && !seen.undecided, "{}", seen.text);
}

#[test]
fn renamed_columns_are_found_by_name_and_by_their_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = drifted(folder.path(), &|text| {
        let text = text.replacen(",plans_issued_den_ex,", ",plans_issued_denominator_ex,", 1);
        // Nothing in this name says what it is; only its cells do.
        let text = text.replacen(",PC_plans_issued_20_weeks_ex,", ",share_in_time,", 1);
        let text = text.replacen(",plans_issued_gt_1_year,", ",waited_long,", 1);
        let longer = |(at, line): (usize, &str)| format!("{line},{}\n", if at == 0 { "looked_at_by" } else { "DfE" });
        text.lines().enumerate().map(longer).collect()
    });
    let seen = seen(&file);
    let text = &seen.text;
    assert!(text.contains("plans_issued_ex `plans_issued_den_ex` -> `plans_issued_denominator_ex`"), "{text}");
    assert!(text.contains("timeliness_20_weeks `PC_plans_issued_20_weeks_ex` -> `share_in_time`"), "{text}");
    assert!(text.contains("plans_issued_over_a_year `plans_issued_gt_1_year` -> `waited_long`"), "{text}");
    assert!(text.matches(": sure").count() == 3, "{text}");
    assert!(text.contains("new column `looked_at_by`: ignored"), "{text}");
    assert!(text.contains("no error") && !seen.undecided, "{text}");
    let (name, pipeline) = &seen.proposed[0];
    assert_eq!(name, "sen2_timeliness");
    assert!(pipeline.contains("plans_issued_ex = \"plans_issued_denominator_ex\""), "{pipeline}");
    assert!(pipeline.contains("plans_issued_ex = \"plans_issued_den_ex\""), "the old block stays: {pipeline}");
}

#[test]
fn nothing_is_guessed_where_two_columns_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = drifted(folder.path(), &|text| text);
    rewrite(&file, &|at, row| {
        row[at("plans_issued_gt_1_year")] = row[at("plans_issued_den_ex")].clone();
        true
    });
    let text = std::fs::read_to_string(&file).expect("text");
    let text = text.replacen(",plans_issued_den_ex,", ",issued_den_ex_a,", 1);
    std::fs::write(&file, text.replacen(",plans_issued_gt_1_year,", ",issued_den_ex_b,", 1)).expect("written");
    let seen = seen(&file);
    assert!(seen.text.contains("TWO FIT, say which: `issued_den_ex_a`") && seen.undecided, "{}", seen.text);
    assert!(!seen.proposed[0].1.contains("= \"issued_den_ex_"), "neither is mapped: {}", seen.text);
}

#[test]
fn a_header_that_moved_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = drifted(folder.path(), &|text| format!("Timeliness of plans\n\n{text}"));
    let seen = seen(&file);
    assert!(seen.text.contains("header in row 3") && seen.proposed[0].1.contains("header    = 3"), "{}", seen.text);
    assert!(seen.text.contains("no error"), "{}", seen.text);
}

#[test]
fn an_unknown_workbook_gets_a_whole_pipeline_that_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("home to school transport.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("By authority").expect("a name");
    sheet.write(0, 0, "Home to school transport, pupils and share").expect("written");
    for (column, name) in
        ["LA code", "Local authority", "Year", "Phase", "Pupils", "Share of pupils (%)"].iter().enumerate()
    {
        sheet.write(3, column as u16, *name).expect("written");
    }
    let authorities = [
        (330, "Birmingham"),
        (383, "Leeds"),
        (202, "Camden"),
        (886, "Kent"),
        (352, "Manchester"),
        (373, "Sheffield"),
        (302, "Barnet"),
        (303, "Bexley"),
        (304, "Brent"),
        (305, "Bromley"),
        (306, "Croydon"),
        (307, "Ealing"),
        (308, "Enfield"),
        (309, "Haringey"),
        (310, "Harrow"),
        (311, "Havering"),
        (312, "Hillingdon"),
        (313, "Hounslow"),
        (314, "Kingston upon Thames"),
        (315, "Merton"),
        (316, "Newham"),
        (317, "Redbridge"),
    ];
    let mut row = 4;
    for (code, name) in authorities {
        for phase in ["Primary", "Secondary"] {
            sheet.write(row, 0, code).expect("written");
            sheet.write(row, 1, name).expect("written");
            sheet.write(row, 2, "2023/24").expect("written");
            sheet.write(row, 3, phase).expect("written");
            sheet.write(row, 4, row * 7).expect("written");
            if name == "Camden" { sheet.write(row, 5, "~") } else { sheet.write(row, 5, f64::from(row) / 10.0) }
                .expect("written");
            row += 1;
        }
    }
    book.save(&file).expect("saved");
    let seen = seen(&file);
    let text = &seen.text;
    assert!(
        text.contains("fits no pipeline; a new one") && text.contains("tried: 88 observations from 44 rows, no error"),
        "{text}"
    );
    for line in [
        "header        = 4",
        "area          = { code = \"LA code\", name = \"Local authority\" }",
        "period_column = \"Year\"",
        "filters       = [\"Phase\"]",
        "symbols       = { \"~\" = \"not_available\" }",
        "unit  = \"percent\"",
    ] {
        assert!(seen.proposed[0].1.contains(line), "{line} is not in {text}");
    }
}

#[test]
fn a_proposed_block_makes_the_next_run_green() {
    let folder = tempfile::tempdir().expect("a folder");
    let returns = folder.path().join("returns");
    copy(&sample(), &returns);
    let file =
        drifted(folder.path(), &|text| text.replacen(",plans_issued_den_ex,", ",plans_issued_denominator_ex,", 1));
    let proposed = seen(&file).proposed.remove(0);
    let pipelines = folder.path().join("pipelines");
    std::fs::create_dir_all(&pipelines).expect("a folder");
    std::fs::write(pipelines.join("sen2_timeliness.toml"), proposed.1).expect("written");
    let target = returns.join("sen2/2026");
    std::fs::create_dir_all(&target).expect("a folder");
    std::fs::copy(&file, target.join("timeliness_20_week.csv")).expect("copied");
    let sources = abreast::refresh::Sources {
        returns: Some(returns),
        pipelines: Some(pipelines),
        quiet: true,
        ..Default::default()
    };
    let failed = abreast::commands::check::check(&sources).expect("a check");
    assert!(!failed, "no finding of severity error");
}

#[test]
fn the_areas_are_the_column_with_most_authorities_and_usual_marks_have_their_meaning() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("neet_by_authority.csv");
    let areas = [
        ("Yorkshire and The Humber", "E08000035", "Leeds", "2.1"),
        ("London", "E09000007", "Camden", "[c]"),
        ("London", "E09000033", "Westminster", "4.0"),
        ("London", "E09000012", "Hackney", "2.0"),
        ("West Midlands", "E08000028", "Sandwell", "3.4"),
        ("South West", "E06000023", "Bristol, City of", "[x]"),
    ];
    let mut text = "Region,Local authority code,Local authority,NEET and not known\n".to_owned();
    for (region, code, name, value) in areas {
        text.push_str(&format!("{region},{code},\"{name}\",{value}\n"));
    }
    std::fs::write(&file, text).expect("written");
    let seen = seen(&file);
    assert!(seen.text.contains("name `Local authority`"), "{}", seen.text);
    assert!(seen.text.contains("\"[c]\" = \"confidential\""), "{}", seen.text);
    assert!(seen.text.contains("\"[x]\" = \"not_available\""), "{}", seen.text);
}

/// What is said of a file with `text` that no pipeline knows.
fn unknown(name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    std::fs::write(&file, text).expect("written");
    seen(&file).text
}

#[test]
fn a_few_codes_are_the_area_and_no_figure_whatever_their_column_is_called() {
    for (header, codes) in [("LEA", ["202", "203", "204", "205", "206"]), ("Ref", ["868", "869", "870", "871", "872"])]
    {
        let rows: String =
            codes.iter().zip([17, 403, 88, 9, 251]).map(|(code, n)| format!("{code},2024,{n}\n")).collect();
        let text = unknown("claimants.csv", &format!("{header},Year,Claimants\n{rows}"));
        assert!(text.contains(&format!("code = \"{header}\"")), "{text}");
        assert!(text.contains("[measures.claimants]") && text.contains("no error"), "{text}");
    }
    // Numbers of three digits of which some are no code are figures.
    let text = unknown(
        "claimants.csv",
        "Area,Year,Claimants\nLeeds,2024,383\nCamden,2024,202\nDorset,2024,120\nBarnet,2024,302\n",
    );
    assert!(text.contains("[measures.claimants]") && text.contains("name = \"Area\""), "{text}");
}

#[test]
fn names_that_say_more_than_the_register_are_told_with_whom_they_are_read_as() {
    let names = [
        "Derby CC",
        "Kent",
        "London Borough of Ealing",
        "Leeds",
        "Coventrry",
        "Bury",
        "Wigan",
        "Salford",
        "Barnet",
        "Trafford",
        "Dudley",
    ];
    let mut text = "Local authority,Year,Claimants\n".to_owned();
    for (at, name) in names.iter().enumerate() {
        text += &format!("{name},2024,{}\n", 41 + 3 * at);
    }
    text += "Note: figures are rounded,,\n";
    let text = unknown("claimants.csv", &text);
    assert!(text.contains("`London Borough of Ealing` as Ealing"), "{text}");
    assert!(text.contains("`Coventrry` is likely Coventry"), "{text}");
    assert!(!text.contains("`Leeds` as"), "{text}");
    let dropped = text.lines().find(|line| line.starts_with("drop")).expect("a footnote is dropped");
    assert!(
        dropped.contains("Note: figures are rounded") && names.iter().all(|name| !dropped.contains(name)),
        "{dropped}"
    );
}
