//! Which two columns a published rate is made of, found by dividing: so that it has counts beside it.

use super::profile::is_number;
use crate::grid::TextTable;
use crate::intake::common::texts;

/// A cell's number with its decimals, if it holds one.
type Figure = Option<(f64, i32)>;

/// How many rows are divided at most.
const ROWS: usize = 400;

/// The numerator and denominator of the column `rate` among `counts`, times `multiplier`; none where no two give it in
/// nearly every row.
pub fn quotient(table: &TextTable, rate: &str, counts: &[&str], multiplier: f64) -> Option<(String, String)> {
    let numbers = |name: &str| -> Option<Vec<Figure>> {
        let cells = texts(table, table.position(name)?);
        let step = (cells.len() / ROWS).max(1);
        Some(cells.into_iter().step_by(step).map(number).collect())
    };
    let published = numbers(rate)?;
    let columns: Vec<(&str, Vec<Figure>)> = counts.iter().filter_map(|name| Some((*name, numbers(name)?))).collect();
    let mut best: Option<(usize, &str, &str)> = None;
    for (denominator, below) in &columns {
        for (numerator, above) in columns.iter().filter(|(name, _)| name != denominator) {
            let Some(agree) = agreeing(&published, above, below, multiplier) else { continue };
            if best.is_none_or(|(most, ..)| agree > most) {
                best = Some((agree, numerator, denominator));
            }
        }
    }
    best.map(|(_, numerator, denominator)| (numerator.to_owned(), denominator.to_owned()))
}

/// In how many rows the quotient is the published rate; none where that is not nearly all of ten or more.
fn agreeing(published: &[Figure], above: &[Figure], below: &[Figure], multiplier: f64) -> Option<usize> {
    let (mut agree, mut all) = (0, 0);
    for ((rate, above), below) in published.iter().zip(above).zip(below) {
        let (Some((rate, places)), Some((above, _)), Some((below, _))) = (rate, above, below) else { continue };
        if *below == 0.0 || *above == 0.0 {
            continue;
        }
        all += 1;
        let gap = (above / below * multiplier - rate).abs();
        agree += usize::from(gap <= 0.51 * 10f64.powi(-places) + 1e-6);
        if all >= 20 && agree * 10 < all * 8 {
            return None;
        }
    }
    (all >= 10 && agree * 100 >= all * 95).then_some(agree)
}

/// A cell's number with its decimals.
fn number(text: &str) -> Figure {
    let plain = text.trim().trim_end_matches('%').replace(',', "");
    if !is_number(&plain) {
        return None;
    }
    let places = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(6));
    Some((plain.parse().ok()?, i32::try_from(places).ok()?))
}
