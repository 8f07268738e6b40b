//! What the keys of a pipeline mean together: keys that only one shape has, blocks that stand twice, measures that no
//! block maps, checks that could find nothing.

use super::record_rules::Parts;
use super::references::ROLES;
use super::{Allowed, Outlier, Pipeline, ReleaseBlock, Shape, Unit};
use crate::declaration::{Document, Mistake, Step};

/// Everything that is wrong with how the keys of `pipeline` stand together.
pub(super) fn mistakes(pipeline: &Pipeline) -> Vec<Mistake> {
    let whole = Whole(pipeline, Document::of(&pipeline.text));
    let mut found = blocks(&pipeline.releases, &whole.1);
    let parts = Parts { joins: &pipeline.joins, pick: &pipeline.pick, day: &pipeline.day, field: &pipeline.field };
    found.extend(parts.mistakes(&whole.1));
    found.extend(whole.missing());
    found.extend(whole.bounds());
    found.extend(whole.shape());
    found.extend(whole.measures());
    found.extend(whole.over());
    found.extend(whole.rates());
    found.extend(whole.checks());
    found
}

/// Keys that mean nothing where rows are areas.
const OF_RECORDS: [&str; 12] =
    ["by", "predecessor", "record", "tables", "rows", "where", "period", "area", "join", "pick", "day", "field"];
/// Keys of a measure that mean nothing where rows are areas.
const MEASURES_OF_RECORDS: [&str; 7] = ["count", "of", "over", "sum", "mean", "median", "percentile"];
/// Keys of a block that mean nothing where rows are areas.
const BLOCKS_OF_RECORDS: [&str; 4] = ["table", "like", "days", "yes_no"];
/// Keys of a measure that mean nothing where rows are records.
const MEASURES_OF_AREAS: [&str; 4] = ["numerator", "denominator", "values", "prefer"];
/// Keys of a block that mean nothing where rows are records.
const BLOCKS_OF_AREAS: [&str; 9] =
    ["format", "indicators", "filters", "breakdown", "topic", "topics", "period_column", "measure_column", "scale"];

struct Whole<'p>(&'p Pipeline, Document<'p>);

macro_rules! way {
    ($($step:expr),*) => { &[$(Step::from($step)),*] };
}

impl Whole<'_> {
    /// A mistake at the key that `way` leads to.
    fn at(&self, way: &[Step], message: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake::new(self.1.find(way).unwrap_or(0..0), message, help)
    }

    fn has(&self, way: &[Step]) -> bool {
        self.1.find(way).is_some()
    }

    /// What is not there at all.
    fn missing(&self) -> Vec<Mistake> {
        let mut found = Vec::new();
        if self.0.releases.is_empty() && self.0.tables.is_none() {
            let help = "add one; `abreast inspect FILE` prints it ready made";
            found.push(Mistake::new(0..0, "there is no `[[release]]` block", help));
        }
        if self.0.predecessor.as_ref().is_some_and(|known| known.take.get_ref().is_empty()) {
            let help = "name the fields that a record takes, first the one that decides whether it needs any";
            found.push(self.at(way!["predecessor", "take"], "`take` names no field", help));
        }
        let several = self.0.tables.is_some() || self.0.releases.iter().any(|block| block.table.len() > 1);
        if several && self.0.rows.is_none() {
            let help = "write `rows = \"TABLE\"` at the top";
            found.push(Mistake::new(0..0, "there are several tables, and nothing says whose rows are counted", help));
        }
        if self.0.period.as_ref().is_some_and(|period| period.ways().len() != 1) {
            let help = "write one of `day`, `month`, `calendar_year`, `academic_year`, `financial_year`";
            found.push(self.at(way!["period"], "`period` is one day, month or year", help));
        }
        found
    }

    /// Bounds the wrong way round.
    fn bounds(&self) -> Option<Mistake> {
        let (first, last) = self.0.years.filter(|(first, last)| first > last)?;
        let message = format!("`years` ends in {last} before it begins in {first}");
        Some(self.at(way!["years"], message, "write the first year first"))
    }

    /// Keys of the other shape.
    fn shape(&self) -> Vec<Mistake> {
        let mut ways: Vec<Vec<Step>> = Vec::new();
        let records = self.0.shape == Shape::Records;
        if !records {
            ways.extend(OF_RECORDS.iter().map(|key| vec![Step::from(*key)]));
        }
        let of_measures: &[&str] = if records { &MEASURES_OF_AREAS } else { &MEASURES_OF_RECORDS };
        for name in self.0.measures.keys() {
            ways.extend(of_measures.iter().map(|key| vec!["measures".into(), name.as_str().into(), (*key).into()]));
        }
        let of_blocks: &[&str] = if records { &BLOCKS_OF_AREAS } else { &BLOCKS_OF_RECORDS };
        for number in 0..self.0.releases.len() {
            ways.extend(of_blocks.iter().map(|key| vec!["release".into(), number.into(), (*key).into()]));
        }
        let (means, help) = match records {
            true => ("records", "take it out, or `shape = \"records\"`"),
            false => ("areas", "take it out, or say `shape = \"records\"` at the top"),
        };
        let said = |way: Vec<Step>| {
            let Some(Step::Key(key)) = way.last() else { return None };
            let message = format!("`{key}` means nothing where rows are {means}");
            self.has(&way).then(|| self.at(&way, message, help))
        };
        ways.into_iter().filter_map(said).collect()
    }

    /// Measures that no block gives a figure.
    fn measures(&self) -> Vec<Mistake> {
        let blocks = &self.0.releases;
        if self.0.shape == Shape::Records || blocks.iter().any(|block| block.indicators.is_some()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (name, measure) in &self.0.measures {
            let keys = [Some(name), measure.numerator.as_ref(), measure.denominator.as_ref()];
            let maps = |block: &ReleaseBlock| {
                let has = |at: usize| match (&block.measure_column, keys[at]) {
                    (Some(_), Some(_)) => block.columns.contains_key(ROLES[at]),
                    (None, Some(key)) => block.columns.contains_key(key),
                    (_, None) => false,
                };
                has(0) || has(1) && has(2)
            };
            // A count that no block maps at all is said where it is named.
            let known =
                keys[1..].iter().flatten().all(|key| blocks.iter().any(|block| block.columns.contains_key(*key)));
            if known && !blocks.is_empty() && !blocks.iter().any(maps) {
                let message = format!("no block maps the measure `{name}`, or its numerator and denominator together");
                let help = "map it under `columns` in a `[[release]]` block, or take it out";
                found.push(self.at(way!["measures", name.as_str()], message, help));
            }
        }
        found
    }

    /// Shares over fields by which nothing is broken down, or that are none.
    fn over(&self) -> Vec<Mistake> {
        let mut found = Vec::new();
        for (name, measure) in self.0.measures.iter().filter(|(_, measure)| !measure.over.is_empty()) {
            let at = way!["measures", name.as_str(), "over"];
            if measure.of.is_none() {
                let message = format!("`over` is about a share, and `{name}` has no `of`");
                found.push(self.at(at, message, "write `of = {}` for a share of all rows, or take `over` out"));
            }
            let broken_down = |field: &&String| self.0.by.iter().any(|fields| fields.contains(field));
            if let Some(field) = measure.over.iter().find(|field| !broken_down(field)) {
                let message = format!("nothing is broken down by `{field}`, over which `{name}` is a share");
                found.push(self.at(at, message, "name a field of `by`"));
            }
        }
        found
    }

    /// Populations of what is no count, and rates that are none.
    fn rates(&self) -> Vec<Mistake> {
        let mut found = Vec::new();
        for (name, measure) in &self.0.measures {
            let Some(per) = &measure.per else { continue };
            let name = name.as_str();
            if !matches!(measure.unit, Unit::Number | Unit::Pounds) {
                let message = format!("`per` makes a rate of a count, and `{name}` is a {}", measure.unit.word());
                let help = "declare `per` of the count, or take it out";
                found.push(self.at(way!["measures", name, "per"], message, help));
            }
            if per.unit.multiplier().is_none() {
                let message = format!("a count for each of a population has no unit `{}`", per.unit.word());
                let help =
                    "write `rate per 1,000`, `rate per 10,000`, `rate per 100,000`, `percent`, `ratio` or `pounds`";
                found.push(self.at(way!["measures", name, "per", "unit"], message, help));
            }
        }
        found
    }

    /// Checks that could find nothing.
    fn checks(&self) -> Vec<Mistake> {
        let checks = &self.0.checks;
        let mut found = Vec::new();
        for (measure, [low, high]) in &checks.range {
            if low > high {
                let message = format!("the range of `{measure}` ends at {high} before it begins at {low}");
                found.push(self.at(way!["checks", "range", measure.as_str()], message, "write the lowest value first"));
            }
        }
        for (number, _) in checks.allowed.iter().enumerate().filter(|(_, check)| !is_one_kind(check)) {
            let help =
                "write `topics`, `topic` with `breakdowns`, or `measure` with `values`, each in braces of its own";
            let message = "`allowed` says neither of what nor which, or several kinds at once";
            found.push(self.at(way!["checks", "allowed", number], message, help));
        }
        for (number, check) in checks.restatement.iter().enumerate() {
            if check.points.is_none() && check.percent.is_none() {
                let help = "write `percent` or `points`";
                found.push(self.at(way!["checks", "restatement", number], "`restatement` has no bound", help));
            }
        }
        let bounds = |check: &Outlier| check.points.is_some() || check.percent.is_some() || check.times.is_some();
        for (number, _) in checks.outlier.iter().enumerate().filter(|(_, check)| !bounds(check)) {
            let help = "write `times`, `percent` or `points`";
            found.push(self.at(way!["checks", "outlier", number], "`outlier` has no bound", help));
        }
        found
    }
}

/// Whether a check says what may stand there in one of the three ways.
fn is_one_kind(check: &Allowed) -> bool {
    let words = check.topic.is_some() && !check.breakdowns.is_empty();
    let numbers = check.measure.is_some() && !check.values.is_empty();
    usize::from(words) + usize::from(numbers) + usize::from(!check.topics.is_empty()) == 1
}

/// What is wrong with each block.
pub(super) fn blocks(releases: &[ReleaseBlock], document: &Document<'_>) -> Vec<Mistake> {
    let each = releases.iter().enumerate();
    each.flat_map(|(number, one)| block(number, &releases[..number], one, document)).collect()
}

fn block(number: usize, before: &[ReleaseBlock], block: &ReleaseBlock, document: &Document<'_>) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut say = |key: &str, message: &str, help: &str| {
        let span = document.find(way!["release", number, key]).or_else(|| document.find(way!["release", number]));
        found.push(Mistake::new(span.unwrap_or(0..0), message, help));
    };
    let from = block.from.get_ref();
    if before.iter().any(|other| other.from.get_ref() == from && other.layout == block.layout) {
        let message = format!("a second block holds from release {from} on: the first of them would not be read");
        say("from", &message, "correct `from`, put the two together, or give each a `layout` of its own");
    }
    if !block.breakdown.is_empty() && block.breakdown.len() != 2 {
        let help = "use `filters` for columns that each are a topic";
        say("breakdown", "`breakdown` takes two columns, the topic and the breakdown", help);
    }
    if block.topic.is_some() && !block.breaks_down_by_header() {
        let message = "`topic` names the breakdowns of a header, and no column of this block has `{breakdown}`";
        say("topic", message, "use `topics` to name the topic of a filter, or take it out");
    }
    if block.period.is_some() && block.period_column.is_some() {
        let message = "`period` says the period of every row, and `period_column` the column it stands in";
        say("period_column", message, "take one of them out");
    }
    let rows = block.header.rows();
    if rows.is_empty() || rows.windows(2).any(|pair| pair[0] >= pair[1]) {
        say("header", "`header` names its rows from top to bottom", "write one row, such as 4, or several: [4, 5]");
    }
    if !block.table.is_empty() && !block.columns.is_empty() {
        let message = "`columns` maps the one table of a block, and this block has tables of its own";
        say("columns", message, "move it into `[release.table.NAME]`");
    }
    let lacks = block.table.iter().find(|(_, table)| table.file.is_none()).map(|(name, _)| name.as_str());
    let one = (block.table.is_empty() && block.like.is_none()).then_some("the block");
    if let Some(what) = lacks.or(one).filter(|_| block.file.get_ref().is_empty() && block.like.is_none()) {
        say("file", &format!("{what} has no `file`"), "add the name of the file in the release folder, as a glob");
    }
    found
}
