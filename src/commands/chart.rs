//! `abreast chart`: one chart from the published comparisons.

use std::path::{Path, PathBuf};

use crate::chart::theme::{Palette, Size};
use crate::chart::{Formats, render_as};
use crate::cli::{Chart, ChartKind, ChartSize};
use crate::finding::{Error, Finding};
use crate::home;

use super::catalogue::Catalogue;
use super::draw::{Comparisons, Subject, not_drawn, ordered, save, trend};

/// Draws the chart asked for.
///
/// # Errors
/// No such measure, authority or period, or the file cannot be written.
pub fn chart(options: &Chart) -> Result<(), Error> {
    let (register, _) = home::register()?;
    let authority = register.find(&options.authority)?;
    let catalogue = Catalogue::open(&options.out)?;
    let found = catalogue.measure(&options.measure)?;
    let frame = catalogue.comparisons(&[found.name.to_owned()])?;
    let comparisons =
        Comparisons::of(&frame).map_err(|finding: Finding| Error::usage(finding.message, finding.help))?;
    let rows = comparisons.rows(found.table, found.name);
    let subject = Subject {
        table: found.table,
        meta: found.meta,
        name: found.name,
        measure: found.measure,
        authority: authority.code,
    };
    let period = options.period.as_deref();
    let drawn = match options.kind {
        ChartKind::Trend => trend(&comparisons, &rows, &subject, period),
        ChartKind::Ordered => ordered(&comparisons, &rows, &subject, period, &register),
    };
    let Some(chart) = drawn else {
        let when = period.map_or(String::new(), |period| format!(" in {period}"));
        return Err(Error::usage(
            format!("{} has no figure of `{}`{when}", authority.name, options.measure),
            "choose another period, or look at the authority's figures with `abreast compare`",
        ));
    };
    let size = match options.size {
        ChartSize::Half => Size::Half,
        ChartSize::Column => Size::Column,
        ChartSize::Slide => Size::Slide,
    };
    let (folder, name, formats) = target(options);
    let picture = render_as(&chart, size, &Palette::default(), formats).map_err(|error| not_drawn(&error))?;
    save(&folder, &name, &picture)?;
    println!("{}\n{}", picture.title, home::shown(&folder.join(&name)));
    Ok(())
}

/// The folder, the name without its ending, and which files to make.
fn target(options: &Chart) -> (PathBuf, String, Formats) {
    let kind = match options.kind {
        ChartKind::Trend => "trend",
        ChartKind::Ordered => "ordered",
    };
    let Some(path) = &options.output else {
        let name = format!("{}-{kind}", options.measure.replace('/', "-"));
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
