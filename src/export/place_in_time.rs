//! Where an entry stands on the time axes of other programs, which know neither open sides nor doubts.

use super::words::{clean, stance, when};
use crate::model::{ContentHash, Day, Entry, EntryActor, Evidence, Interval};

/// Why an entry without any date is left out.
pub(super) const NO_DATE: &str = "no date";
/// Why an entry with one known day is told less exactly.
pub(super) const OPEN: &str = "before or after a known day only: put on that day, the words say so";
/// Why an entry without coordinates is left out of a map.
pub(super) const NO_COORDINATES: &str = "no coordinates (--unlocated keeps them)";

/// The days that an axis gets. With an open side both are the known day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub from: Day,
    pub to: Day,
    pub open: Open,
}

/// The side of an interval on which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    Neither,
    Start,
    End,
}

/// The place of an interval, or `None` if nothing is known of it.
pub(super) fn placed(interval: Interval) -> Option<Placed> {
    Some(match (interval.from(), interval.to()) {
        (Some(from), Some(to)) => Placed { from, to, open: Open::Neither },
        (None, Some(to)) => Placed { from: to, to, open: Open::Start },
        (Some(from), None) => Placed { from, to: from, open: Open::End },
        (None, None) => return None,
    })
}

/// Days that are one unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day(i32, u32, u32),
    Month(i32, u32),
    Year(i32),
}

/// `2024-02-18`, `2024-02` or `2024`; years below zero with a sign.
impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Unit::Day(y, ..) | Unit::Month(y, _) | Unit::Year(y)) = *self;
        write!(f, "{}{:04}", if y < 0 { "-" } else { "" }, y.abs())?;
        match *self {
            Unit::Day(_, m, d) => write!(f, "-{m:02}-{d:02}"),
            Unit::Month(_, m) => write!(f, "-{m:02}"),
            Unit::Year(_) => Ok(()),
        }
    }
}

impl Placed {
    /// The unit that these days are exactly, if they are one.
    pub fn unit(self) -> Option<Unit> {
        let (y, m, d) = self.from.ymd();
        if self.from == self.to {
            return Some(Unit::Day(y, m, d));
        }
        let (to_y, to_m, _) = self.to.ymd();
        let ends_a_month = self.to.plus(1).is_none_or(|next| next.ymd().2 == 1);
        match (d, m, to_m) {
            _ if y != to_y || !ends_a_month => None,
            (1, 1, 12) => Some(Unit::Year(y)),
            (1, a, b) if a == b => Some(Unit::Month(y, m)),
            _ => None,
        }
    }

    /// The day after the last: where ranges end that do not hold their end. The last day of the calendar has none.
    pub fn end_exclusive(self) -> Option<Day> {
        self.to.plus(1)
    }
}

/// The date in words, with its doubts.
pub(super) fn date_words(entry: &Entry) -> String {
    let words = when(entry.interval, entry.granularity);
    match (entry.inferred, entry.approximate) {
        (true, _) => format!("{words} (part of the date inferred)"),
        (false, true) => format!("{words} (approximate)"),
        (false, false) => words,
    }
}

/// The headline with what must be said before it is believed; clean.
pub(super) fn told(entry: &Entry) -> String {
    let stance = stance(entry);
    let headline = clean(&entry.headline);
    if stance.is_empty() { headline.into_owned() } else { format!("{headline} ({})", clean(&stance)) }
}

/// The outlet and the day of publication of a piece of evidence.
pub(super) fn cited(proof: &Evidence) -> String {
    let name = proof.source.as_deref().or(proof.title.as_deref()).unwrap_or("source");
    let day = proof.published.map_or(String::new(), |p| format!(", {}", p.day));
    format!("{}{day}", clean(name))
}

/// The address, if it is one of the web: others (`javascript:`, `file:`) become no links.
pub(super) fn web_address(url: Option<&str>) -> Option<&str> {
    url.filter(|url| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\' | '"'))
    })
}

/// An id that other databases of events will not give to something else: 40 hexadecimal digits.
fn id(parts: &[&str]) -> String {
    let mut hash = ContentHash::of(&parts.join("\n")).to_string();
    hash.truncate(40);
    hash
}

/// The id of an event outside its database.
pub(super) fn event_id(entry: &Entry) -> String {
    let first = entry.evidence.first();
    let article = first.map(article_id).unwrap_or_default();
    id(&["event", &entry.id.to_string(), &article, first.map_or("", |e| &e.sentence)])
}

/// The id of an article outside its database.
pub(super) fn article_id(proof: &Evidence) -> String {
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    match &proof.url {
        Some(url) => id(&["article", url]),
        None => id(&["article", &proof.article.to_string(), &of(&proof.source), &of(&proof.title)]),
    }
}

/// The id of an actor outside its database: the same name, kind and country have the same.
pub(super) fn actor_id(actor: &EntryActor) -> String {
    let country = actor.country.map(|c| c.to_string()).unwrap_or_default();
    id(&["actor", &actor.name, actor.kind.map_or("", |k| k.as_str()), &country])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_exact() {
        let of = |from: &str, to: &str| {
            placed(Interval::new(from.parse().ok(), to.parse().ok()).unwrap()).map(|p| (p.unit(), p.open))
        };
        assert_eq!(of("2024-02-01", "2024-02-29"), Some((Some(Unit::Month(2024, 2)), Open::Neither)));
        assert_eq!(of("2024-02-01", "2024-02-28"), Some((None, Open::Neither)));
        assert_eq!(of("2024-01-01", "2024-12-31"), Some((Some(Unit::Year(2024)), Open::Neither)));
        assert_eq!(of("2023-12-01", "2024-12-31"), Some((None, Open::Neither)));
        assert_eq!(of("9999-12-01", "9999-12-31"), Some((Some(Unit::Month(9999, 12)), Open::Neither)));
        assert_eq!(of("", "2024-02-29"), Some((Some(Unit::Day(2024, 2, 29)), Open::Start)));
        assert_eq!(of("", ""), None);
    }

    #[test]
    fn only_the_web_becomes_a_link() {
        assert_eq!(web_address(Some("https://a.example/x")), Some("https://a.example/x"));
        for bad in ["javascript:alert(1)", "https://a\"b", "http://a b", "file:///etc"] {
            assert_eq!(web_address(Some(bad)), None);
        }
    }
}
