//! Files that no publisher sent: what abreast itself wrote, what is kept by hand, and what a server says; each read as the
//! commands read it.

use std::path::{Path, PathBuf};

use abreast::area::Register;
use abreast::cli::Cli;
use abreast::durable::{Record, Step, settle, watch};
use abreast::fetch::{Api, Client, Limits};
use abreast::finding::{Error, Finding};
use abreast::intake::Inspect;
use abreast::intake::inspect::{Seen, look};
use abreast::statistics::Polarity;
use abreast::store::{Catalogue, Compared};
use clap::Parser;

use super::read::answer;
use super::server::Server;

/// The reference files that are built in, by name.
const REFERENCE: [(&str, &str); 6] = [
    ("authorities.csv", include_str!("../../../data/reference/authorities.csv")),
    ("aliases.csv", include_str!("../../../data/reference/aliases.csv")),
    ("elsewhere.csv", include_str!("../../../data/reference/elsewhere.csv")),
    ("groups.csv", include_str!("../../../data/reference/groups.csv")),
    ("neighbours.csv", include_str!("../../../data/reference/neighbours.csv")),
    ("regions.csv", include_str!("../../../data/reference/regions.csv")),
];

const LIST: &str = "la_code,name\n330,Birmingham\n383,Leeds\n,Camden\n";

const TARGETS: &str = "authority,ref,measure,target,aim,period,tolerance,frequency,owner\n\
    Birmingham,1,Share,\u{2265} 95%,Bigger is better,2024/25,5,Annual,A\nLeeds,2,Share,1 in 4,Smaller is better,,,Monthly,B\n";

const META: &str = "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column\n\
    top,Indicator,Top,,,0,,\nbottom,Indicator,Bottom,,,0,,\nbreakdown,Filter,Breakdown,,,,,breakdown_topic\n";

const SET: &str = r#"{"id":"1","title":"Plans","summary":"","status":"Published","latestVersion":{"version":"2.0","type":"Major","status":"Published","published":"2025-06-26T08:30:00Z","totalResults":3,"release":{"title":"2024","slug":"x"}}}"#;

const VERSIONS: &str = r#"{"paging":{"page":1,"pageSize":20,"totalResults":1,"totalPages":1},"results":[{"version":"2.0","type":"Major","status":"Published","published":"2025-06-26T08:30:00Z","release":{"title":"2024"}}]}"#;

/// A folder with a build, and a server.
pub struct Others {
    folder: tempfile::TempDir,
    seeds: Vec<(String, Vec<u8>)>,
    server: Server,
}

impl Others {
    /// Makes a build of the corpus, and seeds of what stands in it and of what is read beside it.
    pub fn new() -> Others {
        let folder = tempfile::tempdir().expect("a folder");
        let moves = build(folder.path());
        let text = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let mut seeds: Vec<(String, Vec<u8>)> =
            REFERENCE.iter().map(|(name, words)| text(&format!("reference-{name}"), words)).collect();
        seeds.extend(["plans", "comparisons"].map(|table| {
            let bytes = std::fs::read(folder.path().join(format!("out/tables/{table}.parquet"))).expect("a table");
            (format!("table-{table}.parquet"), bytes)
        }));
        seeds.push(("record-SHA256SUMS".to_owned(), std::fs::read(folder.path().join("out/SHA256SUMS")).expect("one")));
        seeds.push(("moves-UNFINISHED.txt".to_owned(), moves));
        seeds.extend(
            [("list-own.csv", LIST), ("targets-targets.csv", TARGETS), ("meta-ees.meta.csv", META)]
                .map(|(name, words)| text(name, words)),
        );
        let answered = [
            ("answer-set", "application/json", SET),
            ("answer-versions", "application/json", VERSIONS),
            ("answer-file", "text/csv\r\nContent-Disposition: attachment; filename=\"a.csv\"", LIST),
        ];
        seeds.extend(answered.map(|(name, kind, body)| {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            text(name, &(head + body))
        }));
        Others { folder, seeds, server: Server::start() }
    }

    /// Names and bytes. What a server says is none where requests leave the machine by a proxy.
    pub fn seeds(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        let proxied =
            ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"].iter().any(|name| std::env::var_os(name).is_some());
        self.seeds.iter().filter(move |(name, _)| !(proxied && name.starts_with("answer"))).cloned()
    }

    /// Reads `bytes` as what `name` begins with; none where that is something else.
    pub fn read(&self, name: &str, bytes: &[u8], register: &Register) -> Option<&'static str> {
        let (kind, name) = name.split_once('-')?;
        let text = String::from_utf8_lossy(bytes);
        let came = match kind {
            "table" => self.in_the_build(&format!("tables/{name}"), bytes),
            "record" => self.in_the_build(name, bytes),
            "moves" => self.moves(bytes),
            "reference" => Register::read(&|wanted| {
                let known = REFERENCE.iter().find(|(known, _)| *known == wanted).expect("a reference file").1;
                Ok(if wanted == name { text.to_string() } else { known.to_owned() })
            })
            .map(drop),
            "list" => register.clone().add_list("own.csv", "our own", &text),
            "targets" => self.targets(bytes),
            "meta" => self.meta(name, bytes),
            "answer" => self.answered(name, bytes),
            _ => return None,
        };
        Some(answer(came.map_err(|error| error.to_string())))
    }

    /// A file of the build read by whoever looks a measure up.
    fn in_the_build(&self, inside: &str, bytes: &[u8]) -> Result<(), Error> {
        let out = self.folder.path().join("out");
        let whole = std::fs::read(out.join(inside)).expect("a file of the build");
        std::fs::write(out.join(inside), bytes).expect("written");
        let _ = Record::read(&out).damage(&out, "");
        let _ = abreast::publish::footer(&out.join(inside));
        let _ = abreast::publish::columns(&out.join(inside));
        let looked = || -> Result<(), Error> {
            let catalogue = Catalogue::open_whole(&out)?;
            let found = [catalogue.measure("share")?];
            catalogue.observations(&found[0])?;
            let frame = catalogue.comparisons(&found, &[])?;
            Compared::of(&frame).map(drop).map_err(as_error)
        };
        let looked = looked();
        std::fs::write(out.join(inside), whole).expect("written");
        looked
    }

    /// A list of moves carried out by whoever finds it; nothing outside its folder is touched.
    fn moves(&self, bytes: &[u8]) -> Result<(), Error> {
        let (root, beside) = (self.folder.path().join("moved"), self.folder.path().join("beside.txt"));
        std::fs::write(&beside, "mine").expect("written");
        for name in ["tables/plans.parquet", "SHA256SUMS", "findings.csv", "tables/comparisons.parquet"] {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, name).expect("written");
        }
        std::fs::write(root.join("UNFINISHED.txt"), bytes).expect("written");
        settle(&root);
        assert_eq!(std::fs::read_to_string(&beside).expect("there"), "mine", "what stands outside is touched");
        std::fs::remove_dir_all(&root).expect("cleared");
        Ok(())
    }

    fn targets(&self, bytes: &[u8]) -> Result<(), Error> {
        let folder = self.folder.path().join("local");
        std::fs::create_dir_all(folder.join("2024")).expect("a folder");
        std::fs::write(folder.join("2024/targets.csv"), bytes).expect("written");
        for row in abreast::targets::read(&folder)? {
            let _ = abreast::targets::aim(&row.aim, &row.target, Polarity::High);
        }
        Ok(())
    }

    /// A description that stands beside a file, as `inspect` uses it.
    fn meta(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let file = self.folder.path().join("ees.csv");
        std::fs::write(&file, include_bytes!("../corpus/ees.csv")).expect("written");
        std::fs::write(self.folder.path().join(name), bytes).expect("written");
        self.look(file).map(drop)
    }

    /// Looks at `file` as `inspect` does, beside the pipeline and the release of the build.
    pub fn look(&self, file: PathBuf) -> Result<Seen, Error> {
        look(&Inspect {
            file,
            release: None,
            table: None,
            r#return: None,
            sheet: None,
            returns: Some(self.folder.path().join("returns")),
            pipelines: abreast::home::PipelineFiles { folder: Some(self.folder.path().join("pipelines")) },
        })
    }

    /// What a server says, read as `fetch` does.
    fn answered(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.server.say(bytes);
        let silence = std::time::Duration::from_secs(2);
        let limits = Limits { silence, tries: 1, pause: silence / 100, most_bytes: 1 << 20, private: false };
        let (client, api) = (Client::new(limits, |_| {}), Api::at(Some(&self.server.url)));
        let asked = match name {
            "set" => api.data_set(&client, "1").map(|set| drop(set.latest_version.day().to_owned())),
            "versions" => api.versions(&client, "1").map(drop),
            _ => client.download(&format!("{}/a.csv", self.server.url)).map(|file| {
                assert!(abreast::manifest::is_inside(&file.name), "{} leads out", file.name);
            }),
        };
        asked.map_err(as_error)
    }
}

fn as_error(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}

/// Makes a build in `folder/out`; answers the list of moves by which it took its place.
fn build(folder: &Path) -> Vec<u8> {
    for (name, bytes) in [
        ("pipelines/plans.toml", &include_bytes!("../corpus/pipeline-ees.toml")[..]),
        ("returns/sen2/2024/ees.csv", &include_bytes!("../corpus/ees.csv")[..]),
    ] {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
    let [pipelines, returns, out] =
        ["pipelines", "returns", "out"].map(|name| folder.join(name).to_string_lossy().into_owned());
    let words = ["abreast", "run", "--quiet", "--figures-only", "--pipelines", &pipelines, "--returns", &returns];
    let words = words.into_iter().chain(["--out", &out]);
    let list = folder.join("out/UNFINISHED.txt");
    let kept = list.clone();
    let watching = watch(folder, move |step| match step {
        Step::Remove(path) if *path == kept => Err(std::io::Error::other("kept")),
        _ => Ok(()),
    });
    // It ends with the error that its list stays.
    let _ = Cli::try_parse_from(words).expect("words").command.carry_out();
    drop(watching);
    let moves = std::fs::read(&list).expect("a list of moves");
    settle(&folder.join("out"));
    moves
}
