//! Names to a plan: which field of which row each name is, and what is worked out of what.

use std::collections::BTreeMap;

use super::choice;
use super::dress::Dress;
use super::named::Days;
use super::plan::{Ask, Case, Node, Op, Operand, Pattern, Piece, Plan, Reach, Rule, Verb, Via};
use super::source::{How, Source};
use super::world::World;
use crate::finding::{Finding, Place};
use crate::pipeline::Pipeline;
use crate::pipeline::records::{Backward, Bound, Condition, FieldRule, Presence, Range, Test};

/// Makes the plan for the rows of one table.
pub(super) struct Compiler<'c, 'a> {
    pub pipeline: &'a Pipeline,
    pub world: &'c mut World<'a>,
    pub days: &'c Days,
    pub findings: &'c mut Vec<Finding>,
    /// The table whose rows are counted, or chosen from.
    pub base: String,
    /// The choices that are being made, so that none is made of itself.
    pub making: Vec<String>,
    pub plan: Plan,
    /// The fields of the row itself that are asked for, where its table is not held.
    pub own: Vec<String>,
    /// The fields that the record before marks.
    pub marks: Vec<String>,
    known: BTreeMap<String, Option<usize>>,
}

impl<'c, 'a> Compiler<'c, 'a> {
    /// A compiler for the rows of `base`.
    pub fn of(
        pipeline: &'a Pipeline,
        world: &'c mut World<'a>,
        days: &'c Days,
        base: &str,
        findings: &'c mut Vec<Finding>,
    ) -> Compiler<'c, 'a> {
        let plan = Plan { reaches: vec![Reach { table: base.to_owned(), via: Via::Own }], nodes: Vec::new() };
        Compiler {
            pipeline,
            world,
            days,
            findings,
            base: base.to_owned(),
            making: Vec::new(),
            plan,
            own: Vec::new(),
            marks: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    /// The node of a field; none where the release does not map it.
    pub fn field(&mut self, name: &str) -> Option<usize> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        // A field that is worked out of itself is refused when the file is read.
        self.known.insert(name.to_owned(), None);
        let pipeline = self.pipeline;
        let node = match pipeline.field.get(name) {
            Some(rule) => self.worked_out(rule),
            None => self.mapped(name).or_else(|| self.marked(name)),
        };
        self.known.insert(name.to_owned(), node);
        node
    }

    fn push(&mut self, op: Op, divisor: f64) -> usize {
        self.plan.nodes.push(Node { op, divisor });
        self.plan.nodes.len() - 1
    }

    /// A field that a file has: `FIELD` of the one table, `TABLE.FIELD`, `PICK.FIELD`.
    fn mapped(&mut self, name: &str) -> Option<usize> {
        let (table, field) = name.split_once('.').unwrap_or(("", name));
        let reach = self.reach(table)?;
        let reach = self.with_field(reach, field)?;
        let column = self.column(reach, field)?;
        Some(self.push(Op::Read { reach, column }, 1.0))
    }

    /// The reach itself where its table has the field, else one of a table that its rows belong to.
    fn with_field(&mut self, reach: usize, field: &str) -> Option<usize> {
        let table = self.plan.reaches[reach].table.clone();
        if self.has_field(&table, field) {
            return Some(reach);
        }
        let joins = 0..self.world.joins.len();
        let ups: Vec<usize> = joins.filter(|&join| self.world.joins[join].from.0 == table).collect();
        ups.into_iter().find_map(|join| {
            let other = self.world.joins[join].to.0.clone();
            let up = self.add(Reach { table: other, via: Via::Up { from: reach, join } });
            self.with_field(up, field)
        })
    }

    fn has_field(&self, table: &str, field: &str) -> bool {
        self.source(table).is_some_and(|source| source.fields.contains_key(field))
    }

    fn source(&self, table: &str) -> Option<&Source<'a>> {
        let base = &self.world.base;
        if table == base.name { Some(base) } else { self.world.held.get(table).map(|held| &held.source) }
    }

    /// The column of a field in the table that is reached.
    fn column(&mut self, reach: usize, field: &str) -> Option<usize> {
        let table = &self.plan.reaches[reach].table;
        if let Some(held) = self.world.held.get_mut(table) {
            return held.column(field);
        }
        self.world.base.fields.get(field)?;
        let known = self.own.iter().position(|own| own == field);
        Some(known.unwrap_or_else(|| {
            self.own.push(field.to_owned());
            self.own.len() - 1
        }))
    }

    /// A field that only the record before gives.
    fn marked(&mut self, name: &str) -> Option<usize> {
        let declared = self.pipeline.predecessor.as_ref()?;
        let is_marked = declared.mark.contains_key(name) && self.world.base.fields.contains_key(&declared.field);
        if !is_marked || self.base != self.world.base.name {
            return None;
        }
        self.marks.push(name.to_owned());
        Some(self.push(Op::Marked(self.marks.len() - 1), 1.0))
    }

    fn add(&mut self, reach: Reach) -> usize {
        match self.plan.reaches.iter().position(|known| *known == reach) {
            Some(known) => known,
            None => {
                self.plan.reaches.push(reach);
                self.plan.reaches.len() - 1
            }
        }
    }

    /// How the row of a table, or the one that a pick chose, is reached.
    pub fn reach(&mut self, name: &str) -> Option<usize> {
        if name == self.base || name.is_empty() {
            return (name == self.base).then_some(0);
        }
        let pipeline = self.pipeline;
        if let Some(pick) = pipeline.pick.get(name).filter(|_| !self.making.iter().any(|making| making == name)) {
            let from = self.reach(&pick.of)?;
            return self.down(from, name, pick.table(name));
        }
        if let Some(known) = self.plan.reaches.iter().position(|reach| reach.table == name && !self.is_picked(reach)) {
            return Some(known);
        }
        self.upward(name).or_else(|| self.downward(name)).or_else(|| self.single(name))
    }

    /// Whether a reach is that of a pick, whose table has a name of its own.
    fn is_picked(&self, reach: &Reach) -> bool {
        matches!(reach.via, Via::Down { choice, .. } if self.pipeline.pick.contains_key(&self.world.choices[choice].name))
    }

    /// Up the joins from what is reached already.
    fn upward(&mut self, name: &str) -> Option<usize> {
        let mut at = 0;
        while at < self.plan.reaches.len() {
            let table = self.plan.reaches[at].table.clone();
            if self.is_picked(&self.plan.reaches[at]) {
                at += 1;
                continue;
            }
            let ups: Vec<(usize, String)> = (self.world.joins.iter().enumerate())
                .filter(|(_, join)| join.from.0 == table)
                .map(|(number, join)| (number, join.to.0.clone()))
                .collect();
            for (join, other) in ups {
                let is_wanted = other == name;
                let found = self.add(Reach { table: other, via: Via::Up { from: at, join } });
                if is_wanted {
                    return Some(found);
                }
            }
            at += 1;
        }
        None
    }

    /// Down a join to the one row that belongs to a row which is reached.
    fn downward(&mut self, name: &str) -> Option<usize> {
        let parents: Vec<String> =
            self.world.joins.iter().filter(|join| join.from.0 == name).map(|join| join.to.0.clone()).collect();
        for parent in parents {
            if self.making.contains(&parent) {
                continue;
            }
            self.making.push(name.to_owned());
            let from = self.reach(&parent);
            self.making.pop();
            if let Some(from) = from {
                return self.down(from, name, name);
            }
        }
        None
    }

    fn down(&mut self, from: usize, name: &str, table: &str) -> Option<usize> {
        let parent = self.plan.reaches[from].table.clone();
        let choice = choice::make(self, name, table, &parent)?;
        Some(self.add(Reach { table: table.to_owned(), via: Via::Down { from, choice } }))
    }

    /// A table of one row stands beside every row.
    fn single(&mut self, name: &str) -> Option<usize> {
        let held = self.world.held.get(name)?;
        if held.usable.len() != 1 {
            let message = format!("nothing joins `{name}` to `{}`, and it has {} rows", self.base, held.usable.len());
            let help = "add a `join`; only a table of one row stands beside every other";
            let finding = Finding::error("not-joined", message, help).at(held.rows.table.place(None, None));
            if !self.findings.iter().any(|said| said.message == finding.message) {
                self.findings.push(finding);
            }
            return None;
        }
        Some(self.add(Reach { table: name.to_owned(), via: Via::Single }))
    }

    fn worked_out(&mut self, rule: &FieldRule) -> Option<usize> {
        let (node, divisor) = self.verb(rule)?;
        let dress = Dress::of(rule);
        match dress.is_bare() {
            true => Some(node),
            false => Some(self.push(Op::Dress { of: node, dress }, divisor)),
        }
    }

    /// The node of a verb, and what its numbers are still to be divided by.
    fn verb(&mut self, rule: &FieldRule) -> Option<(usize, f64)> {
        if let Some((verb, [from, to])) = rule.spans().next() {
            let (verb, divisor) = match verb {
                "weeks_between" => (Verb::Days, 7.0),
                "working_days_between" => (Verb::WorkingDays, 1.0),
                "years_between" => (Verb::Years, 1.0),
                "calendar_years_between" => (Verb::CalendarYears, 1.0),
                "age_at" => (Verb::Age, 1.0),
                _ => (Verb::Days, 1.0),
            };
            let days = [self.operand(from)?, self.operand(to)?];
            let forward = rule.backward == Backward::Missing;
            return Some((self.push(Op::Between { verb, days, forward }, divisor), divisor));
        }
        if let Some(band) = &rule.band {
            let node = self.field(band)?;
            return Some((node, self.plan.nodes[node].divisor));
        }
        // What is told from a field that the release does not map is not known, and is not told from the others.
        let lacks =
            rule.when.iter().flatten().flat_map(|case| case.holds.asked()).any(|name| self.field(name).is_none());
        if lacks || rule.any.iter().flatten().any(|name| self.field(name).is_none()) {
            return None;
        }
        if let Some(cases) = &rule.when {
            let cases = cases
                .iter()
                .map(|case| Case { holds: self.condition(&case.holds), word: self.pieces(&case.is) })
                .collect();
            return Some((self.push(Op::When(cases), 1.0), 1.0));
        }
        for name in rule.any.iter().flatten() {
            self.must_say_yes(name);
        }
        let of: Vec<usize> = rule.any.iter().chain(&rule.first).flatten().filter_map(|name| self.field(name)).collect();
        let first = *of.first()?;
        let (op, divisor) = match rule.any {
            Some(_) => (Op::Any(of), 1.0),
            None => (Op::First(of), self.plan.nodes[first].divisor),
        };
        Some((self.push(op, divisor), divisor))
    }

    /// Says of a field that is asked for yes and is read as a word that it would never say it.
    fn must_say_yes(&mut self, name: &str) {
        let Some(Op::Read { reach, .. }) = self.field(name).map(|node| self.plan.nodes[node].op.clone()) else {
            return;
        };
        let own = name.split_once('.').map_or(name, |(_, own)| own);
        if self.source(&self.plan.reaches[reach].table).is_none_or(|source| source.how(own) == How::YesNo) {
            return;
        }
        let message = format!("`any` asks `{name}` for yes, and it is read as a word");
        let help = format!("list it under `yes_no` of its table in {}", self.pipeline.block_path());
        let finding = Finding::error("not-yes-no", message, help).at(Place::file(&self.pipeline.path));
        if !self.findings.iter().any(|said| said.message == finding.message) {
            self.findings.push(finding);
        }
    }

    fn operand(&mut self, name: &str) -> Option<Operand> {
        match self.pipeline.day.contains_key(name) {
            true => Some(Operand::Named(self.days.span(name).map(|(first, _)| first))),
            false => self.field(name).map(Operand::Node),
        }
    }

    /// A word with its parts that stand for fields; one that is not mapped is nothing.
    fn pieces(&mut self, word: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = word;
        while let Some((text, name, after)) = braced(rest) {
            pieces.push(Piece::Text(text.to_owned()));
            pieces.extend(self.field(name).map(Piece::Node));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces
    }

    /// A condition; what it asks of a field that the release does not map is asked of nothing.
    pub fn condition(&mut self, condition: &Condition) -> Rule {
        let mut rule = Rule::default();
        for (name, test) in &condition.fields {
            let ask = self.ask(test);
            match (self.field(name), ask) {
                (Some(node), Some(ask)) => rule.asks.push((node, ask)),
                (None, Some(Ask::Missing)) => {}
                (None, Some(Ask::Words(words))) if words.iter().any(|word| word.fits("")) => {}
                _ => rule.never = true,
            }
        }
        rule.none = condition.none.iter().map(|inner| self.condition(inner)).collect();
        rule.some = condition.some.iter().map(|inner| self.condition(inner)).collect();
        rule
    }

    /// What a test asks; none where it asks about a named day that could not be told.
    fn ask(&self, test: &Test) -> Option<Ask> {
        match test {
            Test::Words(words) => Some(Ask::Words(words.iter().map(|word| Pattern::of(word)).collect())),
            Test::Presence(Presence::Known) => Some(Ask::Known),
            Test::Presence(Presence::Missing) => Some(Ask::Missing),
            Test::Range(range) => self.range(range),
        }
    }

    fn range(&self, range: &Range) -> Option<Ask> {
        let number = |bound: &Option<Bound>| match bound {
            Some(Bound::Number(number)) => Some(*number),
            _ => None,
        };
        let day = |bound: &Option<Bound>| match bound {
            Some(Bound::Day(name)) => Some(name.clone()),
            _ => None,
        };
        let firsts = [day(&range.from), range.within.clone()];
        let lasts = [day(&range.to), range.within.clone()];
        let is_of_days = firsts.iter().chain(&lasts).chain([&range.after, &range.before]).any(Option::is_some);
        if !is_of_days {
            return Some(Ask::Number([number(&range.from), number(&range.to), range.over, range.under]));
        }
        let span = |name: &String| self.days.span(name);
        let (mut first, mut last) = (None, None);
        for name in firsts.iter().flatten() {
            first = first.max(Some(span(name)?.0));
        }
        for name in lasts.iter().flatten() {
            let until = span(name)?.1;
            last = Some(last.map_or(until, |last: chrono::NaiveDate| last.min(until)));
        }
        if let Some(after) = &range.after {
            first = first.max(span(after)?.1.succ_opt());
        }
        if let Some(before) = &range.before {
            let until = span(before)?.0.pred_opt()?;
            last = Some(last.map_or(until, |last| last.min(until)));
        }
        Some(Ask::Day([first, last]))
    }
}

/// The text before the first name in braces, that name, and the rest.
fn braced(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
