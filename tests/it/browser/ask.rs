//! Asks an installed browser about a page: a script runs in a copy of it, and what it answers is read from the page's text.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use abreast::printing::Browser;

use crate::harness::root;

/// A browser to ask.
pub struct Asking(Browser);

/// What a printed page is.
#[derive(Debug)]
pub struct Asked {
    pub pages: usize,
    pub tagged: bool,
    pub outline: bool,
    pub title: String,
    pub language: String,
}

/// Says past any capture that something is not installed.
fn not_run(name: &str) {
    let _ = writeln!(std::io::stderr(), "not run: {name}");
}

/// The browser that is installed.
pub fn browser() -> Option<Asking> {
    let found = Browser::find(None, &std::env::temp_dir()).expect("no browser is named");
    if found.is_none() {
        not_run("chromium");
    }
    found.map(Asking)
}

/// Where what the browser's tests need is installed.
fn modules() -> PathBuf {
    let folder = std::env::var_os("AXE").map_or_else(|| root().join("tests/browser"), PathBuf::from);
    folder.join("node_modules")
}

/// What a script of `tests/browser` prints when it drives the browser at an address.
pub fn driven(script: &str, address: &str) -> Option<String> {
    let browser = browser()?;
    let node = Command::new("node").arg("--version").output().is_ok_and(|said| said.status.success());
    if !node || !modules().join("puppeteer-core").is_dir() || !modules().join("axe-core").is_dir() {
        not_run("the explorer driven by puppeteer-core");
        return None;
    }
    let mut command = Command::new("node");
    command.arg(root().join("tests/browser").join(script)).arg(address).arg(browser.0.program()).arg(modules());
    let made = command.output().expect("node runs");
    let text = String::from_utf8_lossy(&made.stdout).into_owned();
    assert!(made.status.success(), "{script}: {text}{}", String::from_utf8_lossy(&made.stderr));
    Some(text)
}

/// A script that answers with what axe-core finds of WCAG 2.2 A and AA.
pub fn axe() -> Option<String> {
    let Ok(axe) = std::fs::read_to_string(modules().join("axe-core/axe.min.js")) else {
        not_run("axe-core");
        return None;
    };
    let run = "document.querySelectorAll('details').forEach(d=>d.open=true);\
        axe.run(document,{runOnly:{type:'tag',values:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']}})\
        .then(r=>answer(r.violations.map(v=>v.id+' '+v.nodes.length+' '+v.nodes[0].html.slice(0,120))))";
    Some(format!("{axe};{run}"))
}

impl Asking {
    /// What `script` passes to `answer`, as JSON, on the page in a window of this width.
    pub fn ask(&self, html: &str, width: u32, script: &str) -> String {
        let answer = "const answer=x=>{document.documentElement.setAttribute('data-answer',encodeURIComponent(JSON.stringify(x)))};";
        // In the script of another, `</` would end it.
        let script = format!("<script>{answer}{}</script></body>", script.replace("</", "<\\/"));
        let asked = match html.rsplit_once("</body>") {
            Some((before, after)) => format!("{before}{script}{after}"),
            None => panic!("no body"),
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page.html");
        std::fs::write(&path, asked).expect("a page");
        let made = Command::new(self.0.program())
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--virtual-time-budget=20000"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg(format!("--window-size={width},900"))
            .arg("--dump-dom")
            .arg(format!("file://{}", path.display()))
            .output()
            .expect("the browser runs");
        let text = String::from_utf8_lossy(&made.stdout).into_owned();
        let said = text.split_once("data-answer=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(said, _)| said);
        decoded(said.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(&made.stderr))))
    }

    /// The page printed, and what its PDF says of itself.
    pub fn printed(&self, html: &str) -> Asked {
        let bytes = self.0.print(html, "page.html").unwrap_or_else(|finding| panic!("{finding}"));
        // The objects of the PDF are plain text; only what is drawn is packed.
        let text = String::from_utf8_lossy(&bytes);
        let after = |key: &str| {
            let (_, rest) = text.split_once(key)?;
            Some(rest.split_once(')')?.0.to_owned())
        };
        Asked {
            pages: text.matches("/Type /Page\n").count() + text.matches("/Type /Page ").count(),
            tagged: text.contains("/Marked true") && text.contains("/StructTreeRoot"),
            outline: text.contains("/Outlines"),
            title: after("/Title (").unwrap_or_default(),
            language: after("/Lang (").unwrap_or_default(),
        }
    }
}

/// Text whose bytes are written as `%41`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let pair = |rest: &mut std::str::Bytes<'_>| Some([rest.next()?, rest.next()?]);
        let value = match byte {
            b'%' => pair(&mut rest).and_then(|pair| u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()),
            _ => None,
        };
        bytes.push(value.unwrap_or(byte));
    }
    String::from_utf8(bytes).expect("text")
}
