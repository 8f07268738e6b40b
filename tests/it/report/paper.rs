//! A paper of published figures with known answers: messages, the table of the first page, rates per head, what changed since.

use super::{page_tables, row};
use crate::harness::{Bench, EES, ees};

const PIPELINE: &str = r#"title = "Visits"
return = "visits"
[measures.on_time]
label = "Visits made in time"
unit = "percent"
numerator = "made"
denominator = "due"
better = "high"
importance = 3
topic = "time"
noun = "visits made in time"
phrases = { says = "{} of visits were made in time", more = "A larger share of visits is made in time", less = "A smaller share of visits is made in time" }
[measures.missed]
label = "Visits never made"
unit = "percent"
numerator = "missed"
denominator = "due"
better = "low"
topic = "missed"
noun = "visits never made"
[measures.due]
label = "Visits due"
unit = "number"
topic = "size"
noun = "visits due"
per = { population = "people/people", unit = "rate per 1,000", noun = "visits due per 1,000 people", phrases = { more = "More visits fall due per head", less = "Fewer visits fall due per head" } }
[[release]]
from = 2023
file = "visits.csv"
format = "ees"
columns = { made = "made", due = "due", missed = "missed" }
[checks]
areas = "some"
"#;

const PEOPLE: &str = r#"title = "People"
return = "people"
[measures.people]
label = "People of all ages"
unit = "number"
[[release]]
from = 2023
file = "people.csv"
format = "ees"
columns = { people = "people" }
[checks]
areas = "some"
"#;

const REPORT: &str = r#"title = "Visits in {authority}"
for = "the visiting board"
authority = "Leeds"
compare = ["england"]
lead = ["visits/on_time"]
[[section]]
heading = "Are visits made in time?"
measures = ["visits/on_time", "visits/missed", "visits/due"]
[[section]]
heading = "Where do we stand?"
measures = ["visits/on_time", "visits/missed"]
tables = ["neighbours"]
"#;

/// Twelve authorities; of 200 visits each made 150 in time, Leeds 90 (and 130 the year before); 10 were never made, in Leeds 2.
const OTHERS: [&str; 11] = [
    "Birmingham",
    "Coventry",
    "Sandwell",
    "Walsall",
    "Dudley",
    "Solihull",
    "Bradford",
    "Calderdale",
    "Kirklees",
    "Wakefield",
    "Wolverhampton",
];

fn visits(leeds_before: u32) -> String {
    let mut text = format!("{EES},made,due,missed\n");
    for (year, leeds) in [(2023, leeds_before), (2024, 90)] {
        let row = |place: &str, made: u32, due: u32, missed: u32| {
            format!("{},{made},{due},{missed}\n", ees(&year.to_string(), "Calendar year", place))
        };
        text += &row("England", 11 * 150 + leeds, 2400, 112);
        text += &row("Leeds", leeds, 200, 2);
        OTHERS.iter().for_each(|place| text += &row(place, 150, 200, 10));
    }
    text
}

fn bench() -> Bench {
    let bench = Bench::new();
    bench.pipeline("visits", PIPELINE).pipeline("people", PEOPLE).pipeline("reports/board", REPORT);
    let row = |place: &str, people: u32| format!("{},{people}\n", ees("2022", "Calendar year", place));
    let others: String = OTHERS.iter().map(|place| row(place, 10_000)).collect();
    bench.returns(
        "people/2023/people.csv",
        format!("{EES},people\n{}{}{others}", row("England", 120_000), row("Leeds", 8_000)),
    );
    bench.returns("visits/2024/visits.csv", visits(130));
    bench
}

/// Everything is worked out, intervals among it.
fn run(bench: &Bench) {
    let ran = bench.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

fn paper(bench: &Bench, more: &[&str]) -> String {
    let options =
        ["report", "board", "--out", "out", "--pipelines", "pipelines", "--returns", "returns", "--no-charts"];
    let ran = bench.abreast(&[&options, more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::read_to_string(bench.path("out/reports/board-leeds.html")).expect("a page")
}

/// The words of a page without its tags.
fn words(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, body)| body);
    let mut text = String::new();
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => (inside, text) = (true, text + " "),
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&#x27;", "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn messages_and_first_page_say_what_the_figures_carry() {
    let bench = bench();
    run(&bench);
    let html = paper(&bench, &[]);
    let said = words(&html);
    // 90 of 200 are 45%, 130 were 65%; England has 1,740 of 2,400, 72.5%.
    assert!(said.contains("A smaller share of visits is made in time, and it is below England's."), "{said}");
    assert!(
        said.contains("In 2024, 45% of visits were made in time (90 of 200), down from 65%. England: 73%"),
        "{said}"
    );
    // 2 of 200 are 1%, England 112 of 2,400, 4.7%: one place more where England's is small.
    assert!(said.contains("Visits never made: better than in England. 1.0% in 2024 (2 of 200)"), "{said}");
    assert_eq!(row(&html, "At a glance", "Visits made in time")[1..3].join(" "), "45% 73%");
    assert!(said.contains("One of two performance measures is worse than England, one better."), "{said}");
    assert!(said.contains("Worsened by 20 points"), "{said}");
    // A number of things stands on the first page as a rate alone: 200 of 8,000 people against 2,400 of 120,000.
    let tables = page_tables(&html);
    let glance = &tables.iter().find(|(title, _)| title.contains("At a glance")).expect("a table").1;
    assert!(
        glance.iter().any(|row| row.starts_with(&["Visits due per 1,000 people".into(), "25.0".into(), "20.0".into()])),
        "{glance:?}"
    );
    assert!(glance.iter().all(|row| row[0] != "Visits due"), "{glance:?}");
}

#[test]
fn a_dashboard_has_tiles_of_figure_shape_and_word_and_its_table_on_the_next_page() {
    let bench = bench();
    bench.pipeline("reports/board", &REPORT.replace("lead =", "first = \"tiles\"\nlead ="));
    run(&bench);
    let html = paper(&bench, &[]);
    let tiles =
        html.split_once("<ul class=\"tiles\">").and_then(|(_, rest)| rest.split_once("</ul>")).expect("tiles").0;
    let said: Vec<String> = tiles.split("<li").skip(1).map(|tile| words(&format!("<li{tile}"))).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    // 90 of 200 against 1,740 of 2,400, and 130 the year before.
    assert!(
        said[0].ends_with("Visits made in time 45% Worse England: 73% Worsened by 20 points in a year 2024"),
        "{said:?}"
    );
    assert!(tiles.contains("<li class=\"worse\">") && tiles.contains("<li class=\"better\">"));
    assert!(tiles.contains("class=\"tf\" data-figure=\"visits&#x2f;on_time&#x2f;"), "{tiles}");
    assert!(html.contains("<div class=\"glance pb\">"), "the table begins a page");
    assert!(!html.contains("class=\"pb\""), "the sections follow the table on its page");
}

#[test]
fn what_changed_since_the_build_before_is_said() {
    let bench = bench();
    run(&bench);
    std::fs::rename(bench.path("out"), bench.path("before")).expect("moved");
    bench.returns("visits/2024/visits.csv", visits(120));
    run(&bench);
    let said = words(&paper(&bench, &["--since", "before"]));
    assert!(
        said.contains("Visits made in time: the figure for 2023 was 65% in the paper before; it is now 60%."),
        "{said}"
    );
    assert!(!said.contains("Visits never made: the figure"), "{said}");
    let same = words(&paper(&bench, &["--since", "out"]));
    assert!(same.contains("No figure of this paper has changed since the paper before."), "{same}");
}
