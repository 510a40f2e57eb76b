//! GeoJSON (RFC 7946): one Feature an event, a point where the place has coordinates.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::losses::Losses;
use super::place_in_time::{NO_COORDINATES, NO_DATE, cited, date_words, event_id, placed, told, web_address};
use super::words::{clean, who_and_where};
use crate::model::Entry;

pub(super) struct GeoJson<'a> {
    out: Box<dyn Write + 'a>,
    unlocated: bool,
    begun: bool,
    losses: Losses,
}

impl<'a> GeoJson<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>, unlocated: bool) -> io::Result<GeoJson<'a>> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(GeoJson { out, unlocated, begun: false, losses: Losses::none() })
    }
}

impl super::Exporter for GeoJson<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let point = entry.place.as_ref().and_then(|p| p.lon.zip(p.lat));
        if point.is_none() && !self.unlocated {
            self.losses.skip(NO_COORDINATES);
            return Ok(());
        }
        if placed(entry.interval).is_none() {
            self.losses.coarsen(NO_DATE);
        }
        let geometry = point.map_or(Value::Null, |(lon, lat)| json!({"type": "Point", "coordinates": [lon, lat]}));
        let (actors, place) = who_and_where(entry);
        let proof = entry.evidence.first();
        let feature = json!({
            "type": "Feature",
            "id": event_id(entry),
            "geometry": geometry,
            "properties": {
                "event_id": entry.id.0,
                "name": told(entry),
                "start": entry.interval.from(),
                "end": entry.interval.to(),
                "date": date_words(entry),
                "date_edtf": entry.edtf,
                "date_precision": entry.granularity,
                "type": entry.event_type,
                "family": entry.event_type.family(),
                "actors": actors,
                "place": place,
                "geo_precision": entry.place.as_ref().map(|p| p.precision),
                "polarity": entry.polarity,
                "modality": entry.modality,
                "confidence": (entry.confidence * 1000.0).round() / 1000.0,
                "sentence": proof.map(|p| clean(&p.sentence)),
                "source": proof.map(cited),
                "url": web_address(proof.and_then(|p| p.url.as_deref())),
            },
        });
        self.out.write_all(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"\n" })?;
        Ok(serde_json::to_writer(&mut self.out, &feature)?)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}
