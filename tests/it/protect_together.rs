//! Two tables that count the same children, attacked together: what one of them hides, the other must not give back.

use std::collections::BTreeMap;

use crate::harness::Bench;

/// A table of placed children: its breakdown and what it counts beside all of them.
fn pipeline(by: &str, measures: &str) -> String {
    format!(
        r#"
title = "Placed children"
return = "placed"
shape = "records"
by = [["{by}"]]

[source]
publisher = "The council"
licence = "OGL-3.0"

[measures.children]
label = "Children"
unit = "number"
count = {{ ref = ["*"] }}
{measures}
[[release]]
from = 2025
file = "placed.csv"
period = "March 2025"
area = {{ name = "la" }}
columns = {{ ref = "ref", age = "age", band = "band", kind = "kind", group = "group" }}

[checks]
areas = "some"
"#
    )
}

const IN_SCHOOL: &str = "
[measures.in_school]
label = \"Children in school\"
unit = \"number\"
count = { group = [\"school\"] }
";

/// Age, band of ages, kind of place, group of kinds, how many.
const CHILDREN: [(u32, &str, &str, &str, usize); 9] = [
    (18, "under 20", "academy", "school", 6),
    (19, "under 20", "maintained", "school", 12),
    (19, "under 20", "college", "other", 9),
    (20, "20 and over", "academy", "school", 11),
    (20, "20 and over", "special", "school", 2),
    (21, "20 and over", "college", "other", 8),
    (22, "20 and over", "maintained", "school", 9),
    (22, "20 and over", "special", "school", 7),
    (23, "20 and over", "college", "other", 4),
];

fn bench() -> Bench {
    let kinds = CHILDREN.iter().flat_map(|kind| std::iter::repeat_n(kind, kind.4)).enumerate();
    let rows = kinds.map(|(id, (age, band, kind, group, _))| format!("C{id},Rutland,{age},{band},{kind},{group}\n"));
    let bench = Bench::new();
    bench
        .pipeline("by_age", &pipeline("age", ""))
        .pipeline("by_band", &pipeline("band", ""))
        .pipeline("by_kind", &pipeline("kind", IN_SCHOOL))
        .returns("placed/2025/placed.csv", format!("ref,la,age,band,kind,group\n{}", rows.collect::<String>()));
    bench
}

/// Which children a figure counts.
fn counts(row: &BTreeMap<String, String>, child: &(u32, &str, &str, &str, usize)) -> bool {
    let breakdown = row["breakdown"].as_str();
    let fits = match row["breakdown_topic"].as_str() {
        "Total" => true,
        "Age" => child.0.to_string() == breakdown,
        "Band" => child.1 == breakdown,
        "Kind" => child.2 == breakdown,
        other => panic!("no such breakdown: {other}"),
    };
    fits && (row["measure"] == "children" || child.3 == "school")
}

#[test]
fn no_small_count_follows_from_two_tables_together() {
    let bench = bench();
    bench.run().well();
    let mut shown: Vec<(Vec<bool>, f64)> = Vec::new();
    let mut hidden: Vec<(Vec<bool>, f64)> = Vec::new();
    for table in ["by_age", "by_band", "by_kind"] {
        for row in bench.table(table).all().iter().filter(|row| row["level"] == "authority") {
            let members: Vec<bool> = CHILDREN.iter().map(|child| counts(row, child)).collect();
            let truth: usize = CHILDREN.iter().zip(&members).filter(|(_, is)| **is).map(|(child, _)| child.4).sum();
            match row["value"].parse::<f64>() {
                Ok(value) => {
                    assert_eq!(value, truth as f64, "{row:?}");
                    shown.push((members, value));
                }
                Err(_) => hidden.push((members, truth as f64)),
            }
        }
    }
    assert!(hidden.iter().any(|(_, truth)| *truth <= 5.0), "nothing small was there");
    // One figure less others that lie apart in it: every such difference is a count of children, and none is small.
    let apart = |one: &[bool], other: &[bool]| one.iter().zip(other).all(|(one, other)| !(*one && *other));
    let within = |part: &[bool], whole: &[bool]| part.iter().zip(whole).all(|(part, whole)| !part || *whole);
    for (whole, value) in &shown {
        let parts: Vec<&(Vec<bool>, f64)> =
            shown.iter().filter(|(part, _)| part != whole && within(part, whole)).collect();
        assert!(parts.len() < 20, "too many for the attack");
        for chosen in 1u32..1 << parts.len() {
            let taken: Vec<&&(Vec<bool>, f64)> =
                (0..parts.len()).filter(|at| chosen >> at & 1 == 1).map(|at| &parts[at]).collect();
            let lie_apart = (0..taken.len()).all(|a| (0..a).all(|b| apart(&taken[a].0, &taken[b].0)));
            let left = value - taken.iter().map(|(_, value)| value).sum::<f64>();
            assert!(!lie_apart || !(1.0..=5.0).contains(&left), "{value} less {taken:?} leaves {left}");
        }
    }
    let shown_again = hidden.iter().filter(|(_, truth)| *truth > 5.0).count();
    assert!(shown_again < 8, "{shown_again} figures are hidden for the sake of one child's: {hidden:?}");
}

#[test]
fn a_table_that_is_asked_for_takes_the_others_with_it() {
    let bench = bench();
    let run = bench.run_with(&["by_age"]).well();
    assert!(bench.has("by_kind") && bench.has("by_band"), "{}", run.stderr);
    let said = run.finding("made-together");
    assert!(said.message.contains("`by_band`, `by_kind`"), "{}", said.message);
    // Nothing changed: all of them stay. One pipeline changed: all are made again, and agree.
    let again = bench.run_with(&["by_kind"]).well();
    assert!(again.stderr.contains("unchanged"), "{}", again.stderr);
    bench.pipeline("by_age", &pipeline("age", IN_SCHOOL));
    bench.run().well();
    assert!(bench.table("by_age").all().iter().any(|row| row["measure"] == "in_school"));
}

#[test]
fn where_one_of_them_cannot_be_made_all_stay_as_they_stand() {
    let bench = bench();
    bench.run().well();
    let before = bench.table("by_band").all().to_vec();
    // One child more, and a column that one of the pipelines asks for is gone.
    let text = std::fs::read_to_string(bench.path("returns/placed/2025/placed.csv")).expect("the file");
    bench.returns("placed/2025/placed.csv", format!("{text}C999,Rutland,19,under 20,college,other\n"));
    bench.pipeline("by_age", &pipeline("age", "").replace("age = \"age\"", "age = \"age on 31 August\""));
    let run = bench.run();
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(run.all("held-together").len(), 2, "{}", run.stderr);
    assert!(run.all("held-together").iter().all(|held| held.message.contains("`by_age`")), "{}", run.stderr);
    assert_eq!(bench.table("by_band").all().to_vec(), before, "a table was made beside one that was not");
    bench.pipeline("by_age", &pipeline("age", ""));
    bench.run().well();
    assert_ne!(bench.table("by_band").all().to_vec(), before);
}
