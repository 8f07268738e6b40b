//! What is measured of each record: whether it is counted, what it is counted out of, which number it brings.

use super::compile::Compiler;
use super::machine::{Check, Known};
use super::plan::Rule;
use super::value::MISSING;
use crate::finding::Place;
use crate::pipeline::Measure;

/// What is made of the records that are counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// How many there are, or which share of those that they are out of.
    Count,
    /// The sum of a number.
    Sum,
    /// The mean of a number, of those that have one.
    Mean,
    /// The value that so many of 100 do not exceed, of those that have a number.
    Percentile(f64),
}

impl Kind {
    /// What is made of the records of a measure, and the field with their number.
    pub fn of(measure: &Measure) -> (Kind, Option<&str>) {
        match measure {
            Measure { percentile: Some(percentile), .. } => {
                (Kind::Percentile(percentile.at), Some(percentile.of.as_str()))
            }
            Measure { median: Some(field), .. } => (Kind::Percentile(50.0), Some(field.as_str())),
            Measure { mean: Some(field), .. } => (Kind::Mean, Some(field.as_str())),
            Measure { sum: Some(field), .. } => (Kind::Sum, Some(field.as_str())),
            _ => (Kind::Count, None),
        }
    }
}

/// A measure, ready to be taken of records.
pub(super) struct Gauge<'p> {
    pub name: &'p str,
    pub measure: &'p Measure,
    pub kind: Kind,
    /// The node of its number.
    pub number: Option<usize>,
    /// Which records are counted, and those that they are counted out of.
    pub rules: (Rule, Option<Rule>),
    count: Check,
    of: Option<Check>,
    /// Records that should bring a number and have none, and the first of them.
    pub unsummed: Option<(usize, Place)>,
}

/// What a record is to a measure.
#[derive(Clone, Copy, Default)]
pub(super) struct Taken {
    /// Whether it is counted, and whether it is among those counted out of.
    pub sides: [bool; 2],
    /// The number it brings, undivided.
    pub number: f64,
}

impl<'p> Gauge<'p> {
    /// The measure, where the release maps what it asks for.
    pub fn of(compiler: &mut Compiler<'_, '_>, name: &'p str, measure: &'p Measure) -> Option<Gauge<'p>> {
        let asked = measure.count.asked().into_iter().chain(measure.of.iter().flat_map(|of| of.asked()));
        let (kind, field) = Kind::of(measure);
        for field in asked.chain(field) {
            compiler.field(field)?;
        }
        let number = field.and_then(|field| compiler.field(field));
        let rules =
            (compiler.condition(&measure.count), measure.of.as_ref().map(|condition| compiler.condition(condition)));
        Some(Gauge::ready(name, measure, (kind, number), rules))
    }

    /// The measure by its rules.
    pub fn ready(
        name: &'p str,
        measure: &'p Measure,
        (kind, number): (Kind, Option<usize>),
        rules: (Rule, Option<Rule>),
    ) -> Gauge<'p> {
        let (count, of) = (Check::of(&rules.0), rules.1.as_ref().map(Check::of));
        Gauge { name, measure, kind, number, rules, count, of, unsummed: None }
    }

    /// Whether its numbers are kept one by one.
    pub fn is_spread(&self) -> bool {
        matches!(self.kind, Kind::Percentile(_))
    }

    /// Whether it is a quotient of what was counted.
    pub fn is_share(&self) -> bool {
        self.of.is_some() || matches!(self.kind, Kind::Mean | Kind::Percentile(_))
    }

    /// What a record is to it; `place` is where a field of it stands.
    pub fn take(&mut self, codes: &[u32], known: Known<'_, '_>, place: &dyn Fn(&str) -> Place) -> Taken {
        let of = self.of.as_mut().is_none_or(|of| of.holds(codes, known));
        let counts = of && self.count.holds(codes, known);
        let Some(node) = self.number else {
            return Taken { sides: [counts, of && self.of.is_some()], number: 0.0 };
        };
        let number = Some(codes[node]).filter(|code| counts && *code != MISSING);
        let number = number.and_then(|code| known.number(node, code));
        if self.kind != Kind::Sum {
            return Taken { sides: [number.is_some(); 2], number: number.unwrap_or_default() };
        }
        if counts && number.is_none() {
            let field = self.measure.sum.as_deref().unwrap_or_default();
            self.unsummed.get_or_insert_with(|| (0, place(field))).0 += 1;
        }
        Taken { sides: [counts, of && self.of.is_some()], number: number.unwrap_or_default() }
    }
}
