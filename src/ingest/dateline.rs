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

/// Reads a dateline at byte `from`: a place, then regions, date and agency as they come, then a dash.
///
/// The place must be in capitals unless a date or an agency stands beside it: "Peace - at last" is no dateline.
pub(super) fn read(text: &str, from: usize, dates: DateFinder<'_>) -> Option<Dateline> {
    let line = text.get(from..)?.lines().next()?;
    let (dash, end) = dash(line)?;
    let head = &line[..dash];
    let mut rest = head.to_owned();
    let mut agency = None;
    for (open, close) in [('(', ')'), ('/', '/')] {
        if let Some(a) = rest.find(open)
            && let Some(b) = rest[a + 1..].find(close).map(|b| a + 1 + b)
        {
            let inner = rest[a + 1..b].trim();
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
    if !is_place(place, sure) || !rest[place_end..].split([',', ' ', '*']).all(|w| is_region_word(w, sure)) {
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

/// Start of the dash and start of the words after it.
fn dash(line: &str) -> Option<(usize, usize)> {
    let mut limit = line.len().min(MAX_LENGTH);
    while !line.is_char_boundary(limit) {
        limit -= 1;
    }
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
    // Regions after the place are often in small letters: "KYIV, Ukraine -".
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
    }

    #[test]
    fn other_dashes_open_no_dateline() {
        for text in [
            "Peace - at last.",
            "Ukraine and Russia - at war since 2014 - met.",
            "He said - and meant it (twice) - that.",
            "MOSCOW - ",
            "A",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
