//! Who may come in: this computer alone, by the key that was printed, from our own pages.
//!
//! In: a request. Out: nothing where it may pass, else what is answered instead. A page of another site that makes a browser
//! ask here has neither the host nor the cookie nor the origin.

use sha2::{Digest, Sha256};

use super::raw::Raw;
use super::request::{Method, Request, Response};
use super::wrong::Wrong;
use crate::finding::Error;

/// The door of one start.
pub struct Door {
    port: u16,
    key: String,
}

/// What is said to those who have no key.
const NO_KEY: &str = "start from the address printed in the window where abreast runs";

impl Door {
    /// A door at a port; `key` are 32 hexadecimal digits that nobody can guess.
    pub fn new(port: u16, key: String) -> Door {
        Door { port, key }
    }

    /// The address that lets its reader in and leads to `path`.
    pub fn address(&self, path: &str) -> String {
        let join = if path.contains('?') { '&' } else { '?' };
        format!("http://127.0.0.1:{}{path}{join}key={}", self.port, self.key)
    }

    /// The name of the cookie: two that run at once do not take each other's.
    fn name(&self) -> String {
        format!("abreast-{}", self.port)
    }

    /// What is answered to a request that may not pass, or that brings the key.
    pub fn refuse(&self, request: &Request) -> Option<Response> {
        let no = |status, message: &str, help: &str| Some(Response::plain(&Wrong::refused(status, message, help)));
        let hosts = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        if !hosts.contains(&request.host) {
            return no(421, "this is not the host that was asked for", NO_KEY);
        }
        if request.method == Method::Other {
            return no(405, "only GET, HEAD and POST are answered", "open the address in a browser");
        }
        if let Some(bare) = self.without_key(request) {
            let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.name(), self.key);
            return Some(Response { cookie: Some(cookie), ..Response::elsewhere(bare) });
        }
        if !self.has_cookie(request) {
            return no(403, "the key is missing or of another start", NO_KEY);
        }
        let own = |origin: &String| hosts.iter().any(|host| *origin == format!("http://{host}"));
        let foreign = match (&request.origin, request.method) {
            (Some(origin), _) => !own(origin),
            (None, method) => method == Method::Post,
        };
        if foreign {
            return no(403, "the request comes from a page that is not ours", NO_KEY);
        }
        None
    }

    /// The address without its key, where it has the right one.
    fn without_key(&self, request: &Request) -> Option<Raw> {
        if request.method == Method::Post {
            return None;
        }
        let mut raw = Raw::parse(&request.target).ok()?;
        let at = raw.query.iter().position(|(key, _)| key == "key")?;
        same(&raw.query.remove(at).1, &self.key).then_some(raw)
    }

    fn has_cookie(&self, request: &Request) -> bool {
        let name = self.name();
        let pairs =
            request.cookie.iter().flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(key, _)| *key == name).any(|(_, value)| same(value, &self.key))
    }
}

/// 128 bits that nobody can guess, as hexadecimal digits.
///
/// # Errors
/// The system gives no random numbers.
pub fn unguessable() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::usage(format!("the system gives no random numbers: {error}"), "try again"))?;
    Ok(Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// Whether two texts are one, in a time that does not tell how much of them is.
fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    one.len() == other.len() && differ == 0
}
