//! Figures that nobody published, compared as published ones are: rates made of counts, groups made of their members.

use std::collections::BTreeMap;

use super::{Found, subject};
use crate::area::Register;
use crate::comparator::Comparator;
use crate::compare::{Comparison, Context, Depth};
use crate::finding::Finding;
use crate::frame::Frame;
use crate::publish::MeasureMeta;

/// The comparisons of observations with England, the region and the statistical neighbours.
pub(super) fn compared(
    observations: &Frame,
    found: &Found<'_>,
    meta: &MeasureMeta,
    register: &Register,
    ranked: bool,
) -> Result<Frame, Finding> {
    let neighbours = register.neighbours().newest().map(Comparator::Neighbours);
    let comparators: Vec<Comparator> =
        [Comparator::England, Comparator::Region].into_iter().chain(neighbours).collect();
    let context = Context {
        register,
        measures: BTreeMap::from([(found.name.to_owned(), subject(meta))]),
        stand_ins: BTreeMap::new(),
        breaks: &found.meta.breaks,
        comparators: &comparators,
        depth: Depth::Full,
        rank_minimum: None,
        average: Default::default(),
        ranked,
        only: None,
    };
    let comparison = Comparison::of(observations, &context)?;
    let all = comparison.slices(usize::MAX);
    match all.first() {
        Some(range) => comparison.frame(range.clone()),
        None => Err(Finding::internal(&"a rate has no period")),
    }
}
