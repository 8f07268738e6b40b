//! `cargo bench --bench chart`: a thousand trend charts as SVG and as PNG in parallel, and forty of all kinds as both.
//!
//! Plain timing: the budget is 2 s and 60 s on two cores, and 2 s of one core for the forty.

#[allow(dead_code)]
#[path = "../examples/gallery.rs"]
mod gallery;

use abreast::chart::theme::{Palette, Size};
use abreast::chart::{Chart, Formats, render_as};
use rayon::prelude::*;
use std::time::Instant;

fn time(what: &str, charts: &[Chart], formats: Formats) {
    let palette = Palette::default();
    let start = Instant::now();
    let bytes: usize = charts
        .par_iter()
        .map(|chart| {
            render_as(chart, Size::Column, &palette, formats).map_or(0, |picture| picture.svg.len() + picture.png.len())
        })
        .sum();
    let spent = start.elapsed().as_secs_f64();
    println!("{what:<40} {spent:>8.3} s {:>10.1} MB", bytes as f64 / 1e6);
}

fn main() {
    let all: Vec<(String, Chart)> = gallery::charts().collect();
    let trend = all.iter().find(|(name, _)| name == "trend_ordinary").map(|(_, chart)| chart.clone());
    let trends: Vec<Chart> = std::iter::repeat_n(trend, 1000).flatten().collect();
    time("1,000 trend charts as SVG", &trends, Formats::Svg);
    time("1,000 trend charts as PNG", &trends, Formats::Png);
    let forty: Vec<Chart> = all.into_iter().map(|(_, chart)| chart).take(40).collect();
    time("40 charts of several kinds, SVG and PNG", &forty, Formats::Both);
}
