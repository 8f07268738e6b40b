//! The explorer beside a run that replaces its tables: every page is of one build, and the newer one is announced.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use abreast::browse::{Build, Request, answer};

use super::wire::Wire;
use super::{options, text};
use crate::diff::rewrite;
use crate::explain::{build, copy, sample};

/// How many pages are asked for at least.
const CLICKS: usize = 200;
/// The tables whose figures stand on one page.
const TABLES: [&str; 2] = ["sen2_timeliness", "sen2_caseload"];

/// The returns as they are, and a variant of them: Sandwell issued every plan of 2024 in time, and has ten times as many plans.
fn variants(folder: &Path) -> [std::path::PathBuf; 2] {
    let [one, other] = ["one", "other"].map(|name| folder.join(name));
    copy(&sample(), &one);
    copy(&sample(), &other);
    rewrite(&other.join("sen2/2025/timeliness_20_week.csv"), &|at, row| {
        if row[at("la_name")] == "Sandwell"
            && row[at("breakdown")].starts_with("All")
            && row[at("time_period")] == "2024"
        {
            row[at("plans_issued_20_weeks_ex")] = row[at("plans_issued_den_ex")].clone();
        }
        true
    });
    rewrite(&other.join("sen2/2025/caseload.csv"), &|at, row| {
        if row[at("la_name")] == "Sandwell" && row[at("time_period")] == "202425" {
            let plans = row[at("ehcplans")].clone();
            row[at("ehcplans")] = format!("{plans}0");
        }
        true
    });
    [one, other]
}

/// The figures that the page of Sandwell shows of both tables, in whichever build.
fn shown(page: &str) -> (bool, bool) {
    let words = text(page);
    let one_of = |first: &str, second: &str| match (words.contains(first), words.contains(second)) {
        (true, false) => false,
        (false, true) => true,
        _ => panic!("neither or both of `{first}` and `{second}`: {words}"),
    };
    (one_of(TIMELY.0, TIMELY.1), one_of(PLANS.0, PLANS.1))
}

/// What the page says of plans issued within 20 weeks (65 or 339 of 339), and of the number of plans.
const TIMELY: (&str, &str) = ("65 of 339", "339 of 339");
const PLANS: (&str, &str) = ("3,086 ", "30,860 ");

#[test]
fn no_page_is_of_two_builds_while_runs_replace_the_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let [one, other] = variants(folder.path());
    build(&one, &out, &TABLES, true);
    let wire = Wire::open(&options(&out));
    let (ended, mut seen) = (AtomicBool::new(false), [0_usize; 2]);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for returns in [&other, &one, &other] {
                build(returns, &out, &TABLES, true);
            }
            ended.store(true, Ordering::Relaxed);
        });
        let mut clicks = 0;
        while clicks < CLICKS || !ended.load(Ordering::Relaxed) {
            let answer = wire.get("/area/333");
            clicks += 1;
            if answer.status == 503 {
                assert!(
                    text(&answer.body).contains("The tables are being rebuilt") && answer.body.contains(">Refresh</a>")
                );
                continue;
            }
            assert_eq!(answer.status, 200, "{}", answer.body);
            let (timely, plans) = shown(&answer.body);
            assert_eq!(timely, plans, "a page of two builds after {clicks} clicks");
            seen[usize::from(timely)] += 1;
        }
    });
    assert!(seen.iter().all(|times| *times > 0), "{seen:?}: only one of the builds was seen");
    let last = wire.get("/area/333").body;
    assert_eq!(shown(&last), (true, true));
    assert!(
        last.contains("These tables were rebuilt at") && last.contains("href=\"/changes?area=333\">what changed</a>")
    );
}

#[test]
fn a_table_that_took_the_place_of_the_one_opened_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let [one, other] = variants(folder.path());
    build(&one, &out, &TABLES, true);
    let opened = Build::open(&options(&out)).expect("a build");
    // What was read before is held: beside it a table that is read now would make a page of two builds.
    let held = answer(&opened, &Request::get("/measure/sen2_timeliness/timeliness_20_weeks?area=333"));
    assert_eq!(held.status, 200);
    build(&other, &out, &TABLES, true);
    let response = answer(&opened, &Request::get("/area/333"));
    let page = String::from_utf8_lossy(&response.body).into_owned();
    assert_eq!(response.status, 503, "{page}");
    assert!(text(&page).contains("The tables are being rebuilt"), "{page}");
    let newer = opened.newer().expect("the build that is there now");
    let page = answer(&newer, &Request::get("/area/333")).body.into_owned();
    assert_eq!(shown(&String::from_utf8_lossy(&page)), (true, true));
}
