//! What changed of one's own area, over all tables: figures old and new, ranks and flags with whose doing they are.

use serde::Serialize;

use super::table::{ChangedFigure, Rank, Turned, fits};
use crate::area::LaCode;
use crate::browse::address::{Class, RecordsPage};
use crate::browse::build::Build;
use crate::diff::{self, Report};
use crate::shown::{counted, sentence, whole};

/// What changed of an area.
#[derive(Serialize)]
pub struct Own {
    name: String,
    lede: String,
    figures: Vec<ChangedFigure>,
    ranks: Vec<Rank>,
    flags: Vec<Turned>,
    more: String,
}

impl Own {
    /// What changed of the area with `code`; none where nobody has the code.
    pub fn of(build: &Build, page: &RecordsPage, code: LaCode, all: &[(&Report, &diff::Own)]) -> Option<Own> {
        let name = build.register.newest(code)?.name.clone();
        let has_ranks = matches!(page.class, None | Some(Class::Ranks));
        let mut own = Own {
            lede: String::new(),
            name,
            figures: Vec::new(),
            ranks: Vec::new(),
            flags: Vec::new(),
            more: String::new(),
        };
        let (mut figures, mut moved, mut turned, mut below) = (0, 0, 0, 0);
        for (report, one) in all.iter().filter(|(report, _)| page.table.is_empty() || report.table == page.table) {
            let table = &report.table;
            figures += one.counts.iter().filter(|(kind, _)| fits(page, **kind)).map(|(_, count)| count).sum::<usize>();
            let lines = one.figures.iter().filter(|line| fits(page, line.kind));
            own.figures.extend(lines.map(|line| ChangedFigure::of(build, page, table, line, None)));
            below += one.below;
            if has_ranks {
                (moved, turned) = (moved + one.moved, turned + one.turned);
                own.ranks.extend(one.moves.iter().map(|one| Rank::of(build, page, table, one, None)));
                own.flags.extend(one.flags.iter().map(|flag| Turned::of(build, page, table, flag, None)));
            }
        }
        own.lede = lede(figures, moved, turned, below);
        let left = (figures - own.figures.len()) + (moved - own.ranks.len()) + (turned - own.flags.len());
        if left > 0 {
            own.more = format!("{} more, the smaller ones, stand in the CSV.", whole(left));
        }
        Some(own)
    }
}

/// How much changed, in a sentence.
fn lede(figures: usize, moved: usize, turned: usize, below: usize) -> String {
    let mut said = Vec::new();
    if figures > 0 {
        said.push(format!(
            "{} {}",
            counted(figures, "figure", "figures"),
            if figures == 1 { "differs" } else { "differ" }
        ));
    }
    if moved > 0 {
        said.push(format!("{} moved", counted(moved, "rank", "ranks")));
    }
    if turned > 0 {
        said.push(format!("{} against a comparator turned", counted(turned, "flag", "flags")));
    }
    if below > 0 {
        said.push(format!("{} of its schools or parts differ", counted(below, "figure", "figures")));
    }
    match said.is_empty() {
        true => "None of its figures or ranks is another.".to_owned(),
        false => format!("{}.", sentence(&crate::shown::list(&said))),
    }
}
