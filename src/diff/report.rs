//! Differences in words and numbers: one `Report` a table, the largest changes first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::flags::{Cause, Flag};
use super::line::Line;
use super::moves::Move;
use super::values::Kind;
use crate::schema::TOTAL;

/// How many changes and moves are told one by one.
const TOLD: usize = 10;

/// What came and went between two lists of a thing, a sentence each: columns, measures and what they are.
pub fn schema(
    columns: (&[String], &[String]),
    measures: (&BTreeMap<String, String>, &BTreeMap<String, String>),
) -> Vec<String> {
    let mut told = Vec::new();
    for (word, from, other) in [("added", columns.1, columns.0), ("gone", columns.0, columns.1)] {
        told.extend(from.iter().filter(|name| !other.contains(name)).map(|name| format!("column `{name}` {word}")));
    }
    for (name, is) in measures.1 {
        match measures.0.get(name) {
            None => told.push(format!("measure `{name}` added: {is}")),
            Some(was) if was != is => told.push(format!("measure `{name}` was \"{was}\" and is \"{is}\"")),
            Some(_) => {}
        }
    }
    let gone = measures.0.keys().filter(|name| !measures.1.contains_key(*name));
    told.extend(gone.map(|name| format!("measure `{name}` gone")));
    told
}

/// What a table's differences are.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    /// How many figures of each kind.
    pub counts: BTreeMap<Kind, usize>,
    /// How many figures are the same.
    pub same: usize,
    /// The largest changes of figures both builds have.
    pub largest: Vec<Line>,
    /// How many changed figures each authority has, most first; new figures do not count.
    pub authorities: Vec<(String, usize)>,
    /// How many ranks, bands and flags moved.
    pub moved: [usize; 3],
    /// How many ranks moved by the authority's own figure alone, by others alone, and by both.
    pub causes: [usize; 3],
    /// The ranks that moved most.
    pub most: Vec<Move>,
    /// How many flags turned by the authority's own figure, because others were revised, and by both.
    pub turned: [usize; 3],
    /// The first of them, those that others turned before the authority's own.
    pub flags: Vec<Flag>,
}

impl Changed {
    /// Sums up the differences of a table.
    pub fn of(lines: &[Line], same: usize, moves: &[Move], flags: &[Flag]) -> Changed {
        let mut changed = Changed { same, ..Changed::default() };
        let mut authorities: BTreeMap<&str, usize> = BTreeMap::new();
        let mut order: Vec<&Line> = Vec::new();
        for line in lines {
            *changed.counts.entry(line.kind).or_default() += 1;
            if line.kind != Kind::New {
                *authorities.entry(&line.area).or_default() += 1;
                order.push(line);
            }
        }
        // Lost and regained figures first, then by size; the whole before its parts.
        let rank = |line: &Line| match line.kind {
            Kind::Withdrawn | Kind::Reinstated => 0,
            Kind::Revised => 1,
            _ => 2,
        };
        order.sort_by(|a, b| {
            let whole = |line: &Line| line.breakdown.0 != TOTAL;
            (rank(a), whole(a)).cmp(&(rank(b), whole(b))).then(b.size.total_cmp(&a.size))
        });
        let lost = order.iter().take_while(|line| rank(line) == 0).count();
        let shown = order.iter().take(lost.min(TOLD)).chain(order.iter().skip(lost).take(TOLD));
        changed.largest = shown.map(|line| (*line).clone()).collect();
        changed.authorities = authorities.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        changed.authorities.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        changed.add_moves(moves);
        changed.add_flags(flags);
        changed
    }

    fn add_flags(&mut self, flags: &[Flag]) {
        for flag in flags {
            let cause = match flag.cause {
                Cause::Own => 0,
                Cause::Others => 1,
                Cause::Both => 2,
            };
            self.turned[cause] += 1;
        }
        // What one's own figure did is told among the figures; a flag that others turned is told nowhere else.
        let mut order: Vec<&Flag> = flags.iter().collect();
        order.sort_by_key(|flag| (flag.breakdown.0 != TOTAL, flag.cause == Cause::Own));
        self.flags = order.into_iter().take(TOLD).cloned().collect();
    }

    fn add_moves(&mut self, moves: &[Move]) {
        for one in moves {
            self.moved[0] += usize::from(one.rank_moved());
            self.moved[1] += usize::from(one.bands.0 != one.bands.1);
            self.moved[2] += usize::from(one.flags.0 != one.flags.1);
            match (one.own, one.others) {
                (Some(own), Some(0)) if own != 0 => self.causes[0] += 1,
                (Some(0), Some(others)) if others != 0 => self.causes[1] += 1,
                (Some(own), Some(others)) if own != 0 && others != 0 => self.causes[2] += 1,
                _ => {}
            }
        }
        let mut order: Vec<&Move> = moves.iter().filter(|one| one.own.is_some() && one.rank_moved()).collect();
        order.sort_by_key(|one| (one.breakdown.0 != TOTAL, std::cmp::Reverse(one.distance())));
        self.most = order.into_iter().take(TOLD).cloned().collect();
    }
}

/// Everything that is told of one table.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The table.
    pub table: String,
    /// Its heading.
    pub title: String,
    /// What changed in columns and measures.
    pub schema: Vec<String>,
    /// Who and what came and went.
    pub coverage: Vec<String>,
    /// Figures and comparisons.
    pub changed: Changed,
}

impl Report {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.schema.is_empty() && self.coverage.is_empty() && self.changed.counts.is_empty() && !self.has_moved()
    }

    /// Whether a comparison is another: a rank, a band or a flag.
    pub fn has_moved(&self) -> bool {
        self.changed.moved != [0; 3] || self.changed.turned != [0; 3]
    }

    /// How much differs: figures, ranks and flags.
    pub fn size(&self) -> usize {
        let changed = &self.changed;
        changed.counts.values().sum::<usize>() + changed.moved[0] + changed.turned.iter().sum::<usize>()
    }

    /// How many figures of each kind, in words.
    pub fn counts(&self) -> String {
        let counts = Kind::ALL.map(|kind| {
            let count = self.changed.counts.get(&kind).copied().unwrap_or_default();
            format!("{count} {}", kind.word())
        });
        format!("{}; {} the same", counts.join(", "), self.changed.same)
    }

    /// What moved, in words.
    pub fn moved(&self) -> String {
        let ([ranks, bands, flags], [own, others, both]) = (self.changed.moved, self.changed.causes);
        let rest = ranks.saturating_sub(own + others + both);
        let [mine, theirs, together] = self.changed.turned;
        let turned = mine + theirs + together;
        format!(
            "{ranks} ranks moved ({own} by the authority's own figure, {others} because others were revised, came or went, {both} by both, {rest} with a figure that came or went), {bands} bands, {flags} funnel flags; {turned} flags against a comparator ({mine} by the authority's own figure, {theirs} because others were revised, {together} by both)"
        )
    }

    /// The report for reading.
    pub fn text(&self) -> String {
        let mut text = format!("{}  {}\n", self.table, self.title);
        // Writing to a String cannot fail.
        let mut say = |head: &str, line: &str| {
            let _ = writeln!(text, "  {head:12}  {line}");
        };
        for (head, lines) in [("schema", &self.schema), ("coverage", &self.coverage)] {
            for (at, line) in lines.iter().enumerate() {
                say(if at == 0 { head } else { "" }, line);
            }
        }
        say("figures", &self.counts());
        for (at, line) in self.changed.largest.iter().enumerate() {
            say(if at == 0 { "largest" } else { "" }, &told(line));
        }
        if !self.changed.authorities.is_empty() {
            let all = &self.changed.authorities;
            let names: Vec<String> = all.iter().take(8).map(|(name, count)| format!("{name} {count}")).collect();
            say("concerned", &format!("{} areas, most: {}", all.len(), names.join(", ")));
        }
        if self.has_moved() {
            say("comparisons", &self.moved());
        }
        for (at, one) in self.changed.most.iter().enumerate() {
            say(if at == 0 { "most moved" } else { "" }, &moved(one));
        }
        for (at, flag) in self.changed.flags.iter().enumerate() {
            say(if at == 0 { "flags" } else { "" }, &turned(flag));
        }
        text
    }
}

/// What lies between two builds of a table: told in short, and every change.
#[derive(Clone, Debug, Default)]
pub struct Between {
    /// In short.
    pub report: Report,
    /// The figures that differ.
    pub figures: Vec<Line>,
    /// Ranks, bands and funnel flags that moved.
    pub moves: Vec<Move>,
    /// Flags against a comparator that turned.
    pub flags: Vec<Flag>,
}

/// A change on one line.
pub(super) fn told(line: &Line) -> String {
    let breakdown = if line.breakdown.0 == TOTAL { String::new() } else { format!(", {}", line.breakdown.1) };
    format!(
        "{} {}, {}, {}{breakdown}: {} -> {}",
        line.kind.word(),
        line.measure,
        line.area,
        line.period,
        line.old.words(),
        line.new.words()
    )
}

/// A flag that turned, on one line.
pub(super) fn turned(flag: &Flag) -> String {
    let breakdown = if flag.breakdown.0 == TOTAL { String::new() } else { format!(", {}", flag.breakdown.1) };
    let word = |word: &str| if word.is_empty() { "not said".to_owned() } else { word.to_owned() };
    format!(
        "{}, {}, {}{breakdown}, against {}: {} -> {} ({})",
        flag.area,
        flag.measure,
        flag.period,
        flag.comparator,
        word(&flag.words.0),
        word(&flag.words.1),
        flag.cause.words()
    )
}

/// A move on one line.
pub(super) fn moved(one: &Move) -> String {
    let breakdown = if one.breakdown.0 == TOTAL { String::new() } else { format!(", {}", one.breakdown.1) };
    let mut text = format!(
        "{}, {}, {}{breakdown}: rank {} of {} -> {} of {}",
        one.area, one.measure, one.period, one.ranks.0, one.out_of.0, one.ranks.1, one.out_of.1
    );
    if let (Some(own), Some(others)) = (one.own, one.others) {
        text += &format!(" ({own:+} its own figure, {others:+} others)");
    }
    if one.bands.0 != one.bands.1 {
        text += &format!(", band {} -> {}", one.bands.0, one.bands.1);
    }
    text
}
