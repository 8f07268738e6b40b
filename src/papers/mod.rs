//! Board papers: report files and published tables to pages, workbooks and folders of charts. A report file with a mistake
//! stops its own papers and no others.

mod absent;
mod actions_table;
mod annex;
mod asked;
mod blank;
mod choose;
pub mod extend;
mod fit;
mod frames;
pub mod front;
mod glance;
mod item;
mod judge;
mod keys;
mod local;
mod masthead;
mod messages;
mod new;
mod noted;
mod options;
mod own_answer;
mod own_first;
mod own_item;
mod own_messages;
mod own_months;
mod own_tables;
mod paired;
mod paper;
mod parts;
mod pictures;
mod plots;
mod projections;
mod save;
mod scorecard;
mod sections;
mod shelf;
mod similar;
mod since;
mod small;
mod tables;
mod teams;
mod tidy;
mod tiles;
mod traces;
mod verdicts;
mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::area::{Authority, LaCode, Register};
use crate::draw::Releases;
use crate::durable::{FolderLock, lock};
use crate::finding::{Error, Finding};
use crate::home;
use crate::pipeline::Pipeline;
use crate::report::{Report, TableKind};
use crate::schema::TOTAL;

use crate::refresh::told;
use crate::store::{Catalogue, Compared, Found, Rate};
use asked::{Asked, authorities, pool};
pub use blank::starter;
use choose::Chosen;
pub use choose::pipelines;
use frames::Frames;
use local::Locals;
pub use new::new;
use options::Papers as Options;
pub use options::{Papers, ReportCommand};
use parts::Parts;
use save::{Saved, Saving};
pub use shelf::{Kept, Shelf};
use traces::Traces;

/// What all reports of one call share.
struct Stock<'a> {
    catalogue: &'a Catalogue,
    pipelines: &'a [Pipeline],
    register: &'a Register,
    compared: Compared<'a>,
    /// Counts as rates per head, each with its comparisons.
    rates: Vec<(&'a Rate, Compared<'a>)>,
    /// The comparisons of the build before, where one is named.
    before: Option<Compared<'a>>,
    /// A council's own figures and targets, by the report that shows them.
    locals: BTreeMap<String, Locals>,
    /// Those of a report that shows none.
    none: Locals,
    /// The last day of the newest published figures of the build.
    newest: Option<NaiveDate>,
    /// Which release each measure's figures came in, by table and name.
    releases: BTreeMap<(&'a str, &'a str), Releases>,
    /// Where the figures were published.
    traces: Traces,
    /// By which topics figures are published where there is none of the whole.
    parts: Parts,
    /// Whether pictures for Word and slides are made.
    png: bool,
}

/// What making reports came to.
pub struct Made {
    /// The paths of their pages.
    pub pages: Vec<String>,
    /// What could not be done as meant: files that are open elsewhere, reports with a mistake.
    pub findings: Vec<Finding>,
    /// How many reports were asked for.
    pub asked: usize,
}

impl Made {
    /// Adds a finding; one mistake is one finding, however many papers it stops.
    fn say(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

/// How many papers take their places together: all of one authority and report at least.
const AT_ONCE: usize = 24;

/// Makes the reports asked for.
///
/// # Errors
/// No such report or authority, no published table, or a file cannot be written. What is wrong with the one report that is
/// asked for is an error as well.
pub fn make(options: &Options) -> Result<Made, Error> {
    let mut asked = Asked::read(options)?;
    let (register, _) = home::register()?;
    let hold = lock(&options.out, !options.if_locked.no_wait)?;
    let catalogue = Catalogue::open_whole(&options.out)?;
    let pipelines = choose::pipelines(options.pipelines.as_deref())?;
    let mut register = catalogue.with_neighbours(&register)?;
    pool(options, &asked.reports, &mut register);
    // Who is named in the command is no report's mistake.
    options.authority.iter().filter(|name| *name != "all").try_for_each(|name| register.find(name).map(drop))?;
    let returns = home::returns(options.returns.as_deref()).map(|returns| returns.folder);
    let returns = if options.returns.is_some() { Some(returns?) } else { returns.ok() };
    let (mut asks, mut locals, mut people) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    asked.keep(|report| {
        let chosen = measures(report, &catalogue, &pipelines)?;
        locals.insert(
            report.name.clone(),
            own(
                report,
                &chosen.iter().map(|(chosen, _)| *chosen).collect::<Vec<_>>(),
                (&catalogue, &pipelines, &register),
                returns.as_deref(),
            )?,
        );
        people.insert(report.name.clone(), authorities(options, report, &register)?);
        for (chosen, topics) in &chosen {
            let asked = asks.entry((chosen.table, chosen.name)).or_insert_with(|| (chosen.found(), BTreeSet::new()));
            asked.1.extend(topics.iter().cloned());
        }
        Ok(())
    })?;
    let asks = Vec::from_iter(asks.into_values());
    let all: Vec<Found<'_>> = asks.iter().map(|(found, _)| *found).collect();
    let frames = Frames::read(&asks, &catalogue, &register, options.since.as_deref())?;
    let compared = Compared::of(&frames.compared).map_err(broken)?;
    let rates = frames.rates.iter().map(|one| Ok((one, Compared::of(&one.frame).map_err(broken)?)));
    let rates = rates.collect::<Result<Vec<_>, Error>>()?;
    let before = frames.before.as_ref().map(|frame| Compared::of(frame).map_err(broken)).transpose()?;
    let newest = catalogue.newest();
    let codes: BTreeSet<LaCode> = people.values().flatten().map(|one: &&Authority| one.code).collect();
    let releases = releases(&all, &codes, &catalogue)?;
    let traces = Traces::of(&asks, &codes, &catalogue)?;
    let png = !options.no_charts;
    let none = Locals::default();
    let stock = Stock {
        catalogue: &catalogue,
        pipelines: &pipelines,
        register: &register,
        compared,
        rates,
        before,
        locals,
        none,
        newest,
        releases,
        traces,
        parts: Parts::default(),
        png,
    };
    let mut tasks: Vec<(&Report, &Authority)> = Vec::new();
    for report in &asked.reports {
        tasks.extend(people.get(&report.name).into_iter().flatten().map(|authority| (report, *authority)));
    }
    written(&hold, &asked, &tasks, &stock, options)
}

fn broken(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}

/// Which release the figures of each measure came in, by table and name.
fn releases<'a>(
    all: &[Found<'a>],
    people: &BTreeSet<LaCode>,
    catalogue: &Catalogue,
) -> Result<BTreeMap<(&'a str, &'a str), Releases>, Error> {
    let codes: Vec<LaCode> = people.iter().copied().collect();
    let mut tables: BTreeMap<&'a str, Vec<&'a str>> = BTreeMap::new();
    for found in all {
        tables.entry(found.table).or_default().push(found.name);
    }
    let mut releases = BTreeMap::new();
    for (table, names) in tables {
        let words: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut known = Releases::of_table(catalogue, table, &words, &codes)?;
        releases.extend(names.into_iter().map(|name| ((table, name), known.remove(name).unwrap_or_default())));
    }
    Ok(releases)
}

/// Writes the papers, all of one authority and report together, and the front page that names them with the last.
fn written(
    hold: &FolderLock,
    asked: &Asked,
    tasks: &[(&Report, &Authority)],
    stock: &Stock<'_>,
    options: &Options,
) -> Result<Made, Error> {
    let saving = Saving::new(options)?;
    let mut made = Made { pages: Vec::new(), findings: asked.broken.clone(), asked: asked.count };
    let mut left = tasks;
    loop {
        let (now, later) = left.split_at(left.len().min(AT_ONCE));
        let mut batch = hold.batch();
        let pages = now.par_iter().map(|(report, authority)| match paper::document(report, authority, stock) {
            Ok(document) => saving.save(&batch, report, authority, &document).map(Ok),
            Err(error) => asked.stopped(report, error).map(Err),
        });
        for saved in pages.collect::<Result<Vec<Result<Saved, Finding>>, Error>>()? {
            match saved {
                Ok(saved) => {
                    made.pages.push(saved.page);
                    saved.findings.into_iter().for_each(|finding| made.say(finding));
                    // A PDF of figures that the page no longer has would go before a board.
                    saved.old.iter().try_for_each(|old| batch.remove(old))?;
                }
                Err(finding) => made.say(finding),
            }
        }
        if later.is_empty() {
            // The front page names the papers: it takes its place with the last of them or not at all.
            front::write(&batch, stock.catalogue, stock.pipelines)?;
        }
        made.findings.extend(told(&batch.commit_recorded(&[])?));
        if later.is_empty() {
            return Ok(made);
        }
        left = later;
    }
}

/// Every measure that a report names, with the topics that its sections show of it, the whole among them.
fn measures<'a>(
    report: &Report,
    catalogue: &'a Catalogue,
    pipelines: &'a [Pipeline],
) -> Result<Vec<(Chosen<'a>, BTreeSet<String>)>, Error> {
    let mut all = Vec::new();
    for section in &report.sections {
        let topics = [section.topic.as_str(), section.whole(), TOTAL].into_iter().filter(|topic| !topic.is_empty());
        let topics: Vec<&str> = topics.collect();
        for names in [&section.measures, &section.noted] {
            let chosen = choose::choose(report, names, catalogue, pipelines)?.0;
            all.extend(chosen.into_iter().map(|chosen| (chosen, topics_of(&chosen, &topics))));
        }
    }
    let pairs = all.iter().filter_map(|(chosen, _)| paired::pair(chosen, catalogue));
    let pairs: Vec<_> = pairs.map(|chosen| (chosen, topics_of(&chosen, &[TOTAL]))).collect();
    all.extend(pairs);
    Ok(all)
}

/// The topics that are shown of a measure, and that of the part that stands for its whole.
fn topics_of(chosen: &Chosen<'_>, shown: &[&str]) -> BTreeSet<String> {
    let part = chosen.measure.stand_in().map(|(topic, _)| topic);
    shown.iter().copied().chain(part).map(str::to_owned).collect()
}

/// A council's own figures and targets, where a report shows any.
fn own(
    report: &Report,
    chosen: &[Chosen<'_>],
    (catalogue, pipelines, register): (&Catalogue, &[Pipeline], &Register),
    returns: Option<&Path>,
) -> Result<Locals, Error> {
    let files = [TableKind::Targets, TableKind::Actions];
    let targets = report.sections.iter().any(|section| section.tables.iter().any(|kind| files.contains(kind)));
    if !targets && !chosen.iter().any(local::is_local) {
        return Ok(Locals::default());
    }
    let provisional = pipelines.iter().filter(|pipeline| pipeline.provisional);
    let own: BTreeSet<&str> = provisional.map(|pipeline| pipeline.return_name.as_str()).collect();
    Locals::of(chosen, &own, catalogue, register, returns)
}

/// A name that every file system takes.
pub(super) fn slug(text: &str) -> String {
    let name = crate::area::fold(text).replace(' ', "-");
    if name.is_empty() { "report".to_owned() } else { name }
}
