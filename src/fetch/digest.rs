//! The SHA-256 that a server may send along, as the hexadecimal text that the manifest keeps.

/// The SHA-256 in a `Repr-Digest` (`sha-256=:...:`) or `Digest` (`sha-256=...`) header; none where it has another kind.
pub(super) fn sha256(header: &str) -> Option<String> {
    let value = header.split(',').find_map(|part| {
        let (kind, value) = part.trim().split_once('=')?;
        kind.eq_ignore_ascii_case("sha-256").then_some(value)
    })?;
    let bytes = base64(value.trim().trim_matches(':'))?;
    (bytes.len() == 32).then(|| bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn base64(text: &str) -> Option<Vec<u8>> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let six = LETTERS.iter().position(|&known| known == letter)?;
        held = (held << 6 | u32::try_from(six).ok()?) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::sha256;
    use crate::provenance::hash;

    #[test]
    fn the_digest_of_the_standards_example() {
        // RFC 3230 and RFC 9530 both give it for `{"hello": "world"}` and a line feed.
        let hex = hash(b"{\"hello\": \"world\"}\n");
        assert_eq!(sha256("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"), Some(hex.clone()));
        assert_eq!(sha256("md5=abc, SHA-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="), Some(hex));
        assert_eq!(sha256("md5=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="), None);
        assert_eq!(sha256("sha-256=RK/0"), None);
    }
}
