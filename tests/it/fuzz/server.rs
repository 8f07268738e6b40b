//! A server on this machine that says whatever bytes it was told to, headers and all.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server until the test ends.
pub struct Server {
    /// Its address, such as `http://127.0.0.1:4000`.
    pub url: String,
    answer: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    /// A server that says nothing yet.
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let answer: Arc<Mutex<Vec<u8>>> = Arc::default();
        let said = Arc::clone(&answer);
        // It waits for a request when the process ends.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &said.lock().expect("an answer"));
            }
        });
        Server { url, answer }
    }

    /// What it says from now on.
    pub fn say(&self, bytes: &[u8]) {
        *self.answer.lock().expect("an answer") = bytes.to_vec();
    }
}

fn serve(mut stream: TcpStream, bytes: &[u8]) {
    stream.set_read_timeout(Some(Duration::from_secs(2))).expect("a time limit");
    let mut lines = BufReader::new(&stream).lines();
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    // A client that went away has had enough.
    let _ = stream.write_all(bytes);
}
