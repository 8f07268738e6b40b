//! The address of the heat map: many measures of several places.

use super::Names;
use super::area::word;
use super::keys::{Keys, owned, written};
use crate::area::LaCode;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// By topic.
    #[default]
    Topic,
    /// The authority's own worst first.
    Worst,
}

/// The order of the columns after the authority's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// As they were picked; neighbours closest first.
    #[default]
    Closest,
    /// By name.
    Name,
    /// Those that are worse on most measures first.
    Worse,
}

/// What a cell's colour says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// The figure against England's.
    #[default]
    England,
    /// Against the mean of the place's own statistical neighbours.
    Neighbours,
    /// Against the figure of the chosen authority.
    Own,
    /// The quarter of all authorities that it lies in.
    Quarter,
    /// Against the figure a year before.
    Change,
}

/// How the same choice is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeatView {
    /// A map of all figures.
    #[default]
    Heat,
    /// The authority's figures centred on England.
    Spine,
    /// The authority's figures with small lines, change and rank.
    Scorecard,
    /// Two measures of all authorities.
    Scatter,
    /// The figures without colour, each with the way to its cell.
    Table,
}

/// The words of `against` and of `view`, the default first.
pub const AGAINST: [(&str, Against); 5] = [
    ("", Against::England),
    ("neighbours", Against::Neighbours),
    ("own", Against::Own),
    ("quarter", Against::Quarter),
    ("change", Against::Change),
];
pub const HEAT_VIEWS: [(&str, HeatView); 5] = [
    ("", HeatView::Heat),
    ("spine", HeatView::Spine),
    ("scorecard", HeatView::Scorecard),
    ("scatter", HeatView::Scatter),
    ("table", HeatView::Table),
];
/// The words of `order` and of `columns`, the default first.
pub const ROWS: [(&str, Rows); 2] = [("", Rows::Topic), ("worst", Rows::Worst)];
pub const COLUMNS: [(&str, Columns); 3] = [("", Columns::Closest), ("name", Columns::Name), ("worse", Columns::Worse)];
/// Whose columns stand beside the authority's unless said.
const USUAL: [&str; 1] = ["neighbours"];

/// The heat map in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatPage {
    /// Whose column comes first.
    pub area: Option<LaCode>,
    /// The measures, as names and globs with commas; empty for the headlines.
    pub measures: String,
    /// The words of those whose columns follow.
    pub beside: Vec<String>,
    /// The order of the rows.
    pub rows: Rows,
    /// The order of the columns.
    pub columns: Columns,
    /// What the colours say.
    pub against: Against,
    /// How it is shown.
    pub view: HeatView,
    /// Whether the places are the rows.
    pub turned: bool,
}

impl HeatPage {
    /// The heat map of the headlines.
    pub fn of(area: Option<LaCode>) -> HeatPage {
        HeatPage {
            area,
            measures: String::new(),
            beside: owned(&USUAL),
            rows: Rows::default(),
            columns: Columns::default(),
            against: Against::default(),
            view: HeatView::default(),
            turned: false,
        }
    }

    pub(super) fn read(keys: &mut Keys<'_>, names: Names<'_>) -> Result<HeatPage, Wrong> {
        let area = keys.authority("area", names.register)?;
        let measures = keys.take("measures").unwrap_or_default();
        if !measures.is_empty()
            && let Err(error) = names.catalogue.measures(&measures)
        {
            let wrong = Wrong::said(&error).link("the headline measures", keys.without("measures"));
            return Err(wrong.link("all measures", "/measures"));
        }
        let beside = keys.beside(names.register, &USUAL)?;
        if let Some(word) = beside.iter().find(|word| ["england", "region"].contains(&word.as_str())) {
            let message = format!("a heat map has columns of authorities, and `{word}` is none");
            let help = "England stands beside each measure; a group such as `west-midlands` has a column for each of its authorities";
            return Err(keys.wrong("with", message, help));
        }
        Ok(HeatPage {
            area,
            measures,
            beside,
            against: keys.choice("against", &AGAINST)?,
            rows: keys.choice("order", &ROWS)?,
            columns: keys.choice("columns", &COLUMNS)?,
            turned: keys.choice("turn", &[("", false), ("1", true)])?,
            view: keys.choice("view", &HEAT_VIEWS)?,
        })
    }

    /// Whose columns follow, as the address has it; empty for the usual.
    pub fn beside_word(&self) -> String {
        written(&self.beside, &USUAL)
    }

    pub(super) fn raw(&self) -> Raw {
        Raw::path(["heat"])
            .with("area", self.area.map_or_else(String::new, |code| code.to_string()))
            .with("measures", &self.measures)
            .with("with", written(&self.beside, &USUAL))
            .with("against", word(&AGAINST, self.against))
            .with("order", word(&ROWS, self.rows))
            .with("columns", word(&COLUMNS, self.columns))
            .with("turn", if self.turned { "1" } else { "" })
            .with("view", word(&HEAT_VIEWS, self.view))
    }
}
