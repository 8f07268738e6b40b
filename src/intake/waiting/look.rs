//! A file that waits, looked at with what was chosen about it.

use std::collections::{BTreeMap, BTreeSet};

use super::line::Line;
use super::seen::{NewColumn, OwnColumn, Owned, Seen, Stranger, TableSeen};
use super::{Room, Waiting};
use crate::area::Register;
use crate::finding::Error;
use crate::grid::TextTable;
use crate::intake::answer::{Answer, answer};
use crate::intake::arrival::Arrival;
use crate::intake::assessment::Assessment;
use crate::intake::basis::Basis;
use crate::intake::choices::{Choices, Named, Renames};
use crate::intake::inspect::contents;
use crate::intake::new_pipeline::{Columns, NewPipeline, Strangers, distinct, strangers};
use crate::normalise::is_standard;
use crate::shown::counted;

/// How many words of a column are shown.
const SHOWN: usize = 6;

impl Room {
    /// What a file is held against, with the names of authorities that were chosen.
    ///
    /// # Errors
    /// A folder is not there, or a reference file does not fit.
    pub(super) fn basis(&self, choices: &Choices) -> Result<Basis, Error> {
        Basis::with(self.returns.as_deref(), self.pipelines.as_deref(), &aliases(choices))
    }

    /// Looks at a file that waits.
    ///
    /// # Errors
    /// The reference files cannot be read.
    pub fn look(&self, waiting: &Waiting) -> Result<Seen, Error> {
        let basis = self.basis(&waiting.choices)?;
        let returns: BTreeSet<String> = basis.pipelines.iter().map(|pipeline| pipeline.return_name.clone()).collect();
        let mut seen = Seen { returns: returns.into_iter().collect(), ..Seen::default() };
        let arrival = match Arrival::open(&waiting.path) {
            Ok(arrival) => arrival,
            Err(finding) => {
                seen.refused = Some((finding.message, finding.help));
                return Ok(seen);
            }
        };
        let titles = arrival.opened.sheets.iter().map(|(title, _)| title.clone());
        seen.sheets = titles.filter(|title| !title.is_empty()).collect();
        let contents = contents(&arrival);
        let own = contents.strip_prefix(&format!("{}: ", arrival.shown)).unwrap_or(&contents);
        seen.facts = facts(&format!("content  {own}"));
        match answer(&arrival, &waiting.choices.asked(), &basis) {
            Ok(answer) => self.tell(waiting, &arrival, &answer, &basis, &mut seen)?,
            Err(Error::Usage { message, help }) => seen.refused = Some((message, help)),
            Err(error) => return Err(error),
        }
        Ok(seen)
    }

    fn tell(
        &self,
        waiting: &Waiting,
        arrival: &Arrival,
        answer: &Answer<'_>,
        basis: &Basis,
        seen: &mut Seen,
    ) -> Result<(), Error> {
        let choices = &waiting.choices;
        seen.facts.extend(facts(&answer.columns.text()));
        seen.tables = answer.kin.iter().map(|assessed| table(assessed, choices)).collect();
        seen.perhaps = answer
            .perhaps
            .iter()
            .map(|(candidate, evidence)| {
                (candidate.pipeline.name.clone(), candidate.pipeline.title.clone(), evidence.text())
            })
            .collect();
        seen.own = answer.new_pipeline.as_ref().map(owned);
        let of_kin = answer.kin.iter().find(|assessed| !choices.of(&assessed.candidate.pipeline.name).left);
        let unknown = match (of_kin, &answer.new_pipeline) {
            (Some(assessed), _) => refused_names(assessed, &basis.register),
            (None, Some(new_pipeline)) => unknown(&new_pipeline.table, &new_pipeline.columns, &basis.register),
            (None, None) => Strangers::default(),
        };
        seen.strangers = nearest(&unknown, choices, &basis.register);
        for assessed in answer.kin.iter().filter(|assessed| !assessed.candidate.rivals.is_empty()) {
            let message = format!("`{}` fits several sheets", assessed.candidate.pipeline.name);
            seen.open.push((message, "say which sheet it is on".to_owned()));
        }
        open(seen);
        self.destined(waiting, arrival, answer, basis, seen)
    }
}

/// The names of authorities that were chosen, as `aliases.csv` has them.
pub(super) fn aliases(choices: &Choices) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (name, code) in choices.aliases() {
        // Writing to memory cannot fail.
        let _ = writer.write_record([name, code]);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Lines of a head and words, apart.
fn facts(text: &str) -> Vec<(String, String)> {
    let line = |line: &str| {
        let (head, words) = line.split_once("  ").or_else(|| line.split_once(": "))?;
        Some((head.trim().to_owned(), words.trim().to_owned()))
    };
    text.lines().filter_map(line).collect()
}

/// What is left to answer in tables and areas.
fn open(seen: &mut Seen) {
    for table in seen.tables.iter().filter(|table| !table.left) {
        let lines = table.columns.iter().chain(&table.labels).filter(|line| line.is_open()).count();
        if lines > 0 {
            let message = format!("{} of `{}` wait for an answer", counted(lines, "name", "names"), table.table);
            seen.open.push((message, "choose what each is now".to_owned()));
        }
        if table.asks_period && table.period.is_none() {
            let message = format!("the file does not say of which period the figures of `{}` are", table.table);
            seen.open.push((message, "write the period".to_owned()));
        }
        if let Some(error) = table.findings.iter().find(|finding| finding.is_error()).filter(|_| lines == 0) {
            seen.open.push((error.message.clone(), error.help.clone()));
        } else if table.observations == 0 && lines == 0 {
            let message = format!("`{}` would get no figure of this file", table.table);
            seen.open.push((message, "see what is left out, or say that the file is not for this table".to_owned()));
        }
        if table.elsewhere > 0 {
            let message =
                format!("{} in releases before stop `{}`", counted(table.elsewhere, "error", "errors"), table.table);
            seen.open.push((message, "see the findings, and mend those first".to_owned()));
        }
    }
    if let Some(own) = &seen.own {
        let unanswered = own.open.iter().filter(|line| !line.contains("data/reference/aliases.csv"));
        seen.open.extend(unanswered.map(|line| (line.clone(), "choose it below".to_owned())));
        if let Some(error) = own.findings.iter().find(|finding| finding.is_error()) {
            seen.open.push((error.message.clone(), error.help.clone()));
        } else if own.observations == 0 {
            seen.open.push(("no figure would be read of this file".to_owned(), "see what each column is".to_owned()));
        }
    }
    let strangers = seen.strangers.iter().filter(|stranger| stranger.chosen.is_none()).count();
    if strangers > 0 {
        let message = format!(
            "{} in the file {} no area that is known",
            counted(strangers, "name", "names"),
            if strangers == 1 { "is" } else { "are" }
        );
        seen.open.push((message, "choose whom each means, or leave its rows out".to_owned()));
    }
}

/// A table that reads the file, as it is seen.
fn table(assessed: &Assessment<'_>, choices: &Choices) -> TableSeen {
    let pipeline = assessed.candidate.pipeline;
    let chosen = choices.of(&pipeline.name);
    let mut seen = TableSeen {
        table: pipeline.name.clone(),
        title: pipeline.title.clone(),
        from: assessed.candidate.block.from.get_ref().to_string(),
        holds: assessed.holds(),
        left: chosen.left,
        evidence: assessed.evidence.text(),
        period: chosen.period.clone(),
        marks: marks(assessed, &chosen),
        block: assessed.block.clone(),
        path: pipeline.path.clone(),
        instead: assessed.instead.clone(),
        rows: assessed.trial.rows,
        observations: assessed.trial.observations,
        findings: assessed.trial.errors.iter().chain(&assessed.trial.warnings).cloned().collect(),
        elsewhere: assessed.trial.elsewhere,
        sample: assessed.trial.sample.clone(),
        ..TableSeen::default()
    };
    let Some(proposal) = &assessed.proposal else { return seen };
    let of = |map: &BTreeMap<String, BTreeMap<String, String>>, key: &str, old: &str| {
        map.get(key).and_then(|old_names| old_names.get(old)).cloned()
    };
    seen.columns = proposal
        .found
        .iter()
        .map(|found| {
            let chosen = of(&chosen.columns, &found.0.key, &found.0.name);
            Line::of(found, chosen.as_ref(), &proposal.free, &assessed.apart, true)
        })
        .collect();
    seen.labels = proposal
        .found_labels
        .successors
        .iter()
        .map(|found| {
            let chosen = of(&chosen.labels, &found.0.key, &found.0.name);
            let free = proposal.found_labels.new.iter().filter(|(column, _)| *column == found.0.key);
            let free: Vec<String> = free.map(|(_, label)| label.clone()).collect();
            Line::of(found, chosen.as_ref(), &free, &[], false)
        })
        .collect();
    seen.new_labels.clone_from(&proposal.labels.new);
    let words = words_of(&assessed.view.0);
    let made = proposal.measures.iter().map(|(name, _)| name);
    seen.new = proposal
        .new
        .iter()
        .chain(made)
        .map(|name| NewColumn {
            name: name.clone(),
            words: words.get(name).cloned().unwrap_or_default(),
            made: chosen.measures.get(name).cloned(),
        })
        .collect();
    seen.asks_period = proposal.open || chosen.period.is_some();
    seen.notes.clone_from(&proposal.notes);
    seen
}

/// A table of its own, as it is seen.
fn owned(new_pipeline: &NewPipeline) -> Owned {
    let (plan, columns) = (&new_pipeline.plan, &new_pipeline.columns);
    let words = words_of(&new_pipeline.table);
    let block = |key: &str| plan.block.get(key).and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let mapped = block("columns");
    let named = |column: &str| {
        let key = mapped.iter().find(|(_, name)| name.as_str() == Some(column)).map(|(key, _)| key);
        let measure = plan.measures.iter().find(|measure| Some(&measure.key) == key);
        measure.map_or_else(Named::default, |measure| Named {
            label: measure.label.clone(),
            unit: measure.unit.word.to_owned(),
            better: ["high", "low"]
                .into_iter()
                .find(|way| measure.more.iter().any(|line| *line == format!("better = \"{way}\"")))
                .unwrap_or_default()
                .to_owned(),
        })
    };
    let roles = [("period", &columns.period), ("code", &columns.code), ("ons", &columns.ons), ("name", &columns.name)];
    let what = |name: &String| {
        let role = roles.iter().find(|(_, column)| column.as_ref() == Some(name)).map(|(role, _)| *role);
        let is_in = |list: &[String]| list.contains(name);
        match role {
            Some(role) => role,
            // Where the standard says what a column is there is nothing to choose.
            None if columns.ees && is_standard(&name.to_lowercase()) => "standard",
            None if is_in(&columns.numbers) => "measure",
            None if is_in(&columns.filters) => "filter",
            None => "leave",
        }
    };
    let column = |name: &String| OwnColumn {
        name: name.clone(),
        what: what(name).to_owned(),
        words: words.get(name).cloned().unwrap_or_default(),
        named: named(name),
    };
    let marks = block("symbols");
    let ends = plan.head.iter().find_map(|line| line.strip_prefix("period_ends = \"")?.strip_suffix('"'));
    Owned {
        title: plan.title.clone(),
        table: new_pipeline.name.clone(),
        columns: plan.order.iter().map(column).collect(),
        roles: roles.map(|(role, column)| (role, column.clone())).to_vec(),
        period: plan.block.get("period").and_then(toml::Value::as_str).map(str::to_owned),
        period_ends: ends.map(str::to_owned),
        marks: marks.iter().filter_map(|(mark, means)| Some((mark.clone(), means.as_str()?.to_owned()))).collect(),
        text: new_pipeline.text.clone(),
        open: new_pipeline.list.iter().cloned().chain(new_pipeline.open.clone()).collect(),
        notes: plan.notes.clone(),
        rows: new_pipeline.trial.rows,
        observations: new_pipeline.trial.observations,
        findings: new_pipeline.trial.errors.iter().chain(&new_pipeline.trial.warnings).cloned().collect(),
        sample: new_pipeline.trial.sample.clone(),
    }
}

/// The names that are no known area, with the nearest that are, and those that were answered.
fn nearest(unknown: &Strangers, choices: &Choices, register: &Register) -> Vec<Stranger> {
    let coded = |name: &str| register.known(name).map(|known| (known.code.to_string(), known.name.clone()));
    let likely = unknown.spellings.iter().map(|(text, name)| (text, vec![name.as_str()]));
    let several =
        unknown.ambiguous.iter().map(|(text, names)| (text, names.iter().map(String::as_str).collect::<Vec<_>>()));
    let open = likely.chain(several).map(|(text, names)| Stranger {
        name: text.clone(),
        nearest: names.into_iter().filter_map(coded).collect(),
        chosen: choices.areas.get(text).cloned(),
    });
    let mut all: Vec<Stranger> = open.collect();
    let answered = choices.areas.iter().filter(|(name, _)| all.iter().all(|known| known.name != **name));
    let answered: Vec<Stranger> = answered
        .map(|(name, code)| Stranger {
            name: name.clone(),
            nearest: coded(code).into_iter().collect(),
            chosen: Some(code.clone()),
        })
        .collect();
    all.extend(answered);
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// The names in the place of an area that are none known: likely spellings, and those that may be several.
fn unknown(table: &TextTable, columns: &Columns, register: &Register) -> Strangers {
    if columns.has_area() { strangers(table, columns, register) } else { Strangers::default() }
}

/// The names that stop a file of a table that is there.
fn refused_names(assessed: &Assessment<'_>, register: &Register) -> Strangers {
    let errors = assessed.trial.errors.iter().filter(|error| error.code == "unknown-authority");
    let said: Vec<&str> = errors.map(|error| error.message.as_str()).collect();
    if said.is_empty() {
        return Strangers::default();
    }
    let (table, columns) = &*assessed.view;
    let all = unknown(table, columns, register);
    let stops = |text: &String| said.iter().any(|message| message.starts_with(&format!("`{text}`")));
    // One that is near to nobody is asked about too: here no rule says that its rows go.
    let others = all.others.into_iter().map(|text| (text, Vec::new()));
    Strangers {
        spellings: all.spellings.into_iter().filter(|(text, _)| stops(text)).collect(),
        ambiguous: all.ambiguous.into_iter().chain(others).filter(|(text, _)| stops(text)).collect(),
        ..Strangers::default()
    }
}

/// The marks that stop a file of a table that is there, and what they were said to mean.
fn marks(assessed: &Assessment<'_>, chosen: &Renames) -> Vec<(String, String)> {
    let errors = assessed.trial.errors.iter().filter(|error| error.code == "unknown-symbol");
    let said: Vec<&str> = errors.map(|error| error.message.as_str()).collect();
    let stops = |mark: &&String| said.iter().any(|message| message.starts_with(&format!("`{}`", mark.escape_debug())));
    let open = assessed.view.1.marks.keys().filter(stops).map(|mark| (mark.clone(), String::new()));
    let mut all: BTreeMap<String, String> = open.collect();
    all.extend(chosen.marks.clone());
    all.into_iter().collect()
}

/// Some of what stands in each column.
fn words_of(table: &TextTable) -> BTreeMap<String, String> {
    let words = table.names().enumerate().map(|(at, name)| {
        let cells = distinct(table, at);
        let shown: Vec<String> =
            cells.keys().take(SHOWN).map(|cell| crate::text::within(cell, 40).into_owned()).collect();
        let more = if cells.len() > SHOWN { format!(" and {} more", cells.len() - SHOWN) } else { String::new() };
        (name.to_owned(), format!("{}{more}", shown.join(", ")))
    });
    words.collect()
}
