//! How two engines write the same thing: names, texts, patterns, days, numbers.
//!
//! In: pieces of a query. Out: the piece as DuckDB or Spark reads it. Both give the same answer; where one of them would
//! give a number or a day another spelling, it is spelt out.

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    Duckdb,
    /// Spark SQL.
    Spark,
}

/// A select that others read from.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name, quoted.
    pub name: String,
    /// The select.
    pub sql: String,
    /// Whether the engine is to work it out once: an engine that writes selects into each other would write what is worked
    /// out of cells, joins and rules many times.
    pub is_kept: bool,
}

/// What is no letter to the eye at either end of a cell: blanks, tabs, line ends, hard blanks.
const BLANKS: &str = "' ' || chr(9) || chr(10) || chr(13) || chr(160)";

impl Dialect {
    /// A name.
    pub fn name(self, name: &str) -> String {
        match self {
            Dialect::Duckdb => format!("\"{}\"", name.replace('"', "\"\"")),
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
        }
    }

    /// A text.
    pub fn text(self, text: &str) -> String {
        match self {
            Dialect::Duckdb => format!("'{}'", text.replace('\'', "''")),
            Dialect::Spark => {
                let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
                format!("'{}'", escaped.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t"))
            }
        }
    }

    /// What a text is called.
    pub fn text_type(self) -> &'static str {
        match self {
            Dialect::Duckdb => "VARCHAR",
            Dialect::Spark => "STRING",
        }
    }

    /// Anything as a text.
    pub fn as_text(self, of: &str) -> String {
        format!("CAST({of} AS {})", self.text_type())
    }

    /// No text.
    pub fn no_text(self) -> String {
        self.as_text("NULL")
    }

    /// A text without blanks round it; the empty text where there is none.
    pub fn trimmed(self, of: &str) -> String {
        match self {
            Dialect::Duckdb => format!("trim(coalesce({of}, ''), {BLANKS})"),
            Dialect::Spark => format!("trim(BOTH ({BLANKS}) FROM coalesce({of}, ''))"),
        }
    }

    /// Whether a text fits a regular expression.
    pub fn fits(self, of: &str, regex: &str) -> String {
        match self {
            Dialect::Duckdb => format!("regexp_matches({of}, {})", self.text(regex)),
            Dialect::Spark => format!("{of} RLIKE {}", self.text(regex)),
        }
    }

    /// A text with all that fits a regular expression replaced.
    pub fn replaced(self, of: &str, regex: &str, with: &str) -> String {
        let (regex, with) = (self.text(regex), self.text(with));
        match self {
            Dialect::Duckdb => format!("regexp_replace({of}, {regex}, {with}, 'g')"),
            Dialect::Spark => format!("regexp_replace({of}, {regex}, {with})"),
        }
    }

    /// A group of what fits a regular expression.
    pub fn group(self, of: &str, regex: &str, group: usize) -> String {
        format!("regexp_extract({of}, {}, {group})", self.text(regex))
    }

    /// The days from one day to another.
    pub fn days_between(self, from: &str, to: &str) -> String {
        match self {
            Dialect::Duckdb => format!("date_diff('day', {from}, {to})"),
            Dialect::Spark => format!("datediff({to}, {from})"),
        }
    }

    /// A text as a number, nothing where it is none.
    pub fn number(self, of: &str) -> String {
        format!("TRY_CAST({of} AS DOUBLE)")
    }

    /// How many of the listed `days` hold, each called `d` in `condition`.
    pub fn how_many(self, days: &[String], condition: &str) -> String {
        let days = days.join(", ");
        match self {
            Dialect::Duckdb => format!("len(list_filter([{days}], lambda d : {condition}))"),
            Dialect::Spark => format!("size(filter(array({days}), d -> {condition}))"),
        }
    }

    /// A whole number whose bits depend on all of a text, the same on every engine.
    pub fn mark(self, of: &str) -> String {
        match self {
            Dialect::Duckdb => format!("CAST('0x' || substr(md5({of}), 1, 15) AS BIGINT)"),
            Dialect::Spark => format!("CAST(conv(substr(md5({of}), 1, 15), 16, 10) AS BIGINT)"),
        }
    }

    /// The number of a row, in the order in which the engine reads them.
    pub fn row_number(self) -> &'static str {
        match self {
            Dialect::Duckdb => "row_number() OVER ()",
            Dialect::Spark => "monotonically_increasing_id()",
        }
    }

    /// The statements that write what `query` answers of `parts` as Parquet at `to`.
    pub fn writes(self, parts: &[Part], query: &str, to: &str) -> String {
        let to = self.text(to);
        match self {
            Dialect::Duckdb => {
                let kept = |part: &Part| if part.is_kept { " MATERIALIZED" } else { "" };
                let parts: Vec<String> =
                    parts.iter().map(|part| format!("{} AS{} (\n{}\n)", part.name, kept(part), part.sql)).collect();
                format!("COPY (\nWITH {}\n{query}\n) TO {to} (FORMAT parquet);\n", parts.join(",\n"))
            }
            Dialect::Spark => {
                let view = |part: &Part| {
                    let kept = if part.is_kept { format!("CACHE LAZY TABLE {};\n", part.name) } else { String::new() };
                    format!("CREATE OR REPLACE TEMPORARY VIEW {} AS\n{};\n{kept}", part.name, part.sql)
                };
                let views: String = parts.iter().map(view).collect();
                let kept = parts.iter().filter(|part| part.is_kept);
                let given_back: String = kept.map(|part| format!("UNCACHE TABLE {};\n", part.name)).collect();
                format!("{views}INSERT OVERWRITE DIRECTORY {to} USING parquet\n{query};\n{given_back}")
            }
        }
    }
}
