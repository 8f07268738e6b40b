//! The generator: SplitMix64 streams named by labels, and the few distributions the simulation draws from.
//!
//! A stream depends on its labels alone, never on what was drawn before it, so a new table leaves the others as they
//! were. Only `+ - * /` and the square root are used, which IEEE 754 rounds alike everywhere: no `exp`, no `ln`.

/// Changing it changes every figure of the sample.
const SEED: u64 = 0x00AB_2EA5_7000_2026;

/// A stream of pseudo-random numbers (SplitMix64: Steele, Lea and Flood 2014).
pub struct Stream(u64);

impl Stream {
    /// The stream that belongs to these labels, such as a table, an authority and a year.
    pub fn new(labels: &[&str]) -> Self {
        let mut state = SEED;
        for byte in labels.iter().flat_map(|label| label.bytes().chain([0x1f])) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self(state)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// Uniform on 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform on the whole numbers from `low` to `high`, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = f64::from(high) - f64::from(low) + 1.0;
        low + (self.unit() * width) as i32
    }

    /// True with probability `share`.
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// Near enough a standard normal: the sum of twelve uniforms, less six.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A multiplier around 1 whose logarithm has the standard deviation `spread`.
    pub fn around_one(&mut self, spread: f64) -> f64 {
        growth(spread * self.normal())
    }

    /// How many of `trials` succeed, each with probability `share`.
    pub fn binomial(&mut self, trials: u32, share: f64) -> u32 {
        if trials <= 64 {
            return (0..trials).filter(|_| self.chance(share)).count() as u32;
        }
        let mean = f64::from(trials) * share;
        let deviation = (mean * (1.0 - share)).max(0.0).sqrt();
        let draw = (mean + deviation * self.normal() + 0.5).floor();
        draw.clamp(0.0, f64::from(trials)) as u32
    }

    /// Divides `total` among the weights; the parts add up to it.
    pub fn divide(&mut self, total: u32, weights: &[f64]) -> Vec<u32> {
        let mut left = total;
        let mut weight_left: f64 = weights.iter().sum();
        let mut parts = Vec::with_capacity(weights.len());
        for weight in weights {
            let share = if weight_left > 0.0 { (weight / weight_left).min(1.0) } else { 0.0 };
            let part = self.binomial(left, share);
            parts.push(part);
            left -= part;
            weight_left -= weight;
        }
        if let Some(last) = parts.last_mut() {
            *last += left;
        }
        parts
    }

    /// One of the choices, each as likely as its weight.
    pub fn pick<T: Copy>(&mut self, choices: &[(T, f64)]) -> Option<T> {
        let mut point = self.unit() * choices.iter().map(|(_, weight)| weight).sum::<f64>();
        for (choice, weight) in choices {
            point -= weight;
            if point < 0.0 {
                return Some(*choice);
            }
        }
        choices.last().map(|(choice, _)| *choice)
    }
}

/// Close to the exponential function and, like it, positive, with `growth(-x) == 1 / growth(x)`.
pub fn growth(x: f64) -> f64 {
    let size = x.abs();
    let up = 1.0 + size + size * size / 2.0;
    if x < 0.0 { 1.0 / up } else { up }
}

/// The factor on everybody's odds that brings the overall share to `target`, when each of `(trials, odds)` has
/// the chance `factor * odds / (1 + factor * odds)`.
pub fn calibrate(target: f64, groups: &[(f64, f64)]) -> f64 {
    let trials: f64 = groups.iter().map(|(trials, _)| trials).sum();
    let (mut low, mut high) = (1e-6_f64, 1e6_f64);
    for _ in 0..80 {
        let middle = (low * high).sqrt();
        let successes: f64 = groups.iter().map(|(trials, odds)| trials * share_of(middle * odds)).sum();
        if successes < target * trials { low = middle } else { high = middle }
    }
    (low * high).sqrt()
}

/// The probability that these odds stand for.
pub fn share_of(odds: f64) -> f64 {
    odds / (1.0 + odds)
}
