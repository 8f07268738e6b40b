//! The piece of the sheet round a figure, with Excel's letters and numbers and the cells of the figure marked.

use serde::Serialize;

use crate::browse::address::{Address, FilePage};
use crate::finding::Place;
use crate::normalise::About;
use crate::trace::{Head, Piece, Role};

/// What is drawn of the sheet.
#[derive(Serialize)]
pub struct Sheet {
    name: String,
    header_row: u32,
    columns: Vec<Column>,
    /// Whether rows lie between the header and the first that is shown.
    has_gap: bool,
    rows: Vec<Row>,
    /// The marked cells by what they are.
    marks: Vec<Mark>,
    more: usize,
    address: String,
}

#[derive(Serialize)]
struct Column {
    letters: String,
    header: String,
    part: &'static str,
    /// Whether a narrow window does without it: all but the figure's own columns and the area's name.
    is_spare: bool,
}

#[derive(Serialize)]
struct Row {
    number: u32,
    cells: Vec<String>,
    is_own: bool,
}

/// What the marked cells are.
#[derive(Serialize)]
struct Mark {
    part: &'static str,
    word: &'static str,
    cells: String,
}

impl Sheet {
    /// The piece round the figure at `place`.
    pub fn of(piece: &Piece, place: &Place) -> Sheet {
        let part = |role: Role| if let Role::Part(part) = role { part } else { "" };
        let says_area = |head: &&Head| head.role == Role::Says(About::Area);
        // Where a name stands beside codes it is the last of them.
        let name = piece.columns.iter().rfind(says_area).map(|head| head.number);
        let mark = |(name, word): (&'static str, &'static str)| {
            let of = piece.columns.iter().filter(|head| part(head.role) == name);
            let cell = |head: &Head| Place { column: Some(u32::from(head.number)), ..place.clone() }.cell();
            let cells: Vec<String> = of.map(cell).collect();
            (!cells.is_empty()).then(|| Mark { part: name, word, cells: cells.join(", ") })
        };
        let words = [("numerator", "counted"), ("denominator", "of"), ("value", "published")];
        Sheet {
            name: piece.sheet.clone(),
            header_row: piece.header_row,
            columns: piece
                .columns
                .iter()
                .map(|head| Column {
                    letters: head.letters.clone(),
                    header: head.header.clone(),
                    part: part(head.role),
                    is_spare: part(head.role).is_empty() && Some(head.number) != name,
                })
                .collect(),
            has_gap: piece.rows.first().is_some_and(|row| row.number > piece.header_row + 1),
            rows: piece
                .rows
                .iter()
                .map(|row| Row { number: row.number, cells: row.cells.clone(), is_own: row.is_own })
                .collect(),
            marks: words.into_iter().filter_map(mark).collect(),
            more: piece.more,
            address: Address::File(FilePage::at(place)).to_string(),
        }
    }
}
