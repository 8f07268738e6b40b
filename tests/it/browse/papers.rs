//! Papers: what there is, making one, opening its files, and a measure's page as a section of a report file.

use super::lists::Started;
use super::text;

const MEASURE: &str = "sen2_timeliness/timeliness_20_weeks";

#[test]
fn a_paper_is_made_on_the_page_and_its_files_open() {
    let started = Started::with(&[]);
    let page = text(&started.wire.get("/papers?area=333").body);
    assert!(page.contains("Not made yet for Sandwell.") && page.contains("What it asks"), "{page}");
    let led = started.deed("/papers?area=333", "/papers/make", &[("report", "ehc_timeliness"), ("area", "333")]);
    let end = started.wire.waited(&led.expect("a work"));
    assert_eq!(
        end.header("location").map(|at| at.split('#').next().unwrap_or_default().to_owned()).as_deref(),
        Some("/papers?area=333"),
        "{}",
        text(&end.body)
    );
    let page = started.wire.get("/papers?area=333");
    assert!(text(&page.body).contains("Made on "), "{}", text(&page.body));
    let base = "/papers/ehc-timeliness-sandwell";
    for (ending, kind) in [("html", "text/html"), ("docx", "officedocument"), ("xlsx", "officedocument")] {
        assert!(page.body.contains(&format!("href=\"{base}.{ending}\"")), "no link to .{ending}");
        let file = started.wire.get(&format!("{base}.{ending}"));
        assert!(
            file.status == 200 && file.header("content-type").is_some_and(|said| said.contains(kind)),
            "{}",
            file.head
        );
    }
    // The paper's own style may stand in it; no script and no network.
    let paper = started.wire.get(&format!("{base}.html"));
    let policy = paper.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("style-src 'unsafe-inline'"), "{policy}");
    assert!(!policy.contains("script-src") && !policy.contains("connect-src"), "{policy}");
    assert_eq!(paper.head.matches("content-security-policy").count(), 1, "{}", paper.head);
    // It is what the command writes.
    let (good, ..) = started.run(&["report", "ehc_timeliness", "--authority", "Sandwell"]);
    let written =
        std::fs::read_to_string(started.folder.join("outputs/reports/ehc-timeliness-sandwell.html")).expect("a page");
    assert!(good && written == paper.body, "the page is not what the command writes");
    // Files that the engine did not write are not there, nor is anything beside the folder.
    std::fs::write(started.folder.join("outputs/reports/mine.html"), "<p>mine</p>").expect("a file");
    for name in [
        "mine.html",
        "..%2Findex.html",
        "..%2FSHA256SUMS",
        "ehc-timeliness-sandwell",
        "nothing.pdf",
        "..%2F..%2Fdata%2Flists.toml",
    ] {
        assert_eq!(started.wire.get(&format!("/papers/{name}")).status, 404, "{name}");
    }
    std::fs::write(started.folder.join("outputs/reports/ehc-timeliness-sandwell.html"), "changed").expect("a file");
    let changed = started.wire.get(&format!("{base}.html"));
    assert!(
        changed.status == 404 && text(&changed.body).contains("is not as it was written"),
        "{}",
        text(&changed.body)
    );
    let said = started.deed("/papers?area=333", "/papers/make", &[("report", "nothing"), ("area", "333")]);
    assert!(said.is_err_and(|said| said.contains("no report `nothing`")));
}

#[test]
fn a_page_becomes_a_section_of_a_report_and_nothing_else_is_touched() {
    let started = Started::with(&[]);
    let back = format!("/measure/{MEASURE}?area=333&with=england,core-cities,neighbours-2021&view=funnel&period=2023");
    let asked = "/papers/add?back=%2Fmeasure%2Fsen2_timeliness%2Ftimeliness_20_weeks%3Farea%3D333%26with%3Dengland%2Ccore-cities%2Cneighbours-2021%26period%3D2023%26view%3Dfunnel";
    let asked = started.wire.get(asked).header("location").map_or(asked.to_owned(), str::to_owned);
    let form = started.wire.get(&asked);
    let shown = text(&form.body);
    for words in [
        "[[section]]",
        "charts = [\"funnel\"]",
        "compare = [\"england\", \"core-cities\"]",
        "period = \"2023\"",
        "`neighbours-2021`",
    ] {
        assert!(shown.contains(words), "no `{words}` in {shown}");
    }
    // A report of one's own: the text as it was, then the lines that were seen.
    std::fs::create_dir_all(started.folder.join("pipelines/reports")).expect("a folder");
    let path = started.folder.join("pipelines/reports/ours.toml");
    let own = "# ours, do not touch\ntitle = 'Ours'   # kept\n[[section]]\nheading = \"First\"\nmeasures = [\"sen2_timeliness/*\"]\n";
    std::fs::write(&path, own).expect("a report");
    let led = started.deed(&asked, "/papers/add", &[("back", &back), ("report", "ours")]);
    assert_eq!(led.as_deref(), Ok("/papers?area=333#ours"));
    let after = std::fs::read_to_string(&path).expect("the report");
    let added = after.strip_prefix(own).expect("the text as it was");
    assert!(added.trim_start().starts_with("[[section]]") && added.matches("[[section]]").count() == 1, "{added}");
    // One that is built in becomes a file of one's own; a new one is begun.
    assert!(started.deed(&asked, "/papers/add", &[("back", &back), ("report", "ehc_timeliness")]).is_ok());
    let copied = std::fs::read_to_string(started.folder.join("pipelines/reports/ehc_timeliness.toml")).expect("a copy");
    let built_in = std::fs::read_to_string(crate::harness::root().join("pipelines/reports/ehc_timeliness.toml"))
        .expect("built in");
    assert!(copied.starts_with(&built_in) && copied.ends_with(added.trim_start()), "{copied}");
    let led = started.deed(&asked, "/papers/add", &[("back", &back), ("report", ""), ("title", "For the meeting")]);
    assert_eq!(led.as_deref(), Ok("/papers?area=333#for_the_meeting"));
    // All of them make papers.
    for report in ["ours", "for_the_meeting"] {
        let (good, _, wrong) = started.run(&["report", report, "--authority", "Sandwell"]);
        assert!(good, "{report}: {wrong}");
    }
    // What cannot be added is refused, and the file stays.
    for (fields, words) in [
        (vec![("back", back.as_str()), ("report", "nothing")], "no report `nothing`"),
        (vec![("back", back.as_str()), ("report", ""), ("title", "Ours")], "already"),
        (vec![("back", back.as_str()), ("report", ""), ("title", " ")], "no name"),
        (vec![("back", "/area/333"), ("report", "ours")], "what is to be added"),
    ] {
        let said = started.deed(&asked, "/papers/add", &fields).expect_err("refused");
        assert!(said.contains(words), "{said}");
    }
    std::fs::write(&path, "titel = 1\n").expect("a report with a mistake");
    let said = started.deed(&asked, "/papers/add", &[("back", &back), ("report", "ours")]).expect_err("refused");
    assert!(said.contains("would not be read"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).expect("the report"), "titel = 1\n");
    assert!(text(&started.wire.get("/papers?area=333").body).contains("The file has a mistake"));
}

#[test]
fn nothing_is_made_or_added_where_pages_only_show() {
    let started = Started::with(&["--read-only"]);
    let page = started.wire.get("/papers?area=333");
    assert!(page.status == 200 && !page.body.contains("<form action=\"/papers"), "{}", text(&page.body));
    let measure = started.wire.get(&format!("/measure/{MEASURE}?area=333"));
    assert!(!measure.body.contains("Add to a report"));
    assert_eq!(
        started.wire.get("/papers/add?back=%2Fmeasure%2Fsen2_timeliness%2Ftimeliness_20_weeks%3Farea%3D333").status,
        303
    );
    for deed in ["/papers/make", "/papers/add"] {
        assert_eq!(
            started.wire.post(deed, &[("once", "x"), ("report", "ehc_timeliness"), ("area", "333")]).status,
            403
        );
    }
}
