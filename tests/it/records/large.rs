//! A file of records that is too large to be held: counted in pieces, with every row accounted for.

use std::fmt::Write as _;

use crate::harness::{Bench, Ran};

/// What is counted of the rows, one by one.
#[derive(Default, PartialEq, Debug)]
struct Known {
    pupils: f64,
    girls: f64,
    plans: f64,
    /// Rows in, loaded, left out, refused.
    account: [usize; 4],
    /// Excel's numbers of the rows that are refused.
    refused: Vec<usize>,
}

/// A file of some more than 32 MB: quoted cells, cells of several lines, rows without text, a column without a name that has text
/// in its first rows only, rows without a day, rows of another kind.
fn pupils() -> (String, Known) {
    let (mut text, mut known) = (String::from("id,LA,,Sex,SEN,Day,Kind,Note\n"), Known::default());
    let padding = "so much was written of it, ".repeat(14);
    let mut row = 1;
    for number in 0..85_000_usize {
        row += 1;
        let day = if number % 10_000 == 9_999 { "" } else { "16/01/2025" };
        let (authority, margin) = ([330, 331, 332][number % 3], if number < 10 { "seen" } else { "" });
        let (sex, sen) = (["F", "M", "\"F\"", " M", "F "][number % 5], ["E", "K", "N", "\"N\""][number % 4]);
        let kind = if number % 1_000 == 500 { "guest" } else { "main" };
        let (line, doubled) = (if number % 50 == 3 { "\n" } else { " " }, if number % 50 == 4 { "\"\"" } else { "" });
        // Writing to a string cannot fail.
        let _ = write!(text, "P{number:06},{authority},{margin},{sex},{sen},{day},{kind},");
        let _ = writeln!(text, "\"{padding}{line}{doubled}P{number}\"");
        if number % 2_000 == 0 {
            text.push_str(" ,,,\"\",,,,\n");
            row += 1;
        }
        known.account[0] += 1;
        if kind == "guest" {
            known.account[2] += 1;
        } else if day.is_empty() {
            known.account[3] += 1;
            known.refused.push(row);
        } else {
            known.account[1] += 1;
            known.pupils += 1.0;
            known.girls += f64::from(u8::from(sex.contains('F')));
            known.plans += f64::from(u8::from(sen == "E"));
        }
    }
    (text, known)
}

fn run(key: &str, text: &str) -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline("pupils", &PIPELINE.replace("KEY", key)).returns("pupils/2025/pupils.csv", text);
    let run = bench.run();
    (bench, run)
}

const PIPELINE: &str = r#"
title   = "Pupils of a large file"
return  = "pupils"
shape   = "records"
record  = "child"
protect = false
period  = { day = "pupil.day" }
area    = { code = "pupil.la" }
by      = [["sex"]]

[source]
publisher = "Invented"
licence   = "OGL-3.0"

[field]
sex = { first = ["pupil.sex"], labels = { F = "Female", M = "Male" } }

[measures.pupils]
label = "Pupils"
unit  = "number"

[measures.plans]
label = "Pupils with a plan"
unit  = "number"
count = { "pupil.sen" = ["E"] }

[[release]]
from = 2025
table = { pupil = { file = "pupils.csv", KEYcolumns = { id = "id", la = "LA", sex = "Sex", sen = "SEN", day = "Day" }, days = ["day"], drop = { Kind = ["guest"] }, ignore = ["*"] } }

[checks]
areas = "some"
"#;

/// What was counted of England, and what the account says.
fn found(bench: &Bench, run: &Ran) -> Known {
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = bench.table("pupils");
    let of = |measure: &str, breakdown: &str| {
        table.row(&["level=country", &format!("measure={measure}"), &format!("breakdown={breakdown}")]).value()
    };
    let line =
        run.stderr.lines().chain(run.stdout.lines()).find(|line| line.starts_with("pupils ")).expect("an account");
    let mut numbers = line.split_whitespace().skip(1).map(|word| word.replace(',', "").parse().expect("a number"));
    let quarantine = std::fs::read_to_string(bench.path("out/quarantine.csv")).expect("a quarantine");
    let mut lines = csv::Reader::from_reader(quarantine.as_bytes());
    let at = lines.headers().expect("a header").iter().position(|name| name == "row").expect("a column of rows");
    let refused = lines.records().map(|line| line.expect("a line")[at].parse().expect("a row")).collect();
    Known {
        pupils: of("pupils", "Total"),
        girls: of("pupils", "Female"),
        plans: of("plans", "Total"),
        account: std::array::from_fn(|_| numbers.next().expect("a number")),
        refused,
    }
}

#[test]
fn every_row_of_a_large_file_is_counted_or_accounted_for() {
    let (text, known) = pupils();
    assert!(text.len() > 33 << 20, "{}", text.len());
    let (bench, run) = run("", &text);
    assert_eq!(found(&bench, &run), known);
}

#[test]
fn a_row_that_stands_again_pieces_later_is_counted_once() {
    let (mut text, mut known) = pupils();
    let again = text.lines().find(|line| line.starts_with("P000007,")).expect("a row").to_owned();
    // The same, with quotes and blanks that say nothing.
    text.push_str(&again.replacen("P000007,331,", " P000007,\"331\",", 1));
    known.account[0] += 1;
    known.account[2] += 1;
    let (bench, run) = run("key = \"id\", ", &text);
    assert_eq!(found(&bench, &run), known);
    assert!(run.finding("row-twice").message.contains("once more"), "{}", run.stderr);
}

#[test]
fn a_key_with_two_meanings_pieces_apart_stops_the_table() {
    let (mut text, _) = pupils();
    let again = text.lines().find(|line| line.starts_with("P000007,")).expect("a row").to_owned();
    text.push_str(&again.replacen("seen", "seem", 1));
    let (bench, run) = run("key = \"id\", ", &text);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let finding = run.finding("key-not-unique");
    assert!(finding.message.contains("key of row 10,"), "{finding:?}");
    assert!(!bench.has("pupils"));
}
