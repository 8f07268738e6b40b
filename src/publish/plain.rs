//! A frame as CSV for programs: no mark before it, days as `2025-05-01`, nothing where nothing is; a figure that is missing
//! may stand as the word for the reason.

use std::io::{self, Write};

use chrono::NaiveDate;

use crate::finding::Finding;
use crate::frame::{About, Frame, Holds, kind};
use crate::schema::Layout;

/// A column's cells as text.
type Cells<'a> = Box<dyn Fn(usize) -> String + 'a>;

/// Writes the columns of `layout` to `out`, with their names above where `head` says so; where a cell of the first of
/// `missing` is empty, the word of the second stands in its place.
///
/// # Errors
/// It cannot be written, or the frame lacks a column.
pub fn plain_csv(
    out: &mut dyn Write,
    frame: &Frame,
    layout: Layout,
    head: bool,
    missing: Option<(&About, &About)>,
) -> io::Result<()> {
    let said = |finding: Finding| io::Error::other(finding.message);
    let columns = layout.0.iter().map(|about| cells(frame, about)).collect::<Result<Vec<_>, _>>().map_err(said)?;
    let place = |wanted: &About| layout.0.iter().position(|about| about == wanted);
    let instead = missing.and_then(|(cell, word)| place(cell).zip(place(word)));
    let mut csv = csv::Writer::from_writer(out);
    if head {
        csv.write_record(layout.names())?;
    }
    for row in 0..frame.height() {
        for (at, column) in columns.iter().enumerate() {
            let mut cell = column(row);
            if let Some((_, word)) = instead.filter(|(value, _)| *value == at && cell.is_empty()) {
                cell = columns[word](row);
            }
            csv.write_field(cell)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

fn cells<'a>(frame: &'a Frame, about: &About) -> Result<Cells<'a>, Finding> {
    Ok(match about.holds {
        Holds::Words => {
            let words = frame.read::<kind::Words>(about)?;
            Box::new(move |row| words.word(row).to_owned())
        }
        Holds::Numbers => {
            let numbers = frame.read::<kind::Numbers>(about)?;
            Box::new(move |row| if numbers[row].is_finite() { numbers[row].to_string() } else { String::new() })
        }
        Holds::Days => {
            let days = frame.read::<kind::Days>(about)?;
            Box::new(move |row| day(days[row]))
        }
        Holds::Truths => {
            let truths = frame.read::<kind::Truths>(about)?;
            Box::new(move |row| truths.get_bit(row).to_string())
        }
        Holds::Wholes => {
            let wholes = frame.read::<kind::Wholes>(about)?;
            Box::new(move |row| if wholes[row] == 0 { String::new() } else { wholes[row].to_string() })
        }
        Holds::Smalls => {
            let smalls = frame.read::<kind::Smalls>(about)?;
            Box::new(move |row| if smalls[row] == 0 { String::new() } else { smalls[row].to_string() })
        }
    })
}

/// A day, counted from 1 January 1970.
fn day(number: i32) -> String {
    NaiveDate::default()
        .checked_add_signed(chrono::TimeDelta::days(number.into()))
        .map_or_else(String::new, |day| day.to_string())
}
