//! The address of an area's page.

use super::Names;
use super::keys::{Keys, nobody, owned, written};
use super::measure::AVERAGES;
use crate::area::LaCode;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::comparator::Average;

/// Whose page it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A local authority, open or closed.
    Authority(LaCode),
    /// A region or England, by its code.
    Region(String),
}

/// Which measures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// The headlines.
    #[default]
    Headline,
    /// Every one.
    All,
    /// Those told apart from England.
    Differs,
    /// Those worse than England.
    Worse,
    /// Those better than England.
    Better,
    /// Those not told apart from England.
    Similar,
    /// Those higher or lower, where neither is better.
    Apart,
    /// Those that were not compared.
    Untested,
    /// Those without a figure.
    Missing,
}

/// The order within topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As declared.
    #[default]
    Declared,
    /// The worst first.
    Worst,
    /// The largest change first.
    Change,
}

/// The words of `show`, the default first.
pub const SHOWS: [(&str, Show); 9] = [
    ("", Show::Headline),
    ("all", Show::All),
    ("differs", Show::Differs),
    ("worse", Show::Worse),
    ("better", Show::Better),
    ("similar", Show::Similar),
    ("apart", Show::Apart),
    ("untested", Show::Untested),
    ("missing", Show::Missing),
];
/// The words of `order`, the default first.
const ORDERS: [(&str, Order); 3] = [("", Order::Declared), ("worst", Order::Worst), ("change", Order::Change)];
/// What stands beside an area unless said.
const USUAL: [&str; 2] = ["england", "neighbours"];

/// An area's page in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaPage {
    /// Whose.
    pub who: Who,
    /// The words of those beside whom: England and the neighbours unless said.
    pub beside: Vec<String>,
    /// How the figures of neighbours and groups are made.
    pub average: Average,
    /// One topic alone; empty for all.
    pub topic: String,
    /// Which measures.
    pub show: Show,
    /// In which order.
    pub order: Order,
}

impl AreaPage {
    /// The page without any choice.
    pub fn of(who: Who) -> AreaPage {
        AreaPage {
            who,
            beside: owned(&USUAL),
            average: Average::default(),
            topic: String::new(),
            show: Show::default(),
            order: Order::default(),
        }
    }

    /// The same page showing other measures.
    pub fn showing(&self, show: Show) -> AreaPage {
        AreaPage { show, ..self.clone() }
    }

    /// The same page in another order.
    pub fn ordered(&self, order: Order) -> AreaPage {
        AreaPage { order, ..self.clone() }
    }

    pub(super) fn read(area: &str, keys: &mut Keys<'_>, names: Names<'_>) -> Result<AreaPage, Wrong> {
        let register = names.register;
        let who = match (register.known(area), register.region(area)) {
            (Some(authority), _) => Who::Authority(authority.code),
            (None, Some(region)) => Who::Region(region.code.clone()),
            (None, None) => return Err(nobody(area, register)),
        };
        let beside = keys.beside(register, &USUAL)?;
        let average = keys.choice("average", &AVERAGES)?;
        let topic = super::topic(keys, names)?;
        let (show, order) = (keys.choice("show", &SHOWS)?, keys.choice("order", &ORDERS)?);
        Ok(AreaPage { who, beside, average, topic, show, order })
    }

    pub(super) fn raw(&self) -> Raw {
        let who = match &self.who {
            Who::Authority(code) => code.to_string(),
            Who::Region(code) => code.clone(),
        };
        Raw::path(["area", &who])
            .with("with", written(&self.beside, &USUAL))
            .with("average", word(&AVERAGES, self.average))
            .with("topic", &self.topic)
            .with("show", word(&SHOWS, self.show))
            .with("order", word(&ORDERS, self.order))
    }
}

/// The word of a choice.
pub(super) fn word<T: PartialEq>(choices: &[(&'static str, T)], chosen: T) -> &'static str {
    choices.iter().find(|(_, choice)| *choice == chosen).map_or("", |(word, _)| word)
}
