//! Our own JSON Lines, and the JSON array, which has the same objects one a line.

use std::io::{self, Read};

use serde::Deserialize;

use super::rows::{for_each_line, key_of};
use super::{Found, TableActor, TableEvent, TableEvidence, Tables};
use crate::model::{
    ActorKind, Aspect, Basis, Context, CountKind, Day, EventType, Granularity, Interval, Modality, Origin, Place,
    PlacePrecision, Polarity, Published, PublishedBasis, Role, Sector, When,
};

#[derive(Deserialize)]
struct Event {
    headline: String,
    #[serde(rename = "type")]
    event_type: EventType,
    mode: Option<String>,
    #[serde(default)]
    contexts: Vec<Context>,
    from: Option<String>,
    to: Option<String>,
    granularity: Granularity,
    edtf: Option<String>,
    basis: Basis,
    #[serde(default)]
    approximate: bool,
    #[serde(default)]
    inferred: bool,
    #[serde(default)]
    actors: Vec<Actor>,
    #[serde(default)]
    action: String,
    place: Option<Where>,
    polarity: Polarity,
    modality: Modality,
    aspect: Aspect,
    #[serde(default)]
    counts: Vec<Number>,
    confidence: f64,
    evidence: Vec<Proof>,
    origin: Option<Origin>,
}

#[derive(Deserialize)]
struct Actor {
    name: String,
    role: Role,
    kind: Option<ActorKind>,
    country: Option<String>,
    sector: Option<Sector>,
}

#[derive(Deserialize)]
struct Where {
    name: String,
    country: Option<String>,
    region: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: PlacePrecision,
}

#[derive(Deserialize)]
struct Number {
    kind: CountKind,
    low: f64,
    high: Option<f64>,
    text: String,
}

#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    article: i64,
    title: Option<String>,
    url: Option<String>,
    source: Option<String>,
    published: Option<String>,
    published_basis: Option<PublishedBasis>,
    sentence: String,
    date_text: Option<String>,
    trigger: Option<String>,
    attribution: Option<String>,
    modality: Option<Modality>,
}

pub(super) fn read(bytes: Box<dyn Read + '_>, how: &Tables<'_>, found: &mut Found<'_>) -> io::Result<()> {
    for_each_line(bytes, &how.caps, found, |at, line, found| {
        let line = line.trim().trim_end_matches(',');
        if matches!(line, "" | "[" | "]") {
            return Ok(());
        }
        match serde_json::from_str::<Event>(line).map_err(|e| e.to_string()).and_then(event) {
            Ok(event) => found.event(at, event),
            Err(reason) => found.bad(at, reason),
        }
    })
}

fn day(text: Option<String>) -> Result<Option<Day>, String> {
    text.map(|text| text.parse().map_err(|_| format!("\"{text}\" is no day; write YYYY-MM-DD"))).transpose()
}

fn event(event: Event) -> Result<TableEvent, String> {
    let country = |code: Option<String>| {
        code.map(|code| code.parse().map_err(|e: crate::model::UnknownName| e.to_string())).transpose()
    };
    if event.headline.trim().is_empty() {
        return Err("no headline".to_owned());
    }
    if event.evidence.is_empty() {
        return Err("no evidence; an event needs at least one sentence".to_owned());
    }
    let whole = (&event.from, &event.to, &event.headline, event.event_type.as_str());
    let mut said = format!("{whole:?}");
    event.evidence.iter().for_each(|e| said.push_str(&format!("{:?}", (&e.url, &e.title, &e.sentence, &e.published))));
    event.actors.iter().for_each(|a| said.push_str(&a.name));
    let evidence = event.evidence.into_iter().map(|proof| {
        let published = day(proof.published)?;
        let basis = proof.published_basis.unwrap_or(PublishedBasis::Metadata);
        Ok(TableEvidence {
            article: proof.article,
            title: proof.title,
            url: proof.url,
            source: proof.source,
            published: published.map(|day| Published { day, basis }),
            sentence: proof.sentence,
            date_text: proof.date_text,
            trigger: proof.trigger,
            attribution: proof.attribution,
            modality: proof.modality,
        })
    });
    let evidence = evidence.collect::<Result<Vec<_>, String>>()?;
    let actors = event.actors.into_iter().map(|actor| {
        let Actor { name, role, kind, country: code, sector } = actor;
        Ok(TableActor { name, role, kind, country: country(code)?, sector })
    });
    let actors = actors.collect::<Result<Vec<_>, String>>()?;
    let place = match event.place {
        Some(Where { name, country: code, region, lat, lon, precision }) => {
            let on_globe = lat.is_none_or(|l| l.abs() <= 90.0) && lon.is_none_or(|l| l.abs() <= 180.0);
            let (lat, lon) = lat.zip(lon).filter(|_| on_globe).unzip();
            Some(Place { name, country: country(code)?, region, lat, lon, precision })
        }
        None => None,
    };
    let sound = |c: &Number| c.low.is_finite() && c.high.is_none_or(|high| high >= c.low);
    if let Some(bad) = event.counts.iter().find(|c| !sound(c)) {
        return Err(format!("counts: {} is above its greatest value", bad.low));
    }
    Ok(TableEvent {
        origin: match event.origin.unwrap_or_default() {
            Origin::Extracted => Origin::Dateline,
            other => other,
        },
        key: key_of(&said),
        headline: event.headline,
        event_type: event.event_type,
        mode: event.mode,
        contexts: event.contexts,
        when: When {
            interval: Interval::new(day(event.from)?, day(event.to)?).ok_or("it ends before it begins")?,
            granularity: event.granularity,
            edtf: event.edtf,
            basis: event.basis,
            timex: None,
            approximate: event.approximate,
            inferred: event.inferred,
        },
        polarity: event.polarity,
        modality: event.modality,
        aspect: event.aspect,
        action: event.action,
        actors,
        place,
        counts: event.counts.into_iter().map(|c| (c.kind, c.low, c.high, c.text)).collect(),
        confidence: event.confidence.clamp(0.0, 1.0),
        evidence,
    })
}
