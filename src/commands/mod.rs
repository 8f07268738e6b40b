//! The commands: the only code that knows several stages, one file a command.

pub mod add;
pub mod chart;
pub mod check;
pub mod compare;
pub mod diff;
pub mod explain;
pub mod fetch;
pub mod inspect;
pub mod list;
pub mod report;
pub mod run;

mod agree;
mod catalogue;
mod draw;
mod explanation;
mod hold;
mod plan;
mod previous;
mod propose;
mod recognise;
mod relabel;
pub mod reread;
mod sketch;
mod summary;
mod table;

use crate::cli::{Cli, Command};
use crate::finding::Error;

/// Does what the command line asks for; answers whether findings of severity error remain.
///
/// # Errors
/// What makes it impossible to go on.
pub fn dispatch(cli: Cli) -> Result<bool, Error> {
    match cli.command {
        Command::Run(options) => run::run(&options),
        Command::Check(options) => check::check(&options),
        Command::List(options) => list::list(&options),
        Command::Compare(options) => compare::compare(&options).map(|()| false),
        Command::Explain(options) => explain::explain(&options).map(|()| false),
        Command::Diff(options) => diff::diff(&options),
        Command::Add(options) => add::add(&options),
        Command::Fetch(options) => fetch::fetch(&options),
        Command::Inspect(options) => inspect::inspect(&options),
        Command::Chart(options) => chart::chart(&options).map(|()| false),
        Command::Report(options) => report::report(&options).map(|()| false),
    }
}
