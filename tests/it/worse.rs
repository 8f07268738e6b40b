//! Worse and worsening: what cannot be tested is named with the reason; and whose a figure is that is not the publisher's.

use crate::harness::{Bench, EES, ees};

/// Decisions in time of 1,000, by place, for 2019 to 2024.
const RATES: [(&str, [u32; 6]); 5] = [
    ("England", [700, 700, 700, 700, 700, 700]),
    // It collapsed in the last year.
    ("Birmingham", [690, 690, 690, 690, 690, 300]),
    // It collapsed when the break was, and has stayed there.
    ("Coventry", [690, 690, 690, 690, 310, 310]),
    ("Leeds", [700, 710, 720, 720, 730, 890]),
    ("Dorset", [900, 850, 800, 750, 650, 550]),
];

fn bench(more: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline(
        "time",
        &format!(
            "title = \"Time\"\nreturn = \"sen2\"\n[measures.in_time]\nlabel = \"Decided in time\"\nunit = \"percent\"\nnumerator = \"n\"\ndenominator = \"d\"\nbetter = \"high\"\n[[release]]\nfrom = 2024\nfile = \"time.csv\"\nformat = \"ees\"\ncolumns = {{ n = \"n\", d = \"d\" }}\n[checks]\nareas = \"some\"\n{more}"
        ),
    );
    let mut text = format!("{EES},n,d\n");
    for (place, rates) in RATES {
        for (at, rate) in rates.iter().enumerate() {
            let times = if place == "England" { 40 } else { 1 };
            let begin = ees(&(2019 + at).to_string(), "Calendar year", place);
            text += &format!("{begin},{},{}\n", rate * times, 1000 * times);
        }
    }
    bench.returns("sen2/2024/time.csv", text);
    bench.run().well();
    bench
}

fn listed(bench: &Bench, who: &str) -> String {
    bench.abreast(&["compare", "--worse-and-worsening", "--authority", who, "--out", "out"]).well().stdout
}

#[test]
fn a_collapse_since_a_break_is_listed_or_named() {
    let broken = bench("[[break]]\nperiod = \"2023\"\nnote = \"Collected anew\"\n");
    let told = listed(&broken, "Birmingham");
    assert!(told.contains("worse than the year before (fewer than five unbroken years)"), "{told}");
    let told = listed(&broken, "Coventry");
    assert!(
        told.contains("cannot be told (fewer than five unbroken years): Decided in time."),
        "31% since the break, England 70%: {told}"
    );
    assert!(!listed(&broken, "Leeds").contains("Decided in time"), "it is better");
}

#[test]
fn a_fall_that_a_check_doubts_is_named_and_a_rise_that_it_doubts_is_not() {
    let broken = bench("");
    let file = std::fs::read_to_string(broken.path("returns/sen2/2024/time.csv")).expect("a file");
    let doubted = |rate: u32| {
        broken.returns("sen2/2024/time.csv", file.replace("Birmingham,300,1000", &format!("Birmingham,{rate},1000")));
        let ran = broken.run().well();
        assert_eq!(ran.all("unlike-its-past").len() + ran.all("above-whole").len(), 1, "{}", ran.stderr);
        listed(&broken, "Birmingham")
    };
    assert!(doubted(20).contains("cannot be told (a check doubts the figure): Decided in time."));
    assert!(!doubted(1900).contains("Decided in time"));
}

#[test]
fn without_a_break_the_trend_of_five_years_decides() {
    let whole = bench("");
    let told = listed(&whole, "Dorset");
    assert!(told.contains("Decided in time") && !told.contains("year before ("), "{told}");
    assert!(!listed(&whole, "Leeds").contains("Decided in time"));
}

#[test]
fn as_published_is_said_of_no_figure_that_is_worked_out() {
    let bench = Bench::new();
    bench.pipeline(
        "share",
        "title = \"Share\"\nreturn = \"sen2\"\n[measures.agreed]\nlabel = \"Agreed\"\nunit = \"percent\"\nnumerator = \"n\"\ndenominator = \"d\"\nbetter = \"high\"\n[[release]]\nfrom = 2024\nfile = \"share.csv\"\nformat = \"ees\"\ncolumns = { agreed = \"pc\", n = \"n\", d = \"d\" }\n[checks]\nareas = \"some\"\n",
    );
    let mut text = format!("{EES},n,d,pc\n");
    for (place, figures) in [("England", "6000,8000,75.0"), ("Leeds", "120,200,52.5"), ("Camden", "90,120,75.0")] {
        text += &format!("{},{figures}\n", ees("2024", "Calendar year", place));
    }
    bench.returns("sen2/2024/share.csv", text);
    bench.run().well();
    let said = |who: &str| bench.abreast(&["compare", "agreed", "--authority", who, "--out", "out"]).well().stdout;
    let leeds = said("Leeds");
    assert!(!leeds.contains("authorities are as published"), "{leeds}");
    assert!(leeds.contains("as published, but for figures marked [w]") && leeds.contains("[w] Leeds"), "{leeds}");
    assert!(said("Camden").contains("England, regions and authorities are as published"));
    let explained = bench
        .abreast(&[
            "explain",
            "agreed",
            "--authority",
            "Leeds",
            "--out",
            "out",
            "--returns",
            "returns",
            "--pipelines",
            "pipelines",
        ])
        .well()
        .stdout;
    assert!(
        explained.contains("the publisher prints 52.5") && !explained.contains("give the published figure"),
        "{explained}"
    );
}
