use super::holiday::MONTHS;
use super::{Cell, Edtf, Unit};
use crate::model::{Day, Interval};

/// A text that is not a date a person can ask for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a date; expected such as 2025, 2025-12, 2025-12-22, \"22 Dec 2025\", \"December 2025\", \"44 BC\", \
     \"last month\", \"3 weeks ago\", \"1990s\", 2025-03/2025-05"
)]
pub struct QueryDateError(pub String);

/// Reads a date as people type it for a search: EDTF, `22 Dec 2025`, `Dec 22, 2025`, `December 2025`, `44 BC`, `1990s`,
/// `today`, `last month`, `3 weeks ago`. The answer is the whole range of days that the words cover.
///
/// ```
/// use dateline::time::parse_query_date;
/// let today = "2026-01-15".parse().unwrap();
/// let days = |text| {
///     let i = parse_query_date(text, today).unwrap();
///     format!("{} {}", i.from().unwrap(), i.to().unwrap())
/// };
/// assert_eq!(days("2025-12"), "2025-12-01 2025-12-31");
/// assert_eq!(days("last month"), "2025-12-01 2025-12-31");
/// assert_eq!(days("44 BC"), "-0043-01-01 -0043-12-31");
/// assert!(parse_query_date("31 February 2025", today).is_err());
/// ```
pub fn parse_query_date(text: &str, today: Day) -> Result<Interval, QueryDateError> {
    let bad = || QueryDateError(text.chars().take(60).collect());
    let trimmed = text.trim();
    if trimmed.len() > 200 {
        return Err(bad());
    }
    if let Ok(edtf) = trimmed.parse::<Edtf>() {
        return Some(edtf.interval()).filter(|i| !i.is_unknown()).ok_or_else(bad);
    }
    if let Some((from, to)) = trimmed.split_once("..") {
        let side = |t: &str| if t.trim().is_empty() { Ok(Interval::UNKNOWN) } else { parse_query_date(t, today) };
        let range = Interval::new(side(from)?.from(), side(to)?.to()).filter(|i| !i.is_unknown());
        return range.ok_or_else(bad);
    }
    let lower = trimmed.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    words_of(&words, today).map(Cell::interval).ok_or_else(bad)
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let long_enough = word.len() >= 3 && word.is_ascii();
    let at = MONTHS.iter().position(|m| long_enough && m.starts_with(word) || word == "sept" && *m == "september")?;
    Some(at as u32 + 1)
}

fn unit(word: &str) -> Option<Unit> {
    let word = word.strip_suffix('s').unwrap_or(word);
    let ok = |u: &&Unit| !u.is_clock() && u.as_str() == word;
    Unit::ALL.iter().find(ok).copied()
}

/// Day of the month: `22`, `22nd`.
fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    let ok = matches!(suffix, "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|d| ok && (1..=31).contains(d))
}

fn year(word: &str) -> Option<i32> {
    let short = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|y: &i32| short && *y > 0)
}

fn words_of(words: &[&str], today: Day) -> Option<Cell> {
    let near = |unit, n| Cell::of(today, unit).shift(n);
    match *words {
        ["today" | "now"] => near(Unit::Day, 0),
        ["yesterday"] => near(Unit::Day, -1),
        ["tomorrow"] => near(Unit::Day, 1),
        ["last" | "previous", u] => near(unit(u)?, -1),
        ["this" | "current", u] => near(unit(u)?, 0),
        ["next", u] => near(unit(u)?, 1),
        [n, u, "ago"] => {
            let n: i32 =
                if n == "a" || n == "one" { 1 } else { n.parse().ok().filter(|n| (0..100_000).contains(n))? };
            near(unit(u)?, -n)
        }
        [y, "bc" | "bce" | "b.c." | "b.c.e."] => Cell::year(1 - year(y)?),
        [y, "ad" | "ce" | "a.d." | "c.e."] | ["ad" | "a.d.", y] => Cell::year(year(y)?),
        [y] if y.ends_with("0s") => Cell::decade(year(y.strip_suffix('s')?)?),
        [y] => year(y).and_then(Cell::year),
        [m, y] => Cell::month(year(y)?, month(m)?),
        [a, b, y] => {
            let (month, day) = match (month(a), day(a)) {
                (Some(m), _) => (m, day(b)?),
                (None, Some(d)) => (month(b)?, d),
                _ => return None,
            };
            Day::from_ymd(year(y)?, month, day).map(Cell::day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        match parse_query_date(text, "2026-03-31".parse().unwrap()) {
            Ok(i) => {
                format!("{:?} {:?}", i.from().map(|d| d.to_string()), i.to().map(|d| d.to_string())).replace("Some", "")
            }
            Err(e) => e.to_string().split(';').next().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn people_type_dates_in_many_ways() {
        assert_eq!(days("22 Dec 2025"), r#"("2025-12-22") ("2025-12-22")"#);
        assert_eq!(days("December 22nd, 2025"), r#"("2025-12-22") ("2025-12-22")"#);
        assert_eq!(days("Sept. 2025"), r#"("2025-09-01") ("2025-09-30")"#);
        assert_eq!(days("1990s"), r#"("1990-01-01") ("1999-12-31")"#);
        assert_eq!(days("last month"), r#"("2026-02-01") ("2026-02-28")"#);
        assert_eq!(days("2 weeks ago"), r#"("2026-03-16") ("2026-03-22")"#);
        assert_eq!(days("2025-03/2025-05"), r#"("2025-03-01") ("2025-05-31")"#);
        assert_eq!(days("Dec 2025 .. today"), r#"("2025-12-01") ("2026-03-31")"#);
        assert_eq!(days(".. 1990"), r#"None ("1990-12-31")"#);
        assert_eq!(days("../2013-03"), r#"None ("2013-03-31")"#);
        assert_eq!(days("AD 79"), r#"("0079-01-01") ("0079-12-31")"#);
    }

    #[test]
    fn other_texts_are_refused_with_the_way_out() {
        for text in ["", "..", "../..", "soon", "31 February 2025", "2025-13", "99999", "0 BC", "last banana", "é é é"]
        {
            assert!(days(text).ends_with("is not a date"), "{text}: {}", days(text));
        }
    }
}
