//! Tables in a folder for each release, as engines lay out what they divide: `TABLE/release=2024/part-0.parquet`.

use super::options::{Partition, Tables};
use super::star::chosen;
use super::written::{put, said};
use crate::finding::Error;
use crate::home::shown;
use crate::publish::{Only, Part, encode, splice};
use crate::schema::{OBSERVATIONS, OF_A_RELEASE, column};
use crate::shown::{counted, whole};
use crate::store::Catalogue;

/// Writes the tables; answers a line for each.
///
/// # Errors
/// There is no such table, its folder is there already, or a file cannot be written.
pub fn parted(asked: &Tables) -> Result<Vec<String>, Error> {
    let catalogue = Catalogue::open(&asked.out)?;
    let Partition::Release = asked.partition;
    let mut lines = Vec::new();
    for (name, meta) in chosen(&catalogue, &asked.tables)? {
        let folder = asked.to.join(name);
        if folder.exists() {
            let message =
                format!("`{}` is there already, and parts of it would be read with the new ones", shown(&folder));
            return Err(Error::usage(message, "delete it, or name another folder with `--to DIR`"));
        }
        let mut releases: Vec<&str> = meta.accounts.iter().map(|account| account.release.as_str()).collect();
        releases.dedup();
        let mut rows = 0;
        for release in &releases {
            let frame = catalogue.pick(name, OBSERVATIONS, &[Only::of(column::Release, &[(*release).to_owned()])])?;
            let part = Part::Fresh(encode(&frame, OF_A_RELEASE).map_err(said)?);
            let mut bytes = Vec::new();
            splice(&mut bytes, OF_A_RELEASE, meta, vec![part]).map_err(Error::reading)?;
            put(&folder.join(format!("release={}", escaped(release))).join("part-0.parquet"), &bytes)?;
            rows += frame.height();
        }
        let parts = counted(releases.len(), "release", "releases");
        lines.push(format!("{}  {parts}, {} figures", shown(&folder), whole(rows)));
    }
    Ok(lines)
}

/// A release as a part of a path: engines read `%20` as a blank.
fn escaped(release: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    let escape = |letter: char| letter.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    release.chars().map(|letter| if plain(letter) { letter.to_string() } else { escape(letter) }).collect()
}
