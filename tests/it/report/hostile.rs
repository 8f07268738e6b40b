//! Text from returns is data wherever it lands: no script in a page, no formula in a workbook.

use std::fs;

use calamine::{Reader, open_workbook_auto};

use super::abreast;

const NASTY: [&str; 5] = [
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://x\",\"y\")",
    "\"><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "a\u{1b}[31m\u{202e}b",
];

#[test]
fn hostile_words_stay_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, out) = (folder.path().join("returns"), folder.path().join("out"));
    fs::create_dir_all(returns.join("local/2017")).expect("a folder");
    let mut file = csv::Writer::from_path(returns.join("local/2017/performance.csv")).expect("a file");
    file.write_record([
        "authority",
        "month",
        "area",
        "measure",
        "numerator",
        "denominator",
        "value",
        "target",
        "comment",
    ])
    .expect("a row");
    file.write_record([
        "Birmingham",
        "May 2017",
        "Whole authority",
        "Children in care",
        "",
        "",
        "5",
        NASTY[1],
        NASTY[0],
    ])
    .expect("a row");
    for area in NASTY {
        file.write_record(["Birmingham", "May 2017", area, "Children in care", "", "", "5", "", area]).expect("a row");
    }
    drop(file);
    let mut run = abreast();
    run.args(["run", "local_performance", "-q", "--returns"])
        .arg(&returns)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("a run");
    let mut report = abreast();
    report.args(["report", "monthly_scorecard", "--returns"]).arg(&returns).arg("--out").arg(&out).assert().success();
    let html = fs::read_to_string(out.join("reports/monthly-scorecard-birmingham.html")).expect("a page");
    assert!(!html.contains("<script") && !html.contains("<img"), "no tag from a return");
    assert!(html.contains("&lt;script&gt;") && html.contains("{{ 7 * 7 }}"));
    let word = super::word::part(&out.join("reports/monthly-scorecard-birmingham.docx"), "word/document.xml");
    assert!(word.contains("&lt;script&gt;") && !word.contains("<script") && !word.contains('\u{1b}'));
    let mut book = open_workbook_auto(out.join("reports/monthly-scorecard-birmingham.xlsx")).expect("a workbook");
    let mut seen = 0;
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).expect("formulas");
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{sheet} has a formula");
        let range = book.worksheet_range(&sheet).expect("a sheet");
        seen += range.cells().filter(|(_, _, cell)| NASTY.contains(&cell.to_string().as_str())).count();
    }
    assert!(seen >= 4, "{seen} hostile cells kept as text");
}
