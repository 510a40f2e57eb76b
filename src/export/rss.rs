//! RSS 2.0: a feed of what a query finds. The date of the event stands in the title; `pubDate` is that of the article.

use std::io::{self, Write};

use super::Setting;
use super::losses::Losses;
use super::markup::escaped;
use super::place_in_time::{cited, date_words, event_id, told, web_address};
use crate::model::{Day, Entry};

const NO_PUBLICATION: &str = "no publication date: an entry of the feed without pubDate";

pub(super) struct Rss<'a> {
    out: Box<dyn Write + 'a>,
    losses: Losses,
}

impl<'a> Rss<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>, setting: &Setting<'_>) -> io::Result<Rss<'a>> {
        let title = escaped(setting.title);
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel><title>{title}</title>\
             <link>urn:dateline:timeline</link><description>{title}: events found by dateline</description>"
        )?;
        Ok(Rss { out, losses: Losses::none() })
    }
}

impl super::Exporter for Rss<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let out = &mut self.out;
        write!(out, "<item><title>{}: {}</title>", escaped(&date_words(entry)), escaped(&told(entry)))?;
        write!(out, "<guid isPermaLink=\"false\">{}</guid>", event_id(entry))?;
        write!(out, "<category>{}</category>", entry.event_type)?;
        let proof = entry.evidence.first();
        if let Some(url) = web_address(proof.and_then(|p| p.url.as_deref())) {
            write!(out, "<link>{}</link>", escaped(url))?;
        }
        if let Some(proof) = proof {
            // Readers show descriptions as HTML, which is escaped once more.
            let html = format!("<p>{}</p><p>{}</p>", escaped(&proof.sentence), escaped(&cited(proof)));
            write!(out, "<description>{}</description>", escaped(&html))?;
        }
        match proof.and_then(|p| p.published).filter(|p| p.day.year() >= 1) {
            Some(published) => write!(out, "<pubDate>{}</pubDate>", rfc_822(published.day))?,
            None => self.losses.coarsen(NO_PUBLICATION),
        }
        writeln!(out, "</item>")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"</channel>\n</rss>\n")?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

fn rfc_822(day: Day) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (y, m, d) = day.ymd();
    let (weekday, month) = (DAYS[(day.weekday() - 1) as usize], MONTHS[(m - 1) as usize]);
    format!("{weekday}, {d:02} {month} {y:04} 00:00:00 +0000")
}
