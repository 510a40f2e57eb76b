//! The encoding of a page: what it says, unless its bytes say otherwise.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The page says its encoding within so many bytes.
const HEAD: usize = 4_096;

/// Bytes as text: a byte order mark is believed, then valid UTF-8, then the server, then the page; a name that the bytes
/// do not bear out gives way to a guess. Bytes without meaning become U+FFFD.
///
/// # Errors
/// It is binary.
pub(super) fn decode(bytes: &[u8], served: Option<&str>) -> Result<String, String> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned());
    }
    let zeros = bytes.iter().take(HEAD).filter(|b| **b == 0).count();
    if zeros * 20 > bytes.len().min(HEAD) {
        return Err("it is binary, not a web page".to_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let named = served.and_then(|name| Encoding::for_label(name.as_bytes())).or_else(|| in_page(bytes));
    if let Some(encoding) = named.filter(|e| *e != UTF_8) {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes);
        if !wrong {
            return Ok(text.into_owned());
        }
    }
    // A page of UTF-8 with few broken bytes is still UTF-8.
    let text = String::from_utf8_lossy(bytes);
    let broken = text.matches('\u{fffd}').count();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    if broken * 10 < foreign {
        return Ok(text.into_owned());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, wrong) = guessed.decode_without_bom_handling(bytes);
    Ok(if wrong { named.unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0 } else { text }.into_owned())
}

/// `<meta charset="...">`, `<meta http-equiv content="text/html; charset=...">` or `<?xml encoding="..."?>`.
fn in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let rest = head.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect();
        Encoding::for_label(name.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_their_encodings() {
        let latin = b"<meta charset=iso-8859-1><p>Orl\xe9ans caf\xe9 d\xe9j\xe0</p>";
        assert!(decode(latin, None).unwrap().contains("Orléans"));
        let cyrillic = b"<p>\xcf\xf0\xe8\xe2\xe5\xf2</p>";
        assert!(decode(cyrillic, Some("windows-1251")).unwrap().contains("Привет"));
        assert!(
            decode("<meta charset=iso-8859-1><p>Orléans</p>".as_bytes(), None).unwrap().contains("Orléans"),
            "a lie"
        );
        assert!(
            decode(b"<meta charset=utf-8><p>Orl\xe9ans caf\xe9 d\xe9j\xe0 vu</p>", None).unwrap().contains("Orléans")
        );
        assert!(decode(b"<\0p\0>\0a\0", None).is_err());
    }
}
