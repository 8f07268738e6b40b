//! Kills with SIGKILL at any moment of a command: what stands there is the old or the new, whole, or the list of moves
//! stands there too and the next command carries it out.
//!
//! `ABREAST_KILLS=250` makes a campaign of so many kills of each command, with the program in `ABREAST_PROGRAM` (a release
//! build) instead of the one under test, and `run` and `report` on the returns in `ABREAST_RETURNS` where that is said;
//! `docs/faults.md` has its counts.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use abreast::manifest::Manifest;

use super::{Scene, Tree, chance, old_or_new, restore, same, settled, tree};
use crate::fuzz::server::Server;
use crate::harness::Bench;

/// How many kills of each command are asked for.
fn asked() -> Option<u64> {
    std::env::var("ABREAST_KILLS").ok().and_then(|count| count.parse().ok())
}

fn program() -> PathBuf {
    std::env::var_os("ABREAST_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_abreast").into(), PathBuf::from)
}

/// What a campaign came to.
#[derive(Debug, Default)]
struct Counts {
    /// The folder was as before.
    old: usize,
    /// A list of moves stood there, or files of two builds.
    during: usize,
    /// The folder was new.
    new: usize,
}

/// A command, and the folder that it changes from an old state to a new one.
struct Campaign<'c> {
    root: &'c Path,
    /// A copy of the old state.
    kept: &'c Path,
    command: &'c dyn Fn() -> Command,
    new: Tree,
    length: Duration,
}

impl<'c> Campaign<'c> {
    /// Runs the command a few times to see what it makes of the folder, and how long it takes at least.
    fn new(root: &'c Path, kept: &'c Path, command: &'c dyn Fn() -> Command) -> Campaign<'c> {
        restore(root, kept);
        let once = || {
            restore(kept, root);
            let begun = Instant::now();
            ended_well(start(command()));
            begun.elapsed()
        };
        let length = (0..3).map(|_| once()).min().unwrap_or_default();
        Campaign { root, kept, command, new: tree(root), length }
    }

    /// Kills the command again and again; `after` looks at the folder when the next command has ended.
    fn kill(&self, kills: u64, after: &dyn Fn()) -> Counts {
        let old = tree(self.kept);
        assert_ne!(old, self.new, "the command changes something");
        let mut counts = Counts::default();
        let mut state = std::time::UNIX_EPOCH.elapsed().map_or(1, |since| since.as_nanos() as u64);
        for kill in 0..kills {
            restore(self.kept, self.root);
            let mut child = start((self.command)());
            if kill % 2 == 1 {
                self.wait_for_files(&mut child);
            }
            let most = if kill % 2 == 1 { self.length / 4 } else { self.length * 11 / 10 };
            std::thread::sleep(Duration::from_micros(chance(&mut state, most.as_micros() as u64)));
            child.kill().expect("killed or ended");
            child.wait().expect("gone");
            let now = tree(self.root);
            old_or_new(&now, &old, &self.new);
            let unfinished = now.contains_key("UNFINISHED.txt");
            let is = settled(&now);
            assert!(unfinished || is == old || is == self.new, "files of two states, and nothing says so");
            counts.old += usize::from(is == old);
            counts.new += usize::from(is == self.new);
            counts.during += usize::from(is != old && is != self.new);
            ended_well(start((self.command)()));
            same(&tree(self.root), &self.new, "the next command repairs to exactly the new state");
            after();
        }
        counts
    }

    /// Waits until the command has begun to write, or has ended.
    fn wait_for_files(&self, child: &mut Child) {
        let writes = || {
            let names = std::fs::read_dir(self.root).into_iter().flatten().flatten().map(|entry| entry.file_name());
            names.into_iter().any(|name| name.to_string_lossy().starts_with(".abreast-"))
        };
        while !writes() && child.try_wait().expect("its state").is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
    }
}

fn start(mut command: Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

/// Findings of severity error in real returns are no fault of the bench.
fn ended_well(mut child: Child) {
    let code = child.wait().expect("it ends").code();
    assert!(matches!(code, Some(0 | 1)), "it ended with {code:?}");
}

/// The returns of a campaign that are not the small ones.
fn large() -> Option<PathBuf> {
    asked().and_then(|_| std::env::var_os("ABREAST_RETURNS")).map(PathBuf::from)
}

fn scene() -> Scene {
    match large() {
        Some(returns) => Scene::large(returns, program()),
        None => Scene { program: program(), ..Scene::small() },
    }
}

#[test]
fn a_run() {
    let scene = scene();
    let (out, kept) = (scene.out(), scene.bench.path("kept"));
    scene.set(0);
    scene.run().expect("the old build");
    let tables = tree(&out.join("tables"));
    scene.set(1);
    let command = || scene.command();
    let campaign = Campaign::new(&out, &kept, &command);
    let before = || same(&tree(&out.join("previous/tables")), &tables, "the build before is the old one");
    println!("run: {:?}", campaign.kill(asked().unwrap_or(8), &before));
}

#[test]
fn a_report() {
    let scene = scene();
    scene.set(0);
    scene.run().expect("a build");
    let small = scene.bench.path("pipelines/reports/board.toml");
    if large().is_none() {
        std::fs::create_dir_all(small.parent().expect("a folder")).expect("a folder");
        let text = "title = \"Board\"\nauthority = \"Leeds\"\n\n[[section]]\nheading = \"Plans\"\nmeasures = [\"plans/share\"]\n";
        std::fs::write(&small, text).expect("a report");
    }
    let name = if large().is_none() { "board" } else { "send_profile" };
    let command = || {
        let mut command = Command::new(&scene.program);
        command.args(["report", name, "--authority", "Leeds", "--out", "out"]).current_dir(scene.bench.path(""));
        if large().is_none() {
            command.args(["--pipelines", "pipelines"]);
        } else {
            command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("--out").arg(scene.out());
        }
        command
    };
    let (out, kept) = (scene.out(), scene.bench.path("kept"));
    let campaign = Campaign::new(&out, &kept, &command);
    println!("report: {:?}", campaign.kill(asked().unwrap_or(4), &|| {}));
}

/// A file of a thousand rows whose figures are `figure`.
fn file(figure: u32) -> String {
    let rows = (0..1000).map(|row| format!("{row},{figure}\n"));
    format!("row,figure\n{}", rows.collect::<String>())
}

/// A bench with a file filed as `plain/2024/p.csv`; `source` is where its pipeline says that it comes from.
fn filed(source: &str) -> Bench {
    let bench = Bench::new();
    bench.file("new/p.csv", file(1)).file("data/returns/.keep", "");
    bench.pipeline(
        "plain",
        &format!(
            "title = \"Plain\"\nreturn = \"plain\"\n{source}\n[measures.figure]\nlabel = \"Figure\"\nunit = \"number\"\n\
             [[release]]\nfrom = 2024\nfile = \"p.csv\"\narea = {{ code = \"row\" }}\nperiod = \"2024\"\n\
             columns = {{ figure = \"figure\" }}\n[checks]\nareas = \"some\"\n"
        ),
    );
    ended_well(start(on(&bench, &["add", "new/p.csv", "--return", "plain", "--release", "2024"])));
    bench
}

/// A command on the bench's returns.
fn on(bench: &Bench, words: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(words).args(["--returns", "data/returns", "--pipelines", "pipelines"]);
    command.current_dir(bench.path("")).env("NO_PROXY", "127.0.0.1");
    command
}

/// Kills a command that changes what is filed; the manifest has the files that are there afterwards, and no others.
fn killed(bench: &Bench, command: &dyn Fn() -> Command) -> Counts {
    let (root, kept) = (bench.path("data"), bench.path("kept"));
    let campaign = Campaign::new(&root, &kept, command);
    campaign.kill(asked().unwrap_or(8), &|| {
        let manifest = Manifest::read(&bench.path("data/manifest.toml")).expect("a manifest");
        let there = tree(&bench.path("data/returns"));
        for record in &manifest.files {
            assert_eq!(there.get(&record.path), Some(&record.sha256), "the manifest has the file that is there");
        }
        for record in &manifest.removed {
            let kept = format!("{}.removed-{}", record.path, &record.sha256[..8]);
            assert_eq!(there.get(&kept), Some(&record.sha256), "what was taken out is kept");
        }
        assert_eq!(manifest.files.len(), usize::from(there.contains_key("plain/2024/p.csv")), "no other is filed");
    })
}

#[test]
fn an_add_that_replaces() {
    let bench = filed("");
    bench.file("new/p.csv", file(2));
    let words = ["add", "new/p.csv", "--return", "plain", "--release", "2024", "--replace"];
    println!("add --replace: {:?}", killed(&bench, &|| on(&bench, &words)));
}

#[test]
fn a_remove_and_its_undoing() {
    let bench = filed("");
    println!("remove: {:?}", killed(&bench, &|| on(&bench, &["remove", "plain/2024/p.csv"])));
    println!("remove --undo: {:?}", killed(&bench, &|| on(&bench, &["remove", "plain/2024/p.csv", "--undo"])));
}

#[test]
fn a_fetch_that_replaces() {
    let server = Server::start();
    let text = file(2);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        text.len()
    );
    server.say((head + &text).as_bytes());
    let bench = filed(&format!("[[source.link]]\nrelease = 2024\nurl = \"{}/p.csv\"", server.url));
    println!("fetch --replace: {:?}", killed(&bench, &|| on(&bench, &["fetch", "plain", "--replace"])));
}
