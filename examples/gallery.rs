//! Every kind of chart in every situation that has ever made one ugly, in a folder that one can look through.
//!
//! In: simulated figures, always the same. Out: `FOLDER/*.svg`, `*.png`, `*.csv` and `index.html`.
//! `cargo run --release --example gallery [FOLDER]`; the tests take their charts from here too.

#[path = "gallery/pages.rs"]
mod pages;
#[path = "gallery/parts.rs"]
mod parts;
#[path = "gallery/places.rs"]
mod places;
#[path = "gallery/situation.rs"]
mod situation;

use abreast::chart::theme::{Palette, Size};
use abreast::chart::{Chart, render};
use situation::{SITUATIONS, Situation};
use std::fmt::Write;
use std::path::Path;

/// A kind of chart: its name, and how it is made for a situation.
pub type Maker = (&'static str, fn(Situation) -> Chart);

/// Every kind with its maker.
pub const KINDS: [Maker; 13] = [
    ("trend", places::trend),
    ("ordered", places::ordered),
    ("neighbours", places::neighbours),
    ("funnel", places::funnel),
    ("spine", pages::spine),
    ("scorecard", pages::scorecard),
    ("stacked", pages::stacked),
    ("dumbbell", pages::dumbbell),
    ("strip", pages::strip),
    ("bars", places::bars),
    ("control", parts::control),
    ("multiples", parts::multiples),
    ("groups", parts::groups),
];

/// Every kind in every situation.
pub fn charts() -> impl Iterator<Item = (String, Chart)> {
    let makers = KINDS.into_iter();
    makers.flat_map(|(kind, make)| {
        SITUATIONS.into_iter().map(move |situation| (format!("{kind}_{}", situation.name()), make(situation)))
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".into());
    let folder = Path::new(&folder);
    fs_err::create_dir_all(folder)?;
    let palette = Palette::default();
    let mut page = String::from(
        "<!doctype html><html lang=\"en-GB\"><meta charset=\"utf-8\"><title>Gallery</title>\
         <style>body{font:16px sans-serif;margin:2em}img{width:16cm;border:1px solid #ccc}\
         .half img{width:8cm}.slide img{width:33cm}.paper img{width:174mm}.pair img{width:84mm}</style><h1>Gallery</h1>\n",
    );
    for (name, chart) in charts() {
        for (size, suffix) in [
            (Size::Column, ""),
            (Size::Half, "_half"),
            (Size::Slide, "_slide"),
            (Size::Paper, "_paper"),
            (Size::Pair, "_pair"),
        ] {
            let picture = render(&chart, size, &palette)?;
            let stem = format!("{name}{suffix}");
            fs_err::write(folder.join(format!("{stem}.svg")), &picture.svg)?;
            fs_err::write(folder.join(format!("{stem}.png")), &picture.png)?;
            fs_err::write(folder.join(format!("{stem}.csv")), &picture.csv)?;
            let alt = abreast::text::escaped(&picture.alt);
            writeln!(
                page,
                "<h2>{stem}</h2><p class=\"{}\"><img src=\"{stem}.png\" alt=\"{alt}\"> <a href=\"{stem}.svg\">SVG</a></p><p>{alt}</p>",
                &suffix.trim_start_matches('_'),
            )?;
        }
    }
    fs_err::write(folder.join("index.html"), page)?;
    println!("{}", folder.join("index.html").display());
    Ok(())
}
