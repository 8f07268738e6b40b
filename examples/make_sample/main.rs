//! Writes `data/sample`: simulated returns of English local authorities in the publishers' own layouts.
//!
//! In: `data/reference/authorities.csv` (who existed when). Out: `data/sample/<return>/<release>/<file>`. Only the
//! layouts and the rough national totals are real; every figure comes from a generator with a fixed seed, so each run
//! writes the same bytes on every machine. Run it with `cargo run --release --example make_sample`.

mod ages;
mod care;
mod caseload;
mod census;
mod childrens_services;
mod dates;
mod ees;
mod ods;
mod ofsted;
mod population;
mod random;
mod register;
mod schools;
mod sen2;
mod timeliness;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use population::Children;
use register::Register;
use sen2::{EDITION_2024, EDITION_2025};

/// Whatever goes wrong ends the run with a message that names the file.
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match write_all(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_all(repository: &Path) -> Outcome<()> {
    let register = Register::read(&repository.join("data/reference/authorities.csv"))?;
    let children = Children::new(&register);
    let sample = repository.join("data/sample");
    for edition in [EDITION_2024, EDITION_2025] {
        let folder = sample.join("sen2").join(edition.release);
        let plans = timeliness::table(&register, &children, &edition);
        write(&folder.join("timeliness_20_week.csv"), plans.as_bytes())?;
        let caseload = caseload::table(&register, &children, &edition);
        write(&folder.join("caseload.csv"), caseload.as_bytes())?;
    }
    let census = census::table(&register, &children);
    write(&sample.join("census/2026/sen_phase_type_.csv"), census.as_bytes())?;
    let population = population::table(&register, &children);
    write(&sample.join("population/2023/mye_0_to_17_2012_to_2023.csv"), population.as_bytes())?;
    let ages = ages::workbook(&register, &children)?;
    write(&sample.join("population/2023").join(ages::FILE), &ages)?;
    let care = sample.join("care/2024");
    let looked_after = care::looked_after(&register, &children);
    write(&care.join("cla_number_and_rate_per_10k_children.csv"), looked_after.as_bytes())?;
    let protection = care::child_protection(&register, &children);
    write(&care.join("d1_child_protection_plans_2013_to_2024.csv"), protection.as_bytes())?;
    let ofsted = sample.join("ofsted/2024");
    let services = childrens_services::workbook(&register)?;
    write(&ofsted.join("la_inspection_outcomes_31_march_2024.ods"), &services)?;
    let schools = schools::workbook(&register, &children)?;
    write(&ofsted.join(schools::FILE), &schools)
}

/// Writes the file whole or not at all, and says so on standard output.
fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    if let Some(folder) = path.parent() {
        fs_err::create_dir_all(folder)?;
    }
    let partial = path.with_extension("partial");
    fs_err::write(&partial, bytes)?;
    fs_err::rename(&partial, path)?;
    println!("{:>9} bytes  {}", bytes.len(), path.display());
    Ok(())
}
