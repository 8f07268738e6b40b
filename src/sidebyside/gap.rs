//! The gap between two breakdowns, first less second, in points with its interval, year by year.

use super::asked::Asked;
use super::print::{Cell, Sheet};
use super::said;
use super::view::View;
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::compare::Comparison;
use crate::finding::Error;
use crate::frame::Frame;
use crate::pipeline::Unit;
use crate::store::{self, Found};

type Part = (String, String);

/// One sheet an authority: a row a period for it and for England.
///
/// # Errors
/// No such period.
pub fn sheets(asked: &Asked<'_>, found: &Found<'_>, frame: &Frame, parts: &[Part; 2]) -> Result<Vec<Sheet>, Error> {
    let contexts = [asked.context(found, &parts[0]), asked.context(found, &parts[1])];
    let first = Comparison::of(frame, &contexts[0]).map_err(said)?;
    let second = Comparison::of(frame, &contexts[1]).map_err(said)?;
    let views = [View::of(asked, found, frame, &first, &parts[0])?, View::of(asked, found, frame, &second, &parts[1])?];
    Ok(asked.authorities.iter().map(|&code| sheet(&views, code)).collect())
}

fn sheet(views: &[View<'_>; 2], code: LaCode) -> Sheet {
    let [first, second] = views;
    let measure = first.found.measure;
    let counted = store::measure(first.found, "");
    let mut rows = Vec::new();
    for moment in &first.moments {
        let same = second.moments.iter().find(|other| other.when == moment.when);
        let Some(other) = same else { continue };
        let own = [first.comparison.figure(moment.group, code), second.comparison.figure(other.group, code)];
        let england = [
            first.comparison.against(moment.group, code, &Comparator::England).figure,
            second.comparison.against(other.group, code, &Comparator::England).figure,
        ];
        for (name, [a, b]) in [(first.asked.name(code), own), ("England", england)] {
            let gap = a.less(&b, &counted).map(|gap| gap.interval);
            let mut row = vec![Cell::text(first.label(moment)), Cell::text(name)];
            row.extend([a, b].map(|figure| match figure.value {
                Some(value) => Cell::Number(value, measure.places),
                None => Cell::Missing(figure.missing),
            }));
            row.push(a.value.zip(b.value).map_or(Cell::text(""), |(a, b)| Cell::Signed(a - b, measure.places)));
            row.push(gap.map_or(Cell::text(""), |gap| Cell::Signed(gap.lower, measure.places)));
            row.push(gap.map_or(Cell::text(""), |gap| Cell::Signed(gap.upper, measure.places)));
            row.push(Cell::text(gap.map_or("", |gap| if gap.contains(0.0) { "no" } else { "yes" })));
            rows.push(row);
        }
    }
    let columns = ["Period", "Area", &first.only.1, &second.only.1, "Gap", "Gap lower", "Gap upper", "Beyond chance"];
    Sheet {
        title: format!("{}: gap between {} and {}", measure.label, first.only.1, second.only.1),
        subtitle: format!("{}, in {}", first.asked.name(code), if first.unit == Unit::Percent { "percentage points" } else { first.unit.word() }),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
        fixed: 2,
        notes: vec![
            "First less second; 95% interval by Newcombe's method for shares and square-and-add for rates; none without counts.".to_owned(),
            format!("Source: {} ({}).", first.found.meta.source, first.found.meta.licence),
        ],
        ..Sheet::default()
    }
}
