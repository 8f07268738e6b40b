//! Comparisons to charts: fills the plain structs of the chart room and writes the pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use crate::area::{LaCode, Register};
use crate::chart::data::{self, Context, Figure, Flags, NeighbourSet, Place, Rank, Role, Standing};
use crate::chart::ordered::OrderedChart;
use crate::chart::theme::{Palette, Size};
use crate::chart::trend::{Series, TrendChart};
use crate::chart::{Chart, ChartError, Picture, render};
use crate::finding::{Error, Finding};
use crate::observations::{Coded, Frame, TOTAL};
use crate::period::label;
use crate::publish::{MeasureMeta, TableMeta, write};
use crate::value::Status;

use super::catalogue::Catalogue;

/// The columns of a comparisons frame that charts are made from.
pub struct Comparisons<'a> {
    table: Coded<'a>,
    measure: Coded<'a>,
    period: Coded<'a>,
    identifier: Coded<'a>,
    ends: &'a [i32],
    topic: Coded<'a>,
    la: Coded<'a>,
    name: Coded<'a>,
    comparator: Coded<'a>,
    comparator_name: Coded<'a>,
    value: &'a [f64],
    status: Coded<'a>,
    numerator: &'a [f64],
    denominator: &'a [f64],
    lower: &'a [f64],
    upper: &'a [f64],
    comparator_value: &'a [f64],
    comparator_status: Coded<'a>,
    used: &'a [u16],
    members: &'a [u16],
    rank: &'a [u16],
    out_of: &'a [u16],
    rank_lower: &'a [u16],
    rank_upper: &'a [u16],
    beyond: Coded<'a>,
    unusual: Coded<'a>,
    trend: Coded<'a>,
    change_note: Coded<'a>,
}

impl<'a> Comparisons<'a> {
    /// The columns of `frame`.
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame) -> Result<Comparisons<'a>, Finding> {
        Ok(Comparisons {
            table: frame.coded("table")?,
            measure: frame.coded("measure")?,
            period: frame.coded("period")?,
            identifier: frame.coded("period_identifier")?,
            ends: frame.dates("period_end")?,
            topic: frame.coded("breakdown_topic")?,
            la: frame.coded("la_code")?,
            name: frame.coded("area_name")?,
            comparator: frame.coded("comparator")?,
            comparator_name: frame.coded("comparator_name")?,
            value: frame.floats("value")?,
            status: frame.coded("status")?,
            numerator: frame.floats("numerator")?,
            denominator: frame.floats("denominator")?,
            lower: frame.floats("lower")?,
            upper: frame.floats("upper")?,
            comparator_value: frame.floats("comparator_value")?,
            comparator_status: frame.coded("comparator_status")?,
            used: frame.smalls("used")?,
            members: frame.smalls("members")?,
            rank: frame.smalls("rank")?,
            out_of: frame.smalls("out_of")?,
            rank_lower: frame.smalls("rank_lower")?,
            rank_upper: frame.smalls("rank_upper")?,
            beyond: frame.coded("beyond_chance")?,
            unusual: frame.coded("unusual")?,
            trend: frame.coded("trend")?,
            change_note: frame.coded("change_note")?,
        })
    }

    /// The rows about the whole of one measure of one table.
    pub fn rows(&self, table: &str, measure: &str) -> Vec<usize> {
        let codes = [(&self.table, table), (&self.measure, measure), (&self.topic, TOTAL)]
            .map(|(column, word)| column.code(word));
        let [Some(table), Some(measure), Some(total)] = codes else { return Vec::new() };
        (0..self.value.len())
            .filter(|&row| {
                self.measure.codes.get(row) == measure
                    && self.table.codes.get(row) == table
                    && self.topic.codes.get(row) == total
            })
            .collect()
    }

    fn figure(&self, row: usize) -> Figure {
        let mut figure = self.plain(self.value[row], self.status.word(row));
        if self.numerator[row].is_finite() && self.denominator[row].is_finite() {
            figure = figure.counts(self.numerator[row], self.denominator[row]);
        }
        if self.lower[row].is_finite() && self.upper[row].is_finite() {
            figure = figure.interval(self.lower[row], self.upper[row]);
        }
        figure
    }

    fn plain(&self, value: f64, status: &str) -> Figure {
        if value.is_finite() {
            return Figure::of(value);
        }
        let status = Status::from_word(status).unwrap_or(Status::NotAvailable);
        Figure::missing(status.symbol().trim_matches(['[', ']']), status.reason())
    }

    fn against(&self, row: usize) -> Figure {
        self.plain(self.comparator_value[row], self.comparator_status.word(row))
    }
}

/// What a chart is of, beside the comparisons.
pub struct Subject<'a> {
    /// The table.
    pub table: &'a str,
    /// Its footer.
    pub meta: &'a TableMeta,
    /// The measure.
    pub name: &'a str,
    /// What it is.
    pub measure: &'a MeasureMeta,
    /// The authority.
    pub authority: LaCode,
}

/// The latest period in which the authority has a row, as a code and identifier; or the one asked for.
pub fn period_of(
    comparisons: &Comparisons<'_>,
    rows: &[usize],
    authority: LaCode,
    wanted: Option<&str>,
) -> Option<(usize, usize)> {
    let code = comparisons.la.code(&authority.to_string())?;
    let own = rows.iter().copied().filter(|&row| comparisons.la.codes.get(row) == code);
    let fits = |row: &usize| {
        wanted.is_none_or(|wanted| {
            comparisons.period.word(*row) == wanted
                || label(comparisons.period.word(*row), comparisons.identifier.word(*row)) == wanted
        })
    };
    own.filter(fits)
        .max_by_key(|&row| comparisons.ends[row])
        .map(|row| (comparisons.period.codes.get(row), comparisons.identifier.codes.get(row)))
}

/// The trend of one measure for one authority, up to the period asked for; none where the authority has no row.
pub fn trend(
    comparisons: &Comparisons<'_>,
    rows: &[usize],
    subject: &Subject<'_>,
    wanted: Option<&str>,
) -> Option<Chart> {
    let code = comparisons.la.code(&subject.authority.to_string())?;
    let last = period_of(comparisons, rows, subject.authority, wanted)?;
    let mut own: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|&row| comparisons.la.codes.get(row) == code && comparisons.identifier.codes.get(row) == last.1)
        .collect();
    let end = own
        .iter()
        .filter(|&&row| comparisons.period.codes.get(row) == last.0)
        .map(|&row| comparisons.ends[row])
        .max()?;
    own.retain(|&row| comparisons.ends[row] <= end);
    let ends: Vec<i32> = own.iter().map(|&row| comparisons.ends[row]).collect::<BTreeSet<_>>().into_iter().collect();
    let at = |row: usize| ends.binary_search(&comparisons.ends[row]).unwrap_or_default();
    let mut periods: Vec<Option<data::Period>> = vec![None; ends.len()];
    let mut figures = vec![Figure::default(); ends.len()];
    let mut lines: BTreeMap<Role, (String, Vec<Figure>)> = BTreeMap::new();
    let mut breaks = Vec::new();
    for &row in &own {
        let period = chart_period(comparisons, row);
        if let Some(reason) = comparisons.change_note.word(row).strip_prefix("break in the series: ") {
            let gap = data::Break { order: period.order, reason: lower_first(reason) };
            if !breaks.contains(&gap) {
                breaks.push(gap);
            }
        }
        periods[at(row)] = Some(period);
        figures[at(row)] = comparisons.figure(row);
        let role = match comparisons.comparator.word(row) {
            "england" => Role::England,
            "region" => Role::Region,
            "neighbours" => Role::Neighbour,
            _ => continue,
        };
        let name = if role == Role::Neighbour {
            "Statistical neighbours".to_owned()
        } else {
            comparisons.comparator_name.word(row).to_owned()
        };
        let line = lines.entry(role).or_insert_with(|| (name, vec![Figure::default(); ends.len()]));
        line.1[at(row)] = comparisons.against(row);
    }
    let name = comparisons.name.word(*own.first()?).to_owned();
    let mut series = vec![Series { name: name.clone(), role: Role::Subject, figures }];
    let drawn = lines.into_iter().filter(|(_, (_, figures))| figures.iter().any(|figure| figure.value.is_some()));
    series.extend(drawn.map(|(role, (name, figures))| Series { name, role, figures }));
    let context = context(comparisons, &own, end, &name, subject);
    Some(TrendChart { context, periods: periods.into_iter().flatten().collect(), series, breaks }.into())
}

/// All authorities of one period; none where the authority has no row.
pub fn ordered(
    comparisons: &Comparisons<'_>,
    rows: &[usize],
    subject: &Subject<'_>,
    wanted: Option<&str>,
    register: &Register,
) -> Option<Chart> {
    let code = comparisons.la.code(&subject.authority.to_string())?;
    let period = period_of(comparisons, rows, subject.authority, wanted)?;
    let england = comparisons.comparator.code("england")?;
    let here: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|&row| (comparisons.period.codes.get(row), comparisons.identifier.codes.get(row)) == period)
        .collect();
    let neighbours: Vec<String> = register
        .neighbours()
        .newest()
        .map(|year| register.neighbours().of(year, subject.authority).iter().map(LaCode::to_string).collect())
        .unwrap_or_default();
    let own: Vec<usize> = here.iter().copied().filter(|&row| comparisons.la.codes.get(row) == code).collect();
    let first = *own.first()?;
    let name = comparisons.name.word(first).to_owned();
    let role = |row: usize| {
        if comparisons.la.codes.get(row) == code {
            Role::Subject
        } else if neighbours.iter().any(|neighbour| neighbour == comparisons.la.word(row)) {
            Role::Neighbour
        } else {
            Role::Other
        }
    };
    let places = here
        .iter()
        .filter(|&&row| comparisons.comparator.codes.get(row) == england)
        .map(|&row| Place::new(comparisons.name.word(row), role(row), comparisons.figure(row)))
        .collect();
    let reference = here
        .iter()
        .copied()
        .find(|&row| comparisons.comparator.codes.get(row) == england)
        .map(|row| comparisons.against(row));
    let context = context(comparisons, &own, comparisons.ends[first], &name, subject);
    Some(OrderedChart { context, period: chart_period(comparisons, first), places, england: reference }.into())
}

/// A period's place on the axis and its words.
fn chart_period(comparisons: &Comparisons<'_>, row: usize) -> data::Period {
    use chrono::{Datelike, Days, NaiveDate};
    let end = NaiveDate::default()
        .checked_add_days(Days::new(u64::try_from(comparisons.ends[row]).unwrap_or_default()))
        .unwrap_or_default();
    let (code, identifier) = (comparisons.period.word(row), comparisons.identifier.word(row));
    let written = label(code, identifier);
    let yearly =
        code.len() == 4 || written.contains('/') && code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    let order = if yearly { end.year() } else { end.year() * 12 + end.month0() as i32 };
    let prose = match written.split_once('/') {
        Some((first, second)) if second.len() == 2 && first.len() >= 4 => {
            format!("{first} to {}{second}", &first[first.len() - 4..first.len() - 2])
        }
        _ => written.clone(),
    };
    data::Period { order, label: written, prose }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => text.to_owned(),
    }
}

/// Source, neighbour set and what the statistics say in the period that ends on `end`.
fn context(comparisons: &Comparisons<'_>, own: &[usize], end: i32, name: &str, subject: &Subject<'_>) -> Context {
    let meta = subject.measure;
    let measure = data::Measure {
        label: meta.label.clone(),
        short: lower_first(meta.label.split(',').next().unwrap_or(&meta.label)),
        unit: match meta.unit.as_str() {
            "percent" => data::Unit::Percent,
            "rate per 1,000" => data::Unit::RatePer(1_000),
            "rate per 10,000" => data::Unit::RatePer(10_000),
            "rate per 100,000" => data::Unit::RatePer(100_000),
            "pounds" => data::Unit::Pounds,
            "number" | "code" => data::Unit::Number,
            other => data::Unit::Other(other.to_owned()),
        },
        places: meta.places,
        polarity: match meta.polarity.as_str() {
            "high" => data::Polarity::High,
            "low" => data::Polarity::Low,
            _ => data::Polarity::None,
        },
    };
    let mut context = Context::new(name, measure, &source(subject.meta));
    context.illustrative = subject.meta.illustrative;
    for &row in own.iter().filter(|&&row| comparisons.ends[row] == end) {
        let standing = match comparisons.beyond.word(row) {
            "similar" => Standing::Similar,
            "" | "small cohort" => Standing::Untested,
            _ if comparisons.value[row] > comparisons.comparator_value[row] => Standing::Higher,
            _ => Standing::Lower,
        };
        match comparisons.comparator.word(row) {
            "england" => context.flags.england = standing,
            "neighbours" => {
                context.flags.neighbours = standing;
                context.neighbours = Some(NeighbourSet {
                    name: comparisons
                        .comparator_name
                        .word(row)
                        .replace("Statistical neighbours (", "")
                        .trim_end_matches(')')
                        .to_owned()
                        + " statistical neighbours",
                    rule: "mean of those with data".to_owned(),
                    size: u32::from(comparisons.members[row]),
                    with_data: u32::from(comparisons.used[row]),
                });
            }
            _ => {}
        }
        flags(comparisons, row, &mut context.flags);
    }
    context
}

fn flags(comparisons: &Comparisons<'_>, row: usize, flags: &mut Flags) {
    if comparisons.rank[row] > 0 {
        let bounds = (u32::from(comparisons.rank_lower[row]), u32::from(comparisons.rank_upper[row]));
        flags.rank = Some(Rank {
            rank: u32::from(comparisons.rank[row]),
            out_of: u32::from(comparisons.out_of[row]),
            tied: 0,
            interval: (bounds.0 > 0).then_some(bounds),
        });
    }
    if comparisons.beyond.word(row) == "small cohort" {
        flags.small_cohort = comparisons.denominator[row].is_finite().then_some(comparisons.denominator[row] as u32);
    }
    flags.unusual = comparisons.unusual.word(row).starts_with("far");
    let trend = comparisons.trend.word(row);
    flags.trend = if trend.starts_with("increasing") {
        Standing::Higher
    } else if trend.starts_with("decreasing") {
        Standing::Lower
    } else if trend.starts_with("no_change") {
        Standing::Similar
    } else {
        Standing::Untested
    };
}

/// Publisher, publication, release and file.
fn source(meta: &TableMeta) -> String {
    let newest = meta.accounts.last();
    let file = newest.map_or("", |account| account.file.rsplit('/').next().unwrap_or_default());
    let release = newest.map_or("", |account| account.release.as_str());
    [meta.source.clone(), format!("release {release}"), file.to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A name that every file system takes.
fn file_name(text: &str) -> String {
    let name: String = crate::area::fold(text).replace(' ', "-");
    if name.is_empty() { "chart".to_owned() } else { name }
}

/// Writes a chart as SVG and PNG with its data and its alt text beside it.
///
/// # Errors
/// The files cannot be written.
pub fn save(folder: &Path, name: &str, picture: &Picture) -> Result<(), Error> {
    let files = [
        ("svg", picture.svg.as_bytes()),
        ("png", picture.png.as_slice()),
        ("csv", picture.csv.as_bytes()),
        ("txt", picture.alt.as_bytes()),
    ];
    for (extension, bytes) in files.into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
        let path = folder.join(format!("{name}.{extension}"));
        write(&path, &mut |out| out.write_all(bytes))?;
    }
    Ok(())
}

/// A chart that could not be drawn, as an error with what to do.
pub fn not_drawn(error: &ChartError) -> Error {
    Error::usage(error.to_string(), "choose another measure or period with `abreast list measures`")
}

/// Draws the trend and the order of every headline measure of `tables` for the authorities; answers how many charts.
///
/// # Errors
/// The published tables cannot be read, or a chart cannot be written.
pub fn headlines(out: &Path, register: &Register, authorities: &[LaCode], tables: &[&str]) -> Result<usize, Error> {
    let Ok(catalogue) = Catalogue::open(out) else { return Ok(0) };
    let mut wanted: Vec<(&str, &TableMeta, &str, &MeasureMeta)> = Vec::new();
    for (table, meta) in catalogue.tables().iter().filter(|(table, _)| tables.contains(&table.as_str())) {
        let headlines = meta.measures.iter().filter(|(_, measure)| measure.headline);
        wanted.extend(headlines.map(|(name, measure)| (table.as_str(), meta, name.as_str(), measure)));
    }
    let names: Vec<String> =
        wanted.iter().map(|(_, _, name, _)| (*name).to_owned()).collect::<BTreeSet<_>>().into_iter().collect();
    if names.is_empty() {
        return Ok(0);
    }
    let frame = catalogue.totals(&names)?;
    let internal = |finding: Finding| Error::usage(finding.message, finding.help);
    let comparisons = Comparisons::of(&frame).map_err(internal)?;
    let tasks: Vec<(usize, LaCode)> =
        (0..wanted.len()).flat_map(|index| authorities.iter().map(move |&authority| (index, authority))).collect();
    let drawn = tasks
        .par_iter()
        .map(|&(index, authority)| {
            let (table, meta, name, measure) = wanted[index];
            let subject = Subject { table, meta, name, measure, authority };
            let rows = comparisons.rows(subject.table, subject.name);
            let who =
                register.newest(authority).map_or_else(|| authority.to_string(), |authority| authority.name.clone());
            let folder = out.join("charts").join(file_name(&who));
            let mut count = 0;
            for (kind, chart) in [
                ("trend", trend(&comparisons, &rows, &subject, None)),
                ("ordered", ordered(&comparisons, &rows, &subject, None, register)),
            ] {
                let Some(chart) = chart else { continue };
                match render(&chart, Size::Column, &Palette::default()) {
                    Ok(picture) => {
                        save(&folder, &format!("{}-{}-{kind}", file_name(table), file_name(name)), &picture)?;
                        count += 1;
                    }
                    Err(ChartError::Empty { .. }) => {}
                    Err(error) => return Err(not_drawn(&error)),
                }
            }
            Ok(count)
        })
        .collect::<Result<Vec<usize>, Error>>()?;
    Ok(drawn.into_iter().sum())
}
