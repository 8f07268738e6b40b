//! What a pipeline declares for papers reaches the words: from the TOML over the footer of the published table to the
//! reading; what is misspelt, of the wrong type or leads nowhere is refused or said with its place.

use abreast::finding::Finding;
use abreast::reading::{Measure, Phrases};
use abreast::store::{Catalogue, measure};

use crate::harness::{Bench, EES, ees};

const TITLE: &str = "title = \"Visits\"\nreturn = \"visits\"\n[checks]\nareas = \"some\"\n";
const BLOCK: &str = "[[release]]\nfrom = 2025\nfile = \"visits.csv\"\nformat = \"ees\"\nfilters = [\"sex\"]\n\
                     columns = { made = \"made\", due = \"due\", people = \"people\" }\n";
const PLAIN: &str = "[measures.share]\nlabel = \"Visits made in time, all visits\"\nunit = \"percent\"\nnumerator = \"made\"\n\
                     denominator = \"due\"\nheadline = true\n[measures.due]\nlabel = \"Visits due\"\nunit = \"number\"\n\
                     [measures.people]\nlabel = \"People\"\nunit = \"number\"\n";

/// A bench with the measures declared so.
fn bench(measures: &str) -> Bench {
    let bench = Bench::new();
    bench.pipeline("visits", &format!("{TITLE}{measures}{BLOCK}"));
    let row = |sex: &str, cells: &str| format!("{},{sex},{cells}\n", ees("2024", "Calendar year", "Leeds"));
    let (all, some) = (row("Total", "80,100,9000"), row("Male", "30,50,4000"));
    bench.returns("visits/2025/visits.csv", format!("{EES},sex,made,due,people\n{all}{some}"));
    bench
}

/// The measure as words have it.
fn read(bench: &Bench, name: &str, part: &str) -> Measure {
    let catalogue = Catalogue::open(&bench.path("out")).expect("tables");
    measure(&catalogue.measure(name).expect("the measure"), part)
}

#[test]
fn what_is_declared_reaches_the_reading() {
    let declared = PLAIN.replace(
        "headline = true\n",
        "headline = true\nshort = \"visits\"\nnoun = \"visits in time\"\nwhole = \"visits that fell due\"\n\
         topic = \"visiting\"\nimportance = 3\nprose = 1\nreads = \"A visit counts once\"\nstep = 4\n\
         phrases = { says = \"{} were made in time\", more = \"More are made\", less = \"Fewer are made\", \
         none = \"no visit was made\", never = \"none was due\" }\n",
    );
    let bench = bench(&declared);
    bench.run().well();
    let whole = read(&bench, "share", "");
    let words = [&whole.noun, &whole.whole, &whole.topic, &whole.reads].map(String::as_str);
    assert_eq!(words, ["visits in time", "visits that fell due", "visiting", "A visit counts once"]);
    assert_eq!((whole.importance, whole.step, whole.prose, whole.places), (3, Some(4), Some(1), 1));
    let said = whole.phrases;
    assert_eq!(
        [said.says, said.more, said.less, said.none, said.never],
        ["{} were made in time", "More are made", "Fewer are made", "no visit was made", "none was due"]
    );
    // A sentence about all visits is none about those to boys.
    assert_eq!(read(&bench, "share", "Male").phrases, Phrases::default());
    assert_eq!(read(&bench, "share", "Male").noun, "visits in time");
}

#[test]
fn what_is_not_declared_has_its_default() {
    let bench = bench(PLAIN);
    bench.run().well();
    let share = read(&bench, "share", "");
    let words = [&share.noun, &share.whole, &share.topic, &share.reads].map(String::as_str);
    assert_eq!(words, ["visits made in time", "visits due", "visits", ""]);
    assert_eq!((share.importance, share.step, share.prose, share.phrases), (2, None, None, Phrases::default()));
    assert_eq!(read(&bench, "due", "").importance, 1);
}

#[test]
fn a_population_makes_a_count_a_rate_and_one_that_nobody_declares_is_said() {
    let per = |population: &str| {
        let unit = "unit = \"number\"\nper = { population = \"NAME\", unit = \"rate per 1,000\", noun = \"visits per 1,000 people\" }\n";
        let declared = PLAIN.replacen("unit = \"number\"\n", &unit.replace("NAME", population), 1);
        let bench = bench(&declared);
        let ran = bench.run().well();
        (bench, ran)
    };
    let (bench, ran) = per("visits/people");
    assert!(ran.all("check-unknown").is_empty(), "{}", ran.stderr);
    let catalogue = Catalogue::open(&bench.path("out")).expect("tables");
    let rate = catalogue.measure("due").expect("the count").measure.per.clone().expect("a population");
    assert_eq!((rate.population.as_str(), rate.unit.word()), ("visits/people", "rate per 1,000"));
    assert_eq!(rate.noun, "visits per 1,000 people");

    for (population, help) in [("vists/people", "`visits`"), ("visits/poeple", "`people`")] {
        let (_, ran) = per(population);
        let unknown = ran.finding("check-unknown");
        assert!(unknown.message.contains(population) && unknown.help.contains(help), "{unknown:?}");
        assert_eq!((unknown.place.row, unknown.place.column), (Some(14), Some(22)), "{unknown:?}");
    }
}

/// The mistakes in a pipeline with `line` in the share's declaration.
fn refused(line: &str) -> Vec<Finding> {
    let bench = bench(&PLAIN.replacen("headline = true\n", &format!("{line}\n"), 1));
    let ran = bench.run();
    assert_eq!(ran.code, 1, "{line}: {}", ran.stderr);
    ran.findings
}

#[test]
fn a_declaration_that_means_nothing_is_refused_at_its_line() {
    let per = |unit: &str| format!("per = {{ population = \"visits/people\", unit = \"{unit}\", noun = \"visits\" }}");
    for (line, said) in [
        ("importance = 4".to_owned(), "4 does not fit"),
        ("importance = \"high\"".to_owned(), "invalid type"),
        ("step = 0".to_owned(), "0 does not fit"),
        ("prose = 9".to_owned(), "9 does not fit"),
        ("topic = 3".to_owned(), "invalid type"),
        ("phrases = { says = \"met the deadline\" }".to_owned(), "no single `{}`"),
        ("phrases = { says = \"{} of {} met it\" }".to_owned(), "no single `{}`"),
        ("phrases = { worse = \"Fewer\" }".to_owned(), "`worse` is no key"),
        (per("rate per 1,000"), "`share` is a percent"),
        (per("weeks"), "no unit `weeks`"),
        ("per = { unit = \"ratio\", noun = \"visits\" }".to_owned(), "has no `population`"),
    ] {
        let found = refused(&line);
        let fits = |finding: &Finding| finding.message.contains(said) && finding.place.row == Some(10);
        assert!(found.iter().any(fits), "{line}: {found:#?}");
    }
}
