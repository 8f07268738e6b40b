//! Where a figure stands among all authorities: a rank that lies inside the range that chance allows it, or why none.

use super::level::Level;
use super::measure::Measure;
use crate::statistics::Polarity;

/// A place within this many of an end is told as such.
const END: u32 = 10;

/// A rank as the statistics left it: 1 is best, or the highest where neither way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The rank.
    pub rank: u32,
    /// Of how many.
    pub of: u32,
    /// The first and the last rank that chance allows.
    pub range: Option<(u32, u32)>,
    /// How many others share it.
    pub joint: u32,
    /// The rank a year before, where the figures may be compared.
    pub before: Option<u32>,
}

/// Why there is no rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unranked {
    /// There is no figure.
    NoFigure,
    /// The cases are too few.
    Few,
    /// A check doubts the figure.
    Doubted,
    /// Neither way is good, and no order was asked for.
    NoPolarity,
    /// It was not ranked among others.
    NotRanked,
    /// The rank lies outside the range that chance allows it, so one of the two is about other figures.
    Contradicted,
}

/// A rank with its range. It cannot be built with the rank outside the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    placed: Placed,
    best_is_high: Option<bool>,
}

/// How sure a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sure {
    /// The whole range lies within so many places of an end.
    End {
        /// How many places.
        places: u32,
        /// Whether that is the end that ranks begin from.
        first: bool,
    },
    /// The whole range lies within a quarter, the first being the one that ranks begin from.
    Quarter(u8),
    /// The range covers no more than half of all.
    Half,
    /// The range covers more than half: the place cannot be told.
    Nothing,
    /// There are no counts to tell the range from.
    Untold,
}

impl Ranked {
    /// A rank in its range; none where the one contradicts the other or the number of ranks.
    pub fn new(placed: Placed, polarity: Polarity) -> Option<Ranked> {
        let Placed { rank, of, range, joint, .. } = placed;
        let (first, last) = range.unwrap_or((rank, rank));
        let holds = 1 <= first && first <= rank && rank <= last && last <= of && rank + joint <= of;
        let best_is_high = match polarity {
            Polarity::High => Some(true),
            Polarity::Low => Some(false),
            Polarity::None => None,
        };
        holds.then_some(Ranked { placed, best_is_high })
    }

    /// The rank, 1 the best, or the highest where neither way is good.
    pub fn rank(&self) -> u32 {
        self.placed.rank
    }

    /// Of how many.
    pub fn of(&self) -> u32 {
        self.placed.of
    }

    /// The first and the last rank that chance allows.
    pub fn range(&self) -> Option<(u32, u32)> {
        self.placed.range
    }

    /// How many others share it.
    pub fn joint(&self) -> u32 {
        self.placed.joint
    }

    /// The rank a year before.
    pub fn before(&self) -> Option<u32> {
        self.placed.before
    }

    /// Whether ranks run from best to worst.
    pub fn is_judged(&self) -> bool {
        self.best_is_high.is_some()
    }

    /// Whether rank 1 is the highest figure.
    pub fn from_highest(&self) -> bool {
        self.best_is_high.unwrap_or(true)
    }

    /// How sure the place is.
    pub fn sure(&self) -> Sure {
        let Placed { of, range: Some((first, last)), .. } = self.placed else { return Sure::Untold };
        let from_end = of - first + 1;
        // Of a few authorities the ends are all there is.
        if last.min(from_end) <= END.min(of / 4) {
            return Sure::End { places: last.min(from_end), first: last <= from_end };
        }
        match (quarter(first, of), quarter(last, of)) {
            (one, other) if one == other => Sure::Quarter(one),
            _ if (last - first + 1) * 2 <= of => Sure::Half,
            _ => Sure::Nothing,
        }
    }
}

/// The quarter of a rank, counted alike from either end.
fn quarter(rank: u32, of: u32) -> u8 {
    match (rank * 4 <= of, (of + 1 - rank) * 4 <= of) {
        (true, _) => 1,
        (_, true) => 4,
        _ if rank * 2 <= of => 2,
        _ => 3,
    }
}

/// Where a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a rank.
    Ranked(Ranked),
    /// Nowhere, and why.
    Unranked(Unranked),
}

impl Place {
    pub(super) fn of(placed: Option<Placed>, level: &Level, measure: &Measure) -> Place {
        if level.value().is_none() {
            return Place::Unranked(Unranked::NoFigure);
        }
        if level.is_doubted() {
            return Place::Unranked(Unranked::Doubted);
        }
        if level.few().is_some() {
            return Place::Unranked(Unranked::Few);
        }
        match placed {
            Some(placed) => match Ranked::new(placed, measure.polarity) {
                Some(ranked) => Place::Ranked(ranked),
                None => Place::Unranked(Unranked::Contradicted),
            },
            None if measure.polarity == Polarity::None => Place::Unranked(Unranked::NoPolarity),
            None => Place::Unranked(Unranked::NotRanked),
        }
    }

    /// The rank, where there is one.
    pub fn ranked(&self) -> Option<&Ranked> {
        match self {
            Place::Ranked(ranked) => Some(ranked),
            Place::Unranked(_) => None,
        }
    }
}
