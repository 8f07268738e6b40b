//! Typed cells of Parquet as the text that a CSV would have: whole numbers, numbers in their shortest form, days as
//! `2025-05-01`, moments with their time where it is not midnight, decimals with all their digits.

use std::io::Write;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{
    ArrowTimestampType, DataType, Date32Type, Date64Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimeUnit, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use chrono::{NaiveDateTime, NaiveTime};

/// Writes the cell of a row, which is not null; false where it is no text.
pub(super) type Writer<'a> = Box<dyn Fn(usize, &mut Vec<u8>) -> bool + 'a>;

/// Writes the cells of a column whose rows are numbers that print themselves.
macro_rules! numbers {
    ($array:ident, $kind:ty) => {{
        let cells = $array.as_primitive::<$kind>();
        Box::new(move |row, text| write!(text, "{}", cells.value(row)).is_ok())
    }};
}

/// The writer of the cells of `array`, or what it holds where that is no plain column.
pub(super) fn writer(array: &ArrayRef) -> Result<Writer<'_>, String> {
    Ok(match array.data_type() {
        DataType::Null => Box::new(|_, _| true),
        DataType::Boolean => {
            let cells = array.as_boolean();
            Box::new(move |row, text| text.write_all(if cells.value(row) { b"TRUE" } else { b"FALSE" }).is_ok())
        }
        DataType::Int8 => numbers!(array, Int8Type),
        DataType::Int16 => numbers!(array, Int16Type),
        DataType::Int32 => numbers!(array, Int32Type),
        DataType::Int64 => numbers!(array, Int64Type),
        DataType::UInt8 => numbers!(array, UInt8Type),
        DataType::UInt16 => numbers!(array, UInt16Type),
        DataType::UInt32 => numbers!(array, UInt32Type),
        DataType::UInt64 => numbers!(array, UInt64Type),
        DataType::Float16 => numbers!(array, Float16Type),
        DataType::Float32 => numbers!(array, Float32Type),
        DataType::Float64 => numbers!(array, Float64Type),
        DataType::Utf8View => {
            let cells = array.as_string_view();
            Box::new(move |row, text| text.write_all(cells.value(row).as_bytes()).is_ok())
        }
        // Older writers do not say of a text that it is one.
        DataType::BinaryView => {
            let cells = array.as_binary_view();
            Box::new(move |row, text| {
                let cell = cells.value(row);
                std::str::from_utf8(cell).is_ok() && text.write_all(cell).is_ok()
            })
        }
        DataType::Date32 => {
            let cells = array.as_primitive::<Date32Type>();
            Box::new(move |row, text| cells.value_as_date(row).is_some_and(|day| write!(text, "{day}").is_ok()))
        }
        DataType::Date64 => {
            let cells = array.as_primitive::<Date64Type>();
            Box::new(move |row, text| cells.value_as_date(row).is_some_and(|day| write!(text, "{day}").is_ok()))
        }
        DataType::Timestamp(TimeUnit::Second, _) => moments::<TimestampSecondType>(array),
        DataType::Timestamp(TimeUnit::Millisecond, _) => moments::<TimestampMillisecondType>(array),
        DataType::Timestamp(TimeUnit::Microsecond, _) => moments::<TimestampMicrosecondType>(array),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => moments::<TimestampNanosecondType>(array),
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..)
        | DataType::Time32(_)
        | DataType::Time64(_) => formatted(array)?,
        other => return Err(other.to_string()),
    })
}

/// Moments: a day alone at midnight.
fn moments<T: ArrowTimestampType>(array: &ArrayRef) -> Writer<'_> {
    let cells = array.as_primitive::<T>();
    Box::new(move |row, text| cells.value_as_datetime(row).is_some_and(|moment| write_moment(moment, text)))
}

fn write_moment(moment: NaiveDateTime, text: &mut Vec<u8>) -> bool {
    let written =
        if moment.time() == NaiveTime::MIN { write!(text, "{}", moment.date()) } else { write!(text, "{moment}") };
    written.is_ok()
}

fn formatted(array: &ArrayRef) -> Result<Writer<'_>, String> {
    let formatter = ArrayFormatter::try_new(array, &FormatOptions::new()).map_err(|error| error.to_string())?;
    Ok(Box::new(move |row, text| write!(text, "{}", formatter.value(row)).is_ok()))
}
