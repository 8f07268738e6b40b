//! Files that come in: `inspect`, `add`, `check` and `run` give one answer, and what is printed is what was tried.

use std::io::Write;

use crate::harness::Bench;

const PLACES: [&str; 12] = [
    "Birmingham",
    "Camden",
    "Leeds",
    "Kent",
    "Coventry",
    "Sandwell",
    "Barnet",
    "Bexley",
    "Brent",
    "Bromley",
    "Croydon",
    "Ealing",
];

/// Reviews with their columns in a table of their own below the block.
const REVIEWS: &str = "title = \"Reviews\"\nreturn = \"rv\"\n[measures.held]\nlabel = \"Held\"\nunit = \"number\"\n[measures.late]\nlabel = \"Late\"\nunit = \"number\"\n\n[[release]]\nfrom = 2023\nfile = \"reviews.csv\"\narea = { name = \"la\" }\nperiod_column = \"year\"\n\n[release.columns]\nheld = \"held\"\nlate = \"late\"\n\n[checks]\nareas = \"some\"\n";

/// Figures of the years from `first` to `last`, each its own.
fn reviews(header: &str, first: u32, last: u32) -> String {
    let mut text = format!("{header}\n");
    for year in first..=last {
        for (at, place) in PLACES.iter().enumerate() {
            let at = at as u32;
            text += &format!("{place},{year},{},{}\n", 400 + at * 37 + (year - 2000) * 11, 30 + at * 7 + (year - 2000));
        }
    }
    text
}

/// A bench with the release of 2023 filed.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.pipeline("reviews", REVIEWS);
    bench.returns("rv/2023/reviews.csv", reviews("la,year,held,late", 2021, 2023));
    bench
}

/// `abreast` with the bench's folders.
fn told(bench: &Bench, arguments: &[&str]) -> (i32, String) {
    let mut all = arguments.to_vec();
    all.extend(["--pipelines", "pipelines", "--returns", "returns"]);
    let ran = bench.abreast(&all);
    (ran.code, format!("{}{}", ran.stdout, ran.stderr))
}

/// The block that was printed.
fn block(text: &str) -> &str {
    let from = text.find("[[release]]").expect("a block");
    let until = text[from..].find("\ntried").map_or(text.len(), |at| from + at);
    text[from..until].trim_end()
}

#[test]
fn the_block_that_is_printed_is_the_one_that_was_tried() {
    let bench = bench();
    bench.file("reviews.csv", reviews("la,year,reviews_held,late", 2021, 2024));
    let (code, text) = told(&bench, &["inspect", "reviews.csv"]);
    assert_eq!(code, 0, "{text}");
    let block = block(&text);
    assert!(block.contains("[release.columns]") && block.contains("held = \"reviews_held\""), "{block}");
    assert!(toml::from_str::<toml::Table>(block).is_ok(), "{block}");
    bench.pipeline("reviews", &REVIEWS.replace("[checks]", &format!("{block}\n\n[checks]")));
    let (code, text) = told(&bench, &["add", "reviews.csv"]);
    assert_eq!(code, 0, "{text}");
    bench.run().well();
    let row = bench.table("reviews").row(&["area_name=Leeds", "period=2024", "measure=held"]).value();
    assert_eq!(row, f64::from(400 + 2 * 37 + 24 * 11));
}

#[test]
fn a_file_with_every_column_renamed_is_known_by_its_figures() {
    let bench = bench();
    bench.file("download.csv", reviews("Authority name,Reporting year,Zahl,Rest", 2021, 2024));
    let (_, text) = told(&bench, &["inspect", "download.csv", "--release", "2024"]);
    assert!(text.contains("drifted from `reviews`") && text.contains("held `held` -> `Zahl`"), "{text}");
    assert!(block(&text).contains("late = \"Rest\"") && text.contains("no error"), "{text}");
}

#[test]
fn a_header_alone_renames_no_file() {
    let bench = Bench::new();
    bench.pipeline("reviews", REVIEWS);
    bench.file("visits.csv", reviews("la,year,held,late", 2021, 2023));
    let (code, text) = told(&bench, &["add", "visits.csv", "--release", "2023"]);
    assert!(code != 0 && text.contains("reviews.csv") && text.contains("--table reviews"), "{text}");
    assert!(bench.files("returns").is_empty());
    let (code, text) = told(&bench, &["add", "visits.csv", "--release", "2023", "--table", "reviews"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(bench.files("returns"), ["returns/rv/2023/reviews.csv"]);
}

#[test]
fn one_bad_file_stops_no_other_and_a_release_is_taken_apart() {
    let bench = bench();
    bench.file("empty.csv", "").file("reviews.csv", reviews("la,year,held,late", 2021, 2024));
    let (code, text) = told(&bench, &["add", "empty.csv", "reviews.csv"]);
    assert!(code == 1 && text.contains("empty.csv") && text.contains("1 of 2 files"), "{text}");
    assert!(bench.path("returns/rv/2024/reviews.csv").is_file(), "{text}");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    let files = [
        ("data/reviews.csv", reviews("la,year,held,late", 2021, 2025)),
        ("data/other.csv", "a,b\nx,1\n".to_owned()),
        ("guidance/read me.txt", "About the data".to_owned()),
    ];
    for (name, text) in &files {
        archive.start_file(*name, plain).expect("an entry");
        archive.write_all(text.as_bytes()).expect("written");
    }
    bench.file("release.zip", archive.finish().expect("an archive").into_inner());
    let (code, text) = told(&bench, &["add", "release.zip"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("other.csv  left: no table reads it"), "{text}");
    let filed = bench.files("returns/rv/2025");
    assert_eq!(filed, ["returns/rv/2025/read me.txt", "returns/rv/2025/reviews.csv"], "{text}");
}

#[test]
fn what_filing_would_change_is_said_and_nothing_is_filed() {
    let bench = bench();
    let next = reviews("la,year,held,late", 2021, 2024).replace("Leeds,2023,727,", "Leeds,2023,700,");
    bench.file("reviews.csv", next);
    let before = bench.files("returns");
    let (code, text) = told(&bench, &["add", "reviews.csv", "--plan"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("rv/2024/reviews.csv  would be filed"), "{text}");
    assert!(text.contains("new") && text.contains("revised") && text.contains("Leeds"), "{text}");
    assert_eq!(bench.files("returns"), before);
}

#[test]
fn files_that_no_table_reads_are_named() {
    let bench = bench();
    bench.run().well();
    bench.returns("rv/2023/reviews - Copy.csv", reviews("la,year,held,late", 2021, 2023));
    bench.returns("rv/2023/elsewhere.csv", "a,b\n1,2\n");
    bench.returns("rv/2023/targets.csv", "authority,measure,target\nLeeds,held,100\n");
    let ran = bench.run().well();
    let finding = ran.finding("unread-file");
    assert!(!finding.message.contains("targets.csv"), "papers read it: {finding}");
    assert!(finding.message.contains("`rv/2023/elsewhere.csv`"), "{finding}");
    assert!(finding.message.contains("`rv/2023/reviews - Copy.csv` (like `reviews.csv`"), "{finding}");
    let empty = Bench::new();
    empty.pipeline("reviews", REVIEWS);
    empty.returns("rv/2023/visits.csv", "a,b\n1,2\n");
    let ran = empty.run();
    assert!(
        ran.code == 1 && ran.stderr.contains("visits.csv") && ran.stderr.contains("nothing is made"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_release_of_the_layout_before_is_read_and_said() {
    let bench = bench();
    let later = "[[release]]\nfrom = 2024\nfile = \"quarterly.csv\"\narea = { name = \"la\" }\nperiod_column = \"year\"\ncolumns = { held = \"held\" }\n\n[checks]";
    bench.pipeline("reviews", &REVIEWS.replace("[checks]", later));
    bench.returns("rv/2024/reviews.csv", reviews("la,year,held,late", 2021, 2024));
    let ran = bench.run().well();
    assert!(ran.finding("layout-before").message.contains("`quarterly.csv`"), "{}", ran.stderr);
    assert_eq!(bench.table("reviews").rows(&["period=2024", "measure=late"]).len(), PLACES.len());
}

#[test]
fn rows_that_no_rule_keeps_and_columns_that_a_pattern_takes_are_said() {
    let bench = bench();
    let kept = REVIEWS.replace("period_column = \"year\"\n", "period_column = \"year\"\nwhere = { kind = [\"LA\"] }\n");
    bench.pipeline("reviews", &kept);
    let with = |word: &str| {
        reviews("la,year,held,late", 2021, 2023).replace("\n", &format!(",{word}\n")).replacen(
            &format!(",{word}"),
            ",kind",
            1,
        )
    };
    bench.returns("rv/2023/reviews.csv", with("LA")).returns("rv/2024/reviews.csv", with("Authority"));
    let ran = bench.run();
    assert!(ran.finding("where-fits-nothing").message.contains("`Authority`"), "{}", ran.stderr);
    let open = Bench::new();
    let only = REVIEWS.replace("[measures.late]\nlabel = \"Late\"\nunit = \"number\"\n", "");
    open.pipeline("reviews", &only.replace("held = \"held\"\nlate = \"late\"", "held = \"held_{breakdown}\""));
    open.returns("rv/2023/reviews.csv", reviews("la,year,held_a,held_b", 2021, 2023));
    open.run().well();
    let more = reviews("la,year,held_a,held_b", 2021, 2024).replace("\n", ",5\n").replacen(",5", ",held_c", 1);
    open.returns("rv/2024/reviews.csv", more);
    assert!(open.run().well().finding("new-column").message.contains("`held_c`"));
}
