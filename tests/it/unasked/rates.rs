//! Rates beside their counts: whose the figure is, and where the two are apart.

use crate::harness::{Bench, EES, ees};

fn bench(rates: &[(&str, &str, u32, u32)]) -> Bench {
    let bench = Bench::new();
    bench.pipeline(
        "rates",
        "title = \"Rates\"\nreturn = \"sen2\"\n[measures.share]\nlabel = \"Share on time\"\nunit = \"percent\"\nnumerator = \"n\"\ndenominator = \"d\"\n[[release]]\nfrom = 2023\nfile = \"r.csv\"\nformat = \"ees\"\ncolumns = { share = \"pc\", n = \"n\", d = \"d\" }\n[checks]\nareas = \"some\"\n",
    );
    let row = |(place, rate, n, d): &(&str, &str, u32, u32)| {
        format!("{},{n},{d},{rate}\n", ees("2023", "Calendar year", place))
    };
    bench.returns("sen2/2023/r.csv", format!("{EES},n,d,pc\n{}", rates.iter().map(row).collect::<String>()));
    bench
}

#[test]
fn a_rate_that_is_not_available_is_worked_out_and_one_that_is_withheld_is_not() {
    let bench = bench(&[("Leeds", "x", 30, 120), ("Camden", "c", 30, 120), ("Dorset", "40.0", 48, 120)]);
    bench.run().well();
    let table = bench.table("rates");
    let share = |la: &str| {
        let row = table.row(&["measure=share", la]);
        (row.text("value").to_owned(), row.text("status").to_owned(), row.text("raw").to_owned())
    };
    let words = |value: &str, status: &str, raw: &str| (value.to_owned(), status.to_owned(), raw.to_owned());
    assert_eq!(share("la_code=383"), words("25.0", "worked_out", "x"));
    assert_eq!(share("la_code=202"), words("", "confidential", "c"));
    assert_eq!(share("la_code=838"), words("40.0", "number", ""));
}

#[test]
fn a_rate_that_differs_from_its_counts_says_so_wherever_it_is_shown() {
    let bench = bench(&[("Leeds", "25.0", 30, 120), ("Camden", "31.0", 30, 120), ("Dorset", "40.0", 48, 120)]);
    let ran = bench.run().well();
    let finding = ran.finding("rate-disagrees");
    assert_eq!(
        finding.message,
        "Camden, 2023: not what the counts give: `Share on time` (published 31, computed 25.0)"
    );
    let row = bench.table("rates");
    let row = row.row(&["measure=share", "la_code=202"]);
    assert_eq!((row.text("status"), row.text("raw")), ("differs", "31"));
    let explained = bench.abreast(&[
        "explain",
        "rates/share",
        "--authority",
        "Camden",
        "--out",
        "out",
        "--returns",
        "returns",
        "--pipelines",
        "pipelines",
    ]);
    assert!(explained.stdout.contains("the publisher prints 31"), "{}{}", explained.stdout, explained.stderr);
    let beside = bench.abreast(&["compare", "rates/share", "--authority", "Camden", "--out", "out"]);
    assert!(beside.stdout.contains("the publisher's rate differs"), "{}{}", beside.stdout, beside.stderr);
}
