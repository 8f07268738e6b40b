//! Headers that stand lower down, in several rows, under captions, over sub-headings and footnotes.

use crate::harness::Bench;

/// The tribunal's table: 37 columns under three repeating labels, five in the last year.
pub fn tribunal() -> Vec<Vec<String>> {
    let mut years = vec!["Local Authority".to_owned(), "LA code".to_owned()];
    let mut labels = vec![String::new(), String::new()];
    for year in 2014..=2024 {
        years.extend([year.to_string(), String::new(), String::new()]);
        labels.extend(
            ["Appeals registered4", "Total Appealable Decisions1", "SEND Tribunal Appeal Rate2"].map(str::to_owned),
        );
    }
    years.extend([String::new(), String::new()]);
    labels.extend(
        ["In development: Total Appealable Decisions9", "In development: SEND Tribunal Appeal Rate9"]
            .map(str::to_owned),
    );
    let blank = || vec![String::new(); 37];
    let heading = |text: &str| {
        let mut row = blank();
        row[0] = text.to_owned();
        row
    };
    let figures = |name: &str, code: &str, appeals: &str| {
        let mut row = vec![name.to_owned(), code.to_owned()];
        for year in 0..11 {
            let rate = if appeals.trim() == "-" { "0.00%" } else { "11.20%" };
            let decisions = if year == 10 { "1,250".to_owned() } else { format!("1,2{year}0") };
            row.extend([appeals.to_owned(), decisions, rate.to_owned()]);
        }
        row.extend(["1,000".to_owned(), "14.00%".to_owned()]);
        row
    };
    vec![
        heading(
            "SEND Appeal rate table 1: Special Educational Needs - Appeal rate to the SEND Tribunal based on total appealable decisions1, by local authorities in England 2014-20242,3",
        ),
        blank(),
        blank(),
        years,
        labels,
        heading("NORTH EAST"),
        figures("Darlington", "841", " - "),
        figures("Durham", "840", "140"),
        blank(),
        heading("INNER LONDON"),
        figures("Camden", "202", "140"),
        blank(),
        heading("Sources:"),
        heading("1. Total Appealable Decisions is calculated, they say, from \"data\",\nover two lines"),
        heading("~ Suppressed "),
    ]
}

/// Rows as CSV, quoted where they must be, lines ending as in the publisher's file.
pub fn as_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("a row");
    }
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(writer.into_inner().expect("the text"));
    bytes
}

const APPEALS: &str = r#"title = "Appeals"
return = "sen2"
symbols = { "~" = "suppressed", ".." = "not_available" }
[measures.appeals]
label = "Appeals"
unit = "number"
values = { "-" = 0 }
[measures.decisions]
label = "Decisions"
unit = "number"
[measures.rate]
label = "Rate"
unit = "percent"
[measures.developing]
label = "Decisions, in development"
unit = "number"
[[release]]
from = 2025
file = "send_tribunal_appeal_rate_*.csv"
header = [4, 5]
area = { code = "LA code", name = "Local Authority" }
columns = { appeals = "{period} Appeals registered*", decisions = "{period} Total Appealable Decisions*", rate = "{period} SEND Tribunal Appeal Rate*", developing = "{period} In development: Total Appealable Decisions*" }
ignore = ["*In development: SEND Tribunal Appeal Rate*"]
drop = { "2014 Appeals registered4" = [""] }
[checks]
areas = "some"
"#;

#[test]
fn thirty_seven_columns_under_three_labels_are_eleven_years() {
    let bench = Bench::new();
    bench.pipeline("appeals", APPEALS);
    bench.returns("sen2/2025/send_tribunal_appeal_rate_2014_2024.csv", as_csv(&tribunal()));
    let ran = bench.run().well();
    let table = bench.table("appeals");
    let years: Vec<String> = (2014..=2024).map(|year| year.to_string()).collect();
    assert_eq!(table.words("period"), years);
    assert_eq!(table.rows(&["measure=decisions"]).len(), 3 * 11);
    let row = table.row(&["measure=decisions", "la_code=840", "period=2020"]);
    assert_eq!(row.value(), 1260.0, "thousands commas");
    assert_eq!((row.text("row"), row.text("column")), ("8", "22"), "the cell as Excel counts it");
    assert_eq!(table.row(&["measure=developing", "la_code=202"]).text("period"), "2024");
    assert_eq!(table.row(&["measure=rate", "la_code=840", "period=2014"]).value(), 11.2, "`11.20%`");
    // A dash is nil where the measure says so, and its text is kept.
    let nil = table.row(&["measure=appeals", "la_code=841", "period=2014"]);
    assert_eq!((nil.value(), nil.text("raw"), nil.text("status")), (0.0, "-", "number"));
    // Sub-headings of regions, sources and notes are left out by rule and counted.
    assert!(ran.stderr.contains("left out by rule `drop 2014 Appeals registered4`: 5"), "{}", ran.stderr);
}

#[test]
fn a_dash_that_nobody_declared_is_a_finding() {
    let bench = Bench::new();
    bench.pipeline("appeals", &APPEALS.replace("values = { \"-\" = 0 }\n", ""));
    bench.returns("sen2/2025/send_tribunal_appeal_rate_2014_2024.csv", as_csv(&tribunal()));
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    let found = ran.all("unknown-symbol");
    assert!(!found.is_empty() && found.iter().all(|finding| finding.message.contains("` - `")), "{}", ran.stderr);
    assert!(!bench.has("appeals"));
}

#[test]
fn the_header_may_stand_on_any_row_under_titles() {
    for header in [1, 3, 4, 5, 8] {
        let bench = Bench::new();
        bench.pipeline(
            "ratings",
            &format!(
                "title = \"Ratings\"\nreturn = \"ofsted\"\n[measures.count]\nlabel = \"Count\"\nunit = \"number\"\n[[release]]\nfrom = 2024\nfile = \"*.csv\"\nheader = {header}\nperiod = \"31 March 2024\"\narea = {{ name = \"Local authority\" }}\ncolumns = {{ count = \"Number of providers\" }}\ndrop = {{ \"Number of providers\" = [\"\"] }}\n[checks]\nareas = \"some\"\n"
            ),
        );
        let mut text = String::new();
        for title in 1..header {
            text.push_str(if title % 2 == 1 { "\"Table 1: providers, by authority\",,\n" } else { ",,\n" });
        }
        text.push_str(
            "Local authority,,Number of providers\nLONDON,,\nCamden,,4\n\nLeeds,,5\n,,\n\"Source: Ofsted, 2024\",,\n",
        );
        bench.returns("ofsted/2024/providers.csv", text);
        let ran = bench.run().well();
        let table = bench.table("ratings");
        assert_eq!(table.row(&["la_code=383"]).value(), 5.0, "header {header}: {}", ran.stderr);
        assert_eq!(table.row(&["la_code=383"]).number("row"), f64::from(header + 4));
    }
}

#[test]
fn the_wrong_header_row_is_said_with_the_right_one() {
    let bench = Bench::new();
    bench.pipeline("appeals", &APPEALS.replace("header = [4, 5]", "header = 1"));
    let mut rows = tribunal();
    rows[3] = rows[4].clone();
    rows[3][0] = "Local Authority".to_owned();
    rows[3][1] = "LA code".to_owned();
    bench.returns("sen2/2025/send_tribunal_appeal_rate_2014_2024.csv", as_csv(&rows));
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    let named: Vec<_> = ran.all("missing-column").into_iter().filter(|f| f.message.contains("`LA code`")).collect();
    assert!(named[0].help.contains("set `header = 4` in pipelines/appeals.toml"), "{}", named[0].help);
}

#[test]
fn two_header_rows_with_group_captions_are_joined() {
    let bench = Bench::new();
    bench.own("ofsted_childrens_homes");
    let captions = format!("Provider information{}Latest Full Inspection{}", ",".repeat(17), ",".repeat(8));
    let names = "Web link,URN,Linked education URN,Provision type,Registration status,Name,Address 1,Address 2,Town,County,Postcode,Ofsted Region,Government Office Region,Local authority,Parliamentary constituency,Sector,Places,Event type,Inspection date,Publication date,Event number,Overall effectiveness,Outcomes for children and young people,Quality of care,Safeguarding children and young people,Leadership and management";
    let home = |urn: u32, place: &str, places: &str, judgement: &str| {
        format!(
            "Ofsted Social Care Provider Webpage,{urn},,Children's Home,Active,A caf\u{e9},1 Street, ,Town,County,AB1 2CD,South East,South East,{place},Somewhere,Private,{places},Full inspection,24/06/2017,08/08/2017,{urn},{judgement},Good,Good,Good,Good"
        )
    };
    let text = [
        captions,
        names.to_owned(),
        home(1, "Medway", "6", "Outstanding"),
        home(2, "Medway", "4", "Adequate"),
        home(3, "Medway", "4", "NULL"),
        home(4, "Camden", "2", "Good"),
    ]
    .join("\r\n");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    bench.returns("ofsted/2018/providers_as_at_31_march_2018.csv", bytes);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("ofsted_childrens_homes");
    let medway = table.row(&["measure=good_or_better", "la_code=887", "breakdown_topic=Total"]);
    assert_eq!((medway.number("numerator"), medway.number("denominator"), medway.value()), (1.0, 2.0, 50.0));
    assert_eq!(medway.text("period"), "31 March 2018");
    let england = table.row(&["measure=places", "level=country", "breakdown_topic=Total"]);
    assert_eq!(england.value(), 16.0);
}
