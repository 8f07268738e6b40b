//! The columns of a file that say where and when a row is, how its year is broken down, and which rows are kept.

use std::collections::BTreeMap;

use toml::Spanned;

use super::pattern::glob;
use super::resolver::Resolver;
use super::standard::{BELOW, STANDARD};
use super::{FilterColumn, RowFilter, Where};
use crate::normalise::meta::Meta;
use crate::pipeline::Format;

impl Resolver<'_> {
    pub(super) fn place(&mut self) -> Where {
        let block = self.block;
        let mut place = Where::default();
        if block.format == Format::Ees {
            place.level = self.standard("geographic_level").or_else(|| self.standard("level"));
            place.code = self.standard("old_la_code");
            place.ons = self.standard("new_la_code");
            place.name = self.standard("la_name");
            place.region_code = self.standard("region_code");
            place.region_name = self.standard("region_name");
            place.period = self.named("time_period", None);
            place.identifier = self.standard("time_identifier");
            for name in STANDARD {
                self.standard(name);
            }
            place.below = BELOW.iter().filter_map(|name| self.standard(name)).collect();
            if place.level.is_none() {
                self.named("geographic_level", None);
            }
        }
        let area = &block.area;
        let mut named = |name: &Option<String>, slot: &mut Option<usize>| {
            if let Some(name) = name {
                *slot = self.named(name, None);
            }
        };
        named(&area.level, &mut place.level);
        named(&area.code, &mut place.code);
        named(&area.ons, &mut place.ons);
        named(&area.name, &mut place.name);
        named(&area.region, &mut place.region_name);
        if let Some(name) = &block.period_column {
            place.period = self.named(name.get_ref(), Some(name.span()));
        }
        if let Some(name) = &block.id {
            place.id = self.named(name.get_ref(), Some(name.span()));
        }
        place
    }

    pub(super) fn pair(&mut self) -> Option<(usize, usize)> {
        let [topic, breakdown] = self.block.breakdown.as_slice() else { return None };
        let topic = self.named(topic.get_ref(), Some(topic.span()));
        let breakdown = self.named(breakdown.get_ref(), Some(breakdown.span()));
        topic.zip(breakdown)
    }

    pub(super) fn topic_of(&self, name: &str, meta: &Meta) -> String {
        let said = self
            .block
            .topics
            .iter()
            .find(|(column, _)| column.eq_ignore_ascii_case(name))
            .map(|(_, topic)| topic.clone());
        said.or_else(|| meta.label(name).map(str::to_owned)).unwrap_or_else(|| name.to_owned())
    }

    pub(super) fn filters(&mut self, meta: &Meta) -> Vec<FilterColumn> {
        let block = self.block;
        let mut filters: Vec<FilterColumn> = block
            .filters
            .iter()
            .filter_map(|name| {
                let column = self.named(name.get_ref(), Some(name.span()))?;
                Some(FilterColumn { column, topic: self.topic_of(name.get_ref(), meta) })
            })
            .collect();
        if block.format == Format::Ees {
            let names: Vec<String> = self.table.names().map(str::to_owned).collect();
            for (column, name) in names.iter().enumerate() {
                if !self.used[column] && !self.ignored[column] && meta.is_filter(name) {
                    self.used[column] = true;
                    filters.push(FilterColumn { column, topic: self.topic_of(name, meta) });
                }
            }
        }
        filters
    }

    pub(super) fn row_filters(
        &mut self,
        declared: &BTreeMap<String, Spanned<Vec<String>>>,
        rule: &str,
    ) -> Vec<RowFilter> {
        declared
            .iter()
            .filter_map(|(name, globs)| {
                let column = self.named(name, Some(globs.span()))?;
                let rule = format!("{rule} {name}");
                Some(RowFilter { column, globs: globs.get_ref().iter().map(|text| glob(text)).collect(), rule })
            })
            .collect()
    }
}
