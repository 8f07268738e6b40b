//! A grid of text cells, kept as views into the bytes of the file: sixteen bytes a cell, no copy of the text.
//!
//! What `load` makes and `normalise` reads, so it belongs to neither; a [`TextTable`] is cut out of it.

mod around;
mod cells;
mod layout;
mod strip;
mod table;

pub use cells::{Comma, Grid, GridBuilder, MOST_CELLS, MOST_COLUMNS, Stretch};

pub use around::{Around, Title};
pub use layout::Layout;
pub use strip::{Strip, StripBuilder, Wanted, packed};
pub use table::{Origin, TextTable, likely_header};
