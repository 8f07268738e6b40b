//! The browser that a person uses, opened on an address.

use std::process::{Command, Stdio};

/// Opens the address in the system's browser; answers whether there was a program to ask.
pub fn open(address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let silent = || Stdio::null();
    let started =
        Command::new(program).args(arguments).arg(address).stdin(silent()).stdout(silent()).stderr(silent()).spawn();
    started.is_ok()
}
