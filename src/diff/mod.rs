//! Two builds of a table to what lies between them: figures new, revised, withdrawn, reinstated, re-coded or gone, who
//! and what came and went, and what that did to ranks, bands and flags.
//!
//! Only the latest figure of each period is compared, whatever release it stands in: a figure is the same one when
//! measure, period, area and breakdown are.

mod builds;
mod compared;
mod coverage;
mod flags;
mod moves;
mod options;
mod page;
mod report;
mod values;

pub use builds::{Lines, reports, text};
pub use compared::Compared;
pub use coverage::coverage;
pub use flags::{Cause, Flag, flags};
pub use moves::{Move, moves};
pub use options::{Diff, Told};
pub use page::page;
pub use report::{Changed, Figure as Side, Line, Report, Size, lines, schema, sizes};
pub use values::{Change, Kind, changes};
