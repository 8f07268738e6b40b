//! What must hold of any comparison: an authority without data moves nobody, names do not matter, nor does the order
//! of rows, intervals hold the estimate and a mirrored measure mirrors its bands.

use std::collections::BTreeMap;

use abreast::area::Register;
use abreast::comparator::Comparator;
use abreast::compare::{Comparison, Context, Depth, Subject};
use abreast::observations::{Codes, Frame, Words, dates, floats, truths};
use abreast::pipeline::Unit;
use abreast::statistics::Polarity;
use proptest::prelude::*;

/// Authorities that were open all the time.
const CODES: [&str; 12] = ["202", "203", "204", "205", "206", "207", "208", "330", "331", "383", "380", "352"];

/// One row: the authority, the year, numerator and denominator; none where it is missing.
type Row = (usize, usize, Option<(u32, u32)>);

fn words(name: &str, texts: &[String]) -> polars::prelude::Column {
    let mut words = Words::default();
    let codes: Vec<u32> = texts.iter().map(|text| words.code(text)).collect();
    let ordered = words.ordered();
    let ranks: Vec<u32> = codes.iter().map(|&code| ordered.ranks[code as usize]).collect();
    let mut column = Codes::with_capacity(ordered.words.len(), ranks.len());
    column.tile(&ranks, 1);
    column.column(name, &ordered.words).expect("a column")
}

fn frame(rows: &[Row], mirrored: bool) -> Frame {
    let text = |of: &dyn Fn(&Row) -> String| rows.iter().map(of).collect::<Vec<String>>();
    let number = |of: &dyn Fn(u32, u32) -> f64| {
        rows.iter().map(|row| row.2.map_or(f64::NAN, |(x, n)| of(if mirrored { n - x } else { x }, n))).collect()
    };
    Frame::new(vec![
        words("table", &text(&|_| "invented".to_owned())),
        words("level", &text(&|_| "authority".to_owned())),
        words("measure", &text(&|_| "share".to_owned())),
        words("la_code", &text(&|row| CODES[row.0].to_owned())),
        words("ons_code", &text(&|row| format!("E0{}", row.0))),
        words("area_name", &text(&|row| format!("Place {}", row.0))),
        words("period", &text(&|row| (2020 + row.1).to_string())),
        words("period_identifier", &text(&|_| "Calendar year".to_owned())),
        dates("period_end", rows.iter().map(|row| [18_627, 18_992][row.1]).collect()).expect("days"),
        words("breakdown_topic", &text(&|_| "Total".to_owned())),
        words("breakdown", &text(&|_| "Total".to_owned())),
        words("status", &text(&|row| if row.2.is_some() { "number" } else { "not_available" }.to_owned())),
        truths("latest", &vec![true; rows.len()]),
        floats("value", number(&|x, n| 100.0 * f64::from(x) / f64::from(n))),
        floats("numerator", number(&|x, _| f64::from(x))),
        floats("denominator", number(&|_, n| f64::from(n))),
    ])
    .expect("a frame")
}

/// The comparisons as text by authority, year and comparator; the names of areas are left out.
fn compared(
    register: &Register,
    frame: &Frame,
    polarity: Polarity,
) -> BTreeMap<(String, String, String), BTreeMap<String, String>> {
    let comparators = [Comparator::England, Comparator::Neighbours(2025), Comparator::Group("core-cities".to_owned())];
    let context = Context {
        register,
        measures: BTreeMap::from([("share".to_owned(), Subject { unit: Unit::Percent, polarity, minimum: 30.0 })]),
        stand_ins: BTreeMap::new(),
        breaks: &[],
        comparators: &comparators,
        depth: Depth::Full,
        rank_minimum: None,
        only: None,
    };
    let comparison = Comparison::of(frame, &context).expect("comparisons");
    let mut found = BTreeMap::new();
    for range in comparison.slices(100) {
        let rows = comparison.frame(range).expect("rows");
        for row in 0..rows.height() {
            let cell = |name: &&str| {
                let any = rows.polars().column(name).expect("a column").get(row).expect("a cell");
                ((*name).to_owned(), any.to_string())
            };
            let cells: BTreeMap<String, String> = abreast::comparisons::COLUMNS.iter().map(cell).collect();
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
