//! What changes something: from our own pages alone, once, one deed at a time, within limits; and nothing with `--read-only`.

use std::path::Path;
use std::sync::OnceLock;

use abreast::browse::{Browse, Build, Done, Form, Request, answer};
use abreast::finding::Error;

use super::wire::Wire;
use super::{build, made, options, text};

/// A server whose tables are copies, which it may make anew.
fn wire() -> &'static Wire {
    static WIRE: OnceLock<Wire> = OnceLock::new();
    WIRE.get_or_init(|| Wire::open(&copied()))
}

/// Options for a copy of the sample's build.
pub fn copied() -> Browse {
    let out = tempfile::tempdir().expect("a folder").keep();
    copy(made(), &out);
    options(&out)
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { std::fs::copy(from, to).map(|_| ()).expect("a file") }
    }
}

fn slip() -> String {
    build().desk.slips.give().expect("a slip")
}

/// The status of an answer to a form, and its words.
fn sent(build: &Build, address: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let response = answer(build, &Request::post(address, Form::of(fields)));
    (response.status, text(std::str::from_utf8(&response.body).expect("text")))
}

#[test]
fn a_form_from_another_place_is_refused() {
    let wire = wire();
    let given = |head: &[(&str, &str)]| {
        let mut all = wire.own();
        for (name, value) in head {
            all.retain(|(known, _)| known != name);
            if !value.is_empty() {
                all.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        all.push(("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
        wire.ask("POST /run", &all, b"once=0123456789abcdef0123456789abcdef").status
    };
    assert_eq!(given(&[("origin", "http://evil.example")]), 403);
    assert_eq!(given(&[("origin", "null")]), 403);
    assert_eq!(given(&[("origin", "")]), 403);
    assert_eq!(given(&[("origin", "http://127.0.0.1:1")]), 403);
    assert_eq!(given(&[("cookie", "")]), 403);
    assert_eq!(given(&[("host", "evil.example")]), 421);
    // From our own page, but with a slip that nobody gave: in a form of fields, and in one with a file.
    let slip = "0123456789abcdef0123456789abcdef";
    for answer in [wire.post("/run", &[("once", slip)]), wire.send("/run", slip, "x.csv", b"a,b\n1,2\n")] {
        assert!(answer.status == 403 && answer.body.contains("too old"), "{}", answer.head);
    }
}

#[test]
fn a_slip_is_good_for_one_deed() {
    let build = build();
    assert_eq!(sent(build, "/work/1/stop", &[]).0, 403);
    assert_eq!(sent(build, "/work/1/stop", &[("once", "")]).0, 403);
    let number = build.desk.start("Waiting", |progress| {
        while !progress.is_stopped() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        progress.close()?;
        Ok(Done::default())
    });
    let number = number.expect("nothing else is being done");
    let address = format!("/work/{number}/stop");
    // What refuses gives the slip back; what was done does not.
    let slip = slip();
    assert_eq!(sent(build, "/work/99/stop", &[("once", &slip)]).0, 404);
    let (status, said) = sent(build, "/run", &[("once", &slip)]);
    assert!(status == 409 && said.contains("Another thing is being done here: Waiting"), "{said}");
    let page = super::get(&format!("/work/{number}"));
    assert_eq!(page.refresh.as_deref(), Some("1"));
    assert_eq!(sent(build, &address, &[("once", &slip)]).0, 303);
    let (status, said) = sent(build, &address, &[("once", &slip)]);
    assert!(status == 409 && said.contains("This was done already"), "{said}");
    let begun = std::time::Instant::now();
    while super::get(&format!("/work/{number}")).refresh.is_some() {
        assert!(begun.elapsed().as_secs() < 10);
    }
    let page = super::page(&format!("/work/{number}"));
    assert!(text(&page).contains("Stopped Stopped before anything was written."), "{page}");
    assert_eq!(sent(build, "/area/333", &[("once", &slip)]).0, 405);
}

#[test]
fn a_deed_that_breaks_or_fails_ends_and_says_so() {
    let desk = copied();
    let build = Build::open(&desk).expect("a build");
    let ended = |number: usize| loop {
        let response = answer(&build, &Request::get(format!("/work/{number}")));
        if response.refresh.is_none() {
            break text(std::str::from_utf8(&response.body).expect("text"));
        }
    };
    let broken = build.desk.start("Breaking", |_| panic!("it breaks")).expect("a work");
    assert!(ended(broken).contains("It broke off."));
    let failed = build.desk.start("Failing", |_| Err(Error::usage("no room", "make some"))).expect("a work");
    assert!(ended(failed).contains("Not done No room. Make some."));
    assert_eq!(answer(&build, &Request::get("/work/77")).status, 404);
    assert_eq!(answer(&build, &Request::get("/work/+1")).status, 404);
}

#[test]
fn other_kinds_and_what_is_too_large_are_refused_with_the_remedy() {
    let wire = wire();
    let kind = |kind: &str, body: &[u8]| {
        let mut head = wire.own();
        if !kind.is_empty() {
            head.push(("content-type".to_owned(), kind.to_owned()));
        }
        let answer = wire.ask("POST /run", &head, body);
        (answer.status, text(&answer.body))
    };
    for other in ["", "text/plain", "application/json", "application/x-www-form-urlencodedx"] {
        let (status, said) = kind(other, b"{}");
        assert!(status == 415 && said.contains("is not read"), "{other}: {status} {said}");
    }
    let (status, said) = kind("application/x-www-form-urlencoded", &vec![b'a'; 300_000]);
    assert!(status == 413 && said.contains("256 kB"), "{status} {said}");
    let many = "a=1&".repeat(5000);
    assert_eq!(kind("application/x-www-form-urlencoded", many.as_bytes()).0, 413);
    assert_eq!(kind("application/x-www-form-urlencoded", b"a=%zz").0, 400);
    assert_eq!(kind("multipart/form-data", b"x").0, 400);
    assert_eq!(kind("multipart/form-data; boundary=x", b"--x\r\nbroken").0, 400);
    let long = format!("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}\r\n--x--\r\n", "b".repeat(300_000));
    assert_eq!(kind("multipart/form-data; boundary=x", long.as_bytes()).0, 413);
}

#[test]
fn with_read_only_nothing_is_changed_and_no_page_has_a_form_that_would() {
    let build = Build::open(&Browse { read_only: true, ..options(made()) }).expect("a build");
    let slip = build.desk.slips.give().expect("a slip");
    let (status, said) = sent(&build, "/run", &[("once", &slip)]);
    assert!(status == 403 && said.contains("without `--read-only`"), "{said}");
    for address in ["/", "/area/333", "/measures", "/sources", "/changes"] {
        let page = answer(&build, &Request::get(address)).body;
        assert!(!String::from_utf8_lossy(&page).contains("method=\"post\""), "{address}");
    }
}

#[test]
fn the_tables_are_made_by_a_click_and_the_page_says_what_came_of_it() {
    let own = copied();
    let build = Build::open(&own).expect("a build");
    let begin = || {
        let slip = build.desk.slips.give().expect("a slip");
        let begun = answer(&build, &Request::post("/run", Form::of(&[("once", &slip)])));
        begun.location.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&begun.body)))
    };
    let ended = |address: &str| loop {
        let response = answer(&build, &Request::get(address));
        if response.refresh.is_none() {
            break response;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    let address = begin();
    assert_eq!(ended(&address).location.as_deref(), Some("/changes"));
    let bare = address.split('?').next().expect("a path");
    let said = text(&String::from_utf8_lossy(&ended(bare).body));
    assert!(said.contains("Making the tables Done") && said.contains("tables made of"), "{said}");
    // A run in another window holds the tables: that is said.
    let _held = abreast::durable::lock(&own.out.folder, true).expect("the lock");
    let said = text(&String::from_utf8_lossy(&ended(&begin()).body));
    assert!(said.contains("Not done Another abreast is writing to"), "{said}");
}
