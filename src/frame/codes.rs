//! A column of words as codes over words in order, while it is filled and when it is read.

use polars::prelude::{
    Categorical8Chunked, Categorical16Chunked, Categorical32Chunked, CategoricalPhysical, Column, DataType,
    FrozenCategories, IntoColumn, IntoSeries, PlSmallStr, Series, UInt8Chunked, UInt16Chunked, UInt32Chunked,
};

use crate::finding::Finding;

/// An enum column being filled: codes in the smallest width that holds the words.
pub enum Codes {
    /// Up to 255 words.
    U8(Vec<u8>),
    /// Up to 65,535 words.
    U16(Vec<u16>),
    /// More.
    U32(Vec<u32>),
}

impl Codes {
    /// An empty column for `words` words with room for `rows` rows.
    pub fn with_capacity(words: usize, rows: usize) -> Codes {
        match CategoricalPhysical::smallest_physical(words) {
            Ok(CategoricalPhysical::U8) => Codes::U8(Vec::with_capacity(rows)),
            Ok(CategoricalPhysical::U16) => Codes::U16(Vec::with_capacity(rows)),
            _ => Codes::U32(Vec::with_capacity(rows)),
        }
    }

    /// Adds `count` times the same code.
    pub fn fill(&mut self, code: u32, count: usize) {
        match self {
            Codes::U8(codes) => codes.extend(std::iter::repeat_n(code as u8, count)),
            Codes::U16(codes) => codes.extend(std::iter::repeat_n(code as u16, count)),
            Codes::U32(codes) => codes.extend(std::iter::repeat_n(code, count)),
        }
    }

    /// Adds the codes of `rows`, `times` times over.
    pub fn tile(&mut self, rows: &[u32], times: usize) {
        fn tile<T: Copy>(codes: &mut Vec<T>, rows: &[u32], times: usize, narrow: impl Fn(u32) -> T) {
            let from = codes.len();
            codes.extend(rows.iter().map(|&code| narrow(code)));
            for _ in 1..times {
                codes.extend_from_within(from..from + rows.len());
            }
        }
        if times == 0 {
            return;
        }
        match self {
            Codes::U8(codes) => tile(codes, rows, times, |code| code as u8),
            Codes::U16(codes) => tile(codes, rows, times, |code| code as u16),
            Codes::U32(codes) => tile(codes, rows, times, |code| code),
        }
    }

    /// The enum column `name` over `words`, which are in order and hold every code.
    ///
    /// # Errors
    /// What polars says, as a finding; two equal words would be one cause.
    pub(super) fn column(self, name: &str, words: &[String]) -> Result<Column, Finding> {
        let categories =
            FrozenCategories::new(words.iter().map(String::as_str)).map_err(|error| Finding::internal(&error))?;
        // Copied: of references the compiler makes one comparison after another.
        let highest = match &self {
            Codes::U8(codes) => codes.iter().copied().max().map(u32::from),
            Codes::U16(codes) => codes.iter().copied().max().map(u32::from),
            Codes::U32(codes) => codes.iter().copied().max(),
        };
        if highest.is_some_and(|code| code as usize >= words.len()) {
            return Err(Finding::internal(&format!("column `{name}` has a code beyond its words")));
        }
        let dtype = DataType::from_frozen_categories(categories);
        let name = PlSmallStr::from_str(name);
        #[expect(unsafe_code, reason = "polars offers no checked way that does not hash every word of every row again")]
        // SAFETY: every code is below the number of words, as was just checked, and the width is the smallest that
        // holds them, which is the one the categories have.
        let series = unsafe {
            match self {
                Codes::U8(codes) => {
                    Categorical8Chunked::from_cats_and_dtype_unchecked(UInt8Chunked::from_vec(name, codes), dtype)
                        .into_series()
                }
                Codes::U16(codes) => {
                    Categorical16Chunked::from_cats_and_dtype_unchecked(UInt16Chunked::from_vec(name, codes), dtype)
                        .into_series()
                }
                Codes::U32(codes) => {
                    Categorical32Chunked::from_cats_and_dtype_unchecked(UInt32Chunked::from_vec(name, codes), dtype)
                        .into_series()
                }
            }
        };
        Ok(series.into_column())
    }
}

/// The codes of an enum column.
#[derive(Clone, Copy, Debug)]
pub enum CodeSlice<'a> {
    /// One byte a row.
    U8(&'a [u8]),
    /// Two bytes a row.
    U16(&'a [u16]),
    /// Four bytes a row.
    U32(&'a [u32]),
}

impl CodeSlice<'_> {
    /// The code of row `row`.
    #[inline]
    pub fn get(&self, row: usize) -> usize {
        match self {
            CodeSlice::U8(codes) => usize::from(codes[row]),
            CodeSlice::U16(codes) => usize::from(codes[row]),
            CodeSlice::U32(codes) => codes[row] as usize,
        }
    }

    /// The codes of `rows`, in the place of what stands in `codes`.
    pub fn gather(&self, rows: &[u32], codes: &mut Vec<u32>) {
        codes.clear();
        match self {
            CodeSlice::U8(all) => codes.extend(rows.iter().map(|&row| u32::from(all[row as usize]))),
            CodeSlice::U16(all) => codes.extend(rows.iter().map(|&row| u32::from(all[row as usize]))),
            CodeSlice::U32(all) => codes.extend(rows.iter().map(|&row| all[row as usize])),
        }
    }

    /// Whether the `count` codes from `one` on are those from `other` on.
    pub fn repeats(&self, one: usize, other: usize, count: usize) -> bool {
        match self {
            CodeSlice::U8(codes) => codes[one..one + count] == codes[other..other + count],
            CodeSlice::U16(codes) => codes[one..one + count] == codes[other..other + count],
            CodeSlice::U32(codes) => codes[one..one + count] == codes[other..other + count],
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            CodeSlice::U8(codes) => codes.len(),
            CodeSlice::U16(codes) => codes.len(),
            CodeSlice::U32(codes) => codes.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An enum column: the codes and the words they stand for.
pub struct Coded<'a> {
    /// One code a row.
    pub codes: CodeSlice<'a>,
    /// The words, in order.
    pub words: Vec<&'a str>,
}

impl<'a> Coded<'a> {
    /// The codes and words of an enum column.
    ///
    /// # Errors
    /// It is no enum column: a mistake in the program, said as a finding.
    pub fn of(series: &'a Series) -> Result<Coded<'a>, Finding> {
        let DataType::Enum(categories, _) = series.dtype() else {
            return Err(Finding::internal(&format!("column `{}` is {}, not words", series.name(), series.dtype())));
        };
        let codes = match categories.physical() {
            CategoricalPhysical::U8 => series.cat8().and_then(|c| c.physical().cont_slice()).map(CodeSlice::U8),
            CategoricalPhysical::U16 => series.cat16().and_then(|c| c.physical().cont_slice()).map(CodeSlice::U16),
            CategoricalPhysical::U32 => series.cat32().and_then(|c| c.physical().cont_slice()).map(CodeSlice::U32),
        };
        let codes = codes.map_err(|error| Finding::internal(&error))?;
        Ok(Coded { codes, words: categories.categories().values_iter().collect() })
    }

    /// The word of row `row`.
    pub fn word(&self, row: usize) -> &'a str {
        self.words[self.codes.get(row)]
    }

    /// The code of `word`, if it occurs.
    pub fn code(&self, word: &str) -> Option<usize> {
        self.words.binary_search(&word).ok()
    }
}
