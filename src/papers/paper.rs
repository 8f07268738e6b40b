//! A report file and the stock of facts to a paper about one authority, in the order of its pages.

use crate::area::Authority;
use crate::finding::Error;
use crate::publish::document::{Block, Document, PaperChart, Remark, Section};
use crate::report::{ChartKind, First, Report, TableKind};

use super::Stock;
use super::absent::Absent;
use super::choose::{Chosen, choose};
use super::item::Item;
use super::pictures::{by_year, drawn_as};
use super::sections::{Made, besides, section};
use super::view::View;
use super::{annex, fit, glance, masthead, messages, noted, own_first, paired, since, small, tidy};

/// The paper about one authority.
///
/// # Errors
/// A name in the report file that nothing has, or a chart that cannot be drawn.
pub fn document<'a>(report: &Report, authority: &'a Authority, stock: &'a Stock<'a>) -> Result<Document, Error> {
    let mut absent = Absent::default();
    let Gathered { items, used, parts, spare, has_own } = gathered(report, authority, stock, &mut absent)?;
    let view = whole(report, authority, stock)?;
    let asked =
        |names: &[toml::Spanned<String>]| choose(report, names, stock.catalogue, stock.pipelines).map(|found| found.0);
    let (lead, first) = (asked(&report.lead)?, asked(&report.glance)?);
    let is_lead = |item: &Item<'a>| lead.iter().any(|chosen| item.is(chosen));
    let picked = messages::pick((&items, &spare), &is_lead);
    let spoken = picked.items.iter().flat_map(|(item, second)| std::iter::once(*item).chain(*second));
    let asked = first.iter().filter_map(|chosen| items.iter().find(|item| item.is(chosen)));
    let mut before: Vec<&Item<'_>> = Vec::new();
    for item in asked.chain(spoken) {
        if !before.iter().any(|known| std::ptr::eq(*known, item)) {
            before.push(item);
        }
    }
    let rows = glance::rows(&items, &before);
    let beside: Vec<String> =
        view.beside.iter().rev().map(|one| masthead::spoken(one, one.name(authority.code, stock.register))).collect();
    let mut document = masthead::head(report, authority, &items, &beside);
    document.messages = picked.messages(&items, &small::mark);
    document.introduction = words(report, authority);
    document.remarks = remarks(&absent, has_own);
    document.annex = annex::annex(&items, &rows, absent.lines(), &used, &view);
    if let Some(before) = &stock.before {
        document.annex.since = since::lines(&items, authority.code, before);
    }
    document.illustrative = used.iter().any(|chosen| chosen.meta.illustrative);
    document.sections = parts.into_iter().filter(|part| !part.blocks.is_empty() || !part.answer.is_empty()).collect();
    document.sections.extend(paired::section(&items, stock, &view));
    if !own_first::onto(&mut document, report, &items, &is_lead, &view) {
        match report.first {
            Some(First::Tiles) if !rows.is_empty() => fit::tiled(&mut document, &rows, &view),
            _ => fit::fit(&mut document, rows, &before, &view),
        }
    }
    if report.sections.iter().any(|section| section.tables.contains(&TableKind::Actions)) {
        let locals = stock.locals.get(&report.name).unwrap_or(&stock.none);
        own_first::actions(&mut document, &locals.actions(authority.code));
    }
    number(&mut document);
    noted::once(&mut document.sections);
    document.further = further(&used, &document, &view, stock)?;
    document.traces = stock.traces.within(&document);
    Ok(document)
}

/// What the sections of a paper are made of, each measure once.
struct Gathered<'a> {
    items: Vec<Item<'a>>,
    used: Vec<Chosen<'a>>,
    parts: Vec<Section>,
    /// Measures that fill the key messages where those of the sections say too little.
    spare: Vec<Item<'a>>,
    has_own: bool,
}

/// Makes the sections of the paper; those with old figures stand last.
fn gathered<'a>(
    report: &Report,
    authority: &'a Authority,
    stock: &'a Stock<'a>,
    absent: &mut Absent,
) -> Result<Gathered<'a>, Error> {
    let mut made: Vec<Made<'a>> = Vec::new();
    for one in &report.sections {
        made.push(section(report, one, authority, stock, absent)?);
    }
    made.sort_by_key(Made::is_stale);
    let has_own = made.iter().any(|one| one.has_own);
    let mut all = Gathered { items: Vec::new(), used: Vec::new(), parts: Vec::new(), spare: Vec::new(), has_own };
    for one in made {
        all.spare.extend(one.spare);
        let is_new = |item: &Item<'a>| !all.items.iter().any(|known| known.is(&item.chosen));
        let items: Vec<Item<'a>> = one.items.into_iter().filter(is_new).collect();
        all.items.extend(items);
        let key = |chosen: &Chosen<'a>| (chosen.table, chosen.name);
        let is_new = |chosen: &Chosen<'a>| !all.used.iter().any(|known| key(known) == key(chosen));
        let used: Vec<Chosen<'a>> = one.chosen.into_iter().filter(is_new).collect();
        all.used.extend(used);
        all.parts.push(one.part);
    }
    // One figure tells nobody how things stand.
    if all.items.iter().filter(|item| item.is_news() && item.reading.measure.importance > 0).count() < 2 {
        all.items.iter_mut().chain(&mut all.spare).for_each(|item| item.newest = true);
    }
    Ok(all)
}

/// The measures of the paper over all their years that none of its charts draws, for the workbook.
fn further(
    used: &[Chosen<'_>],
    document: &Document,
    view: &View<'_>,
    stock: &Stock<'_>,
) -> Result<Vec<PaperChart>, Error> {
    let is_drawn = |chosen: &Chosen<'_>| {
        let id = drawn_as(chosen, ChartKind::Trend);
        document.figures().any(|(_, figure)| figure.id == id)
    };
    let undrawn = used.iter().filter(|chosen| !is_drawn(chosen));
    undrawn.filter_map(|chosen| by_year(chosen, view, stock).transpose()).collect()
}

/// The council's own words under the heading.
fn words(report: &Report, authority: &Authority) -> Vec<String> {
    let text = |block| match block {
        Block::Paragraph { text } => Some(text),
        _ => None,
    };
    super::sections::paragraphs(&report.introduction, authority).into_iter().filter_map(text).collect()
}

/// What the first page says beneath the messages.
fn remarks(absent: &Absent, has_own: bool) -> Vec<Remark> {
    let own = has_own.then(|| Remark {
        label: "Provisional".to_owned(),
        text: "the council\u{2019}s own count, not published and not ranked.".to_owned(),
    });
    own.into_iter().chain(absent.remark()).collect()
}

/// What the first page and the annex stand on.
fn whole<'a>(report: &Report, authority: &'a Authority, stock: &'a Stock<'a>) -> Result<View<'a>, Error> {
    Ok(View {
        compared: &stock.compared,
        register: stock.register,
        authority: authority.code,
        who: &authority.name,
        beside: besides(report, None, authority.code, stock)?,
        newest: stock.newest,
        period: (report.period != "latest").then(|| report.period.clone()),
        years: report.years,
        noted: Vec::new(),
    })
}

/// Sections and tables get numbers and names of their own.
fn number(document: &mut Document) {
    let mut tables = 0;
    let mut titles: Vec<String> = Vec::new();
    for (number, section) in (1..).zip(&mut document.sections) {
        section.number = number;
        section.id = format!("section-{number}");
        for block in &mut section.blocks {
            if let Block::Charts(charts) = block {
                charts.figures.iter_mut().for_each(|figure| told_apart(figure, number, &mut titles));
            }
            if let Block::Table(table) = block {
                tables += 1;
                tidy::say_marks(table);
                table.id = format!("table-{tables}");
                if titles.contains(&table.title) {
                    table.title =
                        format!("{}: {}", section.heading.trim_end_matches('?'), crate::shown::within(&table.title));
                }
                titles.push(table.title.clone());
            }
        }
    }
}

/// A chart with the message of another says what it shows, or where it stands.
fn told_apart(figure: &mut PaperChart, section: usize, titles: &mut Vec<String>) {
    let plain = figure.title.clone();
    let shown = format!("{plain} ({})", figure.shows);
    let placed = format!("{plain} ({}; section {section})", figure.shows);
    let free = [plain, shown, placed].into_iter().find(|title| !titles.contains(title));
    if let Some(free) = free {
        figure.title = free;
    }
    titles.push(figure.title.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_with_one_message_say_what_they_show_and_else_where_they_stand() {
        let figure = |title: &str, shows| PaperChart { title: title.to_owned(), shows, ..PaperChart::default() };
        let mut figures = vec![
            figure("Plans: 100%", "over the years"),
            figure("Plans: 100%", "among all authorities"),
            figure("Plans: 100%", "among all authorities"),
            figure("Visits: 4", "over the years"),
        ];
        let mut titles = Vec::new();
        for (section, figure) in (1..).zip(&mut figures) {
            told_apart(figure, section, &mut titles);
        }
        let told = [
            "Plans: 100%",
            "Plans: 100% (among all authorities)",
            "Plans: 100% (among all authorities; section 3)",
            "Visits: 4",
        ];
        assert_eq!(titles, told);
        assert_eq!(figures[1].title, told[1]);
    }
}
