//! How large files and functions may grow before they are two: a reader holds one of them in mind at once.

use std::path::{Path, PathBuf};

/// Lines of a file, its unit tests aside.
const FILE: usize = 400;
/// Lines of a function, from its name to its closing brace.
const FUNCTION: usize = 70;

/// The Rust files below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let mut found: Vec<PathBuf> = folders.iter().flat_map(|folder| sources(folder)).collect();
    found.extend(files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")));
    found.sort();
    found
}

/// The lines of a formatted file without its unit tests.
fn without_tests(text: &str) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push(line);
            continue;
        }
        let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
        let mut item = lines.by_ref().skip_while(|line| line.trim_start().starts_with("#["));
        if item.next().is_some_and(|first| !first.ends_with(';')) {
            item.find(|line| *line == end);
        }
    }
    kept
}

/// The functions of a formatted file, each with its name and its number of lines.
fn functions<'a>(lines: &[&'a str]) -> Vec<(&'a str, usize)> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let inside = line.trim_start();
        let Some(start) = inside.find("fn ").filter(|start| {
            inside[..*start]
                .split_whitespace()
                .all(|word| word.starts_with("pub") || ["const", "unsafe"].contains(&word))
        }) else {
            continue;
        };
        let name = inside[start + 3..].split(['(', '<']).next().unwrap_or_default();
        let end = format!("{}}}", &line[..line.len() - inside.len()]);
        let rest = lines[at..].iter();
        let length = if line.ends_with('}') || line.ends_with(';') {
            1
        } else {
            rest.take_while(|line| **line != end).count() + 1
        };
        found.push((name, length));
    }
    found
}

/// What is too large in a file, as words.
fn too_large(path: &str, text: &str) -> Vec<String> {
    let lines = without_tests(text);
    let file = (lines.len() > FILE).then(|| format!("{path} has {} lines, at most {FILE}", lines.len()));
    let functions = functions(&lines).into_iter().filter(|(_, length)| *length > FUNCTION);
    let functions =
        functions.map(|(name, length)| format!("`{name}` in {path} has {length} lines, at most {FUNCTION}"));
    file.into_iter().chain(functions).collect()
}

#[test]
fn files_and_functions_are_small_enough_to_hold_in_mind() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut counted) = (Vec::new(), 0);
    for path in sources(&root) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        counted += functions(&without_tests(&text)).len();
        found.extend(too_large(&path.strip_prefix(&root).expect("below src").to_string_lossy(), &text));
    }
    assert!(counted > 4000, "only {counted} functions were found");
    assert!(found.is_empty(), "split each by the nouns in it:\n{}", found.join("\n"));
}

#[test]
fn what_is_too_large_is_seen_and_unit_tests_do_not_count() {
    let function = |lines: usize| format!("    pub(super) fn long(\n{}    }}\n", "        a();\n".repeat(lines - 2));
    assert_eq!(too_large("a.rs", &function(FUNCTION)), Vec::<String>::new());
    assert_eq!(too_large("a.rs", &function(FUNCTION + 1)), ["`long` in a.rs has 71 lines, at most 70"]);
    let file = "use a;\n".repeat(FILE);
    let tests = "#[cfg(test)]\nmod tests {\n    fn f() {\n    }\n}\n";
    assert_eq!(too_large("a.rs", &format!("{file}{tests}")), Vec::<String>::new());
    assert_eq!(too_large("a.rs", &format!("{file}{tests}use b;\n")), ["a.rs has 401 lines, at most 400"]);
    let outside = "#[cfg(test)]\nmod tests;\n";
    assert_eq!(too_large("a.rs", &format!("{outside}{file}use b;\n")), ["a.rs has 401 lines, at most 400"]);
}
