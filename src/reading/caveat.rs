//! What a reader must know before using a figure.

/// One caveat.
#[derive(Clone, Debug, PartialEq)]
pub enum Caveat {
    /// The council's own count, not published and not ranked.
    Provisional,
    /// The council's figure and the publisher's differ.
    Differs {
        /// The council's.
        own: f64,
        /// The publisher's, which is used.
        published: f64,
        /// The publisher in short: `the Department`.
        publisher: String,
    },
    /// A figure of an earlier period was revised.
    Restated {
        /// Which period.
        period: String,
        /// As first published.
        first: f64,
        /// As it is now.
        now: f64,
    },
    /// What is not recorded moved by half the change or more.
    NotRecordedMoved {
        /// What is not recorded: `placements`.
        noun: String,
        /// How many then.
        from: f64,
        /// How many now.
        to: f64,
    },
    /// England's figure leaves authorities out.
    EnglandIncomplete {
        /// How many.
        left_out: usize,
    },
    /// The population is older than the count.
    OldDenominator {
        /// What is counted: `plans of January 2025`.
        counted: String,
        /// For each how many of whom: `10,000 people`.
        each: String,
        /// Of when: `mid-2022`.
        of: String,
    },
    /// The figure is worked out here from its counts.
    WorkedOut {
        /// Whether the publisher prints another rate; else it gives none.
        differs: bool,
    },
    /// The publisher calls the figure unreliable.
    Unreliable,
    /// The authority was created after earlier figures were.
    New {
        /// When: `April 2023`.
        created: String,
        /// Whose figures the earlier ones are.
        predecessors: Vec<String>,
    },
    /// No exceptions were recorded, where others have them.
    NoExceptions {
        /// Exceptions to what: `exceptions to the time limit`.
        noun: String,
        /// The share in England, in per cent.
        england: f64,
        /// Of what: `plans`.
        whole: String,
    },
    /// A team's figure of few cases.
    SmallTeam,
    /// Some of the months of an average were not supplied.
    MonthsMissing {
        /// How many there should be.
        of: usize,
        /// Which are missing.
        missing: Vec<String>,
    },
}
