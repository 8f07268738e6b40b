//! The contents of a long paper: a field that is filled in already, each line leading to its heading.
//!
//! In: the headings and the pages that they come to stand on. Out: paragraphs; Word counts anew when asked to.

use super::flow::Flow;
use super::paragraph::Paragraph;
use super::styles::{CONTENTS, ENTRY, GAP};
use crate::text::escaped;

/// A paper of more pages, or of more headings, has contents.
const LONG: usize = 6;

/// Whether a paper of so many headings and pages has contents.
pub fn wanted(headings: usize, pages: usize) -> bool {
    headings > LONG || pages > LONG
}

/// What a line of the contents leads to: the heading at this place among them.
pub fn bookmark(named: usize) -> String {
    format!(r#"<w:bookmarkStart w:id="{named}" w:name="_Toc{named}"/><w:bookmarkEnd w:id="{named}"/>"#)
}

/// The contents: each heading with its page, at the top of a page or not.
pub fn contents(headings: &[String], pages: &[usize], fresh: bool) -> Flow {
    let mut flow = Flow::default();
    flow.add(&Paragraph::plain(&CONTENTS, "Contents").fresh(fresh));
    for (named, heading) in headings.iter().enumerate() {
        let mut run = String::new();
        if named == 0 {
            run = format!("{}{}{}", field("begin"), order(r#"TOC \o "1-1" \h \z \u"#), field("separate"));
        }
        run.push_str(&entry(named, heading, pages.get(named).copied().unwrap_or(1)));
        if named + 1 == headings.len() {
            run.push_str(&field("end"));
        }
        flow.add(&Paragraph::of(&ENTRY).run(&run).keep(named + 1 < headings.len()));
    }
    flow.add(&Paragraph::of(&GAP));
    flow
}

/// A heading that leads to its place, with its page as a field.
fn entry(named: usize, heading: &str, page: usize) -> String {
    format!(
        r#"<w:hyperlink w:anchor="_Toc{named}" w:history="1"><w:r><w:t xml:space="preserve">{} </w:t></w:r><w:r><w:tab/><w:t xml:space="preserve"> </w:t></w:r>{}{}{}<w:r><w:t>{page}</w:t></w:r>{}</w:hyperlink>"#,
        escaped(heading),
        field("begin"),
        order(&format!(r"PAGEREF _Toc{named} \h")),
        field("separate"),
        field("end")
    )
}

/// The mark where a field begins, where its result begins, or where it ends.
pub fn field(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

/// What a field is to work out.
pub fn order(words: &str) -> String {
    format!(r#"<w:r><w:instrText xml:space="preserve"> {words} </w:instrText></w:r>"#)
}
