//! Workbooks: the sheet by name, two tables on one sheet, merged captions, dates and percents in every dress, ODS
//! files without a mimetype.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::harness::{Bench, Ods, ods};

fn saved(mut workbook: Workbook) -> Vec<u8> {
    workbook.save_to_buffer().expect("a workbook")
}

fn row(sheet: &mut Worksheet, number: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate() {
        if text.is_empty() {
            continue;
        }
        match text.parse::<f64>() {
            Ok(value) => sheet.write_number(number - 1, column as u16, value).expect("a number"),
            Err(_) => sheet.write_string(number - 1, column as u16, *text).expect("a text"),
        };
    }
}

#[test]
fn statistical_neighbours_under_two_rows_of_letters_and_numbers() {
    let bench = Bench::new();
    bench.own("statistical_neighbours");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Notes").expect("a name");
    let sheet = workbook.add_worksheet().set_name("LA SN Groups").expect("a name");
    let mut names =
        vec!["LA num".to_owned(), "LA Name".to_owned(), "LA number".to_owned(), "GOInd".to_owned(), "GOReg".to_owned()];
    for rank in 1..=10 {
        names.extend([format!("SN{rank}"), "SNP".to_owned()]);
    }
    row(sheet, 1, &["A", "B", "C", "D", "E", "3", "4"]);
    row(sheet, 2, &["1", "2", "3", "4", "5", "6", "7"]);
    row(sheet, 3, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let neighbours = ["331", "335", "352", "353", "354", "380", "390", "391", "392", "393"];
    let mut cells = vec!["330", "Birmingham", "330", "8", "West Midlands"];
    for neighbour in neighbours {
        cells.extend([neighbour, "Very close"]);
    }
    row(sheet, 4, &cells);
    cells[0] = "942";
    cells[1] = "Cumberland";
    for at in (5..cells.len()).step_by(2) {
        cells[at] = "-";
    }
    row(sheet, 5, &cells);
    row(sheet, 7, &["", "Old SNs:"]);
    bench.returns("neighbours/2025/statistical_neighbours_may_2025.xlsx", saved(workbook));
    let ran = bench.run().well();
    let table = bench.table("statistical_neighbours");
    let third = table.row(&["la_code=330", "breakdown=3"]);
    assert_eq!(
        (third.value(), third.text("sheet"), third.text("row"), third.text("column")),
        (352.0, "LA SN Groups", "4", "10")
    );
    assert_eq!(table.row(&["la_code=942", "breakdown=1"]).text("status"), "not_applicable");
    assert!(ran.stderr.contains("left out by rule `drop LA num`: 1"), "{}", ran.stderr);
}

#[test]
fn a_sheet_name_that_contains_the_date() {
    let header = [
        "Web link",
        "Local authority code",
        "Area name",
        "Ofsted region",
        "Inspection start date",
        "Inspection publication date",
        "Inspection outcome: written statement of action required?",
        "Number significant weaknesses identified in written statement of action",
        "Revisit start date",
        "Revisit publication date",
        "Revisit outcome: sufficient progress in addressing all significant weaknesses?",
        "Number significant weaknesses where sufficient progress has been made",
        "Number significant weaknesses where sufficient progress has not been made",
    ];
    let text = |cells: &[&'static str]| cells.iter().map(|cell| Ods::Text(cell)).collect::<Vec<_>>();
    let area = |code: &'static str, name: &'static str, required: &'static str, weaknesses: f64| {
        let mut cells = text(&["link", code, name, "North East, Yorkshire and the Humber"]);
        cells.push(Ods::Date("2016-05-16"));
        cells.push(Ods::Text("21/07/2016"));
        cells.push(Ods::Text(required));
        cells.push(if weaknesses > 0.0 { Ods::Number(weaknesses) } else { Ods::Text("") });
        cells.extend(text(&["Not revisited yet", "", "", "", ""]));
        cells
    };
    let rows = vec![
        text(&["Area SEND inspections"]),
        text(&["Inspections from 1 May 2016 to 31 August 2022"]),
        text(&[""]),
        text(&["This worksheet contains one table"]),
        text(&header),
        area("E08000025", "Birmingham", "Yes", 13.0),
        area("E10000002", "Buckinghamshire", "No", 0.0),
    ];
    // Two official files of 2021 and 2022 were published without the entry that readers ask for.
    for mimetype in [true, false] {
        let bench = Bench::new();
        bench.own("ofsted_area_send");
        let cover = [text(&["Cover"])];
        bench.returns(
            "ofsted/2022/Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods",
            ods(&[("Cover_sheet", &cover), ("Area_SEND_up_to_31_Aug_2022", &rows)], mimetype),
        );
        bench.run().well();
        let table = bench.table("ofsted_area_send");
        assert_eq!(table.words("la_code"), ["330", "825"], "mimetype {mimetype}");
        let statement = table.row(&["measure=written_statement", "la_code=330"]);
        assert_eq!((statement.value(), statement.text("raw")), (1.0, "Yes"));
        assert_eq!(statement.text("sheet"), "Area_SEND_up_to_31_Aug_2022");
        assert_eq!(table.row(&["measure=weaknesses", "la_code=825"]).text("status"), "not_applicable");
    }
}

/// A pipeline over one sheet with a name, a date and two figures.
fn visits(more: &str) -> String {
    format!(
        "title = \"Visits\"\nreturn = \"local\"\n[measures.visits]\nlabel = \"Visits\"\nunit = \"number\"\n[measures.share]\nlabel = \"Share\"\nunit = \"percent\"\n[[release]]\nfrom = 2025\nfile = \"*.*\"\narea = {{ name = \"Local authority\" }}\nperiod_column = \"As at\"\ncolumns = {{ visits = \"Visits\", share = \"Share\" }}\n{more}\n[checks]\nareas = \"some\"\n"
    )
}

#[test]
fn dates_as_text_as_true_dates_and_as_serials_in_text() {
    let bench = Bench::new();
    bench.pipeline("visits", &visits(""));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    row(sheet, 1, &["Local authority", "As at", "Visits", "Share"]);
    row(sheet, 2, &["Leeds", "31/03/2021", "1", "26.200000000000003"]);
    row(sheet, 3, &["Leeds", "", "2", "11.20%"]);
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_with_format(2, 1, ExcelDateTime::from_ymd(2022, 3, 31).expect("a day"), &date).expect("a date");
    row(sheet, 4, &["Leeds", "", "3", "50"]);
    sheet.write_string(3, 1, "45016").expect("a serial in text");
    row(sheet, 5, &["Leeds", "2024-03-31 00:00:00", "1,234", "0.5"]);
    bench.returns("local/2025/visits.xlsx", saved(workbook));
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("visits");
    let ends: Vec<&str> = table.rows(&["measure=visits"]).iter().map(|row| row.text("period_end")).collect();
    assert_eq!(ends, ["2021-03-31", "2022-03-31", "2023-03-31", "2024-03-31"]);
    let shares: Vec<f64> = table.rows(&["measure=share"]).iter().map(|row| row.value()).collect();
    assert_eq!(shares, [26.200000000000003, 11.2, 50.0, 0.5]);
    assert_eq!(table.row(&["measure=visits", "period_end=2024-03-31"]).value(), 1234.0);
}

#[test]
fn a_percent_format_is_a_fraction_beneath_and_scaled() {
    // In the workbook 26.2% is the number 0.262 in a percent format; scale says so.
    let bench = Bench::new();
    bench.pipeline("visits", &visits("scale = { share = 100 }"));
    let rows = vec![
        ["Local authority", "As at", "Visits", "Share"].map(Ods::Text).into_iter().collect::<Vec<_>>(),
        vec![Ods::Text("Leeds"), Ods::Date("2022-03-31"), Ods::Number(1234.0), Ods::Percent(0.262)],
    ];
    bench.returns("local/2025/visits.ods", ods(&[("Sheet1", &rows)], true));
    bench.run().well();
    let table = bench.table("visits");
    let row = table.row(&["measure=share"]);
    assert!((row.value() - 26.2).abs() < 1e-12);
    assert_eq!(row.text("period_end"), "2022-03-31");
}

#[test]
fn two_tables_on_one_sheet_are_read_one_by_one() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Allocations_summary").expect("a name");
    row(sheet, 1, &["Table 1: authorities", "", "", "", "", "Table 2: regions"]);
    row(sheet, 3, &["LA Code", "Name", "High needs", "Total", "", "Region", "High needs", "Total"]);
    row(sheet, 4, &["330", "Birmingham", "100", "200", "", "West Midlands", "900", "1800"]);
    row(sheet, 5, &["383", "Leeds", "50", "80", "", "London", "700", "1500"]);
    row(sheet, 7, &["LA Code", "Name", "High needs", "Total"]);
    row(sheet, 8, &["330", "Birmingham", "1", "2"]);
    let bytes = saved(workbook);
    let pipeline = |range: &str, header: u32, area: &str| {
        format!(
            "title = \"Grant\"\nreturn = \"finance\"\n[measures.high_needs]\nlabel = \"High needs\"\nunit = \"pounds\"\n[[release]]\nfrom = 2021\nfile = \"grant.xlsx\"\nsheet = \"Allocations_*\"\nheader = {header}\nrange = \"{range}\"\nperiod = \"2020-21\"\nperiod_identifier = \"Financial year\"\narea = {area}\ncolumns = {{ high_needs = \"High needs\" }}\nignore = [\"Total\"]\n[checks]\nareas = \"some\"\n"
        )
    };
    let bench = Bench::new();
    bench.pipeline("first", &pipeline("A3:D5", 3, "{ code = \"LA Code\", name = \"Name\" }"));
    bench.pipeline("second", &pipeline("F3:H5", 3, "{ name = \"Region\" }"));
    bench.pipeline("third", &pipeline("A7:D8", 7, "{ code = \"LA Code\", name = \"Name\" }"));
    bench.returns("finance/2021/grant.xlsx", bytes);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let first = bench.table("first");
    assert_eq!((first.len(), first.row(&["la_code=330"]).value()), (2, 100.0));
    assert_eq!((first.words("period_start"), first.words("period_end")), (vec!["2020-04-01"], vec!["2021-03-31"]));
    let second = bench.table("second");
    assert_eq!((second.len(), second.row(&["area_name=London"]).value()), (2, 700.0));
    assert_eq!(second.row(&["area_name=London"]).text("column"), "7");
    let third = bench.table("third");
    assert_eq!((third.len(), third.row(&["la_code=330"]).value()), (1, 1.0));
}

#[test]
fn merged_captions_over_three_rows_and_footnotes_below() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("INDEX").expect("a name");
    let sheet = workbook.add_worksheet().set_name("Table LA4").expect("a name");
    let plain = Format::new();
    row(sheet, 1, &["Back to index"]);
    row(sheet, 2, &["Table LA4:  Children who have been looked after"]);
    row(sheet, 3, &["Years: 2016"]);
    row(sheet, 4, &["Coverage: England"]);
    sheet.merge_range(5, 0, 7, 2, "LA Code", &plain).expect("merged");
    sheet.merge_range(5, 3, 7, 3, "Number of children looked after", &plain).expect("merged");
    sheet.merge_range(5, 4, 5, 7, "Number of children by SEN", &plain).expect("merged");
    sheet.merge_range(6, 4, 6, 5, "No SEN", &plain).expect("merged");
    sheet.merge_range(6, 6, 6, 7, "SEN support", &plain).expect("merged");
    row(sheet, 8, &["", "", "", "", "Number", "Percentage6", "Number", "Percentage6"]);
    row(sheet, 10, &["", "", "ENGLAND", "300", "100", "33.3", "200", "66.7"]);
    row(sheet, 12, &["", "", "NORTH EAST", "30", "10", "33.3", "20", "66.7"]);
    row(sheet, 13, &["E06000005", "841", "Darlington", "10", "x", "x", "5", "."]);
    row(sheet, 15, &["Source: SSDA903"]);
    row(sheet, 16, &["1. Figures are rounded"]);
    let bench = Bench::new();
    bench.pipeline(
        "sen",
        r#"title = "SEN of looked-after children"
return = "workbooks"
period_ends = "31 March"
[measures.children]
label = "Children"
unit = "number"
[measures.no_sen]
label = "No SEN"
unit = "percent"
[measures.support]
label = "SEN support"
unit = "percent"
[[release]]
from = 2000
file = "SFR12_2017_LA_Tables.xlsx"
sheet = "Table LA4"
header = [6, 7, 8]
period = "2016"
area = { ons = "LA Code", code = "LA Code#2", name = "LA Code#3" }
drop = { "LA Code#3" = [""] }
symbols = { x = "suppressed", "." = "not_applicable" }
columns = { children = "Number of children looked after", no_sen = "*by SEN No SEN Percentage6", support = "*by SEN SEN support Percentage6" }
ignore = ["* Number"]
[checks]
areas = "some"
"#,
    );
    bench.returns("workbooks/SFR12_2017_LA_Tables.xlsx", saved(workbook));
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("sen");
    assert_eq!(table.row(&["measure=no_sen", "level=country"]).value(), 33.3);
    assert_eq!(table.row(&["measure=support", "level=region"]).value(), 66.7);
    assert_eq!(table.row(&["measure=no_sen", "la_code=841"]).text("status"), "suppressed");
    assert_eq!(table.row(&["measure=support", "la_code=841"]).text("status"), "not_applicable");
    assert_eq!(table.row(&["measure=children", "la_code=841"]).value(), 10.0);
    assert!(ran.stderr.contains("left out by rule `drop LA Code#3`: 2"), "{}", ran.stderr);
}

#[test]
fn a_sheet_that_is_not_there_is_said_with_those_that_are() {
    let bench = Bench::new();
    bench.pipeline("visits", &visits("sheet = \"Visits_*\""));
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").expect("a name");
    workbook.add_worksheet().set_name("Inspections_31_March").expect("a name").write_string(0, 0, "x").expect("a cell");
    bench.returns("local/2025/visits.xlsx", saved(workbook));
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    let finding = ran.finding("no-sheet");
    assert!(finding.message.contains("no sheet fits `Visits_*`; the workbook has Cover, Inspections_31_March"));
    assert!(finding.help.contains("pipelines/visits.toml"));
}

#[test]
fn formulas_give_their_stored_result_and_errors_are_marks() {
    let bench = Bench::new();
    bench.pipeline("visits", &visits("symbols = { \"#N/A\" = \"not_available\" }"));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    row(sheet, 1, &["Local authority", "As at", "Visits", "Share"]);
    row(sheet, 2, &["Leeds", "31/03/2021", "", ""]);
    sheet.write_formula(1, 2, rust_xlsxwriter::Formula::new("=1+2").set_result("3")).expect("a formula");
    sheet.write_formula(1, 3, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).expect("a formula");
    bench.returns("local/2025/visits.xlsx", saved(workbook));
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("visits");
    assert_eq!(table.row(&["measure=visits"]).value(), 3.0);
    assert_eq!(table.row(&["measure=share"]).text("status"), "not_available");
}
