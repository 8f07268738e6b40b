//! What the words of every chart of places share: where the chosen authority stands, and how far all reach.
//!
//! In: its figure, its relations, its rank. Out: the title, and the sentences about it.

use super::{Relation, cautions, choose, joined, rank};
use crate::chart::data::{Context, Figure, Period};
use crate::chart::words;

/// What a chart of places knows of the chosen authority.
pub(super) struct Standing<'a> {
    /// Who, what and the flags.
    pub context: &'a Context,
    /// When.
    pub period: &'a Period,
    /// Its figure; nothing where the authority is not in the data at all.
    pub figure: Option<&'a Figure>,
    /// How it compares.
    pub relations: Vec<Relation>,
}

impl Standing<'_> {
    /// The title: the tested difference first, then the rank, then the bare figure.
    pub fn title(&self) -> String {
        let (context, when) = (self.context, &self.period.prose);
        let (subject, short) = (&context.subject, &context.measure.short);
        let Some(value) = self.figure.and_then(Figure::number) else {
            let why = self.figure.map_or("not in these data", Figure::reason);
            return choose(
                context,
                &[
                    format!("{subject} has no figure for {short} in {when} ({why})"),
                    format!("{subject} has no figure for {short} ({why})"),
                    format!("{subject} has no figure ({why})"),
                ],
            );
        };
        let value = words::value(value, &context.measure);
        // A rank on small numbers would be read as more than it is.
        let rank = context.flags.rank.filter(|_| context.flags.small_cohort.is_none()).map(rank);
        let place = rank.as_ref().map_or_else(String::new, |rank| format!(", {rank}"));
        let tested: Vec<Relation> = self.relations.iter().filter(|r| !r.words.is_empty()).cloned().collect();
        let small = if context.flags.small_cohort.is_some() { " on small numbers" } else { "" };
        if let Some(first) = tested.first() {
            let (both, one) = (joined(&tested), first.short());
            return choose(
                context,
                &[
                    format!("{short} in {subject}: {both}{small}, at {value}{place}"),
                    format!("{short} in {subject}: {one}{small}, at {value}{place}"),
                    format!("{short} in {subject}: {both}{small}, at {value}"),
                    format!("{short} in {subject}: {one}{small}, at {value}"),
                    format!("{subject} is {both}{small}, at {value}{place}"),
                    format!("{subject} is {one}{small}, at {value} in {when}"),
                    format!("{subject} is {one}{small}, at {value}"),
                ],
            );
        }
        let beside = self.relations.first().map_or_else(String::new, |r| format!(", {}", r.short()));
        match rank {
            Some(rank) => choose(
                context,
                &[
                    format!("{subject} ranked {rank} for {short} in {when}, at {value}{small}"),
                    format!("{subject} ranked {rank} for {short}, at {value}{small}"),
                    format!("{subject} ranked {rank} in {when}, at {value}{small}"),
                ],
            ),
            None => choose(
                context,
                &[
                    format!("{short} in {subject} stood at {value}{small} in {when}{beside}"),
                    format!("{short} in {subject} stood at {value}{small}{beside}"),
                    format!("{subject} stood at {value}{small} in {when}{beside}"),
                    format!("{subject} stood at {value}{small}{beside}"),
                    format!("{subject} stood at {value}{small} in {when}"),
                ],
            ),
        }
    }

    /// The sentences about the chosen authority.
    pub fn sentences(&self) -> String {
        let context = self.context;
        let Some(value) = self.figure.and_then(Figure::number) else {
            let why = self.figure.map_or("it is not in these data", Figure::reason);
            return format!(" {} has no figure: {why}.{}", context.subject, cautions(context));
        };
        let mut text = format!(" {} stands at {}", context.subject, words::value(value, &context.measure));
        if let Some(known) = context.flags.rank {
            text.push_str(&format!(", {} with a figure", rank(known)));
        }
        text.push('.');
        for relation in &self.relations {
            let said = if relation.words.is_empty() {
                format!(" {} stands at {}.", words::sentence(&relation.who), relation.value)
            } else {
                format!(" It is {}.", relation.full())
            };
            text.push_str(&said.replace("neighbours stands", "neighbours stand"));
        }
        text + &cautions(context)
    }
}

/// Lowest and highest with their names: `The figures run from 3.1% (A) to 96.0% (B).`
pub(super) fn extent(context: &Context, sorted: &[(&str, f64)]) -> String {
    let (Some(high), Some(low)) = (sorted.first(), sorted.last()) else {
        return " Nobody has a figure.".into();
    };
    let say = |value| words::value(value, &context.measure);
    if sorted.len() == 1 {
        return String::new();
    }
    if say(low.1) == say(high.1) {
        return format!(" All {} have the same figure, {}.", sorted.len(), say(low.1));
    }
    let who = |end: (&str, f64)| match sorted.iter().filter(|(_, value)| say(*value) == say(end.1)).count() {
        0 | 1 => end.0.to_owned(),
        many => authorities(many),
    };
    format!(" Figures run from {} ({}) to {} ({}).", say(low.1), who(*low), say(high.1), who(*high))
}

/// `148 local authorities`.
pub(super) fn authorities(number: usize) -> String {
    words::counted(number, "local authority", "local authorities")
}
