//! Counts of records that know which records they count, so that protection sees what adds up to what.
//!
//! `normalise` fills it while it counts the records of a table about people; `protect` reads it. A set of records is known
//! by its size and a mark that is made of all of them: two counts of the same records are one figure, whatever they are
//! called, and the mark of what is left of a set is that of the whole against those of its parts.

use crate::period::PeriodKey;

/// What the name of a file ends with that has the counts of a table's records, made by an engine.
const COUNTS: &str = ".counted.parquet";

/// What to do where a table of counts does not fit.
pub const AGAIN: &str = "print the query again with `abreast sql TABLE`, and let the engine carry it out";

/// The name of the file, or of the folder of parts, with the counts of `table`.
pub fn file_of(table: &str) -> String {
    format!("{table}{COUNTS}")
}

/// Whether a file, or a folder of parts, has counts.
pub fn is_file(path: &str) -> bool {
    path.to_lowercase().ends_with(COUNTS)
}

/// A set of records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set {
    /// How many there are.
    pub size: u64,
    /// What tells them from other sets.
    pub mark: u64,
}

impl Set {
    /// Record number `record` alone.
    pub fn of(record: u64) -> Set {
        Set { size: 1, mark: spread(record) }
    }

    /// Both together; they have no record in common.
    pub fn and(self, other: Set) -> Set {
        Set { size: self.size + other.size, mark: self.mark ^ other.mark }
    }

    /// What is left without `part`, which lies in it.
    pub fn without(self, part: Set) -> Set {
        Set { size: self.size.saturating_sub(part.size), mark: self.mark ^ part.mark }
    }
}

/// A number whose bits depend on all of `record` (the finaliser of SplitMix64).
fn spread(record: u64) -> u64 {
    let mut bits = record.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// The counts of one area and breakdown.
#[derive(Clone, Debug)]
pub struct CountedCell {
    /// Level, 3-digit code and 9-character code of the area, as the observations have them.
    pub area: [String; 3],
    /// The 9-character code of the region of an authority.
    pub region: String,
    /// Topic and breakdown, as the observations have them.
    pub breakdown: [String; 2],
    /// Which list of fields it is broken down by.
    pub by: usize,
    /// The words of those fields.
    pub words: Vec<String>,
    /// By measure, the records of the numerator (or of the count) and of the denominator.
    pub sets: Vec<[Set; 2]>,
}

/// The counts of one release of a table of records.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The release.
    pub release: String,
    /// Where the records stand: the file and the sheet. Counts of several tables are of the same records where this is the same.
    pub records: String,
    /// Whether an engine counted them, which tells records from others by marks of its own.
    pub by_query: bool,
    /// The period, as the observations have it.
    pub period: PeriodKey,
    /// The lists of fields; the first, without any, is the whole.
    pub by: Vec<Vec<String>>,
    /// The measures.
    pub measures: Vec<String>,
    /// By two sides of measures (twice the measure, and one more for the denominator): whether a record is in the first and
    /// not in the second.
    pub apart: Vec<Vec<bool>>,
    /// The same: whether a record is in both.
    pub meets: Vec<Vec<bool>>,
    /// The counts.
    pub cells: Vec<CountedCell>,
}
