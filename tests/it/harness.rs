//! A bench to try the program on: pipelines and returns written into a folder, the built program run there, and its
//! tables read back with arrow-rs, as pandas or DuckDB would.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use abreast::finding::Finding;
use abreast::frame::{About, Coded, Declared, Frame, Words, kind};
use arrow::array::Array;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// The standard columns in the order of the SEN2 release of 2025.
pub const EES: &str = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,la_name";

/// An empty folder with a place for pipelines, returns and outputs. The built-in register is used.
pub struct Bench {
    folder: tempfile::TempDir,
}

impl Default for Bench {
    fn default() -> Self {
        Bench::new()
    }
}

impl Bench {
    /// An empty bench; the folder's name has a blank and letters beyond ASCII, as an analyst's has.
    pub fn new() -> Bench {
        let folder = tempfile::Builder::new().prefix("abreast é à ").tempdir().expect("a folder");
        for name in ["pipelines", "returns"] {
            std::fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        Bench { folder }
    }

    /// A path on the bench.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Bench {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
        self
    }

    /// Writes a pipeline.
    pub fn pipeline(&self, name: &str, toml: &str) -> &Bench {
        self.file(&format!("pipelines/{name}.toml"), toml)
    }

    /// Takes a pipeline of the repository as it is.
    pub fn own(&self, name: &str) -> &Bench {
        self.pipeline(name, &own_pipeline(name))
    }

    /// Writes a file of a return, as `<return>/<release>/<file>`.
    pub fn returns(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Bench {
        self.file(&format!("returns/{name}"), bytes)
    }

    /// `abreast run` on the bench, figures only.
    pub fn run(&self) -> Ran {
        self.abreast(&["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--figures-only"])
    }

    /// `abreast run` of some tables, or with other options.
    pub fn run_with(&self, more: &[&str]) -> Ran {
        let mut all = vec!["run", "--pipelines", "pipelines", "--returns", "returns", "--out", "out", "--figures-only"];
        all.extend(more);
        self.abreast(&all)
    }

    /// Any command, in the bench's folder.
    pub fn abreast(&self, arguments: &[&str]) -> Ran {
        self.abreast_where(arguments, &[])
    }

    /// Any command, in the bench's folder and with variables of its own.
    pub fn abreast_where(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_abreast"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            // The servers of the tests are on this machine, whatever proxy it goes out by.
            .env("NO_PROXY", "127.0.0.1")
            .envs(variables.iter().copied())
            .output()
            .expect("the program runs");
        let findings = abreast::publish::read_findings(&self.path("out/findings.csv"));
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            findings,
        }
    }

    /// Whether a table was written.
    pub fn has(&self, table: &str) -> bool {
        self.path(&format!("out/tables/{table}.parquet")).is_file()
    }

    /// A table that was written.
    pub fn table(&self, table: &str) -> Table {
        Table::read(&self.path(&format!("out/tables/{table}.parquet")))
    }

    /// Everything below `folder`, as paths with forward slashes.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![self.path(folder)];
        while let Some(next) = open.pop() {
            for path in std::fs::read_dir(next).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    open.push(path);
                } else {
                    let shown = path.strip_prefix(self.folder.path()).expect("below").to_string_lossy().into_owned();
                    found.push(shown.replace('\\', "/"));
                }
            }
        }
        found.sort();
        found
    }
}

/// The text of a pipeline of the repository.
pub fn own_pipeline(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("pipelines/{name}.toml"));
    std::fs::read_to_string(path).expect("a pipeline of the repository")
}

/// What a command did.
pub struct Ran {
    /// Its exit code.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it said.
    pub stderr: String,
    /// `findings.csv`, where it wrote one.
    pub findings: Vec<Finding>,
}

impl Ran {
    /// The same, with no finding of severity error.
    pub fn well(self) -> Ran {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self
    }

    /// The one finding with `code`.
    pub fn finding(&self, code: &str) -> &Finding {
        let found: Vec<&Finding> = self.findings.iter().filter(|finding| finding.code == code).collect();
        assert_eq!(found.len(), 1, "findings `{code}` in:\n{}", self.stderr);
        found[0]
    }

    /// The findings with `code`.
    pub fn all(&self, code: &str) -> Vec<&Finding> {
        self.findings.iter().filter(|finding| finding.code == code).collect()
    }
}

/// A published table: every cell as text, empty where null.
pub struct Table {
    rows: Vec<BTreeMap<String, String>>,
}

impl Table {
    /// Reads the table at `path`.
    pub fn read(path: &Path) -> Table {
        let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().expect("a reader");
        let mut rows = Vec::new();
        for batch in reader {
            let batch = batch.expect("a batch");
            let options = FormatOptions::default();
            let schema = batch.schema();
            let columns: Vec<_> = batch
                .columns()
                .iter()
                .map(|column| (column, ArrayFormatter::try_new(column.as_ref(), &options).expect("printable")))
                .collect();
            for row in 0..batch.num_rows() {
                let cells = schema.fields().iter().zip(&columns).map(|(field, (column, text))| {
                    let null = column.is_null(row);
                    (field.name().clone(), if null { String::new() } else { text.value(row).to_string() })
                });
                rows.push(cells.collect());
            }
        }
        Table { rows }
    }

    /// Every row, by the names of the columns.
    pub fn all(&self) -> &[BTreeMap<String, String>] {
        &self.rows
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows whose columns say `wanted`, as `column=text`.
    pub fn rows(&self, wanted: &[&str]) -> Vec<Row<'_>> {
        let pairs: Vec<(&str, &str)> = wanted.iter().map(|pair| pair.split_once('=').expect("column=text")).collect();
        let fits = |row: &BTreeMap<String, String>| {
            pairs.iter().all(|(column, text)| row.get(*column).unwrap_or_else(|| panic!("no column {column}")) == text)
        };
        self.rows.iter().filter(|row| fits(row)).map(Row).collect()
    }

    /// The one row whose columns say `wanted`.
    pub fn row(&self, wanted: &[&str]) -> Row<'_> {
        let mut rows = self.rows(wanted);
        assert_eq!(rows.len(), 1, "rows with {wanted:?} of {} in all: {:#?}", self.len(), self.rows.first());
        rows.remove(0)
    }

    /// A column's texts, each once, in order.
    pub fn words(&self, column: &str) -> Vec<&str> {
        let mut words: Vec<&str> = self.rows.iter().map(|row| row[column].as_str()).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a>(&'a BTreeMap<String, String>);

impl<'a> Row<'a> {
    /// A cell's text, empty where null.
    pub fn text(&self, column: &str) -> &'a str {
        self.0.get(column).unwrap_or_else(|| panic!("no column {column}"))
    }

    /// A cell's number.
    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column} is `{}`", self.text(column)))
    }

    /// The figure.
    pub fn value(&self) -> f64 {
        self.number("value")
    }
}

/// The beginning of an EES row for one of a few places: `England`, a region, or an authority.
pub fn ees(period: &str, identifier: &str, place: &str) -> String {
    const AUTHORITIES: [(&str, &str, &str, &str, &str); 17] = [
        ("Birmingham", "E08000025", "330", "E12000005", "West Midlands"),
        ("Coventry", "E08000026", "331", "E12000005", "West Midlands"),
        ("Camden", "E09000007", "202", "E12000007", "London"),
        ("Leeds", "E08000035", "383", "E12000003", "Yorkshire and The Humber"),
        ("Buckinghamshire", "E06000060", "825", "E12000008", "South East"),
        ("Leicester", "E06000016", "856", "E12000004", "East Midlands"),
        ("Isle of Wight", "E06000046", "921", "E12000008", "South East"),
        ("Dorset", "E06000059", "838", "E12000009", "South West"),
        ("Dudley", "E08000027", "332", "E12000005", "West Midlands"),
        ("Sandwell", "E08000028", "333", "E12000005", "West Midlands"),
        ("Solihull", "E08000029", "334", "E12000005", "West Midlands"),
        ("Walsall", "E08000030", "335", "E12000005", "West Midlands"),
        ("Wolverhampton", "E08000031", "336", "E12000005", "West Midlands"),
        ("Bradford", "E08000032", "380", "E12000003", "Yorkshire and The Humber"),
        ("Calderdale", "E08000033", "381", "E12000003", "Yorkshire and The Humber"),
        ("Kirklees", "E08000034", "382", "E12000003", "Yorkshire and The Humber"),
        ("Wakefield", "E08000036", "384", "E12000003", "Yorkshire and The Humber"),
    ];
    const REGIONS: [(&str, &str); 9] = [
        ("E12000001", "North East"),
        ("E12000002", "North West"),
        ("E12000003", "Yorkshire and The Humber"),
        ("E12000004", "East Midlands"),
        ("E12000005", "West Midlands"),
        ("E12000006", "East of England"),
        ("E12000007", "London"),
        ("E12000008", "South East"),
        ("E12000009", "South West"),
    ];
    if place == "England" {
        return format!("{period},{identifier},National,E92000001,England,,,,,");
    }
    if let Some((code, name)) = REGIONS.iter().find(|(_, name)| *name == place) {
        return format!("{period},{identifier},Regional,E92000001,England,{code},{name},,,");
    }
    let (name, ons, la, region, region_name) =
        AUTHORITIES.iter().find(|(name, ..)| *name == place).unwrap_or_else(|| panic!("no place {place}"));
    format!("{period},{identifier},Local authority,E92000001,England,{region},{region_name},{ons},{la},{name}")
}

/// The folder of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares with `tests/it/snapshots/NAME`; `ABREAST_SNAPSHOTS=rewrite` writes it instead.
pub fn snapshot(name: &str, text: &str) {
    let path = root().join("tests/it/snapshots").join(name);
    if rewrites() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("snapshot folder");
        std::fs::write(&path, text).expect("snapshot written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (number, (old, new)) in kept.lines().zip(text.lines()).enumerate() {
        assert_eq!(old, new, "{name}, line {}: if the new one is right, set ABREAST_SNAPSHOTS=rewrite", number + 1);
    }
    assert_eq!(kept, text, "{name}: if the new one is right, set ABREAST_SNAPSHOTS=rewrite");
}

/// Whether what is compared with is written anew: only where that very word says so.
pub fn rewrites() -> bool {
    std::env::var_os("ABREAST_SNAPSHOTS").is_some_and(|word| word == "rewrite")
}

/// Files that are not ours to keep here: the folder that `variable` names, else `../shared/NAME`. Where it is not there the
/// test is skipped with a line that no capture hides and that `.ci/run` counts; where it is, a test that uses it must pass.
pub fn lent(variable: &str, name: &str) -> Option<PathBuf> {
    let beside = || root().join("../shared").join(name);
    let folder = std::env::var_os(variable).map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: no folder `{}`; {variable} names another", folder.display());
    None
}

/// The publishers' own files.
pub fn real_returns() -> Option<PathBuf> {
    lent("ABREAST_RETURNS", "returns")
}

/// A ZIP archive of `entries`, stored.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in entries {
        archive.start_file(*name, stored).expect("an entry");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// `bytes` as gzip.
pub fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

/// A cell of an ODS sheet: its type and its text.
pub enum Ods<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A share kept as a fraction of 1 and shown as percent.
    Percent(f64),
    /// A date, `yyyy-mm-dd`.
    Date(&'a str),
}

/// An OpenDocument spreadsheet, with or without the entry `mimetype`.
pub fn ods(sheets: &[(&str, &[Vec<Ods<'_>>])], mimetype: bool) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut body = String::new();
    for (name, rows) in sheets {
        body.push_str(&format!("<table:table table:name=\"{}\">", escape(name)));
        for row in *rows {
            body.push_str("<table:table-row>");
            for cell in row {
                body.push_str(&match cell {
                    Ods::Text("") => "<table:table-cell/>".to_owned(),
                    Ods::Text(text) => {
                        format!("<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>", escape(text))
                    }
                    Ods::Number(number) => {
                        format!("<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>")
                    }
                    Ods::Percent(share) => {
                        format!("<table:table-cell office:value-type=\"percentage\" office:value=\"{share}\"><text:p>{}%</text:p></table:table-cell>", share * 100.0)
                    }
                    Ods::Date(day) => {
                        format!("<table:table-cell office:value-type=\"date\" office:date-value=\"{day}\"><text:p>{day}</text:p></table:table-cell>")
                    }
                });
            }
            body.push_str("</table:table-row>");
        }
        body.push_str("</table:table>");
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\"><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";
    let mut entries: Vec<(&str, &[u8])> = Vec::new();
    if mimetype {
        entries.push(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"));
    }
    entries.push(("META-INF/manifest.xml", manifest.as_bytes()));
    entries.push(("content.xml", content.as_bytes()));
    zipped(&entries)
}

/// What is declared of a column, by its name in the tables.
fn declared(name: &str) -> &'static About {
    abreast::schema::entries().map(|entry| entry.about).find(|about| about.name == name).expect("a declared column")
}

/// A column of words by its name.
pub fn words<'a>(frame: &'a Frame, name: &str) -> Coded<'a> {
    frame.read::<kind::Words>(declared(name)).expect("a column of words")
}

/// A column of numbers by its name.
pub fn numbers<'a>(frame: &'a Frame, name: &str) -> &'a [f64] {
    frame.read::<kind::Numbers>(declared(name)).expect("a column of numbers")
}

/// A column of small whole numbers by its name.
pub fn smalls<'a>(frame: &'a Frame, name: &str) -> &'a [u16] {
    frame.read::<kind::Smalls>(declared(name)).expect("a column of small numbers")
}

/// A column of words to build a frame of.
pub fn worded<C: Declared<Kind = kind::Words>>(column: C, texts: &[String]) -> polars::prelude::Column {
    let (codes, words) = Words::coded(texts.iter().map(String::as_str));
    column.holding((codes, &words)).expect("a column")
}
