//! What a reader works out from printed figures and the sums that they form.
//!
//! In: what is known of each figure, and which add up to which. Out: the figures whose count is thereby certain. Two ways
//! are taken in turn until neither finds more: bounds (a part is no more than its whole leaves it), and elimination (what
//! the equations alone determine, in exact arithmetic modulo a prime).

use std::collections::BTreeMap;

use super::sum::Sum;

/// What is known of a figure beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is printed.
    Is(i64),
    /// It is not, but cannot be less.
    AtLeast(i64),
}

/// Beyond any count, and far enough from the end of the numbers that sums of it stay numbers.
const FAR: i64 = 1 << 40;
/// A prime that products of two residues of fit beside in 128 bits: 2^61 - 1.
const PRIME: u64 = (1 << 61) - 1;

/// The places of the figures that were not known and are certain.
pub fn given_away(known: &[Known], sums: &[Sum]) -> Vec<usize> {
    let mut bounds: Vec<(i64, i64)> = known
        .iter()
        .map(|known| match known {
            Known::Is(count) => (*count, *count),
            Known::AtLeast(least) => (*least, FAR),
        })
        .collect();
    loop {
        narrow(&mut bounds, sums);
        let solved = eliminate(&bounds, sums);
        if solved.is_empty() {
            break;
        }
        for (place, count) in solved {
            bounds[place] = (count, count);
        }
    }
    let certain = |place: &usize| matches!(known[*place], Known::AtLeast(_)) && bounds[*place].0 == bounds[*place].1;
    (0..known.len()).filter(certain).collect()
}

/// Sum by sum: a whole is no more than its parts can be, a part no more than the whole leaves it; until nothing moves.
fn narrow(bounds: &mut [(i64, i64)], sums: &[Sum]) {
    let mut moved = true;
    while moved {
        moved = false;
        for sum in sums {
            let least: i64 = sum.parts.iter().map(|&part| bounds[part].0).sum();
            let most: i64 = sum.parts.iter().map(|&part| bounds[part].1).sum();
            moved |= squeeze(&mut bounds[sum.whole], least, most);
            let whole = bounds[sum.whole];
            for &part in &sum.parts {
                let (low, high) = bounds[part];
                moved |= squeeze(&mut bounds[part], whole.0 - (most - high), whole.1 - (least - low));
            }
        }
    }
}

/// Narrows bounds; answers whether that changed them. Figures that contradict each other are left as they are.
fn squeeze(bounds: &mut (i64, i64), least: i64, most: i64) -> bool {
    let narrower = (bounds.0.max(least), bounds.1.min(most));
    let better = narrower != *bounds && narrower.0 <= narrower.1;
    if better {
        *bounds = narrower;
    }
    better
}

/// A sum of unknown figures times their factors, modulo the prime.
type Row = BTreeMap<usize, u64>;

/// The unknown figures that the sums alone determine, with their counts.
fn eliminate(bounds: &[(i64, i64)], sums: &[Sum]) -> Vec<(usize, i64)> {
    let mut solved: BTreeMap<usize, (Row, u64)> = BTreeMap::new();
    for sum in useful(bounds, sums) {
        let (mut row, mut total) = equation(bounds, sum);
        let pivots: Vec<usize> = row.keys().copied().filter(|place| solved.contains_key(place)).collect();
        for pivot in pivots {
            if let (Some(factor), Some((other, of))) = (row.get(&pivot).copied(), solved.get(&pivot)) {
                total = subtract(&mut row, total, other, *of, factor);
            }
        }
        let Some((&pivot, &first)) = row.iter().next() else { continue };
        let inverse = power(first, PRIME - 2);
        row.values_mut().for_each(|factor| *factor = times(*factor, inverse));
        total = times(total, inverse);
        for (other, of) in solved.values_mut() {
            if let Some(factor) = other.get(&pivot).copied() {
                *of = subtract(other, *of, &row, total, factor);
            }
        }
        solved.insert(pivot, (row, total));
    }
    let alone = solved.into_iter().filter(|(_, (row, _))| row.len() == 1);
    alone
        .filter_map(|(place, (_, total))| Some((place, i64::try_from(total).ok().filter(|count| *count < FAR)?)))
        .collect()
}

/// The sums that can say something: an unknown figure that stands in no other sum takes its sum out of the reckoning.
fn useful<'s>(bounds: &[(i64, i64)], sums: &'s [Sum]) -> Vec<&'s Sum> {
    let unknown = |place: &usize| bounds[*place].0 != bounds[*place].1;
    let mut left: Vec<&Sum> = sums.iter().filter(|sum| sum.all().any(|place| unknown(&place))).collect();
    loop {
        let mut met: BTreeMap<usize, usize> = BTreeMap::new();
        for place in left.iter().flat_map(|sum| sum.all()).filter(unknown) {
            *met.entry(place).or_default() += 1;
        }
        let before = left.len();
        left.retain(|sum| {
            let open: Vec<usize> = sum.all().filter(unknown).collect();
            open.len() == 1 || open.iter().all(|place| met[place] > 1)
        });
        if left.len() == before {
            return left;
        }
    }
}

/// Whole less parts is 0: the unknown figures with their factors, and what the known ones leave.
fn equation(bounds: &[(i64, i64)], sum: &Sum) -> (Row, u64) {
    let (mut row, mut total) = (Row::new(), 0);
    let signed = std::iter::once((sum.whole, 1)).chain(sum.parts.iter().map(|&part| (part, PRIME - 1)));
    for (place, sign) in signed {
        let (low, high) = bounds[place];
        if low == high {
            total = (total + times(PRIME - sign, low.rem_euclid(PRIME as i64) as u64)) % PRIME;
        } else {
            let factor = row.entry(place).or_insert(0);
            *factor = (*factor + sign) % PRIME;
        }
    }
    row.retain(|_, factor| *factor != 0);
    (row, total)
}

/// Takes `factor` times another row away; answers the new total.
fn subtract(row: &mut Row, total: u64, other: &Row, of: u64, factor: u64) -> u64 {
    for (&place, &amount) in other {
        let left = (row.get(&place).copied().unwrap_or(0) + PRIME - times(factor, amount)) % PRIME;
        if left == 0 {
            row.remove(&place);
        } else {
            row.insert(place, left);
        }
    }
    (total + PRIME - times(factor, of)) % PRIME
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut found = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            found = times(found, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(whole: usize, parts: &[usize]) -> Sum {
        Sum { whole, parts: parts.to_vec() }
    }

    #[test]
    fn a_total_less_the_rest_gives_the_hidden_part() {
        let known = [Known::Is(20), Known::Is(17), Known::AtLeast(1)];
        assert_eq!(given_away(&known, &[sum(0, &[1, 2])]), [2]);
        let two = [Known::Is(20), Known::Is(12), Known::AtLeast(1), Known::AtLeast(1)];
        assert!(given_away(&two, &[sum(0, &[1, 2, 3])]).is_empty());
    }

    #[test]
    fn bounds_alone_give_two_ones() {
        // 14 = 12 + two hidden ones of at least 1 each.
        let known = [Known::Is(14), Known::Is(12), Known::AtLeast(1), Known::AtLeast(1)];
        assert_eq!(given_away(&known, &[sum(0, &[1, 2, 3])]), [2, 3]);
    }

    #[test]
    fn equations_give_what_no_single_sum_gives() {
        // a + b = 30, b + c = 32, a + c = 22: a is 10, b is 20, c is 12, though each sum has two unknowns.
        let known =
            [Known::Is(30), Known::Is(32), Known::Is(22), Known::AtLeast(0), Known::AtLeast(0), Known::AtLeast(0)];
        let sums = [sum(0, &[3, 4]), sum(1, &[4, 5]), sum(2, &[3, 5])];
        assert_eq!(given_away(&known, &sums), [3, 4, 5]);
    }

    #[test]
    fn a_figure_below_nothing_is_no_panic() {
        let known = [Known::Is(3), Known::Is(5), Known::AtLeast(0)];
        assert!(given_away(&known, &[sum(0, &[1, 2])]).len() <= 1);
    }
}
