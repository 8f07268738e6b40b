//! An empty workbook for a council's own return, with the words its pipeline knows.

use crate::durable::write;
use crate::finding::{Error, likely};
use crate::home;
use crate::pipeline::{Pipeline, ReleaseBlock, Unit};
use crate::publish::blank::{Entry, Heading, blank};
use crate::schema::TOTAL;

use super::choose;
use super::local::SIX_MONTHS;
use super::options::ReportStarter;

/// Writes the workbook and answers where to save it.
///
/// # Errors
/// No such own return, or the file cannot be written.
pub fn starter(options: &ReportStarter) -> Result<String, Error> {
    let pipelines = choose::pipelines(options.pipelines.folder.as_deref())?;
    let own: Vec<&Pipeline> = pipelines.iter().filter(|pipeline| pipeline.provisional).collect();
    let Some((pipeline, block)) = own
        .iter()
        .find(|pipeline| pipeline.name == options.table)
        .and_then(|pipeline| Some((*pipeline, pipeline.releases.last()?)))
    else {
        let names: Vec<&str> = own.iter().map(|pipeline| pipeline.name.as_str()).collect();
        let help = match likely(&options.table, names.iter().copied()) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("own returns are pipelines with `provisional = true`: {}", names.join(", ")),
        };
        return Err(Error::usage(format!("there is no own return `{}`", options.table), help));
    };
    let (register, _) = home::register()?;
    let open: Vec<String> = register
        .authorities()
        .iter()
        .filter(|authority| authority.closed.is_none())
        .map(|authority| authority.name.clone())
        .collect();
    let name = block.file.get_ref().replace(".*", ".xlsx").replace(".csv", ".xlsx");
    let path = options.output.clone().unwrap_or_else(|| name.clone().into());
    if path.exists() {
        let message = format!("`{}` is there already", home::shown(&path));
        return Err(Error::usage(message, "name another file with `--output FILE`"));
    }
    let place = format!("data/returns/{}/RELEASE/{name} (RELEASE such as 2026)", pipeline.return_name);
    let bytes = blank(&pipeline.title, &place, &headings(pipeline, block, open))?;
    write(&path, &mut |out| out.write_all(&bytes))?;
    Ok(format!("{}\nfill it in and save it as {place}", home::shown(&path)))
}

/// The columns of a block, in the order in which one fills them in.
fn headings(pipeline: &Pipeline, block: &ReleaseBlock, authorities: Vec<String>) -> Vec<Heading> {
    let heading = |name: &str, help: &str, words: Vec<String>| Heading {
        name: name.to_owned(),
        help: help.to_owned(),
        words,
        entry: Entry::Text,
    };
    let mut headings: Vec<Heading> =
        block.area.columns().map(|name| heading(name, "The local authority", authorities.clone())).collect();
    if let Some(column) = &block.period_column {
        let help = "The period: May 2017, 2016/17, Autumn term 2016/17 or 31 March 2017, as text";
        headings.push(heading(column.get_ref(), help, Vec::new()));
    }
    for filter in block.filters.iter().chain(&block.breakdown) {
        let whole = block.totals.first().map_or(TOTAL, String::as_str).to_owned();
        let help = format!(
            "`{whole}`, an area or a team; `England` for the national figure; `{SIX_MONTHS}` for an average of your own"
        );
        let words = vec![whole, "England".to_owned(), SIX_MONTHS.to_owned()];
        headings.push(heading(filter.get_ref(), &help, if block.breakdown.is_empty() { words } else { Vec::new() }));
    }
    if let Some(column) = &block.measure_column {
        let words = pipeline.measures.values().map(|measure| measure.label.clone()).collect();
        let help = format!("One of the list; another measure is declared in {}", pipeline.path);
        headings.push(heading(column.get_ref(), &help, words));
    }
    let mut order: Vec<(&String, &String)> = block
        .columns
        .iter()
        .flat_map(|(key, columns)| columns.get_ref().0.iter().map(move |name| (key, name)))
        .collect();
    order.sort_by_key(|(key, _)| ["numerator", "denominator", "value"].iter().position(|known| known == key));
    for (key, name) in order {
        if !headings.iter().any(|known| known.name == *name) {
            let entry = entry(pipeline, key);
            headings.push(Heading { entry, ..heading(name, &figure(pipeline, key), Vec::new()) });
        }
    }
    for column in &block.ignore {
        headings.push(heading(column.get_ref(), aside(column.get_ref()), Vec::new()));
    }
    headings
}

/// What Excel shall take an entry in a column of figures for. A column for measures of several units holds numbers: `24%`
/// is kept as a percentage there, and read as one.
fn entry(pipeline: &Pipeline, key: &str) -> Entry {
    match (key, pipeline.measures.get(key).map(|measure| measure.unit)) {
        ("value", None) => Entry::Number,
        (_, Some(Unit::Percent)) => Entry::Percentage,
        (_, Some(Unit::Number) | None) => Entry::Count,
        (_, Some(_)) => Entry::Number,
    }
}

/// What goes into a column of figures.
fn figure(pipeline: &Pipeline, key: &str) -> String {
    match key {
        "numerator" => "The count above the line; empty where there is none".to_owned(),
        "denominator" => "The count below the line; empty where there is none".to_owned(),
        "value" => "The figure; worked out from the counts where both are there".to_owned(),
        other => pipeline.measures.get(other).map_or_else(|| "A count".to_owned(), |measure| measure.label.clone()),
    }
}

/// What goes into a column that only reports read.
fn aside(name: &str) -> &'static str {
    match name {
        "target" => {
            "24%, at least 95%, no more than 5, 555 days, zero, above zero, national average, statistical neighbour average, regional average, trend or TBC"
        }
        "aim" => "bigger is better, smaller is better or plan is best",
        "tolerance" => "How far off the target still counts as near, in the figure's unit",
        "owner" => "Who answers for it",
        "printed" => "The verdict that a paper printed, to be checked",
        "comment" => "Words for the board, printed beside the figure",
        _ => "Kept in the file, not loaded",
    }
}
