//! The columns of the published tables, each declared once.
//!
//! A column that stands in several tables means the same in each. A definition names every word that a column of a few
//! words can hold.

use crate::frame::kind::{Days, Numbers, Smalls, Truths, Wholes, Words};
use crate::frame::{About, Declared, Kind};

/// A type for each column, from its name in the tables, what it holds, its label, its definition and its unit; after
/// `whole:` those that `run` fills only in the rows about the whole.
macro_rules! columns {
    (every: $($every:tt)+) => { columns!(@ false $($every)+); };
    (whole: $($whole:tt)+) => { columns!(@ true $($whole)+); };
    (@ $whole:literal $($column:ident $name:literal $kind:ident $label:literal, $definition:literal, $unit:literal;)+) => {
        $(
            #[doc = $label]
            #[derive(Clone, Copy, Debug)]
            pub struct $column;

            impl Declared for $column {
                type Kind = $kind;
                const ABOUT: About = About {
                    name: $name,
                    holds: <$kind as Kind>::HOLDS,
                    label: $label,
                    definition: $definition,
                    unit: $unit,
                    whole_only: $whole,
                };
            }
        )+
    };
}

// What a figure is about, and where it was read.
columns! { every:
    Table "table" Words "Table",
        "Name of the table, which is also that of its pipeline file and its Parquet file", "";
    Release "release" Words "Release",
        "Release that the figure came in: the folder in which the publisher's file was filed", "";
    Latest "latest" Truths "Whether this is the newest release that has the figure",
        "True in the newest release that has the figure of this measure, area, breakdown and period; only these rows are \
         compared", "";
    Period "period" Words "Period as the publisher writes it",
        "Period as the publisher writes it, such as `202425` or `2024`; one that two releases write in two ways stands as \
         the newer writes it", "";
    PeriodIdentifier "period_identifier" Words "Period identifier as published",
        "Kind of period in the publisher's words, such as `Academic year`, `Calendar year` or `January`", "";
    PeriodStart "period_start" Days "First day of the period", "First day of the period", "date";
    PeriodEnd "period_end" Days "Last day of the period",
        "Last day of the period; a count on one day has that day as first and last", "date";
    PeriodLength "period_length" Words "How long the period is",
        "`year` for a year of any kind and for a count on one day, `3 years`, `term`, `two terms`, `quarter`, `6 months`, \
         `month`, `week`; with the last day it is what makes two periods one, however they are written", "";
    Level "level" Words "Geographic level",
        "`country`, `region`, `authority`, `school`, or `other` for another part of an authority", "";
    LaCode "la_code" Words "3-digit code of the local authority",
        "3-digit code of the local authority, which outlives a change of the 9-character code; null for other areas", "";
    OnsCode "ons_code" Words "9-character code of the area",
        "9-character code of the area that was valid at the end of the period", "";
    AreaName "area_name" Words "Name of the area", "Name of the area", "";
    BreakdownTopic "breakdown_topic" Words "What the figure is broken down by",
        "What the figure is broken down by; `Total` for the whole", "";
    Breakdown "breakdown" Words "Breakdown", "Part that the figure is about; `Total` for the whole", "";
    Measure "measure" Words "Measure, by name",
        "Measure, by name; the footer of the file has its label, unit, polarity and definition", "";
    Value "value" Numbers "Figure",
        "Figure, in the unit of its row; null where there is none, and `status` then says why", "unit of the row";
    Numerator "numerator" Numbers "Numerator of the figure",
        "Count above the line; null where the publisher gives none", "count";
    Denominator "denominator" Numbers "Denominator of the figure",
        "Count below the line; null where the publisher gives none", "count";
    Unit "unit" Words "Unit of the figure",
        "What the figure is counted in: `number`, `percent`, `per 100`, `rate per 1,000`, `rate per 10,000`, `rate per 100,000`, \
         `ratio`, `pounds`, `days`, `weeks`, `months`, `grade`, `score`, or `code` for what is no quantity", "";
    Status "status" Words "Why a figure is missing or marked; number where it is there",
        "`number` where the figure is there, else why it is missing or marked: `not_available`, `not_applicable`, \
         `confidential`, `suppressed`, `low` (rounds to 0 but is not 0), `unreliable`, \
         `protected` (hidden here, so that nobody can be found in a small number); or whose it is: `worked_out` (from its \
         counts, where the publisher gives no rate), `differs` (from its counts, where the publisher prints the rate in \
         `raw`), `doubtful` (published, doubted by a check and in no rank), `back_cast` (of an authority before it opened) and \
         `residual` (of one that had closed, or what is left of it beside its successors), both shown and in no rank and no mean", "";
    Raw "raw" Words "Text of the cell where it is not a plain number",
        "Text of the cell where it is not a plain number, or the rate as printed where the figure is another", "";
    File "file" Words "Source file", "Source file, as its path below the folder of returns", "";
    Sheet "sheet" Words "Sheet of a workbook", "Sheet of a workbook, or `row group 3` of Parquet; null for a text file", "";
    Row "row" Wholes "Row in the source as Excel counts it",
        "Row in the source as Excel counts it, of Parquet counted from 1 through the file; null where a figure is counted from many rows", "row";
    Column "column" Smalls "Column in the source, 1 for A",
        "Column in the source, 1 for A; null where a figure is counted from many cells", "column";
}

// What was refused or found.
columns! { every:
    Cell "cell" Words "Cell in the source as Excel names it", "Cell in the source as Excel names it, such as `F12`", "";
    Text "text" Words "Text of that cell; the whole row where no single cell is to blame",
        "Text of that cell; the whole row where no single cell is to blame", "";
    Rule "rule" Words "Rule that refused the row: the code of the finding",
        "Rule that refused the row: the code of the finding", "";
    Message "message" Words "What was found and what was expected", "What was found and what was expected", "";
    Help "help" Words "What to do about it", "What to do about it", "";
    Rows "rows" Wholes "Rows that the line stands for",
        "Rows that the line stands for: 1, or all of a file that was refused as a whole", "rows";
    Severity "severity" Words "How serious it is",
        "`error` where the table was not written, `warning` where it has to be looked at, `note` where it is to be known", "";
    Code "code" Words "Kind of finding", "Kind of finding, the same word for the same kind from year to year", "";
}

// What a column is.
columns! { every:
    DescribedTable "table" Words "File or files", "File or files that have the column, in the folder of outputs", "";
    DescribedColumn "column" Words "Column", "Name of the column", "";
    DescribedType "type" Words "What it holds", "What the column holds; in a CSV file everything is text", "";
    Label "label" Words "What it is", "What the column is, in a few words", "";
    Definition "definition" Words "What it means", "What the column means, and the words that can stand in it", "";
    DescribedUnit "unit" Words "What it is counted in", "What its cells are counted in; empty for words", "";
    DescribedRows "rows" Words "The rows that have it", "`all`, or the rows that the column is filled for", "";
}

// The star schema: keys from 1 that hold within one folder, and what its tables say of a figure.
columns! { every:
    AreaKey "area_key" Wholes "Key of the area", "Key of the area: the same number in `facts` and `areas` of one folder", "";
    PeriodNumber "period_key" Wholes "Key of the period",
        "Key of the period: the same number in `facts` and `periods` of one folder", "";
    MeasureKey "measure_key" Wholes "Key of the measure",
        "Key of the measure: the same number in `facts` and `measures` of one folder", "";
    BreakdownKey "breakdown_key" Wholes "Key of the breakdown",
        "Key of the breakdown: the same number in `facts` and `breakdowns` of one folder", "";
    RegionName "region" Words "Region of an authority",
        "Region that the authority is in; null for other areas", "";
    MeasureLabel "measure_label" Words "Measure, in words", "Measure, in words", "";
    MeasureDefinition "measure_definition" Words "What the measure is", "What the measure is, as its table defines it", "";
    MeasureTopic "measure_topic" Words "Matter of the measure", "Matter by which measures are grouped; null where none is said", "";
    TableTitle "table_title" Words "Title of the table", "Title of the table that the measure stands in", "";
    SourceWords "source" Words "Source of the figures", "Publisher and publication of the figures", "";
    Licence "licence" Words "Licence of the figures", "Licence of the figures, as an SPDX name", "";
    Reads "caution" Words "What to be careful with", "What a reader is likely to misread in the measure; null for nothing", "";
}

// What an authority is compared with, and how it stands.
columns! { every:
    Comparator "comparator" Words "What the authority is compared with",
        "`england`, `region`, `neighbours`, or the year of an older set of neighbours, such as `neighbours-2021`", "";
    ComparatorName "comparator_name" Words "Name of the comparator",
        "Name of the comparator, such as that of the region or `Statistical neighbours (2025)`", "";
    ComparatorValue "comparator_value" Numbers "Figure of the comparator",
        "Figure of the comparator; null where there is none, and `comparator_status` then says why", "unit of the row";
    ComparatorStatus "comparator_status" Words "Why the comparator has no figure",
        "As `status`, for the figure of the comparator", "";
    Average "average" Words "How the comparator's figure is made: as published, or the plain mean of its members",
        "`published` where the publisher prints the comparator's figure, `mean` where it is the plain mean of its members", "";
    Used "used" Smalls "How many members of the comparator had a figure",
        "How many members of the comparator had a figure", "authorities";
    Members "members" Smalls "How many members the comparator has", "How many members the comparator has", "authorities";
    Rank "rank" Smalls "Rank among open authorities with a figure, 1 the best; ties share the lowest number",
        "Rank among the authorities open at the end of the period that have a figure: 1 the best, or the highest where \
         neither way is good; ties share the lowest number", "place";
    OutOf "out_of" Smalls "How many authorities were ranked", "How many authorities were ranked", "authorities";
    Change "change" Numbers "Change on the period a year before",
        "The figure less that of the period a year before; null where there is none, and `change_note` then says why",
        "unit of the row";
    ChangeNote "change_note" Words "Why there is no change",
        "Why there is no change: the first period, a gap or break in the series, or no figure in one of the two", "";
    Polarity "polarity" Words "Which way is good: high, low or none", "Which way is good: `high`, `low` or `none`", "";
}

// What is worked out for the whole alone: for every breakdown it would cost more than all the rest.
columns! { whole:
    Lower "lower" Numbers "Lower 95% limit of the figure (Wilson for percentages, exact or Byar's for rates)",
        "Lower 95% limit of the figure: Wilson for percentages, exact or Byar's for rates", "unit of the row";
    Upper "upper" Numbers "Upper 95% limit of the figure", "Upper 95% limit of the figure", "unit of the row";
    BeyondChance "beyond_chance" Words "The figure against the comparator, beyond its 95% interval",
        "Whether the comparator's figure is outside the 95% interval of the authority's: `better` or `worse`, `higher` or \
         `lower` where neither way is good, `similar` inside it, `small cohort` where the denominator is too small to say", "";
    Unusual "unusual" Words
        "Place in the funnel with over-dispersion (additive random effects, winsorised): beyond 95% or far beyond 99.8% limits",
        "Place in the funnel with over-dispersion (additive random effects, winsorised): `within`, `above` or `below` the \
         95% limits, `far above` or `far below` the 99.8% limits", "";
    RankLower "rank_lower" Smalls "Best rank the authority may hold (pairwise tests at 95%, Holm)",
        "Best rank the authority may hold (pairwise tests at 95%, Holm)", "place";
    RankUpper "rank_upper" Smalls "Worst rank the authority may hold",
        "Worst rank the authority may hold, by the same tests", "place";
    Band "band" Words "Quartile band as LAIT prints it, A the best",
        "Quartile band as LAIT prints it: `A` the best, `B`, `C`, `D`", "";
    BandCertain "band_certain" Words "Whether every rank the authority may hold is in that band",
        "`yes` where every rank the authority may hold is in that band, else `no`", "";
    Trend "trend" Words "Trend of the latest five unbroken years at 99.8%",
        "Trend of the latest five unbroken years at 99.8%: `increasing`, `decreasing`, either with `_getting_better` or \
         `_getting_worse` where one way is good, or `no_change`", "";
    Median "median" Numbers "Median of the comparator's members", "Median of the comparator's members", "unit of the row";
    Pooled "pooled" Numbers "Sum of the members' numerators over sum of their denominators",
        "Sum of the members' numerators over sum of their denominators", "unit of the row";
    WithoutOneLower "without_one_lower" Numbers "Lowest mean with one member left out",
        "Lowest mean of the members with one of them left out", "unit of the row";
    WithoutOneUpper "without_one_upper" Numbers "Highest mean with one member left out",
        "Highest mean of the members with one of them left out", "unit of the row";
    Flips "flips" Words "Whether the choice of average or of neighbour set turns above into below",
        "What turns above into below: the choice of `average` (median or pooled for mean), of the `set` of neighbours \
         (that of another year), or both (`average and set`); null for neither", "";
}
