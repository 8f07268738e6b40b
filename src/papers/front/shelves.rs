//! The papers and charts of a build, each with what it is called, by whom they are about.
//!
//! In: the files of the outputs folder and those that a batch brings. Out: titles and links; a page and a picture say
//! themselves what they are called, in their first lines.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::durable::Batch;
use crate::finding::Error;
use crate::home;
use crate::papers::slug;
use crate::publish::front::{Chart, Line, Paper, Shelf};
use crate::shown::counted;

/// As many papers as the front page shows open; more are folded, by whom they are about.
const PAPERS: usize = 80;
/// As many charts.
const CHARTS: usize = 60;
/// How much of a file has what it is called.
const HEAD: u64 = 6000;

/// The papers.
pub fn papers(batch: &Batch) -> Vec<Shelf<Paper>> {
    let mut shelves: BTreeMap<String, Vec<Paper>> = BTreeMap::new();
    for path in files(batch, "reports", "html") {
        let head = head(&batch.coming(&path));
        let beside = [("PDF", "pdf"), ("Word", "docx"), ("Workbook", "xlsx")].map(|(name, ending)| {
            let file = path.with_extension(ending);
            let line = || Line { name: name.to_owned(), link: link(batch, &file), ..Line::default() };
            batch.will_have(&file).then(line)
        });
        let title = between(&head, "<title>", "</title>").unwrap_or_else(|| stem(&path));
        let place = between(&head, "<meta name=\"subject\" content=\"", "\"").unwrap_or_else(|| "Others".to_owned());
        let files = beside.into_iter().flatten().collect();
        shelves.entry(place).or_default().push(Paper { title, page: link(batch, &path), files });
    }
    shelved(shelves, PAPERS, ("paper", "papers"))
}

/// The charts that stand alone; those of papers stand in the papers.
///
/// # Errors
/// The register cannot be read.
pub fn charts(batch: &Batch) -> Result<Vec<Shelf<Chart>>, Error> {
    let (register, _) = home::register()?;
    let names: BTreeMap<String, &str> =
        register.authorities().iter().map(|authority| (slug(&authority.name), authority.name.as_str())).collect();
    let mut shelves: BTreeMap<String, Vec<Chart>> = BTreeMap::new();
    for path in files(batch, "charts", "svg") {
        let head = head(&batch.coming(&path));
        let folder = path.parent().map(stem).unwrap_or_default();
        let place = names.get(&folder).map_or(folder, |name| (*name).to_owned());
        let title = between(&head, "<title id=\"title\">", "</title>").unwrap_or_else(|| stem(&path));
        let alt = between(&head, "<desc id=\"desc\">", "</desc>").unwrap_or_default();
        shelves.entry(place).or_default().push(Chart { title, alt, link: link(batch, &path) });
    }
    Ok(shelved(shelves, CHARTS, ("chart", "charts")))
}

/// The shelves in order, folded from the one on that would make more than `open` items stand open.
fn shelved<T>(shelves: BTreeMap<String, Vec<T>>, open: usize, (one, many): (&str, &str)) -> Vec<Shelf<T>> {
    let mut shown = 0;
    let shelf = |(name, items): (String, Vec<T>)| {
        shown += items.len();
        Shelf { name, folded: shown > open, count: counted(items.len(), one, many), items }
    };
    shelves.into_iter().map(shelf).collect()
}

/// The files that will stand in a folder of the outputs with the ending, in order; folders below it too.
fn files(batch: &Batch, folder: &str, ending: &str) -> BTreeSet<PathBuf> {
    let mut found: BTreeSet<PathBuf> =
        batch.below(&format!("{folder}/")).iter().map(|path| batch.root().join(path)).collect();
    let mut open = vec![batch.root().join(folder)];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    found.retain(|path| path.extension().is_some_and(|extension| extension == ending) && batch.will_have(path));
    found
}

/// The first lines of a file.
fn head(path: &Path) -> String {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut bytes));
    read.map_or_else(|_| String::new(), |_| String::from_utf8_lossy(&bytes).into_owned())
}

/// What stands between the two, with the characters that its escapes stand for.
fn between(text: &str, from: &str, to: &str) -> Option<String> {
    let (inside, _) = text.split_once(from)?.1.split_once(to)?;
    quick_xml::escape::unescape(inside).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A path as a link from the front page.
fn link(batch: &Batch, path: &Path) -> String {
    let shown = home::shown(path.strip_prefix(batch.root()).unwrap_or(path));
    shown.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F")
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shelves_fold_from_the_one_on_that_would_be_too_many() {
        let of = |sizes: &[usize]| {
            let shelves = sizes.iter().enumerate().map(|(index, size)| (format!("{index}"), vec![(); *size]));
            let made = shelved(shelves.collect(), 10, ("thing", "things"));
            made.into_iter().map(|shelf| (shelf.folded, shelf.count)).collect::<Vec<_>>()
        };
        let (open, folded) = (false, true);
        assert_eq!(of(&[4, 6, 1]), [(open, "4 things".into()), (open, "6 things".into()), (folded, "1 thing".into())]);
        assert_eq!(of(&[11]), [(folded, "11 things".into())]);
    }

    #[test]
    fn a_title_is_read_with_what_its_escapes_stand_for() {
        let head =
            "<title>Children&#x27;s &amp; &lt;others&gt;</title><meta name=\"subject\" content=\"A &quot;B&quot;\">";
        assert_eq!(between(head, "<title>", "</title>").as_deref(), Some("Children's & <others>"));
        assert_eq!(between(head, "content=\"", "\"").as_deref(), Some("A \"B\""));
        assert_eq!(between("<title></title>", "<title>", "</title>"), None);
    }
}
