//! The only reader of published tables: what stands in an outputs folder, and one measure of one authority over time
//! beside its comparators.
//!
//! `Catalogue` finds tables and measures; `Compared` holds the comparisons of some measures; a `Slice` of it is one
//! measure about one breakdown, and a `Series` the figures of one authority in it.

mod catalogue;
mod compared;
mod line;
mod observed;
mod reading;
mod series;
mod slice;
mod when;

pub use catalogue::{COMPARISONS_TABLE, Catalogue, Found, links, path_of};
pub use compared::Compared;
pub use line::Line;
pub use observed::Observed;
pub use reading::{Field, measure};
pub use series::{Against, Beside, Place, Point, Series};
pub use slice::Slice;
pub use when::When;
