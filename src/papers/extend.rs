//! A section more in a report file: its lines, and the file with them at its end, checked before it is written.
//!
//! In: what a section is to show. Out: the lines; the path and the text of the file. Nothing else of the file is touched. A
//! report that is built in gets a file of one's own with the same name, which takes its place.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use toml_edit::{Array, Value};

use crate::declaration::Declared;
use crate::finding::Error;
use crate::home;
use crate::report::{ChartKind, Report, read};

/// What a section is to show.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Its heading.
    pub heading: String,
    /// Its measures, as `table/measure`.
    pub measures: Vec<String>,
    /// Topic and breakdown, where it is not the whole.
    pub about: Option<(String, String)>,
    /// The charts of each measure.
    pub charts: Vec<ChartKind>,
    /// The words of those beside whom, where they are not those of the report.
    pub compare: Vec<String>,
    /// The last period, where one was picked.
    pub period: String,
}

impl Wanted {
    /// The lines that are appended.
    pub fn lines(&self) -> String {
        let list = |words: &[String]| Value::from(words.iter().collect::<Array>()).to_string();
        let text = |words: &str| Value::from(words).to_string();
        let mut lines =
            format!("[[section]]\nheading  = {}\nmeasures = {}\n", text(&self.heading), list(&self.measures));
        // Writing to a String cannot fail.
        let _ = match &self.about {
            Some((topic, part)) => {
                let parts = list(std::slice::from_ref(part));
                writeln!(lines, "topic    = {}\nbreakdowns = {parts}\ntables   = [\"breakdown\"]", text(topic))
            }
            None => writeln!(lines, "tables   = [\"standing\", \"years\"]"),
        };
        if !self.charts.is_empty() && self.about.is_none() {
            let charts: Vec<String> = self.charts.iter().map(|kind| kind.word().to_owned()).collect();
            let _ = writeln!(lines, "charts   = {}", list(&charts));
        }
        if !self.compare.is_empty() {
            let _ = writeln!(lines, "compare  = {}", list(&self.compare));
        }
        if !self.period.is_empty() {
            let _ = writeln!(lines, "period   = {}", text(&self.period));
        }
        lines
    }
}

/// A report file, as it is read, or with what is wrong with it.
pub type Known = (Declared, Result<Report, String>);

/// Every report file there is, each as it is read, or with what is wrong with it.
///
/// # Errors
/// The folder cannot be read.
pub fn reports(pipelines: Option<&Path>) -> Result<Vec<Known>, Error> {
    let folder = pipelines.map(|folder| folder.join("reports"));
    let declared = home::declared("pipelines/reports", folder.as_deref())?;
    let told = |file: Declared| {
        let report = read(file.clone()).map_err(|found| {
            found.first().map_or_else(String::new, |finding| format!("{} ({})", finding.message, finding.place))
        });
        (file, report)
    };
    Ok(declared.into_iter().map(told).collect())
}

/// The file of the report `name` with `lines` at its end.
///
/// # Errors
/// There is no such report, or the file would not be read any more.
pub fn appended(name: &str, lines: &str, pipelines: Option<&Path>) -> Result<(PathBuf, String), Error> {
    let all = reports(pipelines)?;
    let Some((file, _)) = all.into_iter().find(|(file, _)| file.name == name) else {
        return Err(Error::usage(format!("there is no report `{name}`"), "choose one of those that are there"));
    };
    let mut text = file.text.clone();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if !text.ends_with('\n') {
        text.push_str(end);
    }
    text.push_str(end);
    text.push_str(&lines.replace('\n', end));
    let own = Path::new(&file.path);
    let path = if own.is_file() { own.to_owned() } else { folder(pipelines).join(format!("{name}.toml")) };
    checked(path, name, text)
}

/// The file of a new report with `lines` as its first section.
///
/// # Errors
/// There is such a report already, or the name is none.
pub fn begun(title: &str, authority: &str, lines: &str, pipelines: Option<&Path>) -> Result<(PathBuf, String), Error> {
    let title = title.trim();
    let name = crate::area::fold(title).replace(' ', "_");
    if name.is_empty() || title.chars().count() > 80 {
        return Err(Error::usage("the new report has no name", "write a title of up to 80 letters"));
    }
    let path = folder(pipelines).join(format!("{name}.toml"));
    if path.exists() || reports(pipelines)?.iter().any(|(file, _)| file.name == name) {
        let message = format!("there is a report `{name}` already");
        return Err(Error::usage(message, "choose another title, or add to that one"));
    }
    let text = super::new::head("Begun on a page of `abreast browse`", title, authority) + "\n" + lines;
    checked(path, &name, text)
}

fn folder(pipelines: Option<&Path>) -> PathBuf {
    pipelines.unwrap_or(Path::new("pipelines")).join("reports")
}

/// Reads the file as it would be read, before it is written.
fn checked(path: PathBuf, name: &str, text: String) -> Result<(PathBuf, String), Error> {
    let declared =
        Declared { path: home::shown(&path), name: name.to_owned(), text: text.clone(), ..Declared::default() };
    match read(declared) {
        Ok(_) => Ok((path, text)),
        Err(found) => {
            let said =
                found.first().map_or_else(String::new, |finding| format!("{} ({})", finding.message, finding.place));
            Err(Error::usage(format!("the report would not be read: {said}"), "mend the file, then add to it"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, appended, begun};
    use crate::report::ChartKind;

    fn wanted() -> Wanted {
        Wanted {
            heading: "Is \"it\" in time?".to_owned(),
            measures: vec!["a/b".to_owned()],
            charts: vec![ChartKind::Trend, ChartKind::Ordered],
            ..Wanted::default()
        }
    }

    #[test]
    fn a_section_is_appended_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let reports = folder.path().join("reports");
        std::fs::create_dir(&reports).expect("a folder");
        for text in [
            "# ours\ntitle = \"A\" # kept\n\n[[section]]\nheading = \"B\"\nmeasures = [\"a/b\"]",
            "title = \"A\"\r\n[[section]]\r\nheading = \"B\"\r\n",
        ] {
            std::fs::write(reports.join("ours.toml"), text).expect("written");
            let (path, after) = appended("ours", &wanted().lines(), Some(folder.path())).expect("appended");
            assert_eq!(path, reports.join("ours.toml"));
            let added = after.strip_prefix(text).expect("the text as it was");
            assert_eq!(added.matches("[[section]]").count(), 1, "{added}");
            assert_eq!(added.contains("\r\n"), text.contains("\r\n"));
            assert!(!after.replace("\r\n", "").contains('\r'));
        }
        std::fs::write(reports.join("ours.toml"), "titel = \"A\"\n").expect("written");
        let error = appended("ours", &wanted().lines(), Some(folder.path())).expect_err("it has a mistake").to_string();
        assert!(error.contains("would not be read"), "{error}");
        assert!(appended("none", "", Some(folder.path())).is_err());
    }

    #[test]
    fn a_new_report_is_one_that_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("reports")).expect("a folder");
        std::fs::write(folder.path().join("reports/x.toml"), "title = \"X\"\n[[section]]\nheading = \"X\"\n")
            .expect("x");
        let lines = wanted().lines();
        let (path, text) = begun("Our \"own\" paper", "Sandwell", &lines, Some(folder.path())).expect("a report");
        assert!(path.ends_with("reports/our_own_paper.toml"), "{path:?}");
        assert!(text.ends_with(&lines) && text.contains("authority = \"Sandwell\""), "{text}");
        assert!(begun("X", "Sandwell", &lines, Some(folder.path())).is_err(), "it is there already");
        assert!(begun(" .. ", "Sandwell", &lines, Some(folder.path())).is_err());
    }
}
