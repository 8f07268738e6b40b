//! A reading in English: title, alternative text, table words, tag, key message, notes. The one place that chooses a word.
//!
//! In: a reading, or several. Out: sentences that a councillor would write, never stronger than the reading: for each
//! use the templates are tried from the strongest to the weakest, and each says by itself whether its needs are met.

mod against;
mod alt;
mod change;
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

pub use against::{addition, answer, answered, beside_neighbours_on, between, may_stand, relations};
pub use alt::{about, direction, opening};
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

use super::{Level, Reading};
use crate::shown::{number as digits, sentence};

/// `(103 of 378)` behind a space; nothing where the counts are not known or say nothing more.
fn counts(reading: &Reading) -> String {
    match reading.level.amount().and_then(|amount| amount.counts) {
        Some((top, bottom)) if reading.measure.quotient().is_some() => {
            format!(" ({} of {})", digits(top, 0), digits(bottom, 0))
        }
        _ => String::new(),
    }
}

/// The figure as a sentence without its stop: `4% met the 20-week legal deadline`; by the noun where none is declared.
fn says(reading: &Reading) -> Option<String> {
    let value = reading.measure.said(reading.level.value()?);
    let pattern = &reading.measure.phrases.says;
    Some(if pattern.is_empty() {
        format!("{}: {value}", reading.measure.heading())
    } else {
        pattern.replacen("{}", &value, 1)
    })
}

/// How many words a text has.
pub fn length(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Sentences joined by a space, the empty ones left out.
fn join(sentences: impl IntoIterator<Item = String>) -> String {
    let all: Vec<String> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    all.join(" ")
}

/// A clause as a sentence of its own.
fn closed(clause: &str) -> String {
    crate::shown::stop(&sentence(clause))
}

/// Why a figure is compared with nothing where its number itself is in doubt, as a few words; none where it is not.
pub fn aside(reading: &Reading) -> Option<&'static str> {
    match reading.level {
        Level::Doubted(_, why) => Some(missing::aside(why)),
        _ => None,
    }
}

/// Why a figure that is there is compared with nothing, as a clause; none where it is compared.
fn alone(reading: &Reading) -> Option<&'static str> {
    match reading.level {
        Level::Few(_) => Some("too few cases to compare"),
        Level::Doubted(_, why) => Some(missing::aside(why)),
        Level::Figure(_) | Level::Zero(_) | Level::Missing(_) => None,
    }
}
