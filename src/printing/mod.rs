//! A page printed as PDF by a browser that is there: Edge, Chrome or Chromium, without a window and without the network.
//!
//! In: the text of a page. Out: the bytes of a tagged PDF with an outline. The browser has a profile of its own in a
//! temporary folder, so that an open one is not touched.

mod places;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::finding::{Error, Finding};

pub use places::{System, places};

/// How long a page may take.
const LIMIT: Duration = Duration::from_secs(60);
/// How long a file may take to appear after the browser ended: on Windows the program that was started hands over to another.
const GRACE: Duration = Duration::from_secs(10);
/// How often to look.
const TICK: Duration = Duration::from_millis(40);

/// A browser that prints.
#[derive(Clone, Debug)]
pub struct Browser {
    program: PathBuf,
    /// Folders to work in, the first that the browser can write to is used; one that is packed apart sees no `/tmp`.
    folders: Vec<PathBuf>,
}

impl Browser {
    /// The browser at `named`, else the first that is found in the usual places; none where there is none. `beside` is a
    /// folder to work in where the system's own temporary one will not do.
    ///
    /// # Errors
    /// There is no file at `named`.
    pub fn find(named: Option<&Path>, beside: &Path) -> Result<Option<Browser>, Error> {
        let program = match named {
            // A name alone would be looked for on the PATH.
            Some(path) if path.is_file() => Some(std::path::absolute(path).map_err(Error::reading)?),
            Some(path) => {
                let message = format!("there is no browser at `{}`", path.display());
                return Err(Error::usage(message, "name the program of Edge, Chrome or Chromium with `--browser`"));
            }
            None => {
                let variable = |name: &str| std::env::var_os(name);
                places(System::here(), &variable).into_iter().find(|path| path.is_file())
            }
        };
        // An address has its path from the root on.
        let folders = vec![std::env::temp_dir(), std::path::absolute(beside).map_err(Error::reading)?];
        Ok(program.map(|program| Browser { program, folders }))
    }

    /// The program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The PDF of a page; `name` is how a finding calls it.
    ///
    /// # Errors
    /// The browser does not print it, as a finding.
    pub fn print(&self, html: &str, name: &str) -> Result<Vec<u8>, Finding> {
        let mut said = String::new();
        for folder in &self.folders {
            match self.try_in(folder, html) {
                Ok(bytes) => return Ok(bytes),
                Err(error) => said = error.to_string(),
            }
        }
        let message = format!("`{}` did not print `{name}` as PDF: {said}", self.program.display());
        Err(Finding::warning("not-printed", message, BY_HAND))
    }

    fn try_in(&self, folder: &Path, html: &str) -> io::Result<Vec<u8>> {
        let work = tempfile::Builder::new().prefix("abreast-print-").tempdir_in(folder)?;
        let at = |name: &str| work.path().join(name);
        std::fs::write(at("page.html"), html)?;
        let log = std::fs::File::create(at("log.txt"))?;
        let mut child = Command::new(&self.program)
            .args(arguments(work.path()))
            .arg(address(&at("page.html")))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(log))
            .spawn()?;
        let ended = wait(&mut child, &at("page.pdf"));
        // Whether it ended or not: nothing of it is left running.
        let _ = child.kill();
        let _ = child.wait();
        ended.map_err(|what| {
            let log = std::fs::read(at("log.txt")).unwrap_or_default();
            let log = String::from_utf8_lossy(&log);
            let last = log.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
            io::Error::other(if last.is_empty() { what.to_owned() } else { format!("{what}, {last}") })
        })
    }
}

/// What to do without a browser.
const BY_HAND: &str =
    "open the page in a browser, press Ctrl+P and choose \"Save as PDF\", or name a browser with `--browser PATH`";

/// What is said where no browser is found.
pub fn no_browser() -> Finding {
    let message = "no PDF was made: Edge, Chrome or Chromium is not in its usual place and not on the PATH";
    Finding::warning("no-browser", message, BY_HAND)
}

/// What the browser is told; a flag that one does not know it passes over.
fn arguments(work: &Path) -> Vec<std::ffi::OsString> {
    let with = |flag: &str, name: &str| {
        let mut flag = std::ffi::OsString::from(flag);
        flag.push(work.join(name));
        flag
    };
    let mut all: Vec<std::ffi::OsString> = [
        "--headless=new",
        "--disable-gpu",
        "--disable-extensions",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--no-pdf-header-footer",
        "--print-to-pdf-no-header",
        "--export-tagged-pdf",
        "--generate-pdf-document-outline",
    ]
    .map(Into::into)
    .into();
    if is_root() {
        // A browser refuses to start its sandbox for root, as in a container.
        all.push("--no-sandbox".into());
    }
    all.extend([with("--user-data-dir=", "profile"), with("--print-to-pdf=", "page.pdf")]);
    all
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}

/// A file as a browser's address.
fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut address = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'/' | b':' | b'.' | b'-' | b'_' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// Waits until the PDF is whole.
fn wait(child: &mut Child, pdf: &Path) -> Result<Vec<u8>, &'static str> {
    let start = Instant::now();
    let mut ended: Option<Instant> = None;
    loop {
        if ended.is_none() && child.try_wait().is_ok_and(|status| status.is_some()) {
            ended = Some(Instant::now());
        }
        if ended.is_some()
            && let Some(bytes) = whole(pdf)
        {
            return Ok(bytes);
        }
        if ended.is_some_and(|ended| ended.elapsed() > if cfg!(windows) { GRACE } else { TICK }) {
            return Err("it ended without a file");
        }
        if start.elapsed() > LIMIT {
            // Some do not end though they are done.
            return whole(pdf).ok_or("it took longer than a minute");
        }
        std::thread::sleep(TICK);
    }
}

/// The PDF at `path`, where it has its end.
fn whole(path: &Path) -> Option<Vec<u8>> {
    let bytes = std::fs::read(path).ok()?;
    let tail = &bytes[bytes.len().saturating_sub(1024)..];
    let is_whole = bytes.starts_with(b"%PDF-") && memchr::memmem::find(tail, b"%%EOF").is_some();
    is_whole.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(address(Path::new("/tmp/a b/é.html")), "file:///tmp/a%20b/%C3%A9.html");
        assert_eq!(address(Path::new("C:\\Users\\a#b\\page.html")), "file:///C:/Users/a%23b/page.html");
    }

    #[test]
    fn half_a_file_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pdf");
        for (text, is_whole) in [("%PDF-1.4 and", false), ("%PDF-1.4 and\n%%EOF\n", true), ("<html>%%EOF", false)] {
            std::fs::write(&path, text).expect("a file");
            assert_eq!(whole(&path).is_some(), is_whole, "{text}");
        }
    }
}
