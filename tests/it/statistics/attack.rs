//! Suppression under attack: a reader with every published figure, and no other knowledge than the rule.

use abreast::statistics::suppression::{Linked, Published, SmallNumbers, Standing, Sum, dfe_rule, protect_linked};
use proptest::prelude::*;
use std::collections::HashMap;

const RULE: SmallNumbers = SmallNumbers { from: 1, to: 5, base: 1 };

/// A published table with its totals as last row and column; `None` is hidden.
type Grid = Vec<Vec<Option<u64>>>;

/// The table with its totals as it may be printed.
fn protected(counts: &[Vec<u64>]) -> Grid {
    let all = with_totals(counts);
    let (rows, columns) = (all.len(), all[0].len());
    let is_total = |r: usize, c: usize| r + 1 == rows || c + 1 == columns;
    let figures: Vec<Linked> = (0..rows * columns)
        .map(|at| (at / columns, at % columns))
        .map(|(r, c)| Linked { count: all[r][c] as i64, standing: Standing::Printed, total: is_total(r, c) })
        .collect();
    let across = (0..rows).map(|r| (0..columns).map(|c| r * columns + c).collect::<Vec<usize>>());
    let down = (0..columns).map(|c| (0..rows).map(|r| r * columns + c).collect::<Vec<usize>>());
    let sums: Vec<Sum> = across
        .chain(down)
        .filter_map(|line| line.split_last().map(|(whole, parts)| Sum { whole: *whole, parts: parts.to_vec() }))
        .collect();
    let hidden = protect_linked(&figures, &sums, RULE);
    let cell = |r: usize, c: usize| Some(all[r][c]).filter(|_| !hidden[r * columns + c]);
    (0..rows).map(|r| (0..columns).map(|c| cell(r, c)).collect()).collect()
}

fn with_totals(counts: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let mut all: Vec<Vec<u64>> = counts.iter().map(|r| r.iter().copied().chain([r.iter().sum()]).collect()).collect();
    all.push((0..all[0].len()).map(|c| all.iter().map(|r| r[c]).sum()).collect());
    all
}

/// The lines that balance: every row and every column, cells less total.
fn lines(grid: &Grid) -> Vec<Vec<(usize, usize)>> {
    let (rows, columns) = (grid.len(), grid[0].len());
    let across = (0..rows).map(|r| (0..columns).map(|c| (r, c)).collect());
    across.chain((0..columns).map(|c| (0..rows).map(|r| (r, c)).collect())).collect()
}

/// The attacker who adds and subtracts published figures in every combination: Gaussian elimination.
fn subtracted(grid: &Grid) -> Vec<(usize, usize)> {
    let all = (0..grid.len()).flat_map(|r| (0..grid[0].len()).map(move |c| (r, c)));
    let hidden: Vec<(usize, usize)> = all.filter(|(r, c)| grid[*r][*c].is_none()).collect();
    let column: HashMap<(usize, usize), usize> =
        hidden.iter().copied().enumerate().map(|(i, place)| (place, i)).collect();
    let equation = |line: Vec<(usize, usize)>| {
        let mut row = vec![0.0; hidden.len()];
        for (i, place) in line.iter().enumerate() {
            if let Some(k) = column.get(place) {
                row[*k] = if i + 1 == line.len() { -1.0 } else { 1.0 };
            }
        }
        row
    };
    let mut matrix: Vec<Vec<f64>> = lines(grid).into_iter().map(equation).collect();
    reduce(&mut matrix, hidden.len());
    let alone = |row: &Vec<f64>| row.iter().filter(|v| v.abs() > 1e-9).count() == 1;
    let place = |row: &Vec<f64>| hidden[row.iter().position(|v| v.abs() > 1e-9).unwrap_or(0)];
    matrix.iter().filter(|row| alone(row)).map(place).collect()
}

/// Reduced row echelon form.
fn reduce(matrix: &mut [Vec<f64>], columns: usize) {
    let mut top = 0;
    for k in 0..columns {
        let Some(pivot) = (top..matrix.len()).find(|r| matrix[*r][k].abs() > 1e-9) else {
            continue;
        };
        matrix.swap(top, pivot);
        let lead: Vec<f64> = matrix[top].iter().map(|v| v / matrix[top][k]).collect();
        for (r, row) in matrix.iter_mut().enumerate() {
            let factor = row[k];
            if r != top && factor != 0.0 {
                row.iter_mut().zip(&lead).for_each(|(v, l)| *v -= factor * l);
            }
        }
        matrix[top] = lead;
        top += 1;
    }
}

/// The attacker who also knows that a hidden figure is at least 1: narrows bounds until nothing moves.
fn squeezed(grid: &Grid) -> Vec<(usize, usize)> {
    let far = 1_000_000_i64;
    let mut bounds: HashMap<(usize, usize), (i64, i64)> = HashMap::new();
    for (r, row) in grid.iter().enumerate() {
        for (c, figure) in row.iter().enumerate() {
            bounds.insert((r, c), figure.map_or((1, far), |f| (f as i64, f as i64)));
        }
    }
    for _ in 0..60 {
        for line in lines(grid) {
            for (i, place) in line.iter().enumerate() {
                // The figure is a signed sum of the others in its line.
                let sign = |j: usize| {
                    if (j + 1 == line.len()) == (i + 1 == line.len()) { -1 } else { 1 }
                };
                let sign = |j: usize| if i + 1 == line.len() { 1 } else { sign(j) };
                let others = || line.iter().enumerate().filter(|(j, _)| *j != i).map(|(j, p)| (sign(j), bounds[p]));
                let low: i64 = others().map(|(s, (lo, hi))| if s > 0 { lo } else { -hi }).sum();
                let high: i64 = others().map(|(s, (lo, hi))| if s > 0 { hi } else { -lo }).sum();
                let (lo, hi) = bounds[place];
                bounds.insert(*place, (lo.max(low), hi.min(high)));
            }
        }
    }
    let open = |place: &(usize, usize)| grid[place.0][place.1].is_none();
    bounds.into_iter().filter(|(place, (lo, hi))| open(place) && lo == hi).map(|(place, _)| place).collect()
}

fn attacked(grid: &Grid) -> Vec<(usize, usize)> {
    subtracted(grid).into_iter().chain(squeezed(grid)).collect()
}

/// Of figures that were worked out, those that no one may know.
fn small_ones(found: Vec<(usize, usize)>, truth: &[Vec<u64>]) -> Vec<(usize, usize)> {
    found.into_iter().filter(|(r, c)| RULE.hides(truth[*r][*c])).collect()
}

/// Every small figure is hidden, every zero shown, and what is shown is true.
fn published_honestly(grid: &Grid, truth: &[Vec<u64>]) -> bool {
    let honest = |shown: &Option<u64>, count: &u64| match shown {
        Some(shown) => shown == count && !RULE.hides(*count),
        None => *count > 0,
    };
    grid.iter().zip(truth).all(|(shown, counts)| shown.iter().zip(counts).all(|(s, c)| honest(s, c)))
}

#[test]
fn the_attackers_can_attack() {
    let truth = with_totals(&[vec![3, 40], vec![30, 20]]);
    let primary: Grid =
        truth.iter().map(|r| r.iter().map(|v| Some(*v).filter(|v| !RULE.hides(*v))).collect()).collect();
    assert_eq!(subtracted(&primary), [(0, 0)]);
    let ones: Grid = vec![vec![None, None, Some(2)], vec![None, None, Some(50)], vec![Some(20), Some(32), Some(52)]];
    assert!(subtracted(&ones).is_empty(), "not by subtraction alone");
    assert!(squeezed(&ones).contains(&(0, 0)), "two hidden figures that make 2 are 1 and 1");
}

#[test]
fn the_departments_rule_has_a_cap_that_lets_a_figure_through() {
    let published = dfe_rule(&[3, 20, 45, 60], RULE, 20);
    assert_eq!(published.iter().filter(|p| **p == Published::Hidden).count(), 1, "a total would give the 3 back");
    let ours = protected(&[vec![3, 20, 45, 60]]).remove(0);
    assert_eq!(ours, [None, None, Some(45), Some(60), Some(128)], "the smallest of the others goes with it");
}

#[test]
fn the_departments_rule_hides_the_next_smallest() {
    let hidden =
        |counts: &[u64]| dfe_rule(counts, RULE, 20).iter().map(|p| *p == Published::Hidden).collect::<Vec<_>>();
    assert_eq!(hidden(&[60, 3, 19, 12]), [false, true, false, true]);
    assert_eq!(hidden(&[3, 4, 12, 60]), [true, true, false, false]);
    assert_eq!(hidden(&[3, 0, 12]), [true, false, true], "a true zero stays");
    assert_eq!(hidden(&[6, 7]), [false, false]);
}

#[test]
fn what_is_printed_of_a_small_table() {
    // The 3 is small; 30 and 40 lie in its column and row, and 20 closes the square: 3 + 40 and 3 + 30 are printed.
    let expected: Grid = vec![
        vec![None, None, Some(0), Some(43)],
        vec![None, None, Some(10), Some(60)],
        vec![Some(33), Some(60), Some(10), Some(103)],
    ];
    assert_eq!(protected(&[vec![3, 40, 0], vec![30, 20, 10]]), expected);
}

#[test]
fn a_lone_small_figure_takes_its_total_with_it() {
    let alone = protected(&[vec![0, 0, 4]]);
    assert_eq!(alone[0], [Some(0), Some(0), None, None], "a total of 4 would be the 4");
    let ones = protected(&[vec![1, 1, 90]]);
    assert!(ones[0][..3].iter().all(Option::is_none) || ones[0][3].is_none(), "{ones:?}: two ones that make 2");
}

#[test]
fn what_was_printed_before_is_known_for_good() {
    // 60 of last month against 63 now: three children came. The 63 is not printed, and neither is what would give it.
    let linked = |count: i64, standing: Standing| Linked { count, standing, total: false };
    let figures = [
        linked(63, Standing::Printed),
        linked(60, Standing::Public),
        linked(3, Standing::Implied),
        linked(37, Standing::Printed),
        linked(100, Standing::Printed),
        linked(200, Standing::Printed),
        linked(100, Standing::Printed),
    ];
    let sum = |whole: usize, parts: &[usize]| Sum { whole, parts: parts.to_vec() };
    let sums = [sum(0, &[1, 2]), sum(4, &[0, 3]), sum(5, &[4, 6])];
    let hidden = protect_linked(&figures, &sums, RULE);
    assert!(hidden[0] && !hidden[1], "{hidden:?}");
    assert!(hidden[3] || hidden[4], "100 less 37 is 63: {hidden:?}");
    assert!(hidden.iter().filter(|hidden| !**hidden).count() >= 4, "no more is hidden than must be: {hidden:?}");
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0_u64), 4 => 1..6_u64, 5 => 6..60_u64, 2 => 60..900_u64]
}

fn table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (1..7_usize, 1..7_usize).prop_flat_map(|(r, c)| prop::collection::vec(prop::collection::vec(count(), c), r))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_small_figure_of_a_table_can_be_worked_out(counts in table()) {
        let (published, truth) = (protected(&counts), with_totals(&counts));
        prop_assert!(published_honestly(&published, &truth));
        prop_assert_eq!(small_ones(attacked(&published), &truth), vec![], "{:?}", published);
    }

    #[test]
    fn no_small_figure_of_a_list_can_be_worked_out(counts in prop::collection::vec(count(), 1..9)) {
        let published = protected(std::slice::from_ref(&counts)).remove(0);
        let hidden: Vec<usize> = (0..counts.len()).filter(|i| published[*i].is_none()).collect();
        prop_assert!(counts.iter().zip(&published).all(|(n, p)| !RULE.hides(*n) || p.is_none()));
        let total = published[counts.len()];
        let sum: u64 = hidden.iter().map(|i| counts[*i]).sum();
        let given_away = total.is_some()
            && (hidden.len() == 1 && RULE.hides(sum) || !hidden.is_empty() && sum == hidden.len() as u64);
        prop_assert!(!given_away, "{:?}", published);
    }

    #[test]
    fn order_of_rows_hides_as_safely(counts in table()) {
        let mut turned = counts.clone();
        turned.reverse();
        prop_assert_eq!(small_ones(attacked(&protected(&turned)), &with_totals(&turned)), vec![]);
    }

    #[test]
    fn every_small_figure_of_a_tiny_table_has_two_readings(counts in prop::collection::vec(prop::collection::vec(0..9_u64, 2), 2)) {
        let (published, truth) = (protected(&counts), with_totals(&counts));
        let mut readings: HashMap<(usize, usize), Vec<u64>> = HashMap::new();
        for code in 0..14_u64.pow(4) {
            let digit = |k: u32| code / 14_u64.pow(k) % 14;
            let guess = with_totals(&[vec![digit(0), digit(1)], vec![digit(2), digit(3)]]);
            let fits = |shown: &Option<u64>, v: &u64| shown.map_or(*v > 0, |s| s == *v);
            if published.iter().zip(&guess).all(|(p, g)| p.iter().zip(g).all(|(p, g)| fits(p, g))) {
                for (r, row) in guess.iter().enumerate() {
                    row.iter().enumerate().for_each(|(c, v)| readings.entry((r, c)).or_default().push(*v));
                }
            }
        }
        for (place, seen) in readings {
            let sure = seen.iter().all(|v| *v == seen[0]);
            let small = RULE.hides(truth[place.0][place.1]);
            prop_assert!(!small || !sure, "{:?} {:?}", place, published);
        }
    }
}
