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
    /// The measure's table.
    pub table: String,
    /// The measure.
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
        let (measure, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let Some(ending) = Ending::ALL.into_iter().find(|known| known.word() == ending) else {
            let help = "a picture is there as .svg, .png, .csv and .txt";
            return Err(Wrong::gone(format!("`{file}` has no ending that a picture has"), help)
                .link("all measures", "/measures"));
        };
        let Ok(kind) = ChartKind::from_str(kind, false) else {
            let words: Vec<&str> = ChartKind::value_variants().iter().map(|kind| kind.word()).collect();
            let help = format!("there are {}", words.join(", "));
            return Err(
                Wrong::gone(format!("there is no chart of kind `{kind}`"), help).link("all measures", "/measures")
            );
        };
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

    pub(super) fn raw(&self) -> Raw {
        let file = format!("{}.{}", self.measure, self.ending.word());
        Raw::path(["chart", self.kind.word(), &self.table, &file])
            .with("area", self.area.to_string())
            .with("with", written(&self.beside, &USUAL))
            .with("period", &self.period)
            .with("breakdown", &self.breakdown)
            .with("size", if self.size == Size::default() { String::new() } else { size_word(self.size) })
    }
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
