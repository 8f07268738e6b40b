//! A mistake in a report file is told with its line and the likely answer.

use std::fs;

use super::{abreast, outputs};
use crate::faults::inputs;
use crate::harness::Bench;

fn told(report: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("reports")).expect("a folder");
    fs::copy("pipelines/sen2_timeliness.toml", folder.path().join("sen2_timeliness.toml")).expect("a pipeline");
    fs::write(folder.path().join("reports/mine.toml"), report).expect("a report");
    let mut command = abreast();
    command.args(["report", "mine", "--returns", "data/sample", "--pipelines"]).arg(folder.path());
    let made = command.arg("--out").arg(outputs()).output().expect("a run");
    assert_eq!(made.status.code(), Some(2));
    String::from_utf8_lossy(&made.stderr).into_owned()
}

#[test]
fn wrong_names_get_the_line_and_the_likely_answer() {
    let section = "title = \"T\"\nauthority = \"Birmingham\"\n[[section]]\nheading = \"H\"\n";
    let message = told(&format!("{section}measures = [\"timelines_20_weeks\"]\n"));
    assert!(message.contains("mine.toml line 5, column 13: no table has a measure `timelines_20_weeks`"), "{message}");
    assert!(message.contains("did you mean `timeliness_20_weeks`?"), "{message}");
    let message = told(&format!("{section}measure = [\"timeliness_20_weeks\"]\n"));
    assert!(message.contains("line 5") && message.contains("did you mean `measures`?"), "{message}");
    let message = told(&format!("{section}tables = [\"standin\"]\n"));
    assert!(message.contains("did you mean `standing`?"), "{message}");
    let message = told(&format!("{section}measures = [\"timeliness_20_weeks\"]\ncompare = [\"neighbour\"]\n"));
    assert!(
        message.contains(": there is nothing called `neighbour` to compare with")
            && message.contains("did you mean `neighbours`?"),
        "{message}"
    );
    let message = told("title = \"T\"\nauthority = \"Birmingam\"\n[[section]]\nheading = \"H\"\n");
    assert!(message.contains("did you mean `Birmingham`?"), "{message}");
    let message = told("title = \"T\"\nauthority = \"Birmingham\"\n");
    assert!(message.contains("there is no `[[section]]`"), "{message}");
    let colours = told(&format!("colours = [\"#FFFF00\"]\n{section}measures = [\"timeliness_20_weeks\"]\n"));
    assert!(colours.contains("colour") && colours.contains("mine.toml"), "{colours}");
}

#[test]
fn an_unknown_report_gets_the_likely_one() {
    let made = abreast().args(["report", "send_profil"]).output().expect("a run");
    assert!(String::from_utf8_lossy(&made.stderr).contains("did you mean `send_profile`?"));
}

#[test]
fn a_new_report_file_makes_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir("pipelines").expect("pipelines").flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a pipeline");
    }
    let new = ["report", "new", "my board", "--measures", "sen2_timeliness/*", "--pipelines"];
    abreast().args(new).arg(folder.path()).arg("--out").arg(outputs()).assert().success();
    let mut command = abreast();
    command.args(["report", "my_board", "--authority", "Leeds", "--returns", "data/sample", "--pipelines"]);
    command.arg(folder.path()).arg("--out").arg(outputs()).assert().success();
    assert!(outputs().join("reports/my-board-leeds.html").is_file());
}

/// The good reports around a broken one, and what was said of it.
fn beside(broken: &str, targets: &str) -> (Vec<String>, String, i32) {
    let bench = Bench::new();
    inputs(&bench, 0);
    bench.pipeline(
        "council",
        "title = \"Council\"\nreturn = \"council\"\nprovisional = true\n[measures.visits]\nlabel = \"Visits\"\nunit = \"number\"\n\
         [[release]]\nfrom = 2024\nfile = \"own.csv\"\narea = { name = \"Council\" }\nperiod_column = \"Month\"\n\
         columns = { visits = \"Visits\" }\n[checks]\nareas = \"some\"\n",
    );
    bench.returns("council/2024/own.csv", "Council,Month,Visits\nLeeds,March 2024,5\nLeeds,April 2024,6\n");
    if !targets.is_empty() {
        bench.returns("council/2024/targets.csv", targets);
    }
    bench.run().well();
    let report = |measure: &str| {
        format!("title = \"B\"\nauthority = \"Leeds\"\n[[section]]\nheading = \"H\"\nmeasures = [\"{measure}\"]\n")
    };
    bench.file("pipelines/reports/first.toml", report("plans/share"));
    bench.file("pipelines/reports/last.toml", report("requests/agreed"));
    bench.file("pipelines/reports/middle.toml", broken);
    let words = ["report", "--all", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--no-charts"];
    let ran = bench.abreast(&words);
    let made = bench.files("out/reports").into_iter().filter(|name| name.ends_with(".html")).collect();
    (made, ran.stderr, ran.code)
}

#[test]
fn a_report_with_a_mistake_stops_no_other() {
    let start = "title = \"B\"\nauthority = \"Leeds\"\n[[section]]\nheading = \"H\"\n";
    let targets = "authority,ref,measure,target,aim\nLeedz,1,Visits,6,Bigger is better\n";
    for (broken, targets, words) in [
        ("title = \"B\n".to_owned(), "", "middle.toml line 1"),
        ("title = \"B\"\ntitel = \"C\"\n[[section]]\nheading = \"H\"\n".to_owned(), "", "`titel`"),
        (format!("{start}measures = [\"plans/shore\"]\n"), "", "no table has a measure `plans/shore`"),
        (format!("{start}measures = [\"plans/share\"]\ncompare = [\"nabours\"]\n"), "", "nothing called `nabours`"),
        (start.replace("Leeds", "Leads"), "", "report `middle` is not made"),
        (start.replace("authority = \"Leeds\"\n", ""), "", "report `middle` names no authority"),
        (format!("colours = [\"#FFFF00\"]\n{start}measures = [\"plans/share\"]\n"), "", "colour"),
        (format!("{start}measures = [\"council/visits\"]\ntables = [\"targets\"]\n"), targets, "targets.csv"),
    ] {
        let (made, said, code) = beside(&broken, targets);
        assert_eq!(
            (made, code),
            (vec!["out/reports/first-leeds.html".to_owned(), "out/reports/last-leeds.html".to_owned()], 1),
            "{broken}{said}"
        );
        assert!(said.contains(words), "{words} is not in:\n{said}");
        assert!(said.contains("2 papers are made; of 3 reports those named above are not"), "{said}");
    }
    // Who is named in the command is a mistake of the command.
    let (made, said, code) = beside(&format!("{start}measures = [\"plans/share\"]\n"), "");
    assert_eq!((made.len(), code), (3, 0), "{said}");
}
