//! How cells look: a style for each dress of a number that occurs, and those of words.

use std::fmt::Write as _;

use crate::publish::workbook::Dress;
use crate::text::escaped;

/// The dresses of numbers that occur, each a style by its place.
#[derive(Default)]
pub struct Styles {
    dresses: Vec<Dress>,
}

/// The styles of words.
const WORDS: &str = r##"<style:style style:name="fit" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style><style:style style:name="wrapped" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style><style:style style:name="plain" style:family="table-cell"><style:table-cell-properties style:vertical-align="top"/></style:style><style:style style:name="title" style:family="table-cell"><style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style><style:style style:name="heading" style:family="table-cell"><style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style><style:style style:name="column" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="bottom" fo:border-bottom="0.75pt solid #505a5f"/><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="figures" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="bottom" fo:border-bottom="0.75pt solid #505a5f" style:text-align-source="fix"/><style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="right" style:family="table-cell"><style:table-cell-properties style:vertical-align="top" style:text-align-source="fix"/><style:paragraph-properties fo:text-align="end"/></style:style>"##;

impl Styles {
    /// The name of the style of numbers in this dress.
    pub fn number(&mut self, dress: &Dress) -> String {
        let at = self.dresses.iter().position(|known| known == dress).unwrap_or_else(|| {
            self.dresses.push(dress.clone());
            self.dresses.len() - 1
        });
        format!("number{at}")
    }

    /// All styles as XML.
    pub fn xml(&self) -> String {
        let mut xml = WORDS.to_owned();
        for (at, dress) in self.dresses.iter().enumerate() {
            if dress.signed {
                let _ = write!(
                    xml,
                    "{}{}{}",
                    format(&format!("n{at}p"), dress, "+", ""),
                    format(&format!("n{at}m"), dress, "-", ""),
                    {
                        let maps = format!(
                            "<style:map style:condition=\"value()&gt;0\" style:apply-style-name=\"n{at}p\"/><style:map style:condition=\"value()&lt;0\" style:apply-style-name=\"n{at}m\"/>"
                        );
                        format(&format!("n{at}"), dress, "", &maps)
                    }
                );
            } else {
                xml.push_str(&format(&format!("n{at}"), dress, "", ""));
            }
            let _ = write!(
                xml,
                "<style:style style:name=\"number{at}\" style:family=\"table-cell\" style:data-style-name=\"n{at}\"><style:table-cell-properties style:vertical-align=\"top\"/></style:style>"
            );
        }
        xml
    }
}

/// A format of numbers: its sign where it is written out, the words before, the digits, the words behind.
fn format(name: &str, dress: &Dress, sign: &str, maps: &str) -> String {
    let words = |words: &str| {
        if words.is_empty() { String::new() } else { format!("<number:text>{}</number:text>", escaped(words)) }
    };
    format!(
        "<number:number-style style:name=\"{name}\">{}<number:number number:decimal-places=\"{places}\" number:min-decimal-places=\"{places}\" number:min-integer-digits=\"1\" number:grouping=\"true\"/>{}{maps}</number:number-style>",
        words(&format!("{sign}{}", dress.before)),
        words(&dress.behind),
        places = dress.places,
    )
}
