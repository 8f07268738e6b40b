//! Checks that no pipeline declares: a sound table of every authority says nothing, and each way to spoil it is found by
//! the place it was spoiled in.

mod doubts;
mod levels;
mod national;
mod periods;
mod rates;
mod repeated;
mod shown;
pub mod table;
