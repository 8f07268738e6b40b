//! The yearly refresh rehearsed: SEN2 from 2023 to 2025 with the publisher's headers and invented values, and a drift of
//! each kind in the newest file. Each time: what `run` says, what `inspect` proposes, and that the proposal, pasted into
//! the pipeline, makes `run` pass with the figures that the file would have given without the drift.

use std::path::Path;

use abreast::intake::Inspect;
use abreast::intake::inspect::{Seen, look};

use crate::diff::rewrite;
use crate::explain::sample;
use crate::harness::{Bench, Ods, Ran, ods, snapshot};

const NEWEST: &str = "returns/sen2/2025/timeliness_20_week.csv";

/// The header of the one file of the release of 2023.
const MI: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,la_name,ass_nodecision,ass_nodecision_ehc,ass_none,ass_none_ehc,ass_none_ehc_pc,ass_refused,ass_refused_ehc,ass_refused_ehc_pc,assessment_mediation,assessment_tribunal,assessment_w,assessments,direct_pay_education,direct_pay_health,direct_pay_integrated,direct_pay_socialcare,discontinued_abroad,discontinued_age,discontinued_deceased,discontinued_employment,discontinued_unknown,discontinued_engage,discontinued_he,discontinued_lea,discontinued_lea_ehc,discontinued_lea_noncomp,discontinued_left,discontinued_left_ehc,discontinued_met,discontinued_met_ehc,discontinued_met_noncomp,discontinued_other,discontinued_other_ehc,discontinued_other_noncomp,discontinued_total,inc_exc_20week_ehc,inc_exc_20week_rate,inc_exc_26week,inreq_ehc,inreq_ehc_a,inreq_ehc_w,inreq_ehc_y,inreq_rya_ehc,mainstream_to_home,mainstream_to_home_ehc,mainstream_to_special,mainstream_to_special_ehc,new_all_ehc,new_all_ehc_ass_none_ehc_sum,new_all_ehc_pc,no_exc_20week_ehc,no_exc_20week_rate,no_exc_26week,org_arrangements,other_mediation,other_tribunal,total_tribunal,personal_budgets,request_mediation,request_tribunal,special_to_home,special_to_home_ehc,special_to_mainstream,special_to_mainstream_ehc,statements_no_ehc,statements_to_ehc,tot_inc_exc,tot_inc_exc_ehc,tot_no_exc,tot_no_exc_ehc,total_mediation,total_tribunal_followed_mediation,total_tribunal_pc";

/// The pipeline of the repository with the releases of 2023, 2024 and 2025.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.own("sen2_timeliness");
    for release in ["2024", "2025"] {
        let name = format!("sen2/{release}/timeliness_20_week.csv");
        bench.returns(&name, std::fs::read(sample().join(&name)).expect("a sample"));
    }
    bench.returns("sen2/2023/sen2_mi.csv", mi(&sample().join("sen2/2024/timeliness_20_week.csv")));
    bench
}

/// The release of 2023: the figures of the next one up to 2022 under their old names, everything else withheld.
fn mi(next: &Path) -> String {
    let mut reader = csv::Reader::from_path(next).expect("a sample");
    let header = reader.headers().expect("a header").clone();
    let old = [
        ("tot_no_exc_ehc", "plans_issued_den_ex"),
        ("tot_inc_exc_ehc", "plans_issued_den"),
        ("no_exc_20week_ehc", "plans_issued_20_weeks_ex"),
        ("no_exc_20week_rate", "PC_plans_issued_20_weeks_ex"),
        ("inc_exc_20week_ehc", "plans_issued_within_20_weeks"),
        ("inc_exc_20week_rate", "pc_plans_issued_within_20_weeks"),
    ];
    let mut text = format!("{MI}\n");
    for record in reader.records().map(|record| record.expect("a row")) {
        let cell = |name: &str| {
            let at = header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
            at.and_then(|at| record.get(at))
        };
        let whole = cell("breakdown").is_some_and(|text| text.starts_with("All"));
        if !whole || cell("time_period") == Some("2023") {
            continue;
        }
        let named = |name: &str| old.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new).to_owned();
        let cells = MI.split(',').map(|name| format!("\"{}\"", cell(&named(name)).unwrap_or("x")));
        text += &(cells.collect::<Vec<_>>().join(",") + "\n");
    }
    text
}

/// Rewrites the text of the newest file.
fn drift(bench: &Bench, change: impl Fn(String) -> String) {
    let text = std::fs::read_to_string(bench.path(NEWEST)).expect("text");
    bench.file(NEWEST, change(text));
}

/// What `inspect` says of a file on the bench, which is of the release 2025.
fn seen(bench: &Bench, file: &str, table: &str) -> Seen {
    let options = Inspect {
        file: bench.path(file),
        release: Some("2025".to_owned()),
        table: Some(table.to_owned()),
        r#return: None,
        sheet: None,
        returns: Some(bench.path("returns")),
        pipelines: abreast::home::PipelineFiles { folder: Some(bench.path("pipelines")) },
    };
    look(&options).expect("readable")
}

/// The part of what was said that is about the drift: from `drifted` to the block.
fn proposal(seen: &Seen) -> String {
    let from = seen.text.find("drifted from").expect("a drift");
    let until = seen.text[from..].find("add to ").expect("a block") + from;
    seen.text[from..until].to_owned()
}

/// Pastes the proposed block behind the last one, as an analyst would, and runs.
fn pasted(bench: &Bench, seen: &Seen) -> Ran {
    assert!(!seen.undecided && seen.text.contains("no error"), "{}", seen.text);
    let (name, pipeline) = &seen.proposed[0];
    let block = &pipeline[pipeline.rfind("[[release]]").expect("a block")..];
    let block = block.split("\n\n").next().expect("a block");
    assert!(seen.text.contains(block.trim_end()), "what is pasted is what was printed: {}", seen.text);
    bench.pipeline(name, pipeline);
    bench.run()
}

/// The latest figures of the bench's table: place, period, breakdown, measure and value.
fn figures(bench: &Bench) -> Vec<String> {
    let table = bench.table("sen2_timeliness");
    let columns = ["ons_code", "area_name", "period", "breakdown_topic", "breakdown", "measure", "value", "status"];
    let rows = table.rows(&["latest=true"]);
    rows.iter().map(|row| columns.map(|column| row.text(column)).join(" ")).collect()
}

/// The figures without any drift.
fn undrifted() -> Vec<String> {
    let bench = bench();
    let ran = bench.run().well();
    assert!(ran.all("not-allowed").is_empty() && ran.all("restated").is_empty(), "{}", ran.stderr);
    assert_eq!(bench.table("sen2_timeliness").words("release"), ["2023", "2024", "2025"]);
    figures(&bench)
}

/// What was printed of findings with one of `codes`, in order.
fn said(ran: &Ran, codes: &[&str]) -> String {
    let found = ran.findings.iter().filter(|finding| codes.contains(&finding.code.as_str()));
    found.map(|finding| format!("{finding}\n")).collect()
}

#[test]
fn columns_renamed_recased_moved_and_added() {
    let bench = bench();
    drift(&bench, |text| {
        let text = text.replacen(",plans_issued_den_ex,", ",plans_issued_denominator_ex,", 1);
        let text = text.replacen(",pc_plans_issued_within_20_weeks,", ",PC_PLANS_ISSUED_WITHIN_20_WEEKS,", 1);
        // The last column comes first, and a new one last.
        let turned = text.trim_start_matches('\u{feff}').lines().enumerate().map(|(number, line)| {
            let (rest, last) = line.rsplit_once(',').expect("columns");
            format!("{last},{rest},{}\n", if number == 0 { "plans_issued_median_weeks" } else { "19" })
        });
        turned.collect()
    });
    let ran = bench.run();
    assert_eq!((ran.code, bench.has("sen2_timeliness")), (1, false));
    snapshot("rehearsal/columns_run.txt", &said(&ran, &["missing-column", "unmapped-column"]));
    let seen = seen(&bench, NEWEST, "sen2_timeliness");
    snapshot("rehearsal/columns_inspect.txt", &proposal(&seen));
    pasted(&bench, &seen).well();
    assert_eq!(figures(&bench), undrifted());
}

#[test]
fn labels_of_topics_and_breakdowns_changed() {
    let bench = bench();
    drift(&bench, |text| text.replace(",Sex,Male,", ",Sex,Boys,").replace(",Sex,Female,", ",Sex,Girls,"));
    snapshot("rehearsal/breakdowns_run.txt", &said(&bench.run().well(), &["not-allowed"]));
    drift(&bench, |text| text.replace(",Sex,", ",Gender,"));
    let ran = bench.run().well();
    snapshot("rehearsal/labels_run.txt", &said(&ran, &["not-allowed"]));
    assert_ne!(figures(&bench), undrifted(), "the series is cut in two");
    let seen = seen(&bench, NEWEST, "sen2_timeliness");
    snapshot("rehearsal/labels_inspect.txt", &proposal(&seen));
    let ran = pasted(&bench, &seen).well();
    assert!(ran.all("not-allowed").is_empty(), "{}", ran.stderr);
    assert_eq!(figures(&bench), undrifted());
}

#[test]
fn two_labels_that_fit_alike_are_both_named_and_neither_is_taken() {
    let bench = bench();
    // Women stand twice under new words: nothing tells which is the old one.
    drift(&bench, |text| {
        let twice = |line: &str| match line.contains(",Sex,Female,") {
            true => format!("{}\n{}\n", line.replace(",Female,", ",Girls,"), line.replace(",Female,", ",Women,")),
            false => format!("{line}\n"),
        };
        text.lines().map(twice).collect()
    });
    let seen = seen(&bench, NEWEST, "sen2_timeliness");
    snapshot("rehearsal/labels_two_fit.txt", &proposal(&seen));
    assert!(seen.undecided && !seen.proposed[0].1.contains("= \"Female\""), "{}", seen.text);
}

#[test]
fn two_columns_that_fit_alike_are_both_named_and_neither_is_taken() {
    let bench = bench();
    rewrite(&bench.path(NEWEST), &|at, row| {
        row[at("plans_issued_gt_1_year")] = row[at("plans_issued_den_ex")].clone();
        true
    });
    drift(&bench, |text| {
        text.replacen(",plans_issued_den_ex,", ",issued_ex_a,", 1).replacen(
            ",plans_issued_gt_1_year,",
            ",issued_ex_b,",
            1,
        )
    });
    let seen = seen(&bench, NEWEST, "sen2_timeliness");
    let text = proposal(&seen);
    assert!(text.contains("TWO FIT, say which: `issued_ex_a`") && text.contains("or `issued_ex_b`"), "{text}");
    assert!(seen.undecided && !seen.proposed[0].1.contains("= \"issued_ex_"), "{}", seen.text);
}

#[test]
fn a_header_that_stands_twice() {
    // The second is another column: the figures say that the first is the one.
    let bench = bench();
    drift(&bench, |text| text.replacen(",plans_issued_gt_1_year,", ",plans_issued_den_ex,", 1));
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    snapshot("rehearsal/twice_run.txt", &said(&ran, &["missing-column", "unmapped-column"]));
    let first = seen(&bench, NEWEST, "sen2_timeliness");
    snapshot("rehearsal/twice_inspect.txt", &proposal(&first));
    pasted(&bench, &first).well();
    assert_eq!(figures(&bench), undrifted());
}

#[test]
fn a_header_that_stands_in_the_place_of_another() {
    // The first column of that name is the plans without exceptions, whose own name is gone.
    let bench = bench();
    drift(&bench, |text| text.replacen(",plans_issued_den,", ",plans_issued_den_ex,", 1));
    assert_eq!(bench.run().code, 1);
    let seen = seen(&bench, NEWEST, "sen2_timeliness");
    snapshot("rehearsal/swapped_inspect.txt", &proposal(&seen));
    pasted(&bench, &seen).well();
    assert_eq!(figures(&bench), undrifted());
}

#[test]
fn a_figure_that_was_withdrawn() {
    let bench = bench();
    let whole = std::fs::read(bench.path(NEWEST)).expect("the file");
    bench.run().well();
    rewrite(&bench.path(NEWEST), &|at, row| {
        if row[at("la_name")] == "Camden" && row[at("time_period")] == "2023" && row[at("breakdown")].starts_with("All")
        {
            for name in ["plans_issued_den_ex", "plans_issued_20_weeks_ex", "PC_plans_issued_20_weeks_ex"] {
                row[at(name)] = "c".to_owned();
            }
        }
        true
    });
    bench.run().well();
    let camden = ["latest=true", "la_code=202", "period=2023", "breakdown_topic=Total", "measure=timeliness_20_weeks"];
    let table = bench.table("sen2_timeliness");
    let figure = table.row(&camden);
    assert_eq!((figure.text("value"), figure.text("status"), figure.text("raw")), ("", "confidential", "c"));
    let diff = bench.abreast(&["diff", "out/previous", "out"]);
    assert!(diff.stdout.contains("withdrawn timeliness_20_weeks, Camden, 2023"), "{}{}", diff.stdout, diff.stderr);
    // Nothing to write: a mark is not another layout.
    let seen = seen(&bench, NEWEST, "sen2_timeliness");
    assert!(seen.text.contains("nothing to write") && !seen.undecided, "{}", seen.text);
    bench.file(NEWEST, whole);
    bench.run().well();
    assert!(bench.abreast(&["diff", "out/previous", "out"]).stdout.contains("reinstated timeliness_20_weeks, Camden"));
}

#[test]
fn the_code_of_an_abolished_council_comes_back() {
    let bench = bench();
    // Buckinghamshire's code before it became unitary in 2020.
    drift(&bench, |text| text.replace(",E06000060,825,", ",E10000002,825,"));
    let ran = bench.run().well();
    snapshot("rehearsal/code_run.txt", &said(&ran, &["code-regressed"]));
    assert_eq!(figures(&bench), undrifted(), "the register's code is published");
    let seen = seen(&bench, NEWEST, "sen2_timeliness");
    assert!(seen.text.contains("nothing to write") && !seen.undecided, "{}", seen.text);
}

#[test]
fn an_authority_that_vanished() {
    let bench = bench();
    drift(&bench, |text| {
        let gone = |line: &&str| !(line.starts_with("2024,") && line.contains(",202,Camden,"));
        text.trim_start_matches('\u{feff}').lines().filter(gone).map(|line| format!("{line}\n")).collect()
    });
    let ran = bench.run().well();
    snapshot("rehearsal/vanished_run.txt", &said(&ran, &["authority-absent"]));
    // Declared, it is said no more.
    let own = crate::harness::own_pipeline("sen2_timeliness");
    bench.pipeline("sen2_timeliness", &own.replacen("absent = { ", "absent = { \"2024\" = [\"202\"], ", 1));
    let said = bench.run().well();
    assert!(!said.all("authority-absent").iter().any(|finding| finding.message.contains("Camden")), "{}", said.stderr);
}

/// Inspections in the publisher's layout: two lines of title, the header in row 3.
fn inspections(sheets: &[&str]) -> Vec<u8> {
    let header = [
        "Web link",
        "Local authority name",
        "Ofsted region",
        "Inspection date",
        "Overall effectiveness",
        "Impact of leaders",
        "Experiences and progress of children who need help and protection",
        "Experiences and progress of children in care",
        "Experiences and progress of care leavers",
    ];
    let places = ["Birmingham", "Camden", "Leeds", "Kent", "Coventry"];
    let rows = || {
        let mut rows: Vec<Vec<Ods<'_>>> = vec![vec![Ods::Text("Inspection outcomes")], vec![Ods::Text("Simulated")]];
        rows.push(header.iter().map(|name| Ods::Text(name)).collect());
        for place in places {
            let words = ["https://reports", place, "Region", "1 March 2024", "Good", "Good", "Good", "Good", "Good"];
            rows.push(words.iter().map(|word| Ods::Text(word)).collect());
        }
        rows
    };
    let rows: Vec<(&str, Vec<Vec<Ods<'_>>>)> = sheets.iter().map(|name| (*name, rows())).collect();
    let sheets: Vec<(&str, &[Vec<Ods<'_>>])> = rows.iter().map(|(name, rows)| (*name, rows.as_slice())).collect();
    ods(&sheets, true)
}

const WORKBOOK: &str = "returns/ofsted/2025/la_inspection_outcomes_31_march_2025.ods";

#[test]
fn a_workbook_whose_sheet_has_another_name() {
    let bench = Bench::new();
    bench.own("ofsted_childrens_services");
    let old = inspections(&["Contents_Inspections", "Inspections_31_March_2024"]);
    bench.returns("ofsted/2024/la_inspection_outcomes_31_march_2024.ods", old);
    bench.run().well();
    bench.file(WORKBOOK, inspections(&["Outcomes at March 2025"]));
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    snapshot("rehearsal/sheet_run.txt", &said(&ran, &["no-sheet"]));
    let seen = seen(&bench, WORKBOOK, "ofsted_childrens_services");
    snapshot("rehearsal/sheet_inspect.txt", &proposal(&seen));
    pasted(&bench, &seen).well();
    assert_eq!(bench.table("ofsted_childrens_services").words("release"), ["2024", "2025"]);
}

#[test]
fn two_sheets_that_fit_alike_are_both_named() {
    let bench = Bench::new();
    bench.own("ofsted_childrens_services");
    bench.file(WORKBOOK, inspections(&["Outcomes A", "Outcomes B"]));
    let seen = seen(&bench, WORKBOOK, "ofsted_childrens_services");
    assert!(
        seen.undecided && seen.text.contains("TWO FIT, say which: sheet `Outcomes A` or `Outcomes B`"),
        "{}",
        seen.text
    );
    assert!(!seen.proposed[0].1.contains("\"Outcomes"), "neither is taken: {}", seen.text);
}
