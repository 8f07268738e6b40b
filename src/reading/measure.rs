//! What a figure measures, as far as words need to know it: its names, its unit, which way is good, how it is written.
//!
//! In: declarations of a pipeline, or the names alone. Out: values as text, the same in titles, tables and alt texts.

pub use crate::pipeline::Phrases;
use crate::pipeline::Unit;
use crate::shown::{number, sentence, trimmed};
use crate::statistics::quotient::Quotient;
use crate::statistics::{Polarity, cohort};

/// From here on a count or a sum is written in millions.
const MILLION: f64 = 999_999.5;
/// Below this share of England's, a share is written with a place more.
const SMALL_SHARE: f64 = 5.0;
/// From here on a rate is written as a whole number.
const LARGE_RATE: f64 = 100.0;
/// The most decimals added to tell two figures apart.
const FURTHER: u8 = 2;

/// What is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its full label with the part it is about: `EHC plans issued within 20 weeks, excluding exceptions`.
    pub label: String,
    /// A few words as they stand inside a sentence: `plans issued within 20 weeks`.
    pub noun: String,
    /// What the count is taken out of, inside a sentence: `requests`; empty where nothing says.
    pub whole: String,
    /// The breakdown that the figure is about: `state-funded secondary`; empty for the whole.
    pub part: String,
    /// How sentences run.
    pub phrases: Phrases,
    /// The word of each grade, by its number, where the figure is a judgement.
    pub grades: Vec<(f64, String)>,
    /// How values are counted and written.
    pub unit: Unit,
    /// Decimal places on display.
    pub places: u8,
    /// Which way is good.
    pub polarity: Polarity,
    /// The denominator below which nothing is compared.
    pub minimum: f64,
    /// Whether its cases are independent of each other, so that counts tell how certain it is.
    pub independent: bool,
    /// The smallest difference that matters, where one is declared.
    pub matters: Option<f64>,
    /// What a reader is likely to misread in it, as a sentence; empty where nothing is declared.
    pub reads: String,
    /// The matter by which key messages are grouped.
    pub topic: String,
    /// How much it weighs among key messages: 3 a legal duty, 2 a headline, 1 any other, 0 never a message.
    pub importance: u8,
    /// Its place in a process; none where it is in none.
    pub step: Option<u32>,
    /// Decimal places on the pages of a paper; none where the usual ones serve.
    pub prose: Option<u8>,
}

impl Measure {
    /// A measure of which only the essentials are known.
    pub fn new(label: &str, noun: &str, unit: Unit, places: u8, polarity: Polarity) -> Measure {
        Measure {
            label: label.into(),
            noun: noun.into(),
            whole: String::new(),
            part: String::new(),
            phrases: Phrases::default(),
            grades: Vec::new(),
            unit,
            places,
            polarity,
            minimum: cohort::MINIMUM_DENOMINATOR,
            independent: true,
            matters: None,
            reads: String::new(),
            topic: String::new(),
            importance: 1,
            step: None,
            prose: None,
        }
    }

    /// How the figure is made of counts, where chance can be reckoned from them.
    pub fn quotient(&self) -> Option<Quotient> {
        self.unit.quotient().filter(|_| self.independent)
    }

    /// Whether a figure is a number of things or of pounds, which chance does not blur: a change of it may be named.
    pub fn is_amount(&self) -> bool {
        matches!(self.unit, Unit::Number | Unit::Pounds)
    }

    /// Whether a figure says how large a place is: an amount that is taken out of nothing, as pounds for each head are.
    pub fn is_size(&self) -> bool {
        self.is_amount() && (self.unit == Unit::Number || self.whole.is_empty())
    }

    /// The noun at the head of a sentence, with the part it is about: `Overall absence (state-funded secondary)`.
    pub fn heading(&self) -> String {
        if self.part.is_empty() { sentence(&self.noun) } else { format!("{} ({})", sentence(&self.noun), self.part) }
    }

    /// The word of a grade, as declared; none of a value that is none, such as an average.
    pub fn grade(&self, value: f64) -> Option<String> {
        self.grades.iter().find(|(grade, _)| *grade == value).map(|(_, word)| word.clone())
    }

    /// A value as written in words, tables and charts: sign of the unit, commas, places; millions as such; a grade by its
    /// word.
    pub fn shown(&self, value: f64) -> String {
        self.shown_at(value, self.places)
    }

    /// As [`Measure::shown`], with other places.
    pub fn shown_at(&self, value: f64, places: u8) -> String {
        let number = || self.written(value, places, if self.unit == Unit::Pounds { 1 } else { 2 });
        self.grade(value).unwrap_or_else(number)
    }

    /// A tick of an axis, which is exact: as [`Measure::shown`], with the places of the axis.
    pub fn tick(&self, value: f64, places: u8) -> String {
        self.written(value, places, 2)
    }

    fn written(&self, value: f64, places: u8, of_million: u8) -> String {
        // None is none and all is all, to whatever place others are written.
        let places = match self.unit {
            _ if value == 0.0 => 0,
            Unit::Percent if value == 100.0 => 0,
            // Between two grades lies an average, which is none of them.
            Unit::Grade if !self.grades.is_empty() && value.fract() != 0.0 => places.max(1),
            _ => places,
        };
        let (sign, size) = if value < 0.0 { ("-", value.abs()) } else { ("", value) };
        let sign = if number(size, places).contains(|c: char| ('1'..='9').contains(&c)) { sign } else { "" };
        match self.unit {
            Unit::Percent if value > 0.0 && value < 100.0 => within_bounds(value, places),
            Unit::Percent => format!("{sign}{}%", number(size, places)),
            Unit::Pounds if size >= MILLION => format!("{sign}£{}m", trimmed(size / 1e6, of_million)),
            Unit::Pounds => format!("{sign}£{}", number(size, places)),
            _ if size >= MILLION => format!("{sign}{} million", trimmed(size / 1e6, of_million)),
            _ => format!("{sign}{}", number(size, places)),
        }
    }

    /// The places of figures on the pages of a paper: none for shares, one where England's is small; rates as whole numbers from
    /// 100 up; all else as declared.
    pub fn prose_places(&self, england: Option<f64>, own: Option<f64>) -> u8 {
        if let Some(places) = self.prose {
            return places;
        }
        let size = england.or(own).unwrap_or_default().abs();
        match self.unit {
            Unit::Percent | Unit::Per100 => u8::from(size < SMALL_SHARE),
            Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => u8::from(size < LARGE_RATE),
            _ => self.places,
        }
    }

    /// A value in a sentence, where a unit that no sign stands for is named: `15 days`.
    pub fn said(&self, value: f64) -> String {
        let shown = self.shown(value);
        match self.unit {
            Unit::Days | Unit::Weeks | Unit::Months => {
                let one = shown == "1";
                let word = self.unit.word();
                format!("{shown} {}", if one { word.trim_end_matches('s') } else { word })
            }
            _ => shown,
        }
    }

    /// Two values as written, with as many more places as it takes to tell them apart.
    pub fn apart(&self, first: f64, second: f64) -> (String, String) {
        let at = |places| (self.shown_at(first, places), self.shown_at(second, places));
        let tried = (self.places..=self.places.saturating_add(FURTHER)).map(at);
        tried.into_iter().find(|(one, other)| one != other || first == second).unwrap_or_else(|| at(self.places))
    }

    /// How far apart two values are, as written: `8 points`, `1.2 points`, `12`.
    pub fn distance(&self, size: f64) -> String {
        let written = number(size.abs(), self.places);
        match self.unit {
            Unit::Percent if written == "1" => "1 point".to_owned(),
            Unit::Percent => format!("{written} points"),
            Unit::Grade if written == "1" => "1 grade".to_owned(),
            Unit::Grade => format!("{written} grades"),
            _ => self.said(size.abs()),
        }
    }
}

/// A share that is neither none nor all never looks like it: `under 0.1%`, `over 99.9%`.
fn within_bounds(size: f64, places: u8) -> String {
    let (written, step) = (number(size, places), 10_f64.powi(-i32::from(places)));
    if written == number(0.0, places) {
        format!("under {}%", number(step, places))
    } else if written == number(100.0, places) {
        format!("over {}%", number(100.0 - step, places))
    } else {
        format!("{written}%")
    }
}
