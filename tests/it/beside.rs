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

/// Five authorities in two published years, and the records of one of them for the year after.
fn paired() -> Bench {
    let bench = Bench::new();
    let years = |year: &str, shift: u32| -> String {
        let of = |(name, on_time): (&str, u32)| format!("{name},{},40,{year}\n", on_time + shift);
        let all = [("Rutland", 31), ("Leicester", 12), ("Derby", 25), ("Nottingham", 33), ("Lincolnshire", 18)];
        all.into_iter().map(of).collect()
    };
    let published = PUBLISHED
        .replace("period = \"March 2024\"", "period_column = \"year\"\nperiod_identifier = \"Calendar year\"")
        .replace("columns = {", "columns = { ");
    let own = own("beside = \"visits\"", "")
        .replace("period = \"March 2024\"", "period = \"2024\"\nperiod_identifier = \"Calendar year\"");
    let days: String = (0..40).map(|row| format!("Rutland,{}\n", if row < 27 { 9 } else { 30 })).collect();
    bench
        .pipeline("visits", &published)
        .pipeline("own_visits", &own)
        .returns("visits/2024/visits.csv", format!("la,on_time,all,year\n{}{}", years("2022", 0), years("2023", 2)))
        .returns("own_visits/2024/records.csv", format!("la,days\n{days}"));
    bench.run_with(&[]).well();
    bench
}

#[test]
fn an_own_figure_stands_above_what_was_published_last_and_claims_no_rank() {
    let bench = paired();
    let run = bench.abreast(&[
        "compare",
        "own_visits/visits_on_time",
        "--authority",
        "Rutland",
        "--out",
        "out",
        "--with",
        "england",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let shown = &run.stdout;
    // 27 of 40 are 67.50%; the others' last published shares are 35, 67.5, 87.5 and 50: 87.5 is above, 67.5 as high.
    for said in [
        "Published last. Rutland: Visits within 10 days",
        "The council's own return has 67.50% (27 of 40) for 2024: provisional, not published (`own_visits/visits_on_time`).",
        "Among the figures published for 2023 it would have stood 2nd of 5, 1st being the highest.",
        "not ranked, and compared with nobody; what was published last stands with them.",
    ] {
        assert!(shown.contains(said), "{said}\n{shown}");
    }
    // The published measure says what the council's own return has, and is found by its bare name.
    let run =
        bench.abreast(&["compare", "visits_on_time", "--authority", "Rutland", "--out", "out", "--with", "england"]);
    assert!(run.stdout.contains("own return has 67.50% (27 of 40) for 2024"), "{}{}", run.stdout, run.stderr);
    let other =
        bench.abreast(&["compare", "visits_on_time", "--authority", "Derby", "--out", "out", "--with", "england"]);
    assert!(!other.stdout.contains("own return"), "{}", other.stdout);
}

#[test]
fn a_page_of_an_own_measure_says_what_was_published_last() {
    let bench = paired();
    let written = bench.abreast(&["explain", "own_visits/visits_on_time", "--authority", "Rutland", "--out", "out"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let catalogue = abreast::store::Catalogue::open(&bench.path("out")).expect("the build");
    let (register, _) = abreast::home::register().expect("the register");
    let found = catalogue.measure("own_visits/visits_on_time").expect("the measure");
    let frame = catalogue.observations(&found).expect("the frame");
    let rutland = register.find("Rutland").expect("Rutland").code;
    let options = abreast::sidebyside::Compare::of(&found, rutland);
    let side =
        abreast::sidebyside::side_by_side(&options, &found, &frame, &catalogue, &register).expect("side by side");
    let said = side.notes.join("\n");
    assert!(said.contains("Published last of the same measure, for 2023: Rutland 82.50%."), "{said}");
    assert!(said.contains("it would have stood 2nd of 5"), "{said}");
}
