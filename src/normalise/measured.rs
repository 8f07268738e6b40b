//! The rows of each measure of a long file, found once however many measures are read from it.

use rustc_hash::FxHashMap;

use super::Input;
use crate::finding::Finding;

/// The rows of the file that was read last, by the word that names their measure.
#[derive(Default)]
pub(super) struct ByMeasure {
    /// The release and the file.
    of: (String, String),
    rows: FxHashMap<String, Vec<u32>>,
}

impl ByMeasure {
    /// Narrows the table of an input that reads one measure to that measure's rows; answers what went wrong.
    pub fn narrow(&mut self, input: &mut Input<'_>) -> Option<Finding> {
        let column = input.block.measure_column.as_ref().filter(|_| !input.block.called.is_empty())?;
        // A column that is not there is said when the block is resolved.
        let position = input.table.position(column.get_ref())?;
        let of = (input.release.to_string(), input.table.file.clone());
        if self.of != of {
            (self.of, self.rows) = (of, rows(input, position));
        }
        let mut wanted: Vec<u32> = Vec::new();
        for word in &input.block.called {
            wanted.extend(self.rows.get(&key(word)).into_iter().flatten());
        }
        wanted.sort_unstable();
        wanted.dedup();
        match input.table.picked(&wanted) {
            Ok(table) => {
                input.table = table;
                None
            }
            Err(finding) => Some(finding),
        }
    }
}

fn rows(input: &Input<'_>, position: usize) -> FxHashMap<String, Vec<u32>> {
    let mut rows: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    let Ok(cells) = input.table.frame.columns()[position].str() else { return rows };
    for (row, word) in (0u32..).zip(cells.iter()) {
        let word = word.unwrap_or_default();
        match rows.get_mut(word) {
            Some(known) => known.push(row),
            None => drop(rows.insert(word.to_owned(), vec![row])),
        }
    }
    let mut folded: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (word, of_word) in rows {
        folded.entry(key(&word)).or_default().extend(of_word);
    }
    folded
}

/// Words that differ in case, or by a blank at an end, are one.
fn key(word: &str) -> String {
    word.trim().to_lowercase()
}
