//! One page that stands alone: a table that needs no script, and over it a timeline, search and facets where there is one.
//!
//! The page loads nothing: its Content-Security-Policy allows only the style and the script that stand in it, by hash.

use std::io::{self, Write};

use super::Setting;
use super::losses::Losses;
use super::markup::escaped;
use super::place_in_time::{cited, date_words, web_address};
use super::words::{stance, who_and_where};
use crate::model::{ContentHash, Entry, Polarity};

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");
/// The rows of one body of the table: browsers lay out only the bodies that are in sight.
const ROWS: u64 = 50;
/// Sentences of one event that are shown.
const SENTENCES: usize = 20;
const MANY_SENTENCES: &str = "more than 20 sentences: the best 20 are shown";
const NO_DATE: &str = "no date: in the table, not in the drawing";

pub(super) struct Html<'a> {
    out: Box<dyn Write + 'a>,
    rows: u64,
    losses: Losses,
}

impl<'a> Html<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>, setting: &Setting<'_>) -> io::Result<Html<'a>> {
        let title = escaped(setting.title);
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; \
             script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"dateline\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1>\n\
             <p id=\"count\" role=\"status\"></p></header>\n",
            base64(&hash(STYLE)),
            base64(&hash(SCRIPT))
        )?;
        out.write_all(include_bytes!("page/top.html"))?;
        Ok(Html { out, rows: 0, losses: Losses::none() })
    }
}

impl super::Exporter for Html<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        if entry.interval.is_unknown() {
            self.losses.coarsen(NO_DATE);
        }
        if entry.evidence.len() > SENTENCES {
            self.losses.coarsen(MANY_SENTENCES);
        }
        let out = &mut self.out;
        if self.rows.is_multiple_of(ROWS) {
            out.write_all(if self.rows > 0 { b"</tbody>\n<tbody>\n" } else { b"<tbody>\n" })?;
        }
        self.rows += 1;
        let number = |day: Option<crate::model::Day>| day.map_or(String::new(), |d| d.number().to_string());
        write!(
            out,
            "<tr id=\"e{}\" data-f=\"{}\" data-t=\"{}\" data-y=\"{}\" data-g=\"{}\" data-m=\"{}\"{}{}>",
            entry.id,
            number(entry.interval.from()),
            number(entry.interval.to()),
            entry.event_type,
            entry.event_type.family(),
            entry.modality,
            if entry.polarity == Polarity::Negative { " data-n" } else { "" },
            if entry.approximate || entry.inferred { " data-a" } else { "" },
        )?;
        write!(out, "<td>{}</td>", escaped(&date_words(entry)))?;
        write!(out, "<td><b>{}</b>", escaped(&entry.headline))?;
        let stance = stance(entry);
        if !stance.is_empty() {
            write!(out, " <i>{}</i>", escaped(&stance))?;
        }
        evidence(out, entry)?;
        out.write_all(b"</td><td>")?;
        let mut names: Vec<&str> = Vec::new();
        for actor in &entry.actors {
            if !names.contains(&actor.name.as_str()) {
                names.push(&actor.name);
            }
        }
        for (i, name) in names.iter().enumerate() {
            write!(out, "{}<span>{}</span>", if i > 0 { "; " } else { "" }, escaped(name))?;
        }
        writeln!(out, "</td><td>{}</td><td>{}</td></tr>", escaped(&who_and_where(entry).1), entry.event_type)
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.out.write_all(b"</tbody>\n")?;
        }
        write!(self.out, "</table>\n</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n")?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

/// The sentences with their sources, folded.
fn evidence(out: &mut dyn Write, entry: &Entry) -> io::Result<()> {
    let shown = entry.evidence.len().min(SENTENCES);
    let s = if shown == 1 { "" } else { "s" };
    write!(out, "<details><summary>{shown} sentence{s}")?;
    if entry.evidence.len() > shown {
        write!(out, " of {}", entry.evidence.len())?;
    }
    out.write_all(b"</summary>")?;
    for proof in &entry.evidence[..shown] {
        write!(out, "<blockquote>{}<cite>", escaped(&proof.sentence))?;
        match web_address(proof.url.as_deref()) {
            Some(url) => write!(out, "<a href=\"{}\" rel=\"noreferrer\">{}</a>", escaped(url), escaped(&cited(proof)))?,
            None => out.write_all(escaped(&cited(proof)).as_bytes())?,
        }
        out.write_all(b"</cite></blockquote>")?;
    }
    out.write_all(b"</details>")
}

/// The SHA-256 of a text.
fn hash(text: &str) -> Vec<u8> {
    let digits = ContentHash::of(text).to_string();
    let pairs = (0..digits.len()).step_by(2).map_while(|i| digits.get(i..i + 2));
    pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

/// RFC 4648, 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            text.push(if i > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&hash("abc")), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    #[test]
    fn script_and_style_cannot_end_early() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
    }
}
