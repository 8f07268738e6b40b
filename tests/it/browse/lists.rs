//! Saved lists: written from the page, named by the user, taken by `compare`, `chart` and report files, and marked where a
//! reorganisation broke one. Each test has a working folder of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::wire::Wire;
use super::{made, text};
use crate::harness::root;

/// The explorer in a working folder of its own; it ends with the test.
pub struct Started {
    child: Child,
    pub wire: Wire,
    pub folder: PathBuf,
}

impl Started {
    /// Starts it with more options.
    pub fn with(more: &[&str]) -> Started {
        let folder = tempfile::tempdir().expect("a folder").keep();
        super::post::copy(made(), &folder.join("outputs"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(["browse", "--no-open", "--returns"])
            .arg(root().join("data/sample"))
            .args(more)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a start");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a line")).read_line(&mut line).expect("an address");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("this computer");
        let (port, key) = rest.split_once("/?key=").expect("a key");
        let wire = Wire { port: port.parse().expect("a port"), key: key.to_owned() };
        Started { child, wire, folder }
    }

    /// Sends a form with the slip of the page at an address; answers where it led, or what was said.
    pub fn deed(&self, page: &str, address: &str, fields: &[(&str, &str)]) -> Result<String, String> {
        let slip = self.wire.get(page).slip();
        let mut all = vec![("once", slip.as_str())];
        all.extend(fields);
        let answer = self.wire.post(address, &all);
        match answer.header("location") {
            Some(led) => Ok(led.to_owned()),
            None => Err(format!("{} {}", answer.status, text(&answer.body))),
        }
    }

    /// Runs a command in the same folder.
    pub fn run(&self, arguments: &[&str]) -> (bool, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(arguments)
            .current_dir(&self.folder)
            .output()
            .expect("a command");
        let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), words(&output.stdout), words(&output.stderr))
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const MEASURE: &str = "sen2_timeliness/timeliness_20_weeks";

fn file(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("data/lists.toml")).unwrap_or_default()
}

#[test]
fn a_list_is_saved_from_the_page_and_taken_everywhere() {
    let started = Started::with(&[]);
    let led = started.deed(
        "/lists?area=333",
        "/lists/add",
        &[("area", "333"), ("name", "Our ten"), ("places", "Walsall, 330, Wolverhampton")],
    );
    assert_eq!(led.as_deref(), Ok("/lists?area=333#list-our-ten"));
    assert!(file(&started.folder).contains("places = [\"335\", \"330\", \"336\"]"), "{}", file(&started.folder));
    let lists = text(&started.wire.get("/lists?area=333").body);
    assert!(lists.contains("Our ten") && lists.contains("3 places") && lists.contains("list:our-ten"), "{lists}");
    // On the page of a measure it is what it is to `compare`.
    let page = started.wire.get(&format!("/measure/{MEASURE}?area=333&with=list:our-ten"));
    assert_eq!(page.status, 200, "{}", text(&page.body));
    let (good, said, wrong) = started.run(&[
        "compare",
        MEASURE,
        "--authority",
        "Sandwell",
        "--with",
        "list:Our-Ten",
        "--each",
        "--format",
        "json",
    ]);
    assert!(good, "{wrong}");
    let said: Value = serde_json::from_str(&said).expect("JSON");
    let rows = said[0]["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 5, "itself, the mean, three places");
    let columns = said[0]["columns"].as_array().expect("columns");
    let at = columns.iter().position(|column| column == "Change from previous year").expect("the change");
    let latest = columns[at - 1].as_str().expect("a period");
    let values: Vec<f64> = rows.iter().filter_map(|row| row[latest].as_f64()).collect();
    assert_eq!(values.len(), 5);
    assert!((values[1] - values[2..].iter().sum::<f64>() / 3.0).abs() < 1e-9, "{values:?}");
    let shown = text(&page.body);
    for row in rows {
        let name = row["LA and Regions"].as_str().expect("a name");
        assert!(shown.contains(name), "no `{name}` on the page");
    }
    // A chart and a report file take it too.
    let (good, _, wrong) =
        started.run(&["chart", "trend", MEASURE, "--authority", "Sandwell", "--with", "list:our-ten", "-o", "a.svg"]);
    assert!(
        good && std::fs::read_to_string(started.folder.join("a.svg")).expect("a chart").contains("Our ten"),
        "{wrong}"
    );
    std::fs::create_dir_all(started.folder.join("pipelines/reports")).expect("a folder");
    let report = format!(
        "title = \"Ours\"\ncompare = [\"england\", \"list:our-ten\"]\n\n[[section]]\nheading = \"Plans\"\nmeasures = [\"{MEASURE}\"]\n"
    );
    std::fs::write(started.folder.join("pipelines/reports/ours.toml"), report).expect("a report");
    let (good, _, wrong) = started.run(&["report", "ours", "--authority", "Sandwell"]);
    assert!(good, "{wrong}");
    assert!(
        std::fs::read_to_string(started.folder.join("outputs/reports/ours-sandwell.html"))
            .expect("a page")
            .contains("Our ten")
    );
    // It can be ticked, saved once more under another name, and taken out.
    let list = started.wire.get("/choose?back=%2Farea%2F333%3Fwith%3Dlist:our-ten,core-cities");
    assert!(list.body.contains("value=\"list:our-ten\" checked"), "{}", text(&list.body));
    let again = [("area", "333"), ("name", "Larger"), ("with", "list:our-ten,core-cities,england")];
    assert_eq!(
        started.deed("/choose?back=%2Farea%2F333%3Fwith%3Dcore-cities", "/lists/add", &again).as_deref(),
        Ok("/lists?area=333#list-larger")
    );
    assert!(
        file(&started.folder).matches("\"330\"").count() == 2,
        "Birmingham is in both once: {}",
        file(&started.folder)
    );
    assert_eq!(started.deed("/lists", "/lists/remove", &[("list", "list:our-ten")]).as_deref(), Ok("/lists"));
    let gone = started.wire.get(&format!("/measure/{MEASURE}?area=333&with=list:our-ten"));
    assert!(gone.status == 404 && gone.body.contains("list:larger"), "{}", text(&gone.body));
}

#[test]
fn a_list_of_measures_is_a_heat_map() {
    let started = Started::with(&[]);
    let fields = [("area", "333"), ("name", "Timely"), ("measures", "sen2_timeliness/*")];
    assert!(started.deed("/heat?area=333", "/lists/add", &fields).is_ok());
    let by_list = started.wire.get("/heat?area=333&measures=list:timely").body;
    let by_name = started.wire.get("/heat?area=333&measures=sen2_timeliness/*").body;
    let rows = |html: &str| html.matches("<th scope=\"row\"><a").count();
    assert!(rows(&by_list) > 1);
    assert_eq!(rows(&by_list), rows(&by_name));
    assert_eq!(started.wire.get("/heat?area=333&measures=list:nothing").status, 404);
}

#[test]
fn a_closed_member_stays_and_the_list_says_what_broke_it() {
    let started = Started::with(&[]);
    std::fs::create_dir_all(started.folder.join("data")).expect("a folder");
    let own = "# kept since 2019\n[[list]]\nname = \"North\"\nplaces = [\"909\", \"333\"] # Cumbria, Sandwell\n";
    std::fs::write(started.folder.join("data/lists.toml"), own).expect("a file");
    let page = started.wire.get("/lists?area=333");
    let shown = text(&page.body);
    assert!(shown.contains("A reorganisation broke this list: Cumbria closed on 31 March 2023, its area is now Cumberland and Westmorland and Furness."), "{shown}");
    assert!(page.body.contains("href=\"/area/909\"") && shown.contains("closed on 31 March 2023"), "{shown}");
    let measure = text(&started.wire.get(&format!("/measure/{MEASURE}?area=335&with=list:north")).body);
    assert!(measure.contains("closed on 31 March 2023"), "{measure}");
    // What its owner wrote stays when another is added.
    assert!(started.deed("/lists", "/lists/add", &[("name", "South"), ("places", "Kent")]).is_ok());
    assert!(file(&started.folder).starts_with(own), "{}", file(&started.folder));
}

#[test]
fn what_is_no_list_is_refused_and_nothing_is_written() {
    let started = Started::with(&[]);
    let codes: Vec<String> = super::build()
        .register
        .authorities()
        .iter()
        .filter(|one| one.closed.is_none())
        .take(31)
        .map(|one| one.code.to_string())
        .collect();
    let many = codes.join(",");
    for (fields, words) in [
        (vec![("name", "A")], "a list of nothing"),
        (vec![("name", " , "), ("places", "333")], "cannot be the name"),
        (vec![("name", "A"), ("places", "Nowhere")], "nothing called `Nowhere`"),
        (vec![("name", "A"), ("places", "333"), ("measures", MEASURE)], "places or of measures"),
        (vec![("name", "A"), ("places", many.as_str())], "31 places are more"),
        (vec![("name", "A"), ("measures", "no_such_measure")], "no_such_measure"),
        (vec![("name", "A"), ("places", "range")], "range"),
    ] {
        let said = started.deed("/lists", "/lists/add", &fields).expect_err("refused");
        assert!(said.to_lowercase().contains(&words.to_lowercase()), "{fields:?}: {said}");
    }
    assert_eq!(file(&started.folder), "");
    assert!(started.deed("/lists", "/lists/add", &[("name", "A"), ("places", "333")]).is_ok());
    assert!(
        started
            .deed("/lists", "/lists/add", &[("name", "a"), ("places", "330")])
            .is_err_and(|said| said.contains("already"))
    );
    // With --read-only there is no form, and what is sent all the same is refused.
    let closed = Started::with(&["--read-only"]);
    let page = closed.wire.get("/lists");
    assert!(page.status == 200 && !page.body.contains("<form action=\"/lists"), "{}", text(&page.body));
    assert_eq!(closed.wire.post("/lists/add", &[("once", "x"), ("name", "A"), ("places", "333")]).status, 403);
    assert_eq!(file(&closed.folder), "");
}
