//! The pictures of a page in one ZIP, each as drawing, pixels, data and words, with a readme.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Taken, ZIP, name};
use crate::browse::address::{Address, Take};
use crate::browse::build::Build;
use crate::browse::measure;
use crate::browse::request::Response;
use crate::browse::wrong::Wrong;
use crate::chart::Picture;
use crate::draw::{file_name, files};
use crate::finding::Error;
use crate::shown::{counted, sentence, stop};

/// The ZIP of the pictures of a page; of every view of it, where all are asked for.
///
/// # Errors
/// A table cannot be read, or there is no room for the file.
pub fn file(build: &Build, take: &Take) -> Result<Result<Response, Wrong>, Error> {
    let Address::Measure(page) = &*take.page else {
        let wrong = Wrong::gone("this page has no pictures to keep", "take its table as .csv or .xlsx");
        return Ok(Err(wrong.link("the page", &take.page)));
    };
    let (taken, drawn) = match measure::drawn(build, page, take.all)? {
        Ok(made) => made,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let (mut pictures, mut lacking) = (Vec::new(), Vec::new());
    for (kind, made) in drawn {
        match made {
            Ok(picture) => pictures.push((kind, picture)),
            Err(error) => lacking.push(format!("- {}: none. {error}", file_name(kind))),
        }
    }
    if pictures.is_empty() {
        let wrong = Wrong::gone("this view has no picture", "choose another view");
        return Ok(Err(wrong.link("the page", &take.page)));
    }
    let bytes = packed(&readme(build, take, &taken, (&pictures, &lacking)), &pictures).map_err(|error| {
        Error::usage(format!("the pictures could not be packed: {error}"), "tell the makers of Abreast")
    })?;
    Ok(Ok(Response::kept(format!("{}.zip", name(&format!("{} pictures", taken.about), take.all)), ZIP, bytes)))
}

/// The name of a picture's files, without their endings.
fn base((kind, _): &(&'static str, Picture)) -> String {
    file_name(kind)
}

fn packed(readme: &str, pictures: &[(&'static str, Picture)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // A PNG is packed already.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("README.txt", deflated)?;
    zip.write_all(readme.as_bytes())?;
    for picture in pictures {
        for (ending, bytes) in files(&picture.1) {
            zip.start_file(format!("{}.{ending}", base(picture)), if ending == "png" { stored } else { deflated })?;
            zip.write_all(bytes)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

fn readme(
    build: &Build,
    take: &Take,
    taken: &Taken,
    (pictures, lacking): (&[(&'static str, Picture)], &[String]),
) -> String {
    let mut text = format!("{}\n{}\n\n", taken.title, taken.said);
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{}, each as drawing (.svg), pixels (.png), data (.csv) and words (.txt):",
        sentence(&counted(pictures.len(), "picture", "pictures"))
    );
    for picture in pictures {
        let _ = writeln!(text, "- {}: {}. {}", base(picture), picture.1.title, picture.1.subtitle);
    }
    for line in lacking {
        let _ = writeln!(text, "{line}");
    }
    text.push('\n');
    for note in &taken.notes {
        let _ = writeln!(text, "{}", stop(&sentence(note)));
    }
    let _ = writeln!(text, "\nMade by Abreast from the tables of {}, from the page {}.", build.dated(), take.page);
    if build.is_illustrative() {
        text.push_str("Illustrative data: some or all figures are made up.\n");
    }
    text
}
