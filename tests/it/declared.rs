//! What a pipeline declares for papers reaches the words: from the TOML over the footer of the published table to the
//! reading; what is misspelt, of the wrong type or leads nowhere is refused or said with its place.

use abreast::finding::{Finding, Severity};
use abreast::pipeline::{self, Pipeline};
use abreast::reading::{Measure, Phrases};
use abreast::store::{Catalogue, measure};

use crate::harness::{Bench, EES, ees, root};

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
        assert_eq!(unknown.severity, Severity::Warning);
    }
    // A folder of pipelines without the population is no mistake.
    let (_, ran) = per("census/people");
    assert_eq!(ran.finding("check-unknown").severity, Severity::Note);
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

/// The pipelines that are shipped.
fn shipped() -> Vec<Pipeline> {
    let files = abreast::home::pipelines(Some(&root().join("pipelines"))).expect("the pipelines");
    files.into_iter().map(|file| pipeline::read(file).unwrap_or_else(|found| panic!("{found:#?}"))).collect()
}

#[test]
fn every_measure_that_is_shipped_has_a_definition_and_every_population_is_there() {
    let pipelines = shipped();
    let mut counted = 0;
    for pipeline in &pipelines {
        for (name, measure) in &pipeline.measures {
            let at = format!("{}/{name}", pipeline.name);
            assert!(measure.definition.ends_with('.') && measure.definition.len() > 15, "{at}: {}", measure.definition);
            assert!(!measure.reads.ends_with('.'), "{at}: a sentence gets its stop where it stands");
            let Some(per) = &measure.per else { continue };
            let (table, population) = per.population.split_once('/').expect("table/measure");
            let there = pipelines.iter().any(|other| other.name == table && other.measures.contains_key(population));
            assert!(there, "{at}: {}", per.population);
            counted += 1;
        }
    }
    assert!(counted > 10, "only {counted} populations");
}

#[test]
fn phrases_that_are_shipped_fit_the_sentences_they_stand_in() {
    let begins = |words: &str, large: bool| words.chars().next().is_none_or(|first| first.is_uppercase() == large);
    for pipeline in shipped() {
        for (name, measure) in &pipeline.measures {
            let own = (&measure.noun, &measure.phrases);
            for (noun, said) in [own].into_iter().chain(measure.per.iter().map(|per| (&per.noun, &per.phrases))) {
                let at = format!("{}/{name}: {noun}", pipeline.name);
                let initial =
                    noun.split_whitespace().next().is_some_and(|word| word.chars().skip(1).any(char::is_uppercase));
                let named = ["Attainment", "Key", "Progress"].iter().any(|name| noun.starts_with(name));
                assert!(begins(noun, false) || initial || named, "{at} begins large");
                assert!(noun.split_whitespace().count() <= 9, "{at} is long");
                for sentence in [&said.more, &said.less] {
                    // The bold sentence of a message has 16 words, three of which are "than in England".
                    assert!(begins(sentence, true) && sentence.split_whitespace().count() <= 13, "{at}: {sentence}");
                }
                assert!(begins(&said.none, false) && begins(&said.never, false), "{at}");
                assert_eq!(said.more.is_empty(), said.less.is_empty(), "{at} says one way only");
                let stops = [&said.says, &said.more, &said.less, &said.none, &said.never];
                assert!(
                    stops.iter().all(|words| !words.ends_with('.')),
                    "{at}: a sentence gets its stop where it stands"
                );
            }
        }
    }
}

#[test]
fn a_grade_is_said_by_its_word_and_an_average_of_grades_by_its_number() {
    let measures = "[measures.share]\nlabel = \"Grade\"\nunit = \"grade\"\nbetter = \"low\"\n\
                    values = { Good = 2, \"Requires improvement to be good\" = 3, \"Requires improvement\" = 3 }\n";
    let bench = bench(measures);
    let block = BLOCK.replace("made = \"made\", due = \"due\", people = \"people\"", "share = \"made\"");
    let block = format!("{block}ignore = [\"due\", \"people\"]\n");
    bench.pipeline("visits", &format!("{TITLE}{measures}{block}"));
    let row = |cell: &str| format!("{},Total,{cell},,\n", ees("2024", "Calendar year", "Leeds"));
    bench.returns(
        "visits/2025/visits.csv",
        format!("{EES},sex,made,due,people\n{}", row("Requires improvement to be good")),
    );
    bench.run().well();
    let grade = read(&bench, "share", "");
    assert_eq!([2.0, 3.0].map(|value| grade.shown(value)), ["Good", "Requires improvement"]);
    // No word for what lies between, nor for a number that nobody declared; a distance is no grade.
    assert_eq!([2.4, 4.0].map(|value| grade.shown(value)), ["2.4", "4"]);
    assert_eq!([1.0, 2.0].map(|size| grade.distance(size)), ["1 grade", "2 grades"]);
    assert_eq!(grade.tick(2.0, 0), "2");
}
