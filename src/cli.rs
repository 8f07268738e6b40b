//! The words of the command line; the comments here are the help that is printed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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
    Report(Report),
    /// Trace one figure to its cells: source file, sheet, cell, text, rules, and what it is compared with
    Explain(Explain),
    /// Say what changed between two builds, and what it did to ranks; exits with 1 where anything did
    Diff(Diff),
    /// File what a publisher sent under its return and release, and record where it came from
    Add(Add),
    /// Take releases from the publishers, over the network, and file them: data sets of the statistics API and plain links
    Fetch(Fetch),
    /// Say what is in a file, which pipeline it fits, and what to write where it does not
    Inspect(Inspect),
}

/// Where things come from and go to.
#[derive(Clone, Debug, Default, Args)]
pub struct Sources {
    /// Tables to work on; all of them unless named
    pub tables: Vec<String>,
    /// Folder of the publishers' files, as `RETURN/RELEASE/FILE` [default: data/returns if it holds any file, else data/sample]
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files [default: pipelines]
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
    /// How many tables to work on at once [default: one for each core]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Print findings and errors only
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `run`.
#[derive(Clone, Debug, Default, Args)]
pub struct Run {
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub sources: Sources,
    /// Folder to write to
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
    /// Authority whose charts to draw, by name or code; may be given several times [default: Birmingham]
    #[arg(long, value_name = "NAME|CODE")]
    pub authority: Vec<String>,
    /// Do everything again, even where nothing changed
    #[arg(long)]
    pub force: bool,
    /// Work out figures, rank and change only: no intervals, bands, funnels or trends
    #[arg(long)]
    pub figures_only: bool,
    /// Where another abreast is writing to the same folder, say so and end instead of waiting for it
    #[arg(long)]
    pub no_wait: bool,
}

/// What `list` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// Tables: one for each pipeline
    Tables,
    /// Measures, with unit and which way is good
    Measures,
    /// Local authorities, with codes and dates
    Authorities,
    /// Releases found in the returns folder
    Releases,
}

/// Options of `list`.
#[derive(Clone, Debug, Args)]
pub struct List {
    /// What to print
    pub what: Listing,
    /// Folder of the publishers' files
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
}

/// How `compare` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for a screen
    #[default]
    Table,
    /// For Excel
    Csv,
    /// For programs
    Json,
    /// Long form, as in the published table
    Parquet,
}

/// Options of `compare`.
#[derive(Clone, Debug, Args)]
pub struct Compare {
    /// The measure, by name; `table/measure` where two tables have it; left out with --worse-and-worsening
    #[arg(required_unless_present = "worse_and_worsening")]
    pub measure: Option<String>,
    /// The authority, by name or code; may be given several times
    #[arg(long, value_name = "NAME|CODE", required_unless_present = "dispersion")]
    pub authority: Vec<String>,
    /// What to compare with: england, region, neighbours, neighbours-2021, core-cities, inner-london, ... or names or codes of authorities
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "region,neighbours,england")]
    pub with: Vec<String>,
    /// Also a row for each statistical neighbour, closest first
    #[arg(long)]
    pub each: bool,
    /// Also numerator and denominator beside each rate
    #[arg(long)]
    pub counts: bool,
    /// Up to which period, as published or as `2023/24` [default: the latest]
    #[arg(long)]
    pub period: Option<String>,
    /// Which breakdown, as topic or topic=breakdown [default: Total]
    #[arg(long, value_name = "TOPIC[=BREAKDOWN]")]
    pub breakdown: Option<String>,
    /// Rank and band only authorities whose denominator is at least this
    #[arg(long, value_name = "N")]
    pub minimum_denominator: Option<f64>,
    /// The gap between two breakdowns instead, first less second: `Sex=Male,Female`; may be given twice where names have commas
    #[arg(long, value_name = "TOPIC=A,TOPIC=B", conflicts_with_all = ["dispersion", "breakdown"])]
    pub gap: Vec<String>,
    /// The spread of all authorities over the years instead
    #[arg(long)]
    pub dispersion: bool,
    /// The measures on which the authority is worse than England beyond chance and getting worse
    #[arg(long, conflicts_with_all = ["measure", "gap", "dispersion"])]
    pub worse_and_worsening: bool,
    /// For a closed authority: its successors' counts summed into its area, in the years after it
    #[arg(long)]
    pub with_successors: bool,
    /// For a new authority: the figures of the authority whose area it was part of, as context
    #[arg(long)]
    pub with_predecessors: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// File to write to instead of the screen
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
}

/// A kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChartKind {
    /// The authority over the years with its neighbours, region and England
    Trend,
    /// All authorities of one period in order
    Ordered,
    /// The authority and its neighbours side by side, with intervals
    Neighbours,
    /// Rates against the size of the group, with 95% and 99.8% limits
    Funnel,
    /// Several measures on one page, centred on England
    Spine,
    /// Several measures with small lines, change and rank
    Scorecard,
    /// The parts of a whole: a breakdown, or several measures
    Stacked,
    /// Last period against this one, or two measures side by side
    Dumbbell,
    /// Where each authority lies, with quartiles
    Strip,
}

/// Size of a chart on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ChartSize {
    /// 8 cm
    Half,
    /// 16 cm
    #[default]
    Column,
    /// A slide
    Slide,
}

/// Options of `chart`.
#[derive(Clone, Debug, Args)]
pub struct Chart {
    /// The kind of chart
    pub kind: ChartKind,
    /// The measure, by name; `table/measure` where two tables have it; several with commas or as `table/*` for spine, scorecard, stacked and dumbbell
    pub measure: String,
    /// The authority, by name or code
    #[arg(long, value_name = "NAME|CODE")]
    pub authority: String,
    /// Who stands beside it: england, region, neighbours, a group such as core-cities, names of authorities [default: region,neighbours,england]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub with: Vec<String>,
    /// Which period, as published or as `2023/24` [default: the latest]
    #[arg(long)]
    pub period: Option<String>,
    /// Which breakdown, as topic=breakdown; for stacked the topic alone, or topic=A;B with `*` for anything
    #[arg(long)]
    pub breakdown: Option<String>,
    /// Its size on paper
    #[arg(long, value_enum, default_value_t = ChartSize::Column)]
    pub size: ChartSize,
    /// File to write, .svg or .png; its data go beside it as .csv [default: in the charts folder, both]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
    /// Where another abreast is writing to the same folder, say so and end instead of waiting for it
    #[arg(long)]
    pub no_wait: bool,
}

/// Options of `report`.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Report {
    /// Write a new report file instead
    #[command(subcommand)]
    pub new: Option<ReportCommand>,
    /// Reports to make, by the name of their file in pipelines/reports
    pub names: Vec<String>,
    /// Make every report there is
    #[arg(long, conflicts_with = "names")]
    pub all: bool,
    /// Authority to report on, by name or code, or `all`; may be given several times [default: what the report file says]
    #[arg(long, value_name = "NAME|CODE")]
    pub authority: Vec<String>,
    /// Folder of the published tables; reports go into its folder `reports`
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
    /// Folder of the publishers' files, for comments and targets in a council's own returns
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files, with the report files in its folder `reports`
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
    /// Write no folder of charts and no Word file
    #[arg(long)]
    pub no_charts: bool,
    /// Where another abreast is writing to the same folder, say so and end instead of waiting for it
    #[arg(long)]
    pub no_wait: bool,
}

/// What else `report` does.
#[derive(Clone, Debug, Subcommand)]
pub enum ReportCommand {
    /// Write a report file to start from, with the measures at hand
    New(ReportNew),
    /// Write an empty Excel workbook for a council's own return, with lists to choose from
    Starter(ReportStarter),
}

/// Options of `report starter`.
#[derive(Clone, Debug, Args)]
pub struct ReportStarter {
    /// The table of the return: a pipeline with `provisional = true`
    #[arg(default_value = "local_performance")]
    pub table: String,
    /// File to write [default: the name that the pipeline expects, in the folder at hand]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
}

/// Options of `report new`.
#[derive(Clone, Debug, Args)]
pub struct ReportNew {
    /// The report's name
    pub name: String,
    /// Its measures, by name or glob; may be given several times [default: the headline measures]
    #[arg(long, value_name = "GLOB")]
    pub measures: Vec<String>,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR", default_value = "pipelines")]
    pub pipelines: PathBuf,
}

/// How a figure is explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Explained {
    /// For reading
    #[default]
    Text,
    /// For programs
    Json,
}

/// Options of `explain`.
#[derive(Clone, Debug, Args)]
pub struct Explain {
    /// The measure, by name (`table/measure` where two tables have it), or the id of a figure as reports print it
    pub figure: String,
    /// The authority, by name or code; a region or England
    #[arg(long, value_name = "NAME|CODE")]
    pub authority: Option<String>,
    /// Which period, as published or as `2023/24` [default: the latest]
    #[arg(long)]
    pub period: Option<String>,
    /// Which breakdown, as topic or topic=breakdown [default: Total]
    #[arg(long)]
    pub breakdown: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Explained::Text)]
    pub format: Explained,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
    /// Folder of the publishers' files
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
}

/// How differences are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Told {
    /// For reading
    #[default]
    Text,
    /// Every figure and every rank that changed, a line each
    Csv,
    /// A page to send on
    Html,
}

/// Options of `diff`.
#[derive(Clone, Debug, Args)]
pub struct Diff {
    /// Folder of the old build [default: OUT/previous, which `run` keeps]
    pub old: Option<PathBuf>,
    /// Folder of the new build [default: OUT]
    pub new: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Told::Text)]
    pub format: Told,
    /// File to write to instead of the screen
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only these tables
    #[arg(long = "table", value_name = "TABLE")]
    pub tables: Vec<String>,
    /// Folder of the published tables
    #[arg(long, value_name = "DIR", default_value = "outputs")]
    pub out: PathBuf,
}

/// Options of `add`.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// The publishers' files, as downloaded
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The return they belong to [default: told by their headers]
    #[arg(long, value_name = "NAME")]
    pub r#return: Option<String>,
    /// The release they are [default: told by their periods and those of the release before]
    #[arg(long, value_name = "NAME")]
    pub release: Option<String>,
    /// Where they were taken from
    #[arg(long)]
    pub url: Option<String>,
    /// The day they were published, as 2025-06-26
    #[arg(long, value_name = "DAY")]
    pub published: Option<String>,
    /// Put them in the place of different files of the same name, which are kept beside them
    #[arg(long)]
    pub replace: bool,
    /// Folder to file them in [default: data/returns]
    #[arg(long = "returns", value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
}

/// Options of `fetch`.
#[derive(Clone, Debug, Default, Args)]
pub struct Fetch {
    /// Tables or returns to fetch, by name; all whose pipelines say where, unless named
    #[arg(value_name = "TABLE|RETURN")]
    pub names: Vec<String>,
    /// Say what there is and what is filed of it, and download nothing
    #[arg(long)]
    pub list: bool,
    /// The release that the data sets are [default: told by their periods, else the year they were published]
    #[arg(long, value_name = "NAME")]
    pub release: Option<String>,
    /// Put them in the place of different files of the same name, which are kept beside them
    #[arg(long)]
    pub replace: bool,
    /// The largest file to take
    #[arg(long, value_name = "SIZE", default_value = "500MB")]
    pub max_size: String,
    /// How long to wait for a server that is silent, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
    /// How often to try before giving up, waiting longer each time
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub tries: u32,
    /// Address of the statistics API, for a mirror [default: ABREAST_API if set, else `https://api.education.gov.uk/statistics`]
    #[arg(long, value_name = "URL")]
    pub api: Option<String>,
    /// Folder to file them in [default: data/returns]
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
}

/// Options of `inspect`.
#[derive(Clone, Debug, Args)]
pub struct Inspect {
    /// The file: CSV, XLSX, XLS, XLSB or ODS, or a CSV in a .zip or .gz
    pub file: PathBuf,
    /// The release it is [default: told by its periods]
    #[arg(long, value_name = "NAME")]
    pub release: Option<String>,
    /// The pipeline to compare it with [default: the one that fits best]
    #[arg(long, value_name = "TABLE")]
    pub table: Option<String>,
    /// Folder of the publishers' files, whose newest release it is compared with
    #[arg(long, value_name = "DIR")]
    pub returns: Option<PathBuf>,
    /// Folder of the pipeline files
    #[arg(long, value_name = "DIR")]
    pub pipelines: Option<PathBuf>,
}
