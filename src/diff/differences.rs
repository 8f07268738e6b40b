//! What lies between two builds as far as it is held in memory: each table in short, and of each area what moved most.
//!
//! In: two builds. Out: counts of everything, and so many lines of each kind that a page can show; all lines are in the CSV.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::builds::each;
use super::{Between, Flag, Kind, Line, Move, Report};
use crate::finding::Error;
use crate::schema::TOTAL;

/// How many lines are held of each kind, area and table.
const HELD: usize = 20;

/// What of an area differs in a table.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// How many figures of each kind; those of its schools do not count.
    pub counts: BTreeMap<Kind, usize>,
    /// How many figures of schools or other parts of it differ.
    pub below: usize,
    /// The first figures of each kind: about the whole first, the largest change first.
    pub figures: Vec<Line>,
    /// How many ranks moved.
    pub moved: usize,
    /// The ranks that moved most.
    pub moves: Vec<Move>,
    /// How many flags against a comparator turned.
    pub turned: usize,
    /// The first of them.
    pub flags: Vec<Flag>,
}

/// What lies between two builds.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// The tables that differ, the one with most changes first.
    pub reports: Vec<Report>,
    /// How many tables do not differ.
    pub unchanged: usize,
    /// By the code of an area and the name of a table.
    areas: FxHashMap<String, BTreeMap<String, Own>>,
}

impl Differences {
    /// Holds two builds against each other; `told` is called once a table that differs.
    ///
    /// # Errors
    /// A table cannot be read.
    pub fn between(old: &Path, new: &Path, told: &dyn Fn()) -> Result<Differences, Error> {
        let mut all = Differences::default();
        all.unchanged = each(old, new, &[], &mut |between| {
            all.add(between);
            told();
            Ok(())
        })?;
        all.reports.sort_by_key(|report| std::cmp::Reverse(report.size()));
        Ok(all)
    }

    /// What of an area differs, table by table in the order of the reports.
    pub fn of(&self, code: &str) -> Vec<(&Report, &Own)> {
        let Some(own) = self.areas.get(code) else { return Vec::new() };
        self.reports.iter().filter_map(|report| Some((report, own.get(&report.table)?))).collect()
    }

    fn add(&mut self, between: Between) {
        let Between { report, mut figures, mut moves, mut flags } = between;
        let whole = |breakdown: &(String, String)| breakdown.0 != TOTAL;
        figures.sort_by(|one, other| {
            let key = |line: &Line| (line.kind, whole(&line.breakdown));
            key(one).cmp(&key(other)).then_with(|| other.size.total_cmp(&one.size))
        });
        for line in figures {
            let own = self.own(&line.code, &report.table);
            if line.below {
                own.below += 1;
                continue;
            }
            let count = own.counts.entry(line.kind).or_default();
            *count += 1;
            if *count <= HELD {
                own.figures.push(line);
            }
        }
        moves.sort_by_key(|one| (whole(&one.breakdown), std::cmp::Reverse(one.distance())));
        for one in moves.into_iter().filter(Move::rank_moved) {
            let own = self.own(&one.code, &report.table);
            own.moved += 1;
            if own.moves.len() < HELD {
                own.moves.push(one);
            }
        }
        flags.sort_by_key(|flag| whole(&flag.breakdown));
        for flag in flags {
            let own = self.own(&flag.code, &report.table);
            own.turned += 1;
            if own.flags.len() < HELD {
                own.flags.push(flag);
            }
        }
        self.reports.push(report);
    }

    fn own(&mut self, code: &str, table: &str) -> &mut Own {
        self.areas.entry(code.to_owned()).or_default().entry(table.to_owned()).or_default()
    }
}
