//! Figures that add up to one another, and which of them have to be hidden so that none gives a small one back.
//!
//! In: whole counts, which of them are printed, and every sum that a reader can form of them. Out: which are hidden.
//! Why: a hidden 3 is no secret where a total, another table or last month's print gives it back. Small counts are hidden
//! first; then the cheapest others, until the attack of `attack` finds no small count any more, printed or left over
//! between two printed ones. A printed 0 stays: it is a true 0. Deterministic.

use super::sum::Sum;

use super::SmallNumbers;
use super::attack::{Known, given_away};

/// How a figure stands before its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is to be printed, and may be hidden.
    Printed,
    /// It has been printed before and cannot be taken back.
    Public,
    /// Nobody prints it, but subtraction could give it.
    Implied,
}

/// A count among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The count.
    pub count: i64,
    /// Who sees it.
    pub standing: Standing,
    /// Whether it is a total, which is hidden last.
    pub total: bool,
}

/// Which of `figures` are hidden, in their order, so that the sums give back none that `small` hides.
pub fn protect_linked(figures: &[Linked], sums: &[Sum], small: SmallNumbers) -> Vec<bool> {
    let is_small = |place: usize| figures[place].count > 0 && small.hides(figures[place].count.unsigned_abs());
    let mut hidden: Vec<bool> =
        (0..figures.len()).map(|place| figures[place].standing == Standing::Printed && is_small(place)).collect();
    let mut reach = Reach::of(figures, sums);
    let leaks = |hidden: &[bool]| -> Vec<usize> {
        given_away(&known(figures, hidden), sums).into_iter().filter(|place| is_small(*place)).collect()
    };
    let primary = hidden.clone();
    loop {
        let given = leaks(&hidden);
        let mut moved = false;
        for leak in given {
            if let Some(place) = reach.cheapest(leak, &hidden) {
                hidden[place] = true;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    show_again(figures, &primary, &mut hidden, |hidden| leaks(hidden).is_empty());
    hidden
}

/// So many figures are tried at most, and fewer of a large network: each try is an attack on all of it.
const TRIED: usize = 300;
/// So many figures may be looked at over all tries.
const LOOKED_AT: usize = 2_000_000;

/// Shows what need not be hidden after all, the totals and the largest first.
fn show_again(figures: &[Linked], primary: &[bool], hidden: &mut [bool], safe: impl Fn(&[bool]) -> bool) {
    let mut others: Vec<usize> = (0..figures.len()).filter(|&place| hidden[place] && !primary[place]).collect();
    others.sort_by_key(|&place| std::cmp::Reverse((figures[place].total, figures[place].count, place)));
    for place in others.into_iter().take(TRIED.min(LOOKED_AT / figures.len().max(1))) {
        hidden[place] = false;
        hidden[place] = !safe(hidden);
    }
}

/// What a reader knows of each figure before adding and subtracting.
fn known(figures: &[Linked], hidden: &[bool]) -> Vec<Known> {
    let of = |(figure, hidden): (&Linked, &bool)| match figure.standing {
        Standing::Implied => Known::AtLeast(0),
        // A 0 would have been printed.
        Standing::Printed if *hidden => Known::AtLeast(1),
        Standing::Printed | Standing::Public => Known::Is(figure.count),
    };
    figures.iter().zip(hidden).map(of).collect()
}

/// What stands how far from a figure: in its sums, in those of their figures, and so on outwards.
struct Reach<'s> {
    sums: &'s [Sum],
    /// By figure, the sums that it stands in.
    touching: Vec<Vec<usize>>,
    /// By sum, the figures that may be hidden, the cheapest first, and how many of them are hidden by now: as more and
    /// more are, the first that is left is found without looking at the others again.
    order: Vec<(Vec<usize>, usize)>,
    cost: Vec<(bool, i64, usize)>,
    /// Sums from which nothing that may be hidden can be reached any more.
    spent: Vec<bool>,
}

impl<'s> Reach<'s> {
    fn of(figures: &[Linked], sums: &'s [Sum]) -> Reach<'s> {
        let mut touching: Vec<Vec<usize>> = vec![Vec::new(); figures.len()];
        for (number, sum) in sums.iter().enumerate() {
            for place in sum.all() {
                touching[place].push(number);
            }
        }
        let cost: Vec<(bool, i64, usize)> =
            figures.iter().enumerate().map(|(place, figure)| (figure.total, figure.count, place)).collect();
        let may = |place: &usize| figures[*place].standing == Standing::Printed && figures[*place].count > 0;
        let order = sums.iter().map(|sum| {
            let mut places: Vec<usize> = sum.all().filter(may).collect();
            places.sort_by_key(|&place| cost[place]);
            (places, 0)
        });
        Reach { sums, touching, order: order.collect(), spent: vec![false; sums.len()], cost }
    }

    /// The cheapest figure of a sum that is not hidden yet.
    fn first(&mut self, sum: usize, hidden: &[bool]) -> Option<usize> {
        let (places, done) = &mut self.order[sum];
        while places.get(*done).is_some_and(|&place| hidden[place]) {
            *done += 1;
        }
        places.get(*done).copied()
    }

    /// The cheapest figure that may yet be hidden in the sums of `leak`, or in those of its neighbours, and so on outwards.
    fn cheapest(&mut self, leak: usize, hidden: &[bool]) -> Option<usize> {
        let mut seen = vec![false; hidden.len()];
        let mut met = vec![false; self.sums.len()];
        let mut edge = vec![leak];
        seen[leak] = true;
        loop {
            let mut ring: Vec<usize> = Vec::new();
            for &sum in edge.iter().flat_map(|&place| &self.touching[place]) {
                if !self.spent[sum] && !std::mem::replace(&mut met[sum], true) {
                    ring.push(sum);
                }
            }
            if ring.is_empty() {
                // Everything that can be reached from here is hidden, whoever asks.
                self.spent.iter_mut().zip(met).for_each(|(spent, met)| *spent |= met);
                return None;
            }
            let found: Vec<usize> = ring.iter().filter_map(|&sum| self.first(sum, hidden)).collect();
            if let Some(cheapest) = found.into_iter().min_by_key(|&place| self.cost[place]) {
                return Some(cheapest);
            }
            let members = ring.iter().flat_map(|&sum| self.sums[sum].all());
            edge = members.filter(|&place| !std::mem::replace(&mut seen[place], true)).collect();
        }
    }
}
