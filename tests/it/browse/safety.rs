//! Who may come in, by real connections: this computer alone, by the key that was printed, from our own pages.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::OnceLock;

use abreast::browse::{HEADERS, Server};

use super::{made, options};

/// The address, with its key, of a server that runs as long as the tests do.
pub fn address() -> &'static str {
    static SERVER: OnceLock<String> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = Server::open(&options(made())).expect("a server");
        let address = server.address();
        std::thread::spawn(move || server.run());
        address
    })
}

/// Its port and its key.
fn server() -> (u16, &'static str) {
    let address = address();
    let rest = address.strip_prefix("http://127.0.0.1:").expect("this computer");
    let (port, key) = rest.split_once("/?key=").expect("a key");
    (port.parse().expect("a port"), key)
}

/// What is answered to the lines of a request: status, head and body.
fn ask(first: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", server().0)).expect("a connection");
    let mut request = format!("{first} HTTP/1.1\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        request.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).expect("written");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, head.to_owned(), body.to_owned())
}

fn host() -> String {
    format!("127.0.0.1:{}", server().0)
}

fn cookie() -> String {
    format!("abreast-{}={}", server().0, server().1)
}

#[test]
fn the_key_opens_the_door_and_is_not_seen_again() {
    let (port, key) = server();
    assert!(key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    let (status, head, _) = ask(&format!("GET /area/333?show=all&key={key}"), &[("host", &host())], "");
    assert_eq!(status, 303, "{head}");
    assert!(head.contains("location: /area/333?show=all\r\n"), "{head}");
    assert!(head.contains(&format!("set-cookie: abreast-{port}={key}; Path=/; HttpOnly; SameSite=Strict")), "{head}");
    let (status, head, body) = ask("GET /area/333", &[("host", &host()), ("cookie", &cookie())], "");
    assert_eq!(status, 200, "{head}");
    assert!(body.contains("<h1>Sandwell</h1>") && !body.contains(key));
}

#[test]
fn who_has_no_key_another_host_or_another_origin_is_refused() {
    let (own, cookie, evil) = (host(), cookie(), "evil.example".to_owned());
    let local = format!("localhost:{}", server().0);
    let page = "GET /area/333";
    type Asked<'a> = (&'a str, u16, Vec<(&'a str, &'a str)>);
    let refused: [Asked<'_>; 12] = [
        (page, 403, vec![("host", &own)]),
        (page, 403, vec![("host", &own), ("cookie", "abreast-4733=0123456789abcdef0123456789abcdef")]),
        ("GET /?key=0123456789abcdef0123456789abcdef", 403, vec![("host", &own)]),
        ("GET /?key=", 403, vec![("host", &own)]),
        // A name of another that leads to this computer.
        (page, 421, vec![("host", &evil), ("cookie", &cookie)]),
        (page, 421, vec![("host", "127.0.0.1"), ("cookie", &cookie)]),
        (page, 421, vec![("host", "127.0.0.1:1"), ("cookie", &cookie)]),
        (page, 421, vec![("host", &own), ("host", &evil), ("cookie", &cookie)]),
        (page, 403, vec![("host", &own), ("cookie", &cookie), ("origin", "http://evil.example")]),
        ("POST /area/333", 403, vec![("host", &own), ("cookie", &cookie)]),
        ("POST /area/333", 403, vec![("host", &own), ("cookie", &cookie), ("origin", "null")]),
        ("OPTIONS /area/333", 405, vec![("host", &own), ("cookie", &cookie), ("origin", "http://evil.example")]),
    ];
    for (first, expected, headers) in refused {
        let (status, head, body) = ask(first, &headers, "");
        // Two hosts are no request at all for some readers.
        assert!(status == expected || (headers.len() == 3 && status == 400), "{first} {headers:?}: {head}");
        assert!(!body.contains("Sandwell") && !head.to_lowercase().contains("access-control"), "{first}: {head}");
    }
    for host in [&own, &local] {
        assert_eq!(ask(page, &[("host", host), ("cookie", &cookie)], "").0, 200, "{host}");
    }
    let origin = format!("http://{own}");
    let form = ("content-type", "application/x-www-form-urlencoded");
    assert_eq!(ask("POST /area/333", &[("host", &own), ("cookie", &cookie), ("origin", &origin), form], "x=1").0, 405);
}

#[test]
fn every_answer_has_the_headers_and_no_page_runs_a_script_of_its_own() {
    let (own, cookie) = (host(), cookie());
    let targets =
        ["/", "/area/333", "/style.css", "/script.js", "/nowhere", "/area/999", "/find?q=%3Cscript%3E", "/measures"];
    for target in targets {
        let (_, head, body) = ask(&format!("GET {target}"), &[("host", &own), ("cookie", &cookie)], "");
        for (name, value) in HEADERS {
            assert!(head.contains(&format!("{name}: {value}")), "{target}: {name} is not in {head}");
        }
        if head.contains("text/html") {
            assert!(
                !body.contains(" style=") && !body.contains(" onclick") && body.matches("<script").count() == 1,
                "{target}"
            );
        }
    }
    let (_, head, body) = ask("HEAD /area/333", &[("host", &own), ("cookie", &cookie)], "");
    assert!(head.starts_with("HTTP/1.1 200") && body.is_empty());
}

#[test]
fn what_is_too_long_or_no_request_ends_and_others_are_answered() {
    let (own, cookie) = (host(), cookie());
    let long = format!("GET /find?q={}", "a".repeat(5000));
    assert_eq!(ask(&long, &[("host", &own), ("cookie", &cookie)], "").0, 400);
    let fat = "b".repeat(40_000);
    let (status, ..) = ask("GET /", &[("host", &own), ("cookie", &cookie), ("x-fat", &fat)], "");
    assert!(status == 431 || status == 400 || status == 0, "{status}");
    for words in ["\u{0}\u{1}\u{2}", "GET", "GET http://evil.example/", "CONNECT evil.example:443"] {
        let (status, ..) = ask(words, &[("host", &own)], "");
        assert!(status == 0 || status >= 400, "{words}: {status}");
    }
    // Thirty that say nothing do not keep the next one out for good: seats are for those who are served.
    let silent: Vec<TcpStream> = (0..10).filter_map(|_| TcpStream::connect(("127.0.0.1", server().0)).ok()).collect();
    assert_eq!(ask("GET /style.css", &[("host", &own), ("cookie", &cookie)], "").0, 200);
    drop(silent);
}

#[test]
fn nobody_else_in_the_network_reaches_it() {
    // The address of this computer on any interface but the one it keeps to itself.
    let other = std::net::UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        socket.connect("192.0.2.1:9")?;
        socket.local_addr()
    });
    let Ok(address) = other else { return };
    if !address.ip().is_loopback() {
        assert!(TcpStream::connect((address.ip(), server().0)).is_err(), "{address} is answered");
    }
}

#[test]
fn a_build_that_is_made_meanwhile_takes_the_place_of_the_one_before() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("tables")).expect("a folder");
    for name in std::fs::read_dir(made().join("tables")).expect("tables").flatten() {
        std::fs::copy(name.path(), folder.path().join("tables").join(name.file_name())).expect("a table");
    }
    let record = std::fs::read(made().join("SHA256SUMS")).expect("a record");
    std::fs::write(folder.path().join("SHA256SUMS"), &record).expect("a record");
    let server = Server::open(&options(folder.path())).expect("a server");
    let address = server.address();
    std::thread::spawn(move || server.run());
    let (host, key) = address.strip_prefix("http://").and_then(|rest| rest.split_once("/?key=")).expect("an address");
    let port: u16 = host.split(':').nth(1).and_then(|port| port.parse().ok()).expect("a port");
    let foot = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        let request = format!("GET /measures HTTP/1.1\r\nhost: {host}\r\ncookie: abreast-{port}={key}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("written");
        let mut page = String::new();
        stream.read_to_string(&mut page).expect("a page");
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        page.contains("These tables were rebuilt at")
    };
    assert!(!foot());
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    let file = std::fs::File::options().write(true).open(folder.path().join("SHA256SUMS")).expect("the record");
    file.set_modified(later).expect("a time");
    assert!(foot());
}
