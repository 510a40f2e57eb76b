//! What stands before the first word of a report and tells nothing of what happened.

/// The first words of a sentence among which a place, a time and an agency are looked for.
const HEAD: usize = 30;
/// How many words the name of an agency has at most.
const AGENCY: usize = 3;
/// Names of time zones behind a clock time, sorted.
const ZONES: &[&str] = &["BST", "CEST", "CET", "EDT", "EST", "ET", "GMT", "IST", "MSK", "PDT", "PST", "PT", "UTC"];

/// A sentence without the byline, place, time and agency before its first word (`LAGOS | Tue May 3, 2022 5:10 pm BST LAGOS
/// (Agency) - Dock workers ...`) and without marks of lists. What is left is the end of the same text; linear time.
pub(super) fn stripped(text: &str) -> &str {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut rest = text;
    let mut opened = None;
    let mut figure = false;
    for word in text.split_whitespace().take(HEAD) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let before = words.last().map_or("", |w| w.1);
        if word.starts_with('(') {
            opened = Some(words.len());
        }
        // "(Agency) -", also as "(Agency)-".
        let close = |w: &str| opened.is_some_and(|o| w.contains(')') && words.len() <= o + AGENCY);
        let behind =
            |w: &str| w.rsplit_once(')').is_some_and(|(_, tail)| dash(tail.trim_start_matches(['"', '\u{201d}'])));
        let agency =
            (close(word) && behind(word)) || (dash(word) && close(before) && before.ends_with([')', '"', '\u{201d}']));
        let named = || {
            let first =
                if word.starts_with('(') { word } else { opened.and_then(|o| words.get(o)).map_or("", |w| w.1) };
            first.chars().nth(1).is_some_and(char::is_uppercase)
        };
        // "5:10 pm BST", "21.14 GMT".
        let clock = before.contains([':', '.']) || matches!(before, "am" | "pm");
        let zone = clock && figure && ZONES.binary_search(&word.trim_end_matches([',', ':'])).is_ok();
        // A sentence begins there; what is set in dashes goes on in small letters.
        let begins = |rest: &str| !rest.trim_start().starts_with(char::is_lowercase);
        let behind = &text[at + word.len()..];
        if zone || (agency && named() && begins(behind)) {
            rest = behind;
        }
        figure |= word.chars().any(|c| c.is_ascii_digit());
        words.push((at, word));
    }
    rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '*' | '\\' | '\u{2022}') || is_dash(c))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}')
}

fn dash(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_reports_are_left_out() {
        for (text, left) in [
            ("LAGOS | Tue May 3, 2022 5:10 pm BST LAGOS (Inter Press) - Dock workers struck.", "Dock workers struck."),
            ("OSLO, May 3 (NTB) -- The strait is open.", "The strait is open."),
            ("Oslo, Norway (NTB)\u{2014} The strait is open.", "The strait is open."),
            ("Tuesday 3 May 2022 21.14 BST The strait is open.", "The strait is open."),
            ("- The strait is open.", "The strait is open."),
            ("\u{2022} The strait is open.", "The strait is open."),
        ] {
            assert_eq!(stripped(text), left);
        }
    }

    #[test]
    fn other_sentences_stay() {
        for text in [
            "The party (PLP) said no.",
            "A vote (the third) - it failed - was held.",
            "Aid for the region was stopped by Anna Kovacs (Greens) - the minister - in May.",
            "He left at 5:10 and slept.",
            "-",
            "",
            "(",
            ")",
        ] {
            assert_eq!(stripped(text), if text == "-" { "" } else { text });
        }
        assert!(ZONES.is_sorted());
    }
}
