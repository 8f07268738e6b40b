//! The authority register: code pairs, names and life spans from `data/reference`.

use super::lines::{bad_line, rows};

use super::authority::{Authority, Region};

use super::code::LaCode;

use std::str::FromStr;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::elsewhere::Elsewhere;
use super::names::{fold, without_order};
use super::spelling::Spellings;
use super::{Group, NeighbourSets, groups};
use crate::finding::{Error, MOST_OF_A_WORD, Place};

#[derive(Deserialize)]
struct AuthorityRow {
    la_code: String,
    ons_code: String,
    name: String,
    region_code: String,
    london: String,
    kind: String,
    opened: Option<NaiveDate>,
    closed: Option<NaiveDate>,
    successors: String,
}

#[derive(Deserialize)]
struct AliasRow {
    alias: String,
    la_code: String,
}

#[derive(Deserialize)]
struct RegionRow {
    code: String,
    name: String,
    alias: String,
}

/// Everything `data/reference` says.
#[derive(Clone, Debug)]
pub struct Register {
    authorities: Vec<Authority>,
    by_code: FxHashMap<LaCode, Vec<usize>>,
    by_ons: FxHashMap<String, usize>,
    names: Spellings,
    elsewhere: Elsewhere,
    regions: Vec<Region>,
    region_names: FxHashMap<String, usize>,
    pub(super) groups: Vec<Group>,
    neighbours: NeighbourSets,
    pools: Vec<(LaCode, Vec<LaCode>)>,
}

impl Register {
    /// Reads the register from the text of the files of `data/reference`, each found by its name through `file`.
    ///
    /// # Errors
    /// A file that is missing, or a line in one that does not fit, is an [`Error`] with its place.
    pub fn read(file: &dyn Fn(&str) -> Result<String, Error>) -> Result<Register, Error> {
        let authorities: Vec<Authority> = rows::<AuthorityRow>("authorities.csv", &file("authorities.csv")?)?
            .into_iter()
            .enumerate()
            .map(|(index, row)| {
                authority(row).ok_or_else(|| bad_line("authorities.csv", index, "a code is not three digits"))
            })
            .collect::<Result<_, _>>()?;
        let mut by_code: FxHashMap<LaCode, Vec<usize>> = FxHashMap::default();
        let mut by_ons = FxHashMap::default();
        let (regions, region_names) = read_regions(&file("regions.csv")?)?;
        let is_region = |name: &str| region_names.contains_key(name);
        let mut names = Spellings::default();
        for (index, authority) in authorities.iter().enumerate() {
            by_code.entry(authority.code).or_default().push(index);
            by_ons.insert(authority.ons_code.clone(), index);
            names.add(&authority.name, authority.code, &is_region);
        }
        for (index, row) in rows::<AliasRow>("aliases.csv", &file("aliases.csv")?)?.into_iter().enumerate() {
            let code =
                row.la_code.parse().map_err(|()| bad_line("aliases.csv", index, "a code is not three digits"))?;
            names.add(&row.alias, code, &is_region);
        }
        let elsewhere = Elsewhere::read(&file("elsewhere.csv")?)?;
        let groups = groups::read(&file("groups.csv")?, &authorities, &regions)?;
        let neighbours = NeighbourSets::read(&file("neighbours.csv")?)?;
        Ok(Register {
            authorities,
            by_code,
            by_ons,
            names,
            elsewhere,
            regions,
            region_names,
            groups,
            neighbours,
            pools: Vec::new(),
        })
    }

    /// All authorities, one for each pair of codes.
    pub fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    /// The authorities open on `day`, by code.
    pub fn open_on(&self, day: NaiveDate) -> Vec<&Authority> {
        let mut open: Vec<&Authority> = self.authorities.iter().filter(|authority| authority.open_on(day)).collect();
        open.sort_by_key(|authority| authority.code);
        open
    }

    /// The authority with `code` that was open on `day`.
    pub fn at(&self, code: LaCode, day: NaiveDate) -> Option<&Authority> {
        self.spans(code).find(|authority| authority.open_on(day))
    }

    /// Every span of `code`, oldest first.
    pub fn spans(&self, code: LaCode) -> impl Iterator<Item = &Authority> {
        self.by_code.get(&code).into_iter().flatten().filter_map(|&index| self.authorities.get(index))
    }

    /// The newest span of `code`.
    pub fn newest(&self, code: LaCode) -> Option<&Authority> {
        self.spans(code).last()
    }

    /// The authority that has or had the 9-character `code`.
    pub fn by_ons(&self, code: &str) -> Option<&Authority> {
        self.by_ons.get(code.trim()).and_then(|&index| self.authorities.get(index))
    }

    /// The code that `name` means on `day`. Two bearers of a name are told apart by their dates; where no bearer
    /// was open on that day the last one to close before it, else the first, so that the row can be left out by rule.
    /// None where nobody bears it, or two that were open.
    pub fn by_name(&self, name: &str, day: NaiveDate) -> Option<LaCode> {
        let codes = self.names.codes(name);
        let mut open = codes.iter().filter(|&&code| self.at(code, day).is_some());
        match (open.next(), open.next()) {
            (Some(_), Some(_)) => None,
            (Some(only), None) => Some(*only),
            (None, _) => {
                let closed = |code: LaCode| self.newest(code).and_then(|a| a.closed).filter(|closed| *closed < day);
                codes.iter().max_by_key(|&&code| closed(code)).copied()
            }
        }
    }

    /// Whether `name` is a spelling of the authority `code`, whenever.
    pub fn is_name_of(&self, name: &str, code: LaCode) -> Option<bool> {
        let codes = self.names.codes(name);
        (!codes.is_empty()).then(|| codes.contains(&code))
    }

    /// The authority that `name` means though it is no spelling of the register or the aliases: "Derby City Council".
    pub fn read_as(&self, name: &str) -> Option<&Authority> {
        let is_name = !self.names.has(name) && name.parse::<LaCode>().is_err() && self.by_ons(name).is_none();
        self.known(name).filter(|_| is_name)
    }

    /// Whether `wanted`, a name or a code, means the area with the 3-digit or 9-character `code` and that `name`.
    pub fn means(&self, wanted: &str, code: &str, name: &str) -> bool {
        wanted == code
            || wanted.eq_ignore_ascii_case(name)
            || code.parse().is_ok_and(|code| self.is_name_of(wanted, code) == Some(true))
            || self.region(wanted).is_some_and(|region| region.code == code)
    }

    /// The known name that `name` is most likely a slip of, for messages; none where it is like none.
    pub fn likely_name(&self, name: &str) -> Option<&str> {
        self.names.near(name).and_then(|code| self.newest(code)).map(|authority| authority.name.as_str())
    }

    /// The rule by which rows about an area are left out that is known and is no local authority: a district, Wales.
    pub fn elsewhere(&self, ons: &str, name: &str) -> Option<&'static str> {
        self.elsewhere.rule(ons, name)
    }

    /// A region (or England) by code or by any known spelling.
    pub fn region(&self, code_or_name: &str) -> Option<&Region> {
        let wanted = code_or_name.trim();
        if wanted.len() > MOST_OF_A_WORD {
            return None;
        }
        self.regions
            .iter()
            .find(|region| region.code == wanted)
            .or_else(|| self.region_names.get(&fold(without_order(wanted))).and_then(|&index| self.regions.get(index)))
    }

    /// The names of authorities that begin with the words of `name`, where that is not all of them: `Kingston`.
    pub fn begun_by(&self, name: &str) -> Vec<&str> {
        let begins = |known: &&str| fold(known).strip_prefix(&fold(name)).is_some_and(|rest| rest.starts_with(' '));
        self.authorities.iter().map(|authority| authority.name.as_str()).filter(begins).collect()
    }

    /// The regions, England first.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Groups one can compare with: from `groups.csv`, every region, Inner and Outer London, every kind of council.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Adds a saved list of places, each by code or name, which stands in the file at `path`.
    ///
    /// # Errors
    /// A place that is no authority.
    pub fn add_saved(&mut self, path: &str, key: String, name: &str, places: &[String]) -> Result<(), Error> {
        let mut members: Vec<LaCode> = Vec::new();
        for place in places {
            let found = self.find(place).map_err(|_| {
                let message = format!("the list `{name}` has `{place}`, which is no known local authority");
                Error::declaration(Place::file(path), message, "take it out, or write its code")
            })?;
            if !members.contains(&found.code) {
                members.push(found.code);
            }
        }
        self.groups.push(Group { key, label: name.to_owned(), members });
        Ok(())
    }

    /// Makes the group called `name` (its key or label) a place of its own, whose figures are those of its members together.
    /// Answers whether there is such a group.
    pub fn pool(&mut self, name: &str) -> bool {
        let wanted = fold(name);
        let named = |group: &&Group| fold(&group.key) == wanted || fold(&group.label) == wanted;
        let Some(group) = self.groups.iter().find(named).cloned() else { return false };
        let code = LaCode(1 + self.pools.len() as u16);
        let mut regions: Vec<&str> = group
            .members
            .iter()
            .filter_map(|member| self.newest(*member))
            .map(|member| member.region.as_str())
            .collect();
        regions.dedup();
        let region = if let [only] = regions[..] { only.to_owned() } else { String::new() };
        for spelling in [&group.label, &group.key] {
            self.names.add(spelling, code, &|_| false);
        }
        self.by_code.insert(code, vec![self.authorities.len()]);
        self.authorities.push(Authority {
            code,
            ons_code: String::new(),
            name: group.label,
            region,
            london: String::new(),
            kind: String::new(),
            opened: None,
            closed: None,
            successors: Vec::new(),
        });
        self.pools.push((code, group.members));
        true
    }

    /// The groups that are places of their own, each with its members.
    pub fn pools(&self) -> &[(LaCode, Vec<LaCode>)] {
        &self.pools
    }

    /// The published sets of statistical neighbours.
    pub fn neighbours(&self) -> &NeighbourSets {
        &self.neighbours
    }

    /// The sets, to add one that a return supplies.
    pub fn neighbours_mut(&mut self) -> &mut NeighbourSets {
        &mut self.neighbours
    }

    /// The authority an analyst means by a 3-digit code, a 9-character code or any known spelling; open ones first.
    ///
    /// # Errors
    /// An unknown name, with the nearest known one as help.
    pub fn find(&self, name: &str) -> Result<&Authority, Error> {
        self.known(name).ok_or_else(|| {
            let help = match self.likely_name(name) {
                Some(likely) => {
                    format!("did you mean `{likely}`? `abreast list authorities` prints all names and codes")
                }
                None => "`abreast list authorities` prints all names and codes".to_owned(),
            };
            Error::usage(format!("no local authority is called `{name}`"), help)
        })
    }

    /// The same, or none.
    pub fn known(&self, name: &str) -> Option<&Authority> {
        let today = self.authorities.iter().filter_map(|a| a.opened).max().unwrap_or(NaiveDate::MIN);
        let code = name.parse::<LaCode>().ok().and_then(|code| self.newest(code));
        code.or_else(|| self.by_ons(name)).or_else(|| self.by_name(name, today).and_then(|code| self.newest(code)))
    }
}

fn authority(row: AuthorityRow) -> Option<Authority> {
    Some(Authority {
        code: row.la_code.parse().ok()?,
        ons_code: row.ons_code,
        name: row.name,
        region: row.region_code,
        london: row.london,
        kind: row.kind,
        opened: row.opened,
        closed: row.closed,
        successors: row.successors.split_whitespace().map(LaCode::from_str).collect::<Result<_, _>>().ok()?,
    })
}

fn read_regions(text: &str) -> Result<(Vec<Region>, FxHashMap<String, usize>), Error> {
    let mut regions: Vec<Region> = Vec::new();
    let mut names = FxHashMap::default();
    for row in rows::<RegionRow>("regions.csv", text)? {
        let index = regions.iter().position(|region| region.code == row.code).unwrap_or(regions.len());
        if index == regions.len() {
            regions.push(Region { code: row.code.clone(), name: row.name.clone() });
        }
        for name in [&row.name, &row.alias] {
            if !name.is_empty() {
                names.insert(fold(name), index);
            }
        }
    }
    Ok((regions, names))
}
