//! Many measures side by side: what colours say, the map turned round, its pictures, and views that do not fit.

use std::collections::BTreeMap;

use super::{get, links, page, text};
use crate::explain::sample;
use crate::report::abreast;

/// A cell of the map: its class, its figure and its word.
struct Cell {
    class: String,
    shown: String,
    word: String,
    address: String,
}

/// The cells of the map at an address, in their order.
fn cells(address: &str) -> Vec<Cell> {
    let html = page(address);
    let cell = |part: &str| {
        let part = part.split("</td>").next().expect("a cell");
        let within = |from: &str| part.split(from).nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        Cell {
            class: part.split(['"', ' ']).next().expect("a class").to_owned(),
            shown: within("class=\"figure\">").to_owned(),
            word: within("class=\"vh\">").trim().to_owned(),
            address: links(part).remove(0),
        }
    };
    html.split("<td class=\"cell ").skip(1).map(cell).collect()
}

/// The share of plans issued in time in 2024, by authority, as the counts of the file give it.
fn shares() -> BTreeMap<String, f64> {
    let text = std::fs::read_to_string(sample().join("sen2/2025/timeliness_20_week.csv")).expect("a file");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let at = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let (year, code, part) = (at("time_period"), at("old_la_code"), at("breakdown"));
    let (top, bottom) = (at("plans_issued_20_weeks_ex"), at("plans_issued_den_ex"));
    let rows = reader.records().map(|row| row.expect("a row"));
    let wanted = rows.filter(|row| &row[year] == "2024" && row[part].starts_with("All") && !row[code].is_empty());
    let share = |row: csv::StringRecord| {
        let number = |at: usize| row[at].parse::<f64>().ok();
        Some((row[code].to_owned(), 100.0 * number(top)? / number(bottom)?))
    };
    wanted.filter_map(share).collect()
}

const ONE: &str = "/heat?area=333&measures=sen2_timeliness/timeliness_20_weeks";

fn code(address: &str) -> String {
    address.split("area=").nth(1).expect("an area").to_owned()
}

#[test]
fn quarters_are_those_of_all_authorities() {
    let shares = shares();
    let mut all: Vec<f64> = shares.values().copied().collect();
    all.sort_by(f64::total_cmp);
    let quartile = |share: f64| {
        let at = share * (all.len() - 1) as f64;
        let low = all[at.floor() as usize];
        low + (all[at.ceil() as usize] - low) * at.fract()
    };
    let (lower, middle, upper) = (quartile(0.25), quartile(0.5), quartile(0.75));
    let cells = cells(&format!("{ONE}&against=quarter"));
    assert!(cells.len() > 5);
    for cell in &cells {
        let share = shares[&code(&cell.address)];
        let expected = match share {
            share if share > upper => ("q1", "Best quarter"),
            share if share > middle => ("q2", "Second quarter"),
            share if share > lower => ("q3", "Third quarter"),
            _ => ("q4", "Worst quarter"),
        };
        assert_eq!((cell.class.as_str(), cell.word.as_str()), expected, "{} with {share}", cell.address);
    }
    assert!(cells.iter().any(|cell| cell.class == "q1") && cells.iter().any(|cell| cell.class == "q4"));
}

#[test]
fn colours_say_what_the_pages_of_the_places_say() {
    let shares = shares();
    let own = cells(&format!("{ONE}&against=own"));
    assert_eq!(own[0].word, "itself");
    for cell in &own[1..] {
        // An interval of such counts is no wider than 20 points to a side.
        let gap = shares[&code(&cell.address)] - shares["333"];
        let fits = match cell.class.as_str() {
            "better" => gap > 0.0,
            "worse" => gap < 0.0,
            _ => gap.abs() < 20.0,
        };
        assert!(fits, "{} is called {} with {gap} points", cell.address, cell.word);
    }
    assert!(own.iter().any(|cell| cell.class == "better"));
    for cell in cells(&format!("{ONE}&against=neighbours")) {
        let html = page(&cell.address);
        let rows =
            html.split("class=\"t ans\"").nth(1).and_then(|rest| rest.split("</table>").next()).expect("answers");
        let row = rows.split("<tr>").find(|row| row.contains("eighbours")).map(text).unwrap_or_default();
        assert!(row.contains(&cell.word), "{}: `{}` is not in `{row}`", cell.address, cell.word);
    }
    for cell in cells(&format!("{ONE}&against=change")) {
        let said = text(&page(&cell.address));
        let last = cell.word.rsplit(", ").next().expect("a word");
        assert!(said.contains(last), "{}: `{last}` is not said", cell.address);
    }
}

#[test]
fn turned_round_it_has_the_same_figures() {
    let straight = cells("/heat?area=333&measures=sen2_timeliness/*");
    let turned = cells("/heat?area=333&measures=sen2_timeliness/*&turn=1");
    let places = straight.len() / (straight.len() / turned.iter().filter(|cell| code(&cell.address) == "333").count());
    let measures = straight.len() / (straight.len() / places);
    let width = straight.len() / measures;
    assert_eq!(straight.len(), turned.len());
    for (at, cell) in straight.iter().enumerate() {
        let other = &turned[(at % width) * measures + at / width];
        assert_eq!((&cell.address, &cell.shown, &cell.word), (&other.address, &other.shown, &other.word));
    }
}

#[test]
fn pictures_are_those_of_the_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let two = "sen2_timeliness/timeliness_20_weeks,sen2_timeliness/timeliness_20_weeks_all";
    for (kind, measures, ending) in [
        ("heat", "sen2_timeliness/*", "svg"),
        ("heat", "sen2_timeliness/*", "csv"),
        ("spine", "sen2_timeliness/*", "svg"),
        ("scorecard", "sen2_timeliness/*", "png"),
        ("scatter", two, "svg"),
    ] {
        let response = get(&format!("/chart/{kind}.{ending}?area=333&measures={measures}"));
        assert_eq!(response.status, 200, "{kind}");
        let path = folder.path().join(format!("{kind}.{ending}"));
        let mut command = abreast();
        command.args(["chart", kind, measures, "--authority", "Sandwell", "--out"]).arg(super::made());
        assert!(command.arg("-o").arg(&path).output().expect("a chart").status.success());
        assert!(
            response.body == std::fs::read(&path).expect("a picture"),
            "{kind}.{ending} is not what the command writes"
        );
    }
    for address in ["/chart/heat.svg?area=333", "/chart/heat.svg?measures=sen2_timeliness/*"] {
        assert_eq!(get(address).status, 400, "{address}");
    }
    for link in links(&page("/heat?area=333")).into_iter().filter(|link| link.starts_with("/chart/heat.")) {
        assert_eq!(get(&link).status, 200, "{link}");
    }
}

#[test]
fn a_view_shows_the_same_choice_and_one_that_does_not_fit_says_why() {
    for view in ["spine", "scorecard"] {
        let html = page(&format!("/heat?area=333&measures=sen2_timeliness/*&view={view}"));
        let image = html.split("<img src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
        assert_eq!(get(&image.replace("&amp;", "&")).status, 200);
    }
    let many = page("/heat?area=333&view=scatter");
    assert!(text(&many).contains("A scatter shows two measures"), "{}", text(&many));
    let remedy =
        links(&many).into_iter().find(|link| link.contains("view=scatter") && link.contains("measures=")).expect("two");
    assert!(page(&remedy).contains("<img src=\"/chart/scatter.svg"));
    for cell in cells("/heat?area=333&measures=sen2_timeliness/*&view=table").iter().step_by(7) {
        assert!(cell.address.starts_with("/figure/") || cell.shown.contains('['), "{}", cell.address);
        assert_eq!(cell.class, "none");
    }
    assert_eq!(get("/heat?area=333&view=pie").status, 400);
    assert_eq!(get("/heat?area=333&against=france").status, 400);
}
