//! A sound table of every authority, its regions and England over four years, and ways to spoil it.

use crate::harness::{Bench, EES, Ran};

/// What the pipeline of the table says.
pub const PIPELINE: &str = r#"title = "Plans"
return = "sen2"
[measures.plans]
label = "Plans"
unit  = "number"
[measures.new]
label = "New plans"
unit  = "number"
[measures.ended]
label = "Plans that ended"
unit  = "number"
[measures.new_share]
label       = "Share of plans that are new"
unit        = "percent"
numerator   = "new"
denominator = "plans"
better      = "low"
[[release]]
from    = 2023
file    = "plans.csv"
format  = "ees"
columns = { plans = "plans", new = "new", ended = "ended" }
"#;

/// One row of the file.
#[derive(Clone, Debug)]
pub struct Row {
    pub year: u32,
    /// `Local authority`, `Regional` or `National`.
    pub level: &'static str,
    pub region: (String, String),
    /// 9-character code, 3-digit code and name; empty above the authority.
    pub place: [String; 3],
    /// Plans, new plans, plans that ended, as the cells say.
    pub cells: [String; 3],
}

impl Row {
    /// Whether it is about the place in that year.
    pub fn is(&self, name: &str, year: u32) -> bool {
        self.year == year && self.name() == name
    }

    /// The name of the place.
    pub fn name(&self) -> &str {
        match self.level {
            "National" => "England",
            "Regional" => &self.region.1,
            _ => &self.place[2],
        }
    }

    /// A cell as a number.
    pub fn number(&self, cell: usize) -> f64 {
        self.cells[cell].parse().unwrap_or(f64::NAN)
    }

    /// Multiplies every cell and rounds it.
    pub fn times(&mut self, factor: f64) {
        for cell in 0..3 {
            self.cells[cell] = (self.number(cell) * factor).round().to_string();
        }
    }
}

/// A number from 0 to 1 that is the same in every run.
fn noise(seed: u64) -> f64 {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0xD1B5_4A32_D192_ED03);
    x ^= x >> 32;
    x = x.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    x ^= x >> 32;
    (x >> 11) as f64 / (1u64 << 53) as f64
}

/// 2020 to 2023: every authority that was open, growing by some percent a year, and sums that are right.
pub fn rows() -> Vec<Row> {
    let (register, _) = abreast::home::register().expect("the register");
    let mut rows = Vec::new();
    for year in 2020..=2023 {
        let end = chrono::NaiveDate::from_ymd_opt(year as i32, 12, 31).expect("a day");
        let mut sums: std::collections::BTreeMap<String, [f64; 3]> = Default::default();
        for authority in register.open_on(end) {
            let code = u64::from(authority.code.0);
            let size = 150.0 + 1500.0 * noise(code) * noise(code + 1000);
            let of = |share: f64, salt: u64| {
                let growth =
                    1.04f64.powi(year as i32 - 2020) * (0.97 + 0.06 * noise(code * 31 + u64::from(year) * 7 + salt));
                (size * share * growth).round()
            };
            let counts = [of(1.0, 1), of(0.2, 2), of(0.1, 3)];
            for region in [authority.region.as_str(), "E92000001"] {
                let sum = sums.entry(region.to_owned()).or_default();
                (0..3).for_each(|at| sum[at] += counts[at]);
            }
            let region = register.region(&authority.region).expect("its region");
            rows.push(Row {
                year,
                level: "Local authority",
                region: (region.code.clone(), region.name.clone()),
                place: [authority.ons_code.clone(), authority.code.to_string(), authority.name.clone()],
                cells: counts.map(|count| count.to_string()),
            });
        }
        for (code, sum) in sums {
            let region = register.region(&code).expect("a region");
            let (level, region) = if region.is_country() {
                ("National", Default::default())
            } else {
                ("Regional", (region.code.clone(), region.name.clone()))
            };
            rows.push(Row { year, level, region, place: Default::default(), cells: sum.map(|sum| sum.to_string()) });
        }
    }
    rows
}

/// The file of `rows`.
pub fn file(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let [ons, la, name] = &row.place;
        let (code, region) = &row.region;
        format!(
            "{},Calendar year,{},E92000001,England,{code},{region},{ons},{la},\"{name}\",{}\n",
            row.year,
            row.level,
            row.cells.join(",")
        )
    };
    format!("{EES},plans,new,ended\n{}", rows.iter().map(line).collect::<String>())
}

/// A bench with one release of `rows`, and `more` at the end of the pipeline.
pub fn bench(more: &str, rows: &[Row]) -> Bench {
    let bench = Bench::new();
    bench.pipeline("plans", &format!("{PIPELINE}{more}"));
    bench.returns("sen2/2023/plans.csv", file(rows));
    bench
}

/// What is said of the sound table spoiled by `spoil`.
pub fn spoiled(more: &str, spoil: impl Fn(&mut Vec<Row>)) -> Ran {
    let mut rows = rows();
    spoil(&mut rows);
    bench(more, &rows).run()
}

/// What is said of one row spoiled by `spoil`.
pub fn one(name: &str, year: u32, spoil: impl Fn(&mut Row)) -> Ran {
    spoiled("", |rows| rows.iter_mut().filter(|row| row.is(name, year)).for_each(&spoil))
}

/// The messages of the warnings and errors.
pub fn said(ran: &Ran) -> String {
    let loud = ran.findings.iter().filter(|finding| finding.severity != abreast::finding::Severity::Note);
    loud.map(|finding| format!("{}: {}\n", finding.code, finding.message)).collect()
}
