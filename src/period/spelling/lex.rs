//! Text to pieces: numbers, words and signs, in small letters and with one kind of dash and blank.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Digits.
    Number(&'a str),
    /// Letters.
    Word(&'a str),
    /// Any other sign but a blank.
    Sign(char),
}

/// The text in small letters, its dashes as `-`, its blanks single, without apostrophes, commas and brackets.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
            '\'' | '\u{2018}' | '\u{2019}' | '`' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' => continue,
            ',' | ';' | '(' | ')' | '[' | ']' | '"' | '\u{201c}' | '\u{201d}' => ' ',
            other if other.is_whitespace() => ' ',
            other => other,
        };
        if letter == ' ' && (plain.is_empty() || plain.ends_with(' ')) {
            continue;
        }
        plain.extend(letter.to_lowercase());
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The pieces of a text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is: fn(char) -> bool| rest.find(|letter| !is(letter)).unwrap_or(rest.len());
        let (piece, length) = if first.is_ascii_digit() {
            let length = run(|letter| letter.is_ascii_digit());
            (Some(Piece::Number(&rest[..length])), length)
        } else if first.is_alphabetic() {
            let length = run(char::is_alphabetic);
            (Some(Piece::Word(&rest[..length])), length)
        } else {
            ((first != ' ').then_some(Piece::Sign(first)), first.len_utf8())
        };
        pieces.extend(piece);
        rest = &rest[length..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces, plain};

    #[test]
    fn one_blank_and_one_dash() {
        assert_eq!(plain(" Apr\u{2013}Jun\u{a0}\u{a0}2024 (Q1),"), "apr-jun 2024 q1");
        assert_eq!(plain("Mar \u{2019}24"), "mar 24");
    }

    #[test]
    fn letters_and_digits_are_pieces_of_their_own() {
        let expected =
            [Piece::Word("q"), Piece::Number("1"), Piece::Number("2024"), Piece::Sign('/'), Piece::Number("25")];
        assert_eq!(pieces("q1 2024/25"), expected);
    }
}
