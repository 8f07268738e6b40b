//! Pages as a browser has them: nothing that axe-core finds, nothing wider than the window, at two widths.

use rayon::prelude::*;

use super::page;
use crate::browser::ask::{axe, browser};

/// One page of each kind, with its style in it: the browser reads it from a file.
fn pages() -> Vec<(&'static str, String)> {
    const PAGES: &[&str] = &[
        "/",
        "/area/333",
        "/area/333?with=region,neighbours,england&show=differs",
        "/area/E12000005",
        "/area/909",
        "/measure/sen2_timeliness/timeliness_20_weeks?area=E92000001",
        "/measure/sen2_timeliness/timeliness_20_weeks?area=333",
        "/measure/sen2_timeliness/timeliness_20_weeks?area=333&with=core-cities&view=table",
        "/measure/sen2_timeliness/timeliness_20_weeks?area=333&with=neighbours-2021,range&average=median&each=no",
        "/area/333?with=england,core-cities,neighbours-2021,335,330&average=median",
        "/choose?back=%2Farea%2F333",
        "/lists?area=333",
        "/papers?area=333",
        "/papers/add?back=/measure/sen2_timeliness/timeliness_20_weeks%3Farea=333",
        "/heat?area=333&with=core-cities",
        "/measures?area=333",
        "/heat?area=333",
        "/heat?area=333&against=quarter&turn=1",
        "/heat?area=333&measures=sen2_timeliness/*&view=scorecard",
        "/heat?area=333&view=scatter",
        "/findings",
        "/sources",
        "/sources/sen2_timeliness?area=333",
        "/changes",
        "/find?q=plans",
        "/intake",
        "/get/area/333.html",
        "/figure/sen2_timeliness/timeliness_20_weeks/2024-12-31/333/c3f0442bd6",
        "/table/sen2_timeliness?area=333",
        "/refused",
        "/file/sen2/2025/timeliness_20_week.csv?row=60&column=C",
    ];
    let style = String::from_utf8(super::get("/style.css").body.into_owned()).expect("a style");
    let styled = |address: &'static str, html: String| {
        // The policy of a page that is sent on would keep axe-core from running.
        let html: String = html
            .lines()
            .filter(|line| !line.contains("Content-Security-Policy"))
            .map(|line| format!("{line}\n"))
            .collect();
        let html = html.replace("<link rel=\"stylesheet\" href=\"/style.css\">", &format!("<style>{style}</style>"));
        (address, html)
    };
    let two_builds = styled("/changes of two builds", super::changes::example());
    let waiting = super::intake::pages().into_iter().map(|(name, html)| styled(name, html));
    PAGES.iter().map(|&address| styled(address, page(address))).chain([two_builds]).chain(waiting).collect()
}

/// What sticks out of the window, where the page itself scrolls sideways; and names that are squeezed.
const WIDE: &str = "const wide=[];if(document.documentElement.scrollWidth>innerWidth+1){\
    document.querySelectorAll('main *').forEach(e=>{if(e.getBoundingClientRect().right>innerWidth+1&&!e.closest('.scroll')&&wide.length<5)\
    wide.push(e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().right))});\
    wide.push('page '+document.documentElement.scrollWidth)}\
    document.querySelectorAll('.rows tbody th').forEach(e=>{const w=e.getBoundingClientRect().width;if(w<150&&wide.length<5)wide.push('a name of '+Math.round(w))})";

#[test]
fn axe_finds_nothing_and_no_page_is_wider_than_its_window() {
    let Some(browser) = browser() else { return };
    // One start of the browser for both: what is wide is added to what axe says.
    let script = match axe() {
        Some(axe) => format!("{WIDE};const told=answer;{{const answer=found=>told(found.concat(wide));{axe}}}"),
        None => format!("{WIDE};answer(wide)"),
    };
    let faulty = "<!DOCTYPE html><html><head><title>x</title></head><body><main><p class=\"x\">&#160;</p><div style=\"width:2000px\">x</div></main></body></html>";
    assert!(browser.ask(faulty, 390, &script).contains("page 2"), "a wide page is not seen");
    let found: Vec<String> = pages()
        .par_iter()
        .flat_map(|(name, html)| [1280, 390].map(|width| (*name, width, browser.ask(html, width, &script))))
        .filter(|(.., said)| said != "[]")
        .map(|(name, width, said)| format!("{name} at {width}: {said}"))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}
