//! EES files that need almost no map: standard columns in any order and case, `.meta.csv`, `indicators = "all"`.

use crate::harness::{Bench, EES, Table, ees};

/// The header of the exclusions file, in its own order, and one row for England and one for Leeds.
const EXCLUSIONS: &str = "time_identifier,time_period,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,school_type,headcount,perm_excl,perm_excl_rate\nAcademic year,201617,National,E92000001,England,,,,,,Total,1000,8,0.8\nAcademic year,201617,National,E92000001,England,,,,,,State-funded primary,600,2,0.33\nAcademic year,201617,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,383,E08000035,Leeds,Total,100,x,x\n";

const META: &str = "col_name,col_type,label,indicator_grouping,indicator_unit,filter_hint,filter_grouping_column\nschool_type,Filter,School type,,,Filter by school type,\nheadcount,Indicator,Number of pupils,,,,\nperm_excl,Indicator,Number of permanent exclusions,,,,\nperm_excl_rate,Indicator,Permanent exclusion rate,,%,,\n";

const ALL: &str = r#"title = "Exclusions"
return = "exclusions"
[[release]]
from = 2018
file = "exclusions.csv"
format = "ees"
indicators = "all"
[checks]
areas = "some"
"#;

fn all(csv: &str, meta: Option<&str>) -> (Bench, Table) {
    let bench = Bench::new();
    bench.pipeline("exclusions", ALL);
    bench.returns("exclusions/2018/exclusions.csv", csv);
    if let Some(meta) = meta {
        bench.returns("exclusions/2018/exclusions.meta.csv", meta);
    }
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("exclusions");
    (bench, table)
}

#[test]
fn filters_and_indicators_come_from_the_meta_file() {
    let (bench, table) = all(EXCLUSIONS, Some(META));
    assert_eq!(table.words("measure"), ["headcount", "perm_excl", "perm_excl_rate"]);
    let primary = table.row(&["measure=perm_excl", "breakdown=State-funded primary"]);
    assert_eq!((primary.text("breakdown_topic"), primary.value()), ("School type", 2.0));
    assert_eq!(table.row(&["measure=headcount", "la_code=383"]).text("breakdown"), "Total");
    let withheld = table.row(&["measure=perm_excl_rate", "la_code=383"]);
    assert_eq!((withheld.text("value"), withheld.text("status"), withheld.text("raw")), ("", "not_available", "x"));
    let meta = abreast::publish::footer(&bench.path("out/tables/exclusions.parquet")).expect("a footer");
    assert_eq!(meta.measures["headcount"].label, "Number of pupils");
    assert_eq!(meta.measures["perm_excl_rate"].unit, "percent");
    assert_eq!(meta.measures["perm_excl"].unit, "number");
}

#[test]
fn another_meta_file_makes_the_table_again() {
    let (bench, _) = all(EXCLUSIONS, Some(META));
    assert!(bench.run().well().stderr.contains("unchanged, left alone"));
    bench.returns("exclusions/2018/exclusions.meta.csv", META.replace("Number of pupils", "Pupils on roll"));
    let ran = bench.run().well();
    assert!(!ran.stderr.contains("unchanged"), "{}", ran.stderr);
    let meta = abreast::publish::footer(&bench.path("out/tables/exclusions.parquet")).expect("a footer");
    assert_eq!(meta.measures["headcount"].label, "Pupils on roll");
    assert!(meta.inputs.contains_key("exclusions/2018/exclusions.meta.csv"), "{:?}", meta.inputs);
}

#[test]
fn without_a_meta_file_words_break_down_and_numbers_are_measured() {
    let (_, table) = all(EXCLUSIONS, None);
    assert_eq!(table.words("measure"), ["headcount", "perm_excl", "perm_excl_rate"]);
    assert_eq!(
        table.row(&["measure=perm_excl", "breakdown=State-funded primary"]).text("breakdown_topic"),
        "school_type"
    );
}

#[test]
fn standard_columns_are_known_in_any_order_and_case() {
    let lines: Vec<Vec<&str>> = EXCLUSIONS.lines().map(|line| line.split(',').collect()).collect();
    let (_, plain) = all(EXCLUSIONS, Some(META));
    let width = lines[0].len();
    for shift in [1, 5, 9] {
        let mut text = String::new();
        for (number, line) in lines.iter().enumerate() {
            let cells: Vec<String> = (0..width)
                .map(|column| line[(column + shift) % width])
                .map(|cell| if number == 0 { cell.to_uppercase() } else { cell.to_owned() })
                .collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        let (_, turned) = all(&text, Some(META));
        assert_eq!(turned.len(), plain.len());
        for column in ["la_code", "ons_code", "area_name", "level", "value", "period", "period_identifier", "breakdown"]
        {
            assert_eq!(turned.words(column), plain.words(column), "{column} turned by {shift}");
        }
    }
}

#[test]
fn old_files_call_the_level_level() {
    let (_, table) = all(&EXCLUSIONS.replace("geographic_level", "level"), Some(META));
    assert_eq!(table.words("level"), ["authority", "country"]);
}

#[test]
fn levels_below_the_authority_are_kept_under_their_own_name() {
    let csv =
        format!("{EXCLUSIONS}Academic year,201617,Parliamentary constituency,E92000001,England,,,,,,Total,50,1,2\n");
    let (_, table) = all(&csv, Some(META));
    assert_eq!(table.rows(&["level=other"]).len(), 3);
    // And never compared.
    let (bench, _) = all(&csv, Some(META));
    assert!(bench.table("comparisons").words("la_code") == ["383"]);
}

#[test]
fn a_meta_column_that_is_not_in_the_file_does_no_harm() {
    let meta =
        format!("{META}fixed_excl,Indicator,Number of fixed period exclusions,,,,\nethnicity,Filter,Ethnicity,,,,\n");
    let (_, table) = all(EXCLUSIONS, Some(&meta));
    assert_eq!(table.words("measure"), ["headcount", "perm_excl", "perm_excl_rate"]);
}

#[test]
fn a_new_indicator_is_an_error_where_indicators_are_mapped() {
    let bench = Bench::new();
    let mapped = ALL
        .replace("indicators = \"all\"\n", "columns = { headcount = \"headcount\" }\nignore = [\"perm_excl*\"]\n")
        + "[measures.headcount]\nlabel = \"Pupils\"\nunit = \"number\"\n";
    bench.pipeline("exclusions", &mapped);
    bench.returns("exclusions/2018/exclusions.csv", EXCLUSIONS);
    bench.returns("exclusions/2018/exclusions.meta.csv", META);
    bench.run().well();
    bench.returns(
        "exclusions/2018/exclusions.csv",
        EXCLUSIONS
            .replace("headcount,perm", "headcount,new_thing,perm")
            .replace("1000,8", "1000,1,8")
            .replace("600,2", "600,1,2")
            .replace("100,x", "100,1,x"),
    );
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    assert!(ran.finding("unmapped-column").message.contains("`new_thing`"));
}

#[test]
fn the_census_in_its_long_layout() {
    let bench = Bench::new();
    bench.own("census_sen_by_phase");
    let header = "time_period,time_identifier,geographic_level,country_code,country_name,region_name,region_code,old_la_code,la_name,new_la_code,pcon_code,pcon_name,phase_type_grouping,establishment_type,hospital_school,sen_provision,pupil_count,pupil_percent";
    let mut text = format!("{header}\n");
    for (provision, count, share) in [
        ("Education, health and care plan", 50, 5),
        ("SEN support / SEN without an EHC plan", 150, 15),
        ("Total", 1000, 100),
    ] {
        text.push_str(&format!(
            "202526,Academic year,Local authority,E92000001,England,Yorkshire and The Humber,E12000003,383,Leeds,E08000035,,,Total,Total,Total,\"{provision}\",{count},{share}\n"
        ));
    }
    bench.returns("census/2026/sen_phase_type_.csv", text);
    let ran = bench.run();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let table = bench.table("census_sen_by_phase");
    assert!(!table.rows(&["la_code=383"]).is_empty());
    let ees = ees("202526", "Academic year", "Leeds");
    assert!(EES.split(',').count() == ees.split(',').count());
}
