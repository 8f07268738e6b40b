//! Millimetres in the units of a Word file.

use crate::publish::lettering::POINT;

/// Twentieths of a point, in which Word measures text.
pub fn twips(millimetres: f64) -> i64 {
    (millimetres / POINT * 20.0).round() as i64
}

/// English Metric Units, in which Word measures pictures.
pub fn emus(millimetres: f64) -> i64 {
    (millimetres * 36_000.0).round() as i64
}

/// Half points, in which Word measures letters.
pub fn half_points(points: f64) -> i64 {
    (points * 2.0).round() as i64
}
