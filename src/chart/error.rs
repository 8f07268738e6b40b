//! Why a chart cannot be drawn.

use super::theme::Colour;

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// A colour that is not written as one.
    #[error("colour `{text}` is not written as `#12436D`")]
    Colour {
        /// What stood there.
        text: String,
    },
    /// None, or more than charts use.
    #[error("{count} colours given where one to four are used")]
    Colours {
        /// How many.
        count: usize,
    },
    /// A colour that some readers could not see.
    #[error("colour `{colour}` has a contrast of {ratio:.1} with `{ground}` where at least {least} is needed")]
    Contrast {
        /// The colour refused.
        colour: Colour,
        /// What it stands on.
        ground: Colour,
        /// The ratio it has.
        ratio: f64,
        /// The ratio it needs.
        least: f64,
    },
    /// Nothing to draw: no period, no place or no measure.
    #[error("chart of `{measure}` for `{subject}` has nothing to draw")]
    Empty {
        /// What is measured.
        measure: String,
        /// The chosen authority.
        subject: String,
    },
    /// plotters or the PNG encoder refused.
    #[error("chart could not be drawn: {0}")]
    Draw(String),
}
