//! Addresses: a thousand of the grammar read back as they were written and open; a thousand broken ones are said, never guessed.

use abreast::browse::{Address, Raw};
use rayon::prelude::*;

use super::grammar::{Dice, held};
use super::{build, get, sample};

#[test]
fn a_thousand_addresses_read_back_as_they_were_written() {
    let (grammar, mut dice) = (sample(), Dice::new());
    let names = build().names();
    let mut kinds = std::collections::BTreeSet::new();
    for _ in 0..1000 {
        let text = grammar.address(&mut dice);
        let raw = Raw::parse(&text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        let address = Address::parse(&raw, names).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        assert_eq!(address.to_string(), text);
        let again = Address::parse(&Raw::parse(&address.to_string()).expect("an address"), names);
        assert_eq!(again, Ok(address), "{text}");
        kinds.insert(raw.path[0].clone());
    }
    assert_eq!(kinds.len(), 8, "{kinds:?}");
}

#[test]
fn a_thousand_addresses_open_and_their_figures_are_those_of_compare() {
    let mut dice = Dice::new();
    let all: Vec<String> = (0..1000).map(|_| sample().address(&mut dice)).collect();
    let one = |(nth, target): (usize, &String)| -> Result<usize, String> {
        let response = get(target);
        let page = String::from_utf8_lossy(&response.body).into_owned();
        let told = |what: &str| format!("{target}: {}: {what}", response.status);
        match response.status {
            200 if target.starts_with("/measure/") && nth % 4 == 0 => {
                held(build(), target, &page).map_err(|what| told(&what))
            }
            // The very name of a place leads there.
            200 | 303 => Ok(0),
            // What cannot be drawn, is not there for this group, or is more than a workbook holds is said with what to do.
            404 if page.contains("<a href=\"/") => Ok(0),
            400 if target.starts_with("/get/measures.xlsx") && page.contains("<a href=\"/") => Ok(0),
            _ => Err(told(&page.chars().take(300).collect::<String>())),
        }
    };
    let (good, bad): (Vec<_>, Vec<_>) = all.par_iter().enumerate().map(one).partition(Result::is_ok);
    assert_eq!(bad, Vec::new());
    let figures: usize = good.into_iter().flatten().sum();
    assert!(figures > 2000, "{figures} figures");
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
    let (grammar, mut dice) = (sample(), Dice::new());
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
