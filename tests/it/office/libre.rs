//! LibreOffice opens what is written, and gives back the same words on the pages that the contents name.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use abreast::publish::lettering::pieces;
use abreast::publish::word::word;
use abreast::publish::workbook::workbook;
use calamine::{Data, Reader, Xlsx};
use roxmltree::Document as Tree;

use super::part;
use super::pictured::{pictured, wide};

/// Whether a program is there; a line that no capture hides says so where it is not.
fn found(program: &str, name: &str) -> bool {
    let is_there =
        Command::new(program).arg("--version").output().is_ok() || Command::new(program).arg("-v").output().is_ok();
    if !is_there {
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        let _ = writeln!(std::io::stderr(), "SKIPPED {test}: not run: {name} is not installed");
    }
    is_there
}

/// Converts all files of `folder` that end in `from`, in one start of LibreOffice.
fn convert(folder: &Path, from: &str, to: &str) {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let files = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == from)).collect();
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files)
        .output()
        .expect("LibreOffice");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// The words of each page of a PDF.
fn pages(path: &Path) -> Vec<String> {
    let run =
        Command::new("pdftotext").args(["-enc", "UTF-8", "-layout"]).arg(path).arg("-").output().expect("pdftotext");
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    text.trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(|page| page.replace("..", " .. ").replace(" .. .", " .. "))
        .collect()
}

/// What a node of a paragraph says.
fn said<'t>(node: roxmltree::Node<'t, 't>) -> &'t str {
    match node.tag_name().name() {
        "t" => node.text().unwrap_or_default(),
        "tab" | "br" => " ",
        _ => "",
    }
}

fn counted<'t>(words: impl Iterator<Item = &'t str>) -> BTreeMap<&'t str, usize> {
    let mut count = BTreeMap::new();
    words.for_each(|word| *count.entry(word).or_default() += 1);
    count
}

#[test]
fn libreoffice_gives_back_the_words_on_the_pages_that_are_named() {
    if !found("soffice", "LibreOffice") || !found("pdftotext", "pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut long = pictured();
    for number in 4..10 {
        let mut more = long.sections[number % 3].clone();
        (more.number, more.heading) = (number, format!("What about question {number}?"));
        long.sections.push(more);
    }
    let made = [("short", word(&pictured())), ("wide", word(&wide(22))), ("long", word(&long))];
    for (name, bytes) in &made {
        let bytes = bytes.as_ref().expect("a file");
        std::fs::write(folder.path().join(format!("{name}.docx")), bytes).expect("written");
    }
    convert(folder.path(), "docx", "pdf");
    for (name, bytes) in &made {
        let bytes = bytes.as_ref().expect("a file");
        let pages = pages(&folder.path().join(format!("{name}.pdf")));
        let stated = part(bytes, "docProps/app.xml");
        assert!(stated.contains(&format!("<Pages>{}</Pages>", pages.len())), "{name}: {} pages, {stated}", pages.len());
        let xml = part(bytes, "word/document.xml");
        let tree = Tree::parse(&xml).expect("well-formed");
        let text: Vec<String> = tree
            .descendants()
            .filter(|node| node.tag_name().name() == "p")
            .map(|node| node.descendants().map(said).collect())
            .collect();
        let written = counted(text.iter().flat_map(|text| text.split_whitespace()).flat_map(pieces));
        let printed = counted(pages.iter().flat_map(|page| page.split_whitespace()).flat_map(pieces));
        for (word, times) in written {
            let there = printed.get(word).copied().unwrap_or_default();
            assert!(there >= times, "{name}: `{word}` is written {times} times and printed {there} times");
        }
    }
    let pages = pages(&folder.path().join("long.pdf"));
    let contents = pages.iter().position(|page| page.contains("Contents")).expect("contents");
    let mut named = 0;
    for line in pages[contents].lines().filter(|line| line.contains(" .. ")) {
        let (heading, page) = line.split_once(" .. ").expect("a heading and its page");
        let page: usize = page.trim_matches([' ', '.']).parse().unwrap_or_else(|_| panic!("no page: {line}"));
        assert!(pages[page - 1].contains(heading.trim().trim_end_matches('.')), "{heading} is not on page {page}");
        named += 1;
    }
    assert_eq!(named, 11, "key messages, nine sections, annex");
}

#[test]
fn libreoffice_reads_the_workbook_as_it_was_written() {
    if !found("soffice", "LibreOffice") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = workbook(&pictured()).expect("a workbook");
    std::fs::write(folder.path().join("paper.xlsx"), &bytes).expect("written");
    // Every sheet as text: comma, quotation mark, UTF-8, all sheets.
    convert(folder.path(), "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1");
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    for sheet in book.sheet_names() {
        let path = folder.path().join(format!("paper-{sheet}.csv"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let read: Vec<String> = reader
            .records()
            .flat_map(|row| {
                row.expect("a row").iter().filter(|cell| !cell.is_empty()).map(str::to_owned).collect::<Vec<_>>()
            })
            .collect();
        let range = book.worksheet_range(&sheet).expect("a sheet");
        let written: Vec<Data> =
            range.used_cells().map(|(.., cell)| cell.clone()).filter(|cell| !cell.to_string().is_empty()).collect();
        assert_eq!(read.len(), written.len(), "{sheet}");
        for (read, written) in read.iter().zip(&written) {
            if let Data::String(words) = written {
                assert_eq!(read.trim(), words.trim(), "{sheet}");
            }
        }
    }
}
