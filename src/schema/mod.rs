//! What the published tables are: every column declared once, and the columns of each table in order.
//!
//! The types that read and fill columns, the schema of the Parquet files with what it says of each column, the heads of
//! the CSV files and the data dictionary are all made from these declarations.

pub mod column;
mod dictionary;
mod periods;
mod table;

pub use dictionary::{Entry, WHOLE_ONLY, entries, markdown};
pub use periods::Periods;
pub use table::{
    COMPARISONS, DICTIONARY, FIGURES, FINDINGS, Layout, OBSERVATIONS, OF_A_RELEASE, QUARANTINE, STAR_AREAS,
    STAR_BREAKDOWNS, STAR_FACTS, STAR_MEASURES, STAR_PERIODS,
};

/// The word for a row about the whole, as topic and as breakdown.
pub const TOTAL: &str = "Total";

/// Declares a struct of columns that are read together: a field each, with what it holds and its column; the layout to
/// read them with; and how they are taken from a frame. `with periods` adds the columns of the period as one field.
macro_rules! view {
    ($(#[$about:meta])* $seen:vis struct $name:ident with periods { $($body:tt)+ }) => {
        $crate::schema::view!(
            @ [$(#[$about])* $seen $name] [periods] [Period PeriodIdentifier PeriodEnd PeriodLength] { $($body)+ }
        );
    };
    ($(#[$about:meta])* $seen:vis struct $name:ident { $($body:tt)+ }) => {
        $crate::schema::view!(@ [$(#[$about])* $seen $name] [] [] { $($body)+ });
    };
    (@ [$(#[$about:meta])* $seen:vis $name:ident] [$($periods:ident)?] [$($more:ident)*]
        { $($(#[$said:meta])* $field:ident: $kind:ident $column:ident,)+ }) => {
        $(#[$about])*
        $seen struct $name<'a> {
            $(
                /// The period of each row.
                pub $periods: $crate::schema::Periods<'a>,
            )?
            $($(#[$said])* pub $field: $crate::frame::kind::held::$kind<'a>,)+
        }

        impl<'a> $name<'a> {
            /// The columns, as they are read from a file.
            #[allow(dead_code, reason = "a view of a whole table is read with the layout of the table")]
            pub const LAYOUT: $crate::schema::Layout = $crate::schema::Layout(&[
                $(<$crate::schema::column::$more as $crate::frame::Declared>::ABOUT,)*
                $(<$crate::schema::column::$column as $crate::frame::Declared>::ABOUT,)+
            ]);

            /// The columns of `frame`.
            ///
            /// # Errors
            /// A column is not there: a mistake in the program, said as a finding.
            pub fn of(frame: &'a $crate::frame::Frame) -> Result<Self, $crate::finding::Finding> {
                Ok($name {
                    $($periods: $crate::schema::Periods::of(frame)?,)?
                    $($field: frame.get($crate::schema::column::$column)?,)+
                })
            }
        }
    };
}
pub(crate) use view;
