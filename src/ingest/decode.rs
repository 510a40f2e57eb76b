use encoding_rs::Encoding;

/// Why bytes are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// Control bytes that no text holds.
    #[error("it is binary, not text; give plain text, Markdown or JSON Lines")]
    Binary,
    /// Neither UTF-8 nor anything that could be guessed.
    #[error("its encoding is not UTF-8 and could not be guessed; convert it first, for example with iconv")]
    Encoding,
}

/// Bytes of a file as text: a byte order mark is believed, UTF-8 is believed when it is valid, any other encoding is
/// guessed from the bytes and taken only if every byte has a meaning in it. The mark is left out of the text.
///
/// Control characters other than white space, and U+0000, are signs of a binary file.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => strict(encoding, &bytes[length..])?,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => guess(bytes)?,
        },
    };
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    let sample = text.char_indices().take_while(|(i, _)| *i < 64 * 1024).map(|(_, c)| c);
    let (mut seen, mut control) = (0usize, 0usize);
    for c in sample {
        seen += 1;
        if c == '\0' {
            return Err(DecodeError::Binary);
        }
        control += usize::from(c.is_control() && !c.is_whitespace() && c != '\u{1b}');
    }
    if control * 50 > seen { Err(DecodeError::Binary) } else { Ok(text) }
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, DecodeError> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|text| text.into_owned()).ok_or(DecodeError::Encoding)
}

fn guess(bytes: &[u8]) -> Result<String, DecodeError> {
    if bytes.contains(&0) {
        return Err(DecodeError::Binary);
    }
    let control = bytes.iter().filter(|b| **b < 32 && !b.is_ascii_whitespace() && **b != 0x1b).count();
    if control * 50 > bytes.len() {
        return Err(DecodeError::Binary);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    strict(detector.guess(None, chardetng::Utf8Detection::Deny), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_old_encodings_are_read() {
        assert_eq!(decode(b"\xef\xbb\xbfKyiv").unwrap(), "Kyiv");
        assert_eq!(decode(b"\xff\xfeK\0y\0").unwrap(), "Ky");
        assert_eq!(
            decode(b"The caf\xe9 in Orl\xe9ans was \x93closed\x94.").unwrap(),
            "The café in Orléans was “closed”."
        );
    }

    #[test]
    fn what_is_not_text_says_why() {
        assert_eq!(decode(b"  \n"), Err(DecodeError::Empty));
        assert_eq!(decode(b"PK\x03\x04\0\0\0"), Err(DecodeError::Binary));
        assert_eq!(decode(b"\xff\xfeK"), Err(DecodeError::Encoding));
        assert_eq!(decode(&[1u8; 40]), Err(DecodeError::Binary));
    }
}
