//! What the columns of a table are, told from their cells and, where that leaves a choice, from their names.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::profile::{Profile, is_code, is_level, is_mark, is_number, is_ons};
use crate::area::{Register, without_order};
use crate::grid::TextTable;
use crate::normalise::{Meta, is_standard};
use crate::period::Period;

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
    /// Names of regions beside a column of authorities.
    pub region: Option<String>,
    /// What numbers a row that is a school, a provider or a person.
    pub id: Option<String>,
    /// Words that break figures down.
    pub filters: Vec<String>,
    /// Numbers.
    pub numbers: Vec<String>,
    /// Everything else.
    pub others: Vec<String>,
    /// Words of those that say something of an area or repeat another column, and break nothing down.
    pub attributes: Vec<String>,
    /// Words among the numbers, with how often each stands there.
    pub marks: BTreeMap<String, usize>,
    /// First and last period.
    pub periods: Option<(String, String)>,
    /// The levels.
    pub levels: Vec<String>,
    /// Names that are of no known area, with how often each stands there.
    pub strangers: BTreeMap<String, usize>,
    /// Codes of areas that are no English authority, region or country, by their first three letters.
    pub foreign: BTreeMap<String, usize>,
    /// How many authorities the column of areas has.
    pub authorities: usize,
    /// Rows below the header.
    pub rows: usize,
    /// Whether it is a file of the Explore Education Statistics standard.
    pub ees: bool,
}

/// Looks at every cell of every column. What the `.meta.csv` says of a column goes before what it looks like.
pub fn columns(table: &TextTable, meta: &Meta, register: &Register) -> Columns {
    let mut found = Columns { rows: table.rows.len(), ..Columns::default() };
    found.ees = ["time_period", "geographic_level"].iter().all(|name| table.position(name).is_some());
    let mut open: Vec<Profile<'_>> =
        table.names().enumerate().map(|(column, name)| Profile::of(table, column, name)).collect();
    if found.ees {
        open.retain(|profile| !found.claim_standard(profile));
    }
    found.claim_areas(&mut open, register);
    found.claim_period(&mut open);
    found.claim_id(&mut open);
    for profile in &open {
        found.sort_in(profile, meta);
    }
    super::telling::settle(&mut found, table, meta, register);
    found
}

impl Columns {
    /// Takes a column of the standard; answers whether it is one.
    fn claim_standard(&mut self, profile: &Profile<'_>) -> bool {
        let name = Some(profile.name.to_owned());
        match profile.lower.as_str() {
            "time_period" => {
                self.periods = span(profile);
                self.period = name;
            }
            "time_identifier" => self.identifier = name,
            "geographic_level" => {
                self.levels = profile.cells.keys().map(|&level| level.to_owned()).collect();
                self.level = name;
            }
            "old_la_code" => {
                self.authorities = profile.cells.len();
                self.code = name;
            }
            "new_la_code" => self.ons = name,
            "la_name" => self.name = name,
            "school_urn" => self.id = name,
            _ => return is_standard(&profile.lower),
        }
        true
    }

    /// Takes the columns that say which area a row is about: of several of one kind the one with the most authorities,
    /// because a column of regions holds names and codes too.
    fn claim_areas(&mut self, open: &mut Vec<Profile<'_>>, register: &Register) {
        if self.ees {
            return;
        }
        if let Some(level) = take(open, |profile| profile.share(is_level) > 0.9 && profile.cells.len() < 20, |_| 0) {
            self.levels = level.cells.keys().map(|&level| level.to_owned()).collect();
            self.level = Some(level.name.to_owned());
        }
        let authorities = |profile: &Profile<'_>| profile.authorities(register);
        let is_area = |text: &str| register.known(text).is_some() || register.region(text).is_some();
        let ons = |profile: &Profile<'_>| profile.share(is_ons) > 0.7 && profile.cells.keys().any(|text| is_area(text));
        if let Some(ons) = take(open, ons, authorities) {
            self.authorities = ons.authorities(register);
            for (text, count) in ons.cells.iter().filter(|(text, _)| is_ons(text) && !is_area(text)) {
                *self.foreign.entry(text.chars().take(3).collect()).or_default() += count;
            }
            self.ons = Some(ons.name.to_owned());
        }
        // One number in six of three digits is a code: a few that all are by chance are rarer than one in two hundred.
        let code = |profile: &Profile<'_>| {
            let enough = if profile.cells.len() > 20 { 0.8 } else { 0.999 };
            profile.share(|text| is_code(text, register)) > enough
                && profile.cells.len() > 2
                && !profile.is_periods(self.rows)
        };
        if let Some(code) = take(open, code, authorities) {
            self.authorities = self.authorities.max(code.authorities(register));
            self.code = Some(code.name.to_owned());
        }
        let has_codes = self.ons.is_some() || self.code.is_some();
        let name = |profile: &Profile<'_>| {
            let share = profile.share(|text| !is_number(text) && is_area(text));
            let enough = if has_codes { 0.4 } else { 0.5 };
            !profile.lower.contains("code") && (share > 0.8 || (share > enough && authorities(profile) > 20))
        };
        if let Some(name) = take(open, name, authorities) {
            self.authorities = self.authorities.max(name.authorities(register));
            let strangers = name.cells.iter().filter(|(text, _)| !is_area(text));
            self.strangers = strangers.map(|(text, count)| ((*text).to_owned(), *count)).collect();
            self.name = Some(name.name.to_owned());
        }
        if self.name.is_some() || has_codes {
            let is_region = |text: &str| register.region(without_order(text)).is_some();
            let region = take(open, |profile| profile.share(is_region) > 0.9, |profile| profile.cells.len());
            self.region = region.map(|region| region.name.to_owned());
        }
    }

    /// Takes the column of periods: the one whose name says so, else the one with the fewest of them.
    fn claim_period(&mut self, open: &mut Vec<Profile<'_>>) {
        if self.period.is_some() {
            return;
        }
        let rows = self.rows;
        let most = self.authorities.max(1);
        let fits = |profile: &Profile<'_>| profile.is_periods(rows) && !profile.is_days_of_rows(most);
        let order = |profile: &Profile<'_>| {
            let named = usize::from(profile.is_about_time()) * 10_000;
            named + 10_000usize.saturating_sub(profile.cells.len())
        };
        if let Some(period) = take(open, fits, order) {
            self.periods = span(&period);
            self.period = Some(period.name.to_owned());
        }
    }

    /// Takes the column that numbers the rows, where an authority has many of them: each row is then a record.
    fn claim_id(&mut self, open: &mut Vec<Profile<'_>>) {
        if self.id.is_some() {
            return;
        }
        let rows = self.rows;
        let unique =
            |profile: &Profile<'_>| profile.cells.len() * 100 >= rows * 98 && profile.filled * 100 >= rows * 98;
        let is_id = |profile: &Profile<'_>| rows >= 20 && profile.is_identifier() && unique(profile);
        let order = |profile: &Profile<'_>| {
            usize::from(profile.words().contains(&"urn")) + usize::from(!profile.lower.contains("estab"))
        };
        self.id = take(open, is_id, order).map(|profile| profile.name.to_owned());
    }

    /// Puts a column among the numbers, the filters or the rest.
    fn sort_in(&mut self, profile: &Profile<'_>, meta: &Meta) {
        let name = profile.name.to_owned();
        if meta.is_filter(profile.name) && !profile.is_constant() {
            self.filters.push(name);
        } else if profile.numbers_rows() {
            self.others.push(name);
        } else if meta.is_indicator(profile.name) || (profile.is_figures() && !profile.is_identifier()) {
            self.numbers.push(name);
            for (text, count) in profile.cells.iter().filter(|(text, _)| !is_number(text)) {
                *self.marks.entry((*text).to_owned()).or_default() += count;
            }
        } else if profile.cells.len() > 1
            && profile.cells.len() <= 80
            && profile.cells.len() * 2 < profile.filled.max(3)
            && !profile.is_identifier()
        {
            self.filters.push(name);
        } else {
            self.others.push(name);
        }
    }

    /// Whether each row is a school, a provider or a person: rows are numbered, and an authority has many.
    pub fn is_records(&self) -> bool {
        let numbered = self.id.is_some() && self.rows > self.authorities;
        // Words alone about each area, such as judgements, are counted too.
        let worded = self.numbers.is_empty() && !self.filters.is_empty() && self.period.is_none();
        self.has_area() && self.authorities > 0 && (numbered || worded)
    }

    /// Whether it says where its figures belong.
    pub fn has_area(&self) -> bool {
        self.name.is_some() || self.code.is_some() || self.ons.is_some()
    }

    /// Marks that stand for figures: short, and not what a heading or a footnote leaves in a column.
    pub fn short_marks(&self) -> impl Iterator<Item = &String> {
        self.marks
            .iter()
            .filter(|(mark, count)| mark.chars().count() <= 12 && (is_mark(mark) || **count > 1))
            .map(|(mark, _)| mark)
    }

    /// What was found, a line each.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let none = "none found".to_owned();
        let or_none = |name: &Option<String>| name.as_ref().map_or(none.clone(), |name| format!("`{name}`"));
        let span = self.periods.as_ref().map_or(String::new(), |(first, last)| format!(", {first} to {last}"));
        let areas: Vec<String> =
            [("code", &self.code), ("ONS code", &self.ons), ("name", &self.name), ("region", &self.region)]
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
        if let Some(id) = &self.id {
            say("id", format!("`{id}`"));
        }
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
}

/// Takes the profile that fits and comes first by `order` out of `open`.
fn take<'t>(
    open: &mut Vec<Profile<'t>>,
    fits: impl Fn(&Profile<'t>) -> bool,
    order: impl Fn(&Profile<'t>) -> usize,
) -> Option<Profile<'t>> {
    let fitting = open.iter().enumerate().filter(|(_, profile)| fits(profile));
    // Of equal ones the first.
    let (at, _) = fitting
        .map(|(at, profile)| (at, order(profile)))
        .reduce(|best, other| if other.1 > best.1 { other } else { best })?;
    Some(open.remove(at))
}

fn span(profile: &Profile<'_>) -> Option<(String, String)> {
    let periods = in_order(profile.cells.keys().copied());
    Some(((*periods.first()?).to_owned(), (*periods.last()?).to_owned()))
}

/// Texts of periods, the earliest first; those that are none by their letters, before them.
pub fn in_order<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_by_cached_key(|text| (Period::parse(text, "", None).ok().map(|period| period.end), (*text).to_owned()));
    texts
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
