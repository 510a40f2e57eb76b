//! Markdown: a heading for each date, a line for each event with its doubts and its source. For reports and notes.

use std::io::{self, Write};

use super::words::{clean, stance, when, who_and_where};
use crate::model::Entry;

pub(super) struct Markdown<'a> {
    out: Box<dyn Write + 'a>,
    heading: Option<String>,
}

impl<'a> Markdown<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Markdown<'a> {
        Markdown { out, heading: None }
    }
}

impl super::Exporter for Markdown<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let heading = when(entry.interval, entry.granularity);
        if self.heading.as_ref() != Some(&heading) {
            let gap = if self.heading.is_some() { "\n" } else { "" };
            write!(self.out, "{gap}## {heading}\n\n")?;
            self.heading = Some(heading);
        }
        write!(self.out, "- {}", escaped(&entry.headline))?;
        let stance = stance(entry);
        if !stance.is_empty() {
            write!(self.out, " *({})*", escaped(&stance))?;
        }
        let (actors, place) = who_and_where(entry);
        let date = match (entry.inferred, entry.approximate) {
            (true, _) => "part of the date inferred",
            (false, true) => "about this date",
            (false, false) => "",
        };
        let about: Vec<String> =
            [actors.as_str(), &place, date].into_iter().filter(|t| !t.is_empty()).map(escaped).collect();
        if !about.is_empty() {
            write!(self.out, " ({})", about.join(" | "))?;
        }
        if let Some(proof) = entry.evidence.first() {
            let name = proof.source.as_deref().or(proof.title.as_deref()).unwrap_or("source");
            let published = proof.published.map_or(String::new(), |p| format!(", {}", p.day));
            match proof.url.as_deref().filter(|url| is_web_address(url)) {
                Some(url) => write!(self.out, " [{}{published}](<{url}>)", escaped(name))?,
                None => write!(self.out, " [{}{published}]", escaped(name))?,
            }
        }
        writeln!(self.out)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// An address that can stand between `<` and `>` and does what addresses of the web do.
fn is_web_address(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\'))
}

/// Text of which nothing is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}
