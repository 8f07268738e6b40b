//! What can be asked of a refresh; the comments of the fields are the help that is printed.

use std::path::PathBuf;

use clap::Args;

use crate::home::IfLocked;

use crate::progress::Progress;

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
    /// Names of authorities beside those of `data/reference/aliases.csv`, written as they are.
    #[arg(skip)]
    pub aliases: String,
    /// Whether records are read even where an engine's counts of them stand.
    #[arg(skip)]
    pub records: bool,
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
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub if_locked: IfLocked,
    /// Write the exact figures of tables about children into this folder, for the council's own eyes, and nothing else
    #[arg(long, value_name = "DIR", conflicts_with_all = ["authority", "figures_only", "no_wait"])]
    pub exact: Option<PathBuf>,
    /// How far it is, for who watches.
    #[arg(skip)]
    pub progress: Progress,
}
