//! The end of a query: the records counted together that are alike in all that is asked of them, and the account of all rows.

use super::heading::{Gauged, Heading, Told, column, kind};
use super::nodes::Nodes;
use super::rows::Planned;
use super::rules;
use super::tables::Tables;
use super::values::Kind;
use crate::normalise::records::areas::Stands;
use crate::normalise::records::doubts::Doubt;
use crate::normalise::records::gauge::{Gauge, Kind as Measured};
use crate::normalise::records::{Ready, WHERE};

/// The fields whose words and numbers stand in columns: nodes, and what stands there.
pub(super) struct Columns {
    nodes: Vec<usize>,
    pub told: Vec<Told>,
}

impl Columns {
    /// The columns of what `ready` breaks figures down by and keeps numbers of.
    pub fn of(nodes: &Nodes<'_>, ready: &Ready<'_>, names: &dyn Fn(usize) -> String) -> Columns {
        let mut broken: Vec<usize> = ready.lists.iter().flatten().flatten().copied().collect();
        broken.sort_unstable();
        broken.dedup();
        let mut numbers: Vec<usize> =
            ready.gauges.iter().filter(|gauge| gauge.is_spread()).filter_map(|gauge| gauge.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let word = |(at, &node): (usize, &usize)| Told {
            column: format!("by{at}_{}", names(node)),
            divisor: 1.0,
            is_number: false,
        };
        let number = |(at, &node): (usize, &usize)| Told {
            column: format!("value{at}"),
            divisor: nodes.divisor(node),
            is_number: true,
        };
        let told = broken.iter().enumerate().map(word).chain(numbers.iter().enumerate().map(number)).collect();
        Columns { nodes: broken.into_iter().chain(numbers).collect(), told }
    }

    /// The place of a node among the fields with words, or those with numbers.
    pub fn place(&self, node: usize, is_number: bool) -> Option<usize> {
        (0..self.nodes.len()).find(|&at| self.nodes[at] == node && self.told[at].is_number == is_number)
    }
}

/// The measures with the names of their columns; those whose numbers are only added up have the number of no field.
pub(super) fn measures(nodes: &Nodes<'_>, ready: &Ready<'_>, columns: &Columns) -> Vec<Gauged> {
    let one = |gauge: &Gauge<'_>| Gauged {
        measure: gauge.name.to_owned(),
        counted: format!("{}__counted", gauge.name),
        of: (gauge.rules.1.is_some() || !matches!(gauge.kind, Measured::Count | Measured::Sum))
            .then(|| format!("{}__of", gauge.name)),
        sum: gauge.number.filter(|_| !gauge.is_spread()).map(|_| format!("{}__sum", gauge.name)),
        field: gauge.number.filter(|_| gauge.is_spread()).and_then(|node| columns.place(node, true)),
        divisor: gauge.number.map_or(1.0, |node| nodes.divisor(node)),
    };
    ready.gauges.iter().map(one).collect()
}

/// What one record is to each measure: the columns of a select over the last step.
fn gauged(planned: &Planned<'_>, ready: &Ready<'_>) -> Vec<String> {
    let nodes = &planned.nodes;
    let mut columns = Vec::new();
    for (at, gauge) in ready.gauges.iter().enumerate() {
        let of = gauge.rules.1.as_ref().map_or_else(|| "TRUE".to_owned(), |of| rules::rule(nodes, of));
        let counts = match &gauge.rules.1 {
            Some(_) => format!("({of} AND {})", rules::rule(nodes, &gauge.rules.0)),
            None => rules::rule(nodes, &gauge.rules.0),
        };
        let number = gauge.number.map(|node| format!("CASE WHEN {counts} THEN {} END", nodes.number(node)));
        let (counted, among) = match (&number, gauge.kind) {
            (Some(number), kind) if kind != Measured::Sum => {
                let is_there = format!("({number}) IS NOT NULL");
                (is_there.clone(), Some(is_there))
            }
            _ => (counts, gauge.rules.1.is_some().then_some(of)),
        };
        let flag = |condition: &str| format!("CASE WHEN {condition} THEN 1 ELSE 0 END");
        columns.push(format!("{} AS a{at}", flag(&counted)));
        columns.extend(among.map(|among| format!("{} AS b{at}", flag(&among))));
        columns.extend(number.map(|number| format!("{number} AS x{at}")));
    }
    columns
}

/// The columns of the answer: the name, and what stands there of records.
type Answered = Vec<(String, String)>;

/// Writes the last selects; answers the whole query.
pub(super) fn ending(
    tables: &mut Tables<'_, '_>,
    planned: &Planned<'_>,
    ready: &Ready<'_>,
    columns: &Columns,
    heading: &Heading,
    period: Option<usize>,
) -> Result<String, serde_json::Error> {
    let (dialect, nodes) = (tables.dialect, &planned.nodes);
    let keep = rules::rule(nodes, &ready.keep_rule);
    let ended = format!("CASE WHEN rule_ IS NULL AND NOT {keep} THEN {} ELSE rule_ END AS end_", dialect.text(WHERE));
    let mut judged = vec!["*".to_owned(), ended];
    judged.extend(gauged(planned, ready));
    let name = dialect.name("judged");
    tables.add(name.clone(), format!("SELECT {}\nFROM {}", judged.join(",\n       "), planned.name), true);
    // What is left out is counted, and says nothing more.
    let counted = |sql: &str| format!("CASE WHEN end_ IS NULL THEN {sql} END");
    let mut groups: Answered = Vec::new();
    let area: [Option<String>; 3] = match ready.stands {
        Stands::Columns(own) => own.map(|at| Some(format!("c{}", ready.machine.own[at?].position))),
        Stands::Nodes(areas) => areas.map(|node| Some(nodes.word(node?))),
    };
    for (name, sql) in column::AREA.iter().zip(&area) {
        groups.push(((*name).to_owned(), counted(sql.as_deref().unwrap_or("''"))));
    }
    groups
        .push((column::PERIOD.to_owned(), period.map_or_else(|| dialect.no_text(), |node| counted(&nodes.word(node)))));
    for (told, &node) in columns.told.iter().zip(&columns.nodes) {
        let sql = if told.is_number { nodes.number(node) } else { nodes.word(node) };
        groups.push((told.column.clone(), counted(&sql)));
    }
    let mut sums: Answered = Vec::new();
    for (at, measure) in heading.measures.iter().enumerate() {
        groups.push((measure.counted.clone(), counted(&format!("a{at}"))));
        groups.extend(measure.of.iter().map(|of| (of.clone(), counted(&format!("b{at}")))));
        sums.extend(
            measure
                .sum
                .iter()
                .map(|sum| (sum.clone(), format!("sum(CASE WHEN end_ IS NULL AND a{at} = 1 THEN x{at} END)"))),
        );
    }
    let mark = match tables.is_marked() {
        true => format!("bit_xor({})", dialect.mark(&format!("coalesce({}, '')", identity(tables)))),
        false => "CAST(NULL AS BIGINT)".to_owned(),
    };
    let from = if tables.is_marked() { numbered(tables, &name) } else { name.clone() };
    let mut heading = heading.clone();
    doubted(tables, planned, ready);
    for (at, gauge) in ready.gauges.iter().enumerate().filter(|(_, gauge)| gauge.kind == Measured::Sum) {
        let base = tables.world.base.name.clone();
        let rows = format!("end_ IS NULL AND a{at} = 1 AND x{at} IS NULL");
        tables.flag(&base, (kind::WITHOUT_NUMBER, gauge.name), &rows);
    }
    let all_tables: Vec<String> = tables.world.held.keys().cloned().collect();
    let held: Vec<(String, String)> =
        all_tables.into_iter().filter_map(|table| Some((table.clone(), tables.rows(&table)?))).collect();
    for table in held.iter().map(|(table, _)| table).chain([&tables.world.base.name]) {
        let counts = tables.flags(table).iter().map(|flag| flag.counts.clone()).collect();
        heading.counts.insert(table.clone(), counts);
    }
    let most = heading.counts.values().map(Vec::len).max().unwrap_or_default();
    let counts = |table: &str| -> Vec<String> {
        let flags = tables.flags(table).iter();
        let counted = flags.map(|flag| format!("sum(CASE WHEN {} THEN 1 ELSE 0 END)", flag.rows));
        counted.chain(std::iter::repeat("CAST(NULL AS BIGINT)".to_owned())).take(most).collect()
    };
    let named: Vec<String> = groups.iter().map(|(name, sql)| format!("{sql} AS {}", dialect.name(name))).collect();
    let by: Vec<String> = groups.iter().map(|(_, sql)| sql.clone()).collect();
    let added: Vec<String> = sums.iter().map(|(name, sql)| format!("{sql} AS {}", dialect.name(name))).collect();
    let mut all = vec![
        format!("{} AS {}", dialect.text(kind::RECORDS), column::KIND),
        format!("{} AS {}", dialect.text(&tables.world.base.name), column::TABLE),
        format!("end_ AS {}", dialect.name(column::RULE)),
        format!("count(*) AS {}", dialect.name(column::NUMBER)),
        format!("{} AS {}", dialect.as_text(&mark), dialect.name(column::MARK)),
    ];
    all.extend(named);
    all.extend(added);
    let found = counts(&tables.world.base.name);
    all.extend(found.iter().enumerate().map(|(at, sql)| format!("{sql} AS {}", column::counts(at))));
    let by: String = by.iter().map(|sql| format!(",\n         {sql}")).collect();
    let records = format!("SELECT {}\nFROM {from}\nGROUP BY end_{by}", all.join(",\n       "));
    let mut selects = vec![records];
    let width = groups.len() + sums.len();
    let line = |what: &str, table: &str, rule: &str, number: &str, (counts, from): (&[String], &str)| {
        let rest = ", NULL".repeat(width + 1);
        let counts: String = counts.iter().map(|sql| format!(", {sql}")).collect();
        format!("SELECT {}, {}, {rule}, {number}{rest}{counts}{from}", dialect.text(what), dialect.text(table))
    };
    let none = vec!["NULL".to_owned(); most];
    for (table, rows) in &held {
        let from = format!(" FROM {rows} GROUP BY rule_");
        selects.push(line(kind::ROWS, table, "rule_", "count(*)", (&counts(table), &from)));
    }
    for (what, table, field, sql) in &tables.wrong {
        selects.push(line(what.word(), table, &dialect.text(field), sql, (&none, "")));
    }
    for doubt in &ready.doubts {
        if let Some(from) = twice(tables, planned, doubt) {
            let (says, number) = (dialect.text(&doubt.check.says), "coalesce(sum(same_), 0)");
            selects.push(line(kind::DOUBT, &tables.world.base.name, &says, number, (&none, &from)));
        }
    }
    let json = serde_json::to_string(&heading)?;
    selects.push(line(kind::HEADING, "", &dialect.text(&json), "1", (&none, "")));
    Ok(selects.join("\nUNION ALL\n"))
}

/// What a record is told from others by: its key; where it has none, all of its cells, and which of equal rows it is.
fn identity(tables: &Tables<'_, '_>) -> String {
    let base = &tables.world.base;
    match base.key {
        Some(at) => super::values::key(tables.dialect, &format!("c{at}")),
        None => {
            format!("whole_ || '#' || {}", tables.dialect.as_text("same_"))
        }
    }
}

/// The judged rows, each with which of equal rows it is where no key tells them apart.
fn numbered(tables: &Tables<'_, '_>, judged: &str) -> String {
    match tables.world.base.key {
        Some(_) => judged.to_owned(),
        None => {
            let same = "row_number() OVER (PARTITION BY whole_ ORDER BY row_) AS same_";
            format!("(SELECT j.*, {same} FROM {judged} AS j) AS marked")
        }
    }
}

/// The rows that a check finds.
fn found(planned: &Planned<'_>, doubt: &Doubt<'_>) -> String {
    let lacks: String = doubt.lacks.iter().map(|column| format!(" AND c{column} = ''")).collect();
    format!("rule_ IS NULL AND {}{lacks}", rules::rule(&planned.nodes, &doubt.rule))
}

/// Has it counted how many rows each check finds.
fn doubted(tables: &mut Tables<'_, '_>, planned: &Planned<'_>, ready: &Ready<'_>) {
    let base = tables.world.base.name.clone();
    for doubt in ready.doubts.iter().filter(|doubt| doubt.twice_column().is_none()) {
        tables.flag(&base, (kind::DOUBT, &doubt.check.says), &found(planned, doubt));
    }
}

/// Where the rows stand that a check finds for a value which stands twice.
fn twice(tables: &Tables<'_, '_>, planned: &Planned<'_>, doubt: &Doubt<'_>) -> Option<String> {
    let key = super::values::key(tables.dialect, &format!("c{}", doubt.twice_column()?));
    let rows = format!("{} WHERE {} AND {key} <> ''", planned.name, found(planned, doubt));
    Some(format!(" FROM (SELECT count(*) AS same_ FROM {rows} GROUP BY {key} HAVING count(*) > 1) AS twice"))
}

/// Whether a node is told by days.
pub(super) fn is_day(nodes: &Nodes<'_>, node: usize) -> bool {
    nodes.kind(node) == Kind::Day
}
