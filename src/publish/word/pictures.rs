//! The pictures of a Word file: each kept once, each drawing with words or marked as decoration.
//!
//! In: pictures as PNG with their measures. Out: the XML of a drawing, the file's relations, the bytes to pack.

use std::fmt::Write;

use rustc_hash::FxHashMap;

use super::units::emus;
use crate::publish::document::{PaperChart, Picture};
use crate::text::escaped;

/// What says that a picture only repeats words beside it.
const DECORATIVE: &str = r#"<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>"#;

/// The height of a mark in a chart's key, in millimetres.
const MARK: f64 = 3.0;

/// The pictures of one file.
#[derive(Default)]
pub struct Pictures<'a> {
    kept: Vec<&'a [u8]>,
    by_name: FxHashMap<&'a str, usize>,
    drawn: usize,
}

/// A drawing: its XML and its height in millimetres.
pub struct Drawn {
    /// The run that holds it.
    pub xml: String,
    /// Its height.
    pub height: f64,
}

impl<'a> Pictures<'a> {
    /// A small picture that only repeats words; nothing where it was not drawn for Word.
    pub fn small(&mut self, picture: &'a Picture) -> Option<Drawn> {
        self.decorative(&picture.name, &picture.png, (picture.width, picture.height))
    }

    /// A mark of a chart's key, as tall as the letters beside it.
    pub fn mark(&mut self, name: &'a str, png: &'a [u8]) -> Option<Drawn> {
        let (width, height) = size(png)?;
        self.decorative(name, png, (MARK * width / height, MARK))
    }

    fn decorative(&mut self, name: &'a str, png: &'a [u8], size: (f64, f64)) -> Option<Drawn> {
        if png.is_empty() {
            return None;
        }
        // A name may be used for two pictures, in the keys of two charts.
        let kept =
            self.by_name.get(name).copied().filter(|number| self.kept.get(number - 1).is_some_and(|one| *one == png));
        let number = kept.unwrap_or_else(|| self.keep(png));
        self.by_name.insert(name, number);
        Some(Drawn { xml: self.drawing(number, name, None, size), height: size.1 })
    }

    /// A chart as wide as its column, and no taller than `most`.
    pub fn chart(&mut self, figure: &'a PaperChart, room: f64, most: f64) -> Option<Drawn> {
        let (width, height) = size(&figure.png)?;
        let scale = (room / width).min(most / height);
        let number = self.keep(&figure.png);
        let size = (width * scale, height * scale);
        Some(Drawn { xml: self.drawing(number, &figure.title, Some(&figure.alt), size), height: size.1 })
    }

    fn keep(&mut self, png: &'a [u8]) -> usize {
        self.kept.push(png);
        self.kept.len()
    }

    fn drawing(&mut self, number: usize, name: &str, alt: Option<&str>, (width, height): (f64, f64)) -> String {
        self.drawn += 1;
        let (id, name, wide, tall) = (self.drawn, escaped(name), emus(width), emus(height));
        let alt_text = alt.map(escaped).unwrap_or_default();
        let decorative = if alt.is_some() { "" } else { DECORATIVE };
        format!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{tall}"/><wp:docPr id="{id}" name="{name}" descr="{alt_text}">{decorative}</wp:docPr><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="{name}" descr="{alt_text}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        )
    }

    /// The relations that drawings name.
    pub fn relations(&self) -> String {
        let mut xml = String::new();
        for number in 1..=self.kept.len() {
            let _ = write!(
                xml,
                r#"<Relationship Id="picture{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{number}.png"/>"#
            );
        }
        xml
    }

    /// The bytes of each, in the order of their numbers.
    pub fn bytes(&self) -> impl Iterator<Item = (usize, &'a [u8])> {
        (1..).zip(self.kept.iter().copied())
    }
}

/// Width and height of a PNG: its first chunk holds them, from byte 16 on.
fn size(png: &[u8]) -> Option<(f64, f64)> {
    let side = |from: usize| {
        let bytes = png.get(from..from + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| f64::from(u32::from_be_bytes(bytes)).max(1.0))
    };
    Some((side(16)?, side(20)?))
}
