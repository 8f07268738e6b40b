//! A drifted release to the `[[release]]` block that fits it: each old name beside the new one, with how sure that is.
//!
//! Sure is what name and values say together. Where two columns fit alike nothing is guessed: both are named.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::area::fold;
use crate::grid::TextTable;
use crate::normalise::Missing;
use crate::pipeline::{Pipeline, Release, ReleaseBlock};

use super::recognise::Candidate;
use super::relabel::{Labels, relabelled};
use super::sketch::{from, quoted};

/// A column that may be the one meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its name in the new file.
    pub name: String,
    /// How like the names are, 0 to 1.
    pub likeness: f64,
    /// How many of the figures that both releases have agree, and how many there are.
    pub agree: Option<(usize, usize)>,
}

impl Match {
    /// Name and values together, 0 to 1.
    fn score(&self) -> f64 {
        match self.agree.filter(|(_, shared)| *shared >= 10) {
            Some((agree, shared)) => 0.3 * self.likeness + 0.7 * agree as f64 / shared as f64,
            None => self.likeness,
        }
    }

    /// Nearly every shared cell agrees, or the name is all but the same.
    fn is_sure(&self) -> bool {
        match self.agree.filter(|(_, shared)| *shared >= 10) {
            Some((agree, shared)) => agree * 20 >= shared * 19,
            None => self.likeness >= 0.97,
        }
    }

    fn words(&self) -> String {
        let agree = match self.agree {
            Some((agree, shared)) if shared > 0 => format!("{agree} of {shared} shared cells agree"),
            _ => "no shared cells to compare".to_owned(),
        };
        format!("`{}` (name {:.2}, {agree})", self.name, self.likeness)
    }
}

/// What became of a column that the block names.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It is this one now.
    Renamed(Match),
    /// Several fit alike.
    Unsure(Vec<Match>),
    /// None fits.
    Gone,
}

impl Fate {
    fn words(&self, gone: &str) -> String {
        match self {
            Fate::Renamed(option) => {
                let sure = if option.is_sure() { "sure" } else { "likely" };
                format!("{}: {sure}", option.words())
            }
            Fate::Unsure(options) => {
                let words: Vec<String> = options.iter().map(Match::words).collect();
                format!("TWO FIT, say which: {}", words.join(" or "))
            }
            Fate::Gone => gone.to_owned(),
        }
    }
}

/// The release before, as its file says.
pub struct Before<'a> {
    /// The release.
    pub release: Release,
    /// The block that held for it.
    pub block: &'a ReleaseBlock,
    /// Its cells.
    pub table: TextTable,
}

/// What drifted, and the block that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Each missing column with its fate.
    pub fates: Vec<(Missing, Fate)>,
    /// New columns that the block now ignores.
    pub new: Vec<String>,
    /// What became of breakdown labels.
    pub labels: Labels,
    /// The block.
    pub block: String,
}

impl Proposal {
    /// Whether nothing was left open.
    pub fn is_sure(&self) -> bool {
        self.labels.is_sure() && !self.fates.iter().any(|(_, fate)| matches!(fate, Fate::Unsure(_)))
    }

    /// Old names beside new ones, a line each.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        for (missing, fate) in &self.fates {
            let words = fate.words("no column is like it: its mapping is taken out");
            let _ = writeln!(text, "  {} `{}` -> {words}", missing.key, missing.name);
        }
        for name in &self.new {
            let _ = writeln!(text, "  new column `{name}`: ignored until somebody maps it");
        }
        for (missing, fate) in &self.labels.fates {
            let words = fate.words("no label is like it: the file has no such rows");
            let _ = writeln!(text, "  label `{}` in `{}` -> {words}", missing.name, missing.key);
        }
        for (column, name) in &self.labels.new {
            let _ = writeln!(text, "  new label `{name}` in `{column}`: kept under its own name");
        }
        text
    }
}

/// Works out what became of the missing columns and writes the block of `release`.
pub fn propose(
    candidate: &Candidate<'_>,
    table: &TextTable,
    before: Option<&Before<'_>>,
    release: &str,
    file: &str,
) -> Proposal {
    // Twins first: one that is another column now leaves its name to a missing one.
    let mut fates = twins(candidate, table, before);
    let left = fates.iter().filter_map(|(missing, fate)| match fate {
        Fate::Renamed(option) if option.name != missing.name => Some(missing.name.clone()),
        _ => None,
    });
    let left: Vec<String> = left.collect();
    let free: Vec<String> = candidate.fit.free.iter().chain(&left).cloned().collect();
    let missing = candidate.fit.missing.iter();
    let found: Vec<(Missing, Fate)> =
        missing.map(|missing| (missing.clone(), fate(missing, &free, candidate, table, before))).collect();
    fates.extend(found);
    let labels = relabelled(candidate, table, before);
    let renamed =
        |name: &String| fates.iter().any(|(_, fate)| matches!(fate, Fate::Renamed(option) if option.name == *name));
    let new: Vec<String> = candidate.fit.new.iter().chain(&left).filter(|name| !renamed(name)).cloned().collect();
    let block = labels.added_to(&block(candidate, table, &fates, &new, release, file));
    Proposal { fates, new, labels, block }
}

/// Columns that a block names and that the file has twice: a header printed again is one of them by its figures.
fn twins(candidate: &Candidate<'_>, table: &TextTable, before: Option<&Before<'_>>) -> Vec<(Missing, Fate)> {
    let mut twins = Vec::new();
    for (key, columns) in &candidate.block.columns {
        for name in &columns.get_ref().0 {
            let again =
                |other: &&String| other.rsplit_once('#').is_some_and(|(plain, _)| plain.eq_ignore_ascii_case(name));
            let others: Vec<String> = candidate.fit.new.iter().filter(again).cloned().collect();
            if others.is_empty() || table.position(name).is_none() {
                continue;
            }
            let missing = Missing { key: key.clone(), name: name.clone() };
            let options: Vec<String> = std::iter::once(name.clone()).chain(others).collect();
            let mut found = fate(&missing, &options, candidate, table, before);
            if let Fate::Unsure(matches) = &found
                && matches.iter().all(|option| alike(table, name, &option.name))
            {
                // The same figures twice: either will do.
                found = Fate::Renamed(Match { name: name.clone(), ..matches[0].clone() });
            }
            twins.push((missing, found));
        }
    }
    twins
}

/// Whether two columns say the same in every row.
fn alike(table: &TextTable, one: &str, other: &str) -> bool {
    let cells = |name: &str| table.position(name).and_then(|column| table.frame.columns()[column].str().ok());
    cells(one).zip(cells(other)).is_some_and(|(one, other)| one.iter().eq(other.iter()))
}

/// Which of the columns `names` is what is missing.
fn fate(
    missing: &Missing,
    names: &[String],
    candidate: &Candidate<'_>,
    table: &TextTable,
    before: Option<&Before<'_>>,
) -> Fate {
    let old = before.and_then(|before| old_column(missing, candidate, before).map(|column| (before, column)));
    let options = names.iter().filter_map(|name| {
        let column = table.position(name)?;
        let agree = old.map(|(before, old)| agreement(&before.table, old, table, column));
        let plain = name.split('#').next().unwrap_or(name);
        Some(Match { name: name.clone(), likeness: likeness(&missing.name, plain), agree })
    });
    choose(options.collect())
}

/// The one of `options` that fits, or those that fit alike.
pub fn choose(mut options: Vec<Match>) -> Fate {
    options.retain(|option| option.score() >= 0.6);
    options.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let best = options.first().map(Match::score);
    // A rename that only the name speaks for must be a close one.
    let enough = |option: &Match| {
        option.score() >= if option.agree.is_some_and(|(_, shared)| shared >= 10) { 0.7 } else { 0.85 }
    };
    options.retain(|option| enough(option) && best.is_some_and(|best| best - option.score() < 0.03));
    match options.len() {
        0 => Fate::Gone,
        1 => Fate::Renamed(options.remove(0)),
        _ => Fate::Unsure(options),
    }
}

/// The column of the release before for what is missing now.
fn old_column(missing: &Missing, candidate: &Candidate<'_>, before: &Before<'_>) -> Option<usize> {
    let named = before.table.position(&missing.name);
    named.or_else(|| {
        let same = before.block.from.get_ref() == candidate.block.from.get_ref();
        let columns = before.block.columns.get(&missing.key).filter(|_| !same)?;
        before.table.position(columns.get_ref().0.first()?)
    })
}

/// How like two names are: spelling, or the words they are made of in any order.
pub fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| {
        let folded = fold(&text.replace('_', " "));
        let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        words
    };
    let (a, b) = (words(one), words(other));
    let common = a.iter().filter(|word| b.contains(word)).count();
    let all = a.len() + b.len() - common;
    let spelling = strsim::jaro_winkler(&one.to_lowercase(), &other.to_lowercase());
    spelling.max(common as f64 / all.max(1) as f64)
}

/// How many cells of two columns agree in the rows that both tables have, and how many such rows there are.
///
/// Rows are the same where every column that both tables have and that holds words, codes or periods says the same.
fn agreement(old: &TextTable, old_column: usize, new: &TextTable, new_column: usize) -> (usize, usize) {
    let shared: Vec<(usize, usize)> = old
        .names()
        .enumerate()
        .filter_map(|(column, name)| Some((column, new.position(name)?)))
        .filter(|&(one, other)| one != old_column && other != new_column && is_key(old, one))
        .collect();
    let text = |table: &TextTable, row: usize, column: usize| -> String {
        let cell = table.frame.columns().get(column).and_then(|cells| cells.str().ok()?.get(row)).unwrap_or_default();
        cell.trim().to_lowercase()
    };
    let key = |table: &TextTable, row: usize, old: bool| {
        let texts = shared.iter().map(|&(one, other)| text(table, row, if old { one } else { other }));
        texts.collect::<Vec<String>>().join("\u{1f}")
    };
    // A key that stands twice tells nothing.
    let mut known: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for row in 0..old.rows.len() {
        known.entry(key(old, row, true)).and_modify(|row| *row = None).or_insert(Some(row));
    }
    let (mut agree, mut both) = (0, 0);
    for row in 0..new.rows.len() {
        if let Some(Some(earlier)) = known.remove(&key(new, row, false)) {
            let (one, other) = (text(old, earlier, old_column), text(new, row, new_column));
            if !one.is_empty() || !other.is_empty() {
                both += 1;
                agree += usize::from(same(&one, &other));
            }
        }
    }
    (agree, both)
}

/// Whether two cells say the same, as words or as numbers.
pub fn same(one: &str, other: &str) -> bool {
    one == other || one.parse::<f64>().ok().zip(other.parse::<f64>().ok()).is_some_and(|(one, other)| one == other)
}

/// Whether a column says which row it is: a standard one, or mostly words.
pub fn is_key(table: &TextTable, column: usize) -> bool {
    let name = table.names().nth(column).unwrap_or_default().to_lowercase();
    if ["time_period", "old_la_code", "new_la_code"].contains(&name.as_str())
        || name.contains("code")
        || name.contains("year")
    {
        return true;
    }
    let Ok(cells) = table.frame.columns()[column].str() else { return false };
    let (mut words, mut all) = (0, 0);
    for text in cells.iter().flatten().map(str::trim).filter(|text| text.len() > 1).take(400) {
        all += 1;
        words += usize::from(
            !text.chars().any(|c| c.is_ascii_digit()) || text.chars().filter(|c| c.is_alphabetic()).count() > 2,
        );
    }
    all > 0 && words * 10 >= all * 9
}

/// The text of the block of `pipeline` that is `block`, from its `[[release]]` to the next heading.
fn text_of<'p>(pipeline: &'p Pipeline, block: &ReleaseBlock) -> (&'p str, usize) {
    let text = pipeline.text.as_str();
    let at = block.from.span().start.min(text.len());
    let start = text[..at].rfind("[[release]]").unwrap_or(at);
    let rest = &text[start..];
    let end = rest.match_indices("\n[").map(|(at, _)| at).next().unwrap_or(rest.len());
    (rest[..end].trim_end(), start + end)
}

/// The block as it is, changed to what the new file says.
fn block(
    candidate: &Candidate<'_>,
    table: &TextTable,
    fates: &[(Missing, Fate)],
    new: &[String],
    release: &str,
    file: &str,
) -> String {
    let (old, _) = text_of(candidate.pipeline, candidate.block);
    let mut block = set(old, "from", &from(release));
    if !candidate.name_fits {
        block = set(&block, "file", &quoted(file));
    }
    if let Some(row) = candidate.moved_to.filter(|row| candidate.block.header.rows() != [*row]) {
        block = set(&block, "header", &row.to_string());
    }
    let elsewhere = candidate.moved_to.is_some() || candidate.other_sheet;
    if elsewhere && candidate.rivals.is_empty() && !table.sheet.is_empty() {
        block = set(&block, "sheet", &quoted(&table.sheet));
    }
    for (missing, fate) in fates {
        match fate {
            Fate::Renamed(option) => block = block.replace(&quoted(&missing.name), &quoted(&option.name)),
            Fate::Unsure(_) | Fate::Gone => block = without(&block, missing),
        }
    }
    if new.is_empty() {
        return block;
    }
    let names: Vec<String> = new.iter().map(|name| quoted(name)).collect();
    match block.find("ignore").and_then(|at| block[at..].find('[').map(|bracket| at + bracket + 1)) {
        Some(at) => {
            let comma = if block[at..].trim_start().starts_with(']') { "" } else { ", " };
            block.insert_str(at, &format!("{}{comma}", names.join(", ")));
            block
        }
        None => format!("{block}\nignore = [{}]", names.join(", ")),
    }
}

/// The block with the line of `key` saying `value`, added behind `from` where there is none.
fn set(block: &str, key: &str, value: &str) -> String {
    let is_line = |line: &str| line.split('=').next().is_some_and(|name| name.trim() == key);
    let line = format!("{key} = {value}");
    if block.lines().any(is_line) {
        return block.lines().map(|old| if is_line(old) { line.as_str() } else { old }).collect::<Vec<_>>().join("\n");
    }
    let mut lines: Vec<&str> = block.lines().collect();
    let behind = lines.iter().position(|line| line.trim_start().starts_with("from")).map_or(lines.len(), |at| at + 1);
    lines.insert(behind, &line);
    lines.join("\n")
}

/// The block without the mapping of a column that is not there.
fn without(block: &str, missing: &Missing) -> String {
    let pattern =
        format!(r#"("?{}"?\s*=\s*)?{}\s*,?\s*"#, regex::escape(&missing.key), regex::escape(&quoted(&missing.name)));
    let Ok(pattern) = regex::Regex::new(&pattern) else { return block.to_owned() };
    let bare = pattern.replace(block, "").into_owned();
    match regex::Regex::new(r",\s*(\}|\])") {
        Ok(comma) => comma.replace_all(&bare, " $1").into_owned(),
        Err(_) => bare,
    }
}

/// The pipeline's text with `block` behind its last block.
pub fn with_block(pipeline: &Pipeline, block: &str) -> String {
    let last = pipeline.releases.iter().max_by_key(|block| block.from.span().start);
    let end = last.map_or(pipeline.text.len(), |last| text_of(pipeline, last).1);
    let (head, tail) = pipeline.text.split_at(end);
    format!("{}\n\n{block}\n{tail}", head.trim_end())
}

/// The block that holds already, as it stands in the pipeline.
pub fn standing<'p>(candidate: &Candidate<'p>) -> &'p str {
    text_of(candidate.pipeline, candidate.block).0
}
