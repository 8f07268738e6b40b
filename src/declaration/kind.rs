//! What the text of a key is: free words, the name of a measure, a glob, a period. Each kind is a type that the
//! declaration of a key names, so that the JSON schema and the check of every file follow from one line.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// The keyword of the JSON schema that carries a kind; editors pass over it.
pub const KEYWORD: &str = "x-kind";

macro_rules! kinds {
    (@types) => { "string" };
    (@types $types:tt) => { serde_json::json!($types) };
    ($($(#[$doc:meta])+ $name:ident $word:literal $(as $types:tt)?)+) => {
        /// What a text or a name in a declared file is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])+ $name,)+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Kind] = &[$(Kind::$name,)+];

            /// The word in the JSON schema.
            pub fn word(self) -> &'static str {
                match self {
                    $(Kind::$name => $word,)+
                }
            }
        }

        $(
            $(#[$doc])+
            pub struct $name;

            impl JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    $word.into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": kinds!(@types $($types)?), KEYWORD: $word })
                }
            }
        )+
    };
}

kinds! {
    /// Words for people: nothing is looked up by them.
    Words "words"
    /// Words for people in which `{}` stands for a figure.
    Sentence "sentence"
    /// Words for people in which `{authority}` stands for a name.
    Introduction "introduction"
    /// The text of a cell or a part of one, as a publisher writes it.
    Cell "cell"
    /// The word of a field of records: text, `*` for any, nothing for none.
    FieldWord "word of a field"
    /// A mark in place of a number.
    Mark "mark"
    /// The name of a folder below the returns folder.
    Folder "folder"
    /// The name of a file without its folder.
    FileName "file name"
    /// A glob that names of files, sheets or columns, or the words of cells, fit.
    Glob "glob"
    /// The name of a source column.
    Column "column"
    /// The name of a source column, in which `{period}`, `{breakdown}` and `*` stand for a part.
    Template "column template"
    /// The name of a column by which labels are given.
    Labelled "labelled column"
    /// The name of a column that `filters` names.
    Filter "filter column"
    /// The cells of a table, such as `A5:J160`.
    Cells "range of cells"
    /// The name of a new measure.
    NewMeasure "new measure"
    /// The name of a measure of this table.
    Measure "measure"
    /// The key of a count: mapped by a block.
    Count "count"
    /// A key of `columns`: a measure or a count of one; of records, the name of a field.
    Key "key"
    /// A key that the same block maps.
    Mapped "mapped key"
    /// A field of records: mapped by a block, or marked.
    Field "field"
    /// A field of records that no block maps, made by `mark`.
    Marked "marked field"
    /// The name of something new that records are told by: a field, a day, a pick.
    NewField "new field"
    /// A field of the same table of records.
    Own "field of the table"
    /// A field or an identifier of the table of records that is counted.
    Identifying "field or identifier"
    /// A table of records.
    TableName "table of records"
    /// A table of records, or a pick of one.
    Rows "table of records or pick"
    /// A field of records that orders rows, `-` before it for the highest first.
    Ordering "field to order by"
    /// A named day or span.
    DayName "day or span"
    /// A field of records, or a named day or span.
    Operand "field or day"
    /// A word in which `{table.field}` stands for that of a field.
    Filled "word with fields"
    /// A whole number.
    Whole "whole number"
    /// A file of tables beside the pipelines.
    SharedTables "file of tables"
    /// A topic of this table.
    Topic "topic"
    /// The name that a topic is given.
    NewTopic "new topic"
    /// `Topic=breakdown` of this table.
    Slice "topic=breakdown"
    /// `Topic=breakdown` of another table.
    OtherSlice "topic=breakdown elsewhere"
    /// The name of another table.
    OtherTable "name of a table"
    /// `table/measure` of another table.
    OtherMeasure "table/measure"
    /// The name of a release, which may be written as a number.
    ReleaseName "release" as ["integer", "string"]
    /// A period as a publisher writes it.
    Period "period"
    /// A period, in which `{release}` stands for the release.
    BlockPeriod "period of a block"
    /// What kind of span a period is, such as `Academic year`.
    Identifier "period identifier"
    /// A day and a month, such as `31 March`.
    DayOfYear "day of the year"
    /// A weekday of a month, such as `third Thursday of January`.
    WeekdayOfMonth "weekday of a month"
    /// A date, such as `2025-06-26`.
    Day "date"
    /// The 3-digit code of an authority.
    Code "authority code"
    /// The name or code of an authority.
    Authority "authority"
    /// An authority, or `all`.
    Authorities "authority or all"
    /// What figures are set beside: `england`, `region`, `neighbours`, a group, an authority.
    Comparator "comparator"
    /// A measure of any table, `table/measure`, or a glob.
    Measures "measures"
    /// A topic of the measures of a section.
    SectionTopic "topic of the section"
    /// A breakdown of the topic of a section.
    SectionBreakdown "breakdown of the section"
    /// The last period shown, or `latest`.
    LastPeriod "last period"
    /// A colour, such as `#12436D`.
    Colour "colour"
    /// An address on the web.
    Address "address"
    /// The id of a data set in the statistics API.
    DataSet "data set id"
    /// The version of a data set, such as `2.0`.
    Version "data set version"
    /// What a council asks of a measure.
    Target "target"
    /// Which way is good, in a council's words.
    Aim "aim"
    /// How far off still counts as near.
    Tolerance "tolerance"
}

impl Kind {
    /// The kind that a JSON schema names.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

/// A table whose keys are of kind `K` and whose values are of `V`.
pub struct Keyed<K, V>(PhantomData<(K, V)>);

impl<K: JsonSchema, V: JsonSchema> JsonSchema for Keyed<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{} by {}", V::schema_name(), K::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (names, values) = (generator.subschema_for::<K>(), generator.subschema_for::<V>());
        json_schema!({ "type": "object", "propertyNames": names, "additionalProperties": values })
    }
}

/// One text of kind `K`, or a list of them.
pub struct OneOrMore<K>(PhantomData<K>);

impl<K: JsonSchema> JsonSchema for OneOrMore<K> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{} or several", K::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<K>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}
