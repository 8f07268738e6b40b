//! Parse, dispatch, exit code: 0 all well, 1 findings of severity error, 2 cannot run.

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match abreast::cli::Cli::parse().command.carry_out() {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        Err(abreast::finding::Error::Io(error, _)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {}", abreast::finding::printable(&error.to_string()));
            ExitCode::from(2)
        }
    }
}
