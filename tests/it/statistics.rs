//! The statistics room: worked values with their references, and properties that hold for any data.

mod attack;
mod projection;
mod properties;
mod worked;
