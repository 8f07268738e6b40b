//! An address in, the publisher's bytes out: the only place that uses the network, and only when `fetch` is asked for.
//!
//! What a council's network does to a download is expected here: proxies, own certificates, login pages in the place of
//! files, connections that break. The bytes of a file come whole or not at all.

mod address;
mod api;
mod client;
mod digest;
mod download;
mod failure;
mod limits;
mod private;
mod retry;

pub use api::{Api, DataSet, Version, version_in};
pub use client::Client;
pub use download::Downloaded;
pub use limits::{Event, Limits};
