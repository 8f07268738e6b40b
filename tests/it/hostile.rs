//! Files made to do harm, or as good as: archives that explode, sheets without end, names with control characters,
//! paths that lead elsewhere. Each is refused with its place or read for what it is; no panic, no hang, and memory
//! within the bound that `docs/faults.md` states. `ABREAST_BIG=1` makes them as large as they come.

mod explode;
mod paths;
mod wide;
mod words;

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Bench, Ran};

/// A return of one figure, in whatever file.
pub const PIPELINE: &str = r#"title = "Plans"
return = "sen2"
[measures.plans]
label = "Plans"
unit = "number"
[[release]]
from = 2025
file = "plans.*"
period = "2024"
area = { code = "LA code" }
columns = { plans = "Plans" }
[checks]
areas = "some"
"#;

/// Whether files are made as large as they come.
pub fn big() -> bool {
    std::env::var_os("ABREAST_BIG").is_some()
}

/// Runs the bench's pipelines under watch; answers with what it did and the most memory it had, in MB (0 where the
/// system does not tell). Longer than five minutes is a hang.
pub fn watched(bench: &Bench) -> (Ran, u64) {
    let program = std::env::var_os("ABREAST_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_abreast").into());
    // A pipe that nobody reads would hold up a program that says much.
    let told = bench.path("told.txt");
    let mut child = Command::new(program)
        .args(["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--figures-only"])
        .current_dir(bench.path(""))
        .env("NO_COLOR", "1")
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(&told).expect("a file"))
        .spawn()
        .expect("the program runs");
    let (begun, mut most) = (Instant::now(), 0);
    let status = loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        most = most.max(peak.unwrap_or(0_u64) >> 10);
        if let Some(status) = child.try_wait().expect("its state") {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(300) {
            child.kill().expect("killed");
            panic!("it hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let stderr = String::from_utf8_lossy(&std::fs::read(told).expect("what it said")).into_owned();
    println!("{:.1} s, {most} MB, exit {:?}", begun.elapsed().as_secs_f64(), status.code());
    let findings = abreast::publish::read_findings(&bench.path("out/findings.csv"));
    (Ran { code: status.code().unwrap_or(-1), stdout: String::new(), stderr, findings }, most)
}

/// A bench with the file `name` in it.
pub fn bench(name: &str, bytes: impl AsRef<[u8]>) -> Bench {
    let bench = Bench::new();
    bench.pipeline("plans", PIPELINE).returns(&format!("sen2/2025/{name}"), bytes);
    bench
}

/// Runs on the file `name`, which must be refused with the finding `code`, within `most` MB; answers its message.
pub fn refused(name: &str, bytes: impl AsRef<[u8]>, code: &str, most: u64) -> String {
    let bench = bench(name, bytes);
    let (ran, memory) = watched(&bench);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(!bench.has("plans"));
    assert!(memory < most, "{memory} MB");
    let finding = ran.finding(code);
    assert_eq!(finding.place.file, format!("sen2/2025/{name}"));
    finding.to_string() + "\n"
}

/// What writes a part of an archive.
pub type Fill<'a> = &'a dyn Fn(&mut dyn Write);

/// A ZIP archive of deflated `entries`, each made by what writes it.
pub fn deflated(entries: &[(&str, Fill<'_>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(1))
        .large_file(true);
    for (name, fill) in entries {
        archive.start_file(*name, packed).expect("an entry");
        fill(&mut archive);
    }
    archive.finish().expect("an archive").into_inner()
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Plans" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// An XLSX of one sheet `Plans`, whose XML and shared texts are written by hand.
pub fn xlsx(sheet: Fill<'_>, texts: Fill<'_>) -> Vec<u8> {
    let plain = |text: &'static str| move |out: &mut dyn Write| out.write_all(text.as_bytes()).expect("written");
    deflated(&[
        ("[Content_Types].xml", &plain(TYPES)),
        ("_rels/.rels", &plain(RELATIONS)),
        ("xl/workbook.xml", &plain(BOOK)),
        ("xl/_rels/workbook.xml.rels", &plain(BOOK_RELATIONS)),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", texts),
    ])
}

/// The XML of a sheet with `rows` in it.
pub fn sheet_of(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
    )
}

/// The shared texts `LA code`, `Plans` and those in `more`.
pub fn texts_of(more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>LA code</t></si><si><t>Plans</t></si>{more}</sst>"
    )
}

/// A header row and one of Birmingham's figures, 12.
pub const ROWS: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>330</v></c><c r="B2"><v>12</v></c></row>"#;

/// What writes a text.
pub fn plain(text: String) -> impl Fn(&mut dyn Write) {
    move |out| out.write_all(text.as_bytes()).expect("written")
}

/// What writes a part that unpacks to `length` bytes of spaces between `head` and `tail`.
pub fn blown_up(head: String, length: u64, tail: &'static str) -> impl Fn(&mut dyn Write) {
    move |out| {
        out.write_all(head.as_bytes()).expect("written");
        let block = vec![b' '; 1 << 20];
        for _ in 0..length >> 20 {
            out.write_all(&block).expect("written");
        }
        out.write_all(tail.as_bytes()).expect("written");
    }
}
