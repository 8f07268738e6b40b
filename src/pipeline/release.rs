//! A release is the folder it stands in, never the years of its data.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer};

/// The name of a release folder, such as `2025` or `2025-06`. Numbers within it order as numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Release(String);

impl Release {
    /// The release of the folder called `name`.
    pub fn new(name: impl Into<String>) -> Self {
        Release(name.into())
    }

    /// The folder's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year in the folder's name: its first four digits in a row.
    pub fn year(&self) -> Option<i32> {
        let runs = self.0.split(|letter: char| !letter.is_ascii_digit());
        runs.filter(|run| run.len() == 4).find_map(|run| run.parse().ok().filter(|year| (1900..2100).contains(year)))
    }

    /// Runs of digits as numbers, everything between as text.
    fn parts(&self) -> Vec<(u64, &str)> {
        let mut parts = Vec::new();
        let mut rest = self.0.as_str();
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let words = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
            parts.push((rest[..digits].parse().unwrap_or(u64::MAX), &rest[digits..words]));
            rest = &rest[words..];
        }
        parts
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Release {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Year(u32),
            Name(String),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Year(year) => Release(year.to_string()),
            Written::Name(name) => Release(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn releases_order_by_their_numbers() {
        let mut releases = ["2025-10", "2025", "2025-9", "2024", "2025-06 revised"].map(Release::new);
        releases.sort();
        assert_eq!(releases.map(|r| r.to_string()), ["2024", "2025", "2025-06 revised", "2025-9", "2025-10"]);
    }
}
