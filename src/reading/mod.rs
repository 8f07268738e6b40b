//! What may be said of one figure: level, against each comparator, change, history, place, target, caveats.
//!
//! In: `Evidence`, which is what the statistics found. Out: a `Reading`, built in one place and the same for every
//! title, table, alternative text and message; `words` turns it into English. A reading holds no words: a missing thing
//! keeps its reason, "better" and "improved" need a test and a polarity, and a rank stands inside its range.

mod against;
mod caveat;
mod change;
mod evidence;
mod history;
mod level;
mod link;
mod measure;
mod missing;
mod months;
mod of_figure;
mod place;
mod score;
mod seen;
mod target;
mod verdict;
mod when;
pub mod words;
mod would_stand;

pub use of_figure::{Age, Reading};

pub use against::{Against, Flips, Other, Robust, Size, Whom};
pub use caveat::Caveat;
pub use change::{Change, NoChange};
pub use evidence::{Evidence, Past, Seen};
pub use history::{History, NoTrend, Run, Turn};
pub use level::{Amount, Level, Missing};
pub use link::Link;
pub use measure::{Measure, Phrases};
pub use months::Month;
pub use place::{Place, Placed, Ranked, Sure, Unranked};
pub use target::{Judged, Judgement, NoTarget, Rating, Whose};
pub use verdict::{Moved, Movement, Said, Untested, Verdict, Way};
pub use when::{When, span};
pub use would_stand::{WouldStand, would_stand};
