//! Where an engine finds the rows of a table.
//!
//! In: a file, or the name of a table of the engine. Out: what stands behind `FROM`, and the name of each column.

use super::dialect::Dialect;

/// The rows of a table on an engine.
#[derive(Clone, Debug, Default)]
pub struct Relation {
    /// The statement that must have been carried out before; empty where none must.
    pub before: String,
    /// What stands behind `FROM`.
    pub source: String,
    /// The names of the columns, in the order of the file.
    pub columns: Vec<String>,
}

/// What a column of a file without names of its own is called.
fn numbered(width: usize) -> Vec<String> {
    (1..=width).map(|column| format!("c{column}")).collect()
}

impl Relation {
    /// A comma-separated file in UTF-8 with one header row and `width` columns; `is_broken` where cells have line ends.
    pub fn csv(dialect: Dialect, table: &str, path: &str, width: usize, is_broken: bool) -> Relation {
        let columns = numbered(width);
        let path = dialect.text(path);
        match dialect {
            Dialect::Duckdb => {
                let types: Vec<String> = columns.iter().map(|column| format!("'{column}': 'VARCHAR'")).collect();
                let types = types.join(", ");
                let source = format!(
                    "read_csv({path}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{types}}})"
                );
                Relation { before: String::new(), source, columns }
            }
            Dialect::Spark => {
                let source = dialect.name(&format!("abreast_{table}"));
                let types: Vec<String> = columns.iter().map(|column| format!("{column} STRING")).collect();
                let before = format!(
                    "CREATE OR REPLACE TEMPORARY VIEW {source} ({}) USING csv OPTIONS (path {path}, header 'true', \
                     enforceSchema 'true', mode 'FAILFAST', quote '\"', escape '\"', encoding 'UTF-8', multiLine '{is_broken}');\n",
                    types.join(", ")
                );
                Relation { before, source, columns }
            }
        }
    }

    /// Rows that were written as Parquet, with `taken` behind their `width` columns.
    pub fn rows(dialect: Dialect, path: &str, width: usize) -> Relation {
        let source = match dialect {
            Dialect::Duckdb => format!("read_parquet({})", dialect.text(path)),
            Dialect::Spark => format!("parquet.{}", dialect.name(path)),
        };
        Relation { before: String::new(), source, columns: numbered(width) }
    }

    /// A table that the engine has, whose columns are called as the file calls them.
    pub fn named(source: &str, columns: Vec<String>) -> Relation {
        Relation { before: String::new(), source: source.to_owned(), columns }
    }
}
