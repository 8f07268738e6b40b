//! Words met while reading, as numbers: what a column of words is filled from.

use rustc_hash::FxHashMap;

use super::codes::Codes;

/// Words met while reading, each with a number in order of first meeting.
#[derive(Clone, Debug, Default)]
pub struct Words {
    index: FxHashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
}

impl Words {
    /// The number of `word`, which is added if it is new.
    pub fn code(&mut self, word: &str) -> u32 {
        if let Some(&code) = self.index.get(word) {
            return code;
        }
        let code = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.index.insert(word.into(), code);
        self.words.push(word.into());
        code
    }

    /// The word with number `code`.
    pub fn word(&self, code: u32) -> &str {
        self.words.get(code as usize).map_or("", |word| word)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// A column of `texts`: its codes and their words.
    pub fn coded<'t>(texts: impl Iterator<Item = &'t str>) -> (Codes, Vec<String>) {
        let mut words = Words::default();
        let codes: Vec<u32> = texts.map(|text| words.code(text)).collect();
        let ordered = words.ordered();
        (ordered.codes(&codes), ordered.words)
    }

    /// The words in order, and for each number its place in that order.
    pub fn ordered(&self) -> Ordered {
        let mut order: Vec<u32> = (0..self.words.len() as u32).collect();
        order.sort_by(|&a, &b| self.word(a).cmp(self.word(b)));
        let mut ranks = vec![0; order.len()];
        for (rank, &code) in order.iter().enumerate() {
            ranks[code as usize] = rank as u32;
        }
        Ordered { words: order.iter().map(|&code| self.word(code).to_owned()).collect(), ranks }
    }
}

/// Words in alphabetical order.
#[derive(Clone, Debug, Default)]
pub struct Ordered {
    /// The words.
    pub words: Vec<String>,
    /// By number of first meeting, the place in `words`.
    pub ranks: Vec<u32>,
}

impl Ordered {
    /// A column of `rows`, which are numbers of first meeting.
    pub fn codes(&self, rows: &[u32]) -> Codes {
        let ranks: Vec<u32> = rows.iter().map(|&code| self.ranks[code as usize]).collect();
        let mut codes = Codes::with_capacity(self.words.len(), ranks.len());
        codes.tile(&ranks, 1);
        codes
    }
}
