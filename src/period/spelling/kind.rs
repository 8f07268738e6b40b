//! What kind of year the words say.

/// What kind of year the words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Academic,
    Financial,
    Calendar,
    /// A year of the publisher's own, or a year without a kind.
    Plain,
}
