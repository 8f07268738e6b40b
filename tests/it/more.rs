//! Files of other years, layouts and publishers: what they are taken for, and what is never taken for granted.

use crate::harness::Bench;

const PLACES: [(&str, &str); 6] = [
    ("330", "Birmingham"),
    ("202", "Camden"),
    ("383", "Leeds"),
    ("886", "Kent"),
    ("331", "Coventry"),
    ("333", "Sandwell"),
];

/// A bench whose one pipeline reads none of these files.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.pipeline("elsewhere", "title = \"Elsewhere\"\nreturn = \"elsewhere\"\n[measures.a]\nlabel = \"A\"\nunit = \"number\"\n[[release]]\nfrom = 2021\nfile = \"elsewhere.csv\"\nperiod = \"{release}\"\narea = { name = \"x\" }\ncolumns = { a = \"a\" }\n");
    bench
}

/// `abreast inspect` of a file, with no returns but the bench's.
fn inspect(bench: &Bench, file: &str) -> (i32, String) {
    let ran = bench.abreast(&["inspect", file, "--pipelines", "pipelines", "--returns", "returns"]);
    (ran.code, format!("{}{}", ran.stdout, ran.stderr))
}

/// A grant under its title, one row an authority.
fn grant(title: &str, factor: usize) -> String {
    let mut text = format!("{title},,\nLA code,LA name,High needs block\n");
    for (at, (code, name)) in PLACES.iter().enumerate() {
        text += &format!("{code},{name},{}\n", (at + 3) * factor);
    }
    text
}

#[test]
fn a_release_is_known_by_its_title_and_has_its_own_period() {
    let bench = Bench::new();
    bench.pipeline("grant", "title = \"Grant\"\nreturn = \"money\"\nperiod_ends = \"31 March\"\n[measures.block]\nlabel = \"Block\"\nunit = \"pounds\"\n[[release]]\nfrom = 2021\nfile = \"dedicated-grant.csv\"\nheader = 2\nperiod = \"2020-21\"\narea = { code = \"LA code\", name = \"LA name\" }\ncolumns = { block = \"High needs block\" }\n[checks]\nareas = \"some\"\n");
    bench
        .returns("money/2021/dedicated-grant.csv", grant("Schools grant: 2020 to 2021 allocations by authority", 1000));
    bench.file("dsg_2022_07_18.csv", grant("Schools grant: 2021 to 2022 allocations by authority", 1100));
    let (code, text) = inspect(&bench, "dsg_2022_07_18.csv");
    assert!(code == 0 && text.contains("drifted from `grant`") && text.contains("the same title"), "{text}");
    assert!(text.contains("-> `2021/2022`: row 1 says so"), "{text}");
    bench.file("other.csv", grant("Early years grant: 2021 to 2022 allocations by authority", 7));
    assert!(!inspect(&bench, "other.csv").1.contains("drifted from"));
}

#[test]
fn what_is_said_of_an_area_breaks_nothing_down_and_what_tells_rows_apart_does() {
    let bench = bench();
    let mut text = "Council,Class,Line,Line reference,Spending\n".to_owned();
    for (at, (_, name)) in PLACES.iter().enumerate() {
        for line in 1..=4 {
            text += &format!("{name},class {},{line},item {line},{}\n", at % 2, at * 100 + line);
        }
    }
    bench.file("outturn_2023-24.csv", text);
    let (code, text) = inspect(&bench, "outturn_2023-24.csv");
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("filters = [\"Line reference\"]"), "{text}");
    assert!(text.contains("passed over, because rows are told apart without: `Class`"), "{text}");
    assert!(!text.contains("line = \"Line\""), "a code is no figure: {text}");
    assert!(text.contains("tried: 24 observations from 24 rows"), "{text}");
}

#[test]
fn a_pipeline_that_is_proposed_takes_the_name_of_none() {
    let bench = Bench::new();
    bench.pipeline("outturn", "title = \"Outturn\"\nreturn = \"x\"\n[measures.a]\nlabel = \"A\"\nunit = \"number\"\n[[release]]\nfrom = 2021\nfile = \"x.csv\"\nperiod = \"{release}\"\narea = { name = \"x\" }\ncolumns = { a = \"a\" }\n");
    let rows: String = PLACES.iter().map(|(_, name)| format!("{name},5\n")).collect();
    bench.file("outturn_1011.csv", format!("Council,Spending\n{rows}"));
    let (_, text) = inspect(&bench, "outturn_1011.csv");
    assert!(text.contains("to save as pipelines/outturn_2.toml") && text.contains("period  = \"2010/11\""), "{text}");
    assert!(text.contains("from    = 2010") || text.contains("from   = 2010"), "{text}");
}

#[test]
fn days_of_inspections_are_no_period_of_providers() {
    let bench = bench();
    let mut text =
        "Providers as at 31 March 2023,,,,\nURN,Local authority,Provision type,Places,Latest inspection date\n"
            .to_owned();
    for at in 0..60 {
        let (_, name) = PLACES[at % 6];
        let (kind, day, month) = (["Home", "Fostering"][at % 2], 1 + at % 7, 1 + at % 3);
        text += &format!("SC{},{name},{kind},{},{day:02}/{month:02}/2022\n", 1000 + at, at % 9);
    }
    bench.file("providers_2023.csv", text);
    let (code, text) = inspect(&bench, "providers_2023.csv");
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("shape  = \"records\"") && text.contains("= \"31 March 2023\""), "{text}");
    assert!(text.contains("record = \"provider\""), "a provider's number is no person's: {text}");
    assert!(!text.contains("where  ") && text.contains("from 60 rows"), "{text}");
}

#[test]
fn regions_whose_code_and_name_say_all_are_read() {
    let bench = bench();
    let mut text = "year,region,code,name,sex,pupils\n".to_owned();
    for (at, (code, name)) in PLACES.iter().enumerate().filter(|(at, _)| [0, 1, 4, 5].contains(at)) {
        let region = if *name == "Camden" { "b.London" } else { "a.West Midlands" };
        text += &format!("2019,{region},{code},{name},ALL,{}\n", 100 + at);
    }
    text += "2019,a.West Midlands,ALL,ALL,ALL,900\n2019,b.London,ALL,ALL,ALL,500\n";
    bench.file("pupils_2019.csv", text);
    bench.pipeline("pupils", "title = \"Pupils\"\nreturn = \"pupils\"\n[measures.pupils]\nlabel = \"Pupils\"\nunit = \"number\"\n[[release]]\nfrom = 2019\nfile = \"pupils_*.csv\"\nperiod_column = \"year\"\narea = { region = \"region\", code = \"code\", name = \"name\" }\nignore = [\"sex\"]\ncolumns = { pupils = \"pupils\" }\n[checks]\nareas = \"some\"\n");
    let add = ["add", "pupils_2019.csv", "--release", "2019", "--pipelines", "pipelines", "--returns", "returns"];
    let planned = bench.abreast(&[&add[..], &["--plan"]].concat());
    assert!(planned.code == 0 && planned.stdout.contains("table `pupils` would be new"), "{}", planned.stderr);
    assert_eq!(bench.abreast(&add).code, 0);
    bench.run();
    let row = bench.table("pupils").row(&["area_name=West Midlands", "period=2019"]).value();
    assert_eq!(row, 900.0);
}

#[test]
fn names_with_footnotes_compass_letters_and_two_meanings() {
    let bench = bench();
    let rows = "Leeds5,10\nNE Lincolnshire,20\nKingston,30\nKent,40\nCamden,50\nCoventry,60\nSandwell,70\nBirmingham,80\nDerby,90\nDevon,91\nEssex,92\nSurrey,93\nOldham,94\nBury,95\nBolton,96\nWigan,97\nHull,98\n";
    bench.file("rates_2022.csv", format!("Council,Rate\n{rows}"));
    let (code, text) = inspect(&bench, "rates_2022.csv");
    assert_eq!(code, 1, "{text}");
    assert!(!text.contains("Leeds5` is likely"), "{text}");
    assert!(text.contains("`NE Lincolnshire` is likely North East Lincolnshire"), "{text}");
    assert!(text.contains("`Kingston` may be Kingston upon"), "{text}");
}

#[test]
fn a_list_of_authorities_goes_to_the_lists_and_damaged_parquet_is_refused() {
    let bench = bench();
    bench.file("our_peers.csv", "area_code,area_name\nE08000025,Birmingham\nE09000007,Camden\nE08000035,Leeds\n");
    let (code, text) = inspect(&bench, "our_peers.csv");
    assert!(code == 0 && text.contains("data/reference/lists/our-peers.csv"), "{text}");
    bench.file("long.parquet", "PAR1 and so on, PAR1");
    let (code, text) = inspect(&bench, "long.parquet");
    assert!(code == 2 && text.contains("damaged or cut short"), "{text}");
}
