//! Comparisons to charts: fills the plain structs of the chart room, one file a kind or family of kinds.

mod averages;
mod comparators;
mod context;
mod control;
mod dumbbell;
mod fields;
mod files;
mod funnel;
mod groups;
mod headlines;
mod multiples;
mod one_period;
mod pages;
mod period;
mod plan;
mod releases;
mod request;
mod slice;
mod stacked;
mod trend;
mod wanted;

pub use files::{file_name, files, not_drawn, save};

pub use comparators::Comparators;
pub use fields::quarter_among;
pub use headlines::headlines;
pub use releases::Releases;
pub use request::{chart, chart_of};
pub use wanted::{Drawn, Wanted};
