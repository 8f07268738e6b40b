//! What the two simulated editions of the SEN2 return have in common, and where the second differs from the first.

/// One yearly edition: the folder it stands in and the last years it holds.
pub struct Edition {
    pub release: &'static str,
    /// Last calendar year of plans issued.
    pub last_year: i32,
    /// Last January count, 2025 for `202425`.
    pub last_january: i32,
    /// Whether it carries the corrections to earlier figures.
    pub revised: bool,
}

pub const EDITION_2024: Edition = Edition { release: "2024", last_year: 2023, last_january: 2024, revised: false };
pub const EDITION_2025: Edition = Edition { release: "2025", last_year: 2024, last_january: 2025, revised: true };

/// Plans issued, 3-digit code and year: no row at all, as in the return of 2025.
const ABSENT: [(&str, i32); 2] = [("856", 2023), ("921", 2023)];
/// Plans issued: every figure `x` in both editions.
const NOT_AVAILABLE: [(&str, i32); 1] = [("357", 2022)];
/// Plans issued: figures of the first edition, `x` in the second.
const WITHDRAWN_PLANS: [(&str, i32); 1] = [("883", 2023)];
/// Caseload, 3-digit code and year of the January count: figures of the first edition, `x` in the second.
const WITHDRAWN_CASELOAD: [(&str, i32); 1] = [("316", 2024)];
/// Both tables, plans issued and caseload: figures changed a little in the second edition.
const RESTATED: [(&str, i32); 7] =
    [("383", 2022), ("850", 2023), ("341", 2023), ("926", 2021), ("812", 2023), ("204", 2022), ("839", 2024)];

impl Edition {
    /// Whether an authority's plans issued in a year are left out without a row.
    pub fn omits_plans(&self, la_code: &str, year: i32) -> bool {
        ABSENT.contains(&(la_code, year))
    }

    /// Whether an authority's plans issued in a year are printed as `x`.
    pub fn hides_plans(&self, la_code: &str, year: i32) -> bool {
        NOT_AVAILABLE.contains(&(la_code, year)) || (self.revised && WITHDRAWN_PLANS.contains(&(la_code, year)))
    }

    /// Whether an authority's caseload in a January is printed as `x`.
    pub fn hides_caseload(&self, la_code: &str, january: i32) -> bool {
        self.revised && WITHDRAWN_CASELOAD.contains(&(la_code, january))
    }

    /// Whether this edition restates an authority's figures of an earlier year.
    pub fn restates(&self, la_code: &str, year: i32) -> bool {
        self.revised && RESTATED.contains(&(la_code, year))
    }
}

/// Moves one in `one_in` of one count to another: a late correction that leaves the total alone.
pub fn correct(counts: &mut [u32], from: usize, to: usize, one_in: u32) {
    let moved = counts[from].div_ceil(one_in).min(counts[from]);
    counts[from] -= moved;
    counts[to] += moved;
}
