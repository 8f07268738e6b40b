//! What the folders above a part say of all its rows: `release=2024/region=North%20West/part-0.parquet`.

/// What stands in a folder's name for null.
const NOTHING: &str = "__HIVE_DEFAULT_PARTITION__";

/// The columns that the folders right above the file at `path` name, with their value, from the top down.
pub(super) fn of(path: &str) -> Vec<(String, String)> {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let named = folders.iter().rev().map_while(|folder| pair(folder));
    let mut pairs: Vec<(String, String)> = named.collect();
    pairs.reverse();
    pairs
}

/// A column and its value where a folder's name is of that form.
pub(super) fn pair(folder: &str) -> Option<(String, String)> {
    let (name, value) = folder.split_once('=').filter(|(name, _)| !name.is_empty())?;
    Some((plain(name), if value == NOTHING { String::new() } else { plain(value) }))
}

/// A name with its escaped letters: `%20` is a blank.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match escaped.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn folders_right_above_a_part_are_its_partition() {
        let pairs = |path| of(path).into_iter().map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>();
        assert_eq!(
            pairs("r/2024/facts/release=2024/region=North%20West/p.parquet"),
            ["release:2024", "region:North West"]
        );
        assert_eq!(pairs("r/2024/facts/sex=__HIVE_DEFAULT_PARTITION__/p.parquet"), ["sex:"]);
        assert_eq!(pairs("r/a=1/facts/p.parquet"), Vec::<String>::new());
        assert_eq!(pairs("50%/x=5%/p.parquet"), ["x:5%"]);
    }
}
