//! What a build says of itself, what can be taken away, and what is found by other words.

use super::{build, get, links, made, page, text};

#[test]
fn findings_are_those_of_the_file_and_lead_to_their_table() {
    let written = abreast::publish::read_findings(&made().join("findings.csv"));
    assert!(!written.is_empty());
    let html = page("/findings");
    let hits =
        |html: &str| html.split("<ul class=\"hits\">").skip(1).map(|part| part.matches("<li>").count()).sum::<usize>();
    assert_eq!(hits(&html), written.len());
    // What stands between backticks is set as code.
    let plain = |text: &str| text.replace(|letter: char| letter == '`' || letter.is_whitespace(), "");
    let shown = plain(&text(&html));
    for finding in &written {
        assert!(shown.contains(&plain(&finding.help)), "`{}` is not shown", finding.help);
    }
    let notes = written.iter().filter(|finding| finding.severity == abreast::finding::Severity::Note).count();
    assert_eq!(hits(&page("/findings?severity=note")), notes);
    assert_eq!(get("/findings?severity=awful").status, 400);
    assert_eq!(get("/findings?table=none").status, 404);
}

#[test]
fn sources_have_every_table_with_its_files_and_hashes() {
    let html = page("/sources?area=333");
    for (name, meta) in build().catalogue.tables() {
        assert!(links(&html).contains(&format!("/sources/{name}?area=333")), "no link to {name}");
        let of_table = page(&format!("/sources/{name}?area=333"));
        for account in &meta.accounts {
            assert!(of_table.contains(&account.file), "{name} does not name {}", account.file);
            assert!(of_table.contains(&meta.inputs[&account.file][..12]), "{name} has no hash of {}", account.file);
        }
    }
    assert!(text(&page("/changes")).contains("No build before this one"));
}

/// The first measure that is found for some words.
fn first(words: &str) -> String {
    let html = page(&format!("/find?q={}&area=333", words.replace(' ', "%20")));
    links(&html).into_iter().find(|link| link.starts_with("/measure/")).unwrap_or_default()
}

#[test]
fn words_that_are_short_for_others_and_slips_find_what_is_meant() {
    for (words, table) in [
        ("ehcp", "/measure/sen2_"),
        ("cla", "/measure/care_"),
        ("timeliness", "/measure/sen2_timeliness/"),
        // One letter is missing, two have changed places.
        ("20 weks", "/measure/sen2_timeliness/"),
        ("manistream schools", "/measure/sen2_"),
    ] {
        assert!(first(words).starts_with(table), "`{words}` leads to `{}`", first(words));
    }
    // A place among the words says for whom.
    let html = page("/find?q=walsall%20mainstream&area=333");
    assert!(links(&html).iter().any(|link| link.starts_with("/measure/sen2_") && link.ends_with("area=335")));
    assert!(text(&html).contains("For Walsall."));
    let nothing = page("/find?q=zzyzx%20qqq");
    assert!(
        text(&nothing).contains("Try fewer words")
            && links(&nothing).iter().any(|link| link.starts_with("/measures?topic="))
    );
}

#[test]
fn a_heat_map_says_what_the_pages_of_its_cells_say() {
    let html = page("/heat?area=333");
    let cells: Vec<&str> = html.split("<td class=\"cell ").skip(1).collect();
    assert!(cells.len() > 50, "{}", cells.len());
    for cell in cells.iter().step_by(37) {
        let link = links(cell).remove(0);
        let shown = text(
            cell.split("class=\"figure")
                .nth(1)
                .and_then(|rest| rest.split_once('>'))
                .map_or("", |(_, rest)| rest.split('<').next().unwrap_or_default()),
        );
        let page = page(&link);
        let answer =
            text(page.split("class=\"num\">").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a figure"));
        assert_eq!(answer, shown, "{link}");
    }
    // More than can be read is refused by its number.
    let many = get("/heat?area=333&measures=*");
    assert_eq!(many.status, 400);
    assert!(String::from_utf8_lossy(&many.body).contains("are more than a heat map can be read with"));
}
