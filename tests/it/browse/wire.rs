//! A reader at a real connection: a server of its own, what is sent, what comes back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use abreast::browse::{Browse, Server};

/// A server that runs as long as the tests do, and what its reader needs.
pub struct Wire {
    pub port: u16,
    pub key: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The slip of the page's forms.
    pub fn slip(&self) -> String {
        let rest =
            self.body.split("name=\"once\" value=\"").nth(1).unwrap_or_else(|| panic!("no slip in {}", self.body));
        rest.split('"').next().expect("a slip").to_owned()
    }
}

impl Wire {
    pub fn open(options: &Browse) -> Wire {
        let server = Server::open(options).expect("a server");
        let address = server.address();
        std::thread::spawn(move || server.run());
        Wire::at(&address)
    }

    /// A reader at the address that was printed.
    pub fn at(address: &str) -> Wire {
        let rest = address.strip_prefix("http://127.0.0.1:").expect("this computer");
        let (port, key) = rest.split_once("/?key=").expect("a key");
        Wire { port: port.parse().expect("a port"), key: key.to_owned() }
    }

    /// The head that the door asks for.
    pub fn own(&self) -> Vec<(String, String)> {
        let host = format!("127.0.0.1:{}", self.port);
        let origin = format!("http://{host}");
        let cookie = format!("abreast-{}={}", self.port, self.key);
        [("host", host), ("cookie", cookie), ("origin", origin)].map(|(name, value)| (name.to_owned(), value)).to_vec()
    }

    /// What is answered to bytes.
    pub fn ask(&self, first: &str, headers: &[(String, String)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let mut request = format!("{first} HTTP/1.1\r\nconnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if first.starts_with("POST") {
            request.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        let bytes = [format!("{request}\r\n").as_bytes(), body].concat();
        let _ = stream.write_all(&bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Answer { status, head: head.replace('\r', ""), body: body.to_owned() }
    }

    pub fn get(&self, address: &str) -> Answer {
        let mut head = self.own();
        head.pop();
        self.ask(&format!("GET {address}"), &head, b"")
    }

    /// Sends a form of fields.
    pub fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
        let head: Vec<_> = self.own().into_iter().chain([kind]).collect();
        self.ask(&format!("POST {address}"), &head, body.join("&").as_bytes())
    }

    /// Sends a form with a file, as a browser does.
    pub fn send(&self, address: &str, slip: &str, name: &str, bytes: &[u8]) -> Answer {
        let line = "----edge";
        // As browsers write a name: quotes and line ends by their number.
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let mut body = format!("--{line}\r\nContent-Disposition: form-data; name=\"once\"\r\n\r\n{slip}\r\n--{line}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{line}--\r\n").as_bytes());
        let kind = ("content-type".to_owned(), format!("multipart/form-data; boundary={line}"));
        let head: Vec<_> = self.own().into_iter().chain([kind]).collect();
        self.ask(&format!("POST {address}"), &head, &body)
    }

    /// The page at the end of a work, and the address that its reader is led to.
    pub fn waited(&self, address: &str) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(address);
            if answer.header("refresh").is_none() {
                return answer;
            }
            assert!(begun.elapsed() < Duration::from_secs(300), "{address} goes on and on");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// A text as a form has it.
pub fn encoded(text: &str) -> String {
    let letter = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}
