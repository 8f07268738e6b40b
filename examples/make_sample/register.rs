//! The authorities and when they existed, read from `data/reference/authorities.csv`.

use std::path::Path;

use crate::Outcome;

/// One authority under one 9-character code, between two days.
pub struct Authority {
    pub la_code: String,
    pub ons_code: String,
    pub name: String,
    pub region_code: String,
    pub region_name: String,
    /// "Inner London", "Outer London" or empty.
    pub london: String,
    pub kind: String,
    opened: String,
    closed: String,
    successors: Vec<String>,
}

impl Authority {
    /// Whether it stood on this day (`2024-03-31`), its closing day included.
    pub fn open_on(&self, day: &str) -> bool {
        self.opened.as_str() <= day && (self.closed.is_empty() || day <= self.closed.as_str())
    }

    fn stands_today(&self) -> bool {
        self.closed.is_empty()
    }
}

/// All authorities since April 2009, a row for each change of code.
pub struct Register(Vec<Authority>);

impl Register {
    /// Reads the register.
    ///
    /// # Errors
    /// The file is missing, or one of its rows has not the ten fields.
    pub fn read(path: &Path) -> Outcome<Self> {
        let text = fs_err::read_to_string(path)?;
        let mut authorities = Vec::new();
        for (number, line) in text.lines().enumerate().skip(1) {
            let authority = authority(line)
                .ok_or_else(|| format!("`{}` line {}: ten fields expected", path.display(), number + 1))?;
            authorities.push(authority);
        }
        Ok(Self(authorities))
    }

    /// Those that stood on a day.
    pub fn open_on<'a, 'd>(&'a self, day: &'d str) -> impl Iterator<Item = &'a Authority> + use<'a, 'd> {
        self.0.iter().filter(move |authority| authority.open_on(day))
    }

    /// Those that stand today.
    pub fn today(&self) -> impl Iterator<Item = &Authority> {
        self.0.iter().filter(|authority| authority.stands_today())
    }

    /// Those whose area was taken over by others.
    pub fn abolished(&self) -> impl Iterator<Item = &Authority> {
        self.0.iter().filter(|authority| !authority.successors.is_empty())
    }

    /// Whether an authority took over another's area, and opened after this day to do so.
    pub fn took_over_after(&self, authority: &Authority, day: &str) -> bool {
        let heir = self.abolished().any(|other| other.successors.contains(&authority.la_code));
        heir && authority.opened.as_str() > day
    }

    /// The share of each successor's area that an abolished authority held: equal parts where several merged.
    pub fn heirs(&self, abolished: &Authority) -> Vec<(String, f64)> {
        let share = |heir: &String| {
            let merged = self.abolished().filter(|other| other.successors.contains(heir)).count();
            (heir.clone(), 1.0 / merged as f64)
        };
        abolished.successors.iter().map(share).collect()
    }
}

fn authority(line: &str) -> Option<Authority> {
    let fields: [String; 10] = split(line).try_into().ok()?;
    let [la_code, ons_code, name, region_code, region_name, london, kind, opened, closed, successors] = fields;
    let successors = successors.split_whitespace().map(str::to_owned).collect();
    Some(Authority { la_code, ons_code, name, region_code, region_name, london, kind, opened, closed, successors })
}

/// The fields of one CSV line; quotes only keep commas together.
fn split(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().into_iter().for_each(|field| field.push(letter)),
        }
    }
    fields
}
