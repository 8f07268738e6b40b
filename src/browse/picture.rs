//! Pictures: the files of `abreast chart`, byte for byte, and the words that stand beside one on a page.

use serde::Serialize;

use super::address::{Address, ChartFile, Ending, MeasurePage, USUAL};
use super::build::Build;
use super::request::Response;
use crate::area::LaCode;
use crate::chart::scene::Spot;
use crate::chart::theme::{Palette, Size};
use crate::chart::{Formats, Picture, Plotted, render_as, small};
use crate::comparator::Average;
use crate::draw::{self, Comparators, Drawn, Wanted};
use crate::figure;
use crate::finding::Error;
use crate::report::ChartKind;

/// A picture on a page with its words and files.
#[derive(Default, Serialize)]
pub struct Shown {
    title: String,
    subtitle: String,
    alt: String,
    page: String,
    phone: String,
    /// How wide and how high it is, so that nothing moves when it comes.
    width: i32,
    height: i32,
    key: Vec<(String, String)>,
    notes: Vec<String>,
    files: Vec<(String, String)>,
    /// What one can point at.
    spots: Vec<Hot>,
    /// The plotted figures, one a line.
    points: Vec<Point>,
    /// Whether they are of several periods.
    has_periods: bool,
    /// Why there is none.
    why: String,
}

/// A place in a picture that leads somewhere.
#[derive(Serialize)]
struct Hot {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
    words: String,
    address: String,
    /// Whether it is the one that the page is about.
    here: bool,
}

/// A plotted figure in words.
#[derive(Serialize)]
struct Point {
    area: String,
    period: String,
    shown: String,
}

impl Shown {
    /// No picture, and why.
    pub fn without(why: String) -> Shown {
        Shown { why, ..Shown::default() }
    }
}

/// The file of a picture.
///
/// # Errors
/// The measure cannot be shown so, or a table cannot be read.
pub fn file(build: &Build, file: &ChartFile) -> Result<Response, Error> {
    let formats = if file.ending == Ending::Png { Formats::Png } else { Formats::Svg };
    let (picture, _) = drawn(build, file, formats)?;
    Ok(match file.ending {
        Ending::Svg => Response::found("image/svg+xml", picture.svg.into_bytes()),
        Ending::Png => Response::found("image/png", picture.png),
        Ending::Csv => named(file, Response::found("text/csv; charset=utf-8", picture.csv.into_bytes())),
        Ending::Txt => Response::found("text/plain; charset=utf-8", picture.alt.into_bytes()),
    })
}

fn named(file: &ChartFile, response: Response) -> Response {
    let measure = if file.table.is_empty() { "measures" } else { file.measure.as_str() };
    let name = format!("{}-{measure}-{}.{}", file.area, file.kind.word(), file.ending.word());
    Response { name: Some(draw::file_name(name.trim_end_matches(".csv")) + ".csv"), ..response }
}

fn drawn(build: &Build, file: &ChartFile, formats: Formats) -> Result<(Picture, Vec<Point>), Error> {
    let measures = match file.table.as_str() {
        "" => build.catalogue.measures(&file.measure)?,
        table => vec![build.catalogue.measure(&format!("{table}/{}", file.measure))?],
    };
    let words: &[String] = if file.beside == USUAL { &[] } else { &file.beside };
    // No words at all mean the usual comparators; an address that says `none` means nobody.
    let comparators =
        if file.beside.is_empty() { Comparators::of(Vec::new()) } else { Comparators::parse(words, &build.register)? };
    comparators.fits(file.kind, words)?;
    let text = |text: &'_ String| (!text.is_empty()).then(|| text.clone());
    let (period, breakdown) = (text(&file.period), text(&file.breakdown));
    let wanted = Wanted {
        kind: file.kind,
        measures,
        authority: file.area,
        comparators,
        period: period.as_deref(),
        prose: false,
        breakdown: breakdown.as_deref(),
    };
    match draw::chart(&wanted, &build.catalogue, &build.register)? {
        Drawn::Chart(chart) => {
            let picture = render_as(&chart, file.size, &Palette::default(), formats);
            Ok((picture.map_err(|error| draw::not_drawn(&error))?, chart.data().into_iter().map(point).collect()))
        }
        Drawn::Nothing(why) => Err(why),
    }
}

fn point(plotted: Plotted) -> Point {
    let series = if plotted.series.is_empty() { String::new() } else { format!(", {}", plotted.series) };
    let shown = match plotted.figure.number() {
        Some(value) => plotted.measure.shown(value),
        None => plotted.figure.reason().to_owned(),
    };
    Point { area: plotted.area + &series, period: plotted.period, shown }
}

/// What one can point at: where all authorities stand side by side the walk goes on there, elsewhere a figure leads to its page.
fn hot(page: &MeasurePage, own: LaCode, kind: ChartKind, spot: Spot) -> Hot {
    let [left, top, right, bottom] = spot.sides;
    let area: Option<LaCode> = figure::parts(&spot.id).and_then(|parts| parts.area.parse().ok());
    let walks = kind == ChartKind::Ordered;
    let address = match area {
        Some(code) if walks => {
            Address::Measure(MeasurePage { focus: Some(code).filter(|code| *code != own), ..page.clone() }).to_string()
        }
        _ if spot.id.is_empty() => String::new(),
        _ => Address::Figure { id: spot.id.clone() }.to_string(),
    };
    Hot {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        words: format!("{}: {}", spot.name, spot.shown),
        address,
        here: area == Some(page.focus.filter(|_| walks).unwrap_or(own)),
    }
}

/// The address of the picture of a kind on a measure's page.
fn of_page(build: &Build, page: &MeasurePage, area: LaCode, kind: ChartKind, breakdown: &str) -> ChartFile {
    ChartFile {
        kind,
        table: page.table.clone(),
        measure: page.measure.clone(),
        ending: Ending::Svg,
        area,
        beside: fitting(build, page, kind),
        period: page.period.clone(),
        breakdown: breakdown.to_owned(),
        size: Size::Page,
    }
}

/// The picture of a kind on a measure's page, as its files are.
///
/// # Errors
/// The measure cannot be shown so, or a table cannot be read.
pub fn kept(
    build: &Build,
    page: &MeasurePage,
    area: LaCode,
    kind: ChartKind,
    breakdown: &str,
) -> Result<Picture, Error> {
    let file = ChartFile { size: Size::default(), ..of_page(build, page, area, kind, breakdown) };
    drawn(build, &file, Formats::Both).map(|(picture, _)| picture)
}

/// The picture of a kind on a measure's page.
pub fn shown(build: &Build, page: &MeasurePage, area: LaCode, kind: ChartKind, breakdown: &str) -> Shown {
    let file = of_page(build, page, area, kind, breakdown);
    let mut shown = of_file(build, &file, &|spot| hot(page, area, kind, spot));
    shown.notes.extend(mean(page, kind));
    shown
}

/// The files of the picture of several measures.
pub fn files(kind: ChartKind, area: LaCode, measures: &str, beside: &[String]) -> Vec<(String, String)> {
    links(&of_several(kind, area, measures, beside))
}

/// The picture of several measures, each figure with the way to its cell.
pub fn several(build: &Build, kind: ChartKind, area: LaCode, measures: &str, beside: &[String]) -> Shown {
    let file = of_several(kind, area, measures, beside);
    let leads = |spot: Spot| {
        let [left, top, right, bottom] = spot.sides;
        let address = if spot.id.is_empty() { String::new() } else { Address::figure(&spot.id).to_string() };
        let here = figure::parts(&spot.id).is_some_and(|parts| parts.area.parse() == Ok(area));
        let words = format!("{}: {}", spot.name, spot.shown);
        Hot { x: left, y: top, width: right - left, height: bottom - top, words, address, here }
    };
    of_file(build, &file, &leads)
}

fn of_several(kind: ChartKind, area: LaCode, measures: &str, beside: &[String]) -> ChartFile {
    ChartFile {
        kind,
        table: String::new(),
        measure: measures.to_owned(),
        ending: Ending::Svg,
        area,
        beside: beside.to_owned(),
        period: String::new(),
        breakdown: String::new(),
        size: Size::Page,
    }
}

/// The files of a picture, as large as the command writes them.
fn links(file: &ChartFile) -> Vec<(String, String)> {
    let at = |ending| Address::Chart(ChartFile { ending, size: Size::default(), ..file.clone() }).to_string();
    let all = [("SVG for Word", Ending::Svg), ("PNG", Ending::Png), ("CSV", Ending::Csv), ("In words", Ending::Txt)];
    all.map(|(name, ending)| (name.to_owned(), at(ending))).into()
}

/// The picture of a file with its words, its other files, and what one can point at.
fn of_file(build: &Build, file: &ChartFile, hot: &dyn Fn(Spot) -> Hot) -> Shown {
    let (picture, points) = match drawn(build, file, Formats::Svg) {
        Ok(drawn) => drawn,
        Err(Error::Usage { message, help }) => return Shown { why: format!("{message}: {help}"), ..Shown::default() },
        Err(error) => return Shown { why: error.to_string(), ..Shown::default() },
    };
    let at = |ending, size| Address::Chart(ChartFile { ending, size, ..file.clone() }).to_string();
    let (width, height) = picture.sides;
    Shown {
        page: at(Ending::Svg, Size::Page),
        phone: at(Ending::Svg, Size::Phone),
        files: links(file),
        key: picture.key.iter().filter_map(|key| Some((small::sign(key.sign).ok()?.svg, key.name.clone()))).collect(),
        title: picture.title,
        subtitle: picture.subtitle,
        alt: picture.alt,
        notes: picture.notes,
        spots: picture.spots.into_iter().map(hot).collect(),
        has_periods: points.windows(2).any(|pair| pair[0].period != pair[1].period),
        points,
        width,
        height,
        why: String::new(),
    }
}

/// That a picture has the mean, where the page has another average.
fn mean(page: &MeasurePage, kind: ChartKind) -> Option<String> {
    let has_averages = matches!(kind, ChartKind::Trend | ChartKind::Dumbbell);
    (has_averages && page.average != Average::Mean)
        .then(|| "Neighbours and groups are drawn as their plain mean; the table has what was chosen.".to_owned())
}

/// Those who stand beside the authority as far as a kind of chart shows them; the usual where it shows none of the choice.
fn fitting(build: &Build, page: &MeasurePage, kind: ChartKind) -> Vec<String> {
    let usual: Vec<String> = USUAL.map(str::to_owned).into();
    if page.beside == usual {
        return usual;
    }
    let fits = |word: &&String| {
        let one = std::slice::from_ref(*word);
        Comparators::parse(one, &build.register).is_ok_and(|comparators| comparators.fits(kind, one).is_ok())
    };
    let kept: Vec<String> = page.beside.iter().filter(fits).cloned().collect();
    if kept.is_empty() { usual } else { kept }
}
