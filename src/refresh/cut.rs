//! What of a file is a table: the sheet that is meant, the part of it, its header; and the table cut out of it.

use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use toml::Spanned;

use crate::finding::{Finding, Place};
use crate::grid::{Layout as SheetLayout, TextTable};
use crate::load;
use crate::pipeline::{Header, Pipeline, ReleaseBlock};

/// What stands in a return: the bytes of its file or of each part, or its cells where it is open already.
pub(crate) enum Content<'a> {
    Parts(Vec<load::Part>),
    Cells(&'a load::Opened),
    /// A file of records that is read piece by piece while it is counted.
    Pieces,
}

/// What of a file is a table.
pub(super) struct Cut<'b> {
    sheet: Option<&'b Spanned<String>>,
    header: &'b Header,
    range: Option<&'b Spanned<String>>,
    under: Option<&'b str>,
    may_be_empty: bool,
}

impl<'b> Cut<'b> {
    /// Whether it is all that stands below the header.
    pub fn is_plain(&self) -> bool {
        self.range.is_none() && self.under.is_none()
    }

    /// All of a file without sheets.
    pub fn whole() -> Cut<'b> {
        Cut { sheet: None, header: &Header::Row(1), range: None, under: None, may_be_empty: false }
    }

    /// The table of a block that is called so; its one table where none is.
    pub fn of_table(block: &'b ReleaseBlock, name: &str) -> Cut<'b> {
        match block.table.get(name) {
            Some(table) => Cut {
                sheet: table.sheet.as_ref().or(block.sheet.as_ref()),
                header: &table.header,
                range: None,
                under: table.under.as_ref().map(|text| text.get_ref().as_str()),
                may_be_empty: true,
            },
            None => Cut {
                sheet: block.sheet.as_ref(),
                header: &block.header,
                range: block.range.as_ref(),
                under: None,
                may_be_empty: false,
            },
        }
    }
}

/// Opens a file, whose path messages call `shown`, and cuts a table out of its sheet.
pub(super) fn cut(
    pipeline: &Pipeline,
    (path, shown): (&Path, &str),
    own: &Cut<'_>,
    content: Content<'_>,
) -> Result<(TextTable, Vec<Finding>), Finding> {
    let layout = sheet_layout(pipeline, own)?;
    let wanted = wanted(pipeline, own)?;
    let read;
    let all = std::slice::from_ref(own);
    let opened = match content {
        Content::Cells(opened) => opened,
        // Read piece by piece by [`in_pieces`]; whoever wants the whole reads it.
        Content::Pieces => {
            read = opened(pipeline, (path, shown), all, load::read_parts(path, shown)?)?;
            &read
        }
        Content::Parts(parts) => {
            read = opened(pipeline, (path, shown), all, parts)?;
            &read
        }
    };
    let chosen = chosen(opened, own, &wanted).map_err(|message| {
        Finding::error("no-sheet", message, format!("correct `sheet` in {}", pipeline.path)).at(Place::file(shown))
    })?;
    let (name, grid) = &opened.sheets[chosen];
    let table = TextTable::cut(shown, name, grid, &layout)?;
    let mut findings: Vec<Finding> =
        hidden(opened, chosen).map(|finding| finding.at(Place::file(shown))).into_iter().collect();
    if let Some(row) = grid.overlong.first() {
        let place = Place { row: Some(*row), sheet: name.clone(), ..Place::file(shown) };
        let message = format!(
            "{} rows have cells beyond the last column that Excel has; those cells are not read",
            grid.overlong.len()
        );
        findings.push(Finding::warning("overlong-row", message, "look at the row: a quote may be missing").at(place));
    }
    Ok((table, findings))
}

/// Opens a file, and reads the sheets that any of `cuts` may be of.
pub(super) fn opened(
    pipeline: &Pipeline,
    (path, shown): (&Path, &str),
    cuts: &[Cut<'_>],
    parts: Vec<load::Part>,
) -> Result<load::Opened, Finding> {
    let wanted = cuts.iter().map(|own| wanted(pipeline, own)).collect::<Result<Vec<_>, Finding>>()?;
    load::open_parts(parts, path, shown, &|name| wanted.iter().any(|wanted| wanted(name)))
}

/// Whether a sheet of a name may be the one that is meant.
fn wanted<'c>(pipeline: &Pipeline, own: &'c Cut<'_>) -> Result<impl Fn(&str) -> bool + use<'c>, Finding> {
    let matcher = sheet_glob(pipeline, own)?;
    let exact = own.sheet.map(|name| name.get_ref().as_str());
    Ok(move |name: &str| {
        matcher
            .as_ref()
            .is_none_or(|glob| glob.is_match(name) || exact.is_some_and(|exact| exact.eq_ignore_ascii_case(name)))
    })
}

/// What the names of sheets are held against; none where the block names none.
fn sheet_glob(pipeline: &Pipeline, own: &Cut<'_>) -> Result<Option<GlobMatcher>, Finding> {
    let Some(name) = own.sheet else { return Ok(None) };
    match GlobBuilder::new(name.get_ref()).case_insensitive(true).build() {
        Ok(glob) => Ok(Some(glob.compile_matcher())),
        Err(error) => {
            let message = format!("`sheet` is no glob: {error}");
            let help = "`*` stands for anything; put other signs in brackets";
            Err(Finding::error("pipeline-declaration", message, help).at(pipeline.block_place(name.span())))
        }
    }
}

/// The sheet that the block means; else why none or several could be meant.
fn chosen(opened: &load::Opened, own: &Cut<'_>, wanted: &dyn Fn(&str) -> bool) -> Result<usize, String> {
    let name = |index: usize| opened.sheets[index].0.as_str();
    let fitting: Vec<usize> =
        (0..opened.sheets.len()).filter(|&index| name(index).is_empty() || wanted(name(index))).collect();
    let shown: Vec<usize> = fitting.iter().copied().filter(|&index| !opened.is_hidden(index)).collect();
    match (fitting.as_slice(), shown.as_slice()) {
        // A hidden sheet is a working copy: read only where its name is asked for and no sheet that is shown has it.
        ([only], _) | (_, [only]) => Ok(*only),
        ([_, ..], _) if own.sheet.is_none() => Ok(opened.first(&fitting).unwrap_or_default()),
        (several, _) => {
            let exact = own.sheet.map(|name| name.get_ref().as_str()).unwrap_or_default();
            let names = |all: &mut dyn Iterator<Item = usize>| all.map(name).collect::<Vec<_>>().join(", ");
            Err(match several {
                [] => {
                    let all = names(&mut (0..opened.sheets.len()));
                    format!("no sheet fits `{exact}`; the workbook has {all}")
                }
                several => format!("several sheets fit `{exact}`: {}", names(&mut several.iter().copied())),
            })
        }
    }
}

/// That the sheet which is read is hidden, or that hidden ones are not read.
fn hidden(opened: &load::Opened, chosen: usize) -> Option<Finding> {
    let name = |index: usize| format!("`{}`", opened.sheets[index].0);
    if opened.is_hidden(chosen) {
        let message = format!("sheet {} is read, which Excel does not show: it is hidden", name(chosen));
        let help = "make sure that it is not a working copy; `sheet` in the block names the sheet that is read";
        return Some(Finding::warning("hidden-sheet", message, help));
    }
    let before: Vec<String> = (0..chosen).filter(|&index| opened.is_hidden(index)).map(name).collect();
    let message = format!("hidden sheets before the one that is read are left out: {}", before.join(", "));
    (!before.is_empty()).then(|| {
        Finding::note("hidden-sheet", message, "nothing to do, unless one of them is meant: name it under `sheet`")
    })
}

pub(super) fn sheet_layout(pipeline: &Pipeline, own: &Cut<'_>) -> Result<SheetLayout, Finding> {
    let (header, under) = (own.header.clone(), own.under.map(str::to_owned));
    let layout = SheetLayout { header, under, may_be_empty: own.may_be_empty, ..SheetLayout::default() };
    match own.range {
        None => Ok(layout),
        Some(range) => layout.range(range.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no range of cells", range.get_ref());
            Finding::error("pipeline-declaration", message, "write it as Excel does, such as `A5:J160`")
                .at(pipeline.block_place(range.span()))
        }),
    }
}
