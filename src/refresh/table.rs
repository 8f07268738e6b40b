//! One table through the stages: load, normalise, check, compare, publish.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::area::{LaCode, Register};
use crate::check;
use crate::comparator::Comparator;
use crate::compare::{Comparison, Context, Depth, Subject};
use crate::counted::Counted;
use crate::finding::{Error, Finding, Place, likely};
use crate::frame::Frame;
use crate::grid::{Layout as SheetLayout, TextTable};
use crate::home::Returns;
use crate::load;
use crate::normalise::{Account, Input, Meta, Normalised, normalise};
use crate::period::as_written;
use crate::pipeline::{Feeds, Measure, Pipeline, ReleaseBlock};
use crate::protect::protect;
use crate::provenance::{PROGRAM, hash};
use crate::publish::{AccountMeta, Encoded, FORMAT, MeasureMeta, Part, TableMeta, encode};
use crate::quarantine::{Refusals, Refused};
use crate::schema::{COMPARISONS, OBSERVATIONS, Periods, column};
use crate::statistics::Polarity;
use crate::value::Status;

use crate::store::{links, path_of};

use super::agree::{Asked, Lent, lend, lend_from};
use super::outputs::Outputs;
use super::plan::{Job, Source};

/// The stages of a run, in order.
pub const STAGES: [&str; 7] = ["load", "normalise", "protect", "check", "compare", "publish", "chart"];

/// Time and memory of each stage, added up over tables.
#[derive(Clone, Debug, Default)]
pub struct Stages {
    time: [Duration; STAGES.len()],
    memory: [usize; STAGES.len()],
}

impl Stages {
    /// Runs `work` as a part of the stage called `name`.
    pub fn timed<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        if let Some(stage) = STAGES.iter().position(|stage| *stage == name) {
            self.time[stage] += start.elapsed();
            let now = memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem);
            self.memory[stage] = self.memory[stage].max(now);
        }
        done
    }

    /// Adds what another table took.
    pub fn add(&mut self, other: &Stages) {
        for stage in 0..STAGES.len() {
            self.time[stage] += other.time[stage];
            self.memory[stage] = self.memory[stage].max(other.memory[stage]);
        }
    }

    /// Name, time on all cores and most memory seen, of each stage that did anything.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, Duration, usize)> + '_ {
        STAGES
            .iter()
            .enumerate()
            .map(|(stage, name)| (*name, self.time[stage], self.memory[stage]))
            .filter(|(_, time, _)| !time.is_zero())
    }
}

/// What every table of a run shares.
pub struct Shared<'a> {
    /// The register, with the neighbour sets that returns supplied.
    pub register: &'a Register,
    /// A hash of all that the register was read from.
    pub register_hash: String,
    /// What to compare with.
    pub comparators: Vec<Comparator>,
    /// How much to work out.
    pub depth: Depth,
    /// Where the returns are.
    pub returns: &'a Returns,
    /// Where to write, none for a check.
    pub outputs: Option<&'a Outputs>,
    /// Whether to do again what did not change.
    pub force: bool,
    /// The figures that checks of two tables ask for.
    pub asked: &'a Asked,
    /// The tables whose comparisons stand in the outputs, each with the fingerprint they were made from.
    pub compared: BTreeMap<String, String>,
    /// A file that is open already, by its path: it is not read again.
    pub opened: Option<(&'a Path, &'a load::Opened)>,
}

/// What stands in a file: its bytes, or its cells where it is open already.
pub(crate) enum Content<'a> {
    Bytes(Vec<u8>),
    Cells(&'a load::Opened),
}

/// What became of a table.
pub struct Outcome {
    /// Its footer.
    pub meta: TableMeta,
    /// Its name.
    pub name: String,
    /// Whether it was left alone because nothing changed.
    pub unchanged: bool,
    /// Whether it stands in the outputs as it should.
    pub written: bool,
    /// Its comparisons, encoded; none where it was left alone or failed.
    pub comparisons: Option<Encoded>,
    /// Neighbour sets it feeds: year, authority, rank, neighbour.
    pub neighbours: Vec<(u16, LaCode, u8, LaCode)>,
    /// Observations made.
    pub observations: usize,
    /// Comparisons made.
    pub compared: usize,
    /// Time and memory.
    pub stages: Stages,
    /// What was found.
    pub findings: Vec<Finding>,
    /// The rows refused.
    pub refused: Vec<Refused>,
    /// The figures that checks of two tables ask this one for.
    pub lent: Lent,
}

/// Makes the table of `job`, or leaves it alone where its footer already says what a run would say.
///
/// # Errors
/// The outputs cannot be written.
pub fn make(job: &Job, shared: &Shared<'_>) -> Result<Outcome, Error> {
    let pipeline = &job.pipeline;
    let mut stages = Stages::default();
    let mut findings = job.lost.clone();
    let raw = stages.timed("load", || raw(job, shared.opened, &mut findings));
    let inputs: BTreeMap<String, String> = raw
        .iter()
        .map(|(source, _, hash)| (source.shown.clone(), hash.clone()))
        .chain(job.sources.iter().filter_map(meta_hash))
        .collect();
    let fingerprint = fingerprint(pipeline, &inputs, shared);
    let mut outcome = Outcome {
        meta: TableMeta::default(),
        name: pipeline.name.clone(),
        unchanged: false,
        written: false,
        comparisons: None,
        neighbours: Vec::new(),
        observations: 0,
        compared: 0,
        stages,
        findings,
        refused: Vec::new(),
        lent: Lent::new(),
    };
    if !shared.force
        && outcome.findings.is_empty()
        && let Some(known) = shared
            .outputs
            .and_then(|outputs| outputs.known(&pipeline.name))
            .filter(|known| known.fingerprint == fingerprint)
            // Its comparisons may be damaged where the table is not.
            .filter(|_| shared.compared.get(&pipeline.name) == Some(&fingerprint))
    {
        outcome.findings.clone_from(&known.findings);
        outcome.observations = known.accounts.iter().map(|account| account.observations).sum();
        outcome.unchanged = true;
        outcome.written = true;
        outcome.meta = known;
        let root = shared.outputs.map(Outputs::root);
        outcome.lent = root.map(|out| lend_from(&pipeline.name, out, shared.asked)).unwrap_or_default();
        if let Some(out) = root.filter(|_| pipeline.feeds.is_some()) {
            // The other tables need what it feeds, whether or not it was made again.
            let frame = crate::publish::rows(&path_of(out, &pipeline.name), OBSERVATIONS, &[])?;
            outcome.neighbours = links(&frame).unwrap_or_default();
        }
        return Ok(outcome);
    }
    let Outcome { stages, findings, refused, .. } = &mut outcome;
    let mut loaded = stages.timed("load", || load(job, raw, findings, refused));
    let failed = outcome.findings.iter().any(Finding::is_error);
    let normalised =
        outcome.stages.timed("normalise", || normalise(pipeline, std::mem::take(&mut loaded), shared.register));
    let Normalised { observations, findings: found, accounts, measures, corrected, accepted, counted } = normalised;
    let read = check::Read { corrected: &corrected, accepted: &accepted };
    // In a return with a row a measure, a cell that its measure does not use is empty by design.
    let sparse = pipeline.releases.iter().any(|block| block.measure_column.is_some());
    outcome.findings.extend(found.into_iter().filter(|finding| !(sparse && finding.code == "empty-cells")));
    // There every measure resolves the columns of the one file: what all of them miss is said once.
    let mut said = BTreeSet::new();
    outcome.findings.retain(|finding| !sparse || said.insert(format!("{finding:?}")));
    outcome.meta = meta(pipeline, &measures, &accounts, inputs, fingerprint, shared);
    outcome.refused.retain(|unknown| accounts.iter().any(|account| counts(account, &unknown.finding)));
    for account in &mut outcome.meta.accounts {
        account.refused += outcome.refused.iter().filter(|unknown| unknown.finding.place.file == account.file).count();
    }
    outcome.findings.extend(nothing_loaded(pipeline, &accounts));
    for Account { release, refused, .. } in accounts {
        outcome.refused.extend(refused.of(&pipeline.name, &release));
    }
    if pipeline.protects() {
        unnamed(&mut outcome);
    }
    let Some(frame) = observations.filter(|_| !failed) else {
        return Ok(outcome);
    };
    let frame = match protected(&mut outcome, pipeline, frame, &counted, shared) {
        Ok(frame) => frame,
        Err(finding) => {
            outcome.findings.push(finding.of(&pipeline.name, ""));
            return Ok(outcome);
        }
    };
    outcome.observations = frame.height();
    if let Ok(periods) = Periods::of(&frame) {
        outcome.meta.breaks = as_written(&pipeline.breaks, &periods.known(), pipeline.period_ends);
    }
    count_observations(&mut outcome.meta.accounts, &frame);
    let checked = outcome.stages.timed("check", || check::check(pipeline, &measures, &frame, shared.register, read));
    let frame = match checked.and_then(|checked| {
        outcome.findings.extend(checked.findings);
        let marked = frame.marked(column::Status, &checked.doubtful, Status::Doubtful.word())?;
        marked.marked(column::Status, &checked.residual, Status::Residual.word())
    }) {
        Ok(frame) => frame,
        Err(finding) => {
            outcome.findings.push(finding.of(&pipeline.name, ""));
            return Ok(outcome);
        }
    };
    if outcome.findings.iter().any(Finding::is_error) {
        return Ok(outcome);
    }
    match lend(&pipeline.name, &frame, shared.asked) {
        Ok(lent) => outcome.lent = lent,
        Err(finding) => outcome.findings.push(finding.of(&pipeline.name, "")),
    }
    if pipeline.feeds.is_some() {
        outcome.neighbours = links(&frame).unwrap_or_default();
    }
    outcome.meta.findings.clone_from(&outcome.findings);
    compare(&mut outcome, pipeline, &measures, &frame, shared)?;
    publish(&mut outcome, &frame, shared)?;
    Ok(outcome)
}

/// Files of which no row is loaded, though none is refused. Where that is all files there is no table, and no other
/// finding would say why.
fn nothing_loaded(pipeline: &Pipeline, accounts: &[Account]) -> Vec<Finding> {
    let is_empty = |account: &&Account| account.rows > 0 && account.loaded == 0 && account.refused.count() == 0;
    let all = accounts.iter().all(|account| is_empty(&account));
    let said = |account: &Account| {
        let rules = account.left_out.iter().map(|(rule, count)| format!("{count} by `{rule}`"));
        let rules = rules.collect::<Vec<_>>().join(", ");
        let rules = if rules.is_empty() { String::new() } else { format!(": left out are {rules}") };
        let message = format!("none of the {} rows is loaded{rules}", account.rows);
        let help = format!("correct the rules of the block in {}; `abreast inspect FILE` tries another", pipeline.path);
        let finding = if all { Finding::error } else { Finding::warning };
        finding("nothing-loaded", message, help).of(&pipeline.name, &account.release).at(Place::file(&account.file))
    };
    accounts.iter().filter(is_empty).map(said).collect()
}

/// Takes the texts of refused rows out of what is said of them: a row is found by its number, and its text may be a name.
fn unnamed(outcome: &mut Outcome) {
    let texts: BTreeSet<String> = outcome.refused.iter_mut().map(|refused| std::mem::take(&mut refused.text)).collect();
    let findings = outcome.findings.iter_mut().chain(outcome.refused.iter_mut().map(|refused| &mut refused.finding));
    for finding in findings.filter(|finding| finding.place.row.is_some()) {
        for text in texts.iter().filter(|text| !text.is_empty()) {
            finding.message = finding.message.replace(&format!("`{text}`"), "the text of the cell");
        }
    }
}

/// The observations as they may be published, in the light of what stands published of them.
fn protected(
    outcome: &mut Outcome,
    pipeline: &Pipeline,
    frame: Frame,
    counted: &[Counted],
    shared: &Shared<'_>,
) -> Result<Frame, Finding> {
    if !pipeline.protects() {
        return Ok(frame);
    }
    let standing = shared.outputs.map(Outputs::root).map(|out| [out.to_owned(), out.join("previous")]);
    let before: Vec<Frame> = standing
        .iter()
        .flatten()
        .filter_map(|out| crate::publish::rows(&path_of(out, &pipeline.name), OBSERVATIONS, &[]).ok())
        .collect();
    let (frame, findings) = outcome.stages.timed("protect", || protect(pipeline, frame, counted, &before))?;
    outcome.findings.extend(findings);
    Ok(frame)
}

/// The bytes and hash of each file; an unreadable one is a finding.
fn raw<'j>(
    job: &'j Job,
    opened: Option<(&Path, &'j load::Opened)>,
    findings: &mut Vec<Finding>,
) -> Vec<(&'j Source, Content<'j>, String)> {
    let mut raw = Vec::new();
    for source in &job.sources {
        if let Some((_, cells)) = opened.filter(|(path, _)| *path == source.path) {
            // Only what is written needs a hash.
            raw.push((source, Content::Cells(cells), String::new()));
            continue;
        }
        match load::read(&source.path, &source.shown) {
            Ok(bytes) => {
                let hash = hash(&bytes);
                raw.push((source, Content::Bytes(bytes), hash));
            }
            Err(finding) => findings.push(finding.of(&job.pipeline.name, source.release.as_str())),
        }
    }
    raw
}

/// Cuts the table of each release out of its file.
fn load<'j>(
    job: &'j Job,
    raw: Vec<(&'j Source, Content<'j>, String)>,
    findings: &mut Vec<Finding>,
    refused: &mut Vec<Refused>,
) -> Vec<Input<'j>> {
    let mut inputs = Vec::new();
    for (source, content, _) in raw {
        let Some(block) = job.block(source) else { continue };
        match open(&job.pipeline, source, block, content) {
            Ok((table, found)) => {
                findings
                    .extend(found.into_iter().map(|finding| finding.of(&job.pipeline.name, source.release.as_str())));
                if block.parts.is_empty() {
                    inputs.push(Input { release: &source.release, block, table, meta: meta_beside(source) });
                    continue;
                }
                let (found, rows) = unknown_measures(&job.pipeline, block, &table, source.release.as_str());
                findings.extend(found);
                refused.extend(rows);
                let part =
                    |block| Input { release: &source.release, block, table: table.clone(), meta: Meta::default() };
                inputs.extend(block.parts.iter().map(part));
            }
            Err(finding) => findings.push(finding.of(&job.pipeline.name, source.release.as_str())),
        }
    }
    inputs
}

/// Whether a row without a measure counts as refused: the file was not refused as a whole before.
fn counts(account: &Account, unknown: &Finding) -> bool {
    account.file == unknown.place.file && account.unaccounted() > 0
}

/// The words of a `measure_column` that no measure has, each at its first row, and every such row.
fn unknown_measures(
    pipeline: &Pipeline,
    block: &ReleaseBlock,
    table: &TextTable,
    release: &str,
) -> (Vec<Finding>, Vec<Refused>) {
    let Some(column) = &block.measure_column else { return Default::default() };
    // A column that is not there is said when the block is resolved.
    let Some(position) = table.position(column.get_ref()) else { return Default::default() };
    let cells = table.frame.columns()[position].str();
    let known = |word: &str| {
        let same = |other: &str| other.eq_ignore_ascii_case(word);
        pipeline.measures.iter().any(|(name, measure)| same(name) || same(&measure.label))
    };
    let mut findings: Vec<Finding> = Vec::new();
    let mut refused = Refusals::default();
    for (row, word) in cells.into_iter().flat_map(|cells| cells.iter()).enumerate() {
        let word = word.unwrap_or_default().trim();
        if known(word) {
            continue;
        }
        let labels = pipeline.measures.values().map(|measure| measure.label.as_str());
        let help = match likely(word, labels) {
            Some(label) => format!("did you mean `{label}`?"),
            None => format!("declare it under `[measures]` in {}", pipeline.path),
        };
        let finding = Finding::error("unknown-measure", format!("no measure is called `{word}`"), help)
            .of(&pipeline.name, release)
            .at(table.place(Some(row), Some(position)));
        if !findings.iter().any(|said| said.message == finding.message) {
            findings.push(finding.clone());
        }
        refused.row(finding, word);
    }
    (findings, refused.of(&pipeline.name, release))
}

/// Opens a file and cuts the block's table out of its sheet.
pub(crate) fn open(
    pipeline: &Pipeline,
    source: &Source,
    block: &ReleaseBlock,
    content: Content<'_>,
) -> Result<(TextTable, Vec<Finding>), Finding> {
    let layout = sheet_layout(pipeline, block)?;
    let matcher = match &block.sheet {
        Some(name) => {
            Some(globset::GlobBuilder::new(name.get_ref()).case_insensitive(true).build().map_err(|error| {
                Finding::error(
                    "pipeline-declaration",
                    format!("`sheet` is no glob: {error}"),
                    "`*` stands for anything; put other signs in brackets",
                )
                .at(pipeline.place(name.span()))
            })?)
        }
        None => None,
    };
    let matcher = matcher.map(|glob| glob.compile_matcher());
    let exact = block.sheet.as_ref().map(|name| name.get_ref().as_str());
    let wanted = |name: &str| {
        matcher
            .as_ref()
            .is_none_or(|glob| glob.is_match(name) || exact.is_some_and(|exact| exact.eq_ignore_ascii_case(name)))
    };
    let read;
    let opened = match content {
        Content::Cells(opened) => opened,
        Content::Bytes(bytes) => {
            read = load::open(bytes, &source.path, &source.shown, &wanted)?;
            &read
        }
    };
    let fitting: Vec<usize> = (0..opened.sheets.len())
        .filter(|&index| opened.sheets[index].0.is_empty() || wanted(&opened.sheets[index].0))
        .collect();
    let shown: Vec<usize> = fitting.iter().copied().filter(|&index| !opened.is_hidden(index)).collect();
    let chosen = match (fitting.as_slice(), shown.as_slice()) {
        // A hidden sheet is a working copy: read only where its name is asked for and no sheet that is shown has it.
        ([only], _) | (_, [only]) => *only,
        ([_, ..], _) if block.sheet.is_none() => opened.first(&fitting).unwrap_or_default(),
        (several, _) => {
            let names: Vec<&str> = if several.is_empty() {
                opened.sheets.iter().map(|(name, _)| name.as_str()).collect()
            } else {
                several.iter().map(|&index| opened.sheets[index].0.as_str()).collect()
            };
            let wanted = exact.unwrap_or_default();
            let message = if several.is_empty() {
                format!("no sheet fits `{wanted}`; the workbook has {}", names.join(", "))
            } else {
                format!("several sheets fit `{wanted}`: {}", names.join(", "))
            };
            return Err(Finding::error("no-sheet", message, format!("correct `sheet` in {}", pipeline.path))
                .at(Place::file(&source.shown)));
        }
    };
    let (name, grid) = &opened.sheets[chosen];
    let table = TextTable::cut(&source.shown, name, grid, &layout)?;
    let mut findings: Vec<Finding> =
        hidden(opened, chosen).map(|finding| finding.at(Place::file(&source.shown))).into_iter().collect();
    if let Some(row) = grid.overlong.first() {
        let place = Place { row: Some(*row), sheet: name.clone(), ..Place::file(&source.shown) };
        let message = format!(
            "{} rows have cells beyond the last column that Excel has; those cells are not read",
            grid.overlong.len()
        );
        findings.push(Finding::warning("overlong-row", message, "look at the row: a quote may be missing").at(place));
    }
    Ok((table, findings))
}

/// That the sheet which is read is hidden, or that hidden ones are not read.
fn hidden(opened: &load::Opened, chosen: usize) -> Option<Finding> {
    let name = |index: usize| format!("`{}`", opened.sheets[index].0);
    if opened.is_hidden(chosen) {
        let message = format!("sheet {} is read, which Excel does not show: it is hidden", name(chosen));
        let help = "make sure that it is not a working copy; `sheet` in the block names the sheet that is read";
        return Some(Finding::warning("hidden-sheet", message, help));
    }
    let before: Vec<String> = (0..chosen).filter(|&index| opened.is_hidden(index)).map(name).collect();
    let message = format!("hidden sheets before the one that is read are left out: {}", before.join(", "));
    (!before.is_empty()).then(|| {
        Finding::note("hidden-sheet", message, "nothing to do, unless one of them is meant: name it under `sheet`")
    })
}

fn sheet_layout(pipeline: &Pipeline, block: &ReleaseBlock) -> Result<SheetLayout, Finding> {
    let layout = SheetLayout { header: block.header.clone(), ..SheetLayout::default() };
    match &block.range {
        None => Ok(layout),
        Some(range) => layout.range(range.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no range of cells", range.get_ref());
            Finding::error("pipeline-declaration", message, "write it as Excel does, such as `A5:J160`")
                .at(pipeline.place(range.span()))
        }),
    }
}

/// The path of the `.meta.csv` beside the file at `path`, and as it is shown; none where there is none.
fn meta_path(path: &Path, shown: &str) -> Option<(PathBuf, String)> {
    let beside = path.with_extension("meta.csv");
    let shown = format!("{}.meta.csv", shown.trim_end_matches(".csv"));
    beside.is_file().then_some((beside, shown))
}

/// The name and hash of the `.meta.csv` beside a file: labels, units and filters are made from it.
fn meta_hash(source: &Source) -> Option<(String, String)> {
    let (path, shown) = meta_path(&source.path, &source.shown)?;
    let bytes = load::read(&path, &shown).ok()?;
    Some((shown, hash(&bytes)))
}

/// What the `.meta.csv` beside the file of a release says; nothing where there is none or it cannot be read.
pub(crate) fn meta_beside(source: &Source) -> Meta {
    meta_at(&source.path, &source.shown)
}

/// What the `.meta.csv` beside the file at `path`, which messages call `shown`, says.
pub(crate) fn meta_at(path: &Path, shown: &str) -> Meta {
    let Some((path, shown)) = meta_path(path, shown) else { return Meta::default() };
    let table =
        load::read(&path, &shown).and_then(|bytes| load::open(bytes, &path, &shown, &|_| true)).and_then(|opened| {
            opened
                .sheets
                .first()
                .ok_or_else(|| Finding::error("empty-file", "no table", ""))
                .and_then(|(_, grid)| TextTable::cut(&shown, "", grid, &SheetLayout::default()))
        });
    table.map(|table| Meta::read(&table)).unwrap_or_default()
}

/// One hash over everything the table and its comparisons are made from.
fn fingerprint(pipeline: &Pipeline, inputs: &BTreeMap<String, String>, shared: &Shared<'_>) -> String {
    let comparators: Vec<String> = shared.comparators.iter().map(|comparator| format!("{comparator:?}")).collect();
    let all = format!(
        "{}\n{FORMAT}\n{}\n{}\n{}\n{:?}\n{inputs:?}\n{}",
        PROGRAM,
        pipeline.text,
        shared.register_hash,
        comparators.join(" "),
        shared.depth,
        shared.returns.illustrative(&pipeline.return_name)
    );
    hash(all.as_bytes())
}

fn meta(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    accounts: &[Account],
    inputs: BTreeMap<String, String>,
    fingerprint: String,
    shared: &Shared<'_>,
) -> TableMeta {
    let source = &pipeline.source;
    let words: Vec<&str> = [&source.publisher, &source.publication]
        .into_iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    TableMeta {
        title: pipeline.title.clone(),
        source: words.join(", "),
        licence: source.licence.clone(),
        illustrative: shared.returns.illustrative(&pipeline.return_name),
        inputs,
        pipeline: hash(pipeline.text.as_bytes()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint,
        measures: measures.iter().map(|(name, measure)| (name.clone(), measure_meta(measure, measures))).collect(),
        findings: Vec::new(),
        accounts: accounts.iter().map(account_meta).collect(),
        parts: Vec::new(),
        breaks: Vec::new(),
        neighbours: pipeline.feeds == Some(Feeds::Neighbours),
        own: pipeline.provisional,
    }
}

fn measure_meta(measure: &Measure, measures: &BTreeMap<String, Measure>) -> MeasureMeta {
    let denominator = measure.denominator.as_ref().map(|key| {
        let label = measures.get(key).map(|counted| counted.label.clone());
        label.unwrap_or_else(|| key.replace('_', " "))
    });
    let polarity = match measure.polarity() {
        Polarity::High => "high",
        Polarity::Low => "low",
        Polarity::None => "none",
    };
    MeasureMeta {
        label: measure.label.clone(),
        unit: measure.unit.word().to_owned(),
        polarity: polarity.to_owned(),
        places: measure.places(),
        definition: measure.definition.clone(),
        headline: measure.headline,
        minimum: measure.minimum_denominator,
        dependent: !measure.independent,
        matters: measure.matters,
        short: measure.short.clone(),
        breakdown: measure.breakdown.clone(),
        denominator: denominator.unwrap_or_default(),
    }
}

fn account_meta(account: &Account) -> AccountMeta {
    AccountMeta {
        release: account.release.clone(),
        file: account.file.clone(),
        rows: account.rows,
        loaded: account.loaded,
        left_out: account.left_out.clone(),
        refused: account.refused.count(),
        observations: 0,
    }
}

fn count_observations(accounts: &mut [AccountMeta], frame: &Frame) {
    let Ok(release) = frame.get(column::Release) else { return };
    let mut counts = vec![0; release.words.len()];
    for row in 0..frame.height() {
        counts[release.codes.get(row)] += 1;
    }
    for account in accounts {
        account.observations = release.code(&account.release).map_or(0, |code| counts[code]);
    }
}

/// What a council's own figures stand beside: England, where the return has it; never other authorities.
const OWN: [Comparator; 1] = [Comparator::England];

/// Rows of comparisons that are put out at once.
const SLICE_ROWS: usize = 500_000;

fn compare(
    outcome: &mut Outcome,
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
    shared: &Shared<'_>,
) -> Result<(), Error> {
    let breaks = outcome.meta.breaks.clone();
    let context = Context {
        register: shared.register,
        measures: measures.iter().map(|(name, measure)| (name.clone(), Subject::from(measure))).collect(),
        stand_ins: measures.iter().map(|(name, measure)| (name.clone(), measure.breakdown.clone())).collect(),
        breaks: &breaks,
        comparators: if pipeline.provisional { &OWN } else { &shared.comparators },
        depth: shared.depth,
        rank_minimum: None,
        ranked: !pipeline.provisional,
        only: None,
    };
    let Outcome { stages, findings, .. } = outcome;
    let comparison = match stages.timed("compare", || Comparison::of(frame, &context)) {
        Ok(comparison) => comparison,
        Err(finding) => {
            findings.push(finding.of(&pipeline.name, ""));
            return Ok(());
        }
    };
    let mut encoded = Encoded::empty();
    for slice in comparison.slices(SLICE_ROWS) {
        let rows = stages.timed("compare", || comparison.frame(slice));
        let done = rows.and_then(|rows| {
            outcome.compared += rows.height();
            if shared.outputs.is_none() || rows.height() == 0 {
                return Ok(Encoded::empty());
            }
            stages.timed("publish", || encode(&rows, COMPARISONS))
        });
        match done {
            Ok(part) => encoded.extend(part),
            Err(finding) => {
                findings.push(finding.of(&pipeline.name, ""));
                return Ok(());
            }
        }
    }
    outcome.comparisons = Some(encoded);
    Ok(())
}

fn publish(outcome: &mut Outcome, frame: &Frame, shared: &Shared<'_>) -> Result<(), Error> {
    let Some(outputs) = shared.outputs else {
        outcome.written = true;
        return Ok(());
    };
    let Outcome { stages, meta, findings, name, .. } = outcome;
    let written = stages.timed("publish", || match encode(frame, OBSERVATIONS) {
        Ok(encoded) => outputs.write_table(name, OBSERVATIONS, meta, vec![Part::Fresh(encoded)]).map(Ok),
        Err(finding) => Ok(Err(finding)),
    })?;
    match written {
        Ok(()) => outcome.written = true,
        Err(finding) => findings.push(finding.of(name, "")),
    }
    Ok(())
}
