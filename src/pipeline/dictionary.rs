//! `[dictionary]`: a list beside the return that says what its measures are, so that a long file of hundreds of them needs
//! no declaration for each.

use std::collections::BTreeMap;

use globset::GlobBuilder;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Measure;
use super::measure::Better;
use super::unit::Unit;
use crate::declaration::kind;

/// Where the measures of a long file are described: a file of the release, and its columns.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dictionary {
    /// The file's name in the release folder, as a glob; it may be the return's own.
    #[schemars(with = "kind::Glob")]
    pub file: Spanned<String>,
    /// The sheet's name, as a glob; the first sheet unless said.
    #[schemars(with = "Option<kind::Glob>")]
    pub sheet: Option<String>,
    /// The column with the word by which rows of the return call a measure.
    #[schemars(with = "kind::Column")]
    pub name: String,
    /// The column of its label; its name unless said.
    #[schemars(with = "Option<kind::Column>")]
    pub label: Option<String>,
    /// The column of its definition.
    #[schemars(with = "Option<kind::Column>")]
    pub definition: Option<String>,
    /// The column of the matter it is about.
    #[schemars(with = "Option<kind::Column>")]
    pub topic: Option<String>,
    /// The column that tells its unit, by `units`.
    #[schemars(with = "kind::Column")]
    pub unit: String,
    /// The column that tells which way is good, by `high` and `low`.
    #[schemars(with = "Option<kind::Column>")]
    pub better: Option<String>,
    /// The column of its decimal places.
    #[schemars(with = "Option<kind::Column>")]
    pub places: Option<String>,
    /// The column that tells what kind of year its periods are, by `identifiers`.
    #[schemars(with = "Option<kind::Column>")]
    pub period_identifier: Option<String>,
    /// Words that stand for nothing, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub blank: Vec<String>,
    /// The words for each unit, as globs.
    #[schemars(with = "kind::Keyed<Unit, Vec<kind::Glob>>")]
    pub units: BTreeMap<String, Vec<String>>,
    /// The words that say that high is good, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub high: Vec<String>,
    /// The words that say that low is good, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub low: Vec<String>,
    /// What a word of `period_identifier` is called here.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Cell, kind::Words>")]
    pub identifiers: BTreeMap<String, String>,
    /// The publisher's own table of the same measure, by the word that rows call it.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Cell, kind::OtherMeasure>")]
    pub first_hand: BTreeMap<String, String>,
}

/// A line of a dictionary: the texts of its cells, empty where they stand for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The word by which rows call the measure.
    pub word: String,
    /// Its label.
    pub label: String,
    /// Its definition.
    pub definition: String,
    /// The matter it is about.
    pub topic: String,
    /// What tells its unit.
    pub unit: String,
    /// What tells which way is good.
    pub better: String,
    /// Its decimal places.
    pub places: String,
    /// What kind of year its periods are.
    pub identifier: String,
}

impl Entry {
    /// Takes from another line about the same measure what this one does not say.
    pub fn join(&mut self, other: Entry) {
        let own = [
            &mut self.label,
            &mut self.definition,
            &mut self.topic,
            &mut self.unit,
            &mut self.better,
            &mut self.places,
            &mut self.identifier,
        ];
        let Entry { label, definition, topic, unit, better, places, identifier, .. } = other;
        for (own, other) in own.into_iter().zip([label, definition, topic, unit, better, places, identifier]) {
            if own.is_empty() {
                *own = other;
            }
        }
    }
}

impl Dictionary {
    /// A cell's text on one line, empty where it stands for nothing.
    pub fn said(&self, text: &str) -> String {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if fits(&self.blank, &text) { String::new() } else { text }
    }

    /// The unit that a word tells: one that names it to the letter, else the only one with a glob that it fits.
    fn unit(&self, word: &str) -> Result<Unit, Vec<&str>> {
        let of = |is: &dyn Fn(&Vec<String>) -> bool| {
            let fitting = self.units.iter().filter(|(_, words)| is(words));
            fitting.map(|(unit, _)| unit.as_str()).collect::<Vec<&str>>()
        };
        let exact = of(&|words| words.iter().any(|own| own.eq_ignore_ascii_case(word)));
        let units = if exact.is_empty() { of(&|words| fits(words, word)) } else { exact };
        match units.as_slice() {
            [only] => Unit::from_word(only).ok_or(units),
            _ => Err(units),
        }
    }

    /// The measure of a line, by its name in the table.
    ///
    /// # Errors
    /// The units that its word fits: none, or several.
    pub fn measure(&self, entry: &Entry) -> Result<(String, Measure), Vec<&str>> {
        let unit = self.unit(&entry.unit)?;
        let label = if entry.label.is_empty() { &entry.word } else { &entry.label };
        let better = match (fits(&self.high, &entry.better), fits(&self.low, &entry.better)) {
            (true, false) => Better::High,
            (false, true) => Better::Low,
            _ => Better::None,
        };
        let identifier = self.identifiers.get(&entry.identifier).unwrap_or(&entry.identifier);
        let measure = Measure {
            better,
            places: entry.places.parse().ok().filter(|places| *places <= 6),
            definition: entry.definition.clone(),
            topic: entry.topic.clone(),
            first_hand: self.first_hand.get(&entry.word).cloned(),
            word: entry.word.clone(),
            identifier: Some(identifier.clone()).filter(|identifier| !identifier.is_empty()),
            ..Measure::unlabelled(label.clone(), unit)
        };
        Ok((name(&entry.word), measure))
    }
}

/// Whether a text fits one of `globs`, in any case.
fn fits(globs: &[String], text: &str) -> bool {
    let fits = |glob: &String| {
        let matcher = GlobBuilder::new(glob).case_insensitive(true).build().map(|glob| glob.compile_matcher());
        glob.eq_ignore_ascii_case(text) || matcher.is_ok_and(|matcher| matcher.is_match(text))
    };
    globs.iter().any(fits)
}

/// A word of a publisher's as the name of a measure: `%_of LAC Adopted` is `pct_of_lac_adopted`.
fn name(word: &str) -> String {
    let spelt = word.replace('%', " pct ").replace('&', " and ").replace('+', " plus ").to_lowercase();
    let parts = spelt.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_of_measures() {
        let words = ["%_of LAC Adopted", "Level2Age19_E&M", "CPP_Total_Rateper10,000", "16-17 NEET", "LAC_Fixed_ Ex"];
        let names =
            ["pct_of_lac_adopted", "level2age19_e_and_m", "cpp_total_rateper10_000", "16_17_neet", "lac_fixed_ex"];
        assert_eq!(words.map(name), names);
    }
}
