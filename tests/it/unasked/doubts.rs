//! Figures that cannot be or are unlike their own past: marked, in no rank, and accepted by a person with a reason.

use super::table::{Row, bench, one, rows, said, spoiled};

#[test]
fn a_sound_table_says_nothing() {
    let ran = spoiled("", |_| ()).well();
    assert_eq!(said(&ran), "");
}

#[test]
fn what_publishers_rightly_do_says_nothing() {
    // Everybody 8 percent up in the last year, and five authorities revised by 1 percent in the year before.
    let grown = spoiled("", |rows| {
        let mut sums = std::collections::BTreeMap::new();
        for row in rows.iter_mut().filter(|row| row.year == 2023 && row.level == "Local authority") {
            row.times(1.08);
            for place in [row.region.0.clone(), String::new()] {
                let sum: &mut [f64; 3] = sums.entry(place).or_default();
                (0..3).for_each(|at| sum[at] += row.number(at));
            }
        }
        for row in rows.iter_mut().filter(|row| row.year == 2023 && row.level != "Local authority") {
            row.cells = sums[&row.region.0].map(|sum| sum.to_string());
        }
    });
    assert_eq!(said(&grown.well()), "");
    let shuffled = spoiled("", |rows| rows.sort_by_key(|row| row.cells[1].clone()));
    assert_eq!(said(&shuffled.well()), "");
}

#[test]
fn ten_times_and_a_tenth_are_doubted_by_the_areas_own_past() {
    for factor in [10.0, 0.1] {
        let ran = one("Leeds", 2023, |row| row.times(factor)).well();
        let doubt = ran.finding("unlike-its-past");
        assert!(doubt.message.starts_with("Leeds, 2023: ") && doubt.message.contains("`plans`"), "{}", doubt.message);
    }
    // Every authority's last figure of small counts may double by chance.
    let ran = one("Rutland", 2023, |row| row.cells[2] = (row.number(2) * 2.0).to_string()).well();
    assert!(ran.all("unlike-its-past").is_empty(), "{}", said(&ran));
}

#[test]
fn a_collapse_to_nothing_is_doubted_and_a_start_from_nothing_is_not() {
    let ran = one("Leeds", 2023, |row| row.cells = ["0", "0", "0"].map(str::to_owned)).well();
    assert!(ran.finding("unlike-its-past").message.contains("`plans` is 0 after"));
    let begins = spoiled("", |rows| {
        let early = |row: &&mut Row| row.name() == "Leeds" && row.year < 2023;
        rows.iter_mut().filter(early).for_each(|row| row.cells[1] = "0".to_owned());
    });
    assert!(begins.well().all("unlike-its-past").is_empty());
}

#[test]
fn a_change_that_lasts_is_news_and_one_that_is_taken_back_a_note() {
    let lasts = spoiled("", |rows| {
        let late = |row: &&mut Row| row.name() == "Leeds" && row.year >= 2022;
        rows.iter_mut().filter(late).for_each(|row| row.times(9.0));
    });
    assert!(lasts.well().all("unlike-its-past").is_empty());
    let back = one("Leeds", 2021, |row| row.times(9.0)).well();
    let doubt = back.finding("unlike-its-past");
    assert_eq!(doubt.severity, abreast::finding::Severity::Note, "{}", doubt.message);
    assert!(doubt.message.contains("Leeds, 2021"), "{}", doubt.message);
}

#[test]
fn what_is_doubted_is_marked_and_in_no_rank_until_it_is_accepted() {
    let mut rows = rows();
    rows.iter_mut().filter(|row| row.is("Leeds", 2023)).for_each(|row| row.cells[1] = "-15".to_owned());
    let doubted = bench("", &rows);
    let ran = doubted.run().well();
    let found = &ran.finding("below-nothing").message;
    assert!(found.starts_with("Leeds, 2023: `new` is -15, below nothing; `new_share` is -"), "{found}");
    let share = ["measure=new_share", "la_code=383", "period=2023"];
    let figure = |bench: &crate::harness::Bench| {
        let status = bench.table("plans").row(&share).text("status").to_owned();
        let england = ["comparator=england"];
        let rank = bench.table("comparisons").row(&[&share[..], &england].concat()).text("rank").to_owned();
        (status, rank)
    };
    assert_eq!(figure(&doubted), ("doubtful".to_owned(), String::new()));
    let camden = ["measure=new_share", "la_code=202", "period=2023", "comparator=england"];
    assert!(doubted.table("comparisons").row(&camden).number("out_of") > 100.0, "the others are ranked");
    let accept = |more: &str| format!("[[accept]]\nrelease = \"2023\"\narea = \"Leeds\"\nreason = \"Asked\"\n{more}");
    let accepted = bench(&accept("period = \"2023\"\n"), &rows);
    let ran = accepted.run().well();
    assert!(ran.all("below-nothing").is_empty() && ran.finding("accepted").message.contains("Leeds, 2023: Asked"));
    let (status, rank) = figure(&accepted);
    assert_eq!(status, "number");
    assert_eq!(rank, "1", "the lowest of all, which a person says is true");
}

#[test]
fn an_acceptance_of_nothing_is_said() {
    let accept = |release: &str| {
        format!("[[accept]]\nrelease = \"{release}\"\narea = \"Leeds\"\nmeasure = \"plans\"\nreason = \"Asked\"\n")
    };
    let ran = bench(&accept("2023"), &rows()).run().well();
    assert!(said(&ran).contains("an `[[accept]]` of plans, Leeds matches no doubt"), "{}", said(&ran));
    let ran = bench(&accept("2032"), &rows()).run().well();
    assert!(ran.finding("accept-unused").message.contains("there are 2023"), "{}", said(&ran));
}

#[test]
fn everybodys_jump_is_one_finding_and_all_are_marked() {
    let mut rows = rows();
    rows.iter_mut().filter(|row| row.year == 2023).for_each(|row| row.cells[0] = (row.number(0) * 10.0).to_string());
    let bench = bench("", &rows);
    let ran = bench.run().well();
    let jumps: Vec<&str> = ran.all("all-jump").iter().map(|finding| finding.message.as_str()).collect();
    assert!(jumps.iter().any(|message| message.starts_with("`plans`: everybody's figure jumped")), "{jumps:?}");
    assert!(ran.all("unlike-its-past").is_empty(), "{}", said(&ran));
    let row = bench.table("plans");
    assert_eq!(row.row(&["measure=plans", "la_code=202", "period=2023"]).text("status"), "doubtful");
    assert_eq!(row.row(&["measure=plans", "la_code=202", "period=2022"]).text("status"), "number");
    // A declared break explains it.
    let broken = "[[break]]\nperiod = \"2023\"\nnote = \"Counted anew\"\n";
    assert!(super::table::bench(broken, &rows).run().well().all("all-jump").is_empty());
}

#[test]
fn a_share_above_its_whole_and_a_percentage_kept_as_a_fraction_are_found() {
    let ran = one("Leeds", 2023, |row| row.cells[1] = (row.number(0) + 40.0).to_string()).well();
    assert!(ran.finding("above-whole").message.starts_with("Leeds, 2023: `new_share` is 1"), "{}", said(&ran));
    let pipeline = super::table::PIPELINE
        .replace("numerator   = \"new\"\ndenominator = \"plans\"\n", "")
        .replace("[measures.new]\nlabel = \"New plans\"\nunit  = \"number\"\n", "")
        .replace("new = \"new\"", "new_share = \"new\"");
    let mut rows = rows();
    rows.iter_mut().for_each(|row| row.cells[1] = format!("{:.3}", row.number(1) / row.number(0)));
    let bench = crate::harness::Bench::new();
    bench.returns("sen2/2023/plans.csv", super::table::file(&rows));
    bench.pipeline("plans", &pipeline);
    let ran = bench.run().well();
    assert!(ran.finding("percent-as-fraction").message.contains("`new_share`"), "{}", said(&ran));
    bench.pipeline("plans", &format!("{pipeline}\n[checks]\nrange = {{ new_share = [0, 5] }}\n"));
    assert!(bench.run().well().all("percent-as-fraction").is_empty(), "a range says that the scale was looked at");
}
