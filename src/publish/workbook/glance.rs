//! The first sheet: what the paper says first, and the same measures as numbers in one table.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::grid::grid;
use super::sheet::{Shared, Sheet, WIDEST, tall};
use crate::publish::document::{Cell, Column, Document, Message, Standing, Table};
use crate::text::printable;

/// The sheet's name, and the name of its table in the paper.
const NAME: &str = "At a glance";

/// The first sheet of `document`.
pub fn sheet(document: &Document, shared: &mut Shared) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new(NAME, &format!("{}, at a glance", document.full_title()), shared)?;
    sheet.widen(0, WIDEST);
    for words in [&document.dated, &document.subtitle] {
        if !words.is_empty() {
            sheet.say(words, |looks| &looks.quiet)?;
        }
    }
    if document.illustrative {
        sheet.say("Illustrative data: some or all figures are made up", |looks| &looks.bold)?;
    }
    for paragraph in &document.introduction {
        sheet.wrap(paragraph)?;
    }
    sheet.row += 1;
    if !document.messages.is_empty() {
        sheet.say("Key messages", |looks| &looks.heading)?;
        document.messages.iter().try_for_each(|message| say(&mut sheet, message))?;
        sheet.row += 1;
    }
    for remark in &document.remarks {
        sheet.wrap(&format!("{}: {}", remark.label, remark.text))?;
    }
    if !document.standing.is_empty() {
        sheet.row += 1;
        sheet.say(NAME, |looks| &looks.heading)?;
        if let Some(glance) = document.glance.as_ref().filter(|glance| !glance.caption.is_empty()) {
            sheet.say(&glance.caption, |looks| &looks.quiet)?;
        }
        grid(&mut sheet, &standing(document))?;
    } else if let Some(glance) = &document.glance {
        grid(&mut sheet, glance)?;
    }
    sheet.done()
}

/// A message in one cell: its word and sentence in bold, its figures behind.
fn say(sheet: &mut Sheet<'_>, message: &Message) -> Result<(), XlsxError> {
    let word = if message.word.is_empty() { String::new() } else { format!("{}: ", message.word) };
    let (bold, rest) = (printable(&format!("{word}{}", message.bold)).into_owned(), printable(&message.rest));
    let looks = &sheet.shared.looks;
    sheet.inner.set_row_height(sheet.row, tall(&format!("{bold} {rest}")))?;
    if rest.is_empty() || bold.is_empty() {
        sheet.inner.write_string_with_format(sheet.row, 0, bold + &rest, &looks.wrapped)?;
    } else {
        let rest = format!(" {rest}");
        let parts = [(&looks.bold, bold.as_str()), (&looks.plain, rest.as_str())];
        sheet.inner.write_rich_string_with_format(sheet.row, 0, &parts, &looks.wrapped)?;
    }
    sheet.row += 1;
    Ok(())
}

/// The rows of the first page as numbers, a figure a column; what is not there is blank.
pub fn standing(document: &Document) -> Table {
    let own = if document.authority.is_empty() { "Figure" } else { &document.authority };
    let words = |title: &str| Column::words(title);
    let figures = |title: &str| Column::figures(title);
    let mut columns = vec![words("Measure"), words("Unit"), words("Period"), Column::own(own)];
    columns.extend(
        ["Count", "Of", "England", "Neighbours", "Neighbours used", "Rank", "Out of", "Rank from", "Rank to", "Change"]
            .map(figures),
    );
    columns.extend(["Change from", "Change to"].map(figures));
    columns.extend(["Change in words", "Against England", "Why blank"].map(words));
    Table { title: NAME.to_owned(), columns, rows: document.standing.iter().map(row).collect(), ..Table::default() }
}

fn row(standing: &Standing) -> Vec<Cell> {
    let number = |value: Option<f64>, places| value.map_or_else(Cell::default, |value| Cell::number(value, places));
    let exact = |value: Option<f64>| number(value, standing.places);
    let whole = |value: Option<usize>| number(value.map(|value| value as f64), 0);
    let mut cells: Vec<Cell> =
        [&standing.measure, &standing.unit, &standing.period].map(|words| Cell::words(words.as_str())).into();
    cells.push(exact(standing.value).figure(standing.id.as_str()));
    cells.extend([standing.count, standing.of].map(|count| number(count, 0)));
    cells.extend([standing.england, standing.neighbours].map(exact));
    let places = [standing.neighbours_used, standing.rank, standing.out_of, standing.rank_from, standing.rank_to];
    cells.extend(places.map(whole));
    cells.extend([standing.change, standing.change_from, standing.change_to].map(exact));
    cells.extend([&standing.changed, &standing.verdict, &standing.reason].map(|words| Cell::words(words.as_str())));
    cells
}
