//! `abreast schema`: the JSON schemas of pipeline and report files, for editors that complete and underline.
//!
//! In: the types that the files fill. Out: `schema/pipeline.json`, `schema/tables.json` and `schema/report.json` below the pipelines' folder,
//! where the first line of a pipeline, of a file of tables and of a report names its own.

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use crate::declaration;
use crate::durable::write;
use crate::finding::Error;
use crate::home;
use crate::pipeline::{Pipeline, SharedTables};
use crate::report::Report;
use crate::screen;

/// Options of `schema`.
#[derive(Clone, Debug, Args)]
pub struct Schema {
    /// The folder of your pipelines; the schemas go into `schema` below it
    #[arg(long, default_value = "pipelines", value_name = "FOLDER")]
    pub pipelines: PathBuf,
}

/// Name and text of each schema.
fn schemas() -> [(&'static str, Value); 3] {
    [
        ("pipeline", declaration::schema::<Pipeline>()),
        ("tables", declaration::schema::<SharedTables>()),
        ("report", declaration::schema::<Report>()),
    ]
}

/// Writes the schemas and says how a file names its own.
///
/// # Errors
/// A schema cannot be written.
pub fn schema(options: &Schema) -> Result<(), Error> {
    let folder = options.pipelines.join("schema");
    for (name, schema) in schemas() {
        let path = folder.join(format!("{name}.json"));
        let text = format!("{schema:#}\n");
        write(&path, &mut |out| out.write_all(text.as_bytes()))?;
        screen::say(home::shown(&path));
    }
    screen::say("an editor uses them where the first line of a file names its own:");
    screen::say("  #:schema schema/pipeline.json       in a pipeline");
    screen::say("  #:schema ../schema/tables.json      in a file of tables");
    screen::say("  #:schema ../schema/report.json      in a report");
    Ok(())
}
