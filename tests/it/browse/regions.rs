//! Regions, England and authorities that have closed: their figures as published, and no verdict where nothing is tested.

use super::{get, links, page, text};
use crate::explain::sample;

const MEASURE: &str = "/measure/sen2_timeliness/timeliness_20_weeks?area=";

/// The shares of plans issued in time in 2024 of a level, by name, as the counts of the file give them; of one region, where named.
fn shares(level: &str, region: &str) -> Vec<(String, f64)> {
    let text = std::fs::read_to_string(sample().join("sen2/2025/timeliness_20_week.csv")).expect("a file");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let at = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let name = at(match level {
        "National" => "country_name",
        "Regional" => "region_name",
        _ => "la_name",
    });
    let rows = reader.records().map(|row| row.expect("a row"));
    let wanted = rows.filter(|row| {
        let is_of = region.is_empty() || &row[at("region_code")] == region;
        &row[at("time_period")] == "2024"
            && row[at("breakdown")].starts_with("All")
            && &row[at("geographic_level")] == level
            && is_of
    });
    let share = |row: csv::StringRecord| {
        let number = |column: &str| row[at(column)].parse::<f64>().ok();
        Some((row[name].to_owned(), 100.0 * number("plans_issued_20_weeks_ex")? / number("plans_issued_den_ex")?))
    };
    let mut shares: Vec<(String, f64)> = wanted.filter_map(share).collect();
    shares.sort_by(|one, other| one.1.total_cmp(&other.1));
    shares
}

#[test]
fn a_region_and_england_have_their_published_figure_and_the_range_of_their_authorities() {
    for (code, level, region) in [("E12000005", "Regional", "E12000005"), ("E92000001", "National", "")] {
        let own = shares(level, region)[0].1;
        let all = shares("Local authority", region);
        let (low, high) = (&all[0], &all[all.len() - 1]);
        let range = format!("{:.1}% ({}) to {:.1}% ({}), {} authorities", low.1, low.0, high.1, high.0, all.len())
            .replace("100.0%", "100%")
            .replace("0.0% (", "0% (");
        for address in [format!("/area/{code}"), format!("{MEASURE}{code}")] {
            let html = page(&address);
            let said = text(&html);
            assert!(said.contains(&range), "{address}: no `{range}` in {said}");
            assert!(said.contains(&format!("{own:.1}%")), "{address}: no {own} in {said}");
            // Nothing is tested, so nothing is said.
            assert!(!html.contains("class=\"v ") && !said.contains("Worse") && !said.contains("Better"), "{said}");
        }
        let html = page(&format!("{MEASURE}{code}"));
        let rows = html.split("<tbody>").nth(1).expect("rows").matches("<tr").count();
        assert_eq!(rows, all.len() + 1);
        for link in links(&html).into_iter().filter(|link| link.starts_with("/figure/")).take(8) {
            assert_eq!(get(&link).status, 200, "{link}");
        }
    }
}

#[test]
fn a_region_is_found_by_its_name_and_has_one_address() {
    assert_eq!(get("/area/West%20Midlands").location.as_deref(), Some("/area/E12000005"));
    assert_eq!(get(&format!("{MEASURE}West%20Midlands")).location, Some(format!("{MEASURE}E12000005")));
    assert_eq!(get(&format!("{MEASURE}E12000005&view=funnel")).status, 400);
    assert_eq!(get(&format!("{MEASURE}E12000099")).status, 404);
    let html = page("/area/E12000005");
    assert!(links(&html).contains(&"/area/333".to_owned()) && !links(&html).contains(&"/area/383".to_owned()));
}

#[test]
fn a_closed_authority_says_when_and_leads_to_those_who_took_over_and_back() {
    let cumbria = page("/area/909");
    let said = text(&cumbria);
    assert!(said.contains("Closed on 31 March 2023") && said.contains("Its area went to"), "{said}");
    for code in ["/area/942", "/area/943"] {
        assert!(links(&cumbria).contains(&code.to_owned()), "no link to {code}");
        let successor = page(code);
        assert!(
            links(&successor).contains(&"/area/909".to_owned())
                && text(&successor).contains("It took over the area of Cumbria")
        );
    }
}

#[test]
fn without_an_area_one_is_asked_for_by_name_or_from_the_list() {
    let html = page("/");
    assert!(text(&html).contains("Which local authority?") && html.contains("action=\"/find\""));
    assert!(html.contains("<label for=\"place\">"));
    // What is written there goes to the place at once.
    assert_eq!(get("/find?q=Sandwell").location.as_deref(), Some("/area/333"));
    assert!(links(&html).contains(&"/area/333".to_owned()));
    // A page about somebody asks for whom, and keeps what it is about.
    let heat = page("/heat");
    assert!(links(&heat).contains(&"/heat?area=333".to_owned()) && !heat.contains("<label for=\"place\">"));
}

#[test]
fn the_places_beside_a_measure_can_be_taken_out_and_more_be_added() {
    let html = page("/measure/sen2_timeliness/timeliness_20_weeks?area=333");
    let chips = html.split("class=\"chips\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("chips");
    let add = links(chips).pop().expect("a link");
    assert!(add.starts_with("/choose?back=") && text(chips).ends_with("Add a place"), "{chips}");
    assert_eq!(get(&add).status, 200);
    assert_eq!(links(chips).len(), 4, "the region, neighbours, England and one more");
}
