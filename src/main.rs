//! Parse, dispatch, exit code: 0 all well, 1 findings of severity error, 2 cannot run.

#![deny(clippy::print_stdout, clippy::print_stderr, unsafe_code)]

use std::process::ExitCode;

use abreast::finding::Error;
use abreast::screen;
use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match abreast::cli::Cli::try_parse() {
        Ok(cli) => cli.command.carry_out(),
        Err(words) if words.use_stderr() => words.exit(),
        // Help and version are results: what cannot be printed is said as of any other.
        Err(words) => words.print().map(|()| false).map_err(|error| screen::failed(&error)),
    };
    let printed = screen::ended();
    match done.and_then(|found| printed.map(|()| found)) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        // A reader that had enough is no failure.
        Err(Error::Io(error, _)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            screen::note(format_args!("error: {error}"));
            ExitCode::from(2)
        }
    }
}
