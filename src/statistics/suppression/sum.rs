//! A sum that is published beside the figures it is of.

/// A whole and the parts that add up to it, by their places in the list of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The whole.
    pub whole: usize,
    /// Its parts, each once.
    pub parts: Vec<usize>,
}

impl Sum {
    /// The whole and the parts.
    pub fn all(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.whole).chain(self.parts.iter().copied())
    }
}
