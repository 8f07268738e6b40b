//! Sets of statistical neighbours that a return supplies: they hold for every table of a run, made again or not.

use crate::harness::{Bench, EES, ees};

const SETS: &str = r#"title = "Statistical neighbours"
return = "neighbours"
feeds = "neighbours"

[measures.neighbour]
label = "Statistical neighbour"
unit = "code"

[[release]]
from = 2026
file = "sets.csv"
area = { code = "LA num" }
period = "{release}"
columns = { neighbour = "SN{breakdown}" }

[checks]
areas = "some"
"#;

const FIGURES: &str = r#"title = "Plans in time"
return = "sen2"

[measures.timely]
label = "Plans in time"
unit = "percent"
better = "high"

[[release]]
from = 2024
file = "timeliness.csv"
format = "ees"
columns = { timely = "timely" }

[checks]
areas = "some"
"#;

fn figures(coventry: &str) -> String {
    let places = [("Birmingham", "30"), ("Coventry", coventry), ("Leeds", "70"), ("Buckinghamshire", "10")];
    let rows: String =
        places.iter().map(|(place, figure)| format!("{},{figure}\n", ees("2024", "Calendar year", place))).collect();
    format!("{EES},timely\n{rows}")
}

fn mean_of_neighbours(bench: &Bench) -> (String, String) {
    let comparisons = bench.table("comparisons");
    let row = comparisons.row(&["la_code=330", "comparator=neighbours"]);
    (row.text("comparator_name").to_owned(), row.text("comparator_value").to_owned())
}

/// The set was read from its table only in the run that made it: the next run compared with the built-in one.
#[test]
fn a_set_that_did_not_change_still_counts_for_a_table_that_did() {
    let bench = Bench::new();
    bench.pipeline("sets", SETS).pipeline("timeliness", FIGURES);
    bench.returns("neighbours/2026/sets.csv", "LA num,SN1,SN2\n330,331,383\n");
    bench.returns("sen2/2024/timeliness.csv", figures("50"));
    let run = ["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"];
    bench.abreast(&run).well();
    assert_eq!(mean_of_neighbours(&bench), ("Statistical neighbours (2026)".to_owned(), "60.0".to_owned()));
    bench.returns("sen2/2024/timeliness.csv", figures("60"));
    bench.abreast(&run).well();
    assert_eq!(mean_of_neighbours(&bench), ("Statistical neighbours (2026)".to_owned(), "65.0".to_owned()));
}
