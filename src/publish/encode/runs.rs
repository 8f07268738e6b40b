//! Codes to the bytes of Parquet's hybrid encoding: run lengths, and bit-packed groups of eight.
//!
//! In: codes of one, two or four bytes. Out: the same bytes whatever their width. Codes are looked at eight at a time, as a
//! processor takes them, because a run writes hundreds of millions of them.

/// A code of any width.
pub trait Code: Copy + Ord + Default + Into<u32> {
    /// The code one lower.
    fn before(self) -> Self;
}

macro_rules! codes {
    ($($width:ty)+) => {
        $(
            impl Code for $width {
                fn before(self) -> $width {
                    self.wrapping_sub(1)
                }
            }
        )+
    };
}
codes!(u8 u16 u32);

/// The bits that the codes of `count` dictionary entries need.
pub fn bit_width(count: usize) -> u8 {
    (usize::BITS - count.saturating_sub(1).leading_zeros()) as u8
}

/// The codes of a page over a dictionary whose codes have `width` bits.
pub fn dictionary_indices<T: Code>(codes: &[T], width: u8, out: &mut Vec<u8>) {
    out.push(width);
    hybrid(codes, width, out);
}

/// Parquet's hybrid of run lengths and bit-packed groups of eight.
pub fn hybrid<T: Code>(codes: &[T], width: u8, out: &mut Vec<u8>) {
    let mut literals = 0;
    // Groups of eight are counted from the end of the last run.
    let mut at = 0;
    while let Some(eight) = codes.get(at..at + 8) {
        let first = eight[0];
        if !eight.iter().fold(true, |same, &code| same & (code == first)) {
            at += 8;
            continue;
        }
        packed(&codes[literals..at], width, out);
        let run = run_of(&codes[at..]);
        varint((run as u64) << 1, out);
        out.extend_from_slice(&first.into().to_le_bytes()[..usize::from(width).div_ceil(8)]);
        at += run;
        literals = at;
    }
    packed(&codes[literals..], width, out);
}

/// How many codes from the first on are the same as it.
fn run_of<T: Code>(codes: &[T]) -> usize {
    let first = codes[0];
    let whole = codes.chunks_exact(32).take_while(|some| some.iter().fold(true, |same, &code| same & (code == first)));
    let known = whole.count() * 32;
    known + codes[known..].iter().take_while(|&&code| code == first).count()
}

/// Codes bit-packed in groups of eight; the last group is filled up with zeros.
fn packed<T: Code>(codes: &[T], width: u8, out: &mut Vec<u8>) {
    if codes.is_empty() {
        return;
    }
    let groups = codes.len().div_ceil(8);
    varint(((groups as u64) << 1) | 1, out);
    let (from, bytes) = (out.len(), usize::from(width));
    // Each group is written with room behind it, which the next one fills.
    out.resize(from + groups * bytes + ROOM, 0);
    let mut at = from;
    let mut eights = codes.chunks_exact(8);
    for eight in &mut eights {
        let eight: [u32; 8] = std::array::from_fn(|place| eight[place].into());
        out[at..at + ROOM].copy_from_slice(&group(eight, width));
        at += bytes;
    }
    let rest = eights.remainder();
    if !rest.is_empty() {
        let eight = std::array::from_fn(|place| rest.get(place).map_or(0, |&code| code.into()));
        out[at..at + ROOM].copy_from_slice(&group(eight, width));
    }
    out.truncate(from + groups * bytes);
}

/// The most bytes of a group: eight codes of 32 bits.
const ROOM: usize = 32;

/// Eight codes of `width` bits, the first one lowest, which fill `width` bytes; zeros behind.
fn group(eight: [u32; 8], width: u8) -> [u8; ROOM] {
    let width = u32::from(width);
    let pair = |at: usize| u64::from(eight[at]) | (u64::from(eight[at + 1]) << width);
    let mut bytes = [0; ROOM];
    if width <= 8 {
        let four = |at: usize| pair(at) | (pair(at + 2) << (2 * width));
        bytes[..8].copy_from_slice(&(four(0) | (four(4) << (4 * width))).to_le_bytes());
    } else {
        let four = |at: usize| u128::from(pair(at)) | (u128::from(pair(at + 2)) << (2 * width));
        let (low, high) = (four(0), four(4));
        let shift = 4 * width;
        bytes[..16].copy_from_slice(&(low | high.checked_shl(shift).unwrap_or_default()).to_le_bytes());
        let carried = if shift == 128 { high } else { high >> (128 - shift) };
        bytes[16..].copy_from_slice(&carried.to_le_bytes());
    }
    bytes
}

/// A number in as many bytes as it needs, seven bits each.
pub fn varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::{bit_width, hybrid};

    /// A plain reading of the format's description, to check the writing against.
    fn decode(bytes: &[u8], width: u8, count: usize) -> Vec<u32> {
        let mut at = 0;
        let mut codes = Vec::new();
        while codes.len() < count {
            let (mut header, mut shift) = (0u64, 0);
            loop {
                let byte = bytes[at];
                at += 1;
                header |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if byte & 0x80 == 0 {
                    break;
                }
            }
            if header & 1 == 0 {
                let mut value = [0; 4];
                let length = usize::from(width).div_ceil(8);
                value[..length].copy_from_slice(&bytes[at..at + length]);
                at += length;
                codes.extend(std::iter::repeat_n(u32::from_le_bytes(value), (header >> 1) as usize));
            } else {
                let groups = (header >> 1) as usize;
                for bit in (0..groups * 8).map(|index| index * usize::from(width)) {
                    let value = (0..usize::from(width)).fold(0, |value, offset| {
                        let position = bit + offset;
                        value | (u32::from(bytes[at + position / 8] >> (position % 8) & 1) << offset)
                    });
                    codes.push(value);
                }
                at += groups * usize::from(width);
            }
        }
        codes.truncate(count);
        codes
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut seed = 7u32;
        let mut next = move |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        for words in [1u32, 2, 3, 9, 200, 70_000] {
            let width = bit_width(words as usize);
            let mut codes = Vec::new();
            for _ in 0..200 {
                let (code, times) = (next(words), 1 + next(30));
                codes.extend(std::iter::repeat_n(code, times as usize));
                codes.push(next(words));
            }
            let mut bytes = Vec::new();
            hybrid(&codes, width, &mut bytes);
            assert_eq!(decode(&bytes, width, codes.len()), codes, "{words} words");
        }
    }

    #[test]
    fn codes_of_any_width_are_written_alike() {
        for width in 1..=32u8 {
            let highest = u32::MAX >> (32 - width);
            let mut seed = u32::from(width);
            let mut codes = Vec::new();
            for times in (0..400).map(|at| if at % 7 == 0 { 1 + at % 50 } else { 1 }) {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                codes.extend(std::iter::repeat_n((seed ^ (seed >> 13)) & highest, times));
            }
            codes.push(highest);
            let mut bytes = Vec::new();
            hybrid(&codes, width, &mut bytes);
            assert_eq!(decode(&bytes, width, codes.len()), codes, "{width} bits");
            if width <= 16 {
                let narrow: Vec<u16> = codes.iter().map(|&code| code as u16).collect();
                let mut same = Vec::new();
                hybrid(&narrow, width, &mut same);
                assert!(same == bytes, "{width} bits");
            }
            if width <= 8 {
                let narrow: Vec<u8> = codes.iter().map(|&code| code as u8).collect();
                let mut same = Vec::new();
                hybrid(&narrow, width, &mut same);
                assert!(same == bytes, "{width} bits");
            }
        }
    }
}
