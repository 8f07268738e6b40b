//! Authorities make their region, and regions and authorities make England, wherever all of them have a number.
//!
//! In: the lines of counts and the register, which says who was open in which region. Out: findings that name the region
//! and the period. Nobody declares this: what does not add up in many periods and areas is not meant to (a child may be
//! counted in two authorities) and is left alone with a note; one that does not where the others do is found.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::accept::Accepted;
use super::cells::{adds_up, place_of, shown};
use super::cube::{Cube, ENGLAND};
use super::lines::Line;
use super::totals;
use crate::area::{Authority, Register};
use crate::finding::{Finding, Place};
use crate::period::{day, label};
use crate::pipeline::Pipeline;

/// A whole and its parts in one period, as places.
struct Whole {
    place: usize,
    /// How many parts there must be; fewer places mean that some have no row in the table.
    wanted: usize,
    parts: Vec<usize>,
    /// Authorities of the area that were not open on the day.
    outside: Vec<usize>,
    /// `authorities` or `regions`.
    of: &'static str,
}

/// One whole that was added up.
#[derive(Clone, Copy)]
struct Case {
    row: usize,
    place: usize,
    of: &'static str,
    sum: f64,
    whole: f64,
    parts: usize,
    /// Beyond what rounding explains.
    wrong: bool,
    newest: bool,
}

impl Case {
    /// The gap as a share of the whole.
    fn size(&self) -> f64 {
        (self.sum - self.whole).abs() / self.whole.abs().max(self.sum.abs()).max(1.0)
    }
}

/// Cases that may be wrong before the measure is taken for one that does not add up.
const OFTEN: f64 = 0.1;

/// Findings that get a line each; more are told together.
const EACH: usize = 10;

/// What does not add up, over all counts of the table.
pub(super) fn sums(
    pipeline: &Pipeline,
    cube: &Cube<'_>,
    lines: &[Line],
    register: &Register,
    corrected: &FxHashSet<usize>,
    accepted: &mut Accepted<'_>,
) -> Result<Vec<Finding>, Finding> {
    let counts = adds_up(&cube.words.unit);
    let mut wholes: BTreeMap<i32, Vec<Whole>> = BTreeMap::new();
    let mut wrong: Vec<Case> = Vec::new();
    let mut loose: Vec<String> = Vec::new();
    let declared = pipeline.checks.total.as_ref().map_or(0.0, |total| total.rounded_to);
    for lines in lines.chunk_by(|a, b| a.measure == b.measure) {
        if !counts[cube.unit_code(&lines[0].steps[0].group)] {
            continue;
        }
        let total = pipeline.checks.total.as_ref().filter(|total| total.parts == "region");
        let declared_regions = total.is_some_and(|total| totals::wanted(total, cube, &lines[0]));
        let bases = Bases::of(cube, lines, declared);
        let newest = lines.iter().filter_map(|line| line.steps.last().map(|step| step.end)).max();
        let mut cases: Vec<Case> = Vec::new();
        for line in lines {
            for (at, step) in line.steps.iter().enumerate() {
                let all = wholes.entry(step.end).or_insert_with(|| wholes_on(cube, register, step.end));
                let as_published = |whole: &&Whole| !is_corrected(line, at, whole, corrected);
                let found = all.iter().filter(as_published).filter_map(|whole| case(cube, line, at, whole, &bases));
                cases.extend(found.map(|case| Case { newest: Some(step.end) == newest, ..case }));
            }
        }
        for of in ["authorities", "regions"] {
            // What `total` declares is checked by its own rules.
            if of == "regions" && declared_regions {
                continue;
            }
            let mine: Vec<Case> = cases.iter().filter(|case| case.of == of).copied().collect();
            if is_loose(&mine) {
                loose.push(format!("`{}` ({of})", cube.words.measure.words[lines[0].measure]));
            } else {
                wrong.extend(mine.into_iter().filter(|case| case.wrong));
            }
        }
    }
    wrong.retain(|case| !accepted.holds(cube, case.row));
    let mut findings = grouped(cube, wrong)?;
    if !loose.is_empty() {
        let message = format!(
            "parts do not add up to their wholes by more than rounding in many places, so that they are not held against each other: {}",
            loose.join(", ")
        );
        let help = "nothing to do where one child or place counts in several areas";
        findings.push(Finding::note("sums-loose", message, help).at(Place::file(&pipeline.path)));
    }
    Ok(findings)
}

/// Whether so many cases are wrong that the measure is not meant to add up. The newest period is judged by the others.
fn is_loose(cases: &[Case]) -> bool {
    let share = |cases: &mut dyn Iterator<Item = &Case>| {
        let (count, wrong) = cases.fold((0, 0), |(count, wrong), case| (count + 1, wrong + usize::from(case.wrong)));
        (count > 0).then(|| wrong as f64 / count as f64)
    };
    match share(&mut cases.iter().filter(|case| !case.newest)) {
        Some(before) => before > OFTEN,
        None => share(&mut cases.iter()).is_some_and(|now| now > 0.5),
    }
}

/// What the figures of each level are rounded to.
struct Bases {
    england: f64,
    regions: f64,
    authorities: f64,
}

impl Bases {
    fn of(cube: &Cube<'_>, lines: &[Line], declared: f64) -> Bases {
        let base = |places: std::ops::Range<usize>| {
            let values =
                lines.iter().flat_map(|line| (0..line.steps.len()).flat_map(|at| line.at(at)[places.clone()].iter()));
            base(values.copied()).max(declared)
        };
        Bases {
            england: base(0..1),
            regions: base(cube.places.regions()),
            authorities: base(cube.places.authorities()),
        }
    }

    fn at(&self, cube_place: usize, of_regions: bool) -> (f64, f64) {
        let part = if of_regions { self.regions } else { self.authorities };
        (part, if cube_place == ENGLAND { self.england } else { self.regions })
    }
}

/// The largest base that all numbers are multiples of; 0 where they are not whole.
fn base(values: impl Iterator<Item = f64>) -> f64 {
    let mut base = 1000.0;
    let mut count = 0;
    for value in values.filter(|value| !value.is_nan() && *value != 0.0) {
        count += 1;
        while base >= 1.0 && (value / base).fract() != 0.0 {
            base = if base > 10.0 {
                base / 10.0
            } else if base == 10.0 {
                5.0
            } else if base == 5.0 {
                1.0
            } else {
                0.0
            };
        }
    }
    // A handful of round numbers is no rounding.
    if count < 8 { base.min(1.0) } else { base }
}

/// England and the regions of a table with their parts on a day, by the register.
fn wholes_on(cube: &Cube<'_>, register: &Register, end: i32) -> Vec<Whole> {
    let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let open = register.open_on(day(end));
    let codes: Vec<String> = open.iter().map(|authority| authority.code.to_string()).collect();
    for (authority, code) in open.iter().zip(&codes) {
        members.entry(authority.region.as_str()).or_default().push(code);
        if let Some(half) = register.region(&authority.london).filter(|_| !authority.london.is_empty()) {
            members.entry(half.code.as_str()).or_default().push(code);
        }
    }
    let elsewhere = |region: Option<&str>| {
        let there = |authority: &&Authority| region.is_none_or(|region| authority.region == region);
        let gone = register.authorities().iter().filter(there).map(|authority| authority.code.to_string());
        gone.filter(|code| !codes.contains(code)).filter_map(|code| cube.authority(&code)).collect()
    };
    let whole = |place: usize, codes: &[&str], region: Option<&str>| Whole {
        place,
        wanted: codes.len(),
        parts: codes.iter().filter_map(|code| cube.authority(code)).collect(),
        outside: elsewhere(region),
        of: "authorities",
    };
    let regions = members.iter().filter_map(|(code, codes)| Some(whole(cube.region(code)?, codes, Some(code))));
    let mut all: Vec<Whole> = regions.collect();
    all.push(whole(ENGLAND, &codes.iter().map(String::as_str).collect::<Vec<&str>>(), None));
    let nine: Vec<&str> = members.keys().copied().filter(|code| code.starts_with("E12")).collect();
    let of_regions = |codes: &[&str]| Whole {
        place: ENGLAND,
        wanted: codes.len(),
        parts: codes.iter().filter_map(|code| cube.region(code)).collect(),
        outside: Vec::new(),
        of: "regions",
    };
    all.push(of_regions(&nine));
    let halves: Vec<&str> = members.keys().copied().filter(|code| *code != "E12000007").collect();
    all.push(of_regions(&halves));
    all
}

/// Whether a part or the whole is not as the publisher has it: the others then need not add up.
fn is_corrected(line: &Line, at: usize, whole: &Whole, corrected: &FxHashSet<usize>) -> bool {
    let rows = whole.parts.iter().chain([&whole.place]).filter_map(|&place| line.row(at, place));
    !corrected.is_empty() && rows.into_iter().any(|row| corrected.contains(&row))
}

/// The sum of the parts of a whole, where every part has a number. A whole that also counts figures back-cast to
/// authorities which were not open yet is not wrong: `succession` says so.
fn case(cube: &Cube<'_>, line: &Line, at: usize, whole: &Whole, bases: &Bases) -> Option<Case> {
    let values = line.at(at);
    let total = values[whole.place];
    if total.is_nan() || whole.parts.is_empty() || whole.parts.len() < whole.wanted {
        return None;
    }
    let sum: f64 = whole.parts.iter().map(|&place| values[place]).sum();
    if sum.is_nan() {
        return None;
    }
    let (part, base) = bases.at(whole.place, whole.of == "regions");
    let slack = 0.5 * (part * whole.parts.len() as f64 + base) + 1e-6 * total.abs() + 0.5;
    let rows = whole.outside.iter().filter_map(|&place| line.row(at, place));
    let elsewhere: f64 = rows.map(|row| cube.values[row]).filter(|value| !value.is_nan()).sum();
    let is_wrong = |sum: f64| (sum - total).abs() > slack;
    Some(Case {
        row: line.row(at, whole.place)?,
        place: whole.place,
        of: whole.of,
        sum,
        whole: total,
        parts: whole.parts.len(),
        wrong: is_wrong(sum) && is_wrong(sum + elsewhere),
        newest: false,
    })
}

/// A line for each area and period, or for each measure where they are many; the most serious first.
fn grouped(cube: &Cube<'_>, mut wrong: Vec<Case>) -> Result<Vec<Finding>, Finding> {
    wrong.sort_by(|a, b| b.newest.cmp(&a.newest).then(b.size().total_cmp(&a.size())).then(a.row.cmp(&b.row)));
    let period = |case: &Case| cube.words.period.codes.get(case.row);
    let mut areas: Vec<((usize, usize), Vec<Case>)> = Vec::new();
    for case in &wrong {
        push(&mut areas, (case.place, period(case)), *case);
    }
    if areas.len() <= EACH {
        return areas.into_iter().map(|(_, cases)| finding(cube, &cases, 3)).collect();
    }
    let mut measures: Vec<(usize, Vec<Case>)> = Vec::new();
    for case in wrong {
        push(&mut measures, cube.words.measure.codes.get(case.row), case);
    }
    measures.into_iter().map(|(_, cases)| finding(cube, &cases, 20)).collect()
}

fn push<K: PartialEq>(groups: &mut Vec<(K, Vec<Case>)>, key: K, case: Case) {
    match groups.iter_mut().find(|(known, _)| *known == key) {
        Some((_, cases)) => cases.push(case),
        None => groups.push((key, vec![case])),
    }
}

fn finding(cube: &Cube<'_>, cases: &[Case], most: usize) -> Result<Finding, Finding> {
    let words = |case: &Case| {
        let period = label(cube.words.period.word(case.row), cube.words.identifier.word(case.row));
        let (topic, breakdown) = (cube.words.topic.word(case.row), cube.words.breakdown.word(case.row));
        let part = if topic == crate::schema::TOTAL { String::new() } else { format!(" ({topic} / {breakdown})") };
        format!(
            "{}, {period}: `{}`{part} is {}, its {} {} make {}",
            cube.words.name.word(case.row),
            cube.words.measure.word(case.row),
            shown(case.whole),
            case.parts,
            case.of,
            shown(case.sum)
        )
    };
    let named: Vec<String> = cases.iter().take(most).map(words).collect();
    let more = if cases.len() > most { format!("; and {} more", cases.len() - most) } else { String::new() };
    let row = cases.first().map_or(0, |case| case.row);
    let help = "a part or the whole is wrong, missing or another's: look at the rows named; a difference that is meant is an `[[accept]]` (docs/checks.md)";
    Ok(Finding::warning("sum-differs", format!("{}{more}", named.join("; ")), help).at(place_of(cube.frame, row)?))
}
