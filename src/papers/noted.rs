//! Notes of charts that stand in the paper already: what says nothing new is left out.
//!
//! In: the sections of a paper. Out: the same without the notes that a reader has read: on what changed in the whole paper, on
//! gaps and cautions in their section.

use crate::publish::document::{Block, Section};

/// How a note on a new way of counting begins, which each chart marks with a line besides.
const CHANGED: &str = "New way of counting";

/// Leaves out of the charts' notes what an earlier one says in the same words.
pub fn once(sections: &mut [Section]) {
    let mut changes: Vec<String> = Vec::new();
    for section in sections {
        let mut here: Vec<String> = Vec::new();
        let charts = section.blocks.iter_mut().filter_map(|block| match block {
            Block::Charts(charts) => Some(&mut charts.figures),
            _ => None,
        });
        for figure in charts.flatten() {
            figure.notes.retain(|note| {
                let known = if note.starts_with(CHANGED) { &mut changes } else { &mut here };
                let is_new = !known.contains(note);
                if is_new {
                    known.push(note.clone());
                }
                is_new
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::once;
    use crate::publish::document::{Block, Charts, PaperChart, Section};

    #[test]
    fn a_note_stands_once_in_its_section_and_one_on_a_change_once_in_the_paper() {
        let chart = |notes: &[&str]| PaperChart {
            notes: notes.iter().map(|note| (*note).into()).collect(),
            ..PaperChart::default()
        };
        let section =
            |figures| Section { blocks: vec![Block::Charts(Charts { across: 2, figures })], ..Section::default() };
        let (changed, gap) = ("New way of counting: by person from 2023.", "No figure for Hull for 2019.");
        let mut sections = vec![
            section(vec![chart(&[changed, gap]), chart(&[changed, gap, "Mind."])]),
            section(vec![chart(&[gap, changed])]),
        ];
        once(&mut sections);
        let left: Vec<Vec<String>> = sections
            .iter()
            .flat_map(|section| match &section.blocks[0] {
                Block::Charts(charts) => charts.figures.iter().map(|figure| figure.notes.clone()).collect::<Vec<_>>(),
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(left, [vec![changed, gap], vec!["Mind."], vec![gap]]);
    }
}
