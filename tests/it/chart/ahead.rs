//! Years so far beside what was planned for them and what may come, and what an average hides: words, fan, lines and dots.

use abreast::chart::Chart;
use abreast::chart::data::{Context, Figure, Measure, Period, Polarity, Role, Unit};
use abreast::chart::fan::FanChart;
use abreast::chart::scene::Mark;
use abreast::chart::spread::SpreadChart;
use abreast::chart::theme::{Palette, Size};
use abreast::chart::{Formats, compose, render_as};

/// A deficit of 2, 3 and 5 millions beside a plan of 4 for the last of them and 1 for the year after.
fn planned() -> FanChart {
    let measure = Measure::new("High needs deficit", "high needs deficit", Unit::Pounds, 0, Polarity::Low);
    let year = |order: i32| Period::new(order, &format!("March {}", 2021 + order));
    let sum = |value: f64| Some(Figure::of(value * 1_000_000.0));
    FanChart {
        context: Context::new("Exampleshire", measure, "The council"),
        periods: (0..4).map(year).collect(),
        figures: vec![sum(2.0), sum(3.0), sum(5.0), None],
        plan: vec![None, None, sum(4.0), sum(1.0)],
        ahead: Vec::new(),
        beside: Vec::new(),
        breaks: Vec::new(),
    }
}

/// The same deficit with what the next year may bring.
fn projected() -> FanChart {
    let ahead = Figure::of(6_000_000.0).interval(4_500_000.0, 7_500_000.0);
    FanChart { plan: Vec::new(), ahead: vec![None, None, None, Some(ahead)], ..planned() }
}

fn fans(chart: FanChart) -> usize {
    let scene = compose(&chart.into(), Size::Pair, &Palette::default()).expect("drawn");
    scene.marks.iter().filter(|mark| matches!(mark, Mark::Polygon { .. })).count()
}

#[test]
fn a_figure_stands_beside_the_planned_one_of_its_year() {
    let chart = Chart::from(planned());
    assert_eq!(chart.title(), "High needs deficit in Exampleshire: £5m in March 2023, £4m planned");
    let alt = chart.alt();
    for part in ["From £2m in March 2021 to £5m in March 2023.", "Planned: £4m in March 2023, £1m in March 2024."] {
        assert!(alt.contains(part), "{part}: {alt}");
    }
    let csv = chart.csv();
    assert_eq!((csv.matches(",planned,").count(), csv.matches(",projected,").count()), (2, 0), "{csv}");
    assert_eq!(fans(planned()), 0, "nothing is shaded where nothing is projected");
}

#[test]
fn who_stands_beside_is_in_the_key_and_in_the_figures() {
    let others = vec![Some(Figure::of(1_500_000.0)), Some(Figure::of(2_000_000.0)), None, None];
    let chart = FanChart { beside: vec![("England".to_owned(), Role::England, others)], ..projected() };
    let picture = render_as(&chart.clone().into(), Size::Pair, &Palette::default(), Formats::Svg).expect("drawn");
    assert_eq!(picture.key.iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), ["95% range", "England"]);
    assert_eq!(picture.csv.matches(",England,England,,").count(), 2, "{}", picture.csv);
}

#[test]
fn years_ahead_lie_in_a_fan_that_says_how_far_it_reaches() {
    let chart = Chart::from(projected());
    let title = chart.title();
    assert!(title.contains("about £6m in March 2024 if things go on as they have"), "{title}");
    let picture = render_as(&chart, Size::Pair, &Palette::default(), Formats::Svg).expect("drawn");
    assert!(picture.notes[0].contains("anything from £4.5m to £7.5m in March 2024"), "{:?}", picture.notes);
    assert_eq!(picture.key.len(), 1);
    assert_eq!(fans(projected()), 1);
    let words: Vec<String> = compose(&chart, Size::Pair, &Palette::default())
        .expect("drawn")
        .text_boxes()
        .into_iter()
        .map(|text| text.text)
        .collect();
    assert!(words.contains(&"About £6m".to_owned()) && words.contains(&"£5m".to_owned()), "{words:?}");
}

/// Scores of a group: mean 13.4, half at or below 12, highest 33; 36% at 17 or more.
fn spread() -> SpreadChart {
    let score = |noun: &str| Measure::new(noun, noun, Unit::Score, 1, Polarity::Low);
    let share = Measure::new("Share scoring 17 to 40", "share scoring 17 to 40", Unit::Percent, 0, Polarity::Low);
    SpreadChart {
        context: Context::new("Exampleshire", score("mean score"), "The council"),
        period: Period::year(2024),
        marks: vec![
            (score("mean score"), Figure::of(13.4)),
            (score("score of the middle child"), Figure::of(12.0)),
            (score("highest score"), Figure::of(33.0)),
        ],
        shares: vec![(share, Figure::of(36.0))],
    }
}

#[test]
fn behind_an_average_stand_the_spread_and_the_share_past_a_mark() {
    let chart = Chart::from(spread());
    assert_eq!(chart.title(), "Mean score in Exampleshire: 13.4; share scoring 17 to 40: 36%");
    assert!(chart.alt().contains("Highest score: 33.0. Share scoring 17 to 40: 36%."), "{}", chart.alt());
    let scene = compose(&chart, Size::Paper, &Palette::default()).expect("drawn");
    let own = Palette::default().subject;
    let dots: Vec<i32> = scene
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Marker { at, fill, .. } if *fill == own => Some(at.0),
            _ => None,
        })
        .collect();
    assert_eq!(dots.len(), 3);
    assert!(dots[1] < dots[0] && dots[0] < dots[2], "12 before 13.4 before 33: {dots:?}");
    let bars: Vec<i32> = scene
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Rect { from, to, .. } if to.1 - from.1 == 32 => Some(to.0 - from.0),
            _ => None,
        })
        .collect();
    assert_eq!(bars.len(), 2, "the whole and its part");
    assert!((f64::from(bars[1]) / f64::from(bars[0]) - 0.36).abs() < 0.01, "{bars:?}");
    let alone = SpreadChart { marks: spread().marks[..1].to_vec(), ..spread() };
    assert!(compose(&alone.into(), Size::Paper, &Palette::default()).is_err(), "one statistic is no spread");
}

#[test]
fn no_word_of_a_plan_touches_another_at_any_size() {
    for chart in [Chart::from(planned()), projected().into(), spread().into()] {
        for size in Size::ALL {
            let scene = compose(&chart, size, &Palette::default()).expect("drawn");
            let boxes = scene.text_boxes();
            for (at, text) in boxes.iter().enumerate() {
                assert!(text.sides[0] >= 0 && text.sides[2] <= scene.width, "{size:?}: {}", text.text);
                let over = boxes[at + 1..].iter().find(|other| other.overlaps(text));
                assert!(over.is_none(), "{size:?}: {} on {:?}", text.text, over);
            }
        }
    }
}
