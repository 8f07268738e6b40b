//! Which release and file the figures of each period came in.
//!
//! In: the published observations of one measure. Out: the source line of a chart, with the releases it used.

use crate::shown;
use std::collections::BTreeMap;

use crate::area::LaCode;
use crate::finding::Error;
use crate::publish::{Only, TableMeta};
use crate::schema::{column, view};
use crate::store::{Catalogue, Found};

view! {
    /// What is read of an observations table.
    struct Filed {
        release: Words Release,
        latest: Truths Latest,
        period: Words Period,
        la: Words LaCode,
        file: Words File,
    }
}

/// More releases than this are written as a span.
const MOST: usize = 3;

/// Release and file by authority and period, newest figures only.
#[derive(Default)]
pub struct Releases(BTreeMap<(String, String), (String, String)>);

impl Releases {
    /// Those of one measure for the authorities.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn of(catalogue: &Catalogue, found: &Found<'_>, authorities: &[LaCode]) -> Result<Releases, Error> {
        let codes: Vec<String> = authorities.iter().map(LaCode::to_string).collect();
        let name = [found.name.to_owned()];
        let wanted = [Only::of(column::Measure, &name), Only::of(column::LaCode, &codes)];
        let frame = catalogue.pick(found.table, Filed::LAYOUT, &wanted)?;
        let at = Filed::of(&frame).map_err(|finding| Error::usage(finding.message, finding.help))?;
        let mut known = BTreeMap::new();
        for row in (0..frame.height()).filter(|&row| at.latest.get_bit(row)) {
            let key = (at.la.word(row).to_owned(), at.period.word(row).to_owned());
            known.insert(key, (at.release.word(row).to_owned(), at.file.word(row).to_owned()));
        }
        Ok(Releases(known))
    }

    /// Publisher, publication, period, releases and files behind the periods plotted.
    pub fn source(&self, meta: &TableMeta, authority: LaCode, span: &str, periods: &[&str]) -> String {
        let used = self.used(meta, authority, periods);
        let parts = [meta.source.clone(), span.to_owned(), said(&used)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The releases behind the periods plotted, each with its file; the newest where none is known.
    pub fn used<'a>(&'a self, meta: &'a TableMeta, authority: LaCode, periods: &[&str]) -> BTreeMap<&'a str, &'a str> {
        let code = authority.to_string();
        let mut used: BTreeMap<&str, &str> = BTreeMap::new();
        for period in periods {
            if let Some((release, file)) = self.0.get(&(code.clone(), (*period).to_owned())) {
                used.insert(release, base(file));
            }
        }
        if used.is_empty()
            && let Some(newest) = meta.accounts.last()
        {
            used.insert(&newest.release, base(&newest.file));
        }
        used
    }
}

/// `release 2025 (timeliness.csv)`, `releases 2023 (mi.csv) and 2025 (timeliness.csv)`.
fn said(used: &BTreeMap<&str, &str>) -> String {
    let one = |(release, file): (&&str, &&str)| format!("{release} ({file})");
    match (used.len(), used.first_key_value(), used.last_key_value()) {
        (1, Some(only), _) => format!("release {}", one(only)),
        (many, Some((first, _)), Some(last)) if many > MOST => {
            format!("{many} releases from {first} to {}", one(last))
        }
        _ => format!("releases {}", shown::list(&used.iter().map(one).collect::<Vec<_>>())),
    }
}

/// The file's own name.
fn base(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
