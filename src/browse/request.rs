//! A request as far as it is looked at, and what is answered.

use std::borrow::Cow;

use super::post::Form;
use super::wrong::Wrong;

/// What may be asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Shows.
    Get,
    /// Shows the head alone.
    Head,
    /// Changes.
    Post,
    /// Anything else, which is refused.
    Other,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is asked with.
    pub method: Method,
    /// The address as it was written.
    pub target: String,
    /// The head's `Host`.
    pub host: String,
    /// The head's `Origin`, where there is one.
    pub origin: Option<String>,
    /// The head's `Cookie`, where there is one.
    pub cookie: Option<String>,
    /// What a form brings; nothing where nothing is changed.
    pub form: Form,
}

impl Request {
    /// Asks for an address, as a page of our own does.
    pub fn get(target: impl Into<String>) -> Request {
        Request {
            method: Method::Get,
            target: target.into(),
            host: String::new(),
            origin: None,
            cookie: None,
            form: Form::default(),
        }
    }

    /// Sends a form to an address, as a page of our own does.
    pub fn post(target: impl Into<String>, form: Form) -> Request {
        Request { method: Method::Post, form, ..Request::get(target) }
    }
}

/// The kinds of what is answered.
pub const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What is answered.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status by HTTP.
    pub status: u16,
    /// What kind of bytes they are.
    pub kind: &'static str,
    /// The bytes.
    pub body: Cow<'static, [u8]>,
    /// Where to go instead.
    pub location: Option<String>,
    /// A cookie to keep.
    pub cookie: Option<String>,
    /// The name of the file, where it is one to keep.
    pub name: Option<String>,
    /// What the page may do, where it is not one of our own.
    pub policy: Option<&'static str>,
    /// After how many seconds the page is to be asked for again.
    pub refresh: Option<String>,
}

impl Response {
    /// Bytes that are there.
    pub fn found(kind: &'static str, body: impl Into<Cow<'static, [u8]>>) -> Response {
        Response { status: 200, kind, body: body.into(), ..Response::default() }
    }

    /// A file to keep.
    pub fn kept(name: String, kind: &'static str, body: Vec<u8>) -> Response {
        Response { name: Some(name), ..Response::found(kind, body) }
    }

    /// Another address has it.
    pub fn elsewhere(address: impl ToString) -> Response {
        let location = Some(address.to_string());
        Response { status: 303, kind: TEXT, location, ..Response::default() }
    }

    /// What is wrong, in plain words, for those who may not see a page.
    pub fn plain(wrong: &Wrong) -> Response {
        let text = format!("{}\n{}\n", wrong.message, wrong.help);
        Response { status: wrong.status, kind: TEXT, body: text.into_bytes().into(), ..Response::default() }
    }
}

/// What stands in the head of every answer: only our own style and script run, nothing is kept, nobody frames us.
pub const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: with that a browser sends the forms of our own pages with the origin `null`. To other sites nothing goes.
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];
