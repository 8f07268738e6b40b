//! How well a block fits a file: the columns it names that are not there, and those of the file that it does not name.

use super::Meta;
use super::map::{BELOW, STANDARD, glob};
use super::templates;
use crate::grid::TextTable;
use crate::pipeline::{Format, ReleaseBlock};

/// A column that a block names and the file lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What it is for: a measure or count, or `area`, `filters`, `breakdown`, `period_column`, `id`, `where`, `drop`.
    pub key: String,
    /// The name, or template, that the block writes.
    pub name: String,
}

/// How well a block fits a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// What it names that is there; standard columns do not count.
    pub found: usize,
    /// What it names that is not.
    pub missing: Vec<Missing>,
    /// Columns of the file that it neither maps nor ignores.
    pub new: Vec<String>,
    /// Columns of the file that no name of the block fits, ignored ones included.
    pub free: Vec<String>,
}

/// Compares the names of `block` with the header of `table`.
pub fn fit(block: &ReleaseBlock, table: &TextTable, meta: &Meta) -> Fit {
    let names: Vec<&str> = table.names().collect();
    let ignore: Vec<_> = block.ignore.iter().map(|name| glob(name.get_ref())).collect();
    let ignored: Vec<bool> = names.iter().map(|name| ignore.iter().any(|glob| glob.is_match(name))).collect();
    let mut used = vec![false; names.len()];
    let mut fit = Fit::default();
    for (key, name) in named(block) {
        let columns: Vec<usize> = if templates::is_template(name) {
            let visible = names.iter().zip(&ignored).map(|(name, ignored)| (!*ignored).then_some(*name));
            templates::expand(name, visible).into_iter().map(|template| template.column).collect()
        } else {
            table.position(name).into_iter().collect()
        };
        if columns.is_empty() {
            fit.missing.push(Missing { key: key.to_owned(), name: name.to_owned() });
        } else {
            fit.found += 1;
        }
        for column in columns {
            used[column] = true;
        }
    }
    if block.format == Format::Ees {
        let level = table.position("geographic_level").or_else(|| table.position("level"));
        for (name, there) in [("time_period", table.position("time_period")), ("geographic_level", level)] {
            if there.is_none() {
                fit.missing.push(Missing { key: "standard".to_owned(), name: name.to_owned() });
            }
        }
        let standard = STANDARD.iter().chain(&BELOW).copied().chain(["level"]);
        for column in standard.filter_map(|name| table.position(name)) {
            used[column] = true;
        }
    }
    for (column, name) in names.iter().enumerate().filter(|(column, _)| !used[*column]) {
        let filter = block.format == Format::Ees && meta.is_filter(name);
        fit.free.push((*name).to_owned());
        if !ignored[column] && !filter && block.indicators.is_none() {
            fit.new.push((*name).to_owned());
        }
    }
    fit
}

/// Every name in a block that stands for a column, with what it is for.
fn named(block: &ReleaseBlock) -> Vec<(&str, &str)> {
    let mut named: Vec<(&str, &str)> = Vec::new();
    for (key, columns) in &block.columns {
        named.extend(columns.get_ref().0.iter().map(|name| (key.as_str(), name.as_str())));
    }
    named.extend(block.area.columns().map(|name| ("area", name)));
    named.extend(block.filters.iter().map(|name| ("filters", name.get_ref().as_str())));
    named.extend(block.breakdown.iter().map(|name| ("breakdown", name.get_ref().as_str())));
    named.extend(block.period_column.iter().map(|name| ("period_column", name.get_ref().as_str())));
    named.extend(block.id.iter().map(|name| ("id", name.get_ref().as_str())));
    named.extend(block.keep.keys().map(|name| ("where", name.as_str())));
    named.extend(block.drop.keys().map(|name| ("drop", name.as_str())));
    named
}
