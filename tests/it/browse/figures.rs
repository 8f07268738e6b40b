//! Figures: those of a page are those of `compare`, and each leads to the page of its cell.

use serde_json::Value;

use super::addresses::{Dice, Grammar};
use super::{build, get, links, made, page, text};
use crate::report::abreast;

/// What `compare --format json` says of a measure's page.
pub fn compared(measure: &str, more: &[&str]) -> Value {
    let mut command = abreast();
    command.args(["compare", measure, "--authority", "Sandwell", "--format", "json", "--out"]).arg(made());
    let output = command.args(more).output().expect("a comparison");
    assert!(output.status.success(), "{measure}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The table side by side of a page: a row's cells as text.
pub fn rows(html: &str) -> Vec<Vec<String>> {
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

#[test]
fn the_table_of_a_page_is_that_of_compare() {
    let measures =
        ["sen2_timeliness/timeliness_20_weeks", "care_referrals/re_referral_rate", "population_0_17/population_0_17"];
    let known = |name: &&&str| build().catalogue.measure(name).is_ok();
    let measures: Vec<&&str> = measures.iter().filter(known).collect();
    assert!(!measures.is_empty(), "the sample has none of them");
    for name in measures {
        let (found, said) = (build().catalogue.measure(name).expect("a measure"), compared(name, &["--each"]));
        let shown = rows(&page(&format!("/measure/{name}?area=333")));
        let sheet = &said.as_array().map_or(&said, |all| &all[0]);
        let lines = sheet["rows"].as_array().expect("rows");
        assert_eq!(shown.len(), lines.len(), "{name}");
        let periods: Vec<&str> = sheet["columns"].as_array().expect("columns")[2..]
            .iter()
            .map(|column| column.as_str().expect("a name"))
            .take_while(|column| *column != "Change from previous year")
            .collect();
        for line in lines {
            let label = line["LA and Regions"].as_str().expect("a name");
            let row = shown
                .iter()
                .find(|row| row[0] == label)
                .unwrap_or_else(|| panic!("{name}: no row `{label}`: {shown:?}"));
            for (at, period) in periods.iter().rev().take(8).rev().enumerate() {
                let measure = abreast::store::measure(&found, "");
                let expected = match &line[*period] {
                    Value::Number(number) => measure.shown(number.as_f64().expect("a number")),
                    _ => continue,
                };
                assert_eq!(row[at + 1], expected, "{name}, {label}, {period}");
            }
        }
    }
}

#[test]
fn every_figure_of_a_page_leads_to_its_cell() {
    let (grammar, mut dice) = (Grammar::of_sample(), Dice::new());
    let mut followed = 0;
    for (table, measure) in grammar.measures.iter().step_by(9) {
        let html = page(&format!("/measure/{table}/{measure}?area=333"));
        let figures: Vec<String> = links(&html).into_iter().filter(|link| link.starts_with("/figure/")).collect();
        if figures.is_empty() {
            continue;
        }
        let link = dice.one(&figures);
        let response = get(link);
        let shown = text(std::str::from_utf8(&response.body).expect("text"));
        assert_eq!(response.status, 200, "{link}: {shown}");
        // The figure that was clicked is the figure that is explained.
        let cell =
            html.split(&format!("href=\"{link}\"")).nth(1).and_then(|rest| rest.split('>').nth(1)).expect("a link");
        let number = text(&format!("{cell}>")).trim_matches(|letter: char| !letter.is_ascii_digit()).to_owned();
        assert!(shown.contains(&number), "{link}: `{number}` is not in {shown}");
        followed += 1;
    }
    assert!(followed > 3, "only {followed} figures were followed");
    let gone = get("/figure/sen2_timeliness/timeliness_20_weeks/1999-12-31/333/0123456789");
    assert_eq!(gone.status, 404);
    assert_eq!(get("/figure/no-id").status, 404);
}
