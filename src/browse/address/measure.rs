//! The address of a measure's page.

use super::Names;
use super::area::word;
use super::keys::{Keys, owned, written};
use crate::area::LaCode;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::comparator::Average;
use crate::store::Found;

/// Which pictures are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The years, and all authorities in order.
    #[default]
    Years,
    /// The neighbours side by side.
    Neighbours,
    /// The funnel.
    Funnel,
    /// The spread of all authorities.
    Spread,
    /// This period and the one before.
    Change,
    /// The groups within the authority.
    Groups,
    /// No picture.
    Table,
}

/// The words of `view`, the default first, each with what people call it.
pub const VIEWS: [(&str, View); 7] = [
    ("", View::Years),
    ("neighbours", View::Neighbours),
    ("funnel", View::Funnel),
    ("spread", View::Spread),
    ("change", View::Change),
    ("groups", View::Groups),
    ("table", View::Table),
];
/// The words of `average`, the default first as it is left out.
pub const AVERAGES: [(&str, Average); 4] =
    [("", Average::Mean), ("mean", Average::Mean), ("median", Average::Median), ("pooled", Average::Pooled)];
/// The words of `each`, the default first as it is left out.
const EACH: [(&str, bool); 3] = [("", true), ("yes", true), ("no", false)];
/// What stands beside a measure unless said.
pub const USUAL: [&str; 3] = ["region", "neighbours", "england"];

/// A measure's page in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasurePage {
    /// Its table.
    pub table: String,
    /// Its name.
    pub measure: String,
    /// For whom.
    pub area: Option<LaCode>,
    /// The words of those beside whom.
    pub beside: Vec<String>,
    /// How the figures of neighbours and groups are made.
    pub average: Average,
    /// Whether each neighbour has a row of its own.
    pub each: bool,
    /// The period, where one was picked.
    pub period: String,
    /// The breakdown, as `Topic=part`; empty for the whole.
    pub breakdown: String,
    /// Which pictures.
    pub view: View,
    /// The authority that the walk stands on, where it is another.
    pub focus: Option<LaCode>,
    /// The denominator below which nobody is ranked; empty for none.
    pub minimum: String,
}

impl MeasurePage {
    /// The page without any choice.
    pub fn of(table: &str, measure: &str) -> MeasurePage {
        MeasurePage {
            table: table.to_owned(),
            measure: measure.to_owned(),
            area: None,
            beside: owned(&USUAL),
            average: Average::default(),
            each: true,
            period: String::new(),
            breakdown: String::new(),
            view: View::default(),
            focus: None,
            minimum: String::new(),
        }
    }

    pub(super) fn read(
        table: &str,
        measure: &str,
        keys: &mut Keys<'_>,
        names: Names<'_>,
    ) -> Result<MeasurePage, Wrong> {
        let found = found(table, measure, names)?;
        let page = MeasurePage {
            table: found.table.to_owned(),
            measure: found.name.to_owned(),
            area: keys.authority("area", names.register)?,
            beside: keys.beside_ranged(names.register, &USUAL)?,
            average: keys.choice("average", &AVERAGES)?,
            each: keys.choice("each", &EACH)?,
            period: keys.take("period").unwrap_or_default(),
            breakdown: keys.take("breakdown").unwrap_or_default(),
            view: keys.choice("view", &VIEWS)?,
            focus: keys.authority("focus", names.register)?,
            minimum: keys.take("min").unwrap_or_default(),
        };
        match page.minimum.is_empty() || page.least().is_some() {
            true => Ok(page),
            false => Err(keys.wrong(
                "min",
                format!("`min` is `{}`, which is no number", page.minimum),
                "write a number, such as 50",
            )),
        }
    }

    /// The denominator below which nobody is ranked.
    pub fn least(&self) -> Option<f64> {
        self.minimum.parse().ok().filter(|least: &f64| least.is_finite() && *least >= 0.0)
    }

    pub(super) fn raw(&self) -> Raw {
        let code = |area: Option<LaCode>| area.map_or_else(String::new, |code| code.to_string());
        Raw::path(["measure", &self.table, &self.measure])
            .with("area", code(self.area))
            .with("with", written(&self.beside, &USUAL))
            .with("average", word(&AVERAGES, self.average))
            .with("each", word(&EACH, self.each))
            .with("period", &self.period)
            .with("breakdown", &self.breakdown)
            .with("view", word(&VIEWS, self.view))
            .with("focus", code(self.focus))
            .with("min", &self.minimum)
    }
}

/// The measure of a table, by both names.
///
/// # Errors
/// There is none, with the likely one.
pub fn found<'a>(table: &str, measure: &str, names: Names<'a>) -> Result<Found<'a>, Wrong> {
    names.catalogue.measure(&format!("{table}/{measure}")).map_err(|error| {
        let wrong = Wrong::said(&error);
        let elsewhere = names.catalogue.measures(measure).unwrap_or_default();
        let wrong = elsewhere.iter().fold(wrong, |wrong, found| {
            wrong.link(&found.measure.label, super::Address::measure(found.table, found.name, None))
        });
        wrong.link("all measures", "/measures")
    })
}
