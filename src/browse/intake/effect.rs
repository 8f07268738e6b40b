//! What filing will change, as the page of a file says it.

use serde::Serialize;

use crate::area::LaCode;
use crate::browse::build::Build;
use crate::finding::Error;
use crate::intake::waiting::{Foresaw, Room, Waiting};
use crate::shown::{counted, whole};
use crate::store::measure;

/// How many changes of the own authority are told.
const OWN: usize = 12;

/// What is filled in.
#[derive(Serialize)]
pub struct Effect {
    lede: String,
    tiles: Vec<Tile>,
    tables: Vec<Table>,
    who: String,
    own: Vec<Vec<String>>,
    errors: Vec<[String; 3]>,
    warnings: Vec<[String; 3]>,
    /// Whether filing would leave tables as they were, because of errors.
    pub has_errors: bool,
}

#[derive(Serialize)]
struct Tile {
    count: String,
    name: String,
    words: String,
}

#[derive(Serialize)]
struct Table {
    name: String,
    lines: Vec<String>,
}

/// The effect of filing a file.
///
/// # Errors
/// The changes cannot be read.
pub fn effect(build: &Build, room: &Room, waiting: &Waiting, foresaw: Foresaw) -> Result<Effect, Error> {
    let sum = |at: usize| foresaw.tables.iter().map(|table| table.counts[at]).sum::<usize>();
    let ranks = |at: usize| foresaw.tables.iter().map(|table| table.ranks[at]).sum::<usize>();
    let tile = |count: usize, name: &str, words: String| Tile { count: whole(count), name: name.to_owned(), words };
    let fresh: usize = foresaw.new.iter().map(|(_, count)| count).sum();
    let new_tables: Vec<&str> = foresaw.new.iter().map(|(name, _)| name.as_str()).collect();
    let tiles = vec![
        tile(
            sum(0) + fresh,
            "new figures",
            if new_tables.is_empty() { String::new() } else { format!("new: {}", new_tables.join(", ")) },
        ),
        tile(sum(1), "revised", String::new()),
        tile(sum(2), "withdrawn or gone", String::new()),
        tile(
            ranks(0),
            "ranks moved",
            format!("{} by their own figure, {} because others were revised", whole(ranks(1)), whole(ranks(2))),
        ),
    ];
    let lede = match (foresaw.is_unread, foresaw.tables.len() + foresaw.new.len()) {
        (true, _) => "No table reads the file where it would be filed: nothing would change.".to_owned(),
        (false, 0) => "Nothing would change: what the file says is known already.".to_owned(),
        (false, tables) => format!(
            "Tried beside the present build, in a folder of its own: {} would change. Filing it gives exactly this.",
            counted(tables, "table", "tables")
        ),
    };
    let who = build.home.and_then(|code| build.register.newest(code)).map_or_else(String::new, |one| one.name.clone());
    Ok(Effect {
        lede,
        tiles,
        tables: foresaw.tables.into_iter().map(|table| Table { name: table.title, lines: table.lines }).collect(),
        who,
        own: build.home.map_or_else(|| Ok(Vec::new()), |code| own(build, room, waiting, code))?,
        has_errors: !foresaw.errors.is_empty(),
        errors: foresaw.errors,
        warnings: foresaw.warnings,
    })
}

/// The changes of an authority's figures for the whole, the first of them: measure, period, before, after.
fn own(build: &Build, room: &Room, waiting: &Waiting, code: LaCode) -> Result<Vec<Vec<String>>, Error> {
    let file = fs_err::File::open(room.changes(waiting)?).map_err(Error::reading)?;
    let mut reader = csv::Reader::from_reader(std::io::BufReader::new(file));
    let code = code.to_string();
    let mut own = Vec::new();
    for row in reader.records().flatten() {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        if cell(0) == "figure" && cell(5) == code && cell(7) == crate::schema::TOTAL {
            let known = build.catalogue.measure(&format!("{}/{}", cell(1), cell(3))).ok();
            let measure = known.map(|found| measure(&found, ""));
            let shown = |text: &str| match (text.parse::<f64>(), &measure) {
                _ if text.is_empty() => "no row".to_owned(),
                (Ok(value), Some(measure)) => measure.shown(value),
                _ => text.replace('_', " "),
            };
            let label = measure.as_ref().map_or(cell(3), |measure| measure.label.as_str());
            own.push(vec![label.to_owned(), cell(4).to_owned(), shown(cell(9)), shown(cell(10))]);
        }
    }
    // The newest periods are what a reader looks for.
    own.sort_by(|a, b| b[1].cmp(&a[1]).then_with(|| a[0].cmp(&b[0])));
    own.truncate(OWN);
    Ok(own)
}
