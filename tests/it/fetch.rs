//! `fetch`: releases come whole from a server that answers as the statistics API does, and from one with every fault
//! that a network has; nothing half is filed and nothing is filed twice.

mod faults;
mod guests;
mod server;

use abreast::manifest::{Manifest, path_for};

use crate::harness::{Bench, EES, Ran, ees, snapshot};
use server::{Asked, Reply, Server};

const ID: &str = "00000000-0000-0000-0000-000000000000";

/// A pipeline whose `[source]` says `source`.
fn pipeline(source: &str) -> String {
    format!(
        "title = \"Assessments\"\nreturn = \"sen2\"\n[source]\n{source}\n[measures.assessments]\nlabel = \"Assessments\"\nunit = \"number\"\n\
         [[release]]\nfrom = 2025\nfile = \"assessments.csv\"\nformat = \"ees\"\nbreakdown = [\"breakdown_topic\", \"breakdown\"]\n\
         columns = {{ assessments = \"assessments_completed_in_year\" }}\n[checks]\nareas = \"some\"\n"
    )
}

/// A file of the return, with invented counts up to `year`.
pub fn csv(year: u32, extra: u32) -> String {
    let mut text = format!("{EES},breakdown_topic,breakdown,assessments_completed_in_year\n");
    for (place, count) in [("Birmingham", 10), ("Leeds", 20), ("Camden", 30)] {
        let start = ees(&year.to_string(), "Calendar year", place);
        text.push_str(&format!("{start},All EHC plans issued,All EHC plans issued,{}\n", count + extra));
    }
    text
}

/// What the API says of a data set whose versions are `versions` (number and day), newest first.
fn api(asked: &Asked, versions: &[(&str, &str, String)]) -> Reply {
    let json = |version: &(&str, &str, String)| {
        format!(
            "{{\"version\":\"{}\",\"type\":\"Major\",\"status\":\"Published\",\"published\":\"{}T08:30:00Z\",\"totalResults\":3,\"release\":{{\"title\":\"Calendar year\",\"slug\":\"x\"}},\"file\":{{\"id\":\"{ID}\"}}}}",
            version.0, version.1
        )
    };
    let set = format!("/v1/data-sets/{ID}");
    let Some(rest) = asked.path.strip_prefix(&set) else { return Reply::problem(404, "Not Found") };
    let of = |number: &str| versions.iter().find(|version| version.0 == number || number == "2.*");
    if rest.is_empty() {
        Reply::json(&format!(
            "{{\"id\":\"{ID}\",\"title\":\"EHC assessments\",\"summary\":\"\",\"status\":\"Published\",\"latestVersion\":{}}}",
            json(&versions[0])
        ))
    } else if let Some(page) = rest.strip_prefix("/versions?page=") {
        let at: usize = page.split('&').next().and_then(|page| page.parse().ok()).expect("a page");
        let one = versions.get(at - 1).map(json).unwrap_or_default();
        let total = versions.len();
        Reply::json(&format!(
            "{{\"paging\":{{\"page\":{at},\"pageSize\":1,\"totalResults\":{total},\"totalPages\":{total}}},\"results\":[{one}]}}"
        ))
    } else if let Some(number) = rest.strip_prefix("/versions/") {
        of(number).map_or_else(|| Reply::problem(404, "Not Found"), |version| Reply::json(&json(version)))
    } else if let Some(number) = rest.strip_prefix("/csv?dataSetVersion=") {
        of(number).map_or_else(
            || Reply::problem(404, "Not Found"),
            |version| Reply::file(&version.2).header("Content-Disposition", "attachment; filename=\"ehc.csv\""),
        )
    } else {
        Reply::problem(404, "Not Found")
    }
}

/// The returns folder is beside the pipelines; waits are short.
fn fetch(bench: &Bench, server: &Server, more: &[&str]) -> Ran {
    let mut all = vec!["fetch", "--pipelines", "pipelines", "--returns", "returns", "--api", &server.url];
    all.extend(more);
    bench.abreast(&all)
}

/// What was said, without what changes from run to run: the port, the waits and today.
fn said(ran: &Ran, server: &Server) -> String {
    let text = format!("{}{}exit {}\n", ran.stdout, ran.stderr, ran.code).replace("\r\n", "\n");
    let text = text.replace(&server.url, "http://server");
    let moving = |text: &str, pattern: &str, word: &str| {
        regex::Regex::new(pattern).expect("a pattern").replace_all(text, word).into_owned()
    };
    let text = moving(&text, r"again in [0-9.]+ seconds", "again in N seconds");
    moving(&text, r" on [0-9]{4}-[0-9]{2}-[0-9]{2}\n", " on DAY\n")
}

fn manifest(bench: &Bench) -> Manifest {
    Manifest::read(&path_for(&bench.path("returns"))).expect("a manifest")
}

/// The last of several steps, each with its heading.
fn step(text: &mut String, heading: &str, ran: &Ran, server: &Server) {
    text.push_str(&format!("# {heading}\n{}\n", said(ran, server)));
}

#[test]
fn a_data_set_is_filed_once_and_a_new_version_is_said() {
    let bench = Bench::new();
    bench.pipeline("assessments", &pipeline(&format!("data_set = \"{ID}\"")));
    let mut text = String::new();
    let first = vec![("2.0", "2025-06-26", csv(2024, 0))];
    let server = Server::start(move |asked| api(asked, &first));
    step(&mut text, "first", &fetch(&bench, &server, &[]), &server);
    let record = manifest(&bench).record("sen2/2025/assessments.csv").cloned().expect("a record");
    assert_eq!((record.original.as_str(), record.published.as_str()), ("ehc.csv", "2025-06-26"));
    assert_eq!(record.url, format!("{}/v1/data-sets/{ID}/csv?dataSetVersion=2.0", server.url));
    assert_eq!(std::fs::read_to_string(bench.path("returns/sen2/2025/assessments.csv")).expect("filed"), csv(2024, 0));
    bench.run().well();
    assert_eq!(bench.table("assessments").len(), 3);
    let before = server.asked().len();
    step(&mut text, "again", &fetch(&bench, &server, &["assessments"]), &server);
    let again = &server.asked()[before..];
    assert!(again.iter().all(|asked| !asked.path.contains("csv")), "it was downloaded again: {again:?}");
    // Another version of the same year, and then one of the next.
    let revised = vec![("2.1", "2025-09-30", csv(2024, 1)), ("2.0", "2025-06-26", csv(2024, 0))];
    let server = Server::start(move |asked| api(asked, &revised));
    step(&mut text, "revised", &fetch(&bench, &server, &["sen2"]), &server);
    step(&mut text, "revised, with --replace", &fetch(&bench, &server, &["--replace"]), &server);
    step(&mut text, "--list", &fetch(&bench, &server, &["--list"]), &server);
    let next = vec![("3.0", "2026-06-25", csv(2025, 0)), ("2.1", "2025-09-30", csv(2024, 1))];
    let server = Server::start(move |asked| api(asked, &next));
    step(&mut text, "next year", &fetch(&bench, &server, &[]), &server);
    assert!(manifest(&bench).record("sen2/2026/assessments.csv").is_some());
    bench.pipeline("assessments", &pipeline(&format!("data_set = \"{ID}\"\nversion = \"2.*\"")));
    let both = vec![("3.0", "2026-06-25", csv(2025, 0)), ("2.1", "2025-09-30", csv(2024, 1))];
    let server = Server::start(move |asked| match asked.path.strip_suffix("/versions/2.*") {
        Some(set) => api(&Asked { path: format!("{set}/versions/2.1"), ..asked.clone() }, &both),
        None => api(asked, &both),
    });
    step(&mut text, "staying with 2.*", &fetch(&bench, &server, &[]), &server);
    snapshot("fetch/versions.txt", &text);
}

#[test]
fn a_file_changed_by_hand_is_not_taken_for_the_one_filed() {
    let bench = Bench::new();
    bench.pipeline("assessments", &pipeline(&format!("data_set = \"{ID}\"")));
    let versions = vec![("2.0", "2025-06-26", csv(2024, 0))];
    let server = Server::start(move |asked| api(asked, &versions));
    fetch(&bench, &server, &[]);
    bench.returns("sen2/2025/assessments.csv", csv(2024, 9));
    let ran = fetch(&bench, &server, &[]);
    assert!(ran.code == 1 && ran.stderr.contains("it is another file"), "{}", said(&ran, &server));
}

#[test]
fn links_are_filed_under_their_releases_and_one_that_fails_stops_no_other() {
    let bench = Bench::new();
    let server = Server::start(|asked| match asked.path.as_str() {
        "/a/2025%20figures.csv" | "/b.csv" => Reply::file(&csv(2024, 0)),
        _ => Reply::problem(410, "Gone"),
    });
    let link = |release: u32, path: &str, more: &str| {
        format!("[[source.link]]\nrelease = {release}\nurl = \"{}{path}\"\n{more}\n", server.url)
    };
    let links = [
        link(2023, "/gone.csv", ""),
        link(2025, "/a/2025%20figures.csv", "published = \"2025-06-26\""),
        link(2026, "/b.csv", "file = \"other name.csv\""),
        link(2019, "/b.csv?old", ""),
    ];
    bench.pipeline("assessments", &pipeline(&links.concat()));
    // A second table of the same file needs no second download.
    bench.pipeline("assessments_again", &pipeline(&links[1]));
    let mut text = String::new();
    step(&mut text, "first", &fetch(&bench, &server, &["--tries", "1"]), &server);
    step(&mut text, "again", &fetch(&bench, &server, &["assessments_again"]), &server);
    step(&mut text, "--list", &fetch(&bench, &server, &["assessments", "--list"]), &server);
    snapshot("fetch/links.txt", &text);
    assert_eq!(bench.files("returns"), ["returns/sen2/2025/assessments.csv", "returns/sen2/2026/other name.csv"]);
    let manifest = manifest(&bench);
    let record = manifest.record("sen2/2025/assessments.csv").expect("a record");
    assert_eq!((record.original.as_str(), record.published.as_str()), ("2025 figures.csv", "2025-06-26"));
}

#[test]
fn a_release_that_nothing_tells_is_asked_for() {
    let bench = Bench::new();
    bench.pipeline("assessments", &pipeline(&format!("data_set = \"{ID}\"")));
    let versions = vec![("1.0", "no day at all", csv(2024, 0))];
    let server = Server::start(move |asked| api(asked, &versions));
    let mut text = String::new();
    step(&mut text, "nothing tells", &fetch(&bench, &server, &[]), &server);
    assert!(bench.files("returns").is_empty());
    step(&mut text, "told", &fetch(&bench, &server, &["--release", "2025"]), &server);
    snapshot("fetch/release.txt", &text);
}

#[test]
fn a_file_of_another_layout_is_filed_and_said() {
    let bench = Bench::new();
    let server = Server::start(|_| Reply::file(&csv(2024, 0).replace("assessments_completed_in_year", "renamed")));
    let link = format!("[[source.link]]\nrelease = 2025\nurl = \"{}/assessments.csv\"", server.url);
    bench.pipeline("assessments", &pipeline(&link));
    let ran = fetch(&bench, &server, &[]);
    snapshot("fetch/other_layout.txt", &said(&ran, &server));
    assert_eq!(bench.files("returns"), ["returns/sen2/2025/assessments.csv"]);
}

#[test]
fn the_mirror_and_the_proxy_of_the_environment_are_used() {
    let bench = Bench::new();
    bench.pipeline("assessments", &pipeline(&format!("data_set = \"{ID}\"")));
    let versions = vec![("1.0", "2025-06-26", csv(2024, 0))];
    let server = Server::start(move |asked| api(asked, &versions));
    let plain = ["fetch", "--pipelines", "pipelines", "--returns", "returns"];
    let ran = bench.abreast_where(&plain, &[("ABREAST_API", &server.url)]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // Port 9 is nobody's: only a proxy could be asked for it.
    let asked =
        ["fetch", "--pipelines", "pipelines", "--returns", "returns", "--tries", "1", "--api", "http://127.0.0.1:9"];
    for variable in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"] {
        let proxy = Server::start(|_| Reply::problem(403, "Forbidden"));
        let ran = bench.abreast_where(&asked, &[(variable, &proxy.url), ("NO_PROXY", "")]);
        assert_eq!(ran.code, 1, "{variable}");
        let seen = proxy.asked();
        assert!(seen.len() == 1 && seen[0].path.contains("127.0.0.1:9"), "{variable}: {seen:?} {}", ran.stderr);
        let ran = bench.abreast_where(&asked, &[(variable, &proxy.url), ("NO_PROXY", "127.0.0.1")]);
        assert!(ran.code == 1 && proxy.asked().len() == 1, "{variable}: the proxy was asked in spite of NO_PROXY");
    }
}

#[test]
fn what_cannot_be_asked_for_is_said() {
    let bench = Bench::new();
    let server = Server::start(|_| Reply::problem(404, "Not Found"));
    let mut text = String::new();
    bench.pipeline("assessments", &pipeline(""));
    step(&mut text, "no source", &fetch(&bench, &server, &["assessments"]), &server);
    step(&mut text, "no source at all", &fetch(&bench, &server, &[]), &server);
    step(&mut text, "unknown name", &fetch(&bench, &server, &["asessments"]), &server);
    step(&mut text, "size", &fetch(&bench, &server, &["--max-size", "big"]), &server);
    step(&mut text, "release", &fetch(&bench, &server, &["--release", "../x"]), &server);
    let wrong = "data_set = \"PUT-THE-ID-HERE\"\nversion = \"two\"\nfile = \"../x.csv\"\n[[source.link]]\nrelease = \"a/b\"\nurl = \"ftp://example.org/a.csv\"\npublished = \"June\"";
    bench.pipeline("assessments", &pipeline(wrong));
    step(&mut text, "a source that is none", &fetch(&bench, &server, &[]), &server);
    snapshot("fetch/asked.txt", &text);
    assert!(server.asked().is_empty(), "nothing of it is worth a request");
}
