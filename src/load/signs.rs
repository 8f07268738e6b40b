//! Where a text can end a cell: its delimiters and line ends, found 64 bytes at a time.

/// So many bytes are looked at together.
const BLOCK: usize = 64;

/// The signs of a text that end cells, in order.
pub(super) struct Signs<'t> {
    text: &'t [u8],
    delimiter: u8,
    /// Where the block at hand begins.
    block: usize,
    /// By bit, the bytes of the block that are signs and still to come.
    open: u64,
}

impl<'t> Signs<'t> {
    /// The signs of `text` from byte `from` on.
    pub fn of(text: &'t [u8], delimiter: u8, from: usize) -> Signs<'t> {
        let mut signs = Signs { text, delimiter, block: 0, open: 0 };
        signs.enter(from / BLOCK * BLOCK);
        signs.pass(from);
        signs
    }

    /// Where the next sign stands; the length of the text where there is none.
    pub fn next(&mut self) -> usize {
        while self.open == 0 {
            if self.block + BLOCK >= self.text.len() {
                return self.text.len();
            }
            self.enter(self.block + BLOCK);
        }
        let at = self.block + self.open.trailing_zeros() as usize;
        self.open &= self.open - 1;
        at
    }

    /// Passes over the signs before byte `at`, which is not before the last one found.
    pub fn pass(&mut self, at: usize) {
        let block = at / BLOCK * BLOCK;
        if block != self.block {
            self.enter(block);
        }
        self.open &= u64::MAX << (at - block);
    }

    fn enter(&mut self, block: usize) {
        self.block = block;
        self.open = match self.text.get(block..block + BLOCK).and_then(|bytes| bytes.try_into().ok()) {
            Some(bytes) => signs(bytes, self.delimiter),
            None => {
                let rest = self.text.get(block..).unwrap_or_default();
                let mut bytes = [0; BLOCK];
                bytes[..rest.len()].copy_from_slice(rest);
                signs(&bytes, self.delimiter)
            }
        };
    }
}

/// By bit, which bytes are signs. Compared as a whole and gathered by eights, it takes no branch and few instructions.
fn signs(bytes: &[u8; BLOCK], delimiter: u8) -> u64 {
    let mut each = [0_u8; BLOCK];
    for (is_sign, &byte) in each.iter_mut().zip(bytes) {
        *is_sign = u8::from(byte == delimiter) | u8::from(byte == b'\n') | u8::from(byte == b'\r');
    }
    let (eights, _) = each.as_chunks::<8>();
    let gathered = eights.iter().map(|eight| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56);
    gathered.enumerate().fold(0, |all, (at, eight)| all | eight << (8 * at))
}

#[cfg(test)]
mod tests {
    use super::Signs;

    #[test]
    fn every_sign_is_found_once_from_wherever() {
        let text: Vec<u8> = (0..400_usize).map(|at| b"ab,c;\n\r,,x"[(at * 7 + at / 13) % 10]).collect();
        let known = |from: usize| {
            (from..text.len()).filter(|&at| [b',', b'\n', b'\r'].contains(&text[at])).collect::<Vec<usize>>()
        };
        for from in 0..text.len() {
            let mut signs = Signs::of(&text, b',', from);
            let mut found = Vec::new();
            let mut at = signs.next();
            while at < text.len() {
                found.push(at);
                at = signs.next();
            }
            assert_eq!(found, known(from));
            let mut signs = Signs::of(&text, b',', 0);
            signs.pass(from);
            assert_eq!(signs.next(), known(from).first().copied().unwrap_or(text.len()));
        }
    }
}
