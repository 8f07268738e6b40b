//! Names as publishers spell them: folded so that case, punctuation and "&" make no difference, and bared of what only
//! says what kind of council it is.

use crate::text::is_raised;

/// Lower case, `&` as `and`, punctuation as blanks, one blank between words, footnotes left out.
///
/// Two names with the same fold are the same name; anything further apart comes together by `bare` or needs a line in
/// `aliases.csv`.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for part in name.split(|c: char| !c.is_alphanumeric() && c != '&' && c != '\'' && c != '\u{2019}') {
        for word in split_ampersand(part) {
            let letters = word.chars().filter(|&c| c.is_alphanumeric() && !is_raised(c));
            let word: String = letters.flat_map(char::to_lowercase).collect();
            if !word.is_empty() {
                if !folded.is_empty() {
                    folded.push(' ');
                }
                folded.push_str(&word);
            }
        }
    }
    folded
}

/// `a&b` as `a`, `and`, `b`.
fn split_ampersand(part: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, word) in part.split('&').enumerate() {
        if index > 0 {
            words.push("and");
        }
        words.push(word);
    }
    words
}

/// Words that say what kind of council bears a name.
const KINDS: [&str; 24] = [
    "the",
    "london",
    "royal",
    "metropolitan",
    "unitary",
    "city",
    "county",
    "borough",
    "district",
    "council",
    "corporation",
    "authority",
    "and",
    "ua",
    "mbc",
    "mdc",
    "mb",
    "bc",
    "cc",
    "dc",
    "lb",
    "lbc",
    "rb",
    "rbc",
];

/// What is left of a name without the words round it: `camden` of "London Borough of Camden", `york` of "York, City of",
/// `durham` of "Durham County Council". Saints are `st`, and a town stands `on` its river.
pub(super) fn bare(name: &str) -> String {
    let turned = turned(name);
    let words: Vec<&str> = turned
        .split(' ')
        .map(|word| match word {
            "saint" => "st",
            "upon" => "on",
            other => other,
        })
        .collect();
    let from = after_kind(&words);
    let kept = words[from..].iter().rposition(|word| !KINDS.contains(word)).map_or(words.len(), |last| from + last + 1);
    words[from..kept].join(" ")
}

/// The fold of a name with what stands behind its comma put in front, where that leads up to a name: "York, City of".
fn turned(name: &str) -> String {
    if let Some((name, kind)) = name.rsplit_once(',') {
        let kind = fold(kind);
        if kind.strip_suffix(" of").is_some_and(|kind| kind.split(' ').all(|word| KINDS.contains(&word))) {
            return format!("{kind} {}", fold(name));
        }
    }
    fold(name)
}

/// Where the name begins behind words of its kind that lead up to it: behind "city of", "royal borough of the", "county",
/// "lb". "Isle of Wight" begins at once, as does a name of such words alone.
fn after_kind(words: &[&str]) -> usize {
    let leading = words.iter().take_while(|word| KINDS.contains(*word)).count();
    let behind = |at: usize| at + usize::from(words.get(at) == Some(&"the"));
    match words.get(leading) {
        Some(&"of") if leading > 0 && leading + 1 < words.len() => behind(leading + 1),
        Some(_) => leading,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{bare, fold};

    #[test]
    fn spellings_that_are_one_name() {
        assert_eq!(fold("St. Helens"), fold("st helens"));
        assert_eq!(fold("Brighton & Hove"), fold("Brighton  and Hove"));
        assert_eq!(fold("King's Lynn"), "kings lynn");
        assert_eq!(fold("Yorkshire and The Humber "), fold("Yorkshire & the Humber"));
        assert_eq!(fold("Merton²"), "merton");
        assert_ne!(fold("Dorset"), fold("Dorset (Pre LG)"));
    }

    #[test]
    fn what_only_says_the_kind_of_council_is_left_out() {
        for (name, expected) in [
            ("Birmingham City Council", "birmingham"),
            ("The Royal Borough of Kensington & Chelsea", "kensington and chelsea"),
            ("London Borough of Camden", "camden"),
            ("LB Camden", "camden"),
            ("LB of Camden", "camden"),
            ("London Borough Camden", "camden"),
            ("City of York", "york"),
            ("York, City of", "york"),
            ("Durham County Council", "durham"),
            ("County Durham", "durham"),
            ("Herefordshire, County of", "herefordshire"),
            ("Saint Helens MBC", "st helens"),
            ("Kingston-upon-Hull, City of", "kingston on hull"),
            ("City of Bradford Metropolitan District Council", "bradford"),
            ("Council of the Isles of Scilly", "isles of scilly"),
            ("Isle of Wight Council", "isle of wight"),
            ("East Riding of Yorkshire", "east riding of yorkshire"),
            ("Redcar and Cleveland", "redcar and cleveland"),
            ("Bournemouth, Christchurch and Poole", "bournemouth christchurch and poole"),
            ("City of London", "london"),
            ("London", "london"),
            ("County Council", "county council"),
        ] {
            assert_eq!(bare(name), expected, "{name}");
        }
    }
}
