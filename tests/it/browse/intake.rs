//! Files brought in through pages alone: recognised, answered, tried, filed and built, with the publishers' headers and
//! invented values.

use std::path::Path;

use abreast::browse::{Browse, Build, Request, answer};
use abreast::intake::waiting::Room;

use super::clicks::Clicks;
use super::post::copy;
use crate::explain::sample;
use crate::harness::Bench;

const TIMELINESS: &str = "sen2/2024/timeliness_20_week.csv";

/// A bench with the timeliness of 2024 filed and built.
fn bench() -> Bench {
    let bench = Bench::new();
    bench.own("sen2_timeliness");
    bench.returns(TIMELINESS, std::fs::read(sample().join(TIMELINESS)).expect("a sample"));
    let ran = bench.abreast(&["run", "-q", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    assert!(bench.has("sen2_timeliness"), "{}", ran.stderr);
    bench
}

/// Options for the bench's build, as Sandwell looks at it.
pub fn options(bench: &Bench) -> Browse {
    Browse {
        authority: Some("Sandwell".to_owned()),
        returns: abreast::home::PublishersFiles { folder: Some(bench.path("returns")) },
        pipelines: abreast::home::PipelineFiles { folder: Some(bench.path("pipelines")) },
        ..super::options(&bench.path("out"))
    }
}

fn opened(bench: &Bench) -> Build {
    Build::open(&options(bench)).expect("a build")
}

/// The figures of the newest release in a table: place, period, measure and value.
fn figures(bench: &Bench, table: &str, release: &str) -> Vec<String> {
    let table = bench.table(table);
    let columns = ["ons_code", "area_name", "period", "breakdown_topic", "breakdown", "measure", "value", "status"];
    let wanted = format!("release={release}");
    let rows = table.rows(&[wanted.as_str()]);
    rows.iter().map(|row| columns.map(|column| row.text(column)).join(" ")).collect()
}

/// The release of 2025 with changes to its text.
fn newer(change: impl Fn(String) -> String) -> Vec<u8> {
    let text = std::fs::read_to_string(sample().join("sen2/2025/timeliness_20_week.csv")).expect("a sample");
    change(text).into_bytes()
}

/// Next year's file with a column that two fit, a new one and renamed labels.
fn drifted() -> Vec<u8> {
    newer(|text| {
        let mut lines = text.lines().map(str::to_owned);
        let header = lines.next().expect("a header").trim_start_matches('\u{feff}').to_owned();
        let at = |name: &str| header.split(',').position(|known| known == name).expect("a column");
        let (count, period, code) = (at("plans_issued_within_20_weeks"), at("time_period"), at("old_la_code"));
        let first = header
            .replace(",plans_issued_within_20_weeks,", ",issued_within_20_weeks,")
            .replace(",plans_issued_den,", ",plans_issued_denominator,");
        let rows = lines.map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let other = match cells[count].parse::<u32>() {
                Ok(number) if cells[period] == "2024" && cells[code] == "333" => (number + 2).to_string(),
                _ => cells[count].to_owned(),
            };
            line.replace(",Female,", ",Girls,").replace(",Male,", ",Boys,")
                + &format!(",{other},{}", 120 + cells[period].len())
        });
        format!("{first},plans_within_20_weeks,median_days_to_issue\n{}\n", rows.collect::<Vec<_>>().join("\n"))
    })
}

/// Pages of files that wait: two fit, a table of its own, what it will change.
pub fn pages() -> Vec<(&'static str, String)> {
    let bench = bench();
    let build = opened(&bench);
    let mut clicks = Clicks::open(&build, "/intake");
    clicks.bring(&[("timeliness_20_week.csv", &drifted())]);
    let two = std::mem::take(&mut clicks.page);
    clicks.bring(&[("young_carers_2024.csv", OWN.as_bytes())]);
    let own = std::mem::take(&mut clicks.page);
    clicks.bring(&[("timeliness_20_week.csv", &newer(|text| text))]);
    clicks.press("try", &[]);
    vec![("two fit", two), ("a table of its own", own), ("what it will change", clicks.page)]
}

#[test]
fn next_years_file_is_filed_with_four_clicks_and_what_was_foreseen_comes_true() {
    let bench = bench();
    let build = opened(&bench);
    let mut clicks = Clicks::open(&build, "/intake");
    assert!(clicks.said().contains("No file waits to be filed."));
    let bytes = newer(|text| text);
    clicks.bring(&[("timeliness_20_week.csv", &bytes)]);
    assert_eq!(clicks.at, "/intake/1");
    assert!(
        clicks.said().contains("It is read by EHC plans issued within the statutory 20 weeks"),
        "{}",
        clicks.said()
    );
    let waits = std::fs::read(bench.path("waiting/1/file/timeliness_20_week.csv")).expect("a copy");
    assert_eq!(waits, bytes, "byte for byte");
    // Nothing outside the waiting folder is written before it is said.
    assert!(!bench.path("manifest.toml").exists() && !bench.path("returns/sen2/2025").exists());
    clicks.press("try", &[]);
    let said = clicks.said();
    assert!(clicks.at.starts_with("/intake/1"), "{said}");
    assert!(said.contains("new figures") && said.contains("File it as release 2025"), "{said}");
    let foreseen = answer(&build, &Request::get("/intake/1/changes.csv")).body.into_owned();
    assert!(!bench.path("manifest.toml").exists());
    clicks.press("file", &[("url", "https://explore-education-statistics.service.gov.uk/find")]);
    assert_eq!(clicks.at, "/changes", "{}", clicks.said());
    assert_eq!(clicks.count, 5, "choose, bring, try, an address, file");
    let diff = bench.abreast(&["diff", "--format", "csv", "--out", "out"]);
    assert_eq!(
        String::from_utf8(foreseen).expect("text").trim_start_matches('\u{feff}'),
        diff.stdout.trim_start_matches('\u{feff}')
    );
    let manifest = std::fs::read_to_string(bench.path("manifest.toml")).expect("a manifest");
    assert!(
        manifest.contains("sen2/2025/timeliness_20_week.csv") && manifest.contains("explore-education"),
        "{manifest}"
    );
    assert!(!bench.path("waiting/1").exists(), "what is filed waits no more");
    // The figures are those of a second reading of the file.
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|known| known == name).expect("a column");
    let (code, period, part, figure) = (
        column("old_la_code"),
        column("time_period"),
        column("breakdown_topic"),
        column("PC_plans_issued_20_weeks_ex"),
    );
    let table = bench.table("sen2_timeliness");
    let mut held = 0;
    for row in reader.records().flatten().filter(|row| row[part].starts_with("All ") && !row[code].is_empty()) {
        let wanted = [format!("la_code={}", &row[code]), format!("period={}", &row[period])];
        let found = table.rows(&[
            &wanted[0],
            &wanted[1],
            "release=2025",
            "measure=timeliness_20_weeks",
            "breakdown_topic=Total",
        ]);
        if let (Ok(number), [one]) = (row[figure].parse::<f64>(), found.as_slice()) {
            assert!((one.value() - number).abs() < 0.06, "{}: {} and {number}", &row[code], one.value());
            held += 1;
        }
    }
    assert!(held > 500, "{held}");
}

#[test]
fn renamed_columns_are_filled_in_where_sure_and_two_that_fit_must_be_chosen() {
    let bench = bench();
    let build = opened(&bench);
    // One column renamed for certain; one twice, the second a little different in the newest year; one new; two labels renamed.
    let bytes = drifted();
    let mut clicks = Clicks::open(&build, "/intake");
    clicks.bring(&[("timeliness_20_week.csv", &bytes)]);
    let said = clicks.said();
    assert!(said.contains("with names that changed") && said.contains("Two fit"), "{said}");
    assert!(said.contains("they differ in") || said.contains("They differ in"), "{said}");
    let two = "[\"column\",\"sen2_timeliness\",\"plans_issued_20_weeks\",\"plans_issued_within_20_weeks\"]";
    let fields = clicks.fields();
    assert!(fields.iter().all(|(name, _)| name != two), "nothing is chosen where two fit");
    let sure = "[\"column\",\"sen2_timeliness\",\"plans_issued\",\"plans_issued_den\"]";
    assert!(fields.contains(&(sure.to_owned(), "plans_issued_denominator".to_owned())), "{fields:?}");
    let girls = "[\"label\",\"sen2_timeliness\",\"breakdown\",\"Female\"]";
    assert!(fields.contains(&(girls.to_owned(), "Girls".to_owned())), "{fields:?}");
    // It cannot be passed: neither tried nor filed.
    clicks.press("try", &[]);
    assert!(clicks.at == "/intake/1" && clicks.said().contains("wait for an answer"), "{}", clicks.said());
    assert!(!clicks.page.contains("value=\"file\""));
    let mut forced = clicks.fields();
    forced.push(("do".to_owned(), "file".to_owned()));
    clicks.send("/intake/1", abreast::browse::Form { fields: forced, files: Vec::new() });
    assert!(clicks.at == "/intake/1" && !bench.path("manifest.toml").exists());
    // Chosen; the new column becomes a measure.
    let what = |what: &str| format!("[\"new\",\"sen2_timeliness\",\"median_days_to_issue\",\"{what}\"]");
    let (what_as, label, unit, better) = (what("as"), what("label"), what("unit"), what("better"));
    clicks.press("try", &[(two, "issued_within_20_weeks"), (what_as.as_str(), "measure")]);
    clicks.press(
        "try",
        &[(label.as_str(), "Days to issue a plan, median"), (unit.as_str(), "days"), (better.as_str(), "low")],
    );
    let said = clicks.said();
    assert!(said.contains("you chose") && said.contains("File it as release 2025"), "{said}");
    let before = std::fs::read_to_string(bench.path("pipelines/sen2_timeliness.toml")).expect("a pipeline");
    clicks.press("file", &[]);
    assert_eq!(clicks.at, "/changes", "{}", clicks.said());
    let after = std::fs::read_to_string(bench.path("pipelines/sen2_timeliness.toml")).expect("a pipeline");
    // Comments and order are kept: what was written is added.
    let mut rest = after.lines();
    for line in before.lines() {
        assert!(rest.any(|other| other == line), "`{line}` is gone or moved");
    }
    assert!(after.contains("[measures.median_days_to_issue]\nlabel  = \"Days to issue a plan, median\"\nunit   = \"days\"\nbetter = \"low\""), "{after}");
    // The figures are those of the file without the drift, and the measure's beside them.
    let undrifted = self::bench();
    undrifted.returns("sen2/2025/timeliness_20_week.csv", newer(|text| text));
    undrifted.abreast(&["run", "-q", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
    let known: Vec<String> =
        figures(&bench, "sen2_timeliness", "2025").into_iter().filter(|row| !row.contains("median_days")).collect();
    assert_eq!(known, figures(&undrifted, "sen2_timeliness", "2025"));
    let table = bench.table("sen2_timeliness");
    assert_eq!(
        table.row(&["la_code=333", "period=2024", "measure=median_days_to_issue", "breakdown_topic=Total"]).value(),
        124.0
    );
}

/// A table of its own, with a name that is spelt otherwise, a mark, and figures that are worked out by hand below.
const OWN: &str = "Area,Year,Young carers known,Share of pupils (%),Note\n\
Sandwell,2023,412,1.5,\nSandwell,2024,430,1.6,\nWalsal,2023,250,..,\nWalsal,2024,..,1.2,<script>alert(1)</script>\n\
Dudley,2023,199,0.8,=1+1\nDudley,2024,205,0.9,\nWolverhampton,2023,301,1.4,\nWolverhampton,2024,310,1.5,\n\
Birmingham,2023,1201,0.9,\nBirmingham,2024,1250,1,\nSolihull,2023,90,0.5,\nSolihull,2024,95,0.6,\n";

#[test]
fn a_file_of_no_known_return_becomes_a_table_of_its_own_with_a_form() {
    let bench = bench();
    let build = opened(&bench);
    let mut clicks = Clicks::open(&build, "/intake");
    clicks.bring(&[("young_carers_2024.csv", OWN.as_bytes())]);
    let said = clicks.said();
    assert!(said.contains("No table reads it: it becomes a table of its own."), "{said}");
    assert!(!clicks.page.contains("<script>alert"), "cells are text");
    assert!(said.contains("Walsal") && said.contains("Walsall (near)"), "the nearest is offered: {said}");
    clicks.press("try", &[]);
    assert!(clicks.said().contains("no area that is known"), "and not chosen: {}", clicks.said());
    // The rows of the unknown name are left out here; aliases are tried where the program has a folder of its own.
    let field = |words: &[&str]| serde_json::to_string(words).expect("a name");
    let (area, title) = (field(&["area", "Walsal"]), field(&["own", "title"]));
    let (label, better, unit) = (
        field(&["own-measure", "Young carers known", "label"]),
        field(&["own-measure", "Share of pupils (%)", "better"]),
        field(&["own-measure", "Share of pupils (%)", "unit"]),
    );
    clicks.press(
        "try",
        &[
            (area.as_str(), "-"),
            (title.as_str(), "Young carers"),
            (label.as_str(), "Young carers known to the council"),
            (unit.as_str(), "percent"),
            (better.as_str(), "high"),
        ],
    );
    let said = clicks.said();
    assert!(clicks.at.starts_with("/intake/1") && said.contains("File it as release 2024"), "{said}");
    assert!(said.contains("Sandwell (333) share_of_pupils 2023 the whole 1.5"), "a preview of observations: {said}");
    clicks.press("file", &[]);
    let said = clicks.said();
    assert!(clicks.at == "/changes" || clicks.at == "/findings", "{said}");
    let pipeline = std::fs::read_to_string(bench.path("pipelines/young_carers.toml")).expect("a pipeline of its own");
    assert!(pipeline.contains("title  = \"Young carers\"") && pipeline.contains("better = \"high\""), "{pipeline}");
    let table = bench.table("young_carers");
    assert_eq!(table.row(&["la_code=333", "period=2024", "measure=young_carers_known"]).value(), 430.0);
    assert_eq!(table.row(&["la_code=330", "period=2023", "measure=young_carers_known"]).value(), 1201.0);
    assert!(table.rows(&["la_code=335"]).is_empty(), "left out as chosen");
}

#[test]
fn hostile_names_and_cells_are_harmless() {
    let bench = bench();
    let build = opened(&bench);
    let long = format!("{}.csv", "x".repeat(300));
    let names = [
        "../x.csv",
        "..\\..\\x.csv",
        "/etc/passwd",
        long.as_str(),
        "a\u{0}b.csv",
        "CON.csv",
        "nul",
        "<script>alert(1)</script>.csv",
        "  .csv",
        "a\u{202e}vsc.exe",
        "ümläut é.csv",
    ];
    for name in names {
        let mut clicks = Clicks::open(&build, "/intake");
        clicks.bring(&[(name, b"Area,Year,=1+1\n<script>alert(2)</script>,2024,=1+1\nSandwell,2024,3\n")]);
        assert!(clicks.at.starts_with("/intake/"), "{name}: {}", clicks.said());
        assert!(!clicks.page.contains("<script>alert"), "{name}");
        assert!(!clicks.page.contains('\u{202e}') && !clicks.page.contains('\u{0}'), "{name}");
    }
    let room = Room { returns: Some(bench.path("returns")), pipelines: Some(bench.path("pipelines")) };
    let waiting = room.list().expect("a list");
    assert_eq!(waiting.len(), names.len());
    let folder = room.folder().expect("a folder");
    for one in &waiting {
        assert!(one.path.starts_with(folder.join(one.number.to_string())), "{}", one.path.display());
    }
    assert!(!bench.path("x.csv").exists() && !bench.path("returns/x.csv").exists());
    // Nothing of it can be kept apart from its own folder: thrown away it is gone.
    for one in waiting {
        let mut clicks = Clicks::open(&build, &format!("/intake/{}", one.number));
        clicks.press("drop", &[]);
        assert_eq!(clicks.at, "/intake");
    }
    assert!(room.list().expect("a list").is_empty());
}

#[test]
fn what_is_no_table_says_what_and_where_and_can_be_thrown_away() {
    let bench = bench();
    let build = opened(&bench);
    let mut clicks = Clicks::open(&build, "/intake");
    for (name, bytes) in [("page.csv", "<!DOCTYPE html><html><body>Sign in</body></html>"), ("empty.csv", "")] {
        clicks.bring(&[(name, bytes.as_bytes())]);
        let said = clicks.said();
        let refused = abreast_said(&bench, name, bytes);
        assert!(
            said.contains(refused.trim_end_matches('.')) || said.to_lowercase().contains(&refused.to_lowercase()),
            "{name}: {refused} is not in {said}"
        );
        assert!(!clicks.page.contains("value=\"file\""), "{name}");
    }
    clicks.bring(&[("words.csv", b"only words\nand more\n")]);
    assert!(
        clicks.said().contains("No column holds figures") && !clicks.page.contains("value=\"file\""),
        "{}",
        clicks.said()
    );
    clicks.go("/intake/77");
    assert!(clicks.said().contains("No file of the number 77 is waiting"));
    clicks.go("/intake");
    clicks.send(
        "/intake",
        abreast::browse::Form { fields: super::clicks::fields(&clicks.page, "/intake"), files: Vec::new() },
    );
    assert!(clicks.said().contains("No file was chosen"), "{}", clicks.said());
}

/// What `inspect` says is wrong with a file, without the path.
fn abreast_said(bench: &Bench, name: &str, bytes: &str) -> String {
    bench.file(name, bytes);
    let ran = bench.abreast(&["inspect", name, "--pipelines", "pipelines", "--returns", "returns"]);
    let line = ran
        .stderr
        .lines()
        .find_map(|line| line.strip_prefix("error: "))
        .unwrap_or_else(|| panic!("{}", ran.stdout))
        .to_owned();
    line.replace(&format!("`{name}`"), "").trim().split(" of ").next().expect("words").to_owned()
}

#[test]
fn with_read_only_waiting_files_are_shown_and_nothing_is_taken_in() {
    let bench = bench();
    let mut clicks_build = opened(&bench);
    Clicks::open(&clicks_build, "/intake").bring(&[("timeliness_20_week.csv", &newer(|text| text))]);
    clicks_build.options.read_only = true;
    for address in ["/intake", "/intake/1"] {
        let clicks = Clicks::open(&clicks_build, address);
        assert!(
            !clicks.page.contains("<button class=\"go\" name=\"do\"") && !clicks.page.contains("type=\"file\""),
            "{address}"
        );
    }
    let slip = clicks_build.desk.slips.give().expect("a slip");
    let form = abreast::browse::Form::of(&[("once", &slip), ("do", "drop")]);
    assert_eq!(answer(&clicks_build, &Request::post("/intake/1", form)).status, 403);
    assert!(Path::new(&bench.path("waiting/1")).exists());
}

/// The program itself in a folder of its own, as an analyst starts it, and a reader at its address.
struct Started {
    program: std::process::Child,
    wire: super::wire::Wire,
}

impl Started {
    fn of(bench: &Bench) -> Started {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(["browse", "--no-open", "--out", "out", "--returns", "returns", "--pipelines", "pipelines"])
            .current_dir(bench.path(""))
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        let out = program.stdout.take().expect("its words");
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).expect("an address");
        Started { program, wire: super::wire::Wire::at(line.trim()) }
    }

    /// Sends the form of a page with answers and a button; answers where that leads.
    fn press(&self, at: &str, word: &str, answers: &[(&str, &str)]) -> super::wire::Answer {
        let mut fields = super::clicks::fields(&self.wire.get(at).body, at);
        fields.retain(|(name, _)| answers.iter().all(|(known, _)| known != name));
        fields.extend(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields.push(("do".to_owned(), word.to_owned()));
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.wire.post(at, &pairs)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn a_name_that_is_chosen_for_an_authority_is_tried_and_written_only_when_the_file_is_filed() {
    let bench = bench();
    let program = Started::of(&bench);
    let slip = program.wire.get("/intake").slip();
    let brought = program.wire.send("/intake", &slip, "young_carers_2024.csv", OWN.as_bytes());
    assert_eq!(brought.header("location"), Some("/intake/1"), "{}", brought.body);
    // Sent twice, it is taken in once.
    assert_eq!(program.wire.send("/intake", &slip, "young_carers_2024.csv", OWN.as_bytes()).status, 409);
    let tried = program.press("/intake/1", "try", &[("[\"area\",\"Walsal\"]", "335")]);
    let done = program.wire.waited(tried.header("location").expect("a work"));
    assert_eq!(done.header("location"), Some("/intake/1#effect"), "{}", super::text(&done.body));
    let aliases = bench.path("data/reference/aliases.csv");
    assert!(!aliases.exists());
    let filed = program.press("/intake/1", "file", &[]);
    program.wire.waited(filed.header("location").unwrap_or_else(|| panic!("{}", super::text(&filed.body))));
    assert_eq!(std::fs::read_to_string(&aliases).expect("the list"), "alias,la_code\nWalsal,335\n");
    let table = bench.table("young_carers");
    assert_eq!(table.row(&["la_code=335", "period=2023", "measure=young_carers_known"]).value(), 250.0);
}

#[test]
fn broken_off_before_any_step_of_filing_a_run_is_the_old_or_the_new_and_the_next_start_finishes() {
    let first = bench();
    let build = opened(&first);
    Clicks::open(&build, "/intake").bring(&[(
        "timeliness_20_week.csv",
        &newer(|text| text.replacen(",plans_issued_den,", ",plans_issued_denominator,", 1)),
    )]);
    let old = figures(&first, "sen2_timeliness", "2024");
    let mut whole = None;
    for step in 0.. {
        let bench = Bench::new();
        copy(&first.path(""), &bench.path(""));
        let room = Room { returns: Some(bench.path("returns")), pipelines: Some(bench.path("pipelines")) };
        let waiting = room.waiting(1).expect("a file that waits");
        let done = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counted = std::sync::Arc::clone(&done);
        // From this step on the disk takes nothing, as if the power was cut.
        let watching = abreast::durable::watch(&bench.path(""), move |_| {
            match counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= step {
                true => Err(std::io::Error::other("cut")),
                false => Ok(()),
            }
        });
        let filed = room.file(&waiting);
        drop(watching);
        let ran = bench.abreast(&["run", "-q", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
        assert!(!ran.stderr.contains("error["), "step {step}: {}", ran.stderr);
        let newest = bench.table("sen2_timeliness").rows(&["release=2025"]).len();
        let is_filed = bench.path("returns/sen2/2025/timeliness_20_week.csv").exists();
        assert_eq!(is_filed, newest > 0, "step {step}");
        if !is_filed {
            assert_eq!(figures(&bench, "sen2_timeliness", "2024"), old, "step {step}");
        }
        let noted = bench.path("waiting/1/filing.json").exists();
        assert!(room.settle().expect("a folder").is_empty(), "step {step}");
        assert_eq!(bench.path("returns/sen2/2025/timeliness_20_week.csv").exists(), is_filed || noted, "step {step}");
        let manifest = std::fs::read_to_string(bench.path("manifest.toml")).unwrap_or_default();
        assert_eq!(manifest.contains("sen2/2025/timeliness_20_week.csv"), is_filed || noted, "step {step}");
        if filed.is_ok() {
            whole = Some(step);
            break;
        }
    }
    assert!(whole.is_some_and(|steps| steps > 10), "{whole:?} steps");
}

#[test]
fn killed_at_any_moment_of_filing_it_is_not_filed_or_filed_whole() {
    let bytes = newer(|text| {
        text.replacen(",plans_issued_den,", ",plans_issued_denominator,", 1).replace(",Female,", ",Girls,")
    });
    let (mut unfiled, mut filed) = (0, 0);
    let first = bench();
    for wait in [0, 3, 10, 30, 90, 300, 2500] {
        let bench = Bench::new();
        copy(&first.path(""), &bench.path(""));
        let was = std::fs::read_to_string(bench.path("pipelines/sen2_timeliness.toml")).expect("a pipeline");
        let old = figures(&bench, "sen2_timeliness", "2024");
        {
            let program = Started::of(&bench);
            let slip = program.wire.get("/intake").slip();
            program.wire.send("/intake", &slip, "timeliness_20_week.csv", &bytes);
            let tried = program.press("/intake/1", "try", &[]);
            program.wire.waited(tried.header("location").expect("a work"));
            program.press("/intake/1", "file", &[]);
            std::thread::sleep(std::time::Duration::from_millis(wait));
        }
        // What a run makes of what is there: the old figures, or the new ones whole.
        let ran = bench.abreast(&["run", "-q", "--pipelines", "pipelines", "--returns", "returns", "--out", "out"]);
        assert!(!ran.stderr.contains("error["), "after {wait} ms: {}", ran.stderr);
        let is_filed = bench.path("returns/sen2/2025/timeliness_20_week.csv").exists();
        let manifest = std::fs::read_to_string(bench.path("manifest.toml")).unwrap_or_default();
        assert_eq!(is_filed, manifest.contains("sen2/2025/timeliness_20_week.csv"), "after {wait} ms");
        if is_filed {
            let written = std::fs::read_to_string(bench.path("pipelines/sen2_timeliness.toml")).expect("a pipeline");
            assert!(written.contains("plans_issued_denominator") && written != was, "after {wait} ms");
            assert!(!figures(&bench, "sen2_timeliness", "2025").is_empty(), "after {wait} ms");
            assert_eq!(std::fs::read(bench.path("returns/sen2/2025/timeliness_20_week.csv")).expect("the file"), bytes);
            filed += 1;
        } else {
            assert_eq!(figures(&bench, "sen2_timeliness", "2024"), old, "after {wait} ms");
            unfiled += 1;
        }
        // What was begun is finished when the explorer starts again, and nothing is left over.
        let begun = bench.path("waiting/1/filing.json").exists();
        let again = Started::of(&bench);
        assert_eq!(again.wire.get("/intake").status, 200);
        if begun {
            assert!(bench.path("returns/sen2/2025/timeliness_20_week.csv").exists(), "after {wait} ms");
        }
        let waits = bench.path("waiting/1/about.json").exists();
        assert_eq!(waits, !is_filed && !begun, "after {wait} ms");
    }
    assert!(unfiled > 0 && filed > 0, "{unfiled} not filed, {filed} filed");
}

#[test]
fn a_real_browser_brings_a_file_in_with_script_without_and_by_dropping_it() {
    let bench = bench();
    let wire = super::wire::Wire::open(&options(&bench));
    let address = format!("http://127.0.0.1:{}/?key={}", wire.port, wire.key);
    let Some(text) = crate::browser::ask::driven("forms.js", &address) else { return };
    let told: serde_json::Value = serde_json::from_str(&text).expect("what the script prints");
    assert_eq!(told["wrong"], serde_json::json!([]), "{text}");
    assert_eq!(told["done"].as_array().map(Vec::len), Some(6), "{text}");
}
