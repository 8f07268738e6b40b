//! The real returns, every measure and every authority: title, table and alternative text do not contradict each other,
//! nor the columns of the published table, and no word is one that readers do not use.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use abreast::area::{LaCode, Register};
use abreast::chart::Chart;
use abreast::draw::{self, Comparators, Drawn, Wanted};
use abreast::home;
use abreast::reading::{Reading, Said, Untested, Way, words};
use abreast::report::ChartKind;
use abreast::schema::TOTAL;
use abreast::series::{Point, When};
use abreast::store::{Catalogue, Compared, Field, Found, Slice};

use super::agree::contradictions;
use super::properties::{NEVER, texts};
use crate::harness::real_returns;

/// The outputs of a whole run over the real returns, with intervals and tests; none where there are no returns.
fn built() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<tempfile::TempDir>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let returns = real_returns()?;
        let out = tempfile::tempdir().expect("a folder");
        let output = Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(["run", "--quiet", "--returns"])
            .arg(&returns)
            .arg("--out")
            .arg(out.path())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the program runs");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
        Some(out)
    });
    built.as_ref().map(tempfile::TempDir::path)
}

/// What was walked, and what was wrong.
#[derive(Default)]
struct Walk {
    readings: usize,
    judged: usize,
    moved: usize,
    wrong: Vec<String>,
}

impl Walk {
    fn say(&mut self, reading: &Reading, what: &str) {
        self.wrong.push(format!("{}, {}, {}: {what}", reading.who, reading.measure.label, reading.period.label));
    }

    fn look(&mut self, reading: &Reading, point: &Point<'_>) {
        self.readings += 1;
        for text in contradictions(reading) {
            self.say(reading, &text);
        }
        // Names and labels are the publishers' own words.
        let own = |text: &str| text.replace(&reading.measure.heading(), "").replace(&reading.measure.noun, "");
        for text in texts(reading).iter().map(|text| own(text)) {
            if NEVER.is_match(&text) || text.contains('[') {
                self.say(reading, &text);
            }
        }
        self.against_the_table(reading, point);
        self.against_the_figures(reading);
    }

    /// A verdict is the one of the published column, or weaker for a reason that the reading gives.
    fn against_the_table(&mut self, reading: &Reading, point: &Point<'_>) {
        let Some(england) = reading.england() else { return };
        let (said, table) =
            (words::verdict_word(england.verdict), point.england().map_or("", |england| england.beyond));
        self.judged += usize::from(!said.is_empty());
        let weaker = said.is_empty() || said == "similar";
        let alike = england.value.map(|value| reading.measure.shown(value))
            == reading.level.value().map(|value| reading.measure.shown(value));
        let why = match (said, table) {
            ("", "small cohort") => true,
            ("", word) => word.is_empty() || england.verdict.said() != Said::Untested(Untested::NoCounts),
            ("similar", word) => word == "similar" || alike,
            _ => false,
        };
        if said != table && !(weaker && why) {
            self.say(reading, &format!("the table says `{table}`, the reading `{said}`"));
        }
    }

    /// What rose, rose in the published figures.
    fn against_the_figures(&mut self, reading: &Reading) {
        let way = reading.change.movement().and_then(|movement| movement.way());
        let Some((way, (_, from))) = way.zip(reading.change.from()) else { return };
        self.moved += 1;
        let to = reading.level.value().unwrap_or(f64::NAN);
        if (way == Way::Up) != (to > from) {
            self.say(reading, &format!("{from} to {to} is called {way:?}"));
        }
    }
}

/// Every authority with a row, in its latest period.
fn walk_slice(slice: &Slice<'_>, part: &str, codes: &[LaCode], register: &Register, walk: &mut Walk) {
    let mut fields: BTreeMap<When<'_>, Field> = BTreeMap::new();
    for &code in codes {
        let Some(point) = slice.series(code).points.pop() else { continue };
        let field = fields.entry(point.when).or_insert_with(|| slice.field(point.when));
        let reading = slice.evidence_in(field, (code, point.when), part, register).reading();
        walk.look(&reading, &point);
    }
}

fn walk_measure(found: Found<'_>, catalogue: &Catalogue, register: &Register, walk: &mut Walk) {
    let (topic, part) = found.measure.breakdown.split_once('=').unwrap_or((TOTAL, TOTAL));
    let frame = catalogue.comparisons(&[found], &[topic.trim().to_owned()]).expect("the comparisons");
    let compared = Compared::of(&frame).expect("its columns");
    let codes: Vec<LaCode> = register.authorities().iter().map(|authority| authority.code).collect();
    let slice = compared.slice(found, topic.trim(), part.trim());
    walk_slice(&slice, if topic == TOTAL { "" } else { part.trim() }, &codes, register, walk);
}

#[test]
fn no_two_outputs_of_the_real_returns_contradict_each_other() {
    let Some(out) = built() else { return };
    let catalogue = Catalogue::open(out).expect("the tables");
    let register = catalogue.with_neighbours(&home::register().expect("the register").0).expect("the neighbours");
    let mut walk = Walk::default();
    for (table, meta) in catalogue.tables() {
        for (name, measure) in &meta.measures {
            walk_measure(Found { table, meta, name, measure }, &catalogue, &register, &mut walk);
        }
    }
    let Walk { readings, judged, moved, wrong } = &walk;
    assert!(wrong.is_empty(), "{} of {readings} contradict:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    assert!(
        *readings > 10_000 && *judged > 5_000 && *moved > 5_000,
        "{readings} readings, {judged} judged, {moved} moved"
    );
    println!("{readings} readings, {judged} judged against England, {moved} moved");
}

/// What the program prints as JSON about the outputs.
fn printed(out: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_abreast"))
        .args(arguments)
        .args(["--format", "json", "--out"])
        .arg(out)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What stands side by side for one measure and authority: the word against England, and the arrow of the change.
fn side_by_side(out: &Path, measure: &str, who: &str) -> (String, String) {
    let said = printed(out, &["compare", measure, "--authority", who, "--with", "england"]);
    let rows = said[0]["rows"].as_array().expect("rows");
    let cell = |row: &serde_json::Value, column: &str| row[column].as_str().unwrap_or_default().to_owned();
    let england = rows.iter().find(|row| row["LA and Regions"] == "England").expect("England");
    (cell(england, "Authority against it, beyond chance"), cell(&rows[0], "Trend"))
}

#[test]
fn what_is_drawn_stands_side_by_side_and_is_traced_is_what_the_reading_says() {
    let Some(out) = built() else { return };
    let catalogue = Catalogue::open(out).expect("the tables");
    let register = catalogue.with_neighbours(&home::register().expect("the register").0).expect("the neighbours");
    let all =
        catalogue.tables().iter().flat_map(|(table, meta)| meta.measures.iter().map(move |one| (table, meta, one)));
    let whole = all.filter(|(_, _, (_, measure))| measure.headline && measure.breakdown.is_empty());
    let mut looked = 0;
    for (at, (table, meta, (name, measure))) in whole.enumerate() {
        let found = Found { table, meta, name, measure };
        let frame = catalogue.comparisons(&[found], &[TOTAL.to_owned()]).expect("the comparisons");
        let compared = Compared::of(&frame).expect("its columns");
        let slice = compared.slice(found, TOTAL, TOTAL);
        let Some(&when) = slice.periods().last() else { continue };
        let codes: Vec<LaCode> = slice.at(when).iter().map(|(code, ..)| *code).collect();
        let code = codes[at * 7 % codes.len()];
        let reading = slice.evidence(code, when, "", &register).reading();
        let full = format!("{table}/{name}");
        let chart = |kind| -> Box<Chart> {
            let (measures, comparators) = (vec![found], Comparators::default());
            let wanted =
                Wanted { kind, measures, authority: code, comparators, period: None, prose: false, breakdown: None };
            match draw::chart(&wanted, &catalogue, &register).expect("the tables can be read") {
                Drawn::Chart(chart) => chart,
                Drawn::Nothing(why) => panic!("{full}: {why:?}"),
            }
        };
        assert_eq!(chart(ChartKind::Trend).title(), words::over_time(&reading), "{full} {}", reading.who);
        assert!(chart(ChartKind::Trend).alt().contains(&words::about(&reading)), "{full} {}", reading.who);
        assert_eq!(chart(ChartKind::Ordered).title(), words::among(&reading), "{full} {}", reading.who);
        let (against, arrow) = side_by_side(out, &full, &code.to_string());
        let verdict = reading.england().map_or("", |england| words::verdict_word(england.verdict));
        // England's total is no average, and only the table of analysts holds a figure against it.
        let total = reading.england().is_some_and(|england| england.verdict.said() == Said::Untested(Untested::Total));
        assert!(total || against == verdict, "{full} {}: side by side `{against}`, reading `{verdict}`", reading.who);
        assert_eq!(arrow, words::arrow(&reading.change), "{full} {}", reading.who);
        let trace = printed(out, &["explain", &full, "--authority", &code.to_string()]);
        assert_eq!(trace["said"], words::about(&reading), "{full} {}", reading.who);
        looked += 1;
    }
    assert!(looked > 20, "only {looked} measures");
}
