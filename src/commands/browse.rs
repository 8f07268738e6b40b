//! `abreast browse`: the explorer, served to this computer's own browser, or one authority's pages as one file.

use std::path::Path;

use crate::browse::{Browse, Build, Server, copy, open};
use crate::finding::Error;
use crate::home;
use crate::screen;

/// Prints the address, opens the browser and answers until the program is ended; or writes the file that was asked for and
/// answers whether it could not take its place.
///
/// # Errors
/// There is no build, no port is free, or the file cannot be written.
pub fn browse(options: &Browse) -> Result<bool, Error> {
    if let Some(path) = &options.page {
        return page(options, path);
    }
    let server = Server::open(options)?;
    let address = server.address();
    screen::say(&address);
    screen::note("the pages are for this computer alone; Ctrl-C ends them");
    if !options.no_open && !open(&address) {
        screen::note("no browser could be opened: copy the address into one");
    }
    server.run().map(|()| false)
}

/// Writes the pages of the authority as one file.
fn page(options: &Browse, path: &Path) -> Result<bool, Error> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if !matches!(ending.as_deref(), Some("html" | "htm")) {
        let message = format!("`{}` does not end in `.html`", home::shown(path));
        return Err(Error::usage(message, "the file is a web page: name it so, such as `--page sandwell.html`"));
    }
    let build = Build::open(options)?;
    let Some(code) = build.home else {
        return Err(Error::usage("no authority is named", "say whose page it is with `--authority NAME`"));
    };
    let text = copy(&build, code, options.measures.as_deref().unwrap_or_default())?;
    let put = super::put(path, &mut |file| file.write_all(text.as_bytes()))?;
    screen::say(home::shown(path));
    Ok(put.is_none())
}
