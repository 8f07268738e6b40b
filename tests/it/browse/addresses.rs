//! Addresses: a thousand of the grammar read back as they were written; a thousand broken ones are said, never guessed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use abreast::browse::{Address, Raw, SHOWS, VIEWS};
use abreast::sidebyside::breakdowns;

use super::{build, get};

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
    /// That of the sample, made once.
    pub fn of_sample() -> &'static Grammar {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(Grammar::read)
    }

    fn read() -> Grammar {
        let build = build();
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
                .filter(|word| abreast::comparator::Comparator::read(word, &build.register).is_ok())
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
        let raw = match dice.below(7) {
            0 => {
                let raw = Raw::path(["area", &code]);
                let with = ["region", "neighbours", "england,region", "none", "neighbours,region,england"];
                let with = (*dice.one(&with)).to_owned();
                let raw = maybe(dice, raw, "with", with);
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
                let raw = maybe(dice, raw, "order", "worst".to_owned());
                maybe(dice, raw, "columns", "name".to_owned())
            }
            5 => {
                let raw = Raw::path(["measures"]);
                let topic = dice.one(&self.topics).clone();
                let raw = maybe(dice, raw, "topic", topic);
                maybe(dice, raw, "area", code)
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
        raw.with("all", if dice.below(2) == 0 { "1" } else { "" })
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

#[test]
fn a_thousand_addresses_read_back_as_they_were_written() {
    let (grammar, mut dice) = (Grammar::of_sample(), Dice::new());
    let names = build().names();
    let mut kinds = std::collections::BTreeSet::new();
    for _ in 0..1000 {
        let text = grammar.address(&mut dice);
        let raw = Raw::read(&text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        let address = Address::read(&raw, names).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        assert_eq!(address.to_string(), text);
        let again = Address::read(&Raw::read(&address.to_string()).expect("an address"), names);
        assert_eq!(again, Ok(address), "{text}");
        kinds.insert(raw.path[0].clone());
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}

#[test]
fn a_state_has_one_address() {
    let code = |address: &str| {
        let response = get(address);
        assert_eq!(response.status, 303, "{address}");
        response.location.expect("a place to go")
    };
    assert_eq!(code("/area/Sandwell"), "/area/333");
    assert_eq!(code("/area/E08000028"), "/area/333");
    assert_eq!(code("/area/West%20Midlands"), "/area/E12000005");
    assert_eq!(code("/area/333?with=england,neighbours"), "/area/333");
    assert_eq!(code("/area/333?show=&order=worst"), "/area/333?order=worst");
    assert_eq!(
        code(
            "/measure/sen2_timeliness/timeliness_20_weeks?view=&area=Sandwell&with=region%2Cneighbours%2Cengland&period="
        ),
        "/measure/sen2_timeliness/timeliness_20_weeks?area=333"
    );
    // Boxes that are ticked come several times; what was chosen is one address again.
    let back = "%2Fmeasure%2Fsen2_timeliness%2Ftimeliness_20_weeks%3Farea%3D333";
    let chosen =
        code(&format!("/choose?back={back}&area=walsall&with=england&with=region&more=core-cities,+Dudley&go=1"));
    assert_eq!(chosen, "/measure/sen2_timeliness/timeliness_20_weeks?area=335&with=england,region,core-cities,332");
    // What is no place is said, and a place of this computer's is never led to.
    assert_eq!(get(&format!("/choose?back={back}&area=Nowhere&go=1")).status, 404);
    assert!(get("/choose?back=https%3A%2F%2Fevil.example%2F&go=1").status >= 400);
}

/// What is wrong, and whether the page must name what it is.
#[test]
fn broken_addresses_are_said_with_a_link_that_works() {
    let (grammar, mut dice) = (Grammar::of_sample(), Dice::new());
    let with = |text: &str, more: &str| format!("{text}{}{more}", if text.contains('?') { '&' } else { '?' });
    for nth in 0..1000 {
        let text = grammar.address(&mut dice);
        let broken = match nth % 8 {
            0 => with(&text, "unknown=1"),
            1 => with(&text, "area=333&area=330"),
            2 => text.replacen('/', "/../../etc/passwd/", 1),
            3 => format!("{text}{}", "%2e%2e%2f".repeat(600)),
            4 => with(&text, "q=%zz"),
            5 => {
                "/area/".to_owned()
                    + ["999", "%3Cscript%3E", "E99999999", "Sandwel%20Council%20of%20Elsewhere"][dice.below(4)]
            }
            6 => format!("/measure/{}/no_such_measure?area=333", dice.one(&grammar.measures).0),
            _ => {
                with("/area/333", ["show=red", "order=best", "with=nobody", "topic=none", "with=range"][dice.below(5)])
            }
        };
        let response = get(&broken);
        assert!((400..500).contains(&response.status), "{}: {broken}", response.status);
        let page = String::from_utf8(response.body.into_owned()).expect("text");
        assert!(page.contains("<a href=\"/"), "{broken}");
        assert!(!page.contains("<script>"), "{broken}");
    }
    assert_eq!(get("/area/%3Cscript%3Ealert(1)%3C%2Fscript%3E").status, 404);
}
