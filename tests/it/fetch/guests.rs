//! What comes from a server and does not belong here: answers that are no data, words that a terminal would obey,
//! passwords in addresses, addresses that lead to this machine; and that a fetch that is killed leaves nothing.

use std::process::{Command, Stdio};
use std::time::Duration;

use super::server::{Reply, Server};
use super::{ID, csv, fetch, manifest, pipeline};
use crate::harness::{Bench, Ran};

const FILED: &str = "returns/sen2/2025/assessments.csv";

/// A bench whose pipeline has a link to `url`.
fn linked(url: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("assessments", &pipeline(&format!("[[source.link]]\nrelease = 2025\nurl = \"{url}\"")));
    bench
}

/// One try, without a server of the API.
fn once(bench: &Bench, more: &[&str]) -> Ran {
    let all = ["fetch", "--pipelines", "pipelines", "--returns", "returns", "--tries", "1"];
    bench.abreast(&[&all[..], more].concat())
}

#[test]
fn what_is_no_data_is_not_filed_and_replaces_nothing() {
    let answers = [
        ("application/json", "[{\"status\": 429, \"title\": \"slow down, please\"}]"),
        ("text/csv", "{\r\n\t\"message\" : \"quota, used up\"\r\n}"),
        ("application/rss+xml", "<rss version=\"2.0\"><channel><title>News, all</title></channel></rss>"),
        ("text/plain", "  <!-- a,b -->\n<!-- c -->\n<BODY onload=\"go()\">moved</BODY>"),
        ("text/csv", "window.location = \"/sign-in\"; // a, b"),
        ("text/csv", "%PDF-1.4\n1 0 obj"),
        ("text/plain", "Service unavailable, try again later\n"),
        ("text/plain", "Too many requests\nPlease wait, then ask again\n"),
    ];
    for (kind, body) in answers {
        let answer = move |_: &super::server::Asked| Reply::file(body).header("Content-Type", kind);
        let server = Server::start(answer);
        let bench = linked(&format!("{}/assessments.csv", server.url));
        let ran = once(&bench, &[]);
        assert!(ran.code == 1 && bench.files("returns").is_empty(), "{body}: filed\n{}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains("error[fetch-"), "{body}: {}", ran.stderr);
        bench.file("good.csv", csv(2024, 0));
        let add = ["add", "good.csv", "--returns", "returns", "--return", "sen2", "--release", "2025"];
        assert_eq!(bench.abreast(&add).code, 0);
        std::fs::rename(bench.path("returns/sen2/2025/good.csv"), bench.path(FILED)).expect("renamed");
        assert_eq!(once(&bench, &["--replace"]).code, 1, "{body}");
        assert_eq!(std::fs::read_to_string(bench.path(FILED)).expect("there"), csv(2024, 0), "{body} took its place");
    }
}

#[test]
fn words_of_a_server_are_not_obeyed() {
    let bad = "\u{1b}]0;owned\u{7}T\u{202e}itle\u{9b}2J";
    let escaped = serde_json::to_string(bad).expect("a word");
    let version = format!(
        "{{\"version\":\"1.0\",\"published\":\"2025-06-26T08:30:00Z\",\"status\":{escaped},\"release\":{{\"title\":{escaped}}}}}"
    );
    let set = format!("{{\"title\":{escaped},\"status\":{escaped},\"latestVersion\":{version}}}");
    let list = format!("{{\"paging\":{{\"totalPages\":1}},\"results\":[{version}]}}");
    let server = Server::start(move |asked| match asked.path.as_str() {
        path if path.contains("/csv") => Reply::file(&csv(2024, 0)),
        path if path.contains("/versions") => Reply::json(&list),
        _ => Reply::json(&set),
    });
    let bench = Bench::new();
    bench.pipeline("assessments", &pipeline(&format!("data_set = \"{ID}\"")));
    for more in [&["--list"][..], &[], &["--list"]] {
        let ran = fetch(&bench, &server, more);
        let text = ran.stdout + &ran.stderr;
        let raw: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n' || *c == '\u{202e}').collect();
        assert!(raw.is_empty() && text.contains("owned"), "{more:?}: {raw:?}");
    }
}

#[test]
fn passwords_in_addresses_are_neither_printed_nor_kept() {
    let server = Server::start(|asked| match asked.path.as_str() {
        path if path.starts_with("/assessments.csv") => Reply::file(&csv(2024, 0)),
        path if path.starts_with("/on") => Reply::new("302 Found").header("Location", "/gone.csv?sig=s3cret"),
        _ => Reply::problem(404, "Not Found"),
    });
    let with = |path: &str| server.url.replace("http://", "http://analyst:s3cret@") + path;
    for path in ["/assessments.csv?api_key=s3cret&year=2024", "/gone.csv", "/on.csv"] {
        let bench = linked(&with(path));
        for more in [&["--list"][..], &[], &[], &["--list"]] {
            let ran = once(&bench, more);
            assert!(!(ran.stdout + &ran.stderr).contains("s3cret"), "{path} {more:?}");
            let kept = std::fs::read_to_string(bench.path("manifest.toml")).unwrap_or_default();
            assert!(!kept.contains("s3cret") && !kept.contains("analyst"), "{kept}");
        }
        assert_eq!(bench.path(FILED).exists(), path.starts_with("/assessments"), "{path}");
    }
    // An address that is none is said without its password too.
    let ran = once(&linked("ftp://analyst:s3cret@example.org/a.csv"), &[]);
    assert!(ran.code != 0 && !(ran.stdout + &ran.stderr).contains("s3cret"), "{}", ran.stderr);
}

#[test]
fn an_address_leads_to_this_machine_only_where_that_is_asked_for() {
    let inner = Server::start(|_| Reply::file(&csv(2024, 0)));
    let port = inner.url.rsplit(':').next().expect("a port").to_owned();
    for host in ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"] {
        let to = format!("http://{host}:{port}/assessments.csv");
        let outer = Server::start(move |_| Reply::new("302 Found").header("Location", &to));
        let bench = linked(&format!("{}/assessments.csv", outer.url));
        let before = inner.asked().len();
        let ran = once(&bench, &[]);
        assert!(ran.code == 1 && bench.files("returns").is_empty(), "{host}: {}", ran.stdout);
        assert!(
            ran.stderr.contains("error[fetch-private]") && ran.stderr.contains("--allow-private"),
            "{host}: {}",
            ran.stderr
        );
        assert_eq!(inner.asked().len(), before, "{host}: it was asked all the same");
        if host == "127.0.0.1" {
            assert_eq!(once(&bench, &["--allow-private"]).code, 0);
            assert!(bench.path(FILED).is_file());
        }
    }
}

#[test]
fn a_meta_file_is_filed_beside_its_file_and_read() {
    let meta = "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column\n\
                assessments_completed_in_year,Indicator,Number of assessments that were completed,,,0,,\n";
    let server = Server::start(move |asked| match asked.path.as_str() {
        "/assessments.csv" => Reply::file(&csv(2024, 0)),
        _ => Reply::file(meta),
    });
    let bench = Bench::new();
    let links = ["assessments.meta.csv", "assessments.csv"]
        .map(|name| format!("[[source.link]]\nrelease = 2025\nurl = \"{}/{name}\"\n", server.url));
    bench.pipeline("assessments", &pipeline(&links.concat()));
    assert_eq!(once(&bench, &[]).code, 0);
    assert_eq!(bench.files("returns"), [FILED, "returns/sen2/2025/assessments.meta.csv"]);
    assert_eq!(std::fs::read_to_string(bench.path("returns/sen2/2025/assessments.meta.csv")).expect("filed"), meta);
    assert_eq!(manifest(&bench).files.len(), 2);
    bench.run().well();
    let footer = abreast::publish::footer(&bench.path("out/tables/assessments.parquet")).expect("a table");
    assert!(footer.inputs.contains_key("sen2/2025/assessments.meta.csv"), "{:?}", footer.inputs);
}

#[test]
fn a_fetch_that_is_killed_leaves_nothing() {
    let server = Server::start(|_| Reply::file(&csv(2024, 0)).cut(300).after(Duration::from_millis(300)));
    let bench = linked(&format!("{}/assessments.csv", server.url));
    let temporary = bench.path("temporary");
    std::fs::create_dir(&temporary).expect("a folder");
    for wait in [150, 400, 700] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(["fetch", "--pipelines", "pipelines", "--returns", "data/returns"])
            .current_dir(bench.path(""))
            .env("TMPDIR", &temporary)
            .env("NO_PROXY", "127.0.0.1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let left: Vec<String> = [bench.files("temporary"), bench.files("data")].concat();
        assert!(left.is_empty(), "{left:?}");
    }
}
