//! One return in several dresses: blocks that are like others, tables under one another, tables that pipelines share.

use super::{bench, cases, modules, pipeline};
use crate::harness::Bench;

/// Every figure of a table, as text.
fn figures(bench: &Bench) -> Vec<String> {
    let table = bench.table("own_plans");
    let columns = ["breakdown_topic", "breakdown", "measure", "value", "numerator", "denominator", "status"];
    let mut lines: Vec<String> =
        table.all().iter().map(|row| columns.map(|column| row[column].clone()).join("|")).collect();
    lines.sort();
    lines
}

/// The figures of the return as the collection system writes it.
fn plain() -> Vec<String> {
    let bench = bench(&pipeline("protect = false\n"), &modules(&cases()));
    assert_eq!(bench.run().code, 0);
    figures(&bench)
}

#[test]
fn a_block_that_is_like_another_has_its_tables() {
    let block = "\n[[release]]\nfrom = 2026\nlike = 2025\n[release.table]\nhead = { file = \"head.csv\", columns = { lea = \"Authority\", reference = \"Day\" }, days = [\"reference\"], ignore = [\"*\"] }\n";
    let toml = pipeline("protect = false\n").replace("\n[checks]", &format!("{block}\n[checks]"));
    let bench = bench(&toml, &[]);
    for (module, text) in modules(&cases()).into_iter().filter(|(module, _)| *module != "sen2") {
        bench.returns(&format!("own/2026/a_{module}.csv"), text);
    }
    bench.returns("own/2026/head.csv", "Authority,Day\n381,16/01/2025\n");
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(figures(&bench), plain());
}

#[test]
fn tables_that_pipelines_share_stand_in_one_file() {
    let toml = pipeline("protect = false\n");
    let at = toml.find("[pick.main]").expect("the rules");
    let measures = toml.find("[measures.plans]").expect("the measures");
    let blocks = toml.find("[[release]]").expect("the blocks");
    let checks = toml.find("[checks]").expect("the checks");
    let joins = toml.lines().find(|line| line.starts_with("join ")).expect("the joins");
    let shared = format!("{joins}\n{}{}", &toml[at..measures], &toml[blocks..checks]);
    let own =
        format!("{}tables = \"own\"\n{}{}", &toml[..at].replace(joins, ""), &toml[measures..blocks], &toml[checks..]);
    let bench = bench(&own, &modules(&cases()));
    bench.file("pipelines/tables/own.toml", &shared);
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(figures(&bench), plain());
    // What is wrong there is said there, at its line.
    bench.file("pipelines/tables/own.toml", shared.replace("\"place.rank\"", "\"place.rnak\""));
    let run = bench.run();
    let finding = run.finding("pipeline-declaration");
    assert!(finding.place.file.ends_with("tables/own.toml") && finding.help.contains("place.rank"), "{finding:?}");
}

#[test]
fn a_file_of_tables_that_is_not_there_is_said() {
    let toml = pipeline("tables = \"onw\"\n");
    let bench = bench(&toml[..toml.find("[[release]]").expect("the blocks")], &modules(&cases()));
    bench.file("pipelines/tables/own.toml", "[day]\nmay = { fixed = \"2024-05-01\" }\n");
    let finding = bench.run().finding("pipeline-declaration").clone();
    assert!(finding.help.contains("`own`"), "{finding:?}");
}

#[test]
fn tables_under_one_another_are_found_by_their_names() {
    let names = [
        ("sen2", "Header Record"),
        ("person", "Person Record"),
        ("requests", "Requests Records"),
        ("assessment", "Assessments Records"),
        ("placementdetail", "Placement Detail Records"),
    ];
    let modules = modules(&cases());
    let stacked: Vec<String> = names
        .iter()
        .map(|(module, name)| {
            let (_, text) = modules.iter().find(|(known, _)| known == module).expect("a module");
            format!("{name}\n{text}\n\n")
        })
        .collect();
    let mut toml = pipeline("protect = false\n");
    for (module, name) in names {
        let file = format!("file = \"*_{module}.csv\"");
        toml = toml.replace(&file, &format!("file = \"template.csv\", under = \"{name}\""));
    }
    let bench = bench(&toml, &[]);
    bench.returns("own/2025/template.csv", stacked.concat());
    let run = bench.run();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(figures(&bench), plain());
}
