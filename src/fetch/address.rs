//! Addresses to names and to the addresses they lead on to. What a server calls a file is a wish, never a path.

use crate::manifest::safe_name;

/// Where `location` leads when it is read at `base`; none where that is no web address.
pub(super) fn join(base: &str, location: &str) -> Option<String> {
    let location = location.trim();
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let next = match location.split_once("://") {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => location.to_owned(),
        _ if location.starts_with("//") => format!("{scheme}:{location}"),
        _ if location.starts_with('/') => format!("{scheme}://{host}{location}"),
        _ => {
            let path = rest[host.len()..].split(['?', '#']).next().unwrap_or_default();
            let folder = path.rfind('/').map_or("/", |last| &path[..=last]);
            format!("{scheme}://{host}{folder}{location}")
        }
    };
    let next = next.split('#').next().unwrap_or_default().to_owned();
    (is_web(&next) && next.bytes().all(|byte| byte.is_ascii_graphic())).then_some(next)
}

/// The host of an address, and with it the port where one is named: what its redirects may stay on.
pub(super) fn origin(address: &str) -> (&str, &str) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let whole = rest.rsplit_once('@').map_or(rest, |(_, whole)| whole);
    let end = match whole.find(']') {
        Some(bracket) => bracket + 1,
        None => whole.find(':').unwrap_or(whole.len()),
    };
    (&whole[..end], whole)
}

fn is_web(address: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Whether an address is read over an encrypted connection.
pub(super) fn is_secure(address: &str) -> bool {
    address.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
}

/// The name at the end of an address, safe for a folder.
pub(super) fn name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    safe_name(&unescaped(path.rsplit('/').next().unwrap_or_default()))
}

/// The file name in a `Content-Disposition`, safe for a folder.
pub(super) fn disposition(header: &str) -> Option<String> {
    let parts = || header.split(';').filter_map(|part| part.trim().split_once('='));
    let plain = || parts().find(|(key, _)| key.trim().eq_ignore_ascii_case("filename"));
    let wide = parts().find(|(key, _)| key.trim().eq_ignore_ascii_case("filename*"));
    let name = match wide.and_then(|(_, value)| value.rsplit("''").next()) {
        Some(value) => unescaped(value.trim()),
        None => plain()?.1.trim().trim_matches('"').to_owned(),
    };
    Some(safe_name(&name))
}

/// `%20` as a blank; what is no escape stays.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| byte == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{disposition, join, name, origin};

    #[test]
    fn the_host_of_an_address() {
        for (address, host, whole) in [
            ("https://a.gov.uk/x@y", "a.gov.uk", "a.gov.uk"),
            ("http://u:p@a.gov.uk:81?x", "a.gov.uk", "a.gov.uk:81"),
            ("http://[::1]:80/x", "[::1]", "[::1]:80"),
        ] {
            assert_eq!(origin(address), (host, whole), "{address}");
        }
    }

    #[test]
    fn redirects_lead_where_a_browser_would_go() {
        let base = "https://a.gov.uk/x/y.csv?z=1";
        for (location, next) in [
            ("https://b.gov.uk/q#top", Some("https://b.gov.uk/q")),
            ("//b.gov.uk/q", Some("https://b.gov.uk/q")),
            ("/q?r=s", Some("https://a.gov.uk/q?r=s")),
            ("q", Some("https://a.gov.uk/x/q")),
            ("/login?to=http://x", Some("https://a.gov.uk/login?to=http://x")),
            ("file:///etc/passwd", None),
            ("/a b", None),
        ] {
            assert_eq!(join(base, location).as_deref(), next, "{location}");
        }
    }

    #[test]
    fn no_name_leads_out_of_a_folder() {
        assert_eq!(name("https://a.gov.uk/x/Inspections%20March.ods?download=1"), "Inspections March.ods");
        assert_eq!(name("https://a.gov.uk/x/..%2F..%2Fevil"), "evil");
        assert_eq!(name("https://a.gov.uk"), "file");
        assert_eq!(name("https://a.gov.uk/100%"), "100%");
        assert_eq!(disposition("attachment; filename=\"../../evil\"").as_deref(), Some("evil"));
        assert_eq!(disposition("attachment; filename*=UTF-8''..%5C..%5Cevil.csv").as_deref(), Some("evil.csv"));
        assert_eq!(disposition("inline"), None);
    }

    proptest::proptest! {
        /// Whatever a server says, an answer comes of it, and no name of its leads out of a folder.
        #[test]
        fn any_words_of_a_server_are_answered(
            host in "[a-z0-9.:@\\[\\]]{0,12}",
            words in "(https?://|//|/|\\.\\./|ftp:|)[ -~\u{0}-\u{7f}\u{e9}\u{202e}%]{0,40}",
        ) {
            let base = format!("https://{host}/x/y.csv?z=1");
            if let Some(next) = join(&base, &words) {
                assert!(super::is_web(&next) && next.is_ascii(), "{next}");
                let (of, whole) = origin(&next);
                assert!(whole.starts_with(of) && !whole.contains(['/', '?', '#']), "{next}");
            }
            let names = [name(&words), name(&base), disposition(&words).unwrap_or_default()];
            let header = disposition(&format!("attachment; filename=\"{words}\"; filename*=UTF-8''{words}"));
            for name in names.into_iter().chain(header).filter(|name| !name.is_empty()) {
                assert!(crate::manifest::is_inside(&name) && !name.contains('/'), "{name}");
            }
        }
    }
}
