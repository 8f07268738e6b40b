//! The signs of a chart's key as small pictures for the page.

use std::fmt::Write as _;

use crate::chart::scene::Shape;
use crate::chart::{Key as Entry, Sign};
use crate::publish::document::Key;

/// The entries of a chart's key.
pub fn keys(entries: &[Entry]) -> Vec<Key> {
    entries.iter().map(|entry| Key { name: entry.name.clone(), svg: sign(entry.sign), ..Key::default() }).collect()
}

/// A sign, 22 units wide and 12 high.
fn sign(sign: Sign) -> String {
    let mut svg = "<svg viewBox=\"0 0 22 12\" width=\"22\" height=\"12\">".to_owned();
    // Writing to a string cannot fail.
    let _ = match sign {
        Sign::Patch(colour) => write!(svg, "<rect x=\"4\" y=\"1\" width=\"14\" height=\"10\" fill=\"{colour}\"/>"),
        Sign::Mark(colour, shape) => write!(svg, "{}", mark(shape, &colour.to_string())),
        Sign::Line(colour, dashes, shape) => {
            let dashes = dashes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let line =
                format!("<path d=\"M0 6H22\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>");
            write!(svg, "{line}{}", mark(shape, &colour.to_string()))
        }
    };
    svg + "</svg>"
}

fn mark(shape: Shape, colour: &str) -> String {
    let open = format!("fill=\"#FFFFFF\" stroke=\"{colour}\" stroke-width=\"1.6\"");
    match shape {
        Shape::Disc => format!("<circle cx=\"11\" cy=\"6\" r=\"4\" fill=\"{colour}\"/>"),
        Shape::Ring => format!("<circle cx=\"11\" cy=\"6\" r=\"4\" {open}/>"),
        Shape::Square => format!("<rect x=\"7.5\" y=\"2.5\" width=\"7\" height=\"7\" {open}/>"),
        Shape::Triangle => format!("<path d=\"M11 1.5L15.5 10H6.5Z\" {open}/>"),
        Shape::Diamond => format!("<path d=\"M11 1L16 6L11 11L6 6Z\" {open}/>"),
    }
}
