//! The key messages: chosen and ordered by what the board asked for, how much a measure matters and how sure its reading is.

use crate::publish::document::{Message, Picture};
use crate::reading::{Age, Reading, When, words};

use super::item::Item;

/// The most messages of a paper.
pub const MOST: usize = 6;
/// The fewest of a paper that has figures enough.
pub const FEWEST: usize = 3;
/// Below this score nothing is a message unless a slot asks for it, or there would be too few.
const LEAST: f64 = 0.2;

/// The chosen messages, each with the items that it speaks of, the first of them its own.
pub struct Picked<'i, 'a> {
    /// The items, in the order of the messages.
    pub items: Vec<(&'i Item<'a>, Option<&'i Item<'a>>)>,
    /// Those that the board asked about.
    leads: Vec<&'i Item<'a>>,
}

/// The items worth a message, in order: those the board asked about, then by score; the best good and the best bad news are
/// always among them, and how many people it is about.
/// Where the items are too few, `spare` ones speak.
pub fn pick<'i, 'a>(
    (items, spare): (&'i [Item<'a>], &'i [Item<'a>]),
    lead: &dyn Fn(&Item<'a>) -> bool,
) -> Picked<'i, 'a> {
    let mut ranked: Vec<&Item<'a>> = items.iter().filter(|item| item.is_news() && item.own.is_none()).collect();
    ranked.sort_by(|one, other| score(other).total_cmp(&score(one)));
    let (leads, others): (Vec<&Item<'a>>, Vec<&Item<'a>>) = ranked.into_iter().partition(|item| lead(item));
    let asked: Vec<&Item<'a>> =
        items.iter().filter(|item| leads.iter().any(|lead| std::ptr::eq(*lead, *item))).collect();
    let mut picked = Picked { items: Vec::new(), leads: asked.clone() };
    picked.items.extend(asked.into_iter().map(|item| (item, None)));
    let wanted = slots(&others, &leads);
    for item in &others {
        // A count and its rate per head are one message.
        if picked.has_twin(item) {
            continue;
        }
        let slot = wanted.iter().any(|one| std::ptr::eq(*one, *item));
        let room = MOST.saturating_sub(wanted.iter().filter(|one| !picked.has(one)).count());
        if slot || (score(item) >= LEAST && picked.items.len() < room) || picked.topic(item).is_some() {
            picked.take(item);
        }
    }
    picked.fill(&others);
    picked.fill(&spare.iter().filter(|item| item.is_news()).collect::<Vec<_>>());
    picked.items.truncate(MOST);
    picked
}

/// What makes a reading fill a slot.
type Test = fn(&Reading) -> bool;

/// The best of the good news, the best of the bad, and one count that says how many people it is about.
fn slots<'i, 'a>(others: &[&'i Item<'a>], leads: &[&Item<'a>]) -> Vec<&'i Item<'a>> {
    let held = |test: Test| leads.iter().any(|lead| test(&lead.reading));
    let best = |test: Test| others.iter().copied().find(|item| test(&item.reading));
    let mut slots: Vec<&'i Item<'a>> = Vec::new();
    let wanted: [&[Test]; 3] =
        [&[Reading::is_better, Reading::has_improved], &[Reading::is_worse, Reading::has_worsened], &[is_big]];
    for tests in wanted {
        if !tests.iter().any(|test| held(*test))
            && let Some(item) = tests.iter().find_map(|test| best(*test))
            && !slots.iter().any(|known| std::ptr::eq(*known, item))
        {
            slots.push(item);
        }
    }
    slots
}

/// A number of people.
fn is_big(reading: &Reading) -> bool {
    reading.measure.is_amount() && reading.measure.importance > 0
}

/// How much a measure matters, times how much its reading says for sure.
pub fn score(item: &Item<'_>) -> f64 {
    item.reading.score()
}

impl<'i, 'a> Picked<'i, 'a> {
    /// Takes an item as a message of its own, or as one sentence more of its topic's; a third of a topic is none.
    fn take(&mut self, item: &'i Item<'a>) {
        match self.topic(item) {
            Some(at) if self.items[at].1.is_none() => self.items[at].1 = Some(item),
            Some(_) => {}
            None => self.items.push((item, None)),
        }
    }

    /// Adds what says less, until the messages are enough: other topics first, then more of the same.
    fn fill(&mut self, others: &[&'i Item<'a>]) {
        let weighs = |item: &&&'i Item<'a>| item.reading.measure.importance > 0;
        for item in others.iter().filter(weighs) {
            if self.items.len() < FEWEST && self.topic(item).is_none() && !self.has_twin(item) {
                self.items.push((*item, None));
            }
        }
        for item in others.iter().filter(weighs) {
            let told = self.has_twin(item) || self.items.iter().any(|(one, _)| std::ptr::eq(*one, *item));
            if self.items.len() < FEWEST && !told {
                // It has a message of its own, so none of another's.
                self.items.iter_mut().for_each(|(_, second)| *second = second.filter(|one| !std::ptr::eq(*one, *item)));
                self.items.push((*item, None));
            }
        }
    }

    /// The message of the item's topic.
    fn topic(&self, item: &Item<'_>) -> Option<usize> {
        self.items.iter().position(|(one, _)| one.reading.measure.topic == item.reading.measure.topic)
    }

    /// Whether the rate of the count, or the count of the rate, has a message.
    fn has_twin(&self, item: &Item<'_>) -> bool {
        let (wanted, rate) = (&item.chosen, item.chosen.rate.is_some());
        let same = |one: &Item<'_>| (one.chosen.table, one.chosen.name) == (wanted.table, wanted.name);
        self.items.iter().any(|(one, _)| same(one) && one.chosen.rate.is_some() != rate)
    }

    fn has(&self, item: &Item<'_>) -> bool {
        self.items
            .iter()
            .any(|(one, second)| std::ptr::eq(*one, item) || second.is_some_and(|second| std::ptr::eq(second, item)))
    }

    /// The messages in words.
    pub fn messages(&self, items: &[Item<'_>], mark: &dyn Fn(words::Shape) -> Option<Picture>) -> Vec<Message> {
        let one = |(tag, bold, rest): (words::Tag, String, String)| Message {
            mark: mark(tag.shape),
            word: tag.word.to_owned(),
            bold,
            rest,
        };
        let mut messages = Vec::new();
        if let Some(old) = items.iter().find(|item| item.is_news() && item.reading.age == Age::Stale) {
            let tag = words::Tag { word: "Note", shape: words::Shape::Dash };
            let fresh = items.iter().any(|item| item.is_news() && item.reading.age == Age::Fresh);
            let bold = if fresh { "Most of these figures are old." } else { "These figures are old." };
            messages.push(one((tag, bold.to_owned(), words::stale(&old.reading))));
        }
        for (item, second) in &self.items {
            let more = second.map(|second| words::addition(&second.reading)).unwrap_or_default();
            let headcount = rate_of(item, items).and_then(|rate| words::headcount(&rate.reading, &item.reading));
            let words::Message { tag, bold, rest } =
                headcount.unwrap_or_else(|| words::message_with(&item.reading, &more));
            messages.push(one((tag, bold, rest)));
            if let Some((tag, bold, rest)) =
                turned(&item.reading).filter(|_| self.leads.iter().any(|lead| std::ptr::eq(*lead, *item)))
            {
                messages.push(one((tag, bold, rest)));
            }
        }
        let published = items.iter().filter(|item| item.is_news() && item.own.is_none());
        let all: Vec<&Reading> = published.map(|item| &item.reading).collect();
        if let Some(sentence) = words::best_and_worst(&all).filter(|_| !all.is_empty()) {
            let tag = words::Tag { word: "Note", shape: words::Shape::Dash };
            messages.truncate(MOST - 1);
            messages.push(one((tag, sentence.to_owned(), String::new())));
        }
        messages.truncate(MOST);
        messages
    }
}

/// The rate per head that a count makes.
fn rate_of<'i, 'a>(item: &Item<'_>, items: &'i [Item<'a>]) -> Option<&'i Item<'a>> {
    items
        .iter()
        .find(|rate| rate.chosen.rate.is_some_and(|(rate, _)| rate.is_of(&item.chosen.found())))
        .filter(|_| item.chosen.rate.is_none())
}

/// A turn of a measure is a message of its own, unless it is the change that its message tells of.
fn turned(reading: &Reading) -> Option<(words::Tag, String, String)> {
    let is_told = |from: &When| reading.change.from().is_some_and(|(before, _)| before == from);
    let turn =
        reading.history.turn.as_ref().filter(|turn| !turn.path.first().is_some_and(|(from, _)| is_told(from)))?;
    Some((words::tag_of_change(turn.movement.moved())?, words::turning(reading)?, words::turn(reading)?))
}
