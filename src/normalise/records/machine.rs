//! Works a plan out, row by row: what was worked out once of the same values is looked up.

use rustc_hash::FxHashMap;

use super::column::Column;
use super::day;
use super::dress::Dress;
use super::plan::{Ask, Case, Op, Operand, Piece, Plan, Rule, Verb, Via};
use super::value::{MISSING, Value, Values};
use super::world::{NOWHERE, World};
use crate::value::Symbols;

/// What was worked out of values before.
enum Memo {
    /// By the code of the one input.
    One(Vec<u32>),
    /// By input, by its code.
    Each(Vec<Vec<u32>>),
    /// By case and the codes of the words in it.
    Cases(Vec<Check>, FxHashMap<Vec<u32>, u32>),
    /// Nothing is kept.
    None,
}

/// Not worked out yet.
const UNKNOWN: u32 = u32::MAX;

/// A plan at work.
pub(super) struct Machine {
    pub plan: Plan,
    /// The columns of the row that is counted, where its table is not held.
    pub own: Vec<Column>,
    /// The codes of the row at hand in those columns.
    pub own_codes: Vec<u32>,
    /// The row of each join, of the row at hand where its table is not held.
    pub ups: Vec<u32>,
    /// The row of each choice, likewise.
    pub downs: Vec<u32>,
    /// The words that the record before gives, by the number of the mark.
    pub marks: Vec<String>,
    computed: Vec<Values>,
    memo: Vec<Memo>,
    /// The code of each node for the row at hand.
    pub codes: Vec<u32>,
    rows: Vec<u32>,
    is_held: bool,
    scratch: Vec<u32>,
}

/// Where the values of nodes are found.
#[derive(Clone, Copy)]
pub(super) struct Known<'m, 'a> {
    plan: &'m Plan,
    own: &'m [Column],
    computed: &'m [Values],
    world: &'m World<'a>,
    is_held: bool,
    pub symbols: &'m Symbols,
}

impl<'m> Known<'m, '_> {
    /// The value with number `code` of a node.
    pub fn value(&self, node: usize, code: u32) -> &'m Value {
        match &self.plan.nodes[node].op {
            Op::Read { reach: 0, column } if !self.is_held => self.own[*column].values.get(code),
            Op::Read { reach, column } => {
                let held = self.world.held.get(&self.plan.reaches[*reach].table);
                held.and_then(|held| held.columns.get(*column))
                    .map_or(&Value::Missing, |(column, _)| column.values.get(code))
            }
            _ => self.computed[node].get(code),
        }
    }

    /// The number of a value, undivided.
    pub fn number(&self, node: usize, code: u32) -> Option<f64> {
        self.value(node, code).number(self.symbols)
    }

    /// What the numbers of a node are still to be divided by.
    pub fn divisor(&self, node: usize) -> f64 {
        self.plan.nodes[node].divisor
    }

    /// A value as a word.
    pub fn word(&self, node: usize, code: u32) -> String {
        self.value(node, code).shown(self.divisor(node))
    }
}

impl Machine {
    /// A machine for `plan`; `is_held` where the row that is counted is one of a held table.
    pub fn of(plan: Plan, own: Vec<Column>, (joins, choices): (usize, usize), is_held: bool) -> Machine {
        let memo = |op: &Op| match op {
            Op::Read { .. } | Op::Marked(_) => Memo::None,
            Op::Between { days: [Operand::Node(_), Operand::Node(_)], .. } => Memo::None,
            Op::Between { .. } | Op::Dress { .. } => Memo::One(Vec::new()),
            Op::Any(of) | Op::First(of) => Memo::Each(vec![Vec::new(); of.len()]),
            Op::When(cases) => {
                Memo::Cases(cases.iter().map(|case| Check::of(&case.holds)).collect(), FxHashMap::default())
            }
        };
        Machine {
            memo: plan.nodes.iter().map(|node| memo(&node.op)).collect(),
            computed: vec![Values::default(); plan.nodes.len()],
            codes: vec![MISSING; plan.nodes.len()],
            rows: vec![NOWHERE; plan.reaches.len()],
            own_codes: vec![MISSING; own.len()],
            ups: vec![NOWHERE; joins],
            downs: vec![NOWHERE; choices],
            marks: Vec::new(),
            scratch: Vec::new(),
            plan,
            own,
            is_held,
        }
    }

    /// Where values are found.
    pub fn known<'m, 'a>(&'m self, world: &'m World<'a>, symbols: &'m Symbols) -> Known<'m, 'a> {
        let Machine { plan, own, computed, is_held, .. } = self;
        Known { plan, own, computed, world, is_held: *is_held, symbols }
    }

    /// The code of a value that a node has.
    pub fn learn(&mut self, node: usize, value: Value) -> u32 {
        self.computed[node].code(value)
    }

    /// Works out every node for a row; its number is that of the held table, where it is one.
    pub fn work_out(&mut self, world: &World<'_>, row: u32, symbols: &Symbols) {
        self.reach(world, row);
        for node in 0..self.plan.nodes.len() {
            self.codes[node] = self.node(world, node, symbols);
        }
    }

    /// Finds the rows that are reached from a row.
    fn reach(&mut self, world: &World<'_>, row: u32) {
        for at in 0..self.plan.reaches.len() {
            let of = |from: usize, own: u32, held: &[u32]| match from {
                0 if !self.is_held => own,
                from => held.get(self.rows[from] as usize).copied().unwrap_or(NOWHERE),
            };
            self.rows[at] = match self.plan.reaches[at].via {
                Via::Own => row,
                Via::Single => 0,
                Via::Up { from, join } => of(from, self.ups[join], &world.joins[join].parents),
                Via::Down { from, choice } => of(from, self.downs[choice], &world.choices[choice].chosen),
            };
        }
    }

    fn node(&mut self, world: &World<'_>, node: usize, symbols: &Symbols) -> u32 {
        let Machine { plan, own, computed, memo, codes, rows, own_codes, marks, scratch, is_held, .. } = self;
        let (before, rest) = computed.split_at_mut(node);
        let Some(here) = rest.first_mut() else { return MISSING };
        let known = Known { plan, own, computed: before, world, is_held: *is_held, symbols };
        match (&plan.nodes[node].op, &mut memo[node]) {
            (Op::Read { reach: 0, column }, _) if !*is_held => own_codes[*column],
            (Op::Read { reach, column }, _) => read(world, &plan.reaches[*reach].table, *column, rows[*reach]),
            (Op::Marked(mark), _) => marks.get(*mark).map_or(MISSING, |word| here.code(Value::word(word))),
            (Op::Between { verb, days, forward }, Memo::One(done)) => {
                let input =
                    days.iter().find_map(|day| if let Operand::Node(node) = day { Some(codes[*node]) } else { None });
                looked_up(done, input.unwrap_or(MISSING), || {
                    here.code(between(*verb, days.map(|day| day_of(day, codes, known)), *forward))
                })
            }
            (Op::Between { verb, days, forward }, _) => {
                here.code(between(*verb, days.map(|day| day_of(day, codes, known)), *forward))
            }
            (Op::Any(of), Memo::Each(done)) => {
                let is_yes = |(at, input): (usize, &usize)| {
                    let code = codes[*input];
                    looked_up(&mut done[at], code, || u32::from(known.value(*input, code) == &Value::word("yes"))) == 1
                };
                let any = of.iter().enumerate().any(is_yes);
                here.code(Value::word(if any { "yes" } else { "no" }))
            }
            (Op::First(of), Memo::Each(done)) => {
                let Some(at) = of.iter().position(|input| codes[*input] != MISSING) else { return MISSING };
                let code = codes[of[at]];
                looked_up(&mut done[at], code, || here.code(known.value(of[at], code).clone()))
            }
            (Op::When(cases), Memo::Cases(checks, done)) => {
                let Some(at) = checks.iter_mut().position(|check| check.holds(codes, known)) else { return MISSING };
                scratch.clear();
                scratch.push(at as u32);
                scratch.extend(cases[at].word.iter().filter_map(|piece| match piece {
                    Piece::Node(node) => Some(codes[*node]),
                    Piece::Text(_) => None,
                }));
                if let Some(&code) = done.get(scratch.as_slice()) {
                    return code;
                }
                let code = here.code(worded(&cases[at], codes, known));
                done.insert(scratch.clone(), code);
                code
            }
            (Op::Dress { of, dress }, Memo::One(done)) => {
                let code = codes[*of];
                looked_up(done, code, || here.code(dressed(dress, known.value(*of, code), known, *of)))
            }
            _ => MISSING,
        }
    }
}

fn read(world: &World<'_>, table: &str, column: usize, row: u32) -> u32 {
    let column = world.held.get(table).and_then(|held| held.columns.get(column));
    column.and_then(|(_, codes)| codes.get(row as usize)).copied().unwrap_or(MISSING)
}

/// What was worked out of the value with number `code`, worked out where it was not yet.
fn looked_up(done: &mut Vec<u32>, code: u32, work_out: impl FnOnce() -> u32) -> u32 {
    let at = code as usize;
    if at >= done.len() {
        done.resize(at + 1, UNKNOWN);
    }
    if done[at] == UNKNOWN {
        done[at] = work_out();
    }
    done[at]
}

fn day_of(operand: Operand, codes: &[u32], known: Known<'_, '_>) -> Option<chrono::NaiveDate> {
    match operand {
        Operand::Named(day) => day,
        Operand::Node(node) => known.value(node, codes[node]).day(),
    }
}

fn between(verb: Verb, days: [Option<chrono::NaiveDate>; 2], forward: bool) -> Value {
    let [Some(from), Some(to)] = days else { return Value::Missing };
    if to < from && (forward || verb == Verb::Age) {
        return Value::Missing;
    }
    Value::of_number(match verb {
        Verb::Days => (to - from).num_days() as f64,
        Verb::WorkingDays => day::working_days(from, to, day::bank_holidays()) as f64,
        Verb::Years | Verb::Age => f64::from(day::full_years(from, to)),
        Verb::CalendarYears => f64::from(chrono::Datelike::year(&to) - chrono::Datelike::year(&from)),
    })
}

/// The word of a case.
fn worded(case: &Case, codes: &[u32], known: Known<'_, '_>) -> Value {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Node(node) => known.word(*node, codes[*node]),
    };
    Value::word(&case.word.iter().map(part).collect::<String>())
}

/// The word of a value.
fn dressed(dress: &Dress, value: &Value, known: Known<'_, '_>, node: usize) -> Value {
    let missing = || dress.missing.as_deref().map_or(Value::Missing, Value::word);
    let is_banded = !dress.up_to.is_empty() || !dress.from.is_empty() || dress.each.is_some();
    if is_banded && let Some(number) = value.number(known.symbols).map(|number| number / known.divisor(node)) {
        let low = dress.up_to.iter().find(|(bound, _)| number <= *bound);
        let high = dress.from.iter().find(|(bound, _)| number >= *bound);
        return match (low.or(high), &dress.each) {
            (Some((_, word)), _) => Value::word(word),
            (None, Some(each)) => Value::word(&each.replace("{}", &number.to_string())),
            (None, None) => Value::word(&number.to_string()),
        };
    }
    match value {
        Value::Missing => missing(),
        // A word where a number is banded is none.
        Value::Word(_) if is_banded => missing(),
        Value::Word(word) if !dress.labels.is_empty() || dress.other.is_some() => {
            let lower = word.to_lowercase();
            let label = dress.labels.iter().find(|(from, _)| *from == lower).map(|(_, label)| label.as_str());
            label.or(dress.other.as_deref()).map_or_else(|| value.clone(), Value::word)
        }
        other => other.clone(),
    }
}

/// A condition at work.
#[derive(Default)]
pub(super) struct Check {
    asks: Vec<(usize, Ask, Vec<u32>)>,
    none: Vec<Check>,
    some: Vec<Check>,
    never: bool,
}

impl Check {
    /// A condition to be asked.
    pub fn of(rule: &Rule) -> Check {
        Check {
            asks: rule.asks.iter().map(|(node, ask)| (*node, ask.clone(), Vec::new())).collect(),
            none: rule.none.iter().map(Check::of).collect(),
            some: rule.some.iter().map(Check::of).collect(),
            never: rule.never,
        }
    }

    /// Whether it holds of the row whose codes these are.
    pub fn holds(&mut self, codes: &[u32], known: Known<'_, '_>) -> bool {
        if self.never {
            return false;
        }
        for (node, ask, done) in &mut self.asks {
            let code = codes[*node];
            if looked_up(done, code, || u32::from(passes(ask, known, *node, code))) == 0 {
                return false;
            }
        }
        !self.none.iter_mut().any(|check| check.holds(codes, known))
            && (self.some.is_empty() || self.some.iter_mut().any(|check| check.holds(codes, known)))
    }
}

fn passes(ask: &Ask, known: Known<'_, '_>, node: usize, code: u32) -> bool {
    let value = known.value(node, code);
    match ask {
        Ask::Missing => *value == Value::Missing,
        Ask::Known => *value != Value::Missing,
        Ask::Words(patterns) => {
            let lower = known.word(node, code).to_lowercase();
            patterns.iter().any(|pattern| pattern.fits(&lower))
        }
        Ask::Number([from, to, over, under]) => {
            let Some(number) = value.number(known.symbols).map(|number| number / known.divisor(node)) else {
                return false;
            };
            from.is_none_or(|from| number >= from)
                && to.is_none_or(|to| number <= to)
                && over.is_none_or(|over| number > over)
                && under.is_none_or(|under| number < under)
        }
        Ask::Day([from, to]) => {
            value.day().is_some_and(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to))
        }
    }
}
