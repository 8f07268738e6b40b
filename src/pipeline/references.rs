//! What the names in a pipeline refer to: each must lead somewhere in the same file, whether it is used or not.
//!
//! In: a pipeline with its texts. Out: the names that lead nowhere, each with the likely one. What only the data can
//! tell (a column, a topic, a release) is said when the data is there.

use std::collections::BTreeSet;

use super::record_names::Known;
use super::{Columns, Pipeline, ReleaseBlock, Shape};
use crate::declaration::{Kind, Mention, Mistake};
use crate::period::Period;

/// What `columns` maps where a column names the measure.
pub(super) const ROLES: [&str; 3] = ["value", "numerator", "denominator"];

/// The names of a pipeline, by what refers to them.
pub(super) struct Names<'p> {
    pipeline: &'p Pipeline,
    /// Whether columns that nobody names become measures, so that not all measures are known.
    open: bool,
    /// What rules of records can refer to.
    known: Known,
}

impl<'p> Names<'p> {
    /// The names of `pipeline`.
    pub fn of(pipeline: &'p Pipeline) -> Names<'p> {
        let indicators = pipeline.releases.iter().any(|block| block.indicators.is_some());
        // Measures that only a dictionary describes are known when it is read.
        let open = indicators || pipeline.dictionary.is_some();
        Names { pipeline, open, known: Known::of(pipeline) }
    }

    /// Every name of `mentions` that leads nowhere.
    pub fn mistakes(&self, mentions: &[Mention]) -> Vec<Mistake> {
        mentions.iter().filter_map(|mention| self.mistake(mention)).collect()
    }

    /// The fields that names can refer to.
    fn fields(&self) -> impl Iterator<Item = &str> {
        self.known.fields.iter().map(String::as_str)
    }

    fn mistake(&self, mention: &Mention) -> Option<Mistake> {
        match mention.kind {
            Kind::Measure => self.measure(mention),
            Kind::Count => self.count(mention),
            Kind::Key => self.key(mention),
            Kind::Mapped => self.mapped(mention),
            Kind::Field => self.field(mention),
            Kind::Marked => self.marked(mention),
            Kind::Topic => self.topic(mention, &mention.word),
            Kind::Slice => self.topic(mention, mention.word.split('=').next()?),
            Kind::Labelled => self.labelled(mention),
            Kind::Filter => self.filter(mention),
            Kind::ReleaseName => self.release(mention),
            Kind::Period => self.period(mention, &mention.word, ""),
            Kind::BlockPeriod => self.block_period(mention),
            _ => self.known.mistake(mention, &self.pipeline.releases),
        }
    }

    /// The block that a name stands in.
    fn block(&self, mention: &Mention) -> Option<&'p ReleaseBlock> {
        mention.is_under(&["release"]).then(|| self.pipeline.releases.get(mention.number()?)).flatten()
    }

    /// The blocks that a name is about: the one it stands in, or all of them.
    fn blocks(&self, mention: &Mention) -> Vec<&'p ReleaseBlock> {
        self.block(mention).map_or_else(|| self.pipeline.releases.iter().collect(), |block| vec![block])
    }

    fn measure(&self, mention: &Mention) -> Option<Mistake> {
        let known = &self.pipeline.measures;
        (!self.open && !known.contains_key(&mention.word)).then(|| {
            let help = "name a measure that is declared under `[measures]`";
            Mistake::unknown(mention, "no measure of the table", known.keys().map(String::as_str), help)
        })
    }

    /// A numerator or denominator must be mapped by a block.
    fn count(&self, mention: &Mention) -> Option<Mistake> {
        let role = mention.last();
        let maps = |block: &ReleaseBlock| {
            let key = if block.measure_column.is_some() { role } else { mention.word.as_str() };
            block.columns.contains_key(key)
        };
        if self.open || self.pipeline.shape == Shape::Records || self.pipeline.releases.iter().any(maps) {
            return None;
        }
        let help = "map it under `columns` in a `[[release]]` block, or take it out";
        Some(Mistake::unknown(mention, "mapped by no block", self.fields(), help))
    }

    /// A key of `columns` must be of use to a measure.
    fn key(&self, mention: &Mention) -> Option<Mistake> {
        let block = self.block(mention)?;
        let word = mention.word.as_str();
        if block.measure_column.is_some() {
            let help = format!("the keys of such a block are {}", ROLES.join(", "));
            return (!ROLES.contains(&word))
                .then(|| Mistake::unknown(mention, "no key of a block with `measure_column`", ROLES, help));
        }
        let keys = self.pipeline.keys();
        (self.pipeline.shape == Shape::Areas && !keys.contains(&word)).then(|| {
            let help = format!("declare `[measures.{word}]`, or take the line out");
            Mistake::unknown(mention, "neither a measure nor a numerator or denominator of one", keys, help)
        })
    }

    /// A factor is for a key that its block maps.
    fn mapped(&self, mention: &Mention) -> Option<Mistake> {
        let block = self.block(mention)?;
        let keys: Vec<&str> = match block.measure_column {
            Some(_) => self.pipeline.keys(),
            None => block.columns.keys().map(String::as_str).collect(),
        };
        (!keys.contains(&mention.word.as_str())).then(|| {
            let help = "name a key that the same block maps under `columns`";
            Mistake::unknown(mention, "mapped by its block to no column", keys, help)
        })
    }

    fn field(&self, mention: &Mention) -> Option<Mistake> {
        (!self.known.fields.contains(mention.word.as_str())).then(|| {
            let help = "map it under `columns` in a `[[release]]` block, or work it out under `[field]`";
            Mistake::unknown(mention, "a field that no block maps", self.fields(), help)
        })
    }

    /// A field that is only marked is there to be counted by.
    fn marked(&self, mention: &Mention) -> Option<Mistake> {
        let asks = |other: &&Mention| other.kind == Kind::Field && !other.is_under(&["predecessor"]);
        let used: Vec<&str> = self.pipeline.mentions.iter().filter(asks).map(|other| other.word.as_str()).collect();
        let mapped = self.pipeline.releases.iter().any(|block| block.columns.contains_key(&mention.word));
        (!mapped && !used.contains(&mention.word.as_str())).then(|| {
            let help = "use it in a `count`, `of` or `by`, or take it out";
            Mistake::unknown(mention, "a field that nothing counts by", used, help)
        })
    }

    /// The topics of records are their fields; those of areas may stand in the data alone.
    fn topic(&self, mention: &Mention, topic: &str) -> Option<Mistake> {
        if mention.word.is_empty() || self.pipeline.shape == Shape::Areas {
            return None;
        }
        let known: Vec<String> = self.pipeline.by.iter().map(|fields| super::topic_of(fields)).collect();
        (!known.iter().any(|known| known == topic)).then(|| {
            let help = "name the fields of an entry of `by`, each with a capital and blanks for `_`";
            let word = Mention { word: topic.to_owned(), ..mention.clone() };
            Mistake::unknown(&word, "no topic of the table", known.iter().map(String::as_str), help)
        })
    }

    /// Labels are given to a column that breaks figures down, or to a field.
    fn labelled(&self, mention: &Mention) -> Option<Mistake> {
        let blocks = self.blocks(mention);
        if blocks.iter().any(|block| block.is_open()) || mention.word == "period" {
            return None;
        }
        let known: BTreeSet<&str> = match self.pipeline.shape {
            Shape::Records => self.fields().collect(),
            Shape::Areas => blocks.iter().flat_map(|block| block.breaking_down()).collect(),
        };
        (!known.iter().any(|known| known.eq_ignore_ascii_case(&mention.word))).then(|| {
            let help = "name a column of `filters` or `breakdown`, `breakdown` for a part of a header, or a field";
            Mistake::unknown(mention, "no column that breaks figures down", known, help)
        })
    }

    /// A topic is named for a filter.
    fn filter(&self, mention: &Mention) -> Option<Mistake> {
        let block = self.block(mention).filter(|block| !block.is_open())?;
        let known: Vec<&str> = block.filters.iter().map(|name| name.get_ref().as_str()).collect();
        (!known.iter().any(|known| known.eq_ignore_ascii_case(&mention.word))).then(|| {
            let help = "name a column of `filters`";
            Mistake::unknown(mention, "no column of `filters`", known, help)
        })
    }

    /// A release that is corrected must be one that a block holds for; one that is fetched may be looked at first.
    fn release(&self, mention: &Mention) -> Option<Mistake> {
        let named = super::Release::new(mention.word.as_str());
        if !mention.is_under(&["correction"]) || self.pipeline.block(&named).is_some() {
            return None;
        }
        let known: Vec<&str> = self.pipeline.releases.iter().map(|block| block.from.get_ref().as_str()).collect();
        let help = "name a release from the first block's `from` on";
        Some(Mistake::unknown(mention, "a release that no block holds for", known, help))
    }

    fn period(&self, mention: &Mention, text: &str, identifier: &str) -> Option<Mistake> {
        if text.is_empty() {
            return None;
        }
        let message = Period::parse(text, identifier, self.pipeline.period_ends).err()?;
        let releases: Vec<&str> = self.pipeline.releases.iter().map(|block| block.from.get_ref().as_str()).collect();
        let unknown = Mistake::unknown(mention, "no period", releases, "write it as the publisher does");
        Some(Mistake { message: format!("{}: {message}", mention.shown()), ..unknown })
    }

    fn block_period(&self, mention: &Mention) -> Option<Mistake> {
        let block = self.block(mention)?;
        let rest = mention.word.replace("{release}", "");
        if let Some((_, rest)) = rest.split_once('{') {
            let word = rest.split('}').next().unwrap_or_default();
            let message = format!("{}: `{{{word}}}` stands for nothing", mention.shown());
            return Some(Mistake::new(mention.span.clone(), message, "did you mean `{release}`?"));
        }
        let identifier = block.period_identifier.as_deref().unwrap_or_default();
        let first = mention.word.replace("{release}", block.from.get_ref().as_str());
        let any = mention.word.replace("{release}", "2024");
        // The folder that a block begins with need not be there; a year in its place is what most are.
        self.period(mention, &first, identifier).and_then(|_| self.period(mention, &any, identifier))
    }
}

impl ReleaseBlock {
    /// Whether the columns that break figures down may be known from the file alone.
    fn is_open(&self) -> bool {
        self.indicators.is_some() || self.format == super::Format::Ees
    }

    /// Whether a part of a header is a breakdown.
    pub(super) fn breaks_down_by_header(&self) -> bool {
        let held = |columns: &Columns| columns.0.iter().any(|name| name.contains("{breakdown}"));
        self.columns.values().any(|columns| held(columns.get_ref()))
    }

    /// The columns that break figures down, and `breakdown` where a part of a header does.
    fn breaking_down(&self) -> impl Iterator<Item = &str> {
        let header = self.breaks_down_by_header().then_some("breakdown");
        self.filters.iter().chain(&self.breakdown).map(|name| name.get_ref().as_str()).chain(header)
    }
}
