//! JSON: one array, or one object a line. docs/formats.md describes every field. What is not known is null.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{Count, Entry, EntryActor, Evidence, Place};

pub(super) struct Json<'a> {
    out: Box<dyn Write + 'a>,
    begun: bool,
}

impl<'a> Json<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Json<'a> {
        Json { out, begun: false }
    }
}

impl super::Exporter for Json<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.out.write_all(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"[\n" })?;
        Ok(serde_json::to_writer(&mut self.out, &Line::of(entry))?)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}

pub(super) struct Jsonl<'a> {
    out: Box<dyn Write + 'a>,
}

impl<'a> Jsonl<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Jsonl<'a> {
        Jsonl { out }
    }
}

impl super::Exporter for Jsonl<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, &Line::of(entry))?;
        self.out.write_all(b"\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[derive(Serialize)]
struct Line<'a> {
    id: i64,
    headline: &'a str,
    #[serde(rename = "type")]
    event_type: &'static str,
    family: &'static str,
    mode: Option<&'a str>,
    contexts: Vec<&'static str>,
    from: Option<String>,
    to: Option<String>,
    granularity: &'static str,
    edtf: Option<&'a str>,
    basis: &'static str,
    approximate: bool,
    inferred: bool,
    actors: Vec<ActorLine<'a>>,
    action: &'a str,
    place: Option<PlaceLine<'a>>,
    polarity: &'static str,
    modality: &'static str,
    aspect: &'static str,
    counts: Vec<CountLine<'a>>,
    confidence: f64,
    mentions: u32,
    articles: u32,
    sources: u32,
    origin: &'static str,
    evidence: Vec<EvidenceLine<'a>>,
}

#[derive(Serialize)]
struct ActorLine<'a> {
    id: i64,
    name: &'a str,
    role: &'static str,
    kind: Option<&'static str>,
    country: Option<String>,
    sector: Option<&'static str>,
}

#[derive(Serialize)]
struct PlaceLine<'a> {
    name: &'a str,
    country: Option<String>,
    region: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: &'static str,
}

#[derive(Serialize)]
struct CountLine<'a> {
    kind: &'static str,
    low: f64,
    high: Option<f64>,
    text: &'a str,
}

#[derive(Serialize)]
struct EvidenceLine<'a> {
    article: i64,
    title: Option<&'a str>,
    url: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<String>,
    published_basis: Option<&'static str>,
    sentence: &'a str,
    date_text: Option<&'a str>,
    trigger: &'a str,
    attribution: Option<&'a str>,
    modality: &'static str,
}

impl<'a> Line<'a> {
    fn of(entry: &'a Entry) -> Line<'a> {
        Line {
            id: entry.id.0,
            headline: &entry.headline,
            event_type: entry.event_type.as_str(),
            family: entry.event_type.family().as_str(),
            mode: entry.mode.as_deref(),
            contexts: entry.contexts.iter().map(|c| c.as_str()).collect(),
            from: entry.interval.from().map(|d| d.to_string()),
            to: entry.interval.to().map(|d| d.to_string()),
            granularity: entry.granularity.as_str(),
            edtf: entry.edtf.as_deref(),
            basis: entry.basis.as_str(),
            approximate: entry.approximate,
            inferred: entry.inferred,
            actors: entry.actors.iter().map(ActorLine::of).collect(),
            action: &entry.action,
            place: entry.place.as_ref().map(PlaceLine::of),
            polarity: entry.polarity.as_str(),
            modality: entry.modality.as_str(),
            aspect: entry.aspect.as_str(),
            counts: entry.counts.iter().map(CountLine::of).collect(),
            confidence: entry.confidence,
            mentions: entry.mentions,
            articles: entry.articles,
            sources: entry.sources,
            origin: entry.origin.as_str(),
            evidence: entry.evidence.iter().map(EvidenceLine::of).collect(),
        }
    }
}

impl<'a> ActorLine<'a> {
    fn of(actor: &'a EntryActor) -> ActorLine<'a> {
        ActorLine {
            id: actor.id.0,
            name: &actor.name,
            role: actor.role.as_str(),
            kind: actor.kind.map(|k| k.as_str()),
            country: actor.country.map(|c| c.to_string()),
            sector: actor.sector.map(|s| s.as_str()),
        }
    }
}

impl<'a> PlaceLine<'a> {
    fn of(place: &'a Place) -> PlaceLine<'a> {
        PlaceLine {
            name: &place.name,
            country: place.country.map(|c| c.to_string()),
            region: place.region.as_deref(),
            lat: place.lat,
            lon: place.lon,
            precision: place.precision.as_str(),
        }
    }
}

impl<'a> CountLine<'a> {
    fn of((count, words): &'a (Count, String)) -> CountLine<'a> {
        CountLine { kind: count.kind.as_str(), low: count.low, high: count.high, text: words }
    }
}

impl<'a> EvidenceLine<'a> {
    fn of(proof: &'a Evidence) -> EvidenceLine<'a> {
        EvidenceLine {
            article: proof.article.0,
            title: proof.title.as_deref(),
            url: proof.url.as_deref(),
            source: proof.source.as_deref(),
            published: proof.published.map(|p| p.day.to_string()),
            published_basis: proof.published.map(|p| p.basis.as_str()),
            sentence: &proof.sentence,
            date_text: proof.date_text.as_deref(),
            trigger: &proof.trigger,
            attribution: proof.attribution.as_deref(),
            modality: proof.modality.as_str(),
        }
    }
}
