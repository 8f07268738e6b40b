//! Names of columns and of the whole: duplicates, drifting case, three vocabularies, spellings of Total.

use crate::harness::{Bench, EES, ees};

const ANNUAL_REVIEWS: &str = "total_ehc_plans,review_expected,review_not_expected,review_meeting_25,review_meeting_24,review_meeting_prior_24,review_meeting_prior_24,total_review_meeting,no_review_meeting,review_decision25,review_decision24,review_decision_prior24,review_decision_not_due,review_decision_outstanding,outcome_amend,outcome_cease,outcome_maintan,no_outcome,number_decsion_4weeks,number_decision_gt_4weeks,pc_decsion_4weeks,pc_decision_gt_4weeks";

/// `sen2_timeliness` in its three layouts, England and Birmingham, with 344 of 1,290 and the like made up.
pub fn timeliness() -> Bench {
    let bench = Bench::new();
    bench.own("sen2_timeliness");
    bench.returns(
        "sen2/2022/sen2_mi.csv",
        format!(
            "{EES},NewallEHC,TotIncExcEHC,IncExc20weekEHC,IncExc20weekRate,TotNoExcEHC,NoExc20weekEHC,NoExc20weekRate\n{},9,1000,570,57.000000000000,900,540,60.000000000000\n{},9,110,50,45.5,100,40,40.000000000000\n",
            ees("2021", "Calendar year", "England"),
            ees("2021", "Calendar year", "Birmingham"),
        ),
    );
    bench.returns(
        "sen2/2023/sen2_mi.csv",
        format!(
            "\"{}\",\"tot_inc_exc_ehc\",\"inc_exc_20week_ehc\",\"inc_exc_20week_rate\",\"tot_no_exc_ehc\",\"no_exc_20week_ehc\",\"no_exc_20week_rate\"\n{},120,60,50,110,55,50\n",
            EES.replace(',', "\",\""),
            ees("2022", "Calendar year", "Birmingham"),
        ),
    );
    bench.returns(
        "sen2/2025/timeliness_20_week.csv",
        format!(
            "\u{feff}{EES},breakdown_topic,breakdown,plans_issued_den,plans_issued_den_ex,plans_issued_within_20_weeks,plans_issued_20_weeks_ex,pc_plans_issued_within_20_weeks,PC_plans_issued_20_weeks_ex,plans_issued_gt20weeks_ltYear,plans_issued_gt20weeks_ltYear_ex,pc_plans_issued_gt20weeks_ltYear,PC_plans_issued_gt20weeks_ltYear_ex,plans_issued_gt_1_year,plans_issued_gt_1_year_ex,pc_plans_issued_gt_1_year,PC_plans_issued_gt_1_year_ex\r\n{},All EHC plans issued,All EHC plans issued,130,120,60,36,46.2,30,x,x,x,x,x,x,x,x\r\n{},Child or young persons age,Aged 10,13,12,6,3,46.2,25,x,x,x,x,x,x,x,x\r\n",
            ees("2023", "Calendar year", "Birmingham"),
            ees("2023", "Calendar year", "Birmingham"),
        ),
    );
    bench
}

#[test]
fn three_vocabularies_of_one_concept_are_one_measure() {
    let bench = timeliness();
    bench.run().well();
    let table = bench.table("sen2_timeliness");
    let of = |period: &str| {
        let row = table.row(&[
            "measure=timeliness_20_weeks",
            &format!("period={period}"),
            "la_code=330",
            "breakdown_topic=Total",
        ]);
        (row.value(), row.number("numerator"), row.number("denominator"), row.text("release").to_owned())
    };
    assert_eq!(of("2021"), (40.0, 40.0, 100.0, "2022".to_owned()));
    assert_eq!(of("2022"), (50.0, 55.0, 110.0, "2023".to_owned()));
    assert_eq!(of("2023"), (30.0, 36.0, 120.0, "2025".to_owned()));
}

#[test]
fn case_that_drifts_in_one_file_makes_no_difference() {
    let bench = timeliness();
    // The same file with the case of every header turned round.
    let path = bench.path("returns/sen2/2025/timeliness_20_week.csv");
    let text = std::fs::read_to_string(&path).expect("the fixture");
    let (header, rows) = text.split_once('\n').expect("a header");
    let turned: String = header
        .chars()
        .map(|c| if c.is_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() })
        .collect();
    std::fs::write(&path, format!("{turned}\n{rows}")).expect("written");
    bench.run().well();
    let table = bench.table("sen2_timeliness");
    let row = table.row(&["measure=timeliness_20_weeks_all", "period=2023", "breakdown_topic=Total"]);
    assert!((row.value() - 60.0 / 130.0 * 100.0).abs() < 1e-12);
}

#[test]
fn a_rate_whose_counts_stand_beside_it_is_recomputed() {
    let bench = timeliness();
    bench.run().well();
    let row_of = |table: &crate::harness::Table| {
        table.row(&["measure=timeliness_20_weeks_all", "period=2021", "la_code=330"]).value()
    };
    // 50 of 110 is published as 45.5 and is 45.4545...
    assert!((row_of(&bench.table("sen2_timeliness")) - 50.0 / 110.0 * 100.0).abs() < 1e-12);
}

#[test]
fn a_rate_that_is_not_made_of_its_counts_is_reported() {
    let bench = timeliness();
    let path = bench.path("returns/sen2/2025/timeliness_20_week.csv");
    let text = std::fs::read_to_string(&path).expect("the fixture").replace(",46.2,30,", ",46.2,31,");
    std::fs::write(&path, text).expect("written");
    let ran = bench.run().well();
    let finding = ran.finding("rate-disagrees");
    assert!(finding.message.contains("31") && finding.message.contains("30.0"), "{}", finding.message);
    assert_eq!(finding.place.row, Some(2));
}

#[test]
fn a_duplicate_header_is_reachable_by_position() {
    let bench = Bench::new();
    bench.own("sen2_annual_reviews");
    let rows = format!(
        "\u{feff}{EES},breakdown_topic,breakdown,{ANNUAL_REVIEWS}\r\n{},All annual reviews,All annual reviews,100,90,10,1,60,7,8,75,15,1,50,5,2,3,30,5,35,5,40,10,80,20\r\n",
        ees("2024", "Calendar year", "Birmingham")
    );
    bench.returns("sen2/2025/annual_reviews.csv", &rows);
    bench.run().well();
    let table = bench.table("sen2_annual_reviews");
    assert_eq!(table.row(&["measure=meetings_held"]).value(), 75.0);

    // Both can be mapped.
    bench.pipeline(
        "both",
        r#"title = "Both"
return = "sen2"
[measures.first]
label = "First"
unit = "number"
[measures.second]
label = "Second"
unit = "number"
[[release]]
from = 2025
file = "annual_reviews.csv"
format = "ees"
breakdown = ["breakdown_topic", "breakdown"]
columns = { first = "review_meeting_prior_24", second = "review_meeting_prior_24#2" }
ignore = ["*"]
[checks]
areas = "some"
"#,
    );
    bench.run().well();
    let table = bench.table("both");
    let (first, second) = (table.row(&["measure=first"]), table.row(&["measure=second"]));
    assert_eq!((first.value(), second.value()), (7.0, 8.0));
    assert_eq!((first.text("column"), second.text("column")), ("18", "19"), "positions as Excel counts them");
}

#[test]
fn an_ignored_duplicate_does_not_hide_its_twin() {
    let bench = Bench::new();
    let pipeline = crate::harness::own_pipeline("sen2_annual_reviews").replace("\"review_meeting_prior_24#2\", ", "");
    bench.pipeline("sen2_annual_reviews", &pipeline);
    bench.returns(
        "sen2/2025/annual_reviews.csv",
        format!(
            "{EES},breakdown_topic,breakdown,{ANNUAL_REVIEWS}\n{},All annual reviews,All annual reviews{}\n",
            ees("2024", "Calendar year", "Birmingham"),
            ",1".repeat(22)
        ),
    );
    let ran = bench.run();
    assert_eq!(ran.code, 1);
    assert!(ran.finding("unmapped-column").message.contains("review_meeting_prior_24#2"));
}

#[test]
fn every_spelling_of_the_whole_is_total() {
    let bench = Bench::new();
    bench.pipeline(
        "plans",
        r#"title = "Plans"
return = "sen2"
[measures.plans]
label = "Plans"
unit = "number"
[[release]]
from = 2024
file = "pair.csv"
format = "ees"
breakdown = ["breakdown_topic", "breakdown"]
columns = { plans = "ehcplans" }
[checks]
areas = "some"
"#,
    );
    for (release, topic, breakdown) in [
        ("2024", "All EHC plans issued", "All EHC plans issued"),
        ("2025", "All EHC plans", "All EHC plans"),
        ("2026", "Total", "Total"),
        ("2027", "All", "All"),
        ("2028", "all ehc plans", "All EHC plans"),
    ] {
        bench.returns(
            &format!("sen2/{release}/pair.csv"),
            format!(
                "{EES},breakdown_topic,breakdown,ehcplans\n{},{topic},{breakdown},5\n{},Sex,Female,2\n",
                ees(release, "Calendar year", "Leeds"),
                ees(release, "Calendar year", "Leeds")
            ),
        );
    }
    bench.run().well();
    let table = bench.table("plans");
    assert_eq!(table.words("breakdown_topic"), ["Sex", "Total"]);
    let totals = table.rows(&["breakdown_topic=Total"]);
    assert_eq!(totals.len(), 5);
    assert!(totals.iter().all(|row| row.text("breakdown") == "Total" && row.value() == 5.0));
}

#[test]
fn a_total_that_only_the_pipeline_knows_and_totals_in_filters() {
    let bench = Bench::new();
    bench.pipeline(
        "plans",
        r#"title = "Plans"
return = "sen2"
totals = ["Whole of *"]
[measures.plans]
label = "Plans"
unit = "number"
[[release]]
from = 2022
file = "sen2_estab_caseload.csv"
format = "ees"
filters = ["establishment_type", "establishment_group"]
topics = { establishment_type = "Establishment" }
columns = { plans = "Total_all" }
ignore = ["Total_*"]
[checks]
areas = "some"
"#,
    );
    let row = |kind: &str, group: &str, count: u32| {
        format!("{},{kind},{group},z,z,{count},100,{count},100\n", ees("2022", "Calendar year", "Leeds"))
    };
    // `Total_*` ignores the column that is mapped as well: what is mapped by its exact name is read all the same.
    bench.returns(
        "sen2/2022/sen2_estab_caseload.csv",
        format!(
            "{EES},establishment_type,establishment_group,Total_st,Total_st_pc,Total_ehc,Total_ehc_pc,Total_all,Total_all_pc\n{}{}{}",
            row("Total", "Whole of it", 10),
            row("Special", "Total", 6),
            row("Special", "Academy", 2)
        ),
    );
    bench.run().well();
    let table = bench.table("plans");
    assert_eq!(table.row(&["breakdown_topic=Total", "breakdown=Total"]).value(), 10.0);
    assert_eq!(table.row(&["breakdown_topic=Establishment", "breakdown=Special"]).value(), 6.0);
    assert_eq!(
        table.row(&["breakdown_topic=Establishment, establishment_group", "breakdown=Special, Academy"]).value(),
        2.0
    );
}
