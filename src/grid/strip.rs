//! Rows of a delimited text, cut to the cells of the columns that are asked for: what a large file is counted from, piece by
//! piece, where a grid would keep every cell.

/// The columns whose cells a strip keeps, counted from 0.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// All of them.
    All,
    /// Those for which it says so; none beyond them.
    Some(Vec<bool>),
}

impl Wanted {
    /// The columns `those`.
    pub fn of(those: impl IntoIterator<Item = usize>) -> Wanted {
        let mut is_wanted = Vec::new();
        for column in those {
            is_wanted.resize(is_wanted.len().max(column + 1), false);
            is_wanted[column] = true;
        }
        Wanted::Some(is_wanted)
    }

    /// Which of the cells that a row keeps is that of `column`.
    pub fn slot(&self, column: usize) -> Option<usize> {
        match self {
            Wanted::All => Some(column),
            Wanted::Some(all) => {
                all.get(column).filter(|is_wanted| **is_wanted)?;
                Some(all[..column].iter().filter(|is_wanted| **is_wanted).count())
            }
        }
    }
}

/// Rows of a text with the cells that are wanted. Rows without any text are not kept.
#[derive(Debug)]
pub struct Strip {
    text: String,
    /// Where each cell begins and ends in the text, row by row.
    cells: Vec<[u32; 2]>,
    /// The first cell of each row, and the end of the last.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Strip {
    /// Excel's number of each row.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The text of a cell as published: that in `slot` of the kept row `row`, empty where the row is shorter.
    pub fn text(&self, row: usize, slot: usize) -> &str {
        let Some([from, to]) = self.cell(row, slot) else { return "" };
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    /// How many cells of the kept row `row` there are.
    pub fn width(&self, row: usize) -> usize {
        self.starts.get(row..row + 2).map_or(0, |ends| (ends[1] - ends[0]) as usize)
    }

    /// A cell as [`packed`].
    pub fn packed(&self, row: usize, slot: usize) -> Option<u128> {
        let Some([from, to]) = self.cell(row, slot) else { return packed("") };
        let (from, length) = (from as usize, to - from);
        match self.text.as_bytes().get(from..from + 16).and_then(|bytes| bytes.try_into().ok()) {
            Some(bytes) => among(bytes, length),
            None => packed(self.text(row, slot)),
        }
    }

    fn cell(&self, row: usize, slot: usize) -> Option<[u32; 2]> {
        let [from, to] = self.starts.get(row..row + 2)?.try_into().ok()?;
        let at = from as usize + slot;
        if at < to as usize { self.cells.get(at).copied() } else { None }
    }
}

/// A short text as one number, another for every text; none where it has more than 15 bytes.
pub fn packed(text: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    among(bytes, text.len() as u32)
}

/// The first `length` of the bytes as one number, their length at its top.
fn among(bytes: [u8; 16], length: u32) -> Option<u128> {
    let within = (length < 16).then(|| (1_u128 << (8 * length)) - 1)?;
    Some(u128::from_le_bytes(bytes) & within | u128::from(length) << 120)
}

/// Builds a strip cell by cell, row by row.
pub struct StripBuilder<'w> {
    wanted: (&'w [bool], bool),
    /// Where the second buffer begins: it will stand behind the text.
    behind: usize,
    column: usize,
    is_filled: bool,
    cells: Vec<[u32; 2]>,
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl<'w> StripBuilder<'w> {
    /// Keeps the cells `wanted` of a text of so many bytes.
    pub fn of(wanted: &'w Wanted, length: usize) -> StripBuilder<'w> {
        let wanted: (&[bool], bool) = match wanted {
            Wanted::All => (&[], true),
            Wanted::Some(all) => (all, false),
        };
        let (cells, starts, rows) = (Vec::new(), vec![0], Vec::new());
        StripBuilder { wanted, behind: length, column: 0, is_filled: false, cells, starts, rows }
    }

    /// Adds the next cell of the row: `bytes` stand at `offset` of the text, or of what will stand behind it.
    pub fn cell(&mut self, bytes: &[u8], is_behind: bool, offset: usize) {
        self.is_filled = self.is_filled || !bytes.iter().all(u8::is_ascii_whitespace);
        if self.wanted.0.get(self.column).copied().unwrap_or(self.wanted.1) {
            let from = if is_behind { self.behind + offset } else { offset };
            self.cells.push([from as u32, (from + bytes.len()) as u32]);
        }
        self.column += 1;
    }

    /// Ends the row that Excel numbers `number`; a row without text is not kept.
    pub fn end_row(&mut self, number: u32) {
        if self.is_filled {
            self.rows.push(number);
            self.starts.push(self.cells.len() as u32);
        } else {
            self.cells.truncate(self.starts.last().map_or(0, |&start| start as usize));
        }
        (self.column, self.is_filled) = (0, false);
    }

    /// Expects about `rows` more rows.
    pub fn reserve(&mut self, rows: usize) {
        let kept = if self.wanted.1 { self.column } else { self.wanted.0.iter().filter(|wanted| **wanted).count() };
        self.cells.reserve(rows * kept);
        self.starts.reserve(rows);
        self.rows.reserve(rows);
    }

    /// The strip of the whole rows of `text`; `behind` is what stands in the second buffer.
    pub fn finish(self, mut text: String, behind: &str) -> Strip {
        text.push_str(behind);
        Strip { text, cells: self.cells, starts: self.starts, rows: self.rows }
    }
}

#[cfg(test)]
mod tests {
    use super::{StripBuilder, Wanted, packed};

    #[test]
    fn a_short_cell_is_the_number_of_its_text_wherever_it_stands() {
        let text = "E,\u{e9}t\u{e9},2012-03-04,fifteen letters,sixteen letters!,\0,";
        let mut builder = StripBuilder::of(&Wanted::All, text.len());
        let mut at = 0;
        for cell in text.split(',') {
            builder.cell(cell.as_bytes(), false, at);
            at += cell.len() + 1;
        }
        builder.end_row(2);
        let strip = builder.finish(text.to_owned(), "");
        let numbers: Vec<_> = (0..7).map(|slot| strip.packed(0, slot)).collect();
        for (slot, number) in numbers.iter().enumerate() {
            assert_eq!(*number, packed(strip.text(0, slot)), "{slot}");
            assert_eq!(number.is_none(), slot == 4);
            assert!(!numbers[..slot].contains(number), "{slot}");
        }
        assert_eq!(strip.packed(0, 7), packed(""), "a cell that the row has not");
    }
}
