//! `report --pdf`: the PDF stands beside the page, is not older than it, and where it cannot be made everything else is.
//!
//! The browser is a script that writes a PDF where it is told to, so that this is tried where none is installed.

use crate::harness::{Bench, Ran, own_pipeline};

const ROWS: &str = "authority,month,area,measure,numerator,denominator,value,target,comment\n\
    Birmingham,June 2025,Whole authority,Children seen at assessment,9,10,,,\n";
const REPORT: &str = "title = \"Board\"\nauthority = \"Birmingham\"\n[[section]]\nheading = \"Now\"\nmeasures = [\"local_performance/*\"]\n";
const PDF: &str = "out/reports/board-birmingham.pdf";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.pipeline("local_performance", &own_pipeline("local_performance")).pipeline("reports/board", REPORT);
    bench.returns("local/2025/performance.csv", ROWS);
    bench.run().well();
    bench
}

fn report(bench: &Bench, more: &[&str]) -> Ran {
    let mut all =
        vec!["report", "board", "--out", "out", "--pipelines", "pipelines", "--returns", "returns", "--no-charts"];
    all.extend(more);
    // Nothing is on the path but what a script needs.
    bench.abreast_where(&all, &[("PATH", "/nowhere"), ("HOME", "/nowhere")])
}

/// A browser: a script that runs `lines`, with the place of the PDF in `pdf` and the address of the page in `page`.
#[cfg(unix)]
fn browser(bench: &Bench, lines: &str) {
    use std::os::unix::fs::PermissionsExt;
    let script = format!(
        "#!/bin/sh\nPATH=/usr/bin:/bin\nfor word in \"$@\"; do case \"$word\" in --print-to-pdf=*) pdf=${{word#--print-to-pdf=}};; file://*) page=${{word#file://}};; esac; done\n{lines}\n"
    );
    bench.file("browser.sh", script);
    let path = bench.path("browser.sh");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a script");
}

#[test]
#[cfg(unix)]
fn the_pdf_is_that_of_the_page_and_goes_when_the_page_is_made_without_one() {
    let bench = bench();
    browser(&bench, "test -f \"$page\" && printf '%%PDF-1.4\\nprinted\\n%%%%EOF\\n' > \"$pdf\"");
    let ran = report(&bench, &["--pdf", "--browser", "browser.sh"]);
    assert_eq!((ran.code, ran.stderr.contains("--pdf")), (0, false), "{}", ran.stderr);
    assert!(std::fs::read_to_string(bench.path(PDF)).expect("a PDF").contains("printed"));
    let sums = std::fs::read_to_string(bench.path("out/SHA256SUMS")).expect("the record");
    assert!(sums.contains("  reports/board-birmingham.pdf\n"), "{sums}");
    let front = std::fs::read_to_string(bench.path("out/index.html")).expect("a front page");
    assert!(front.contains("board-birmingham.pdf"));
    // Made again without one: the old one is of another page, and the front page leads nowhere that is not.
    let ran = report(&bench, &[]);
    assert!(ran.code == 0 && ran.stderr.contains("`--pdf` prints each page as a PDF as well"), "{}", ran.stderr);
    let front = std::fs::read_to_string(bench.path("out/index.html")).expect("a front page");
    assert!(!bench.path(PDF).exists() && !front.contains("board-birmingham.pdf"));
    // A file that somebody put there is theirs.
    bench.file(PDF, "printed by hand");
    report(&bench, &[]);
    assert_eq!(std::fs::read_to_string(bench.path(PDF)).expect("the file"), "printed by hand");
}

#[test]
#[cfg(unix)]
fn a_browser_that_fails_is_told_with_its_words_and_everything_else_is_made() {
    let bench = bench();
    for (lines, said) in [
        ("echo 'cannot open display' >&2; exit 3", "it ended without a file, cannot open display"),
        ("printf '%%PDF-1.4\\nhalf' > \"$pdf\"", "it ended without a file"),
    ] {
        browser(&bench, lines);
        let ran = report(&bench, &["--pdf", "--browser", "browser.sh"]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stderr.contains(said) && ran.stderr.contains("press Ctrl+P"), "{}", ran.stderr);
        assert!(!bench.path(PDF).exists() && bench.path("out/reports/board-birmingham.html").is_file());
    }
}

#[test]
fn without_a_browser_it_says_how_to_print_by_hand() {
    let bench = bench();
    let ran = report(&bench, &["--pdf", "--browser", "no such browser"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("there is no browser at `no such browser`"), "{}", ran.stderr);
    if abreast::printing::places(abreast::printing::System::Linux, &|_| None).iter().any(|path| path.is_file()) {
        return;
    }
    if cfg!(target_os = "linux") {
        let ran = report(&bench, &["--pdf"]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stderr.contains("no PDF was made") && ran.stderr.contains("`--browser PATH`"), "{}", ran.stderr);
        assert!(bench.path("out/reports/board-birmingham.xlsx").is_file());
    }
}
