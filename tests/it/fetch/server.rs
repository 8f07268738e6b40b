//! A small server on this machine that says what it is told to, and remembers what it was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// No test asks more often.
const MOST_REQUESTS: usize = 60;

/// A request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// Header lines, in lower case.
    pub headers: Vec<String>,
}

impl Asked {
    /// The first byte of the `Range` asked for.
    pub fn range(&self) -> Option<usize> {
        let line = self.headers.iter().find_map(|line| line.strip_prefix("range: bytes="))?;
        line.trim().trim_end_matches('-').parse().ok()
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    status: String,
    headers: Vec<String>,
    body: Vec<u8>,
    /// How many bytes of the body are sent before the connection is cut.
    cut: Option<usize>,
    /// How long to say nothing first.
    silence: Duration,
    length: bool,
}

impl Reply {
    /// An answer of a status, such as `302 Found`, with an empty body.
    pub fn new(status: &str) -> Reply {
        Reply {
            status: status.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            cut: None,
            silence: Duration::ZERO,
            length: true,
        }
    }

    /// A file.
    pub fn file(body: &str) -> Reply {
        Reply { body: body.as_bytes().to_vec(), ..Reply::new("200 OK") }.header("Content-Type", "text/csv")
    }

    /// JSON.
    pub fn json(body: &str) -> Reply {
        Reply { body: body.as_bytes().to_vec(), ..Reply::new("200 OK") }.header("Content-Type", "application/json")
    }

    /// A refusal as the API words it.
    pub fn problem(status: u16, title: &str) -> Reply {
        let body = format!(
            "{{\"type\":\"https://tools.ietf.org/html/rfc9110\",\"title\":\"{title}\",\"status\":{status},\"detail\":\"Nothing of that name.\",\"errors\":[]}}"
        );
        Reply { body: body.into_bytes(), ..Reply::new(&format!("{status} {title}")) }
            .header("Content-Type", "application/problem+json")
    }

    /// The same with a header.
    pub fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.push(format!("{name}: {value}"));
        self
    }

    /// Gives it another status.
    pub fn set_status(&mut self, status: &str) {
        status.clone_into(&mut self.status);
    }

    /// The same, cut off after so many bytes of the body.
    pub fn cut(self, bytes: usize) -> Reply {
        Reply { cut: Some(bytes), ..self }
    }

    /// The same after a silence.
    pub fn after(self, silence: Duration) -> Reply {
        Reply { silence, ..self }
    }

    /// The same without a word about its length.
    pub fn endless(self) -> Reply {
        Reply { length: false, ..self }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut text = format!("HTTP/1.1 {}\r\nConnection: close\r\n", self.status);
        if self.length && !self.headers.iter().any(|line| line.starts_with("Content-Length")) {
            text.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        for line in &self.headers {
            text.push_str(&format!("{line}\r\n"));
        }
        text.push_str("\r\n");
        let sent = &self.body[..self.cut.unwrap_or(self.body.len()).min(self.body.len())];
        [text.as_bytes(), sent].concat()
    }
}

/// A server until it is dropped.
pub struct Server {
    /// Its address, such as `http://127.0.0.1:4000`.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// A server that answers with what `answer` says.
    pub fn start(mut answer: impl FnMut(&Asked) -> Reply + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (log, stopped) = (Arc::clone(&asked), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().take(MOST_REQUESTS).flatten() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                serve(&stream, &log, &mut answer);
            }
        });
        Server { url, asked, stop, thread: Some(thread) }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("a log").clone()
    }
}

fn serve(stream: &TcpStream, log: &Mutex<Vec<Asked>>, answer: &mut dyn FnMut(&Asked) -> Reply) {
    stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a time limit");
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let headers: Vec<String> =
        lines.map_while(Result::ok).take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let asked = Asked { path, headers };
    log.lock().expect("a log").push(asked.clone());
    let reply = answer(&asked);
    std::thread::sleep(reply.silence);
    let mut writer = stream;
    // A client that went away has had enough.
    let _ = writer.write_all(&reply.bytes()).and_then(|()| writer.flush());
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // The thread waits for a connection; this one ends it.
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
