//! The only reader of published tables: what stands in an outputs folder, and the series in it.
//!
//! `Catalogue` finds tables and measures; `Compared` holds the comparisons of some measures; a `Slice` of it is one
//! measure about one breakdown, which gives the series of each authority; `Observed` holds figures with their cells.

mod anew;
mod catalogue;
mod columns;
mod compared;
mod found;
mod line;
mod observed;
mod pairing;
mod pooled;
mod rates;
mod reading;
mod slice;

pub use catalogue::{COMPARISONS_TABLE, Catalogue, links, path_of};
pub use compared::Compared;
pub use found::Found;
pub use observed::Observed;
pub use pooled::groups;
pub use rates::{Rate, rate};
pub use reading::{Field, measure, subject};
pub use slice::Slice;
