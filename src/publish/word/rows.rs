//! Which rows of a table are laid out, and how.

/// How the rows of a table stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rows {
    /// Whether all stand on one page, as those of a short table do.
    pub whole: bool,
    /// Whether they are set closer.
    pub close: bool,
    /// Whether the table begins a page.
    pub fresh: bool,
}
