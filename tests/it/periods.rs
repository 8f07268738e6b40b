//! How publishers and councils write a period, and which days each spelling means; and that a period is one whatever the
//! words.

mod declared;
mod latest;
mod spellings;
