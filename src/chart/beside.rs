//! Names at the right of a plot, beside the figures that they are of, none over another.
//!
//! In: words, value and letters of each. Out: the words in the scene.

use super::axis::{Plot, Scale};
use super::frame::Frame;
use super::label::spread;
use super::scene::{Anchor, Font, rise};

/// Words, the value beside which they stand, and their letters.
pub type Label = (String, f64, Font);

/// Writes `labels` at the right of `plot`.
pub fn draw(frame: &mut Frame<'_>, plot: Plot, up: Scale, labels: &[Label]) {
    let em = frame.em();
    let wanted: Vec<(f64, f64)> =
        labels.iter().map(|(_, value, _)| (f64::from(up.at(*value)), f64::from(em * 6 / 5))).collect();
    let middles = spread(&wanted, f64::from(plot.top - em / 2), f64::from(plot.bottom + em / 2));
    for ((words, _, font), middle) in labels.iter().zip(middles) {
        let baseline = middle.round() as i32 + rise(em) / 2 - em / 20;
        frame.scene.text((plot.right + em / 2, baseline), Anchor::Start, *font, words.as_str());
    }
}
