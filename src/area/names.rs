//! Names as publishers spell them, folded so that case, punctuation and "&" make no difference.

/// Lower case, `&` as `and`, punctuation as blanks, one blank between words.
///
/// Two names with the same fold are the same name; anything further apart needs a line in `aliases.csv`.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for part in name.split(|c: char| !c.is_alphanumeric() && c != '&' && c != '\'' && c != '\u{2019}') {
        for word in split_ampersand(part) {
            let word: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
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

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_that_are_one_name() {
        assert_eq!(fold("St. Helens"), fold("st helens"));
        assert_eq!(fold("Brighton & Hove"), fold("Brighton  and Hove"));
        assert_eq!(fold("King's Lynn"), "kings lynn");
        assert_eq!(fold("Yorkshire and The Humber "), fold("Yorkshire & the Humber"));
        assert_ne!(fold("Dorset"), fold("Dorset (Pre LG)"));
    }
}
