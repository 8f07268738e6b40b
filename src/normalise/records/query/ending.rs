//! The end of a query: the records counted together that are alike in all that is asked of them, and the account of all rows.

use super::dialect::Dialect;
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

/// What the last selects are written of.
pub(super) struct Ending<'e> {
    pub planned: &'e Planned<'e>,
    pub ready: &'e Ready<'e>,
    pub columns: &'e Columns,
    /// The node of the period, where each record has its own.
    pub period: Option<usize>,
}

/// What stands in a column of records that are counted; what is left out is counted, and says nothing more.
fn counted(sql: &str) -> String {
    format!("CASE WHEN end_ IS NULL THEN {sql} END")
}

impl Ending<'_> {
    /// Writes the last selects; answers the one that all of it is asked by.
    pub fn query(&self, tables: &mut Tables<'_, '_>, mut heading: Heading) -> Result<String, serde_json::Error> {
        let (dialect, base) = (tables.dialect, tables.world.base.name.clone());
        let judged = self.judged(tables);
        self.flagged(tables);
        let all_tables: Vec<String> = tables.world.held.keys().cloned().collect();
        let held: Vec<(String, String)> =
            all_tables.into_iter().filter_map(|table| Some((table.clone(), tables.rows(&table)?))).collect();
        for table in held.iter().map(|(table, _)| table).chain([&base]) {
            let counts = tables.flags(table).iter().map(|flag| flag.counts.clone()).collect();
            heading.counts.insert(table.clone(), counts);
        }
        let most = heading.counts.values().map(Vec::len).max().unwrap_or_default();
        let (groups, sums) = (self.groups(tables, &heading), sums(&heading));
        let records = records(tables, &judged, (&groups, &sums), most);
        let lines = Lines { dialect, width: groups.len() + sums.len(), most };
        let mut selects = vec![records];
        for (table, rows) in &held {
            let counts = counts(tables, table, most);
            selects.push(lines.line(
                (kind::ROWS, table),
                ("rule_", "count(*)"),
                &counts,
                &format!(" FROM {rows} GROUP BY rule_"),
            ));
        }
        for (what, table, field, sql) in &tables.wrong {
            selects.push(lines.line((what.word(), table), (&dialect.text(field), sql), &[], ""));
        }
        for doubt in &self.ready.doubts {
            if let Some(from) = twice(tables, self.planned, doubt) {
                let says = dialect.text(&doubt.check.says);
                selects.push(lines.line((kind::DOUBT, &base), (&says, "coalesce(sum(same_), 0)"), &[], &from));
            }
        }
        // As many as were read must be told: a join that finds two rows, or a part that is lost, would count wrong.
        let total = format!("(SELECT count(*) FROM {})", tables.part("read", &base));
        let json = serde_json::to_string(&heading)?;
        selects.push(lines.line((kind::HEADING, ""), (&dialect.text(&json), &total), &[], ""));
        Ok(selects.join("\nUNION ALL\n"))
    }

    /// The select of the records, each with what becomes of it and what it is to each measure; answers its name.
    fn judged(&self, tables: &mut Tables<'_, '_>) -> String {
        let dialect = tables.dialect;
        let keep = rules::rule(&self.planned.nodes, &self.ready.keep_rule);
        let ended =
            format!("CASE WHEN rule_ IS NULL AND NOT {keep} THEN {} ELSE rule_ END AS end_", dialect.text(WHERE));
        let mut judged = vec!["*".to_owned(), ended];
        judged.extend(gauged(self.planned, self.ready));
        let (name, columns) = (dialect.name("judged"), judged.join(",\n       "));
        tables.add(name.clone(), format!("SELECT {columns}\nFROM {}", self.planned.name), true);
        name
    }

    /// What records are alike in: the words of their area and period, the fields asked for, what they are to each measure.
    fn groups(&self, tables: &Tables<'_, '_>, heading: &Heading) -> Answered {
        let (nodes, ready) = (&self.planned.nodes, self.ready);
        let area: [Option<String>; 3] = match ready.stands {
            Stands::Columns(own) => own.map(|at| Some(format!("c{}", ready.machine.own[at?].position))),
            Stands::Nodes(areas) => areas.map(|node| Some(nodes.word(node?))),
        };
        let mut groups: Answered = (column::AREA.iter().zip(&area))
            .map(|(name, sql)| ((*name).to_owned(), counted(sql.as_deref().unwrap_or("''"))))
            .collect();
        let period = self.period.map_or_else(|| tables.dialect.no_text(), |node| counted(&nodes.word(node)));
        groups.push((column::PERIOD.to_owned(), period));
        for (told, &node) in self.columns.told.iter().zip(&self.columns.nodes) {
            let sql = if told.is_number { nodes.number(node) } else { nodes.word(node) };
            groups.push((told.column.clone(), counted(&sql)));
        }
        for (at, measure) in heading.measures.iter().enumerate() {
            groups.push((measure.counted.clone(), counted(&format!("a{at}"))));
            groups.extend(measure.of.iter().map(|of| (of.clone(), counted(&format!("b{at}")))));
        }
        groups
    }

    /// Has it counted how many rows each check finds, and how many records lack a number.
    fn flagged(&self, tables: &mut Tables<'_, '_>) {
        let base = tables.world.base.name.clone();
        for doubt in self.ready.doubts.iter().filter(|doubt| doubt.twice_column().is_none()) {
            tables.flag(&base, (kind::DOUBT, &doubt.check.says), &found(self.planned, doubt));
        }
        for (at, gauge) in self.ready.gauges.iter().enumerate().filter(|(_, gauge)| gauge.kind == Measured::Sum) {
            let rows = format!("end_ IS NULL AND a{at} = 1 AND x{at} IS NULL");
            tables.flag(&base, (kind::WITHOUT_NUMBER, gauge.name), &rows);
        }
    }
}

/// The sums of the numbers of records.
fn sums(heading: &Heading) -> Answered {
    let measures = heading.measures.iter().enumerate();
    let sum = |at: usize| format!("sum(CASE WHEN end_ IS NULL AND a{at} = 1 THEN x{at} END)");
    measures.filter_map(|(at, measure)| Some((measure.sum.clone()?, sum(at)))).collect()
}

/// What is counted of the rows of a table, in as many columns as that table has which has most.
fn counts(tables: &Tables<'_, '_>, table: &str, most: usize) -> Vec<String> {
    let flags = tables.flags(table).iter();
    let counted = flags.map(|flag| format!("sum(CASE WHEN {} THEN 1 ELSE 0 END)", flag.rows));
    counted.chain(std::iter::repeat("CAST(NULL AS BIGINT)".to_owned())).take(most).collect()
}

/// The select of the records that are alike, which names the columns of the answer.
fn records(tables: &Tables<'_, '_>, judged: &str, (groups, sums): (&Answered, &Answered), most: usize) -> String {
    let (dialect, base) = (tables.dialect, &tables.world.base.name);
    let (from, mark) = match tables.is_marked() {
        true => {
            // Equal rows are told from each other, and a row without a key from others without one.
            let same = "row_number() OVER (PARTITION BY whole_ ORDER BY row_) AS same_";
            let identity = format!("whole_ || '#' || {}", dialect.as_text("same_"));
            let marked = format!("(SELECT j.*, {same} FROM {judged} AS j) AS marked");
            (marked, format!("bit_xor({})", dialect.mark(&identity)))
        }
        false => (judged.to_owned(), "CAST(NULL AS BIGINT)".to_owned()),
    };
    let mut all = vec![
        format!("{} AS {}", dialect.text(kind::RECORDS), column::KIND),
        format!("{} AS {}", dialect.text(base), column::TABLE),
        format!("end_ AS {}", dialect.name(column::RULE)),
        format!("count(*) AS {}", dialect.name(column::NUMBER)),
        format!("{} AS {}", dialect.as_text(&mark), dialect.name(column::MARK)),
    ];
    all.extend(groups.iter().chain(sums).map(|(name, sql)| format!("{sql} AS {}", dialect.name(name))));
    let counts = counts(tables, base, most);
    all.extend(counts.iter().enumerate().map(|(at, sql)| format!("{sql} AS {}", column::counts(at))));
    let by: String = groups.iter().map(|(_, sql)| format!(",\n         {sql}")).collect();
    format!("SELECT {}\nFROM {from}\nGROUP BY end_{by}", all.join(",\n       "))
}

/// The lines of the answer that are of no records.
struct Lines {
    dialect: Dialect,
    /// How many columns tell of records.
    width: usize,
    /// How many columns count something of rows.
    most: usize,
}

impl Lines {
    /// The select of lines that tell `what` of a table: the rule or check, how many, what is counted, and where they stand.
    fn line(&self, (what, table): (&str, &str), (rule, number): (&str, &str), counts: &[String], from: &str) -> String {
        let rest = ", NULL".repeat(self.width + 1 + self.most - counts.len());
        let counts: String = counts.iter().map(|sql| format!(", {sql}")).collect();
        let (what, table) = (self.dialect.text(what), self.dialect.text(table));
        format!("SELECT {what}, {table}, {rule}, {number}{rest}{counts}{from}")
    }
}

/// The rows that a check finds.
fn found(planned: &Planned<'_>, doubt: &Doubt<'_>) -> String {
    let lacks: String = doubt.lacks.iter().map(|column| format!(" AND c{column} = ''")).collect();
    format!("rule_ IS NULL AND {}{lacks}", rules::rule(&planned.nodes, &doubt.rule))
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
