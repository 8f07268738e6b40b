//! Links within the file: a link to a page that the file has leads there, every figure leads to its cell, and others are words.

use rustc_hash::FxHashMap;

use super::still::{attribute, pieces, tag};
use crate::area::LaCode;
use crate::browse::address::{Address, AreaPage, MeasurePage, Who};
use crate::browse::build::Build;
use crate::browse::raw::Raw;
use crate::store::Found;

/// Where the page of the area stands.
const AREA: &str = "area";

/// What the file has, and the figures that were met so far.
pub struct Within<'b> {
    build: &'b Build,
    code: LaCode,
    measures: FxHashMap<String, usize>,
    figures: Vec<String>,
    known: FxHashMap<String, usize>,
}

/// A measure with its table.
pub fn name(found: &Found<'_>) -> String {
    format!("{}/{}", found.table, found.name)
}

/// Where the measure of a number stands.
pub fn anchor(at: usize) -> String {
    format!("m{}", at + 1)
}

/// The measures of a page's rows, in their order.
pub fn order(html: &str, build: &Build) -> Vec<String> {
    let of_rows = pieces(html).zip(pieces(html).skip(1)).filter(|(before, _)| tag(before) == "th");
    let measure = |link: &str| match address(link, build)? {
        Address::Measure(page) => Some(format!("{}/{}", page.table, page.measure)),
        _ => None,
    };
    of_rows.filter_map(|(_, link)| attribute(link, "href")).filter_map(measure).collect()
}

/// The page that a link of ours leads to.
fn address(link: &str, build: &Build) -> Option<Address> {
    let raw = Raw::parse(&link.replace("&amp;", "&")).ok()?;
    Address::parse(&raw, build.names()).ok()
}

impl<'b> Within<'b> {
    /// A file about an authority with these measures.
    pub fn new<'f>(build: &'b Build, code: LaCode, measures: impl Iterator<Item = &'f Found<'b>>) -> Within<'b>
    where
        'b: 'f,
    {
        let measures = measures.enumerate().map(|(at, found)| (name(found), at)).collect();
        Within { build, code, measures, figures: Vec::new(), known: FxHashMap::default() }
    }

    /// The ids of the figures that were met, in their order: the first is number 1.
    pub fn figures(&self) -> &[String] {
        &self.figures
    }

    /// A page with its links within the file.
    pub fn linked(&mut self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut is_link = true;
        for piece in pieces(html) {
            match (tag(piece), attribute(piece, "href")) {
                ("a", Some(link)) => {
                    let to = if link.starts_with('#') { Some(link.to_owned()) } else { self.place(link) };
                    is_link = to.is_some();
                    let class =
                        attribute(piece, "class").map_or_else(String::new, |class| format!(" class=\"{class}\""));
                    match to {
                        Some(to) => out.push_str(&format!("<a{class} href=\"{to}\">")),
                        None => out.push_str(&format!("<span{class}>")),
                    }
                }
                ("/a", _) if !is_link => out.push_str("</span>"),
                _ => out.push_str(piece),
            }
        }
        out
    }

    /// Where in the file a page stands; none where it is not in it.
    fn place(&mut self, link: &str) -> Option<String> {
        match address(link, self.build)? {
            Address::Figure { id } => Some(format!("#f{}", self.figure(id))),
            Address::Measure(page) => {
                let at = *self.measures.get(&format!("{}/{}", page.table, page.measure))?;
                let plain = MeasurePage { area: Some(self.code), ..MeasurePage::of(&page.table, &page.measure) };
                (page == plain).then(|| format!("#{}", anchor(at)))
            }
            Address::Area(page) => (page == AreaPage::of(Who::Authority(self.code))).then(|| format!("#{AREA}")),
            _ => None,
        }
    }

    /// The number of a figure.
    fn figure(&mut self, id: String) -> usize {
        if let Some(number) = self.known.get(&id) {
            return *number;
        }
        self.figures.push(id.clone());
        self.known.insert(id, self.figures.len());
        self.figures.len()
    }
}
