//! A mistake in a report file is told with its line and the likely answer.

use std::fs;

use super::{abreast, outputs};

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
