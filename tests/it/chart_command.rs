//! `abreast chart` on the simulated returns of `data/sample` and, where they are, on the real ones: every kind writes
//! its files and says what it shows; what a kind cannot show is refused with a way out.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;

use crate::harness::{real_returns, snapshot};

/// Placements, as measures that make up a whole.
const PARTS: &str = "sen2_caseload/*_share";

/// A folder with tables made from `returns`, once for all tests.
fn tables(returns: &Path, names: &[&str]) -> PathBuf {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let ran =
        command().args(["run", "--quiet", "--returns"]).arg(returns).arg("--out").arg(&folder).args(names).output();
    assert!(folder.join("tables/comparisons.parquet").is_file(), "{:?}", ran.expect("the program runs"));
    folder
}

fn sample() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let returns = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
        tables(&returns, &["sen2_timeliness", "sen2_caseload", "sen2_placements", "care_looked_after"])
    })
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_abreast"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("NO_COLOR", "1");
    command
}

/// Draws a chart to `NAME.*` and answers its title, or what was said instead.
fn draw(out: &Path, name: &str, more: &[&str]) -> Result<String, String> {
    let path = out.join("drawn").join(name);
    let ran = command().arg("chart").args(more).arg("--out").arg(out).arg("-o").arg(&path).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if !ran.status.success() {
        return Err(text(&ran.stderr));
    }
    for (ending, least) in [("svg", 2_000), ("png", 10_000), ("csv", 100), ("txt", 60)] {
        let file = path.with_extension(ending);
        let size = std::fs::metadata(&file).map_or(0, |known| known.len());
        assert!(size > least, "{} has {size} bytes", file.display());
    }
    Ok(text(&ran.stdout).lines().next().unwrap_or_default().to_owned())
}

fn alt(out: &Path, name: &str) -> String {
    std::fs::read_to_string(out.join("drawn").join(format!("{name}.txt"))).expect("the alt text")
}

#[test]
fn every_kind_is_drawn_from_the_tables() {
    let asked: [(&str, &[&str]); 11] = [
        ("trend", &["trend", "timeliness_20_weeks"]),
        (
            "trend with others",
            &["trend", "timeliness_20_weeks", "--with", "england,Solihull,Bournemouth, Christchurch and Poole"],
        ),
        ("ordered", &["ordered", "timeliness_20_weeks"]),
        ("neighbours", &["neighbours", "looked_after_rate"]),
        ("funnel", &["funnel", "timeliness_20_weeks", "--size", "slide"]),
        ("spine", &["spine", "timeliness_20_weeks,looked_after_rate,sen2_caseload/special_share"]),
        ("scorecard", &["scorecard", "sen2_timeliness/timeliness*,looked_after_rate"]),
        ("stacked", &["stacked", "sen2_placements/plans", "--breakdown", "Kind of placement"]),
        ("stacked measures", &["stacked", PARTS]),
        ("dumbbell", &["dumbbell", "timeliness_20_weeks"]),
        ("strip", &["strip", "looked_after_rate", "--size", "half"]),
    ];
    let mut said = String::new();
    for (name, more) in asked {
        let title = draw(sample(), name, &[more, &["--authority", "Birmingham"]].concat()).expect(name);
        let alt = alt(sample(), name);
        assert!(alt.ends_with("Illustrative data."), "{alt}");
        said.push_str(&format!("{name}\n  {title}\n  {alt}\n\n"));
    }
    snapshot("chart_command/sample.txt", &said);
}

#[test]
fn two_measures_lie_side_by_side_in_a_dumbbell() {
    let both = "timeliness_20_weeks,timeliness_20_weeks_all";
    let title = draw(sample(), "two", &["dumbbell", both, "--authority", "Leeds"]).expect("a chart");
    assert!(title.contains("excluding exceptions") && title.contains("all plans"), "{title}");
}

#[test]
fn a_chart_that_cannot_be_drawn_says_why_and_what_may_help() {
    let asked: [(&[&str], &str); 11] = [
        (&["trend", "timeliness_20_weeks,looked_after_rate"], "this kind of chart shows one measure"),
        (&["funnel", "sen2_caseload/plans"], "has no counts to make the limits of a funnel from"),
        (&["trend", "timeliness_20_week"], "did you mean `timeliness_20_weeks`?"),
        (&["trend", "timeliness_20_weeks", "--with", "core-citys"], "did you mean `core-cities`?"),
        (&["ordered", "timeliness_20_weeks", "--period", "1999"], "has no figure of `timeliness_20_weeks` in 1999"),
        (&["stacked", "timeliness_20_weeks"], "a stacked chart needs the parts of a whole"),
        (&["stacked", "sen2_caseload/special_share,sen2_caseload/special,looked_after_rate"], "do not add up"),
        (&["spine", "sen2_timeliness/*", "--with", "Solihull"], "does not show other authorities by name"),
        (&["strip", "timeliness_20_weeks", "--with", "england,region"], "does not show the region"),
        (&["scorecard", "sen2_timeliness/*", "--with", "core-cities"], "does not show other authorities by name"),
        (&["trend", "sen2_placements/plans"], "say which with `--breakdown`: such as `Kind of placement="),
    ];
    for (more, wanted) in asked {
        let said = draw(sample(), "refused", &[more, &["--authority", "Birmingham"]].concat()).expect_err(wanted);
        assert!(said.contains(wanted) && said.contains("help: "), "{said}");
    }
}

#[test]
fn the_real_returns_are_drawn_with_their_gaps_and_small_numbers() {
    let Some(returns) = real_returns() else { return };
    let out = tables(&returns, &["sen2_timeliness", "statistical_neighbours"]);
    let asked = [
        ("Dorset", "ordered", ": no figure for 2024"),
        ("Dorset", "trend", ": no figure for 2024"),
        ("Isles of Scilly", "strip", "too few cases to compare"),
        ("Cumberland", "trend", "rose to"),
        ("Birmingham", "trend", "fell to 26.7%, worse than England"),
    ];
    for (authority, kind, wanted) in asked {
        let name = format!("{authority} {kind}");
        let title = draw(&out, &name, &[kind, "timeliness_20_weeks", "--authority", authority]).expect(&name);
        assert!(title.contains(wanted), "{title}");
    }
    assert!(alt(&out, "Cumberland trend").contains("2023 to 2024"));
    let svg = std::fs::read_to_string(out.join("drawn/Cumberland trend.svg")).expect("the SVG");
    assert!(svg.contains("was created in April 2023"));
}
