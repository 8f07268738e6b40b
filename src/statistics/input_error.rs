//! What is wrong with numbers that a function of statistics was given.

/// Why a figure was refused. A missing input is not an error: it gives `None`.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum InputError {
    /// Confidence is neither 0.9 to 1 nor 90 to 100.
    #[error("confidence {0} is neither 0.9 to 1 nor 90 to 100")]
    Confidence(f64),
    /// The denominator is not a positive number.
    #[error("denominator {0} is not above zero")]
    Denominator(f64),
    /// The numerator is negative or not a number.
    #[error("numerator {0} is below zero")]
    Numerator(f64),
    /// A proportion whose numerator is larger than its denominator.
    #[error("numerator {0} is larger than denominator {1}")]
    AboveWhole(f64, f64),
}
