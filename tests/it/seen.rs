//! Cells of workbooks as they are seen: percentages, months, thousands, raised footnotes, formulas that were never
//! calculated, sheets that Excel does not show.

use rust_xlsxwriter::{ExcelDateTime, Format, FormatScript, Formula, Workbook, Worksheet};

use crate::harness::{Bench, Ran, zipped};

/// A table of one figure in `unit`, a row an authority and period.
fn pipeline(unit: &str, more: &str) -> String {
    format!(
        "title = \"Visits\"\nreturn = \"visits\"\n[measures.share]\nlabel = \"Share\"\nunit = \"{unit}\"\n[[release]]\nfrom = 2025\nfile = \"visits.*\"\narea = {{ name = \"Local authority\" }}\nperiod_column = \"Period\"\ncolumns = {{ share = \"Share\" }}\n{more}\n[checks]\nareas = \"some\"\n"
    )
}

/// The first sheet filled in by `fill` below the headings.
fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    headings(sheet);
    fill(sheet);
    workbook.save_to_buffer().expect("a workbook")
}

fn headings(sheet: &mut Worksheet) {
    for (column, name) in ["Local authority", "Period", "Share"].iter().enumerate() {
        sheet.write_string(0, column as u16, *name).expect("a heading");
    }
}

fn row(sheet: &mut Worksheet, row: u32, name: &str, period: &str) {
    sheet.write_string(row, 0, name).expect("a name");
    sheet.write_string(row, 1, period).expect("a period");
}

fn ran(unit: &str, more: &str, file: &str, bytes: impl AsRef<[u8]>) -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline("visits", &pipeline(unit, more)).returns(&format!("visits/2025/{file}"), bytes);
    let ran = bench.run();
    (bench, ran)
}

/// The figure of an authority in 2024.
fn value(bench: &Bench, code: &str) -> f64 {
    bench.table("visits").row(&[&format!("la_code={code}")]).value()
}

/// Leeds in a percent format, Wigan as a plain number, Bolton with a percent sign that is only text.
fn percentages() -> Vec<u8> {
    workbook(|sheet| {
        for (at, (name, number, format)) in
            [("Leeds", 0.073, "0.0%"), ("Wigan", 8.5, "General"), ("Bolton", 9.25, "0.00\"%\"")].into_iter().enumerate()
        {
            row(sheet, at as u32 + 1, name, "2024");
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(at as u32 + 1, 2, number, &format).expect("a number");
        }
    })
}

#[test]
fn a_percentage_is_what_is_seen_with_and_without_a_factor() {
    let (bench, ran) = ran("percent", "", "visits.xlsx", percentages());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!([value(&bench, "383"), value(&bench, "359"), value(&bench, "350")], [7.3, 8.5, 9.25]);

    // A factor is for cells that do not say themselves that they are out of 100.
    let (bench, ran) = self::ran("percent", "scale = { share = 100 }", "visits.xlsx", percentages());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!([value(&bench, "383"), value(&bench, "359"), value(&bench, "350")], [7.3, 850.0, 9.25]);
}

#[test]
fn a_percentage_in_another_unit_is_brought_to_it_or_said() {
    let text = "Local authority,Period,Share\nLeeds,2024,7.3%\n";
    for (unit, expected) in [("ratio", 0.073), ("rate per 1,000", 73.0), ("percent", 7.3)] {
        let (bench, ran) = ran(unit, "", "visits.csv", text);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!((value(&bench, "383") - expected).abs() < 1e-12, "{unit}: {}", value(&bench, "383"));
        assert!(ran.all("percent-sign").is_empty(), "{}", ran.stderr);
    }
    let (bench, ran) = ran("days", "", "visits.csv", text);
    let finding = ran.finding("percent-sign");
    assert_eq!((finding.place.row, finding.place.column, value(&bench, "383")), (Some(2), Some(3), 7.3));
}

#[test]
fn a_date_is_a_month_where_a_month_is_seen() {
    let dates = [
        ("2025-05-01", "mmm-yy", "2025-05-31"),
        ("2025-06-01", "[$-809]mmmm yyyy;@", "2025-06-30"),
        ("2025-07-01", "dd/mm/yyyy", "2025-07-01"),
        ("2025-08-31", "mmm-yy", "2025-08-31"),
    ];
    let bytes = workbook(|sheet| {
        for (at, (day, format, _)) in dates.iter().enumerate() {
            let at = at as u32 + 1;
            sheet.write_string(at, 0, "Leeds").expect("a name");
            let moment = ExcelDateTime::parse_from_str(day).expect("a day");
            sheet.write_datetime_with_format(at, 1, &moment, &Format::new().set_num_format(*format)).expect("a date");
            sheet.write_number(at, 2, f64::from(at)).expect("a number");
        }
    });
    let (bench, ran) = ran("percent", "", "visits.xlsx", bytes);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("visits");
    for (at, (_, format, end)) in dates.iter().enumerate() {
        let found = table.rows(&[]).into_iter().find(|row| row.value() == (at + 1) as f64).expect("a row");
        assert_eq!(found.text("period_end"), *end, "{format}");
    }
    let may = table.rows(&[]).into_iter().find(|row| row.value() == 1.0).expect("a row");
    assert_eq!(may.text("period"), "May 2025", "as one writes it in words");
}

#[test]
fn thousands_that_are_shown_are_read() {
    let bytes = workbook(|sheet| {
        row(sheet, 1, "Leeds", "2024");
        let format = Format::new().set_num_format("#,##0.0,,\"m\"");
        sheet.write_number_with_format(1, 2, 12_345_678.0, &format).expect("a number");
    });
    let (bench, ran) = ran("pounds", "scale = { share = 1000000 }", "visits.xlsx", bytes);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(value(&bench, "383"), 12_345_678.0);
}

#[test]
fn a_raised_footnote_is_no_digit() {
    let raised = Format::new().set_font_script(FormatScript::Superscript);
    let plain = Format::default();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    headings(sheet);
    // The heading has a footnote as well, and the pipeline does not know that it is one.
    sheet.write_rich_string(0, 2, &[(&plain, "Share"), (&raised, "2")]).expect("a heading");
    row(sheet, 1, "Leeds", "");
    sheet.write_rich_string(1, 0, &[(&plain, "Leeds"), (&raised, "4")]).expect("a name");
    sheet.write_rich_string(1, 1, &[(&plain, "2024"), (&raised, "1")]).expect("a period");
    sheet.write_rich_string(1, 2, &[(&plain, "12"), (&raised, "3, 5")]).expect("a figure");
    row(sheet, 2, "Wigan", "2024");
    sheet.write_rich_string(2, 2, &[(&plain, "12."), (&Format::new().set_bold(), "5")]).expect("a figure");
    let text = pipeline("percent", "").replace("\"Share\" }", "\"Share2\" }");
    let bench = Bench::new();
    bench.pipeline("visits", &text).returns("visits/2025/visits.xlsx", workbook.save_to_buffer().expect("a workbook"));
    let ran = bench.run().well();
    assert_eq!([value(&bench, "383"), value(&bench, "359")], [12.0, 12.5]);
    assert_eq!(bench.table("visits").row(&["la_code=383"]).text("raw"), "12³, ⁵");
    let said = ran.finding("marked-number");
    assert_eq!((said.place.row, said.place.column), (Some(2), Some(3)));
}

/// A spreadsheet of OpenDocument with these rows, and the style `T1` for raised runs.
fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"T1\" style:family=\"text\"><style:text-properties style:text-position=\"super 58%\"/></style:style><style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"Old\" table:style-name=\"ta2\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Notes</text:p></table:table-cell></table:table-row></table:table><table:table table:name=\"Data\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

fn text_cell(inside: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{inside}</text:p></table:table-cell>")
}

#[test]
fn an_open_document_is_read_as_it_is_seen() {
    let line = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let headings = ["Local authority", "Period", "Share"].map(text_cell);
    let month = "<table:table-cell office:value-type=\"date\" office:date-value=\"2025-05-01\"><office:annotation><text:p>a note</text:p></office:annotation><text:p>May 25</text:p></table:table-cell>";
    let percent = "<table:table-cell office:value-type=\"percentage\" office:value=\"0.073\"><text:p>7.3%</text:p></table:table-cell>";
    let raised = text_cell("12<text:span text:style-name=\"T1\">3</text:span>");
    let rows = [
        line(&headings),
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>".to_owned(),
        line(&[text_cell("Leeds"), month.to_owned(), percent.to_owned()]),
        line(&[text_cell("Telford &amp; Wrekin"), text_cell("May<text:s/>2025"), raised]),
    ];
    let (bench, ran) = ran("percent", "", "visits.ods", open_document(&rows.concat()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("visits");
    let leeds = table.row(&["la_code=383"]);
    assert_eq!((leeds.value(), leeds.text("period"), leeds.text("row")), (7.3, "May 2025", "4"));
    assert_eq!((table.row(&["la_code=894"]).value(), table.row(&["la_code=894"]).text("row")), (12.0, "5"));
    assert!(ran.finding("hidden-sheet").message.contains("`Old`"));
    let formula = rows[2].replacen(
        "office:value-type=\"percentage\" office:value=\"0.073\"><text:p>7.3%</text:p>",
        "table:formula=\"of:=1/3\">",
        1,
    );
    let (bench, ran) = self::ran("percent", "", "visits.ods", open_document(&(rows[0].clone() + &formula)));
    assert_eq!(ran.finding("no-result").place.row, Some(2), "{}", ran.stderr);
    assert!(!bench.has("visits"));
}

#[test]
fn a_formula_without_a_result_stops_the_table_and_names_the_cell() {
    let with = |result: &str, other: &str| {
        workbook(|sheet| {
            row(sheet, 1, "Leeds", "2024");
            sheet.write_formula(1, 2, Formula::new("=1+2").set_result(result)).expect("a formula");
            row(sheet, 2, "Wigan", "2024");
            sheet.write_formula(2, 2, Formula::new("=1-1").set_result(other)).expect("a formula");
        })
    };
    // The program that wrote it leaves the calculating to Excel, with 0 in every formula until then.
    let (bench, ran) = ran("percent", "", "visits.xlsx", with("0", "0"));
    let finding = ran.finding("no-result");
    assert_eq!((finding.place.row, finding.place.column), (Some(2), Some(3)));
    assert!(finding.message.contains("2 times") && finding.help.contains("Excel"), "{finding}");
    assert!(!bench.has("visits"));
    let (bench, ran) = self::ran("percent", "", "visits.xlsx", with("3", "0"));
    assert_eq!((ran.code, value(&bench, "383"), value(&bench, "359")), (0, 3.0, 0.0), "{}", ran.stderr);
}

#[test]
fn a_sheet_that_excel_does_not_show_is_read_only_by_its_name() {
    let mut workbook = Workbook::new();
    for (name, number, hidden) in [("Old", 99.0, true), ("Secret", 77.0, true), ("Now", 10.0, false)] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        headings(sheet);
        row(sheet, 1, "Leeds", "2024");
        sheet.write_number(1, 2, number).expect("a number");
        if name == "Secret" {
            sheet.set_very_hidden(true);
        } else if hidden {
            sheet.set_hidden(true);
        } else {
            sheet.set_active(true);
        }
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let (bench, ran) = ran("percent", "", "visits.xlsx", &bytes);
    assert_eq!((ran.code, value(&bench, "383")), (0, 10.0), "{}", ran.stderr);
    let note = &ran.finding("hidden-sheet").message;
    assert!(note.contains("`Old`") && note.contains("`Secret`"), "{note}");
    let (bench, ran) = self::ran("percent", "sheet = \"Secret\"", "visits.xlsx", &bytes);
    assert_eq!((ran.code, value(&bench, "383")), (0, 77.0), "{}", ran.stderr);
    assert!(ran.finding("hidden-sheet").message.contains("`Secret` is read"));
    let inspected = bench.abreast(&["inspect", "returns/visits/2025/visits.xlsx", "--pipelines", "pipelines"]);
    assert_eq!(inspected.stdout.matches("hidden: Excel does not show it").count(), 2, "{}", inspected.stdout);
}
