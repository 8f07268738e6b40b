//! What keeps a table free of cells that say nothing.

use crate::publish::document::{Cell, Column, Table};

/// Leaves out the columns of which no cell says anything, but for the first.
pub fn drop_empty(table: &mut Table) {
    let says = |cell: &Cell| !cell.is_empty();
    let kept: Vec<bool> = (0..table.columns.len())
        .map(|at| at == 0 || table.rows.iter().any(|row| row.get(at).is_some_and(says)))
        .collect();
    let keep = |at: &mut usize| {
        *at += 1;
        kept[*at - 1]
    };
    let mut at = 0;
    table.columns.retain(|_| keep(&mut at));
    for row in &mut table.rows {
        let mut at = 0;
        row.retain(|_| keep(&mut at));
    }
}

/// Says beneath a table what the marks beside its figures mean, each once.
pub fn say_marks(table: &mut Table) {
    let marked = table.rows.iter().flatten().filter(|cell| !cell.symbol.is_empty());
    for cell in Vec::from_iter(marked.map(|cell| format!("{}: {}.", cell.symbol, cell.reason))) {
        if !table.notes.contains(&cell) {
            table.notes.push(cell);
        }
    }
}

/// Leaves out the columns of figures without a number, but for the first.
pub fn drop_numberless(table: &mut Table) {
    let numbers = |at: usize| table.rows.iter().any(|row| row.get(at).is_some_and(|cell| cell.number.is_some()));
    let gone: Vec<usize> = (1..table.columns.len()).filter(|at| table.columns[*at].numeric && !numbers(*at)).collect();
    for at in gone.into_iter().rev() {
        table.columns.remove(at);
        for row in &mut table.rows {
            row.remove(at);
        }
    }
}

/// The share of a table's cells that may be empty.
const MOST_EMPTY: f64 = 0.25;

/// Takes the columns that few rows fill out of a table, the emptiest first, until no more than a quarter of its cells are empty; what
/// they hold as a table with a row a figure. None where the table is full enough. First and own columns stay.
pub fn apart(table: &mut Table) -> Option<Table> {
    let mut taken: Vec<usize> = Vec::new();
    let open: Vec<usize> = (1..table.columns.len()).filter(|at| !table.columns[*at].own).collect();
    let empty = |at: usize| table.rows.iter().filter(|row| row[at].is_empty()).count();
    loop {
        let left = || open.iter().copied().filter(|at| !taken.contains(at));
        let (cells, blank) = (left().count() * table.rows.len(), left().map(empty).sum::<usize>());
        if blank as f64 <= cells as f64 * MOST_EMPTY {
            break;
        }
        // Of two as empty the later one goes: the first ones are what a reader looks for.
        taken.extend(left().max_by_key(|at| (empty(*at), *at)));
    }
    if taken.is_empty() {
        return None;
    }
    taken.sort_unstable();
    let mut rows = Vec::new();
    for row in &mut table.rows {
        let name = row[0].clone();
        for at in taken.iter().filter(|at| !row[**at].is_empty()) {
            let column = &table.columns[*at];
            let what = Cell::words(column.title.clone()).with(column.second.clone());
            rows.push(vec![name.clone(), what, row[*at].clone()]);
        }
    }
    for at in taken.iter().rev() {
        table.columns.remove(*at);
        table.rows.iter_mut().for_each(|row| drop(row.remove(*at)));
    }
    Some(Table {
        id: format!("{}-more", table.id),
        title: format!("{}, continued", table.title),
        caption: "What only some of the measures have".into(),
        columns: vec![table.columns[0].clone(), Column::words("What"), Column::figures("Figure")],
        rows,
        ..Table::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of measures with one letter a cell, a blank for nothing.
    fn table(rows: &[(&str, &str)]) -> Table {
        let columns = [Column::words("Measure"), Column::own("Reading"), Column::figures("England")];
        let columns = columns.into_iter().chain(["Rank", "Target"].map(Column::figures)).collect();
        let cell = |letter: char| if letter == ' ' { Cell::default() } else { Cell::words(letter) };
        let row = |(name, cells): &(&str, &str)| {
            std::iter::once(Cell::words(*name)).chain(cells.chars().map(cell)).collect::<Vec<Cell>>()
        };
        Table { id: "t".into(), title: "All".into(), columns, rows: rows.iter().map(row).collect(), ..Table::default() }
    }

    fn titles(table: &Table) -> Vec<&str> {
        table.columns.iter().map(|column| column.title.as_str()).collect()
    }

    #[test]
    fn columns_that_few_rows_fill_stand_apart_a_row_a_figure() {
        let mut sparse = table(&[("Plans", "aeR "), ("Visits", "be T"), ("Places", "ce  "), ("Staff", "de  ")]);
        let more = apart(&mut sparse).expect("some stand apart");
        assert_eq!(titles(&sparse), ["Measure", "Reading", "England"]);
        let told: Vec<String> = more
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(told, ["Plans Rank R", "Visits Target T"]);
        assert_eq!(more.title, "All, continued");
    }

    #[test]
    fn a_table_that_is_full_enough_stays_and_the_own_column_always() {
        let mut full = table(&[("Plans", "aeRT"), ("Visits", "beRT"), ("Places", "ceR "), ("Staff", "deR ")]);
        assert!(apart(&mut full).is_none(), "two of twelve cells are empty");
        let mut own = table(&[("Plans", " eRT"), ("Visits", " eRT")]);
        assert!(apart(&mut own).is_none(), "the own column is the news");
    }
}
