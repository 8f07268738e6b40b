//! The published comparisons of the measures at hand, looked up by measure and breakdown.

use rustc_hash::FxHashMap;

use super::Found;
use super::columns::{Columns, Rows};
use super::slice::Slice;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::schema::TOTAL;

/// The comparisons that were read.
pub struct Compared<'a> {
    columns: Columns<'a>,
    /// By codes of table, measure, topic and breakdown.
    slices: FxHashMap<[usize; 4], Rows>,
}

impl<'a> Compared<'a> {
    /// The columns that are read for it.
    pub const LAYOUT: crate::schema::Layout = Columns::LAYOUT;

    /// Looks the rows of `frame` up.
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame) -> Result<Compared<'a>, Finding> {
        let columns = Columns::of(frame)?;
        let mut slices: FxHashMap<[usize; 4], Rows> = FxHashMap::default();
        for row in 0..frame.height() {
            let key = [&columns.table, &columns.measure, &columns.topic, &columns.breakdown];
            let key = key.map(|words| words.codes.get(row));
            slices.entry(key).or_default().by.entry(columns.la.codes.get(row)).or_default().push(row as u32);
        }
        Ok(Compared { columns, slices })
    }

    /// One measure about one breakdown; empty where nothing was read of it.
    pub fn slice<'s>(&'s self, found: Found<'s>, topic: &str, breakdown: &str) -> Slice<'s> {
        let columns = &self.columns;
        let words = [
            (&columns.table, found.table),
            (&columns.measure, found.name),
            (&columns.topic, topic),
            (&columns.breakdown, breakdown),
        ];
        let mut key = [0; 4];
        let known = key
            .iter_mut()
            .zip(words)
            .all(|(slot, (column, word))| column.code(word).inspect(|code| *slot = *code).is_some());
        let rows = known.then(|| self.slices.get(&key)).flatten();
        let about = rows.map_or(("", ""), |_| (columns.topic.words[key[2]], columns.breakdown.words[key[3]]));
        Slice::new(found, about, columns, rows)
    }

    /// The measure as a whole; where a table has no figures of the whole, the part that is declared to stand for it.
    pub fn whole<'s>(&'s self, found: Found<'s>) -> Slice<'s> {
        let (topic, breakdown) = self.whole_is(&found);
        self.slice(found, topic, breakdown)
    }

    /// The topic and breakdown that the measure as a whole stands under. Charts, papers and pages all ask here.
    pub fn whole_is<'f>(&self, found: &Found<'f>) -> (&'f str, &'f str) {
        found.measure.whole(!self.slice(*found, TOTAL, TOTAL).periods().is_empty())
    }

    /// The breakdowns of a topic that anything was read of, in order.
    pub fn breakdowns(&self, found: &Found<'_>, topic: &str) -> Vec<&'a str> {
        let columns = &self.columns;
        let codes = [columns.table.code(found.table), columns.measure.code(found.name), columns.topic.code(topic)];
        let mut known: Vec<usize> = self
            .slices
            .keys()
            .filter(|key| codes.iter().zip(*key).all(|(wanted, code)| *wanted == Some(*code)))
            .map(|key| key[3])
            .collect();
        known.sort_unstable();
        known.into_iter().map(|code| columns.breakdown.words[code]).collect()
    }
}
