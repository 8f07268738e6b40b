//! `cargo bench --bench browse`: the explorer as its reader meets it: the first page after the start, a thousand random addresses,
//! figures with their cells, and a minute of fifty pages a second; and whether every figure of a measure's page is that of `compare`.
//!
//! `ABREAST_RETURNS=DIR` says of which returns, else of the sample. The budget on two idle cores: 300 ms for the first page, 50 ms
//! for nineteen pages in twenty, 150 ms for a figure, 300 MB of memory.

#[allow(dead_code)]
#[path = "../tests/it/browse/grammar.rs"]
mod grammar;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use abreast::browse::{Browse, Build};
use grammar::{Dice, Grammar, held};

const PROGRAM: &str = env!("CARGO_BIN_EXE_abreast");
/// How many random addresses are opened.
const ADDRESSES: usize = 1000;
/// Pages a second, and for how many seconds.
const LOAD: (u32, u32) = (50, 60);

/// A server that runs until it is dropped.
struct Running {
    child: Child,
    port: String,
    cookie: String,
}

impl Running {
    fn start(out: &Path, returns: &Path) -> Running {
        let mut child = Command::new(PROGRAM)
            .args(["browse", "--no-open", "--out"])
            .arg(out)
            .arg("--returns")
            .arg(returns)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        let mut printed = BufReader::new(child.stdout.take().expect("what it prints"));
        printed.read_line(&mut line).expect("its address");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("an address").to_owned();
        // It prints more, and is not to wait for a reader.
        std::thread::spawn(move || std::io::copy(&mut printed, &mut std::io::sink()));
        let (port, key) = rest.split_once("/?key=").expect("a key");
        Running { child, port: port.to_owned(), cookie: format!("abreast-{port}={key}") }
    }

    /// Status and body.
    fn get(&self, target: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).expect("a connection");
        let head = format!("GET {target} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncookie: {}\r\n\r\n", self.port, self.cookie);
        stream.write_all(head.as_bytes()).expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
        let status = std::str::from_utf8(&answer[..end]).ok().and_then(|head| head.split(' ').nth(1)?.parse().ok());
        (status.unwrap_or_default(), answer.split_off(end))
    }

    /// Megabytes of memory: now, and the most so far.
    fn memory(&self) -> (u64, u64) {
        let said = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let of = |key: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(key))?;
            line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()
        };
        (of("VmRSS:").unwrap_or_default() / 1000, of("VmHWM:").unwrap_or_default() / 1000)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first part of an address: which page it is.
fn kind(target: &str) -> String {
    target.split(['/', '?']).nth(1).unwrap_or_default().to_owned()
}

fn told(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{what:<12} {:>5} pages: half in {:>5.1} ms, 19 in 20 in {:>5.1} ms, all in {:>6.1} ms",
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

fn main() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
    let returns = std::env::var_os("ABREAST_RETURNS").map_or(sample, PathBuf::from);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("outputs");
    let run = Command::new(PROGRAM).args(["run", "-q", "--returns"]).arg(&returns).arg("--out").arg(&out).output();
    assert!(run.expect("a run").status.code().is_some_and(|code| code < 3), "the tables are made");
    let options = Browse {
        no_open: true,
        out: abreast::home::PublishedTables { folder: out.clone() },
        returns: abreast::home::PublishersFiles { folder: Some(returns.clone()) },
        ..Browse::default()
    };
    let build = Build::open(&options).expect("a build");
    let (grammar, mut dice) = (Grammar::of(&build), Dice::new());
    let all: Vec<String> = (0..ADDRESSES).map(|_| grammar.address(&mut dice)).collect();

    let starts: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            let running = Running::start(&out, &returns);
            assert_eq!(running.get("/area/333").0, 200);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    told("first page", starts);

    let running = Running::start(&out, &returns);
    let (mut times, mut statuses): (BTreeMap<String, Vec<f64>>, BTreeMap<u16, usize>) = Default::default();
    let (mut ids, mut largest, mut figures, mut wrong) = (Vec::new(), (0, String::new()), 0, Vec::new());
    for target in &all {
        let start = Instant::now();
        let (status, body) = running.get(target);
        times.entry(kind(target)).or_default().push(start.elapsed().as_secs_f64() * 1e3);
        *statuses.entry(status).or_default() += 1;
        let page = String::from_utf8_lossy(&body);
        if kind(target) == "measure" && status == 200 {
            ids.extend(
                page.split("href=\"/figure/")
                    .skip(1)
                    .step_by(40)
                    .filter_map(|rest| rest.split('"').next().map(str::to_owned)),
            );
            match held(&build, target, &page) {
                Ok(count) => figures += count,
                Err(what) => wrong.push(format!("{target}: {what}")),
            }
            if body.len() > largest.0 {
                largest = (body.len(), target.clone());
            }
        }
    }
    println!("answers by status: {statuses:?}");
    let pages = times.iter().filter(|(kind, _)| *kind != "chart").flat_map(|(_, times)| times.clone()).collect();
    times.into_iter().for_each(|(kind, times)| told(&kind, times));
    told("all pages", pages);
    println!(
        "{figures} figures are those of compare, {} pages differ; the largest page has {} kB ({})",
        wrong.len(),
        largest.0 / 1000,
        largest.1
    );
    wrong.iter().take(10).for_each(|what| println!("  {what}"));
    let figures = (0..100.min(ids.len())).map(|_| {
        let target = format!("/figure/{}", dice.one(&ids));
        let start = Instant::now();
        assert_eq!(running.get(&target).0, 200, "{target}");
        start.elapsed().as_secs_f64() * 1e3
    });
    told("figures", figures.collect());
    println!("memory after them: {} MB, {} MB at most", running.memory().0, running.memory().1);
    load(&running, &all);
}

/// A minute of so many pages a second, asked for whether or not those before are answered.
fn load(running: &Running, all: &[String]) {
    let (times, failed) = (Mutex::new(Vec::new()), Mutex::new(0));
    let start = Instant::now();
    std::thread::scope(|scope| {
        for nth in 0..LOAD.0 * LOAD.1 {
            let due = start + Duration::from_secs(1) * nth / LOAD.0;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let (times, failed) = (&times, &failed);
            scope.spawn(move || {
                let (status, _) = running.get(&all[nth as usize % all.len()]);
                times.lock().expect("times").push(due.elapsed().as_secs_f64() * 1e3);
                if status == 0 || status >= 500 {
                    *failed.lock().expect("a count") += 1;
                }
            });
        }
    });
    told("under load", times.into_inner().expect("times"));
    println!(
        "{} pages a second for {} s: {} failed, {:.1} s in all; memory {} MB at most",
        LOAD.0,
        LOAD.1,
        failed.into_inner().expect("a count"),
        start.elapsed().as_secs_f64(),
        running.memory().1
    );
}
