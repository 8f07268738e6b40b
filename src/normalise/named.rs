//! Columns that a pipeline gives labels or a topic for, and that no file has. Whether a standard file has a column is
//! only known from the file.

use super::Input;
use crate::declaration::{Kind, Mention};
use crate::finding::{Finding, likely, slip};
use crate::pipeline::{Pipeline, Shape};

/// What labels are given for beside columns: the part of a header, and the spellings of a period.
const OURS: [&str; 2] = ["breakdown", "period"];

/// The columns named for labels and topics that none of the files has to which they apply.
pub(super) fn columns(pipeline: &Pipeline, inputs: &[Input<'_>]) -> Vec<Finding> {
    if pipeline.shape == Shape::Records {
        return Vec::new();
    }
    let named = |kind| pipeline.mentions(kind).filter(|mention| !OURS.contains(&mention.word.as_str()));
    named(Kind::Labelled).chain(named(Kind::Filter)).filter_map(|mention| column(pipeline, mention, inputs)).collect()
}

fn column(pipeline: &Pipeline, mention: &Mention, inputs: &[Input<'_>]) -> Option<Finding> {
    let own = mention.is_under(&["release"]).then(|| pipeline.releases.get(mention.number()?)).flatten();
    let about = |input: &&Input<'_>| own.is_none_or(|own| own.from == input.block.from);
    let files: Vec<&Input<'_>> = inputs.iter().filter(about).collect();
    if files.is_empty() || files.iter().any(|input| input.table.position(&mention.word).is_some()) {
        return None;
    }
    let names = || files.iter().flat_map(|input| input.table.names());
    // Labels for every release may be for a column of one that is not filed.
    let meant = if own.is_some() { likely(&mention.word, names()) } else { Some(slip(&mention.word, names())?) };
    let message = format!("`{}` in {} is no column of the file", mention.word, mention.shown());
    let help = match meant {
        Some(name) => format!("did you mean `{name}`?"),
        None => "name the column by its header, or take it out".to_owned(),
    };
    Some(
        Finding::error("missing-column", message, help).of(&pipeline.name, "").at(pipeline.place(mention.span.clone())),
    )
}
