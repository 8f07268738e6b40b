//! Given a reading, this sentence: a row for each situation, kept in `snapshots/reading/sentences.txt`.

use std::fmt::Write;

use super::samples::{england, evidence, interval, neighbours, on_time, plain, share, year};
use abreast::pipeline::Unit;
use abreast::reading::{
    Age, Caveat, Evidence, Flips, Link, Measure, Missing, Month, Other, Phrases, Placed, Reading, Seen, When, words,
};
use abreast::reading::{Judgement, NoTarget};
use abreast::statistics::difference::Ratio;
use abreast::statistics::interval_side::IntervalSide;
use abreast::statistics::quotient::Quotient;
use abreast::statistics::target::{Target, TargetStatus};
use abreast::statistics::{Interval, Polarity};
use abreast::value::Status;

/// The mark of a figure that was not published.
const NOT_PUBLISHED: Missing = Missing::Unpublished;

/// The number of a sentence, what the reading holds, and the sentence.
type Row = (&'static str, &'static str, String);

/// Compares with `tests/it/snapshots/reading/NAME`.
fn snapshot(name: &str, text: &str) {
    crate::harness::snapshot(&format!("reading/{name}"), text);
}

fn read(measure: Measure, series: &[Seen], edit: impl FnOnce(&mut Evidence)) -> Reading {
    let mut evidence = evidence(measure, series);
    edit(&mut evidence);
    evidence.reading()
}

fn placed(rank: u32, of: u32, range: Option<(u32, u32)>) -> Option<Placed> {
    Some(Placed { rank, of, range, joint: 0, before: None })
}

fn against(rows: &mut Vec<Row>) {
    let mut add = |number, holds, sentence: String| rows.push((number, holds, sentence));
    let down = [share(117.0, 332.0), share(103.0, 378.0)];
    let worse = |evidence: &mut Evidence| evidence.others.push(england(46.4, Some(IntervalSide::Below)));
    add("1", "worse, beyond chance, worsened", words::message(&read(on_time(), &down, worse)).bold);
    let unclear = [share(32.0, 537.0), share(33.0, 772.0)];
    add("2", "worse; change not clear", words::answer(&read(on_time(), &unclear, worse)));
    let appeals = Measure {
        phrases: Phrases { less: "Families appeal less often".into(), ..Phrases::default() },
        ..plain("appeals per 100 decisions", Unit::Percent, 1, Polarity::Low)
    };
    let better = |evidence: &mut Evidence| evidence.others.push(england(3.2, Some(IntervalSide::Below)));
    add("3", "better", words::message(&read(appeals, &[share(41.0, 4158.0)], better)).bold);
    let decided = Measure {
        phrases: Phrases { says: "{} of requests were decided within 6 weeks".into(), ..Phrases::default() },
        ..plain("requests decided within 6 weeks", Unit::Percent, 0, Polarity::High)
    };
    let similar = |value, spread| {
        move |evidence: &mut Evidence| {
            evidence.others.push(england(value, Some(IntervalSide::Within)));
            evidence.spread = Some(spread);
        }
    };
    let alike = read(decided.clone(), &[share(1396.0, 1638.0)], similar(84.8, 20.0));
    add("4", "similar", words::answer(&alike));
    let apart = read(decided.clone(), &[share(31.0, 100.0)], similar(27.0, 20.0));
    add("5", "similar, though the figures look apart", words::answer(&apart));
    let slight = |evidence: &mut Evidence| {
        evidence.others.push(england(44.0, Some(IntervalSide::Below)));
        evidence.spread = Some(30.0);
    };
    add(
        "6",
        "beyond chance, gap under a tenth of the spread",
        words::answer(&read(decided.clone(), &[share(42e3, 1e5)], slight)),
    );
    let both = |evidence: &mut Evidence| {
        evidence.others.push(england(86.0, Some(IntervalSide::Above)));
        evidence.others.push(neighbours(98.0, Some(IntervalSide::Below)));
    };
    add(
        "7",
        "better than England, worse than neighbours",
        words::relations(&read(on_time(), &[share(940.0, 1000.0)], both)),
    );
    let agreed = Measure {
        phrases: Phrases { more: "A larger share of requests is agreed".into(), ..Phrases::default() },
        ..plain("requests agreed", Unit::Percent, 0, Polarity::None)
    };
    let higher = |evidence: &mut Evidence| evidence.others.push(england(65.0, Some(IntervalSide::Above)));
    add("8", "no polarity, higher", words::answer(&read(agreed, &[share(710.0, 1000.0)], higher)));
    let days = Measure {
        phrases: Phrases { says: "A typical assessment took {}".into(), ..Phrases::default() },
        ..plain("length of an assessment", Unit::Days, 0, Polarity::Low)
    };
    let untested = |evidence: &mut Evidence| evidence.others.push(england(14.0, None));
    add("9", "figure without counts", words::answer(&read(days, &[Seen::of(15.0)], untested)));
    let total = |evidence: &mut Evidence| {
        evidence.others.push(Other { is_total: true, ..england(576_474.0, None) });
    };
    let plans = plain("plans", Unit::Number, 0, Polarity::None);
    add("10", "England is a total", words::answer(&read(plans, &[Seen::of(3625.0)], total)));
}

fn averages(rows: &mut Vec<Row>) {
    let mut add = |number, holds, other: Other| {
        let reading = read(on_time(), &[share(500.0, 1000.0)], |evidence| evidence.others.push(other));
        rows.push((number, holds, words::notes(&reading).join(" ")));
    };
    let average = Flips { average: true, set: false };
    add(
        "11",
        "averages disagree",
        Other { flips: average, median: Some(55.0), ..neighbours(45.0, Some(IntervalSide::Above)) },
    );
    let set = Flips { average: false, set: true };
    add(
        "12",
        "neighbour sets disagree",
        Other { flips: set, other_set: Some(2021), ..neighbours(60.0, Some(IntervalSide::Below)) },
    );
    add("13", "some neighbours without data", Other { used: (7, 10), ..neighbours(45.0, Some(IntervalSide::Above)) });
    add("14", "under half with data", Other { used: (3, 10), ..neighbours(45.0, Some(IntervalSide::Above)) });
    let closed = vec![("Northamptonshire".to_owned(), 2021)];
    add("48", "neighbour closed", Other { used: (9, 10), closed, ..neighbours(45.0, Some(IntervalSide::Above)) });
}

fn places(rows: &mut Vec<Row>) {
    let mut add = |number, holds, measure: Measure, seen: Seen, placed: Option<Placed>| {
        let reading = read(measure, &[seen], |evidence| evidence.placed = placed);
        rows.push((number, holds, words::place(&reading)));
    };
    let seen = share(526.0, 1000.0);
    add("15", "rank range within five of an end", on_time(), seen, placed(143, 146, Some((142, 144))));
    add(
        "15",
        "the same where low is good",
        plain("plans over a year", Unit::Percent, 0, Polarity::Low),
        seen,
        placed(149, 151, Some((148, 150))),
    );
    add("16", "rank range within a quarter", on_time(), seen, placed(135, 153, Some((131, 145))));
    add("17", "rank range crosses quarters", on_time(), seen, placed(8, 153, Some((1, 52))));
    add("18", "rank range over half of all", on_time(), seen, placed(61, 146, Some((24, 145))));
    let none =
        Measure { phrases: Phrases { none: "no plan took over a year".into(), ..Phrases::default() }, ..on_time() };
    let joint = Some(Placed { rank: 1, of: 151, range: Some((1, 64)), joint: 63, before: None });
    add("19", "joint rank", none, share(0.0, 500.0), joint);
    add(
        "20",
        "no polarity: place",
        plain("plans per 10,000", Unit::Percent, 0, Polarity::None),
        seen,
        placed(112, 151, None),
    );
    add(
        "21",
        "not ranked, few cases",
        Measure { whole: "requests".into(), ..on_time() },
        share(9.0, 16.0),
        placed(3, 151, None),
    );
    add("-", "a rank outside its own range", on_time(), seen, placed(124, 151, Some((119, 122))));
}

fn changes(rows: &mut Vec<Row>) {
    let mut add = |number, holds, sentence: String| rows.push((number, holds, sentence));
    let worsened = read(on_time(), &[share(117.0, 332.0), share(103.0, 378.0)], |_| ());
    add("22", "worsened", words::fragment(&worsened));
    let undecided = plain("requests undecided at year end", Unit::Percent, 0, Polarity::Low);
    let improved = read(undecided, &[share(182.0, 1400.0), share(125.0, 1582.0)], |_| ());
    add("23", "improved", words::change(&improved).unwrap_or_default());
    let appeals = plain("appeals", Unit::Percent, 1, Polarity::Low);
    let unclear = read(appeals, &[share(28.0, 4000.0), share(41.0, 4158.0)], |_| ());
    add("24", "change within chance", words::fragment(&unclear));
    let twice = read(on_time(), &[share(504.0, 1000.0), share(352.0, 1000.0), share(272.0, 1000.0)], |_| ());
    add("25", "two changes running", words::run(&twice).unwrap_or_default());
    add("26", "first period", words::fragment(&read(on_time(), &[share(50.0, 100.0)], |_| ())));
    let broken = read(on_time(), &[], |evidence| {
        let link = Link::Break("reported singly".into());
        evidence.past = vec![year(2021, share(300.0, 1000.0), Link::First), year(2022, share(40.0, 1000.0), link)];
    });
    add("27", "break before this period", words::fragment(&broken));
    add("28", "long series with a break", words::turn(&leicestershire()).unwrap_or_default());
    let gap = read(on_time(), &[], |evidence| {
        evidence.past = vec![year(2018, share(230.0, 1000.0), Link::First)];
        let missing = (2019..2023).map(|at| year(at, Seen::missing(NOT_PUBLISHED), Link::Joined));
        evidence.past.extend(missing);
        evidence.past.push(year(2023, share(300.0, 1000.0), Link::Joined));
    });
    add("29", "gap before this period", words::fragment(&gap));
    let requests = plain("requests", Unit::Number, 0, Polarity::None);
    let count = read(requests, &[Seen::of(748.0), Seen::of(940.0)], |evidence| {
        evidence.others.push(Other { is_total: true, before: Some(138_200.0), ..england(154_784.0, None) });
    });
    add("30", "count", words::counted(&count).unwrap_or_default());
    for (holds, side, polarity) in [
        ("five-year trend, good", Some(IntervalSide::Above), Polarity::High),
        ("five-year trend, bad", Some(IntervalSide::Above), Polarity::Low),
        ("five-year trend, neither", Some(IntervalSide::Above), Polarity::None),
        ("five years, no trend", Some(IntervalSide::Within), Polarity::High),
    ] {
        let measure = plain("plans issued within 20 weeks", Unit::Percent, 0, polarity);
        let reading = read(measure, &[share(50.0, 100.0)], |evidence| evidence.trend = side);
        let number = if side == Some(IntervalSide::Within) { "32" } else { "31" };
        add(number, holds, words::trend(&reading).unwrap_or_default());
    }
    let moved = read(on_time(), &[share(352.0, 1000.0), share(348.0, 1000.0)], |evidence| {
        evidence.placed = Some(Placed { rank: 118, of: 151, range: Some((103, 127)), joint: 0, before: Some(98) });
    });
    add("33", "rank moved, own figure did not", words::rank_moved(&moved).unwrap_or_default());
}

/// A long fall before a new way of counting.
fn leicestershire() -> Reading {
    let series = [
        (2016, 354.0, 362.0),
        (2017, 371.0, 375.0),
        (2018, 623.0, 634.0),
        (2019, 699.0, 760.0),
        (2020, 612.0, 763.0),
        (2021, 167.0, 620.0),
        (2022, 23.0, 604.0),
        (2023, 32.0, 537.0),
        (2024, 33.0, 772.0),
    ];
    read(on_time(), &[], |evidence| {
        let link = |at| match at {
            2016 => Link::First,
            2022 => Link::Break("each plan is reported singly".into()),
            _ => Link::Joined,
        };
        evidence.past = series.into_iter().map(|(at, x, n)| year(at, share(x, n), link(at))).collect();
        evidence.spread = Some(35.0);
    })
}

fn small_and_missing(rows: &mut Vec<Row>) {
    let mut add = |number, holds, sentence: String| rows.push((number, holds, sentence));
    let requests = Measure { whole: "requests".into(), ..on_time() };
    add("35", "small denominator", words::few(&read(requests, &[share(2.0, 7.0)], |_| ())));
    let zero = read(on_time(), &[share(0.0, 355.0)], |_| ());
    add("36", "true zero", format!("{} (table: {})", words::none(&zero), words::number(&zero)));
    let tenth = plain("plans", Unit::Percent, 1, Polarity::None);
    let whole = plain("plans", Unit::Percent, 0, Polarity::None);
    add("37", "rounds to zero; to all", format!("{}; {}", tenth.shown(0.03), whole.shown(99.7)));
    let gone = |why| read(on_time(), &[Seen::missing(why)], |evidence| evidence.who = "Reading".into());
    for (number, holds, why) in [
        ("38", "hidden by publisher", Missing::Hidden),
        ("39", "hidden by us", Missing::Guarded),
        ("40", "not available", NOT_PUBLISHED),
        ("41", "withheld pending checks", Missing::Withheld),
    ] {
        add(number, holds, words::missing(&gone(why)));
    }
    let never = Measure {
        phrases: Phrases { never: "every plan was an exception to the time limit".into(), ..Phrases::default() },
        ..on_time()
    };
    let doubted = Seen { mark: Some(Status::Doubtful), ..share(103.0, 378.0) };
    let doubted = read(on_time(), &[share(117.0, 332.0), doubted], |evidence| {
        evidence.others.push(england(46.4, Some(IntervalSide::Below)));
        evidence.placed = placed(143, 146, Some((142, 144)));
    });
    add("-", "doubted by a check: title", words::over_time(&doubted));
    add("-", "doubted by a check: alternative text", words::about(&doubted));
    add("-", "doubted by a check: row", words::line(&doubted));
    let was = Seen { mark: Some(Status::Doubtful), ..share(117.0, 332.0) };
    let was = read(on_time(), &[was, share(103.0, 378.0)], |_| ());
    add("-", "the year before doubted", words::fragment(&was));
    let worked_out = Seen { mark: Some(Status::Differs), ..share(103.0, 378.0) };
    add(
        "-",
        "worked out, and the publisher prints another",
        words::notes(&read(on_time(), &[worked_out], |_| ())).join(" "),
    );
    add("42", "not applicable", words::missing(&read(never, &[Seen::missing(Missing::NotApplicable)], |_| ())));
}

fn caveats(rows: &mut Vec<Row>) {
    let tenth = plain("plans issued within 20 weeks", Unit::Percent, 1, Polarity::High);
    let mut add = |number, holds, who: &str, caveat: Caveat| {
        let reading = read(tenth.clone(), &[share(13.0, 14.0)], |evidence| evidence.who = who.into());
        rows.push((number, holds, words::caveat(&caveat, &reading)));
    };
    add("34", "restated", "Sandwell", Caveat::Restated { period: "2023".into(), first: 34.1, now: 35.2 });
    add("43", "low reliability", "Sandwell", Caveat::Unreliable);
    let old = Caveat::OldDenominator {
        counted: "plans of January 2025".into(),
        each: "10,000 people".into(),
        of: "mid-2022".into(),
    };
    add("45", "older denominator", "Sandwell", old);
    let created = Caveat::New { created: "April 2023".into(), predecessors: vec!["Cumbria".into()] };
    add("47", "authority new", "Cumberland", created);
    add("49", "England incomplete", "Sandwell", Caveat::EnglandIncomplete { left_out: 6 });
    add(
        "50",
        "not recorded moved by half the change",
        "Sandwell",
        Caveat::NotRecordedMoved { noun: "placements".into(), from: 58.0, to: 207.0 },
    );
    add("55", "own return, provisional", "Sandwell", Caveat::Provisional);
    add(
        "56",
        "own and published differ",
        "Sandwell",
        Caveat::Differs { own: 26.9, published: 27.2, publisher: "the Department".into() },
    );
    add(
        "61",
        "months missing",
        "Sandwell",
        Caveat::MonthsMissing { of: 6, missing: vec!["January".into(), "March".into()] },
    );
    add("62", "team under 30 cases", "Sandwell", Caveat::SmallTeam);
    let whole = Measure { places: 0, ..tenth.clone() };
    let exceptions =
        Caveat::NoExceptions { noun: "exceptions to the time limit".into(), england: 6.0, whole: "plans".into() };
    let reading = read(whole, &[share(50.0, 100.0)], |_| ());
    rows.push(("54", "exceptions never used", words::caveat(&exceptions, &reading)));
    let trap = "Plans count in the year they are issued. Finishing old cases lowers the share on time";
    let reads = read(Measure { reads: trap.into(), ..tenth }, &[share(50.0, 100.0)], |_| ());
    rows.push(("53", "measure's own trap, declared", words::notes(&reads).join(" ")));
    let stale = read(on_time(), &[], |evidence| {
        evidence.past =
            vec![abreast::reading::Past { when: When::split_year(2016), seen: share(50.0, 100.0), link: Link::First }];
        evidence.age = Age::Stale;
    });
    rows.push(("44", "stale", words::stale(&stale)));
    let missing = words::not_loaded("pupils by type of school", "the school census by authority has not been loaded");
    rows.push(("46", "missing return", missing));
}

fn tallies(rows: &mut Vec<Row>) {
    let side = |side| move |evidence: &mut Evidence| evidence.others.push(england(46.4, Some(side)));
    let worse = read(on_time(), &[share(352.0, 1000.0), share(272.0, 1000.0)], side(IntervalSide::Below));
    let better = read(on_time(), &[share(600.0, 1000.0)], side(IntervalSide::Above));
    let neutral =
        read(plain("plans", Unit::Percent, 0, Polarity::None), &[share(600.0, 1000.0)], side(IntervalSide::Above));
    let sandwell = [
        &worse,
        &worse,
        &worse,
        &worse,
        &worse,
        &read(on_time(), &[share(460.0, 1000.0)], side(IntervalSide::Within)),
        &neutral,
    ];
    rows.push(("-", "tally", words::tally(&sandwell)));
    rows.push(("-", "tally with both", words::tally(&[&worse, &worse, &better])));
    rows.push(("51", "nothing better", words::best_and_worst(&[&worse, &neutral]).unwrap_or_default().to_owned()));
    rows.push(("52", "nothing worse", words::best_and_worst(&[&better, &neutral]).unwrap_or_default().to_owned()));
}

fn months(rows: &mut Vec<Row>) {
    let mut add = |number, holds, month| rows.push((number, holds, words::month(month)));
    add("57", "month inside its range", Month::Usual);
    add("58", "month outside, good", Month::Outside { high: true, good: Some(true) });
    add("58", "month outside, bad", Month::Outside { high: false, good: Some(false) });
    add("58", "month outside, neither", Month::Outside { high: true, good: None });
    add("59", "seven moves one way", Month::Moving { up: false });
    add("59", "seven one side", Month::Apart { above: true });
    add("60", "under 12 months", Month::Short(8));
}

fn targets(rows: &mut Vec<Row>) {
    use TargetStatus::{Achieved, Missed, NotJudged, WithinTolerance};
    let share_of = Quotient::Share(100.0);
    let mut add = |number, holds, seen: Seen, target: Judgement| {
        let reading = read(on_time(), &[seen], |evidence| evidence.target = target);
        rows.push((number, holds, words::target(&reading)));
    };
    let number = |number| Some(Target::Number(number));
    let judged = |target, tolerance, statuses| Judgement::of(target, tolerance, statuses, None);
    add("63", "red", Seen::of(77.0), judged(number(85.0), 5.0, (Missed, Missed)));
    add("64", "amber", Seen::of(94.0), judged(number(95.0), 2.0, (WithinTolerance, Missed)));
    add("65", "green", Seen::of(21.0), judged(number(22.0), 2.0, (Achieved, Missed)));
    add("65", "blue", Seen::of(68.0), judged(number(60.0), 2.0, (Achieved, Achieved)));
    let chance = Judgement::of(number(85.0), 2.0, (Missed, Missed), Some((share_of, Ratio { x: 96.0, n: 118.0 })));
    add("66", "missed, within chance", share(96.0, 118.0), chance);
    add(
        "67",
        "target is another's figure",
        Seen::of(27.0),
        judged(Some(Target::Benchmark(Some(46.0))), 2.0, (Missed, Missed)),
    );
    let improve = judged(Some(Target::TrendOnly), 0.0, (NotJudged, NotJudged));
    let unclear = read(on_time(), &[share(34.0, 100.0), share(36.0, 100.0)], |evidence| evidence.target = improve);
    rows.push(("68", "target \"to improve\"", words::target(&unclear)));
    let open = judged(Some(Target::ToBeConfirmed), 0.0, (NotJudged, NotJudged));
    assert_eq!(open, Judgement::None(NoTarget::NotSet));
    rows.push((
        "69",
        "no target, to be confirmed",
        words::target(&read(on_time(), &[share(34.0, 100.0)], |evidence| evidence.target = open)),
    ));
}

fn projections(rows: &mut Vec<Row>) {
    let plans = Measure { whole: "plans".into(), ..plain("plans", Unit::Number, 0, Polarity::None) };
    let range: Interval = interval(4600.0, 5800.0);
    rows.push(("70", "projection shown", words::projected(&plans, "in January 2028", 5200.0, range)));
    rows.push(("71", "too short or broken", words::too_short(8, 3)));
    rows.push(("72", "back-test no better than no change", words::no_better().to_owned()));
}

#[test]
fn every_sentence_is_as_a_councillor_read_it() {
    let mut rows: Vec<Row> = Vec::new();
    let groups =
        [against, averages, places, changes, small_and_missing, caveats, tallies, months, targets, projections];
    groups.into_iter().for_each(|group| group(&mut rows));
    rows.sort_by_key(|(number, ..)| number.parse::<u32>().unwrap_or(u32::MAX));
    let mut text = String::new();
    for (number, holds, sentence) in &rows {
        writeln!(text, "{number:>2}  {holds}\n    {sentence}").expect("a string takes it");
    }
    snapshot("sentences.txt", &text);
    let missing: Vec<u32> = (1..=72).filter(|wanted| !rows.iter().any(|row| row.0 == wanted.to_string())).collect();
    assert!(missing.is_empty(), "sentences without a reading: {missing:?}");
}
