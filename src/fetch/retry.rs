//! Which answers are worth asking again, how often, and how long to wait in between.

use std::hash::{BuildHasher, RandomState};
use std::io::Read;
use std::time::Duration;

use serde::Deserialize;
use ureq::Body;
use ureq::http::Response;

use super::failure::Fault;
use super::limits::{Event, Limits};
use crate::finding::Finding;

/// Longer than this nobody waits at a screen.
const MOST_WAIT: Duration = Duration::from_secs(120);

/// What a server says about a refusal: problem details, RFC 9457.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Problem {
    title: String,
    detail: String,
    errors: Vec<ProblemError>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ProblemError {
    message: String,
}

/// Tries until it works, the fault lasts, or the tries are used up; waits longer each time.
pub(super) fn trying<T>(
    limits: &Limits,
    say: &dyn Fn(Event<'_>),
    mut attempt: impl FnMut() -> Result<T, Fault>,
) -> Result<T, Finding> {
    let mut tried = 1;
    loop {
        let fault = match attempt() {
            Ok(done) => return Ok(done),
            Err(fault) => fault,
        };
        let wait = fault.wait.unwrap_or_else(|| pause(limits.pause, tried));
        let mut finding = fault.finding;
        if !fault.again {
            return Err(finding);
        }
        if wait > MOST_WAIT {
            finding.message = format!("{}; it asks to wait {} seconds", finding.message, wait.as_secs());
            return Err(finding);
        }
        if tried >= limits.tries {
            if tried > 1 {
                finding.message = format!("{}; tried {tried} times", finding.message);
            }
            return Err(finding);
        }
        say(Event::Waiting { why: &finding.message, wait });
        std::thread::sleep(wait);
        tried += 1;
    }
}

/// Twice as long each time, and a random half of it more or less, so that not all who were cut off come back at once.
fn pause(first: Duration, tried: u32) -> Duration {
    let doubled = first.saturating_mul(1 << (tried - 1).min(10));
    let share = (RandomState::new().hash_one(tried) % 1000) as f64 / 1000.0;
    doubled.mul_f64(0.5 + share).min(MOST_WAIT)
}

/// The fault that an answer without a file is.
pub(super) fn refusal(url: &str, mut response: Response<Body>) -> Fault {
    let status = response.status();
    let code = status.as_u16();
    let wait = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).and_then(after);
    let mut body = Vec::new();
    // A refusal without a readable reason is a refusal all the same.
    let _ = response.body_mut().as_reader().take(64 * 1024).read_to_end(&mut body);
    let reason = status.canonical_reason().unwrap_or_default();
    let words = format!("the server answered {code} {reason}{}", said(&body, reason));
    let words = words.trim_end().to_owned();
    match code {
        408 | 425 | 429 | 500 | 502..=504 => Fault {
            wait,
            ..Fault::passing("fetch-refused", url, words, "try again later: the fault is with the server")
        },
        404 | 410 => Fault::lasting(
            "fetch-not-found",
            url,
            words,
            "check the id or the address in the pipeline's `[source]` against the publisher's page",
        ),
        407 => Fault::lasting(
            "fetch-proxy",
            url,
            words,
            "put the name and password into HTTPS_PROXY, as http://name:password@host:port",
        ),
        401 | 403 => Fault::lasting(
            "fetch-refused",
            url,
            words,
            "open the address in a browser: it may need a login, or the council's network may block it",
        ),
        _ => Fault::lasting("fetch-refused", url, words, "open the address in a browser and see what it says"),
    }
}

/// What a problem's details say beyond the `reason` of the status, with a colon before it; nothing where there is none.
fn said(body: &[u8], reason: &str) -> String {
    let problem: Problem = serde_json::from_slice(body).unwrap_or_default();
    let mut parts = vec![problem.title, problem.detail];
    parts.extend(problem.errors.into_iter().map(|error| error.message));
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty() && *part != reason)
        .collect();
    let text: String = parts.join(": ").chars().filter(|c| !c.is_control()).take(300).collect();
    if text.is_empty() { text } else { format!(": {text}") }
}

/// A `Retry-After`, in seconds or as a date.
fn after(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?.timestamp();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(Duration::from_secs(u64::try_from(at).ok()?.saturating_sub(now)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{after, pause, said};

    #[test]
    fn pauses_grow_and_differ() {
        let first = Duration::from_millis(100);
        for (tried, low, high) in [(1, 50, 150), (2, 100, 300), (4, 400, 1200)] {
            let waits: Vec<u128> = (0..50).map(|_| pause(first, tried).as_millis()).collect();
            assert!(waits.iter().all(|wait| (low..=high).contains(wait)), "{tried}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]), "no jitter: {waits:?}");
        }
        assert_eq!(pause(Duration::from_secs(3600), 40), Duration::from_secs(120));
    }

    #[test]
    fn a_date_to_wait_for_is_read() {
        assert_eq!(after(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(after("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert!(after("Wed, 21 Oct 2105 07:28:00 GMT").is_some_and(|wait| wait.as_secs() > 1_000_000_000));
        assert_eq!(after("soon"), None);
    }

    #[test]
    fn what_is_no_problem_is_left_out() {
        assert_eq!(said(b"<html>", "Not Found"), "");
        assert_eq!(
            said(
                b"{\"title\":\"Not Found\",\"detail\":\"No such set.\",\"errors\":[{\"message\":\"x\\u001by\"}]}",
                "Not Found"
            ),
            ": No such set: xy"
        );
    }
}
