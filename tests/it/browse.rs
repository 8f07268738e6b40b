//! The explorer: addresses, pages, figures, pictures, and who may come in.

mod addresses;
mod brought;
mod clicks;
mod figures;
mod intake;
mod jobs;
mod looks;
mod pages;
mod pictures;
mod post;
mod records;
mod safety;
mod wire;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use abreast::browse::{Browse, Build, Request, Response, answer};

use crate::harness::root;
use crate::report::abreast;

/// Options for a build at `out`, of the sample.
pub fn options(out: &Path) -> Browse {
    Browse {
        authority: None,
        port: None,
        no_open: true,
        read_only: false,
        out: out.to_owned(),
        returns: Some(root().join("data/sample")),
        pipelines: Some(root().join("pipelines")),
    }
}

/// The outputs of one run on the sample.
pub fn made() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = tempfile::tempdir().expect("a folder").keep();
        abreast().args(["run", "-q", "--returns", "data/sample", "--out"]).arg(&out).output().expect("a run");
        out
    })
}

/// The sample's build, opened once.
pub fn build() -> &'static Build {
    static BUILD: OnceLock<Build> = OnceLock::new();
    BUILD.get_or_init(|| Build::open(&options(made())).expect("a build"))
}

/// What is answered to an address.
pub fn get(address: &str) -> Response {
    answer(build(), &Request::get(address))
}

/// The page at an address, which must be there.
pub fn page(address: &str) -> String {
    let response = get(address);
    let text = String::from_utf8(response.body.into_owned()).expect("text");
    assert_eq!(response.status, 200, "{address}: {text}");
    text
}

/// The text of a page: without tags, entities read, blanks as one.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for letter in html.chars() {
        match letter {
            '<' => within = true,
            '>' => (within, _) = (false, text.push(' ')),
            other if !within => text.push(other),
            _ => {}
        }
    }
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = known.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every address that a page leads to.
pub fn links(html: &str) -> Vec<String> {
    let rest = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    rest.map(|link| link.replace("&amp;", "&")).collect()
}
