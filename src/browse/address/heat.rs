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

/// The words of `order` and of `columns`, the default first.
const ROWS: [(&str, Rows); 2] = [("", Rows::Topic), ("worst", Rows::Worst)];
const COLUMNS: [(&str, Columns); 3] = [("", Columns::Closest), ("name", Columns::Name), ("worse", Columns::Worse)];
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
            rows: keys.choice("order", &ROWS)?,
            columns: keys.choice("columns", &COLUMNS)?,
        })
    }

    pub(super) fn raw(&self) -> Raw {
        Raw::path(["heat"])
            .with("area", self.area.map_or_else(String::new, |code| code.to_string()))
            .with("measures", &self.measures)
            .with("with", written(&self.beside, &USUAL))
            .with("order", word(&ROWS, self.rows))
            .with("columns", word(&COLUMNS, self.columns))
    }
}
