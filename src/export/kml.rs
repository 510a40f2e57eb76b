//! KML 2.2: one Placemark an event, its date as partial as it is known.

use std::io::{self, Write};

use super::Setting;
use super::losses::Losses;
use super::markup::escaped;
use super::place_in_time::{NO_COORDINATES, NO_DATE, cited, date_words, event_id, placed, told, web_address};
use super::words::who_and_where;
use crate::model::Entry;

pub(super) struct Kml<'a> {
    out: Box<dyn Write + 'a>,
    unlocated: bool,
    losses: Losses,
}

impl<'a> Kml<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>, setting: &Setting<'_>) -> io::Result<Kml<'a>> {
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n\
             <Document><name>{}</name>",
            escaped(setting.title)
        )?;
        Ok(Kml { out, unlocated: setting.unlocated, losses: Losses::none() })
    }
}

impl super::Exporter for Kml<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let point = entry.place.as_ref().and_then(|p| p.lon.zip(p.lat));
        if point.is_none() && !self.unlocated {
            self.losses.skip(NO_COORDINATES);
            return Ok(());
        }
        let out = &mut self.out;
        write!(out, "<Placemark id=\"e{}\"><name>{}</name>", event_id(entry), escaped(&told(entry)))?;
        let (actors, place) = who_and_where(entry);
        // Readers show descriptions as HTML, which is escaped once more.
        let mut description = vec![escaped(&date_words(entry)), escaped(&actors), escaped(&place)];
        if let Some(proof) = entry.evidence.first() {
            description.push(escaped(&proof.sentence));
            description.push(match web_address(proof.url.as_deref()) {
                Some(url) => format!("<a href=\"{}\">{}</a>", escaped(url), escaped(&cited(proof))),
                None => escaped(&cited(proof)),
            });
        }
        description.retain(|line| !line.is_empty());
        write!(out, "<description>{}</description>", escaped(&description.join("<br/>")))?;
        let (from, to) = (entry.interval.from(), entry.interval.to());
        let unit = placed(entry.interval).and_then(|p| p.unit()).filter(|_| from.is_some() && to.is_some());
        match unit {
            Some(unit) => write!(out, "<TimeStamp><when>{unit}</when></TimeStamp>")?,
            None if from.is_none() && to.is_none() => self.losses.coarsen(NO_DATE),
            None => {
                let side = |name, day: Option<_>| day.map_or(String::new(), |d| format!("<{name}>{d}</{name}>"));
                write!(out, "<TimeSpan>{}{}</TimeSpan>", side("begin", from), side("end", to))?;
            }
        }
        if let Some((lon, lat)) = point {
            write!(out, "<Point><coordinates>{lon},{lat}</coordinates></Point>")?;
        }
        writeln!(out, "</Placemark>")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"</Document>\n</kml>\n")?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}
