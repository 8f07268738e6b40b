//! What each kind of chart is asked, and why a chart cannot be drawn.

use super::csv::Plotted;
use super::data::Context;
use super::frame::Frame;
use super::key::Key;
use super::theme::Palette;

/// What each kind of chart provides.
pub(super) trait Kind {
    fn context(&self) -> &Context;
    fn empty(&self) -> bool;
    fn title(&self) -> String;
    fn alt(&self) -> String;
    /// The subtitle of a picture that carries its words.
    fn subtitle(&self) -> String;
    /// The line beneath the title where the words stand beside the picture: measure, unit, period.
    fn caption(&self) -> String;
    /// The paragraphs of a picture that carries its words.
    fn footnotes(&self) -> Vec<String>;
    /// What says something new where the words stand beside the picture; never a symbol.
    fn notes(&self) -> Vec<String>;
    /// What the marks mean, where they are not named in the picture.
    fn key(&self, _palette: &Palette) -> Vec<Key> {
        Vec::new()
    }
    fn draw(&self, frame: &mut Frame<'_>);
    fn data(&self) -> Vec<Plotted>;
}
