//! The one file: it says what the pages say, leads nowhere but within itself, and every figure in it has its cell.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::{build, get, links, made, page, text};
use crate::report::abreast;

/// The file of Sandwell with the headline measures.
fn copy() -> &'static str {
    static COPY: OnceLock<String> = OnceLock::new();
    COPY.get_or_init(|| page("/get/area/333.html"))
}

/// Every part of a page from one text up to another.
fn parts<'h>(html: &'h str, from: &str, to: &str) -> Vec<&'h str> {
    html.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

#[test]
fn the_file_says_what_the_pages_say() {
    let articles: Vec<&str> = copy().split("<article").skip(1).collect();
    let headlines: Vec<_> = build().measures().filter(|found| found.measure.headline).collect();
    assert_eq!(articles.len(), headlines.len());
    let area = page("/area/333");
    let words = |html: &str, from: &str, to: &str| parts(html, from, to).into_iter().map(text).collect::<Vec<String>>();
    let first = copy().split("<article").next().expect("a first part");
    for (from, to) in [("<tbody role=\"rowgroup\">", "</tbody>"), ("<section aria-labelledby=\"first\">", "</section>")]
    {
        assert_eq!(words(first, from, to), words(&area, from, to), "{from}");
        assert!(!words(first, from, to).is_empty(), "{from}");
    }
    let mut compared = 0;
    for found in &headlines {
        let address = format!("/measure/{}/{}?area=333", found.table, found.name);
        let response = get(&address);
        let html = String::from_utf8(response.body.into_owned()).expect("text");
        let Some(answer) = parts(&html, "<section class=\"answer\"", "</section>").pop() else { continue };
        let answer = text(answer.split_once('>').expect("a tag").1);
        let article = articles
            .iter()
            .find(|article| {
                let label = abreast::store::measure(found, "").label;
                article.contains(&format!("<h2>{}</h2>", abreast::text::escaped(&label)))
            })
            .unwrap_or_else(|| panic!("{address} is not in the file"));
        assert!(text(article).contains(&answer), "{address}: {answer}");
        for (from, to) in [
            ("<table class=\"t beside\">", "</table>"),
            ("<p class=\"lede\">", "</p>"),
            ("<figcaption><p class=\"small quiet\">", "</p>"),
        ] {
            assert_eq!(words(article, from, to), words(&html, from, to), "{address}: {from}");
        }
        // A picture has the words that it has on the page, once for each width.
        for alt in parts(&html, " alt=\"", "\"") {
            assert_eq!(article.matches(&format!(" alt=\"{alt}\"")).count(), 2, "{address}: {alt}");
        }
        compared += 1;
    }
    assert!(compared > 5, "{compared} of {}", headlines.len());
}

#[test]
fn the_file_needs_nothing_but_itself() {
    let html = copy();
    for word in ["<script", "<form", "<input", "<link", "src=\"/", "srcset", "url(", "noprint\"><a href=\"/"] {
        assert!(!html.contains(word), "`{word}` is in the file");
    }
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">";
    assert!(html.contains(policy));
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for id in parts(html, " id=\"", "\"") {
        *ids.entry(id).or_default() += 1;
    }
    let twice: Vec<&&str> = ids.iter().filter(|(_, count)| **count > 1).map(|(id, _)| id).collect();
    assert_eq!(twice, Vec::<&&str>::new(), "ids that stand twice");
    let links = links(html);
    assert!(links.len() > 200, "{}", links.len());
    for link in links {
        let id = link.strip_prefix('#').unwrap_or_else(|| panic!("`{link}` leads out of the file"));
        assert!(ids.contains_key(id), "`{link}` leads nowhere");
    }
    assert_eq!(html.matches("<h1").count(), 1);
    for picture in parts(html, "<img", ">") {
        assert!(picture.contains(" src=\"data:image/svg+xml,<svg "), "{}", &picture[..80]);
    }
}

#[test]
fn every_figure_has_its_id_and_its_cell_as_text() {
    let rows = parts(copy(), "<tr id=\"f", "<tr");
    assert!(rows.len() > 100, "{}", rows.len());
    let mut explained = 0;
    for row in rows.iter().step_by(rows.len() / 6) {
        let cells: Vec<String> = row.split("<td").skip(1).map(|cell| text(&format!("<{cell}"))).collect();
        let id = cells.get(1).expect("an id");
        let mut command = abreast();
        command.args(["explain", id, "--format", "json", "--returns", "data/sample", "--out"]).arg(made());
        let output = command.output().expect("an explanation");
        assert!(output.status.success(), "{id}: {}", String::from_utf8_lossy(&output.stderr));
        let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        match id.contains('~') {
            true => assert_eq!(cells.len(), 2, "{row}"),
            false => {
                let (file, cell) = (said["figure"]["file"].as_str(), said["figure"]["cell"].as_str());
                assert_eq!(cells.get(2).map(String::as_str), cell.and_then(|cell| cell.rsplit('!').next()), "{id}");
                assert!(copy().contains(&format!("<code>{}, release ", file.expect("a file"))), "{id}");
                explained += 1;
            }
        }
        assert_eq!(said["period"].as_str(), Some(cells[0].as_str()), "{id}");
    }
    assert!(explained > 0);
}

#[test]
fn the_command_writes_what_the_page_gives() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |name: &str, more: &[&str]| {
        let mut command = abreast();
        command.args(["browse", "--page"]).arg(folder.path().join(name)).args(["--returns", "data/sample"]);
        let output = command.args(more).arg("--out").arg(made()).output().expect("a run");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(run("a.html", &["--authority", "Sandwell"]).0, Some(0));
    let written = std::fs::read_to_string(folder.path().join("a.html")).expect("a file");
    assert!(written == copy(), "the file and the page differ");
    // An old file is replaced, a folder is not.
    std::fs::create_dir(folder.path().join("b.html")).expect("a folder");
    let (code, said) = run("b.html", &["--authority", "333", "--measures", "sen2_*/*"]);
    assert!(code != Some(0) && folder.path().join("b.html").is_dir(), "{code:?} {said}");
    assert_eq!(run("a.html", &["--authority", "333", "--measures", "sen2_*/*"]).0, Some(0));
    let other = std::fs::read_to_string(folder.path().join("a.html")).expect("a file");
    assert!(other != written && other.len() < 3_000_000, "{}", other.len());
    for (name, more, word) in [
        ("c.pdf", &["--authority", "Sandwell"][..], "--page sandwell.html"),
        ("c.html", &["--authority", "core-cities"], "no single local authority"),
        ("c.html", &["--authority", "Nowhere"], "abreast list authorities"),
        ("c.html", &["--authority", "Sandwell", "--measures", "nothing/*"], "nothing/*"),
        ("c.html", &[], "--authority"),
    ] {
        let (code, said) = run(name, more);
        assert_eq!(code, Some(2), "{more:?}: {said}");
        assert!(said.contains(word), "{more:?}: {said}");
        assert!(!folder.path().join(name).exists(), "{more:?}");
    }
}
