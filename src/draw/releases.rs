//! Which release and file the figures of each period came in.
//!
//! In: the published observations of one measure. Out: the source line of a chart, with the releases it used.

use crate::shown;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::area::LaCode;
use crate::finding::Error;
use crate::frame::Coded;
use crate::publish::{Only, TableMeta};
use crate::schema::{column, view};
use crate::store::{Catalogue, Found};

view! {
    /// What is read of an observations table.
    struct Filed {
        measure: Words Measure,
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
pub struct Releases(BTreeMap<(LaCode, String), Filing>);

/// Release and file.
type Filing = (Arc<str>, Arc<str>);

impl Releases {
    /// Those of one measure for the authorities.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn of(catalogue: &Catalogue, found: &Found<'_>, authorities: &[LaCode]) -> Result<Releases, Error> {
        let names = [found.name.to_owned()];
        let mut all = Releases::of_table(catalogue, found.table, &names, authorities)?;
        Ok(all.remove(found.name).unwrap_or_default())
    }

    /// Those of measures of one table, by name.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn of_table(
        catalogue: &Catalogue,
        table: &str,
        names: &[String],
        authorities: &[LaCode],
    ) -> Result<BTreeMap<String, Releases>, Error> {
        let codes: Vec<String> = authorities.iter().map(LaCode::to_string).collect();
        let wanted = [Only::of(column::Measure, names), Only::of(column::LaCode, &codes)];
        let frame = catalogue.pick(table, Filed::LAYOUT, &wanted)?;
        let at = Filed::of(&frame).map_err(|finding| Error::usage(finding.message, finding.help))?;
        let shared = |words: &Coded<'_>| words.words.iter().map(|word| Arc::from(*word)).collect::<Vec<Arc<str>>>();
        let (releases, files) = (shared(&at.release), shared(&at.file));
        let mut known: BTreeMap<String, Releases> = BTreeMap::new();
        for row in (0..frame.height()).filter(|&row| at.latest.get_bit(row)) {
            let Ok(code) = at.la.word(row).parse() else { continue };
            let filing = (releases[at.release.codes.get(row)].clone(), files[at.file.codes.get(row)].clone());
            let of = match known.get_mut(at.measure.word(row)) {
                Some(of) => of,
                None => known.entry(at.measure.word(row).to_owned()).or_default(),
            };
            of.0.insert((code, at.period.word(row).to_owned()), filing);
        }
        Ok(known)
    }

    /// Publisher, publication, period, releases and files behind the periods plotted.
    pub fn source(&self, meta: &TableMeta, authority: LaCode, span: &str, periods: &[&str]) -> String {
        let used = self.used(meta, authority, periods);
        let parts = [meta.source.clone(), span.to_owned(), said(&used)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The releases behind the periods plotted, each with its file; the newest where none is known.
    pub fn used<'a>(&'a self, meta: &'a TableMeta, authority: LaCode, periods: &[&str]) -> BTreeMap<&'a str, &'a str> {
        let mut used: BTreeMap<&str, &str> = BTreeMap::new();
        for period in periods {
            if let Some((release, file)) = self.0.get(&(authority, (*period).to_owned())) {
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
