//! `cargo bench --bench refresh`: the whole refresh on the real returns, stage by stage, and how it grows with rows.
//!
//! Plain timing of the program itself, the best of three: a refresh is one long run, not a function to repeat ten
//! thousand times. The real returns are found through `ABREAST_RETURNS` (default `../shared/returns`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use abreast::area::LaCode;
use rayon::prelude::*;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn main() {
    let returns =
        std::env::var_os("ABREAST_RETURNS").map_or_else(|| Path::new(ROOT).join("../shared/returns"), PathBuf::from);
    let out = tempfile::tempdir().expect("a temporary folder");
    if returns.is_dir() {
        let set = Path::new(ROOT).join("benches/pipelines");
        let own = Path::new(ROOT).join("pipelines");
        println!("merely reading and splitting the CSVs     {:>7.2} s", best(|| split_all(&returns)).as_secs_f64());
        run("bench set, figures and 40 charts", &returns, &set, out.path(), &["--figures-only", "--force"]);
        run("bench set, nothing changed", &returns, &set, out.path(), &["--figures-only"]);
        run("ordinary pipelines, in full", &returns, &own, &out.path().join("own"), &["--force"]);
        run("ordinary pipelines, nothing changed", &returns, &own, &out.path().join("own"), &[]);
    } else {
        println!("{} is not there: the real returns are skipped", returns.display());
    }
    for factor in [1, 4, 16] {
        let folder = out.path().join(format!("x{factor}"));
        let rows = simulate(&folder, factor * 10);
        let what = format!("{factor:>2}x: {rows} rows, {} observations", rows * 16);
        run(
            &what,
            &folder.join("returns"),
            &folder.join("pipelines"),
            &folder.join("out"),
            &["--figures-only", "--force"],
        );
    }
}

/// The best of three.
fn best(mut work: impl FnMut()) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// Times the program and prints its own account of the stages.
fn run(what: &str, returns: &Path, pipelines: &Path, out: &Path, options: &[&str]) {
    let mut said = String::new();
    let time = best(|| {
        let output = Command::new(env!("CARGO_BIN_EXE_abreast"))
            .current_dir(ROOT)
            .arg("run")
            .args(["--returns".as_ref(), returns.as_os_str(), "--pipelines".as_ref(), pipelines.as_os_str()])
            .args(["--out".as_ref(), out.as_os_str()])
            .args(options)
            .output()
            .expect("the program runs");
        said = String::from_utf8_lossy(&output.stderr).into_owned();
    });
    println!("{what:<41} {:>7.2} s", time.as_secs_f64());
    for line in said.lines().filter(|line| line.ends_with(" MB") || line.contains(" observations, ")) {
        println!("    {}", line.trim());
    }
}

/// Reads every CSV of the returns into cells and does nothing with them.
fn split_all(returns: &Path) {
    let files: Vec<PathBuf> = files(returns);
    files.par_iter().for_each(|path| {
        let bytes = abreast::load::read(path, "").expect("a readable file");
        let opened = abreast::load::open(bytes, path, "", &|_| true).expect("a table");
        assert!(opened.sheets[0].1.height() > 0);
    });
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let mut all: Vec<PathBuf> =
        files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "csv")).collect();
    all.extend(folders.iter().flat_map(|folder| self::files(folder)));
    all
}

/// Writes one return of every authority, ten years, `breakdowns` breakdowns and sixteen indicators; answers its rows.
fn simulate(folder: &Path, breakdowns: usize) -> usize {
    let register = abreast::home::register().expect("a register").0;
    let day = chrono::NaiveDate::from_ymd_opt(2024, 12, 31).expect("a day");
    let mut text = String::from(
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,group",
    );
    for indicator in 0..16 {
        let _ = write!(text, ",indicator_{indicator}");
    }
    text.push('\n');
    let mut rows = 0;
    for year in 2015..2025 {
        for authority in register.open_on(day).iter().filter(|authority| authority.opened.is_none()) {
            for group in 0..breakdowns {
                let LaCode(code) = authority.code;
                let _ = write!(
                    text,
                    "{year},Calendar year,Local authority,E92000001,England,{},,{},{},\"{}\",{}",
                    authority.region,
                    authority.code,
                    authority.ons_code,
                    authority.name,
                    if group == 0 { "Total".to_owned() } else { format!("Group {group}") }
                );
                for indicator in 0..16usize {
                    let _ = write!(text, ",{}", (usize::from(code) * 31 + group * 17 + indicator * 7 + year) % 9973);
                }
                text.push('\n');
                rows += 1;
            }
        }
    }
    let release = folder.join("returns/simulated/2025");
    std::fs::create_dir_all(&release).expect("a folder");
    std::fs::create_dir_all(folder.join("pipelines")).expect("a folder");
    std::fs::write(release.join("simulated.csv"), text).expect("a file");
    let pipeline = "title = \"Simulated\"\nreturn = \"simulated\"\n\n[[release]]\nfrom = 2025\nfile = \"simulated.csv\"\nformat = \"ees\"\nindicators = \"all\"\nfilters = [\"group\"]\n\n[checks]\nareas = \"some\"\n";
    std::fs::write(folder.join("pipelines/simulated.toml"), pipeline).expect("a file");
    rows
}
