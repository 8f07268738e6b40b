//! Names of authorities as councils and publishers write them, areas that are none, rows of totals, neighbours by name and
//! lists of one's own.

use abreast::area::{LaCode, Register};
use abreast::home;
use chrono::NaiveDate;

use crate::harness::{Bench, EES, ees};

const PIPELINE: &str = r#"title = "Visits"
return = "visits"
[measures.visits]
label = "Visits"
unit = "number"
[[release]]
from = 2025
file = "visits.csv"
area = { ons = "code", name = "name" }
period_column = "year"
columns = { visits = "visits" }
[checks]
areas = "some"
"#;

fn register() -> Register {
    home::register().expect("a register").0
}

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).expect("a day")
}

#[test]
fn official_names_are_read_by_one_rule() {
    let register = register();
    for (name, code) in [
        ("Leeds City Council", 383),
        ("Wigan MBC", 359),
        ("Metropolitan Borough of Wigan", 359),
        ("The Royal Borough of Kensington and Chelsea", 207),
        ("LB Hackney", 204),
        ("London Borough of Richmond upon Thames", 318),
        ("York, City of", 816),
        ("City of York Council", 816),
        ("Kent County Council", 886),
        ("Kent CC", 886),
        ("Westminster, City of", 213),
        ("City of Westminster", 213),
        ("Durham County Council", 840),
        ("Herefordshire, County of", 884),
        ("Kingston-upon-Hull, City of", 810),
        ("Bristol UA", 801),
        ("Saint Helens", 342),
        ("St. Helens Metropolitan Borough Council", 342),
        ("Newcastle on Tyne", 391),
        ("Stoke-on-Trent City Council", 861),
        ("Southend-on-Sea Borough Council", 882),
        ("Windsor & Maidenhead", 868),
        ("Telford and Wrekin UA", 894),
        ("Council of the Isles of Scilly", 420),
        ("Isle of Wight Council", 921),
        ("Corporation of London", 201),
        ("London, City of", 201),
        ("Bradford Metropolitan District Council", 380),
        ("Merton²", 315),
    ] {
        assert_eq!(register.by_name(name, day(2024)), Some(LaCode(code)), "{name}");
    }
    for name in [
        "London",
        "London Borough",
        "Greater London",
        "City",
        "Borough Council",
        "Newcastle",
        "Kingston",
        "Richmondshire",
        "Yorkshire",
    ] {
        assert_eq!(register.by_name(name, day(2024)), None, "{name}");
    }
}

#[test]
fn no_two_authorities_of_one_time_share_a_spelling() {
    let register = register();
    for year in [2010, 2015, 2018, 2020, 2022, 2024] {
        for authority in register.open_on(day(year)) {
            assert_eq!(
                register.by_name(&authority.name, day(year)),
                Some(authority.code),
                "{} in {year}",
                authority.name
            );
        }
    }
    assert_eq!(register.by_name("Dorset County Council", day(2017)), Some(LaCode(835)));
    assert_eq!(register.by_name("Dorset Council", day(2022)), Some(LaCode(838)));
}

#[test]
fn did_you_mean_only_where_it_is_near() {
    let register = register();
    for (name, likely) in [
        ("Birmingam", Some("Birmingham")),
        ("Nottinghamshyre", Some("Nottinghamshire")),
        ("Newcastle", Some("Newcastle upon Tyne")),
        ("City of Xanadu", None),
        ("Total", None),
        ("Footnote 3: see the notes", None),
    ] {
        assert_eq!(register.likely_name(name), likely, "{name}");
    }
    assert_eq!(register.likely_name(&"word ".repeat(1_000_000)), None, "a cell of megabytes is no misspelling");
}

#[test]
fn areas_that_are_no_authority_are_left_out_by_rule_and_counted() {
    let bench = Bench::new();
    bench.pipeline("visits", PIPELINE);
    bench.returns(
        "visits/2025/visits.csv",
        "code,name,year,visits\nE08000035,Leeds,2024,7\nW06000015,Cardiff,2024,1\nS12000036,City of Edinburgh,2024,1\n,Wales,2024,1\nE07000223,Adur,2024,1\n,Cannock Chase District Council,2024,1\nE47000001,Greater Manchester,2024,1\nE12000003,Yorkshire and The Humber,2024,20\nE92000001,England,2024,900\nK04000001,England and Wales,2024,999\n",
    );
    let ran = bench.run().well();
    let table = bench.table("visits");
    assert_eq!(table.words("level"), ["authority", "country", "region"]);
    assert_eq!(table.row(&["level=country"]).value(), 900.0, "England and Wales is not England");
    let mut said: Vec<&str> = ran.all("left-out").iter().map(|finding| finding.message.as_str()).collect();
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "1 row is left out: combined authority or metropolitan county",
            "2 rows are left out: district below a county",
            "4 rows are left out: area outside England"
        ]
    );
}

#[test]
fn a_row_of_a_total_is_said_to_be_one() {
    let bench = Bench::new();
    bench.pipeline("visits", PIPELINE);
    bench.returns("visits/2025/visits.csv", "code,name,year,visits\n,Leeds,2024,7\n,Grand total,2024,7\n,,2024,3\n");
    let ran = bench.run();
    let found = ran.all("unknown-authority");
    assert_eq!(found.len(), 2, "{}", ran.stderr);
    assert_eq!((found[0].place.row, found[0].place.column), (Some(3), Some(2)));
    assert!(found[0].message.contains("looks like a total") && found[0].help.contains("drop"), "{}", found[0]);
    assert!(found[1].help.contains("every row"), "{}", found[1]);
    assert!(!bench.has("visits"));
}

/// A measure of nine authorities, for whoever is compared with whom.
fn plans(bench: &Bench) {
    bench.pipeline(
        "plans",
        "title = \"Plans\"\nreturn = \"plans\"\n[measures.plans]\nlabel = \"Plans\"\nunit = \"number\"\n[[release]]\nfrom = 2026\nfile = \"plans.csv\"\nformat = \"ees\"\ncolumns = { plans = \"plans\" }\n[checks]\nareas = \"some\"\n",
    );
    let mut text = format!("{EES},plans\n");
    for (place, count) in [("Leeds", 1), ("Birmingham", 10), ("Coventry", 20), ("Camden", 60)] {
        text.push_str(&format!("{},{count}\n", ees("2026", "Calendar year", place)));
    }
    bench.returns("plans/2026/plans.csv", text);
}

fn neighbours(columns: &str) -> String {
    format!(
        "title = \"Ours\"\nreturn = \"ours\"\nfeeds = \"neighbours\"\n[measures.neighbour]\nlabel = \"Neighbour\"\nunit = \"code\"\n[[release]]\nfrom = 2026\nfile = \"ours.csv\"\narea = {{ name = \"council\" }}\nperiod = \"{{release}}\"\n{columns}\n[checks]\nareas = \"some\"\n"
    )
}

#[test]
fn neighbours_by_name_or_code_in_a_table_of_any_name() {
    for (columns, text) in [
        (
            "topic = \"Rank\"\ncolumns = { neighbour = \"n{breakdown}\" }",
            "council,n1,n2\nLeeds City Council,City of Birmingham,E08000026\n",
        ),
        (
            "columns = { neighbour = \"who\" }\nfilters = [\"rank\"]",
            "council,rank,who\nLeeds,1,330\nLeeds,2,Coventry City Council\n",
        ),
    ] {
        let bench = Bench::new();
        plans(&bench);
        bench.pipeline("our_own_set", &neighbours(columns)).returns("ours/2026/ours.csv", text);
        bench.run().well();
        let compared =
            bench.abreast(&["compare", "plans", "--authority", "Leeds", "--out", "out", "--format", "csv"]).well();
        assert!(compared.stdout.contains("Statistical neighbours (2026) (mean),15"), "{}", compared.stdout);
    }
    let bench = Bench::new();
    plans(&bench);
    bench.pipeline("our_own_set", &neighbours("topic = \"Rank\"\ncolumns = { neighbour = \"n{breakdown}\" }"));
    bench.returns("ours/2026/ours.csv", "council,n1\nLeeds,Birmingam\n");
    let ran = bench.run();
    let finding = ran.finding("unknown-authority");
    assert_eq!((finding.place.row, finding.place.column), (Some(2), Some(2)));
    assert!(finding.help.contains("did you mean `Birmingham`"), "{finding}");
}

#[test]
fn a_list_of_ones_own_is_something_to_compare_with() {
    let bench = Bench::new();
    plans(&bench);
    bench.file(
        "data/reference/lists/our-peers.csv",
        "\u{feff}area_code,area_name,why\nE08000025,Birmingham,alike\n,Coventry City Council,near\n",
    );
    bench.run().well();
    let asked = ["compare", "plans", "--authority", "Leeds", "--with", "our-peers", "--out", "out", "--format", "csv"];
    let compared = bench.abreast(&asked).well();
    assert!(
        compared.stdout.contains("our peers (mean),15"),
        "the names are whole, the codes are not: {}",
        compared.stdout
    );
    bench.file("data/reference/lists/our-peers.csv", "area_code,area_name\nE08000025,Birmingham\nE08000026,Coventry\n");
    bench.run().well();
    let compared = bench.abreast(&asked).well();
    assert!(compared.stdout.contains("our peers (mean),15"), "{}", compared.stdout);
    bench.file("data/reference/lists/our-peers.csv", "names\nBirmingham\nCoventri\n");
    let wrong = bench.abreast(&asked);
    assert!(wrong.stderr.contains("`Coventri` is no known local authority"), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("row 3"), "{}", wrong.stderr);
}

#[test]
fn a_part_of_london_does_not_stand_there_as_london() {
    let bench = Bench::new();
    plans(&bench);
    let row = |code: &str, name: &str, count: u32| {
        format!("2026,Calendar year,Regional,E92000001,England,{code},{name},,,,{count}\n")
    };
    let authority = ees("2026", "Calendar year", "Camden");
    let both = row("E13000001", "Inner London", 120) + &row("E13000002", "Outer London", 80);
    bench.returns("plans/2026/plans.csv", format!("{EES},plans\n{both}{authority},5\n"));
    bench.run().well();
    let asked = ["compare", "plans", "--authority", "Camden", "--with", "region", "--out", "out", "--format", "csv"];
    let compared = bench.abreast(&asked).well().stdout;
    assert!(compared.contains("Inner London,120") && !compared.contains("-,London,"), "{compared}");
    bench.returns(
        "plans/2026/plans.csv",
        format!("{EES},plans\n{both}{}{authority},5\n", row("E12000007", "London", 200)),
    );
    bench.run().well();
    let compared = bench.abreast(&asked).well().stdout;
    assert!(compared.contains("London,200") && !compared.contains("Inner London"), "{compared}");
}
