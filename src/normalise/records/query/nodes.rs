//! Fields, in SQL: a column for each node of a plan, in steps, each made of the columns of the steps before.

use super::dialect::Dialect;
use super::rules::{self, decimal};
use super::values::{Kind, number_of, shown};
use crate::normalise::records::day;
use crate::normalise::records::dress::Dress;
use crate::normalise::records::plan::{Case, Node, Op, Operand, Piece, Verb};

/// The columns of a plan.
pub(super) struct Nodes<'p> {
    pub dialect: Dialect,
    nodes: &'p [Node],
    /// By node what it is, and what its numbers are still to be divided by.
    kinds: Vec<(Kind, f64)>,
    /// By node how many steps stand before it.
    steps: Vec<usize>,
    /// Numbers that stand for something else.
    marks: Vec<f64>,
}

impl<'p> Nodes<'p> {
    /// No column is written yet; `marks` are numbers that stand for something else.
    pub fn of(dialect: Dialect, nodes: &'p [Node], marks: Vec<f64>) -> Nodes<'p> {
        Nodes { dialect, nodes, kinds: Vec::new(), steps: Vec::new(), marks }
    }

    /// The name of a node's column.
    pub fn name(&self, node: usize) -> String {
        format!("n{node}")
    }

    /// What a node is.
    pub fn kind(&self, node: usize) -> Kind {
        self.kinds[node].0
    }

    /// What its numbers are still to be divided by.
    pub fn divisor(&self, node: usize) -> f64 {
        self.kinds[node].1
    }

    /// A node as a word.
    pub fn word(&self, node: usize) -> String {
        match self.kind(node) {
            Kind::Word => self.name(node),
            Kind::Number => shown(self.dialect, &self.divided(node)),
            Kind::Day => self.dialect.as_text(&self.name(node)),
        }
    }

    /// The number of a node, undivided.
    pub fn number(&self, node: usize) -> String {
        match self.kind(node) {
            Kind::Word => number_of(self.dialect, &self.name(node), &self.marks),
            Kind::Number => self.name(node),
            Kind::Day => "CAST(NULL AS DOUBLE)".to_owned(),
        }
    }

    /// The number of a node.
    pub fn divided(&self, node: usize) -> String {
        let number = self.number(node);
        match self.divisor(node) {
            1.0 => number,
            divisor => format!("({number} / {})", decimal(divisor)),
        }
    }

    /// The steps: by step the columns that it adds. `read` says what the columns of the first step are, those of cells.
    pub fn steps(&mut self, mut read: impl FnMut(&Op) -> (String, Kind)) -> Vec<Vec<String>> {
        let mut steps: Vec<Vec<String>> = vec![Vec::new()];
        for node in 0..self.nodes.len() {
            let op = &self.nodes[node].op;
            let (sql, kind, divisor) = match op {
                Op::Read { .. } | Op::Marked(_) => {
                    let (sql, kind) = read(op);
                    (sql, kind, self.nodes[node].divisor)
                }
                op => self.worked_out(op, self.nodes[node].divisor),
            };
            let step = inputs(op).into_iter().map(|input| self.steps[input] + 1).max().unwrap_or_default();
            self.kinds.push((kind, divisor));
            self.steps.push(step);
            if steps.len() <= step {
                steps.resize(step + 1, Vec::new());
            }
            steps[step].push(format!("{sql} AS {}", self.name(node)));
        }
        steps
    }

    /// What a field is worked out by, what that is, and what its numbers are still to be divided by.
    fn worked_out(&self, op: &Op, divisor: f64) -> (String, Kind, f64) {
        match op {
            Op::Between { verb, days, forward } => (self.between(*verb, days, *forward), Kind::Number, divisor),
            Op::Any(of) => {
                let yes: Vec<String> =
                    of.iter().map(|&node| format!("coalesce({} = 'yes', FALSE)", self.word(node))).collect();
                (format!("CASE WHEN {} THEN 'yes' ELSE 'no' END", yes.join(" OR ")), Kind::Word, divisor)
            }
            Op::First(of) => {
                let first = of.first().map_or(Kind::Word, |&node| self.kind(node));
                let alike = of.iter().all(|&node| self.kind(node) == first);
                let all: Vec<String> =
                    of.iter().map(|&node| if alike { self.name(node) } else { self.word(node) }).collect();
                let divisor = of.first().map_or(1.0, |&node| self.divisor(node));
                match alike {
                    true => (format!("coalesce({}, NULL)", all.join(", ")), first, divisor),
                    false => (format!("coalesce({}, NULL)", all.join(", ")), Kind::Word, 1.0),
                }
            }
            Op::When(cases) => (self.when(cases), Kind::Word, divisor),
            Op::Dress { of, dress } => self.dressed(*of, dress),
            Op::Read { .. } | Op::Marked(_) => (self.dialect.no_text(), Kind::Word, divisor),
        }
    }

    fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Node(node) if self.kind(*node) == Kind::Day => self.name(*node),
            Operand::Named(Some(day)) => format!("DATE '{day}'"),
            Operand::Node(_) | Operand::Named(None) => "CAST(NULL AS DATE)".to_owned(),
        }
    }

    fn between(&self, verb: Verb, days: &[Operand; 2], forward: bool) -> String {
        let [from, to] = [&days[0], &days[1]].map(|day| self.operand(day));
        let number = match verb {
            Verb::Days => self.dialect.days_between(&from, &to),
            Verb::WorkingDays => self.working_days(&from, &to),
            Verb::CalendarYears => format!("year({to}) - year({from})"),
            Verb::Years | Verb::Age => format!(
                "year({to}) - year({from}) - CASE WHEN month({to}) * 100 + day({to}) < month({from}) * 100 + day({from}) \
                 THEN 1 ELSE 0 END"
            ),
        };
        let backward =
            if forward || verb == Verb::Age { format!("WHEN {to} < {from} THEN NULL ") } else { String::new() };
        format!("CASE WHEN {from} IS NULL OR {to} IS NULL THEN NULL {backward}ELSE CAST({number} AS DOUBLE) END")
    }

    /// Working days after `from` up to `to`: weekdays since a Monday before both, and the bank holidays between them.
    fn working_days(&self, from: &str, to: &str) -> String {
        let weekdays = |day: &str| {
            let since = self.dialect.days_between("DATE '1799-12-30'", day);
            format!("(floor(({since} + 1) / 7.0) * 5 + least(({since} + 1) % 7, 5))")
        };
        let closed: Vec<String> = day::bank_holidays()
            .iter()
            .filter(|day| chrono::Datelike::weekday(*day).num_days_from_monday() < 5)
            .map(|day| format!("DATE '{day}'"))
            .collect();
        let within = |after: &str, upto: &str| self.dialect.how_many(&closed, &format!("d > {after} AND d <= {upto}"));
        format!("{} - {} - {} + {}", weekdays(to), weekdays(from), within(from, to), within(to, from))
    }

    fn when(&self, cases: &[Case]) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) if text.is_empty() => None,
            Piece::Text(text) => Some(self.dialect.text(text)),
            Piece::Node(node) => Some(format!("coalesce({}, '')", self.word(*node))),
        };
        let case = |case: &Case| {
            let pieces: Vec<String> = case.word.iter().filter_map(text).collect();
            let word = if pieces.is_empty() { "''".to_owned() } else { pieces.join(" || ") };
            format!("WHEN {} THEN {word}", rules::rule(self, &case.holds))
        };
        let cases: Vec<String> = cases.iter().map(case).collect();
        format!("nullif(CASE {} END, '')", cases.join("\n      "))
    }

    fn dressed(&self, of: usize, dress: &Dress) -> (String, Kind, f64) {
        let dialect = self.dialect;
        let missing = dress.missing.as_deref().map_or_else(|| dialect.no_text(), |word| dialect.text(word));
        let is_banded = !dress.up_to.is_empty() || !dress.from.is_empty() || dress.each.is_some();
        if is_banded {
            let number = self.divided(of);
            let bound = |sign: &'static str| {
                let number = number.clone();
                move |(bound, word): &(f64, String)| {
                    format!("WHEN {number} {sign} {} THEN {}", decimal(*bound), dialect.text(word))
                }
            };
            let (low, high) = (dress.up_to.iter().map(bound("<=")), dress.from.iter().map(bound(">=")));
            let bounds: Vec<String> = low.chain(high).collect();
            let digits = shown(dialect, &number);
            let each = match &dress.each {
                Some(each) => {
                    let pieces: Vec<String> = each.split("{}").map(|piece| dialect.text(piece)).collect();
                    pieces.join(&format!(" || {digits} || "))
                }
                None => digits,
            };
            let otherwise = if self.kind(of) == Kind::Day { self.word(of) } else { missing };
            let sql = format!("CASE WHEN {number} IS NULL THEN {otherwise} {} ELSE {each} END", bounds.join(" "));
            return (format!("nullif({sql}, '')"), Kind::Word, 1.0);
        }
        match self.kind(of) {
            Kind::Word => {
                let word = self.name(of);
                let other = dress.other.as_deref().map_or_else(|| word.clone(), |other| dialect.text(other));
                let labels: String = (dress.labels.iter())
                    .map(|(from, to)| format!(" WHEN {} THEN {}", dialect.text(from), dialect.text(to)))
                    .collect();
                let called = match labels.is_empty() {
                    true => other,
                    false => format!("CASE lower({word}){labels} ELSE {other} END"),
                };
                let sql = format!("nullif(CASE WHEN {word} IS NULL THEN {missing} ELSE {called} END, '')");
                (sql, Kind::Word, self.divisor(of))
            }
            kind if dress.missing.is_none() => (self.name(of), kind, self.divisor(of)),
            _ => (format!("nullif(coalesce({}, {missing}), '')", self.word(of)), Kind::Word, 1.0),
        }
    }
}

/// The nodes that one is made of.
fn inputs(op: &Op) -> Vec<usize> {
    match op {
        Op::Read { .. } | Op::Marked(_) => Vec::new(),
        Op::Between { days, .. } => {
            days.iter().filter_map(|day| if let Operand::Node(node) = day { Some(*node) } else { None }).collect()
        }
        Op::Any(of) | Op::First(of) => of.clone(),
        Op::When(cases) => {
            let mut all: Vec<usize> = cases.iter().flat_map(|case| case.holds.nodes()).collect();
            let words = cases.iter().flat_map(|case| &case.word);
            all.extend(words.filter_map(|piece| if let Piece::Node(node) = piece { Some(*node) } else { None }));
            all
        }
        Op::Dress { of, .. } => vec![*of],
    }
}
