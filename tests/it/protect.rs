//! Records of children, published in every format, under attack: the attacker reads what was written, nothing else.

use std::collections::{BTreeMap, BTreeSet};

use crate::harness::Bench;

const PIPELINE: &str = r#"
title = "Pupils with support"
return = "pupils"
shape = "records"
by = [["need"], ["phase"], ["need", "phase"]]

[source]
publisher = "The council"
licence = "OGL-3.0"

[measures.pupils]
label = "Pupils with support"
unit = "number"
count = { id = ["*"] }

[measures.in_special_schools]
label = "Pupils in special schools"
unit = "percent"
count = { school = ["special"] }
of = { id = ["*"] }

[[release]]
from = 2025
file = "pupils.csv"
period = "January 2025"
area = { name = "la" }
columns = { id = "id", need = "need", phase = "phase", school = "school" }

[checks]
areas = "some"
"#;

/// Area, need, phase, kind of school, how many: the kinds of child that there are.
const CHILDREN: [(&str, &str, &str, &str, usize); 14] = [
    ("Rutland", "ASD", "primary", "special", 3),
    ("Rutland", "ASD", "primary", "mainstream", 11),
    ("Rutland", "ASD", "secondary", "mainstream", 17),
    ("Rutland", "SLCN", "primary", "mainstream", 2),
    ("Rutland", "SLCN", "secondary", "mainstream", 23),
    ("Rutland", "SEMH", "secondary", "special", 9),
    ("Leicester", "ASD", "primary", "special", 31),
    ("Leicester", "ASD", "secondary", "special", 28),
    ("Leicester", "SLCN", "primary", "mainstream", 44),
    ("Leicester", "SLCN", "secondary", "mainstream", 1),
    ("Leicester", "SLCN", "secondary", "special", 12),
    ("Leicester", "SEMH", "primary", "mainstream", 19),
    ("Leicester", "SEMH", "secondary", "mainstream", 26),
    ("Leicester", "SEMH", "secondary", "special", 4),
];

fn pupils(children: &[(&str, &str, &str, &str, usize)]) -> String {
    let mut text = "id,la,need,phase,school\n".to_owned();
    let rows = children.iter().flat_map(|kind| std::iter::repeat_n(kind, kind.4)).enumerate();
    for (id, (la, need, phase, school, _)) in rows {
        text += &format!("CANARY{id:04},{la},{need},{phase},{school}\n");
    }
    text
}

fn bench(pipeline: &str, csv: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("pupils", pipeline).returns("pupils/2025/pupils.csv", csv);
    bench
}

/// Whether a kind of child is counted by a published figure.
fn counts(kind: &(&str, &str, &str, &str, usize), row: &BTreeMap<String, String>, special: bool) -> bool {
    let area = match row["level"].as_str() {
        "authority" => kind.0 == row["area_name"],
        _ => true,
    };
    let breakdown = match row["breakdown_topic"].as_str() {
        "Need" => kind.1 == row["breakdown"],
        "Phase" => kind.2 == row["breakdown"],
        "Need, Phase" => format!("{}, {}", kind.1, kind.2) == row["breakdown"],
        "Total" => true,
        other => panic!("a breakdown that the attacker does not read: {other}"),
    };
    area && breakdown && (!special || kind.3 == "special")
}

/// What every published number says about the kinds of child: which of them it counts, and how many they are.
fn said(rows: &[BTreeMap<String, String>]) -> Vec<(Vec<f64>, f64)> {
    let mut said = Vec::new();
    for row in rows {
        let number = |column: &str| row[column].parse::<f64>().ok();
        let share = row["measure"] == "in_special_schools";
        let columns: &[(&str, bool)] =
            if share { &[("numerator", true), ("denominator", false)] } else { &[("value", false)] };
        for (column, special) in columns {
            if let Some(count) = number(column) {
                let line = CHILDREN.iter().map(|kind| f64::from(u8::from(counts(kind, row, *special)))).collect();
                said.push((line, count));
            }
        }
        // A share alone is an equation too: special less that share of all is nothing.
        if let (true, Some(value)) = (share, number("value")) {
            let line = CHILDREN.iter().map(|kind| {
                f64::from(u8::from(counts(kind, row, true)))
                    - value / 100.0 * f64::from(u8::from(counts(kind, row, false)))
            });
            said.push((line.collect(), 0.0));
        }
    }
    said
}

/// The kinds of child whose number follows from what is said, by elimination, with that number.
fn worked_out(mut said: Vec<(Vec<f64>, f64)>) -> BTreeMap<usize, f64> {
    let mut top = 0;
    for column in 0..CHILDREN.len() {
        let best = (top..said.len()).max_by(|a, b| said[*a].0[column].abs().total_cmp(&said[*b].0[column].abs()));
        let Some(pivot) = best.filter(|row| said[*row].0[column].abs() > 1e-7) else { continue };
        said.swap(top, pivot);
        let (lead, of) = said[top].clone();
        let divisor = lead[column];
        for (at, (line, total)) in said.iter_mut().enumerate() {
            let factor = line[column] / divisor;
            if at != top && factor != 0.0 {
                line.iter_mut().zip(&lead).for_each(|(cell, lead)| *cell -= factor * lead);
                *total -= factor * of;
            }
        }
        top += 1;
    }
    let alone = said[..top].iter().filter_map(|(line, total)| {
        let there: Vec<usize> = (0..line.len()).filter(|at| line[*at].abs() > 1e-7).collect();
        (there.len() == 1).then(|| (there[0], total / line[there[0]]))
    });
    alone.collect()
}

/// Every file below a folder that is text, or a table whose cells are.
fn texts(bench: &Bench) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![bench.path("out")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("csv" | "html" | "txt" | "svg") => {
                    found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("text")));
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn nothing_small_can_be_worked_out_from_what_is_published() {
    let bench = bench(PIPELINE, &pupils(&CHILDREN));
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("pupils");
    let rows = table.all();
    let given = worked_out(said(rows));
    for (kind, number) in &given {
        assert!(CHILDREN[*kind].4 > 5, "{:?} is worked out as {number}", CHILDREN[*kind]);
    }
    let shown = rows.iter().filter(|row| row["status"] == "number").count();
    assert!(shown > 20, "only {shown} of {} figures are left", rows.len());
    for row in rows {
        let small = |column: &str| row[column].parse::<f64>().is_ok_and(|count| (1.0..=5.0).contains(&count));
        let counted =
            if row["measure"] == "pupils" { small("value") } else { small("numerator") || small("denominator") };
        assert!(!counted, "{row:?}");
        assert!(row["status"] != "protected" || (row["value"].is_empty() && row["raw"].is_empty()), "{row:?}");
    }
    assert!(ran.stderr.contains("figures are not shown: they count 1 to 5"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("CANARY"), "{}", ran.stderr);
    for (path, text) in texts(&bench) {
        assert!(!text.contains("CANARY"), "{path} names a child");
    }
}

#[test]
fn without_protection_the_attack_finds_them() {
    let open = PIPELINE.replace("shape = \"records\"", "shape = \"records\"\nprotect = false");
    let bench = bench(&open, &pupils(&CHILDREN));
    assert_eq!(bench.run().code, 0);
    let given = worked_out(said(bench.table("pupils").all()));
    let small: Vec<usize> = given.keys().copied().filter(|kind| CHILDREN[*kind].4 <= 5).collect();
    assert_eq!(small, [0, 3, 9, 13], "the attack is no attack: {given:?}");
    let printed = |row: &&BTreeMap<String, String>| row["value"].parse::<f64>().is_ok_and(|n| (1.0..=5.0).contains(&n));
    assert!(bench.table("pupils").all().iter().filter(|row| row["measure"] == "pupils").filter(printed).count() >= 1);
}

#[test]
fn commands_show_no_hidden_figure() {
    let bench = bench(PIPELINE, &pupils(&CHILDREN));
    assert_eq!(bench.run().code, 0);
    let explained = bench.abreast(&[
        "explain",
        "pupils/pupils",
        "--authority",
        "Rutland",
        "--breakdown",
        "Need=SLCN",
        "--out",
        "out",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
    ]);
    let hidden = bench.abreast(&[
        "explain",
        "pupils/pupils",
        "--authority",
        "Rutland",
        "--breakdown",
        "Need, phase=SLCN, primary",
        "--out",
        "out",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
    ]);
    for ran in [&explained, &hidden] {
        assert!(!ran.stdout.contains("CANARY"), "{}", ran.stdout);
    }
    assert!(hidden.stdout.contains("[c]"), "{}", hidden.stdout);
    assert!(!hidden.stdout.contains(" 2\n"), "{}", hidden.stdout);
    let compared = bench.abreast(&[
        "compare",
        "pupils/pupils",
        "--authority",
        "Rutland",
        "--with",
        "Leicester",
        "--breakdown",
        "Need, phase=SLCN, primary",
        "--format",
        "csv",
        "--out",
        "out",
    ]);
    assert!(compared.stdout.contains("[c]"), "{} {}", compared.stdout, compared.stderr);
}

#[test]
fn what_was_published_before_cannot_be_subtracted_from_what_is_now() {
    let bench = bench(PIPELINE, &pupils(&CHILDREN));
    assert_eq!(bench.run().code, 0);
    let before = shown(&bench);
    // Two more children with ASD in secondary schools: 17 and 19 side by side would say that two came.
    let mut more = CHILDREN;
    more[2].4 += 2;
    bench.returns("pupils/2025/pupils.csv", pupils(&more));
    assert_eq!(bench.run().code, 0);
    for (figure, count) in shown(&bench) {
        let Some(old) = before.get(&figure) else { continue };
        let moved = (count - old).abs();
        assert!(moved == 0.0 || moved > 5.0, "{figure:?}: {old} before and {count} now");
    }
}

/// The counts of pupils that are shown, by area and breakdown.
fn shown(bench: &Bench) -> BTreeMap<[String; 3], f64> {
    let table = bench.table("pupils");
    let counts = table.all().iter().filter(|row| row["measure"] == "pupils").filter_map(|row| {
        let key = ["area_name", "breakdown_topic", "breakdown"].map(|column| row[column].clone());
        Some((key, row["value"].parse().ok()?))
    });
    counts.collect()
}

#[test]
fn counts_of_a_council_that_asks_for_it_are_protected() {
    let pipeline = r#"
title = "Plans by need"
return = "plans"
protect = true

[source]
publisher = "The council"
licence = "OGL-3.0"

[measures.plans]
label = "Plans"
unit = "number"

[measures.late]
label = "Plans late"
unit = "percent"
numerator = "late"
denominator = "plans"

[[release]]
from = 2025
file = "plans.csv"
period = "31 March 2025"
area = { name = "la" }
breakdown = ["topic", "need"]
columns = { plans = "plans", late = "late" }

[checks]
areas = "some"
"#;
    let csv = "la,topic,need,plans,late\nRutland,Total,Total,60,11\nRutland,Need,ASD,34,9\nRutland,Need,SLCN,23,2\nRutland,Need,SEMH,3,0\n";
    let bench = bench_of(pipeline, csv);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("plans");
    let rows = table.all();
    let of = |measure: &str, need: &str| {
        let row = rows.iter().find(|row| row["measure"] == measure && row["breakdown"] == need).expect("a row");
        (row["value"].clone(), row["status"].clone())
    };
    assert_eq!(of("plans", "SEMH").1, "protected");
    let hidden: BTreeSet<String> = ["Total", "ASD", "SLCN"]
        .into_iter()
        .filter(|need| of("plans", need).1 == "protected")
        .map(str::to_owned)
        .collect();
    assert!(!hidden.is_empty(), "60 less 34 less 23 is 3");
    // 2 of 23 are late, 21 are not: the 2 is small, and so is what 11 less 9 leaves.
    assert_eq!(of("late", "SLCN").1, "protected");
    assert!(["Total", "ASD"].iter().any(|need| of("late", need).1 == "protected"));
}

fn bench_of(pipeline: &str, csv: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("plans", pipeline).returns("plans/2025/plans.csv", csv);
    bench
}
