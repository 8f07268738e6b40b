//! Pages as a browser has them: nothing that axe-core finds, nothing wider than its box, a first page that is one page, a PDF
//! with tags, title, language and outline.
//!
//! Where Chromium or axe-core is not installed the test says `not run` and its name, which `.ci/run` prints.

pub(super) mod ask;

use std::path::Path;

use abreast::publish::document::{Document, Picture};
use abreast::publish::front;
use abreast::publish::page::{FIRST_PAGE, first_page_height, page};
use rayon::prelude::*;

use crate::page::exampleshire::{glance, mark, paper};
use crate::report::outputs;
use ask::{Asked, axe, browser};

/// Every page of the sample's build, and the paper of the invented council.
fn pages() -> Vec<(String, String)> {
    let read = |path: &Path| (path.display().to_string(), std::fs::read_to_string(path).expect("a page"));
    let mut all = vec![("exampleshire".to_owned(), page(&paper()).expect("a page"))];
    for folder in [outputs().to_owned(), outputs().join("reports")] {
        let paths = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
        all.extend(
            paths.filter(|path| path.extension().is_some_and(|ending| ending == "html")).map(|path| read(&path)),
        );
    }
    all
}

#[test]
fn axe_finds_nothing_on_any_page() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    // A page with a fault that axe knows: else nothing found would mean nothing.
    let faulty =
        "<!DOCTYPE html><html><head><title>x</title></head><body><main><img src=\"a.png\"></main></body></html>";
    assert!(browser.ask(faulty, 1280, &axe).contains("image-alt"));
    let found: Vec<String> = pages()
        .par_iter()
        .filter_map(|(name, html)| {
            let said = browser.ask(html, 1280, &axe);
            (said != "[]").then(|| format!("{name}: {said}"))
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

/// What is wider than the box it stands in, with folded parts unfolded.
const WIDE: &str = "document.querySelectorAll('details').forEach(d=>d.open=true);const out=[];\
    document.querySelectorAll('table').forEach(t=>{const b=t.parentElement;if(t.scrollWidth>b.clientWidth+2)\
    out.push((t.caption?t.caption.textContent:'')+': '+t.scrollWidth+' in '+b.clientWidth)});\
    if(document.documentElement.scrollWidth>innerWidth+2)out.push('the page: '+document.documentElement.scrollWidth);\
    answer(out)";

#[test]
fn nothing_is_wider_than_its_box_on_a_laptop_or_a_telephone() {
    let Some(browser) = browser() else { return };
    let wide = "<!DOCTYPE html><html><head><title>x</title></head><body><div style=\"width:50px;overflow:auto\"><table><tr><td>Unbreakablewordsofgreatlength</td></tr></table></div></body></html>";
    assert!(browser.ask(wide, 1280, WIDE).contains("in 50"));
    let found: Vec<String> = pages()
        .par_iter()
        .flat_map(|(name, html)| {
            [1280, 390].map(|width| (width, browser.ask(html, width, WIDE))).map(|(width, said)| (name, width, said))
        })
        .filter(|(_, _, said)| said != "[]")
        .map(|(name, width, said)| format!("{name} at {width}: {said}"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

/// First pages that differ in what makes a page tall.
fn first_pages() -> Vec<(&'static str, Document)> {
    let first = |document: Document| Document { sections: Vec::new(), annex: Default::default(), ..document };
    let mut few = first(paper());
    few.messages.truncate(3);
    let mut long = first(paper());
    long.title =
        "Special educational needs and alternative provision in Bournemouth, Christchurch and Poole".to_owned();
    long.authority = "Bournemouth, Christchurch and Poole".to_owned();
    let mut wide = glance();
    wide.columns[1].title = long.authority.clone();
    wide.columns[4].title = format!("Where {} stands", long.authority);
    long.glance = Some(wide);
    let mut tiles = first(paper());
    for message in &mut tiles.messages {
        message.mark = Some(Picture { width: 7.0, height: 7.0, ..mark("Worse") });
        message.word = "Not judged".to_owned();
    }
    tiles.illustrative = true;
    tiles.introduction = vec!["In our own words: ".to_owned() + &"much has been done and more is needed. ".repeat(5)];
    let words = Document { glance: None, ..first(paper()) };
    let close = Document { close: true, ..first(paper()) };
    vec![("close", close), ("whole", first(paper())), ("few", few), ("long", long), ("tiles", tiles), ("words", words)]
}

#[test]
fn the_first_page_is_as_tall_as_it_was_measured_to_be() {
    let Some(browser) = browser() else { return };
    // From the top of the paper to the end of the last thing on it, in millimetres.
    let script = "const m=document.querySelector('.mast').getBoundingClientRect().top;const l=document.querySelector('main').lastElementChild.getBoundingClientRect().bottom;answer((l-m)*25.4/96)";
    for (name, document) in first_pages() {
        let measured = first_page_height(&document);
        let html = page(&document).expect("a page");
        let tall: f64 = browser.ask(&html, 1280, script).parse().expect("a number");
        assert!((-1.0..=5.0).contains(&(measured - tall)), "{name}: measured {measured:.1}, in the browser {tall:.1}");
        let Asked { pages, .. } = browser.printed(&html);
        assert_eq!(pages == 1, tall <= FIRST_PAGE, "{name}: {pages} pages, {tall:.1} mm");
    }
}

#[test]
fn a_printed_paper_has_tags_title_language_and_outline() {
    let Some(browser) = browser() else { return };
    let document = paper();
    let printed = browser.printed(&page(&document).expect("a page"));
    assert!(printed.tagged && printed.outline, "tags {}, outline {}", printed.tagged, printed.outline);
    assert_eq!((printed.title.as_str(), printed.language.as_str()), (document.title.as_str(), "en-GB"));
    assert_eq!(printed.pages, 4, "first page, two of sections, annex");
    let first = Document { sections: Vec::new(), annex: Default::default(), ..paper() };
    assert_eq!(browser.printed(&page(&first).expect("a page")).pages, 1, "the first page is one page");
}

#[test]
fn a_front_page_that_is_empty_says_so() {
    let html = front::front(&front::Front::default()).expect("a page");
    for words in ["No errors and no warnings.", "None made yet.", "None drawn yet.", "Nothing yet."] {
        assert!(html.contains(words), "{words}");
    }
}
