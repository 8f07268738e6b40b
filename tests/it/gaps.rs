//! `compare --gap`: the gap between two groups by the rule that changes have, and none where counts do not tell.

use crate::harness::{Bench, EES, ees};

/// The gap of 56 of 70 and 48 of 80, as the program prints its row for Leeds.
fn gap(independent: bool) -> String {
    let bench = Bench::new();
    let pipeline = format!(
        "title = \"Plans\"\nreturn = \"sen2\"\n[measures.share]\nlabel = \"Share on time\"\nunit = \"percent\"\n\
         numerator = \"top\"\ndenominator = \"bottom\"\nplaces = 1\nindependent = {independent}\n\
         [[release]]\nfrom = 2025\nfile = \"plans.csv\"\nformat = \"ees\"\n\
         filters = [\"sex\"]\n\
         columns = {{ top = \"top\", bottom = \"bottom\" }}\n[checks]\nareas = \"some\"\n"
    );
    bench.pipeline("plans", &pipeline);
    let mut text = format!("{EES},sex,top,bottom\n");
    for (sex, counts) in [("Total", "104,150"), ("Male", "56,70"), ("Female", "48,80")] {
        for place in ["Leeds", "England"] {
            text.push_str(&format!("{},{sex},{counts}\n", ees("2024", "Calendar year", place)));
        }
    }
    bench.returns("sen2/2025/plans.csv", text);
    bench.run();
    let options = ["--authority", "Leeds", "--gap", "sex=Male,sex=Female", "--format", "csv", "--out", "out"];
    let ran = bench.abreast(&[&["compare", "share"], &options[..]].concat());
    let row = ran.stdout.lines().find(|line| line.contains("Leeds")).map(str::to_owned);
    row.unwrap_or_else(|| panic!("{}{}", ran.stdout, ran.stderr))
}

#[test]
fn the_gap_of_two_groups_is_newcombes_and_dependent_cases_have_no_test() {
    // Newcombe 1998, table II, example a, method 10: 0.0524 to 0.3339.
    let told = gap(true);
    let cells: Vec<&str> = told.split(',').collect();
    let number = |at: usize| cells[at].parse::<f64>().unwrap_or_else(|_| panic!("{told}"));
    let near = |at: usize, value: f64| assert!((number(at) - value).abs() < 0.01, "{told}");
    near(4, 20.0);
    near(5, 5.24);
    near(6, 33.39);
    assert_eq!(cells[7], "yes", "{told}");
    let untested = gap(false);
    assert!(untested.ends_with(",,,"), "{untested}");
}
