//! A measure beside what was planned for it, year by year.

use super::slice::{Ask, Slice};
use crate::chart::Chart;
use crate::chart::data::Figure;
use crate::chart::fan::FanChart;
use crate::series::When;

/// The first measure up to the period asked for, and the second over all periods that it is planned for; nothing where the
/// authority has no figure of either.
pub fn plan(own: &Slice<'_>, planned: &Slice<'_>, ask: &Ask<'_>) -> Option<Chart> {
    let last = own.when(ask)?;
    let so_far = own.until(ask, last);
    let mut whens: Vec<When<'_>> = so_far.clone();
    let ahead = planned.alike(last).filter(|when| planned.has(*when, ask.authority));
    whens.extend(ahead.filter(|when| !so_far.contains(when)).collect::<Vec<_>>());
    whens.sort();
    let line = |slice: &Slice<'_>, among: &dyn Fn(When<'_>) -> bool| -> Vec<Option<Figure>> {
        let figure = |when: &When<'_>| among(*when).then(|| slice.figure(ask, *when, ask.authority));
        whens.iter().map(figure).collect()
    };
    let figures = line(own, &|when| so_far.contains(&when));
    let plan = line(planned, &|when| planned.has(when, ask.authority));
    if plan.iter().all(Option::is_none) {
        return None;
    }
    let mut context = own.context(ask, &so_far);
    context.neighbours = None;
    context.reading = None;
    let breaks = own.breaks(ask, &so_far);
    let periods = whens.iter().map(|&when| own.period(when)).collect();
    Some(FanChart { context, periods, figures, plan, ahead: Vec::new(), beside: Vec::new(), breaks }.into())
}
