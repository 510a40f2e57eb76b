//! Tokens by the conventions of the treebanks EWT and GUM.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::Token;
use super::clitic::{is_apostrophe, joints};
use super::words::{self, Stop};
use crate::model::Span;

/// Bytes that a look ahead inside one word may read; keeps the whole linear.
const LOOK_AHEAD: usize = 96;

/// Appends the tokens of `text[start..end]`, one paragraph, in order.
pub fn tokenise(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let mut scanner = Scanner { text, end, out, open_quote: false };
    let mut at = start;
    while let Some(skipped) = text[at..end].find(|c: char| !c.is_whitespace()) {
        at += skipped;
        let length = text[at..end].find(char::is_whitespace).unwrap_or(end - at);
        scanner.chunk(at, at + length);
        at += length;
        if let Some(last) = scanner.out.last_mut() {
            last.space_after = true;
        }
    }
}

/// Whether a character belongs to a word: letters, digits, and marks that combine with them.
fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && !c.is_control() && c.width() == Some(0))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

struct Scanner<'t, 'o> {
    text: &'t str,
    /// End of the paragraph.
    end: usize,
    out: &'o mut Vec<Token>,
    /// A single quotation mark is open.
    open_quote: bool,
}

impl Scanner<'_, '_> {
    fn push(&mut self, start: usize, end: usize, joined: bool) {
        if start < end {
            self.out.push(Token { span: Span::new(start, end), joined, space_after: false });
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.end)?.chars().next()
    }

    /// What stands at `at`, cut to a length that keeps the whole linear.
    fn ahead(&self, at: usize, end: usize) -> &str {
        &self.text[at..self.text.floor_char_boundary(end.min(at + LOOK_AHEAD)).max(at)]
    }

    fn char_before(&self, start: usize, at: usize) -> Option<char> {
        self.text.get(start..at)?.chars().next_back()
    }

    /// A run without white space.
    fn chunk(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            let Some(c) = self.text[at..end].chars().next() else { return };
            let next = if let Some(stop) = self.address(start, at, end) {
                self.push(at, stop, false);
                stop
            } else if is_wordy(c) {
                self.word(at, end)
            } else {
                self.mark(c, start, at, end)
            };
            debug_assert!(next > at);
            at = next;
        }
    }

    /// End of the web or mail address or emoticon that starts at `at`.
    fn address(&self, start: usize, at: usize, end: usize) -> Option<usize> {
        let rest = &self.text[at..end];
        let first = *rest.as_bytes().first()?;
        if matches!(first, b':' | b';' | b'=' | b'<' | b'8') {
            const FACES: [&str; 22] = [
                ":-)", ":-(", ";-)", ":)", ":(", ";)", ":D", ":-D", ":P", ":-P", ":p", ";p", ":/", ":-/", "=)", "=(",
                ":]", ":'(", "<3", ":o", ":O", ":|",
            ];
            let face = FACES.iter().find(|face| {
                rest.strip_prefix(**face).is_some_and(|after| !after.starts_with(is_wordy) && !after.starts_with('/'))
            })?;
            // "(see 3:)" holds no face: a face stands alone or after letters.
            return (at == start || !self.char_before(start, at)?.is_numeric()).then_some(at + face.len());
        }
        if !first.is_ascii_alphanumeric() || self.char_before(start, at).is_some_and(is_wordy) {
            return None;
        }
        let web = ["http://", "https://", "www.", "ftp://", "mailto:"]
            .iter()
            .any(|p| rest.get(..p.len()).is_some_and(|r| r.eq_ignore_ascii_case(p)));
        if web {
            let stop = rest.find(['<', '>', '"', '“', '”', '«', '»', '|']).unwrap_or(rest.len());
            let mut address = rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '’']);
            // A bracket that was opened inside belongs to the address.
            if address.contains('(') && rest[address.len()..].starts_with(')') {
                address = &rest[..address.len() + 1];
            }
            return (address.len() > 4).then_some(at + address.len());
        }
        // name@host.tld
        let rest = self.ahead(at, end);
        let local = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "._%+-".contains(c)))?;
        let host = rest[local..].strip_prefix('@')?;
        let length = host.find(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c))).unwrap_or(host.len());
        let host = host[..length].trim_end_matches(['.', '-']);
        (!host.is_empty()).then_some(at + local + 1 + host.len())
    }

    /// Reads the word at `at`, with the tokens that it is made of; returns its end.
    fn word(&mut self, at: usize, end: usize) -> usize {
        let stop = self.word_end(at, end);
        let word = &self.text[at..stop];
        // "7pm", "$3M", "5kg"
        let digits = word.find(|c: char| !(is_digit(c) || matches!(c, '.' | ',' | ':'))).unwrap_or(word.len());
        if digits > 0 && digits < word.len() && words::is_unit(&word[digits..]) {
            self.push(at, at + digits, false);
            self.push(at + digits, stop, false);
            return stop;
        }
        let joints = joints(word);
        let mut from = at;
        for joint in &joints {
            self.push(from, at + joint, from > at);
            from = at + joint;
        }
        let stop = if joints.is_empty() && self.keeps_stop(at, stop, end) { stop + 1 } else { stop };
        self.push(from, stop, from > at);
        // "the ministers' plan"
        if let Some(c) = self.char_at(stop).filter(|&c| is_apostrophe(c) && stop < end)
            && !self.open_quote
            && word.ends_with(['s', 'S', 'z', 'x'])
            && word.chars().count() > 1
            && !self.char_at(stop + c.len_utf8()).is_some_and(|c| is_wordy(c) || is_apostrophe(c))
        {
            self.push(stop, stop + c.len_utf8(), true);
            return stop + c.len_utf8();
        }
        stop
    }

    /// End of the word at `at`, before a full stop that it may keep.
    fn word_end(&self, at: usize, end: usize) -> usize {
        let mut label = at;
        let mut stop = at;
        loop {
            stop += self.text[stop..end].find(|c| !is_wordy(c)).unwrap_or(end - stop);
            let mut rest = self.text[stop..end].chars();
            let (Some(c), Some(after)) = (rest.next(), rest.next()) else { return stop };
            if !is_wordy(after) {
                return stop;
            }
            let before = self.char_before(at, stop).unwrap_or(' ');
            let both_digits = is_digit(before) && is_digit(after);
            let next = stop + c.len_utf8();
            let joins = match c {
                '.' => both_digits || self.dotted(at, stop, end),
                ',' => both_digits && self.thousands(next, end),
                ':' => both_digits && stop - at < LOOK_AHEAD,
                '/' => both_digits && stop - at < LOOK_AHEAD && !self.text[at..end].starts_with("24/7"),
                '_' => true,
                '&' => {
                    before.is_uppercase() && after.is_uppercase() && self.text[at..stop].chars().take(6).count() <= 5
                }
                '-' | '‑' => {
                    if let Some(number) =
                        both_digits.then(|| self.digit_groups(label, end)).flatten().filter(|n| *n > stop)
                    {
                        stop = number;
                        continue;
                    }
                    words::is_prefix(&self.text[label..stop])
                }
                c if is_apostrophe(c) => before.is_alphabetic() || !after.is_numeric(),
                _ => false,
            };
            if !joins {
                return stop;
            }
            if c == '-' {
                label = next;
            }
            stop = next;
        }
    }

    /// Whether three digits and no more stand at `at`.
    fn thousands(&self, at: usize, end: usize) -> bool {
        self.text[at..end].chars().take(4).take_while(|&c| is_digit(c)).count() == 3
    }

    /// Whether the full stop at `stop` is part of an abbreviation ("U.S") or a host or file name.
    fn dotted(&self, at: usize, stop: usize, end: usize) -> bool {
        let single = |label: &str| label.chars().take(2).count() == 1 && label.starts_with(char::is_alphabetic);
        let next = &self.text[stop + 1..end];
        let next = &next[..next.find(|c| !is_wordy(c)).unwrap_or(next.len())];
        let first = &self.text[at..stop];
        if first.len() < LOOK_AHEAD && first.split('.').all(|l| single(l) || l.eq_ignore_ascii_case("ph")) {
            return single(next) || matches!(next, "Sc" | "sc" | "Phil");
        }
        let ahead = self.ahead(stop, end);
        let length = ahead.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))).unwrap_or(ahead.len());
        // What was read already counts too: "alt.animals.cat".
        let from = if first.len() < LOOK_AHEAD { at } else { stop };
        let name = self.text[from..stop + length].trim_end_matches(['.', '-', '_']);
        let last = name.rsplit('.').next().unwrap_or_default();
        let lower = |s: &str| !s.chars().any(char::is_uppercase);
        words::is_domain(last) && (lower(last) || last.chars().all(char::is_uppercase))
            || name.matches('.').count() >= 2 && lower(name) && name.split('.').skip(1).all(|l| l.len() > 1)
    }

    /// End of the telephone number or date with hyphens that starts at `at`: 713-853-3989, 2024-03-06.
    fn digit_groups(&self, at: usize, end: usize) -> Option<usize> {
        let run = self.ahead(at, end);
        let run = &run[..run.find(|c| !is_digit(c) && c != '-').unwrap_or(run.len())];
        if run.len() > 20 {
            return None;
        }
        let groups: Vec<usize> = run.split('-').map(str::len).collect();
        let known = matches!(
            groups[..],
            [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] | [1..=2, 1..=2, 2]
        );
        known.then_some(at + run.len())
    }

    /// Whether the word keeps the full stop after it.
    fn keeps_stop(&self, at: usize, stop: usize, end: usize) -> bool {
        if stop >= end || !self.text[stop..].starts_with('.') {
            return false;
        }
        let after = self.char_at(stop + 1);
        if after.is_some_and(|c| c == '.' || is_wordy(c)) {
            return false;
        }
        let word = &self.text[at..stop];
        // The first character of what follows, in the same paragraph.
        let look = self.text.get(stop + 1..self.end).unwrap_or_default();
        let follows = look.chars().take(16).find(|c| !c.is_whitespace());
        let last = look.trim_start_matches(['"', '”', ')', '\'', '’', ']']).trim_start().is_empty();
        let initials = word.split('.').all(|l| l.chars().take(2).count() == 1 && l.starts_with(char::is_alphabetic));
        if initials && word.contains('.') || matches!(word, "Ph.D" | "M.Sc" | "M.Phil") {
            return true;
        }
        if initials && word.starts_with(char::is_uppercase) {
            return !last && word != "I" && follows.is_some_and(|c| c.is_uppercase() || c == ',');
        }
        match words::stop_of(word) {
            Stop::Keeps => true,
            Stop::Doubtful => {
                !last
                    && follows.is_some_and(|c| {
                        if word.eq_ignore_ascii_case("no") || word == "c" {
                            is_digit(c)
                        } else {
                            c.is_alphanumeric() || c == ','
                        }
                    })
            }
            Stop::Apart => after == Some(','),
        }
    }

    /// Reads the token that starts with something that is no word; returns its end.
    fn mark(&mut self, c: char, start: usize, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let run = |set: &[char]| rest.find(|c| !set.contains(&c)).unwrap_or(rest.len());
        let length = match c {
            '!' | '?' | '.' => run(&['!', '?', '.']),
            '-' | '*' | '=' | '~' | '_' | '+' | '<' | '>' | '—' | '–' | '#' | '^' | '|' | '•' => run(&[c]),
            '\'' | '’' | '‘' | '`' => return self.quote(c, start, at, end),
            '$' => run(&['$']),
            '@' if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') => {
                1 + rest[1..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len() - 1)
            }
            c if c.is_ascii() => 1,
            c => rest.graphemes(true).next().map_or(c.len_utf8(), grapheme_without_space),
        };
        self.push(at, at + length, false);
        at + length
    }

    /// Reads a single quotation mark or an apostrophe before a word.
    fn quote(&mut self, c: char, start: usize, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let width = c.len_utf8();
        let tail = &rest[width..];
        if tail.starts_with(c) || (c == '‘' && tail.starts_with('’')) {
            let second = tail.chars().next().map_or(0, char::len_utf8);
            self.push(at, at + width + second, false);
            return at + width + second;
        }
        let word = &tail[..tail.find(|c| !is_wordy(c)).unwrap_or(tail.len())];
        let opens = at == start || self.char_before(start, at).is_some_and(|c| "([{\"“—-".contains(c));
        if opens && is_apostrophe(c) {
            let decade = word.len() <= 3 && word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
            let known = ["em", "til", "cause", "n", "tis", "twas", "bout"].iter().any(|w| word.eq_ignore_ascii_case(w));
            if decade || known {
                self.push(at, at + width + word.len(), false);
                return at + width + word.len();
            }
        }
        // "AWOL" 's, 1980 's: a clitic after something that is no word.
        if !opens && is_apostrophe(c) && word == "s" {
            self.push(at, at + width + 1, true);
            return at + width + 1;
        }
        self.open_quote = opens && !word.is_empty();
        self.push(at, at + width, false);
        at + width
    }
}

/// Bytes of a grapheme up to the first white space in it.
fn grapheme_without_space(grapheme: &str) -> usize {
    grapheme.find(char::is_whitespace).unwrap_or(grapheme.len())
}
