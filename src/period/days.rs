//! Days as numbers, counted from 1 January 1970.

use chrono::{Days, NaiveDate};

/// The day that is `days` after 1 January 1970, or before it.
pub fn day(days: i32) -> NaiveDate {
    let epoch = NaiveDate::default();
    let size = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { epoch.checked_sub_days(size) } else { epoch.checked_add_days(size) }.unwrap_or(epoch)
}

/// The days from 1 January 1970 to `day`.
pub fn days(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap_or_default()
}
