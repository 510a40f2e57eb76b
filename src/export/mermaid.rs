//! A Mermaid timeline: a section for each year, a period for each date.

use std::io::{self, Write};

use super::Setting;
use super::losses::Losses;
use super::place_in_time::{NO_DATE, OPEN, Open, placed, told};
use super::words::{clean, day_words};
use crate::model::{Day, Entry};

/// More than this nobody can read in one drawing.
const READABLE: u64 = 50;

pub(super) struct Mermaid<'a> {
    out: Box<dyn Write + 'a>,
    year: Option<i32>,
    period: String,
    drawn: u64,
    losses: Losses,
}

impl<'a> Mermaid<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>, setting: &Setting<'_>) -> io::Result<Mermaid<'a>> {
        writeln!(out, "timeline\n    title {}", words(setting.title))?;
        Ok(Mermaid { out, year: None, period: String::new(), drawn: 0, losses: Losses::none() })
    }
}

impl super::Exporter for Mermaid<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(when) = placed(entry.interval) else {
            self.losses.skip(NO_DATE);
            return Ok(());
        };
        if when.open != Open::Neither {
            self.losses.coarsen(OPEN);
        }
        let year = when.from.year();
        if self.year != Some(year) {
            let name = if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) };
            writeln!(self.out, "    section {name}")?;
            self.year = Some(year);
            self.period.clear();
        }
        let mut period = match when.unit() {
            // A sign before a year is nothing that people read.
            _ if year <= 0 => day_range(when.from, when.to),
            Some(unit) => unit.to_string(),
            None => format!("{} to {}", when.from, when.to),
        };
        match when.open {
            Open::Start => period = format!("by {period}"),
            Open::End => period = format!("from {period}"),
            Open::Neither if entry.approximate => period = format!("about {period}"),
            Open::Neither => {}
        }
        self.drawn += 1;
        let told = words(&told(entry));
        if period == self.period {
            return writeln!(self.out, "        : {told}");
        }
        writeln!(self.out, "    {period} : {told}")?;
        self.period = period;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.drawn > READABLE {
            self.losses
                .advise("Mermaid draws about 50 events well; --limit, --min-sources or --min-confidence take fewer");
        }
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

fn day_range(from: Day, to: Day) -> String {
    if from == to { day_words(from) } else { format!("{} to {}", day_words(from), day_words(to)) }
}

/// Text of an event that is not cut, taken for a comment or drawn as markup. A colon before a blank would begin another
/// event; its place takes U+2236, the ratio, which looks the same.
fn words(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        match c {
            ':' => out.push('\u{2236}'),
            '<' => out.push('\u{2039}'),
            '>' => out.push('\u{203a}'),
            '#' => out.push('\u{ff03}'),
            ';' => out.push('\u{ff1b}'),
            '%' => out.push('\u{ff05}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_text_begins_another_event() {
        assert_eq!(
            super::words("Minister: we <b>act #1; 5%%"),
            "Minister\u{2236} we \u{2039}b\u{203a}act \u{ff03}1\u{ff1b} 5\u{ff05}\u{ff05}"
        );
    }
}
