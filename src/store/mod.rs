//! The only reader of published tables: what stands in an outputs folder.

mod catalogue;

pub use catalogue::{COMPARISONS_TABLE, Catalogue, Found, links, path_of};
