//! Beside whom: what can be chosen stands on the pages as `compare` has it with the same options.

use abreast::statistics::average::median_of;
use serde_json::Value;

use super::take::csv;
use super::{build, get, links, made, page, text};
use crate::report::abreast;

const MEASURE: &str = "sen2_timeliness/timeliness_20_weeks";

/// What `compare --format json` says of a measure's page.
fn compared(measure: &str, more: &[&str]) -> Value {
    let mut command = abreast();
    command.args(["compare", measure, "--authority", "Sandwell", "--format", "json", "--out"]).arg(made());
    let output = command.args(more).output().expect("a comparison");
    assert!(output.status.success(), "{measure}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The table side by side of a page: a row's cells as text.
fn rows(html: &str) -> Vec<Vec<String>> {
    let table = html
        .split("<table class=\"t beside\">")
        .nth(1)
        .and_then(|rest| rest.split("</table>").next())
        .expect("a table");
    let body = table.split("<tbody>").nth(1).expect("a body");
    let row = |row: &str| {
        let cells = row.replace("</th>", "\u{1f}").replace("</td>", "\u{1f}");
        cells.split('\u{1f}').map(text).collect::<Vec<String>>()
    };
    body.split("<tr").skip(1).map(|one| row(one.split_once('>').map_or("", |(_, rest)| rest))).collect()
}

/// The figures of the last period of a comparison, each with its name.
fn latest(said: &Value) -> Vec<(String, Option<f64>)> {
    let sheet = said.as_array().map_or(said, |all| &all[0]);
    let columns: Vec<&str> = sheet["columns"].as_array().expect("columns").iter().filter_map(Value::as_str).collect();
    let at = columns.iter().position(|column| *column == "Change from previous year").expect("the change");
    let line =
        |row: &Value| (row["LA and Regions"].as_str().unwrap_or_default().to_owned(), row[columns[at - 1]].as_f64());
    sheet["rows"].as_array().expect("rows").iter().map(line).collect()
}

/// That the table of a page is that of a comparison: the same names, the same latest figures and verdicts.
fn agree(address: &str, options: &[&str]) -> Vec<(String, Option<f64>)> {
    let said = compared(MEASURE, options);
    let lines = latest(&said);
    let html = page(&format!("/measure/{MEASURE}?area=333{address}"));
    let shown = rows(&html);
    assert_eq!(shown.len(), lines.len(), "{address}");
    let found = build().catalogue.measure(MEASURE).expect("a measure");
    let measure = abreast::store::measure(&found, "");
    for (name, value) in &lines {
        let row = shown.iter().find(|row| row[0] == *name).unwrap_or_else(|| panic!("{address}: no `{name}`"));
        if let Some(value) = value {
            assert!(row.contains(&measure.shown(*value)), "{address}: {name} is {value}, the page has {row:?}");
        }
    }
    lines
}

#[test]
fn averages_of_each_kind_and_the_range_are_those_of_compare() {
    let with = "&with=neighbours,england,core-cities";
    let words = "neighbours,england,core-cities";
    for average in ["median", "pooled"] {
        let lines = agree(&format!("{with}&average={average}"), &["--with", words, "--each", "--average", average]);
        let made: Vec<&str> = lines
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| name.ends_with(&format!("({average})")))
            .collect();
        assert_eq!(made.len(), 2, "{lines:?}");
    }
    // The median, worked out once more from the neighbours themselves.
    let lines = agree("&with=neighbours&average=median", &["--with", "neighbours", "--each", "--average", "median"]);
    let members: Vec<Option<f64>> = lines[2..].iter().map(|(_, value)| *value).collect();
    assert_eq!(members.len(), 10);
    let median = median_of(&members).expect("a median");
    let shown = lines[1].1.expect("a figure");
    assert!((median - shown).abs() < 1e-9, "{median} and {shown}");
    // Without each there is the average alone.
    assert_eq!(agree("&with=neighbours&each=no", &["--with", "neighbours"]).len(), 2);
    agree("&with=neighbours-2021,neighbours,london&each=no", &["--with", "neighbours-2021,neighbours,london"]);
}

#[test]
fn the_range_is_the_best_the_middle_and_the_worst_of_all() {
    let lines = agree("&with=england,range", &["--with", "england,range"]);
    let (heads, all) = csv(&get(&format!("/get/measure/{MEASURE}.csv?area=333&all=1")));
    let at = |head: &str| heads.iter().position(|known| known == head).expect("a column");
    let last = all.iter().map(|row| row[at("Period")].clone()).max().expect("a period");
    let mut figures: Vec<f64> = all
        .iter()
        .filter(|row| row[at("Level")] == "authority" && row[at("Topic")] == "Total" && row[at("Period")] == last)
        .filter(|row| {
            let code = row[at("Code")].parse().expect("a code");
            build().register.newest(code).is_some_and(|known| known.closed.is_none())
        })
        .filter_map(|row| row[at("Figure")].parse().ok())
        .collect();
    figures.sort_by(|one, other| other.total_cmp(one));
    let range: Vec<f64> = lines[2..].iter().filter_map(|(_, value)| *value).collect();
    assert_eq!(range, [figures[0], figures[(figures.len() - 1) / 2], figures[figures.len() - 1]]);
    assert!(lines[2].0.ends_with("(best)") && lines[4].0.ends_with("(worst)"), "{lines:?}");
    let html = page(&format!("/measure/{MEASURE}?area=333&with=england,range"));
    assert!(text(&html).contains("Of the "), "no note says who they are");
    // Of many measures they are others for each.
    for address in ["/area/333?with=range", "/heat?area=333&with=range"] {
        assert_eq!(get(address).status, 400, "{address}");
    }
}

#[test]
fn an_area_stands_beside_anybody_as_compare_has_it() {
    for (address, column, options) in [
        ("with=core-cities", "Core cities", &["--with", "core-cities"][..]),
        ("with=england,walsall", "Walsall", &["--with", "england,walsall"]),
        ("with=neighbours&average=median", "Neighbours", &["--with", "neighbours", "--average", "median"]),
        (
            "with=neighbours-2021&average=pooled",
            "Statistical neighbours (2021)",
            &["--with", "neighbours-2021", "--average", "pooled"],
        ),
    ] {
        let address = format!("/get/area/333.csv?{}", address.replace("walsall", "335"));
        let (heads, lines) = csv(&get(&address));
        let at = heads.iter().position(|head| head == column).unwrap_or_else(|| panic!("{address}: {heads:?}"));
        let label = abreast::store::measure(&build().catalogue.measure(MEASURE).expect("a measure"), "").label;
        let row = lines.iter().find(|row| row[1] == label).expect("the measure");
        let expected = latest(&compared(MEASURE, options)).last().and_then(|(_, value)| *value).expect("a figure");
        assert_eq!(row[at].parse::<f64>().ok(), Some(expected), "{address}: {row:?}");
        assert_ne!(row[at + 1], "", "{address} has no verdict");
    }
}

#[test]
fn thirty_places_stand_beside_and_the_next_is_refused_by_its_number() {
    let codes: Vec<String> = build()
        .register
        .authorities()
        .iter()
        .filter(|one| one.closed.is_none())
        .take(31)
        .map(|one| one.code.to_string())
        .collect();
    for base in [format!("/measure/{MEASURE}?area=333&with="), "/area/333?with=".to_owned()] {
        assert_eq!(get(&format!("{base}{}", codes[..30].join(","))).status, 200, "{base}");
        let many = get(&format!("{base}{}", codes.join(",")));
        assert_eq!(many.status, 400, "{base}");
        assert!(String::from_utf8_lossy(&many.body).contains("31 places"), "{base}");
    }
    // Twenty-eight and the range of three are one too many.
    let ranged = get(&format!("/measure/{MEASURE}?area=333&with={},range", codes[..28].join(",")));
    assert!(ranged.status == 400 && String::from_utf8_lossy(&ranged.body).contains("31 places"));
    // As boxes of the page with every place.
    let boxes: String = codes.iter().map(|code| format!("&with={code}")).collect();
    let chosen = get(&format!("/choose?back=%2Farea%2F333{boxes}&go=1"));
    assert!(chosen.status == 400 && String::from_utf8_lossy(&chosen.body).contains("31 places"));
}

#[test]
fn everything_can_be_chosen_without_script() {
    let html = page(&format!("/measure/{MEASURE}?area=333"));
    let shown = text(&html);
    for words in [
        "Statistical neighbours 2025 (Department for Education)",
        "Statistical neighbours 2021 (Department for Education)",
        "Plain mean",
        "Median",
        "Counts taken together",
        "The average alone",
        "Rank from a denominator of",
    ] {
        assert!(shown.contains(words), "no `{words}`");
    }
    let back = "%2Fmeasure%2Fsen2_timeliness%2Ftimeliness_20_weeks%3Farea%3D333%26period%3D2023";
    let address =
        format!("/choose?back={back}&area=&with=neighbours-2021&with=range&more=&average=median&each=no&min=50&go=1");
    let led = get(&address).location.expect("a place to go");
    assert_eq!(
        led,
        format!("/measure/{MEASURE}?area=333&with=neighbours-2021,range&average=median&each=no&period=2023&min=50")
    );
    // What was chosen stays when a period or a group is chosen.
    let html = page(&led);
    let form = html.split("<form class=\"choose").nth(1).and_then(|rest| rest.split("</form>").next()).expect("a form");
    for field in [
        "name=\"with\" value=\"neighbours-2021,range\"",
        "name=\"average\" value=\"median\"",
        "name=\"min\" value=\"50\"",
    ] {
        assert!(form.contains(field), "no {field}");
    }
    // Groups and places by region are on the page of all, for each kind of page.
    for back in [back, "%2Farea%2F333", "%2Fheat%3Farea%3D333"] {
        let list = page(&format!("/choose?back={back}"));
        assert!(list.contains("value=\"core-cities\"") && list.contains("value=\"335\""), "{back}");
    }
    let led = get("/choose?back=%2Fheat%3Farea%3D333&with=core-cities&with=335&go=1").location.expect("a place to go");
    assert_eq!(led, "/heat?area=333&with=core-cities,335");
    assert!(links(&page(&led)).contains(&"/area/330".to_owned()));
    assert_eq!(get("/heat?area=333&with=england").status, 400);
}
