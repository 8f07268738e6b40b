//! A figure that a check doubts is marked wherever it is shown, and nothing is said of it but that it is doubted.

use super::table::{bench, rows};

const REPORT: &str = "title = \"Board\"\nauthority = \"Leeds\"\nperiod = \"2023\"\n[[section]]\nheading = \"Plans\"\n\
                      measures = [\"plans/new_share\"]\ntables = [\"standing\", \"years\"]\n";

#[test]
fn what_is_doubted_is_marked_in_charts_tables_papers_and_traces() {
    let mut rows = rows();
    rows.iter_mut().filter(|row| row.is("Leeds", 2023)).for_each(|row| row.cells[1] = "-15".to_owned());
    let bench = bench("", &rows);
    bench.run().well();
    let tell = |arguments: &[&str]| {
        let folders = ["--out", "out", "--pipelines", "pipelines", "--returns", "returns"];
        let folders = if ["report", "explain"].contains(&arguments[0]) { &folders[..] } else { &folders[..2] };
        let ran = bench.abreast(&[arguments, folders].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
        ran.stdout
    };
    let chart = |kind| tell(&["chart", kind, "new_share", "--authority", "Leeds", "-o", "drawn.svg"]);
    for kind in ["trend", "ordered", "neighbours", "strip"] {
        let said = chart(kind);
        assert!(said.contains("doubted by a check"), "{kind}: {said}");
        let picture = std::fs::read_to_string(bench.path("drawn.svg")).expect("a picture");
        assert!(picture.contains("[?] doubted by a check"), "{kind}: {picture}");
        let alt = std::fs::read_to_string(bench.path("drawn.txt")).expect("an alternative text");
        assert!(alt.contains("A check doubts this figure"), "{kind}: {alt}");
        assert!(!alt.contains("than England") && !alt.contains("no figure"), "{kind}: {alt}");
        let data = std::fs::read_to_string(bench.path("drawn.csv")).expect("its data");
        assert!(data.lines().any(|line| line.contains("Leeds") && line.contains(",?,")), "{kind}: {data}");
    }
    let beside = tell(&["compare", "new_share", "--authority", "Leeds", "--with", "england"]);
    assert!(beside.contains("[?] Leeds: doubted by a check, so in no rank (2023)"), "{beside}");
    let trace = tell(&["explain", "new_share", "--authority", "Leeds"]);
    assert!(trace.contains("says      In 2023 it was -") && trace.contains("A check doubts this figure"), "{trace}");
    bench.file("pipelines/reports/board.toml", REPORT);
    tell(&["report", "board"]);
    let page = std::fs::read_to_string(bench.path("out/reports/board-leeds.html"));
    let page = page.unwrap_or_else(|error| panic!("{error}: {:?}", bench.path("out/reports")));
    for told in [
        "-1.7 <span class=\"q\">doubted by a check</span>",
        "A check doubts this figure",
        "title=\"doubted by a check",
        "[?]: doubted by a check, so in no rank.",
    ] {
        assert!(page.contains(told), "no `{told}`: {page}");
    }
    assert!(!page.contains("no figure in this or the previous period"), "there is one: {page}");
}
