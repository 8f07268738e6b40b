//! One measure side by side as values, for whoever shows it in another shape than a sheet: the same lines, figures and readings.

use super::asked::Asked;
use super::options::{Compare, Format};
use super::print::Sheet;
use super::view::View;
use super::{notes, only, pairs, said, view};
use crate::area::{LaCode, Register};
use crate::comparator::{Average, Comparator};
use crate::compare::Comparison;
use crate::figure::beside;
use crate::finding::Error;
use crate::frame::Frame;
use crate::reading::{Placed, Reading, Seen, Verdict};
use crate::store::{Catalogue, Found};

/// One measure of one authority beside others.
pub struct SideBySide {
    /// The labels of its periods, in order of time.
    pub periods: Vec<String>,
    /// Every period that could be asked for, in order of time.
    pub known: Vec<String>,
    /// The numbers of the periods before which the series is broken.
    pub breaks: Vec<usize>,
    /// Topic and breakdown.
    pub about: (String, String),
    /// What may be said of the authority's latest figure beside all others, in their order.
    pub reading: Reading,
    /// The quarter it stands in, and whether that is certain; empty where there is none.
    pub band: (String, String),
    /// The authority and all it is set beside.
    pub lines: Vec<Line>,
    /// What stands beneath.
    pub notes: Vec<String>,
}

/// The figures of one place or average.
pub struct Line {
    /// Its name.
    pub name: String,
    /// The authority that it is.
    pub code: Option<LaCode>,
    /// What it is to the authority that was asked for; none for that one itself.
    pub comparator: Option<Comparator>,
    /// A figure a period, with its id; empty where it has none.
    pub figures: Vec<(Seen, String)>,
    /// What may be said of the latest figure by itself.
    pub reading: Reading,
    /// Where it stands among all authorities.
    pub placed: Option<Placed>,
    /// How many members had a figure, and how many there are.
    pub used: (u16, u16),
    /// The lowest and the highest mean with one member left out.
    pub without_one: Option<(f64, f64)>,
    /// The authority asked for against it.
    pub verdict: Option<Verdict>,
    /// What it is in the range of all: `best`; empty where it is not there for that.
    pub ranged: &'static str,
}

/// One measure of the first authority asked for, of observations that are at hand.
///
/// # Errors
/// No such authority, comparator, breakdown or period.
pub fn side_by_side(
    options: &Compare,
    found: &Found<'_>,
    frame: &Frame,
    catalogue: &Catalogue,
    register: &Register,
) -> Result<SideBySide, Error> {
    let asked = Asked::read(options, catalogue, register)?;
    viewed(&asked, found, frame, |view, code| view.all(code))
}

/// The same with the sheet that `compare` prints of it as CSV: a row a line.
///
/// # Errors
/// As [`side_by_side`].
pub fn kept(
    options: &Compare,
    found: &Found<'_>,
    frame: &Frame,
    catalogue: &Catalogue,
    register: &Register,
) -> Result<(SideBySide, Sheet), Error> {
    let options = Compare { format: Some(Format::Csv), ..options.clone() };
    let asked = Asked::read(&options, catalogue, register)?;
    viewed(&asked, found, frame, |view, code| Ok((view.all(code)?, view.sheet(code))))
}

/// What is made of the comparison of the first authority asked for.
fn viewed<T>(
    asked: &Asked<'_>,
    found: &Found<'_>,
    frame: &Frame,
    make: impl FnOnce(&View<'_>, LaCode) -> Result<T, Error>,
) -> Result<T, Error> {
    let Some(&code) = asked.authorities.first() else {
        return Err(Error::usage("no authority is named", "say which"));
    };
    let about = only(asked.options, found, frame)?;
    let context = asked.context(found, &about);
    let comparison = Comparison::of(frame, &context).map_err(said)?;
    make(&View::of(asked, found, frame, &comparison, &about)?, code)
}

impl View<'_> {
    fn all(&self, code: LaCode) -> Result<SideBySide, Error> {
        let known = view::moments(self.comparison, None)?.iter().map(|moment| moment.when.label()).collect();
        let lines = self.lines(code);
        let reading = self.reading(code);
        let standing = self.standing(code);
        let mut notes = pairs::own(self.asked, self.found, &self.only, &[code])?.concat();
        notes.extend(pairs::published_words(self.asked, self.found, self.frame, &self.only, code)?);
        notes.extend(notes::notes(self, code, &lines, &reading));
        Ok(SideBySide {
            periods: self.moments.iter().map(|moment| self.label(moment)).collect(),
            known,
            breaks: self.breaks(),
            band: (standing.band.to_owned(), standing.certain.to_owned()),
            notes,
            lines: lines.iter().map(|line| self.told(line, code)).collect(),
            reading,
            about: self.only.clone(),
        })
    }

    /// The numbers of the periods before which the series is broken.
    fn breaks(&self) -> Vec<usize> {
        let broken = |at: &usize| {
            let note = self.comparison.change_note(self.moments[*at].group);
            matches!(crate::reading::Link::parse(&note), crate::reading::Link::Break(_))
        };
        (1..self.moments.len()).filter(broken).collect()
    }

    fn told(&self, line: &view::Line, own: LaCode) -> Line {
        let comparator = self.comparator(line, own);
        let id = |at: usize| {
            let about = (self.only.0.as_str(), self.only.1.as_str());
            let id = |code| self.found.id(code, self.moments[at].when.key, about);
            match (line.code, &comparator) {
                (Some(code), _) => id(code),
                // What a figure leads to explains the mean.
                (None, Some(other)) if !other.is_published() && self.asked.options.average != Average::Mean => {
                    String::new()
                }
                // What stands beside a figure is explained with it: where the authority has no row nothing explains either.
                (None, Some(_)) if self.comparison.row(self.moments[at].group, own).is_none() => String::new(),
                (None, Some(other)) => beside(&id(own), &other.key()),
                (None, None) => String::new(),
            }
        };
        let figure = |(at, seen): (usize, &Seen)| (*seen, if seen.value.is_some() { id(at) } else { String::new() });
        let sharing = |rank| self.standings.iter().filter(|other| other.rank == Some(rank)).count() as u32;
        let placed = line.code.map(|code| self.standing(code)).and_then(|standing| {
            let rank = standing.rank?;
            let range = standing.range.map(|(best, worst)| (u32::from(best), u32::from(worst)));
            let of = u32::from(standing.out_of);
            Some(Placed { rank: u32::from(rank), of, range, joint: sharing(rank).saturating_sub(1), before: None })
        });
        Line {
            name: line.name.clone(),
            code: line.code,
            figures: line.figures.iter().enumerate().map(figure).collect(),
            reading: self.evidence(line).reading(),
            placed,
            used: line.against.as_ref().map_or((1, 1), |against| (against.used, against.members)),
            without_one: line.against.as_ref().and_then(|against| against.without_one),
            verdict: line.against.as_ref().and_then(|against| self.verdict(against, own)),
            comparator,
            ranged: line.ranged,
        }
    }

    /// What a line is to the authority.
    fn comparator(&self, line: &view::Line, own: LaCode) -> Option<Comparator> {
        let against = line.against.as_ref()?;
        match line.code {
            Some(code) if code != own => Some(Comparator::Authority(code)),
            Some(_) => None,
            None => Comparator::parse(&against.comparator, self.asked.register).ok(),
        }
    }
}
