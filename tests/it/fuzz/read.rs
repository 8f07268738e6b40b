//! A file read as the program reads it, by its name: returns as far as comparisons, pipelines, reports and manifests as
//! far as they go.

use std::path::Path;

use abreast::area::Register;
use abreast::check::check;
use abreast::comparator::Comparator;
use abreast::compare::{Comparison, Context, Depth, Subject};
use abreast::grid::{Grid, Layout, TextTable};
use abreast::home::register;
use abreast::manifest::Manifest;
use abreast::normalise::{Input, Meta, normalise};
use abreast::pipeline::{Declared, Pipeline, Release};

use super::others::Others;

/// What reading needs.
pub struct Reading {
    register: Register,
    pipelines: Vec<Pipeline>,
    folder: tempfile::TempDir,
    others: Others,
}

fn declared(name: &str, text: &str) -> Declared {
    Declared { path: name.to_owned(), name: "plans".to_owned(), text: text.to_owned(), ..Declared::default() }
}

impl Reading {
    /// The built-in register and the two pipelines of the corpus.
    pub fn new() -> Reading {
        let texts = [include_str!("../corpus/pipeline-ees.toml"), include_str!("../corpus/pipeline-plain.toml")];
        let read = |text| abreast::pipeline::read(declared("seed.toml", text)).expect("a pipeline of the corpus");
        let folder = tempfile::tempdir().expect("a folder");
        Reading {
            register: register().expect("the register").0,
            pipelines: texts.map(read).into(),
            folder,
            others: Others::new(),
        }
    }

    /// Files that stand beside the corpus: what abreast wrote, what is kept by hand, what a server says.
    pub fn seeds(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.others.seeds()
    }

    /// Reads `bytes` as a file called `name`; answers how far it came.
    pub fn read(&self, name: &str, bytes: &[u8]) -> &'static str {
        if let Some(came) = self.others.read(name, bytes, &self.register) {
            return came;
        }
        if !name.ends_with(".toml") {
            return self.table(name, bytes);
        }
        let text = String::from_utf8_lossy(bytes);
        if name.starts_with("pipeline") {
            return self.pipeline(name, &text);
        }
        if name.starts_with("report") {
            return answer(abreast::report::read(declared(name, &text)).map_err(|found| found[0].to_string()));
        }
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        answer(Manifest::read(&path).map_err(|error| error.to_string()).map(|manifest| {
            for record in &manifest.files {
                assert!(abreast::manifest::is_inside(&record.path), "{} leads out", record.path);
            }
            manifest.text()
        }))
    }

    /// A pipeline, tried on the seed return.
    fn pipeline(&self, name: &str, text: &str) -> &'static str {
        match abreast::pipeline::read(declared(name, text)) {
            Ok(pipeline) => {
                let opened = abreast::load::open(
                    include_bytes!("../corpus/ees.csv").to_vec(),
                    Path::new("a.csv"),
                    "a.csv",
                    &|_| true,
                );
                self.stages(&pipeline, &opened.expect("the seed").sheets[0].1);
                "read"
            }
            Err(findings) => {
                assert!(findings.iter().all(|finding| !finding.to_string().is_empty()));
                "refused"
            }
        }
    }

    fn table(&self, name: &str, bytes: &[u8]) -> &'static str {
        let path = Path::new(name);
        let opened = match abreast::load::open(bytes.to_vec(), path, name, &|_| true) {
            Ok(opened) => opened,
            Err(finding) => {
                assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{finding}");
                return "refused";
            }
        };
        let came: Vec<&'static str> = opened
            .sheets
            .iter()
            .flat_map(|(_, grid)| self.pipelines.iter().map(|pipeline| self.stages(pipeline, grid)))
            .collect();
        let wide = opened.sheets.iter().any(|(_, grid)| grid.width() > 300);
        if bytes.len().is_multiple_of(16) && !wide {
            let file = self.folder.path().join(name);
            std::fs::write(&file, bytes).expect("written");
            let _ = self.others.look(file);
        }
        ["compared", "normalised", "stopped", "no table"]
            .into_iter()
            .find(|far| came.contains(far))
            .unwrap_or("no table")
    }

    fn stages(&self, pipeline: &Pipeline, grid: &Grid) -> &'static str {
        let release = Release::new("2024");
        let Some(block) = pipeline.block(&release) else { return "no table" };
        let layout = Layout { header: block.header.clone(), ..Layout::default() };
        let Ok(table) = TextTable::cut("a", "", grid, &layout) else { return "no table" };
        let normalised = normalise(
            pipeline,
            vec![Input {
                release: &release,
                block,
                table,
                others: Default::default(),
                rest: None,
                meta: Meta::default(),
            }],
            &self.register,
        );
        for finding in &normalised.findings {
            assert!(!finding.to_string().is_empty());
        }
        let Some(frame) = normalised.observations else { return "stopped" };
        let _ = check(pipeline, &normalised.measures, &frame, &self.register, Default::default());
        let context = Context {
            register: &self.register,
            measures: normalised
                .measures
                .iter()
                .map(|(name, measure)| (name.clone(), Subject::from(measure)))
                .collect(),
            stand_ins: Default::default(),
            breaks: &pipeline.breaks,
            comparators: &[Comparator::England, Comparator::Region],
            depth: Depth::Whole,
            rank_minimum: None,
            average: Default::default(),
            ranked: true,
            only: None,
        };
        match Comparison::of(&frame, &context) {
            Ok(comparison) => {
                for slice in comparison.slices(1000) {
                    let _ = comparison.frame(slice);
                }
                "compared"
            }
            Err(_) => "normalised",
        }
    }
}

/// What it is that something was read or refused; a refusal says what to do.
pub fn answer<T>(read: Result<T, String>) -> &'static str {
    match read {
        Ok(_) => "read",
        Err(said) => {
            assert!(said.contains("help:"), "{said}");
            "refused"
        }
    }
}
