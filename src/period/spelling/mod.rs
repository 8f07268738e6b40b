//! The words of a cell, however a publisher or council spells them, to the days of a period: what is not understood, or
//! may mean two things, is refused with the reason.

mod atoms;
mod bounds;
mod date;
mod forms;
mod frame;
mod interval;
mod kind;
mod lex;
mod marks;
mod years;

use kind::Kind;

use super::YearEnd;
use super::unread::Unread;

pub(super) use bounds::Bounds;
pub use date::MONTHS;
pub use date::month_number;
pub(super) use interval::is_machine_made;
pub(super) use marks::{Marked, unmarked};
pub(super) use years::{four_digits, split_year};

/// Reads the days of a period from a text without marks and its identifier; `ends` is the pipeline's year end.
pub(super) fn read(given: &str, identifier: &str, ends: Option<YearEnd>) -> Result<Bounds, Unread> {
    if let Some(bounds) = interval::read(given) {
        return bounds.ok_or(Unread::Impossible("there is no such interval")).and_then(of_our_time);
    }
    let text = interval::address(given);
    let whole = lex::plain(&format!("{identifier} {}", text.as_deref().unwrap_or(given)));
    let framed = frame::strip(&whole);
    let atoms = atoms::of(&framed.core, framed.kind)?;
    of_our_time(forms::bounds(&framed, &atoms, ends)?)
}

/// Refuses days that no return is about.
fn of_our_time(bounds: Bounds) -> Result<Bounds, Unread> {
    use chrono::Datelike;
    let known = |day: chrono::NaiveDate| years::YEARS.contains(&day.year());
    match known(bounds.start) && known(bounds.end) {
        true => Ok(bounds),
        false => Err(Unread::Impossible("it is not of our time")),
    }
}
