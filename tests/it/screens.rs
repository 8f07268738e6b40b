//! Every command on a screen that is full, closed or read no further: no panic, a true exit code, and what it was to do
//! done. `/dev/full` is a screen that takes nothing; where there is none, that part is skipped.

use std::process::{Command, Stdio};

use crate::faults::inputs;
use crate::harness::Bench;

/// A bench with returns and a build, a report file, a build to compare with and a file to be filed.
fn bench() -> Bench {
    let bench = Bench::new();
    inputs(&bench, 0);
    let text = "title = \"Board\"\nauthority = \"Leeds\"\n[[section]]\nheading = \"H\"\nmeasures = [\"plans/share\"]\n";
    bench.file("pipelines/reports/board.toml", text).file("came.csv", "row,figure\n1,1\n");
    bench.run().well();
    inputs(&bench, 1);
    assert_eq!(
        bench
            .abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "other", "--figures-only"])
            .code,
        0
    );
    bench
}

/// Each command, and a file that it makes, if it makes one.
const COMMANDS: [(&str, &str); 12] = [
    ("run --pipelines pipelines --returns returns --out out --figures-only --force", "out/tables/plans.parquet"),
    ("check --pipelines pipelines --returns returns", ""),
    ("list measures --pipelines pipelines", ""),
    ("compare share --authority Leeds --out out", ""),
    ("chart trend share --authority Leeds --out out -o leeds.svg", "leeds.svg"),
    ("report board --pipelines pipelines --returns returns --out out --no-charts", "out/reports/board-leeds.html"),
    ("explain share --authority Leeds --out out --returns returns --pipelines pipelines", ""),
    ("diff out other", ""),
    ("inspect came.csv --returns returns --pipelines pipelines", ""),
    (
        "add came.csv --return plain --release 2024 --returns returns --pipelines pipelines",
        "returns/plain/2024/came.csv",
    ),
    ("remove plain/2024/came.csv --returns returns --pipelines pipelines", ""),
    ("licences", ""),
];

/// Runs a command with that standard output; answers its code and what it said.
fn on(bench: &Bench, words: &str, screen: Stdio, errors: Stdio) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_abreast"));
    command.args(words.split(' ')).current_dir(bench.path("")).env("NO_COLOR", "1");
    let output = command.stdout(screen).stderr(errors).output().expect("the program runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// What a command prints and how it ends where the screen takes all.
fn usual(bench: &Bench, words: &str) -> (i32, bool) {
    let ran = bench.abreast(&words.split(' ').collect::<Vec<&str>>());
    (ran.code, !ran.stdout.is_empty())
}

#[test]
#[cfg(unix)]
fn a_screen_that_is_full_stops_no_work_and_is_said() {
    let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else {
        println!("skipped: there is no /dev/full");
        return;
    };
    let full = || Stdio::from(full.try_clone().expect("a second one"));
    let bench = bench();
    for (words, made) in COMMANDS {
        let (code, said) = on(&bench, words, full(), Stdio::piped());
        let (usual, prints) = usual(&bench, words);
        assert!(!said.contains("panicked"), "{words}: {said}");
        assert_eq!(code, if prints { 2 } else { usual }, "{words}: {said}");
        assert!(!prints || said.contains("No space left"), "{words}: {said}");
        assert!(made.is_empty() || bench.path(made).exists(), "{words}: {made} is not made");
        // Nothing can be said at all: it still ends, and not by a signal.
        let (code, _) = on(&bench, words, full(), full());
        assert!((0..=2).contains(&code), "{words}: {code}");
    }
}

#[test]
fn a_reader_that_had_enough_is_no_failure() {
    let bench = bench();
    for (words, made) in COMMANDS {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let (code, said) = on(&bench, words, Stdio::from(writer), Stdio::piped());
        assert!(!said.contains("panicked"), "{words}: {said}");
        assert!(code == 0 || code == usual(&bench, words).0, "{words} ended with {code}: {said}");
        assert!(made.is_empty() || bench.path(made).exists(), "{words}: {made} is not made");
    }
}
