//! How much a reading says: how far from the middle of all authorities it surely stands, and how far it surely moved.

use super::{Change, Moved, Reading, Said};

impl Reading {
    /// How much a measure matters, times how much its reading says for sure.
    pub fn score(&self) -> f64 {
        f64::from(self.measure.importance) * self.sureness()
    }

    /// Better than England.
    pub fn is_better(&self) -> bool {
        self.england().is_some_and(|england| england.verdict.said() == Said::Better)
    }

    /// Worse than England.
    pub fn is_worse(&self) -> bool {
        self.england().is_some_and(|england| england.verdict.said() == Said::Worse)
    }

    /// Improved on the year before.
    pub fn has_improved(&self) -> bool {
        self.change.movement().is_some_and(|movement| movement.moved() == Moved::Improved)
    }

    /// Worsened on the year before.
    pub fn has_worsened(&self) -> bool {
        self.change.movement().is_some_and(|movement| movement.moved() == Moved::Worsened)
    }

    /// How far from the middle of all authorities the figure stands at the end of its rank range nearest the middle, 0 to 1;
    /// 0 where the range holds the middle or is not known. Size and certainty in one number.
    pub fn sure_distance(&self) -> f64 {
        let Some(ranked) = self.place.ranked() else { return 0.0 };
        let Some((first, last)) = ranked.range().filter(|_| ranked.of() > 1) else { return 0.0 };
        let (first, last, of) = (f64::from(first), f64::from(last), f64::from(ranked.of()));
        let middle = f64::midpoint(1.0, of);
        let nearest = if first > middle { first - middle } else { (middle - last).max(0.0) };
        nearest / (middle - 1.0)
    }

    /// The end of the change's 95% range nearest none, in spreads of the authorities, at most 1; 0 where the range holds none,
    /// or nothing was tested.
    pub fn sure_change(&self) -> f64 {
        let Change::Tested { range, .. } = &self.change else { return 0.0 };
        let nearest = if range.lower > 0.0 { range.lower } else { (-range.upper).max(0.0) };
        match self.spread {
            Some(spread) if spread > 0.0 => (nearest / spread).min(1.0),
            _ => 0.0,
        }
    }

    /// Both together: what its importance is multiplied by.
    pub fn sureness(&self) -> f64 {
        self.sure_distance() + self.sure_change()
    }
}
