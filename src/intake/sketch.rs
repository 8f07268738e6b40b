//! What the columns of a table are, told from their cells, and a pipeline made of that.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::area::{LaCode, Level, Register};
use crate::grid::{Grid, TextTable, likely_header};
use crate::period::Period;
use crate::value::{Cell, Status, Symbols};

/// What a column holds, by its cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Periods.
    pub period: Option<String>,
    /// What kind of period.
    pub identifier: Option<String>,
    /// Geographic levels.
    pub level: Option<String>,
    /// 3-digit codes.
    pub code: Option<String>,
    /// 9-character codes.
    pub ons: Option<String>,
    /// Names of areas.
    pub name: Option<String>,
    /// Words that break figures down.
    pub filters: Vec<String>,
    /// Numbers.
    pub numbers: Vec<String>,
    /// Everything else.
    pub others: Vec<String>,
    /// Words among the numbers, with how often each stands there.
    pub marks: BTreeMap<String, usize>,
    /// First and last period.
    pub periods: Option<(String, String)>,
    /// The levels.
    pub levels: Vec<String>,
    /// Names that are of no known area.
    pub strangers: Vec<String>,
    /// Whether it is a file of the Explore Education Statistics standard.
    pub ees: bool,
}

const EES: [&str; 10] = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
];

/// The row, as Excel counts it, that most likely holds the names: the last with mostly words before the first with
/// mostly numbers; years are words here, because headers hold them.
pub fn header(grid: &Grid) -> u32 {
    let is_year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let filled = |row: usize| {
        let texts =
            (0..grid.width().min(200)).map(|column| grid.text(row, column).trim()).filter(|text| !text.is_empty());
        let (mut all, mut numbers) = (0, 0);
        for text in texts {
            all += 1;
            numbers += usize::from(!is_year(text) && matches!(Symbols::none().read(text), Cell::Number(_)));
        }
        (all, numbers)
    };
    let top = grid.height().min(60);
    let first = (1..top).find(|&row| matches!(filled(row), (all, numbers) if all >= 3 && numbers * 3 >= all));
    let named = first.and_then(|first| {
        let names = |&row: &usize| matches!(filled(row), (all, numbers) if all >= 2 && numbers * 5 <= all);
        (0..first).rev().find(names)
    });
    named.and_then(|row| grid.rows().get(row).copied()).or_else(|| likely_header(grid)).unwrap_or(1)
}

/// Looks at every cell of every column.
pub fn columns(table: &TextTable, register: &Register) -> Columns {
    let mut found = Columns::default();
    let names: Vec<&str> = table.names().collect();
    found.ees = ["time_period", "geographic_level"].iter().all(|name| table.position(name).is_some());
    let known = |cells: &BTreeMap<&str, usize>| cells.keys().filter(|text| register.find(text).is_ok()).count();
    let mut authorities = 0;
    for (column, name) in names.iter().enumerate() {
        let cells = distinct(table, column);
        let total: usize = cells.values().sum();
        let share = |fits: &dyn Fn(&str) -> bool| {
            let count: usize = cells.iter().filter(|(text, _)| fits(text)).map(|(_, count)| count).sum();
            if total == 0 { 0.0 } else { count as f64 / total as f64 }
        };
        let lower = name.to_lowercase();
        let standard = EES.contains(&lower.as_str());
        if found.ees && standard {
            match lower.as_str() {
                "time_period" => found.periods = span(&cells),
                "time_identifier" => found.identifier = Some((*name).to_owned()),
                "geographic_level" => found.levels = cells.keys().map(|&level| level.to_owned()).collect(),
                _ => {}
            }
            found.claim(&lower, name);
            continue;
        }
        let words = ["year", "period", "time", "date"];
        let is_period = |text: &str| Period::read(text, "", None).is_ok();
        let is_number = |text: &str| matches!(Symbols::none().read(text), Cell::Number(_));
        let is_code = |text: &str| text.parse::<LaCode>().is_ok_and(|code| register.newest(code).is_some());
        let is_ons = |text: &str| {
            register.by_ons(text).is_some() || register.region(text).is_some_and(|region| region.code == text)
        };
        let is_name = |text: &str| register.find(text).is_ok() || register.region(text).is_some();
        if found.level.is_none() && share(&|text| Level::from_publisher(text).is_some()) > 0.9 {
            found.level = Some((*name).to_owned());
            found.levels = cells.keys().map(|&level| level.to_owned()).collect();
        } else if found.ons.is_none() && share(&is_ons) > 0.8 {
            found.ons = Some((*name).to_owned());
        } else if found.code.is_none() && share(&is_code) > 0.8 && cells.len() > 20 {
            found.code = Some((*name).to_owned());
        } else if !lower.contains("code") && share(&is_name) > 0.8 && known(&cells) > authorities {
            // A column of regions holds names too: the one with the most authorities is that of the areas.
            authorities = known(&cells);
            found.others.extend(found.name.replace((*name).to_owned()));
            found.strangers = cells.keys().filter(|text| !is_name(text)).map(|&text| text.to_owned()).collect();
        } else if found.period.is_none() && words.iter().any(|word| lower.contains(word)) && share(&is_period) > 0.9 {
            found.period = Some((*name).to_owned());
            found.periods = span(&cells);
        } else if share(&is_number) > 0.5
            || (total > 0 && cells.len() <= 3 && share(&|text| text.len() <= 3) > 0.99 && share(&is_number) > 0.0)
        {
            found.numbers.push((*name).to_owned());
            for (text, count) in cells.iter().filter(|(text, _)| !is_number(text)) {
                *found.marks.entry((*text).to_owned()).or_default() += count;
            }
        } else if cells.len() > 1 && cells.len() <= 80 && cells.len() * 2 < total.max(3) {
            found.filters.push((*name).to_owned());
        } else {
            found.others.push((*name).to_owned());
        }
    }
    found
}

impl Columns {
    fn claim(&mut self, standard: &str, name: &str) {
        let slot = match standard {
            "time_period" => &mut self.period,
            "geographic_level" => &mut self.level,
            "old_la_code" => &mut self.code,
            "new_la_code" => &mut self.ons,
            "la_name" => &mut self.name,
            _ => return,
        };
        *slot = Some(name.to_owned());
    }

    /// What was found, a line each.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let none = "none found".to_owned();
        let or_none = |name: &Option<String>| name.as_ref().map_or(none.clone(), |name| format!("`{name}`"));
        let span = self.periods.as_ref().map_or(String::new(), |(first, last)| format!(", {first} to {last}"));
        let areas: Vec<String> = [("code", &self.code), ("ONS code", &self.ons), ("name", &self.name)]
            .into_iter()
            .filter_map(|(word, name)| name.as_ref().map(|name| format!("{word} `{name}`")))
            .collect();
        // Writing to a String cannot fail.
        let mut say = |head: &str, line: String| {
            let _ = writeln!(text, "{head:10}  {line}");
        };
        say("period", format!("{}{span}", or_none(&self.period)));
        say("area", if areas.is_empty() { none.clone() } else { areas.join(", ") });
        say("levels", if self.levels.is_empty() { none.clone() } else { self.levels.join(", ") });
        say("filters", list(&self.filters));
        say("numbers", list(&self.numbers));
        if !self.others.is_empty() {
            say("other", list(&self.others));
        }
        let marks: Vec<String> = self
            .marks
            .iter()
            .take(12)
            .map(|(mark, count)| format!("`{}` {count} times", crate::finding::tidy(mark)))
            .collect();
        say("symbols", if marks.is_empty() { none.clone() } else { marks.join(", ") });
        text
    }

    /// A whole pipeline for the file called `file`.
    pub fn pipeline(&self, title: &str, file: &str, release: &str, sheet: &str, header: u32) -> String {
        let mut text = format!(
            "# Made by `abreast inspect`: check the labels, units and which way is good, then delete this line.\ntitle  = {}\nreturn = \"{}\"\n\n[source]\npublisher = \"\"\nlicence   = \"OGL-3.0\"\n",
            quoted(title),
            "FOLDER"
        );
        let mut taken = BTreeSet::new();
        let keys: Vec<(String, &String)> = self.numbers.iter().map(|name| (key(name, &mut taken), name)).collect();
        for (key, name) in &keys {
            let lower = name.to_lowercase();
            let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '%').collect();
            let percent =
                lower.contains('%') || words.iter().any(|word| ["pc", "pct", "percent", "percentage"].contains(word));
            let unit = if percent { "percent" } else { "number" };
            let _ = write!(text, "\n[measures.{key}]\nlabel = {}\nunit  = \"{unit}\"\n", quoted(name));
        }
        let _ = write!(text, "\n[[release]]\nfrom = {}\nfile = {}\n", from(release), quoted(file));
        if self.ees {
            text += "format = \"ees\"\n";
        }
        if !sheet.is_empty() {
            let _ = writeln!(text, "sheet = {}", quoted(sheet));
        }
        if header != 1 {
            let _ = writeln!(text, "header = {header}");
        }
        text += &self.places(release);
        let columns: Vec<String> = keys.iter().map(|(key, name)| format!("{key} = {}", quoted(name))).collect();
        let _ = writeln!(text, "columns = {{ {} }}", columns.join(", "));
        if !self.others.is_empty() {
            let names: Vec<String> = self.others.iter().map(|name| quoted(name)).collect();
            let _ = writeln!(text, "ignore = [{}]", names.join(", "));
        }
        text += "\n[checks]\nareas = \"some\"   # take out where every authority must be there\n";
        text
    }

    /// The lines that say where the area, period, breakdowns and marks are.
    fn places(&self, release: &str) -> String {
        let mut text = String::new();
        if !self.ees {
            let area: Vec<String> =
                [("code", &self.code), ("ons", &self.ons), ("name", &self.name), ("level", &self.level)]
                    .into_iter()
                    .filter_map(|(key, name)| name.as_ref().map(|name| format!("{key} = {}", quoted(name))))
                    .collect();
            let _ = writeln!(text, "area = {{ {} }}", area.join(", "));
            match &self.period {
                Some(period) => {
                    let _ = writeln!(text, "period_column = {}", quoted(period));
                }
                None => {
                    let _ = writeln!(
                        text,
                        "period = {}   # the file has no column of periods: say which it is",
                        quoted(release)
                    );
                }
            }
            let known = self.marks.keys().filter(|mark| mark.len() <= 12);
            let marks: Vec<String> = known.map(|mark| format!("{} = \"{}\"", quoted(mark), usual(mark))).collect();
            if !marks.is_empty() {
                let _ = writeln!(text, "symbols = {{ {} }}   # find out what each means", marks.join(", "));
            }
            if let Some(name) = self.name.as_ref().filter(|_| !self.strangers.is_empty() && self.strangers.len() <= 20)
            {
                let rows: Vec<String> = self.strangers.iter().map(|text| quoted(text)).collect();
                let _ = writeln!(text, "drop = {{ {} = [{}] }}   # of no known area", quoted(name), rows.join(", "));
            }
        }
        let pair = ["breakdown_topic", "breakdown"];
        let is_pair = self.ees && pair.iter().all(|name| self.filters.iter().any(|filter| filter == name));
        let filters: Vec<String> = self
            .filters
            .iter()
            .filter(|name| !is_pair || !pair.contains(&name.as_str()))
            .map(|name| quoted(name))
            .collect();
        if is_pair {
            text += "breakdown = [\"breakdown_topic\", \"breakdown\"]\n";
        }
        if !filters.is_empty() {
            let _ = writeln!(text, "filters = [{}]", filters.join(", "));
        }
        text
    }
}

/// The texts of a column, blanks left out, with how often each stands there.
fn distinct(table: &TextTable, column: usize) -> BTreeMap<&str, usize> {
    let mut texts = BTreeMap::new();
    if let Ok(cells) = table.frame.columns()[column].str() {
        for text in cells.iter().flatten().map(str::trim).filter(|text| !text.is_empty()) {
            *texts.entry(text).or_default() += 1;
        }
    }
    texts
}

fn span(cells: &BTreeMap<&str, usize>) -> Option<(String, String)> {
    let (first, last) = (cells.keys().next()?, cells.keys().next_back()?);
    Some(((*first).to_owned(), (*last).to_owned()))
}

/// What a mark means in government statistics, with or without brackets; not available where it is none of those.
fn usual(mark: &str) -> &'static str {
    let bare = mark.trim().trim_matches(['[', ']']).to_lowercase();
    let status = match bare.as_str() {
        "c" | "k" => Status::Confidential,
        "z" => Status::NotApplicable,
        "low" => Status::Low,
        "u" => Status::Unreliable,
        _ => Status::NotAvailable,
    };
    status.word()
}

fn list(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(8).map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(8);
    match (names.len(), more) {
        (0, _) => "none found".to_owned(),
        (_, 0) => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A header as the name of a measure: lower case letters, digits and `_`.
fn key(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut key: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    while key.contains("__") {
        key = key.replace("__", "_");
    }
    let key = match key.trim_matches('_') {
        "" => "measure".to_owned(),
        key => key.to_owned(),
    };
    let mut unique = key.clone();
    let mut number = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{key}_{number}");
        number += 1;
    }
    unique
}

/// A text as TOML writes it.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A release as `from` writes it.
pub fn from(release: &str) -> String {
    if !release.is_empty()
        && release.len() <= 9
        && release.bytes().all(|byte| byte.is_ascii_digit())
        && !release.starts_with('0')
    {
        release.to_owned()
    } else {
        quoted(release)
    }
}
