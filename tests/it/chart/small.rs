//! Small pictures: a place lies where its rank says, marks differ in shape, tiles carry their letter, none has an id.

use abreast::chart::small::{self, Band, Small};
use abreast::chart::theme::Palette;
use abreast::reading::Rating;
use abreast::reading::words::Shape;

/// The middle of the only circle that is filled with the authority's colour, as a share of the width.
fn dot(small: &Small) -> f64 {
    let view = small.svg.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a view");
    let circle = small.svg.lines().find(|line| line.contains("<circle") && line.contains("#12436D")).expect("a dot");
    let at = circle.split("cx=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a middle");
    at.parse::<f64>().expect("a number") / view.parse::<f64>().expect("a number")
}

#[test]
fn the_best_place_is_at_the_right_and_the_last_at_the_left() {
    let palette = Palette::default();
    let at = |place| dot(&small::strip(place, 151, None, &palette).expect("drawn"));
    assert!(at(1) > 0.95 && at(151) < 0.05 && (at(76) - 0.5).abs() < 0.01, "{} {} {}", at(1), at(151), at(76));
    let strip = small::strip(118, 151, Some((103, 127)), &palette).expect("drawn");
    assert_eq!((strip.width_mm, strip.height_mm), (35.0, 4.0));
    // Four quarters and the range.
    assert_eq!(strip.svg.matches("<rect").count(), 5, "{}", strip.svg);
    assert!(strip.svg.contains("width=\"35.0mm\"") && strip.png.starts_with(b"\x89PNG"));
}

#[test]
fn small_pictures_are_hidden_and_have_no_ids_and_no_ground() {
    let palette = Palette::default();
    let marks = [Shape::Circle, Shape::Diamond, Shape::Ring, Shape::Up, Shape::Down, Shape::Dash];
    let marks: Vec<Small> = marks.into_iter().map(|shape| small::mark(shape, &palette).expect("drawn")).collect();
    for (at, mark) in marks.iter().enumerate() {
        assert!(
            mark.svg.contains("aria-hidden=\"true\"") && !mark.svg.contains(" id=") && !mark.svg.contains("<title")
        );
        assert!(!mark.svg.contains("#FFFFFF\" stroke=\"none\"") && mark.svg.ends_with("</svg>\n"), "{}", mark.svg);
        assert!(marks[at + 1..].iter().all(|other| other.svg != mark.svg), "two marks look alike");
    }
}

#[test]
fn a_line_of_months_is_broken_where_a_month_is_missing() {
    let palette = Palette::default();
    let mut values: Vec<Option<f64>> = (0..13).map(|month| Some(f64::from(month % 4))).collect();
    let band = Some(Band { lower: 0.5, mean: 1.5, upper: 2.5 });
    let lines = |values: &[Option<f64>], flagged: &[usize]| {
        let drawn = small::spark(values, Some(2.0), band, flagged, &palette).expect("drawn");
        (drawn.svg.matches("<polyline").count(), drawn.svg.matches("<circle").count())
    };
    let (whole, discs) = lines(&values, &[]);
    values[5] = None;
    assert_eq!(lines(&values, &[]), (whole + 1, discs));
    assert!(lines(&values, &[3]).1 > discs, "a ring where a month is flagged");
    small::spark(&[], None, None, &[], &palette).expect("nothing is drawn, and nothing fails");
    small::spark(&[Some(f64::NAN), None], None, None, &[0, 1, 9], &palette).expect("nothing fails");
}

#[test]
fn a_tile_carries_its_letter() {
    let palette = Palette::default();
    let letters = [(Some(Rating::Blue), ">B<"), (Some(Rating::Green), ">G<"), (Some(Rating::Amber), ">A<")];
    for (rating, letter) in letters.into_iter().chain([(Some(Rating::Red), ">R<"), (None, ">\u{2013}<")]) {
        let tile = small::rated(rating, &palette).expect("drawn");
        let text: String = tile.svg.lines().filter(|line| line.contains("<text")).collect();
        assert!(text.contains(letter), "{}", tile.svg);
        assert_eq!((tile.width_mm, tile.height_mm), (7.0, 7.0));
    }
}
