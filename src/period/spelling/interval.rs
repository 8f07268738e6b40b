//! Intervals as statistical systems write them: `2023-09-01/P1Y`, `2021-01-01/2021-12-31`, `government-year/2021-2022`.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use regex::Regex;

use super::bounds::Bounds;

/// A day and how long from there, or the last day; each day may have a time.
static INTERVAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let day = r"(\d{4}-\d{2}-\d{2})(?:t00:00(?::00)?z?)?";
    Regex::new(&format!(r"(?i)^(?:.*gregorian-interval/)?{day}/(?:p(\d{{1,3}})([ymwd])|{day})$")).ok()
});

/// The last part of an address of a period, and the kind of year it is of.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:.*/)?(?:gregorian-|calendar-|(?P<kind>government|academic)-)?(?:year|quarter|month|week|day)/(?P<rest>[^/]+)$").ok()
});

/// The days of an interval; none where the text is none.
pub(super) fn read(text: &str) -> Option<Option<Bounds>> {
    let found = INTERVAL.as_ref()?.captures(text)?;
    let day = |group: usize| found.get(group).and_then(|day| day.as_str().parse::<NaiveDate>().ok());
    Some(day(1).and_then(|start| match (found.get(2), found.get(3)) {
        (Some(number), Some(unit)) => {
            let number: u16 = number.as_str().parse().ok()?;
            match unit.as_str().to_lowercase().as_str() {
                "y" => Bounds::months(start, number.checked_mul(12)?),
                "m" => Bounds::months(start, number),
                "w" => Bounds::days(start, number.checked_mul(7)?),
                _ => Bounds::days(start, number),
            }
        }
        _ => {
            let last = day(4)?;
            // An end on the day of the month on which it starts is the first day that is not in it any more.
            let open = chrono::Datelike::day(&start) == chrono::Datelike::day(&last);
            let last = if open { last.checked_sub_days(Days::new(1))? } else { last };
            Bounds::between(start, last)
        }
    }))
}

/// The words of an address of a period, such as `government 2021-2022`; none where the text is none.
pub(super) fn address(text: &str) -> Option<String> {
    let found = ADDRESS.as_ref()?.captures(text)?;
    let kind = found.name("kind").map_or(String::new(), |kind| format!("{} ", kind.as_str()));
    Some(format!("{kind}{}", found.name("rest")?.as_str()))
}

/// Whether a text is an interval or an address of a period.
pub fn is_machine_made(text: &str) -> bool {
    INTERVAL.as_ref().is_some_and(|known| known.is_match(text)) || address(text).is_some()
}
