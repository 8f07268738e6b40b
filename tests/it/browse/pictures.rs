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
fn a_kind_that_does_not_fit_says_why() {
    let html = page("/measure/population_0_17/population_0_17?area=333&view=funnel");
    assert!(html.contains("class=\"note\""), "no reason is given");
}
