//! What filing would change, said before anything is filed; the engine of `effect` says it.

use super::basis::Basis;
use super::effect::{Foreseen, Wanted, effect};
use super::incoming::{Incoming, Tally, placed, told};
use super::options::Add;
use crate::finding::{Error, printable};
use crate::screen;

/// Says where the files would go and what that would change; answers whether one was refused or a table would fail.
pub(super) fn foresee(incoming: &[Incoming], options: &Add, basis: &Basis, mut tally: Tally) -> Result<bool, Error> {
    let mut put = Vec::new();
    for file in incoming {
        match placed(file, options, basis, &mut tally) {
            Ok(Some(place)) => {
                screen::say(format_args!("{}  would be filed from {}\n  {}", place.path(), file.original, place.why));
                put.push((file.path.clone(), place.clone()));
                tally.placed.push((file.original.clone(), place));
            }
            Ok(None) => {}
            Err(error @ Error::Usage { .. }) => tally.refused.push((file.original.clone(), error)),
            Err(error) => return Err(error),
        }
    }
    let wanted = Wanted { put: &put, pipelines: options.pipelines.folder.as_deref(), ..Wanted::default() };
    let failed = match effect(&wanted, basis)? {
        _ if put.is_empty() => false,
        None => {
            screen::say("no table reads them, so that nothing would change");
            false
        }
        Some(foreseen) => said(&foreseen),
    };
    Ok(told(tally, options.files.len(), "can be filed; nothing was filed")? || failed)
}

/// Prints what lies between the builds; answers whether a table would fail.
fn said(foreseen: &Foreseen) -> bool {
    screen::say(printable(foreseen.text().trim_end()));
    for finding in &foreseen.errors {
        screen::note(format_args!("{}\n", printable(&finding.to_string())));
    }
    !foreseen.errors.is_empty()
}
