//! What the tags of an OpenDocument sheet say: attributes, repeats, and the styles that matter to a reader.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use rustc_hash::FxHashSet;

/// An attribute of a tag; empty where it has none.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.try_get_attribute(name).ok().flatten();
    found.and_then(|found| Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())).unwrap_or_default()
}

/// How often a row or a cell stands there; without end where the number is beyond all numbers.
pub(super) fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    match attribute(tag, name) {
        told if told.is_empty() => 1,
        told => told.parse().unwrap_or(u32::MAX),
    }
}

/// The styles that matter here, by name.
#[derive(Default)]
pub(super) struct Styles {
    name: String,
    /// Those of sheets that are not shown.
    pub hidden: FxHashSet<String>,
    /// Those of runs that stand raised.
    pub raised: FxHashSet<String>,
}

impl Styles {
    /// Takes in what a tag outside the sheets says.
    pub fn learn(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "style:style" => self.name = attribute(tag, "style:name"),
            "style:table-properties" if attribute(tag, "table:display") == "false" => {
                self.hidden.insert(self.name.clone());
            }
            "style:text-properties" if attribute(tag, "style:text-position").starts_with("super") => {
                self.raised.insert(self.name.clone());
            }
            _ => {}
        }
    }
}
