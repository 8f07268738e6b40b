//! An empty return as an Excel workbook: the headings of a pipeline, lists to choose words from, and how to fill it in.
//!
//! In: headings with what goes below each. Out: the bytes of the file. The first sheet is the one that is loaded.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, Format, FormatAlign, Formula, Table,
    TableColumn, Workbook, Worksheet, XlsxError,
};

use crate::finding::Error;

/// One column to fill in.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// The heading, as the pipeline has it.
    pub name: String,
    /// What goes below it.
    pub help: String,
    /// The words that may stand there; empty where anything may.
    pub words: Vec<String>,
    /// What Excel shall take an entry for.
    pub entry: Entry,
}

/// What Excel shall take an entry for, so that it does not turn `May 2025` into a day or `24%` into a share unseen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// Text, kept as it is typed.
    #[default]
    Text,
    /// A number not below 0.
    Count,
    /// A number.
    Number,
    /// A percentage: 24 and 24% are both kept as 24%.
    Percentage,
}

impl Entry {
    /// The number format of the column.
    fn format(self) -> Format {
        match self {
            // Excel's own number for text.
            Entry::Text => Format::new().set_num_format_index(49),
            Entry::Count => Format::new().set_num_format("#,##0"),
            Entry::Number => Format::new(),
            Entry::Percentage => Format::new().set_num_format("0.0%"),
        }
    }

    /// What may be typed, where that is not text.
    fn validation(self) -> Result<Option<DataValidation>, XlsxError> {
        let rule = match self {
            Entry::Text => return Ok(None),
            Entry::Count => DataValidationRule::GreaterThanOrEqualTo(0.0),
            Entry::Number => DataValidationRule::Between(-1e12, 1e12),
            Entry::Percentage => DataValidationRule::Between(0.0, 1.0),
        };
        let validation = DataValidation::new()
            .allow_decimal_number(rule)
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not a figure")?
            .set_error_message(
                "A figure goes here. Leave the cell empty where there is none; marks and words are not read.",
            )?;
        Ok(Some(validation))
    }
}

/// How many rows carry the lists.
const ROWS: u32 = 2_000;
const LISTS: &str = "Lists";

/// The workbook for a return called `title`, to be saved as `file`.
///
/// # Errors
/// Excel's rules refuse something: two headings alike, a mistake in the pipeline.
pub fn blank(title: &str, file: &str, headings: &[Heading]) -> Result<Vec<u8>, Error> {
    fill(title, file, headings).map_err(|error| {
        Error::usage(format!("the starter workbook could not be made: {error}"), "correct the pipeline's columns")
    })
}

fn fill(title: &str, file: &str, headings: &[Heading]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(title).set_author("Abreast"));
    let listed: Vec<&Heading> = headings.iter().filter(|heading| !heading.words.is_empty()).collect();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Data")?;
    data(sheet, headings, &listed)?;
    how(workbook.add_worksheet(), title, file, headings)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(LISTS)?;
    for (column, heading) in (0u16..).zip(&listed) {
        sheet.set_column_width(column, 50)?;
        sheet.write_string_with_format(0, column, &heading.name, &Format::new().set_bold())?;
        for (row, word) in (1u32..).zip(&heading.words) {
            sheet.write_string(row, column, word)?;
        }
    }
    workbook.save_to_buffer()
}

/// The sheet to fill in: headings in row 1, nothing above them.
fn data(sheet: &mut Worksheet, headings: &[Heading], listed: &[&Heading]) -> Result<(), XlsxError> {
    let columns: Vec<TableColumn> =
        headings.iter().map(|heading| TableColumn::new().set_header(&heading.name)).collect();
    let last = headings.len().saturating_sub(1) as u16;
    sheet.add_table(0, 0, 1, last, &Table::new().set_name("own_return").set_columns(&columns))?;
    for (column, heading) in (0u16..).zip(headings) {
        let widest = heading.words.iter().map(|word| word.chars().count()).max().unwrap_or(0);
        sheet.set_column_width(column, widest.clamp(12, 50) as f64)?;
        sheet.set_column_format(column, &heading.entry.format())?;
        if let Some(validation) = heading.entry.validation()? {
            sheet.add_data_validation(1, column, ROWS, column, &validation)?;
        }
        let Some(list) = listed.iter().position(|known| known.name == heading.name) else { continue };
        let letter = rust_xlsxwriter::utility::column_number_to_name(list as u16);
        let words = format!("={LISTS}!${letter}$2:${letter}${}", heading.words.len() + 1);
        let validation = DataValidation::new()
            .allow_list_formula(Formula::new(words))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not on the list")?
            .set_error_message("The word is not on the sheet Lists. It can be kept only if the pipeline knows it.")?;
        sheet.add_data_validation(1, column, ROWS, column, &validation)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn how(sheet: &mut Worksheet, title: &str, file: &str, headings: &[Heading]) -> Result<(), XlsxError> {
    sheet.set_name("How to fill it in")?;
    sheet.set_column_width(0, 24)?.set_column_width(1, 110)?;
    let (bold, plain) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    let save = format!("Fill in the sheet Data, save it as {file} and run: abreast run");
    sheet.write_string(1, 0, save)?;
    sheet.write_string_with_format(3, 0, "Column", &bold)?;
    sheet.write_string_with_format(3, 1, "What goes there", &bold)?;
    for (row, heading) in (4u32..).zip(headings) {
        sheet.write_string_with_format(row, 0, &heading.name, &plain)?;
        sheet.write_string_with_format(row, 1, &heading.help, &plain)?;
    }
    Ok(())
}
