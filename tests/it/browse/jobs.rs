//! The jobs of the explorer in a real browser: with the mouse, without script, by keyboard alone; every page by axe-core, in forced
//! colours, narrow, printed. What is done there stands in `tests/browser/jobs.js`.

use serde::Deserialize;

use super::safety::address;
use crate::browser::ask::driven;

#[derive(Deserialize)]
struct Told {
    jobs: Vec<Job>,
    pages: usize,
    requests: usize,
    wrong: Vec<String>,
}

#[derive(Deserialize)]
struct Job {
    name: String,
    way: String,
    actions: usize,
}

#[test]
fn each_job_is_done_with_the_mouse_without_script_and_by_keyboard_alone() {
    let Some(text) = driven("jobs.js", address()) else { return };
    let told: Told = serde_json::from_str(&text).expect("what the script prints");
    assert_eq!(told.wrong, Vec::<String>::new());
    // Else nothing wrong would mean nothing.
    assert!(told.pages > 10 && told.requests > 300, "{} pages, {} requests", told.pages, told.requests);
    for way in ["script", "plain", "keys"] {
        let done: Vec<&Job> = told.jobs.iter().filter(|job| job.way == way).collect();
        assert!(done.len() > 20, "{way}: {} jobs", done.len());
        // A question of the next speaker is two actions away.
        let asked = done.iter().find(|job| job.name.starts_with("what about it")).expect("the question");
        assert!(asked.actions <= 2, "{way}: {} actions", asked.actions);
    }
}
