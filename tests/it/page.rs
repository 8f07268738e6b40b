//! What every page of a paper is, whatever it holds: one heading, questions in order, headed tables, figures with their ids.

pub mod exampleshire;

use std::collections::BTreeSet;

use abreast::publish::document::{Cell, Column, Document, Table};
use abreast::publish::page::page;
use roxmltree::{Document as Tree, Node};

use exampleshire::paper;

/// The page as a tree: what HTML leaves open is closed first.
fn xml(html: &str) -> String {
    let mut text = html.replace("<!DOCTYPE html>\n", "");
    for tag in ["<meta", "<link", "<col "] {
        let mut parts = text.split(tag);
        let first = parts.next().unwrap_or_default().to_owned();
        text = parts.fold(first, |text, part| text + tag + &part.replacen('>', "/>", 1));
    }
    text
}

fn with_tree<T>(document: &Document, ask: impl FnOnce(&Tree<'_>) -> T) -> T {
    let text = xml(&page(document).expect("a page"));
    ask(&Tree::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}")))
}

fn named<'t>(tree: &'t Tree<'_>, names: &'t [&str]) -> impl Iterator<Item = Node<'t, 't>> {
    tree.descendants().filter(|node| names.contains(&node.tag_name().name()))
}

fn words(node: Node<'_, '_>) -> String {
    let all: Vec<&str> = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    all.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_has_one_title_and_questions_in_order() {
    with_tree(&paper(), |tree| {
        let headings: Vec<(String, String)> =
            named(tree, &["h1", "h2", "h3"]).map(|node| (node.tag_name().name().to_owned(), words(node))).collect();
        let said: Vec<String> = headings.iter().map(|(tag, text)| format!("{tag} {text}")).collect();
        assert_eq!(
            said,
            [
                "h1 Special educational needs in Exampleshire",
                "h2 Key messages",
                "h2 1. How long do families wait?",
                "h2 2. Where are they educated?",
                "h2 3. How do similar authorities compare?",
                "h2 Annex: full figures, words and sources",
                "h3 Since the last paper",
                "h3 What the words mean",
                "h3 Not in this paper",
                "h3 Sources",
            ]
        );
        assert_eq!(tree.root_element().attribute("lang"), Some("en-GB"));
        assert_eq!(
            words(named(tree, &["title"]).next().expect("a title")),
            "Special educational needs in Exampleshire"
        );
        let skip = named(tree, &["a"]).next().and_then(|node| node.attribute("href")).expect("a skip link");
        assert!(named(tree, &["main"]).any(|node| node.attribute("id") == skip.strip_prefix('#')));
    });
}

#[test]
fn every_table_has_a_caption_of_its_own_and_every_heading_a_scope() {
    with_tree(&paper(), |tree| {
        let mut captions = BTreeSet::new();
        for table in named(tree, &["table"]) {
            let caption =
                table.children().find(|node| node.tag_name().name() == "caption").map(words).expect("a caption");
            assert!(captions.insert(caption.clone()), "{caption} twice");
            let region = table.parent().expect("a region");
            assert_eq!(
                (region.attribute("role"), region.attribute("tabindex")),
                (Some("region"), Some("0")),
                "{caption}"
            );
            assert!(region.attribute("aria-label").is_some_and(|label| caption.starts_with(label)), "{caption}");
            let shares: f64 = table
                .descendants()
                .filter(|node| node.tag_name().name() == "col")
                .filter_map(|node| {
                    node.attribute("style")?.strip_prefix("width:")?.strip_suffix('%')?.parse::<f64>().ok()
                })
                .sum();
            assert!((shares - 100.0).abs() < 0.2, "{caption}: {shares}");
        }
        assert_eq!(captions.len(), 6);
        let scopes: BTreeSet<&str> =
            named(tree, &["th"]).map(|node| node.attribute("scope").expect("a scope")).collect();
        assert_eq!(scopes.into_iter().collect::<Vec<_>>(), ["col", "row", "rowgroup"]);
        let groups = named(tree, &["th"]).filter(|node| node.attribute("scope") == Some("rowgroup"));
        let groups: Vec<String> = groups.map(words).collect();
        assert_eq!(groups[0], "Performance (strip: worst on the left, best on the right)");
        assert_eq!(groups.len(), 2, "rows that only stand apart have no heading");
    });
}

#[test]
fn every_chart_is_described_and_has_its_figures_folded_beneath() {
    let document = paper();
    with_tree(&document, |tree| {
        assert_eq!(named(tree, &["figure"]).count(), document.figures().count());
        for figure in named(tree, &["figure"]) {
            let inside =
                |name: &str| figure.descendants().filter(|node| node.tag_name().name() == name).collect::<Vec<_>>();
            assert_eq!(inside("figcaption").len(), 1);
            let ids = inside("td").iter().filter(|node| node.attribute("data-figure").is_some()).count();
            assert_eq!(ids, inside("td").len(), "every figure of a chart has its id");
            assert!(ids > 0 && inside("details").iter().all(|node| node.attribute("open").is_none()));
            let pictures: Vec<Node<'_, '_>> =
                inside("svg").into_iter().filter(|node| node.attribute("role") == Some("img")).collect();
            assert!(!pictures.is_empty());
            for picture in pictures {
                let named = picture.attribute("aria-labelledby").expect("a name").split(' ');
                assert!(named.into_iter().all(|id| picture.children().any(|node| node.attribute("id") == Some(id))));
            }
        }
        // Read down where there are more periods than areas, so that no chart's figures are wider than the page.
        let wide = named(tree, &["table"]).find(|node| node.attribute("id") == Some("full-1-data")).expect("its data");
        let heads: Vec<String> =
            wide.descendants().filter(|node| node.attribute("scope") == Some("col")).map(words).collect();
        assert_eq!(heads, ["Period", "Exampleshire", "Neighbours", "England"]);
        let rows = wide.descendants().filter(|node| node.attribute("scope") == Some("row")).count();
        assert_eq!(rows, 26);
    });
}

#[test]
fn every_figure_with_an_id_carries_it_and_no_id_stands_twice() {
    let document = paper();
    with_tree(&document, |tree| {
        let mut ids = BTreeSet::new();
        for id in tree.descendants().filter_map(|node| node.attribute("id")) {
            assert!(ids.insert(id), "{id} twice");
        }
        let carried: BTreeSet<&str> = tree.descendants().filter_map(|node| node.attribute("data-figure")).collect();
        let tables =
            document.tables().map(|(_, table)| table).chain(document.figures().map(|(_, figure)| &figure.data));
        let cells = tables.flat_map(|table| table.rows.iter().flatten()).filter(|cell| !cell.id.is_empty());
        let wanted: BTreeSet<&str> = cells.map(|cell| cell.id.as_str()).collect();
        assert_eq!(carried, wanted);
    });
}

#[test]
fn what_is_only_repeated_by_words_is_hidden_from_a_screen_reader() {
    with_tree(&paper(), |tree| {
        for picture in named(tree, &["svg"]).filter(|node| node.attribute("role") != Some("img")) {
            assert!(picture.ancestors().any(|node| node.attribute("aria-hidden") == Some("true")));
        }
    });
}

#[test]
fn a_paper_of_words_that_mean_something_to_html_and_css_shows_them() {
    let title = "Plans \"<b>\\ & ’</style>";
    let cell = "103 of <378> & \"more\" of it";
    let table = Table {
        columns: vec![Column::words("A"), Column::figures("<B>")],
        rows: vec![vec![Cell::words("x"), Cell::words(cell)]],
        ..exampleshire::glance()
    };
    let table = Table { groups: Vec::new(), ..table };
    let document = Document { title: title.to_owned(), illustrative: true, glance: Some(table), ..Document::default() };
    let html = page(&document).expect("a page");
    assert_eq!(html.matches("</style>").count(), 1);
    assert!(
        html.contains(
            "@bottom-left{content:\"Plans \\22 \\3c b\\3e \\5c  \\26  ’\\3c /style\\3e : illustrative data\";"
        ),
        "{html}"
    );
    with_tree(&document, |tree| {
        assert_eq!(words(named(tree, &["h1"]).next().expect("a title")), title);
        assert!(words(tree.root_element()).contains("Illustrative data"));
        assert_eq!(named(tree, &["td"]).map(words).collect::<Vec<_>>(), [cell]);
        assert_eq!(named(tree, &["h2"]).count(), 0, "nothing is headed that is not there");
    });
}
