//! What columns hold: the polars column of each kind from its cells, and its cells as slices.

use polars::prelude::{
    BooleanChunked, ChunkCast, Column, DataType, Float64Chunked, Int32Chunked, IntoColumn, IntoSeries, NewChunkedArray,
    PlSmallStr, PolarsError, Series, UInt16Chunked, UInt32Chunked,
};
use polars_arrow::array::PrimitiveArray;
use polars_arrow::bitmap::Bitmap;
use polars_arrow::datatypes::ArrowDataType;

use super::codes::{Coded, Codes};
use crate::finding::Finding;

/// What a column holds, as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words; empty ones are null.
    Words,
    /// Numbers; NaN is null.
    Numbers,
    /// Days.
    Days,
    /// True or false.
    Truths,
    /// Whole numbers; 0 is null.
    Wholes,
    /// Small whole numbers; 0 is null.
    Smalls,
}

/// What reading a column of each kind gives, by the name of the kind: for the fields of a struct.
pub mod held {
    use polars_arrow::bitmap::Bitmap;

    use crate::frame::Coded;

    /// Codes over words.
    pub type Words<'a> = Coded<'a>;
    /// Numbers.
    pub type Numbers<'a> = &'a [f64];
    /// Days.
    pub type Days<'a> = &'a [i32];
    /// Bits.
    pub type Truths<'a> = Bitmap;
    /// Whole numbers.
    pub type Wholes<'a> = &'a [u32];
    /// Small whole numbers.
    pub type Smalls<'a> = &'a [u16];
}

/// What a column holds, as a type, so that the compiler knows what reading it gives.
pub trait Kind: 'static {
    /// The same as a value.
    const HOLDS: Holds;
    /// The cells of a column that is read.
    type Values<'a>;
    /// The cells that a column is made of.
    type Cells<'a>;

    /// The cells of a polars column.
    ///
    /// # Errors
    /// It holds something else: a mistake in the program, said as a finding.
    fn read(series: &Series) -> Result<Self::Values<'_>, Finding>;

    /// The polars column called `name` with these cells.
    ///
    /// # Errors
    /// What polars says, as a finding.
    fn made(name: &str, cells: Self::Cells<'_>) -> Result<Column, Finding>;
}

/// Words, as codes over words in order; the empty word stands for none.
pub struct Words;
/// Numbers; NaN stands for none.
pub struct Numbers;
/// Days since 1970.
pub struct Days;
/// True or false.
pub struct Truths;
/// Whole numbers; 0 stands for none.
pub struct Wholes;
/// Whole numbers below 65,536; 0 stands for none.
pub struct Smalls;

fn other(error: PolarsError) -> Finding {
    Finding::internal(&error)
}

fn no_chunk(series: &Series) -> Finding {
    Finding::internal(&format!("column `{}` is in no piece", series.name()))
}

impl Kind for Words {
    const HOLDS: Holds = Holds::Words;
    type Values<'a> = Coded<'a>;
    type Cells<'a> = (Codes, &'a [String]);

    fn read(series: &Series) -> Result<Coded<'_>, Finding> {
        Coded::of(series)
    }

    fn made(name: &str, (codes, words): (Codes, &[String])) -> Result<Column, Finding> {
        codes.column(name, words)
    }
}

/// Which of `values` are there; none where all are.
fn there(values: &[f64]) -> Option<Bitmap> {
    if !values.iter().any(|value| value.is_nan()) {
        return None;
    }
    if values.iter().all(|value| value.is_nan()) {
        return Some(Bitmap::new_zeroed(values.len()));
    }
    let byte = |eight: &[f64; 8]| (0..8).fold(0, |byte, bit| byte | (u8::from(!eight[bit].is_nan()) << bit));
    let (eights, rest) = values.as_chunks::<8>();
    let mut bytes: Vec<u8> = eights.iter().map(byte).collect();
    if !rest.is_empty() {
        let last = std::array::from_fn(|place| rest.get(place).copied().unwrap_or(f64::NAN));
        bytes.push(byte(&last));
    }
    Some(Bitmap::from_u8_vec(bytes, values.len()))
}

impl Kind for Numbers {
    const HOLDS: Holds = Holds::Numbers;
    type Values<'a> = &'a [f64];
    type Cells<'a> = Vec<f64>;

    fn read(series: &Series) -> Result<&[f64], Finding> {
        let mut chunks = series.f64().map_err(other)?.downcast_iter();
        chunks.next().map(|array| array.values().as_slice()).ok_or_else(|| no_chunk(series))
    }

    fn made(name: &str, values: Vec<f64>) -> Result<Column, Finding> {
        let validity = there(&values);
        let array = PrimitiveArray::new(ArrowDataType::Float64, values.into(), validity);
        Ok(Float64Chunked::with_chunk(PlSmallStr::from_str(name), array).into_series().into_column())
    }
}

impl Kind for Days {
    const HOLDS: Holds = Holds::Days;
    type Values<'a> = &'a [i32];
    type Cells<'a> = Vec<i32>;

    fn read(series: &Series) -> Result<&[i32], Finding> {
        series.date().and_then(|days| days.physical().cont_slice()).map_err(other)
    }

    fn made(name: &str, days: Vec<i32>) -> Result<Column, Finding> {
        let days = Int32Chunked::from_vec(PlSmallStr::from_str(name), days);
        Ok(days.cast(&DataType::Date).map_err(other)?.into_column())
    }
}

impl Kind for Truths {
    const HOLDS: Holds = Holds::Truths;
    type Values<'a> = Bitmap;
    type Cells<'a> = &'a [bool];

    fn read(series: &Series) -> Result<Bitmap, Finding> {
        let mut chunks = series.bool().map_err(other)?.downcast_iter();
        chunks.next().map(|array| array.values().clone()).ok_or_else(|| no_chunk(series))
    }

    fn made(name: &str, truths: &[bool]) -> Result<Column, Finding> {
        Ok(BooleanChunked::from_slice(PlSmallStr::from_str(name), truths).into_column())
    }
}

impl Kind for Wholes {
    const HOLDS: Holds = Holds::Wholes;
    type Values<'a> = &'a [u32];
    type Cells<'a> = Vec<u32>;

    fn read(series: &Series) -> Result<&[u32], Finding> {
        series.u32().and_then(|numbers| numbers.cont_slice()).map_err(other)
    }

    fn made(name: &str, numbers: Vec<u32>) -> Result<Column, Finding> {
        Ok(UInt32Chunked::from_vec(PlSmallStr::from_str(name), numbers).into_column())
    }
}

impl Kind for Smalls {
    const HOLDS: Holds = Holds::Smalls;
    type Values<'a> = &'a [u16];
    type Cells<'a> = Vec<u16>;

    fn read(series: &Series) -> Result<&[u16], Finding> {
        series.u16().and_then(|numbers| numbers.cont_slice()).map_err(other)
    }

    fn made(name: &str, numbers: Vec<u16>) -> Result<Column, Finding> {
        Ok(UInt16Chunked::from_vec(PlSmallStr::from_str(name), numbers).into_column())
    }
}
