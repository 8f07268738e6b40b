//! Differences as one HTML page that stands alone. Every text from a return is escaped, and marks that turn the
//! direction of reading are shown instead of obeyed.

use std::fmt::Write as _;

use super::report::{Report, moved, told, turned};
use crate::text::escaped;

const STYLE: &str = "body{font:16px/1.5 Arial,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#0b0c0c}\
h2{margin-top:2em;border-top:1px solid #b1b4b6;padding-top:1em}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:.3em .8em .3em 0;border-bottom:1px solid #b1b4b6;vertical-align:top}\
td.n,th.n{text-align:right}li{margin:.2em 0}code{font-size:.85em}bdi{unicode-bidi:isolate}";

/// The page of what lies between the builds called `old` and `new`.
pub fn page(old: &str, new: &str, reports: &[Report], unchanged: usize) -> String {
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut html, old, new, reports, unchanged);
    html
}

fn write(html: &mut String, old: &str, new: &str, reports: &[Report], unchanged: usize) -> std::fmt::Result {
    writeln!(html, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">")?;
    writeln!(
        html,
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>What changed</title>\n<style>{STYLE}</style>"
    )?;
    writeln!(
        html,
        "<h1>What changed</h1>\n<p>From {} to {}: {} tables differ, {unchanged} do not.</p>",
        escaped(old),
        escaped(new),
        reports.len()
    )?;
    writeln!(
        html,
        "<table>\n<tr><th>Table<th class=n>New<th class=n>Revised<th class=n>Withdrawn<th class=n>Reinstated<th class=n>Re-coded<th class=n>Gone<th class=n>Ranks moved</tr>"
    )?;
    for report in reports {
        write!(html, "<tr><td><a href=\"#{0}\">{0}</a>", escaped(&report.table))?;
        for kind in super::Kind::ALL {
            write!(html, "<td class=n>{}", report.changed.counts.get(&kind).copied().unwrap_or_default())?;
        }
        writeln!(html, "<td class=n>{}</tr>", report.changed.moved[0])?;
    }
    writeln!(html, "</table>")?;
    for report in reports {
        section(html, report)?;
    }
    writeln!(html, "</html>")
}

fn section(html: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(html, "<h2 id=\"{}\">{}</h2>", escaped(&report.table), escaped(&report.title))?;
    list(html, "Columns and measures", &report.schema)?;
    list(html, "Coverage", &report.coverage)?;
    writeln!(html, "<p>Figures: {}.</p>", escaped(&report.counts()))?;
    if !report.changed.largest.is_empty() {
        writeln!(
            html,
            "<h3>Largest changes</h3>\n<table>\n<tr><th>Change<th>Id for <code>abreast explain</code></tr>"
        )?;
        for line in &report.changed.largest {
            writeln!(html, "<tr><td><bdi>{}</bdi><td><code>{}</code></tr>", escaped(&told(line)), escaped(&line.id))?;
        }
        writeln!(html, "</table>")?;
    }
    let names = report.changed.authorities.iter().map(|(name, count)| format!("{name}: {count}")).collect::<Vec<_>>();
    list(html, "Areas concerned, with changed figures", &names)?;
    if report.has_moved() {
        writeln!(html, "<p>Comparisons: {}.</p>", escaped(&report.moved()))?;
        list(html, "Ranks that moved most", &report.changed.most.iter().map(moved).collect::<Vec<_>>())?;
        list(html, "Flags that turned", &report.changed.flags.iter().map(turned).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn list(html: &mut String, head: &str, lines: &[String]) -> std::fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(html, "<h3>{}</h3>\n<ul>", escaped(head))?;
    for line in lines {
        writeln!(html, "<li><bdi>{}</bdi>", escaped(line))?;
    }
    writeln!(html, "</ul>")
}

#[cfg(test)]
mod tests {
    use super::super::{Changed, Report};
    use super::page;

    #[test]
    fn text_from_a_return_stays_text() {
        let report = Report {
            table: "t".to_owned(),
            title: "<b>".to_owned(),
            coverage: vec!["2024: <script>alert(1)</script> has come".to_owned()],
            changed: Changed::default(),
            ..Report::default()
        };
        let html = page("a", "b", &[report], 0);
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
    }
}
