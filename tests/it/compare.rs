//! What must hold of any comparison: an authority without data moves nobody, names do not matter, nor does the order
//! of rows, intervals hold the estimate and a mirrored measure mirrors its bands.

use std::collections::BTreeMap;

use abreast::area::Register;
use abreast::comparator::Comparator;
use abreast::compare::{Comparison, Context, Depth, Subject};
use abreast::frame::{Declared, Frame};
use abreast::pipeline::Unit;
use abreast::schema::{COMPARISONS, column};
use abreast::statistics::Polarity;
use proptest::prelude::*;

use crate::harness::worded;

/// Authorities that were open all the time.
const CODES: [&str; 12] = ["202", "203", "204", "205", "206", "207", "208", "330", "331", "383", "380", "352"];

/// One row: the authority, the year, numerator and denominator; none where it is missing.
type Row = (usize, usize, Option<(u32, u32)>);

fn frame(rows: &[Row], mirrored: bool) -> Frame {
    frame_without(rows, mirrored, &[])
}

/// The same without the counts of the rows that `without` names; their figures stay.
fn frame_without(rows: &[Row], mirrored: bool, without: &[bool]) -> Frame {
    let counts = |counts: Vec<f64>| {
        let hidden = |row: usize| without.get(row).is_some_and(|&without| without);
        counts.into_iter().enumerate().map(|(row, count)| if hidden(row) { f64::NAN } else { count }).collect()
    };
    let text = |of: &dyn Fn(&Row) -> String| rows.iter().map(of).collect::<Vec<String>>();
    let number = |of: &dyn Fn(u32, u32) -> f64| {
        rows.iter().map(|row| row.2.map_or(f64::NAN, |(x, n)| of(if mirrored { n - x } else { x }, n))).collect()
    };
    Frame::new(vec![
        worded(column::Table, &text(&|_| "invented".to_owned())),
        worded(column::Level, &text(&|_| "authority".to_owned())),
        worded(column::Measure, &text(&|_| "share".to_owned())),
        worded(column::LaCode, &text(&|row| CODES[row.0].to_owned())),
        worded(column::OnsCode, &text(&|row| format!("E0{}", row.0))),
        worded(column::AreaName, &text(&|row| format!("Place {}", row.0))),
        worded(column::Period, &text(&|row| (2020 + row.1).to_string())),
        worded(column::PeriodIdentifier, &text(&|_| "Calendar year".to_owned())),
        column::PeriodEnd.holding(rows.iter().map(|row| [18_627, 18_992][row.1]).collect()).expect("days"),
        worded(column::PeriodLength, &text(&|_| "year".to_owned())),
        worded(column::BreakdownTopic, &text(&|_| "Total".to_owned())),
        worded(column::Breakdown, &text(&|_| "Total".to_owned())),
        worded(column::Status, &text(&|row| if row.2.is_some() { "number" } else { "not_available" }.to_owned())),
        column::Latest.holding(&vec![true; rows.len()]).expect("a column"),
        column::Value.holding(number(&|x, n| 100.0 * f64::from(x) / f64::from(n))).expect("a column"),
        column::Numerator.holding(counts(number(&|x, _| f64::from(x)))).expect("a column"),
        column::Denominator.holding(counts(number(&|_, n| f64::from(n)))).expect("a column"),
    ])
    .expect("a frame")
}

/// The comparisons as text by authority, year and comparator; the names of areas are left out.
fn compared(
    register: &Register,
    frame: &Frame,
    polarity: Polarity,
) -> BTreeMap<(String, String, String), BTreeMap<String, String>> {
    compared_as(register, frame, polarity, &Subject::default())
}

/// The same of a measure whose cases and smallest difference are those of `subject`.
fn compared_as(
    register: &Register,
    frame: &Frame,
    polarity: Polarity,
    subject: &Subject,
) -> BTreeMap<(String, String, String), BTreeMap<String, String>> {
    let comparators = [Comparator::England, Comparator::Neighbours(2025), Comparator::Group("core-cities".to_owned())];
    let context = Context {
        register,
        measures: BTreeMap::from([(
            "share".to_owned(),
            Subject { unit: Unit::Percent, polarity, minimum: 30.0, ..*subject },
        )]),
        stand_ins: BTreeMap::new(),
        breaks: &[],
        comparators: &comparators,
        depth: Depth::Full,
        rank_minimum: None,
        average: Default::default(),
        ranked: true,
        only: None,
    };
    let comparison = Comparison::of(frame, &context).expect("comparisons");
    let mut found = BTreeMap::new();
    for range in comparison.slices(100) {
        let rows = comparison.frame(range).expect("rows");
        for row in 0..rows.height() {
            let cell = |name: &str| {
                let any = rows.polars().column(name).expect("a column").get(row).expect("a cell");
                (name.to_owned(), any.to_string())
            };
            let cells: BTreeMap<String, String> = COMPARISONS.names().map(cell).collect();
            let key = ["la_code", "period", "comparator"].map(|name| cells[name].trim_matches('"').to_owned());
            found.insert(key.into(), cells);
        }
    }
    found
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let figure = prop::option::weighted(0.85, (1u32..400).prop_flat_map(|n| (0..=n, Just(n))));
    prop::collection::vec((figure.clone(), figure), 4..CODES.len()).prop_map(|figures| {
        let each = |(place, (a, b))| [(place, 0, a), (place, 1, b)];
        figures.into_iter().enumerate().flat_map(each).collect()
    })
}

fn register() -> Register {
    abreast::home::register().expect("the register").0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter(rows in any_rows(), seed in any::<u64>()) {
        let register = register();
        let mut shuffled = rows.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        let polarity = Polarity::High;
        prop_assert_eq!(compared(&register, &frame(&rows, false), polarity), compared(&register, &frame(&shuffled, false), polarity));
    }

    #[test]
    fn an_authority_without_data_moves_nobody(rows in any_rows()) {
        let register = register();
        let mut more = rows.clone();
        let place = CODES.len() - 1;
        more.retain(|row| row.0 != place);
        let before = compared(&register, &frame(&more, false), Polarity::Low);
        more.extend([(place, 0, None), (place, 1, None)]);
        let mut after = compared(&register, &frame(&more, false), Polarity::Low);
        after.retain(|key, _| key.0 != CODES[place]);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn relabelling_permutes(rows in any_rows(), by in 1..CODES.len()) {
        // England alone: who is whose neighbour depends on the name.
        let register = register();
        let turned: Vec<Row> = rows.iter().map(|row| ((row.0 + by) % CODES.len(), row.1, row.2)).collect();
        let (before, after) = [&rows, &turned].map(|rows| compared(&register, &frame(rows, false), Polarity::High)).into();
        for row in &rows {
            let key = |place: usize| (CODES[place].to_owned(), (2020 + row.1).to_string(), "england".to_owned());
            let (a, b) = (&before[&key(row.0)], &after[&key((row.0 + by) % CODES.len())]);
            for name in ["value", "rank", "out_of", "rank_lower", "rank_upper", "band", "band_certain", "lower", "upper", "change"] {
                prop_assert_eq!(&a[name], &b[name], "{}", name);
            }
        }
    }

    #[test]
    fn intervals_hold_the_estimate_and_the_rank(rows in any_rows()) {
        for cells in compared(&register(), &frame(&rows, false), Polarity::High).values() {
            if let (Ok(value), Ok(lower), Ok(upper)) = (cells["value"].parse::<f64>(), cells["lower"].parse::<f64>(), cells["upper"].parse::<f64>()) {
                prop_assert!(lower - 0.01 <= value && value <= upper + 0.01, "{cells:?}");
                let [rank, low, high] = ["rank", "rank_lower", "rank_upper"].map(|name| cells[name].parse::<u16>().unwrap_or_default());
                prop_assert!(low <= rank && rank <= high, "{cells:?}");
            }
        }
    }

    #[test]
    fn rank_range_and_number_ranked_come_from_one_set(rows in any_rows(), without in prop::collection::vec(any::<bool>(), CODES.len() * 2)) {
        // Some publish a figure without its counts: they are ranked, and chance is known of the others only.
        for cells in compared(&register(), &frame_without(&rows, false, &without), Polarity::Low).values() {
            let [rank, low, high, of] = ["rank", "rank_lower", "rank_upper", "out_of"].map(|name| cells[name].parse::<u16>().unwrap_or_default());
            if low > 0 {
                prop_assert!(low <= rank && rank <= high && high <= of, "{cells:?}");
            }
            if rank == 1 {
                prop_assert_eq!(cells["band"].trim_matches('"'), "A", "{:?}", cells);
            }
        }
    }

    #[test]
    fn a_mirrored_measure_mirrors_its_bands(rows in any_rows()) {
        let register = register();
        let (plain, mirrored) = (
            compared(&register, &frame(&rows, false), Polarity::High),
            compared(&register, &frame(&rows, true), Polarity::Low),
        );
        for year in ["2020", "2021"] {
            let mut values: Vec<f64> = plain
                .iter()
                .filter(|(key, _)| key.1 == year && key.2 == "england")
                .filter_map(|(_, cells)| cells["value"].parse().ok())
                .collect();
            values.sort_by(f64::total_cmp);
            for (key, cells) in plain.iter().filter(|(key, _)| key.1 == year) {
                let Ok(value) = cells["value"].parse::<f64>() else { continue };
                let on_a_bound = [0.25, 0.5, 0.75].iter().any(|share| {
                    let at = (values.len() - 1) as f64 * share;
                    let (below, above) = (values[at.floor() as usize], values[at.ceil() as usize]);
                    (below + (at - at.floor()) * (above - below) - value).abs() < 0.01
                });
                if !on_a_bound {
                    prop_assert_eq!(&cells["band"], &mirrored[key]["band"], "{:?}", key);
                }
            }
        }
    }
}

/// The cell of one authority's comparison with the mean of the other core cities in 2020.
fn cell(found: &BTreeMap<(String, String, String), BTreeMap<String, String>>, code: &str, name: &str) -> String {
    let key = (code.to_owned(), "2020".to_owned(), "core-cities".to_owned());
    found[&key][name].trim_matches('"').to_owned()
}

#[test]
fn where_all_have_one_figure_nobody_is_first() {
    let tied: Vec<Row> = (1..7u32).map(|place| (place as usize - 1, 0, Some((10 * place, 20 * place)))).collect();
    for polarity in [Polarity::High, Polarity::Low] {
        let found = compared(&register(), &frame(&tied, false), polarity);
        for code in &CODES[..6] {
            let standing = ["rank", "out_of", "band", "rank_lower"].map(|name| cell(&found, code, name));
            assert_eq!(standing, ["0", "0", "", "0"], "{code}");
        }
    }
    let mut apart = tied;
    apart[0].2 = Some((9, 20));
    let found = compared(&register(), &frame(&apart, false), Polarity::High);
    assert_eq!(["rank", "out_of", "band"].map(|name| cell(&found, CODES[1], name)), ["1", "6", "A"]);
    assert_eq!(cell(&found, CODES[0], "rank"), "6");
}

#[test]
fn cases_that_depend_on_each_other_have_no_interval_and_no_verdict() {
    let mut rows: Vec<Row> = (0..8u32).map(|place| (place as usize, 0, Some((4_000 + 300 * place, 10_000)))).collect();
    rows.extend([(8, 0, Some((3_000, 10_000))), (9, 0, Some((3_060, 10_000)))]);
    let plain = compared(&register(), &frame(&rows, false), Polarity::High);
    let subject = Subject { independent: false, ..Subject::default() };
    let dependent = compared_as(&register(), &frame(&rows, false), Polarity::High, &subject);
    let birmingham = CODES[7];
    assert_eq!(cell(&plain, birmingham, "comparator_value"), "30.6", "Leeds is the only other core city with a figure");
    assert_eq!(cell(&plain, birmingham, "beyond_chance"), "better");
    for name in ["lower", "upper"] {
        assert!(cell(&plain, birmingham, name).parse::<f64>().is_ok());
        assert_eq!(cell(&dependent, birmingham, name), "null", "{name}");
    }
    assert_eq!(["beyond_chance", "rank_lower", "trend"].map(|name| cell(&dependent, birmingham, name)), ["", "0", ""]);
    // The rank is a fact, and how unusual a place is the spread of the authorities tells.
    assert_eq!(cell(&dependent, birmingham, "rank"), "1");
    assert_eq!(cell(&dependent, birmingham, "unusual"), cell(&plain, birmingham, "unusual"));
}

#[test]
fn a_difference_too_small_to_matter_is_similar_however_certain() {
    // Of 1,000,000 each, 40.0% against 40.6% is certain: whether it matters is declared, or the spread decides.
    let rows: Vec<Row> = [(8, 400_000), (9, 406_000), (0, 300_000), (1, 500_000), (2, 600_000), (3, 350_000)]
        .into_iter()
        .map(|(place, x)| (place, 0, Some((x, 1_000_000))))
        .collect();
    let of = |subject: &Subject| {
        let found = compared_as(&register(), &frame(&rows, false), Polarity::High, subject);
        assert_eq!(cell(&found, CODES[8], "comparator_value"), "40.6");
        cell(&found, CODES[8], "beyond_chance")
    };
    assert_eq!(of(&Subject::default()), "similar");
    assert_eq!(of(&Subject { matters: Some(0.5), ..Subject::default() }), "worse");
    assert_eq!(of(&Subject { matters: Some(0.7), ..Subject::default() }), "similar");
}
