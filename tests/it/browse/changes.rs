//! What changed: one's own figures and ranks first, whose doing each move is, every class by itself, and the same file as `diff`.

use std::path::Path;
use std::sync::OnceLock;

use abreast::browse::{Build, Request, answer};

use super::{links, text};
use crate::diff::rewrite;
use crate::explain::{build, copy, sample};
use crate::report::abreast;

/// Two builds: in the second Sandwell issued every plan in time, Leeds' figure is withheld and Camden has no row in 2024.
fn made() -> &'static Path {
    static MADE: OnceLock<std::path::PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let (returns, out) = (folder.join("returns"), folder.join("out"));
        copy(&sample(), &returns);
        build(&returns, &out, &["sen2_timeliness", "ofsted_childrens_services"], false);
        rewrite(&returns.join("sen2/2025/timeliness_20_week.csv"), &|at, row| {
            let whole = row[at("breakdown")].starts_with("All") && row[at("time_period")] == "2024";
            let top = at("plans_issued_20_weeks_ex");
            match row[at("la_name")].as_str() {
                "Sandwell" if whole => row[top] = row[at("plans_issued_den_ex")].clone(),
                "Leeds" if whole => {
                    row[top] = "x".to_owned();
                    row[at("PC_plans_issued_20_weeks_ex")] = "c".to_owned();
                }
                "Camden" => return row[at("time_period")] != "2024",
                _ => {}
            }
            true
        });
        build(&returns, &out, &["sen2_timeliness", "ofsted_childrens_services"], false);
        out
    })
}

fn opened(out: &Path) -> Build {
    Build::open(&super::options(out)).expect("a build")
}

/// The second of the two builds, opened once: it is held against the first only once.
fn second() -> &'static Build {
    static SECOND: OnceLock<Build> = OnceLock::new();
    SECOND.get_or_init(|| opened(made()))
}

/// The page at an address, once both builds are held against each other.
fn page(build: &Build, address: &str) -> String {
    loop {
        let response = answer(build, &Request::get(address));
        let html = String::from_utf8(response.body.into_owned()).expect("text");
        assert_eq!(response.status, 200, "{address}: {html}");
        if !html.contains(">Refresh</a>") {
            return html;
        }
    }
}

/// What changed between two builds that differ, for Sandwell.
pub fn example() -> String {
    page(second(), "/changes?area=333")
}

/// The part of the page that is about the area, as text.
fn own(html: &str) -> String {
    let from = html.split("<h2 id=\"own\">").nth(1).expect("a part about the area");
    text(from.split("<h2").next().expect("its end"))
}

#[test]
fn ones_own_figures_stand_first_and_each_move_says_whose_doing_it_is() {
    let build = second();
    let sandwell = own(&page(build, "/changes?area=333"));
    // 65 of 339 before, 339 of 339 now.
    assert!(sandwell.contains("2024 Revised 19.174 release 2025 100 release 2025"), "{sandwell}");
    assert!(sandwell.contains("2024 124 of 153 1 of 151 its own figure"), "{sandwell}");
    // Birmingham's figure is as it was; one who passed it moved it.
    let birmingham = own(&page(build, "/changes?area=330"));
    assert!(
        birmingham.contains("others were revised, came or went") && !birmingham.contains("Revised"),
        "{birmingham}"
    );
    let leeds = own(&page(build, "/changes?area=383&class=withdrawn"));
    assert!(leeds.contains("Withdrawn") && leeds.contains("a number, not shown because it is withheld now"), "{leeds}");
}

#[test]
fn a_class_and_a_table_leave_the_rest_out() {
    let build = second();
    let html = page(build, "/changes?area=333");
    let shown = text(&html);
    assert!(shown.contains("1 table differs from the build before this one, 1 does not."), "{shown}");
    let tile = |html: &str, word: &str| {
        let tiles = html.split("class=\"big\">").skip(1);
        let of = tiles.filter(|tile| tile.split("</span>").nth(1).is_some_and(|rest| rest.starts_with(word)));
        of.map(|tile| tile.split('<').next().unwrap_or_default().to_owned()).next().expect("a tile")
    };
    // Of Sandwell the whole, of Leeds the whole.
    assert_eq!(
        (tile(&html, "Revised"), tile(&html, "Withdrawn"), tile(&html, "New")),
        ("1".into(), "1".into(), "0".into())
    );
    let gone = page(build, "/changes?class=gone");
    assert!(text(&gone).contains("Camden (202) has gone") && !text(&gone).contains("19.174"), "{}", text(&gone));
    assert!(links(&gone).contains(&"/changes".to_owned()), "no way back to everything");
    let other = text(&page(build, "/changes?table=ofsted_childrens_services"));
    assert!(!other.contains("Camden"), "{other}");
    let wrong = answer(build, &Request::get("/changes?class=awful"));
    assert_eq!(wrong.status, 400);
}

#[test]
fn the_file_is_that_of_diff_byte_for_byte() {
    let build = second();
    for (query, more) in [("", [].as_slice()), ("table=sen2_timeliness&", &["--table", "sen2_timeliness"])] {
        let response = answer(build, &Request::get(format!("/get/changes.csv?{query}all=1")));
        assert_eq!(response.status, 200);
        let mut command = abreast();
        let written = command.args(["diff", "--format", "csv"]).args(more).arg("--out").arg(made()).output();
        assert_eq!(response.body.into_owned(), written.expect("differences").stdout);
    }
    // What is shown is what the page is about.
    let shown = answer(build, &Request::get("/get/changes.csv?area=383&class=withdrawn")).body.into_owned();
    let shown = String::from_utf8(shown).expect("text");
    assert_eq!((shown.lines().count(), shown.contains("Leeds")), (2, true), "{shown}");
}

#[test]
fn nothing_before_and_nothing_else_are_said() {
    assert!(text(&super::page("/changes")).contains("No build before this one"));
    let folder = tempfile::tempdir().expect("a folder");
    copy(super::made(), folder.path());
    copy(&super::made().join("tables"), &folder.path().join("previous/tables"));
    let same = text(&page(&opened(folder.path()), "/changes?area=333"));
    assert!(same.contains("Nothing differs from the build before this one."), "{same}");
}

#[test]
fn the_page_of_a_measure_leads_to_what_was_found_in_its_files_and_to_what_changed() {
    let address = "/measure/sen2_timeliness/timeliness_20_weeks?area=333";
    let html = page(second(), address);
    let found = &second().catalogue.table("sen2_timeliness").expect("a table").findings;
    assert!(!found.is_empty() && text(&html).contains(found[0].message.split_whitespace().next().expect("a word")));
    for link in ["/findings?table=sen2_timeliness&area=333", "/changes?area=333&table=sen2_timeliness"] {
        assert!(links(&html).contains(&link.to_owned()), "no link to {link}");
        assert!(page(second(), link).contains("<h1>"));
    }
    assert!(text(&super::page(address)).contains("No build before this one"));
}
