//! Charts of a council's own months, of small panels, of groups and of grades: what they say and how they are made.

use abreast::chart::control::{ControlChart, Usual};
use abreast::chart::data::{Figure, Measure, Period, Place, Polarity, Role, Unit};
use abreast::chart::groups::{Group, GroupsChart, Of};
use abreast::chart::heat::{Column, HeatChart};
use abreast::chart::multiples::{MultiplesChart, Panel};
use abreast::chart::ordered::OrderedChart;
use abreast::chart::scatter::ScatterChart;
use abreast::chart::theme::{Palette, Size};
use abreast::chart::{Chart, Formats, compose, render_as};
use abreast::reading::Month;
use abreast::statistics::control_chart::XmrLimits;

use super::samples::{Tests, context, only, reading, trend};

fn words(chart: &Chart, size: Size) -> String {
    let scene = compose(chart, size, &Palette::default()).expect("drawn");
    scene.text_boxes().into_iter().map(|text| text.text).collect::<Vec<_>>().join("|")
}

/// Thirteen months of which the last seven fall.
fn months() -> ControlChart {
    let values = [88.0, 89.0, 87.0, 90.0, 88.0, 89.0, 87.0, 86.0, 84.0, 82.0, 80.0, 79.0, 77.0];
    let months: Vec<Period> = (0..13).map(|at| Period::new(at, &format!("Month {}", at + 1))).collect();
    let figures: Vec<Figure> = values.iter().map(|value| Figure::of(*value)).collect();
    let mut context = context();
    context.measure.places = 0;
    let latest = only(&figures[12], months[12].clone(), &Tests::default());
    let mut said = reading(&context, &latest, [None, None], &Tests::default());
    said.month = Some(Month::of(&values, Polarity::High));
    context.reading = Some(said);
    let limits = XmrLimits { mean: 85.0, lower: 80.0, upper: 90.0 };
    let usual = vec![Usual { from: 0, to: 12, limits }];
    ControlChart { context, months, figures, usual, unusual: vec![10, 11, 12], target: Some(85.5), breaks: Vec::new() }
}

#[test]
fn a_chart_of_months_says_what_the_latest_show() {
    let chart = Chart::from(months());
    let title = chart.title();
    assert!(title.contains(": 77%") && title.ends_with(", falling for seven months"), "{title}");
    let alt = chart.alt();
    for part in
        ["Control chart.", "13 months", "Average 85%, usual range 80% to 90%.", "Target 86%.", "Unusual: Month 11"]
    {
        assert!(alt.contains(part), "{part}: {alt}");
    }
    let drawn = words(&chart, Size::Pair);
    for part in ["Average 85%", "Target 86%", "77%", "Axis does not start at zero"] {
        assert!(drawn.contains(part), "{part}: {drawn}");
    }
    let csv = chart.csv();
    assert!(csv.contains("average and usual range") && csv.contains(",85,,,80,90,"), "{csv}");
}

#[test]
fn too_few_months_have_no_usual_range_and_say_so() {
    let mut short = months();
    short.usual.clear();
    short.unusual.clear();
    if let Some(said) = &mut short.context.reading {
        said.month = Some(Month::of(&[80.0; 8], Polarity::High));
    }
    let picture = render_as(&short.into(), Size::Pair, &Palette::default(), Formats::Svg).expect("drawn");
    let said = "Too few months to tell usual from unusual (8; 12 are needed).";
    assert!(picture.notes.iter().any(|note| note == said), "{:?}", picture.notes);
    assert!(picture.key.is_empty() && !picture.svg.contains(">Average"));
}

#[test]
fn small_charts_are_panels_of_their_own_that_share_a_scale_in_a_row() {
    let panel = |heading: &str, times: f64| {
        let mut trend = trend();
        for figure in trend.series.iter_mut().flat_map(|series| &mut series.figures) {
            figure.value = figure.value.map(|value| value * times);
        }
        Panel { heading: heading.into(), fragment: "No clear change in a year".into(), trend }
    };
    let panels = vec![panel("One", 1.0), panel("Two", 0.2), panel("Three", 0.1), panel("Four", 0.1)];
    let chart = Chart::from(MultiplesChart { context: context(), panels });
    let picture = render_as(&chart, Size::Paper, &Palette::default(), Formats::Svg).expect("drawn");
    assert_eq!(picture.svg.matches("<g class=\"panel\">").count(), 4);
    assert_eq!(picture.svg.matches("</g>").count(), 4);
    assert_eq!(picture.svg.matches("</svg>").count(), 1);
    assert!(picture.subtitle.contains("Row 1 up to 60%, row 2 up to 6%"), "{}", picture.subtitle);
    let first: Vec<&str> = picture.svg.split("<g class=\"panel\">").skip(1).collect();
    assert!(first[..3].iter().all(|panel| panel.contains(">60%<")) && !first[3].contains(">60%<"));
    let whole = |size| compose(&chart, size, &Palette::default()).expect("drawn").marks.len();
    assert!(whole(Size::Paper) > 0 && whole(Size::Pair) > 0);
}

#[test]
fn groups_stand_beside_england_with_the_word_of_their_verdict() {
    let group = |name: &str, own: f64, england: f64, said| Group {
        name: name.into(),
        own: Figure::of(own),
        england: Some(Figure::of(england)),
        reading: said,
    };
    let tests = super::samples::tests(super::samples::LOWER, None, None);
    let figure = Figure::of(20.0).counts(200.0, 1000.0);
    let said = reading(&context(), &only(&figure, Period::year(2024), &tests), [Some(40.0), None], &tests);
    let groups = vec![group("Autism", 20.0, 40.0, Some(said)), group("Speech", 30.0, 31.0, None)];
    let period = Period::year(2024);
    let chart = GroupsChart { context: context(), period, topic: "kind of need".into(), of: Of::Figures, groups };
    let drawn = words(&chart.clone().into(), Size::Pair);
    assert!(drawn.contains("20.0% worse") && drawn.contains("40.0%"), "{drawn}");
    let title = Chart::from(chart).title();
    assert!(title.contains("by kind of need") && title.contains("worse than England in 1 of 1 groups"), "{title}");
}

/// The ages of those with a plan: 3 to 12 of equal shares here, the first four of which England has half of.
fn ages(hidden: Option<usize>) -> GroupsChart {
    let mut context = context();
    context.reading = None;
    context.measure = Measure::new("EHC plans by age", "EHC plans by age", Unit::Percent, 0, Polarity::None);
    let group = |at: usize| Group {
        name: format!("Aged {}", at + 3),
        own: if hidden == Some(at) { Figure::missing("c", "hidden") } else { Figure::of(10.0) },
        england: Some(Figure::of(if at < 4 { 12.5 } else { 50.0 / 6.0 })),
        reading: None,
    };
    let groups = (0..10).map(group).collect();
    GroupsChart { context, period: Period::year(2024), topic: "age".into(), of: Of::Shares, groups }
}

#[test]
fn single_years_of_age_stand_side_by_side_and_say_up_to_which_half_are() {
    let chart = Chart::from(ages(None));
    assert_eq!(chart.title(), "EHC plans by age: half are 7 or younger, in England 6 or younger");
    let scene = compose(&chart, Size::Paper, &Palette::default()).expect("drawn");
    let names: Vec<_> = scene.text_boxes().into_iter().filter(|text| text.text.parse::<u8>().is_ok()).collect();
    assert_eq!(
        names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(),
        ["3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
    );
    assert!(names.iter().all(|name| name.sides[3] == names[0].sides[3]), "on one line");
    assert!(names.windows(2).all(|pair| !pair[0].overlaps(&pair[1])));
    // What is hidden at the end of the ages cannot move the middle; at their beginning it is counted there.
    assert!(Chart::from(ages(Some(9))).title().contains("half are 7 or younger"));
    assert!(Chart::from(ages(Some(0))).title().contains("half are 7 or younger"));
}

#[test]
fn ages_whose_middle_hangs_on_what_is_hidden_do_not_say_it() {
    let mut chart = ages(Some(0));
    chart.groups[9].own = Figure::missing("c", "hidden");
    let title = Chart::from(chart).title();
    assert!(!title.contains("half") && title.contains("largest share"), "{title}");
}

#[test]
fn a_grade_is_a_word_and_never_a_height() {
    let mut context = context();
    context.measure = Measure::new("Overall effectiveness", "overall effectiveness", Unit::Grade, 0, Polarity::Low);
    let grades = ["outstanding", "good", "requires improvement", "inadequate"];
    context.measure.grades = (1..).map(f64::from).zip(grades.map(str::to_owned)).collect();
    let place = |name: &str, role, grade| Place::new(name, role, Figure::of(grade));
    let mut places = vec![place("Birmingham", Role::Subject, 2.0)];
    places.extend((0..20).map(|at| place(&format!("Place {at}"), Role::Other, f64::from(at % 4 + 1))));
    let period = Period::year(2024);
    let chart = Chart::from(OrderedChart { context: context.clone(), period, places, england: None });
    let drawn = words(&chart, Size::Paper);
    for part in
        ["Outstanding|", "Good|", "Requires improvement|", "Inadequate|", "6 authorities,|Birmingham among them"]
    {
        assert!(drawn.contains(part), "{part}: {drawn}");
    }
    let mut years = trend();
    years.context.measure = context.measure;
    for figure in years.series.iter_mut().flat_map(|series| &mut series.figures) {
        figure.value = Some(2.0);
    }
    let drawn = words(&years.into(), Size::Paper);
    assert!(
        drawn.contains("Outstanding") && drawn.contains("Inadequate") && drawn.contains("Birmingham|good"),
        "{drawn}"
    );
}

#[test]
fn two_measures_are_set_against_each_other_and_nothing_is_claimed() {
    let across = Measure::new("Plans per 10,000 people", "plans per 10,000", Unit::RatePer10000, 0, Polarity::None);
    let place = |name: &str, role, value| Place::new(name, role, Figure::of(value));
    let places = vec![
        place("Birmingham", Role::Subject, 26.7),
        place("Derby", Role::Neighbour, 40.0),
        place("Rutland", Role::Other, 96.0),
    ];
    let feet = vec![Figure::of(355.0), Figure::of(390.0), Figure::missing("x", "not available")];
    let chart = ScatterChart { context: context(), across, period: Period::year(2024), places, feet };
    let chart = Chart::from(chart);
    assert!(chart.title().ends_with("26.7% and 355"), "{}", chart.title());
    let picture = render_as(&chart, Size::Pair, &Palette::default(), Formats::Svg).expect("drawn");
    assert!(picture.notes.contains(&"Not drawn: 1 authority without one of the two figures.".to_owned()));
    assert!(chart.csv().contains("along the foot") && chart.csv().contains(",x,not available"));
    for word in ["correlat", "because", "driven"] {
        assert!(!chart.alt().contains(word) && !chart.title().contains(word));
    }
    in_place(&chart);
}

#[test]
fn a_map_of_quarters_says_the_quarter_in_every_cell() {
    let column = |quarter| Column {
        measure: super::samples::measure(),
        period: "2024".into(),
        cells: vec![(Figure::of(26.7), Some(quarter)), (Figure::missing("x", "not available"), None)],
    };
    let places = vec![("Birmingham".to_owned(), Role::Subject), ("Derby".to_owned(), Role::Neighbour)];
    let chart = Chart::from(HeatChart { context: context(), places, columns: vec![column(4), column(1), column(4)] });
    assert_eq!(chart.title(), "Birmingham: two of three measures in the worst quarter, one in the best");
    let drawn = words(&chart, Size::Paper);
    assert!(drawn.contains("26.7% (4)") && drawn.contains("26.7% (1)") && drawn.contains("none"), "{drawn}");
    in_place(&chart);
}

/// Every word is inside the picture and none covers another, whatever the size.
fn in_place(chart: &Chart) {
    for size in Size::ALL {
        let scene = compose(chart, size, &Palette::default()).expect("drawn");
        let boxes = scene.text_boxes();
        for (at, text) in boxes.iter().enumerate() {
            let [left, top, right, bottom] = text.sides;
            let inside = left >= 0 && top >= 0 && right <= scene.width && bottom <= scene.height;
            assert!(inside, "{size:?}: `{}` leaves the picture", text.text);
            assert!(!boxes[at + 1..].iter().any(|other| other.overlaps(text)), "{size:?}: `{}` is covered", text.text);
        }
    }
}
