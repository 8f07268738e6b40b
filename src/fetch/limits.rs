//! What a download may take, and what it says of itself meanwhile.

use std::time::Duration;

/// What is too large, too slow or tried too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub most_bytes: u64,
    /// How long to connect, and how long a server may be silent; a whole file may take thirty times as long.
    pub silence: Duration,
    /// How often a request is tried.
    pub tries: u32,
    /// How long to wait before the second try; twice as long before each further one.
    pub pause: Duration,
    /// Whether redirects may lead to this machine and to private networks.
    pub private: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            most_bytes: 400_000_000,
            silence: Duration::from_secs(60),
            tries: 5,
            pause: Duration::from_secs(1),
            private: false,
        }
    }
}

/// What is worth showing while it happens.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// So many bytes are there, of so many where the server says so.
    Bytes(u64, Option<u64>),
    /// An attempt failed, and there is a pause before the next.
    Waiting {
        /// What went wrong.
        why: &'a str,
        /// How long the pause is.
        wait: Duration,
    },
}
