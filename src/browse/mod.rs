//! The explorer: pages about published tables, made on the analyst's own computer and served to its browser alone.
//!
//! In: an address. Out: a page, by the code that makes papers, comparisons and charts. `answer` needs no socket, so that pages
//! can be tried without one; `serve` alone listens, `door` says who may come in, and `post` alone changes something.

mod address;
mod answer;
mod area;
mod awaited;
mod build;
mod cache;
mod changes;
mod copy;
mod door;
mod figure;
mod file;
mod find;
mod heat;
mod home;
mod intake;
mod lists;
mod measure;
mod measures;
mod options;
mod papers;
mod picker;
mod picture;
mod post;
mod published;
mod raw;
mod records;
mod region;
mod request;
mod serve;
mod shell;
mod sources;
mod take;
mod verdict;
mod window;
mod work;
mod wrong;

pub use address::{
    Address, AreaPage, ChartFile, Ending, FilePage, HeatPage, MeasurePage, Names, Order, SHOWS, Shape, Show, Take,
    VIEWS, View, Who,
};
pub use answer::answer;
pub use build::Build;
pub use copy::copy;
pub use door::Door;
pub use options::Browse;
pub use post::{Desk, Done, Form, Upload};
pub use raw::Raw;
pub use request::{HEADERS, Method, Request, Response};
pub use serve::Server;
pub use window::open;
pub use wrong::Wrong;
