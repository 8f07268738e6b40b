//! A table of spellings with the first and last day of each, worked out by hand; of such as are refused; and what must
//! hold of any.

use abreast::period::{Length, Period, PeriodKey, YearEnd, label};
use chrono::{Datelike, Days, Months, NaiveDate};
use proptest::prelude::*;

/// Spelling, identifier, the pipeline's year end, first day, last day.
const READ: &str = "
2024 | | | 2024-01-01 | 2024-12-31
2024 | Calendar year | | 2024-01-01 | 2024-12-31
2024 | Reporting year | 31 March | 2023-04-01 | 2024-03-31
2024 | Financial year | 31 March | 2023-04-01 | 2024-03-31
2024 | Academic year | 31 August | 2023-09-01 | 2024-08-31
Year 2024 | | | 2024-01-01 | 2024-12-31
CY 2024 | | | 2024-01-01 | 2024-12-31
Calendar year 2024 | | | 2024-01-01 | 2024-12-31
2024 calendar year | | | 2024-01-01 | 2024-12-31
Reporting year 2024 | | | 2024-01-01 | 2024-12-31
2024.0 | | | 2024-01-01 | 2024-12-31
202425 | Academic year | | 2024-09-01 | 2025-08-31
202425 | Academic year | 31 January | 2024-09-01 | 2025-01-31
202425 | Financial year | | 2024-04-01 | 2025-03-31
202425.0 | Academic year | | 2024-09-01 | 2025-08-31
199900 | Academic year | | 1999-09-01 | 2000-08-31
2024/25 | | | 2024-09-01 | 2025-08-31
2024-25 | | | 2024-09-01 | 2025-08-31
2024\u{2013}25 | | | 2024-09-01 | 2025-08-31
2024 - 25 | | | 2024-09-01 | 2025-08-31
2024/2025 | | | 2024-09-01 | 2025-08-31
2024-2025 | | | 2024-09-01 | 2025-08-31
20242025 | | | 2024-09-01 | 2025-08-31
2024 to 2025 | | | 2024-09-01 | 2025-08-31
2021 to 2022 | | | 2021-09-01 | 2022-08-31
23/24 | | | 2023-09-01 | 2024-08-31
23-24 | Financial year | | 2023-04-01 | 2024-03-31
11/12 | Academic year | | 2011-09-01 | 2012-08-31
2020-21 | | 31 March | 2020-09-01 | 2021-03-31
Academic year 2023/24 | | | 2023-09-01 | 2024-08-31
Academic Year 2022/23 | | | 2022-09-01 | 2023-08-31
AY 2023/24 | | | 2023-09-01 | 2024-08-31
AY2023-24 | | | 2023-09-01 | 2024-08-31
AY23/24 | | | 2023-09-01 | 2024-08-31
2023/24 academic year | | | 2023-09-01 | 2024-08-31
2023-24 (academic year) | | | 2023-09-01 | 2024-08-31
School year 2023/24 | | | 2023-09-01 | 2024-08-31
Financial year 2023-24 | | | 2023-04-01 | 2024-03-31
financial year 2023 to 2024 | | | 2023-04-01 | 2024-03-31
FY2021-22 | | | 2021-04-01 | 2022-03-31
FY 2024-25 | | | 2024-04-01 | 2025-03-31
FY21/22 | | | 2021-04-01 | 2022-03-31
2021/22 FY | | | 2021-04-01 | 2022-03-31
Tax year 2023-24 | | | 2023-04-01 | 2024-03-31
FYE 2024 | | | 2023-04-01 | 2024-03-31
FYE March 2024 | | | 2023-04-01 | 2024-03-31
Financial year ending 31 March 2024 | | | 2023-04-01 | 2024-03-31
Financial year ending 2024 | | | 2023-04-01 | 2024-03-31
Academic year ending 2024 | | | 2023-09-01 | 2024-08-31
2021-23 | | | 2021-01-01 | 2023-12-31
2019 to 2021 | | | 2019-01-01 | 2021-12-31
2019 - 2021 | | | 2019-01-01 | 2021-12-31
2018/19 - 2020/21 | | | 2018-09-01 | 2021-08-31
2018/19 to 2020/21 | Financial year | | 2018-04-01 | 2021-03-31
Q1 2024/25 | | | 2024-04-01 | 2024-06-30
2024/25 Q2 | | | 2024-07-01 | 2024-09-30
2024-25 Q3 | | | 2024-10-01 | 2024-12-31
Quarter 3 2024/25 | | | 2024-10-01 | 2024-12-31
Q4 2024/25 | | | 2025-01-01 | 2025-03-31
Qtr 4 2024-25 | | | 2025-01-01 | 2025-03-31
Q1 FY2024-25 | | | 2024-04-01 | 2024-06-30
first quarter 2024/25 | | | 2024-04-01 | 2024-06-30
1st quarter 2024/25 | | | 2024-04-01 | 2024-06-30
2024 Q3 | | | 2024-07-01 | 2024-09-30
2024-Q3 | | | 2024-07-01 | 2024-09-30
2024Q3 | | | 2024-07-01 | 2024-09-30
202425 | Financial year Q2 | | 2024-07-01 | 2024-09-30
202425 | Academic year Q1 | | 2024-09-01 | 2024-11-30
2024 | Calendar year Q4 | | 2024-10-01 | 2024-12-31
Q1 (Apr-Jun) 2024 | | | 2024-04-01 | 2024-06-30
Q1 2024/25 (Apr-Jun) | | | 2024-04-01 | 2024-06-30
Apr-Jun 2024 | | | 2024-04-01 | 2024-06-30
Apr - Jun 2024 | | | 2024-04-01 | 2024-06-30
April to June 2024 | | | 2024-04-01 | 2024-06-30
Jan to Mar 2024 | | | 2024-01-01 | 2024-03-31
January\u{2013}March 2024 | | | 2024-01-01 | 2024-03-31
Jul 2024 - Sep 2024 | | | 2024-07-01 | 2024-09-30
Oct 2023 to Mar 2024 | | | 2023-10-01 | 2024-03-31
April 2023 to March 2024 | | | 2023-04-01 | 2024-03-31
Apr-23 - Mar-24 | | | 2023-04-01 | 2024-03-31
Jan-Mar 2024/25 | | | 2025-01-01 | 2025-03-31
H1 2024/25 | | | 2024-04-01 | 2024-09-30
2024 H2 | | | 2024-07-01 | 2024-12-31
202122 | Part 1 (April to September) | | 2021-04-01 | 2021-09-30
March 2024 | | | 2024-03-01 | 2024-03-31
2024 March | | | 2024-03-01 | 2024-03-31
Mar 2024 | | | 2024-03-01 | 2024-03-31
Sept 2024 | | | 2024-09-01 | 2024-09-30
Sep. 2024 | | | 2024-09-01 | 2024-09-30
Mar-24 | | | 2024-03-01 | 2024-03-31
Mar 24 | | | 2024-03-01 | 2024-03-31
Mar '24 | | | 2024-03-01 | 2024-03-31
Sept-24 | | | 2024-09-01 | 2024-09-30
2024-03 | | | 2024-03-01 | 2024-03-31
2024/03 | | | 2024-03-01 | 2024-03-31
03/2024 | | | 2024-03-01 | 2024-03-31
202403 | | | 2024-03-01 | 2024-03-31
February 2024 | | | 2024-02-01 | 2024-02-29
2025 | January | | 2025-01-01 | 2025-01-31
202425 | January | | 2025-01-01 | 2025-01-31
January 2024/25 | | | 2025-01-01 | 2025-01-31
April 2024/25 | Financial year | | 2024-04-01 | 2024-04-30
Month 6 2024/25 | | | 2024-09-01 | 2024-09-30
month ending 31 March 2024 | | | 2024-03-01 | 2024-03-31
31 March 2024 | | | 2024-03-31 | 2024-03-31
31st March 2024 | | | 2024-03-31 | 2024-03-31
1st April 2024 | | | 2024-04-01 | 2024-04-01
31st of March 2024 | | | 2024-03-31 | 2024-03-31
31 Mar 2024 | | | 2024-03-31 | 2024-03-31
31-Mar-2024 | | | 2024-03-31 | 2024-03-31
31-Mar-24 | | | 2024-03-31 | 2024-03-31
31/03/2024 | | | 2024-03-31 | 2024-03-31
31/3/2024 | | | 2024-03-31 | 2024-03-31
31/03/24 | | | 2024-03-31 | 2024-03-31
31.03.2024 | | | 2024-03-31 | 2024-03-31
2024-03-31 | | | 2024-03-31 | 2024-03-31
2024/03/31 | | | 2024-03-31 | 2024-03-31
2024-03-31T00:00:00 | | | 2024-03-31 | 2024-03-31
2024-03-31 00:00:00 | | | 2024-03-31 | 2024-03-31
20240331 | | | 2024-03-31 | 2024-03-31
45382 | | | 2024-03-31 | 2024-03-31
45382.0 | | | 2024-03-31 | 2024-03-31
March 31, 2024 | | | 2024-03-31 | 2024-03-31
Sunday 31 March 2024 | | | 2024-03-31 | 2024-03-31
As at 31 March 2024 | | | 2024-03-31 | 2024-03-31
at 31 March 2024 | | | 2024-03-31 | 2024-03-31
as of 31 March 2024 | | | 2024-03-31 | 2024-03-31
on 31 March 2024 | | | 2024-03-31 | 2024-03-31
Position as at 31 March 2024 | | | 2024-03-31 | 2024-03-31
Snapshot 31/03/2024 | | | 2024-03-31 | 2024-03-31
As at end of March 2024 | | | 2024-03-31 | 2024-03-31
end March 2024 | | | 2024-03-31 | 2024-03-31
As at March 2024 | | | 2024-03-31 | 2024-03-31
Year ending 31 March 2024 | | | 2023-04-01 | 2024-03-31
Year ending March 2024 | | | 2023-04-01 | 2024-03-31
year ended 31 March 2024 | | | 2023-04-01 | 2024-03-31
Year to March 2024 | | | 2023-04-01 | 2024-03-31
YE March 2024 | | | 2023-04-01 | 2024-03-31
Y/E 31 March 2024 | | | 2023-04-01 | 2024-03-31
12 months to March 2024 | | | 2023-04-01 | 2024-03-31
12 months ending Jun-24 | | | 2023-07-01 | 2024-06-30
rolling 12 months to June 2024 | | | 2023-07-01 | 2024-06-30
Year to end of September 2024 | | | 2023-10-01 | 2024-09-30
Quarter ending June 2024 | | | 2024-04-01 | 2024-06-30
quarter to 30 June 2024 | | | 2024-04-01 | 2024-06-30
3 months to June 2024 | | | 2024-04-01 | 2024-06-30
6 months to September 2024 | | | 2024-04-01 | 2024-09-30
1 April 2023 to 31 March 2024 | | | 2023-04-01 | 2024-03-31
1 April to 30 June 2024 | | | 2024-04-01 | 2024-06-30
1 October to 31 March 2024 | | | 2023-10-01 | 2024-03-31
01/04/2023 - 31/03/2024 | | | 2023-04-01 | 2024-03-31
2023-09-01/P1Y | | | 2023-09-01 | 2024-08-31
2016-09-01/P1Y | | | 2016-09-01 | 2017-08-31
2021-04-01T00:00:00/P1Y | | | 2021-04-01 | 2022-03-31
2021-04-01/P3M | | | 2021-04-01 | 2021-06-30
2021-04-01/P1M | | | 2021-04-01 | 2021-04-30
2024-07-15/P7D | | | 2024-07-15 | 2024-07-21
2021-01-01/2021-12-31 | | | 2021-01-01 | 2021-12-31
2019-04-01/2022-03-31 | | | 2019-04-01 | 2022-03-31
2021-04-01/2022-04-01 | | | 2021-04-01 | 2022-03-31
http://reference.data.gov.uk/id/gregorian-interval/2021-04-01T00:00:00/P1Y | | | 2021-04-01 | 2022-03-31
http://reference.data.gov.uk/id/year/2021 | | | 2021-01-01 | 2021-12-31
government-year/2021-2022 | | | 2021-04-01 | 2022-03-31
month/2021-04 | | | 2021-04-01 | 2021-04-30
quarter/2021-Q2 | | | 2021-04-01 | 2021-06-30
Autumn term 2024/25 | | | 2024-09-01 | 2024-12-31
Autumn 2024/25 | | | 2024-09-01 | 2024-12-31
202425 | Autumn term | | 2024-09-01 | 2024-12-31
202425 | Autumn and spring term | | 2024-09-01 | 2025-03-31
Autumn and spring terms 2024/25 | | | 2024-09-01 | 2025-03-31
spring Term 2024-25 | | | 2025-01-01 | 2025-03-31
2024/25 Spring term | | | 2025-01-01 | 2025-03-31
Summer 202425 | | | 2025-04-01 | 2025-08-31
Autumn term 2024 | | | 2024-09-01 | 2024-12-31
Spring 2025 | | | 2025-01-01 | 2025-03-31
Summer term 2025 | | | 2025-04-01 | 2025-08-31
2024 | Week 29 | | 2024-07-15 | 2024-07-21
Week 29 2024 | | | 2024-07-15 | 2024-07-21
2024 Week 29 | | | 2024-07-15 | 2024-07-21
2024-W29 | | | 2024-07-15 | 2024-07-21
Wk 29 2024 | | | 2024-07-15 | 2024-07-21
Week ending 21 July 2024 | | | 2024-07-15 | 2024-07-21
w/e 21/07/2024 | | | 2024-07-15 | 2024-07-21
Week commencing 15 July 2024 | | | 2024-07-15 | 2024-07-21
w/c 15/07/24 | | | 2024-07-15 | 2024-07-21
2024 [p] | | | 2024-01-01 | 2024-12-31
2024 (provisional) | | | 2024-01-01 | 2024-12-31
2024p | | | 2024-01-01 | 2024-12-31
2023 (Final) | | | 2023-01-01 | 2023-12-31
2024/25 (provisional) | | | 2024-09-01 | 2025-08-31
2023/24 [p] | | | 2023-09-01 | 2024-08-31
2022 [r] | | | 2022-01-01 | 2022-12-31
2022\u{b9} | | | 2022-01-01 | 2022-12-31
2022 (1) | | | 2022-01-01 | 2022-12-31
2022 [note 2] | | | 2022-01-01 | 2022-12-31
2023/24 - revised | | | 2023-09-01 | 2024-08-31
31 March 2024* | | | 2024-03-31 | 2024-03-31
March\u{a0}2024 | | | 2024-03-01 | 2024-03-31
";

/// Spelling, identifier, and a word of the message.
const REFUSED: &str = "
latest | | is not a period
 | | is not a period
Total | | is not a period
12024 | | is not a period
1024 | | is not a period
204 | | is not a period
20241 | | is not a period
2024.5 | | is not a period
2204 | | is not a period
1824 | | is not a period
0024 | | is not a period
202427 | Academic year | is not a period
202427 | | is not a period
202413 | | is not a period
2024/23 | | is not a period
2024-2023 | | is not a period
2023/241 | | is not a period
Q1 2024 | | may mean
Quarter 3 2024 | | may mean
H1 2024 | | may mean
Q5 2024/25 | | is not a period
FY2024 | | may mean
Financial year 2024 | | may mean
2024 | Academic year | may mean
11/12 | | may mean
2009-12 | | may mean
24-03-31 | | may mean
01-02-03 | | may mean
Oct-Mar 2024 | | may mean
April 2024/25 | | may mean
Apr-Jun 2024/25 | | may mean
Year ending 2024 | | the day it ends on is not said
Q1 (Jul-Sep) 2024/25 | | quarter and its months
31 March 98 | | is not a period
Mar-98 | | two digits
31/03/98 | | is not a period
30 February 2024 | | no such day
31/02/2024 | | no such day
3/31/2024 | | no such day
2024-02-30 | | no such day
Week 53 2024 | | no such week
24-Jan | | is not a period
March | | is not a period
31 March | | is not a period
Winter term 2024/25 | | is not a period
Autumn term | | is not a period
Autumn term 2024/27 | | is not a period
term 2024/25 | | is not a period
Spring break 2025 | | is not a period
Autumn and spring term 2024 | | is not a period
2023/24 | Calendar year | not of two years
2024 budget | | is not a period
2024 forecast | | is not a period
2024 and 2025 | | is not a period
2024 2025 | | is not a period
1 April 2024 to 31 March 2024 | | is not a period
";

fn lines(table: &str) -> Vec<Vec<String>> {
    let unescaped = |text: &str| {
        ["\\u{2013}", "\\u{b9}", "\\u{a0}"]
            .into_iter()
            .zip(["\u{2013}", "\u{b9}", "\u{a0}"])
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let cells = |line: &str| line.split('|').map(|cell| unescaped(cell.trim())).collect();
    table.lines().filter(|line| line.contains('|')).map(cells).collect()
}

fn ends(text: &str) -> Option<YearEnd> {
    (!text.is_empty()).then(|| YearEnd::try_from(text.to_owned()).expect("a day of the year"))
}

#[test]
fn every_spelling_has_its_days() {
    let rows = lines(READ);
    assert!(rows.len() > 180, "{} spellings", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let [text, identifier, end, first, last] = row.as_slice() else { panic!("{row:?}") };
        let found = Period::parse(text, identifier, ends(end));
        let days = found.as_ref().map(|period| (period.start.to_string(), period.end.to_string()));
        if days != Ok((first.clone(), last.clone())) {
            wrong.push(format!("{text} {identifier}: {first} to {last}, found {days:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_none_or_may_be_two_is_refused_with_the_reason() {
    let mut wrong = Vec::new();
    for row in &lines(REFUSED) {
        let [text, identifier, reason] = row.as_slice() else { panic!("{row:?}") };
        match Period::parse(text, identifier, None) {
            Ok(period) => wrong.push(format!("{text} {identifier}: read as {} to {}", period.start, period.end)),
            Err(message) if !message.contains(reason.as_str()) => wrong.push(format!("{text} {identifier}: {message}")),
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn spellings_of_one_day_are_one_period() {
    let key =
        |text: &str, identifier: &str, end: &str| Period::parse(text, identifier, ends(end)).map(|read| read.key());
    for one in [
        &[("2024", "Reporting year", "31 March"), ("202324", "Financial year", ""), ("31 March 2024", "", "")][..],
        &[("Year ending March 2024", "", ""), ("FYE 2024", "", ""), ("2023-04-01/P1Y", "", "")],
        &[("Q1 2024/25", "", ""), ("Apr-Jun 2024", "", ""), ("2024 Q2", "", ""), ("2024-04-01/P3M", "", "")],
        &[("202324", "Academic year", "31 January"), ("2024", "Calendar year", "31 January")],
        &[("2024", "", ""), ("2024.0", "", ""), ("2024 (provisional)", "", ""), ("2024p", "", "")],
    ] {
        let keys: Vec<_> = one.iter().map(|&(text, identifier, end)| key(text, identifier, end)).collect();
        assert!(keys.iter().all(|known| known.is_ok() && *known == keys[0]), "{one:?}: {keys:?}");
    }
    // One last day, and not one period.
    for (one, other) in [("March 2024", "31 March 2024"), ("Q4 2023/24", "FY2023-24"), ("2021-23", "2023")] {
        assert_ne!(key(one, "", ""), key(other, "", ""), "{one} and {other}");
    }
}

fn a_day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1981, 1, 1).expect("a day");
    (0..43_000_u64).prop_map(move |days| first + Days::new(days))
}

proptest! {
    #[test]
    fn a_day_is_read_back_from_whatever_it_is_written_as(day in a_day(), format in prop::sample::select(vec![
        "%-d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%b-%Y", "%B %-d, %Y", "As at %-d %B %Y", "%Y%m%d",
    ])) {
        let text = day.format(format).to_string();
        let read = Period::parse(&text, "", None);
        prop_assert_eq!(read.map(|period| (period.start, period.end)), Ok((day, day)), "{}", text);
    }

    #[test]
    fn a_label_means_the_period_it_is_of(year in 1981..2095_i32, of in 0..6_usize) {
        let second = (year + 1) % 100;
        let (code, identifier) = [
            (year.to_string(), "Calendar year"),
            (format!("{year}{second:02}"), "Academic year"),
            (format!("{year}{second:02}"), "Autumn term"),
            (year.to_string(), "January"),
            (year.to_string(), "Week 7"),
            (format!("{year}-09-01/P1Y"), ""),
        ][of].clone();
        let period = Period::parse(&code, identifier, None).expect("a period");
        let again = Period::parse(&label(&code, identifier), "", None).expect("its label is a period");
        prop_assert_eq!(again.key(), period.key(), "{} {}", code, identifier);
    }

    #[test]
    fn the_order_of_periods_is_that_of_time(days in prop::collection::vec(a_day(), 2..12)) {
        let mut keys: Vec<PeriodKey> = days
            .iter()
            .enumerate()
            .map(|(at, day)| PeriodKey::new(*day, [Length::YEAR, Length::MONTH, Length::Term, Length::WEEK][at % 4]))
            .collect();
        keys.sort();
        prop_assert!(keys.windows(2).all(|pair| pair[0].end() <= pair[1].end()));
        prop_assert!(keys.windows(2).all(|pair| (pair[0] == pair[1]) == (pair[0].cmp(&pair[1]).is_eq())));
    }

    #[test]
    fn one_period_alone_is_a_year_before_another(day in a_day(), months in 1..36_u16) {
        let later = PeriodKey::new(day, Length::Months(months));
        let earlier = later.a_year_before();
        prop_assert!(earlier.is_a_year_before(later) && !later.is_a_year_before(earlier));
        prop_assert_eq!(earlier.length(), later.length());
        prop_assert_eq!(earlier.end().year() + 1, later.end().year());
        let month = PeriodKey::new(day.checked_sub_months(Months::new(11)).expect("a day"), Length::Months(months));
        prop_assert!(!month.is_a_year_before(later));
    }
}

#[test]
fn a_cell_of_megabytes_is_refused_with_its_start() {
    let said = Period::parse(&"March 2024, ".repeat(300_000), "", None).expect_err("no period");
    assert!(said.starts_with("`March 2024, March 2024") && said.ends_with("it is too long for one"), "{said}");
    assert!(said.len() < 200, "{said}");
}
