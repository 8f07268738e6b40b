//! A document as an Excel workbook: cover, contents, notes, then a table a sheet and a chart a sheet.
//!
//! In: a `Document`. Out: the bytes of the file. Tables are named Excel tables without merged cells; charts are native
//! and can be edited; numbers are numbers; everything else, however it starts, is text.

use rust_xlsxwriter::{
    Chart, ChartType, DocProperties, Format, FormatAlign, Table as ExcelTable, TableColumn, TableStyle, Url, Workbook,
    Worksheet, XlsxError,
};

use super::document::{Cell, Column, Document, Figure, Table};
use crate::finding::Error;
use crate::text::{one_line, printable, within};

/// Excel's limit of letters in a sheet's name.
const NAME_LIMIT: usize = 31;
/// Excel's limit of letters in an alternative text.
const ALT_LIMIT: usize = 250;
/// Excel's limit of letters in a cell.
const CELL_LIMIT: usize = 32_000;
/// Excel's limit of letters in the name of a table's column.
const COLUMN_LIMIT: usize = 255;
/// Excel's limit of letters in a property, and what a chart's title may have at most.
const TITLE_LIMIT: usize = 255;

/// The workbook of `document`.
///
/// # Errors
/// Excel's rules refuse something, such as two sheets of one name: a mistake in the program.
pub fn workbook(document: &Document) -> Result<Vec<u8>, Error> {
    fill(document)
        .map_err(|error| Error::usage(format!("the workbook could not be made: {error}"), "tell the makers of Abreast"))
}

/// A sheet to come: its name and what it shows.
struct Planned<'a> {
    name: String,
    heading: String,
    content: Content<'a>,
}

#[derive(Clone, Copy)]
enum Content<'a> {
    Table(&'a Table),
    Figure(&'a Figure),
}

impl<'a> Content<'a> {
    /// The cells on the sheet.
    fn table(self) -> &'a Table {
        match self {
            Content::Table(table) => table,
            Content::Figure(figure) => &figure.data,
        }
    }
}

/// Widths of the column of words on the cover and among the notes, in letters.
const COVER: usize = 90;
const NOTES: usize = 110;
/// The row of a table's headings on its sheet, counted from 0.
const HEADER: u32 = 1;

fn fill(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let who = if document.authority.is_empty() { String::new() } else { format!(": {}", document.authority) };
    let properties = DocProperties::new()
        .set_title(line(&format!("{}{who}", document.title), TITLE_LIMIT))
        .set_subject("Comparative statistics between English local authorities")
        .set_author("Abreast")
        .set_custom_property("Language", "en-GB");
    workbook.set_properties(&properties);
    let planned = plan(document);
    cover(workbook.add_worksheet(), document, &who)?;
    let ids = ids(&planned);
    contents(workbook.add_worksheet(), &planned, !ids.rows.is_empty())?;
    notes(workbook.add_worksheet(), document)?;
    for (index, sheet) in planned.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name)?;
        match sheet.content {
            Content::Table(table) => {
                title(worksheet, &sheet.heading, &table.title)?;
                excel_table(worksheet, table, &format!("table_{}", index + 1))?;
            }
            Content::Figure(figure) => chart_sheet(worksheet, figure, &sheet.name, index + 1)?,
        }
    }
    if !ids.rows.is_empty() {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(IDS)?;
        title(worksheet, "", &ids.title)?;
        excel_table(worksheet, &ids, "figure_ids")?;
    }
    workbook.save_to_buffer()
}

/// The name of the sheet that lists the figures' ids.
const IDS: &str = "Figure ids";

/// Sheet, cell and id of every figure.
fn ids(planned: &[Planned<'_>]) -> Table {
    let mut list =
        Table { title: "Ids of the figures: abreast explain ID shows where one comes from".into(), ..Table::default() };
    list.columns = ["Sheet", "Cell", "Figure", "Id"].map(Column::words).into();
    for sheet in planned {
        for (row, cells) in (HEADER + 1..).zip(&sheet.content.table().rows) {
            for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.id.is_empty()) {
                let at = rust_xlsxwriter::utility::row_col_to_cell(row, column);
                list.rows.push([&sheet.name, &at, &cell.text, &cell.id].map(Cell::words).into());
            }
        }
    }
    list
}

fn plan(document: &Document) -> Vec<Planned<'_>> {
    let mut planned = Vec::new();
    for (at, (heading, table)) in document.tables().enumerate() {
        let name = sheet_name(&format!("{} {}", at + 1, table.title));
        planned.push(Planned { name, heading: heading.to_owned(), content: Content::Table(table) });
    }
    for (at, (heading, figure)) in document.figures().enumerate() {
        let name = sheet_name(&format!("Chart {} {}", at + 1, figure.data.title));
        planned.push(Planned { name, heading: heading.to_owned(), content: Content::Figure(figure) });
    }
    if let Some(table) = &document.annex.definitions {
        planned.push(Planned { name: "Measures".into(), heading: String::new(), content: Content::Table(table) });
    }
    planned
}

/// A name that Excel takes: its forbidden signs as blanks, cut at its limit.
fn sheet_name(text: &str) -> String {
    let plain: String = one_line(text).chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    line(&plain, NAME_LIMIT)
}

/// Words on one line, cut at Excel's limit.
fn line(words: &str, limit: usize) -> String {
    within(&one_line(words), limit).into_owned()
}

/// The height of a line in points.
const LINE: f64 = 15.0;

/// The height of a row whose words are wrapped at so many letters, so that programs that do not measure show all of it.
fn tall_enough(sheet: &mut Worksheet, row: u32, cells: [(&str, usize); 2]) -> Result<(), XlsxError> {
    let lines = cells.map(|(words, width)| words.chars().count().div_ceil(width)).into_iter().max().unwrap_or(1).max(1);
    sheet.set_row_height(row, LINE * lines as f64)?;
    Ok(())
}

/// One page wide on A4, landscape.
fn printed(sheet: &mut Worksheet) {
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
}

/// Text for a cell; Excel never reads what `write_string` wrote as a formula.
fn text(sheet: &mut Worksheet, row: u32, column: u16, words: &str, format: &Format) -> Result<(), XlsxError> {
    let words = printable(words);
    sheet.write_string_with_format(row, column, within(&words, CELL_LIMIT), format)?;
    Ok(())
}

fn title(sheet: &mut Worksheet, heading: &str, words: &str) -> Result<(), XlsxError> {
    let both = if heading.is_empty() { words.to_owned() } else { format!("{heading}: {words}") };
    text(sheet, 0, 0, &both, &Format::new().set_bold().set_font_size(14))
}

fn cover(sheet: &mut Worksheet, document: &Document, who: &str) -> Result<(), XlsxError> {
    sheet.set_name("Cover")?;
    sheet.set_column_width(0, 30)?.set_column_width(1, COVER as f64)?;
    printed(sheet);
    let (plain, bold) = (
        Format::new().set_text_wrap().set_align(FormatAlign::Top),
        Format::new().set_bold().set_align(FormatAlign::Top),
    );
    text(sheet, 0, 0, &format!("{}{who}", document.title), &Format::new().set_bold().set_font_size(18))?;
    let mut row = 1;
    if document.illustrative {
        text(sheet, row, 0, "Illustrative data: some or all figures are made up to show the layout", &bold)?;
        row += 1;
    }
    for paragraph in &document.introduction {
        text(sheet, row, 0, "About", &bold)?;
        text(sheet, row, 1, paragraph, &plain)?;
        tall_enough(sheet, row, [("", 30), (paragraph, COVER)])?;
        row += 1;
    }
    Ok(())
}

fn contents(sheet: &mut Worksheet, planned: &[Planned<'_>], ids: bool) -> Result<(), XlsxError> {
    sheet.set_name("Contents")?;
    sheet.set_column_width(0, 34)?.set_column_width(1, 90)?;
    printed(sheet);
    let bold = Format::new().set_bold();
    text(sheet, 0, 0, "Contents", &Format::new().set_bold().set_font_size(14))?;
    text(sheet, 1, 0, "Sheet", &bold)?;
    text(sheet, 1, 1, "What it shows", &bold)?;
    for (row, entry) in (2..).zip(planned) {
        let link = Url::new(format!("internal:'{}'!A1", entry.name)).set_text(&entry.name);
        sheet.write_url(row, 0, link)?;
        let words = match entry.content {
            Content::Table(table) => table.title.as_str(),
            Content::Figure(figure) => figure.title.as_str(),
        };
        text(sheet, row, 1, words, &Format::new())?;
    }
    if !ids {
        return Ok(());
    }
    let row = 2 + planned.len() as u32;
    sheet.write_url(row, 0, Url::new(format!("internal:'{IDS}'!A1")).set_text(IDS))?;
    text(sheet, row, 1, "The id of every figure, for abreast explain", &Format::new())
}

fn notes(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    sheet.set_name("Notes")?;
    sheet.set_column_width(0, 20)?.set_column_width(1, NOTES as f64)?;
    printed(sheet);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    text(sheet, 0, 0, "Notes", &Format::new().set_bold().set_font_size(14))?;
    let mut lines: Vec<(&str, &str)> = document.annex.words.iter().map(|note| ("Note", note.text.as_str())).collect();
    lines.extend(document.annex.sources.iter().map(|source| ("Source", source.as_str())));
    for section in &document.sections {
        for block in &section.blocks {
            use super::document::Block::Paragraph;
            if let Paragraph { text } = block {
                lines.push((&section.heading, text));
            }
        }
    }
    for (row, (kind, words)) in (1..).zip(lines) {
        text(sheet, row, 0, kind, &plain)?;
        text(sheet, row, 1, words, &plain)?;
        tall_enough(sheet, row, [(kind, 20), (words, NOTES)])?;
    }
    Ok(())
}

/// The table from row 3 (its heading), and its notes below.
fn excel_table(sheet: &mut Worksheet, table: &Table, name: &str) -> Result<(), XlsxError> {
    if table.rows.is_empty() {
        return text(sheet, HEADER, 0, "No rows", &Format::new());
    }
    let titles = distinct(table);
    let wrapped = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom);
    let columns: Vec<TableColumn> =
        titles.iter().map(|title| TableColumn::new().set_header(title).set_header_format(&wrapped)).collect();
    let last_row = HEADER + table.rows.len() as u32;
    let last_column = table.columns.len().saturating_sub(1) as u16;
    let made = ExcelTable::new()
        .set_columns(&columns)
        .set_name(name)
        .set_style(TableStyle::Light1)
        .set_autofilter(table.rows.len() > 8)
        .set_alt_text(line(&table.title, ALT_LIMIT));
    sheet.add_table(HEADER, 0, last_row, last_column, &made)?;
    for (row, cells) in (HEADER + 1..).zip(&table.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            put(sheet, row, column, cell, table.columns[usize::from(column)].numeric)?;
        }
    }
    let mut lines = 1;
    for (column, title) in (0u16..).zip(&titles) {
        let widest = table.rows.iter().map(|row| row[usize::from(column)].text.chars().count()).max().unwrap_or(0);
        let word = title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        let width = widest.max(word).clamp(8, 60) + 2;
        lines = lines.max(title.chars().count().div_ceil(width) + usize::from(title.chars().count() > width));
        sheet.set_column_width(column, width as f64)?;
    }
    sheet.set_row_height(HEADER, LINE * lines as f64)?;
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    for (row, note) in (last_row + 1..).zip(&table.notes) {
        text(sheet, row, 0, note, &Format::new().set_italic())?;
    }
    printed(sheet);
    Ok(())
}

/// A number with as many places as the reader sees; anything else as text.
fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, numeric: bool) -> Result<(), XlsxError> {
    if let Some(number) = cell.number {
        let places = "0".repeat(usize::from(cell.places));
        let format = if places.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{places}") };
        sheet.write_number_with_format(row, column, number, &Format::new().set_num_format(format))?;
        return Ok(());
    }
    let align = if numeric { FormatAlign::Right } else { FormatAlign::Left };
    text(sheet, row, column, &cell.text, &Format::new().set_align(align))
}

/// The headings, each one different, as an Excel table wants them.
fn distinct(table: &Table) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for column in &table.columns {
        let mut title = line(&column.title, COLUMN_LIMIT);
        let mut times = 2;
        while title.is_empty() || seen.iter().any(|known| known.to_lowercase() == title.to_lowercase()) {
            let number = format!(" ({times})");
            title = line(&column.title, COLUMN_LIMIT - number.len()) + &number;
            times += 1;
        }
        seen.push(title);
    }
    seen
}

/// A chart with its data on the same sheet: a line for each area, or one bar for each.
fn chart_sheet(sheet: &mut Worksheet, figure: &Figure, name: &str, number: usize) -> Result<(), XlsxError> {
    title(sheet, "", &figure.title)?;
    excel_table(sheet, &figure.data, &format!("chart_data_{number}"))?;
    let rows = figure.data.rows.len() as u32;
    let columns = figure.data.columns.len() as u16;
    if rows == 0 || columns < 2 {
        return Ok(());
    }
    let mut chart = Chart::new(if figure.plot.line { ChartType::Line } else { ChartType::Column });
    if figure.plot.line {
        for row in 0..rows {
            chart.add_series().set_name((name, 2 + row, 0)).set_categories((name, 1, 1, 1, columns - 1)).set_values((
                name,
                2 + row,
                1,
                2 + row,
                columns - 1,
            ));
        }
    } else {
        chart.add_series().set_name((name, 1, 1)).set_categories((name, 2, 0, 1 + rows, 0)).set_values((
            name,
            2,
            1,
            1 + rows,
            1,
        ));
        chart.legend().set_hidden();
    }
    chart.title().set_name(line(&figure.title, TITLE_LIMIT).as_str());
    chart.set_alt_text(line(&figure.alt, ALT_LIMIT)).set_width(900).set_height(480);
    sheet.insert_chart(1, columns + 1, &chart)?;
    Ok(())
}
