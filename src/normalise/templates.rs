//! Column names that hold a period or a breakdown: `{period} Appeals registered*`, `number_{breakdown}`.

use regex::RegexBuilder;

use super::map::Variant;
use crate::grid::TextTable;
use crate::period::Period;
use crate::text::{is_raised, lowered};

/// A column and what the variable parts of its header say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    pub column: usize,
    pub variant: Variant,
}

/// Whether `name` has a variable part.
pub fn is_template(name: &str) -> bool {
    name.contains("{period}") || name.contains("{breakdown}") || name.contains('*')
}

/// The columns that `template` fits, each with its variant; `names` holds none for a column that is ignored.
/// A `{period}` only fits where the text is a period.
pub(super) fn expand<'a>(template: &str, names: impl Iterator<Item = Option<&'a str>>) -> Vec<Template> {
    let pattern = regex::escape(template)
        .replace(r"\{period\}", "(?P<period>.+?)")
        .replace(r"\{breakdown\}", "(?P<breakdown>.+?)")
        .replace(r"\*", ".*");
    let Ok(pattern) = RegexBuilder::new(&format!("^{pattern}$")).case_insensitive(true).build() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (column, name) in names.enumerate() {
        let Some(name) = name else { continue };
        let plain = lowered(name);
        let Some(captures) = pattern.captures(name).or_else(|| pattern.captures(&plain)) else { continue };
        let part = |name: &str| captures.name(name).map(|part| part.as_str().trim().to_owned());
        let period = part("period").map(|period| period.trim_end_matches(is_raised).to_owned());
        if period.as_ref().is_some_and(|period| Period::parse(period, "", None).is_err()) {
            continue;
        }
        found.push(Template { column, variant: Variant { period, breakdown: part("breakdown") } });
    }
    found
}

/// The columns of `table` that `name`, a template or not, stands for.
pub fn columns_of(name: &str, table: &TextTable) -> Vec<usize> {
    if !is_template(name) {
        return table.position(name).into_iter().collect();
    }
    expand(name, table.names().map(Some)).into_iter().map(|template| template.column).collect()
}

/// The periods that `template` finds in column names.
pub fn periods_in<'a>(template: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    expand(template, names.map(Some)).into_iter().filter_map(|template| template.variant.period).collect()
}

/// Every variant that occurs, in order; one without variable parts where there is none.
pub(super) fn variants<'a>(templates: impl Iterator<Item = &'a Template>) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    for template in templates {
        if template.variant != Variant::default() && !variants.iter().any(|known| known.is_same(&template.variant)) {
            variants.push(template.variant.clone());
        }
    }
    if variants.is_empty() {
        variants.push(Variant::default());
    }
    variants
}
