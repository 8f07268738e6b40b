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

/// The drawing in an address. What it says of itself is left to the words beside it.
pub fn packed(svg: &str) -> Packed {
    let (width, height) = measured(svg);
    let mut address = String::with_capacity(svg.len());
    address.push_str("data:image/svg+xml,");
    for line in svg.lines().filter(|line| !line.starts_with("<title") && !line.starts_with("<desc")) {
        for letter in line.chars() {
            match letter {
                // Attributes of the drawing stand in an attribute of the page.
                '"' => address.push('\''),
                '&' => address.push_str("&amp;"),
                '%' => address.push_str("%25"),
                '#' => address.push_str("%23"),
                other => address.push(other),
            }
        }
    }
    Packed { address: address.replace(" aria-labelledby='title desc'", ""), width, height }
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

    #[test]
    fn a_drawing_in_an_address_reads_back() {
        let svg = "<svg viewBox=\"0 0 20 10\">\n<title id=\"title\">a</title>\n<text fill=\"#fff\">5% &amp; more</text>\n</svg>";
        let packed = packed(svg);
        assert_eq!((packed.width, packed.height), (20, 10));
        let address =
            "data:image/svg+xml,<svg viewBox='0 0 20 10'><text fill='%23fff'>5%25 &amp;amp; more</text></svg>";
        assert_eq!(packed.address, address);
    }
}
