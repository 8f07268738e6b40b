//! What a release does not map is not known: no figure is told from it, and the same rows count whatever is asked of them.

use crate::harness::Bench;

/// Visits of people; `where` and the field `late` ask for what is in `columns`, if it is.
fn pipeline(rule: &str, columns: &str) -> String {
    let said = ["appeal", "stay"].into_iter().filter(|name| columns.contains(name));
    let yes_no = said.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    format!(
        r#"
title = "Visits"
return = "visits"
shape = "records"
record = "place"
rows = "visit"
period = {{ calendar_year = "year" }}
area = {{ code = "head.lea" }}
{rule}
join = [{{ from = "visit.person", to = "person.id" }}, {{ from = "person.home", to = "home.id", missing = "keep" }}]

[source]
publisher = "The council"

[day]
year = {{ read = "head.day" }}

[field]
late = {{ when = [{{ if = {{ "visit.days" = {{ over = 9 }} }}, is = "yes" }}, {{ is = "no" }}] }}
stopped = {{ any = ["visit.appeal", "visit.stay"] }}

[measures.visits]
label = "Visits"
unit = "number"

[measures.late_visits]
label = "Visits that came late"
unit = "number"
count = {{ late = ["yes"] }}

[measures.visits_without_stop]
label = "Visits that nothing stopped"
unit = "number"
count = {{ none = {{ stopped = ["yes"] }} }}

[[release]]
from = 2025
[release.table]
head = {{ file = "head.csv", columns = {{ lea = "lea", day = "day" }}, days = ["day"] }}
person = {{ file = "person.csv", key = "id", columns = {{ id = "id", home = "home" }} }}
home = {{ file = "home.csv", key = "id", columns = {{ id = "id", kind = "kind" }} }}
visit = {{ file = "visit.csv", key = "id", columns = {{ id = "id", person = "person"{columns} }}, yes_no = [{yes_no}], ignore = ["*"] }}

[checks]
areas = "some"
"#
    )
}

const ALL: &str = r#", days = "days", appeal = "appeal", stay = "stay""#;

fn bench(rule: &str, columns: &str) -> Bench {
    let bench = Bench::new();
    // Ten visits of three people, and one of somebody who is not there.
    let visits: String = (0..11)
        .map(|n| {
            let person = if n == 10 { 7 } else { n % 3 };
            format!("{n},{person},{},{},{}\n", n * 2, u8::from(n == 1), u8::from(n == 2))
        })
        .collect();
    bench
        .pipeline("visits", &pipeline(rule, columns))
        .returns("visits/2025/head.csv", "lea,day\n857,2024-12-31\n")
        .returns("visits/2025/person.csv", "id,home\n0,5\n1,\n2,6\n")
        .returns("visits/2025/home.csv", "id,kind\n5,flat\n")
        .returns("visits/2025/visit.csv", format!("id,person,days,appeal,stay\n{visits}"));
    bench
}

fn figure(bench: &Bench, measure: &str) -> f64 {
    bench.table("visits").row(&[&format!("measure={measure}")]).value()
}

fn measures(bench: &Bench) -> Vec<String> {
    let mut all: Vec<String> = bench.table("visits").words("measure").into_iter().map(str::to_owned).collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn what_is_told_from_a_field_that_is_not_mapped_has_no_figure() {
    let whole = bench("", ALL);
    whole.run().well();
    // Days are 0, 2, 4 to 18: five are over nine. Appeals and stays stop the second and the third.
    assert_eq!(
        [figure(&whole, "visits"), figure(&whole, "late_visits"), figure(&whole, "visits_without_stop")],
        [10.0, 5.0, 8.0]
    );
    let without = bench("", ", appeal = \"appeal\"");
    // A field that no block maps is refused when the file is read; an older block that does not map it is not.
    let older = pipeline("", ALL).replace("from = 2025", "from = 2026");
    let toml = pipeline("", ", appeal = \"appeal\"");
    let block = &older[older.find("[[release]]").expect("a block")..older.find("[checks]").expect("checks")];
    without.pipeline("visits", &toml.replace("[checks]", &format!("{block}\n[checks]")));
    without.run().well();
    assert_eq!(measures(&without), ["visits"], "a figure was told from what is not there");
}

#[test]
fn a_rule_about_a_field_that_is_not_mapped_counts_nothing() {
    let rule = "where = { none = { \"visit.stay\" = [\"yes\"] } }";
    let bench = bench(rule, ALL);
    bench.run().well();
    assert_eq!(figure(&bench, "visits"), 9.0);
    let (older, toml) =
        (pipeline(rule, ALL).replace("from = 2025", "from = 2026"), pipeline(rule, ", days = \"days\""));
    let block = &older[older.find("[[release]]").expect("a block")..older.find("[checks]").expect("checks")];
    let lacking = self::bench(rule, ALL);
    lacking.pipeline("visits", &toml.replace("[checks]", &format!("{block}\n[checks]")));
    let run = lacking.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    let finding = run.finding("unmapped-field");
    assert!(finding.message.contains("`visit.stay`") && finding.message.contains("2025"), "{finding:?}");
    assert!(!lacking.has("visits"));
}

#[test]
fn a_row_without_its_parent_is_refused_though_nothing_asks_for_the_parent() {
    let bench = bench("", ALL);
    let run = bench.run().well();
    assert_eq!(figure(&bench, "visits"), 10.0);
    assert!(run.finding("no-parent").message.contains("1 row of `visit`"), "{}", run.stderr);
}

#[test]
fn a_workbook_is_read_once_however_many_tables_stand_in_it() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [
        ("head", vec!["lea,day", "857,2024-12-31"]),
        ("person", vec!["id,home", "0,5", "1,"]),
        ("home", vec!["id,kind", "5,flat"]),
        ("visit", vec!["id,person,days,appeal,stay", "1,0,12,0,0", "2,1,3,0,0"]),
    ] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        for (row, line) in rows.iter().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                sheet.write_string(row as u32, column as u16, cell).expect("a cell");
            }
        }
    }
    let mut toml = pipeline("", ALL);
    for name in ["head", "person", "home", "visit"] {
        toml = toml.replace(&format!("file = \"{name}.csv\""), &format!("file = \"all.xlsx\", sheet = \"{name}\""));
    }
    let bench = Bench::new();
    bench.pipeline("visits", &toml).returns("visits/2025/all.xlsx", workbook.save_to_buffer().expect("a workbook"));
    bench.run().well();
    assert_eq!([figure(&bench, "visits"), figure(&bench, "late_visits")], [2.0, 1.0]);
}

#[test]
fn a_word_that_is_asked_for_yes_is_refused() {
    let bench = bench("", ALL);
    bench.pipeline("visits", &pipeline("", ALL).replace("yes_no = [\"appeal\", \"stay\"]", "yes_no = [\"appeal\"]"));
    let run = bench.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.finding("not-yes-no").message.contains("`visit.stay`"), "{}", run.stderr);
    assert!(!bench.has("visits"));
}
