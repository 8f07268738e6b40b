//! A page that stands still: without what only a server can do, with its pictures in it, as a part of a longer page.
//!
//! In: what a page says between head and foot. Out: the same, to be read from a file. Our own pages alone are read: every word
//! in them is escaped, so that a tag ends at the first `>`.

use std::collections::BTreeMap;

use crate::browse::answer::answer;
use crate::browse::build::Build;
use crate::browse::request::Request;

use super::packed::{Packed, packed};

/// The pictures of a page by their addresses, each as the address that holds its bytes.
pub struct Pictures(BTreeMap<String, Packed>);

impl Pictures {
    /// The pictures that a page names.
    pub fn of(html: &str, build: &Build) -> Pictures {
        let named = pieces(html).filter(|piece| matches!(tag(piece), "img" | "source"));
        let addresses = named.filter_map(|piece| attribute(piece, "src").or_else(|| attribute(piece, "srcset")));
        let drawn = addresses.filter_map(|address| {
            let target = address.replace("&amp;", "&");
            let response = answer(build, &Request::get(target));
            let svg = std::str::from_utf8(&response.body).ok().filter(|_| response.kind == "image/svg+xml")?;
            Some((address.to_owned(), packed(svg)))
        });
        Pictures(drawn.collect())
    }

    /// The picture of a tag, with its size and the words that stand for it.
    fn img(&self, address: &str, alt: &str, class: &str) -> Option<String> {
        let Packed { address, width, height } = self.0.get(address)?;
        Some(format!("<img{class} src=\"{address}\" width=\"{width}\" height=\"{height}\" alt=\"{alt}\">"))
    }
}

/// Tags and the texts between them, in their order.
pub fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let end = match rest.strip_prefix('<') {
            Some(inside) => inside.find('>').map(|at| at + 2),
            None => rest.find('<'),
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The name of a tag, with a slash before it where it ends one; empty for text.
pub fn tag(piece: &str) -> &str {
    let inside = piece.strip_prefix('<').map_or("", |rest| rest.trim_end_matches(['>', '/']));
    inside.split([' ', '\n']).next().unwrap_or_default()
}

/// What stands in an attribute of a tag, as it is written.
pub fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The page of an area, standing still.
pub fn area(html: &str) -> String {
    pieces_left(html).collect()
}

/// The page of a measure as a part of a longer one: headings a step lower, regions told apart by the measure's name.
pub fn measure(html: &str, label: &str, pictures: &Pictures, narrow: bool) -> String {
    let label = crate::text::escaped(label);
    let mut out = String::with_capacity(html.len());
    let mut for_narrow = None;
    for piece in pieces_left(html) {
        match tag(piece) {
            "picture" | "/picture" => {}
            "source" => for_narrow = attribute(piece, "srcset").filter(|_| narrow),
            "img" => {
                let (address, alt) = (attribute(piece, "src").unwrap_or(""), attribute(piece, "alt").unwrap_or(""));
                let slim = for_narrow.take().and_then(|address| pictures.img(address, alt, " class=\"slim\""));
                let class = if slim.is_some() { " class=\"broad\"" } else { "" };
                out.extend(pictures.img(address, alt, class));
                out.extend(slim);
            }
            "section" | "div" => match attribute(piece, "aria-label") {
                Some(name) => {
                    let (from, to) = (format!("aria-label=\"{name}\""), format!("aria-label=\"{name}: {label}\""));
                    out.push_str(&piece.replace(&from, &to));
                }
                None => out.push_str(piece),
            },
            name => match lower(name) {
                Some((from, to)) => out.push_str(&piece.replacen(from, to, 1)),
                None => out.push_str(piece),
            },
        }
    }
    out
}

/// The heading a step lower.
fn lower(tag: &str) -> Option<(&str, &'static str)> {
    const LOWER: [(&str, &str); 3] = [("h1", "h2"), ("h2", "h3"), ("h3", "h4")];
    LOWER.iter().find(|(from, _)| tag.trim_start_matches('/') == *from).map(|(from, to)| (*from, *to))
}

/// The pieces that are printed: what is not is there for choosing, and needs the server.
fn pieces_left(html: &str) -> impl Iterator<Item = &str> {
    let mut left_out: Option<(&str, usize)> = None;
    pieces(html).filter(move |piece| {
        let name = tag(piece);
        match &mut left_out {
            Some((outer, depth)) => {
                match name.strip_prefix('/') {
                    Some(ended) if ended == *outer => *depth -= 1,
                    None if name == *outer => *depth += 1,
                    _ => {}
                }
                if *depth == 0 {
                    left_out = None;
                }
                false
            }
            None => {
                let is_left_out =
                    attribute(piece, "class").is_some_and(|class| class.split(' ').any(|one| one == "noprint"));
                if !name.is_empty() && is_left_out {
                    left_out = Some((name, 1));
                }
                !is_left_out || name.is_empty()
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Pictures, area, measure, pieces};

    #[test]
    fn pieces_are_the_page() {
        let html = "a<b class=\"x\">c</b><br>d";
        assert_eq!(pieces(html).collect::<String>(), html);
        assert_eq!(pieces(html).count(), 6);
    }

    #[test]
    fn what_only_a_server_can_do_is_left_out_with_all_that_is_in_it() {
        let html =
            "<p>a</p><div class=\"walk noprint\"><div>b</div>c</div><p class=\"noprint\">d</p><p>e &lt;noprint&gt;</p>";
        assert_eq!(area(html), "<p>a</p><p>e &lt;noprint&gt;</p>");
    }

    #[test]
    fn a_part_has_headings_a_step_lower_and_its_own_regions() {
        let html = "<h1>a</h1><h2 class=\"plain\">b</h2><section aria-label=\"The answer\"></section>";
        let part = measure(html, "R&D", &Pictures(BTreeMap::new()), true);
        assert_eq!(part, "<h2>a</h2><h3 class=\"plain\">b</h3><section aria-label=\"The answer: R&amp;D\"></section>");
    }
}
