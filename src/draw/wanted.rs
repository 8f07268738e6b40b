//! Which chart is wanted; the comments of the fields are the help that is printed.

use clap::Args;

use crate::report::ChartKind;

/// A chart that somebody wants.
#[derive(Clone, Debug, Args)]
pub struct Wanted {
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
}
