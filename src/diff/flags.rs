//! Figures that a comparator's value was beyond chance of in one build and not in the other, and whose revision did it.
//!
//! As with ranks the flag is looked at once more with only the authority's own figure changed: where that makes the new
//! flag it is its own doing; where it leaves the old one it is that others were revised; else it took both.

use rustc_hash::FxHashMap;

use super::compared::Compared;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::period::PeriodKey;

/// Whose revision turned a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The authority's own.
    Own,
    /// Others': the comparator's value is another.
    Others,
    /// Both together.
    Both,
}

impl Cause {
    /// The cause for a reader.
    pub fn words(self) -> &'static str {
        match self {
            Cause::Own => "its own figure",
            Cause::Others => "others were revised",
            Cause::Both => "its own figure and others",
        }
    }
}

/// A flag that turned.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// The measure.
    pub measure: String,
    /// The period as a reader sees it.
    pub period: String,
    /// Topic and breakdown.
    pub breakdown: (String, String),
    /// The 3-digit code.
    pub code: String,
    /// The name.
    pub area: String,
    /// What it is compared with.
    pub comparator: String,
    /// The old and new word, empty where it cannot be said.
    pub words: (String, String),
    /// Whose doing it is.
    pub cause: Cause,
}

/// Measure, period, topic, breakdown, authority and comparator.
type Key<'a> = (&'a str, PeriodKey, [&'a str; 4]);

/// The flags that turned in periods and breakdowns that both builds have.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn flags(old: &Frame, new: &Frame) -> Result<Vec<Flag>, Finding> {
    let (before, after) = (Compared::of(old)?, Compared::of(new)?);
    let known = before.rows();
    let mut turned: Vec<(Key<'_>, usize, usize)> = Vec::new();
    for (key, row) in after.rows() {
        if let Some(&earlier) = known.get(&key)
            && before.beyond.word(earlier) != after.beyond.word(row)
        {
            turned.push((key, earlier, row));
        }
    }
    turned.sort();
    let flag = |(_, was, is): &(Key<'_>, usize, usize)| Flag {
        measure: after.measure.word(*is).to_owned(),
        period: after.periods.label(*is),
        breakdown: (after.topic.word(*is).to_owned(), after.breakdown.word(*is).to_owned()),
        code: after.la.word(*is).to_owned(),
        area: after.area.word(*is).to_owned(),
        comparator: after.name.word(*is).to_owned(),
        words: (before.beyond.word(*was).to_owned(), after.beyond.word(*is).to_owned()),
        cause: cause(before.standing(*was), after.standing(*is)),
    };
    Ok(turned.iter().map(flag).collect())
}

/// A figure's limits and what it is held against.
#[derive(Clone, Copy)]
struct Standing {
    lower: f64,
    upper: f64,
    against: f64,
}

impl Standing {
    /// Below, within or above the limits; none where one of the three is not there.
    fn place(self) -> Option<i8> {
        let Standing { lower, upper, against } = self;
        let there = !(lower.is_nan() || upper.is_nan() || against.is_nan());
        there.then(|| i8::from(against > upper) - i8::from(against < lower))
    }
}

fn cause(was: Standing, is: Standing) -> Cause {
    // What is too small to matter depends on how far all authorities are spread, which others can move.
    if (was.lower, was.upper) == (is.lower, is.upper) {
        return Cause::Others;
    }
    let own_alone = Standing { against: was.against, ..is }.place();
    if own_alone == is.place() {
        Cause::Own
    } else if own_alone == was.place() {
        Cause::Others
    } else {
        Cause::Both
    }
}

impl<'a> Compared<'a> {
    /// The rows of figures with limits, by what they are about; a flag that cannot be said is one that is not there.
    fn rows(&self) -> FxHashMap<Key<'a>, usize> {
        let has_limits = |row: &usize| !self.lower[*row].is_nan();
        let key = |row: usize| {
            let words = [&self.topic, &self.breakdown, &self.la, &self.comparator].map(|coded| coded.word(row));
            (self.measure.word(row), self.periods.key(row), words)
        };
        (0..self.periods.ends.len()).filter(has_limits).map(|row| (key(row), row)).collect()
    }

    fn standing(&self, row: usize) -> Standing {
        Standing { lower: self.lower[row], upper: self.upper[row], against: self.against[row] }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Standing, cause};

    fn standing(lower: f64, upper: f64, against: f64) -> Standing {
        Standing { lower, upper, against }
    }

    #[test]
    fn the_cause_is_who_moved_the_flag() {
        let was = standing(40.0, 50.0, 45.0);
        // Its own figure rose above a comparator that stayed, or that moved a little as well.
        assert_eq!(cause(was, standing(50.0, 60.0, 45.0)), Cause::Own);
        assert_eq!(cause(was, standing(50.0, 60.0, 46.0)), Cause::Own);
        // The comparator fell below a figure that stayed, or that moved within it.
        assert_eq!(cause(was, standing(40.0, 50.0, 35.0)), Cause::Others);
        assert_eq!(cause(was, standing(41.0, 51.0, 35.0)), Cause::Others);
        // Nothing of its own moved: that others are spread otherwise made the gap matter.
        assert_eq!(cause(standing(46.0, 56.0, 45.0), standing(46.0, 56.0, 44.0)), Cause::Others);
        // Its own would have made it higher; that others rose further makes it lower.
        assert_eq!(cause(was, standing(50.0, 60.0, 65.0)), Cause::Both);
    }
}
