//! A council's own measures and the published ones of the same name, one beside the other.

use super::{Catalogue, Found};

impl Catalogue {
    /// The published measure that one of a council's own stands beside: that of its name in the table it names, else the one of
    /// the same label and unit; none where none is loaded, or where `found` is published itself.
    pub fn published_of(&self, found: &Found<'_>) -> Option<Found<'_>> {
        if !found.meta.own {
            return None;
        }
        if !found.meta.beside.is_empty() {
            let (table, meta) = self.tables().iter().find(|(table, meta)| *table == found.meta.beside && !meta.own)?;
            let (name, measure) = meta.measures.get_key_value(found.name)?;
            return Some(Found { table, meta, name, measure });
        }
        let alike =
            |label: &str, unit: &str| label.eq_ignore_ascii_case(&found.measure.label) && unit == found.measure.unit;
        self.tables().iter().filter(|(_, meta)| !meta.own).find_map(|(table, meta)| {
            let (name, measure) = meta.measures.iter().find(|(_, measure)| alike(&measure.label, &measure.unit))?;
            Some(Found { table, meta, name, measure })
        })
    }

    /// The council's own measures that stand beside a published one.
    pub fn own_of(&self, published: &Found<'_>) -> Vec<Found<'_>> {
        let own = self.tables().iter().filter(|(_, meta)| meta.own && !published.meta.own);
        own.flat_map(|(table, meta)| {
            meta.measures.iter().map(move |(name, measure)| Found { table, meta, name, measure })
        })
        .filter(|own| {
            self.published_of(own).is_some_and(|found| (found.table, found.name) == (published.table, published.name))
        })
        .collect()
    }
}
