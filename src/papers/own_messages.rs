//! The key messages of a council's own figures: what misses its target, what is out of the usual, then one for all that just miss.
//!
//! In: items of a return. Out: messages in that order, at most six, and the items that they speak of. What meets its target and
//! is as usual has no message, unless there is nothing else to say.

use crate::publish::document::{Message, Picture};
use crate::reading::{Change, Rating, Reading, words};
use crate::shown::{list, sentence, small as few};

use super::item::Item;
use super::messages::{FEWEST, MOST};
use super::own_tables::Row;
use super::verdicts::since;
use super::{small, teams};

/// The messages, and the items in the order in which they are spoken of.
#[derive(Default)]
pub struct Told<'i, 'a> {
    /// The messages.
    pub messages: Vec<Message>,
    /// The items.
    pub items: Vec<&'i Item<'a>>,
}

/// The messages of `rows`; those that `lead` says come first.
pub fn told<'i, 'a>(rows: &[Row<'i, 'a>], lead: &dyn Fn(&Item<'a>) -> bool) -> Told<'i, 'a> {
    let mut news: Vec<Row<'i, 'a>> = rows.iter().copied().filter(|(item, _)| item.is_news()).collect();
    news.sort_by_key(|(item, _)| std::cmp::Reverse(item.reading.measure.importance));
    let last: Vec<Message> = tail(&news);
    let room = MOST - last.len();
    let mut singles: Vec<Row<'i, 'a>> = Vec::new();
    let order: [&dyn Fn(&Item<'a>) -> bool; 5] = [lead, &is_red, &worse, &neutral, &better];
    for test in order {
        let more: Vec<Row<'i, 'a>> = news
            .iter()
            .copied()
            .filter(|(item, _)| test(item) && !singles.iter().any(|(known, _)| std::ptr::eq(*known, *item)))
            .collect();
        singles.extend(more);
    }
    let mut told = Told { messages: Vec::new(), items: singles.iter().map(|(item, _)| *item).collect() };
    let folded = folded(&singles, room);
    let shown = if folded.is_some() { room - 1 } else { room };
    told.messages.extend(singles.iter().take(shown).map(|(item, own)| one(item, teams::missing(item, own))));
    told.messages.extend(folded);
    told.messages.extend(last);
    if told.messages.is_empty() {
        told.messages = nothing_missed(&news);
    }
    let untold = news.iter().filter(|(item, _)| !told.items.iter().any(|known| std::ptr::eq(*known, *item)));
    let untold: Vec<Message> = untold.map(|(item, _)| one(item, None)).collect();
    if told.messages.len() < FEWEST {
        told.messages.extend(moved(&news));
    }
    for more in untold {
        // What stands together in one message need not stand alone.
        if told.messages.len() < FEWEST - 1 && !told.messages.iter().any(|known| known.bold == more.bold) {
            told.messages.push(more);
        }
    }
    told
}

/// What became of the figures since those before; none where there are none before.
fn moved(news: &[Row<'_, '_>]) -> Option<Message> {
    let known: Vec<(&Reading, Change)> =
        news.iter().filter_map(|(item, _)| Some((&item.reading, since(item)?.0))).collect();
    words::movements(&known).map(|spoken| message(None, spoken))
}

fn is_red(item: &Item<'_>) -> bool {
    item.reading.target.rating() == Some(Rating::Red)
}

fn worse(item: &Item<'_>) -> bool {
    words::unusual(&item.reading) == Some(Some(false))
}

fn neutral(item: &Item<'_>) -> bool {
    words::unusual(&item.reading) == Some(None)
}

fn better(item: &Item<'_>) -> bool {
    words::unusual(&item.reading) == Some(Some(true))
}

/// The measures that miss their targets and have no message of their own, together; none where all have.
fn folded(singles: &[Row<'_, '_>], room: usize) -> Option<Message> {
    if singles.len() <= room {
        return None;
    }
    let alone = singles.iter().take(room - 1).filter(|(item, _)| is_red(item)).count();
    let rest: Vec<&Reading> =
        singles.iter().skip(room - 1).filter(|(item, _)| is_red(item)).map(|(item, _)| &item.reading).collect();
    let spoken = match rest.as_slice() {
        [] | [_] => return None,
        rest => words::together(rest, Rating::Red, alone)?,
    };
    Some(message(Some(Rating::Red), spoken))
}

/// What stands last: all that just miss their targets, and printed verdicts that do not follow.
fn tail(news: &[Row<'_, '_>]) -> Vec<Message> {
    let amber = |item: &Item<'_>| {
        item.reading.target.rating() == Some(Rating::Amber) && words::unusual(&item.reading).is_none()
    };
    let ambers: Vec<&Reading> = news.iter().filter(|(item, _)| amber(item)).map(|(item, _)| &item.reading).collect();
    let together = words::together(&ambers, Rating::Amber, 0).map(|spoken| message(Some(Rating::Amber), spoken));
    together.into_iter().chain(contradicted(news)).collect()
}

/// Verdicts that the council printed and that its own aim, figure and target contradict.
fn contradicted(news: &[Row<'_, '_>]) -> Option<Message> {
    let unlike: Vec<&str> = news
        .iter()
        .filter(|(item, own)| contradicts(&item.reading, &own.printed))
        .map(|(item, _)| item.reading.measure.noun.as_str())
        .collect();
    let (many, verb) = match unlike.len() {
        0 => return None,
        1 => ("One printed verdict".to_owned(), "does"),
        many => (format!("{} printed verdicts", sentence(&few(many))), "do"),
    };
    let bold = format!("{many} {verb} not follow from aim, figure and target.");
    Some(message(None, (bold, crate::shown::stop(&sentence(&list(&unlike))))))
}

/// Whether a printed verdict is not the one that follows.
pub fn contradicts(reading: &Reading, printed: &str) -> bool {
    let follows = match reading.target.rating() {
        Some(Rating::Blue | Rating::Green) => "achieved",
        Some(Rating::Amber) => "within tolerance",
        Some(Rating::Red) => "missed",
        None => "not judged",
    };
    !printed.is_empty() && !printed.eq_ignore_ascii_case(follows)
}

/// What is said where nothing misses its target and nothing is out of the usual: what is met, else the figures themselves.
fn nothing_missed(news: &[Row<'_, '_>]) -> Vec<Message> {
    let met: Vec<&Reading> =
        news.iter().filter(|(item, _)| item.reading.target.rating().is_some()).map(|(item, _)| &item.reading).collect();
    let rating = met.first().and_then(|reading| reading.target.rating());
    let met = words::together(&met, Rating::Green, 0).map(|spoken| message(rating, spoken));
    let others = news.iter().filter(|(item, _)| item.reading.target.rating().is_none());
    met.into_iter().chain(others.map(|(item, _)| one(item, None))).take(FEWEST).collect()
}

/// The message of one measure.
fn one(item: &Item<'_>, areas: Option<(usize, usize)>) -> Message {
    message(item.reading.target.rating(), words::scored(&item.reading, areas))
}

fn message(rating: Option<Rating>, (bold, rest): words::Spoken) -> Message {
    let mark: Option<Picture> = small::tile(rating);
    let word = match rating {
        Some(Rating::Blue) => "Blue",
        Some(Rating::Green) => "Green",
        Some(Rating::Amber) => "Amber",
        Some(Rating::Red) => "Red",
        None => "Note",
    };
    Message { mark, word: word.to_owned(), bold, rest }
}
