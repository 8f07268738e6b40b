//! What numbers and words of a worked-out field are called.

use std::collections::BTreeMap;

use crate::pipeline::records::FieldRule;

/// What numbers and words are called.
#[derive(Clone, Debug, Default)]
pub(super) struct Dress {
    /// Numbers up to this one, lowest first.
    pub up_to: Vec<(f64, String)>,
    /// Numbers from this one on, highest first.
    pub from: Vec<(f64, String)>,
    pub each: Option<String>,
    pub missing: Option<String>,
    /// Words in small letters.
    pub labels: Vec<(String, String)>,
    pub other: Option<String>,
}

impl Dress {
    /// What a worked-out field says of its numbers and words.
    pub fn of(rule: &FieldRule) -> Dress {
        let bounds = |all: &BTreeMap<String, String>| {
            let mut bounds: Vec<(f64, String)> =
                all.iter().filter_map(|(bound, word)| Some((bound.parse().ok()?, word.clone()))).collect();
            bounds.sort_by(|a, b| a.0.total_cmp(&b.0));
            bounds
        };
        let mut from = bounds(&rule.from);
        from.reverse();
        let labels = rule.labels.iter().map(|(word, label)| (word.to_lowercase(), label.clone())).collect();
        Dress {
            up_to: bounds(&rule.up_to),
            from,
            // A bare band has the number for its word.
            each: rule.each.clone().or_else(|| rule.is_banded().then(|| "{}".to_owned())),
            missing: rule.missing.clone(),
            labels,
            other: rule.other.clone(),
        }
    }

    /// Whether it changes nothing.
    pub fn is_bare(&self) -> bool {
        self.up_to.is_empty()
            && self.from.is_empty()
            && self.each.is_none()
            && self.missing.is_none()
            && self.labels.is_empty()
            && self.other.is_none()
    }
}
