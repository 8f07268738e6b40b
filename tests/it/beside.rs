//! A council's own measures take their words from the published table that they stand beside, and say when they cannot.

use crate::harness::Bench;

const PUBLISHED: &str = r#"
title = "Visits"
return = "visits"

[measures.visits_on_time]
label = "Visits within 10 days"
definition = "Visits made within 10 days of the referral, of all visits."
noun = "visits within 10 days"
whole = "visits"
unit = "percent"
numerator = "on_time"
denominator = "visits"
better = "high"
places = 2

[[release]]
from = 2024
file = "visits.csv"
period = "March 2024"
area = { name = "la" }
columns = { on_time = "on_time", visits = "all" }

[checks]
areas = "some"
"#;

/// A table of records; `top` stands at its top, `measure` in its measure.
fn own(top: &str, measure: &str) -> String {
    format!(
        r#"title = "Visits, from the council's own records"
return = "own_visits"
shape = "records"
record = "place"
provisional = true
{top}

[measures.visits_on_time]
{measure}
count = {{ days = ["9"] }}
of = {{}}

[[release]]
from = 2024
file = "records.csv"
period = "March 2024"
area = {{ name = "la" }}
columns = {{ days = "days" }}

[checks]
areas = "some"
"#
    )
}

fn bench(top: &str, measure: &str) -> Bench {
    let bench = Bench::new();
    bench
        .pipeline("visits", PUBLISHED)
        .pipeline("own_visits", &own(top, measure))
        .returns("visits/2024/visits.csv", "la,on_time,all\nRutland,31,40\n")
        .returns("own_visits/2024/records.csv", "la,days\nRutland,9\nRutland,9\nRutland,30\nRutland,41\n");
    bench
}

#[test]
fn what_a_measure_does_not_say_is_that_of_the_published_one() {
    let bench = bench("beside = \"visits\"", "label = \"Our visits on time\"");
    bench.run().well();
    let catalogue = abreast::store::Catalogue::open(&bench.path("out")).expect("the build");
    let meta = catalogue.table("own_visits").expect("the table");
    let measure = &meta.measures["visits_on_time"];
    assert_eq!(measure.label, "Our visits on time");
    assert_eq!((measure.unit.as_str(), measure.places), ("percent", 2));
    assert_eq!(measure.definition, "Visits made within 10 days of the referral, of all visits.");
    assert_eq!(bench.table("own_visits").row(&["level=authority"]).value(), 50.0);
    // Another word in the published pipeline: the table is made again.
    bench.pipeline("visits", &PUBLISHED.replace("places = 2", "places = 3"));
    bench.run().well();
    let catalogue = abreast::store::Catalogue::open(&bench.path("out")).expect("the build");
    assert_eq!(catalogue.table("own_visits").expect("the table").measures["visits_on_time"].places, 3);
}

#[test]
fn a_table_that_is_not_there_and_a_unit_that_differs_are_refused_at_their_line() {
    for (top, measure, said, help, line) in [
        ("beside = \"visit\"", "", "there is no table `visit` to stand beside", "did you mean `visits`?", 6),
        ("beside = \"own_visits\"", "", "there is no table `own_visits` to stand beside", "did you mean `visits`?", 6),
        (
            "beside = \"visits\"",
            "unit = \"number\"",
            "`visits_on_time` is in number, and the published",
            "a name of its own",
            9,
        ),
        ("", "label = \"Visits\"", "says no `unit`", "write `unit`", 8),
        ("", "unit = \"percent\"", "says no `label`", "write `label`", 8),
    ] {
        let run = bench(top, measure).run();
        assert_eq!(run.code, 1, "{top} {measure}: {}", run.stderr);
        let found = run.finding("pipeline-declaration");
        assert!(found.message.contains(said) && found.help.contains(help), "{top} {measure}: {found:#?}");
        assert_eq!(found.place.row, Some(line), "{top} {measure}: {found:#?}");
    }
}
