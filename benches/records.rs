//! `cargo bench --bench records`: an invented census extract of 1 and 10 million pupils counted, with DuckDB beside it where
//! Python has it; `cargo bench --bench records -- 100` counts so many million.
//!
//! Time, core-seconds and the most memory are those that `/usr/bin/time` tells. What the whole must come to is known from how
//! the rows are made, and held against what was counted.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a pass over the file should come to.
#[derive(Default)]
struct Expected {
    plans: u64,
    in_base: u64,
}

fn main() {
    let asked: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let millions = if asked.is_empty() { vec![1, 10] } else { asked };
    let bench = tempfile::tempdir().expect("a temporary folder");
    let file = bench.path().join("returns/pupils/2025/pupils.csv");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    for million in millions {
        let expected = write(&file, million * 1_000_000);
        println!("{million} million rows, {} MB", file.metadata().expect("the file").len() >> 20);
        let out = bench.path().join("out");
        let mut count = Command::new("/usr/bin/time");
        count.args(["-f", "  abreast  %e s, %U user and %S system, %M KB", env!("CARGO_BIN_EXE_abreast"), "run"]);
        count.args(["--figures-only", "--force", "--quiet"]);
        count.arg("--returns").arg(bench.path().join("returns"));
        count.arg("--pipelines").arg(Path::new(ROOT).join("benches/records_pipelines"));
        count.arg("--out").arg(&out);
        let said = count.output().expect("/usr/bin/time and the program");
        print!("{}", String::from_utf8_lossy(&said.stderr));
        check(&out, million * 1_000_000, &expected);
        beside(&file);
    }
}

/// Writes so many pupils, in which every combination stands that the pipeline asks for.
fn write(path: &Path, rows: u64) -> Expected {
    let mut expected = Expected::default();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).expect("a file"));
    out.write_all(b"AcademicYear,PupilRef,LA,Estab,Phase,Sex,DOB,FSMeligible,SENprovision,PrimarySENtype,ResourcedProvisionIndicator\n")
        .expect("written");
    let mut state = 1901_u64;
    for number in 0..rows {
        // The finaliser of SplitMix64, so that columns do not go together.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits ^= bits >> 27;
        let mut draw = |of: u64| {
            let drawn = bits % of;
            bits /= of;
            drawn
        };
        let authority = [330, 331, 332, 333, 334, 335, 336, 202, 203, 204, 205, 206, 207, 208][draw(14) as usize];
        let (age, month, day) = (4 + draw(15), 1 + draw(12), 1 + draw(28));
        let (sen, need) = match draw(20) {
            0 => ("E", ["ASD", "SEMH", "SLCN", "MLD"][draw(4) as usize]),
            1..=3 => ("K", ["SPLD", "SEMH", "SLCN", "MLD"][draw(4) as usize]),
            _ => ("N", ""),
        };
        let (phase, sex) = (if age < 11 { "Primary" } else { "Secondary" }, if draw(2) == 0 { "F" } else { "M" });
        let (meals, base) = (draw(4) / 3, u64::from(sen != "N" && draw(50) == 0));
        expected.plans += u64::from(sen == "E");
        expected.in_base += base;
        let born = 2024 - age - u64::from(month > 8);
        writeln!(
            out,
            "2025,P{number:011},{authority},2000,{phase},{sex},{born}-{month:02}-{day:02},{meals},{sen},{need},{base}"
        )
        .expect("written");
    }
    out.flush().expect("written");
    expected
}

/// Holds what was counted for England against how the rows were made.
fn check(out: &Path, rows: u64, expected: &Expected) {
    let path = out.join("tables/pupils.parquet");
    let frame = abreast::publish::rows(&path, abreast::schema::OBSERVATIONS, &[]).expect("the table");
    let (measures, values) = (
        frame.get(abreast::schema::column::Measure).expect("measures"),
        frame.get(abreast::schema::column::Value).expect("values"),
    );
    let levels = frame.get(abreast::schema::column::Level).expect("levels");
    let topics = frame.get(abreast::schema::column::BreakdownTopic).expect("topics");
    let of = |measure: &str| {
        let is_it = |row: &usize| {
            levels.word(*row) == "country" && topics.word(*row) == "Total" && measures.word(*row) == measure
        };
        (0..frame.height()).find(is_it).map(|row| values[row])
    };
    assert_eq!(of("pupils"), Some(rows as f64));
    assert_eq!(of("in_base"), Some(expected.in_base as f64));
    assert_eq!(of("ehc_share"), Some(expected.plans as f64 / rows as f64 * 100.0));
}

/// The same counts by DuckDB, where Python has it.
fn beside(file: &Path) {
    let query = r#"
import duckdb, sys
c = duckdb.connect()
c.execute("set threads = 2")
c.execute("""
with p as (
  select LA, Phase, Sex, SENprovision sen, PrimarySENtype need, FSMeligible fsm, ResourcedProvisionIndicator base,
    date_diff('year', DOB, date '2024-08-31') - case when (month(DOB), day(DOB)) > (8, 31) then 1 else 0 end age
  from read_csv(?))
select LA, Phase, Sex, sen, need, age, count(*), count(*) filter (sen = 'E'), count(*) filter (fsm = 1),
  count(*) filter (age between 5 and 15), count(*) filter (base = 1)
from p group by grouping sets ((LA), (LA, Phase), (LA, Sex), (LA, sen), (LA, need), (LA, age), (LA, Phase, sen))
""", [sys.argv[1]]).fetchall()
"#;
    let mut python = Command::new("/usr/bin/time");
    python.args(["-f", "  DuckDB   %e s, %U user and %S system, %M KB", "python3", "-c", query]).arg(file);
    match python.output() {
        Ok(said) if said.status.success() => print!("{}", String::from_utf8_lossy(&said.stderr)),
        _ => println!("  Python has no duckdb: not set beside"),
    }
}
