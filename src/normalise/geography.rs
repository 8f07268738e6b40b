//! Which area a row is about: codes first, names through the alias table, dates where two bear one name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Shared;
use crate::area::{Authority, LaCode, Level, Region, Register, fold};
use crate::finding::{Finding, likely};
use crate::period::Period;
use crate::value::Status;

/// The texts of a row that say where it is. Empty where the file has no such column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Words<'a> {
    pub level: &'a str,
    pub code: &'a str,
    pub ons: &'a str,
    pub name: &'a str,
    pub region_code: &'a str,
    pub region_name: &'a str,
    pub id: &'a str,
}

/// An area by number of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub level: Level,
    pub la: u32,
    pub ons: u32,
    pub name: u32,
    /// The file gives a code that had ended by then.
    pub stale: bool,
    /// What a figure is that the file gives for an authority which was not open then; none where it was.
    pub outside: Option<Status>,
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It is about this area.
    At(Place),
    /// A rule leaves it out.
    LeftOut(&'static str),
    /// It is refused for the reason with this number.
    Refused(usize),
}

/// Something wrong with the area of a row.
#[derive(Clone, Debug)]
pub(super) struct Wrong {
    pub finding: Finding,
    /// The text that is to blame.
    pub text: String,
    /// The row (an index) it was first met in.
    pub row: u32,
}

/// Looks areas up; equal words in one period are looked up once.
pub(super) struct Geography<'a> {
    register: &'a Register,
    known: FxHashMap<(Words<'a>, usize), Outcome>,
    said: FxHashSet<String>,
    /// What was found, each once.
    pub found: Vec<Wrong>,
    /// Why rows are refused, by the number in their outcome.
    pub reasons: Vec<Wrong>,
}

/// What a row without any word about its area is called.
const NO_NAME: &str = "(no name)";

/// Names of rows that add up others, or average them.
const TOTALS: [&str; 12] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "all",
    "overall",
    "sum",
    "average",
    "mean",
    "all areas",
    "all authorities",
];

/// Rows outside an authority's life that hold no figure: publishers print them for predecessors and successors.
pub(super) const OUTSIDE_LIFE: &str = "authority not open at the end of the period";

impl<'a> Geography<'a> {
    pub fn new(register: &'a Register) -> Geography<'a> {
        Geography {
            register,
            known: FxHashMap::default(),
            said: FxHashSet::default(),
            found: Vec::new(),
            reasons: Vec::new(),
        }
    }

    /// The register that areas are looked up in.
    pub fn register(&self) -> &'a Register {
        self.register
    }

    /// The area of row `row` with these words in `period`, which has number `index`.
    pub fn of(&mut self, words: Words<'a>, period: &Period, index: usize, row: u32, shared: &mut Shared) -> Outcome {
        let key = (words, index);
        if let Some(outcome) = self.known.get(&key) {
            return outcome.clone();
        }
        let outcome = self.look_up(words, period, row, shared);
        self.known.insert(key, outcome.clone());
        outcome
    }

    /// The area of words that were not met before.
    pub fn look_up(&mut self, words: Words<'_>, period: &Period, row: u32, shared: &mut Shared) -> Outcome {
        let level = if words.level.is_empty() { self.guess_level(&words) } else { Level::from_publisher(words.level) };
        // Where rows tell themselves apart by the code alone, some authorities stand among the districts.
        let of_authority = |words: &Words<'_>| {
            words.id.is_empty() && (self.register.by_ons(words.ons).is_some() || self.elsewhere(words).is_some())
        };
        let level = level.map(|level| match level {
            Level::Other if of_authority(&words) => Level::Authority,
            level => level,
        });
        match level {
            Some(Level::Country | Level::Region) => match self.elsewhere(&words) {
                Some(rule) => Outcome::LeftOut(rule),
                None => self.region(&words, row, shared),
            },
            Some(level @ (Level::Authority | Level::School)) => self.authority(level, &words, period, row, shared),
            Some(Level::Other) => Outcome::At(Place {
                level: Level::Other,
                la: shared.la.code(""),
                ons: shared.ons.code(words.ons),
                name: shared.name.code(if words.id.is_empty() { words.name } else { words.id }),
                stale: false,
                outside: None,
            }),
            None => {
                let message = format!("`{}` is not a geographic level that is known", words.level);
                let help = "leave such rows out with `drop`, or ask for the level to be added";
                self.refuse(Finding::error("unknown-level", message, help), words.level, row)
            }
        }
    }

    /// The level of a row without one, by its code and name.
    fn guess_level(&self, words: &Words<'_>) -> Option<Level> {
        let of_region = |text: &str| {
            self.register.region(text).map(|region| if region.is_country() { Level::Country } else { Level::Region })
        };
        // A tool may number regions as if they were authorities.
        let is_region = |code: LaCode| self.register.newest(code).is_none() && of_region(words.name).is_some();
        if words.code.parse::<LaCode>().is_ok_and(|code| !is_region(code))
            || words.ons.starts_with("E06")
            || words.ons.starts_with("E08")
            || words.ons.starts_with("E09")
            || words.ons.starts_with("E10")
        {
            return Some(Level::Authority);
        }
        let own = [words.ons, words.code, words.name];
        let is_whole = |text: &str| ["", "all", "total"].contains(&text.to_lowercase().as_str());
        let whole = || own.into_iter().all(is_whole).then(|| of_region(words.region_name)).flatten();
        own.into_iter().find_map(of_region).or_else(whole).or(Some(Level::Authority))
    }

    fn region(&mut self, words: &Words<'_>, row: u32, shared: &mut Shared) -> Outcome {
        let country = Level::from_publisher(words.level) == Some(Level::Country);
        let texts = [words.region_code, words.region_name, words.ons, words.code, words.name];
        let found = if country {
            self.register.region("England")
        } else {
            texts.into_iter().filter(|text| !text.is_empty()).find_map(|text| self.register.region(text))
        };
        let Some(region) = found else {
            let text = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            let help = match likely(text, self.register.regions().iter().map(|region| region.name.as_str())) {
                Some(name) => format!(
                    "did you mean `{name}`? Add the spelling to data/reference/regions.csv, or leave the row out with `drop`"
                ),
                None => "leave the row out with `drop`, or add the region to data/reference/regions.csv".to_owned(),
            };
            let finding = Finding::error("unknown-region", format!("`{text}` is no known region"), help);
            return self.refuse(finding, text, row);
        };
        if let Some(other) = self.other_region(words, region).filter(|_| !country) {
            let message =
                format!("the region's code is {} ({}), but its name is `{}`", region.code, region.name, other.name);
            let help = "find out which is meant and add a `[[correction]]`";
            return self.refuse(Finding::error("region-disagrees", message, help), words.region_name, row);
        }
        let level = if region.is_country() { Level::Country } else { Level::Region };
        Outcome::At(Place {
            level,
            la: shared.la.code(""),
            ons: shared.ons.code(&region.code),
            name: shared.name.code(&region.name),
            stale: false,
            outside: None,
        })
    }

    /// The region that a row names beside `region`, where it is another. London and its halves are no two regions.
    fn other_region(&self, words: &Words<'_>, region: &Region) -> Option<&'a Region> {
        let texts = [words.region_code, words.region_name];
        let named = texts.into_iter().filter(|text| !text.is_empty()).filter_map(|text| self.register.region(text));
        let london = |region: &Region| region.name.ends_with("London");
        let mut others = named.filter(|named| named.code != region.code && !(london(named) && london(region)));
        others.next()
    }

    /// That a row of `authority` says it is in a region in which the register does not have it.
    fn region_disagrees(&mut self, authority: &Authority, words: &Words<'_>, row: u32) {
        let Some(region) = self.register.region(&authority.region) else { return };
        let Some(other) = self.other_region(words, region).filter(|other| !other.is_country()) else { return };
        let message = format!(
            "{} ({}) is said to be in {} ({}); the register has it in {}",
            authority.name, authority.code, other.name, other.code, region.name
        );
        let help = "rows or columns may have slipped: look at the row; the register's region is published";
        self.say(Finding::warning("region-of-authority", message, help), words.region_name, row);
    }

    fn authority(
        &mut self,
        level: Level,
        words: &Words<'_>,
        period: &Period,
        row: u32,
        shared: &mut Shared,
    ) -> Outcome {
        let by_code = words.code.parse::<LaCode>().ok();
        let by_ons = self.register.by_ons(words.ons).map(|authority| authority.code);
        let code = by_code.filter(|code| self.register.newest(*code).is_some()).or(by_ons).or_else(|| {
            // A code that is there but unknown is an error, whatever the name says.
            if by_code.is_some() || words.name.is_empty() {
                None
            } else {
                self.register.by_name(words.name, period.end)
            }
        });
        let Some(code) = code else {
            return match self.elsewhere(words) {
                Some(rule) => Outcome::LeftOut(rule),
                None => self.unknown_authority(words, row),
            };
        };
        if by_code.is_some() && by_ons.is_some_and(|other| other != code) {
            let message = format!("codes `{}` and `{}` are of two authorities", words.code, words.ons);
            let help = "find out which is meant and add a `[[correction]]`";
            return self.refuse(Finding::error("codes-disagree", message, help), words.ons, row);
        }
        if let Some(outcome) = self.name_disagrees(code, words, row) {
            return outcome;
        }
        let open = self.register.at(code, period.end).map(|authority| (authority, None));
        let Some((authority, outside)) = open.or_else(|| self.outside_life(code, period)) else {
            return Outcome::LeftOut(OUTSIDE_LIFE);
        };
        let stale = !words.ons.is_empty()
            && words.ons != authority.ons_code
            && self
                .register
                .by_ons(words.ons)
                .is_some_and(|named| named.closed.is_some_and(|closed| closed < period.end));
        if !words.ons.is_empty() && words.ons != authority.ons_code && by_ons.is_none() && words.ons.len() == 9 {
            let message = format!("code `{}` of {} is not in the register", words.ons, authority.name);
            self.say(
                Finding::warning(
                    "unknown-code",
                    message,
                    "the 3-digit code decides; add the new code to data/reference/authorities.csv",
                ),
                words.ons,
                row,
            );
        }
        self.region_disagrees(authority, words, row);
        let name = if level == Level::School { shared.name.code(words.id) } else { shared.name.code(&authority.name) };
        Outcome::At(Place {
            level,
            la: shared.la.code(&code.to_string()),
            ons: shared.ons.code(&authority.ons_code),
            name,
            stale,
            outside,
        })
    }

    /// The authority that `code` was before the end of `period`, or became after it, and what its figures are then.
    fn outside_life(&self, code: LaCode, period: &Period) -> Option<(&'a Authority, Option<Status>)> {
        let closed = |authority: &&Authority| authority.closed.is_some_and(|closed| closed < period.end);
        let gone = self.register.spans(code).filter(closed).last();
        let before = || self.register.spans(code).next().map(|authority| (authority, Some(Status::BackCast)));
        gone.map(|authority| (authority, Some(Status::Residual))).or_else(before)
    }

    /// The rule of rows about an area that is known and is neither an authority nor a region of England.
    fn elsewhere(&self, words: &Words<'_>) -> Option<&'static str> {
        let code = if words.ons.is_empty() { words.code } else { words.ons };
        self.register.elsewhere(code, words.name)
    }

    /// An error where the name is another authority's, a warning where nobody bears it.
    fn name_disagrees(&mut self, code: LaCode, words: &Words<'_>, row: u32) -> Option<Outcome> {
        if words.name.is_empty() {
            return None;
        }
        match self.register.is_name_of(words.name, code) {
            Some(true) => None,
            Some(false) => {
                let register = self.register.newest(code).map_or(String::new(), |authority| authority.name.clone());
                let message = format!("the code is {code} ({register}), but the name is `{}`", words.name);
                let help = "find out which is meant and add a `[[correction]]`";
                Some(self.refuse(Finding::error("name-disagrees", message, help), words.name, row))
            }
            None => {
                let message = format!(
                    "`{}` is no known spelling of {code} ({})",
                    words.name,
                    self.register.newest(code).map_or("", |a| &a.name)
                );
                self.say(
                    Finding::warning(
                        "unknown-spelling",
                        message,
                        "the code decides; add the spelling to data/reference/aliases.csv",
                    ),
                    words.name,
                    row,
                );
                None
            }
        }
    }

    fn unknown_authority(&mut self, words: &Words<'_>, row: u32) -> Outcome {
        let text = [words.name, words.code, words.ons].into_iter().find(|text| !text.is_empty()).unwrap_or(NO_NAME);
        let with = if words.code.is_empty() || text == words.code {
            String::new()
        } else {
            format!(" with code `{}`", words.code)
        };
        let folded = fold(text);
        if TOTALS.contains(&folded.as_str()) || folded.split(' ').any(|word| word == "total") {
            let message = format!("`{text}` is no local authority: the row looks like a total of others");
            let help = "leave it out with `drop`; a council's own total stands under the council's name, with `Whole authority` (or what `totals` says) in the column of areas";
            return self.refuse(Finding::error("unknown-authority", message, help), text, row);
        }
        let help = match self.register.likely_name(text) {
            Some(name) => format!("did you mean `{name}`? Add the spelling to data/reference/aliases.csv"),
            None if text == NO_NAME => "write the authority into every row (a merged cell holds it in the first of its rows only), or leave such rows out with `drop`".to_owned(),
            None => "if the row is a footnote or a sub-heading leave it out with `drop`; a new authority goes into data/reference/authorities.csv".to_owned(),
        };
        let message = format!("`{text}`{with} is no known local authority");
        let blamed = if words.code.is_empty() { text } else { words.code };
        self.refuse(Finding::error("unknown-authority", message, help), blamed, row)
    }

    /// Refuses rows with these words, and says why once.
    fn refuse(&mut self, finding: Finding, text: &str, row: u32) -> Outcome {
        self.reasons.push(Wrong { finding: finding.clone(), text: text.to_owned(), row });
        self.say(finding, text, row);
        Outcome::Refused(self.reasons.len() - 1)
    }

    /// Says a finding once, however many rows it is about.
    fn say(&mut self, finding: Finding, text: &str, row: u32) {
        if self.said.insert(finding.message.clone()) {
            self.found.push(Wrong { finding, text: text.to_owned(), row });
        }
    }
}
