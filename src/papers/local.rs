//! A council's own return: this month beside the last six, areas side by side, targets, verdicts and comments.
//!
//! Figures come from the published table; targets and comments from the very row of the file that the figure came from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Months, NaiveDate};

use crate::actions::{self, ActionRow};
use crate::area::{LaCode, Register};
use crate::figure;
use crate::finding::{Error, Finding, Place};
use crate::grid::{Layout, TextTable};
use crate::load;
use crate::period::{Length, PeriodKey, means};
use crate::pipeline::Unit;
use crate::provenance::hash;
use crate::schema::TOTAL;
use crate::statistics::average::over_periods;
use crate::targets::{self, TargetRow};

use super::actions_table::newest;
use super::choose::Chosen;
use crate::reading::Seen;
use crate::store::{Catalogue, Observed};

/// The word of an area that holds a council's own average of the six months before.
pub const SIX_MONTHS: &str = "Previous six months";

/// One figure of a council's own return.
#[derive(Clone, Debug)]
pub struct Own {
    /// The figure's id.
    pub id: String,
    pub la: String,
    pub when: PeriodKey,
    pub period: String,
    pub topic: String,
    pub area: String,
    pub figure: Seen,
    file: String,
    /// The row of the file.
    pub row: u32,
}

impl Own {
    /// Whether its period is the one that a person calls `wanted`.
    pub fn is_of(&self, wanted: &str) -> bool {
        means(wanted, (&self.period, ""), self.when, None)
    }

    /// Whether it is the figure of a month, not of a term, a quarter or a day.
    pub fn is_month(&self) -> bool {
        self.when.length() == Length::MONTH
    }
}

/// The local figures and files of one call.
#[derive(Default)]
pub struct Locals {
    figures: BTreeMap<(String, String), Vec<Own>>,
    files: BTreeMap<String, TextTable>,
    targets: Vec<(LaCode, TargetRow)>,
    actions: Vec<(LaCode, ActionRow)>,
}

impl Locals {
    /// The figures of `chosen`, with their files, and the targets files of `own_returns`, from the returns folder.
    ///
    /// # Errors
    /// A table or a targets file cannot be read.
    pub fn of(
        chosen: &[Chosen<'_>],
        own_returns: &BTreeSet<&str>,
        catalogue: &Catalogue,
        register: &Register,
        returns: Option<&Path>,
    ) -> Result<Locals, Error> {
        let mut locals = Locals::default();
        for measure in chosen.iter().filter(|measure| is_local(measure)) {
            let key = (measure.table.to_owned(), measure.name.to_owned());
            if locals.figures.contains_key(&key) {
                continue;
            }
            let frame = catalogue.observations(&measure.found())?;
            let own =
                read(&frame, measure.table).map_err(|finding: Finding| Error::usage(finding.message, finding.help))?;
            locals.figures.insert(key, own);
        }
        if let Some(folder) = returns {
            let inputs = chosen.iter().filter(|measure| is_local(measure)).flat_map(|measure| &measure.meta.inputs);
            let files: BTreeMap<&String, &String> = inputs.filter(|(file, _)| is_table(file)).collect();
            for (file, known) in files {
                locals.open(folder, file, known)?;
            }
            for name in own_returns {
                for row in targets::read(&folder.join(name))? {
                    let la = register.find(&row.authority).map_err(|error| at(error, &row.place))?.code;
                    locals.targets.push((la, row));
                }
                for row in actions::read(&folder.join(name))? {
                    let la = register.find(&row.authority).map_err(|error| at(error, &row.place))?.code;
                    locals.actions.push((la, row));
                }
            }
        }
        Ok(locals)
    }

    /// Opens the file that a table was made from.
    ///
    /// # Errors
    /// It is gone or another by now: targets and comments would be lost, or stand beside the wrong figure.
    fn open(&mut self, folder: &Path, file: &str, known: &str) -> Result<(), Error> {
        let path = folder.join(file);
        let wrong = |finding: Finding| {
            let help = "run `abreast run`, then the report; or name the folder that the tables were made from with `--returns DIR`";
            Error::usage(format!("targets and comments of `{file}` cannot be read: {}", finding.message), help)
        };
        let bytes = load::read(&path, file).map_err(wrong)?;
        if hash(&bytes) != known {
            return Err(wrong(Finding::error("changed", "it is not the file that the table was made from", "")));
        }
        let opened = load::open(bytes, &path, file, &|_| true).map_err(wrong)?;
        let all: Vec<usize> = (0..opened.sheets.len()).collect();
        let first = opened.first(&all).and_then(|index| opened.sheets.get(index));
        let first = first.ok_or_else(|| wrong(Finding::error("empty-file", "it has no table", "")))?;
        let table = TextTable::cut(file, &first.0, &first.1, &Layout::default()).map_err(wrong)?;
        self.files.insert(file.to_owned(), table);
        Ok(())
    }

    /// The figures of a measure of one authority.
    pub fn figures(&self, chosen: &Chosen<'_>, la: LaCode) -> Vec<&Own> {
        let key = (chosen.table.to_owned(), chosen.name.to_owned());
        let la = la.to_string();
        self.figures.get(&key).into_iter().flatten().filter(|own| own.la == la).collect()
    }

    /// The last day of the newest figure of one authority.
    pub fn newest(&self, la: LaCode) -> Option<NaiveDate> {
        let la = la.to_string();
        self.figures.values().flatten().filter(|own| own.la == la).map(|own| own.when.end()).max()
    }

    /// What the row of a figure says in `column`; empty where it says nothing.
    pub fn says(&self, own: &Own, column: &str) -> String {
        let text = || {
            let table = self.files.get(&own.file)?;
            let at = table.rows.iter().position(|row| *row == own.row)?;
            let cells = table.frame.columns()[table.position(column)?].str().ok()?;
            cells.get(at).map(|text| text.trim().to_owned())
        };
        text().unwrap_or_default()
    }

    /// The target of a measure, by its label or name, in a period, given as its label and identity: one set for the period before one set for any.
    pub fn target(&self, la: LaCode, measure: (&str, &str), period: (&str, PeriodKey)) -> Option<&TargetRow> {
        let same = |row: &&&TargetRow| means(&row.period, (period.0, ""), period.1, None);
        let rows: Vec<&TargetRow> = self.targets(la).into_iter().filter(|row| named(row, measure)).collect();
        let any = || rows.iter().rev().find(|row| row.period.trim().is_empty());
        rows.iter().rev().find(same).or_else(any).copied()
    }

    /// Whether any target is set for a measure.
    pub fn asked_at_all(&self, la: LaCode, measure: (&str, &str)) -> bool {
        self.targets(la).into_iter().any(|row| named(row, measure))
    }

    /// The newest report of each action of one authority.
    pub fn actions(&self, la: LaCode) -> Vec<&ActionRow> {
        let rows: Vec<&ActionRow> = self.actions.iter().filter(|(known, _)| *known == la).map(|(_, row)| row).collect();
        newest(&rows)
    }

    /// The targets of one authority.
    pub fn targets(&self, la: LaCode) -> Vec<&TargetRow> {
        self.targets.iter().filter(|(known, _)| *known == la).map(|(_, row)| row).collect()
    }
}

/// Whether an input of a table is its data, not the description beside it.
fn is_table(file: &str) -> bool {
    !file.ends_with(".meta.csv")
}

/// Whether a row names the measure, by its name or its label.
fn named(row: &TargetRow, (name, label): (&str, &str)) -> bool {
    [name, label].iter().any(|word| row.measure.trim().eq_ignore_ascii_case(word))
}

/// The error at the row of the file.
fn at(error: Error, place: &Place) -> Error {
    match error {
        Error::Usage { message, help } => Error::declaration(place.clone(), message, help),
        other => other,
    }
}

/// Whether a table is a council's own return.
pub fn is_local(chosen: &Chosen<'_>) -> bool {
    chosen.pipeline.is_some_and(|pipeline| pipeline.provisional)
}

/// The latest figures of each period.
fn read(frame: &crate::frame::Frame, table: &str) -> Result<Vec<Own>, Finding> {
    let at = Observed::of(frame)?;
    let figures = &at.figures;
    let own = |row: usize| Own {
        id: figures.id(table, row),
        la: figures.la.word(row).to_owned(),
        when: figures.periods.key(row),
        period: figures.periods.label(row),
        topic: figures.topic.word(row).to_owned(),
        area: figures.breakdown.word(row).to_owned(),
        figure: at.seen(row),
        file: at.file(row).to_owned(),
        row: at.cell(row).0,
    };
    Ok(at.latest().map(own).collect())
}

/// The figure of the whole authority in the last period, or in the one wanted.
pub fn last<'o>(own: &[&'o Own], wanted: Option<&str>) -> Option<&'o Own> {
    own.iter()
        .filter(|own| own.area == TOTAL && wanted.is_none_or(|wanted| own.is_of(wanted)))
        .max_by_key(|own| own.when)
        .copied()
}

/// The figure of the whole authority in the nearest period before `last` of the same kind: a month before a month.
pub fn before<'o>(own: &[&'o Own], last: &Own) -> Option<&'o Own> {
    let earlier = |own: &&&Own| own.area == TOTAL && own.when < last.when && own.when.length() == last.when.length();
    own.iter().filter(earlier).max_by_key(|own| own.when).copied()
}

/// What is known of the six months before a month.
pub enum SixMonths<'o> {
    /// Their average, worked out.
    Known(f64),
    /// The council's own average.
    Told(&'o Own),
    /// Some months are in the return, but not these.
    Lacking(Vec<String>),
    /// None of them is.
    Absent,
    /// The figure is not of a month.
    NotMonthly,
}

impl SixMonths<'_> {
    /// Whether there is an average.
    pub fn is_known(&self) -> bool {
        matches!(self, SixMonths::Known(_) | SixMonths::Told(_))
    }
}

/// The six months before `last`, in `unit`: pooled where there are counts, else the plain mean; the council's own average where
/// not all of the months themselves are in the return.
pub fn six_months<'o>(own: &[&'o Own], last: &Own, unit: &str) -> SixMonths<'o> {
    let months = months_before(own, last);
    if last.is_month() && months.len() == 6 {
        let each: Vec<_> = months.iter().map(|own| own.figure.numbers()).collect();
        let multiplier = Unit::from_word(unit).and_then(Unit::multiplier);
        return over_periods(&each, multiplier).map_or(SixMonths::Absent, SixMonths::Known);
    }
    match own.iter().find(|own| own.area == SIX_MONTHS && own.when == last.when) {
        Some(told) => SixMonths::Told(told),
        None if !last.is_month() => SixMonths::NotMonthly,
        None if months.is_empty() => SixMonths::Absent,
        None => {
            let ends = (1..=6).rev().filter_map(|back| month_end(last.when.end(), back));
            let lacking = ends.filter(|end| !months.iter().any(|own| own.when.end() == *end));
            SixMonths::Lacking(lacking.map(|end| end.format("%B %Y").to_string()).collect())
        }
    }
}

/// The last `many` calendar months up to `last`, oldest first, none where the return has no figure of one; nothing where it is
/// not of a month. Months before the first that is known are left out.
pub fn months_to<'o>(own: &[&'o Own], last: &'o Own, many: usize) -> Vec<Option<&'o Own>> {
    if !last.is_month() {
        return Vec::new();
    }
    let at = |back: usize| {
        let wanted = figure::month(last.when.end()) - i32::try_from(back).unwrap_or(i32::MAX);
        let same = |own: &&&Own| own.area == TOTAL && own.is_month() && figure::month(own.when.end()) == wanted;
        own.iter().find(same).copied().filter(|own| own.figure.value.is_some())
    };
    (0..many).rev().map(at).skip_while(Option::is_none).collect()
}

/// The figures of the whole authority in the six calendar months before `last`.
fn months_before<'o>(own: &[&'o Own], last: &Own) -> Vec<&'o Own> {
    let before = |own: &&&Own| (1..=6).contains(&(figure::month(last.when.end()) - figure::month(own.when.end())));
    let whole = |own: &&&Own| own.area == TOTAL && own.figure.value.is_some() && own.is_month();
    own.iter().filter(whole).filter(before).copied().collect()
}

/// The last day of the month `back` months before the one that ends on `end`.
fn month_end(end: NaiveDate, back: u32) -> Option<NaiveDate> {
    end.succ_opt()?.checked_sub_months(Months::new(back))?.pred_opt()
}
