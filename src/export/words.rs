//! Dates, names and doubts in words for people.

use std::borrow::Cow;

use crate::model::{Day, Entry, Granularity, Interval, MONTHS, Modality, Origin, Polarity};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A text that a terminal can be trusted with: without control characters (escapes among them), without characters that
/// turn the direction of writing, and with single blanks for every run of white space.
///
/// ```
/// use dateline::export::clean;
/// assert_eq!(clean("a\u{1b}[31mred\n\n  word\u{202e}"), "a[31mred word");
/// assert_eq!(clean("Łódź"), "Łódź");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    let bad = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if is_plain(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let two_blanks = text.as_bytes().windows(2).any(|w| w == b"  ");
    if !two_blanks && !text.chars().any(|c| bad(c) || (c.is_whitespace() && c != ' ')) && text.trim() == text {
        return Cow::Borrowed(text);
    }
    let words = text.split_whitespace().map(|word| word.chars().filter(|c| !bad(*c)).collect::<String>());
    Cow::Owned(words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Whether a text is printable ASCII with single blanks inside: as most are, and quick to tell, for every byte is looked at
/// and processors do many at a time.
fn is_plain(text: &[u8]) -> bool {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return true };
    let printable = text.iter().fold(true, |all, byte| all & (b' '..=b'~').contains(byte));
    let next = &text[1..];
    let blanks = text.iter().zip(next).fold(false, |any, (a, b)| any | ((*a == b' ') & (*b == b' ')));
    printable && !blanks && *first != b' ' && *last != b' '
}

fn year(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) }
}

/// A day in words.
///
/// ```
/// use dateline::export::day_words;
/// assert_eq!(day_words("2025-12-22".parse().unwrap()), "Monday 22 December 2025");
/// assert_eq!(day_words("-0043-03-15".parse().unwrap()), "15 March 44 BC");
/// ```
pub fn day_words(day: Day) -> String {
    let (y, m, d) = day.ymd();
    let month = MONTHS[(m - 1) as usize];
    // The calendar is proleptic: weekdays before its time are nobody's.
    if y < 1583 {
        return format!("{d} {month} {}", year(y));
    }
    format!("{} {d} {month} {}", WEEKDAYS[(day.weekday() - 1) as usize], year(y))
}

fn short(day: Day) -> String {
    let (y, m, d) = day.ymd();
    format!("{d} {} {}", MONTHS[(m - 1) as usize], year(y))
}

/// When an entry happened, in words: a heading for all entries of the same date.
pub fn when(interval: Interval, granularity: Granularity) -> String {
    let (from, to) = match (interval.from(), interval.to()) {
        (None, None) => return "Date unknown".to_owned(),
        (None, Some(to)) => return format!("On or before {}", day_words(to)),
        (Some(from), None) => return format!("On or after {}", day_words(from)),
        (Some(from), Some(to)) if from == to => return day_words(from),
        (Some(from), Some(to)) => (from, to),
    };
    let (y, m, d) = from.ymd();
    let month = MONTHS[(m - 1) as usize];
    let whole = |months: u32| {
        let (end_y, end_m, _) = to.ymd();
        let ends = to.plus(1).is_none_or(|next| next.ymd().2 == 1);
        d == 1 && ends && (end_y - y) * 12 + end_m as i32 - m as i32 + 1 == months as i32
    };
    match granularity {
        Granularity::Month if whole(1) => format!("{month} {}", year(y)),
        Granularity::Quarter if whole(3) && m % 3 == 1 => format!("Quarter {} of {}", m / 3 + 1, year(y)),
        Granularity::Year if whole(12) && m == 1 => year(y),
        Granularity::Decade if whole(120) && m == 1 && y > 0 && y % 10 == 0 => format!("The {y}s"),
        Granularity::Century if whole(1200) && m == 1 && y > 0 && y % 100 == 1 => format!("Century {}", y / 100 + 1),
        Granularity::Week => format!("Week of {}", day_words(from)),
        _ if whole(1) => format!("{month} {}", year(y)),
        _ if whole(12) && m == 1 => year(y),
        _ => format!("{} to {}", short(from), short(to)),
    }
}

/// What must be said before a headline is believed: that it did not happen, comes from a table of others, is planned, is
/// possible, or who says so. Empty for what the article tells as a fact.
pub fn stance(entry: &Entry) -> String {
    let mut marks = Vec::new();
    if entry.polarity == Polarity::Negative {
        marks.push("not: did not happen, or denied".to_owned());
    }
    if entry.origin != Origin::Extracted {
        marks.push(format!("imported from {}", entry.origin));
    }
    match entry.modality {
        Modality::Planned => marks.push("planned".to_owned()),
        Modality::Possible => marks.push("possible".to_owned()),
        Modality::Asserted | Modality::Reported => {}
    }
    match entry.evidence.first().and_then(|e| e.attribution.as_deref()).filter(|_| entry.modality != Modality::Asserted)
    {
        Some(speaker) => marks.push(format!("reported by {}", clean(speaker))),
        None if entry.modality == Modality::Reported => marks.push("reported".to_owned()),
        None => {}
    }
    marks.join("; ")
}

/// The actors, agents first, each once; then the place with its country.
pub fn who_and_where(entry: &Entry) -> (String, String) {
    let mut names: Vec<&str> = Vec::new();
    for actor in &entry.actors {
        if !names.contains(&actor.name.as_str()) {
            names.push(&actor.name);
        }
    }
    let place = entry.place.as_ref().map_or(String::new(), |p| match p.country {
        Some(country) if p.precision != crate::model::PlacePrecision::Country => format!("{}, {country}", p.name),
        _ => p.name.clone(),
    });
    (clean(&names.join("; ")).into_owned(), clean(&place).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_say_them() {
        let say = |from: &str, to: &str, g| {
            let day = |t: &str| t.parse().ok();
            when(Interval::new(day(from), day(to)).unwrap(), g)
        };
        assert_eq!(say("2025-12-22", "2025-12-22", Granularity::Day), "Monday 22 December 2025");
        assert_eq!(say("2025-12-01", "2025-12-31", Granularity::Month), "December 2025");
        assert_eq!(say("2024-02-01", "2024-02-28", Granularity::Month), "1 February 2024 to 28 February 2024");
        assert_eq!(say("2025-01-01", "2025-12-31", Granularity::Range), "2025");
        assert_eq!(say("2025-04-01", "2025-06-30", Granularity::Quarter), "Quarter 2 of 2025");
        assert_eq!(say("1990-01-01", "1999-12-31", Granularity::Decade), "The 1990s");
        assert_eq!(say("-0043-01-01", "-0043-12-31", Granularity::Year), "44 BC");
        assert_eq!(say("2025-12-22", "2025-12-28", Granularity::Week), "Week of Monday 22 December 2025");
        assert_eq!(say("", "2025-12-23", Granularity::Range), "On or before Tuesday 23 December 2025");
        assert_eq!(say("2025-12-23", "", Granularity::Range), "On or after Tuesday 23 December 2025");
        assert_eq!(say("", "", Granularity::Range), "Date unknown");
        assert_eq!(
            when(Interval::new(Some(Day::MIN), Some(Day::MAX)).unwrap(), Granularity::Range),
            "1 January 10000 BC to 31 December 9999"
        );
    }
}
