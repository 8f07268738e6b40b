//! The measures of a pipeline in the making: a key, a label and a unit for each column of figures.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::units::Unit;
use crate::intake::written::quoted;

/// A measure in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Drafted {
    /// Its name.
    pub key: String,
    /// Its label.
    pub label: String,
    /// Its unit, factor and decimals.
    pub unit: Unit,
    /// The keys of the counts it is made of.
    pub counts: Option<(String, String)>,
    /// Lines beside these, such as those of records.
    pub more: Vec<String>,
}

impl Drafted {
    /// The measure as a pipeline declares it.
    pub fn text(&self) -> String {
        let mut text =
            format!("\n[measures.{}]\nlabel = {}\nunit  = \"{}\"\n", self.key, quoted(&self.label), self.unit.word);
        // Writing to a String cannot fail.
        if let Some((numerator, denominator)) = &self.counts {
            let _ = writeln!(
                text,
                "numerator   = \"{numerator}\"\ndenominator = \"{denominator}\"\nprefer = \"published\""
            );
        }
        if let Some(places) = self.unit.places {
            let _ = writeln!(text, "places = {places}");
        }
        for line in &self.more {
            let _ = writeln!(text, "{line}");
        }
        text
    }
}

/// A header as the name of a measure: lower case letters, digits and `_`, and none that is taken.
pub fn key(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut key: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    while key.contains("__") {
        key = key.replace("__", "_");
    }
    let cut: String = key.trim_matches('_').chars().take(60).collect();
    let key = match cut.trim_matches('_') {
        "" => "measure".to_owned(),
        key => key.to_owned(),
    };
    let mut unique = key.clone();
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{key}_{number}");
        number += 1;
    }
    unique
}
