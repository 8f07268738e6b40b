//! Pictures for papers and pages: their words stand beside them, sizes are what they say, and rank and place agree.

use abreast::chart::data::{Break, Figure, Place, Polarity, Role};
use abreast::chart::ordered::OrderedChart;
use abreast::chart::scene::Mark;
use abreast::chart::theme::{Palette, Size, WHITE};
use abreast::chart::{Chart, Formats, Sign, compose, render_as};

use super::gallery;
use super::samples::trend;

fn words(chart: &Chart, size: Size) -> Vec<String> {
    let scene = compose(chart, size, &Palette::default()).expect("drawn");
    scene.text_boxes().into_iter().map(|text| text.text).collect()
}

#[test]
fn a_picture_for_a_paper_leaves_its_words_to_the_paper() {
    let mut chart = trend();
    chart.breaks = vec![Break { order: 2022, reason: "each plan is reported singly".into() }];
    chart.context.notes = vec!["A note of the chart".into()];
    chart.series[0].figures[1] = Figure::missing("x", "not available");
    let chart = Chart::from(chart);
    for size in [Size::Paper, Size::Pair, Size::Page, Size::Phone] {
        let drawn = words(&chart, size);
        let picture = render_as(&chart, size, &Palette::default(), Formats::Svg).expect("drawn");
        assert_eq!(picture.subtitle, "EHC plans issued within 20 weeks (%), 2020\u{a0}to\u{a0}2024");
        assert_eq!(
            picture.notes[..2],
            [
                "New way of counting from 2022: each plan is reported singly.",
                "No figure for Birmingham for 2021 (not available)."
            ]
        );
        assert!(picture.notes.contains(&"A note of the chart.".to_owned()), "{:?}", picture.notes);
        assert!(picture.key.is_empty(), "lines are named at their ends: {:?}", picture.key);
        let drawn = drawn.join(" ");
        assert!(drawn.contains("New way of counting") && drawn.contains("Neighbours 42.1%"), "{drawn}");
        for absent in [picture.title.as_str(), "Source", "[", "A note", "Percent"] {
            assert!(!drawn.contains(absent), "{size:?} has `{absent}`: {drawn}");
        }
        assert!(picture.svg.contains(&format!("width=\"{:.1}mm\"", size.millimetres())), "{size:?}");
    }
    let column = words(&chart, Size::Column).join(" ");
    assert!(column.contains("Source: ") && column.contains("[b]") && column.contains("[x] not available"), "{column}");
}

#[test]
fn nothing_in_or_beside_a_picture_for_a_paper_is_a_symbol_in_brackets() {
    for (name, chart) in gallery::charts().filter(|(name, _)| !name.starts_with("spine") && !name.starts_with("score"))
    {
        let picture = render_as(&chart, Size::Paper, &Palette::default(), Formats::Svg).expect(&name);
        let beside = picture.notes.iter().chain([&picture.subtitle]);
        let all: Vec<String> = words(&chart, Size::Paper).into_iter().chain(beside.cloned()).collect();
        for text in all {
            assert!(!text.contains("[x]") && !text.contains("[z]") && !text.contains("[c]"), "{name}: {text}");
        }
    }
}

#[test]
fn a_break_is_never_crossed_by_a_line() {
    let mut chart = trend();
    chart.breaks = vec![Break { order: 2022, reason: "counted anew".into() }];
    let scene = compose(&chart.into(), Size::Pair, &Palette::default()).expect("drawn");
    let upright = |mark: &&Mark| matches!(mark, Mark::Path { points, dash, .. } if points.len() == 2 && points[0].0 == points[1].0 && !dash.is_empty());
    let Some(Mark::Path { points, .. }) = scene.marks.iter().find(upright) else { panic!("no break") };
    let at = points[0].0;
    for mark in &scene.marks {
        if let Mark::Path { points, width, .. } = mark {
            let sides = points.iter().map(|point| point.0);
            let (left, right) = (sides.clone().min().unwrap_or(0), sides.max().unwrap_or(0));
            assert!(*width < 4 || right < at || left > at || left == right, "a line from {left} to {right} over {at}");
        }
    }
}

#[test]
fn an_axis_that_leaves_zero_out_says_so_beneath_a_picture_for_a_paper() {
    let mut chart = trend();
    for figure in chart.series.iter_mut().flat_map(|series| &mut series.figures) {
        figure.value = figure.value.map(|value| 80.0 + value / 10.0);
    }
    let texts = words(&chart.into(), Size::Pair);
    assert!(texts.contains(&"Axis does not start at zero".to_owned()), "{texts:?}");
}

#[test]
fn a_slide_is_sixteen_to_nine_whatever_it_holds() {
    for (name, chart) in gallery::charts() {
        let scene = compose(&chart, Size::Slide, &Palette::default()).expect(&name);
        assert_eq!((scene.width, scene.height), (1920, 1080), "{name}");
    }
}

#[test]
fn what_a_small_picture_has_no_room_for_goes_into_its_alternative_text() {
    let mut chart = trend();
    chart.context.notes = vec!["A long note that has no room beneath a picture of half a column ".repeat(3)];
    chart.context.source =
        "Department for Education, a publication with a long name, 2024, release of June (a file of it.csv)".into();
    let chart = Chart::from(chart);
    let half = render_as(&chart, Size::Half, &Palette::default(), Formats::Svg).expect("drawn");
    let drawn = words(&chart, Size::Half).join(" ");
    assert!(!drawn.contains("A long note") && drawn.contains("Source: Department for Education."), "{drawn}");
    assert!(half.alt.contains("release of June"), "{}", half.alt);
    assert!(half.alt.contains("A long note") && half.notes.iter().any(|note| note.contains("A long note")));
    assert!(!chart.alt().contains("A long note"));
}

fn ordered(polarity: Polarity) -> Chart {
    let mut context = super::samples::context();
    context.measure.polarity = polarity;
    let place = |name: &str, role, value| Place::new(name, role, Figure::of(value));
    let places = vec![
        place("Birmingham", Role::Subject, 12.0),
        place("Derby", Role::Neighbour, 3.0),
        place("Rutland", Role::Other, 40.0),
    ];
    let period = abreast::chart::data::Period::year(2024);
    OrderedChart { context, period, places, england: Some(Figure::of(20.0)) }.into()
}

#[test]
fn bars_run_from_the_best_to_the_worst_where_there_is_a_best() {
    let names = |polarity| {
        let data = ordered(polarity).data();
        data.into_iter().map(|one| one.area).take(3).collect::<Vec<_>>()
    };
    assert_eq!(names(Polarity::Low), ["Derby", "Birmingham", "Rutland"]);
    assert_eq!(names(Polarity::High), ["Rutland", "Birmingham", "Derby"]);
    assert_eq!(names(Polarity::None), ["Rutland", "Birmingham", "Derby"]);
    let said = |polarity| words(&ordered(polarity), Size::Column).join(" ");
    assert!(said(Polarity::Low).contains("best first") && said(Polarity::None).contains("highest first"));
    let picture = render_as(&ordered(Polarity::Low), Size::Pair, &Palette::default(), Formats::Svg).expect("drawn");
    let patch = |name: &str| picture.key.iter().find(|key| key.name == name).map(|key| key.sign);
    assert_eq!(patch("Statistical neighbours"), Some(Sign::Patch(Palette::default().neighbours)));
}

#[test]
fn the_name_of_england_stands_on_no_bar() {
    for polarity in [Polarity::Low, Polarity::High] {
        let scene = compose(&ordered(polarity), Size::Pair, &Palette::default()).expect("drawn");
        let england = scene.text_boxes().into_iter().find(|text| text.text.starts_with("England")).expect("named");
        for mark in &scene.marks {
            if let Mark::Rect { from, to, fill } = mark {
                let covered = *fill != WHITE && from.0 < england.sides[2] && england.sides[0] < to.0;
                assert!(!covered || to.1 - from.1 < 8, "a bar lies under England's name");
            }
        }
    }
}
