//! The checksums that a table carries in its own footer: one of each column chunk, and one of the footer itself.
//!
//! In: the bytes of chunks and of a footer. Out: whether they are those that were written. The first half of a SHA-256's
//! quarter, 64 bits, is plenty against a failing disk; the file stays plain Parquet, with one more word in its metadata.

use memchr::memmem;
use parquet::errors::{ParquetError, Result};
use sha2::{Digest, Sha256};

/// The key under which the footer holds the checksums.
pub(super) const KEY: &str = "abreast checksums";
/// What the name of the writer ends with where it put checksums in: one flipped bit cannot take away both.
pub(super) const SEALED: &str = ", sealed";

/// Hexadecimal digits of a checksum.
const DIGITS: usize = 16;
/// What stands in the place of the footer's own checksum while that is worked out.
const BLANK: &str = "0000000000000000";
/// What follows a footer: its length in four bytes, and `PAR1`.
pub(super) const TAIL: usize = 8;

/// Checksums of the chunks of a table in order, row group by row group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums(Vec<[u8; DIGITS]>);

/// The checksum of `bytes`.
fn sum(bytes: &[u8]) -> [u8; DIGITS] {
    let mut digits = [0; DIGITS];
    for (pair, byte) in digits.chunks_mut(2).zip(Sha256::digest(bytes)) {
        pair[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
        pair[1] = b"0123456789abcdef"[usize::from(byte & 15)];
    }
    digits
}

fn damaged(what: &str) -> ParquetError {
    ParquetError::General(format!("{what} is damaged: it is not what was written"))
}

impl Sums {
    /// Adds the checksum of the next chunk.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(sum(bytes));
    }

    /// Adds the checksum that `known` has of its chunk `index`, whose bytes were found right.
    pub fn keep(&mut self, known: &Sums, index: usize) -> Result<()> {
        self.0.push(*known.0.get(index).ok_or_else(|| damaged("the footer"))?);
        Ok(())
    }

    /// Whether the bytes of chunk `index` are those that were written.
    pub fn check(&self, index: usize, bytes: &[u8]) -> Result<()> {
        if self.0.get(index) == Some(&sum(bytes)) { Ok(()) } else { Err(damaged("a part of the table")) }
    }

    /// The words for the footer, with a blank for its own checksum.
    pub fn words(&self) -> String {
        let digits: Vec<u8> = self.0.concat();
        format!("{BLANK} {}", String::from_utf8_lossy(&digits))
    }

    /// Fills in the checksum of a footer that holds [`Sums::words`]; `end` is that footer to the end of the file, with
    /// perhaps some bytes before it.
    pub fn seal(&self, end: &mut [u8]) -> Result<()> {
        let from = footer_start(end)?;
        let footer = &mut end[from..];
        let words = self.words();
        let at = memmem::rfind(footer, words.as_bytes()).ok_or_else(|| damaged("the footer"))?;
        let own = sum(footer);
        footer[at..at + DIGITS].copy_from_slice(&own);
        Ok(())
    }

    /// The checksums that `words` hold, if `footer`, which ends with the file, is the one they were sealed in.
    pub fn open(words: Option<&str>, footer: &[u8]) -> Result<Sums> {
        let words = words.ok_or_else(|| damaged("the footer"))?;
        let (own, rest) = words.split_once(' ').ok_or_else(|| damaged("the footer"))?;
        let at = memmem::rfind(footer, words.as_bytes()).ok_or_else(|| damaged("the footer"))?;
        let mut blank = footer.to_vec();
        blank[at..at + own.len()].fill(b'0');
        let whole = rest.len() % DIGITS == 0 && own.as_bytes() == sum(&blank);
        if !whole {
            return Err(damaged("the footer"));
        }
        Ok(Sums(rest.as_bytes().chunks_exact(DIGITS).map(|digits| digits.try_into().unwrap_or_default()).collect()))
    }
}

/// Where the footer in the last bytes of a file begins.
pub(super) fn footer_start(end: &[u8]) -> Result<usize> {
    let length = end.len().checked_sub(TAIL).and_then(|at| {
        let tail = end.get(at..)?;
        let length = u32::from_le_bytes(tail[..4].try_into().ok()?) as usize;
        (&tail[4..] == b"PAR1").then(|| at.checked_sub(length))?
    });
    length.ok_or_else(|| damaged("the end of the file"))
}

#[cfg(test)]
mod tests {
    use super::Sums;

    #[test]
    fn every_flipped_bit_of_a_sealed_footer_is_seen() {
        let mut sums = Sums::default();
        sums.push(b"one");
        sums.push(b"two");
        let mut end = b"rest of a chunk".to_vec();
        let footer = format!("before {} after", sums.words());
        end.extend_from_slice(footer.as_bytes());
        end.extend_from_slice(&(footer.len() as u32).to_le_bytes());
        end.extend_from_slice(b"PAR1");
        sums.seal(&mut end).expect("sealed");
        let sealed = &end[b"rest of a chunk".len()..];
        let words = |footer: &[u8]| {
            let text = String::from_utf8_lossy(footer).into_owned();
            text.strip_prefix("before ").and_then(|rest| rest.split(" after").next()).map(str::to_owned)
        };
        assert_eq!(Sums::open(words(sealed).as_deref(), sealed).expect("whole"), sums);
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.to_vec();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(Sums::open(words(&flipped).as_deref(), &flipped).is_err(), "bit {bit}");
        }
        sums.check(1, b"two").expect("as written");
        assert!(sums.check(1, b"twp").is_err() && sums.check(2, b"two").is_err());
    }
}
