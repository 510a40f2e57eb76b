use std::str::FromStr;

use super::edtf::known;
use super::{Edtf, EdtfBound, EdtfDate, EdtfError, Member, Qualifier};
use crate::model::Day;

impl FromStr for Edtf {
    type Err = EdtfError;

    /// Parses an expression. Linear in its length; a set may have at most 1,000 members.
    ///
    /// ```
    /// use dateline::time::Edtf;
    /// for text in ["2023-12?", "194X", "2023-21", "[1667..1668]", "../2013-03", "-0043-03-15", "2004-~06-11", "{1960,1961-12}"] {
    ///     assert_eq!(text.parse::<Edtf>().unwrap().to_string(), text);
    /// }
    /// assert!("2023-02-30".parse::<Edtf>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Edtf, EdtfError> {
        parse(text.trim()).ok_or_else(|| EdtfError(text.chars().take(60).collect()))
    }
}

fn parse(text: &str) -> Option<Edtf> {
    if let Some(inside) = text.strip_prefix('[') {
        return members(inside.strip_suffix(']')?).map(Edtf::OneOf);
    }
    if let Some(inside) = text.strip_prefix('{') {
        return members(inside.strip_suffix('}')?).map(Edtf::AllOf);
    }
    let Some((from, to)) = text.split_once('/') else { return date(text).map(Edtf::Date) };
    let (from, to) = (bound(from)?, bound(to)?);
    let interval = Edtf::Interval(from, to);
    match (from, to) {
        (EdtfBound::Date(a), EdtfBound::Date(b)) => {
            let (a, b) = (a.interval().from()?, b.interval().to()?);
            (a <= b).then_some(interval)
        }
        (EdtfBound::Date(_), _) | (_, EdtfBound::Date(_)) => Some(interval),
        _ => None,
    }
}

fn bound(text: &str) -> Option<EdtfBound> {
    match text {
        "" => Some(EdtfBound::Unknown),
        ".." => Some(EdtfBound::Open),
        _ => date(text).map(EdtfBound::Date),
    }
}

fn members(text: &str) -> Option<Vec<Member>> {
    let mut members = Vec::new();
    for part in text.split(',').map(str::trim) {
        if members.len() == 1000 {
            return None;
        }
        members.push(match part.split_once("..") {
            None => Member::One(date(part)?),
            Some((from, to)) => {
                let side = |t: &str| if t.is_empty() { Some(None) } else { date(t).map(Some) };
                let (from, to) = (side(from)?, side(to)?);
                match (from, to) {
                    (None, None) => return None,
                    (Some(a), Some(b)) if a.interval().from()? > b.interval().to()? => return None,
                    _ => Member::Run(from, to),
                }
            }
        });
    }
    Some(members)
}

/// Digits, some of which may be `X`, with the qualifiers before and behind them.
struct Part<'a> {
    before: Qualifier,
    digits: &'a [u8],
    behind: Qualifier,
}

fn part(text: &str) -> Option<Part<'_>> {
    let b = text.as_bytes();
    let before = Qualifier::of_sign(*b.first()?);
    let b = if before == Qualifier::None { b } else { &b[1..] };
    let behind = Qualifier::of_sign(*b.last()?);
    let digits = if behind == Qualifier::None { b } else { &b[..b.len() - 1] };
    Some(Part { before, digits, behind })
}

fn fill<const N: usize>(bytes: &[u8]) -> Option<[Option<u8>; N]> {
    let mut out = [None; N];
    if bytes.len() != N {
        return None;
    }
    for (slot, c) in out.iter_mut().zip(bytes) {
        *slot = match c {
            b'X' => None,
            b'0'..=b'9' => Some(c - b'0'),
            _ => return None,
        };
    }
    Some(out)
}

fn date(text: &str) -> Option<EdtfDate> {
    if !text.is_ascii() || text.len() > 20 {
        return None;
    }
    // The sign of the year may stand behind a qualifier: ?-2004-06-11.
    let (lead, rest) = match text.as_bytes().first().map(|c| Qualifier::of_sign(*c)) {
        Some(q) if q != Qualifier::None => (q, &text[1..]),
        _ => (Qualifier::None, text),
    };
    let (negative, rest) = rest.strip_prefix('-').map_or((false, rest), |r| (true, r));
    let mut pieces = rest.split('-');
    let year_part = part(pieces.next()?)?;
    if year_part.before != Qualifier::None {
        return None;
    }
    let mut date = EdtfDate { negative, year: fill(year_part.digits)?, ..EdtfDate::year(0) };
    let mut marks = vec![(lead, year_part.behind)];
    if let Some(text) = pieces.next() {
        let p = part(text)?;
        date.month = Some(fill(p.digits)?);
        marks.push((p.before, p.behind));
    }
    if let Some(text) = pieces.next() {
        let p = part(text)?;
        date.day = Some(fill(p.digits)?);
        marks.push((p.before, p.behind));
    }
    if pieces.next().is_some() || negative && known(date.year) == Some(0) {
        return None;
    }
    // A sign in front belongs to its part; a sign behind belongs to its part and all before it.
    for (i, (before, behind)) in marks.iter().enumerate() {
        date.qualifiers[i] = date.qualifiers[i].and(*before);
        for q in &mut date.qualifiers[..=i] {
            *q = q.and(*behind);
        }
    }
    possible(&date).then_some(date)
}

/// Whether some day of the calendar fits.
fn possible(date: &EdtfDate) -> bool {
    let Some(month) = date.month else { return true };
    let number = known(month);
    let month_ok = match number {
        Some(m) => (1..=12).contains(&m) || date.day.is_none() && (21..=41).contains(&m),
        None => month[0].is_none_or(|t| t <= 1) && (month[0] != Some(1) || month[1].is_none_or(|o| o <= 2)),
    };
    let Some(day) = date.day else { return month_ok };
    let day_ok = match known(day) {
        Some(d) => match (number, known(date.year)) {
            (Some(m), Some(y)) => Day::from_ymd(if date.negative { -(y as i32) } else { y as i32 }, m, d).is_some(),
            // Without the year, 29 February may exist.
            (Some(m), None) => Day::from_ymd(2000, m, d).is_some(),
            _ => (1..=31).contains(&d),
        },
        None => day[0].is_none_or(|t| t <= 3) && (day[0] != Some(3) || day[1].is_none_or(|o| o <= 1)),
    };
    month_ok && day_ok
}
