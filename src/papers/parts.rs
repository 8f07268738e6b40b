//! Measures of which only parts are published: by which topic an authority has figures where it has none of the whole.
//!
//! In: the published tables. Out: a topic, and the sentence that says so. A table is read once a measure, and only where a paper
//! lacks its figure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use crate::area::{LaCode, Level};
use crate::finding::Error;
use crate::publish::Only;
use crate::schema::{TOTAL, column, view};
use crate::shown::{list, within};
use crate::store::{Catalogue, Found};

view! {
    /// Who has a figure about what.
    struct Columns {
        level: Words Level,
        la: Words LaCode,
        topic: Words BreakdownTopic,
        value: Numbers Value,
        latest: Truths Latest,
    }
}

/// By authority, the topics that it has figures of, the whole left out.
type Topics = BTreeMap<String, BTreeSet<String>>;

/// What has been looked up so far, by table and measure.
#[derive(Default)]
pub struct Parts {
    known: Mutex<BTreeMap<(String, String), Topics>>,
}

impl Parts {
    /// The topic by which an authority has figures of a measure, the simplest first; none where it has none.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn topic(&self, found: &Found<'_>, who: LaCode, catalogue: &Catalogue) -> Result<Option<String>, Error> {
        let key = (found.table.to_owned(), found.name.to_owned());
        let who = who.to_string();
        // A thread that broke off while it looked has put nothing in.
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let topics = match known.entry(key) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(looked_up(found, catalogue)?),
        };
        let simple = |topic: &&String| (topic.matches(", ").count(), topic.len());
        Ok(topics.get(&who).and_then(|topics| topics.iter().min_by_key(simple)).cloned())
    }
}

/// Who has figures of a measure by which topics.
fn looked_up(found: &Found<'_>, catalogue: &Catalogue) -> Result<Topics, Error> {
    let name = [found.name.to_owned()];
    let frame = catalogue.pick(found.table, Columns::LAYOUT, &[Only::of(column::Measure, &name)])?;
    let columns = Columns::of(&frame).map_err(super::broken)?;
    let mut topics = Topics::new();
    // A school has the code of its authority.
    let is_own = |row: usize| columns.level.word(row) == Level::Authority.word();
    let has = |row: &usize| !columns.value[*row].is_nan() && columns.latest.get_bit(*row) && is_own(*row);
    for row in (0..frame.height()).filter(has) {
        let (la, topic) = (columns.la.word(row), columns.topic.word(row));
        if topic != TOTAL && !topics.get(la).is_some_and(|known| known.contains(topic)) {
            topics.entry(la.to_owned()).or_default().insert(topic.to_owned());
        }
    }
    Ok(topics)
}

/// `For Reading there are figures by age only: appeals and mediations.`, a sentence a topic.
pub fn sentences(who: &str, measures: &[(String, String)]) -> Vec<String> {
    let mut topics: Vec<&str> = Vec::new();
    for (topic, _) in measures {
        if !topics.contains(&topic.as_str()) {
            topics.push(topic);
        }
    }
    let sentence = |topic: &str| {
        let of: Vec<String> =
            measures.iter().filter(|(known, _)| known == topic).map(|(_, label)| within(label)).collect();
        let by = topic.split(", ").map(within).collect::<Vec<_>>();
        format!("For {who} there are figures by {} only: {}.", list(&by), list(&of))
    };
    topics.into_iter().map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn what_is_published_in_parts_is_said_a_topic_a_sentence() {
        let of = |topic: &str, label: &str| (topic.to_owned(), label.to_owned());
        let told = sentences(
            "Reading",
            &[of("Age", "Appeals"), of("Care group, Need", "EHC plans by need"), of("Age", "Mediations")],
        );
        assert_eq!(
            told,
            [
                "For Reading there are figures by age only: appeals and mediations.",
                "For Reading there are figures by care group and need only: EHC plans by need."
            ]
        );
    }
}
