//! A drawing as an address that holds its bytes.
//!
//! In: the SVG of a picture. Out: a `data:` address that may stand in an attribute, with the drawing's width and height.

/// A drawing in an address.
pub struct Packed {
    /// The address.
    pub address: String,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
}

/// The drawing in an address, plain boxes written shorter: they are most of it. What it says of itself is left to the words beside it.
pub fn packed(svg: &str) -> Packed {
    let (width, height) = measured(svg);
    let mut address = String::with_capacity(svg.len());
    address.push_str("data:image/svg+xml,");
    let mut boxes = Boxes::default();
    for line in svg.lines().filter(|line| !line.starts_with("<title") && !line.starts_with("<desc")) {
        match Plain::read(line) {
            Some((fill, one)) => boxes.add(fill, one),
            None => {
                boxes.written(&mut address);
                write(line, &mut address);
            }
        }
    }
    boxes.written(&mut address);
    Packed { address: address.replace(" aria-labelledby='title desc'", ""), width, height }
}

/// A line of a drawing as it may stand in an address, within an attribute of a page.
fn write(line: &str, address: &mut String) {
    for letter in line.chars() {
        match letter {
            '"' => address.push('\''),
            '&' => address.push_str("&amp;"),
            '%' => address.push_str("%25"),
            '#' => address.push_str("%23"),
            other => address.push(other),
        }
    }
}

/// A plain box of a drawing.
#[derive(Clone, Copy)]
struct Plain {
    left: i32,
    top: i32,
    width: i32,
    height: i32,
}

impl Plain {
    /// The box that a line is, with its fill.
    fn read(line: &str) -> Option<(&str, Plain)> {
        let inside = line.strip_prefix("<rect ")?.strip_suffix("/>")?;
        let mut values = inside.split('"');
        let mut next = |name: &str| (values.next()?.trim() == name).then(|| values.next()).flatten();
        let (left, top) = (next("x=")?, next("y=")?);
        let (width, height, fill) = (next("width=")?, next("height=")?, next("fill=")?);
        let number = |text: &str| text.parse::<i32>().ok();
        let one = Plain { left: number(left)?, top: number(top)?, width: number(width)?, height: number(height)? };
        // Whatever else it says of itself makes it no plain one.
        (values.next() == Some("") && values.next().is_none()).then_some((fill, one))
    }

    fn meets(&self, other: &Plain) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }
}

/// Boxes that follow each other, those of one fill as one shape, as far as none comes under another than before.
#[derive(Default)]
struct Boxes<'d>(Vec<(&'d str, Vec<Plain>)>);

impl<'d> Boxes<'d> {
    fn add(&mut self, fill: &'d str, one: Plain) {
        let same = self.0.iter().rposition(|(known, _)| *known == fill);
        let fits = |at: &usize| self.0[at + 1..].iter().flat_map(|(_, boxes)| boxes).all(|other| !one.meets(other));
        match same.filter(fits) {
            Some(at) => self.0[at].1.push(one),
            None => self.0.push((fill, vec![one])),
        }
    }

    fn written(&mut self, address: &mut String) {
        for (fill, boxes) in self.0.drain(..) {
            write(&format!("<path fill=\"{fill}\" d=\""), address);
            for Plain { left, top, width, height } in boxes {
                address.push_str(&format!("M{left} {top}h{width}v{height}h-{width}z"));
            }
            address.push_str("'/>");
        }
    }
}

/// The width and the height that a drawing says of itself.
fn measured(svg: &str) -> (i32, i32) {
    let sides = svg.split_once("viewBox=\"0 0 ").and_then(|(_, rest)| rest.split_once('"'));
    let mut sides = sides.map_or("", |(sides, _)| sides).split(' ').map(|side| side.parse::<f64>().unwrap_or_default());
    let mut next = || sides.next().unwrap_or_default().round() as i32;
    (next(), next())
}

#[cfg(test)]
mod tests {
    use super::packed;

    fn address(lines: &[&str]) -> String {
        packed(&lines.join("\n")).address.replace("data:image/svg+xml,", "")
    }

    #[test]
    fn a_drawing_in_an_address_reads_back() {
        let svg = "<svg viewBox=\"0 0 20 10\">\n<title id=\"title\">a</title>\n<text fill=\"#fff\">5% &amp; more</text>\n</svg>";
        let packed = packed(svg);
        assert_eq!((packed.width, packed.height), (20, 10));
        let address =
            "data:image/svg+xml,<svg viewBox='0 0 20 10'><text fill='%23fff'>5%25 &amp;amp; more</text></svg>";
        assert_eq!(packed.address, address);
    }

    #[test]
    fn boxes_of_one_fill_are_one_shape_unless_another_lies_between() {
        let one = "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" fill=\"#1\"/>";
        let beside = "<rect x=\"9\" y=\"2\" width=\"3\" height=\"4\" fill=\"#1\"/>";
        let over = "<rect x=\"2\" y=\"3\" width=\"1\" height=\"9\" fill=\"#2\"/>";
        let turned = "<rect x=\"2\" y=\"3\" width=\"1\" height=\"9\" fill=\"#2\" rx=\"4\"/>";
        assert_eq!(
            address(&[one, over, beside]),
            "<path fill='%231' d='M1 2h3v4h-3zM9 2h3v4h-3z'/><path fill='%232' d='M2 3h1v9h-1z'/>"
        );
        // The last lies over the second: it may not go under it.
        let last = "<rect x=\"2\" y=\"5\" width=\"5\" height=\"4\" fill=\"#1\"/>";
        assert_eq!(address(&[one, over, last]).matches("<path").count(), 3);
        assert!(address(&[one, turned]).contains("rx='4'"));
    }
}
