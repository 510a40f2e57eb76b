use std::str::FromStr;

use super::value::unit_code;
use super::{Amount, DateValue, DayPart, Digits, DurationValue, Rest, Season, TimeOfDay, TimexValue, Unit, ValueError};

impl FromStr for TimexValue {
    type Err = ValueError;

    /// Parses what `Display` prints, and nothing else. Never panics; linear in the length of the text.
    ///
    /// ```
    /// use dateline::time::TimexValue;
    /// for text in ["2025-12-22", "1998-02-12TEV", "1989-Q3", "BC048", "XXXX-WXX-5", "PT1H30M", "PXW", "PAST_REF"] {
    ///     assert_eq!(text.parse::<TimexValue>().unwrap().to_string(), text);
    /// }
    /// assert!("2025-13-40".parse::<TimexValue>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<TimexValue, ValueError> {
        let bad = || ValueError(text.chars().take(40).collect());
        match text {
            "PAST_REF" => return Ok(TimexValue::Past),
            "PRESENT_REF" => return Ok(TimexValue::Present),
            "FUTURE_REF" => return Ok(TimexValue::Future),
            _ => {}
        }
        if !text.is_ascii() || text.len() > 200 {
            return Err(bad());
        }
        match text.strip_prefix('P') {
            Some(rest) => duration(rest).map(TimexValue::Duration),
            None => date(text).map(TimexValue::Date),
        }
        .ok_or_else(bad)
    }
}

fn duration(text: &str) -> Option<DurationValue> {
    let mut parts = Vec::new();
    if text == "XX" {
        return Some(DurationValue { parts });
    }
    let mut rest = text;
    let mut clock = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T').filter(|_| !clock) {
            clock = true;
            rest = after;
        }
        let (amount, after) = amount(rest)?;
        let len = after.find(|c: char| !c.is_ascii_uppercase() || c == 'X' || c == 'T').unwrap_or(after.len());
        let code = &after[..len];
        let unit = Unit::ALL.iter().copied().find(|u| u.is_clock() == clock && unit_code(*u) == code)?;
        parts.push((amount, unit));
        rest = &after[len..];
    }
    (!parts.is_empty()).then_some(DurationValue { parts })
}

fn amount(text: &str) -> Option<(Amount, &str)> {
    if let Some(rest) = text.strip_prefix('X') {
        return Some((Amount::Unknown, rest));
    }
    let len = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole: u32 = text[..len].parse().ok().filter(|n| *n <= Amount::MAX)?;
    let rest = &text[len..];
    let Some(fraction) = rest.strip_prefix('.') else { return Some((Amount::Exact(whole * 1000), rest)) };
    let len = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
    let scale = match len {
        1 => 100,
        2 => 10,
        3 => 1,
        _ => return None,
    };
    let part: u32 = fraction[..len].parse().ok()?;
    // A trailing zero would not be printed again.
    (!part.is_multiple_of(10)).then_some((Amount::Exact(whole * 1000 + part * scale), &fraction[len..]))
}

/// `XX` or two digits within a range.
fn two(text: &str, from: u8, to: u8) -> Option<Option<u8>> {
    if text == "XX" {
        return Some(None);
    }
    let b = text.as_bytes();
    let n = (b.len() == 2 && b.iter().all(u8::is_ascii_digit)).then(|| (b[0] - b'0') * 10 + b[1] - b'0')?;
    (from..=to).contains(&n).then_some(Some(n))
}

fn one(text: &str, to: u8) -> Option<Option<u8>> {
    if text == "X" {
        return Some(None);
    }
    let n: u8 = text.parse().ok()?;
    (text.len() == 1 && (1..=to).contains(&n)).then_some(Some(n))
}

fn date(text: &str) -> Option<DateValue> {
    let (date, time) = match text.find('T') {
        Some(at) => (&text[..at], Some(time_of_day(&text[at + 1..])?)),
        None => (text, None),
    };
    let (bce, date) = date.strip_prefix("BC").map_or((false, date), |rest| (true, rest));
    let len = date.find('-').unwrap_or(date.len());
    let mut digits = [None; 4];
    if !(1..=4).contains(&len) {
        return None;
    }
    for (slot, c) in digits.iter_mut().zip(date[..len].bytes()) {
        *slot = match c {
            b'X' => None,
            b'0'..=b'9' => Some(c - b'0'),
            _ => return None,
        };
    }
    let year = Digits::new(bce, &digits[..len])?;
    let rest = if len == date.len() { Rest::None } else { rest(&date[len + 1..])? };
    (len == 4 || rest == Rest::None && time.is_none()).then_some(DateValue { year, rest, time })
}

fn rest(text: &str) -> Option<Rest> {
    if let Some(season) = Season::ALL.iter().find(|s| s.code() == text) {
        return Some(Rest::Season(*season));
    }
    if let Some(q) = text.strip_prefix('Q') {
        return one(q, 4).map(Rest::Quarter);
    }
    if let Some(h) = text.strip_prefix('H') {
        return one(h, 2).map(Rest::Half);
    }
    if let Some(week) = text.strip_prefix('W') {
        let number = two(week.get(..2)?, 1, 53)?;
        return match week.get(2..)? {
            "" => Some(Rest::Week(number)),
            "-WE" => Some(Rest::Weekend(number)),
            day => one(day.strip_prefix('-')?, 7)?.map(|d| Rest::WeekDay(number, d)),
        };
    }
    let month = two(text.get(..2)?, 1, 12)?;
    match text.get(2..)? {
        "" => Some(Rest::Month(month)),
        day => Some(Rest::Day(month, two(day.strip_prefix('-')?, 1, 31)?)),
    }
}

fn time_of_day(text: &str) -> Option<TimeOfDay> {
    if text == "XX" {
        return Some(TimeOfDay::Unknown);
    }
    if let Some(part) = DayPart::ALL.iter().find(|p| p.code() == text) {
        return Some(TimeOfDay::Part(*part));
    }
    let number = |t: &str, to| two(t, 0, to).flatten();
    let hour = number(text.get(..2)?, 24)?;
    let (minute, rest) = match text.get(2..)?.strip_prefix(':') {
        Some(rest) => (Some(number(rest.get(..2)?, 59)?), rest.get(2..)?),
        None => (None, text.get(2..)?),
    };
    let (second, rest) = match rest.strip_prefix(':').filter(|_| minute.is_some()) {
        Some(rest) => (Some(number(rest.get(..2)?, 59)?), rest.get(2..)?),
        None => (None, rest),
    };
    let offset = match rest.as_bytes().first() {
        None => None,
        Some(b'Z') if rest.len() == 1 => Some(0),
        Some(sign @ (b'+' | b'-')) => {
            let hours = i16::from(number(rest.get(1..3)?, 18)?);
            let minutes = match rest.get(3..)? {
                "" => 0,
                m => i16::from(number(m.strip_prefix(':')?, 59).filter(|m| *m > 0)?),
            };
            let total = hours * 60 + minutes;
            Some(if *sign == b'-' { -total } else { total }).filter(|o| *o != 0)
        }
        _ => return None,
    };
    // An offset that is written but says nothing would not be printed again.
    if !rest.is_empty() && offset.is_none() {
        return None;
    }
    Some(TimeOfDay::Clock { hour, minute, second, offset })
}
