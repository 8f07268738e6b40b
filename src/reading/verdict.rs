//! The words that need a test: better, worse, improved. Neither type can be made without the test's result and the
//! polarity, so no other place can call a figure better or a change an improvement.

use crate::statistics::Polarity;
use crate::statistics::interval_side::IntervalSide;

/// Why two figures were not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Untested {
    /// One of the two is missing.
    NoFigure,
    /// There are no counts to reckon chance from.
    NoCounts,
    /// The cases are not independent, so their counts do not tell how certain the figure is.
    NotIndependent,
    /// The cases are too few.
    Few,
    /// A check doubts the figure.
    Doubted,
    /// Under half of the members have a figure.
    FewMembers,
    /// The other figure is the total of all authorities.
    Total,
    /// The figures shown say otherwise than the test: one of them is of another kind.
    Contradicted,
    /// The measure is not compared, such as a code.
    NotCompared,
}

/// What a test against another figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// Beyond chance, the good way.
    Better,
    /// Beyond chance, the bad way.
    Worse,
    /// Beyond chance, and neither way is good.
    Higher,
    /// Beyond chance, and neither way is good.
    Lower,
    /// Not told apart, or by less than matters.
    Similar,
    /// No test.
    Untested(Untested),
}

/// A tested comparison, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verdict(Said);

impl Verdict {
    /// What a test's result means by polarity.
    pub fn tested(side: IntervalSide, polarity: Polarity) -> Verdict {
        Verdict(match (side, side.is_good(polarity)) {
            (IntervalSide::Within, _) => Said::Similar,
            (_, Some(true)) => Said::Better,
            (_, Some(false)) => Said::Worse,
            (IntervalSide::Above, None) => Said::Higher,
            (IntervalSide::Below, None) => Said::Lower,
        })
    }

    /// No test, and why.
    pub fn untested(why: Untested) -> Verdict {
        Verdict(Said::Untested(why))
    }

    /// What is said.
    pub fn said(self) -> Said {
        self.0
    }

    /// Whether there was a test.
    pub fn is_tested(self) -> bool {
        !matches!(self.0, Said::Untested(_))
    }
}

/// What became of a figure over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moved {
    /// Beyond chance, the good way.
    Improved,
    /// Beyond chance, the bad way.
    Worsened,
    /// Upward, and neither way is good.
    Rose,
    /// Downward, and neither way is good.
    Fell,
    /// Within chance.
    Unclear,
    /// An amount that is what it was.
    Level,
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Upward.
    Up,
    /// Downward.
    Down,
}

/// A change that was tested, or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Movement {
    moved: Moved,
    way: Option<Way>,
}

impl Movement {
    /// What the test of a change, or of a trend, means by polarity.
    pub fn tested(side: IntervalSide, polarity: Polarity) -> Movement {
        let moved = match (side, side.is_good(polarity)) {
            (IntervalSide::Within, _) => Moved::Unclear,
            (_, Some(true)) => Moved::Improved,
            (_, Some(false)) => Moved::Worsened,
            (IntervalSide::Above, None) => Moved::Rose,
            (IntervalSide::Below, None) => Moved::Fell,
        };
        let way = match side {
            IntervalSide::Above => Some(Way::Up),
            IntervalSide::Below => Some(Way::Down),
            IntervalSide::Within => None,
        };
        Movement { moved, way }
    }

    /// From one amount to another: nothing to test, and nothing that is better or worse.
    pub fn counted(from: f64, to: f64) -> Movement {
        match (to > from, to < from) {
            (true, _) => Movement { moved: Moved::Rose, way: Some(Way::Up) },
            (_, true) => Movement { moved: Moved::Fell, way: Some(Way::Down) },
            _ => Movement { moved: Moved::Level, way: None },
        }
    }

    /// What became of it.
    pub fn moved(self) -> Moved {
        self.moved
    }

    /// Which way it went; none where that cannot be said.
    pub fn way(self) -> Option<Way> {
        self.way
    }
}
