//! One client for all requests: the certificates this machine trusts, the proxy of the environment, limits of time and
//! size, and redirects that never leave an encrypted connection.

use super::limits::{Event, Limits};

use std::fmt;
use std::io::Read;

use serde::de::DeserializeOwned;
use ureq::http::Response;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use super::address;
use super::failure::Fault;
use super::private::{Guard, Guarded, is_private_number};
use super::retry::{refusal, trying};
use crate::finding::Finding;
use crate::provenance::{is_web_page, without_secrets};

/// How many times an address may point to another.
const MOST_REDIRECTS: usize = 5;
/// More than this no answer about a data set takes.
const MOST_JSON: u64 = 4 << 20;

/// A client that asks for files and for what is known about them.
pub struct Client {
    agent: Agent,
    guard: Guard,
    pub(super) limits: Limits,
    proxy: Option<String>,
    watch: Box<dyn Fn(Event<'_>)>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that keeps `limits` and tells `watch` what it does.
    pub fn new(limits: Limits, watch: impl Fn(Event<'_>) + 'static) -> Client {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .user_agent(concat!("abreast/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            // Followed here, so that none leads from https to http.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(limits.silence))
            .timeout_connect(Some(limits.silence))
            .timeout_per_read(Some(limits.silence))
            .timeout_recv_response(Some(limits.silence))
            .timeout_recv_body(Some(limits.silence * 30))
            .build();
        // Without its name and password: it may be printed.
        let proxy = config.proxy().map(|proxy| format!("{}:{}", proxy.host(), proxy.port()));
        let guard = Guard::default();
        let resolver = Guarded { guard: guard.clone(), usual: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Client { agent, guard, limits, proxy, watch: Box::new(watch) }
    }

    pub(super) fn say(&self, event: Event<'_>) {
        (self.watch)(event);
    }

    /// What a broken connection to `url` is.
    pub(super) fn broken(&self, error: impl Into<ureq::Error>, url: &str) -> Fault {
        Fault::of(error.into(), url, self.proxy.as_deref())
    }

    /// One answer, wherever redirects lead, with the address it came from.
    pub(super) fn get(&self, url: &str, headers: &[(&str, &str)]) -> Result<(Response<Body>, String), Fault> {
        let mut at = url.to_owned();
        self.guard.watch(None);
        for _ in 0..=MOST_REDIRECTS {
            let mut request = self.agent.get(&at).header("accept-encoding", "identity");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let response = request.call().map_err(|error| match self.guard.refused() {
                true => private(&at),
                false => self.broken(error, &at),
            })?;
            if !matches!(response.status().as_u16(), 301..=303 | 307 | 308) {
                return Ok((response, at));
            }
            at = next(&at, &response)?;
            // Where the user's own address leads on to itself, that machine was asked for.
            let (host, whole) = address::origin(&at);
            let strange = !self.limits.private && whole != address::origin(url).1;
            if strange && is_private_number(host) {
                return Err(private(&at));
            }
            self.guard.watch(strange.then_some(host));
        }
        Err(Fault::lasting(
            "fetch-redirects",
            url,
            format!("the address leads on more than {MOST_REDIRECTS} times, last to `{}`", without_secrets(&at)),
            "open it in a browser and put the address where it ends into the pipeline's `[source]`",
        ))
    }

    /// What is known about something, as JSON.
    ///
    /// # Errors
    /// No answer, a refusal, or something else than what was asked for.
    pub(super) fn json<T: DeserializeOwned>(&self, url: &str) -> Result<T, Finding> {
        trying(&self.limits, &|event| self.say(event), || {
            let (mut response, at) = self.get(url, &[("accept", "application/json")])?;
            if response.status().as_u16() != 200 {
                return Err(refusal(&at, response));
            }
            let mut bytes = Vec::new();
            let read = response.body_mut().as_reader().take(MOST_JSON).read_to_end(&mut bytes);
            read.map_err(|error| self.broken(error, &at))?;
            if is_web_page(&bytes) {
                return Err(web_page(&at));
            }
            serde_json::from_slice(&bytes).map_err(|error| {
                let help = "check the address given with `--api` or ABREAST_API; without either the DfE's own is used";
                Fault::lasting(
                    "fetch-answer",
                    &at,
                    format!("the answer is not that of the statistics API: {error}"),
                    help,
                )
            })
        })
    }
}

/// Where a redirect leads.
fn next(at: &str, response: &Response<Body>) -> Result<String, Fault> {
    let location = response.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let help = "open it in a browser, and put an address that starts with https:// into the pipeline's `[source]`";
    let Some(next) = address::join(at, location).filter(|_| !location.is_empty()) else {
        let message =
            format!("the address leads on to `{}`, which is no web address", without_secrets(location).escape_debug());
        return Err(Fault::lasting("fetch-redirects", at, message, help));
    };
    if address::is_secure(at) && !address::is_secure(&next) {
        let message = format!(
            "the address leads on to `{}`, which is not encrypted: anyone could change the file on its way",
            without_secrets(&next)
        );
        return Err(Fault::lasting("fetch-unencrypted", at, message, help));
    }
    Ok(next)
}

/// The fault that a redirect leads where nobody asked to go.
fn private(at: &str) -> Fault {
    Fault::lasting(
        "fetch-private",
        at,
        "the address leads on to this machine or into a private network",
        "if that is right, say `--allow-private`, or put this address into the pipeline's `[source]`",
    )
}

/// The fault that a web page in the place of a file is.
pub(super) fn web_page(url: &str) -> Fault {
    Fault::lasting(
        "fetch-web-page",
        url,
        "a web page came in the place of the file: a login page of the network, or an address that is not the file's own",
        "open the address in a browser: log in if it asks, or copy the address of the file itself into the pipeline's `[source]`",
    )
}

#[cfg(test)]
mod tests {
    use ureq::Body;
    use ureq::http::Response;

    use super::next;

    #[test]
    fn no_redirect_leaves_an_encrypted_connection() {
        let to = |location: &str| {
            let response = Response::builder().status(302).header("location", location);
            next("https://a.gov.uk/x", &response.body(Body::builder().data("")).expect("a response"))
        };
        assert_eq!(to("https://b.gov.uk/y").expect("followed"), "https://b.gov.uk/y");
        assert_eq!(to("y").expect("followed"), "https://a.gov.uk/y");
        for location in ["http://a.gov.uk/x", "HTTP://a.gov.uk/x"] {
            assert_eq!(to(location).expect_err("refused").finding.code, "fetch-unencrypted");
        }
        assert_eq!(to("ftp://a.gov.uk/x").expect_err("refused").finding.code, "fetch-redirects");
    }
}
