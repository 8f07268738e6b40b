//! A workbook: what the paper says first on the first sheet, numbers as numbers, charts that keep the rules of the pictures.

use std::io::Cursor;

use abreast::publish::document::{Block, Cell, Column, Document, Plot, Role, Shape, Standing, Trace};
use abreast::publish::workbook::workbook;
use calamine::{Data, Reader, Xlsx};
use roxmltree::{Document as Tree, Node};

use super::pictured::pictured;
use super::{part, parts};

const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// The paper with a series that is counted in a new way from its sixth year on, and has a year without a figure.
fn broken() -> Document {
    let mut paper = pictured();
    paper.standing = vec![Standing {
        measure: "Plans issued within 20 weeks".to_owned(),
        unit: "percent".to_owned(),
        period: "2024".to_owned(),
        places: 1,
        value: Some(27.248),
        count: Some(103.0),
        of: Some(378.0),
        england: Some(46.4),
        rank: Some(118),
        out_of: Some(151),
        reason: "First measured in 2024.".to_owned(),
        id: "plans/m1/2024-12/999".to_owned(),
        ..Standing::default()
    }];
    paper.traces = vec![Trace {
        id: "plans/m1/2024-12/999".to_owned(),
        file: "plans/2025/plans.csv".to_owned(),
        cell: "row 12, column issued".to_owned(),
    }];
    if let Block::Charts(charts) = &mut paper.sections[0].blocks[0] {
        let figure = &mut charts.figures[0];
        figure.data.rows[0][3] = Cell::missing("[x]", "not published");
        figure.plot.percent = true;
        figure.plot.breaks = vec![6];
        figure.plot.roles = vec![Role::Own, Role::Neighbours, Role::England];
    }
    paper
}

fn sheets(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook")
}

fn row(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, first: &str) -> Vec<Data> {
    let range = book.worksheet_range(sheet).expect("a sheet");
    let found = range.rows().find(|row| row[0] == *first).map(<[Data]>::to_vec);
    found.unwrap_or_else(|| panic!("{sheet} has no row {first}"))
}

/// The charts, in the order of the paper.
fn charts(bytes: &[u8]) -> Vec<String> {
    let count = parts(bytes).iter().filter(|name| name.starts_with("xl/charts/chart")).count();
    (1..=count).map(|number| part(bytes, &format!("xl/charts/chart{number}.xml"))).collect()
}

fn of<'t>(node: Node<'t, 't>, name: &'t str) -> impl Iterator<Item = Node<'t, 't>> {
    node.descendants().filter(move |node| node.tag_name().name() == name && node.tag_name().namespace() == Some(C))
}

/// The name of each series and the places at which it has a figure.
fn drawn(xml: &str) -> Vec<(String, Vec<usize>)> {
    let tree = Tree::parse(xml).expect("well-formed");
    let text = |node: Node<'_, '_>| of(node, "v").filter_map(|value| value.text()).collect::<String>();
    let series = of(tree.root_element(), "ser").map(|series| {
        let name = of(series, "tx").next().map(text).unwrap_or_default();
        let values = of(series, "val").next().expect("values");
        let at = of(values, "pt").filter_map(|point| point.attribute("idx")?.parse().ok()).collect();
        (name, at)
    });
    series.collect()
}

#[test]
fn the_first_sheet_says_what_the_paper_says_first_and_gives_it_as_numbers() {
    let paper = broken();
    let bytes = workbook(&paper).expect("a workbook");
    let mut book = sheets(&bytes);
    assert_eq!(
        book.sheet_names(),
        [
            "At a glance",
            "1 How long do families wait",
            "2 Where are they educated",
            "3 How do similar authorities",
            "All figures",
            "Words",
            "Sources",
            "Figure ids"
        ]
    );
    let first = book.worksheet_range("At a glance").expect("a sheet");
    let lines: Vec<String> = first.rows().map(|row| row[0].to_string()).collect();
    assert!(lines[0].starts_with(&paper.title));
    for message in &paper.messages {
        let whole = format!("{}: {} {}", message.word, message.bold, message.rest);
        assert!(lines.contains(&whole), "no `{whole}`");
    }
    let head = row(&mut book, "At a glance", "Measure");
    let figures = row(&mut book, "At a glance", "Plans issued within 20 weeks");
    let of = |title: &str| {
        let at = head.iter().position(|cell| *cell == *title).unwrap_or_else(|| panic!("no column {title}"));
        figures[at].clone()
    };
    assert_eq!(
        (of("Exampleshire"), of("Count"), of("Of")),
        (Data::Float(27.248), Data::Float(103.0), Data::Float(378.0))
    );
    assert_eq!((of("Rank"), of("Out of")), (Data::Float(118.0), Data::Float(151.0)));
    assert_eq!((of("Neighbours"), of("Change")), (Data::Empty, Data::Empty), "what is not there is blank");
    assert_eq!(of("Why blank").to_string(), "First measured in 2024.");
    assert!(part(&bytes, "xl/tables/table1.xml").contains("displayName=\"table_1\""));
}

#[test]
fn a_missing_figure_is_a_gap_and_a_new_way_of_counting_begins_a_line() {
    let bytes = workbook(&broken()).expect("a workbook");
    let chart = &charts(&bytes)[0];
    assert!(chart.contains("<c:dispBlanksAs val=\"gap\"/>"));
    let series = drawn(chart);
    let own: Vec<_> = series.iter().filter(|(name, _)| name.starts_with("Exampleshire")).collect();
    assert_eq!(own[0], &("Exampleshire, to 2019".to_owned(), vec![0, 1, 3, 4]), "2017 has no figure");
    assert_eq!(own[1], &("Exampleshire, from 2020".to_owned(), vec![5, 6, 7, 8, 9]));
    assert_eq!(series.len(), 6);
    // Both sides of the authority's line are alike, and unlike everybody else's.
    assert_eq!(chart.matches("<a:ln w=\"38100\"><a:solidFill><a:srgbClr val=\"12436D\"/>").count(), 2);
    assert!(chart.contains("val=\"505A5F\"/></a:solidFill><a:prstDash val=\"dash\"/>"), "England is dashed");
    assert!(chart.contains("val=\"28A197\"/></a:solidFill><a:prstDash val=\"sysDot\"/>"), "neighbours are dotted");
}

/// The first chart of the paper with other data: whose each row is, and what stands for its figures.
fn drawn_as(shape: Shape, titles: &[&str], rows: &[(&str, Role, &[f64])]) -> Vec<String> {
    let mut paper = broken();
    paper.sections.truncate(1);
    if let Block::Charts(charts) = &mut paper.sections[0].blocks[0] {
        charts.figures.truncate(1);
        let figure = &mut charts.figures[0];
        figure.data.columns = titles.iter().map(|title| Column::figures(*title)).collect();
        let cells = |figures: &[f64]| figures.iter().map(|value| Cell::number(*value, 0)).collect::<Vec<_>>();
        figure.data.rows =
            rows.iter().map(|(name, _, figures)| [vec![Cell::words(*name)], cells(figures)].concat()).collect();
        figure.plot = Plot { shape, percent: true, breaks: Vec::new(), roles: rows.iter().map(|row| row.1).collect() };
    }
    paper.sections[0].blocks.truncate(1);
    charts(&workbook(&paper).expect("a workbook"))
}

#[test]
fn groups_are_bars_beside_england_in_the_authoritys_colour() {
    let rows: [(&str, Role, &[f64]); 2] =
        [("Exampleshire", Role::Own, &[20.0, 30.0, 50.0]), ("England", Role::England, &[25.0, 35.0, 40.0])];
    let drawn_ = drawn_as(Shape::Groups, &["Area", "Aged 5", "Aged 6", "Aged 7"], &rows);
    assert_eq!(drawn_.len(), 1);
    let names: Vec<_> = drawn(&drawn_[0]).into_iter().map(|(name, at)| (name, at.len())).collect();
    assert_eq!(names, [("Exampleshire".to_owned(), 3), ("England".to_owned(), 3)]);
    assert_eq!(drawn_[0].matches("<a:srgbClr val=\"12436D\"/>").count(), 1);
}

#[test]
fn small_charts_are_a_chart_for_each_measure_with_the_authoritys_line_told_apart() {
    let rows: [(&str, Role, &[f64]); 4] = [
        ("Exampleshire: Plans in special schools", Role::Own, &[20.0, 30.0]),
        ("England: Plans in special schools", Role::England, &[25.0, 35.0]),
        ("Exampleshire: Plans in colleges", Role::Own, &[2.0, 3.0]),
        ("England: Plans in colleges", Role::England, &[2.0, 4.0]),
    ];
    let all = drawn_as(Shape::Panels, &["Area", "2023", "2024"], &rows);
    assert_eq!(all.len(), 2);
    for (chart, title) in all.iter().zip(["Plans in special schools", "Plans in colleges"]) {
        assert!(chart.contains(&format!("<a:t>{title}</a:t>")), "{title}");
        assert_eq!(drawn(chart).len(), 2);
        assert!(chart.contains("<a:ln w=\"38100\"><a:solidFill><a:srgbClr val=\"12436D\"/>"), "{title}");
    }
}

#[test]
fn parts_of_a_whole_are_drawn_as_shares_whatever_they_are_counted_in() {
    let rows: [(&str, Role, &[f64]); 2] =
        [("Exampleshire", Role::Own, &[2000.0, 6000.0]), ("England", Role::England, &[900_000.0, 800_000.0])];
    let chart = drawn_as(Shape::Stacked, &["Area", "Primary", "Secondary"], &rows).remove(0);
    assert!(chart.contains("<c:grouping val=\"percentStacked\"/>") && chart.contains("<c:max val=\"1\"/>"));
    assert!(chart.contains("formatCode=\"0%\""));
}

#[test]
fn two_measures_are_points_of_which_the_authoritys_stands_by_itself() {
    let rows: [(&str, Role, &[f64]); 3] = [
        ("Derby", Role::Other, &[40.0, 300.0]),
        ("Exampleshire", Role::Own, &[27.0, 355.0]),
        ("Hull", Role::Other, &[60.0, 410.0]),
    ];
    let chart = drawn_as(Shape::Points, &["Area", "On time", "Plans per 10,000"], &rows).remove(0);
    let tree = Tree::parse(&chart).expect("well-formed");
    let values = of(tree.root_element(), "yVal").map(|axis| of(axis, "v").filter_map(|value| value.text()).collect());
    let values: Vec<Vec<&str>> = values.collect();
    assert_eq!(values, [vec!["40", "60"], vec!["27"]]);
}

#[test]
fn percent_runs_from_nothing_to_a_hundred() {
    let mut paper = broken();
    if let Block::Charts(charts) = &mut paper.sections[0].blocks[0] {
        charts.figures[0].data.rows[1][1] = Cell::shown(97.0, 0, "97%");
    }
    let chart = charts(&workbook(&paper).expect("a workbook"))[0].clone();
    assert!(chart.contains("<c:max val=\"100\"/><c:min val=\"0\"/>"));
    assert!(
        chart.contains("formatCode=\"0&quot;%&quot;\"") || chart.contains("formatCode='0\"%\"'"),
        "percent is written"
    );
}

#[test]
fn charts_have_the_words_of_the_paper_in_british_english() {
    let paper = broken();
    let bytes = workbook(&paper).expect("a workbook");
    let charts = charts(&bytes);
    let figures: Vec<_> = paper.figures().map(|(_, figure)| figure).collect();
    assert_eq!(charts.len(), figures.len());
    for (chart, figure) in charts.iter().zip(&figures) {
        assert!(chart.contains(&format!("<a:t>{}</a:t>", figure.title)), "{}", figure.title);
    }
    let drawings: String = parts(&bytes)
        .iter()
        .filter(|name| name.starts_with("xl/drawings/drawing"))
        .map(|name| part(&bytes, name))
        .collect();
    for figure in figures {
        assert!(drawings.contains(&format!("descr=\"{}\"", figure.alt)), "{}", figure.alt);
    }
    let all: String = charts.concat() + &drawings;
    assert!(all.contains("en-GB") && !all.contains("en-US"));
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:language>en-GB</dc:language>"));
}

#[test]
fn numbers_look_as_the_paper_shows_them_and_quiet_lines_have_columns() {
    let bytes = workbook(&broken()).expect("a workbook");
    let mut book = sheets(&bytes);
    let head = row(&mut book, "All figures", "Measure");
    let titles: Vec<String> = head.iter().map(Data::to_string).collect();
    assert!(titles.contains(&"Exampleshire, 95% range".to_owned()), "{titles:?}");
    assert!(part(&bytes, "xl/styles.xml").contains("formatCode=\"#,##0&quot;%&quot;\""));
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).expect("a sheet");
        let symbols = range.used_cells().filter(|(.., cell)| *cell == "[x]").count();
        assert_eq!(symbols, 0, "{sheet}");
    }
    let chart = book.worksheet_range("1 How long do families wait").expect("a sheet");
    assert!(chart.used_cells().any(|(.., cell)| *cell == "not published"), "the reason of what is blank");
}

#[test]
fn measures_that_no_section_draws_are_drawn_behind_the_sections() {
    let mut paper = broken();
    let mut more = crate::page::exampleshire::figure("more", "Requests rose to 940", 6);
    more.alt = "Line chart. Requests rose to 940.".to_owned();
    paper.further = vec![more];
    let bytes = workbook(&paper).expect("a workbook");
    assert!(sheets(&bytes).sheet_names().contains(&"Figures by year".to_owned()));
    let last = charts(&bytes).pop().expect("a chart");
    assert!(last.contains("<a:t>Requests rose to 940</a:t>") && last.contains("'Figures by year'!"));
}

#[test]
fn the_last_sheet_gives_the_place_of_each_figure_here_and_with_its_publisher() {
    let bytes = workbook(&broken()).expect("a workbook");
    let mut book = sheets(&bytes);
    let list = book.worksheet_range("Figure ids").expect("a sheet");
    let traced = list.rows().find(|row| row[3] == "plans/m1/2024-12/999").expect("the figure");
    assert_eq!(traced[0].to_string(), "At a glance");
    assert_eq!(traced[4].to_string(), "plans/2025/plans.csv");
    let named = list.rows().skip(2).map(|row| (row[0].to_string(), row[1].to_string())).collect::<Vec<_>>();
    assert!(named.len() > 40, "{}", named.len());
    let different: std::collections::BTreeSet<_> = named.iter().collect();
    assert_eq!(named.len(), different.len(), "no cell is listed twice");
}
