//! The address of a published table, some of its rows at a time.

use super::Names;
use super::keys::Keys;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::publish::TableMeta;

/// The rows of a measure of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TablePage {
    /// The table.
    pub table: String,
    /// The measure; empty for the table's first headline.
    pub measure: String,
    /// The code of an area; empty for all.
    pub area: String,
    /// The period, as published; empty for all.
    pub period: String,
    /// Topic and breakdown as `Topic=part`; empty for all.
    pub breakdown: String,
    /// The release; empty for all.
    pub release: String,
    /// Which hundred rows, counted from 1.
    pub page: usize,
}

impl TablePage {
    /// The table without any choice.
    pub fn of(table: &str) -> TablePage {
        TablePage { table: table.to_owned(), page: 1, ..TablePage::default() }
    }

    /// The measure that is shown where none is chosen: the first headline, else the first.
    pub fn usual(meta: &TableMeta) -> &str {
        let headline = meta.measures.iter().find(|(_, measure)| measure.headline);
        headline.or_else(|| meta.measures.iter().next()).map_or("", |(name, _)| name.as_str())
    }

    pub(super) fn read(table: &str, keys: &mut Keys<'_>, names: Names<'_>) -> Result<TablePage, Wrong> {
        let table = super::records::known(table, names, || "/sources".to_owned())?;
        let meta = names.catalogue.table(&table);
        let text = |keys: &mut Keys<'_>, key: &str| keys.take(key).unwrap_or_default();
        let area = match keys.take("area") {
            None => String::new(),
            Some(name) => match (names.register.known(&name), names.register.region(&name)) {
                (Some(authority), _) => authority.code.to_string(),
                (None, Some(region)) => region.code.clone(),
                (None, None) => {
                    let wrong = super::nobody(&name, names.register);
                    return Err(wrong.link("the same without it", keys.without("area")));
                }
            },
        };
        let (period, breakdown, release) = (text(keys, "period"), text(keys, "breakdown"), text(keys, "release"));
        let measure = text(keys, "measure");
        if !measure.is_empty() && !meta.is_some_and(|meta| meta.measures.contains_key(&measure)) {
            let message = format!("table `{table}` has no measure `{measure}`");
            return Err(Wrong::gone(message, "choose one from the list").link("its first", keys.without("measure")));
        }
        let measure = if meta.is_some_and(|meta| TablePage::usual(meta) == measure) { String::new() } else { measure };
        let page = match keys.take("page") {
            None => 1,
            Some(text) => text
                .parse()
                .ok()
                .filter(|page| *page >= 1)
                .ok_or_else(|| keys.wrong("page", format!("`{text}` is no page"), "pages are counted from 1"))?,
        };
        Ok(TablePage { table, measure, area, period, breakdown, release, page })
    }

    pub(super) fn raw(&self) -> Raw {
        Raw::path(["table", &self.table])
            .with("area", &self.area)
            .with("period", &self.period)
            .with("breakdown", &self.breakdown)
            .with("release", &self.release)
            .with("measure", &self.measure)
            .with("page", if self.page > 1 { self.page.to_string() } else { String::new() })
    }
}
