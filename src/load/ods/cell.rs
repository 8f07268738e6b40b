//! One cell of an OpenDocument sheet to the text that is read.

use chrono::{NaiveDate, NaiveDateTime};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::footnotes::as_raised;
use super::super::format::{Shown, seen_of, write_date, write_number};
use super::super::parts::damaged;
use super::tags::{Styles, attribute, repeated};
use crate::finding::Finding;
use crate::value::NO_RESULT;

/// What the cell that starts with `tag` shows, read up to its end.
pub(super) fn seen(reader: &mut Reader<&[u8]>, tag: &BytesStart<'_>, styles: &Styles) -> Result<String, Finding> {
    let written = written(reader, tag, styles)?;
    let value = attribute(tag, "office:value");
    Ok(match attribute(tag, "office:value-type").as_str() {
        "float" | "currency" => number(&value, Shown::Plain)?,
        "percentage" => number(&value, Shown::Percent)?,
        "date" => date(&attribute(tag, "office:date-value"), &written.text),
        "time" => attribute(tag, "office:time-value"),
        "boolean" => attribute(tag, "office:boolean-value").to_uppercase(),
        "string" => match attribute(tag, "office:string-value") {
            told if told.is_empty() || written.has_raised => written.text,
            told => told,
        },
        _ if attribute(tag, "table:formula").is_empty() => written.text,
        _ => NO_RESULT.to_owned(),
    })
}

fn number(value: &str, shown: Shown) -> Result<String, Finding> {
    let number = value.parse().map_err(|_| damaged(&format!("`{value}` is given as a number and is none")))?;
    let mut text = Vec::new();
    write_number(number, shown, &mut text);
    Ok(String::from_utf8(text).unwrap_or_default())
}

/// A date as far as it is seen; as it stands where it is none.
fn date(value: &str, seen: &str) -> String {
    let day = value.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0));
    let Some(moment) = day.or_else(|| value.parse::<NaiveDateTime>().ok()) else { return value.to_owned() };
    let mut text = Vec::new();
    write_date(moment, seen_of(moment.date(), seen), &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// The paragraphs of a cell.
#[derive(Default)]
struct Written {
    text: String,
    has_raised: bool,
    paragraphs: usize,
}

/// Reads the paragraphs of the cell that starts with `tag` up to its end; notes and drawings are not of its text.
fn written(reader: &mut Reader<&[u8]>, tag: &BytesStart<'_>, styles: &Styles) -> Result<Written, Finding> {
    let mut written = Written::default();
    let mut raised = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error))?;
        match event {
            Event::Start(inner) => {
                let name = inner.name();
                if name.as_ref() == "office:annotation" || name.as_ref().starts_with("draw:") {
                    reader.read_to_end(name).map_err(|error| damaged(&error))?;
                } else {
                    written.start(&inner);
                    raised.push(styles.raised.contains(&attribute(&inner, "text:style-name")));
                }
            }
            Event::End(inner) if inner.name() == tag.name() => return Ok(written),
            Event::End(_) => drop(raised.pop()),
            Event::Text(text) => written.add(&text.xml10_content(), &raised),
            Event::CData(text) => written.add(&text.xml10_content(), &raised),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().map_err(|error| damaged(&error))?;
                let named = resolve_xml_entity(reference.as_ref()).map(str::to_owned);
                match named.or_else(|| letter.map(String::from)) {
                    Some(text) => written.add(&text, &raised),
                    None => return Err(damaged(&format!("`&{};` stands for nothing", reference.as_ref()))),
                }
            }
            Event::Eof => return Err(damaged(&"a sheet of it does not end")),
            _ => {}
        }
    }
}

impl Written {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "text:p" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            // A file of ours would not have a thousand blanks in a row; one made to do harm would have billions.
            "text:s" => self.text.extend(std::iter::repeat_n(' ', repeated(tag, "text:c").min(1000) as usize)),
            "text:tab" => self.text.push('\t'),
            "text:line-break" => self.text.push('\n'),
            _ => {}
        }
    }

    /// Adds text inside the tags that are open, each raised or not; between paragraphs it is only the file's own layout.
    fn add(&mut self, text: &str, open: &[bool]) {
        if open.contains(&true) {
            self.has_raised = true;
            self.text.push_str(&as_raised(text));
        } else if !open.is_empty() {
            self.text.push_str(text);
        }
    }
}
