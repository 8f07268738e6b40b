//! A Word file: real styles in the order of the page, measured columns, figures that no line breaks, pictures with words.

use abreast::publish::columns::POINTS;
use abreast::publish::document::Block;
use abreast::publish::lettering::{Weight, longest};
use abreast::publish::word::word;
use roxmltree::{Document as Tree, Node};

use super::part;
use super::pictured::{pictured, wide};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// A4 without margins of 18 mm, in twentieths of a point.
const ROOM: i64 = 9865;

fn of<'t>(node: Node<'t, 't>, name: &'t str) -> impl Iterator<Item = Node<'t, 't>> {
    node.descendants().filter(move |node| node.tag_name().name() == name)
}

fn child<'t>(node: Node<'t, 't>, name: &str) -> Option<Node<'t, 't>> {
    node.children().find(|node| node.tag_name().name() == name)
}

fn value<'t>(node: Node<'t, 't>, name: &str) -> &'t str {
    node.attribute((W, name)).unwrap_or_default()
}

fn words(node: Node<'_, '_>) -> String {
    of(node, "t").filter_map(|text| text.text()).collect()
}

fn style<'t>(paragraph: Node<'t, 't>) -> &'t str {
    of(paragraph, "pStyle").next().map_or("", |style| value(style, "val"))
}

fn body<T>(xml: &str, ask: impl FnOnce(Node<'_, '_>) -> T) -> T {
    let tree = Tree::parse(xml).expect("well-formed");
    ask(child(tree.root_element(), "body").expect("a body"))
}

/// The cells of each row of a table.
fn rows<'t>(table: Node<'t, 't>) -> Vec<Vec<Node<'t, 't>>> {
    let inside = |node: Node<'t, 't>, name: &'static str| -> Vec<Node<'t, 't>> {
        node.children().filter(|node| node.tag_name().name() == name).collect()
    };
    inside(table, "tr").into_iter().map(|row| inside(row, "tc")).collect()
}

/// Whether a table holds figures: it has a heading row.
fn holds_figures(table: &Node<'_, '_>) -> bool {
    of(*table, "tblHeader").next().is_some()
}

#[test]
fn a_file_has_the_order_of_the_page_in_real_styles() {
    let bytes = word(&pictured()).expect("a file");
    let xml = part(&bytes, "word/document.xml");
    let styles = part(&bytes, "word/styles.xml");
    let named = |id: &str, name: &str| {
        assert!(styles.contains(&format!("w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>")), "no style {id}");
    };
    for (id, name) in [("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"), ("Caption", "caption")]
    {
        named(id, name);
    }
    body(&xml, |body| {
        let outer: Vec<String> = body
            .children()
            .filter(|node| node.is_element())
            .map(|node| match node.tag_name().name() {
                "tbl" if holds_figures(&node) => "table".to_owned(),
                "tbl" => "layout".to_owned(),
                _ => style(node).to_owned(),
            })
            .filter(|kind| kind != "Gap" && kind != "Note" && !kind.is_empty())
            .collect();
        let opening =
            ["Masthead", "Title", "Subtitle", "Heading1", "layout", "Remark", "Caption", "CaptionLine", "table"];
        assert_eq!(outer[..9], opening);
        assert_eq!(outer[9..13], ["Heading1", "Answer", "layout", "Normal"], "a pair of charts lies in a table");
        assert_eq!(outer[13..18], ["Heading1", "Answer", "ChartTitle", "ChartLine", "ChartKey"]);
        let headings: Vec<String> =
            of(body, "p").filter(|node| style(*node).starts_with("Heading")).map(words).collect();
        assert_eq!(headings[0], "Key messages");
        assert_eq!(headings[1], "1. How long do families wait?");
        assert_eq!(headings[4], "Annex: full figures, words and sources");
        assert_eq!(headings[5..], ["Since the last paper", "What the words mean", "Not in this paper", "Sources"]);
        for used in of(body, "pStyle").map(|node| value(node, "val")) {
            assert!(styles.contains(&format!("w:styleId=\"{used}\"")), "no style {used}");
        }
    });
}

#[test]
fn columns_are_as_wide_as_what_cannot_be_broken() {
    let bytes = word(&wide(9)).expect("a file");
    body(&part(&bytes, "word/document.xml"), |body| {
        let tables: Vec<_> = of(body, "tbl").filter(holds_figures).collect();
        assert!(tables.len() >= 3);
        for table in tables {
            let fixed = of(table, "tblLayout").next().map(|node| value(node, "type"));
            assert_eq!(fixed, Some("fixed"));
            let widths: Vec<i64> = of(table, "gridCol").filter_map(|node| value(node, "w").parse().ok()).collect();
            assert!((widths.iter().sum::<i64>() - ROOM).abs() < 10, "{widths:?}");
            for row in rows(table).iter().filter(|row| row.len() == widths.len()) {
                for (cell, width) in row.iter().zip(&widths) {
                    for paragraph in of(*cell, "p") {
                        let text = words(paragraph);
                        let wide = longest(&text, Weight::Regular, POINTS) / 25.4 * 1440.0;
                        assert!(wide <= *width as f64, "`{text}` takes {wide} of {width}");
                        if style(paragraph) == "TableFigure" {
                            assert!(!text.replace("\u{a0}of ", "").contains(' '), "`{text}` can be broken");
                        }
                    }
                }
            }
        }
    });
}

#[test]
fn a_table_that_is_wider_than_the_page_goes_on_beneath_with_its_first_column() {
    let bytes = word(&wide(22)).expect("a file");
    body(&part(&bytes, "word/document.xml"), |body| {
        let captions: Vec<String> = of(body, "p").filter(|node| style(*node) == "Caption").map(words).collect();
        assert!(captions.contains(&"Pupils by year".to_owned()), "{captions:?}");
        let continued = captions.iter().filter(|caption| *caption == "Pupils by year, continued").count();
        assert!(continued >= 1, "{captions:?}");
        let parts: Vec<_> = of(body, "tbl").filter(|table| words(*table).starts_with("Area20")).collect();
        assert_eq!(parts.len(), continued + 1);
        let figures: usize = parts.iter().map(|table| rows(*table)[1].len() - 1).sum();
        assert_eq!(figures, 22, "each year stands in one of them");
        assert!(parts.iter().all(|table| words(rows(*table)[1][0]) == "Exampleshire"));
    });
}

#[test]
fn rows_stay_whole_and_heading_rows_repeat() {
    let bytes = word(&pictured()).expect("a file");
    body(&part(&bytes, "word/document.xml"), |body| {
        for row in of(body, "tr") {
            assert!(of(row, "cantSplit").next().is_some());
        }
        for table in of(body, "tbl").filter(holds_figures) {
            let first = child(table, "tr").expect("a row");
            assert!(of(first, "tblHeader").next().is_some());
            let before = table.prev_sibling_element().map(style);
            assert!(before == Some("Caption") || before == Some("CaptionLine"), "{before:?}");
        }
        let groups: Vec<String> = of(body, "gridSpan").filter_map(|node| node.ancestors().nth(2)).map(words).collect();
        assert_eq!(groups[0], "Performance (strip: worst on the left, best on the right)");
        assert_eq!(groups[1], "Background (neither good nor bad; strip: lowest on the left)");
    });
}

#[test]
fn charts_have_the_words_of_the_paper_and_marks_are_decoration() {
    let paper = pictured();
    let bytes = word(&paper).expect("a file");
    body(&part(&bytes, "word/document.xml"), |body| {
        let mut told: Vec<&str> = Vec::new();
        let mut small = 0;
        for drawing in of(body, "drawing") {
            let named = of(drawing, "docPr").next().expect("properties");
            let extent = of(drawing, "extent").next().expect("an extent");
            let side = |name: &str| extent.attribute(name).and_then(|side| side.parse::<i64>().ok()).expect("a side");
            let is_marked = of(drawing, "decorative").any(|node| node.attribute("val") == Some("1"));
            if is_marked {
                small += 1;
                assert!(side("cy") <= 15 * 36_000, "decoration is small");
                assert_eq!(named.attribute("descr"), Some(""));
            } else {
                told.extend(named.attribute("descr"));
                assert!(side("cx") >= 83 * 36_000, "a chart is as wide as its column");
            }
        }
        let alts: Vec<&str> = paper.figures().map(|(_, figure)| figure.alt.as_str()).collect();
        assert_eq!(told, alts);
        // Six messages, eight rows with a mark and a strip each, three keys.
        assert_eq!(small, 6 + 16 + 3);
    });
    let kept = super::parts(&bytes).iter().filter(|name| name.starts_with("word/media/")).count();
    assert_eq!(kept, 4 + 1 + 1 + 3, "equal marks, strips and keys are kept once");
}

#[test]
fn a_pair_of_charts_has_titles_on_one_line_and_pictures_on_the_next() {
    let bytes = word(&pictured()).expect("a file");
    body(&part(&bytes, "word/document.xml"), |body| {
        let pair = of(body, "tbl").find(|table| words(*table).starts_with("Plans issued on time")).expect("a pair");
        let rows = rows(pair);
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
        let pictures = |row: &Vec<Node<'_, '_>>| row.iter().map(|cell| of(*cell, "blip").count()).collect::<Vec<_>>();
        assert_eq!(pictures(&rows[1]), [1, 1]);
        assert_eq!(style(of(rows[0][1], "p").next().expect("a title")), "ChartTitle");
        assert_eq!(words(rows[2][0]), "Axis does not start at zero.");
        assert!(!holds_figures(&pair) && of(pair, "tblBorders").next().is_none());
    });
}

#[test]
fn each_pair_of_charts_is_a_table_of_its_own_that_lets_go_of_what_follows() {
    let mut paper = pictured();
    if let Block::Charts(charts) = &mut paper.sections[0].blocks[0] {
        let mut more = charts.figures.clone();
        more.iter_mut().for_each(|figure| figure.title = format!("Again: {}", figure.title));
        charts.figures.extend(more);
        charts.figures.iter_mut().for_each(|figure| figure.notes.push("Plans count once.".to_owned()));
    }
    let bytes = word(&paper).expect("a file");
    body(&part(&bytes, "word/document.xml"), |body| {
        let pairs: Vec<_> = of(body, "tbl").filter(|table| words(*table).contains("Plans count once.")).collect();
        assert_eq!(pairs.len(), 2, "so that the first can stand beneath the heading where both have no room");
        for pair in pairs {
            let rows = rows(pair);
            let kept = |row: &Vec<Node<'_, '_>>| {
                let mut keeps = row.iter().flat_map(|cell| of(*cell, "keepNext"));
                keeps.any(|keep| keep.attribute((W, "val")) != Some("0"))
            };
            assert!(!kept(&rows[rows.len() - 1]), "the notes are not kept with the next pair");
        }
    });
}

#[test]
fn pages_are_numbered_and_a_long_paper_has_contents() {
    let mut paper = pictured();
    let bytes = word(&paper).expect("a file");
    let footer = part(&bytes, "word/footer.xml");
    assert!(footer.contains("> PAGE <") && footer.contains("> NUMPAGES <") && footer.contains("in Exampleshire"));
    let xml = part(&bytes, "word/document.xml");
    assert!(xml.contains("w:footerReference") && !xml.contains("TOC \\o"), "a short paper has no contents");
    for number in 4..8 {
        let mut more = paper.sections[1].clone();
        (more.number, more.heading) = (number, format!("What about question {number}?"));
        paper.sections.push(more);
    }
    let xml = part(&word(&paper).expect("a file"), "word/document.xml");
    body(&xml, |body| {
        let entries: Vec<String> = of(body, "p").filter(|node| style(*node) == "TOC1").map(words).collect();
        assert_eq!(entries.len(), 9, "key messages, seven sections, annex");
        assert!(entries[0].starts_with("Key messages") && entries[0].ends_with('1'), "{entries:?}");
        let orders: Vec<&str> = of(body, "instrText").filter_map(|node| node.text()).collect();
        assert!(orders[0].contains("TOC \\o \"1-1\""));
        for order in orders.iter().filter(|order| order.contains("PAGEREF")) {
            let target = order.split_whitespace().nth(1).expect("a bookmark");
            assert!(xml.contains(&format!("w:name=\"{target}\"")), "{target}");
        }
        let (begun, ended) = ("\"begin\"", "\"end\"");
        assert_eq!(xml.matches(begun).count(), xml.matches(ended).count());
    });
}

#[test]
fn words_of_the_annex_are_noted_where_a_section_first_uses_them() {
    let mut paper = pictured();
    paper.sections[0].answer = "The time limits were met less often.".to_owned();
    paper.sections[1].answer = "The time limits again.".to_owned();
    let bytes = word(&paper).expect("a file");
    let xml = part(&bytes, "word/document.xml");
    assert_eq!(xml.matches("<w:footnoteReference").count(), 1);
    let (before, _) = xml.split_once("<w:footnoteReference").expect("a note");
    assert!(before.ends_with("time limits</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"));
    let notes = part(&bytes, "word/footnotes.xml");
    assert!(notes.contains("Time limits: ") && notes.contains("Counted from the request to the plan."));
}

/// The children of an element in the order of Word's schema (ECMA-376, part 1), of those that are written.
const ORDERS: [(&str, &str); 9] = [
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind jc textAlignment outlineLvl rPr",
    ),
    ("rPr", "rStyle rFonts b bCs i iCs color sz szCs vertAlign lang"),
    ("tblPr", "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption"),
    ("tcPr", "tcW gridSpan tcBorders shd tcMar vAlign"),
    ("sectPr", "footerReference pgSz pgMar"),
    ("style", "name basedOn next qFormat pPr rPr tblPr tblStylePr"),
    ("inline", "extent docPr cNvGraphicFramePr graphic"),
    (
        "settings",
        "zoom defaultTabStop characterSpacingControl footnotePr compat themeFontLang decimalSymbol listSeparator",
    ),
    ("tblCellMar", "top left bottom right"),
];

#[test]
fn elements_stand_in_the_order_that_word_reads_without_repair() {
    let bytes = word(&wide(22)).expect("a file");
    let mut seen = 0;
    for name in ["document", "styles", "settings", "numbering", "footnotes", "footer"] {
        let xml = part(&bytes, &format!("word/{name}.xml"));
        let tree = Tree::parse(&xml).expect("well-formed");
        for node in tree.descendants().filter(|node| node.is_element()) {
            let Some((parent, order)) = ORDERS.iter().find(|(parent, _)| *parent == node.tag_name().name()) else {
                continue;
            };
            let place = |child: Node<'_, '_>| {
                let known = order.split(' ').position(|name| name == child.tag_name().name());
                known.unwrap_or_else(|| panic!("{name}: {parent} has {:?}", child.tag_name()))
            };
            let places: Vec<usize> = node.children().filter(|node| node.is_element()).map(place).collect();
            assert!(places.is_sorted(), "{name}: {parent} {places:?}");
            seen += 1;
        }
        for cell in of(tree.root_element(), "tc") {
            let last = cell.children().rfind(|node| node.is_element()).map(|node| node.tag_name().name());
            assert_eq!(last, Some("p"), "a cell ends with a paragraph");
        }
    }
    assert!(seen > 500, "{seen} elements looked at");
    let xml = part(&bytes, "word/document.xml");
    assert!(!xml.contains("</w:tbl><w:tbl>"), "two tables without a paragraph between are one");
    let ids: Vec<&str> = xml.split("<wp:docPr id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let different: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), different.len());
}

#[test]
fn title_and_language_are_said() {
    let bytes = word(&pictured()).expect("a file");
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("<dc:title>Special educational needs in Exampleshire</dc:title>"));
    assert!(core.contains("<dc:language>en-GB</dc:language>"));
    assert!(part(&bytes, "word/styles.xml").contains("<w:lang w:val=\"en-GB\""));
    let xml = part(&bytes, "word/document.xml");
    assert!(xml.contains("w:w=\"11906\" w:h=\"16838\"/>") && !xml.contains("landscape"));
}
