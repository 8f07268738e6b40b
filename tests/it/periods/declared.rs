//! A period or a range that a block declares, held against what the file says: it holds for one file and is used for
//! another.

use crate::harness::{Bench, Ods, Ran, ods};

const HEAD: &str = "title = \"Homes\"\nreturn = \"homes\"\n[measures.homes]\nlabel = \"Homes\"\nunit = \"number\"\n";
const CHECKS: &str = "[checks]\nareas = \"some\"\n";

/// Runs a file called `name` with a title over its header, and a column `year` that the block ignores.
fn ran(period: &str, ends: &str, name: &str, title: &str, year: &str) -> Ran {
    let bench = Bench::new();
    let ends = if ends.is_empty() { String::new() } else { format!("period_ends = \"{ends}\"\n") };
    bench.pipeline(
        "homes",
        &format!(
            "{ends}{HEAD}[[release]]\nfrom = 2020\nfile = \"*.csv\"\nheader = 2\nperiod = \"{period}\"\narea = {{ name = \"LA\" }}\ncolumns = {{ homes = \"Homes\" }}\nignore = [\"Year\"]\n{CHECKS}"
        ),
    );
    bench.returns(
        &format!("homes/2024/{name}.csv"),
        format!("{title},,\nLA,Homes,Year\nCamden,5,{year}\nLeeds,7,{year}\n"),
    );
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

#[test]
fn a_file_that_says_another_period_is_said() {
    for (period, ends, name, title, year, says) in [
        // The name of the file.
        ("31 March {release}", "", "homes_as_at_31_March_2024", "Homes", "", ""),
        ("31 March {release}", "", "homes_as_at_31_December_2024", "Homes", "", "31 December 2024"),
        ("31 March {release}", "", "homes_30sep2024", "Homes", "", "30sep2024"),
        ("31 March {release}", "", "homes_2024", "Homes", "", ""),
        ("31 March {release}", "", "homes_2025", "Homes", "", "2025"),
        ("31 March {release}", "", "homes_20240612", "Homes", "", ""),
        // Its title goes before its name.
        ("31 March {release}", "", "homes_31_March_2024", "Homes as at 31 December 2024", "", "31 December 2024"),
        ("31 March {release}", "", "homes", "Homes at 31st March 2024", "", ""),
        ("31 March {release}", "", "homes", "Homes: March 2024 (published 27 June 2024)", "", ""),
        ("31 March {release}", "", "homes", "Homes: September 2024", "", "September 2024"),
        ("31 March {release}", "", "homes", "Homes, 2013 to 2024", "", ""),
        ("2022", "30 June", "m", "Mid-2022 population estimates", "", ""),
        ("2022", "30 June", "m", "Mid-2023 population estimates", "", "2023"),
        ("2022", "30 June", "m", "Population estimates, June 2023", "", "June 2023"),
        ("2020-21", "31 March", "grant", "Schools grant: 2020 to 2021 allocations", "", ""),
        ("2020-21", "31 March", "grant", "Schools grant: 2021 to 2022 allocations", "", "2021 to 2022"),
        ("2020-21", "31 March", "grant_2022_07_18", "Schools grant", "", ""),
        ("2020-21", "31 March", "grant_202122", "Schools grant", "", "202122"),
        ("2020-21", "31 March", "grant", "Children and Families Act 2014: grant", "", ""),
        // A column that the block does not read.
        ("2022", "", "homes", "Homes", "2022", ""),
        ("2022", "", "homes", "Homes", "2023", "2023"),
        ("2020-21", "", "homes", "Homes", "202122", "202122"),
    ] {
        let ran = ran(period, ends, name, title, year);
        let found = ran.all("period-disagrees");
        let case = format!("{period}, {name}, {title}, {year}");
        match says {
            "" => assert!(found.is_empty(), "{case}: {}", found[0].message),
            says => {
                assert_eq!(found.len(), 1, "{case}");
                assert!(found[0].message.contains(&format!("`{says}`")), "{case}: {}", found[0].message);
                assert!(found[0].message.contains("pipelines/homes.toml line "), "{case}: {}", found[0].message);
            }
        }
    }
}

#[test]
fn the_cell_that_says_so_is_named() {
    let found = ran("2022", "30 June", "m", "Mid-2023 population estimates", "");
    let place = &found.finding("period-disagrees").place;
    assert_eq!((place.row, place.column), (Some(1), Some(1)), "{place}");
}

#[test]
fn the_name_of_a_sheet_counts_too() {
    for (sheet, found) in [("Homes_31_March_2024", 0), ("Homes_30_June_2024", 1), ("Homes", 0)] {
        let bench = Bench::new();
        bench.pipeline(
            "homes",
            &format!(
                "{HEAD}[[release]]\nfrom = 2020\nfile = \"*.ods\"\nsheet = \"Homes*\"\nperiod = \"31 March {{release}}\"\narea = {{ name = \"LA\" }}\ncolumns = {{ homes = \"Homes\" }}\n{CHECKS}"
            ),
        );
        let rows = [vec![Ods::Text("LA"), Ods::Text("Homes")], vec![Ods::Text("Camden"), Ods::Number(5.0)]];
        bench.returns("homes/2024/h.ods", ods(&[(sheet, &rows)], true));
        assert_eq!(bench.run().all("period-disagrees").len(), found, "{sheet}");
    }
}

#[test]
fn a_period_without_release_belongs_to_one_release() {
    for (title, severe, code) in [
        ("Homes, mid-2022", None, 0),
        ("Homes", Some("period-again"), 0),
        ("Homes, mid-2023", Some("period-disagrees"), 1),
    ] {
        let bench = Bench::new();
        bench.pipeline(
            "homes",
            &format!(
                "period_ends = \"30 June\"\n{HEAD}[[release]]\nfrom = 2022\nfile = \"h.csv\"\nheader = 2\nperiod = \"2022\"\narea = {{ name = \"LA\" }}\ncolumns = {{ homes = \"Homes\" }}\n{CHECKS}"
            ),
        );
        bench.returns("homes/2022/h.csv", "\"Homes, mid-2022\",\nLA,Homes\nCamden,5\n");
        bench.returns("homes/2023/h.csv", format!("\"{title}\",\nLA,Homes\nCamden,6\n"));
        let ran = bench.run();
        assert_eq!(ran.code, code, "{title}: {}", ran.stderr);
        let found: Vec<&str> =
            ran.findings.iter().map(|found| found.code.as_str()).filter(|code| code.starts_with("period-")).collect();
        assert_eq!(found, severe.into_iter().collect::<Vec<_>>(), "{title}");
        if code == 1 {
            assert!(!bench.has("homes"), "figures of mid-2023 are not published as 2022");
        }
    }
}

#[test]
fn authorities_under_the_range_are_said() {
    for (below, rows) in [
        ("", None),
        ("Leeds,7\n", Some("row 4")),
        ("Leeds,7\nKent,8\nTotal,20\n", Some("rows 4 to 5")),
        ("Total,20\n", None),
        ("LONDON,20\nNorth East,3\n", None),
        ("Leeds,see note\n", None),
        ("\nLeeds,7\n", None),
    ] {
        let bench = Bench::new();
        bench.pipeline(
            "homes",
            &format!(
                "{HEAD}[[release]]\nfrom = 2022\nfile = \"h.csv\"\nrange = \"A1:B3\"\nperiod = \"{{release}}\"\narea = {{ name = \"LA\" }}\ncolumns = {{ homes = \"Homes\" }}\n{CHECKS}"
            ),
        );
        bench.returns("homes/2024/h.csv", format!("LA,Homes\nCamden,5\nBirmingham,6\n{below}"));
        let ran = bench.run();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let found = ran.all("range-cut");
        assert_eq!(found.len(), usize::from(rows.is_some()), "{below}");
        if let Some(rows) = rows {
            assert!(found[0].message.contains(rows) && found[0].message.contains("A1:B3"), "{}", found[0].message);
            assert_eq!(found[0].place.row, Some(4));
        }
    }
}
