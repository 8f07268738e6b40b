//! What a paper opens with where nothing stands out, and what it says of measures that are published in parts.

use super::page_tables;
use crate::harness::{Bench, EES, ees};

/// Shares of a hundred cases that differ from England's by a point or two, which chance explains.
fn middling(bench: &Bench) {
    let measure = |name: &str, label: &str| {
        format!(
            "[measures.{name}]\nlabel = \"{label}\"\nunit = \"percent\"\nnumerator = \"{name}_n\"\ndenominator = \"all\"\nbetter = \"high\"\ntopic = \"{name}\"\n"
        )
    };
    let columns = "columns = { seen_n = \"seen\", met_n = \"met\", kept_n = \"kept\", all = \"all\" }\n";
    bench.pipeline(
        "visits",
        &format!(
            "title = \"Visits\"\nreturn = \"visits\"\n{}{}{}[[release]]\nfrom = 2024\nfile = \"visits.csv\"\nformat = \"ees\"\n{columns}[checks]\nareas = \"some\"\n",
            measure("seen", "Children seen"),
            measure("met", "Families met"),
            measure("kept", "Visits kept"),
        ),
    );
    let mut text = format!("{EES},seen,met,kept,all\n");
    for (place, seen, met, kept, all) in [
        ("England", 50_000, 62_000, 71_000, 100_000),
        ("Birmingham", 52, 61, 70, 100),
        ("Coventry", 51, 64, 73, 100),
        ("Leeds", 49, 62, 72, 100),
    ] {
        text += &format!("{},{seen},{met},{kept},{all}\n", ees("2023", "Calendar year", place));
    }
    bench.returns("visits/2024/visits.csv", text);
}

/// The page of a report with one section about `measures`.
fn page(bench: &Bench, measures: &str) -> String {
    bench.pipeline(
        "reports/board",
        &format!("title = \"Board\"\nauthority = \"Coventry\"\ncompare = [\"england\"]\n[[section]]\nheading = \"How is it?\"\nmeasures = [\"{measures}\"]\n"),
    );
    bench.run().well();
    let options =
        ["report", "board", "--out", "out", "--pipelines", "pipelines", "--returns", "returns", "--no-charts"];
    let ran = bench.abreast(&options);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::read_to_string(bench.path("out/reports/board-coventry.html")).expect("a page")
}

#[test]
fn three_messages_with_figures_stand_first_though_nothing_stands_out() {
    let bench = Bench::new();
    middling(&bench);
    let html = page(&bench, "visits/*");
    let (messages, _) = html.split_once("<table").expect("messages before a table");
    for told in ["51%", "64%", "73%"] {
        assert!(messages.contains(told), "{told} in {messages}");
    }
    assert!(messages.contains("No measure in this paper is clearly better or worse than in England."), "{messages}");
}

#[test]
fn what_is_published_in_parts_only_is_not_called_missing() {
    let bench = Bench::new();
    bench.pipeline(
        "homes",
        "title = \"Homes\"\nreturn = \"homes\"\n[measures.homes]\nlabel = \"Children in homes\"\nunit = \"number\"\n[[release]]\nfrom = 2024\nfile = \"homes.csv\"\nformat = \"ees\"\nfilters = [\"age\"]\ntopics = { age = \"Age\" }\ncolumns = { homes = \"homes\" }\n[checks]\nareas = \"some\"\n",
    );
    let mut text = format!("{EES},age,homes\n");
    for place in ["England", "Birmingham", "Coventry", "Leeds"] {
        for (age, homes) in [("Aged 3", 14), ("Aged 4", 23)] {
            text += &format!("{},{age},{homes}\n", ees("2023", "Calendar year", place));
        }
    }
    bench.returns("homes/2024/homes.csv", text);
    let html = page(&bench, "homes/homes");
    assert!(html.contains("For Coventry there are figures by age only: children in homes."), "{html}");
    assert!(!html.contains("no figure was published"), "{html}");
    assert!(!html.contains("Not included"), "{html}");
}

#[test]
fn months_stand_as_many_beside_each_other_as_a_page_is_wide() {
    let html = super::page("monthly-scorecard-birmingham");
    for (caption, rows) in page_tables(&html) {
        let wide = rows.iter().map(Vec::len).max().unwrap_or_default();
        assert!(wide <= 9, "{caption} has {wide} columns");
    }
}

#[test]
fn the_rate_of_a_count_that_is_not_shown_is_not_shown_either_and_says_why() {
    let bench = Bench::new();
    bench.pipeline(
        "people",
        "title = \"People\"\nreturn = \"people\"\n[measures.people]\nlabel = \"People\"\nunit = \"number\"\n[[release]]\nfrom = 2024\nfile = \"people.csv\"\nformat = \"ees\"\ncolumns = { people = \"people\" }\n[checks]\nareas = \"some\"\n",
    );
    bench.pipeline(
        "homes",
        "title = \"Homes\"\nreturn = \"homes\"\n[measures.homes]\nlabel = \"Children in homes\"\nunit = \"number\"\nper = { population = \"people/people\", unit = \"rate per 1,000\", noun = \"children in homes per 1,000\" }\n[[release]]\nfrom = 2024\nfile = \"homes.csv\"\nformat = \"ees\"\ncolumns = { homes = \"homes\" }\n[checks]\nareas = \"some\"\n",
    );
    let (mut people, mut homes) = (format!("{EES},people\n"), format!("{EES},homes\n"));
    for (place, count) in [("England", "900"), ("Birmingham", "14"), ("Coventry", "c"), ("Leeds", "23")] {
        for year in ["2022", "2023"] {
            people += &format!("{},1000\n", ees(year, "Calendar year", place));
            let count = if year == "2022" && count == "c" { "31" } else { count };
            homes += &format!("{},{count}\n", ees(year, "Calendar year", place));
        }
    }
    bench.returns("people/2024/people.csv", people);
    bench.returns("homes/2024/homes.csv", homes);
    let html = page(&bench, "homes/homes");
    let rate = super::starting(&html, "Table A", "Children in homes per 1,000");
    assert!(rate.iter().any(|cell| cell.starts_with("not shown")), "{rate:?}");
    assert!(
        !rate.iter().any(|cell| cell.starts_with("31")),
        "the rate of the year before is no rate of this: {rate:?}"
    );
}
