//! The address of a picture: the words of `abreast chart`.

use clap::ValueEnum;

use super::Names;
use super::keys::{Keys, written};
use super::measure::{USUAL, found};
use crate::area::LaCode;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::chart::theme::Size;
use crate::report::ChartKind;

/// Which of a picture's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The drawing.
    Svg,
    /// The same in pixels.
    Png,
    /// What is drawn, as a table.
    Csv,
    /// The words for who cannot see it.
    Txt,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Ending; 4] = [Ending::Svg, Ending::Png, Ending::Csv, Ending::Txt];

    /// The ending of the file's name.
    pub fn word(self) -> &'static str {
        match self {
            Ending::Svg => "svg",
            Ending::Png => "png",
            Ending::Csv => "csv",
            Ending::Txt => "txt",
        }
    }
}

/// A picture as a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartFile {
    /// The kind of chart.
    pub kind: ChartKind,
    /// The measure's table; empty where several are drawn.
    pub table: String,
    /// The measure; of several their names and globs, as the command takes them.
    pub measure: String,
    /// Which file.
    pub ending: Ending,
    /// Whose.
    pub area: LaCode,
    /// The words of those who stand beside it.
    pub beside: Vec<String>,
    /// The period, where one was picked.
    pub period: String,
    /// The breakdown, as the command takes it; empty for the whole.
    pub breakdown: String,
    /// How large.
    pub size: Size,
}

impl ChartFile {
    pub(super) fn read(
        (kind, table, file): (&str, &str, &str),
        keys: &mut Keys<'_>,
        names: Names<'_>,
    ) -> Result<ChartFile, Wrong> {
        let (measure, ending) = ended(file)?;
        let kind = kind_of(kind)?;
        let found = found(table, measure, names)?;
        let Some(area) = keys.authority("area", names.register)? else {
            let wrong = Wrong::value("the address does not say whose picture it is", "add `area=` and a code");
            return Err(wrong.link("the measure", super::Address::measure(found.table, found.name, None)));
        };
        Ok(ChartFile {
            kind,
            table: found.table.to_owned(),
            measure: found.name.to_owned(),
            ending,
            area,
            beside: keys.beside(names.register, &USUAL)?,
            period: keys.take("period").unwrap_or_default(),
            breakdown: keys.take("breakdown").unwrap_or_default(),
            size: size(keys)?,
        })
    }

    /// Reads the picture of several measures: `heat.svg` and, in the query, which.
    pub(super) fn read_several(file: &str, keys: &mut Keys<'_>, names: Names<'_>) -> Result<ChartFile, Wrong> {
        let (kind, ending) = ended(file)?;
        let kind = kind_of(kind)?;
        let lacks = |key: &str, help: &str| {
            let wrong = Wrong::value(format!("the address of a picture of several measures lacks `{key}`"), help);
            wrong.link("the heat map", "/heat")
        };
        let Some(area) = keys.authority("area", names.register)? else {
            return Err(lacks("area", "add `area=` and a code"));
        };
        let Some(measure) = keys.take("measures") else {
            return Err(lacks(
                "measures",
                "add `measures=` and names with commas, or a glob such as `sen2_timeliness/*`",
            ));
        };
        if let Err(error) = names.catalogue.measures(&measure) {
            return Err(Wrong::said(&error).link("all measures", "/measures"));
        }
        Ok(ChartFile {
            kind,
            table: String::new(),
            measure,
            ending,
            area,
            beside: keys.beside(names.register, &USUAL)?,
            period: keys.take("period").unwrap_or_default(),
            breakdown: keys.take("breakdown").unwrap_or_default(),
            size: size(keys)?,
        })
    }

    pub(super) fn raw(&self) -> Raw {
        let raw = if self.table.is_empty() {
            let file = format!("{}.{}", self.kind.word(), self.ending.word());
            Raw::path(["chart", &file]).with("area", self.area.to_string()).with("measures", &self.measure)
        } else {
            let file = format!("{}.{}", self.measure, self.ending.word());
            Raw::path(["chart", self.kind.word(), &self.table, &file]).with("area", self.area.to_string())
        };
        raw.with("with", written(&self.beside, &USUAL))
            .with("period", &self.period)
            .with("breakdown", &self.breakdown)
            .with("size", if self.size == Size::default() { String::new() } else { size_word(self.size) })
    }
}

/// A file's name and its ending.
fn ended(file: &str) -> Result<(&str, Ending), Wrong> {
    let (name, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    match Ending::ALL.into_iter().find(|known| known.word() == ending) {
        Some(ending) => Ok((name, ending)),
        None => {
            let help = "a picture is there as .svg, .png, .csv and .txt";
            let wrong = Wrong::gone(format!("`{file}` has no ending that a picture has"), help);
            Err(wrong.link("all measures", "/measures"))
        }
    }
}

fn kind_of(word: &str) -> Result<ChartKind, Wrong> {
    ChartKind::from_str(word, false).map_err(|_| {
        let words: Vec<&str> = ChartKind::value_variants().iter().map(|kind| kind.word()).collect();
        let help = format!("there are {}", words.join(", "));
        Wrong::gone(format!("there is no chart of kind `{word}`"), help).link("all measures", "/measures")
    })
}

fn size_word(size: Size) -> String {
    size.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

fn size(keys: &mut Keys<'_>) -> Result<Size, Wrong> {
    let Some(word) = keys.take("size") else { return Ok(Size::default()) };
    Size::from_str(&word, false).map_err(|_| {
        let words: Vec<String> = Size::ALL.into_iter().map(size_word).collect();
        keys.wrong("size", format!("there is no size `{word}`"), format!("it may be {}", words.join(", ")))
    })
}
