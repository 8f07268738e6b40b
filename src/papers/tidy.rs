//! What keeps a table free of cells that say nothing.

use crate::publish::document::{Cell, Table};

/// Leaves out the columns of which no cell says anything, but for the first.
pub fn drop_empty(table: &mut Table) {
    let says = |cell: &Cell| !cell.text.is_empty() || cell.picture.is_some();
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
