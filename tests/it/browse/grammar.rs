//! Random addresses, the same in every run: what the tests open on the sample and `benches/browse.rs` on whatever it is given; and
//! whether the table of a page is that of `compare`.

use std::collections::BTreeMap;

use abreast::browse::{Build, Raw, SHOWS, VIEWS};
use abreast::comparator::Average;
use abreast::sidebyside::{Answer, Compare, Format, breakdowns, compare};
use serde_json::Value;

/// A number after the other, the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Dice {
        Dice(0x9E37_79B9_7F4A_7C15)
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    pub fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What addresses are made of: measures with their groups, authorities, comparators.
pub struct Grammar {
    pub measures: Vec<(String, String)>,
    pub groups: BTreeMap<(String, String), Vec<String>>,
    pub codes: Vec<String>,
    pub beside: Vec<String>,
    pub topics: Vec<String>,
}

impl Grammar {
    /// That of a build.
    pub fn of(build: &Build) -> Grammar {
        let found: Vec<_> = build.measures().collect();
        let groups = found.iter().map(|found| {
            let frame = build.observed(found).expect("observations");
            let all = breakdowns(&frame).expect("groups").into_iter().map(|(topic, part)| format!("{topic}={part}"));
            ((found.table.to_owned(), found.name.to_owned()), all.collect())
        });
        let mut topics: Vec<String> = found.iter().map(|found| found.meta.topic.clone()).collect();
        topics.retain(|topic| !topic.is_empty());
        let groups_of = |key: &str| build.register.groups().iter().any(|group| group.key == key);
        assert!(groups_of("core-cities") && groups_of("london"));
        let beside =
            ["england", "region", "neighbours", "core-cities", "london", "333", "330", "210", "neighbours-2021"];
        Grammar {
            groups: groups.collect(),
            measures: found.iter().map(|found| (found.table.to_owned(), found.name.to_owned())).collect(),
            codes: build.register.authorities().iter().map(|authority| authority.code.to_string()).collect(),
            beside: beside
                .into_iter()
                .filter(|word| abreast::comparator::Comparator::parse(word, &build.register).is_ok())
                .map(str::to_owned)
                .collect(),
            topics,
        }
    }

    /// A random address; keys in their order, each there or not.
    pub fn address(&self, dice: &mut Dice) -> String {
        let maybe = |dice: &mut Dice, raw: Raw, key: &str, value: String| {
            if dice.below(2) == 0 { raw.with(key, value) } else { raw }
        };
        let code = dice.one(&self.codes).clone();
        let (table, measure) = dice.one(&self.measures).clone();
        let raw = match dice.below(8) {
            0 => {
                let raw = Raw::path(["area", &code]);
                let with = ["region", "neighbours", "england,core-cities,335", "none", "neighbours,region,england"];
                let with = (*dice.one(&with)).to_owned();
                let raw = maybe(dice, raw, "with", with);
                let average = if dice.below(3) == 0 { "median" } else { "" };
                let raw = raw.with("average", average);
                let topic = dice.one(&self.topics).clone();
                let raw = maybe(dice, raw, "topic", topic);
                let show = dice.one(&SHOWS).0.to_owned();
                let raw = maybe(dice, raw, "show", show);
                let order = (*dice.one(&["worst", "change"])).to_owned();
                maybe(dice, raw, "order", order)
            }
            1..=3 => {
                let raw = Raw::path(["measure", &table, &measure]).with("area", code);
                let with = self.with(dice);
                let raw = maybe(dice, raw, "with", with);
                let average = *dice.one(&["median", "pooled", "", "", ""]);
                let raw = raw.with("average", average).with("each", if dice.below(4) == 0 { "no" } else { "" });
                let group = dice.one(&self.groups[&(table, measure)]).clone();
                let raw = maybe(dice, raw, "breakdown", group);
                let view = dice.one(&VIEWS).0.to_owned();
                let raw = maybe(dice, raw, "view", view);
                let focus = dice.one(&self.codes).clone();
                let raw = maybe(dice, raw, "focus", focus);
                maybe(dice, raw, "min", "50".to_owned())
            }
            4 => {
                let kind = *dice.one(&["trend", "ordered", "strip", "bars", "neighbours"]);
                let ending = *dice.one(&["svg", "png", "csv", "txt"]);
                let raw = Raw::path(["chart", kind, &table, &format!("{measure}.{ending}")]).with("area", code);
                let group = dice.one(&self.groups[&(table, measure)]).clone();
                let raw = maybe(dice, raw, "breakdown", group);
                let size = (*dice.one(&["page", "phone", "half", "slide"])).to_owned();
                maybe(dice, raw, "size", size)
            }
            5 if dice.below(2) == 0 => {
                let raw = Raw::path(["heat"]).with("area", code);
                let measures = (*dice.one(&["sen2_timeliness/*", "timeliness_20_weeks", "care_*/*"])).to_owned();
                let raw = maybe(dice, raw, "measures", measures);
                let against = (*dice.one(&["neighbours", "own", "quarter", "change"])).to_owned();
                let raw = maybe(dice, raw, "against", against);
                let raw = maybe(dice, raw, "order", "worst".to_owned());
                let raw = maybe(dice, raw, "columns", "name".to_owned());
                let raw = maybe(dice, raw, "turn", "1".to_owned());
                let view = (*dice.one(&["spine", "scorecard", "scatter", "table"])).to_owned();
                maybe(dice, raw, "view", view)
            }
            5 => {
                let raw = Raw::path(["measures"]);
                let topic = dice.one(&self.topics).clone();
                let raw = maybe(dice, raw, "topic", topic);
                maybe(dice, raw, "area", code)
            }
            6 => {
                let classes = ["new", "revised", "withdrawn", "reinstated", "re-coded", "gone", "ranks"];
                let class = (*dice.one(&classes)).to_owned();
                let raw = maybe(dice, Raw::path(["changes"]).with("area", code), "class", class);
                maybe(dice, raw, "table", table)
            }
            _ => Raw::path(["find"]).with("q", "plans & <b>\u{e9}t\u{e9}").with("area", code),
        };
        let has_table = ["area", "measure", "heat", "measures"].contains(&raw.path[0].as_str());
        if has_table && dice.below(5) == 0 { Grammar::taken(dice, raw) } else { raw }.to_string()
    }

    /// What is taken away from the page at an address.
    fn taken(dice: &mut Dice, mut raw: Raw) -> Raw {
        raw.path.insert(0, "get".to_owned());
        let ending = *dice.one(&[".csv", ".xlsx", ".zip"]);
        raw.path.last_mut().expect("a page").push_str(ending);
        // All of many measures is more than can be opened.
        let all = raw.path[1] == "measure" && ending == ".csv" && dice.below(2) == 0;
        raw.with("all", if all { "1" } else { "" })
    }

    fn with(&self, dice: &mut Dice) -> String {
        let mut words: Vec<String> = Vec::new();
        for _ in 0..=dice.below(4) {
            let word = dice.one(&self.beside).clone();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        // The usual ones in their order are left out.
        if words == ["region", "neighbours", "england"] { "none".to_owned() } else { words.join(",") }
    }
}

/// The text of a page: without tags, entities read, blanks as one.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for letter in html.chars() {
        match letter {
            '<' => within = true,
            '>' => (within, _) = (false, text.push(' ')),
            other if !within => text.push(other),
            _ => {}
        }
    }
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = known.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The table side by side of a page: heads, and a row's cells as text.
fn rows(html: &str) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let table = html.split("<table class=\"t beside\">").nth(1)?.split("</table>").next()?;
    let (head, body) = table.split_once("<tbody>")?;
    let cells = |row: &str| {
        let cells = row.replace("</th>", "\u{1f}").replace("</td>", "\u{1f}");
        cells.split('\u{1f}').map(text).collect::<Vec<String>>()
    };
    let heads = cells(head.split("<thead>").nth(1)?);
    Some((
        heads,
        body.split("<tr").skip(1).map(|one| cells(one.split_once('>').map_or("", |(_, rest)| rest))).collect(),
    ))
}

/// Holds the table of a measure's page against what `compare --format json` says of the same; answers how many figures.
pub fn held(build: &Build, target: &str, html: &str) -> Result<usize, String> {
    let raw = Raw::parse(target).map_err(|_| "no address".to_owned())?;
    let [_, table, measure] = raw.path.as_slice() else { return Ok(0) };
    let key = |key: &str| raw.query.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
    let with = key("with").unwrap_or_else(|| "region,neighbours,england".to_owned());
    let found = build.catalogue.measure(&format!("{table}/{measure}")).map_err(|error| error.to_string())?;
    let code = key("area").and_then(|code| code.parse().ok()).ok_or("nobody")?;
    let average = match key("average").as_deref() {
        Some("median") => Average::Median,
        Some("pooled") => Average::Pooled,
        _ => Average::Mean,
    };
    let asked = Compare {
        average,
        with: with.split(',').filter(|word| *word != "none").map(str::to_owned).collect(),
        each: key("each").is_none(),
        period: key("period"),
        breakdown: key("breakdown"),
        minimum_denominator: key("min").and_then(|least| least.parse().ok()),
        format: Some(Format::Json),
        out: build.options.out.clone(),
        ..Compare::of(&found, code)
    };
    let said = match compare(&asked) {
        Ok(Answer::Text(said)) => said,
        Ok(Answer::Table(_)) => return Err("no text".to_owned()),
        // Both ask for a group, where the publisher gives no whole.
        Err(_) if rows(html).is_none() => return Ok(0),
        Err(error) => return Err(error.to_string()),
    };
    let said: Value = serde_json::from_str(&said).map_err(|error| error.to_string())?;
    let sheet = said.as_array().map_or(&said, |all| &all[0]);
    let lines = sheet["rows"].as_array().ok_or("no rows")?;
    let (heads, shown) = rows(html).ok_or("no table")?;
    if shown.len() != lines.len() {
        return Err(format!("{} rows where compare has {}", shown.len(), lines.len()));
    }
    let reading = abreast::store::measure(&found, "");
    let mut figures = 0;
    for row in &shown {
        // The page has averages first; a place may stand in two sets.
        let of = lines.iter().filter(|line| line["LA and Regions"].as_str() == Some(row[0].as_str()));
        let same = |line: &Value| agree(&heads, row, line, &|value| reading.shown(value));
        let told: Vec<Result<usize, String>> = of.map(same).collect();
        match told.iter().find(|told| told.is_ok()).or(told.first()) {
            Some(told) => figures += told.clone().map_err(|what| format!("{}: {what}", row[0]))?,
            None => return Err(format!("compare has no row `{}`", row[0])),
        }
    }
    Ok(figures)
}

/// Whether the cells of a row are the figures of a line; answers how many.
fn agree(heads: &[String], row: &[String], line: &Value, shown: &dyn Fn(f64) -> String) -> Result<usize, String> {
    let mut figures = 0;
    for (head, cell) in heads.iter().zip(row).skip(1) {
        // A break is marked in the head.
        let period = head.trim_end_matches(" [b]");
        let Value::Number(number) = &line[period] else { continue };
        let expected = shown(number.as_f64().unwrap_or(f64::NAN));
        if *cell != expected {
            return Err(format!("{period}: `{cell}` where compare has `{expected}`"));
        }
        figures += 1;
    }
    Ok(figures)
}
