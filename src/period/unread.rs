//! Why a text is no period: the words for a message.

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is not understood.
    Unknown,
    /// It may mean either of two periods.
    Ambiguous(String, String),
    /// It is understood, and is no day of the calendar, or not of our time.
    Impossible(&'static str),
}

impl Unread {
    /// What was found and what is understood.
    pub fn words(&self, code: &str, identifier: &str) -> String {
        let with = if identifier.is_empty() { String::new() } else { format!(" with identifier `{identifier}`") };
        match self {
            Unread::Unknown => format!(
                "`{code}`{with} is not a period; understood are `2024`, `202425`, `2024/25`, `Autumn term 2024/25`, `Q1 2024/25`, `March 2024`, `31 March 2024` and `Year ending March 2024`"
            ),
            Unread::Ambiguous(one, other) => format!("`{code}`{with} may mean {one} or {other}"),
            Unread::Impossible(why) => format!("`{code}`{with} is not a period: {why}"),
        }
    }
}
