//! From a figure to its cells: what the pages show of a file is what stands in it, and no other file is ever shown.

use std::path::Path;

use abreast::browse::{Browse, Build, Request, answer};
use serde_json::Value;

use super::{get, links, made, options, page, text};
use crate::harness::root;
use crate::report::abreast;

/// What `explain` says of a figure of the sample.
fn explained(measure: &str, more: &[&str]) -> Value {
    let mut command = abreast();
    command.args(["explain", measure, "--format", "json", "--returns", "data/sample", "--out"]).arg(made());
    let output = command.args(more).output().expect("an explanation");
    assert!(output.status.success(), "{measure}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Every row of a CSV of the sample, by the numbers that Excel shows.
fn rows(file: &str) -> Vec<Vec<String>> {
    let bytes = std::fs::read(root().join("data/sample").join(file)).expect("a file");
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// The number of a column by its letters, counted from 0.
fn column(letters: &str) -> usize {
    letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1
}

/// The sheet on a page: the letters above, and each row's number with its texts.
fn sheet(html: &str) -> (Vec<usize>, Vec<(usize, Vec<String>)>) {
    let table = html.split("<table class=\"sheet\">").nth(1).and_then(|rest| rest.split("</table>").next());
    let table = table.expect("a sheet");
    let cells = |row: &str, tag: &str| -> Vec<String> {
        row.split(tag).skip(1).map(|cell| text(&format!("<{}", cell.split("</t").next().unwrap_or("")))).collect()
    };
    let (head, body) = table.split_once("</thead>").expect("a head");
    let letters = cells(head, "<th ").iter().map(|letters| column(letters)).collect();
    let rows = body.split("<tr").skip(1).filter_map(|row| {
        let number = cells(row, "<th ").first()?.parse().ok()?;
        Some((number, cells(row, "<td")))
    });
    (letters, rows.collect())
}

/// Holds the rows of a page against the file.
fn hold(html: &str, file: &str) -> usize {
    let (letters, shown) = sheet(html);
    let known = rows(file);
    for (number, texts) in &shown {
        let expected: Vec<String> = letters
            .iter()
            .map(|at| known[number - 1].get(*at).map_or_else(String::new, |cell| text(&abreast::text::escaped(cell))))
            .collect();
        assert_eq!(*texts, expected, "{file}, row {number}");
    }
    shown.len()
}

#[test]
fn the_cells_of_a_figure_stand_in_their_sheet() {
    let told = explained("sen2_timeliness/timeliness_20_weeks", &["--authority", "Sandwell"]);
    let (id, file) = (told["id"].as_str().expect("an id"), told["figure"]["file"].as_str().expect("a file"));
    let html = page(&format!("/figure/{id}"));
    assert!(hold(&html, file) > 3, "too few rows");
    // Each cell that makes the figure is marked as what it is, in the figure's own row.
    let (letters, shown) = sheet(&html);
    let cells = told["source_cells"]["cells"].as_array().expect("cells");
    assert!(cells.len() > 1, "{cells:?}");
    for cell in cells {
        let at = cell["cell"].as_str().and_then(|cell| cell.rsplit('!').next()).expect("a cell");
        let digit = at.find(|letter: char| letter.is_ascii_digit()).expect("a row");
        let (row, place) = (at[digit..].parse::<usize>().expect("a row"), column(&at[..digit]));
        let place = letters.iter().position(|letter| *letter == place).expect("the column is shown");
        let (_, texts) = shown.iter().find(|(number, _)| *number == row).expect("the row is shown");
        assert_eq!(texts[place], cell["text"].as_str().expect("a text"), "{at}");
        let part = cell["part"].as_str().expect("a part");
        assert!(html.contains(&format!("<td class=\"{part}\">{}</td>", texts[place])), "{at} is not marked as {part}");
    }
    // Numerator through denominator gives the figure, said so.
    let counts = ["numerator", "denominator"].map(|part| told[part].as_f64().expect("a number"));
    let words = text(&html);
    let rate = counts[0] / counts[1] * 100.0;
    let rate = format!("{rate:.4}").trim_end_matches('0').to_owned();
    assert!(words.contains(&format!("{} \u{f7} {} \u{d7} 100 = {rate}", counts[0], counts[1])), "{words}");
    for word in ["<code>la_name</code> is <code>Sandwell</code>", "<code>time_period</code> is <code>2024</code>: 2024"]
    {
        assert!(html.contains(word), "no {word} in {html}");
    }
    for word in ["The file is byte for byte", "No finding touches this row", "Show the block", "[[release]]", "Worse"] {
        assert!(words.contains(word), "no `{word}`");
    }
}

#[test]
fn the_page_of_a_file_shows_all_its_rows_forty_at_a_time() {
    let told = explained("sen2_timeliness/timeliness_20_weeks", &["--authority", "Sandwell"]);
    let file = told["figure"]["file"].as_str().expect("a file");
    let mut address = format!("/file/{file}");
    let mut seen: Vec<usize> = Vec::new();
    for _ in 0..4 {
        let html = page(&address);
        hold(&html, file);
        seen.extend(sheet(&html).1.iter().map(|(number, _)| *number));
        let next = html.split("40 rows after").next().and_then(|before| before.rsplit("href=\"").next());
        address = next.and_then(|rest| rest.split('"').next()).expect("more rows").replace("&amp;", "&");
    }
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 120 && seen.windows(2).all(|pair| pair[1] == pair[0] + 1), "{seen:?}");
    let last = rows(file).len();
    assert_eq!(sheet(&page(&format!("/file/{file}?row={last}"))).1.last().map(|(number, _)| *number), Some(last));
    let beyond = get(&format!("/file/{file}?row={}", last + 1));
    assert_eq!(beyond.status, 404);
    assert!(links(std::str::from_utf8(&beyond.body).expect("text")).contains(&format!("/file/{file}?row={last}")));
    // A cell is marked; letters and numbers say which.
    let marked = page(&format!("/file/{file}?row=50&column=C"));
    let cell = rows(file)[49][2].clone();
    assert!(
        marked.contains(&format!("<td class=\"value\">{}</td>", abreast::text::escaped(&cell))),
        "C50 is not marked"
    );
}

#[test]
fn no_file_is_shown_but_those_that_tables_were_made_of() {
    for address in [
        "/file/../../etc/passwd",
        "/file/..%2f..%2fetc%2fpasswd",
        "/file/%2e%2e/%2e%2e/Cargo.toml",
        "/file/C:%5CWindows%5Cwin.ini",
        "/file//etc/passwd",
        "/file/sen2/2025/../../../Cargo.toml",
        "/file/ILLUSTRATIVE.txt",
        "/file",
        "/file/sen2/2025/timeliness_20_week.csv/",
        "/file/sen2/2025/timeliness_20_week.csv?row=0",
        "/file/sen2/2025/timeliness_20_week.csv?row=99999999999",
        "/file/sen2/2025/timeliness_20_week.csv?column=1",
        "/file/sen2/2025/timeliness_20_week.csv?column=ABCD",
        "/file/sen2/2025/timeliness_20_week.csv?sheet=None",
        "/file/sen2/2025/timeliness_20_week.csv?row=2&row=3",
    ] {
        let response = get(address);
        let html = String::from_utf8_lossy(&response.body);
        let elsewhere = response.location.as_deref();
        let kept = elsewhere.is_some_and(|place| place == "/file/sen2/2025/timeliness_20_week.csv");
        assert!(matches!(response.status, 400 | 404) || kept, "{address}: {} {elsewhere:?}", response.status);
        assert!(!html.contains("root:") && !html.contains("[package]"), "{address}: {html}");
        assert!(
            kept || links(&html).iter().any(|link| link.starts_with('/') && link.len() > 1),
            "{address} leads nowhere"
        );
    }
}

/// The page of a figure of a build whose returns are those at `returns`.
fn page_of(id: &str, returns: &Path) -> String {
    let options =
        Browse { returns: abreast::home::PublishersFiles { folder: Some(returns.to_owned()) }, ..options(made()) };
    let build = Build::open(&options).expect("a build");
    let response = answer(&build, &Request::get(format!("/figure/{id}")));
    String::from_utf8(response.body.into_owned()).expect("text")
}

#[test]
fn a_file_that_changed_or_went_is_said_first() {
    let told = explained("sen2_timeliness/timeliness_20_weeks", &["--authority", "Sandwell"]);
    let (id, file) = (told["id"].as_str().expect("an id"), told["figure"]["file"].as_str().expect("a file"));
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (root().join("data/sample").join(file), folder.path().join(file));
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
    std::fs::copy(&from, &to).expect("a copy");
    assert!(!page_of(id, folder.path()).contains("note warn"));
    let mut bytes = std::fs::read(&from).expect("a file");
    bytes.extend_from_slice(b"\n");
    std::fs::write(&to, bytes).expect("a file");
    let changed = page_of(id, folder.path());
    let (before, _) = changed.split_once("<h1>").expect("a heading");
    assert!(before.contains("The file has changed since the tables were made of it"), "{before}");
    assert!(before.contains("What still holds"));
    std::fs::remove_file(&to).expect("a file");
    let gone = page_of(id, folder.path());
    assert!(gone.split_once("<h1>").is_some_and(|(before, _)| before.contains("could not be read again")), "{gone}");
    assert!(!gone.contains("<table class=\"sheet\">") && gone.contains("In every release filed"));
    // The page of the file says the same, and where to go.
    let options = Browse {
        returns: abreast::home::PublishersFiles { folder: Some(folder.path().to_owned()) },
        ..options(made())
    };
    let build = Build::open(&options).expect("a build");
    assert_eq!(answer(&build, &Request::get(format!("/file/{file}"))).status, 404);
}

/// Copies the files below a folder.
fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copied(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn the_series_shows_every_release_and_what_was_restated() {
    let folder = tempfile::tempdir().expect("a folder");
    let (returns, out) = (folder.path().join("returns"), folder.path().join("out"));
    copied(&root().join("data/sample/sen2"), &returns.join("sen2"));
    // In the older release ten plans more were in time in 2022.
    let file = "sen2/2024/timeliness_20_week.csv";
    let mut known = rows(file);
    let at = |name: &str| known[0].iter().position(|head| head == name).expect("a column");
    let (year, code, part) = (at("time_period"), at("old_la_code"), at("breakdown"));
    let (top, bottom, rate) =
        (at("plans_issued_20_weeks_ex"), at("plans_issued_den_ex"), at("PC_plans_issued_20_weeks_ex"));
    let is_it = |row: &Vec<String>| row[year] == "2022" && row[code] == "333" && row[part].starts_with("All");
    let row = known.iter_mut().find(|row| is_it(row)).expect("a row");
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let (then, of) = (number(&row[top]) + 10.0, number(&row[bottom]));
    let (was, now) = (then / of * 100.0, number(&row[top]) / of * 100.0);
    (row[top], row[rate]) = (then.to_string(), format!("{was:.1}"));
    let mut writer = csv::Writer::from_path(returns.join(file)).expect("a file");
    known.iter().for_each(|row| writer.write_record(row).expect("a row"));
    writer.flush().expect("a file");
    abreast().args(["run", "-q", "--returns"]).arg(&returns).arg("--out").arg(&out).output().expect("a run");
    let options = Browse { returns: abreast::home::PublishersFiles { folder: Some(returns) }, ..options(&out) };
    let build = Build::open(&options).expect("a build");
    let id = "sen2_timeliness/timeliness_20_weeks/2024-12-31/333/c3f0442bd6";
    let response = answer(&build, &Request::get(format!("/figure/{id}")));
    let html = String::from_utf8(response.body.into_owned()).expect("text");
    let table = html.split("<table class=\"t filed\">").nth(1).and_then(|rest| rest.split("</table>").next());
    let table = table.expect("the series");
    let row = |release: &str| {
        let row = table.split(&format!("<b>{release}</b>")).nth(1).and_then(|rest| rest.split("</tr>").next());
        row.unwrap_or_else(|| panic!("release {release} is not shown")).to_owned()
    };
    // The newer release counts and stands in bold; the older has its own figure, with what it is now.
    assert!(row("2025").contains(&format!("<b>{now:.1}%</b>")), "{}", row("2025"));
    let old = row("2024");
    assert!(text(&old).contains(&format!("{was:.1}% now {:+.1}", now - was)), "{old}");
    assert_eq!(old.matches("now ").count(), 1, "{old}");
    assert!(html.contains("1 figure was restated"), "{html}");
}
