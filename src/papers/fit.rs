//! The first page is one page: what does not fit is set closer, then taken out, what matters least first, and stays in its
//! section.

use crate::publish::document::Document;
use crate::publish::page::{FIRST_PAGE, first_page_height};
use crate::statistics::Polarity;

use super::item::Item;
use super::messages::score;
use super::view::View;
use super::{glance, tiles};

/// The fewest messages and rows that are left.
const MESSAGES: usize = 4;
/// The same of rows with a direction that is good.
const ROWS: usize = 4;

/// Fills the table of the first page with `rows` and takes out until it fits: the lowest-scored background row, then, set closer,
/// the message ranked sixth and the fifth, then rows with a direction that no message uses.
pub fn fit<'a>(document: &mut Document, mut rows: Vec<&Item<'a>>, used: &[&Item<'a>], view: &View<'a>) {
    loop {
        document.glance = glance::table(&rows, view);
        document.standing = glance::standing(&rows);
        if first_page_height(document) <= FIRST_PAGE {
            return;
        }
        let background = lowest(&rows, &|item| item.reading.measure.polarity == Polarity::None);
        let judged = rows.iter().filter(|item| item.reading.measure.polarity != Polarity::None).count();
        let unused = |item: &Item<'a>| {
            item.reading.measure.polarity != Polarity::None && !used.iter().any(|one| std::ptr::eq(*one, item))
        };
        let neutral = rows.len() - judged;
        if !document.close && (neutral <= 1 || background.is_none()) {
            document.close = true;
            continue;
        }
        match (background.filter(|_| neutral > 1 || judged == 0), document.messages.len() > MESSAGES) {
            (Some(at), _) => drop(rows.remove(at)),
            (None, true) => drop(document.messages.pop()),
            (None, false) => match rows.iter().rposition(|item| unused(item)).filter(|_| judged > ROWS) {
                Some(at) => drop(rows.remove(at)),
                None => return,
            },
        }
    }
}

/// The same with tiles for the first rows, whose table has a page of its own: messages alone are taken out.
pub fn tiled(document: &mut Document, rows: &[&Item<'_>], view: &View<'_>) {
    document.glance = glance::table(rows, view);
    document.standing = glance::standing(rows);
    document.tiles = tiles::tiles(rows);
    while first_page_height(document) > FIRST_PAGE {
        match (document.close, document.messages.len() > MESSAGES) {
            (false, _) => document.close = true,
            (true, true) => drop(document.messages.pop()),
            (true, false) => return,
        }
    }
}

/// The place of the row with the lowest score among those of a kind.
fn lowest(rows: &[&Item<'_>], kind: &dyn Fn(&Item<'_>) -> bool) -> Option<usize> {
    let of = rows.iter().enumerate().filter(|(_, item)| kind(item));
    of.min_by(|(_, one), (_, other)| score(one).total_cmp(&score(other))).map(|(at, _)| at)
}
