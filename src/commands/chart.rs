//! `abreast chart`: one chart from the published comparisons.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::chart::theme::{Palette, Size};
use crate::chart::{Formats, Picture, render_as};
use crate::draw;
use crate::durable::hold;
use crate::finding::Error;
use crate::home;
use crate::refresh::summary::print_findings;
use crate::refresh::told;
use crate::screen;
use crate::store::Catalogue;

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
    #[command(flatten)]
    #[expect(missing_docs, reason = "the fields' own help is printed")]
    pub wanted: draw::Wanted,
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

/// Draws the chart asked for; answers whether a file could not take its place.
///
/// # Errors
/// No such measure, authority or period, a kind that the measure does not support, or the file cannot be written.
pub fn chart(options: &Chart) -> Result<bool, Error> {
    let (register, _) = home::register()?;
    // A picture that goes elsewhere needs no right to write to the outputs.
    let held = match &options.output {
        Some(_) => None,
        None => Some(hold(&options.out, !options.no_wait)?),
    };
    let catalogue = Catalogue::open_whole(&options.out)?;
    let register = catalogue.with_neighbours(&register)?;
    let chart = draw::chart(&options.wanted, &catalogue, &register)?;
    let size = match options.size {
        ChartSize::Half => Size::Half,
        ChartSize::Column => Size::Column,
        ChartSize::Slide => Size::Slide,
    };
    let (folder, name, formats) = target(options);
    let picture = render_as(&chart, size, &Palette::default(), formats).map_err(|error| draw::not_drawn(&error))?;
    let unplaced = match &held {
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

/// The folder, the name without its ending, and which files to make.
fn target(options: &Chart) -> (PathBuf, String, Formats) {
    let kind = options.wanted.kind.word();
    let Some(path) = &options.output else {
        let name = format!(
            "{}-{}-{kind}",
            draw::file_name(&options.wanted.authority),
            draw::file_name(&options.wanted.measure)
        );
        return (options.out.join("charts"), name, Formats::Both);
    };
    let formats = match path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).as_deref() {
        Some("svg") => Formats::Svg,
        Some("png") => Formats::Png,
        _ => Formats::Both,
    };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder.to_owned(), path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), formats)
}
