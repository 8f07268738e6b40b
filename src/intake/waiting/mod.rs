//! Files that wait to be filed: copies, byte for byte, in `waiting` beside the returns folder, each with what was chosen
//! about it.
//!
//! In: a file, then choices. Out: what is in it and what is open (`look`), what filing it would change (`foresee`), and
//! the file filed with what was written for it (`file`). Nothing outside `waiting` is written before that.

mod decision;
mod filing;
mod foresee;
mod line;
mod look;
mod room;
mod seen;

pub use room::{Room, Waiting};

pub use foresee::{Foresaw, TableChange};
pub use line::{Line, Offer, Sure};
pub use seen::{Destination, NewColumn, OwnColumn, Owned, Seen, Stranger, TableSeen};
