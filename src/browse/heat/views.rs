//! The same choice shown otherwise: the map turned round, and the pictures that take its place.

use serde::Serialize;

use super::{Cell, Row, Topic};
use crate::area::LaCode;
use crate::browse::address::{Address, HeatPage, HeatView, USUAL};
use crate::browse::build::Build;
use crate::browse::picture::{self, Shown};
use crate::browse::shell::Link;
use crate::report::ChartKind;

/// The map with a row a place and a column a measure.
#[derive(Serialize)]
pub struct Turned {
    heads: Vec<Link>,
    england: Vec<String>,
    rows: Vec<Place>,
}

/// A place with its figures.
#[derive(Serialize)]
pub struct Place {
    name: Link,
    cells: Vec<Cell>,
}

/// The map with the places as its rows.
pub fn turned(places: &[Link], topics: &[Topic]) -> Turned {
    let rows: Vec<&Row> = topics.iter().flat_map(|topic| &topic.rows).collect();
    let place = |(at, name): (usize, &Link)| Place {
        name: name.clone(),
        cells: rows.iter().map(|row| row.cells[at].clone()).collect(),
    };
    Turned {
        heads: rows.iter().map(|row| Link::to(&row.label, &row.address)).collect(),
        england: rows.iter().map(|row| row.england.clone()).collect(),
        rows: places.iter().enumerate().map(place).collect(),
    }
}

/// The picture of the view, or why there is none and what would fit.
pub fn drawn(build: &Build, page: &HeatPage, own: LaCode, topics: &[Topic]) -> (Option<Shown>, Option<Link>) {
    let kind = match page.view {
        HeatView::Heat | HeatView::Table => return (None, None),
        HeatView::Spine => ChartKind::Spine,
        HeatView::Scorecard => ChartKind::Scorecard,
        HeatView::Scatter => ChartKind::Scatter,
    };
    let names: Vec<&str> = topics.iter().flat_map(|topic| &topic.rows).map(|row| row.name.as_str()).collect();
    match (page.view, names.as_slice()) {
        (HeatView::Scatter, [_, _]) => {}
        (HeatView::Scatter, other) => {
            let why = format!(
                "A scatter shows two measures, the first along the foot and the second upright; {} chosen.",
                match other.len() {
                    1 => "one is".to_owned(),
                    more => format!("{more} are"),
                }
            );
            let first = other.iter().take(2).copied().collect::<Vec<&str>>().join(",");
            let two = HeatPage { measures: first, ..page.clone() };
            let remedy = (other.len() > 2).then(|| Link::to("The first two of them", Address::Heat(two)));
            return (Some(Shown::without(why)), remedy);
        }
        _ => {}
    }
    (Some(picture::several(build, kind, own, &named(page, topics), &comparators(page, kind))), None)
}

/// The measures as the command takes them: as the address has them, where that is short and means the same, else each by name.
pub fn named(page: &HeatPage, topics: &[Topic]) -> String {
    match page.measures.is_empty() {
        false => page.measures.clone(),
        true => {
            let rows = topics.iter().flat_map(|topic| &topic.rows);
            rows.map(|row| row.name.as_str()).collect::<Vec<&str>>().join(",")
        }
    }
}

/// Whom a kind of picture shows beside the authority: those of the page where it shows them, else the usual.
pub fn comparators(page: &HeatPage, kind: ChartKind) -> Vec<String> {
    match kind {
        ChartKind::Heat if page.beside != HeatPage::of(None).beside => page.beside.clone(),
        _ => USUAL.map(str::to_owned).into(),
    }
}
