//! Readings: the sentences as a councillor reads them, what holds for every reading, and that outputs agree.

mod agree;
mod amounts;
mod drawn;
mod golden;
mod movements;
mod properties;
mod random;
mod real;
mod samples;
