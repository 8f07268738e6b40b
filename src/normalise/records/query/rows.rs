//! The rows that are reached from a row, in SQL: joins up, one row of many, a row that stands beside every other; and the
//! fields of a plan over them.

use super::nodes::Nodes;
use super::rules;
use super::tables::{Tables, Wrong};
use super::values::Kind;
use crate::normalise::records::choice::Choice;
use crate::normalise::records::plan::{Op, Plan, Reach, Via};

/// What the fields of a plan are read from.
pub(super) struct Planned<'p> {
    /// The last of the selects.
    pub name: String,
    /// The fields.
    pub nodes: Nodes<'p>,
}

/// Writes the selects of `plan` over the rows of `table`. `own` are the fields of that table by number, where it is the one
/// that is counted, `marks` the columns of what the record before marks.
pub(super) fn plan<'p>(
    tables: &mut Tables<'_, '_>,
    (prefix, table): (&str, &str),
    plan: &'p Plan,
    (own, marks): (&[String], &[String]),
    numbers: Vec<f64>,
) -> Option<Planned<'p>> {
    let dialect = tables.dialect;
    let mut from = format!("{} AS r0", tables.rows(table)?);
    for (at, reach) in plan.reaches.iter().enumerate().skip(1) {
        from.push_str(&format!("\nLEFT JOIN {}", joined(tables, &plan.reaches, at, reach)?));
    }
    let mut nodes = Nodes::of(dialect, &plan.nodes, numbers);
    let base = tables.world.base.name.clone();
    let steps = nodes.steps(|op| {
        let none = (dialect.no_text(), Kind::Word);
        let Op::Read { reach, column } = op else {
            let Op::Marked(mark) = op else { return none };
            return marks
                .get(*mark)
                .map_or(none, |mark| (format!("nullif(r0.{}, '')", dialect.name(&format!("t_{mark}"))), Kind::Word));
        };
        let of = &plan.reaches[*reach].table;
        let field = match (*reach, *of == base) {
            (0, true) => own.get(*column).cloned(),
            (_, true) => None,
            _ => tables
                .world
                .held
                .get(of)
                .and_then(|held| held.columns.get(*column))
                .map(|(column, _)| column.field.clone()),
        };
        field.map_or(none, |field| (format!("r{reach}.{}", tables.field(&field)), tables.kind(of, &field)))
    });
    let mut name = dialect.name(&format!("{prefix}_0"));
    let last = steps.len();
    let mut steps = steps.into_iter();
    let first: String = steps.next().into_iter().flatten().map(|column| format!(",\n       {column}")).collect();
    tables.add(name.clone(), format!("SELECT r0.*{first}\nFROM {from}"), true);
    for (at, step) in (1..).zip(steps) {
        let next = dialect.name(&format!("{prefix}_{at}"));
        let columns: String = step.into_iter().map(|column| format!(",\n       {column}")).collect();
        tables.add(next.clone(), format!("SELECT *{columns}\nFROM {name}"), at + 1 == last);
        name = next;
    }
    Some(Planned { name, nodes })
}

/// What stands behind `LEFT JOIN` for row number `at`.
fn joined(tables: &mut Tables<'_, '_>, reaches: &[Reach], at: usize, reach: &Reach) -> Option<String> {
    let row = format!("r{at}");
    match reach.via {
        Via::Own => None,
        Via::Single => {
            let rows = tables.rows(&reach.table)?;
            Some(format!("(SELECT * FROM {rows} WHERE rule_ IS NULL) AS {row} ON TRUE"))
        }
        Via::Up { from, join } => {
            let join = &tables.world.joins[join];
            let own = tables.key(&format!("r{from}"), &join.from.0, &join.from.1)?;
            let other = tables.key(&row, &join.to.0, &join.to.1)?;
            let rows = tables.rows(&reach.table)?;
            Some(format!("{rows} AS {row} ON {row}.rule_ IS NULL AND {other} <> '' AND {other} = {own}"))
        }
        Via::Down { from, choice } => {
            let choice = &tables.world.choices[choice];
            let join = &tables.world.joins[choice.join];
            let own = tables.key(&format!("r{from}"), &reaches[from].table, &choice.parent_key)?;
            let other = tables.key(&row, &join.from.0, &join.from.1)?;
            let rows = chosen(tables, choice)?;
            Some(format!("{rows} AS {row} ON {other} = {own}"))
        }
    }
}

/// The select of the one row of many that a choice is.
fn chosen(tables: &mut Tables<'_, '_>, choice: &Choice) -> Option<String> {
    let dialect = tables.dialect;
    let name = dialect.name(&format!("the_{}_of_{}", choice.name, choice.parent));
    if tables.has(&name) {
        return Some(name);
    }
    let join = &tables.world.joins[choice.join];
    let table = join.from.0.clone();
    let key = tables.key("d", &table, &join.from.1)?;
    let (rows, rule, order) = match &choice.made {
        Some(made) => {
            let prefix = format!("pick_{}", choice.name);
            let planned = plan(tables, (&prefix, &table), &made.plan, (&[], &[]), Vec::new())?;
            let order = made.order.iter().filter_map(|(node, highest)| Some((node.as_ref()?, *highest)));
            let order: Vec<String> =
                order.flat_map(|(node, highest)| ordered(&planned.nodes, *node, highest)).collect();
            (planned.name, rules::rule(&planned.nodes, &made.rule), order)
        }
        None => (tables.rows(&table)?, "TRUE".to_owned(), Vec::new()),
    };
    let order: Vec<String> = order.into_iter().chain(["row_".to_owned()]).collect();
    let numbered = format!(
        "SELECT d.*, row_number() OVER (PARTITION BY {key} ORDER BY {}) AS place_\nFROM {rows} AS d\nWHERE d.rule_ IS NULL AND {key} <> '' AND {rule}",
        order.join(", ")
    );
    if choice.made.is_none() {
        let sql = format!("(SELECT count(*) FROM ({numbered}) AS more WHERE place_ = 2)");
        tables.wrong.push((Wrong::Several, table, choice.parent.clone(), sql));
    }
    tables.add(name.clone(), format!("SELECT * FROM (\n{numbered}\n) AS e WHERE place_ = 1"), true);
    Some(name)
}

/// How rows are ordered by a node: what is missing comes last.
fn ordered(nodes: &Nodes<'_>, node: usize, highest: bool) -> Vec<String> {
    let direction = if highest { "DESC" } else { "ASC" };
    let by = |sql: String| format!("{sql} {direction} NULLS LAST");
    match nodes.kind(node) {
        Kind::Word => vec![by(nodes.number(node)), by(nodes.name(node))],
        _ => vec![by(nodes.name(node))],
    }
}
