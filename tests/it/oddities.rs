//! Oddities of text files: who parts the cells, quotes that swallow rows, commas before decimals, UTF-16 without its mark,
//! numbers that are none, rates that are withheld.

use crate::harness::{Bench, Ran, gzipped};

const PIPELINE: &str = r#"title = "Cases"
return = "cases"
[measures.cases]
label = "Cases"
unit = "number"
[[release]]
from = 2025
file = "cases.csv*"
area = { name = "council" }
period_column = "year"
columns = { cases = "cases" }
ignore = ["note"]
[checks]
areas = "some"
"#;

fn ran(bytes: impl AsRef<[u8]>) -> (Bench, Ran) {
    let bench = Bench::new();
    bench.pipeline("cases", PIPELINE).returns("cases/2025/cases.csv", bytes);
    let ran = bench.run();
    (bench, ran)
}

fn value(bench: &Bench, name: &str) -> f64 {
    bench.table("cases").row(&[&format!("area_name={name}")]).value()
}

#[test]
fn the_rows_tell_what_parts_the_cells() {
    let comma = "council,year,note,cases\nLeeds,2024,\"one; two; three; four; five; six\",7\nWigan,2024,\"a; b; c; d; e; f; g\",8\n";
    let semicolon = "council;year;note;cases\nLeeds;2024;one, two, three, four, five, six, seven;7\nWigan;2024;a, b, c, d, e, f, g;8\n";
    let tab = "council\tyear\tnote\tcases\nLeeds\t2024\tone, two; three, four; five\t7\nWigan\t2024\ta, b; c, d\t8\n";
    let told = format!("sep=;\r\n{semicolon}");
    for text in [comma, semicolon, tab, &told, &semicolon.replace(';', "|")] {
        let (bench, ran) = ran(text);
        assert_eq!(ran.code, 0, "{text}\n{}", ran.stderr);
        assert_eq!([value(&bench, "Leeds"), value(&bench, "Wigan")], [7.0, 8.0], "{text}");
        assert_eq!(bench.table("cases").row(&["area_name=Wigan"]).text("row"), "3", "as Excel counts: {text}");
    }
}

#[test]
fn a_stray_quote_is_said_with_its_row_and_a_comment_of_several_lines_is_read() {
    let swallowing = "council,year,note,cases\nLeeds,2024,ok,7\nWigan,2024,\"ok,8\nBolton,2024,ok,9\nOldham,2024,ok\",10\nLeeds,2023,ok,5\n";
    let (bench, ran) = ran(swallowing);
    let finding = ran.finding("stray-quote");
    assert_eq!((finding.place.row, finding.place.column), (Some(3), Some(3)), "{finding}");
    assert!(finding.message.contains("2 lines"), "{finding}");
    assert!(!bench.has("cases"));
    let (bench, ran) =
        self::ran("council,year,note,cases\nLeeds,2024,\"first, of two\nlines, with 3 commas, each\",7\n");
    assert_eq!((ran.code, value(&bench, "Leeds")), (0, 7.0), "{}", ran.stderr);
    assert!(ran.findings.is_empty(), "{}", ran.stderr);
}

#[test]
fn commas_before_decimals_are_read_or_asked_about() {
    let (bench, ran) =
        ran("council;year;note;cases\nLeeds;2024;;12,5\nWigan;2024;;1.234,5\nBolton;2024;;1,234\nOldham;2024;;7\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let values = ["Leeds", "Wigan", "Bolton", "Oldham"].map(|name| value(&bench, name));
    assert_eq!(values, [12.5, 1234.5, 1.234, 7.0], "one cell tells for all");
    let (bench, ran) = self::ran("council;year;note;cases\nLeeds;2024;;1,234\nWigan;2024;;12\n");
    let finding = ran.finding("unsure-comma");
    assert_eq!((finding.place.row, finding.place.column, value(&bench, "Leeds")), (Some(2), Some(4), 1234.0));
    let (bench, ran) = self::ran("council;year;note;cases\nLeeds;2024;;1,234.5\nWigan;2024;;1,234\n");
    assert_eq!([value(&bench, "Leeds"), value(&bench, "Wigan")], [1234.5, 1234.0]);
    assert!(ran.findings.is_empty(), "{}", ran.stderr);
    let (_, ran) = self::ran("council,year,note,cases\nLeeds,2024,,\"12,5\"\n");
    assert_eq!(ran.finding("unknown-symbol").place.row, Some(2), "in a file of commas it is refused");
}

#[test]
fn utf_16_without_its_mark() {
    let text = "council,year,note,cases\nLeeds,2024,caf\u{e9},7\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [little, big] {
        let (bench, ran) = ran(bytes);
        assert_eq!((ran.code, value(&bench, "Leeds")), (0, 7.0), "{}", ran.stderr);
    }
}

#[test]
fn what_holds_no_text_is_refused_by_its_first_bytes() {
    let bench = Bench::new();
    bench.pipeline("cases", PIPELINE).returns("cases/2025/cases.csv.gz", gzipped(&vec![0; 8 << 20]));
    let ran = bench.run();
    assert_eq!(ran.finding("wrong-kind-of-file").place.file, "cases/2025/cases.csv.gz");
}

/// Counts and a rate, with numbers that no figure can be made of.
#[test]
fn a_figure_that_is_no_number_is_marked_and_said() {
    let bench = Bench::new();
    bench.pipeline(
        "rates",
        "title = \"Rates\"\nreturn = \"cases\"\n[measures.rate]\nlabel = \"Rate\"\nunit = \"percent\"\nnumerator = \"top\"\ndenominator = \"bottom\"\n[measures.both]\nlabel = \"Both\"\nunit = \"number\"\n[[release]]\nfrom = 2025\nfile = \"cases.csv\"\narea = { name = \"council\" }\nperiod_column = \"year\"\ncolumns = { top = \"top\", bottom = \"bottom\", both = [\"one\", \"other\"] }\n[checks]\nareas = \"some\"\n",
    );
    bench.returns(
        "cases/2025/cases.csv",
        "council,year,top,bottom,one,other\nLeeds,2024,5,-20,1,2\nWigan,2024,1e300,1e-300,1,2\nBolton,2024,5,20,1.7e308,1.7e308\nOldham,2024,5,0,1,2\n",
    );
    let ran = bench.run().well();
    let table = bench.table("rates");
    let told = |name: &str, measure: &str| {
        let row = table.row(&[&format!("area_name={name}"), &format!("measure={measure}")]);
        (row.text("value").to_owned(), row.text("status").to_owned())
    };
    let none = |status: &str| (String::new(), status.to_owned());
    assert_eq!(told("Leeds", "rate"), none("not_available"), "a denominator below 0");
    assert_eq!(told("Wigan", "rate"), none("not_available"), "beyond all numbers");
    assert_eq!(told("Bolton", "both"), none("not_available"), "a sum beyond all numbers");
    assert_eq!(told("Oldham", "rate"), none("not_applicable"), "a share of none");
    assert_eq!(told("Bolton", "rate").0, "25.0");
    let found = ran.all("not-a-number");
    assert_eq!(found.iter().map(|finding| finding.place.row).collect::<Vec<_>>(), [Some(4), Some(2)], "{}", ran.stderr);
}

#[test]
fn a_rate_that_is_withheld_by_an_empty_cell_is_not_worked_out() {
    let bench = Bench::new();
    let pipeline = |symbols: &str| {
        format!(
            "title = \"Rates\"\nreturn = \"cases\"\n{symbols}\n[measures.rate]\nlabel = \"Rate\"\nunit = \"percent\"\nnumerator = \"top\"\ndenominator = \"bottom\"\n[[release]]\nfrom = 2025\nfile = \"cases.csv\"\narea = {{ name = \"council\" }}\nperiod_column = \"year\"\ncolumns = {{ rate = \"rate\", top = \"top\", bottom = \"bottom\" }}\n[checks]\nareas = \"some\"\n"
        )
    };
    bench.returns("cases/2025/cases.csv", "council,year,rate,top,bottom\nLeeds,2024,,3,12\nWigan,2024,50,6,12\n");
    for (symbols, value, status) in [
        ("symbols = { \"\" = \"confidential\" }", "", "confidential"),
        ("symbols = { \"\" = \"not_available\" }", "25.0", "number"),
        ("", "25.0", "number"),
    ] {
        bench.pipeline("rates", &pipeline(symbols));
        bench.run_with(&["--force"]).well();
        let table = bench.table("rates");
        let row = table.row(&["area_name=Leeds"]);
        assert_eq!((row.text("value"), row.text("status")), (value, status), "{symbols}");
    }
}

#[test]
fn a_mark_behind_a_number_is_kept_declared_or_refused() {
    let (bench, ran) =
        ran("council,year,note,cases\nLeeds,2024,,1234 [r]\nWigan,2024,,\"1,234 [note 2]\"\nBolton,2024,,'56\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(["Leeds", "Wigan", "Bolton"].map(|name| value(&bench, name)), [1234.0, 1234.0, 56.0]);
    assert_eq!(bench.table("cases").row(&["area_name=Leeds"]).text("raw"), "1234 [r]");
    assert_eq!(bench.table("cases").row(&["area_name=Bolton"]).text("raw"), "");
    let text = "council,year,note,cases\nLeeds,2024,,12*\n";
    let (_, ran) = self::ran(text);
    let finding = ran.finding("unknown-symbol");
    assert_eq!((finding.place.row, finding.place.column), (Some(2), Some(4)));
    assert!(finding.help.contains("\"*\" = \"number\""), "{finding}");
    let bench = Bench::new();
    bench
        .pipeline("cases", &PIPELINE.replace("[measures.cases]", "symbols = { \"*\" = \"number\" }\n[measures.cases]"));
    bench.returns("cases/2025/cases.csv", text);
    bench.run().well();
    assert_eq!(value(&bench, "Leeds"), 12.0);
}
