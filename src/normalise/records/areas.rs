//! Of which authority a record is, and of which period: each told once of equal words.

use rustc_hash::FxHashMap;

use super::compile::Compiler;
use super::machine::Known;
use super::plan::{Op, Via};
use super::value::{MISSING, Value};
use crate::area::{Level, Register};
use crate::finding::{Finding, Place};
use crate::normalise::geography::{Geography, OUTSIDE_LIFE, Outcome, Words, Wrong};
use crate::normalise::input::{Input, Shared};
use crate::period::Period;
use crate::pipeline::Pipeline;

/// The area a record counts towards: level and numbers of its words.
pub(super) type AreaKey = (Level, u32, u32, u32);

/// What becomes of a record by its area.
#[derive(Clone, Copy)]
pub(super) enum Verdict {
    /// It is of this number.
    Of(u32),
    /// A rule leaves it out.
    LeftOut(&'static str),
    /// It is refused; the number says why.
    Refused(usize),
}

/// Where the words of an area stand: code, 9-character code, name.
#[derive(Clone, Copy)]
pub(super) enum Stands {
    /// In columns of the row that is counted.
    Columns([Option<usize>; 3]),
    /// In fields.
    Nodes([Option<usize>; 3]),
}

/// The areas met.
pub(super) struct Areas<'a> {
    stands: Stands,
    geography: Geography<'a>,
    /// By the codes of the words and the number of the period, as one number.
    known: FxHashMap<u128, Verdict>,
    /// The areas, by number.
    pub met: Vec<AreaKey>,
}

/// Whether fields stand in tables of one row, so that all records are of one authority.
pub(super) fn is_one(compiler: &Compiler<'_, '_>, nodes: [Option<usize>; 3]) -> bool {
    let is_single = |node: &usize| match compiler.plan.nodes[*node].op {
        Op::Read { reach, .. } => compiler.plan.reaches[reach].via == Via::Single,
        _ => false,
    };
    nodes.iter().flatten().all(is_single)
}

impl<'a> Areas<'a> {
    /// Areas by what `stands` says.
    pub fn of(stands: Stands, register: &'a Register) -> Areas<'a> {
        Areas { stands, geography: Geography::new(register), known: FxHashMap::default(), met: Vec::new() }
    }

    /// The area of a record of row `row` in period number `index`: `word` and `own` are the words and codes of its
    /// columns, `codes` those of its nodes.
    pub fn verdict(
        &mut self,
        (word, own): (&dyn Fn(usize, u32) -> String, &[u32]),
        (codes, known): (&[u32], Known<'_, '_>),
        index: u32,
        row: u32,
        shared: &mut Shared,
    ) -> Verdict {
        let key = match self.stands {
            Stands::Columns(columns) => columns.map(|column| column.map_or(MISSING, |column| own[column])),
            Stands::Nodes(nodes) => nodes.map(|node| node.map_or(MISSING, |node| codes[node])),
        };
        let all = key.iter().fold(u128::from(index), |all, &code| all << 32 | u128::from(code));
        if let Some(found) = self.known.get(&all) {
            return *found;
        }
        let text = |at: usize| match self.stands {
            Stands::Columns(columns) => columns[at].map(|column| word(column, key[at])),
            Stands::Nodes(nodes) => nodes[at].map(|node| known.word(node, key[at])),
        };
        let texts = [0, 1, 2].map(|at| text(at).unwrap_or_default());
        let found = self.look_up(&texts, index, row, shared);
        self.known.insert(all, found);
        found
    }

    fn look_up(&mut self, [code, ons, name]: &[String; 3], index: u32, row: u32, shared: &mut Shared) -> Verdict {
        let period = shared.periods[index as usize].clone();
        let words = Words { level: "Local authority", code, ons, name, ..Words::default() };
        match self.geography.look_up(words, &period, row, shared) {
            Outcome::At(place) if place.outside.is_none() => {
                let key = (place.level, place.la, place.ons, place.name);
                let known = self.met.iter().position(|met| *met == key);
                Verdict::Of(known.unwrap_or_else(|| {
                    self.met.push(key);
                    self.met.len() - 1
                }) as u32)
            }
            Outcome::Refused(reason) => Verdict::Refused(reason),
            Outcome::LeftOut(rule) => Verdict::LeftOut(rule),
            Outcome::At(_) => Verdict::LeftOut(OUTSIDE_LIFE),
        }
    }

    /// Why records are refused, by number: what is said, and the text that is to blame.
    pub fn reason(&self, reason: usize) -> (&Finding, &str) {
        let Wrong { finding, text, .. } = &self.geography.reasons[reason];
        (finding, text)
    }

    /// What was found since, each once: what is said, and the text that is to blame.
    pub fn found(&mut self) -> Vec<Wrong> {
        std::mem::take(&mut self.geography.found)
    }
}

/// The period of each record.
pub(super) enum Periods {
    /// All records are of one.
    One(u32),
    /// A field says it: the node, in which way, and what was read of its values.
    Each { node: usize, way: &'static str, read: Vec<Option<Option<u32>>> },
}

impl Periods {
    /// How the period is told.
    ///
    /// # Errors
    /// Nothing tells it, or what tells it is no period.
    pub fn of(
        compiler: &mut Compiler<'_, '_>,
        pipeline: &Pipeline,
        input: &Input<'_>,
        shared: &mut Shared,
    ) -> Result<Periods, Finding> {
        let declared = pipeline.period.as_ref().filter(|_| input.block.period.is_none());
        let Some((way, name)) = declared.and_then(|period| period.ways().into_iter().next()) else {
            let period = of_block(pipeline, input)?;
            return Ok(Periods::One(shared.period_index(&period, input.release) as u32));
        };
        let place = || Place::file(&pipeline.path);
        if pipeline.day.contains_key(name) {
            let span = compiler.days.span(name).ok_or_else(|| {
                let help = "the findings about the days say why, or the release does not map the field";
                Finding::error(
                    "unknown-period",
                    format!("the period is that of `{name}`, which could not be told"),
                    help,
                )
                .at(place())
            })?;
            let (code, identifier) = written(way, &Value::Day(span.1));
            let period = Period::parse(&code, identifier, pipeline.period_ends).map_err(|message| {
                Finding::error("unknown-period", message, "write `period` in the way that the publisher does")
                    .at(place())
            })?;
            return Ok(Periods::One(shared.period_index(&period, input.release) as u32));
        }
        let node = compiler.field(name).ok_or_else(|| {
            let help = "map it in this release, or write `period` in the block";
            Finding::error(
                "unknown-period",
                format!("the period stands in `{name}`, which the release does not map"),
                help,
            )
            .at(place())
        })?;
        Ok(Periods::Each { node, way, read: Vec::new() })
    }

    /// The period of a record; none where its field says none.
    pub fn index(
        &mut self,
        (codes, known): (&[u32], Known<'_, '_>),
        (pipeline, input): (&Pipeline, &Input<'_>),
        shared: &mut Shared,
    ) -> Option<u32> {
        let (node, way, read) = match self {
            Periods::One(index) => return Some(*index),
            Periods::Each { node, way, read } => (*node, *way, read),
        };
        let at = codes[node] as usize;
        if at >= read.len() {
            read.resize(at + 1, None);
        }
        *read[at].get_or_insert_with(|| {
            let (code, identifier) = written(way, known.value(node, codes[node]));
            let period = Period::parse(&code, identifier, pipeline.period_ends).ok()?;
            Some(shared.period_index(&period, input.release) as u32)
        })
    }
}

/// A period as publishers write it, and its identifier.
pub(super) fn written(way: &str, value: &Value) -> (String, &'static str) {
    let identifier = match way {
        "calendar_year" => "Calendar year",
        "academic_year" => "Academic year",
        "financial_year" => "Financial year",
        _ => "",
    };
    let Value::Day(day) = value else { return (value.shown(1.0), identifier) };
    let (year, month) = (chrono::Datelike::year(day), chrono::Datelike::month(day));
    // A span of two calendar years is written as both: 202425.
    let both = |begins: u32| {
        let first = if month >= begins { year } else { year - 1 };
        format!("{first}{:02}", (first + 1).rem_euclid(100))
    };
    let code = match way {
        "calendar_year" => year.to_string(),
        "academic_year" => both(9),
        "financial_year" => both(4),
        "month" => day.format("%B %Y").to_string(),
        _ => day.format("%-d %B %Y").to_string(),
    };
    (code, identifier)
}

/// The period that the block says for its records.
fn of_block(pipeline: &Pipeline, input: &Input<'_>) -> Result<Period, Finding> {
    let release = input.release.as_str();
    let period = input.block.period.as_ref();
    let written = period.map_or_else(String::new, |period| period.get_ref().replace("{release}", release));
    let identifier = input.block.period_identifier.as_deref().unwrap_or_default();
    Period::parse(&written, identifier, pipeline.period_ends).map_err(|message| {
        let help = "records need `period` in their block, such as `31 March 2024`";
        Finding::error("unknown-period", message, help).at(Place::file(&pipeline.path))
    })
}
