//! Pages as a browser has them: nothing that axe-core finds, nothing wider than the window, at two widths.

use rayon::prelude::*;

use super::page;
use crate::browser::ask::{axe, browser};

/// One page of each kind, with its style in it: the browser reads it from a file.
fn pages() -> Vec<(&'static str, String)> {
    const PAGES: [&str; 9] = [
        "/",
        "/area/333",
        "/area/333?with=region,neighbours,england&show=all",
        "/area/E12000005",
        "/measure/sen2_timeliness/timeliness_20_weeks?area=333",
        "/measure/sen2_timeliness/timeliness_20_weeks?area=333&with=core-cities&view=table",
        "/measures?area=333",
        "/heat?area=333",
        "/find?q=plans",
    ];
    let style = String::from_utf8(super::get("/style.css").body.into_owned()).expect("a style");
    let whole = |address: &'static str| {
        let html =
            page(address).replace("<link rel=\"stylesheet\" href=\"/style.css\">", &format!("<style>{style}</style>"));
        (address, html)
    };
    PAGES.into_iter().map(whole).collect()
}

#[test]
fn axe_finds_nothing_at_either_width() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let found: Vec<String> = pages()
        .par_iter()
        .flat_map(|(name, html)| [1280, 390].map(|width| (*name, width, browser.ask(html, width, &axe))))
        .filter(|(.., said)| said != "[]")
        .map(|(name, width, said)| format!("{name} at {width}: {said}"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

/// Whether the page itself scrolls sideways, and what sticks out.
const WIDE: &str = "const out=[];if(document.documentElement.scrollWidth>innerWidth+1)\
    document.querySelectorAll('main *').forEach(e=>{if(e.getBoundingClientRect().right>innerWidth+1&&!e.closest('.scroll')&&out.length<5)\
    out.push(e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().right))});\
    if(document.documentElement.scrollWidth>innerWidth+1&&!out.length)out.push('page '+document.documentElement.scrollWidth);answer(out)";

#[test]
fn no_page_is_wider_than_its_window() {
    let Some(browser) = browser() else { return };
    let found: Vec<String> = pages()
        .par_iter()
        .flat_map(|(name, html)| [1280, 700, 390].map(|width| (*name, width, browser.ask(html, width, WIDE))))
        .filter(|(.., said)| said != "[]")
        .map(|(name, width, said)| format!("{name} at {width}: {said}"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}
