//! The paper about an invented council with its pictures drawn for Word.

use abreast::publish::document::{Block, Cell, Document, Picture, Table};

use crate::page::exampleshire::paper;

/// A picture of so many pixels, all white.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&vec![255; (width * height) as usize]).expect("its pixels");
    writer.finish().expect("a picture");
    bytes
}

fn draw(picture: &mut Option<Picture>) {
    if let Some(picture) = picture {
        picture.png = png((picture.width * 10.0) as u32, (picture.height * 10.0) as u32);
    }
}

fn draw_all(table: &mut Table) {
    for cell in table.rows.iter_mut().flatten() {
        draw(&mut cell.mark);
        draw(&mut cell.picture);
    }
}

/// The paper, its marks, strips, keys and charts drawn; each chart has words of its own.
pub fn pictured() -> Document {
    let mut paper = paper();
    paper.messages.iter_mut().for_each(|message| draw(&mut message.mark));
    paper.glance.iter_mut().for_each(draw_all);
    for block in paper.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Charts(charts) = block {
            let pixels = if charts.across == 2 { (840, 420) } else { (1740, 500) };
            for figure in &mut charts.figures {
                figure.png = png(pixels.0, pixels.1);
                figure.key.iter_mut().for_each(|key| key.png = png(14, 12));
                figure.alt = format!("{} Exampleshire was below England in every year. ({})", figure.title, figure.id);
            }
        }
    }
    paper
}

/// The same paper with a table of so many years, more than fit beside each other.
pub fn wide(years: usize) -> Document {
    let mut paper = pictured();
    let (mut table, row) = (paper.glance.clone().unwrap_or_default(), |name: &str| {
        std::iter::once(Cell::words(name))
            .chain((0..years).map(|year| Cell::number(1_234_567.0 + year as f64, 0)))
            .collect()
    });
    let years = (0..years).map(|year| abreast::publish::document::Column::figures((2000 + year).to_string()));
    table.columns = std::iter::once(abreast::publish::document::Column::words("Area")).chain(years).collect();
    (table.rows, table.groups) = (vec![row("Exampleshire"), row("England")], Vec::new());
    table.title = "Pupils by year".to_owned();
    paper.sections[2].blocks.push(Block::Table(table));
    paper
}
