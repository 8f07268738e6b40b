//! The columns that files of Explore Education Statistics have in common.

/// The columns that Explore Education Statistics files have in common.
pub(in crate::normalise) const STANDARD: [&str; 10] = [
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
];

/// Standard columns of levels beside and below the authority, each code before its name: they tell such rows apart.
pub(in crate::normalise) const BELOW: [&str; 25] = [
    "pcon_code",
    "pcon_name",
    "lad_code",
    "lad_name",
    "ward_code",
    "ward_name",
    "school_urn",
    "school_laestab",
    "school_name",
    "institution_id",
    "institution_name",
    "provider_ukprn",
    "provider_name",
    "trust_id",
    "trust_name",
    "sponsor_id",
    "sponsor_name",
    "opportunity_area_code",
    "opportunity_area_name",
    "local_enterprise_partnership_code",
    "local_enterprise_partnership_name",
    "mayoral_combined_authority_code",
    "mayoral_combined_authority_name",
    "english_devolved_area_code",
    "english_devolved_area_name",
];
