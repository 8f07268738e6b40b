//! Folders of the returns that are named by a slip: each is said, those named as releases are not.

use crate::harness::{Bench, EES, Ran, ees};

/// A bench with releases of one return in folders called so, the last with a period more than the first.
fn run(folders: &[(&str, u32)]) -> Ran {
    let bench = Bench::new();
    bench.pipeline(
        "moves",
        "title = \"Moves\"\nreturn = \"homes\"\n[measures.moves]\nlabel = \"Moves\"\nunit = \"number\"\n\
         [[release]]\nfrom = 2019\nfile = \"moves.csv\"\nformat = \"ees\"\ncolumns = { moves = \"moves\" }\n[checks]\nareas = \"some\"\n",
    );
    for (folder, last) in folders {
        let mut text = format!("{EES},moves\n");
        for year in 2016..=*last {
            for (place, count) in [("Leeds", 7), ("Camden", 9), ("Dorset", 11)] {
                text.push_str(&format!("{},{}\n", ees(&year.to_string(), "Calendar year", place), count + year % 5));
            }
        }
        bench.returns(&format!("homes/{folder}/moves.csv"), text);
    }
    bench.run()
}

#[test]
fn names_of_releases_are_not_said() {
    for folders in [
        &[("2021", 2020), ("2022", 2021)][..],
        &[("2021", 2020), ("2021-22", 2021)],
        &[("202021", 2020), ("202122", 2021)],
        &[("2021-q3", 2020), ("2021-q4", 2021)],
        &[("2021", 2020), ("2022-03", 2021)],
        &[("2021 final", 2020), ("2022 final", 2021)],
    ] {
        let ran = run(folders).well();
        assert!(
            ran.all("release-folder").is_empty() && ran.all("release-ahead").is_empty(),
            "{folders:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_folder_that_is_no_release_is_said() {
    for (folder, words, help) in [
        ("22", "no table reads the folder `homes/22`", "if it is release 2022, call it so"),
        ("2022 final", "`homes/2022 final` is read as a release of its own, after `2021`", "`homes/2022`"),
        ("2022 - Copy", "`homes/2022 - Copy` is read as a release of its own, after `2021`", "`homes/2022`"),
        ("newest", "`homes/newest` is read as a release of its own, after `2021`", "such as `2025`"),
    ] {
        let ran = run(&[("2021", 2020), (folder, 2021)]);
        let finding = ran.finding("release-folder");
        assert!(finding.message.contains(words) && finding.help.contains(help), "{folder}: {finding}");
    }
}

#[test]
fn a_release_named_years_after_all_that_is_in_it_is_said() {
    let ran = run(&[("2021", 2020), ("2202", 2021)]);
    assert!(ran.all("release-folder").iter().any(|finding| finding.message.contains("2202")), "{}", ran.stderr);
    for (folder, last) in [("2052", 2021), ("2030", 2021)] {
        let ran = run(&[("2021", 2020), (folder, last)]);
        let finding = ran.finding("release-ahead");
        assert!(finding.message.contains(folder) && finding.message.contains("2021"), "{finding}");
    }
    // A publisher who is a few years late is none of that.
    assert!(run(&[("2021", 2020), ("2026", 2021)]).all("release-ahead").is_empty());
}
