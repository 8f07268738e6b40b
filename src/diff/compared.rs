//! What is read of a build's comparisons to see which ranks, bands and flags moved.

use crate::schema::view;

view! {
    /// The columns of one build's comparisons.
    pub struct Compared with periods {
        /// The measure.
        measure: Words Measure,
        /// The topic of the breakdown.
        topic: Words BreakdownTopic,
        /// The breakdown.
        breakdown: Words Breakdown,
        /// The authority's code.
        la: Words LaCode,
        /// Its name.
        area: Words AreaName,
        /// What it is compared with.
        comparator: Words Comparator,
        /// The comparator's name.
        name: Words ComparatorName,
        /// The comparator's figure.
        against: Numbers ComparatorValue,
        /// The authority's figure.
        values: Numbers Value,
        /// Which way is good.
        polarity: Words Polarity,
        /// The authority's rank.
        ranks: Smalls Rank,
        /// How many were ranked.
        out_of: Smalls OutOf,
        /// Its quartile band.
        band: Words Band,
        /// Its place in the funnel.
        unusual: Words Unusual,
        /// The lower limit of its figure.
        lower: Numbers Lower,
        /// The upper limit of its figure.
        upper: Numbers Upper,
        /// Its figure against the comparator's.
        beyond: Words BeyondChance,
    }
}
