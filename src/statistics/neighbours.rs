//! Statistical distance between areas: who is like whom.
//!
//! In: a matrix, areas by variables, and weights. Out: distances and the nearest areas.
//! Why: published neighbour lists (DfE 2021, 2025) are what the product uses; this is for checking a list against data
//! and for a group of one's own. The DfE's weights and cut-offs are not published and are not guessed here.
//! Method: z-scores over all areas, D = sqrt(sum of w (z_i - z_j)^2); CIPFA rebases so that the furthest is 1.

use super::mean::{mean, squared_deviations};

/// Distances from one area, in the order of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Distances {
    /// Distance to each area; 0 to itself.
    pub distances: Vec<f64>,
    /// The same with the furthest at 1; all 0 where nobody differs.
    pub rebased: Vec<f64>,
}

impl Distances {
    /// Up to `count` nearest areas, closest first, the area itself left out; ties in the order of the matrix.
    pub fn nearest(&self, target: usize, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.distances.len()).filter(|i| *i != target).collect();
        order.sort_by(|a, b| self.distances[*a].total_cmp(&self.distances[*b]));
        order.truncate(count);
        order
    }
}

/// Distances from area `target`. `weights` go on the squared differences (`None`: all 1); `ddof` 1 for the sample
/// standard deviation, 0 for the population's, which changes no order.
///
/// A constant variable adds nothing. `None` for a ragged matrix, a target or a weight list that does not fit. Missing
/// figures must be imputed (the mean gives z = 0) or the area left out, by the caller, who says which.
pub fn distances(matrix: &[Vec<f64>], weights: Option<&[f64]>, ddof: usize, target: usize) -> Option<Distances> {
    let own = matrix.get(target)?;
    let fits = matrix.iter().all(|row| row.len() == own.len()) && weights.is_none_or(|w| w.len() == own.len());
    if !fits {
        return None;
    }
    let scales: Vec<f64> = (0..own.len()).map(|k| column_scale(matrix, k, ddof)).collect();
    let weight = |k: usize| weights.map_or(1.0, |w| w[k]);
    let squared = |row: &[f64], k: usize| weight(k) * ((row[k] - own[k]) * scales[k]).powi(2);
    let distance = |row: &Vec<f64>| (0..own.len()).map(|k| squared(row, k)).sum::<f64>().sqrt();
    let distances: Vec<f64> = matrix.iter().map(distance).collect();
    let furthest = distances.iter().copied().fold(0.0, f64::max);
    let rebased = distances.iter().map(|d| if furthest > 0.0 { d / furthest } else { 0.0 }).collect();
    Some(Distances { distances, rebased })
}

/// One over the standard deviation of a variable; 0 where it is constant.
fn column_scale(matrix: &[Vec<f64>], k: usize, ddof: usize) -> f64 {
    let column: Vec<f64> = matrix.iter().map(|row| row[k]).collect();
    let freedom = column.len().saturating_sub(ddof) as f64;
    let sd = mean(&column).map_or(0.0, |m| (squared_deviations(&column, m) / freedom).sqrt());
    if sd > 0.0 && column.iter().any(|v| *v != column[0]) { 1.0 / sd } else { 0.0 }
}
