//! The key of a chart as words with small signs before them.

use crate::chart::Key as Entry;
use crate::chart::small;
use crate::publish::document::Key;

/// The entries of a chart's key.
pub fn keys(entries: &[Entry]) -> Vec<Key> {
    let key = |entry: &Entry| match small::sign(entry.sign) {
        Ok(sign) => Key { name: entry.name.clone(), svg: sign.svg, png: sign.png },
        Err(_) => Key { name: entry.name.clone(), ..Key::default() },
    };
    entries.iter().map(key).collect()
}
