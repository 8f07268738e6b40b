//! The key message of a reading: a tag, a bold sentence, and the figures that carry it, forty words in all.

use super::apart::apart;

use super::super::{Level, Moved, Reading, Said, Size, Sure, Way};
use super::table::{Shape, Tag, tag, tag_of_change};
use super::{answer, change, closed, length, place};
use crate::statistics::Polarity;

/// The most words of a message.
pub const MOST: usize = 40;
/// The most words of the bold sentence.
const BOLD: usize = 16;

/// One key message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The verdict in a word.
    pub tag: Tag,
    /// The sentence in bold.
    pub bold: String,
    /// The figures.
    pub rest: String,
}

/// The strongest message that the reading carries.
pub fn message(reading: &Reading) -> Message {
    message_with(reading, "")
}

/// The strongest message that the reading carries, with one sentence of another of the same matter where there is room.
pub fn message_with(reading: &Reading, more: &str) -> Message {
    const TEMPLATES: [fn(&Reading) -> Option<String>; 7] =
        [both_ways, apart, change::change, change::counted, moved_apart, alike, level];
    let told = TEMPLATES.iter().find_map(|template| template(reading).filter(|bold| length(bold) <= BOLD));
    let told = told.unwrap_or_else(|| level(reading).unwrap_or_else(|| super::missing(reading)));
    let evidence = evidence(reading, &told);
    let bold = begun(told, reading);
    let fits = |sentence: &&String| length(&bold) + length(sentence) <= MOST;
    let mut rest = evidence.iter().find(fits).cloned().unwrap_or_default();
    for sentence in [more.to_owned(), sure_place(reading)] {
        let fits = length(&bold) + length(&rest) + length(&sentence) <= MOST;
        if !sentence.is_empty() && sentence != bold && fits {
            rest = format!("{rest} {sentence}");
        }
    }
    Message { tag: tag_of(reading), bold, rest: rest.trim().to_owned() }
}

/// The figures that carry the bold sentence, the fullest first: where that names the measure, they need not, and what it
/// tells is not told again.
fn evidence(reading: &Reading, bold: &str) -> Vec<String> {
    let (figures, short) = (super::against::figures(reading), super::against::in_short(reading));
    let named = reading.measure.phrases.says.is_empty() || reading.measure.polarity == Polarity::None;
    match reading.level.is_compared() {
        _ if reading.level.value().is_none() => Vec::new(),
        true if reading.measure.is_amount() => vec![super::between(reading)],
        true if named && level(reading).is_some_and(|level| level == bold) => {
            vec![super::join([super::against::counted(reading), super::between(reading)])]
        }
        true if named && change::change(reading).is_some_and(|change| change == bold) => {
            vec![super::join([super::against::now(reading), super::between(reading)])]
        }
        true if named => vec![figures, short],
        true => vec![answer(reading), figures, short],
        false => vec![answer(reading)],
    }
}

/// A count with the rate that it makes per head: how the rate compares, then how many there are and what became of it.
pub fn headcount(rate: &Reading, count: &Reading) -> Option<Message> {
    let than = apart(rate)?;
    let bold = match count.change.movement().and_then(|movement| movement.way()) {
        Some(way) => {
            let higher = matches!(rate.england()?.verdict.said(), Said::Higher);
            let word = if higher == (way == Way::Up) { "and" } else { "but" };
            let course = if way == Way::Up { "growing" } else { "falling" };
            format!("{}, {word} numbers are {course}.", than.trim_end_matches('.'))
        }
        None => than.clone(),
    };
    let bold = if length(&bold) <= BOLD { bold } else { than };
    Some(Message { tag: tag_of(rate), bold, rest: change::count_of(count)? })
}

/// The tag: the verdict against England, else that of the change.
fn tag_of(reading: &Reading) -> Tag {
    let against = reading.england().map(|against| tag(against.verdict));
    let moved = reading.change.movement().and_then(|movement| tag_of_change(movement.moved()));
    match (against, moved) {
        (Some(tag), _) if tag.shape != Shape::Dash => tag,
        (_, Some(tag)) => tag,
        _ => Tag { word: "Not compared", shape: Shape::Dash },
    }
}

/// A bold sentence does not begin with a numeral.
fn begun(bold: String, reading: &Reading) -> String {
    let numeral = bold.starts_with(|letter: char| letter.is_ascii_digit() || letter == '£');
    if numeral { format!("In {}, {bold}", reading.who) } else { bold }
}

/// Sentence 1: worse and worsened, or better and improved.
fn both_ways(reading: &Reading) -> Option<String> {
    let england = reading.england()?;
    let movement = reading.change.movement()?;
    let agree = matches!(
        (england.verdict.said(), movement.moved()),
        (Said::Worse, Moved::Worsened) | (Said::Better, Moved::Improved)
    );
    if !agree {
        return None;
    }
    let up = movement.way()? == Way::Up;
    let (phrase, side) =
        if up { (&reading.measure.phrases.more, "above") } else { (&reading.measure.phrases.less, "below") };
    match (phrase.is_empty(), phrase.contains(" share of ")) {
        (false, true) => return Some(format!("{phrase}, and it is {side} England's.")),
        (false, false) => return Some(format!("{phrase} than a year before, and than in England.")),
        _ => {}
    }
    let (to, value) = reading.measure.apart(reading.level.value()?, england.value?);
    Some(closed(&format!(
        "{} {} to {to}, {side} England's {value}",
        reading.measure.heading(),
        change::verb(movement.way()?)
    )))
}

/// The counted or tested change has no words within the budget: its trend, else nothing.
fn moved_apart(reading: &Reading) -> Option<String> {
    let movement = reading.history.trend.ok()?;
    let course = super::history::course(movement)?;
    Some(closed(&format!("{}: {course}", reading.measure.heading())))
}

/// Not told apart from England.
fn alike(reading: &Reading) -> Option<String> {
    let england = reading.england().filter(|england| england.verdict.said() == Said::Similar)?;
    let words = if matches!(england.size, Size::Slight(_)) { "close to England's" } else { "similar to England" };
    Some(closed(&format!("{}: {words}", reading.measure.heading())))
}

/// The figure and no more.
fn level(reading: &Reading) -> Option<String> {
    if let Level::Missing(_) = reading.level {
        return None;
    }
    let value = reading.measure.said(reading.level.value()?);
    let small = match super::alone(reading) {
        Some(why) if reading.level.is_doubted() => format!(", {why}"),
        Some(_) => ", on few cases".to_owned(),
        None => String::new(),
    };
    Some(closed(&format!("{}: {value} {}{small}", reading.measure.heading(), reading.period.at())))
}

/// The place, where it is surely near an end.
fn sure_place(reading: &Reading) -> String {
    match reading.place.ranked().map(|ranked| ranked.sure()) {
        Some(Sure::End { .. } | Sure::Quarter(1 | 4)) => place(reading),
        _ => String::new(),
    }
}
