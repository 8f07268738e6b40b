//! What the names in the rules of records lead to: tables, picks, fields, days.

use std::collections::BTreeSet;

use super::records::placeholders;
use super::{Pipeline, ReleaseBlock};
use crate::declaration::{Kind, Mention, Mistake, Step};

/// The names that rules of records can refer to.
pub(super) struct Known {
    /// Fields: `TABLE.FIELD`, `PICK.FIELD`, those of the one table without a name, and worked-out ones.
    pub fields: BTreeSet<String>,
    tables: BTreeSet<String>,
    picks: BTreeSet<String>,
    days: BTreeSet<String>,
    /// The fields and identifiers of the table that is counted.
    own: BTreeSet<String>,
}

impl Known {
    /// What `pipeline` and the file of tables that it names declare.
    pub fn of(pipeline: &Pipeline) -> Known {
        let blocks = &pipeline.releases;
        let tables: BTreeSet<String> = blocks.iter().flat_map(|block| block.table.keys().cloned()).collect();
        let mut fields: BTreeSet<String> = pipeline.field.keys().cloned().collect();
        fields.extend(blocks.iter().flat_map(|block| block.columns.keys().cloned()));
        fields.extend(pipeline.predecessor.iter().flat_map(|known| known.mark.keys().cloned()));
        fields.extend(tables.iter().flat_map(|table| {
            let own = of_table(blocks, table);
            own.into_iter().map(move |field| format!("{table}.{field}"))
        }));
        for (name, pick) in &pipeline.pick {
            for table in pipeline.joined(pick.table(name)) {
                fields.extend(of_table(blocks, &table).iter().map(|field| format!("{name}.{field}")));
            }
        }
        let (picks, days) = (pipeline.pick.keys().cloned().collect(), pipeline.day.keys().cloned().collect());
        let counted = blocks.iter().filter_map(|block| block.table.get(pipeline.rows.as_ref()?));
        let mut own: BTreeSet<String> =
            counted.flat_map(|table| table.columns.keys().chain(table.identifiers.keys()).cloned()).collect();
        if pipeline.rows.is_none() {
            own.extend(blocks.iter().flat_map(|block| block.columns.keys().cloned()));
        }
        Known { fields, tables, picks, days, own }
    }

    /// What is wrong with a name in a rule of records.
    pub fn mistake(&self, mention: &Mention, blocks: &[ReleaseBlock]) -> Option<Mistake> {
        let word = mention.word.as_str();
        let words = |known: &BTreeSet<String>| known.iter().cloned().collect::<Vec<_>>();
        let (what, known, help) = match mention.kind {
            Kind::Own => ("a field that the table does not map", own_fields(mention, blocks), MAP_IT),
            Kind::Identifying => ("neither a field nor an identifier of the rows counted", words(&self.own), MAP_IT),
            Kind::TableName => ("no table of records", words(&self.tables), "declare it as `[release.table.NAME]`"),
            Kind::Rows => {
                let both = self.tables.union(&self.picks).cloned().collect();
                ("neither a table nor a pick", both, "declare it as `[release.table.NAME]` or `[pick.NAME]`")
            }
            Kind::DayName => ("no named day", words(&self.days), "declare it under `[day]`"),
            Kind::Operand => {
                let both = self.days.union(&self.fields).cloned().collect();
                ("neither a field nor a named day", both, "map it in a table, or declare it under `[field]` or `[day]`")
            }
            Kind::Ordering => {
                let field = word.strip_prefix('-').unwrap_or(word);
                let fits = self.fields.contains(field);
                return (!fits).then(|| unknown_field(mention, field, &self.fields));
            }
            Kind::Filled => {
                let field = placeholders(word).find(|field| !self.fields.contains(*field))?;
                let braced = self.fields.iter().map(|field| format!("{{{field}}}")).collect();
                return Some(unknown_field(mention, &format!("{{{field}}}"), &braced));
            }
            _ => return None,
        };
        let is_known = known.iter().any(|known| known == word);
        (!is_known).then(|| Mistake::unknown(mention, what, known.iter().map(String::as_str), help))
    }
}

const MAP_IT: &str = "map it under `columns` of a table, or work it out under `[field]`";

fn unknown_field(mention: &Mention, field: &str, known: &BTreeSet<String>) -> Mistake {
    let word = Mention { word: field.to_owned(), ..mention.clone() };
    Mistake::unknown(&word, "a field that is not there", known.iter().map(String::as_str), MAP_IT)
}

/// The fields that any block maps in a table.
fn of_table(blocks: &[ReleaseBlock], table: &str) -> BTreeSet<String> {
    let tables = blocks.iter().filter_map(|block| block.table.get(table));
    tables.flat_map(|table| table.columns.keys().cloned()).collect()
}

/// The fields of the table that a name stands in.
fn own_fields(mention: &Mention, blocks: &[ReleaseBlock]) -> Vec<String> {
    let name = mention.steps.windows(2).find_map(|pair| match pair {
        [Step::Key(table), Step::Key(name)] if table == "table" => Some(name),
        _ => None,
    });
    let block = mention.number().and_then(|number| blocks.get(number));
    let table = block.zip(name).and_then(|(block, name)| block.table.get(name));
    table.map_or_else(Vec::new, |table| table.columns.keys().cloned().collect())
}
