//! The message of a council's own months: what the latest of them show.

use super::{about, behind, direction, told};
use crate::chart::control::ControlChart;
use crate::reading::{span, words};
use crate::shown::{counted, list};

/// The title.
pub fn title(chart: &ControlChart) -> String {
    told(&chart.context, words::in_months)
}

/// Why there is no usual range, where there is none.
pub fn short(chart: &ControlChart) -> Option<String> {
    let month = chart.context.reading.as_ref()?.month?;
    chart.latest().is_none().then(|| words::month(month))
}

/// The alt text.
pub fn alt(chart: &ControlChart) -> String {
    let (context, measure) = (&chart.context, &chart.context.measure);
    let months = counted(chart.months.len(), "month", "months");
    let opening = words::opening("Control chart", measure);
    let shows = context.reading.as_ref().and_then(|reading| reading.month).map(words::month).unwrap_or_default();
    let usual = chart.latest().map_or_else(String::new, |usual| {
        let [mean, lower, upper] =
            [usual.limits.mean, usual.limits.lower, usual.limits.upper].map(|v| measure.shown(v));
        format!("Average {mean}, usual range {lower} to {upper}.")
    });
    let target = chart.target.map_or_else(String::new, |target| format!("Target {}.", measure.shown(target)));
    let unusual: Vec<&str> =
        chart.unusual.iter().filter_map(|&at| Some(chart.months.get(at)?.label.as_str())).collect();
    let unusual = if unusual.is_empty() { String::new() } else { format!("Unusual: {}.", list(&unusual)) };
    let said = [shows, usual, target, unusual].map(|text| behind(&text)).concat();
    let (way, own) = (direction(measure), about(context));
    format!("{opening}, {months}, {}.{way}{own}{said}", span(&chart.months))
}
