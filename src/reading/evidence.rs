//! What is known of one figure before anything is said of it, and the one way from there to a reading.
//!
//! In: a comparison row, its series year by year and the distribution, as the statistics left them. Out: a `Reading`.

pub use super::seen::{Past, Seen};

use super::against::{Against, Other};
use super::caveat::Caveat;
use super::change::Change;
use super::history::History;
use super::level::{Level, Missing};
use super::link::Link;
use super::measure::Measure;
use super::months::Month;
use super::place::{Place, Placed};
use super::target::Judgement;
use super::when::When;
use super::{Age, Reading};
use crate::statistics::interval_side::IntervalSide;
use crate::statistics::unusual;

/// All that is known of one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What is measured.
    pub measure: Measure,
    /// The authority's name.
    pub who: String,
    /// The series year by year, oldest first; the last is the figure that is read.
    pub past: Vec<Past>,
    /// Whether the figures are old beyond what is usual.
    pub age: Age,
    /// What the figure is set beside, each with the result of its test.
    pub others: Vec<Other>,
    /// The tested direction over five unbroken years.
    pub trend: Option<IntervalSide>,
    /// Its place in the funnel of all authorities.
    pub unusual: Option<unusual::Place>,
    /// Its rank among all authorities.
    pub placed: Option<Placed>,
    /// Upper less lower quartile of all authorities.
    pub spread: Option<f64>,
    /// What a run of months shows.
    pub month: Option<Month>,
    /// The target and what became of it.
    pub target: Judgement,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
    /// The ids of the figures.
    pub cells: Vec<String>,
}

impl Evidence {
    /// Evidence of one figure alone.
    pub fn new(measure: Measure, who: &str, when: When, seen: Seen) -> Evidence {
        Evidence {
            measure,
            who: who.into(),
            past: vec![Past { when, seen, link: Link::First }],
            age: Age::Fresh,
            others: Vec::new(),
            trend: None,
            unusual: None,
            placed: None,
            spread: None,
            month: None,
            target: Judgement::default(),
            caveats: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// What may be said of it.
    pub fn reading(self) -> Reading {
        let measure = &self.measure;
        let (when, seen) = self
            .past
            .last()
            .map_or_else(|| (When::default(), Seen::missing(Missing::Absent)), |last| (last.when.clone(), last.seen));
        let level = Level::of(&seen, measure);
        let place = Place::of(self.placed, &level, measure);
        let against = |other: &Other| Against::of(other, &level, measure, self.spread, &place);
        Reading {
            against: self.others.iter().map(against).collect(),
            change: Change::of(&self.past, measure),
            history: History::of(&self.past, measure, self.trend, self.spread),
            spread: self.spread,
            unusual: self.unusual.filter(|_| level.is_compared()),
            month: self.month,
            target: self.target,
            age: self.age,
            caveats: seen.worked_out().into_iter().chain(self.caveats).collect(),
            cells: self.cells,
            who: self.who,
            period: when,
            level,
            place,
            measure: self.measure,
        }
    }
}
