//! Published tables row by row, the files they were made of, and the rows that none took.

use std::path::Path;

use abreast::browse::{Browse, Build, Request, answer};

use super::{build, get, links, made, options, page, text};
use crate::harness::root;

/// What stands in the rows of a table's page, cell by cell.
fn rows(html: &str) -> Vec<Vec<String>> {
    let body = html.split("<table class=\"t stuck\">").nth(1).and_then(|rest| rest.split("</table>").next());
    let body = body.and_then(|table| table.split("<tbody>").nth(1)).unwrap_or_default();
    let row = |row: &str| {
        let cells = row.replace("</th>", "\u{1f}").replace("</td>", "\u{1f}");
        cells.split('\u{1f}').map(text).collect::<Vec<String>>()
    };
    body.split("<tr>").skip(1).map(row).collect()
}

/// The rows of a table as its CSV has them.
fn written(address: &str) -> Vec<Vec<String>> {
    let body = get(address).body.into_owned();
    let body = body.strip_prefix(b"\xef\xbb\xbf").map_or(body.as_slice(), |rest| rest);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_table_shows_each_published_row_once_and_the_newest_first() {
    let choice = "breakdown=Total=Total&measure=timeliness_20_weeks";
    let mut address = format!("/table/sen2_timeliness?{choice}");
    let first = get(&address);
    // The measure is the one that is shown unless said: its name is left out.
    assert_eq!(first.location.as_deref(), Some("/table/sen2_timeliness?breakdown=Total=Total"));
    address = first.location.expect("an address");
    let mut all: Vec<Vec<String>> = Vec::new();
    loop {
        let html = page(&address);
        let shown = rows(&html);
        assert!(!shown.is_empty() && shown.len() <= 100, "{address}: {}", shown.len());
        all.extend(shown);
        let Some(before) = html.split("100 rows after").next().filter(|before| before.len() < html.len()) else {
            break;
        };
        let link = before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next());
        address = link.expect("a link").replace("&amp;", "&");
    }
    // Counted by hand: the rows of the whole in the two files of the sample.
    let expected: usize =
        ["sen2/2024", "sen2/2025"].iter().map(|folder| whole(&format!("{folder}/timeliness_20_week.csv"))).sum();
    assert_eq!(all.len(), expected);
    let years: Vec<&String> = all.iter().map(|row| &row[1]).collect();
    assert!(years.windows(2).all(|pair| pair[0] >= pair[1]), "not the newest first");
    let mut cells: Vec<String> = all.iter().map(|row| format!("{:?}", (&row[row.len() - 3..], &row[1]))).collect();
    cells.sort();
    cells.dedup();
    assert_eq!(cells.len(), all.len(), "a row stands twice");
    // Sandwell of 2024 is what its figure's page says.
    let own = all.iter().find(|row| row[0] == "Sandwell" && row[1] == "2024").expect("a row");
    let figure = text(&page("/figure/sen2_timeliness/timeliness_20_weeks/2024-12-31/333/c3f0442bd6"));
    assert!(figure.contains(&format!("{} where it comes from", own[3])), "{own:?}");
    assert!(figure.contains(&own[4]), "{own:?}");
}

/// How many rows of a file of the sample are about all plans.
fn whole(file: &str) -> usize {
    let mut reader = csv::Reader::from_path(root().join("data/sample").join(file)).expect("a file");
    let at = reader.headers().expect("heads").iter().position(|head| head == "breakdown").expect("a column");
    reader.records().filter(|row| row.as_ref().is_ok_and(|row| row[at].starts_with("All"))).count()
}

#[test]
fn rows_are_chosen_by_area_period_release_and_kept_as_csv() {
    let address = "/table/sen2_timeliness?area=333&breakdown=Total=Total&release=2024";
    let shown = rows(&page(address));
    assert!(shown.len() > 2 && shown.iter().all(|row| row[0] == "Sandwell" && row[5].starts_with("2024")), "{shown:?}");
    assert!(shown.iter().any(|row| row[5].contains("a newer one counts")), "{shown:?}");
    let kept = written("/get/table/sen2_timeliness.csv?area=333&breakdown=Total=Total&release=2024");
    let lines = kept.iter().filter(|row| row.first().is_some_and(|cell| cell == "Sandwell")).count();
    assert_eq!(lines, shown.len());
    assert_eq!(
        get("/table/sen2_timeliness?area=Sandwell").location.as_deref(),
        Some("/table/sen2_timeliness?area=333")
    );
}

#[test]
fn what_a_table_does_not_have_leads_to_what_it_has() {
    for more in [
        "release=1999",
        "period=1066",
        "breakdown=Sex=Unicorns",
        "area=Nowhere",
        "area=909",
        "measure=none",
        "page=9999",
        "page=0",
        "page=-1",
        "rows=5",
        "area=333&area=334",
    ] {
        let address = format!("/table/sen2_timeliness?{more}");
        let response = get(&address);
        if more == "area=909" && response.status == 200 {
            continue;
        }
        assert!(matches!(response.status, 400 | 404), "{address}: {}", response.status);
        let html = String::from_utf8(response.body.into_owned()).expect("text");
        let link = links(&html).into_iter().find(|link| link.starts_with("/table/"));
        assert!(
            link.is_some_and(|link| get(&link).status == 200) || more.contains("Nowhere"),
            "{address} leads nowhere"
        );
    }
    assert_eq!(get("/table/none").status, 404);
    assert_eq!(get("/table/../secrets").status, 404);
}

#[test]
fn a_finding_leads_to_its_cell() {
    let known: Vec<String> = links(&page("/findings")).into_iter().filter(|link| link.starts_with("/file/")).collect();
    assert!(!known.is_empty(), "no finding leads to a cell");
    for link in &known {
        assert_eq!(get(link).status, 200, "{link}");
    }
    let with_cell = known.iter().find(|link| link.contains("column=")).expect("one with a column");
    assert!(page(with_cell).contains("<td class=\"value\">"), "{with_cell} marks no cell");
}

/// The page at an address of a build of these options.
fn page_of(options: &Browse, address: &str) -> String {
    let response = answer(&Build::open(options).expect("a build"), &Request::get(address));
    assert_eq!(response.status, 200, "{address}");
    String::from_utf8(response.body.into_owned()).expect("text")
}

#[test]
fn sources_tick_the_files_that_are_as_they_were() {
    let html = page("/sources");
    assert!(!html.contains(">changed<") && html.contains(">unchanged<"), "a file of the sample has changed");
    let folder = tempfile::tempdir().expect("a folder");
    let file = Path::new("sen2/2025/timeliness_20_week.csv");
    let target = folder.path().join(file);
    std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
    let text = std::fs::read_to_string(root().join("data/sample").join(file)).expect("a file");
    std::fs::write(&target, text.replacen("Sandwell", "Sandwel", 1)).expect("a file");
    let options = Browse {
        returns: abreast::home::PublishersFiles { folder: Some(folder.path().to_owned()) },
        ..options(made())
    };
    let changed = page_of(&options, "/sources");
    assert!(changed.contains(">changed<") && !changed.contains(">unchanged<"));
    assert!(page_of(&options, "/sources/sen2_timeliness").contains("changed or gone"));
    // A table's page names every block, and what was checked.
    let table = page("/sources/sen2_timeliness");
    for word in ["Block by block", "[[release]]", "Every authority open in a period has a row", "reads 2024, 2025"] {
        assert!(table.contains(word), "no `{word}`");
    }
    assert!(build().catalogue.table("sen2_timeliness").is_some_and(|meta| meta.accounts.len() == 2));
}

#[test]
fn refused_rows_say_why_and_where() {
    assert!(text(&page("/refused")).contains("No row was refused"));
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    for inside in ["tables", ""] {
        std::fs::create_dir_all(out.join(inside)).expect("a folder");
        for entry in
            std::fs::read_dir(made().join(inside)).expect("a folder").flatten().filter(|one| one.path().is_file())
        {
            std::fs::copy(entry.path(), out.join(inside).join(entry.file_name())).expect("a copy");
        }
    }
    let line = "sen2_timeliness,2025,sen2/2025/timeliness_20_week.csv,,50,3,C50,<b>?</b>,unknown-authority,no authority is called `?`,correct the name,3";
    let text_of = std::fs::read_to_string(made().join("quarantine.csv")).expect("a file");
    let head = text_of.lines().next().expect("a head");
    std::fs::write(out.join("quarantine.csv"), format!("{head}\n{line}\n")).expect("a file");
    let html = page_of(&options(&out), "/refused");
    for word in ["3 rows were refused", "No authority is called", "&lt;b&gt;?&lt;/b&gt;", "correct the name"] {
        assert!(html.contains(word), "no `{word}` in {html}");
    }
    assert!(links(&html).contains(&"/file/sen2/2025/timeliness_20_week.csv?row=50&column=C".to_owned()));
    assert!(page_of(&options(&out), "/sources").contains("3 rows were refused"));
}
