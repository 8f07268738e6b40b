//! A table of records counted by another engine: the query of `abreast sql`, what `run` makes of its answer, and what it refuses.
//!
//! Where the `duckdb` or `pyspark` package of Python is at hand the query is carried out, and its answer must give what a run
//! makes of the records, cell by cell; where not, the test says that this part is skipped.

mod counts;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::handout::python_of;
use crate::harness::{Bench, Table, lent};
use crate::records::{bench, cases, modules, pipeline};

/// An engine: what the option calls it, the package, and what carries statements out.
pub struct Engine {
    name: &'static str,
    package: &'static str,
    /// The variable that names the Python which has it.
    python: &'static str,
    script: &'static str,
}

const DUCKDB: Engine = Engine {
    name: "duckdb",
    package: "duckdb",
    python: "ABREAST_PYTHON",
    script: "import duckdb, sys\n\
             for path in sys.argv[1:]:\n\
             \x20   duckdb.connect().execute(open(path, encoding='utf-8').read())\n",
};

const SPARK: Engine = Engine {
    name: "spark",
    package: "pyspark",
    python: "ABREAST_SPARK_PYTHON",
    script: "import sys\n\
             from pyspark.sql import SparkSession\n\
             spark = SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false')\
             .config('spark.sql.shuffle.partitions', '2').getOrCreate()\n\
             spark.sparkContext.setLogLevel('OFF')\n\
             for path in sys.argv[1:]:\n\
             \x20   lines = [line for line in open(path, encoding='utf-8') if not line.startswith('--')]\n\
             \x20   for statement in ''.join(lines).split(';\\n'):\n\
             \x20       if statement.strip():\n\
             \x20           spark.sql(statement)\n",
};

/// Has the engine count `tables` of a release on the bench, each by its own query; false where the engine is not at hand.
fn counted(bench: &Bench, engine: &Engine, tables: &[(&str, &str)], more: &[&str]) -> bool {
    let Some(python) = python_of(engine.python, engine.package) else { return false };
    let mut scripts = Vec::new();
    for (table, release) in tables {
        let mut asked = vec!["sql", table, "--dialect", engine.name, "--release", release, "--returns", "returns"];
        asked.extend(more);
        let query = bench.abreast(&asked);
        assert_eq!(query.code, 0, "{}", query.stderr);
        let script = format!("{table}-{release}.sql");
        bench.file(&script, &query.stdout);
        scripts.push(bench.path(&script));
    }
    let done = Command::new(python).args(["-c", engine.script]).args(&scripts).output().expect("the engine runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    true
}

/// The figures of a table by what they are of; not where they stand.
fn figures(table: &Table) -> BTreeMap<String, Vec<String>> {
    let all = table.all().iter().map(|row| {
        let of = ["release", "period", "level", "la_code", "breakdown_topic", "breakdown", "measure"];
        let what = ["value", "numerator", "denominator", "status", "raw", "unit"];
        let cells = |names: &[&str]| names.iter().map(|name| row[*name].clone()).collect::<Vec<_>>();
        (cells(&of).join(" | "), cells(&what))
    });
    all.collect()
}

/// Holds the tables that a run makes of counts against those that it makes of records.
fn alike(records: &Bench, counts: &Bench, tables: &[&str]) {
    for table in tables {
        let [whole, told] = [records, counts].map(|bench| figures(&bench.table(table)));
        assert!(!whole.is_empty(), "{table}");
        assert_eq!(whole, told, "{table}");
    }
}

/// Both engines, one after the other, on a bench made anew for each.
fn on_both(make: impl Fn() -> Bench, tables: &[(&str, &str)], more: &[&str], look: impl Fn(&Bench, &Bench)) {
    for engine in [DUCKDB, SPARK] {
        let (records, counts) = (make(), make());
        if !counted(&counts, &engine, tables, more) {
            continue;
        }
        let [one, other] = [&records, &counts].map(|bench| bench.run());
        assert_eq!((one.code, other.code), (0, 0), "{}\n{}", one.stderr, other.stderr);
        look(&records, &counts);
    }
}

/// What `quarantine.csv` and the summary say of rows, by rule.
fn refused(bench: &Bench) -> BTreeMap<String, usize> {
    let mut csv = csv::Reader::from_path(bench.path("out/quarantine.csv")).expect("a quarantine");
    let mut all = BTreeMap::new();
    let rows: Vec<BTreeMap<String, String>> = csv.deserialize().map(|row| row.expect("a line")).collect();
    for row in rows {
        *all.entry(row["rule"].clone()).or_default() += row["rows"].parse::<usize>().unwrap_or(1);
    }
    all
}

#[test]
fn joined_records_with_picks_days_and_bands_are_counted_alike_on_both_engines() {
    let make = || bench(&pipeline(""), &modules(&cases()));
    let more = ["--pipelines", "pipelines"];
    on_both(make, &[("own_plans", "2025")], &more, |records, counts| alike(records, counts, &["own_plans"]));
}

/// Rows in every dress: labels, days, yes and no, numbers, keys of a spreadsheet, rows that a rule leaves out, a row twice,
/// a blank row, a cell with a line end.
const VISITS: &str = "Ref,Council,Kind of place,Seen,Follow up,Cost,Place,Note\n\
    1,Leeds,AUTISTIC spectrum-disorder,2024-09-03,Y,\"1,200\",900.0,first\n\
    2,Leeds, Autistic  Spectrum Disorder ,03/09/2024 00:00,no,12.5,901,\n\
    3,Leeds,other & else,3 September 2024,TRUE,£40,901.0,\"two\nlines\"\n\
    3,Leeds,other & else,3 September 2024,TRUE,£40,901.0,\"two\nlines\"\n\
    4,Camden,Other and Else,45538,f,(5),902,it's\n\
    5,Camden,Moderate,2024-Sep-30 00:00:00,maybe,n/a,,\n\
    6,Camden,Moderate,31/02/2024,1,7,999,draft 2\n\
    7,Camden,,2024-10-01T09:30:00Z,0,,900,%_!\n\
    ,,,,,,,\n\
    9,Leeds,Moderate,12-Oct-2024,yes,1e3,900,withdrawn\n\
    10,Leeds,moderate,2/10/2024,t,100%,902,Draft\n\
    11,Leeds,\"Moderate, severe\",2024/10/05,n,-3,902,back\\slash\n";

const PLACES: &str = "Id,Sector,Open\n900,State,2001-09-01\n901,State,2020-01-15\n902,Private,\n";

const VISITS_PIPELINE: &str = r#"
title  = "Visits"
return = "visits"
shape  = "records"
record = "provider"
rows   = "visit"
period = { month = "seen" }
area   = { name = "visit.council" }
by     = [["kind"], ["sector"], ["kind", "sector"], ["length"]]
where  = { "visit.ref" = ["*"] }
join   = [{ from = "visit.place", to = "place.id", missing = "keep" }]

[day]
start = { fixed = "2024-09-01" }

[field]
seen    = { first = ["visit.seen"] }
kind    = { first = ["visit.kind"], missing = "Not recorded" }
sector  = { first = ["place.sector"], labels = { state = "State-funded" }, other = "Independent", missing = "No place" }
waited  = { weeks_between = ["start", "visit.seen"] }
working = { working_days_between = ["start", "visit.seen"] }
years   = { years_between = ["place.open", "visit.seen"] }
length  = { band = "waited", up_to = { 1 = "in the first week" }, each = "{} weeks", from = { 4 = "later" } }
old     = { when = [{ if = { years = { over = 10 } }, is = "yes" }, { is = "no" }] }

[measures.visits]
label = "Visits"
unit  = "number"

[measures.followed]
label = "Visits with a follow-up"
unit  = "percent"
count = { "visit.follow" = ["yes"] }
of    = { "visit.follow" = "known" }

[measures.cost]
label = "Cost of visits"
unit  = "pounds"
sum   = "visit.cost"

[measures.mean_cost]
label = "Mean cost of a visit"
unit  = "pounds"
mean  = "visit.cost"

[measures.median_wait]
label  = "Median wait"
unit   = "weeks"
median = "waited"

[measures.soon_or_old]
label = "Visits within fifteen working days, or of a place open for long"
unit  = "number"
count = { some = [{ working = { to = 15 } }, { old = ["y*s"] }], none = { "visit.kind" = ["*severe"] } }

[labels.kind]
"autistic spectrum disorder" = "Autism"
"other and else"             = "Other"

[[release]]
from  = 2025
table = { visit = { file = "visits.csv", key = "ref", columns = { ref = "Ref", council = "Council", kind = "Kind of place", seen = "Seen", follow = "Follow up", cost = "Cost", place = "Place" }, days = ["seen"], yes_no = ["follow"], drop = { Note = ["draft*", "with[cd]rawn"] } }, place = { file = "places.csv", key = "id", columns = { id = "Id", sector = "Sector", open = "Open" }, days = ["open"] } }

[checks]
areas = "some"
"#;

fn visits() -> Bench {
    let bench = Bench::new();
    bench.pipeline("visits", VISITS_PIPELINE);
    bench.returns("visits/2025/visits.csv", VISITS).returns("visits/2025/places.csv", PLACES);
    bench
}

#[test]
fn cells_in_every_dress_are_read_alike_on_both_engines() {
    let records = visits();
    let run = records.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let table = records.table("visits");
    // Of Leeds in September: rows 1, 2 and one of the two rows 3; in October rows 11 alone.
    let of = |period: &str| {
        ["la_code=383", "breakdown_topic=Total", "measure=visits"]
            .map(str::to_owned)
            .into_iter()
            .chain([format!("period={period}")])
            .collect::<Vec<_>>()
    };
    let visits = |period: &str| table.row(&of(period).iter().map(String::as_str).collect::<Vec<_>>()).value();
    assert_eq!((visits("September 2024"), visits("October 2024")), (3.0, 1.0));
    let more = ["--pipelines", "pipelines"];
    on_both(self::visits, &[("visits", "2025")], &more, |records, counts| {
        alike(records, counts, &["visits"]);
        assert_eq!(refused(records), refused(counts));
    });
}

/// Two releases of schools; in the second two have no judgement, one of which goes on from a school of the first.
fn schools() -> Bench {
    let bench = Bench::new();
    bench.pipeline("schools", SCHOOLS_PIPELINE);
    let head = "Management information: invented\n\nURN,LA,Phase,Before,Overall\n";
    bench.returns(
        "schools/2023/schools.csv",
        format!("{head}1,Leeds,Primary,,1\n2,Leeds,Primary,,3\n3,Camden,Secondary,,4\n"),
    );
    bench.returns(
        "schools/2024/schools.csv",
        format!("{head}1,Leeds,Primary,,2\n12,Leeds,Primary,2,NULL\n3,Camden,Secondary,,2\n14,Camden,Secondary,NULL,\n15,Camden,Primary,1; 3,\n"),
    );
    bench
}

const SCHOOLS_PIPELINE: &str = r#"
title  = "Schools"
return = "schools"
shape  = "records"
record = "school"
by     = [["phase"], ["judged_as"]]

[predecessor]
id    = "urn"
field = "before"
take  = ["overall"]
mark  = { judged_as = ["the school before", "this school"] }

[measures.good]
label = "Schools judged good or better"
unit  = "percent"
count = { overall = ["Outstanding", "Good"] }
of    = { overall = ["*"] }

[measures.schools]
label = "Schools"
unit  = "number"
count = { urn = ["*"] }

[labels.overall]
1 = "Outstanding"
2 = "Good"
3 = "Requires improvement"
4 = "Inadequate"
NULL = ""

[labels.before]
NULL = ""

[[correction]]
release = 2024
column  = "Overall"
where   = { URN = "3" }
from    = "2"
to      = "3"
reason  = "put right by the publisher in a letter"

[[release]]
from    = 2023
file    = "schools.csv"
header  = 3
period  = "31 March {release}"
area    = { name = "LA" }
columns = { urn = "URN", phase = "Phase", before = "Before", overall = "Overall" }

[checks]
areas = "some"
"#;

#[test]
fn what_a_record_takes_from_the_one_before_goes_to_the_engine_with_its_rows() {
    let more = ["--pipelines", "pipelines"];
    let bench = schools();
    let told = bench.abreast(&[&["sql", "schools", "--dialect", "duckdb", "--returns", "returns"][..], &more].concat());
    assert_eq!(told.code, 2);
    assert!(told.stderr.contains("`--rows DIR` writes them"), "{}", told.stderr);
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    // In 2024: school 1 and none of Camden's are good; school 12 has the judgement of school 2; 14 and 15 have none.
    let table = bench.table("schools");
    let good = |place: &str| table.row(&["release=2024", place, "breakdown_topic=Total", "measure=good"]).value();
    assert_eq!((good("la_code=383"), good("la_code=202")), (50.0, 0.0));
    let tables = [("schools", "2023"), ("schools", "2024")];
    on_both(schools, &tables, &["--pipelines", "pipelines", "--rows", "rows"], |records, counts| {
        alike(records, counts, &["schools"]);
    });
}

#[test]
fn the_person_level_return_is_protected_alike_whoever_counts_it() {
    let Some(folder) = lent("ABREAST_OWN_RETURNS", "own_returns") else { return };
    let example = folder.join("sen2_2025_example");
    let names = ["own_sen2_timeliness", "own_sen2_new_plans", "own_sen2_people"];
    let make = || {
        let bench = Bench::new();
        for name in names {
            bench.own(name);
        }
        shared_tables(&bench);
        for path in std::fs::read_dir(example.join("csv")).expect("the modules").flatten().map(|entry| entry.path()) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            bench.returns(&format!("own_sen2/2025/{name}"), std::fs::read(&path).expect("a module"));
        }
        let register = std::fs::read(example.join("establishments.csv")).expect("the register of schools");
        bench.returns("own_sen2/2025/establishments.csv", register);
        bench
    };
    let tables = names.map(|name| (name, "2025"));
    on_both(make, &tables, &["--pipelines", "pipelines"], |records, counts| alike(records, counts, &names));
}

/// The files of tables that the pipelines share.
fn shared_tables(bench: &Bench) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/tables");
    for path in std::fs::read_dir(folder).expect("shared tables").flatten().map(|entry| entry.path()) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        bench.file(&format!("pipelines/tables/{name}"), std::fs::read(&path).expect("a file"));
    }
    for published in ["sen2_timeliness", "sen2_new_plans"] {
        bench.own(published);
    }
}

#[test]
fn pupils_in_a_large_extract_are_counted_alike_on_both_engines() {
    let pipelines = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/records_pipelines/pupils.toml");
    let toml = std::fs::read_to_string(pipelines).expect("the pipeline of the bench");
    let make = || {
        let bench = Bench::new();
        bench.pipeline("pupils", &toml);
        let mut text = String::from(
            "AcademicYear,PupilRef,LA,Phase,Sex,DOB,FSMeligible,SENprovision,PrimarySENtype,ResourcedProvisionIndicator\n",
        );
        for number in 0..6000_u32 {
            let drawn = number.wrapping_mul(2_654_435_761) >> 7;
            let (phase, sex) =
                (["Primary", "Secondary", "Special"][drawn as usize % 3], ["M", "F", ""][(drawn / 3) as usize % 3]);
            let sen = ["E", "K", "N"][(drawn / 9) as usize % 3];
            let need = if sen == "N" { "" } else { ["ASD", "SEMH", "MLD"][(drawn / 27) as usize % 3] };
            let born = format!("{}-{:02}-{:02}", 2005 + drawn % 17, 1 + drawn % 12, 1 + drawn % 28);
            let (meal, base) = ((drawn / 81) % 2, (drawn / 162) % 2);
            text += &format!(
                "2024/2025,{number},{},{phase},{sex},{born},{meal},{sen},{need},{base}\n",
                [383, 202, 330][number as usize % 3]
            );
        }
        bench.returns("pupils/2025/pupils.csv", text);
        bench
    };
    on_both(make, &[("pupils", "2025")], &["--pipelines", "pipelines"], |records, counts| {
        alike(records, counts, &["pupils"])
    });
}

/// The query itself is for whoever reads it: it names its table, says that the answer is exact, and stays as it is.
#[test]
fn the_query_says_what_it_is_and_where_its_answer_goes() {
    let bench = visits();
    for dialect in ["duckdb", "spark"] {
        let told =
            bench.abreast(&["sql", "visits", "--dialect", dialect, "--returns", "returns", "--pipelines", "pipelines"]);
        assert_eq!(told.code, 0, "{}", told.stderr);
        assert!(told.stdout.starts_with("-- Counts the records of `visits`, release 2025"), "{}", told.stdout);
        assert!(told.stdout.contains("not for publication"));
        assert!(told.stdout.contains("visits/2025/visits.counted.parquet"), "{}", told.stdout);
        assert!(told.stderr.contains("visits.counted.parquet"), "{}", told.stderr);
        // What stands in a cell is no part of the query.
        assert!(!told.stdout.contains("two") && !told.stdout.contains("Camden"), "{}", told.stdout);
    }
}

#[test]
fn a_query_that_cannot_be_written_says_why() {
    let bench = visits();
    let base = ["--returns", "returns", "--pipelines", "pipelines", "--dialect", "duckdb"];
    let said = |first: &[&str]| {
        let told = bench.abreast(&[first, &base].concat());
        assert_eq!((told.code, told.stdout.as_str()), (2, ""), "{}", told.stderr);
        told.stderr
    };
    assert!(said(&["sql", "visit"]).contains("did you mean `visits`?"));
    assert!(said(&["sql", "visits", "--release", "2031"]).contains("the releases with records are: 2025"));
    assert!(said(&["sql", "visits", "--rows", "returns/rows"]).contains("belongs to the returns"));
    bench.returns("visits/2025/visits.csv", VISITS.replacen("Council", "Authority", 1));
    let wrong = said(&["sql", "visits"]);
    assert!(wrong.contains("visits.csv") && wrong.contains("`Council`"), "{wrong}");
}
