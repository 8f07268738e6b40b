//! `cargo run --example readings -- OUT [COUNT [SEED]]`: readings drawn at random from a build, each with its published
//! figures and everything that is said of it.
//!
//! For whoever reads the words against the figures: five lines a reading (figures, title, table words, alternative text,
//! key message), in an order that depends on the seed alone.

use std::path::Path;
use std::process::ExitCode;

use abreast::area::{LaCode, Register};
use abreast::home;
use abreast::reading::{Reading, words};
use abreast::schema::TOTAL;
use abreast::series::Point;
use abreast::store::{Catalogue, Compared, Found};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, none: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(none);
    let Some(out) = arguments.first() else {
        eprintln!("name the outputs folder");
        return ExitCode::from(2);
    };
    match list(Path::new(out), number(1, 200), number(2, 1) as u64) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn list(out: &Path, count: usize, seed: u64) -> Result<()> {
    let catalogue = Catalogue::open_whole(out)?;
    let register = catalogue.with_neighbours(&home::register()?.0)?;
    let tables = catalogue.tables().iter().filter(|(_, meta)| !meta.own);
    let all: Vec<Found<'_>> = tables
        .flat_map(|(table, meta)| meta.measures.iter().map(move |(name, measure)| Found { table, meta, name, measure }))
        .collect();
    let mut state = seed;
    let mut told = 0;
    while told < count {
        told += usize::from(one(&all[drawn(&mut state, all.len())], &catalogue, &register, &mut state, told + 1)?);
    }
    Ok(())
}

/// The next number below `below` (splitmix64).
fn drawn(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % below.max(1) as u64) as usize
}

/// Prints the reading of one authority in the latest period of the measure; answers whether there is one.
fn one(found: &Found<'_>, catalogue: &Catalogue, register: &Register, state: &mut u64, number: usize) -> Result<bool> {
    let (topic, part) = found.measure.breakdown.split_once('=').unwrap_or((TOTAL, TOTAL));
    let frame = catalogue.comparisons(&[*found], &[topic.trim().to_owned()])?;
    let compared = Compared::of(&frame).map_err(|finding| finding.message)?;
    let slice = compared.slice(*found, topic.trim(), part.trim());
    let codes: Vec<LaCode> = register.authorities().iter().map(|one| one.code).collect();
    let code = codes[drawn(state, codes.len())];
    let Some(point) = slice.series(code).points.pop() else { return Ok(false) };
    let part = if topic == TOTAL { "" } else { part.trim() };
    tell(number, &slice.evidence(code, point.when, part, register).reading(), &point);
    Ok(true)
}

fn tell(number: usize, reading: &Reading, point: &Point<'_>) {
    let known = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |value| format!("{value}"));
    let beside = point
        .against
        .iter()
        .map(|against| format!("{} {} [{}]", against.name, known(against.figure.value), against.beyond));
    let counts = point.figure.counts().map_or_else(String::new, |(above, below)| format!(" = {above} of {below}"));
    let range = point.figure.range.map_or_else(String::new, |range| format!(" ({} to {})", range.lower, range.upper));
    println!("{number}. {}, {}, {}", reading.who, reading.measure.label, reading.period.label);
    println!(
        "   figures  {}{counts}{range}; {}; change {} ; rank {:?} of {}; {} {}",
        known(point.figure.value),
        beside.collect::<Vec<_>>().join("; "),
        known(point.change),
        point.standing.rank,
        point.standing.out_of,
        point.standing.unusual,
        point.standing.trend,
    );
    println!("   title    {} / {}", words::over_time(reading), words::among(reading));
    println!("   table    {} / {} / {}", words::against_england(reading), words::moved(reading), words::place(reading));
    println!("   alt      {}", words::about(reading));
    let message = words::message(reading);
    println!("   message  {} {}", message.bold, message.rest);
}
