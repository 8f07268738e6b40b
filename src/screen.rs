//! What is said: results on standard output, everything else on standard error; the only place that prints.
//!
//! In: words. Out: the same, without what a terminal would obey. A screen that is full, closed or gone never stops the
//! work: what is printed is not what is done. The first failure of standard output is kept and answered at the end.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;

use crate::finding::{Error, printable};

/// What went wrong first on standard output.
static FAILED: OnceLock<(io::ErrorKind, String)> = OnceLock::new();

/// Standard output for programs: bytes as they are. What fails is remembered.
#[derive(Debug)]
pub struct Out;

impl Out {
    fn kept<T>(done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            // Only the first is the cause; the others follow from it.
            let _ = FAILED.set((error.kind(), error.to_string()));
        }
        done
    }
}

impl Write for Out {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match FAILED.get() {
            Some((kind, said)) => Err(io::Error::new(*kind, said.clone())),
            None => Out::kept(io::stdout().write(buffer)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Out::kept(io::stdout().flush())
    }
}

/// Prints a line of a result.
pub fn say(line: impl Display) {
    print(&format!("{line}\n"));
}

/// Prints the text of a result, which ends its lines itself.
pub fn print(text: &str) {
    // What fails is answered by `ended`.
    let _ = Out.write_all(printable(text).as_bytes());
}

/// Says a line that is no result: what is being done, what was found.
pub fn note(line: impl Display) {
    aside(&format!("{line}\n"));
}

/// Says a text that is no result and ends its lines itself.
pub fn aside(text: &str) {
    // There is nowhere left to say that nothing can be said.
    let _ = io::stderr().write_all(printable(text).as_bytes());
}

/// Says a text whose first word stands out, by the number of a terminal's colour, where colours are wanted.
pub fn coloured(colour: u8, head: &str, rest: &str) {
    let (head, rest) = (printable(head), printable(rest));
    let text = if io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        format!("\u{1b}[1;{colour}m{head}\u{1b}[0m{rest}\n")
    } else {
        format!("{head}{rest}\n")
    };
    let _ = io::stderr().write_all(text.as_bytes());
}

/// That a result could not be printed, and what to do.
pub fn failed(error: &io::Error) -> Error {
    Error::Io(
        io::Error::new(error.kind(), format!("the result cannot be printed: {error}")),
        "send it to another place; files that the command was to write are written".to_owned(),
    )
}

/// Whether everything that was to be printed could be. A reader that had enough and closed its pipe is no failure.
///
/// # Errors
/// Standard output is full or cannot be written to.
pub fn ended() -> Result<(), Error> {
    let _ = Out.flush();
    match FAILED.get() {
        Some((kind, said)) if *kind != io::ErrorKind::BrokenPipe => Err(failed(&io::Error::new(*kind, said.clone()))),
        _ => Ok(()),
    }
}
