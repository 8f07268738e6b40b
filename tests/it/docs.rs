//! The documentation says what is so: its links lead somewhere, the files it names are there, and the commands it prints
//! are commands with those options.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::harness::{Bench, root};

static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\(([^)\s]+)\)").expect("a pattern"));
static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`([^`\n]+)`").expect("a pattern"));
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(src|docs|tests|examples|build|benches|pipelines)/[\w./-]*\w/?$").expect("a pattern")
});

/// Every page of the documentation.
fn pages() -> Vec<PathBuf> {
    let own = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name));
    let docs = std::fs::read_dir(root().join("docs")).expect("a folder").flatten().map(|entry| entry.path());
    own.into_iter().chain(docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"))).collect()
}

fn text(page: &Path) -> String {
    std::fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}

/// The anchors of a page: its headings, as they are linked to.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let letter = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        _ => c.is_alphanumeric().then(|| c.to_ascii_lowercase()),
    };
    headings.map(|heading| heading.chars().filter_map(letter).collect()).collect()
}

/// The links of `page` that lead nowhere.
fn broken(page: &Path, said: &str) -> Vec<String> {
    let leads = |link: &str| {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let file = if path.is_empty() { page.to_owned() } else { page.with_file_name(path) };
        file.exists()
            && (anchor.is_empty()
                || path.is_empty() && anchors(said).contains(anchor)
                || anchors(&text(&file)).contains(anchor))
    };
    let links = LINK.captures_iter(said).map(|found| found[1].to_owned());
    links.filter(|link| !link.contains("://") && !leads(link)).collect()
}

#[test]
fn links_lead_somewhere() {
    for page in pages() {
        assert_eq!(broken(&page, &text(&page)), Vec::<String>::new(), "links of {}", page.display());
    }
    let page = root().join("docs/checks.md");
    let said = "# One `thing` here\n[a](pipelines.md) [b](none.md) [c](#one-thing-here) [d](#two) [e](pipelines.md#no)";
    assert_eq!(broken(&page, said), ["none.md", "#two", "pipelines.md#no"]);
}

#[test]
fn files_that_are_named_are_there() {
    for page in pages() {
        let said = text(&page);
        let named = CODE.captures_iter(&said).map(|found| found[1].to_owned());
        let missing: BTreeSet<String> =
            named.filter(|name| FILE.is_match(name) && !name.contains("NAME") && !root().join(name).exists()).collect();
        assert!(missing.is_empty(), "{} names {missing:?}", page.display());
    }
    assert!(FILE.is_match("src/diff/page.rs") && !FILE.is_match("pipelines/<table>.toml"));
}

/// The command and its options, where a line of a page is one.
fn asked(line: &str) -> Option<(String, Vec<String>)> {
    let rest =
        ["abreast ", "cargo run --release -- "].iter().find_map(|start| line.trim_start().strip_prefix(start))?;
    let rest = rest.split(['#', '`', '|', ';']).next().unwrap_or_default();
    let mut words = rest.split_whitespace();
    let command = words.next().filter(|word| word.chars().all(|c| c.is_ascii_lowercase()))?.to_owned();
    let options = words.filter(|word| word.starts_with("--") && word.len() > 2);
    let name = |word: &str| word.split('=').next().unwrap_or(word).trim_end_matches([',', '.', ')', ':']).to_owned();
    Some((command, options.map(name).collect()))
}

/// The help of a command and of the commands below it.
fn help(bench: &Bench, command: &str) -> String {
    let mut whole = bench.abreast(&[command, "--help"]).well().stdout;
    let below =
        whole.split_once("\nCommands:\n").map(|(_, rest)| rest.split("\n\n").next().unwrap_or_default().to_owned());
    let names =
        below.iter().flat_map(|below| below.lines()).filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<String> = names.filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect();
    for name in names.iter().filter(|name| *name != "help") {
        whole += &bench.abreast(&[command, name, "--help"]).well().stdout;
    }
    whole
}

#[test]
fn commands_that_are_printed_are_commands() {
    let bench = Bench::new();
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let mut asked_for = 0;
    for page in pages().into_iter().filter(|page| !page.ends_with("CHANGELOG.md")) {
        let said = text(&page);
        let (mut lines, mut inside): (Vec<String>, bool) = (Vec::new(), false);
        for line in said.lines() {
            if line.trim_start().starts_with("```") {
                inside = !inside;
            } else if inside {
                lines.push(line.to_owned());
            } else {
                lines.extend(CODE.captures_iter(line).map(|found| found[1].to_owned()));
            }
        }
        for (command, options) in lines.iter().filter_map(|line| asked(line)) {
            let help = helps.entry(command.clone()).or_insert_with(|| help(&bench, &command));
            for option in options {
                let known = help.split_whitespace().any(|word| word.trim_end_matches(',') == option);
                assert!(known, "{}: `abreast {command}` has no {option}", page.display());
            }
            asked_for += 1;
        }
    }
    assert!(asked_for > 30, "only {asked_for} commands were found");
    assert_eq!(asked("what abreast run does"), None);
    let words = |command: &str, options: &[&str]| {
        Some((command.to_owned(), options.iter().map(|&option| option.to_owned()).collect()))
    };
    assert_eq!(asked("abreast compare x --with=england --out o # why"), words("compare", &["--with", "--out"]));
}
