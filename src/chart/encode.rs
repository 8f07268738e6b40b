//! From a painted scene to files: the SVG made accessible, the PNG made small.
//!
//! In: a `Scene` with its title and alt text. Out: the text of an SVG file, or the bytes of a PNG file.

use super::ChartError;
use super::paint::paint;
use super::scene::Scene;
use super::text::{FAMILY, PAGE_FAMILY};
use super::theme::Size;
use crate::text::escaped;
use plotters::prelude::{BitMapBackend, SVGBackend};
use std::fmt::Write;

/// The SVG: `<title>` and `<desc>` first, role and language set, size in millimetres, the font named once.
///
/// # Errors
/// A mark that plotters refuses.
pub fn svg(scene: &Scene, size: Size, title: &str, alt: &str) -> Result<String, ChartError> {
    let mut out = head(scene, size, title, alt, &escaped(family(size)));
    parts(scene, &mut out)?;
    out.push_str("</svg>\n");
    Ok(out)
}

/// The SVG of a small picture that only decorates: hidden from screen readers, without ids, on no ground of its own.
///
/// # Errors
/// A mark that plotters refuses.
pub fn decoration(scene: &Scene, units: i32) -> Result<String, ChartError> {
    let millimetres = |length: i32| f64::from(length) / f64::from(units);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.1}mm\" height=\"{:.1}mm\" viewBox=\"0 0 {} {}\" \
         aria-hidden=\"true\" focusable=\"false\" font-family=\"{}\" stroke-linejoin=\"round\">\n",
        millimetres(scene.width),
        millimetres(scene.height),
        scene.width,
        scene.height,
        escaped(PAGE_FAMILY),
    );
    body(scene, 2, &mut out)?;
    out.push_str("</svg>\n");
    Ok(out)
}

/// The marks, each panel in a group of its own.
fn parts(scene: &Scene, out: &mut String) -> Result<(), ChartError> {
    if scene.panels.is_empty() {
        return body(scene, 1, out);
    }
    let (mut from, mut skip) = (0, 1);
    let mut part = |out: &mut String, to: usize| {
        let marks = scene.marks.get(from..to).unwrap_or_default().to_vec();
        from = to;
        let drawn = body(&Scene { marks, panels: Vec::new(), spots: Vec::new(), ..*scene }, skip, out);
        skip = 2;
        drawn
    };
    for &(begin, end) in &scene.panels {
        part(out, begin)?;
        out.push_str("<g class=\"panel\">\n");
        part(out, end)?;
        out.push_str("</g>\n");
    }
    part(out, scene.marks.len())
}

/// What the marks are in SVG, without the first `skip` lines of plotters': its head, and the white ground.
fn body(scene: &Scene, skip: usize, out: &mut String) -> Result<(), ChartError> {
    let mut drawn = String::with_capacity(64 * 1024);
    let pixels = (scene.width as u32, scene.height as u32);
    let mut backend = SVGBackend::with_string(&mut drawn, pixels);
    paint(scene, &mut backend).map_err(|wrong| ChartError::Draw(wrong.to_string()))?;
    std::mem::drop(backend);

    let dull = [" opacity=\"1\"", " stroke=\"none\"", " text-anchor=\"start\"", " font-style=\"normal\""];
    let named = format!(" font-family=\"{}\"", escaped(FAMILY));
    let mut lines = drawn.lines().skip(skip);
    while let Some(line) = lines.next().filter(|line| *line != "</svg>") {
        let mut rest = line;
        while let Some(at) = rest.find(' ') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let skip = dull.iter().copied().chain([named.as_str()]).find(|attribute| rest.starts_with(attribute));
            if let Some(attribute) = skip {
                rest = &rest[attribute.len()..];
            } else if let Some(whole) = whole_size(rest) {
                let _ = write!(out, " font-size=\"{}\"", whole.0);
                rest = &rest[whole.1..];
            } else {
                out.push(' ');
                rest = &rest[1..];
            }
        }
        out.push_str(rest);
        if line.starts_with("<text") {
            out.push_str(lines.next().unwrap_or_default());
            out.push_str(lines.next().unwrap_or_default());
        }
        out.push('\n');
    }
    Ok(())
}

/// The fonts of an SVG: where its words stand in it, ours; in a paper or page, that of the text around it, which is narrower
/// than the one that all is measured in.
fn family(size: Size) -> &'static str {
    if size.is_bare() { PAGE_FAMILY } else { FAMILY }
}

/// The font size at the start of the text in whole pixels, and how long the attribute is. plotters multiplies and
/// divides sizes by 1.24, which leaves `56.99999999999999`.
fn whole_size(text: &str) -> Option<(i64, usize)> {
    const NAME: &str = " font-size=\"";
    let (digits, _) = text.strip_prefix(NAME)?.split_once('"')?;
    Some((digits.parse::<f64>().ok()?.round() as i64, NAME.len() + digits.len() + 1))
}

fn head(scene: &Scene, size: Size, title: &str, alt: &str, family: &str) -> String {
    let wide = size.millimetres();
    let high = wide * f64::from(scene.height) / f64::from(scene.width);
    let mut out = String::with_capacity(48 * 1024);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide:.1}mm\" height=\"{high:.1}mm\" viewBox=\"0 0 {} {}\" \
         role=\"img\" lang=\"en-GB\" xml:lang=\"en-GB\" aria-labelledby=\"title desc\" font-family=\"{family}\" \
         stroke-linejoin=\"round\">\n<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>",
        scene.width,
        scene.height,
        escaped(title),
        escaped(alt),
    );
    out
}

/// The PNG: a palette image where 256 colours are enough (they are, unless a council's palette is unusual).
///
/// # Errors
/// A mark that plotters refuses, or an encoder that runs out of memory.
pub fn png(scene: &Scene, size: Size) -> Result<Vec<u8>, ChartError> {
    let per_metre = (f64::from(size.dpi()) / 0.0254).round() as u32;
    written(&pixels(scene)?, (scene.width as u32, scene.height as u32), per_metre)
}

/// The PNG of a small picture, each pixel the mean of four units: edges of dots are smooth.
///
/// # Errors
/// As `png`.
pub fn smooth_png(scene: &Scene, units: i32) -> Result<Vec<u8>, ChartError> {
    let all = pixels(scene)?;
    let (width, height) = (scene.width as usize / 2, scene.height as usize / 2);
    let mut smooth = Vec::with_capacity(width * height * 3);
    for (row, column) in (0..height).flat_map(|row| (0..width).map(move |column| (row, column))) {
        for part in 0..3 {
            let at =
                |y: usize, x: usize| u32::from(all[((row * 2 + y) * scene.width as usize + column * 2 + x) * 3 + part]);
            smooth.push(((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4) as u8);
        }
    }
    written(&smooth, (width as u32, height as u32), units as u32 * 500)
}

/// The painted pixels, three bytes each.
fn pixels(scene: &Scene) -> Result<Vec<u8>, ChartError> {
    let (width, height) = (scene.width as u32, scene.height as u32);
    let mut pixels = vec![0xFF; width as usize * height as usize * 3];
    let mut backend = BitMapBackend::with_buffer(&mut pixels, (width, height));
    paint(scene, &mut backend).map_err(|wrong| ChartError::Draw(wrong.to_string()))?;
    std::mem::drop(backend);
    Ok(pixels)
}

fn written(pixels: &[u8], (width, height): (u32, u32), per_metre: u32) -> Result<Vec<u8>, ChartError> {
    let mut out = Vec::with_capacity(16 * 1024);
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    encoder.set_depth(png::BitDepth::Eight);
    // Few colours in long level runs: unfiltered and a light deflate are both faster and smaller than png's own presets.
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    encoder.set_filter(png::Filter::NoFilter);
    let wrong = |wrong: png::EncodingError| ChartError::Draw(wrong.to_string());
    if let Some((colours, indices)) = indexed(pixels) {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(colours);
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices)).map_err(wrong)?;
    } else {
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels)).map_err(wrong)?;
    }
    Ok(out)
}

/// The colours and, for each pixel, which one it is; nothing where there are more than 256. White is the first: most
/// of a chart is white, and runs of eight white pixels are told at a glance.
fn indexed(pixels: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut colours = Colours::new();
    let mut indices = Vec::with_capacity(pixels.len() / 3);
    let (runs, rest) = pixels.as_chunks::<24>();
    for run in runs {
        if run == &[0xFF; 24] {
            indices.extend_from_slice(&[0; 8]);
        } else {
            for pixel in run.as_chunks::<3>().0 {
                indices.push(colours.index(*pixel)?);
            }
        }
    }
    for pixel in rest.as_chunks::<3>().0 {
        indices.push(colours.index(*pixel)?);
    }
    Some((colours.bytes, indices))
}

/// Up to 256 colours in the order of their first use, found again by open addressing over four times as many slots.
struct Colours {
    bytes: Vec<u8>,
    slots: [Option<([u8; 3], u8)>; 1024],
    last: ([u8; 3], u8),
}

impl Colours {
    fn new() -> Self {
        let white = [0xFF; 3];
        let mut colours = Self { bytes: Vec::with_capacity(768), slots: [None; 1024], last: (white, 0) };
        let first = Self::slot(white);
        colours.slots[first] = Some((white, 0));
        colours.bytes.extend_from_slice(&white);
        colours
    }

    fn slot(colour: [u8; 3]) -> usize {
        let key = u32::from_le_bytes([colour[0], colour[1], colour[2], 0]);
        (key.wrapping_mul(0x9E37_79B1) >> 22) as usize
    }

    fn index(&mut self, colour: [u8; 3]) -> Option<u8> {
        if self.last.0 == colour {
            return Some(self.last.1);
        }
        let mut at = Self::slot(colour);
        while let Some(known) = self.slots[at] {
            if known.0 == colour {
                self.last = known;
                return Some(known.1);
            }
            at = (at + 1) % self.slots.len();
        }
        let index = u8::try_from(self.bytes.len() / 3).ok()?;
        self.bytes.extend_from_slice(&colour);
        self.slots[at] = Some((colour, index));
        self.last = (colour, index);
        Some(index)
    }
}
