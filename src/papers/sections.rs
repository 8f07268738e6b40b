//! A report file and the stock of facts to a document: sections, what is missing, notes, sources and definitions.

use crate::area::Authority;
use crate::finding::Error;
use crate::publish::TableMeta;
use crate::publish::document::{Annex, Block, Cell, Charts, Column, Document, Figure, Remark, Section as Part, Table};
use crate::report::{ChartKind, Report, Section, TableKind};

use super::Stock;
use super::choose::{Chosen, Lacking, choose};
use super::local::{Locals, is_local};
use super::own_tables::OwnView;
use super::pictures::{palette, picture};
use super::projections::projections;
use super::tables::titled;
use super::verdicts::{plan, results};
use super::view::View;
use crate::comparator::Comparator;

/// The report about one authority.
///
/// # Errors
/// A name in the report file that nothing has, or a chart that cannot be drawn.
pub fn document(report: &Report, authority: &Authority, stock: &Stock<'_>) -> Result<Document, Error> {
    let mut document = Document {
        title: report.title.clone(),
        authority: authority.name.clone(),
        introduction: paragraphs(&report.introduction, authority),
        ..Document::default()
    };
    let mut used: Vec<Chosen<'_>> = Vec::new();
    for (index, section) in report.sections.iter().enumerate() {
        let (chosen, lacking) = choose(report, &section.measures, stock.catalogue, stock.pipelines)?;
        let blocks = blocks(report, section, authority, stock, &chosen, &lacking)?;
        let heading = section.heading.clone();
        document.sections.push(Part { id: format!("section-{}", index + 1), heading, blocks, ..Part::default() });
        for measure in chosen {
            if !used.iter().any(|known| known.table == measure.table && known.name == measure.name) {
                used.push(measure);
            }
        }
    }
    number(&mut document);
    document.illustrative = used.iter().any(|measure| measure.meta.illustrative);
    document.annex = Annex {
        words: notes(&used).into_iter().map(|text| Remark { text, ..Remark::default() }).collect(),
        sources: sources(&used),
        definitions: definitions(&used),
        ..Annex::default()
    };
    Ok(document)
}

/// Every table gets a name of its own.
fn number(document: &mut Document) {
    let mut tables = 0;
    for block in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Table(table) = block {
            tables += 1;
            table.id = format!("table-{tables}");
        }
    }
}

/// The paragraphs of a text; `{authority}` is the authority's name.
fn paragraphs(text: &str, authority: &Authority) -> Vec<String> {
    text.split("\n\n")
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ").replace("{authority}", &authority.name))
        .filter(|part| !part.is_empty())
        .collect()
}

fn blocks(
    report: &Report,
    section: &Section,
    authority: &Authority,
    stock: &Stock<'_>,
    chosen: &[Chosen<'_>],
    lacking: &[Lacking],
) -> Result<Vec<Block>, Error> {
    let mut blocks: Vec<Block> =
        paragraphs(&section.introduction, authority).into_iter().map(|text| Block::Paragraph { text }).collect();
    let period = section.period.as_deref().unwrap_or(&report.period);
    let period = (period != "latest").then_some(period);
    let view = View {
        compared: &stock.compared,
        register: stock.register,
        authority: authority.code,
        who: &authority.name,
        beside: besides(report, section, stock)?,
        period,
        years: report.years,
        noted: choose(report, &section.noted, stock.catalogue, stock.pipelines)?.0,
    };
    let before = blocks.len();
    let none = Locals::default();
    let locals = stock.locals.get(&report.name).unwrap_or(&none);
    let own = OwnView { locals, authority: authority.code, who: &authority.name, period };
    for kind in &section.tables {
        blocks.extend(tables(*kind, &view, &own, chosen, section));
    }
    let palette = palette(report)?;
    for measure in chosen {
        // A council's own figures stand beside nobody's: they are drawn over time and in no order.
        for kind in section.charts.iter().filter(|kind| !is_local(measure) || **kind == ChartKind::Trend) {
            let drawn = picture(*kind, measure, authority.code, (section, period), &palette, stock)?;
            blocks.extend(drawn.map(chart));
        }
    }
    if blocks.len() == before && !chosen.is_empty() {
        let when = period.map_or_else(String::new, |period| format!(" in {period}"));
        let all = listed(chosen.iter().map(|measure| measure.measure.label.clone()));
        let text = format!("No figure was published for {}{when}: {all}.", authority.name);
        blocks.push(Block::Paragraph { text });
    }
    blocks.extend(missing(lacking));
    Ok(blocks)
}

/// The tables of one kind: of the published measures, and of the council's own.
fn tables(kind: TableKind, view: &View<'_>, own: &OwnView<'_>, chosen: &[Chosen<'_>], section: &Section) -> Vec<Block> {
    let (local, published): (Vec<Chosen<'_>>, Vec<Chosen<'_>>) = chosen.iter().copied().partition(is_local);
    let heading = &section.heading;
    let tables: Vec<Table> = match kind {
        TableKind::Standing => {
            view.standing(&published, heading).into_iter().chain(own.latest(&local, heading)).collect()
        }
        TableKind::Years => {
            let own = local.iter().filter_map(|measure| own.months(measure, view.years));
            published.iter().filter_map(|measure| view.years(measure)).chain(own).collect()
        }
        TableKind::Breakdown => published.iter().filter_map(|measure| view.breakdown(measure, section)).collect(),
        TableKind::Cross => view.cross(&published, section).into_iter().chain(own.cross(&local, section)).collect(),
        TableKind::Scorecard => own.scorecard(&local, heading).into_iter().collect(),
        TableKind::Areas => own.areas(&local, heading).into_iter().collect(),
        TableKind::Targets if chosen.is_empty() => plan(own.locals, own.authority, own.who).into_iter().collect(),
        TableKind::Targets => results(chosen, view, own, heading).into_iter().collect(),
        TableKind::Projection => return projections(chosen, view, own, section),
    };
    tables.into_iter().map(Block::Table).collect()
}

/// The comparators of a section.
///
/// # Errors
/// Nothing is called so, or a set of neighbours that the run did not compare with.
fn besides(report: &Report, section: &Section, stock: &Stock<'_>) -> Result<Vec<Comparator>, Error> {
    let words = section.compare.as_ref().unwrap_or(&report.compare);
    let resolve = |word: &toml::Spanned<String>| {
        let wrong = |message: String, help: String| Error::declaration(report.place(word), message, help);
        let comparator = Comparator::read(word.get_ref(), stock.register).map_err(|error| match error {
            Error::Usage { message, help } => wrong(message, help),
            other => other,
        })?;
        match comparator {
            Comparator::NeighboursOf(year) => {
                let message = format!("a report compares with the newest set of neighbours, not with that of {year}");
                Err(wrong(message, "write `neighbours`".to_owned()))
            }
            other => Ok(other),
        }
    };
    words.iter().map(resolve).collect()
}

/// What is not there and which file of which return would supply it, a sentence a file.
fn missing(lacking: &[Lacking]) -> Vec<Block> {
    let mut files: Vec<(&str, &str)> =
        lacking.iter().map(|lack| (lack.return_name.as_str(), lack.file.as_str())).collect();
    files.sort_unstable();
    files.dedup();
    let sentence = |(name, file): (&str, &str)| {
        let of: Vec<&Lacking> = lacking.iter().filter(|lack| lack.return_name == name && lack.file == file).collect();
        let publication = of.iter().map(|lack| lack.publication.as_str()).find(|words| !words.is_empty());
        let publication = publication.map_or_else(String::new, |words| format!(" ({words})"));
        let text = format!(
            "Not shown: {}. No file `{file}` of the return `{name}`{publication} is loaded: put it into the returns folder and run again.",
            listed(of.iter().map(|lack| lack.label.clone()))
        );
        Block::Paragraph { text }
    };
    files.into_iter().map(sentence).collect()
}

fn chart(figure: Figure) -> Block {
    Block::Charts(Charts { across: 1, figures: vec![figure] })
}

fn listed(words: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    if all.len() > 6 {
        let more = all.len() - 5;
        all.truncate(5);
        all.push(format!("{more} more"));
    }
    all.join("; ")
}

fn notes(used: &[Chosen<'_>]) -> Vec<String> {
    let mut notes: Vec<String> = [
        "Figures are rounded half up for display; the workbook keeps them whole.",
        "Statistical neighbours: the average of those that have a figure, the authority itself left out.",
        "[x] not available; [z] not applicable; [c] withheld to protect confidentiality; [low] rounds to 0 but is not 0; [u] too unreliable to publish; [w] worked out from its counts; [?] doubted by a check, so in no rank; [o] of a time when the authority was not open, so in no rank.",
    ]
    .map(str::to_owned)
    .into();
    for measure in used {
        let note = measure.pipeline.map_or("", |pipeline| pipeline.note.as_str());
        let line = format!("{}: {note}", measure.meta.title);
        if !note.is_empty() && !notes.contains(&line) {
            notes.push(line);
        }
    }
    notes
}

/// Publisher, publication, release and file of every table used.
fn sources(used: &[Chosen<'_>]) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    for measure in used {
        let line = source(&measure.meta.title, measure.meta);
        if !sources.contains(&line) {
            sources.push(line);
        }
    }
    sources
}

/// Where one table comes from: the newest release and, where older ones hold other years, those too.
pub fn source(title: &str, meta: &TableMeta) -> String {
    let mut files: Vec<String> = Vec::new();
    for account in meta.accounts.iter().rev() {
        let file = format!("release {}, file {}", account.release, account.file);
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let licence = if meta.licence.is_empty() { String::new() } else { format!(", licence {}", meta.licence) };
    format!("{title}: {}, {}{licence}", meta.source, files.join("; before it "))
}

fn definitions(used: &[Chosen<'_>]) -> Option<Table> {
    if used.is_empty() {
        return None;
    }
    let mut table = Table { id: "measures-table".into(), title: "Measures used".into(), ..Table::default() };
    table.columns = ["Measure", "Definition", "Good is", "Table"].map(Column::words).into();
    for measure in used {
        let definition = if measure.measure.definition.is_empty() { "none given" } else { &measure.measure.definition };
        let good = match measure.measure.polarity.as_str() {
            "none" => "neither",
            word => word,
        };
        let label = titled(measure.measure);
        table.rows.push([&label, definition, good, measure.table].map(Cell::words).into());
    }
    Some(table)
}
