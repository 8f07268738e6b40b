//! `abreast chart`: one chart from the published comparisons.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::home::{IfLocked, PublishedTables};

use crate::area::Register;
use crate::chart::theme::{Palette, Size};
use crate::chart::{Formats, Picture, render_as};
use crate::draw::{self, Comparators, Drawn, Wanted};
use crate::durable::lock;
use crate::finding::Error;
use crate::home;
use crate::refresh::summary::print_findings;
use crate::refresh::told;
use crate::report::ChartKind;
use crate::screen;
use crate::store::Catalogue;

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
    /// The number asked for, drawn across a chart of months
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub target: Option<f64>,
    /// Its size on paper
    #[arg(long, value_enum, default_value_t = Size::Column)]
    pub size: Size,
    /// File to write, .svg or .png; its data go beside it as .csv [default: in the charts folder, both]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub out: PublishedTables,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub if_locked: IfLocked,
}

/// Draws the chart asked for; answers whether a file could not take its place.
///
/// # Errors
/// No such measure, authority or period, a kind that the measure does not support, or the file cannot be written.
pub fn chart(options: &Chart) -> Result<bool, Error> {
    let (register, _) = home::register()?;
    // A picture that goes elsewhere needs no right to write to the outputs.
    let held = match &options.output {
        Some(_) => None,
        None => Some(lock(&options.out.folder, !options.if_locked.no_wait)?),
    };
    let catalogue = Catalogue::open_whole(&options.out.folder)?;
    let register = catalogue.with_neighbours(&register)?;
    let chart = match draw::chart(&wanted(options, &catalogue, &register)?, &catalogue, &register)? {
        Drawn::Chart(chart) => chart.targeted(options.target),
        Drawn::Nothing(why) => return Err(why),
    };
    let (folder, name, formats) = target(options);
    let picture =
        render_as(&chart, options.size, &Palette::default(), formats).map_err(|error| draw::not_drawn(&error))?;
    // The folder is free again before anything is printed: a screen may be slow.
    let unplaced = match held {
        Some(held) => {
            let batch = held.batch();
            draw::save(&batch, &folder, &name, &picture)?;
            let findings = told(&batch.commit_recorded(&[])?);
            print_findings(&findings);
            !findings.is_empty()
        }
        None => elsewhere(&folder, &name, &picture)?,
    };
    screen::say(&picture.title);
    screen::say(home::shown(&folder.join(&name)));
    Ok(unplaced)
}

/// Writes the picture where the user wants it; answers whether a file is open there in another program.
fn elsewhere(folder: &Path, name: &str, picture: &Picture) -> Result<bool, Error> {
    let mut unplaced = false;
    for (ending, bytes) in draw::files(picture) {
        let path = folder.join(format!("{name}.{ending}"));
        unplaced |= super::put(&path, &mut |file| file.write_all(bytes))?.is_none();
    }
    Ok(unplaced)
}

/// What is asked for, with every name looked up.
fn wanted<'a>(options: &'a Chart, catalogue: &'a Catalogue, register: &Register) -> Result<Wanted<'a>, Error> {
    let comparators = Comparators::parse(&options.with, register)?;
    comparators.fits(options.kind, &options.with)?;
    Ok(Wanted {
        kind: options.kind,
        measures: catalogue.measures(&options.measure)?,
        authority: register.find(&options.authority)?.code,
        comparators,
        period: options.period.as_deref(),
        prose: false,
        breakdown: options.breakdown.as_deref(),
    })
}

/// The folder, the name without its ending, and which files to make.
fn target(options: &Chart) -> (PathBuf, String, Formats) {
    let kind = options.kind.word();
    let Some(path) = &options.output else {
        let name = format!("{}-{}-{kind}", draw::file_name(&options.authority), draw::file_name(&options.measure));
        return (options.out.folder.join("charts"), name, Formats::Both);
    };
    let formats = match path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).as_deref() {
        Some("svg") => Formats::Svg,
        Some("png") => Formats::Png,
        _ => Formats::Both,
    };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder.to_owned(), path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), formats)
}
