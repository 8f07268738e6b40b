//! How long a period is: what a column of the published tables says, and what must be alike before two are compared.

use std::fmt;
use std::str::FromStr;

/// The length of a period. A position as at a day is a year's: it is compared with that of a year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// So many days; a week has seven.
    Days(u16),
    /// A term.
    Term,
    /// The autumn and the spring term together.
    TwoTerms,
    /// So many calendar months.
    Months(u16),
}

impl Length {
    /// Seven days.
    pub const WEEK: Length = Length::Days(7);
    /// One calendar month.
    pub const MONTH: Length = Length::Months(1);
    /// Three months.
    pub const QUARTER: Length = Length::Months(3);
    /// One year of any kind, or a position as at a day.
    pub const YEAR: Length = Length::Months(12);

    /// Whether it is one year, or several.
    pub fn is_years(self) -> bool {
        matches!(self, Length::Months(months) if months > 0 && months % 12 == 0)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Length::YEAR => f.write_str("year"),
            Length::QUARTER => f.write_str("quarter"),
            Length::MONTH => f.write_str("month"),
            Length::WEEK => f.write_str("week"),
            Length::Term => f.write_str("term"),
            Length::TwoTerms => f.write_str("two terms"),
            Length::Months(months) if months % 12 == 0 => write!(f, "{} years", months / 12),
            Length::Months(months) => write!(f, "{months} months"),
            Length::Days(days) => write!(f, "{days} days"),
        }
    }
}

impl FromStr for Length {
    type Err = ();

    fn from_str(word: &str) -> Result<Length, ()> {
        match word {
            "year" => return Ok(Length::YEAR),
            "quarter" => return Ok(Length::QUARTER),
            "month" => return Ok(Length::MONTH),
            "week" => return Ok(Length::WEEK),
            "term" => return Ok(Length::Term),
            "two terms" => return Ok(Length::TwoTerms),
            _ => {}
        }
        let (number, unit) = word.split_once(' ').ok_or(())?;
        let number: u16 = number.parse().map_err(|_| ())?;
        match unit {
            "years" => number.checked_mul(12).map(Length::Months).ok_or(()),
            "months" => Ok(Length::Months(number)),
            "days" => Ok(Length::Days(number)),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Length;

    #[test]
    fn a_length_is_read_back_from_its_word() {
        let lengths = [Length::Term, Length::TwoTerms, Length::Days(9), Length::WEEK]
            .into_iter()
            .chain((1..=60).map(Length::Months));
        for length in lengths {
            assert_eq!(length.to_string().parse(), Ok(length), "{length}");
        }
        assert_eq!(Length::Months(36).to_string(), "3 years");
        assert_eq!("fortnight".parse::<Length>(), Err(()));
    }
}
