//! Authorities by the grade that each was given: a bar a grade, its word at the left, the chosen authority's own grade filled.
//!
//! In: places whose figures are grades. Out: bars whose length is a number of authorities; a grade is a word and no height.

use super::axis::Scale;
use super::data::{Context, Place, Polarity, Role, Unit};
use super::frame::Frame;
use super::scene::Anchor;
use super::{rows, text};
use crate::shown;

/// Whether the figures are grades that have words.
pub fn are_grades(context: &Context) -> bool {
    context.measure.unit == Unit::Grade && !context.measure.grades.is_empty()
}

/// Draws how many authorities have each grade, the best first.
pub fn draw(frame: &mut Frame<'_>, context: &Context, places: &[Place]) {
    let em = frame.em();
    let mut grades = context.measure.grades.clone();
    grades.sort_by(
        |a, b| if context.measure.polarity == Polarity::High { b.0.total_cmp(&a.0) } else { a.0.total_cmp(&b.0) },
    );
    let own = places.iter().find(|place| place.role == Role::Subject).and_then(|place| place.figure.number());
    let count = |grade: f64| places.iter().filter(|place| place.figure.number() == Some(grade)).count();
    let most = grades.iter().map(|(grade, _)| count(*grade)).max().unwrap_or(0).max(1);
    let named = |grade: f64| if own == Some(grade) { Role::Subject } else { Role::Other };
    let names = || grades.iter().map(|(grade, word)| (shown::sentence(word), named(*grade)));
    let said = |grade: f64| {
        let number = shown::counted(count(grade), "authority", "authorities");
        if own == Some(grade) { format!("{number}, {} among them", context.subject) } else { number }
    };
    // A bar keeps two fifths of the room; its words may stand on several lines, for which its row is high enough.
    let left = rows::lay(frame, frame.y, names()).left;
    let room = (frame.right - left) * 3 / 5;
    let widest = own.map_or(1, |own| text::balance(&said(own), frame.bold().weight, em, room - em / 2).len());
    let tall = |role| if role == Role::Subject { widest as i32 * em * 5 / 4 } else { 0 };
    let layout = rows::lay_tall(frame, frame.y, names(), tall);
    let scale = Scale::new(0.0, most as f64, layout.left, frame.right - room);
    frame.scene.line((layout.left, frame.y), (layout.left, layout.bottom), frame.palette.secondary, 3);
    rows::draw(frame, &layout);
    for (row, (grade, _)) in layout.rows.iter().zip(&grades) {
        let (end, half) = (scale.at(count(*grade) as f64), em * 2 / 5);
        let (top, bottom) = (row.middle() - half, row.middle() + half);
        let mine = own == Some(*grade);
        let fill = if mine { frame.palette.subject } else { frame.palette.secondary };
        frame.scene.rect((layout.left, top), (end, bottom), fill);
        if !mine && end - layout.left > 8 {
            frame.scene.rect((layout.left + 4, top + 4), (end - 4, bottom - 4), fill.light());
        }
        let font = if mine { frame.bold() } else { frame.plain() };
        let lines = text::balance(&said(*grade), font.weight, em, frame.right - end - em / 2);
        let mut baseline = rows::baseline(frame, row.middle()) - (lines.len() as i32 - 1) * em * 23 / 40;
        for line in lines {
            frame.scene.text((end + em / 3, baseline), Anchor::Start, font, line);
            baseline += em * 23 / 20;
        }
    }
    frame.y = layout.bottom + em / 4;
}
