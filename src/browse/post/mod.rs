//! What changes something: forms that pages send, each once, one deed at a time.
//!
//! In: a request with its form, which the door let in. Out: another address that shows what was done, or what is wrong. A page
//! with a form asks `build.desk.slips` for a slip and carries it as the field `once`; the deed is a line in `answer`. What takes
//! more than a moment is handed to `Desk::start`, which answers a number: `Response::elsewhere` leads to `/work/N`, where one
//! sees how far it is, stops it, and reads what came of it. The deed gets a `Progress`, and gives a `Done`.

mod body;
mod desk;
mod form;
mod run;
mod slips;
mod work;

pub use body::read;
pub use desk::Desk;
pub use form::{Form, Upload};
pub use run::{made, run};
pub use slips::Worth;
pub use work::{Done, State, Work};

use super::build::Build;
use super::intake;
use super::lists;
use super::papers;
use super::raw::Raw;
use super::request::{Request, Response};
use super::work as works;
use super::wrong::Wrong;
use crate::finding::Error;

/// What a deed gives: where to go on, or what is wrong.
pub type Deeds = Result<Result<Response, Wrong>, Error>;

/// The answer to a form.
///
/// # Errors
/// What a deed cannot go on with; nothing was done then.
pub fn answer(build: &Build, raw: &Raw, request: &Request) -> Deeds {
    let form = &request.form;
    let path: Vec<&str> = raw.path.iter().map(String::as_str).collect();
    let deed: &dyn Fn() -> Deeds = match path.as_slice() {
        ["intake"] => &|| intake::bring(build, form),
        ["intake", number] => &|| intake::decide(build, number, form),
        ["run"] => &|| Ok(run(build)),
        ["papers", "make"] => &|| papers::make(build, form),
        ["papers", "add"] => &|| papers::add(build, form),
        ["lists", "add"] => &|| lists::add(build, form),
        ["lists", "remove"] => &|| lists::remove(build, form),
        ["work", number, "stop"] => &|| Ok(works::stop(build, number)),
        _ => {
            let help = "send forms from the pages that have them";
            return Ok(Err(Wrong::refused(405, "nothing here is changed by a form", help)));
        }
    };
    if build.options.read_only {
        let help = "start `abreast browse` without `--read-only` to change something";
        return Ok(Err(Wrong::refused(403, "this explorer was started with `--read-only` and changes nothing", help)));
    }
    let slip = form.value("once").unwrap_or_default();
    match build.desk.slips.take(slip) {
        Worth::Deed => {}
        Worth::Held => {
            let help = "wait a moment; nothing is done twice";
            return Ok(Err(Wrong::refused(409, "this is being done already", help)));
        }
        Worth::Used(led) => {
            let wrong = Wrong::refused(409, "this was done already", "nothing was done twice; see what came of it");
            return Ok(Err(wrong.link("what came of it", led)));
        }
        Worth::Nothing => {
            let message = "the form comes from no page of this start, or from one that is too old";
            let wrong = Wrong::refused(403, message, "open the page again and send it from there");
            return Ok(Err(wrong.link("the first page", "/")));
        }
    }
    let given = deed().or_else(|error| Ok(Err(Wrong::undone(&error))));
    let led = match &given {
        Ok(Ok(response)) => Some(response.location.as_deref().unwrap_or("/")),
        Ok(Err(_)) | Err(_) => None,
    };
    build.desk.slips.end(slip, led);
    given
}
