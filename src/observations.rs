//! The one shape of every return: a polars frame of observations, and the typed way into its columns.
//!
//! Words (table, release, area, measure, ...) are enum columns whose codes order as their words do; numbers are
//! nullable floats; `row` and `column` are the cell as Excel counts it.

use polars::prelude::{
    BooleanChunked, Categorical8Chunked, Categorical16Chunked, Categorical32Chunked, CategoricalPhysical, ChunkCast,
    Column, DataFrame, DataType, Float64Chunked, FrozenCategories, Int32Chunked, IntoColumn, IntoSeries,
    NewChunkedArray, PlSmallStr, Series, UInt8Chunked, UInt16Chunked, UInt32Chunked,
};
use polars_arrow::array::PrimitiveArray;
use polars_arrow::bitmap::Bitmap;
use polars_arrow::datatypes::ArrowDataType;
use rustc_hash::FxHashMap;

use crate::finding::Finding;

/// The columns of an observation table, in order.
pub const COLUMNS: [&str; 25] = [
    "table",
    "release",
    "latest",
    "period",
    "period_identifier",
    "period_start",
    "period_end",
    "period_length",
    "level",
    "la_code",
    "ons_code",
    "area_name",
    "breakdown_topic",
    "breakdown",
    "measure",
    "value",
    "numerator",
    "denominator",
    "unit",
    "status",
    "raw",
    "file",
    "sheet",
    "row",
    "column",
];

/// The word for a row about the whole, as topic and as breakdown.
pub const TOTAL: &str = "Total";

/// Words met while reading, each with a number in order of first meeting.
#[derive(Clone, Debug, Default)]
pub struct Words {
    index: FxHashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
}

impl Words {
    /// The number of `word`, which is added if it is new.
    pub fn code(&mut self, word: &str) -> u32 {
        if let Some(&code) = self.index.get(word) {
            return code;
        }
        let code = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.index.insert(word.into(), code);
        self.words.push(word.into());
        code
    }

    /// The word with number `code`.
    pub fn word(&self, code: u32) -> &str {
        self.words.get(code as usize).map_or("", |word| word)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words in order, and for each number its place in that order.
    pub fn ordered(&self) -> Ordered {
        let mut order: Vec<u32> = (0..self.words.len() as u32).collect();
        order.sort_by(|&a, &b| self.word(a).cmp(self.word(b)));
        let mut ranks = vec![0; order.len()];
        for (rank, &code) in order.iter().enumerate() {
            ranks[code as usize] = rank as u32;
        }
        Ordered { words: order.iter().map(|&code| self.word(code).to_owned()).collect(), ranks }
    }
}

/// Words in alphabetical order.
#[derive(Clone, Debug, Default)]
pub struct Ordered {
    /// The words.
    pub words: Vec<String>,
    /// By number of first meeting, the place in `words`.
    pub ranks: Vec<u32>,
}

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
    pub fn column(self, name: &str, words: &[String]) -> Result<Column, Finding> {
        let categories = FrozenCategories::new(words.iter().map(String::as_str)).map_err(|error| internal(&error))?;
        let highest = match &self {
            Codes::U8(codes) => codes.iter().max().map(|&code| u32::from(code)),
            Codes::U16(codes) => codes.iter().max().map(|&code| u32::from(code)),
            Codes::U32(codes) => codes.iter().max().copied(),
        };
        if highest.is_some_and(|code| code as usize >= words.len()) {
            return Err(internal(&format!("column `{name}` has a code beyond its words")));
        }
        let dtype = DataType::from_frozen_categories(categories);
        let name = PlSmallStr::from_str(name);
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

/// A failure that no input should be able to cause, said rather than panicked.
pub fn internal(error: &dyn std::fmt::Display) -> Finding {
    Finding::error(
        "internal",
        format!("the table could not be put together: {error}"),
        "report this with the file and the pipeline",
    )
}

/// A float column in which NaN is null.
pub fn floats(name: &str, values: Vec<f64>) -> Column {
    let there = |eight: &[f64]| {
        eight.iter().enumerate().fold(0u8, |byte, (bit, value)| byte | (u8::from(!value.is_nan()) << bit))
    };
    let validity = values
        .iter()
        .any(|value| value.is_nan())
        .then(|| Bitmap::from_u8_vec(values.chunks(8).map(there).collect(), values.len()));
    let array = PrimitiveArray::new(ArrowDataType::Float64, values.into(), validity);
    Float64Chunked::with_chunk(PlSmallStr::from_str(name), array).into_series().into_column()
}

/// A date column of days since 1970.
///
/// # Errors
/// What polars says, as a finding.
pub fn dates(name: &str, days: Vec<i32>) -> Result<Column, Finding> {
    let days = Int32Chunked::from_vec(PlSmallStr::from_str(name), days);
    Ok(days.cast(&DataType::Date).map_err(|error| internal(&error))?.into_column())
}

/// A column of whole numbers.
pub fn wholes(name: &str, numbers: Vec<u32>) -> Column {
    UInt32Chunked::from_vec(PlSmallStr::from_str(name), numbers).into_column()
}

/// A column of small whole numbers.
pub fn smalls(name: &str, numbers: Vec<u16>) -> Column {
    UInt16Chunked::from_vec(PlSmallStr::from_str(name), numbers).into_column()
}

/// A column of truths.
pub fn truths(name: &str, truths: &[bool]) -> Column {
    BooleanChunked::from_slice(PlSmallStr::from_str(name), truths).into_column()
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
    /// The word of row `row`.
    pub fn word(&self, row: usize) -> &'a str {
        self.words[self.codes.get(row)]
    }

    /// The code of `word`, if it occurs.
    pub fn code(&self, word: &str) -> Option<usize> {
        self.words.binary_search(&word).ok()
    }
}

/// A frame of observations or comparisons whose columns are one chunk each.
#[derive(Clone, Debug)]
pub struct Frame(DataFrame);

impl Frame {
    /// Wraps `columns`, all of one length.
    ///
    /// # Errors
    /// What polars says, as a finding.
    pub fn new(columns: Vec<Column>) -> Result<Frame, Finding> {
        let height = columns.first().map_or(0, Column::len);
        let mut frame = DataFrame::new(height, columns).map_err(|error| internal(&error))?;
        frame.rechunk_mut();
        Ok(Frame(frame))
    }

    /// The polars frame.
    pub fn polars(&self) -> &DataFrame {
        &self.0
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.0.height()
    }

    fn series(&self, name: &str) -> Result<&Series, Finding> {
        Ok(self.0.column(name).map_err(|error| internal(&error))?.as_materialized_series())
    }

    /// The enum column `name`.
    ///
    /// # Errors
    /// No such column, or one of another type: a mistake in the program, said as a finding.
    pub fn coded(&self, name: &str) -> Result<Coded<'_>, Finding> {
        let series = self.series(name)?;
        let (codes, mapping) = match series.dtype() {
            DataType::Enum(categories, _) => match categories.physical() {
                CategoricalPhysical::U8 => (
                    CodeSlice::U8(series.cat8().and_then(|c| c.physical().cont_slice()).map_err(|e| internal(&e))?),
                    categories,
                ),
                CategoricalPhysical::U16 => (
                    CodeSlice::U16(series.cat16().and_then(|c| c.physical().cont_slice()).map_err(|e| internal(&e))?),
                    categories,
                ),
                CategoricalPhysical::U32 => (
                    CodeSlice::U32(series.cat32().and_then(|c| c.physical().cont_slice()).map_err(|e| internal(&e))?),
                    categories,
                ),
            },
            other => return Err(internal(&format!("column `{name}` is {other}, not words"))),
        };
        let words = mapping.categories().values_iter().collect();
        Ok(Coded { codes, words })
    }

    /// The float column `name`, NaN where null.
    ///
    /// # Errors
    /// As [`Frame::coded`].
    pub fn floats(&self, name: &str) -> Result<&[f64], Finding> {
        let chunked = self.series(name)?.f64().map_err(|error| internal(&error))?;
        chunked
            .downcast_iter()
            .next()
            .map(|array| array.values().as_slice())
            .ok_or_else(|| internal(&format!("column `{name}` is empty")))
    }

    /// The date column `name`, days since 1970.
    ///
    /// # Errors
    /// As [`Frame::coded`].
    pub fn dates(&self, name: &str) -> Result<&[i32], Finding> {
        self.series(name)?.date().and_then(|days| days.physical().cont_slice()).map_err(|error| internal(&error))
    }

    /// The column of whole numbers `name`.
    ///
    /// # Errors
    /// As [`Frame::coded`].
    pub fn wholes(&self, name: &str) -> Result<&[u32], Finding> {
        self.series(name)?.u32().and_then(|numbers| numbers.cont_slice()).map_err(|error| internal(&error))
    }

    /// The column of small whole numbers `name`.
    ///
    /// # Errors
    /// As [`Frame::coded`].
    pub fn smalls(&self, name: &str) -> Result<&[u16], Finding> {
        self.series(name)?.u16().and_then(|numbers| numbers.cont_slice()).map_err(|error| internal(&error))
    }

    /// The column of truths `name`.
    ///
    /// # Errors
    /// As [`Frame::coded`].
    pub fn truths(&self, name: &str) -> Result<Bitmap, Finding> {
        let chunked = self.series(name)?.bool().map_err(|error| internal(&error))?;
        chunked
            .downcast_iter()
            .next()
            .map(|array| array.values().clone())
            .ok_or_else(|| internal(&format!("column `{name}` is empty")))
    }
}
