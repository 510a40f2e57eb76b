//! iCalendar (RFC 5545): all-day events that block nobody's time.

use std::io::{self, Write};

use super::Setting;
use super::losses::Losses;
use super::place_in_time::{NO_DATE, OPEN, Open, cited, date_words, event_id, placed, told, web_address};
use super::words::{clean, who_and_where};
use crate::model::{Day, Entry, Modality};

const OUT_OF_RANGE: &str = "outside the years 1 to 9999, which calendars cannot hold";
/// Lines are folded at so many octets, line end not counted.
const FOLD: usize = 75;

pub(super) struct Ics<'a> {
    out: Box<dyn Write + 'a>,
    stamp: String,
    losses: Losses,
}

impl<'a> Ics<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>, setting: &Setting<'_>) -> io::Result<Ics<'a>> {
        line(&mut out, "BEGIN", "VCALENDAR")?;
        line(&mut out, "VERSION", "2.0")?;
        line(&mut out, "PRODID", concat!("-//dateline//dateline ", env!("CARGO_PKG_VERSION"), "//EN"))?;
        line(&mut out, "CALSCALE", "GREGORIAN")?;
        line(&mut out, "X-WR-CALNAME", &text(setting.title))?;
        Ok(Ics { out, stamp: setting.stamp("", "T", "", "Z"), losses: Losses::none() })
    }
}

impl super::Exporter for Ics<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(when) = placed(entry.interval) else {
            self.losses.skip(NO_DATE);
            return Ok(());
        };
        let Some(end) = when.end_exclusive().filter(|_| when.from.year() >= 1) else {
            self.losses.skip(OUT_OF_RANGE);
            return Ok(());
        };
        let mut summary = told(entry);
        if when.open != Open::Neither {
            self.losses.coarsen(OPEN);
            summary = format!("{}: {summary}", date_words(entry));
        }
        let (actors, place) = who_and_where(entry);
        let mut description = date_words(entry);
        if !actors.is_empty() {
            description.push_str(&format!("\n{actors}"));
        }
        let proof = entry.evidence.first();
        if let Some(proof) = proof {
            description.push_str(&format!("\n{}\n{}", clean(&proof.sentence), cited(proof)));
        }
        let sure = !matches!(entry.modality, Modality::Planned | Modality::Possible);
        let out = &mut self.out;
        line(out, "BEGIN", "VEVENT")?;
        line(out, "UID", &format!("{}@dateline", event_id(entry)))?;
        line(out, "DTSTAMP", &self.stamp)?;
        line(out, "DTSTART;VALUE=DATE", &basic(when.from))?;
        line(out, "DTEND;VALUE=DATE", &basic(end))?;
        line(out, "SUMMARY", &text(&summary))?;
        line(out, "DESCRIPTION", &text(&description))?;
        line(out, "CATEGORIES", &format!("{},{}", entry.event_type.family(), entry.event_type))?;
        line(out, "STATUS", if sure { "CONFIRMED" } else { "TENTATIVE" })?;
        line(out, "TRANSP", "TRANSPARENT")?;
        if !place.is_empty() {
            line(out, "LOCATION", &text(&place))?;
        }
        if let Some((lat, lon)) = entry.place.as_ref().and_then(|p| p.lat.zip(p.lon)) {
            line(out, "GEO", &format!("{lat};{lon}"))?;
        }
        if let Some(url) = web_address(proof.and_then(|p| p.url.as_deref())) {
            line(out, "URL", url)?;
        }
        line(out, "END", "VEVENT")
    }

    fn finish(&mut self) -> io::Result<()> {
        line(&mut self.out, "END", "VCALENDAR")?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

fn basic(day: Day) -> String {
    let (y, m, d) = day.ymd();
    format!("{y:04}{m:02}{d:02}")
}

/// A value of type TEXT: line ends stay, as `\n`.
fn text(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| clean(line).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,"))
        .collect();
    lines.join("\\n")
}

/// A content line, folded at 75 octets and never inside a character.
fn line(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    let whole = format!("{name}:{value}");
    let mut rest = whole.as_str();
    let mut room = FOLD;
    while rest.len() > room {
        let (now, later) = rest.split_at(rest.floor_char_boundary(room));
        write!(out, "{now}\r\n ")?;
        rest = later;
        room = FOLD - 1;
    }
    write!(out, "{rest}\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fold_between_characters() {
        let mut out = Vec::new();
        line(&mut out, "SUMMARY", &"é".repeat(200)).unwrap();
        let folded = String::from_utf8(out).unwrap();
        assert!(folded.split("\r\n").all(|l| l.len() <= FOLD));
        assert_eq!(folded.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é".repeat(200)));
    }

    #[test]
    fn marks_of_the_format_are_escaped() {
        assert_eq!(text("a;b,c\\d\ne\u{1b}[0m\rBEGIN:X"), "a\\;b\\,c\\\\d\\ne[0m BEGIN:X");
    }
}
