//! The person-level SEN2 pipelines on a simulated return with known answers that were worked out twice, elsewhere: every count,
//! numerator and denominator exactly, and what is published under attack. The return is lent; without it the tests say SKIPPED.

mod names;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::{Bench, lent};
use names::{Wanted, wanted};

/// The folder of the example.
fn example() -> Option<PathBuf> {
    lent("ABREAST_OWN_RETURNS", "own_returns").map(|folder| folder.join("sen2_2025_example"))
}

/// A line of the known answers.
struct Answer {
    table: String,
    topic: String,
    breakdown: String,
    measure: String,
    numerator: String,
    denominator: String,
    value: String,
}

fn answers(example: &Path) -> Vec<Answer> {
    let mut csv = csv::Reader::from_path(example.join("known_answers.csv")).expect("the known answers");
    let head = csv.headers().expect("a head").clone();
    let rows: Vec<_> = csv.records().map(|row| row.expect("a line")).collect();
    let answer = |row: &csv::StringRecord| {
        let cell = |name: &str| row[head.iter().position(|known| known == name).expect("a column")].to_owned();
        Answer {
            table: cell("table"),
            topic: cell("topic"),
            breakdown: cell("breakdown"),
            measure: cell("measure"),
            numerator: cell("numerator"),
            denominator: cell("denominator"),
            value: cell("value"),
        }
    };
    rows.iter().map(answer).collect()
}

/// A bench with the return in one of its forms: the files to file, and whether they need a head.
fn bench(example: &Path, form: &str) -> Bench {
    let bench = Bench::new();
    let file = |name: &str, path: &Path| {
        bench.returns(&format!("own_sen2/2025/{name}"), std::fs::read(path).expect("a file of the example"));
    };
    match form {
        "export" => {
            for path in std::fs::read_dir(example.join("csv")).expect("the modules").flatten().map(|entry| entry.path())
            {
                file(&path.file_name().expect("a name").to_string_lossy(), &path);
            }
        }
        _ => {
            file("sen2_2025_return.xlsx", &example.join("sen2_2025_return.xlsx"));
            bench.returns("own_sen2/2025/head.csv", "lea,referencedate\n381,2025-01-16\n");
        }
    }
    file("establishments.csv", &example.join("establishments.csv"));
    bench
}

/// What is known of a figure: numerator, denominator, value, status.
type Figure = [String; 4];

/// The figures of a table by topic, breakdown and measure.
type Figures = BTreeMap<(String, String, String, String), Figure>;

/// The exact figures of all tables of the return.
fn exact(bench: &Bench) -> Figures {
    let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--exact", "mine"]);
    assert!(bench.path("mine").is_dir(), "{}", run.stderr);
    let mut figures = Figures::new();
    for path in bench.files("mine") {
        let text = std::fs::read_to_string(bench.path(&path)).expect("a file");
        for name in ["CANARY", "Z999"] {
            assert!(!text.contains(name), "{path} names a child");
        }
        let mut csv = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head = csv.headers().expect("a head").clone();
        for row in csv.records().map(|row| row.expect("a line")) {
            let cell = |name: &str| row[head.iter().position(|known| known == name).expect("a column")].to_owned();
            assert_eq!((cell("level"), cell("la_code")), ("authority".to_owned(), "381".to_owned()));
            figures.insert(
                (cell("table"), cell("breakdown_topic"), cell("breakdown"), cell("measure")),
                ["numerator", "denominator", "value", "status"].map(cell),
            );
        }
    }
    figures
}

/// `12.5` of a number with decimals, rounded half away from nought as the known answers are.
fn tenth(text: &str) -> String {
    let value: f64 = text.parse().unwrap_or(f64::NAN);
    if value.is_nan() {
        return String::new();
    }
    format!("{:.1}", (value * 10.0 + 1e-9).round() / 10.0)
}

fn key(wanted: &Wanted) -> (String, String, String, String) {
    (wanted.table.clone(), wanted.topic.clone(), wanted.breakdown.clone(), wanted.measure.clone())
}

/// What differs from a known answer.
fn difference(answer: &Answer, figures: &Figures) -> Option<String> {
    let at = format!("{} {} {} {}", answer.table, answer.topic, answer.breakdown, answer.measure);
    let Some(wanted) = wanted(&answer.table, &answer.topic, &answer.breakdown, &answer.measure) else {
        return Some(format!("{at}: no measure of ours"));
    };
    let found = figures.get(&key(&wanted));
    // No record, no row.
    let none = ["", "", "0", ""].map(str::to_owned);
    let [numerator, denominator, value, _] = found.unwrap_or(&none);
    let is_count = answer.numerator.is_empty() && answer.denominator.is_empty();
    let fits = match (is_count, wanted.is_mean) {
        (true, _) => *value == answer.value,
        (false, true) => tenth(value) == answer.value && *denominator == answer.denominator,
        (false, false) if answer.denominator == "0" || found.is_none() => {
            found.is_none_or(|_| value.is_empty()) && matches!(answer.numerator.as_str(), "0")
        }
        (false, false) => {
            *numerator == answer.numerator && *denominator == answer.denominator && tenth(value) == answer.value
        }
    };
    (!fits).then(|| {
        let Answer { numerator: n, denominator: d, value: v, .. } = answer;
        format!("{at}: {n}/{d} = {v} is known, {numerator}/{denominator} = {value} was found in {:?}", key(&wanted))
    })
}

#[test]
fn every_known_answer_comes_out_exactly_from_the_modules_and_from_the_workbook() {
    let Some(example) = example() else { return };
    let answers = answers(&example);
    assert!(answers.len() > 6000, "only {} answers", answers.len());
    for form in ["export", "workbook"] {
        let figures = exact(&bench(&example, form));
        let wrong: Vec<String> = answers.iter().filter_map(|answer| difference(answer, &figures)).collect();
        assert!(
            wrong.is_empty(),
            "{form}: {} of {} differ:\n{}",
            wrong.len(),
            answers.len(),
            wrong[..wrong.len().min(40)].join("\n")
        );
    }
}

/// The published figures as the attack reads them: `c` where one is hidden.
fn published(bench: &Bench, answers: &[Answer]) -> String {
    let mut figures = Figures::new();
    for table in names::TABLES {
        for row in bench.table(table).all() {
            let cell = |name: &str| row[name].clone();
            figures.insert(
                (table.to_owned(), cell("breakdown_topic"), cell("breakdown"), cell("measure")),
                ["numerator", "denominator", "value", "status"].map(cell),
            );
        }
    }
    let mut text = "table,topic,breakdown,measure,value\n".to_owned();
    for answer in answers.iter().filter(|answer| answer.numerator.is_empty() && answer.denominator.is_empty()) {
        let wanted = wanted(&answer.table, &answer.topic, &answer.breakdown, &answer.measure).expect("a measure");
        let value = match figures.get(&key(&wanted)) {
            Some([_, _, _, status]) if status == "protected" => "c",
            Some([_, _, value, _]) => value,
            None => "0",
        };
        let mut line = csv::Writer::from_writer(Vec::new());
        line.write_record([&answer.table, &answer.topic, &answer.breakdown, &answer.measure, value]).expect("a line");
        text += &String::from_utf8(line.into_inner().expect("a line")).expect("text");
    }
    text
}

#[test]
fn what_is_published_gives_no_small_count_away() {
    let Some(example) = example() else { return };
    let bench = bench(&example, "export");
    let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--authority", "381"]);
    assert!(bench.has("own_sen2_caseload"), "{}", run.stderr);
    for path in bench.files("out").into_iter().filter(|path| !path.ends_with(".png")) {
        let bytes = std::fs::read(bench.path(&path)).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        for name in ["CANARY", "Z999"] {
            assert!(!text.contains(name) && !run.stderr.contains(name), "{path} names a child");
        }
    }
    let mine = published(&bench, &answers(&example));
    assert!(mine.matches(",c\n").count() > 100, "hardly anything is hidden");
    bench.file("mine.csv", &mine);
    let attack =
        Command::new("python3").arg(example.join("protect.py")).arg(&example).arg(bench.path("mine.csv")).output();
    let Ok(attack) = attack else {
        println!("SKIPPED: the attack needs python3");
        return;
    };
    let said = String::from_utf8_lossy(&attack.stdout).into_owned() + &String::from_utf8_lossy(&attack.stderr);
    assert!(attack.status.success(), "{}", said.lines().rev().take(30).collect::<Vec<_>>().join("\n"));
}

/// The checks of the example in its words, and in ours; of two rows that contradict each other both are said.
const CHECKS: &[(&str, &str, usize)] = &[
    ("a UPN on several persons", "one UPN stands on several people", 2),
    ("a date that is no date", "the cell is no day in `request.received`", 1),
    ("assessment of an unknown request", "1 row of `assessment` belongs to no row of `request` that is there", 1),
    ("need that is no code", "the need is no code", 1),
    ("no date of birth", "there is no date of birth", 1),
    ("no day of request", "there is no day of the request", 2),
    ("no ethnicity", "the ethnicity is missing or no code", 23),
    ("older than 25", "the person was older than 25 on 31 August", 1),
    ("placement of an unknown plan", "1 row of `placement` belongs to no row of `active` that is there", 1),
    ("plan ended without a reason", "the plan ended, and no reason is given", 1),
    ("plan in force, placement not recorded", "the plan is in force, and its placement is not recorded", 63),
    ("plan in force, primary need not recorded", "the plan is in force, and its primary need is not recorded", 42),
    ("plan or refusal before the request", "the plan or the refusal is dated before the request", 1),
    ("request outcome that is no code", "the outcome of the request is no code", 1),
    ("review decision before the meeting", "the decision on the review is dated before its meeting", 1),
    ("school not in the register", "the school is not in the register", 1),
    ("sex not known", "the sex is not known", 2),
    ("the same row twice", "the same row stands in `request` once more", 1),
    ("two needs ranked 1", "two needs of one plan are ranked first", 2),
    ("two open placements ranked 1", "two open placements of one plan are ranked first", 2),
];

#[test]
fn what_a_council_should_look_at_before_it_sends_the_return_is_said_with_its_cell() {
    let Some(example) = example() else { return };
    let bench = bench(&example, "export");
    let run = bench.abreast(&["run", "--returns", "returns", "--out", "out", "--figures-only", "--quiet"]);
    let expected = csv::Reader::from_path(example.join("expected_checks.csv")).expect("the checks").into_records();
    let expected: Vec<csv::StringRecord> = expected.map(|row| row.expect("a line")).collect();
    assert_eq!(expected.len(), CHECKS.len());
    for row in &expected {
        let (_, ours, count) = CHECKS.iter().find(|(check, ..)| *check == &row[0]).expect("a check of ours");
        let found: Vec<_> = run.findings.iter().filter(|finding| finding.message.contains(ours)).collect();
        assert_eq!(found.len(), *count, "{}: {found:#?}", &row[0]);
        for finding in found {
            assert!(finding.place.row.is_some() && finding.place.file.ends_with(".csv"), "{finding:#?}");
            assert!(!finding.message.contains("CANARY") && !finding.message.contains("Z999"), "{finding:#?}");
        }
    }
}
