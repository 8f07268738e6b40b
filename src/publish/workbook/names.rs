//! Names of sheets: whole words of their questions, no two alike.

use crate::publish::document::Section;
use crate::text::one_line;

/// Excel's limit of letters.
const LIMIT: usize = 31;
/// Words that no name ends with.
const SMALL: [&str; 16] =
    ["a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"];

/// The name of each section's sheet.
pub fn of(sections: &[Section]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    let name = |section: &Section| {
        let number = if section.number == 0 { String::new() } else { format!("{} ", section.number) };
        let (mut name, mut times) = (cut(&section.heading, LIMIT - number.len()), 2);
        if taken.contains(&name.to_lowercase()) {
            // Two questions that begin alike end otherwise.
            name = tail(&section.heading, LIMIT - number.len());
        }
        while taken.contains(&name.to_lowercase()) {
            let again = format!(" ({times})");
            name = cut(&section.heading, LIMIT - number.len() - again.len()) + &again;
            times += 1;
        }
        taken.push(name.to_lowercase());
        number + &name
    };
    sections.iter().map(name).collect()
}

/// The last whole words that `limit` letters hold.
fn tail(text: &str, limit: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = |from: &usize| words[*from..].join(" ").encode_utf16().count() <= limit;
    let from = (0..words.len()).find(fits).unwrap_or(0);
    cut(&words[from..].join(" "), limit)
}

/// As many whole words as `limit` letters hold, without signs that Excel forbids.
fn cut(text: &str, limit: usize) -> String {
    let plain: String = text.chars().map(|letter| if "[]:*?/\\'".contains(letter) { ' ' } else { letter }).collect();
    let plain = one_line(&plain);
    let mut kept: Vec<&str> = Vec::new();
    let mut used = 0;
    for word in plain.split(' ') {
        let longer = used + word.encode_utf16().count() + usize::from(!kept.is_empty());
        if longer > limit {
            break;
        }
        kept.push(word);
        used = longer;
    }
    let is_cut = kept.len() < plain.split(' ').count();
    while is_cut && kept.len() > 1 && kept.last().is_some_and(|word| SMALL.contains(&word.to_lowercase().as_str())) {
        kept.pop();
    }
    let name = kept.join(" ");
    // A single word that is too long is cut; no name is none at all.
    match (name.is_empty(), plain.is_empty()) {
        (false, _) => name.trim_end_matches([',', ';', '.']).to_owned(),
        (true, false) => plain.chars().take(limit).collect(),
        (true, true) => "Section".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(number: usize, heading: &str) -> Section {
        Section { number, heading: heading.to_owned(), ..Section::default() }
    }

    #[test]
    fn names_are_whole_words_and_no_two_are_alike() {
        let long = "How many children and young people have a plan?";
        let made =
            of(&[named(1, long), named(2, long), named(0, "Where are they educated?"), named(3, "Costs: 2024/25")]);
        assert_eq!(made[..2], ["1 How many children and young", "2 and young people have a plan"]);
        assert_eq!(made[2..], ["Where are they educated", "3 Costs 2024 25"]);
    }

    #[test]
    fn no_name_ends_with_a_small_word() {
        assert_eq!(of(&[named(0, "Placements in schools of the other kinds")]), ["Placements in schools"]);
    }
}
