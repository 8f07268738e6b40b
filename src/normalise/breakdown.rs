//! A row's filters to a topic and a breakdown, with every spelling of "Total" made one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Shared;
use super::map::{FilterColumn, Map, Pattern, glob};
use crate::area::fold;
use crate::grid::TextTable;
use crate::pipeline::{Pipeline, ReleaseBlock};
use crate::schema::TOTAL;
use crate::text::lowered;

/// Labels and totals of one block.
pub struct Vocabulary {
    labels: Vec<(String, BTreeMap<String, String>)>,
    totals: Vec<Pattern>,
}

impl Vocabulary {
    /// The words of `pipeline` and `block`.
    pub fn of(pipeline: &Pipeline, block: &ReleaseBlock) -> Vocabulary {
        let own = block.labels.iter().chain(&pipeline.labels);
        let labels = own.map(|(column, words)| (column.to_lowercase(), folded(words))).collect();
        let totals = pipeline.totals.iter().chain(&block.totals).map(|text| glob(text)).collect();
        Vocabulary { labels, totals }
    }

    /// The words of `pipeline`, `block` and one table of records, whose fields `pipeline` calls `TABLE.FIELD` or by
    /// their own name.
    pub(super) fn of_table(
        pipeline: &Pipeline,
        block: &ReleaseBlock,
        table: &str,
        own: &BTreeMap<String, BTreeMap<String, String>>,
    ) -> Vocabulary {
        let rest = Vocabulary::of(pipeline, block);
        let own = own.iter().map(|(field, words)| (field.to_lowercase(), folded(words)));
        let of_others = rest.labels.into_iter().map(|(field, words)| {
            let bare = field.split_once('.').filter(|(named, _)| named.eq_ignore_ascii_case(table));
            (bare.map_or(field.clone(), |(_, bare)| bare.to_owned()), words)
        });
        Vocabulary { labels: own.chain(of_others).collect(), totals: rest.totals }
    }

    /// Whether the label map of `column` has `text`.
    pub fn is_labelled(&self, column: &str, text: &str) -> bool {
        let folded = fold(text.trim());
        let of_column = self.labels.iter().filter(|(name, _)| name.eq_ignore_ascii_case(column));
        of_column.into_iter().any(|(_, words)| words.contains_key(&folded) || words.contains_key(text.trim()))
    }

    /// What the publisher's `text` in `column` is called here; the block's own labels come first.
    pub fn label<'a>(&'a self, column: &str, text: &'a str) -> &'a str {
        let text = text.trim();
        let folded = fold(text);
        self.labels
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(column))
            .find_map(|(_, words)| {
                words.get(&folded).or_else(|| words.get(text)).or_else(|| words.get(&fold(&lowered(text))))
            })
            .map_or(text, String::as_str)
    }

    /// The folded texts of `column` with what they are called here; of equal ones the first holds.
    pub fn labels(&self, column: &str) -> Vec<(String, String)> {
        let of_column = self.labels.iter().filter(|(name, _)| name.eq_ignore_ascii_case(column));
        of_column.flat_map(|(_, words)| words.iter().map(|(from, to)| (from.clone(), to.clone()))).collect()
    }

    /// What the table calls `text` in `column`; every spelling of "Total" is one.
    pub fn called<'a>(&'a self, column: &str, text: &'a str) -> &'a str {
        let label = self.label(column, text);
        if self.is_total(label) { TOTAL } else { label }
    }

    /// Whether `text` is a spelling of "Total".
    pub fn is_total(&self, text: &str) -> bool {
        let folded = fold(text);
        folded == "total" || folded == "all" || self.totals.iter().any(|glob| glob.is_match(text.trim()))
    }
}

/// Words by what they are called, each in the one spelling that all are looked up by.
fn folded(words: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    words.iter().map(|(from, to)| (fold(from), to.clone())).collect()
}

/// Topic and breakdown of a row, by number.
pub(super) type Pair = (u32, u32);

/// Reads the breakdown of every row; equal texts are looked up once.
pub(super) struct Breakdowns<'a> {
    vocabulary: Vocabulary,
    filters: &'a [FilterColumn],
    pair: Option<(usize, usize)>,
    names: Vec<String>,
    variant_topic: String,
    known: FxHashMap<String, Pair>,
}

impl<'a> Breakdowns<'a> {
    pub fn new(pipeline: &Pipeline, block: &ReleaseBlock, map: &'a Map, table: &TextTable) -> Breakdowns<'a> {
        Breakdowns {
            vocabulary: Vocabulary::of(pipeline, block),
            filters: &map.filters,
            pair: map.pair,
            names: table.names().map(str::to_owned).collect(),
            variant_topic: block.topic.clone().unwrap_or_else(|| "Breakdown".to_owned()),
            known: FxHashMap::default(),
        }
    }

    /// The breakdown of a row: `text` gives the cell of a column, `variant` the breakdown in the header.
    pub fn of<'t>(&mut self, text: &dyn Fn(usize) -> &'t str, variant: Option<&str>, shared: &mut Shared) -> Pair {
        let mut key = String::with_capacity(64);
        let columns = self
            .filters
            .iter()
            .map(|filter| filter.column)
            .chain(self.pair.into_iter().flat_map(|(topic, breakdown)| [topic, breakdown]));
        for column in columns {
            key.push_str(text(column));
            key.push('\u{1f}');
        }
        key.push_str(variant.unwrap_or_default());
        if let Some(pair) = self.known.get(&key) {
            return *pair;
        }
        for filter in self.filters {
            shared.heard.note(&self.names[filter.column], text(filter.column));
        }
        for column in self.pair.into_iter().flat_map(|(topic, breakdown)| [topic, breakdown]) {
            shared.heard.note(&self.names[column], text(column));
        }
        if let Some(variant) = variant {
            shared.heard.note("breakdown", variant);
        }
        let parts = self.parts(text, variant);
        let (topic, breakdown) = if parts.is_empty() {
            (TOTAL.to_owned(), TOTAL.to_owned())
        } else {
            let join = |pick: fn(&(String, String)) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join(", ");
            (join(|part| &part.0), join(|part| &part.1))
        };
        let pair = (shared.topic.code(&topic), shared.breakdown.code(&breakdown));
        self.known.insert(key, pair);
        pair
    }

    /// The topic and breakdown of each filter that is not a total.
    fn parts<'t>(&self, text: &dyn Fn(usize) -> &'t str, variant: Option<&str>) -> Vec<(String, String)> {
        let words = &self.vocabulary;
        let mut parts = Vec::new();
        if let Some((topic, breakdown)) = self.pair {
            let (raw_topic, raw_breakdown) = (text(topic), text(breakdown));
            let whole =
                fold(raw_topic) == fold(raw_breakdown) || words.is_total(raw_topic) && words.is_total(raw_breakdown);
            if !whole {
                let label = words.label(&self.names[breakdown], raw_breakdown);
                let label = if words.is_total(label) { TOTAL } else { label };
                parts.push((words.label(&self.names[topic], raw_topic).to_owned(), label.to_owned()));
            }
        }
        for filter in self.filters {
            let label = words.label(&self.names[filter.column], text(filter.column));
            if !words.is_total(label) {
                parts.push((filter.topic.clone(), label.to_owned()));
            }
        }
        if let Some(variant) = variant {
            let label = words.label("breakdown", variant);
            if !words.is_total(label) {
                parts.push((self.variant_topic.clone(), label.to_owned()));
            }
        }
        parts
    }
}
