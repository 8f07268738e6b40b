//! One section of a report file about one authority: a question, what answers it, charts, and tables where words of several
//! columns are needed.

use crate::area::{Authority, LaCode};
use crate::finding::Error;
use crate::publish::document::{Block, Charts, PaperChart, Section as Part, Table};
use crate::reading::{Age, Reading, words};
use crate::report::{ChartKind, Report, Section, TableKind};

use super::Stock;
use super::absent::Absent;
use super::choose::{Chosen, choose};
use super::glance;
use super::item::{Item, old};
use super::local::is_local;
use super::messages::score;
use super::own_tables::{OwnView, comments, latest, returned};
use super::pictures::{Frame, Paint, is_beside, is_of_several, palette, picture, width};
use super::projections::projections;
use super::verdicts::{plan, results};
use super::view::View;
use super::{actions_table, own_answer, parts, scorecard, tidy};
use crate::comparator::{Comparator, Members};

/// A section with what it is made of.
pub struct Made<'a> {
    /// As it stands on the page.
    pub part: Part,
    /// The measures with a figure.
    pub items: Vec<Item<'a>>,
    /// Of measures that it shows in parts and that have no figure of the whole, the part that tells most.
    pub spare: Vec<Item<'a>>,
    /// All measures that it names and that are published.
    pub chosen: Vec<Chosen<'a>>,
    /// Whether the council's own figures are among what it shows.
    pub has_own: bool,
}

impl Made<'_> {
    /// Whether all its figures are old.
    pub fn is_stale(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(|item| item.reading.age == Age::Stale)
    }
}

/// The section; what it lacks is added to `absent`.
///
/// # Errors
/// A name in the report file that nothing has, or a chart that cannot be drawn.
pub fn section<'a>(
    report: &Report,
    section: &Section,
    authority: &'a Authority,
    stock: &'a Stock<'a>,
    absent: &mut Absent,
) -> Result<Made<'a>, Error> {
    let (chosen, lacking) = choose(report, &section.measures, stock.catalogue, stock.pipelines)?;
    absent.lacking(&lacking);
    let view = view(report, section, authority, stock)?;
    let (local, published): (Vec<Chosen<'a>>, Vec<Chosen<'a>>) = chosen.iter().copied().partition(is_local);
    let locals = stock.locals.get(&report.name).unwrap_or(&stock.none);
    let own = OwnView {
        locals,
        authority: authority.code,
        who: &authority.name,
        period: view.period.clone(),
        newest: locals.newest(authority.code),
    };
    let judged = |item| view.against_target(item, &own);
    let with_rates = with_rates(&published, stock);
    let mut items: Vec<Item<'a>> = with_rates.iter().filter_map(|chosen| view.item(chosen)).map(judged).collect();
    items.extend(local.iter().filter_map(|chosen| view.own_item(chosen, &own)));
    let mut blocks: Vec<Block> = paragraphs(&section.introduction, authority);
    blocks.extend(section.comment.iter().map(|text| Block::Paragraph { text: text.clone() }));
    let before = blocks.len();
    blocks.extend(charts((&chosen, &items), section, (report, authority), &view, stock)?);
    let colours = palette(report)?;
    let paint = Paint { palette: &colours, png: stock.png };
    for kind in &section.tables {
        blocks.extend(tables(*kind, (&view, &own, paint), (&published, &local), (section, &items))?);
    }
    let empty = blocks.len() == before;
    lack(&chosen, (&items, &mut blocks), &own, empty, (authority, stock), absent)?;
    let answer = match (section.topic.is_empty(), section.tables.as_slice()) {
        (true, [TableKind::Neighbours]) => {
            let readings: Vec<&Reading> =
                items.iter().filter(|item| item.is_news()).map(|item| &item.reading).collect();
            words::beside_neighbours_on(&readings)
        }
        (true, kinds) if !kinds.contains(&TableKind::Actions) => answer(&items, section),
        // A question about the parts of a whole is answered by the parts, one about actions by the caption of its table.
        (_, _) => String::new(),
    };
    let heading = section.heading.replace("{authority}", &authority.name);
    let whole = |one: &&Chosen<'a>| items.iter().any(|item| item.is(one) && item.reading.level.value().is_some());
    let in_parts = published.iter().filter(|one| !section.topic.is_empty() && !whole(one));
    let spare = in_parts.filter_map(|one| view.telling_part(one, &section.topic)).collect();
    Ok(Made {
        part: Part { heading, answer, blocks, ..Part::default() },
        items,
        spare,
        has_own: local.iter().any(|one| !own.own(one).is_empty()),
        chosen,
    })
}

/// The measures, each count that a population makes a rate followed by that rate.
fn with_rates<'a>(chosen: &[Chosen<'a>], stock: &'a Stock<'a>) -> Vec<Chosen<'a>> {
    chosen.iter().flat_map(|one| std::iter::once(*one).chain(rate(one, stock))).collect()
}

/// The rate per head of a count that a population makes one.
fn rate<'a>(one: &Chosen<'a>, stock: &'a Stock<'a>) -> Option<Chosen<'a>> {
    let (rate, compared) = stock.rates.iter().find(|(rate, _)| rate.is_of(&one.found()))?;
    Some(Chosen { measure: &rate.meta, rate: Some((rate, compared)), ..*one })
}

/// Measures without a figure: what is published of them in parts is said where it would stand, all else is absent.
fn lack(
    chosen: &[Chosen<'_>],
    (items, blocks): (&[Item<'_>], &mut Vec<Block>),
    own: &OwnView<'_>,
    empty: bool,
    (authority, stock): (&Authority, &Stock<'_>),
    absent: &mut Absent,
) -> Result<(), Error> {
    let local = || chosen.iter().filter(|one| is_local(one));
    let none = local().count() > 1 && local().all(|one| own.own(one).is_empty());
    if none {
        absent.add("the council\u{2019}s own figures", "none supplied");
    }
    let mut in_parts: Vec<(String, String)> = Vec::new();
    for one in chosen.iter().filter(|one| !none || !is_local(one)) {
        let label = &one.measure.label;
        if is_local(one) {
            if own.own(one).is_empty() {
                absent.add(label, "not in the council\u{2019}s own return");
            }
            continue;
        }
        if !empty || items.iter().any(|item| item.is(one) && item.reading.level.value().is_some()) {
            continue;
        }
        match stock.parts.topic(&one.found(), authority.code, stock.catalogue)? {
            Some(topic) => in_parts.push((topic, label.clone())),
            None => absent.add(label, &format!("no figure was published for {}", authority.name)),
        }
    }
    let said = parts::sentences(&authority.name, &in_parts);
    blocks.extend(said.into_iter().map(|text| Block::Paragraph { text }));
    Ok(())
}

/// What every table of the section stands on.
fn view<'a>(
    report: &Report,
    section: &Section,
    authority: &'a Authority,
    stock: &'a Stock<'a>,
) -> Result<View<'a>, Error> {
    let period = section.period.as_deref().unwrap_or(&report.period);
    Ok(View {
        compared: &stock.compared,
        register: stock.register,
        authority: authority.code,
        who: &authority.name,
        beside: besides(report, Some(section), authority.code, stock)?,
        newest: stock.newest,
        period: (period != "latest").then(|| period.to_owned()),
        years: report.years,
        noted: choose(report, &section.noted, stock.catalogue, stock.pipelines)?.0,
    })
}

/// The comparators of a section, or of the report.
///
/// # Errors
/// Nothing is called so, or a set of neighbours that the run did not compare with.
pub fn besides(
    report: &Report,
    section: Option<&Section>,
    who: LaCode,
    stock: &Stock<'_>,
) -> Result<Vec<Comparator>, Error> {
    let words = section.and_then(|section| section.compare.as_ref()).unwrap_or(&report.compare);
    let resolve = |word: &toml::Spanned<String>| {
        let told = |message: String, help: String| Error::declaration(report.place(word), message, help);
        match Comparator::parse(word.get_ref(), stock.register) {
            Ok(Comparator::NeighboursOf(year)) => Err(told(
                format!("the run did not compare with the neighbours of {year}"),
                format!(
                    "write `neighbours`, the newest set; `abreast compare --with neighbours-{year}` has the older one"
                ),
            )),
            Ok(comparator) => Ok(comparator),
            Err(Error::Usage { message, help }) => Err(told(message, help)),
            Err(other) => Err(other),
        }
    };
    let mut beside = words.iter().map(resolve).collect::<Result<Vec<Comparator>, Error>>()?;
    if who.is_group() {
        // A group has no neighbours, and a region only where all of its members are in it.
        beside.retain(|one| match one.members(who, stock.register) {
            Members::Nobody => false,
            Members::Region(codes) => codes.iter().any(|code| stock.register.region(code).is_some()),
            _ => true,
        });
    }
    Ok(beside)
}

/// The paragraphs of a text; `{authority}` is the authority's name.
pub fn paragraphs(text: &str, authority: &Authority) -> Vec<Block> {
    let whole =
        |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ").replace("{authority}", &authority.name);
    let parts = text.split("\n\n").map(whole).filter(|part| !part.is_empty());
    parts.map(|text| Block::Paragraph { text }).collect()
}

/// What answers the question, in one to three sentences: the surest reading first, or along the steps of a process; of the
/// council's own figures what the section's tables show.
fn answer(items: &[Item<'_>], section: &Section) -> String {
    let mut readings: Vec<&Reading> = Vec::new();
    let published = items.iter().filter(|item| item.own.is_none());
    let mut sorted: Vec<&Item<'_>> = published.filter(|item| item.reading.level.value().is_some()).collect();
    if sorted.is_empty() {
        return own_answer::answer(&returned(items), section);
    }
    sorted.sort_by(|one, other| score(other).total_cmp(&score(one)));
    readings.extend(sorted.iter().map(|item| &item.reading));
    words::answered(&readings)
}

/// The charts of the section, those of half a page two beside each other.
fn charts<'a>(
    (chosen, items): (&[Chosen<'a>], &[Item<'a>]),
    section: &Section,
    (report, authority): (&Report, &Authority),
    view: &View<'a>,
    stock: &'a Stock<'a>,
) -> Result<Vec<Block>, Error> {
    let palette = palette(report)?;
    let drawn = choose(report, &section.drawn, stock.catalogue, stock.pipelines)?.0;
    let is_drawn = |one: &&Chosen<'a>| {
        drawn.is_empty() || drawn.iter().any(|known| (known.table, known.name) == (one.table, one.name))
    };
    let frame = Frame { section, view, authority: authority.code, palette: &palette, target: None, comment: "" };
    let mut blocks: Vec<Block> = Vec::new();
    let mut pairs: Vec<PaperChart> = Vec::new();
    for measure in chosen.iter().filter(is_drawn) {
        // A council's own figures stand beside nobody's: they are drawn over time and in no order, and month by month only where
        // the months show something.
        let changed = || items.iter().any(|item| item.is(measure) && words::unusual(&item.reading).is_some());
        let fits = |kind: &ChartKind| match kind {
            ChartKind::Trend => true,
            ChartKind::Control => is_local(measure) && changed(),
            // Of one period there is nothing to see where the authority has no figure in it.
            ChartKind::Neighbours | ChartKind::Bars | ChartKind::Strip | ChartKind::Ordered => {
                !is_local(measure) && items.iter().any(|item| item.is(measure) && item.reading.level.value().is_some())
            }
            _ => !is_local(measure),
        };
        let item = items.iter().find(|item| item.is(measure));
        let frame = Frame { target: item.and_then(Item::target), comment: item.map_or("", Item::comment), ..frame };
        for kind in section.charts.iter().filter(|kind| fits(kind) && !is_of_several(**kind)) {
            let rate = rate(measure, stock).filter(|_| is_beside(*kind));
            let Some(figure) = picture(*kind, &[rate.as_ref().unwrap_or(measure)], &frame, stock)? else { continue };
            match width(*kind) {
                2 => pairs.push(figure),
                across => blocks.push(Block::Charts(Charts { across, figures: vec![figure] })),
            }
        }
    }
    let published: Vec<&Chosen<'a>> = chosen.iter().filter(is_drawn).filter(|one| !is_local(one)).collect();
    for kind in section.charts.iter().filter(|kind| is_of_several(**kind)) {
        match kind {
            // Two by two: what happened, and what was planned.
            ChartKind::Plan => {
                for pair in drawn.chunks_exact(2) {
                    pairs.extend(picture(*kind, &[&pair[0], &pair[1]], &frame, stock)?);
                }
            }
            ChartKind::Scatter if published.len() != 2 => {}
            _ => {
                // Own records have statistics of one group; all else is set beside others.
                let all: Vec<&Chosen<'a>> = chosen.iter().filter(is_drawn).collect();
                let shown = if *kind == ChartKind::Spread { &all } else { &published };
                let figure = picture(*kind, shown, &frame, stock)?;
                blocks.extend(figure.map(|figure| Block::Charts(Charts { across: 1, figures: vec![figure] })));
            }
        }
    }
    let pairs = (!pairs.is_empty()).then_some(Block::Charts(Charts { across: 2, figures: pairs }));
    Ok(pairs.into_iter().chain(blocks).collect())
}

/// The tables of one kind: of the published measures, and of the council's own.
fn tables<'a>(
    kind: TableKind,
    (view, own, paint): (&View<'a>, &OwnView<'_>, Paint<'_>),
    (published, local): (&[Chosen<'a>], &[Chosen<'a>]),
    (section, items): (&Section, &[Item<'a>]),
) -> Result<Vec<Block>, Error> {
    let both: Vec<Chosen<'a>> = published.iter().chain(local).copied().collect();
    let tables: Vec<Table> = match kind {
        TableKind::Standing => {
            let rows: Vec<&Item<'a>> = items.iter().filter(|item| item.own.is_none()).collect();
            let published = glance::table(&rows, view).map(|mut table| {
                table.notes.extend(old(&rows));
                Table { title: "Latest figures".into(), ..table }
            });
            published.into_iter().chain(latest(&returned(items), view.who)).collect()
        }
        TableKind::Neighbours => view.similar(items).into_iter().collect(),
        TableKind::Years => {
            let own = local.iter().filter_map(|measure| own.months(measure, view.years));
            published.iter().filter_map(|measure| view.years(measure)).chain(own).collect()
        }
        TableKind::Breakdown => published.iter().filter_map(|measure| view.breakdown(measure, section)).collect(),
        TableKind::Cross => view.cross(published, section).into_iter().chain(own.cross(local, section)).collect(),
        TableKind::Scorecard => scorecard::table(&returned(items)).into_iter().collect(),
        TableKind::Actions => actions_table::table(&own.locals.actions(own.authority)).into_iter().collect(),
        TableKind::Comments => comments(&returned(items)).into_iter().collect(),
        TableKind::Areas => own.teams(&returned(items), local),
        TableKind::Targets if both.is_empty() => plan(own.locals, own.authority, own.who).into_iter().collect(),
        TableKind::Targets => results(&items.iter().collect::<Vec<_>>(), &both, own).into_iter().collect(),
        TableKind::Projection => return projections(&both, (view, own, paint), section),
    };
    let tidied = |mut table: Table| {
        if !matches!(kind, TableKind::Scorecard | TableKind::Areas) {
            tidy::drop_numberless(&mut table);
        }
        tidy::drop_empty(&mut table);
        table
    };
    Ok(tables.into_iter().map(|table| Block::Table(tidied(table))).collect())
}
