//! Pictures: the bytes that `abreast chart` writes.

use super::{get, links, made, page};
use crate::report::abreast;

fn written(arguments: &[&str], ending: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("picture.{ending}"));
    let made =
        abreast().arg("chart").args(arguments).arg("--out").arg(made()).arg("-o").arg(&path).output().expect("a chart");
    assert!(made.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&made.stderr));
    std::fs::read(path).expect("a picture")
}

#[test]
fn a_picture_has_the_bytes_of_the_command() {
    let measure = "sen2_timeliness/timeliness_20_weeks";
    for (kind, size, ending, address, more) in [
        ("trend", "page", "svg", "&size=page", &[][..]),
        ("trend", "column", "png", "", &[]),
        ("ordered", "phone", "svg", "&size=phone", &[]),
        ("trend", "column", "svg", "&with=england,core-cities", &["--with", "england,core-cities"]),
        ("strip", "half", "svg", "&size=half", &[]),
        ("trend", "column", "csv", "", &[]),
    ] {
        let target = format!("/chart/{kind}/{measure}.{ending}?area=333{address}");
        let response = get(&target);
        assert_eq!(response.status, 200, "{target}");
        let mut arguments = vec![kind, measure, "--authority", "Sandwell", "--size", size];
        arguments.extend(more);
        assert!(response.body == written(&arguments, ending), "{target} is not what the command writes");
    }
}

#[test]
fn the_pictures_of_a_page_are_there_with_words_for_who_cannot_see_them() {
    let html = page("/measure/sen2_timeliness/timeliness_20_weeks?area=333");
    let images: Vec<&str> = html.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(images.len(), 2);
    for image in images {
        let image = image.replace("&amp;", "&");
        assert_eq!(get(&image).kind, "image/svg+xml", "{image}");
    }
    assert_eq!(html.matches("alt=\"\"").count(), 0);
    let files: Vec<String> = links(&html).into_iter().filter(|link| link.starts_with("/chart/")).collect();
    assert_eq!(files.len(), 8, "four files of two pictures");
    for file in files {
        assert_eq!(get(&file).status, 200, "{file}");
    }
}

#[test]
fn who_points_at_a_bar_is_told_whose_it_is_and_walks_on_from_there() {
    let address = "/measure/sen2_timeliness/timeliness_20_weeks?area=333";
    let html = page(address);
    let layers: Vec<&str> = html.split("class=\"hot noprint\"").skip(1).collect();
    assert_eq!(layers.len(), 2, "the years and all authorities");
    let spots: Vec<&str> = layers[1].split("</svg>").next().unwrap_or_default().split("<a").skip(1).collect();
    // As many as the file beside the picture has authorities with a figure, and in its order.
    let csv =
        String::from_utf8(get("/chart/ordered/sen2_timeliness/timeliness_20_weeks.csv?area=333").body.into_owned());
    let csv = csv.expect("text");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let named: Vec<&str> =
        rows.iter().filter(|row| !row[6].is_empty() && &row[2] != "England").map(|row| &row[2]).collect();
    assert_eq!(spots.len(), named.len());
    for (spot, name) in spots.iter().zip(named) {
        assert!(spot.contains(&format!("<title>{}: ", name.replace('&', "&amp;"))), "{name} is not where {spot} is");
        assert!(spot.contains("tabindex=\"-1\""), "the walk and the table are for who has no mouse");
    }
    let own: Vec<&&str> = spots.iter().filter(|spot| spot.contains("class=\"here\"")).collect();
    assert!(own.len() == 1 && own[0].contains("Sandwell"), "{own:?}");
    let best = links(spots[0]).remove(0);
    assert!(best.contains("&focus="), "{best}");
    let walked = page(&best);
    assert!(walked.contains("<b>1. "), "the walk stands at the best");
    assert!(!walked.contains("class=\"back\"><a"), "nobody is before the best");
}

#[test]
fn a_kind_that_does_not_fit_says_why() {
    let html = page("/measure/population_0_17/population_0_17?area=333&view=funnel");
    assert!(html.contains("class=\"note\""), "no reason is given");
}
