//! Figures of several periods side by side: one header a period, told by what is left of the headers without it.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::periods_in;
use crate::period::Period;

/// What may be a period within a header, the longest first.
static PERIODS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"(?i)\d{1,2} [a-z]{3,9} (?:19|20)\d\d",
        r"\d{1,2}/\d{1,2}/(?:19|20)\d\d",
        r"(?:19|20)\d\d-\d\d-\d\d",
        r"(?:19|20)\d\d[-/\u{2013}](?:19|20)?\d\d",
        r"(?i)[a-z]{3,9} (?:19|20)\d\d",
        r"(?:19|20)\d{4}",
        r"(?:19|20)\d\d",
    ];
    patterns.into_iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// Columns of one measure, one a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Across {
    /// The headers with `{period}` in the place of what differs.
    pub template: String,
    /// The headers.
    pub names: Vec<String>,
}

/// The groups of `names` that differ by their period alone; each has two columns or more.
pub fn across(names: &[String]) -> Vec<Across> {
    let mut groups: Vec<Across> = Vec::new();
    for name in names {
        let Some(template) = template(name) else { continue };
        match groups.iter_mut().find(|group| without_footnote(&group.template) == without_footnote(&template)) {
            Some(group) => {
                if group.template != template {
                    // The digit of a footnote comes and goes with the years.
                    group.template = format!("{}*", without_footnote(&template));
                }
                group.names.push(name.clone());
            }
            None => groups.push(Across { template, names: vec![name.clone()] }),
        }
    }
    // Beside columns of several periods, one whose name has changed stands alone; a header that is a period is one too.
    let several = groups.iter().any(|group| group.names.len() > 1);
    groups.retain(|group| {
        let found = periods_in(&group.template, names.iter().map(String::as_str));
        let alone = several && !group.template.ends_with("{period}") || group.template == "{period}";
        (group.names.len() > 1 || alone) && found.len() == group.names.len()
    });
    groups
}

/// A header with `{period}` in the place of its period.
fn template(name: &str) -> Option<String> {
    let mut all = PERIODS.iter().flat_map(|pattern| pattern.find_iter(name));
    let found = all.find(|found| Period::parse(found.as_str(), "", None).is_ok())?;
    let is_open = |text: &str| text.contains(['{', '}', '*']);
    let (before, after) = (&name[..found.start()], &name[found.end()..]);
    (!is_open(before) && !is_open(after)).then(|| format!("{before}{{period}}{after}"))
}

/// A template without the footnote's digit at its end.
fn without_footnote(template: &str) -> &str {
    let plain = template.trim_end_matches('*');
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.ends_with(char::is_alphabetic) && plain.len() - bare.len() <= 2 { bare } else { plain }
}

#[cfg(test)]
mod tests {
    use super::across;

    #[test]
    fn headers_that_differ_by_their_period() {
        let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        let found = across(&names(&["Rate 2022", "Rate 2023", "Pupils"]));
        assert_eq!((found.len(), found[0].template.as_str()), (1, "Rate {period}"));
        let found = across(&names(&["2014 Appeals registered4", "2015 Appeals registered", "2014 Rate", "2015 Rate"]));
        let templates: Vec<&str> = found.iter().map(|group| group.template.as_str()).collect();
        assert_eq!(templates, ["{period} Appeals registered*", "{period} Rate"]);
        assert_eq!(across(&names(&["31/03/2023", "31/03/2024"]))[0].template, "{period}");
        assert!(across(&names(&["Rate 2022", "Pupils"])).is_empty());
    }
}
