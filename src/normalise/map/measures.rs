//! The columns of a file that measures are read from, those of one header in several variants as a group.

use std::collections::BTreeMap;

use super::resolver::Resolver;
use super::{FilterColumn, Group, MeasureColumns, Source, Variant};
use crate::finding::{Finding, Place};
use crate::normalise::cells::all_cells_are_numbers;
use crate::normalise::collide;
use crate::normalise::meta::Meta;
use crate::normalise::templates::{self, Template};
use crate::pipeline::{Measure, Unit};
use crate::value::Symbols;

impl Resolver<'_> {
    /// The columns of every declared measure that this block maps.
    pub(super) fn measures(&mut self) -> Vec<(Vec<Variant>, MeasureColumns)> {
        let pipeline = self.pipeline;
        let mut resolved = Vec::new();
        for (name, measure) in &pipeline.measures {
            let parts = [Some(name), measure.numerator.as_ref(), measure.denominator.as_ref()];
            let mapped = parts.map(|key| key.filter(|key| self.block.columns.contains_key(*key)));
            if mapped.iter().all(Option::is_none) {
                continue;
            }
            let numerator = measure.numerator.is_some();
            if mapped[0].is_none() && numerator && (mapped[1].is_none() || mapped[2].is_none()) {
                // One of two counts without the rate gives no figure.
                continue;
            }
            let templates: Vec<Option<(&str, Vec<Template>)>> =
                mapped.map(|key| key.map(|key| (key.as_str(), self.templates(key)))).into_iter().collect();
            let variants = templates::variants(templates.iter().flatten().flat_map(|(_, templates)| templates));
            let mut sources = templates
                .into_iter()
                .map(|part| part.and_then(|(key, templates)| self.sources(key, &templates, &variants)));
            let columns = MeasureColumns {
                name: name.clone(),
                value: sources.next().flatten(),
                numerator: sources.next().flatten(),
                denominator: sources.next().flatten(),
            };
            resolved.push((variants, columns));
        }
        resolved
    }

    /// The columns that a key's names stand for.
    pub(super) fn templates(&mut self, key: &str) -> Vec<Template> {
        let Some(columns) = self.block.columns.get(key) else { return Vec::new() };
        let mut templates = Vec::new();
        for name in &columns.get_ref().0 {
            if templates::is_template(name) {
                let found = templates::expand(
                    name,
                    self.table.names().zip(&self.ignored).map(|(name, ignored)| (!*ignored).then_some(name)),
                );
                if found.is_empty() {
                    let at = Place { row: Some(self.table.header_row), ..self.table.place(None, None) };
                    let message = format!("no column fits `{name}` ({})", self.pipeline.place(columns.span()));
                    self.findings.push(
                        Finding::error(
                            "missing-column",
                            message,
                            "compare it with the header, blanks included; `*` stands for anything",
                        )
                        .at(at),
                    );
                }
                for template in &found {
                    self.used[template.column] = true;
                }
                self.findings.extend(collide::within(name, &found, self.table, &self.pipeline.path));
                templates.extend(found);
            } else if let Some(column) = self.named(name, Some(columns.span())) {
                templates.push(Template { column, variant: Variant::default() });
            }
        }
        templates
    }

    /// For each variant, the columns of `templates` that fit it; those without placeholders fit every one.
    pub(super) fn sources(&self, key: &str, templates: &[Template], variants: &[Variant]) -> Option<Vec<Source>> {
        if templates.is_empty() {
            return None;
        }
        let scale = self.block.scale.get(key).copied().unwrap_or(1.0);
        let fits = |template: &Template, variant: &Variant| {
            template.variant == Variant::default() || template.variant.is_same(variant)
        };
        let source = |variant| Source {
            columns: templates
                .iter()
                .filter(|template| fits(template, variant))
                .map(|template| template.column)
                .collect(),
            scale,
        };
        Some(variants.iter().map(source).collect())
    }

    /// Takes every column that is nothing else as a measure, or as a filter where `.meta.csv` says so.
    pub(super) fn all_indicators(
        &mut self,
        meta: &Meta,
        symbols: &Symbols,
        filters: &mut Vec<FilterColumn>,
        measured: &mut Vec<(Vec<Variant>, MeasureColumns)>,
        measures: &mut BTreeMap<String, Measure>,
    ) {
        let names: Vec<String> = self.table.names().map(str::to_owned).collect();
        for (column, name) in names.iter().enumerate() {
            if self.used[column] || self.ignored[column] {
                continue;
            }
            self.used[column] = true;
            let filter = if meta.knows(name) {
                meta.is_filter(name)
            } else {
                !all_cells_are_numbers(self.table, column, symbols)
            };
            if filter {
                filters.push(FilterColumn { column, topic: self.topic_of(name, meta) });
                continue;
            }
            let label = meta.label(name).unwrap_or(name).to_owned();
            let percent = meta.unit(name) == "%" || looks_like_percent(name);
            measures
                .entry(name.clone())
                .or_insert_with(|| Measure::unlabelled(label, if percent { Unit::Percent } else { Unit::Number }));
            let value = Some(vec![Source { columns: vec![column], scale: 1.0 }]);
            measured.push((
                vec![Variant::default()],
                MeasureColumns { name: name.clone(), value, numerator: None, denominator: None },
            ));
        }
    }
}

/// Whether a column's own name says that it holds percentages.
fn looks_like_percent(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("percent") || lower.split('_').any(|word| word == "pc" || word == "pct")
}

/// Measures with the same variants in one group.
pub(super) fn grouped(measured: Vec<(Vec<Variant>, MeasureColumns)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (variants, measure) in measured {
        match groups.iter_mut().find(|group| group.variants == variants) {
            Some(group) => group.measures.push(measure),
            None => groups.push(Group { variants, measures: vec![measure] }),
        }
    }
    groups
}
