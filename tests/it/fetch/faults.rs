//! Each fault of a network or server: taken up again where it passes, and said with the next action where it stays.

use std::time::Duration;

use super::server::{Asked, Reply, Server};
use super::{csv, fetch, manifest, pipeline, said};
use crate::harness::{Bench, Ran, snapshot};

const FILED: &str = "returns/sen2/2025/assessments.csv";

/// Fetches one link from a server; `answer` gets the request and how many came before it.
fn linked(more: &[&str], mut answer: impl FnMut(&Asked, usize) -> Reply + Send + 'static) -> (Bench, Server, Ran) {
    let mut count = 0;
    let server = Server::start(move |asked| {
        count += 1;
        answer(asked, count - 1)
    });
    let bench = Bench::new();
    let link = format!("[[source.link]]\nrelease = 2025\nurl = \"{}/assessments.csv\"", server.url);
    bench.pipeline("assessments", &pipeline(&link));
    let ran = fetch(&bench, &server, more);
    (bench, server, ran)
}

/// The file came whole in the end; answers what was asked.
fn comes(name: &str, answer: impl FnMut(&Asked, usize) -> Reply + Send + 'static) -> Vec<Asked> {
    let (bench, server, ran) = linked(&[], answer);
    snapshot(&format!("fetch/{name}.txt"), &said(&ran, &server));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(bench.path(FILED)).expect("filed"), file());
    assert_eq!(manifest(&bench).files.len(), 1);
    server.asked()
}

/// Nothing came, nothing was filed, and what was said is as kept; answers what was asked.
fn fails(name: &str, more: &[&str], answer: impl FnMut(&Asked, usize) -> Reply + Send + 'static) -> Vec<Asked> {
    let (bench, server, ran) = linked(more, answer);
    snapshot(&format!("fetch/{name}.txt"), &said(&ran, &server));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(bench.files("returns").is_empty() && manifest(&bench).files.is_empty(), "something was filed");
    server.asked()
}

fn file() -> String {
    csv(2024, 0)
}

/// The rest of the file from the byte asked for.
fn rest(asked: &Asked) -> Reply {
    let (whole, from) = (file(), asked.range().expect("a range"));
    let range = format!("bytes {from}-{}/{}", whole.len() - 1, whole.len());
    let mut part = Reply::file(&whole[from..]).header("Content-Range", &range);
    part.set_status("206 Partial Content");
    part
}

#[test]
fn a_server_error_passes() {
    let asked = comes("error_then_good", |_, before| {
        if before == 0 { Reply::problem(500, "Internal Server Error") } else { Reply::file(&file()) }
    });
    assert_eq!(asked.len(), 2);
    assert!(asked[0].headers.contains(&"accept-encoding: identity".to_owned()), "{asked:?}");
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    let start = std::time::Instant::now();
    comes("too_many_then_good", |_, before| {
        if before == 0 {
            Reply::problem(429, "Too Many Requests").header("Retry-After", "2")
        } else {
            Reply::file(&file())
        }
    });
    assert!(start.elapsed() >= Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn nobody_waits_an_hour() {
    let asked =
        fails("wait_an_hour", &[], |_, _| Reply::problem(503, "Service Unavailable").header("Retry-After", "3600"));
    assert_eq!(asked.len(), 1);
}

#[test]
fn a_cut_connection_is_taken_up_where_it_broke() {
    let asked = comes("cut_and_resumed", |asked, before| match before {
        0 => Reply::file(&file()).header("ETag", "\"v1\"").cut(200),
        _ => rest(asked).header("ETag", "\"v1\""),
    });
    assert_eq!(asked[1].range(), Some(200));
    assert!(asked[1].headers.contains(&"if-range: \"v1\"".to_owned()), "{asked:?}");
}

#[test]
fn a_cut_connection_starts_over_where_there_is_no_range() {
    let asked = comes("cut_and_over", |_, before| match before {
        0 => Reply::file(&file()).header("ETag", "\"v1\"").cut(200),
        _ => Reply::file(&file()).header("ETag", "\"v2\""),
    });
    assert_eq!((asked.len(), asked[1].range()), (2, Some(200)));
}

#[test]
fn without_a_tag_no_part_is_trusted() {
    let asked = comes("cut_without_tag", |_, before| match before {
        0 => Reply::file(&file()).header("ETag", "W/\"weak\"").cut(200),
        _ => Reply::file(&file()),
    });
    assert_eq!((asked.len(), asked[1].range()), (2, None));
}

#[test]
fn a_part_that_starts_elsewhere_is_not_joined_on() {
    comes("wrong_part", |_, before| match before {
        0 => Reply::file(&file()).header("ETag", "\"v1\"").cut(200),
        1 => {
            let mut part = Reply::file(&file()[100..])
                .header("Content-Range", &format!("bytes 100-{}/{}", file().len() - 1, file().len()));
            part.set_status("206 Partial Content");
            part
        }
        _ => Reply::file(&file()),
    });
}

#[test]
fn a_connection_that_always_breaks_is_given_up() {
    let asked = fails("always_cut", &["--tries", "2"], |_, _| Reply::file(&file()).cut(10));
    assert_eq!(asked.len(), 2);
}

#[test]
fn a_file_in_chunks_that_ends_early_is_no_file() {
    let whole = file();
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    // Whole, cut within a chunk, and cut between two chunks, where what came looks complete.
    let all = format!("{}{}0\r\n\r\n", chunk(&whole[..200]), chunk(&whole[200..]));
    let (within, between) = (format!("fff\r\n{}", &whole[..200]), chunk(&whole[..200]));
    let chunked = |body: &str| Reply::file(body).endless().header("Transfer-Encoding", "chunked");
    let (good, within, between) = (chunked(&all), chunked(&within), chunked(&between));
    comes("chunked", move |_, _| good.clone());
    fails("chunked_cut_within", &["--tries", "1"], move |_, _| within.clone());
    fails("chunked_cut_between", &["--tries", "1"], move |_, _| between.clone());
}

#[test]
fn a_wrong_length_is_no_file() {
    fails("wrong_length", &["--tries", "2"], |asked, before| match before {
        0 => Reply::file(&file()).header("ETag", "\"v1\"").cut(200),
        _ => {
            let from = asked.range().expect("a range");
            let mut part = Reply::file(&file()[from..])
                .header("Content-Range", &format!("bytes {from}-{}/{}", file().len() + 8, file().len() + 9));
            part.set_status("206 Partial Content");
            part
        }
    });
}

#[test]
fn a_damaged_file_is_no_file() {
    let digest = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    fails("damaged", &["--tries", "1"], |_, _| Reply::file(&file()).header("Repr-Digest", digest));
}

#[test]
fn an_empty_file_is_no_file() {
    fails("empty", &["--tries", "1"], |_, _| Reply::file(""));
}

#[test]
fn a_web_page_is_no_file() {
    let page = "<!DOCTYPE html>\n<html><title>Log in to the guest network</title></html>";
    fails("web_page", &[], |_, _| Reply::file(page).header("X", "sent as CSV"));
    let (_, _, ran) = linked(&[], |_, _| Reply::new("200 OK").header("Content-Type", "text/html; charset=utf-8"));
    assert!(ran.stderr.contains("fetch-web-page"), "{}", ran.stderr);
}

#[test]
fn a_file_beyond_the_limit_is_refused_before_and_while_it_is_read() {
    let asked = fails("too_large", &["--max-size", "1kb"], |_, _| Reply::file(&"x".repeat(5000)));
    assert_eq!(asked.len(), 1);
    fails("too_large_unannounced", &["--max-size", "1kb"], |_, _| Reply::file(&"x".repeat(5000)).endless());
}

#[test]
fn a_file_of_unknown_length_is_filed_with_a_note() {
    comes("endless", |_, _| Reply::file(&file()).endless());
}

#[test]
fn a_file_that_is_not_there_is_said_in_the_servers_words() {
    let asked = fails("not_found", &[], |_, _| Reply::problem(404, "Not Found"));
    assert_eq!(asked.len(), 1);
}

#[test]
fn a_silent_server_is_given_up() {
    let start = std::time::Instant::now();
    fails("silent", &["--timeout", "1", "--tries", "1"], |_, _| Reply::file(&file()).after(Duration::from_secs(3)));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn redirects_are_followed_but_not_for_ever() {
    let asked = comes("redirect", |asked, _| match asked.path.as_str() {
        "/moved/x.csv" => Reply::file(&file()),
        _ => Reply::new("302 Found").header("Location", "/moved/x.csv"),
    });
    assert_eq!(asked.len(), 2);
    let asked =
        fails("redirect_loop", &[], |_, _| Reply::new("301 Moved Permanently").header("Location", "/assessments.csv"));
    assert_eq!(asked.len(), 6);
    fails("redirect_away", &[], |_, _| Reply::new("302 Found").header("Location", "file:///etc/passwd"));
}

#[test]
fn nobody_there() {
    let (_, _, ran) = {
        let server = Server::start(|_| Reply::file(""));
        let bench = Bench::new();
        // Port 9 is the discard service, which no machine of today runs.
        bench.pipeline("assessments", &pipeline("[[source.link]]\nrelease = 2025\nurl = \"http://127.0.0.1:9/a.csv\""));
        let ran = fetch(&bench, &server, &["--tries", "1"]);
        (bench, server, ran)
    };
    assert!(
        ran.code == 1 && ran.stderr.contains("no connection") && ran.stderr.contains("HTTPS_PROXY"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_servers_name_for_a_file_is_a_wish() {
    let evil = format!("evil-{}", std::process::id());
    let header = format!("attachment; filename=\"../../{evil}\"");
    let server = Server::start(move |_| Reply::file(&file()).header("Content-Disposition", &header));
    let bench = Bench::new();
    let link = format!("[[source.link]]\nrelease = 2025\nurl = \"{}/x\"", server.url);
    bench.pipeline("assessments", &pipeline(&link).replace("assessments.csv", "*"));
    let ran = fetch(&bench, &server, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(bench.files("returns"), [format!("returns/sen2/2025/{evil}")]);
    let outside = [std::env::temp_dir(), bench.path(".."), bench.path("."), bench.path("returns")];
    assert!(outside.iter().all(|folder| !folder.join(&evil).exists()));
    // Where the pipeline looks for another name, nothing is guessed.
    bench.pipeline("assessments", &pipeline(&link).replace("assessments.csv", "*assess*.csv"));
    let ran = fetch(&bench, &server, &[]);
    snapshot("fetch/other_name.txt", &said(&ran, &server).replace(&evil, "evil"));
}

#[test]
fn an_api_that_is_none_is_said() {
    let source = format!("data_set = \"{}\"", super::ID);
    for (name, reply) in [
        ("api_web_page", Reply::file("<html><body>Please log in</body></html>")),
        ("api_other", Reply::json("{\"hello\":\"world\"}")),
        ("api_not_found", Reply::problem(404, "Not Found")),
    ] {
        let server = Server::start(move |_| reply.clone());
        let bench = Bench::new();
        bench.pipeline("assessments", &pipeline(&source));
        let ran = fetch(&bench, &server, &[]);
        snapshot(&format!("fetch/{name}.txt"), &said(&ran, &server));
        assert_eq!(ran.code, 1);
    }
}
