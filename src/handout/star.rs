//! A star schema of the newest figures: facts, and the areas, periods, measures and breakdowns that they name by number.
//!
//! In: the tables of a build. Out: five tables, each as Parquet and as CSV, and the descriptor of the CSV files, in which the word of
//! its status stands where a figure is missing.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::descriptor::{Resource, descriptor};
use super::options::Star;
use super::written::{put, said};
use crate::area::{LaCode, Register};
use crate::finding::{Error, Finding};
use crate::frame::{About, Coded, Declared, Frame, Kind, Words, kind};
use crate::home;
use crate::publish::{Encoded, Part, TableMeta, encode, plain_csv, splice};
use crate::schema::column::{self, *};
use crate::schema::{Layout, OBSERVATIONS, STAR_AREAS, STAR_BREAKDOWNS, STAR_FACTS, STAR_MEASURES, STAR_PERIODS, view};
use crate::store::Catalogue;

view! {
    /// What a fact is made of.
    struct Observed {
        release: Words Release,
        latest: Truths Latest,
        period: Words Period,
        identifier: Words PeriodIdentifier,
        start: Days PeriodStart,
        end: Days PeriodEnd,
        length: Words PeriodLength,
        level: Words Level,
        la: Words LaCode,
        ons: Words OnsCode,
        area: Words AreaName,
        topic: Words BreakdownTopic,
        breakdown: Words Breakdown,
        measure: Words Measure,
        value: Numbers Value,
        numerator: Numbers Numerator,
        denominator: Numbers Denominator,
        status: Words Status,
    }
}

/// Rows that are named by number: their words, each once, in order of first meeting.
#[derive(Default)]
struct Named {
    keys: FxHashMap<Vec<String>, u32>,
    rows: Vec<Vec<String>>,
}

impl Named {
    fn key(&mut self, words: &[&str]) -> u32 {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let next = self.rows.len() as u32 + 1;
        let rows = &mut self.rows;
        *self.keys.entry(words).or_insert_with_key(|words| {
            rows.push(words.clone());
            next
        })
    }
}

/// The tables around the facts.
#[derive(Default)]
struct Around {
    areas: Named,
    periods: Named,
    days: Vec<(i32, i32)>,
    breakdowns: Named,
    measures: Named,
}

/// Writes the star schema; answers what was written.
///
/// # Errors
/// There is no published table, a name is none, or a file cannot be written.
pub fn star(asked: &Star) -> Result<Vec<String>, Error> {
    let catalogue = Catalogue::open(&asked.out)?;
    let (register, _) = home::register()?;
    let tables = chosen(&catalogue, &asked.tables)?;
    let mut around = Around::default();
    let (mut encoded, mut csv, mut count) = (Encoded::empty(), Vec::new(), 0);
    for (number, (name, meta)) in tables.iter().enumerate() {
        let frame = catalogue.pick(name, OBSERVATIONS, &[])?;
        let facts = facts(&frame, (name, meta), &mut around).map_err(said)?;
        count += facts.height();
        let missing = (&column::Value::ABOUT, &column::Status::ABOUT);
        plain_csv(&mut csv, &facts, STAR_FACTS, number == 0, Some(missing)).map_err(Error::reading)?;
        encoded.extend(encode(&facts, STAR_FACTS).map_err(said)?);
    }
    let mut written = vec![(STAR_FACTS, "facts", parquet("Facts", STAR_FACTS, encoded)?, csv)];
    for (layout, name, frame) in around.frames(&register).map_err(said)? {
        let mut csv = Vec::new();
        plain_csv(&mut csv, &frame, layout, true, None).map_err(Error::reading)?;
        written.push((layout, name, parquet(name, layout, encode(&frame, layout).map_err(said)?)?, csv));
    }
    let mut lines = Vec::new();
    let mut entries: Vec<Value> = Vec::new();
    for (layout, name, bytes, csv) in &written {
        put(&asked.to.join(format!("{name}.parquet")), bytes)?;
        lines.push(put(&asked.to.join(format!("{name}.csv")), csv)?);
        entries.push(resource(*layout, name, csv).entry());
    }
    let metas: Vec<&TableMeta> = tables.iter().map(|(_, meta)| meta).collect();
    let whole = descriptor("abreast-star", "Figures of English local authorities as a star schema", &metas, entries);
    let text = serde_json::to_string_pretty(&whole).map_err(|error| Error::usage(error.to_string(), "report this"))?;
    lines.push(put(&asked.to.join("datapackage.json"), text.as_bytes())?);
    lines.push(format!(
        "{} facts of {} tables; each table is there as Parquet too",
        crate::shown::whole(count),
        tables.len()
    ));
    Ok(lines)
}

/// The tables asked for, or all that are published: neither a council's own figures nor sets of neighbours.
pub(super) fn chosen<'c>(catalogue: &'c Catalogue, asked: &[String]) -> Result<Vec<&'c (String, TableMeta)>, Error> {
    if asked.is_empty() {
        let published = catalogue.tables().iter().filter(|(_, meta)| !meta.own && !meta.neighbours);
        return Ok(published.collect());
    }
    let find = |name: &String| {
        catalogue.tables().iter().find(|(table, _)| table == name).ok_or_else(|| {
            let all = catalogue.tables().iter().map(|(table, _)| table.as_str());
            let help = crate::finding::likely(name, all).map_or_else(
                || "`abreast list tables` prints what there is".to_owned(),
                |table| format!("did you mean `{table}`?"),
            );
            Error::usage(format!("there is no published table `{name}`"), help)
        })
    };
    asked.iter().map(find).collect()
}

/// The newest figures of a table as facts.
fn facts(frame: &Frame, (table, meta): (&str, &TableMeta), around: &mut Around) -> Result<Frame, Finding> {
    let seen = Observed::of(frame)?;
    let mut keys: FxHashMap<[usize; 5], u32> = FxHashMap::default();
    let mut columns: [Vec<u32>; 4] = Default::default();
    let mut rows = Vec::new();
    for row in (0..frame.height()).filter(|&row| seen.latest.get_bit(row)) {
        rows.push(row);
        let area = [&seen.level, &seen.la, &seen.ons, &seen.area];
        columns[0].push(*keys.entry(codes(row, 0, &area)).or_insert_with(|| around.areas.key(&words_of(row, &area))));
        let period = [&seen.period, &seen.identifier, &seen.length];
        columns[1].push(*keys.entry(codes(row, 1, &period)).or_insert_with(|| {
            let (start, end) = (seen.start[row], seen.end[row]);
            let mut words = words_of(row, &period);
            let days = format!("{start} {end}");
            words.push(&days);
            let key = around.periods.key(&words);
            if key as usize > around.days.len() {
                around.days.push((start, end));
            }
            key
        }));
        let measure = [&seen.measure];
        columns[2].push(
            *keys
                .entry(codes(row, 2, &measure))
                .or_insert_with(|| measured(around, (table, meta), seen.measure.word(row))),
        );
        let breakdown = [&seen.topic, &seen.breakdown];
        columns[3].push(
            *keys.entry(codes(row, 3, &breakdown)).or_insert_with(|| around.breakdowns.key(&words_of(row, &breakdown))),
        );
    }
    let words = |coded: &Coded<'_>| Words::coded(rows.iter().map(|&row| coded.word(row)));
    let numbers = |cells: &[f64]| rows.iter().map(|&row| cells[row]).collect::<Vec<f64>>();
    let [areas, periods, measures, breakdowns] = columns;
    let ((release, releases), (status, statuses)) = (words(&seen.release), words(&seen.status));
    Frame::new(vec![
        AreaKey.holding(areas)?,
        PeriodNumber.holding(periods)?,
        MeasureKey.holding(measures)?,
        BreakdownKey.holding(breakdowns)?,
        column::Release.holding((release, &releases))?,
        column::Value.holding(numbers(seen.value))?,
        column::Numerator.holding(numbers(seen.numerator))?,
        column::Denominator.holding(numbers(seen.denominator))?,
        column::Status.holding((status, &statuses))?,
    ])
}

/// The codes of a row's words, told from those of other columns by the `kind` in the last place.
fn codes(row: usize, kind: usize, words: &[&Coded<'_>]) -> [usize; 5] {
    let mut codes = [0; 5];
    for (at, words) in words.iter().enumerate() {
        codes[at] = words.codes.get(row);
    }
    codes[4] = kind;
    codes
}

/// The words of a row.
fn words_of<'w>(row: usize, words: &[&Coded<'w>]) -> Vec<&'w str> {
    words.iter().map(|words| words.word(row)).collect()
}

/// The key of a measure of a table.
fn measured(around: &mut Around, (table, meta): (&str, &TableMeta), name: &str) -> u32 {
    let Some(known) = meta.measures.get(name) else {
        return around.measures.key(&[
            table,
            &meta.title,
            name,
            name,
            "",
            "",
            "",
            "none",
            "",
            &meta.source,
            &meta.licence,
        ]);
    };
    around.measures.key(&[
        table,
        &meta.title,
        name,
        &known.label,
        &known.definition,
        &known.topic,
        &known.unit,
        &known.polarity,
        &known.reads,
        &meta.source,
        &meta.licence,
    ])
}

impl Around {
    /// The tables around the facts, with their layouts and names.
    fn frames(&self, register: &Register) -> Result<Vec<(Layout, &'static str, Frame)>, Finding> {
        let region = |row: &Vec<String>| {
            let code = row[1].parse::<LaCode>().ok();
            code.and_then(|code| register.newest(code)).map_or(String::new(), |authority| {
                register
                    .region(&authority.region)
                    .map_or_else(|| authority.region.clone(), |region| region.name.clone())
            })
        };
        let regions: Vec<String> = self.areas.rows.iter().map(region).collect();
        let mut areas = keyed(&self.areas, STAR_AREAS, 4)?;
        areas.push(words(&column::RegionName::ABOUT, &mut regions.iter().map(String::as_str))?);
        let mut periods = keyed(&self.periods, STAR_PERIODS, 2)?;
        periods.push(column::PeriodStart.holding(self.days.iter().map(|days| days.0).collect())?);
        periods.push(column::PeriodEnd.holding(self.days.iter().map(|days| days.1).collect())?);
        periods.push(words(&column::PeriodLength::ABOUT, &mut self.periods.rows.iter().map(|row| row[2].as_str()))?);
        Ok(vec![
            (STAR_AREAS, "areas", Frame::new(areas)?),
            (STAR_PERIODS, "periods", Frame::new(periods)?),
            (STAR_MEASURES, "measures", Frame::new(keyed(&self.measures, STAR_MEASURES, usize::MAX)?)?),
            (STAR_BREAKDOWNS, "breakdowns", Frame::new(keyed(&self.breakdowns, STAR_BREAKDOWNS, usize::MAX)?)?),
        ])
    }
}

/// The key and the first `most` words of named rows as columns of `layout`.
fn keyed(named: &Named, layout: Layout, most: usize) -> Result<Vec<polars::prelude::Column>, Finding> {
    let keys = (1..=named.rows.len() as u32).collect();
    let mut columns = vec![<kind::Wholes as Kind>::made(layout.0[0].name, keys)?];
    for (at, about) in layout.0[1..].iter().enumerate().take(most) {
        columns.push(words(about, &mut named.rows.iter().map(|row| row[at].as_str()))?);
    }
    Ok(columns)
}

fn words(about: &About, cells: &mut dyn Iterator<Item = &str>) -> Result<polars::prelude::Column, Finding> {
    let (codes, words) = Words::coded(cells);
    <kind::Words as Kind>::made(about.name, (codes, &words))
}

fn parquet(title: &str, layout: Layout, encoded: Encoded) -> Result<Vec<u8>, Error> {
    let (title, version) = (title.to_owned(), env!("CARGO_PKG_VERSION").to_owned());
    let meta = TableMeta { title, version, ..TableMeta::default() };
    let mut bytes = Vec::new();
    splice(&mut bytes, layout, &meta, vec![Part::Fresh(encoded)]).map_err(Error::reading)?;
    Ok(bytes)
}

/// A table of the star as a file of its package.
fn resource<'a>(layout: Layout, name: &'a str, csv: &'a [u8]) -> Resource<'a> {
    const REFERS: [(&str, &str); 4] = [
        ("area_key", "areas"),
        ("period_key", "periods"),
        ("measure_key", "measures"),
        ("breakdown_key", "breakdowns"),
    ];
    let is_facts = name == "facts";
    Resource {
        name: name.to_owned(),
        path: format!("{name}.csv"),
        bytes: csv,
        title: crate::shown::sentence(name),
        layout,
        key: if is_facts { "" } else { layout.0[0].name },
        refers: if is_facts { &REFERS } else { &[] },
        labelled: is_facts,
    }
}
