//! The tables made anew, as `abreast run` makes them, on a thread of its own.

use super::Done;
use crate::browse::address::{Address, Kind, RecordsPage};
use crate::browse::build::Build;
use crate::browse::options::Browse;
use crate::browse::request::Response;
use crate::browse::shell::Link;
use crate::browse::wrong::Wrong;
use crate::finding::Error;
use crate::papers;
use crate::progress::Progress;
use crate::refresh::{Mode, Run, Sources, build as refresh};

/// Begins to make the tables.
pub fn run(build: &Build) -> Result<Response, Wrong> {
    let options = build.options.clone();
    let number = build.desk.start("Making the tables", move |progress| made(&options, progress))?;
    Ok(Response::elsewhere(format!("/work/{number}?on=1")))
}

/// Makes the tables; says what came of it.
///
/// # Errors
/// It was stopped, another command is writing there, or what makes it impossible to go on.
pub fn made(options: &Browse, progress: &Progress) -> Result<Done, Error> {
    let sources = Sources {
        returns: options.returns.folder.clone(),
        pipelines: options.pipelines.folder.clone(),
        quiet: true,
        ..Sources::default()
    };
    // A page that waits for a command in another window would not say so: it is refused with the holder's name.
    let run = Run {
        sources,
        out: options.out.folder.clone(),
        if_locked: crate::home::IfLocked { no_wait: true },
        progress: progress.clone(),
        ..Run::default()
    };
    let has_errors = refresh(&run, Mode::Write, &|batch, catalogue| {
        papers::front::write(batch, catalogue, &papers::pipelines(options.pipelines.folder.as_deref())?)
    })?;
    let records = |kind| Address::Records(RecordsPage::of(kind, None));
    let stand = progress.stand();
    let rows = crate::shown::counted(stand.rows as usize, "row", "rows");
    let tables = crate::shown::counted(stand.done, "table", "tables");
    let mut words = vec![format!("{tables} made of {rows}.")];
    if has_errors {
        words.push("Some tables have errors, and stand as they were: the findings say what to do.".to_owned());
    }
    let links = vec![Link::to("What changed", records(Kind::Changes)), Link::to("Findings", records(Kind::Findings))];
    let next = if has_errors { records(Kind::Findings) } else { records(Kind::Changes) };
    Ok(Done { words, links, next: Some(next.to_string()) })
}
