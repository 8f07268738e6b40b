//! Which charts a run draws: those of tables that were made again, and those that are not there as they were drawn.
//!
//! In: what became of the tables, and the outputs as they stand. Out: whether a measure is to be drawn. A chart is drawn of one
//! table and its comparisons, of the register (which is in the table's fingerprint) and of how old a figure is beside the newest of
//! the build; where none of these changed it would be drawn as it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::outcome::Outcome;
use super::outputs::Outputs;

/// Asks of a measure, by its table and the paths its charts may have, whether to draw it; `newest` is the last day of the newest
/// period of the build that is coming, and `all` asks for all charts of the tables that are written.
pub(super) fn wanted<'o>(
    outputs: &'o Outputs,
    outcomes: &'o [Outcome],
    newest: Option<NaiveDate>,
    all: bool,
) -> impl Fn(&str, &[String]) -> bool + Sync + use<'o> {
    let written = outcomes.iter().filter(|outcome| outcome.written);
    let unchanged: BTreeMap<&str, bool> = written.map(|outcome| (outcome.name.as_str(), outcome.unchanged)).collect();
    let all = all || outputs.lacks_charts() || outputs.newest() != newest;
    move |table, paths| match unchanged.get(table) {
        Some(true) => all || !paths.iter().any(|path| outputs.hash(path).is_some()),
        Some(false) => true,
        None => false,
    }
}
