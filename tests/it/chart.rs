//! Charts: every kind in every situation keeps its words apart and in the picture, says the right thing, and is seen
//! by readers who do not see colour.

#[allow(dead_code)]
#[path = "../../examples/gallery.rs"]
mod gallery;

mod ahead;
mod messages;
mod months;
mod paper;
mod samples;
mod small;
mod trends;

use abreast::chart::data::{Figure, Measure, Polarity, Unit};
use abreast::chart::scene::{Mark, TextBox};
use abreast::chart::theme::{Colour, MARK_CONTRAST, Palette, SHADE, Size, TEXT_CONTRAST, WHITE};
use abreast::chart::{Chart, Formats, compose, render, render_as};
use samples::trend;

/// Compares with `tests/it/snapshots/chart/NAME`.
fn snapshot(name: &str, text: &str) {
    crate::harness::snapshot(&format!("chart/{name}"), text);
}

#[test]
fn no_label_leaves_the_picture_or_overlaps_another() {
    let palette = Palette::default();
    let mut wrong = Vec::new();
    for (name, chart) in gallery::charts() {
        for size in Size::ALL {
            let scene = compose(&chart, size, &palette).expect(&name);
            let boxes = scene.text_boxes();
            for (at, text) in boxes.iter().enumerate() {
                let [left, top, right, bottom] = text.sides;
                if left < 0 || top < 0 || right > scene.width || bottom > scene.height {
                    wrong.push(format!("{name} {size:?}: `{}` leaves the picture {:?}", text.text, text.sides));
                }
                for other in boxes[at + 1..].iter().filter(|other| other.overlaps(text)) {
                    wrong.push(format!("{name} {size:?}: `{}` overlaps `{}`", text.text, other.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} labels in the wrong place:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_spot_lies_in_the_picture_and_says_a_plotted_figure() {
    let palette = Palette::default();
    for (name, chart) in gallery::charts() {
        let plotted = chart.data();
        let numbers = || plotted.iter().filter(|one| one.figure.number().is_some());
        for size in [Size::Page, Size::Phone] {
            let scene = compose(&chart, size, &palette).expect(&name);
            for spot in &scene.spots {
                let [left, top, right, bottom] = spot.sides;
                let inside = left >= 0 && top >= 0 && right <= scene.width && bottom <= scene.height;
                assert!(inside && left < right && top < bottom, "{name} {size:?}: {spot:?}");
                let said = plotted
                    .iter()
                    .any(|one| spot.name.starts_with(&one.area) && one.figure.shown(&one.measure) == spot.shown);
                assert!(said, "{name} {size:?}: {spot:?} is not among the plotted");
            }
            // Of all authorities each with a figure has its spot, in the order of the picture; of years each figure has.
            match &chart {
                Chart::Ordered(_) if !scene.spots.is_empty() => {
                    let places = numbers().filter(|one| one.area != "England").map(|one| one.area.as_str());
                    let spots = scene.spots.iter().map(|spot| spot.name.as_str());
                    assert_eq!(spots.collect::<Vec<_>>(), places.collect::<Vec<_>>(), "{name}");
                    assert!(scene.spots.is_sorted_by_key(|spot| spot.sides[0]), "{name}: not from left to right");
                }
                Chart::Trend(_) => assert_eq!(scene.spots.len(), numbers().count(), "{name}"),
                _ => {}
            }
        }
    }
}

#[test]
fn every_text_can_be_read_on_what_lies_beneath_it() {
    let palette = Palette::default();
    for (name, chart) in gallery::charts() {
        let scene = compose(&chart, Size::Column, &palette).expect(&name);
        let mut grounds: Vec<([i32; 4], Colour)> = Vec::new();
        for mark in &scene.marks {
            match mark {
                Mark::Rect { from, to, fill } => grounds.push(([from.0, from.1, to.0, to.1], *fill)),
                Mark::Text { font, text, at, anchor } => {
                    let sides = abreast::chart::scene::text_sides(*at, *anchor, font, text);
                    let (x, y) = ((sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2);
                    let under = |ground: &&([i32; 4], Colour)| {
                        let [left, top, right, bottom] = ground.0;
                        left <= x && x <= right && top <= y && y <= bottom && bottom - top > 8 && right - left > 8
                    };
                    let ground = grounds.iter().rev().find(under).map_or(WHITE, |ground| ground.1);
                    let ratio = font.colour.contrast(ground);
                    assert!(ratio >= TEXT_CONTRAST, "{name}: `{text}` {} on {ground} is {ratio:.1}", font.colour);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn theme_colours_have_the_contrast_they_need() {
    let palette = Palette::default();
    palette.check().expect("the default palette");
    for colour in palette.categories.iter().chain([&palette.subject, &palette.neighbours]) {
        assert!(colour.contrast(WHITE) >= MARK_CONTRAST, "{colour} {}", colour.contrast(WHITE));
    }
    let words = [palette.neighbours_text, palette.region, palette.england];
    for colour in [palette.better, palette.worse, palette.text, palette.secondary].into_iter().chain(words) {
        assert!(colour.contrast(WHITE) >= TEXT_CONTRAST, "{colour}");
    }
    // Marks on the shaded middle half of a strip.
    for colour in [palette.subject, palette.neighbours_text, palette.secondary] {
        assert!(colour.contrast(SHADE) >= MARK_CONTRAST, "{colour} on the shade");
    }
    assert!((WHITE.contrast(Colour(0, 0, 0)) - 21.0).abs() < 1e-9);
}

#[test]
fn lines_differ_in_dash_and_marker_and_not_by_colour_alone() {
    let chart = gallery::charts().find(|(name, _)| name == "trend_ordinary").expect("in the gallery").1;
    let scene = compose(&chart, Size::Column, &Palette::default()).expect("drawn");
    let mut dashes: Vec<(Colour, &[i32])> = Vec::new();
    let mut shapes = Vec::new();
    for mark in &scene.marks {
        match mark {
            Mark::Path { colour, dash, points, width } if *width > 4 && points.len() > 1 => {
                dashes.push((*colour, dash))
            }
            Mark::Marker { shape, fill, .. } if *fill != WHITE => shapes.push((*fill, *shape)),
            _ => {}
        }
    }
    for (colour, dash) in &dashes {
        assert!(dashes.iter().all(|other| (other.0 == *colour) == (other.1 == *dash)), "{colour} shares its dash");
    }
    for (colour, shape) in &shapes {
        assert!(shapes.iter().all(|other| (other.0 == *colour) == (other.1 == *shape)), "{colour} shares its marker");
    }
}

#[test]
fn a_councils_own_colours_are_refused_with_the_reason() {
    let own = |texts: &[&str]| Palette::council(&texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>());
    let said = |texts: &[&str]| own(texts).expect_err("refused").to_string();
    assert_eq!(said(&["#FFDD00"]), "colour `#FFDD00` has a contrast of 1.3 with `#FFFFFF` where at least 3 is needed");
    assert_eq!(said(&["blue"]), "colour `blue` is not written as `#12436D`");
    assert_eq!(said(&["#12345"]), "colour `#12345` is not written as `#12436D`");
    assert_eq!(said(&[]), "0 colours given where one to four are used");
    assert_eq!(said(&["#12436D"; 5]), "5 colours given where one to four are used");
    let palette = own(&["#4C2C92", "#00703c"]).expect("good colours");
    assert_eq!(palette.subject, Colour(0x4C, 0x2C, 0x92));
}

#[test]
fn svg_of_each_kind_is_as_it_was() {
    for (name, chart) in gallery::charts().filter(|(name, _)| name.ends_with("_ordinary")) {
        let picture = render_as(&chart, Size::Column, &Palette::default(), Formats::Svg).expect(&name);
        snapshot(&format!("{name}.svg"), &picture.svg);
    }
}

#[test]
fn svg_tells_a_screen_reader_what_it_shows() {
    for (name, chart) in gallery::charts() {
        let picture = render_as(&chart, Size::Column, &Palette::default(), Formats::Svg).expect(&name);
        let head: String = picture.svg.chars().take(600).collect();
        for part in ["role=\"img\"", "lang=\"en-GB\"", "aria-labelledby=\"title desc\"", "<title id=\"title\">"] {
            assert!(head.contains(part), "{name}: {part}");
        }
        assert!(picture.svg.contains("<desc id=\"desc\">") && picture.svg.trim_end().ends_with("</svg>"), "{name}");
        assert!(picture.svg.contains(">Illustrative data</text>"), "{name}");
        assert!(picture.alt.ends_with("Illustrative data."), "{name}: {}", picture.alt);
        assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf\""), "{name}");
        assert_eq!(picture.svg.matches("<text").count(), picture.svg.matches("</text>").count(), "{name}");
    }
}

#[test]
fn png_has_the_printed_size_and_the_pixels_of_the_svg() {
    let chart = gallery::charts().next().expect("a chart").1;
    for (size, width, per_metre) in [(Size::Half, 945, 11811), (Size::Column, 1890, 11811), (Size::Slide, 1920, 5669)] {
        let picture = render(&chart, size, &Palette::default()).expect("drawn");
        assert!(picture.png.starts_with(b"\x89PNG\r\n\x1a\n"));
        let number = |at: usize| u32::from_be_bytes([0, 1, 2, 3].map(|byte| picture.png[at + byte]));
        assert_eq!(number(16), width);
        let view = format!("viewBox=\"0 0 {width} {}\"", number(20));
        assert!(picture.svg.contains(&view), "{view}");
        let dots = picture.png.windows(4).position(|name| name == b"pHYs").expect("a size in the header");
        assert_eq!(number(dots + 4), per_metre);
    }
}

#[test]
fn data_beside_a_chart_cannot_run_as_a_formula() {
    let mut chart = trend();
    chart.series[0].name = "=HYPERLINK(\"http://x\")".into();
    chart.series[1].name = "@home".into();
    chart.context.measure.label = "-1 percentage, \"quoted\"".into();
    let csv = Chart::from(chart).csv();
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\",chosen authority"), "{csv}");
    assert!(csv.contains(",'@home,"));
    assert!(csv.contains("\"'-1 percentage, \"\"quoted\"\"\""));
    let numbers = csv.lines().nth(1).expect("a row");
    assert!(numbers.contains(",2020,30.1,"), "numbers stay numbers: {numbers}");
}

#[test]
fn every_place_without_a_figure_is_named_with_its_reason() {
    let missing = gallery::charts().filter(|(name, _)| name.ends_with("_missing"));
    for (name, chart) in missing {
        let scene = compose(&chart, Size::Column, &Palette::default()).expect(&name);
        let text: Vec<String> = scene.text_boxes().into_iter().map(|TextBox { text, .. }| text).collect();
        let text = text.join(" ");
        assert!(text.contains("[x] not available: "), "{name}: {text}");
        assert!(chart.csv().contains(",x,not available"), "{name}");
    }
}

#[test]
fn odd_input_is_drawn_or_refused_but_never_a_panic() {
    let names = ["", "<b>&\"'\u{7}", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "\u{10d}\u{1f600}"];
    let numbers = [f64::NAN, f64::INFINITY, 1e300, -1e300, 1e-300, 0.0];
    for name in names {
        for number in numbers {
            let mut chart = trend();
            chart.context.subject = name.into();
            chart.series[0].name = name.into();
            chart.series[0].figures = vec![Figure { value: Some(number), ..Figure::default() }; 3];
            chart.series[1].figures.clear();
            chart.series[2].figures.extend(vec![Figure::of(number); 9]);
            for size in Size::ALL {
                let picture = render(&chart.clone().into(), size, &Palette::default()).expect("drawn");
                assert!(!picture.svg.contains("<b>") && !picture.svg.contains('\u{7}'));
            }
            chart.periods.clear();
            let refused = render(&chart.into(), Size::Column, &Palette::default()).expect_err("nothing to draw");
            assert!(refused.to_string().ends_with("has nothing to draw"), "{refused}");
        }
    }
}

#[test]
fn an_axis_that_leaves_zero_out_says_so() {
    let mut chart = trend();
    for figure in chart.series.iter_mut().flat_map(|series| &mut series.figures) {
        figure.value = figure.value.map(|value| 80.0 + value / 10.0);
    }
    let picture = render_as(&chart.into(), Size::Column, &Palette::default(), Formats::Svg).expect("drawn");
    assert!(picture.svg.contains(">Percent (axis starts at 82%, not at zero)<"), "{}", picture.svg);
}

#[test]
fn numbers_are_rounded_half_up_and_written_in_full() {
    let measure = |unit, places| Measure::new("", "", unit, places, Polarity::None);
    let cases = [
        (0.5, Unit::Number, 0, "1"),
        (2.5, Unit::Number, 0, "3"),
        (1.25, Unit::Percent, 1, "1.3%"),
        (26.200000000000003, Unit::Percent, 1, "26.2%"),
        (1.005, Unit::Number, 2, "1.01"),
        (1290.0, Unit::Number, 0, "1,290"),
        (90392.0, Unit::Pounds, 0, "£90,392"),
        (-0.04, Unit::Percent, 1, "0.0%"),
        (-2.25, Unit::Percent, 1, "-2.3%"),
        (8_920_227.0, Unit::Number, 0, "8.92 million"),
        (999_999.7, Unit::Number, 0, "1 million"),
        (-1_500_000.0, Unit::Pounds, 0, "-£1.5m"),
        (0.0, Unit::RatePer10000, 1, "0"),
    ];
    for (value, unit, places, expected) in cases {
        assert_eq!(measure(unit, places).shown(value), expected);
    }
}
