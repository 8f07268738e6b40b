//! The words of the command line; the comments here are the help that is printed.

use clap::{Parser, Subcommand};

use crate::browse::Browse;
use crate::commands;
use crate::commands::chart::Chart;
use crate::commands::licences::Licences;
use crate::commands::list::List;
use crate::commands::schema::Schema;
use crate::diff::Diff;
use crate::finding::Error;
use crate::handout::Publish;
use crate::intake::{Add, Fetch, Inspect, Remove};
use crate::papers::Papers;
use crate::refresh::{Run, Sources, Sql};
use crate::sidebyside::Compare;
use crate::trace::Explain;

/// Comparative statistics between English local authorities, side by side and up to date
#[derive(Debug, Parser)]
#[command(name = "abreast", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What Abreast can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load the returns, check them, compare authorities, and write tables and charts
    Run(Run),
    /// The same as run, without writing anything
    Check(Sources),
    /// Print what there is: tables, measures, authorities or releases
    List(List),
    /// Print one measure side by side: an authority, its region, its neighbours and England over the years
    Compare(Compare),
    /// Draw one chart
    Chart(Chart),
    /// Make board reports from report files: a page, a workbook, a Word file and a folder of charts for each authority
    Report(Papers),
    /// Look at the published tables in a browser: areas, measures, figures down to their cells; on this computer alone
    Browse(Browse),
    /// Trace one figure to its cells: source file, sheet, cell, text, rules, and what it is compared with
    Explain(Explain),
    /// Say what changed between two builds, and what it did to ranks; exits with 1 where anything did
    Diff(Diff),
    /// File what a publisher sent under its return and release, and record where it came from
    Add(Add),
    /// Take a file that was filed out again: it is kept aside, no run reads it, and `--undo` puts it back
    Remove(Remove),
    /// Take releases from the publishers, over the network, and file them: data sets of the statistics API and plain links
    Fetch(Fetch),
    /// Say what is in a file, which pipeline it fits, and what to write where it does not
    Inspect(Inspect),
    /// Hand the published tables on: a data package, a star schema for Power BI, a workbook of all authorities, tables by release
    Publish(Publish),
    /// Print the query that counts a table of records on DuckDB or Spark; `run` takes what it answers for the records
    Sql(Sql),
    /// Print the licences of what others made in this program, or a bill of materials
    Licences(Licences),
    /// Write the JSON schemas of pipeline and report files, for editors that complete and underline
    Schema(Schema),
}

impl Command {
    /// Does what the command line asks for; answers whether findings of severity error remain.
    ///
    /// # Errors
    /// What makes it impossible to go on.
    pub fn carry_out(&self) -> Result<bool, Error> {
        match self {
            Command::Run(options) => commands::run::run(options),
            Command::Check(options) => commands::check::check(options),
            Command::List(options) => commands::list::list(options),
            Command::Compare(options) => commands::compare::compare(options),
            Command::Browse(options) => commands::browse::browse(options),
            Command::Explain(options) => commands::explain::explain(options).map(|()| false),
            Command::Diff(options) => commands::diff::diff(options),
            Command::Add(options) => commands::add::add(options),
            Command::Remove(options) => commands::remove::remove(options),
            Command::Fetch(options) => commands::fetch::fetch(options),
            Command::Inspect(options) => commands::inspect::inspect(options),
            Command::Publish(options) => commands::publish::publish(options).map(|()| false),
            Command::Sql(options) => commands::sql::sql(options).map(|()| false),
            Command::Licences(options) => commands::licences::licences(options).map(|()| false),
            Command::Schema(options) => commands::schema::schema(options).map(|()| false),
            Command::Chart(options) => commands::chart::chart(options),
            Command::Report(options) => commands::report::report(options),
        }
    }
}
