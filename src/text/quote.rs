use std::borrow::Cow;

/// Code points of a quotation.
const MOST: usize = 60;

/// The beginning of somebody's words, on one line, for a message: at most 60 code points, then "…". Control characters are
/// spaces.
///
/// ```
/// assert_eq!(dateline::text::quote("12\n13"), "12 13");
/// assert_eq!(dateline::text::quote(&"a".repeat(70)).chars().count(), 61);
/// ```
pub fn quote(words: &str) -> Cow<'_, str> {
    let plain = |text: &str| !text.contains(|c: char| c.is_control());
    match words.char_indices().nth(MOST) {
        None if plain(words) => Cow::Borrowed(words),
        end => {
            let part = end.map_or(words, |(at, _)| &words[..at]);
            let mut out: String = part.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            out.extend(end.map(|_| '…'));
            Cow::Owned(out)
        }
    }
}
