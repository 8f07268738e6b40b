//! What stands in the footer of a table: what it was made from, its measures, its account of rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::frame::Frame;
use crate::normalise::Account;
use crate::period::Known;
use crate::pipeline::{Feeds, Measure, Pipeline, Release};
use crate::provenance::{PROGRAM, hash};
use crate::publish::{AccountMeta, FORMAT, MeasureMeta, TableMeta};
use crate::schema::column;
use crate::statistics::Polarity;

use super::table::Shared;

/// One hash over everything the table and its comparisons are made from.
pub(super) fn fingerprint(
    pipeline: &Pipeline,
    inputs: &BTreeMap<String, String>,
    together: &str,
    shared: &Shared<'_>,
) -> String {
    let comparators: Vec<String> = shared.comparators.iter().map(|comparator| format!("{comparator:?}")).collect();
    let all = format!(
        "{}\n{FORMAT}\n{together}{}\n{}\n{}\n{:?}\n{inputs:?}\n{}",
        PROGRAM,
        pipeline.texts(),
        shared.register_hash,
        comparators.join(" "),
        shared.depth,
        shared.returns.illustrative(&pipeline.return_name)
    );
    hash(all.as_bytes())
}

/// The footer of a table, but for what is found.
pub(super) fn meta(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    accounts: &[Account],
    inputs: BTreeMap<String, String>,
    fingerprint: String,
    shared: &Shared<'_>,
) -> TableMeta {
    let source = &pipeline.source;
    let words: Vec<&str> = [&source.publisher, &source.publication]
        .into_iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    TableMeta {
        title: pipeline.title.clone(),
        source: words.join(", "),
        licence: source.licence.clone(),
        illustrative: shared.returns.illustrative(&pipeline.return_name),
        inputs,
        pipeline: hash(pipeline.texts().as_bytes()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint,
        measures: measures
            .iter()
            .map(|(name, measure)| (name.clone(), measure_meta(measure, measures, pipeline)))
            .collect(),
        findings: Vec::new(),
        accounts: accounts.iter().map(account_meta).collect(),
        parts: Vec::new(),
        breaks: Vec::new(),
        neighbours: pipeline.feeds == Some(Feeds::Neighbours),
        own: pipeline.provisional,
        beside: pipeline.beside.clone().unwrap_or_default(),
        newest: String::new(),
        newest_of_all: None,
        dated: pipeline.dated.clone(),
        topic: pipeline.topic.clone(),
    }
}

fn measure_meta(measure: &Measure, measures: &BTreeMap<String, Measure>, pipeline: &Pipeline) -> MeasureMeta {
    let denominator = measure.denominator.as_ref().map(|key| {
        let label = measures.get(key).map(|counted| counted.label.clone());
        label.unwrap_or_else(|| key.replace('_', " "))
    });
    let polarity = match measure.polarity() {
        Polarity::High => "high",
        Polarity::Low => "low",
        Polarity::None => "none",
    };
    MeasureMeta {
        label: measure.label.clone(),
        unit: measure.unit.word().to_owned(),
        polarity: polarity.to_owned(),
        places: measure.places(),
        definition: measure.definition.clone(),
        headline: measure.headline,
        minimum: measure.minimum_denominator,
        dependent: !measure.independent,
        matters: measure.matters,
        short: measure.short.clone(),
        breakdown: measure.breakdown.clone(),
        denominator: denominator.unwrap_or_default(),
        noun: measure.noun.clone(),
        whole: measure.whole.clone(),
        topic: measure.topic.clone(),
        importance: measure.importance,
        prose: measure.prose,
        reads: pipeline.reads(measure),
        step: measure.step,
        per: measure.per.clone(),
        phrases: measure.phrases.clone(),
        grades: measure.grades(),
    }
}

fn account_meta(account: &Account) -> AccountMeta {
    AccountMeta {
        release: account.release.clone(),
        file: account.file.clone(),
        rows: account.rows,
        loaded: account.loaded,
        left_out: account.left_out.clone(),
        refused: account.refused.count(),
        observations: 0,
    }
}

/// The last day of the newest of `periods` that was over by the end of the year of the newest release: a projection of 2043 is
/// no figure of 2043. Empty where no release is called by a year.
pub(super) fn newest(periods: &[Known<'_>], accounts: &[AccountMeta]) -> String {
    let years = accounts.iter().filter_map(|account| Release::new(account.release.as_str()).year());
    let over = years.max().and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31));
    let ends = periods.iter().map(|(_, key)| key.end()).filter(|end| over.is_some_and(|over| *end <= over));
    ends.max().map_or_else(String::new, |end| end.to_string())
}

/// Counts the observations of each release.
pub(super) fn count_observations(accounts: &mut [AccountMeta], frame: &Frame) {
    let Ok(release) = frame.get(column::Release) else { return };
    let mut counts = vec![0; release.words.len()];
    for row in 0..frame.height() {
        counts[release.codes.get(row)] += 1;
    }
    for account in accounts {
        // Of records in several tables the first account is that of the one which is counted.
        account.observations = release.code(&account.release).map_or(0, |code| std::mem::take(&mut counts[code]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::PeriodKey;

    #[test]
    fn a_projection_is_not_the_newest_figure() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let year = |last| (("", ""), PeriodKey::new(last, crate::period::Length::YEAR));
        let account = |release: &str| AccountMeta { release: release.to_owned(), ..AccountMeta::default() };
        let periods = [year(day(2023, 12, 31)), year(day(2024, 8, 31)), year(day(2043, 6, 30))];
        assert_eq!(newest(&periods, &[account("2019"), account("2024-11")]), "2024-08-31");
        assert_eq!(newest(&periods, &[account("2023")]), "2023-12-31");
        assert_eq!(newest(&periods, &[account("draft")]), "");
        assert_eq!(newest(&[], &[account("2024")]), "");
    }
}
