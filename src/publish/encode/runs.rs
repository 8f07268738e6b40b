//! Codes to the bytes of Parquet's hybrid encoding: run lengths, and bit-packed groups of eight.

/// The bits that the codes of `count` dictionary entries need.
pub fn bit_width(count: usize) -> u8 {
    (usize::BITS - count.saturating_sub(1).leading_zeros()) as u8
}

pub fn dictionary_indices(codes: &[u32], width: u8) -> Vec<u8> {
    let mut body = vec![width];
    hybrid(codes, width, &mut body);
    body
}

/// Parquet's hybrid of run lengths and bit-packed groups of eight.
pub fn hybrid(codes: &[u32], width: u8, out: &mut Vec<u8>) {
    let mut at = 0;
    let mut literals = 0;
    while at < codes.len() {
        let run = codes[at..].iter().take_while(|&&code| code == codes[at]).count();
        // Bit-packed groups hold eight each, so a run first fills the group before it.
        let fill = (8 - (at - literals) % 8) % 8;
        if run >= fill + 8 {
            at += fill;
            packed(&codes[literals..at], width, out);
            varint(((run - fill) as u64) << 1, out);
            out.extend_from_slice(&codes[at].to_le_bytes()[..usize::from(width).div_ceil(8)]);
            at += run - fill;
            literals = at;
        } else {
            at += run;
        }
    }
    packed(&codes[literals..], width, out);
}

/// Codes bit-packed in groups of eight; the last group is filled up with zeros.
fn packed(codes: &[u32], width: u8, out: &mut Vec<u8>) {
    if codes.is_empty() {
        return;
    }
    let groups = codes.len().div_ceil(8);
    varint(((groups as u64) << 1) | 1, out);
    out.reserve(groups * usize::from(width));
    for group in codes.chunks(8) {
        // Eight codes of up to 32 bits fill whole bytes: no bits are left over between groups.
        let (mut buffer, mut filled) = (0u128, 0u32);
        for &code in group {
            buffer |= u128::from(code) << filled;
            filled += u32::from(width);
            if filled >= 64 {
                out.extend_from_slice(&(buffer as u64).to_le_bytes());
                buffer >>= 64;
                filled -= 64;
            }
        }
        let missing = (8 - group.len()) as u32 * u32::from(width);
        let bytes = ((filled + missing) / 8) as usize;
        out.extend_from_slice(&buffer.to_le_bytes()[..bytes.min(16)]);
        out.resize(out.len() + bytes.saturating_sub(16), 0);
    }
}

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
}
