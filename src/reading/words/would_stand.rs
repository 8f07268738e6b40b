//! Where a council's own figure would have stood, in words that claim no more.

use crate::reading::WouldStand;
use crate::shown::{number, ordinal};

/// `Among the figures published for 2023 it would have stood 41st of 153, 1st being the highest. Where it will stand when its own
/// period is published is not known.`
pub fn would_stand(stand: &WouldStand, period: &str) -> String {
    let first = if stand.first_is_high { "highest" } else { "lowest" };
    let (place, of) = (ordinal(stand.place), number(f64::from(stand.of), 0));
    format!(
        "Among the figures published for {period} it would have stood {place} of {of}, 1st being the {first}. \
         Where it will stand when its own period is published is not known."
    )
}

#[cfg(test)]
mod tests {
    use super::would_stand;
    use crate::reading::would_stand as stand;
    use crate::statistics::Polarity;

    #[test]
    fn a_place_that_was_never_taken_is_said_as_that() {
        let others: Vec<f64> = (0..152).map(f64::from).collect();
        let said = would_stand(&stand(111.5, &others, Polarity::High).expect("a place"), "2023");
        assert_eq!(
            said,
            "Among the figures published for 2023 it would have stood 41st of 153, 1st being the highest. \
             Where it will stand when its own period is published is not known."
        );
    }
}
