//! The explorer: addresses, pages, figures, pictures, and who may come in.

mod addresses;
mod alive;
mod brought;
mod changes;
mod clicks;
mod copies;
mod figures;
mod grammar;
mod heats;
mod intake;
mod jobs;
mod lists;
mod looks;
mod pages;
mod papers;
mod picker;
mod pictures;
mod post;
mod records;
mod regions;
mod safety;
mod tables;
mod take;
mod trail;
mod wire;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use abreast::browse::{Browse, Build, Request, Response, answer};

use grammar::Grammar;
pub use grammar::text;

use crate::harness::root;
use crate::report::abreast;

/// Options for a build at `out`, of the sample.
pub fn options(out: &Path) -> Browse {
    Browse {
        authority: None,
        port: None,
        no_open: true,
        page: None,
        measures: None,
        read_only: false,
        out: abreast::home::PublishedTables { folder: out.to_owned() },
        returns: abreast::home::PublishersFiles { folder: Some(root().join("data/sample")) },
        pipelines: abreast::home::PipelineFiles { folder: Some(root().join("pipelines")) },
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

/// The grammar of the sample's addresses, made once.
pub fn sample() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::of(build()))
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

/// Every address that a page leads to.
pub fn links(html: &str) -> Vec<String> {
    let rest = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    rest.map(|link| link.replace("&amp;", "&")).collect()
}
