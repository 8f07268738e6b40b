//! Damaged files by the thousand: the seeds in `tests/it/corpus`, the files of a build, reference files, a list of moves
//! and the answers of a server are changed at random and read as the program reads them, returns up to comparisons.
//! Whatever comes of it, it is an answer: no panic, no hang over ten seconds (a minute where the program was built for
//! testing), no memory beyond two gigabytes.
//!
//! `ABREAST_FUZZ_SECONDS=1800` makes a campaign of it; `docs/faults.md` has its counts. A file that broke something is
//! cut down, kept in the corpus under the name of what it was, and read unchanged at every test.

mod mutate;
mod others;
mod read;
pub mod server;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use mutate::{Chance, mutate};
use read::Reading;

/// How long a file may take.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 10 });

/// The seeds: names and bytes.
fn corpus(reading: &Reading) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/corpus");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the corpus").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let named = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("a seed"))
    };
    paths.into_iter().map(named).chain(reading.seeds()).collect()
}

/// How long a campaign is to take, where one is asked for.
fn campaign() -> Option<Duration> {
    let seconds = std::env::var("ABREAST_FUZZ_SECONDS").ok()?;
    seconds.parse().ok().map(Duration::from_secs)
}

/// How long this process has worked: in the processor's time in a campaign, which has it alone on a machine that may be
/// busy, else by the clock.
fn worked() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let ticks = || -> Option<u64> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let mut numbers = stat.rsplit_once(") ")?.1.split(' ').skip(11);
        Some(numbers.next()?.parse::<u64>().ok()? + numbers.next()?.parse::<u64>().ok()?)
    };
    let ticks = campaign().and_then(|_| ticks());
    ticks.map_or_else(|| BEGUN.elapsed(), |ticks| Duration::from_millis(ticks * 10))
}

/// The case under way, for the watch over time and memory.
static UNDER_WAY: Mutex<Option<(Duration, String, Vec<u8>)>> = Mutex::new(None);

/// Ends the test where a case takes too long or too much; what it was goes to a file first.
fn watch(stop: &AtomicBool) -> usize {
    let mut most = 0;
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(20));
        let memory = memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem);
        most = most.max(memory);
        if let Some((since, name, bytes)) = UNDER_WAY.lock().expect("the case").as_ref()
            && (worked().saturating_sub(*since) > MOST || memory > 2 << 30)
        {
            let path = kept(name, bytes);
            eprintln!("{}: {:?}, {} MB", path.display(), worked().saturating_sub(*since), memory >> 20);
            std::process::abort();
        }
    }
    most
}

/// Writes a case beside the corpus, to be looked at.
fn kept(name: &str, bytes: &[u8]) -> PathBuf {
    let hash = abreast::provenance::hash(bytes);
    let path = std::env::temp_dir().join(format!("abreast-broken-{}-{name}", &hash[..8]));
    std::fs::write(&path, bytes).expect("written");
    path
}

/// Whether reading the bytes ends without a panic; with what it came to.
fn tried(reading: &Reading, name: &str, bytes: &[u8]) -> Result<&'static str, String> {
    *UNDER_WAY.lock().expect("the case") = Some((worked(), name.to_owned(), bytes.to_vec()));
    let done = catch_unwind(AssertUnwindSafe(|| reading.read(name, bytes)));
    *UNDER_WAY.lock().expect("the case") = None;
    done.map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    })
}

/// The shortest of some hundred cuts of `bytes` that still panics.
fn cut_down(reading: &Reading, name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut best = bytes.to_vec();
    let mut length = best.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < best.len() {
            let mut shorter = best.clone();
            shorter.drain(at..(at + length).min(best.len()));
            if tried(reading, name, &shorter).is_err() {
                best = shorter;
            } else {
                at += length;
            }
        }
        length /= 2;
    }
    best
}

#[test]
fn every_seed_is_answered() {
    let reading = Reading::new();
    for (name, bytes) in corpus(&reading) {
        let came = tried(&reading, &name, &bytes);
        println!("{name}: {came:?}");
        let came = came.unwrap_or_else(|panic| panic!("{name}: {panic}"));
        // The seeds of Parquet are of other tables than the pipeline's.
        let stopped = name.ends_with(".parquet") && came == "stopped";
        assert!(name.contains("broken") || stopped || came == "compared" || came == "read", "{name} came to {came}");
    }
}

#[test]
fn damaged_files_are_answered() {
    let asked = campaign();
    let reading = Reading::new();
    let corpus = corpus(&reading);
    let mut chance = Chance(asked.map_or(20, |_| std::process::id().into()));
    let (mut files, mut came, mut broken) = (0_u64, BTreeMap::new(), BTreeMap::new());
    let stop = AtomicBool::new(false);
    let most = std::thread::scope(|scope| {
        let watched = scope.spawn(|| watch(&stop));
        let begun = Instant::now();
        while asked.map_or(files < 500, |asked| begun.elapsed() < asked) {
            let (name, bytes) = &corpus[chance.below(corpus.len())];
            let (_, other) = &corpus[chance.below(corpus.len())];
            let changed = mutate(&mut chance, name, bytes, other);
            files += 1;
            match tried(&reading, name, &changed) {
                Ok(what) => *came.entry(what).or_insert(0_u64) += 1,
                Err(panic) => {
                    let first = !broken.contains_key(&panic);
                    *broken.entry(panic.clone()).or_insert(0_u64) += 1;
                    if first {
                        let path = kept(name, &cut_down(&reading, name, &changed));
                        println!("{}: {panic}", path.display());
                    }
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
        watched.join().expect("the watch")
    });
    println!("{files} files; {came:?}; {} kinds of panic: {broken:?}; at most {} MB", broken.len(), most >> 20);
    assert!(broken.is_empty(), "{broken:?}");
    assert!(came.len() > 3, "damage of several kinds was tried: {came:?}");
}
