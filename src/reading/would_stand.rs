//! Where a figure that is not published yet would have stood among the published ones of an earlier period: no rank, for the
//! others' figures of its own period are not known.

use crate::statistics::Polarity;

/// A place that a figure would have had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WouldStand {
    /// The place, ties sharing the first of theirs.
    pub place: u32,
    /// Of how many, itself included.
    pub of: u32,
    /// Whether the first place is the highest.
    pub first_is_high: bool,
    /// Whether the first place is the best.
    pub first_is_best: bool,
}

/// The place of `value` among the published figures of all other authorities; none where there are none. Where neither way
/// is good the first place is the highest.
pub fn would_stand(value: f64, others: &[f64], polarity: Polarity) -> Option<WouldStand> {
    let others: Vec<f64> = others.iter().copied().filter(|other| other.is_finite()).collect();
    if others.is_empty() || !value.is_finite() {
        return None;
    }
    let low_first = polarity == Polarity::Low;
    let before = others.iter().filter(|&&other| if low_first { other < value } else { other > value }).count();
    Some(WouldStand {
        place: u32::try_from(before).ok()? + 1,
        of: u32::try_from(others.len()).ok()? + 1,
        first_is_high: !low_first,
        first_is_best: polarity != Polarity::None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_the_first_place_and_the_figure_counts_itself() {
        let others = [80.0, 61.5, 61.5, f64::NAN, 40.0];
        let high = would_stand(61.5, &others, Polarity::High).expect("a place");
        assert_eq!((high.place, high.of), (2, 5));
        let low = would_stand(61.5, &others, Polarity::Low).expect("a place");
        assert_eq!((low.place, low.of, low.first_is_high), (2, 5, false));
        assert_eq!(would_stand(f64::NAN, &others, Polarity::High), None);
        assert_eq!(would_stand(1.0, &[f64::NAN], Polarity::High), None);
    }
}
