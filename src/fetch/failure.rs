//! What went wrong on the network, in the words of the person who has to do something about it.

use std::io;
use std::time::Duration;

use crate::finding::{Finding, Place};
use crate::provenance::without_secrets;

/// Why one attempt failed, and whether another may do better.
#[derive(Debug)]
pub(super) struct Fault {
    /// What to say if it is the last attempt.
    pub finding: Finding,
    /// Whether to try again.
    pub again: bool,
    /// How long the server asks to wait first.
    pub wait: Option<Duration>,
}

impl Fault {
    /// A fault that stays however often one asks.
    pub fn lasting(code: &str, url: &str, message: impl Into<String>, help: impl Into<String>) -> Fault {
        let shown = without_secrets(url);
        let message = message.into().replace(url, &shown);
        Fault { finding: Finding::error(code, message, help).at(Place::file(shown)), again: false, wait: None }
    }

    /// A fault that may have passed in a moment.
    pub fn passing(code: &str, url: &str, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { again: true, ..Fault::lasting(code, url, message, help) }
    }

    /// What the client or the connection says; `proxy` is the one gone through, if any.
    pub fn of(error: ureq::Error, url: &str, proxy: Option<&str>) -> Fault {
        use ureq::Error as E;
        match error {
            E::Timeout(_) => {
                let help = format!("try later, or allow more with `--timeout SECONDS`; {}", route(proxy));
                Fault::passing("fetch-slow", url, "the server went silent", help)
            }
            E::HostNotFound => Fault::passing("fetch-unreachable", url, "there is no such host", route(proxy)),
            E::ConnectProxyFailed(said) => {
                Fault::passing("fetch-proxy", url, format!("the proxy refused: {said}"), route(proxy))
            }
            E::Rustls(error) => certificate(url, &error.to_string()),
            E::Io(error) if is_certificate(&error) => certificate(url, &error.to_string()),
            E::Io(error) if is_cut(&error) => Fault::passing("fetch-broken", url, "the connection broke off", LATER),
            E::Io(error) => Fault::passing("fetch-unreachable", url, format!("no connection: {error}"), route(proxy)),
            E::BadUri(_) | E::Http(_) => {
                let help = "correct it in the pipeline's `[source]`, or in `--api`";
                Fault::lasting("fetch-address", url, format!("the address cannot be used: {error}"), help)
            }
            other => Fault::passing("fetch-broken", url, format!("the connection broke off: {other}"), LATER),
        }
    }
}

/// What to do about a file that does not come whole.
pub(super) const LATER: &str =
    "try again later; if it stays so, take the file with a browser and file it with `abreast add`";

/// What to look at where nobody answers.
fn route(proxy: Option<&str>) -> String {
    match proxy {
        Some(proxy) => format!("the proxy {proxy} is used, as HTTPS_PROXY or HTTP_PROXY says: check that it is right"),
        None => {
            "is there a connection? Where a proxy is needed, set HTTPS_PROXY to its address, as IT names it".to_owned()
        }
    }
}

fn certificate(url: &str, said: &str) -> Fault {
    Fault::lasting(
        "fetch-certificate",
        url,
        format!("the connection is not secure: {said}"),
        "check the address; where the network reads along, ask IT to put its root certificate among those that this machine trusts",
    )
}

fn is_cut(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::UnexpectedEof | K::ConnectionReset | K::ConnectionAborted | K::BrokenPipe)
}

/// TLS reports an untrusted certificate through the connection.
fn is_certificate(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData && error.to_string().to_lowercase().contains("certificate")
}
