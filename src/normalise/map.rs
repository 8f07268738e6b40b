//! A block's names to the columns of a file; everything that does not fit is said at once, with the likely answer.

use std::borrow::Cow;
use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobMatcher};
use toml::Spanned;

use super::Input;
use super::breakdown::Vocabulary;
use super::cells::all_cells_are_numbers;
use super::collide;
use super::meta::Meta;
use super::templates::{self, Template};
use crate::finding::{Finding, Place, likely};
use crate::grid::{Comma, TextTable};
use crate::pipeline::{Feeds, Format, Measure, Pipeline, ReleaseBlock, Unit};
use crate::text::lowered;
use crate::value::{Status, Symbols};

/// The columns that Explore Education Statistics files have in common.
pub(super) const STANDARD: [&str; 10] = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
];
/// Standard columns of levels beside and below the authority, each code before its name: they tell such rows apart.
pub(super) const BELOW: [&str; 25] = [
    "pcon_code",
    "pcon_name",
    "lad_code",
    "lad_name",
    "ward_code",
    "ward_name",
    "school_urn",
    "school_laestab",
    "school_name",
    "institution_id",
    "institution_name",
    "provider_ukprn",
    "provider_name",
    "trust_id",
    "trust_name",
    "sponsor_id",
    "sponsor_name",
    "opportunity_area_code",
    "opportunity_area_name",
    "local_enterprise_partnership_code",
    "local_enterprise_partnership_name",
    "mayoral_combined_authority_code",
    "mayoral_combined_authority_name",
    "english_devolved_area_code",
    "english_devolved_area_name",
];

/// One or more columns added up, and the factor that brings them to the unit.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub columns: Vec<usize>,
    pub scale: f64,
}

/// A part of the header that stands for a period or a breakdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variant {
    pub period: Option<String>,
    pub breakdown: Option<String>,
}

impl Variant {
    /// Whether two headers say the same, in whatever case.
    pub fn is_same(&self, other: &Variant) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| match (one, other) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            (None, None) => true,
            _ => false,
        };
        same(&self.period, &other.period) && same(&self.breakdown, &other.breakdown)
    }
}

/// The columns of a measure, one source a variant of its group.
#[derive(Clone, Debug)]
pub(super) struct MeasureColumns {
    pub name: String,
    pub value: Option<Vec<Source>>,
    pub numerator: Option<Vec<Source>>,
    pub denominator: Option<Vec<Source>>,
}

/// Measures whose headers vary alike.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub variants: Vec<Variant>,
    pub measures: Vec<MeasureColumns>,
}

/// A filter column and what it is called as a topic.
#[derive(Clone, Debug)]
pub(super) struct FilterColumn {
    pub column: usize,
    pub topic: String,
}

/// A row filter on a column.
#[derive(Clone, Debug)]
pub(super) struct RowFilter {
    pub column: usize,
    pub globs: Vec<Pattern>,
    pub rule: String,
}

/// The columns that say where and when a row is.
#[derive(Clone, Debug, Default)]
pub(super) struct Where {
    pub level: Option<usize>,
    pub code: Option<usize>,
    pub ons: Option<usize>,
    pub name: Option<usize>,
    pub region_code: Option<usize>,
    pub region_name: Option<usize>,
    pub id: Option<usize>,
    /// Codes and names of levels beside and below the authority.
    pub below: Vec<usize>,
    pub period: Option<usize>,
    pub identifier: Option<usize>,
}

/// Everything a block means in one file.
pub(super) struct Map {
    pub place: Where,
    pub filters: Vec<FilterColumn>,
    pub pair: Option<(usize, usize)>,
    pub keep: Vec<RowFilter>,
    pub drop: Vec<RowFilter>,
    pub groups: Vec<Group>,
    pub symbols: Symbols,
    pub measures: BTreeMap<String, Measure>,
    /// The base the publisher rounds counts to, 0 for none.
    pub rounded_to: f64,
    /// Whether the figures are statistical neighbours.
    pub feeds_neighbours: bool,
}

/// A text to match in any case: itself, or as a glob.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    exact: String,
    glob: Option<GlobMatcher>,
}

impl Pattern {
    /// Whether `text` fits, as it is or with its footnotes on the line.
    pub fn is_match(&self, text: &str) -> bool {
        let fits = |text: &str| {
            self.exact.eq_ignore_ascii_case(text) || self.glob.as_ref().is_some_and(|glob| glob.is_match(text))
        };
        fits(text) || matches!(lowered(text), Cow::Owned(plain) if fits(&plain))
    }
}

/// The pattern that `text` writes; a text that is no glob matches itself alone.
pub(super) fn glob(text: &str) -> Pattern {
    let glob = GlobBuilder::new(text).case_insensitive(true).literal_separator(false).build().ok();
    Pattern { exact: text.to_owned(), glob: glob.map(|glob| glob.compile_matcher()) }
}

/// The marks of a block: those of the standard for EES files, then the pipeline's, then its own.
pub(super) fn symbols(pipeline: &Pipeline, block: &ReleaseBlock, table: &TextTable) -> Symbols {
    let mut symbols = if block.format == Format::Ees { Symbols::ees() } else { Symbols::none() };
    for (mark, word) in pipeline.symbols.iter().chain(&block.symbols) {
        if let Some(status) = Status::from_word(word) {
            symbols.declare(mark, status);
        }
    }
    symbols.with_decimal_comma(table.comma == Comma::Decimals)
}

/// Collects what is wrong while names are looked up.
struct Resolver<'a> {
    pipeline: &'a Pipeline,
    block: &'a ReleaseBlock,
    table: &'a TextTable,
    used: Vec<bool>,
    ignored: Vec<bool>,
    missing: Vec<String>,
    findings: Vec<Finding>,
}

/// Finds the columns that the block of `input` names.
///
/// # Errors
/// Every name that is not in the file and every column of the file that is neither mapped nor ignored.
pub(super) fn resolve(
    pipeline: &Pipeline,
    input: &Input<'_>,
    measures: &mut BTreeMap<String, Measure>,
) -> Result<Map, Vec<Finding>> {
    let table = &input.table;
    let width = table.frame.width();
    let ignore: Vec<Pattern> = input.block.ignore.iter().map(|name| glob(name.get_ref())).collect();
    let ignored = table.names().map(|name| ignore.iter().any(|glob| glob.is_match(name))).collect();
    let mut resolver = Resolver {
        pipeline,
        block: input.block,
        table,
        used: vec![false; width],
        ignored,
        missing: Vec::new(),
        findings: Vec::new(),
    };
    let place = resolver.place();
    let pair = resolver.pair();
    let mut filters = resolver.filters(&input.meta);
    let mut keep = resolver.row_filters(&input.block.keep, "where");
    if let Some(column) = &input.block.measure_column {
        // A row of another measure is that one's to leave out by the other rules.
        let position = table.position(column.get_ref());
        keep.sort_by_key(|filter| Some(filter.column) != position);
    }
    let drop = resolver.row_filters(&input.block.drop, "drop");
    let mut measured = resolver.measures();
    let words = Vocabulary::of(pipeline, input.block);
    resolver.findings.extend(collide::across(&measured, &words, table, &pipeline.path));
    let symbols = symbols(pipeline, input.block, table);
    let rounded_to = pipeline.checks.total.as_ref().map_or(0.0, |total| total.rounded_to);
    if input.block.indicators.is_some() {
        resolver.all_indicators(&input.meta, &symbols, &mut filters, &mut measured, measures);
    }
    if let Some(finding) = resolver.header_elsewhere() {
        return Err(vec![finding]);
    }
    resolver.unmapped();
    if resolver.findings.iter().any(Finding::is_error) {
        return Err(resolver.findings);
    }
    Ok(Map {
        place,
        filters,
        pair,
        keep,
        drop,
        groups: grouped(measured),
        symbols,
        measures: measures.clone(),
        rounded_to,
        feeds_neighbours: pipeline.feeds == Some(Feeds::Neighbours),
    })
}

impl Resolver<'_> {
    /// A column named by the standard: absent is no error.
    fn standard(&mut self, name: &str) -> Option<usize> {
        let column = self.table.position(name)?;
        self.used[column] = true;
        Some(column)
    }

    /// A column named in the TOML at `span`: absent is a finding with the likely answer.
    fn named(&mut self, name: &str, span: Option<std::ops::Range<usize>>) -> Option<usize> {
        if let Some(column) = self.table.position(name) {
            self.used[column] = true;
            return Some(column);
        }
        if self.missing.iter().any(|known| known == name) {
            // A count that several measures are made of is one column.
            return None;
        }
        self.missing.push(name.to_owned());
        let declared = span.map_or_else(String::new, |span| format!(" ({})", self.pipeline.place(span)));
        let finding = Finding::error(
            "missing-column",
            format!("column `{name}`{declared} is not in the file"),
            self.missing_help(name),
        )
        .at(Place { row: Some(self.table.header_row), ..self.table.place(None, None) });
        self.findings.push(finding);
        None
    }

    /// Whether a cell of row `row` (an index) says `name`.
    fn holds(&self, row: usize, name: &str) -> bool {
        self.table.frame.columns().iter().any(|column| {
            column.str().ok().and_then(|text| text.get(row)).is_some_and(|text| text.trim().eq_ignore_ascii_case(name))
        })
    }

    /// One finding for all where every missing name stands in one row further down.
    fn header_elsewhere(&self) -> Option<Finding> {
        let names = &self.missing;
        if names.len() < 2 {
            return None;
        }
        let row = (0..self.table.rows.len().min(15)).find(|&row| names.iter().all(|name| self.holds(row, name)))?;
        let number = self.table.rows[row];
        let message = format!(
            "the column names are in row {number}, not in row {}: `{}` and {} more",
            self.table.header_row,
            names[0],
            names.len() - 1
        );
        let help = format!("set `header = {number}` in {}", self.pipeline.path);
        Some(Finding::error("header-elsewhere", message, help).at(self.table.place(Some(row), None)))
    }

    /// Whether another row is the header, or another column the one meant.
    fn missing_help(&self, name: &str) -> String {
        if let Some(row) = (0..self.table.rows.len().min(15)).find(|&row| self.holds(row, name)) {
            let number = self.table.rows[row];
            return format!("row {number} holds that name: set `header = {number}` in {}", self.pipeline.path);
        }
        // What the block names itself, used already or not yet, is no other spelling.
        let columns = || self.block.columns.values().flat_map(|columns| &columns.get_ref().0);
        let named = |name: &str| columns().any(|column| column.eq_ignore_ascii_case(name));
        let free = self.table.names().zip(&self.used).filter(|(name, used)| !**used && !named(name));
        match likely(name, free.map(|(name, _)| name)) {
            Some(other) => format!(
                "the file has `{other}`: if that is the same, add a `[[release]]` block from this release on to {} that maps it; `abreast inspect FILE` compares the figures themselves",
                self.pipeline.path
            ),
            None => format!(
                "if the publisher dropped it, add a `[[release]]` block from this release on to {} without it",
                self.pipeline.path
            ),
        }
    }

    fn place(&mut self) -> Where {
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

    fn pair(&mut self) -> Option<(usize, usize)> {
        let [topic, breakdown] = self.block.breakdown.as_slice() else { return None };
        let topic = self.named(topic.get_ref(), Some(topic.span()));
        let breakdown = self.named(breakdown.get_ref(), Some(breakdown.span()));
        topic.zip(breakdown)
    }

    fn topic_of(&self, name: &str, meta: &Meta) -> String {
        let said = self
            .block
            .topics
            .iter()
            .find(|(column, _)| column.eq_ignore_ascii_case(name))
            .map(|(_, topic)| topic.clone());
        said.or_else(|| meta.label(name).map(str::to_owned)).unwrap_or_else(|| name.to_owned())
    }

    fn filters(&mut self, meta: &Meta) -> Vec<FilterColumn> {
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

    fn row_filters(&mut self, declared: &BTreeMap<String, Spanned<Vec<String>>>, rule: &str) -> Vec<RowFilter> {
        declared
            .iter()
            .filter_map(|(name, globs)| {
                let column = self.named(name, Some(globs.span()))?;
                let rule = format!("{rule} {name}");
                Some(RowFilter { column, globs: globs.get_ref().iter().map(|text| glob(text)).collect(), rule })
            })
            .collect()
    }

    /// The columns of every declared measure that this block maps.
    fn measures(&mut self) -> Vec<(Vec<Variant>, MeasureColumns)> {
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
    fn templates(&mut self, key: &str) -> Vec<Template> {
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
    fn sources(&self, key: &str, templates: &[Template], variants: &[Variant]) -> Option<Vec<Source>> {
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
    fn all_indicators(
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

    fn unmapped(&mut self) {
        let new: Vec<(usize, String)> = self
            .table
            .names()
            .enumerate()
            .filter(|(column, _)| !self.used[*column] && !self.ignored[*column])
            .map(|(column, name)| (column, name.to_owned()))
            .collect();
        for (column, name) in new {
            let place = Place { row: Some(self.table.header_row), ..self.table.place(None, Some(column)) };
            let help = format!("map it under `columns` or name it under `ignore` in {}", self.pipeline.path);
            self.findings.push(
                Finding::error("unmapped-column", format!("column `{name}` is neither mapped nor ignored"), help)
                    .at(place),
            );
        }
    }
}

/// Whether a column's own name says that it holds percentages.
fn looks_like_percent(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("percent") || lower.split('_').any(|word| word == "pc" || word == "pct")
}

/// Measures with the same variants in one group.
fn grouped(measured: Vec<(Vec<Variant>, MeasureColumns)>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (variants, measure) in measured {
        match groups.iter_mut().find(|group| group.variants == variants) {
            Some(group) => group.measures.push(measure),
            None => groups.push(Group { variants, measures: vec![measure] }),
        }
    }
    groups
}
