//! The body of a request to a form: read from the wire under limits, files straight to the disk.
//!
//! In: a body that may be of any size and never end. Out: its `Form`, or what is wrong with it, in words.

use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyDataStream, BodyExt};
use hyper::body::{Body, Incoming};
use multer::{Constraints, Field, Multipart, SizeLimit};
use tempfile::NamedTempFile;
use tokio::time::timeout;

use super::form::{Form, MOST_FIELDS, Upload};
use crate::browse::wrong::Wrong;
use crate::load::MOST_BYTES;

/// The most bytes of a form's fields.
pub const MOST_TEXT: usize = 256 << 10;
/// The most files of one form.
const MOST_FILES: usize = 20;
/// What is read of a refused body, so that its sender gets to read the answer.
const DRAINED: u64 = 2 << 30;
/// The kinds of forms that are read.
const FIELDS: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";

/// Reads a body of the kind that the head says, by one that is never silent for longer than `silence`.
///
/// # Errors
/// It is of another kind, too large, broken, or its sender falls silent.
pub async fn read(kind: &str, mut body: Incoming, silence: Duration) -> Result<Form, Wrong> {
    let plain = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let refused = match plain.as_str() {
        FIELDS => match fields(&mut body, silence).await {
            Ok(text) => return Form::parse(&text),
            Err(wrong) => wrong,
        },
        PARTS => match body.size_hint().lower() {
            announced if announced <= most() => return parts(kind, body, silence).await,
            _ => too_large(),
        },
        _ => {
            let kind = if plain.is_empty() { "no kind" } else { &plain };
            let message = format!("a form of the kind `{kind}` is not read");
            Wrong::refused(415, message, "send it from a page of the explorer")
        }
    };
    drain(&mut body, silence).await;
    Err(refused)
}

/// The most bytes of a form with its files.
fn most() -> u64 {
    (MOST_BYTES + MOST_TEXT) as u64
}

fn too_large() -> Wrong {
    let help = "take what is needed of it into a file of its own, or file it with `abreast add` packed as .gz";
    Wrong::refused(413, format!("what was sent has more than {} MB, the most that is read", MOST_BYTES >> 20), help)
}

fn too_much_text() -> Wrong {
    let message = format!("the fields of the form have more than {} kB, the most that is read", MOST_TEXT >> 10);
    Wrong::refused(413, message, "shorten what was written into them")
}

fn broken(what: &str) -> Wrong {
    Wrong::refused(400, format!("what was sent cannot be read: {what}"), "go back to the page and send it again")
}

fn silent() -> Wrong {
    Wrong::refused(408, "nothing more came of what was being sent", "go back to the page and send it again")
}

/// The text of a form of fields.
async fn fields(body: &mut Incoming, silence: Duration) -> Result<String, Wrong> {
    let mut text: Vec<u8> = Vec::new();
    if body.size_hint().lower() > MOST_TEXT as u64 {
        return Err(too_much_text());
    }
    while let Some(bytes) = next(body, silence).await? {
        text.extend_from_slice(&bytes);
        if text.len() > MOST_TEXT {
            return Err(too_much_text());
        }
    }
    String::from_utf8(text).map_err(|_| broken("it is no text in UTF-8"))
}

async fn next(body: &mut Incoming, silence: Duration) -> Result<Option<Bytes>, Wrong> {
    loop {
        match timeout(silence, body.frame()).await {
            Err(_) => return Err(silent()),
            Ok(None) => return Ok(None),
            Ok(Some(Err(error))) => return Err(broken(&error.to_string())),
            // What stands behind a body says nothing that is wanted.
            Ok(Some(Ok(frame))) => {
                if let Ok(bytes) = frame.into_data() {
                    return Ok(Some(bytes));
                }
            }
        }
    }
}

/// Reads on without keeping anything: a browser shows an answer when all it had to say was heard.
async fn drain(body: &mut Incoming, silence: Duration) {
    let mut read = 0;
    while let Ok(Some(bytes)) = next(body, silence).await
        && read < DRAINED
    {
        read += bytes.len() as u64;
    }
}

/// A form of parts: texts are kept, files are written to the disk as they come.
async fn parts(kind: &str, body: Incoming, silence: Duration) -> Result<Form, Wrong> {
    let boundary = multer::parse_boundary(kind).map_err(|error| broken(&error.to_string()))?;
    let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(most()));
    let mut parts = Multipart::with_constraints(BodyDataStream::new(body), boundary, limits);
    let (mut form, mut room) = (Form::default(), MOST_TEXT);
    while let Some(part) = patient(silence, parts.next_field()).await? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A browser sends a field for files in which none was chosen as one without a name.
            Some(file) => form.files.extend(uploaded(part, name, file, silence).await?),
            None => {
                let value = text(part, &mut room, silence).await?;
                form.fields.push((name, value));
            }
        }
        if form.files.len() > MOST_FILES || form.fields.len() > MOST_FIELDS {
            let message = format!("more than {MOST_FILES} files or {MOST_FIELDS} fields came at once");
            return Err(Wrong::refused(413, message, "send fewer at once"));
        }
    }
    Ok(form)
}

/// What a reader of parts says, if it says it in time.
async fn patient<T>(silence: Duration, reading: impl Future<Output = Result<T, multer::Error>>) -> Result<T, Wrong> {
    match timeout(silence, reading).await {
        Err(_) => Err(silent()),
        Ok(Err(multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. })) => Err(too_large()),
        Ok(Err(error)) => Err(broken(&error.to_string())),
        Ok(Ok(read)) => Ok(read),
    }
}

/// The text of a field; `room` is what is left for the texts of the form.
async fn text(mut part: Field<'_>, room: &mut usize, silence: Duration) -> Result<String, Wrong> {
    let mut text: Vec<u8> = Vec::new();
    while let Some(bytes) = patient(silence, part.chunk()).await? {
        *room = room.checked_sub(bytes.len()).ok_or_else(too_much_text)?;
        text.extend_from_slice(&bytes);
    }
    String::from_utf8(text).map_err(|_| broken("a field is no text in UTF-8"))
}

/// The copy of a file; none where no file was chosen.
async fn uploaded(
    mut part: Field<'_>,
    field: String,
    name: String,
    silence: Duration,
) -> Result<Option<Upload>, Wrong> {
    let unwritten = |error: std::io::Error| {
        let message = format!("what was sent cannot be kept on the disk: {error}");
        Wrong::refused(507, message, "make room on the disk, then send it again")
    };
    let mut copy = NamedTempFile::with_prefix("abreast-").map_err(unwritten)?;
    let mut length = 0;
    while let Some(bytes) = patient(silence, part.chunk()).await? {
        copy.write_all(&bytes).map_err(unwritten)?;
        length += bytes.len();
    }
    if name.is_empty() && length == 0 {
        return Ok(None);
    }
    Ok(Some(Upload::new(field, name, copy.into_temp_path())))
}
