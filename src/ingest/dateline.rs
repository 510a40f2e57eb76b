use super::head::DateFinder;
use crate::model::{Day, Granularity, Span};

/// What `KYIV, Dec. 22 (Agency) - ` says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    pub place: Span,
    pub agency: Option<Span>,
    /// The words of the date, and the day if its year is known.
    pub date: Option<(Span, Option<Day>)>,
    /// First byte of the body.
    pub end: usize,
}

/// A dateline ends within so many bytes.
const MAX_LENGTH: usize = 120;

/// Reads a dateline at byte `from`: a place, then regions, date and agency as they come, then a dash or a colon; behind an
/// agency in brackets neither need stand.
///
/// The place must be in capitals unless a date or an agency stands beside it: "Peace - at last" is no dateline.
pub(super) fn read(text: &str, from: usize, dates: DateFinder<'_>) -> Option<Dateline> {
    let line = text.get(from..)?.lines().next()?;
    [dash(line), colon(line), bracket(line)]
        .into_iter()
        .flatten()
        .find_map(|(mark, end)| until(text, from, mark, end, dates))
}

/// The dateline whose words end `mark` bytes behind `from`, and whose body begins `end` bytes behind it.
fn until(text: &str, from: usize, mark: usize, end: usize, dates: DateFinder<'_>) -> Option<Dateline> {
    let mut rest = text.get(from..from + mark)?.to_owned();
    let mut agency = None;
    for (open, close) in [('(', ')'), ('/', '/')] {
        if let Some(a) = rest.find(open)
            && let Some(b) = rest[a + 1..].find(close).map(|b| a + 1 + b)
        {
            let inner = text[from + a + 1..from + b].trim();
            if inner.is_empty() || inner.split_whitespace().count() > 5 {
                return None;
            }
            let start = from + a + 1 + (rest[a + 1..b].len() - rest[a + 1..b].trim_start().len());
            agency = Some(Span::new(start, start + inner.len()));
            blank(&mut rest, a, b + 1);
        }
    }
    let mut date = None;
    if rest.bytes().any(|b| b.is_ascii_digit()) {
        let found = dates(&rest, None);
        let timex = found.iter().find(|t| matches!(t.granularity, Granularity::Day | Granularity::Time))?;
        let day = timex.interval.and_then(|i| i.from());
        let span = Span::new(from + timex.span.start as usize, from + timex.span.end as usize);
        date = Some((span, day));
        for timex in &found {
            blank(&mut rest, timex.span.start as usize, timex.span.end as usize);
        }
    }
    let place_end = rest.find(',').unwrap_or(rest.len());
    let place = rest[..place_end].trim_matches(|c: char| c.is_whitespace() || c == '*');
    let start = from + rest[..place_end].find(place)?;
    let sure = agency.is_some() || date.is_some();
    // Regions behind a place in capitals are often in small letters: "KYIV, Ukraine -".
    let region = sure || !place.chars().any(char::is_lowercase);
    if !is_place(place, sure) || !rest[place_end..].split([',', ' ', '*']).all(|w| is_region_word(w, region)) {
        return None;
    }
    let end = from + end;
    // A dateline opens a text: something must follow it.
    (!text[end..].trim().is_empty()).then_some(Dateline {
        place: Span::new(start, start + place.len()),
        agency,
        date,
        end,
    })
}

fn blank(text: &mut String, start: usize, end: usize) {
    text.replace_range(start..end, &" ".repeat(end - start));
}

/// The part of a line in which a dateline would end.
fn opening(line: &str) -> &str {
    let mut limit = line.len().min(MAX_LENGTH);
    while !line.is_char_boundary(limit) {
        limit -= 1;
    }
    &line[..limit]
}

/// Words in capitals that stand before a colon and are no place.
const LABELS: &[&str] = &[
    "BREAKING",
    "UPDATE",
    "EXCLUSIVE",
    "WATCH",
    "LIVE",
    "OPINION",
    "ANALYSIS",
    "VIDEO",
    "PHOTOS",
    "FACTBOX",
    "NOTE",
    "READ",
    "MORE",
    "WARNING",
    "CORRECTION",
    "EDITORIAL",
    "INTERVIEW",
    "EXPLAINER",
    "REVIEW",
    "NEWS",
    "BRIEF",
    "URGENT",
    "ALERT",
];

/// The colon behind a place in capitals or an agency, and the start of the words after it.
fn colon(line: &str) -> Option<(usize, usize)> {
    let at = opening(line).find(": ")?;
    let head = line[..at].trim_end();
    let label = LABELS.iter().any(|l| head.split_whitespace().any(|w| w == *l));
    let place = head.ends_with(')') || !head.chars().any(char::is_lowercase);
    let spaces = line[at + 1..].len() - line[at + 1..].trim_start().len();
    (place && !label).then_some((at, at + 1 + spaces))
}

/// The end of an agency in brackets with the first word of the text right behind it.
fn bracket(line: &str) -> Option<(usize, usize)> {
    let end = opening(line).find(") ").map(|at| at + 1)?;
    let body = line[end..].trim_start();
    body.starts_with(char::is_uppercase).then_some((end, line.len() - body.len()))
}

/// Start of the dash and start of the words after it.
fn dash(line: &str) -> Option<(usize, usize)> {
    let limit = opening(line).len();
    let mut best: Option<(usize, usize)> = None;
    for mark in [" -- ", " - ", " – ", " — ", "— ", "—", ")-", "--"] {
        if let Some(at) = line[..limit].find(mark) {
            let skip = usize::from(mark.starts_with(')'));
            let after = at + mark.len();
            if best.is_none_or(|(b, _)| at + skip < b) {
                best = Some((at + skip, after));
            }
        }
    }
    let (at, after) = best?;
    let spaces = line[after..].len() - line[after..].trim_start().len();
    Some((at, after + spaces))
}

fn is_place(place: &str, sure: bool) -> bool {
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let words = place.split_whitespace().count();
    letters >= 2
        && words <= 5
        && place.chars().all(|c| c.is_alphabetic() || " .'’-/".contains(c))
        && place.split_whitespace().all(|w| is_region_word(w, sure))
        && (sure || letters >= 3)
}

fn is_region_word(word: &str, sure: bool) -> bool {
    let word = word.trim_matches(['.', ',', '*', '(', ')', '/', '-']);
    let small = matches!(word, "de" | "of" | "the" | "and" | "la" | "le" | "el" | "al" | "del" | "di" | "da");
    let capitals = !word.chars().any(char::is_lowercase);
    word.is_empty() || small || capitals || (sure && word.starts_with(|c: char| c.is_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Interval, Timex, TimexKind};

    /// Knows one date, which is all that these tests write.
    fn finder(text: &str, _: Option<Day>) -> Vec<Timex> {
        let Some(at) = text.find("Dec. 22") else { return Vec::new() };
        vec![Timex {
            span: Span::new(at, at + 7),
            kind: TimexKind::Date,
            value: "2025-12-22".into(),
            modifier: None,
            interval: Some(Interval::day("2025-12-22".parse().unwrap())),
            granularity: Granularity::Day,
            basis: Basis::Stated,
            edtf: None,
            anchor: None,
            until: None,
            rule: "test".into(),
            note: None,
        }]
    }

    fn parts(text: &str) -> Option<(&str, Option<&str>, bool, &str)> {
        let d = read(text, 0, &finder)?;
        Some((d.place.of(text), d.agency.map(|a| a.of(text)), d.date.is_some(), &text[d.end..]))
    }

    #[test]
    fn datelines_in_their_usual_forms() {
        assert_eq!(parts("KYIV, Dec. 22 (Agency) - He said."), Some(("KYIV", Some("Agency"), true, "He said.")));
        assert_eq!(parts("KYIV, Ukraine (AP) — He said."), Some(("KYIV", Some("AP"), false, "He said.")));
        assert_eq!(parts("MOSCOW - He said."), Some(("MOSCOW", None, false, "He said.")));
        assert_eq!(parts("Kyiv, Dec. 22 (Agency) -- He said."), Some(("Kyiv", Some("Agency"), true, "He said.")));
        assert_eq!(parts("**BERN** - It did."), Some(("BERN", None, false, "It did.")));
        assert_eq!(parts("RIO DE JANEIRO (Reuters) - It did.").unwrap().0, "RIO DE JANEIRO");
        assert_eq!(parts("ALGIERS, Algeria - He said."), Some(("ALGIERS", None, false, "He said.")));
        assert_eq!(parts("LIMA: It did."), Some(("LIMA", None, false, "It did.")));
        assert_eq!(parts("LIMA (Agency) : It did."), Some(("LIMA", Some("Agency"), false, "It did.")));
        assert_eq!(parts("Lima, Dec. 22 (Agency) It did."), Some(("Lima", Some("Agency"), true, "It did.")));
    }

    #[test]
    fn other_dashes_open_no_dateline() {
        for text in [
            "Peace - at last.",
            "Ukraine and Russia - at war since 2014 - met.",
            "He said - and meant it (twice) - that.",
            "MOSCOW - ",
            "BREAKING: A bridge fell.",
            "He said: It fell.",
            "The bank (founded in 1901) Failed.",
            "A",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
