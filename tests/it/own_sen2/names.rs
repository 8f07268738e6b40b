//! What the known answers call a table, a measure and a breakdown, and what ours do.

/// Where one of our figures stands.
pub struct Wanted {
    pub table: String,
    pub topic: String,
    pub breakdown: String,
    pub measure: String,
    pub is_mean: bool,
}

/// Our tables of the return.
pub const TABLES: [&str; 12] = [
    "own_sen2_annual_reviews",
    "own_sen2_assessments",
    "own_sen2_caseload",
    "own_sen2_ceased_plans",
    "own_sen2_features",
    "own_sen2_needs",
    "own_sen2_new_plans",
    "own_sen2_placement_types",
    "own_sen2_request_decisions",
    "own_sen2_requests",
    "own_sen2_timeliness",
    "own_sen2_timeliness_all_routes",
];

/// Table of the answers, their measure, our table, our measure.
const MEASURES: &[(&str, &str, &str, &str)] = &[
    ("requests", "requests_received_in_year", "requests", "requests"),
    ("requests", "requests_rya", "requests", "requests_youth_accommodation"),
    ("requests", "requests_decided_to_assess", "requests", "requests_agreed"),
    ("requests", "requests_decided_not_to_assess", "requests", "requests_refused"),
    ("requests", "requests_decision_not_made", "requests", "requests_open"),
    ("requests", "requests_withdrawn", "requests", "requests_withdrawn"),
    ("requests", "mediation_related_request", "requests", "request_mediations"),
    ("requests", "tribunal_related_request", "requests", "request_tribunals"),
    ("requests", "tribunal_after_mediation_request", "requests", "request_tribunals_after_mediation"),
    ("requests", "requests_exported", "requests", "requests_moved_away"),
    ("requests", "request_assess_pc", "requests", "agreed_share"),
    ("requests", "request_not_assess_pc", "requests", "refused_share"),
    ("requests", "request_outstanding_pc", "requests", "open_share"),
    ("requests", "request_withdrawn_pc", "requests", "withdrawn_share"),
    ("request_decisions", "request_decisions", "request_decisions", "requests_decided"),
    ("request_decisions", "request_outcome_six_weeks", "request_decisions", "decided_within_6_weeks"),
    ("request_decisions", "request_outcome_over_6_weeks", "request_decisions", "decided_over_6_weeks"),
    ("request_decisions", "request_outcome_six_weeks_pc", "request_decisions", "decided_6_weeks"),
    ("request_decisions", "request_outcome_over_6_weeks_pc", "request_decisions", "decided_over_6_weeks_share"),
    ("assessments", "assess_in_year", "assessments", "assessments"),
    ("assessments", "assess_issued", "assessments", "plans_issued"),
    ("assessments", "assess_not_issued", "assessments", "plans_not_issued"),
    ("assessments", "assess_not_made", "assessments", "assessments_open"),
    ("assessments", "assess_withdrawn", "assessments", "assessments_withdrawn"),
    ("assessments", "outcome_decision_within_time", "assessments", "refused_within_16_weeks"),
    ("assessments", "outcome_decision_over_time", "assessments", "refused_over_16_weeks"),
    ("assessments", "number_assess_mediation", "assessments", "assessment_mediations"),
    ("assessments", "number_assess_tribunal", "assessments", "assessment_tribunals"),
    ("assessments", "number_asssess_mediation_tribunal", "assessments", "assessment_tribunals_after_mediation"),
    ("assessments", "number_other_mediation", "assessments", "other_mediations"),
    ("assessments", "number_other_tribunal", "assessments", "other_tribunals"),
    ("assessments", "number_other_mediation_tribunal", "assessments", "other_tribunals_after_mediation"),
    ("assessments", "assess_issued_pc", "assessments", "issued_share_all"),
    ("assessments", "assess_not_issued_pc", "assessments", "not_issued_share_all"),
    ("assessments", "assess_not_made_pc", "assessments", "open_share"),
    ("assessments", "assess_withdrawn_pc", "assessments", "withdrawn_share"),
    ("timeliness", "plans_issued_den", "timeliness", "plans_issued"),
    ("timeliness", "plans_issued_den_ex", "timeliness", "plans_issued_ex"),
    ("timeliness", "plans_issued_within_20_weeks", "timeliness", "plans_issued_20_weeks"),
    ("timeliness", "plans_issued_20_weeks_ex", "timeliness", "plans_issued_20_weeks_ex"),
    ("timeliness", "plans_issued_gt20weeks_ltYear", "timeliness", "plans_issued_20_to_52_weeks"),
    ("timeliness", "plans_issued_gt20weeks_ltYear_ex", "timeliness", "plans_issued_20_to_52_weeks_ex"),
    ("timeliness", "plans_issued_gt_1_year", "timeliness", "plans_issued_over_a_year"),
    ("timeliness", "plans_issued_gt_1_year_ex", "timeliness", "plans_issued_over_a_year_ex"),
    ("timeliness", "pc_plans_issued_within_20_weeks", "timeliness", "timeliness_20_weeks_all"),
    ("timeliness", "PC_plans_issued_20_weeks_ex", "timeliness", "timeliness_20_weeks"),
    ("timeliness", "pc_plans_issued_gt20weeks_ltYear", "timeliness", "plans_20_to_52_weeks_all"),
    ("timeliness", "PC_plans_issued_gt20weeks_ltYear_ex", "timeliness", "plans_20_to_52_weeks"),
    ("timeliness", "pc_plans_issued_gt_1_year", "timeliness", "plans_over_a_year_all"),
    ("timeliness", "PC_plans_issued_gt_1_year_ex", "timeliness", "plans_over_a_year"),
    ("timeliness", "avg_weeks_issue_plan", "timeliness", "weeks_to_issue"),
    ("timeliness", "avg_weeks_issue_plan_exc", "timeliness", "weeks_to_issue_ex"),
    ("timeliness_all_routes", "plans_issued", "timeliness_all_routes", "all_plans_issued"),
    ("timeliness_all_routes", "plans_issued_clock_stopped", "timeliness_all_routes", "clock_stopped"),
    ("timeliness_all_routes", "plans_issued_within_20_weeks", "timeliness_all_routes", "all_within_20_weeks"),
    ("timeliness_all_routes", "pc_plans_issued_within_20_weeks", "timeliness_all_routes", "all_20_weeks_share"),
    ("newplans", "new_ehc_plans", "new_plans", "new_plans"),
    ("caseload", "ehcplans", "caseload", "plans"),
    ("caseload", "mainstream_total", "caseload", "mainstream"),
    ("caseload", "special_total", "caseload", "special"),
    ("caseload", "ap_pru_total", "caseload", "alternative_provision"),
    ("caseload", "fe_total", "caseload", "further_education"),
    ("caseload", "ed_elsewhere", "caseload", "elsewhere"),
    ("caseload", "nm_early_years", "caseload", "early_years"),
    ("caseload", "placement_unknown", "caseload", "not_recorded"),
    ("caseload", "mainstream_total_pc", "caseload", "mainstream_share"),
    ("caseload", "special_total_pc", "caseload", "special_share"),
    ("caseload", "AP_PRU_total_pc", "caseload", "alternative_provision_share"),
    ("caseload", "fe_total_pc", "caseload", "further_education_share"),
    ("caseload", "ed_elsewhere_pc", "caseload", "elsewhere_share"),
    ("caseload", "nm_early_years_pc", "caseload", "early_years_share"),
    ("caseload", "placement_unknown_pc", "caseload", "not_recorded_share"),
    ("caseload_placement", "ehcplans", "placement_types", "plans"),
    ("sen_needs_all_plans", "ehc_plans", "needs", "plans"),
    ("sen_needs_down_syndrome", "number_ds", "features", "down_syndrome"),
    ("ceased_plans", "total_ceased", "ceased_plans", "ceased"),
    ("ceased_plans", "max_age", "ceased_plans", "max_age"),
    ("ceased_plans", "needs_met", "ceased_plans", "needs_met"),
    ("ceased_plans", "he", "ceased_plans", "higher_education"),
    ("ceased_plans", "employ", "ceased_plans", "employment"),
    ("ceased_plans", "transfer", "ceased_plans", "transferred"),
    ("ceased_plans", "no_engage", "ceased_plans", "no_longer_engaging"),
    ("ceased_plans", "moved_outside_eng", "ceased_plans", "left_england"),
    ("ceased_plans", "deceased", "ceased_plans", "died"),
    ("ceased_plans", "other", "ceased_plans", "other_reason"),
    ("ceased_plans", "not_rec", "ceased_plans", "no_reason"),
    ("annual_reviews", "total_ehc_plans", "annual_reviews", "plans"),
    ("annual_reviews", "review_expected", "annual_reviews", "reviews_expected"),
    ("annual_reviews", "review_not_expected", "annual_reviews", "reviews_not_expected"),
    ("annual_reviews", "review_meeting_25", "annual_reviews", "meetings_after_year"),
    ("annual_reviews", "review_meeting_24", "annual_reviews", "meetings_in_year"),
    ("annual_reviews", "review_meeting_prior_24", "annual_reviews", "meetings_before_year"),
    ("annual_reviews", "total_review_meeting", "annual_reviews", "meetings_held"),
    ("annual_reviews", "no_review_meeting", "annual_reviews", "no_meeting"),
    ("annual_reviews", "review_decision25", "annual_reviews", "decided_after_year"),
    ("annual_reviews", "review_decision24", "annual_reviews", "decided_in_year"),
    ("annual_reviews", "review_decision_prior24", "annual_reviews", "decided_before_year"),
    ("annual_reviews", "review_decision_not_due", "annual_reviews", "decisions_not_due"),
    ("annual_reviews", "review_decision_outstanding", "annual_reviews", "decisions_outstanding"),
    ("annual_reviews", "outcome_amend", "annual_reviews", "amend"),
    ("annual_reviews", "outcome_cease", "annual_reviews", "cease"),
    ("annual_reviews", "outcome_maintan", "annual_reviews", "maintain"),
    ("annual_reviews", "no_outcome", "annual_reviews", "no_outcome"),
    ("annual_reviews", "number_decsion_4weeks", "annual_reviews", "decided_within_4_weeks"),
    ("annual_reviews", "number_decision_gt_4weeks", "annual_reviews", "decided_over_4_weeks"),
    ("annual_reviews", "review_decided", "annual_reviews", "reviews_decided"),
    ("annual_reviews", "pc_decsion_4weeks", "annual_reviews", "decided_4_weeks"),
    ("annual_reviews", "pc_decision_gt_4weeks", "annual_reviews", "decided_over_4_weeks_share"),
    ("plan_features", "personal_budget", "features", "personal_budgets"),
    ("plan_features", "org_arrangments", "features", "organised"),
    ("plan_features", "Res_3851", "features", "residential_38_to_51"),
    ("plan_features", "Res_52", "features", "residential_52"),
    ("plan_features", "Res_tot", "features", "residential"),
    ("plan_features", "open_wbp", "features", "work_based_learning"),
    ("plan_features", "transferred_in", "features", "moved_in"),
    ("phase_transfers", "number_plans", "features", "plans"),
    ("phase_transfers", "due_24", "features", "phase_transfer_due_year"),
    ("phase_transfers", "due_25", "features", "phase_transfer_due_census_year"),
    ("phase_transfers", "final_24", "features", "phase_transfer_final_year"),
    ("phase_transfers", "final_25", "features", "phase_transfer_final_census_year"),
];

const NEEDS: &[(&str, &str)] = &[
    ("asd", "Autistic spectrum disorder"),
    ("hi", "Hearing impairment"),
    ("mld", "Moderate learning difficulty"),
    ("msi", "Multi-sensory impairment"),
    ("oth", "Other difficulty or disability"),
    ("pd", "Physical disability"),
    ("pmld", "Profound and multiple learning difficulty"),
    ("semh", "Social, emotional and mental health"),
    ("slcn", "Speech, language and communication needs"),
    ("sld", "Severe learning difficulty"),
    ("spld", "Specific learning difficulty"),
    ("vi", "Vision impairment"),
    ("unknown", "Primary need not recorded"),
];

const GROUPS: &[(&str, &str)] = &[
    ("mainstream_total", "Mainstream - total"),
    ("special_total", "Special - total"),
    ("ap_pru_total", "AP/PRU - total"),
    ("fe_total", "FE - total"),
    ("ed_elsewhere", "Educated elsewhere - total"),
    ("nm_early_years", "Non-maintained early years"),
    ("placement_unknown", "Placement not recorded"),
];

fn looked_up<'t>(list: &[(&str, &'t str)], name: &str) -> Option<&'t str> {
    list.iter().find(|(known, _)| *known == name).map(|(_, ours)| *ours)
}

fn topic_of(table: &str, topic: &str) -> String {
    match (table, topic) {
        (_, "Child or young persons age") => "Age",
        (_, "Years EHC plan in place") => "Years plan in place",
        (_, "Age plan ceased") => "Age when plan ceased",
        ("sen_needs_all_plans", "Type of placement") => "Kind of placement",
        (_, other) => other,
    }
    .to_owned()
}

fn breakdown_of(topic: &str, breakdown: &str) -> String {
    match breakdown {
        "under 3" | "age 2 and under" => "Aged 2 and under".to_owned(),
        "unknown" | "Age unknown" => "Unknown".to_owned(),
        "Less than a year" => "Under 1 year".to_owned(),
        "1" => "1 year".to_owned(),
        "12 or more" => "12 years or more".to_owned(),
        "Special - Academy/free schools" => "Special - academy/free school".to_owned(),
        number if topic == "Years EHC plan in place" => format!("{number} years"),
        age if age.starts_with("age ") => age.replace("age ", "Aged "),
        other => looked_up(GROUPS, other).unwrap_or(other).to_owned(),
    }
}

/// Where ours stands of a known answer; none where we have no such measure.
pub fn wanted(table: &str, topic: &str, breakdown: &str, measure: &str) -> Option<Wanted> {
    let (own_topic, own_breakdown) = (topic_of(table, topic), breakdown_of(topic, breakdown));
    let need = measure.strip_prefix("number_need_").or_else(|| measure.strip_prefix("number_"));
    let need = need.or_else(|| measure.strip_suffix("_pc")).filter(|_| table == "sen_needs_all_plans");
    if let Some(need) = need.and_then(|need| looked_up(NEEDS, need)) {
        let share = measure.ends_with("_pc");
        let total = topic == "Total";
        return Some(Wanted {
            table: "own_sen2_needs".to_owned(),
            topic: if total { "Primary need".to_owned() } else { format!("{own_topic}, Primary need") },
            breakdown: if total { need.to_owned() } else { format!("{own_breakdown}, {need}") },
            measure: if share { "need_share" } else { "plans_by_need" }.to_owned(),
            is_mean: false,
        });
    }
    let (_, _, table, measure) = MEASURES.iter().find(|(answers, name, ..)| (*answers, *name) == (table, measure))?;
    Some(Wanted {
        table: format!("own_sen2_{table}"),
        topic: own_topic,
        breakdown: own_breakdown,
        measure: (*measure).to_owned(),
        is_mean: measure.starts_with("weeks_"),
    })
}
