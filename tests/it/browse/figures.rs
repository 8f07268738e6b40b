//! Figures: each of a page leads to the page of its cell.

use super::grammar::{Dice, text};
use super::{get, links, page, sample};

#[test]
fn every_figure_of_a_page_leads_to_its_cell() {
    let (grammar, mut dice) = (sample(), Dice::new());
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

#[test]
fn no_figure_leads_nowhere_where_the_authority_has_no_row() {
    let (grammar, mut dice) = (sample(), Dice::new());
    // Two that were made in 2023, one that was closed then, one that is always there.
    for area in ["941", "943", "909", "333"] {
        let mut followed = 0;
        for (table, measure) in grammar.measures.iter().step_by(4) {
            let response = get(&format!("/measure/{table}/{measure}?area={area}"));
            let html = String::from_utf8(response.body.into_owned()).expect("text");
            let figures: Vec<String> = links(&html).into_iter().filter(|link| link.starts_with("/figure/")).collect();
            for _ in 0..figures.len().min(6) {
                let link = dice.one(&figures);
                assert_eq!(get(link).status, 200, "{link} of {table}/{measure} for {area}");
                followed += 1;
            }
        }
        assert!(followed > 20, "{area}: {followed} figures were followed");
    }
}
