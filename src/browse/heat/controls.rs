//! What can be chosen on the heat map: measures, what colours say, the order of rows and columns, which way round, and the view.

use serde::Serialize;

use crate::browse::address::{AGAINST, Against, COLUMNS, Columns, HEAT_VIEWS, HeatPage, HeatView, ROWS, Rows};
use crate::browse::build::Build;
use crate::browse::shell::Choice;
use crate::shown::counted;

/// The form above the map.
#[derive(Serialize)]
pub struct Controls {
    area: String,
    with: String,
    measures: Vec<Group>,
    selects: Vec<Select>,
    turned: bool,
}

/// Tables of a topic.
#[derive(Serialize)]
struct Group {
    title: String,
    parts: Vec<Choice>,
}

/// A choice of one.
#[derive(Serialize)]
struct Select {
    key: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

/// The form in the state of a page that shows so many measures.
pub fn controls(build: &Build, page: &HeatPage, with: &str, count: usize) -> Controls {
    let select = |key, label, choices| Select { key, label, choices };
    Controls {
        area: page.area.or(build.home).map_or_else(String::new, |code| code.to_string()),
        with: with.to_owned(),
        measures: measures(build, page, count),
        selects: vec![
            select("against", "Colour says", choices(&AGAINST, page.against, against)),
            select("order", "Rows", choices(&ROWS, page.rows, rows)),
            select("columns", "Columns", choices(&COLUMNS, page.columns, columns)),
            select("view", "View", choices(&HEAT_VIEWS, page.view, |view| view_name(view, count))),
        ],
        turned: page.turned,
    }
}

fn choices<T: Copy + PartialEq>(all: &[(&str, T)], chosen: T, name: impl Fn(T) -> String) -> Vec<Choice> {
    let choice =
        |(word, one): &(&str, T)| Choice { name: name(*one), word: (*word).to_owned(), chosen: *one == chosen };
    all.iter().map(choice).collect()
}

fn against(against: Against) -> String {
    match against {
        Against::England => "against England",
        Against::Neighbours => "against each one's neighbours",
        Against::Own => "against the first place",
        Against::Quarter => "quarter of all authorities",
        Against::Change => "change on the year",
    }
    .to_owned()
}

fn rows(rows: Rows) -> String {
    match rows {
        Rows::Topic => "by topic",
        Rows::Worst => "own worst first",
    }
    .to_owned()
}

fn columns(columns: Columns) -> String {
    match columns {
        Columns::Closest => "closest first",
        Columns::Name => "by name",
        Columns::Worse => "most worse first",
    }
    .to_owned()
}

/// What a view is called; one that does not fit says why.
fn view_name(view: HeatView, count: usize) -> String {
    match view {
        HeatView::Heat => "heat map".to_owned(),
        HeatView::Spine => "spine".to_owned(),
        HeatView::Scorecard => "scorecard".to_owned(),
        HeatView::Scatter if count == 2 => "scatter of both".to_owned(),
        HeatView::Scatter => format!("scatter (takes two measures, {count} chosen)"),
        HeatView::Table => "table only".to_owned(),
    }
}

/// The headlines, each table by topic, and what the address has where that is neither.
fn measures(build: &Build, page: &HeatPage, count: usize) -> Vec<Group> {
    let choice = |name: String, word: String| Choice { chosen: word == page.measures, name, word };
    let mut groups = vec![Group {
        title: "In short".to_owned(),
        parts: vec![choice("headline measures".to_owned(), String::new())],
    }];
    for (table, meta) in build.catalogue.tables().iter().filter(|(_, meta)| !meta.own && !meta.neighbours) {
        if meta.measures.len() > super::ROWS {
            continue;
        }
        let title = if meta.topic.is_empty() { "Other tables" } else { meta.topic.as_str() };
        let part = choice(format!("{} ({})", meta.title, meta.measures.len()), format!("{table}/*"));
        match groups.iter_mut().skip(1).find(|group| group.title == title) {
            Some(group) => group.parts.push(part),
            None => groups.push(Group { title: title.to_owned(), parts: vec![part] }),
        }
    }
    if !groups.iter().flat_map(|group| &group.parts).any(|part| part.chosen) {
        let name = format!("chosen: {}", counted(count, "measure", "measures"));
        groups[0].parts.push(choice(name, page.measures.clone()));
    }
    groups
}
