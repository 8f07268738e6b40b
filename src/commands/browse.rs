//! `abreast browse`: the explorer, served to this computer's own browser.

use crate::browse::{Browse, Server, open};
use crate::finding::Error;
use crate::screen;

/// Prints the address, opens the browser and answers until the program is ended.
///
/// # Errors
/// There is no build, or no port is free.
pub fn browse(options: &Browse) -> Result<(), Error> {
    let server = Server::open(options)?;
    let address = server.address();
    screen::say(&address);
    screen::note("the pages are for this computer alone; Ctrl-C ends them");
    if !options.no_open && !open(&address) {
        screen::note("no browser could be opened: copy the address into one");
    }
    server.run()
}
