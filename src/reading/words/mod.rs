//! A reading in English: title, alternative text, table words, tag, key message, notes. The one place that chooses a word.
//!
//! In: a reading, or several. Out: sentences that a councillor would write, never stronger than the reading: for each
//! use the templates are tried from the strongest to the weakest, and each says by itself whether its needs are met.

mod against;
mod alt;
mod answered;
mod apart;
mod change;
mod clause;
mod history;
mod message;
mod missing;
mod months;
mod note;
mod place;
mod projection;
mod scorecard;
mod since;
mod step;
mod table;
mod tally;
mod target;
mod title;
mod would_stand;

use clause::{alone, closed, counts, join, says};
pub use clause::{aside, length};

pub use against::{addition, answer, beside_neighbours_on, between, may_stand, relations};
pub use alt::{about, direction, opening};
pub use answered::answered;
pub use change::{change, counted, fragment, run};
pub use history::{rank_moved, trend, turn, turning};
pub use message::{MOST as MOST_OF_MESSAGE, Message, headcount, message, message_with};
pub use missing::{doubted, few, missing, none};
pub use months::{is_tellable, month, month_shape, unusual};
pub use note::{averaged, averaged_as, cautions, caveat, latest_to_hand, members, not_loaded, notes, stale, turned};
pub use place::{place, short_place};
pub use projection::{no_better, projected, too_short};
pub use scorecard::{Spoken, counted as of_how_many, movements, ratings, scored, together, travelled};
pub use since::{moved as place_moved, newer, revised};
pub use step::{Step, step};
pub use table::{
    Shape, Tag, against_england, arrow, line, moved, moved_apart, number, remark, tag, tag_of_change, verdict_word,
};
pub use tally::{best_and_worst, standing, standing_of_groups, tally, worse};
pub use target::{asked, colour, rating, target, target_cell, targets_met};
pub use title::{among, beside_neighbours, fitting, in_funnel, in_months, in_one_period, over_time, two_times};
pub use would_stand::would_stand;
