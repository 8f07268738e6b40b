//! A report file to start from, with the measures at hand.

use std::fmt::Write as _;

use globset::Glob;

use crate::durable::write;
use crate::finding::Error;
use crate::home;

use super::options::ReportNew;
use crate::store::Catalogue;

/// Writes the file and answers how to make the report.
///
/// # Errors
/// There is such a file already, no published table, or nothing fits.
pub fn new(options: &ReportNew) -> Result<String, Error> {
    let name = super::slug(&options.name).replace('-', "_");
    let path = options.pipelines.join("reports").join(format!("{name}.toml"));
    if path.exists() {
        let message = format!("`{}` is there already", home::shown(&path));
        return Err(Error::usage(message, "choose another name, or edit the file"));
    }
    let catalogue = Catalogue::open(&options.out.folder)?;
    let globs: Vec<_> =
        options.measures.iter().filter_map(|text| Glob::new(text).ok()).map(|g| g.compile_matcher()).collect();
    let made = format!("Made by `abreast report new {name}`");
    let mut text = head(&made, &options.name, "Birmingham");
    let mut count = 0;
    for (table, meta) in catalogue.tables() {
        let fits = |measure: &str| {
            let full = format!("{table}/{measure}");
            globs.iter().any(|glob| glob.is_match(measure) || glob.is_match(&full))
        };
        let names: Vec<String> = meta
            .measures
            .iter()
            .filter(|(name, measure)| if globs.is_empty() { measure.headline } else { fits(name) })
            .map(|(name, _)| format!("\"{table}/{name}\""))
            .collect();
        if !names.is_empty() {
            count += names.len();
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n[[section]]\nheading  = \"{}\"\nmeasures = [{}]\ntables   = [\"standing\", \"years\"]\ncharts   = [\"trend\"]\n",
                meta.title.replace(['\\', '"'], " "),
                names.join(", ")
            );
        }
    }
    if count == 0 {
        return Err(Error::usage("no published measure fits", "`abreast list measures` prints all of them"));
    }
    write(&path, &mut |out| out.write_all(text.as_bytes()))?;
    Ok(format!("{}\nmake it with `abreast report {name} --authority NAME`", home::shown(&path)))
}

/// The first lines of a report file; `made` says how it came to be.
pub(super) fn head(made: &str, title: &str, authority: &str) -> String {
    let plain = |text: &str| text.replace(['\\', '"'], " ");
    format!(
        "#:schema ../schema/report.json\n# {made}. docs/reports.md lists every key.\ntitle   = \"{}\"\nauthority = \"{}\"\ncompare = [\"region\", \"neighbours\", \"england\"]\nperiod  = \"latest\"\n",
        plain(title),
        plain(authority)
    )
}
