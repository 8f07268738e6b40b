//! What is said about the cells of a column: texts that are no numbers, numbers that carry a mark, signs that do not fit.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::area::Register;
use crate::finding::{Finding, Place};
use crate::grid::{Comma, TextTable};
use crate::pipeline::Measure;
use crate::value::{NO_RESULT, Symbols, unknown_mark};

/// A cell that is neither number nor mark.
pub(super) struct Unreadable {
    /// Its row, an index of the table.
    pub row: u32,
    /// Its column, an index of the table.
    pub column: usize,
    pub finding: Rc<Finding>,
}

/// How many texts of a column are said one by one.
const EACH: usize = 5;

/// The texts of `column` that are neither number nor mark, each with the rows it stands in: what is said, and every
/// such cell.
pub(super) fn unknown(
    table: &TextTable,
    symbols: &Symbols,
    neighbours: Option<&Register>,
    column: usize,
    texts: FxHashMap<&str, Vec<u32>>,
) -> (Vec<Finding>, Vec<Unreadable>) {
    let mut texts: Vec<_> = texts.into_iter().collect();
    for (_, rows) in &mut texts {
        rows.sort_unstable();
    }
    texts.sort_by_key(|(_, rows)| rows.first().copied());
    let name = name(table, column);
    let (mut findings, mut unreadable) = (Vec::new(), Vec::new());
    for (at, (text, rows)) in texts.iter().enumerate() {
        let finding = match neighbours {
            Some(register) => unknown_neighbour(text, name, register),
            None => unreadable_text(text, name, symbols),
        };
        if at < EACH {
            let times = if rows.len() > 1 { format!(", {} times", rows.len()) } else { String::new() };
            let message = format!("{}{times}", finding.message);
            let place = table.place(rows.first().map(|&row| row as usize), Some(column));
            findings.push(Finding::error(&finding.code, message, &finding.help).at(place));
        }
        let finding = Rc::new(finding);
        unreadable.extend(rows.iter().map(|&row| Unreadable { row, column, finding: finding.clone() }));
    }
    if texts.len() > EACH {
        let message = format!("{} more texts in column `{name}` are no numbers either", texts.len() - EACH);
        let help = "if the column holds words, list it under `filters` or `ignore`";
        findings.push(Finding::error("unknown-symbol", message, help).at(table.place(None, Some(column))));
    }
    (findings, unreadable)
}

/// That `text` names no neighbour.
fn unknown_neighbour(text: &str, name: &str, register: &Register) -> Finding {
    let help = match register.likely_name(text) {
        Some(likely) => format!("did you mean `{likely}`? A neighbour is a 3-digit code, a 9-character code or a name"),
        None => "a neighbour is a 3-digit code, a 9-character code or a name; declare a mark for none under `symbols`"
            .to_owned(),
    };
    Finding::error(
        "unknown-authority",
        format!("`{}` in column `{name}` is no known local authority", text.escape_debug()),
        help,
    )
}

/// That `text` is no number, and what to do about such a text.
fn unreadable_text(text: &str, name: &str, symbols: &Symbols) -> Finding {
    if text == NO_RESULT {
        let help = "open the workbook in Excel or LibreOffice, which calculates it, save it, and file it again";
        return Finding::error("no-result", format!("a formula in column `{name}` has no stored result"), help);
    }
    let message = format!("`{}` in column `{name}` is neither a number nor a declared mark", text.escape_debug());
    let marks = symbols.marks();
    let declared = if marks.is_empty() {
        "no marks are declared".to_owned()
    } else {
        format!("declared marks are {}", marks.join(" "))
    };
    let help = match unknown_mark(text) {
        Some(mark) => format!(
            "if it is a slip tell the publisher; if `{mark}` is a mark and the number before it holds, declare `symbols = {{ \"{mark}\" = \"number\" }}`; {declared}"
        ),
        None => {
            format!("find out from the publisher's notes what it means and declare it under `symbols`; {declared}")
        }
    };
    Finding::error("unknown-symbol", message, help)
}

/// That the numbers of `rows` carry footnotes or marks, which are kept beside them.
pub(super) fn marked(table: &TextTable, column: usize, rows: &[u32]) -> Option<Finding> {
    let first = *rows.iter().min()? as usize;
    let text = table.frame.columns()[column].str().ok().and_then(|cells| cells.get(first)).unwrap_or_default();
    let message = format!(
        "{} in column `{}` with a footnote or a mark, such as `{}`: the number is read and the mark kept in `raw`",
        if rows.len() == 1 { "1 number".to_owned() } else { format!("{} numbers", rows.len()) },
        name(table, column),
        text.trim()
    );
    let help = "look up in the publisher's notes what the mark says about the figure";
    Some(Finding::note("marked-number", message, help).at(table.place(Some(first), Some(column))))
}

/// That a cell carries a percent sign where the measure is no share.
pub(super) fn percent_sign(table: &TextTable, row: usize, column: usize, measure: &Measure) -> Finding {
    let text = table.frame.columns()[column].str().ok().and_then(|cells| cells.get(row)).unwrap_or_default();
    let message = format!(
        "`{}` in column `{}` carries a percent sign, but what `{}` takes from it is no percentage",
        text.trim(),
        name(table, column),
        measure.label
    );
    let help = "the number is read as it is seen; correct `unit`, or map the column that is meant";
    Finding::warning("percent-sign", message, help).at(table.place(Some(row), Some(column)))
}

/// That figures of a measure are no numbers: the first row (an index) and how many there are.
pub(super) fn no_number(table: &TextTable, label: &str, (row, times): (u32, usize), column: Option<usize>) -> Finding {
    let message = format!(
        "`{label}` is no number in {times} {}, of which this is the first: a denominator below 0, or a sum or quotient beyond what a number holds",
        if times == 1 { "row" } else { "rows" }
    );
    let help =
        "the figure is marked as not available; tell the publisher, or put the cell right with a `[[correction]]`";
    Finding::warning("not-a-number", message, help).at(table.place(Some(row as usize), column))
}

/// That rows are left out because they are about areas that are no local authority.
pub(super) fn elsewhere(table: &TextTable, rule: &str, rows: usize) -> Finding {
    let message = format!("{rows} {} left out: {rule}", if rows == 1 { "row is" } else { "rows are" });
    let help = "nothing to do; `where` or `drop` in the block says so too";
    Finding::note("left-out", message, help).at(table.place(None, None))
}

/// That commas in the numbers of a table could stand before decimals.
pub(super) fn unsure_comma(table: &TextTable) -> Option<Finding> {
    let Comma::Unsure(row, column) = table.comma else { return None };
    let message = "the cells are parted by `;`, as where a comma stands before decimals, and every comma in a number stands before three digits: they are taken for thousands";
    let help =
        "look at the first of them here; where it stands before decimals, save the file with a point in their place";
    let place = Place { row: Some(row), column: Some(column), ..table.place(None, None) };
    Some(Finding::warning("unsure-comma", message, help).at(place))
}

fn name(table: &TextTable, column: usize) -> &str {
    table.names().nth(column).unwrap_or_default()
}
