//! A paragraph: words in a style, with pictures among them, and how tall it comes out.
//!
//! In: a style and runs of words. Out: XML in the order of Word's schema, and millimetres.

use std::borrow::Cow;
use std::fmt::Write;

use super::styles::Style;
use super::units::twips;
use crate::publish::lettering::{Weight, lines};
use crate::text::escaped;

/// How words stand out from their paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As the paragraph's style has them.
    Plain,
    /// In bold, in a style that is not.
    Strong,
    /// In grey.
    Quiet,
    /// The authority's own figure: bold, in its colour.
    Own,
    /// The authority's name in a heading that is bold already.
    OwnHeading,
}

impl Look {
    fn style(self) -> &'static str {
        match self {
            Look::Plain => "",
            Look::Strong => r#"<w:rPr><w:rStyle w:val="Strong"/></w:rPr>"#,
            Look::Quiet => r#"<w:rPr><w:rStyle w:val="Quiet"/></w:rPr>"#,
            Look::Own => r#"<w:rPr><w:rStyle w:val="OwnFigure"/></w:rPr>"#,
            Look::OwnHeading => r#"<w:rPr><w:rStyle w:val="OwnHeading"/></w:rPr>"#,
        }
    }
}

/// A paragraph in the making.
pub struct Paragraph<'a> {
    style: &'static Style,
    inside: String,
    words: Vec<(Cow<'a, str>, Weight)>,
    /// Millimetres before the words that wrapped lines are indented by.
    indent: f64,
    /// The height of its tallest picture.
    tall: f64,
    keep: bool,
    fresh: bool,
    beneath: f64,
}

impl<'a> Paragraph<'a> {
    /// An empty paragraph.
    pub fn of(style: &'static Style) -> Paragraph<'a> {
        let (keep, inside, words) = (style.keep, String::new(), Vec::new());
        Paragraph { style, inside, words, indent: 0.0, tall: 0.0, keep, fresh: false, beneath: 0.0 }
    }

    /// A paragraph of plain words.
    pub fn plain(style: &'static Style, words: &'a str) -> Paragraph<'a> {
        Paragraph::of(style).words(words, Look::Plain)
    }

    /// With these words behind what is there.
    pub fn words(mut self, words: impl Into<Cow<'a, str>>, look: Look) -> Paragraph<'a> {
        let words = words.into();
        if words.is_empty() {
            return self;
        }
        let style = look.style();
        let _ = write!(self.inside, r#"<w:r>{style}<w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(&words));
        let is_bold = self.style.bold || matches!(look, Look::Strong | Look::Own);
        self.words.push((words, if is_bold { Weight::Bold } else { Weight::Regular }));
        self
    }

    /// With a run that is XML already: a field, a footnote's number.
    pub fn run(mut self, xml: &str) -> Paragraph<'a> {
        self.inside.push_str(xml);
        self
    }

    /// With a picture of this height.
    pub fn picture(mut self, xml: &str, height: f64) -> Paragraph<'a> {
        self.inside.push_str(xml);
        self.tall = self.tall.max(height);
        self
    }

    /// With a small picture before words that are indented by `indent` millimetres, wrapped lines as well.
    pub fn led(self, xml: &str, height: f64, indent: f64) -> Paragraph<'a> {
        let made = self.picture(xml, height).run("<w:r><w:tab/></w:r>");
        Paragraph { indent, ..made }
    }

    /// On one page with what follows.
    pub fn kept(self) -> Paragraph<'a> {
        Paragraph { keep: true, ..self }
    }

    /// On one page with what follows or not.
    pub fn keep(self, keep: bool) -> Paragraph<'a> {
        Paragraph { keep, ..self }
    }

    /// At the top of a page.
    pub fn fresh(self, fresh: bool) -> Paragraph<'a> {
        Paragraph { fresh, ..self }
    }

    /// With footnotes of this height at the foot of its page.
    pub fn noted(self, beneath: f64) -> Paragraph<'a> {
        Paragraph { beneath, ..self }
    }

    /// Whether it stands on one page with what follows.
    pub fn is_kept(&self) -> bool {
        self.keep
    }

    /// Whether it begins a page.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Its height in a column of `room` millimetres, with what it takes at the foot of the page.
    pub fn height(&self, room: f64) -> f64 {
        let words: Vec<(&str, Weight)> = self.words.iter().map(|(words, weight)| (words.as_ref(), *weight)).collect();
        // A column is as wide as its longest word: no rounding may make that two lines.
        let count = lines(&words, self.style.points, room - self.indent + 0.05).max(1);
        let line = self.style.line();
        self.style.before + self.style.after + line.max(self.tall) + line * (count - 1) as f64 + self.beneath
    }

    /// How much of its height is blank beneath it.
    pub fn below(&self) -> f64 {
        self.style.after
    }

    /// Where in its XML it can be told to begin a page; it is not kept with what follows but by its style.
    pub fn break_at(&self) -> usize {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{}"/>"#, self.style.id).len()
    }

    /// The paragraph as XML.
    pub fn write(&self, xml: &mut String) {
        let _ = write!(xml, r#"<w:p><w:pPr><w:pStyle w:val="{}"/>"#, self.style.id);
        match (self.keep, self.style.keep) {
            (true, false) => xml.push_str("<w:keepNext/>"),
            (false, true) => xml.push_str(r#"<w:keepNext w:val="0"/>"#),
            _ => {}
        }
        if self.fresh {
            xml.push_str("<w:pageBreakBefore/>");
        }
        if self.indent > 0.0 {
            let indent = twips(self.indent);
            let _ = write!(
                xml,
                r#"<w:tabs><w:tab w:val="left" w:pos="{indent}"/></w:tabs><w:ind w:left="{indent}" w:hanging="{indent}"/>"#
            );
        }
        xml.push_str("</w:pPr>");
        xml.push_str(&self.inside);
        xml.push_str("</w:p>");
    }
}
