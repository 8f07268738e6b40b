//! Which authority a row is about: codes that regress, names with many spellings, two Dorsets, regions.

use std::collections::BTreeMap;

use crate::harness::{Bench, EES, Ran, Table, ees};

/// A pipeline over a table with a code, a name and one count, a period a file.
fn by_name(period: &str) -> String {
    format!(
        r#"title = "Counts"
return = "local"
period_ends = "31 March"
[measures.count]
label = "Count"
unit = "number"
[[release]]
from = 2000
file = "*.csv"
period = "{period}"
area = {{ name = "Local authority" }}
filters = ["Line"]
columns = {{ count = "Count" }}
[checks]
areas = "some"
"#
    )
}

fn of_names(period: &str, names: &[&str]) -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline("counts", &by_name(period));
    let mut text = "Local authority,Line,Count\n".to_owned();
    for (index, name) in names.iter().enumerate() {
        text.push_str(&format!("\"{name}\",{index},1\n"));
    }
    bench.returns("local/2025/counts.csv", text);
    let ran = bench.run();
    (bench, ran)
}

#[test]
fn the_spellings_of_authorities_are_one_authority() {
    for (code, spellings) in [
        (
            "810",
            &[
                "Hull",
                "Kingston upon Hull",
                "Kingston upon Hull, City of",
                "Kingston Upon Hull City of",
                "City of Kingston-Upon-Hull",
                "KINGSTON UPON HULL  CITY OF",
            ][..],
        ),
        ("801", &["Bristol", "Bristol, City of", "City of Bristol", "Bristol City of"]),
        ("840", &["Durham", "County Durham", "Durham "]),
        ("884", &["Herefordshire", "Herefordshire, County of", "County of Herefordshire"]),
        ("822", &["Bedford", "Bedford Borough"]),
        ("342", &["St. Helens", "St Helens", "st helens"]),
        ("420", &["Isles of Scilly", "Isles Of Scilly"]),
    ] {
        let (bench, ran) = of_names("2024", spellings);
        assert_eq!(ran.code, 0, "{code}: {}", ran.stderr);
        assert_eq!(bench.table("counts").words("la_code"), [code]);
        assert_eq!(bench.table("counts").len(), spellings.len());
    }
}

#[test]
fn two_authorities_called_dorset_are_told_apart_by_date() {
    let dorset = |period: &str| {
        let (bench, ran) = of_names(period, &["Dorset"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let table = bench.table("counts");
        (table.words("la_code")[0].to_owned(), table.words("ons_code")[0].to_owned())
    };
    assert_eq!(dorset("2018"), ("835".to_owned(), "E10000009".to_owned()));
    assert_eq!(dorset("2019"), ("835".to_owned(), "E10000009".to_owned()), "the closing day is included");
    assert_eq!(dorset("2020"), ("838".to_owned(), "E06000059".to_owned()));
}

#[test]
fn an_unknown_authority_is_an_error_with_the_likely_one() {
    let (bench, ran) = of_names("2024", &["Leeds", "Birmingam"]);
    assert_eq!(ran.code, 1);
    let finding = ran.finding("unknown-authority");
    assert!(finding.help.contains("`Birmingham`"), "{}", finding.help);
    assert_eq!(finding.place.row, Some(3));
    assert!(!bench.has("counts"));
}

/// SEN2 requests for Buckinghamshire, whose code goes back to the abolished one.
fn buckinghamshire() -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline(
        "requests",
        r#"title = "Requests"
return = "sen2"
[measures.requests]
label = "Requests"
unit = "number"
[[release]]
from = 2025
file = "requests.csv"
format = "ees"
breakdown = ["breakdown_topic", "breakdown"]
columns = { requests = "requests_received_in_year" }
ignore = ["*"]
[checks]
areas = "some"
"#,
    );
    let all = "All requests for EHC needs assessments";
    let mut text = format!("\u{feff}{EES},breakdown_topic,breakdown,requests_received_in_year,requests_rya\r\n");
    for (year, ons) in [
        ("2019", "E10000002"),
        ("2020", "E06000060"),
        ("2021", "E06000060"),
        ("2023", "E10000002"),
        ("2024", "E10000002"),
    ] {
        let place = ees(year, "Calendar year", "Buckinghamshire").replace("E06000060", ons);
        text.push_str(&format!("{place},{all},{all},{year},0\r\n"));
    }
    bench.returns("sen2/2025/requests.csv", text);
    let ran = bench.run();
    (bench, ran)
}

#[test]
fn a_code_that_goes_back_to_an_abolished_one_is_one_authority_and_said() {
    let (bench, ran) = buckinghamshire();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("requests");
    assert_eq!(table.words("la_code"), ["825"]);
    assert_eq!(table.row(&["period=2019"]).text("ons_code"), "E10000002", "the county was open then");
    for year in ["2020", "2021", "2023", "2024"] {
        assert_eq!(table.row(&[&format!("period={year}")]).text("ons_code"), "E06000060", "{year}");
    }
    let said: String = ran.all("code-regressed").iter().map(|finding| finding.message.as_str()).collect();
    assert!(said.contains("Buckinghamshire") && said.contains("E10000002"), "{said}");
    assert!(said.contains("2023") && said.contains("2024") && !said.contains("2021"), "{said}");
}

#[test]
fn a_row_under_the_ended_code_gives_way_to_one_under_the_valid_code() {
    let (bench, _) = buckinghamshire();
    let path = bench.path("returns/sen2/2025/requests.csv");
    let mut text = std::fs::read_to_string(&path).expect("the fixture");
    let all = "All requests for EHC needs assessments";
    text.push_str(&format!("{},{all},{all},77,0\r\n", ees("2024", "Calendar year", "Buckinghamshire")));
    std::fs::write(&path, text).expect("written");
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(bench.table("requests").row(&["period=2024"]).value(), 77.0);
    assert!(ran.stderr.contains("code that had ended"), "{}", ran.stderr);
}

#[test]
fn authorities_without_a_row_are_named_unless_declared_absent() {
    let register = include_str!("../../../data/reference/authorities.csv");
    let open = |line: &&str| {
        let cells: Vec<&str> = line.rsplit(',').collect();
        // successors, closed, opened: those open at the end of 2023.
        cells[1].is_empty()
    };
    let mut text = "Local authority,LA code,Count\n".to_owned();
    for line in register.lines().skip(1).filter(open) {
        let code = &line[..3];
        if !["856", "921"].contains(&code) {
            text.push_str(&format!(",{code},1\n"));
        }
    }
    let pipeline = by_name("31 December 2023")
        .replace(
            "area = { name = \"Local authority\" }",
            "area = { code = \"LA code\" }\nignore = [\"Local authority\"]",
        )
        .replace("filters = [\"Line\"]\n", "")
        .replace("areas = \"some\"", "areas = \"register\"");
    let bench = Bench::new();
    bench.pipeline("counts", &pipeline);
    bench.returns("local/2025/counts.csv", &text);
    let ran = bench.run().well();
    let finding = ran.finding("authority-absent");
    assert!(finding.message.contains("2 of 153"), "{}", finding.message);
    assert!(finding.message.contains("Leicester (856)") && finding.message.contains("Isle of Wight (921)"));
    assert!(finding.help.contains("\"31 December 2023\""), "{}", finding.help);

    bench.pipeline("counts", &format!("{pipeline}absent = {{ \"31 December 2023\" = [\"856\", \"921\"] }}\n"));
    let ran = bench.run().well();
    assert!(ran.all("authority-absent").is_empty());

    // And when Leicester is back, the declaration is found out.
    bench.returns("local/2025/counts.csv", format!("{text},856,1\n"));
    let ran = bench.run().well();
    assert!(ran.finding("authority-returned").message.contains("Leicester (856)"));
}

/// A care file with the regions `names`, ten each, and England.
fn regions(names: &[(&str, &str)], whole: u32) -> (Bench, Ran, Table) {
    let bench = Bench::new();
    bench.pipeline(
        "children",
        r#"title = "Children"
return = "care"
period_ends = "31 March"
[measures.children]
label = "Children"
unit = "number"
[[release]]
from = 2024
file = "b1.csv"
format = "ees"
filters = ["category"]
totals = ["Children in Need"]
columns = { children = "At31_episodes" }
[checks]
areas = "some"
total = { parts = "region", whole = "country" }
"#,
    );
    let mut text = format!(
        "{EES},category,At31_episodes\n{},Children in Need,{whole}\n",
        ees("2024", "Reporting year", "England")
    );
    for (code, name) in names {
        text.push_str(&format!(
            "2024,Reporting year,Regional,E92000001,England,{code},{name},,,,Children in Need,10\n"
        ));
    }
    bench.returns("care/2024/b1.csv", text);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("children");
    (bench, ran, table)
}

const EIGHT: [(&str, &str); 8] = [
    ("E12000001", "North East"),
    ("E12000002", "North West"),
    ("E12000003", "Yorkshire and the Humber"),
    ("E12000004", "East Midlands"),
    ("E12000005", "West Midlands"),
    ("E12000006", "East of England"),
    ("E12000008", "South East"),
    ("E12000009", "South West"),
];

#[test]
fn london_counts_once_however_it_is_printed() {
    let inner = ("E13000001", "Inner London");
    let outer = ("E13000002", "Outer London");
    let london = ("E12000007", "London");
    let with = |more: &[(&'static str, &'static str)]| [&EIGHT[..], more].concat();
    for (names, whole) in [(with(&[london]), 90), (with(&[inner, outer]), 100), (with(&[london, inner, outer]), 90)] {
        let (_, ran, table) = regions(&names, whole);
        assert!(ran.all("total-differs").is_empty(), "{whole}: {}", ran.stderr);
        assert_eq!(table.rows(&["level=region"]).len(), names.len());
    }
    let (_, ran, _) = regions(&with(&[london]), 91);
    assert!(ran.finding("total-differs").message.contains("9 regions make 90, England is 91"));
}

#[test]
fn region_names_in_any_spelling_have_one_name_and_code() {
    for spelling in
        ["Yorkshire and The Humber", "Yorkshire and the Humber", "YORKSHIRE AND THE HUMBER", "Yorkshire & the Humber"]
    {
        let (_, _, table) = regions(&[("", spelling)], 10);
        let row = table.row(&["level=region"]);
        assert_eq!((row.text("area_name"), row.text("ons_code")), ("Yorkshire and The Humber", "E12000003"));
    }
}

#[test]
fn a_region_that_ofsted_merged_is_no_region_of_ours() {
    let (bench, ran) = {
        let bench = Bench::new();
        bench.pipeline(
            "counts",
            &by_name("2024")
                .replace("{ name = \"Local authority\" }", "{ name = \"Local authority\", level = \"Level\" }"),
        );
        bench.returns(
            "local/2025/counts.csv",
            "Local authority,Level,Line,Count\n\"North East, Yorkshire and the Humber\",Regional,1,4\n",
        );
        let ran = bench.run();
        (bench, ran)
    };
    assert_eq!(ran.code, 1);
    let finding = ran.finding("unknown-region");
    assert!(finding.message.contains("`North East, Yorkshire and the Humber`"), "{}", finding.message);
    assert!(finding.help.contains("`drop`"), "{}", finding.help);
    assert!(!bench.has("counts"));
}

#[test]
fn a_code_of_one_authority_with_the_name_of_another_is_an_error() {
    let bench = Bench::new();
    bench.pipeline(
        "counts",
        &by_name("2024")
            .replace("{ name = \"Local authority\" }", "{ code = \"LA code\", name = \"Local authority\" }"),
    );
    // The tribunal's table gives Nottingham the code of Nottinghamshire.
    bench.returns("local/2025/counts.csv", "Local authority,LA code,Line,Count\nNottingham,891,1,1\nLeeds,383,2,2\n");
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    let finding = ran.finding("name-disagrees");
    assert!(finding.message.contains("891 (Nottinghamshire)") && finding.message.contains("`Nottingham`"));
    assert!(finding.help.contains("[[correction]]"));
    assert_eq!(finding.place.row, Some(2));

    // Put right by a correction that says why.
    let corrected = format!(
        "{}\n[[correction]]\nrelease = \"2025\"\nwhere = {{ \"Local authority\" = \"Nottingham\" }}\ncolumn = \"LA code\"\nfrom = \"891\"\nto = \"892\"\nreason = \"891 is Nottinghamshire's\"\n",
        std::fs::read_to_string(bench.path("pipelines/counts.toml")).expect("the pipeline")
    );
    bench.pipeline("counts", &corrected);
    bench.run().well();
    assert_eq!(bench.table("counts").words("la_code"), ["383", "892"]);

    // The publisher puts it right next year: the correction that matches nothing fails.
    bench.returns("local/2025/counts.csv", "Local authority,LA code,Line,Count\nNottingham,892,1,1\nLeeds,383,2,2\n");
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    assert!(ran.finding("correction-unused").help.contains("take the `[[correction]]` out"));
}

#[test]
fn every_alias_is_read_as_its_authority() {
    let aliases = include_str!("../../../data/reference/aliases.csv");
    let mut reader = csv::Reader::from_reader(aliases.as_bytes());
    let rows: Vec<(String, String)> =
        reader.records().map(|record| record.expect("a line")).map(|r| (r[0].to_owned(), r[1].to_owned())).collect();
    let (register, _) = abreast::home::register().expect("the register");
    // An authority that is gone is looked for on its last day, one that is there today in 2024.
    let mut by_day: BTreeMap<String, Vec<&(String, String)>> = BTreeMap::new();
    for row in &rows {
        let newest = register.newest(row.1.parse().expect("a code")).expect("in the register");
        by_day.entry(newest.closed.map_or("31 March 2024".to_owned(), |day| day.to_string())).or_default().push(row);
    }
    for (day, some) in by_day {
        let names: Vec<&str> = some.iter().map(|(name, _)| name.as_str()).collect();
        let (bench, ran) = of_names(&day, &names);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let table = bench.table("counts");
        for (line, (name, code)) in some.iter().enumerate() {
            assert_eq!(table.row(&[&format!("breakdown={line}")]).text("la_code"), code, "{name}");
        }
    }
}
