//! The actions of a council's plan as a table: what was promised, by whom and when, what became of it, how it was rated.
//!
//! In: rows of an actions file. Out: the table, the sentence that counts them, the key message of what is overdue.

use crate::actions::{ActionRow, State};
use crate::publish::document::{Cell, Column, Message, Table};
use crate::reading::{Rating, words};
use crate::shown::{list, sentence, small as few, stop};

use super::{small, tidy};

/// The newest report of each action, in the plan's own order.
pub fn newest<'a>(rows: &[&'a ActionRow]) -> Vec<&'a ActionRow> {
    let mut kept: Vec<&ActionRow> = Vec::new();
    for row in rows {
        match kept.iter_mut().find(|known| known.reference == row.reference) {
            Some(known) if known.reported() <= row.reported() => *known = row,
            Some(_) => {}
            None => kept.push(row),
        }
    }
    kept
}

/// A row an action.
pub fn table(rows: &[&ActionRow]) -> Option<Table> {
    let month = rows.iter().max_by_key(|row| row.reported())?.month.clone();
    let mut table = Table { title: format!("Actions, {month}"), caption: tally(rows), ..Table::default() };
    table.columns = ["Action", "Owner", "Due", "Done", "What became of it", "Rating", "Rated before", "Comment"]
        .map(Column::words)
        .into();
    for row in rows {
        table.rows.push(vec![
            Cell::words(row.action.clone()).with(row.reference.clone()),
            Cell::words(row.owner.clone()),
            Cell::words(if row.due.is_empty() { "no date" } else { &row.due }),
            Cell::words(if row.done.is_empty() { "not done" } else { &row.done }),
            state(row),
            rated(row),
            Cell::words(row.before.clone()),
            Cell::words(row.comment.clone()),
        ]);
    }
    tidy::drop_empty(&mut table);
    Some(table)
}

/// What became of it, with its shape.
fn state(row: &ActionRow) -> Cell {
    let (word, shape) = match row.state() {
        State::Done => ("Done in time", words::Shape::Circle),
        State::Late => ("Done late", words::Shape::Ring),
        State::Ahead => ("Not due yet", words::Shape::Dash),
        State::Overdue => ("Overdue", words::Shape::Diamond),
        State::Undated => ("No date was set", words::Shape::Dash),
    };
    let cell = Cell::words(word).bold();
    match small::mark(shape) {
        Some(mark) => cell.marked(mark),
        None => cell,
    }
}

/// How the council rates it, and where its own dates say otherwise.
fn rated(row: &ActionRow) -> Cell {
    let rating = rating(&row.rating);
    let met = matches!(rating, Some(Rating::Blue | Rating::Green));
    let contrary = match (row.state(), rating) {
        (State::Overdue, Some(_)) if met => "though it is overdue",
        (State::Done, Some(Rating::Red)) => "though it is done in time",
        _ => "",
    };
    let cell = Cell::words(sentence(row.rating.trim())).with(contrary);
    match rating.and_then(|rating| small::tile(Some(rating))) {
        Some(tile) => cell.marked(tile),
        None => cell,
    }
}

/// The colour that a council's words mean: a colour, or a grade of `1: achieved` to `5: not achieved`.
fn rating(text: &str) -> Option<Rating> {
    let text = text.trim().to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match () {
        () if is(&["blue", "complete", "closed"]) => Some(Rating::Blue),
        () if is(&["green", "1", "2", "achieved", "on track"]) => Some(Rating::Green),
        () if is(&["amber", "yellow", "3", "progress"]) => Some(Rating::Amber),
        () if is(&["red", "4", "5", "not achieved"]) => Some(Rating::Red),
        () => None,
    }
}

/// `Seven actions: two done in time, one done late, three not due yet, one overdue.`
pub fn tally(rows: &[&ActionRow]) -> String {
    let kinds = [
        (State::Done, "done in time"),
        (State::Late, "done late"),
        (State::Ahead, "not due yet"),
        (State::Overdue, "overdue"),
        (State::Undated, "without a date"),
    ];
    let count = |state: State| rows.iter().filter(|row| row.state() == state).count();
    let told: Vec<String> = kinds
        .into_iter()
        .filter(|(state, _)| count(*state) > 0)
        .map(|(state, word)| format!("{} {word}", few(count(state))))
        .collect();
    let noun = if rows.len() == 1 { "action" } else { "actions" };
    format!("{} {noun}: {}.", sentence(&few(rows.len())), told.join(", "))
}

/// What a board must know first: what is overdue, else how much is done.
pub fn message(rows: &[&ActionRow]) -> Option<Message> {
    let overdue: Vec<&&ActionRow> = rows.iter().filter(|row| row.state() == State::Overdue).collect();
    let of = few(rows.len());
    let said = |row: &&&ActionRow| -> String { format!("{} (due {})", row.reference, row.due) };
    let (rating, bold, rest) = match overdue.len() {
        _ if rows.is_empty() => return None,
        0 => (None, "No action of the plan is overdue.".to_owned(), tally(rows)),
        1 => {
            let named: String = overdue.iter().map(said).collect();
            (Some(Rating::Red), format!("One of {of} actions is overdue."), stop(&named))
        }
        many => {
            let named: Vec<String> = overdue.iter().take(NAMED).map(said).collect();
            let more = many.saturating_sub(NAMED);
            let rest = if more > 0 { format!("{}; {} more", named.join("; "), few(more)) } else { list(&named) };
            (Some(Rating::Red), format!("{} of {of} actions are overdue.", sentence(&few(many))), stop(&rest))
        }
    };
    let counted = tally(rows);
    let fits = words::length(&bold) + words::length(&rest) + words::length(&counted) <= words::MOST_OF_MESSAGE;
    let rest = if overdue.is_empty() || !fits { rest } else { format!("{rest} {counted}") };
    let word = if rating.is_some() { "Overdue" } else { "Note" };
    Some(Message { mark: small::tile(rating), word: word.to_owned(), bold, rest })
}

/// How many overdue actions the message names.
const NAMED: usize = 4;
