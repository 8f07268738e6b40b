//! Ofsted's ways: its spellings of authorities, its regions, its judgements.

use crate::dates::Day;
use crate::random::{Stream, growth};
use crate::register::Authority;

/// The day both simulated Ofsted files are drawn up at.
pub const AS_AT: Day = Day::new(2024, 3, 31);
/// The same day, for the register.
pub const AS_AT_ISO: &str = "2024-03-31";

/// Names that Ofsted spells otherwise than the register.
const SPELLINGS: [(&str, &str); 10] = [
    ("205", "Hammersmith & Fulham"),
    ("318", "Richmond Upon Thames"),
    ("342", "St Helens"),
    ("801", "Bristol"),
    ("810", "Kingston Upon Hull"),
    ("839", "Bournemouth, Christchurch & Poole"),
    ("840", "Durham"),
    ("884", "Herefordshire"),
    ("894", "Telford & Wrekin"),
    ("822", "Bedford"),
];

/// The authority's name as Ofsted prints it.
pub fn name(authority: &Authority) -> &str {
    let spelling = SPELLINGS.iter().find(|(la_code, _)| *la_code == authority.la_code);
    spelling.map_or(&authority.name, |(_, spelling)| *spelling)
}

/// The authority's region as Ofsted prints it: two regions are one.
pub fn region(authority: &Authority) -> &str {
    match authority.region_name.as_str() {
        "North East" | "Yorkshire and The Humber" => "North East, Yorkshire and the Humber",
        name => name,
    }
}

/// A judgement from 1 (outstanding) to 4 (inadequate), as likely as the weights say; `quality` above 0 makes the
/// first two likelier.
pub fn grade(stream: &mut Stream, weights: [f64; 4], quality: f64) -> u8 {
    let [outstanding, good, improve, inadequate] = weights;
    let choices = [
        (1, outstanding * growth(quality)),
        (2, good),
        (3, improve * growth(-quality)),
        (4, inadequate * growth(-1.5 * quality)),
    ];
    stream.pick(&choices).unwrap_or(2)
}

/// A judgement of one part: that of the whole, or now and then the next to it.
pub fn part(stream: &mut Stream, whole: u8) -> u8 {
    let near = stream.pick(&[(-1, 0.12), (0, 0.78), (1, 0.10)]).unwrap_or(0);
    whole.saturating_add_signed(near).clamp(1, 4)
}
