//! Files as the DfE's Explore Education Statistics prints them: geography columns, levels, sums of the parts.

use std::collections::BTreeMap;

use crate::register::Authority;

/// What one authority returned: counts, or none where the publisher prints `x`.
pub struct Answer<'a> {
    pub authority: &'a Authority,
    pub counts: Option<Vec<u32>>,
}

/// Where a row stands.
pub enum Place<'a> {
    England,
    Region { code: String, name: String },
    Authority { authority: &'a Authority, region_code: String, region_name: String },
}

/// In what order authorities follow each other inside their region.
#[derive(Clone, Copy)]
pub enum Order {
    LaCode,
    OnsCode,
    Name,
}

/// How one file is printed.
#[derive(Clone, Copy)]
pub struct Layout {
    pub header: &'static str,
    pub bom: bool,
    pub line_end: &'static str,
    /// Inner and Outer London as regions of their own, beside London.
    pub inner_and_outer: bool,
    pub order: Order,
}

/// A file under way.
pub struct Table {
    layout: Layout,
    text: String,
}

impl Table {
    /// A table that holds its header.
    pub fn new(layout: Layout) -> Self {
        let bom = if layout.bom { "\u{feff}" } else { "" };
        Self { layout, text: format!("{bom}{}{}", layout.header, layout.line_end) }
    }

    /// The bytes of the file.
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The indicator and filter columns: those after the geography.
    pub fn columns(&self) -> impl Iterator<Item = &'static str> + use<> {
        let header = self.layout.header;
        header.split(',').filter(|column| geography(column, &Place::England).is_none() && !column.starts_with("time_"))
    }

    /// England, its regions and its authorities in the file's order; each whole is the sum of its printed parts.
    pub fn roll_up<'a>(&self, mut answers: Vec<Answer<'a>>) -> Vec<(Place<'a>, Option<Vec<u32>>)> {
        answers.sort_by_cached_key(|answer| self.sort_key(answer.authority));
        let mut england = Vec::new();
        let mut regions: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
        for answer in &answers {
            let counts = answer.counts.as_deref().unwrap_or_default();
            add(&mut england, counts);
            let authority = answer.authority;
            add(regions.entry((authority.region_code.clone(), authority.region_name.clone())).or_default(), counts);
            if self.layout.inner_and_outer && !authority.london.is_empty() {
                add(regions.entry(self.region_of(authority)).or_default(), counts);
            }
        }
        let mut rows = vec![(Place::England, Some(england))];
        rows.extend(regions.into_iter().map(|((code, name), sum)| (Place::Region { code, name }, Some(sum))));
        rows.extend(answers.into_iter().map(|answer| {
            let (region_code, region_name) = self.region_of(answer.authority);
            (Place::Authority { authority: answer.authority, region_code, region_name }, answer.counts)
        }));
        rows
    }

    fn region_of(&self, authority: &Authority) -> (String, String) {
        let code = match authority.london.as_str() {
            "Inner London" if self.layout.inner_and_outer => "E13000001",
            "Outer London" if self.layout.inner_and_outer => "E13000002",
            _ => return (authority.region_code.clone(), authority.region_name.clone()),
        };
        (code.to_owned(), authority.london.clone())
    }

    fn sort_key(&self, authority: &Authority) -> (String, String) {
        let within = match self.layout.order {
            Order::LaCode => &authority.la_code,
            Order::OnsCode => &authority.ons_code,
            Order::Name => &authority.name,
        };
        (self.region_of(authority).0, within.clone())
    }

    /// Adds one row: the standard columns as the header orders them, then the cells.
    pub fn push(&mut self, period: &str, identifier: &str, place: &Place, cells: &[String]) {
        let standard = self.layout.header.split(',').map_while(|column| match column {
            "time_period" => Some(period.to_owned()),
            "time_identifier" => Some(identifier.to_owned()),
            _ => geography(column, place),
        });
        let fields: Vec<String> = standard.chain(cells.iter().cloned()).map(|field| quoted(&field)).collect();
        self.text.push_str(&fields.join(","));
        self.text.push_str(self.layout.line_end);
    }
}

/// What stands in a geography column, or none if the column is not one.
fn geography(column: &str, place: &Place) -> Option<String> {
    let (level, region, authority) = match place {
        Place::England => ("National", ["", ""], None),
        Place::Region { code, name } => ("Regional", [code.as_str(), name.as_str()], None),
        Place::Authority { authority, region_code, region_name } => {
            ("Local authority", [region_code.as_str(), region_name.as_str()], Some(*authority))
        }
    };
    let text = match column {
        "geographic_level" => level,
        "country_code" => "E92000001",
        "country_name" => "England",
        "region_code" => region[0],
        "region_name" => region[1],
        "old_la_code" => authority.map_or("", |a| &a.la_code),
        "new_la_code" => authority.map_or("", |a| &a.ons_code),
        "la_name" => authority.map_or("", |a| &a.name),
        "pcon_code" | "pcon_name" => "",
        _ => return None,
    };
    Some(text.to_owned())
}

fn add(sum: &mut Vec<u32>, counts: &[u32]) {
    sum.resize(sum.len().max(counts.len()), 0);
    for (total, count) in sum.iter_mut().zip(counts) {
        *total += count;
    }
}

fn quoted(field: &str) -> String {
    if field.contains(',') { format!("\"{field}\"") } else { field.to_owned() }
}

/// `part` of `whole` in percent to one place, half up; `x` where there is no whole.
pub fn percent(part: u32, whole: u32) -> String {
    tenths(u64::from(part) * 100, u64::from(whole)).unwrap_or_else(|| "x".to_owned())
}

/// `part / whole` to one place, half up, without a trailing `.0`; none where there is no whole.
pub fn tenths(part: u64, whole: u64) -> Option<String> {
    let tenths = (part * 20 + whole).checked_div(whole * 2)?;
    let (units, tenth) = (tenths / 10, tenths % 10);
    Some(if tenth == 0 { units.to_string() } else { format!("{units}.{tenth}") })
}
