//! How long each stage of a run took, added up over tables, and the most memory that was seen.

use std::time::{Duration, Instant};

/// The stages of a run, in order.
pub const STAGES: [&str; 7] = ["load", "normalise", "protect", "check", "compare", "publish", "chart"];

/// Time and memory of each stage, added up over tables.
#[derive(Clone, Debug, Default)]
pub struct Stages {
    time: [Duration; STAGES.len()],
    memory: [usize; STAGES.len()],
}

impl Stages {
    /// Runs `work` as a part of the stage called `name`.
    pub fn timed<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        if let Some(stage) = STAGES.iter().position(|stage| *stage == name) {
            self.time[stage] += start.elapsed();
            let now = memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem);
            self.memory[stage] = self.memory[stage].max(now);
        }
        done
    }

    /// Adds what another table took.
    pub fn add(&mut self, other: &Stages) {
        for stage in 0..STAGES.len() {
            self.time[stage] += other.time[stage];
            self.memory[stage] = self.memory[stage].max(other.memory[stage]);
        }
    }

    /// Name, time on all cores and most memory seen, of each stage that did anything.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, Duration, usize)> + '_ {
        STAGES
            .iter()
            .enumerate()
            .map(|(stage, name)| (*name, self.time[stage], self.memory[stage]))
            .filter(|(_, time, _)| !time.is_zero())
    }
}
