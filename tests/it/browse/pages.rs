//! What stands on the pages, of the sample: never an empty box, never a mark without its word.

use abreast::browse::Build;

use super::{build, get, links, options, page, text};

#[test]
fn an_area_shows_every_headline_with_its_words() {
    let html = page("/area/333");
    let shown = text(&html);
    let headlines: Vec<_> = build().measures().filter(|found| found.measure.headline).collect();
    assert!(headlines.len() > 5);
    for found in &headlines {
        let label = abreast::store::measure(found, "").label;
        assert!(shown.contains(&label), "{label} is not shown");
    }
    for word in ["Look at first", "Going well", "Against England", "How large", "Illustrative data", "Sandwell"] {
        assert!(shown.contains(word), "no `{word}`");
    }
    // Of what a measure is lacking the page has the reason in words, and no symbol.
    for symbol in ["[x]", "[z]", "[c]", "[w]", "NaN", "inf "] {
        assert!(!shown.contains(symbol), "`{symbol}` in {shown}");
    }
    assert!(html.len() < 160_000, "{} bytes", html.len());
}

#[test]
fn tiles_count_what_they_lead_to() {
    let html = page("/area/333");
    let mut counted = 0;
    for part in html.split("<a class=\"tile").skip(1) {
        let address = links(&format!("<a {part}")).remove(0);
        let count: usize =
            text(part.split("class=\"big\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a count"))
                .parse()
                .expect("a number");
        let rows = page(&address).matches("<th role=\"rowheader\"").count();
        assert_eq!(rows, count, "{address}");
        counted += count;
    }
    assert!(counted > 0);
}

#[test]
fn all_measures_are_shown_topic_by_topic() {
    let topics: Vec<String> = links(&page("/area/333?show=all"))
        .into_iter()
        .filter(|link| link.contains("topic=") && link.contains("show=all"))
        .collect();
    assert!(topics.len() > 2, "{topics:?}");
    let html = page(&topics[0]);
    let more = html.matches("<th role=\"rowheader\"").count();
    assert!(more > page("/area/333").matches("<th role=\"rowheader\"").count() / 4, "{more} of {}", topics[0]);
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let mut known = std::collections::BTreeSet::new();
    for address in
        ["/area/333", "/measure/sen2_timeliness/timeliness_20_weeks?area=333", "/measures?area=333", "/area/E12000005"]
    {
        known.extend(links(&page(address)).into_iter().filter(|link| link.starts_with('/')));
    }
    assert!(known.len() > 100, "{}", known.len());
    for link in known.iter().step_by(5) {
        let status = get(link).status;
        assert!(status == 200 || (link == "/" && status == 303), "{status}: {link}");
    }
}

#[test]
fn a_closed_area_says_when_it_closed_and_who_came_after() {
    let closed = build()
        .register
        .authorities()
        .iter()
        .find(|authority| build().register.newest(authority.code).is_some_and(|newest| newest.closed.is_some()));
    let closed = closed.expect("a closed one");
    let html = page(&format!("/area/{}", closed.code));
    assert!(text(&html).contains("Closed on"));
    for code in &closed.successors {
        assert!(links(&html).contains(&format!("/area/{code}")), "{} does not lead to {code}", closed.name);
    }
}

#[test]
fn a_period_or_a_group_that_there_is_none_of_leads_to_those_that_there_are() {
    for more in ["period=1066", "breakdown=Sex=Unicorns", "breakdown=Nothing"] {
        let address = format!("/measure/sen2_timeliness/timeliness_20_weeks?area=333&{more}");
        let response = get(&address);
        assert_eq!(response.status, 404, "{address}");
        let html = String::from_utf8(response.body.into_owned()).expect("text");
        let link = links(&html).into_iter().find(|link| link.starts_with("/measure/")).expect("a link");
        assert_eq!(get(&link).status, 200, "{link}");
    }
}

#[test]
fn what_is_asked_for_by_name_is_found() {
    assert_eq!(get("/find?q=sandwell").location.as_deref(), Some("/area/333"));
    assert_eq!(get("/find?q=333").location.as_deref(), Some("/area/333"));
    let found = page("/find?q=20%20weeks&area=333");
    assert!(links(&found).iter().any(|link| link.starts_with("/measure/sen2_timeliness/")));
    assert!(text(&page("/find?q=%3Cb%3Ezzyzx%3C/b%3E")).contains("Nothing is called"));
}

#[test]
fn the_first_page_asks_or_leads_to_the_authority_that_was_named() {
    assert!(page("/").contains("Which local authority?"));
    let named = abreast::browse::Browse { authority: Some("Sandwell".to_owned()), ..build().options.clone() };
    let build = Build::open(&named).expect("a build");
    let response = abreast::browse::answer(&build, &abreast::browse::Request::get("/"));
    assert_eq!(response.location.as_deref(), Some("/area/333"));
    let wrong = abreast::browse::Browse { authority: Some("Nowhere".to_owned()), ..options(&build.options.out.folder) };
    assert!(Build::open(&wrong).is_err());
}
