//! Two builds of a table to what lies between them: figures new, revised, withdrawn, reinstated, re-coded or gone, who
//! and what came and went, and what that did to ranks, bands and flags.
//!
//! Only the latest figure of each period is compared, whatever release it stands in: a figure is the same one when
//! measure, period, area and breakdown are.

mod builds;
mod compared;
mod coverage;
mod csv;
mod differences;
mod flags;
mod line;
mod moves;
mod options;
mod page;
mod report;
mod values;

pub use builds::{each, reports, text};
pub use compared::Compared;
pub use coverage::coverage;
pub use csv::Lines;
pub use differences::{Differences, Own};
pub use flags::{Cause, Flag, flags};
pub use line::{BuildFigure, Line, Size, lines, sizes};
pub use moves::{Move, moves};
pub use options::{Diff, Told};
pub use page::page;
pub use report::{Between, Changed, Report, schema};
pub use values::{Change, Kind, changes};
