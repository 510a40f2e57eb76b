use std::io::{self, Write};

use serde::Serialize;

use crate::model::{Analysis, Article, EventMention, PlacePrecision, Span, Timex};

/// Writes one article with its analysis as one line of JSON: the format of `dateline extract`, described in
/// docs/formats.md. Offsets are Unicode code points into `text`, ends exclusive.
pub fn write_analysis(out: &mut dyn Write, article: &Article, analysis: &Analysis) -> io::Result<()> {
    let points = CodePoints::new(&article.text);
    let at = |span: Span| Offsets { start: points.at(span.start), end: points.at(span.end) };
    let line = Line {
        id: article.id.as_deref(),
        title: article.title.as_deref(),
        published: article.published.map(|p| p.day.to_string()),
        published_basis: article.published.map(|p| p.basis.as_str()),
        source: article.source.as_deref(),
        url: article.url.as_deref(),
        language: article.language.or(analysis.language).map(|l| l.to_string()),
        text: &article.text,
        sentences: analysis.sentences.iter().map(|s| at(s.span)).collect(),
        times: analysis.times.iter().map(|t| time(t, at(t.span), &article.text)).collect(),
        events: analysis.events.iter().enumerate().map(|(i, e)| event(i, e, article, analysis, &at)).collect(),
        notes: analysis.notes.iter().map(|n| n.text.as_str()).collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// Code point offsets of the bytes of a text: a running count kept every 64 bytes.
struct CodePoints<'a> {
    text: &'a str,
    counts: Vec<u32>,
}

const STEP: usize = 64;

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> CodePoints<'a> {
        let mut counts = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            count += chunk.iter().filter(|b| !is_continuation(**b)).count() as u32;
            counts.push(count);
        }
        CodePoints { text, counts }
    }

    fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let block = byte / STEP;
        let rest = &self.text.as_bytes()[block * STEP..byte];
        self.counts[block] + rest.iter().filter(|b| !is_continuation(**b)).count() as u32
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

#[derive(Serialize)]
struct Line<'a> {
    id: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<String>,
    published_basis: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    text: &'a str,
    sentences: Vec<Offsets>,
    times: Vec<Time<'a>>,
    events: Vec<Event<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
}

#[derive(Clone, Copy, Serialize)]
struct Offsets {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Time<'a> {
    #[serde(flatten)]
    at: Offsets,
    text: &'a str,
    r#type: &'static str,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#mod: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edtf: Option<&'a str>,
    from: Option<String>,
    to: Option<String>,
    basis: &'static str,
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

fn time<'a>(timex: &'a Timex, at: Offsets, text: &'a str) -> Time<'a> {
    Time {
        at,
        text: timex.span.of(text),
        r#type: timex.kind.as_str(),
        value: &timex.value,
        r#mod: timex.modifier.map(|m| m.as_str()),
        edtf: timex.edtf.as_deref(),
        from: timex.interval.and_then(|i| i.from()).map(|d| d.to_string()),
        to: timex.interval.and_then(|i| i.to()).map(|d| d.to_string()),
        basis: timex.basis.as_str(),
        rule: &timex.rule,
        note: timex.note.as_deref(),
    }
}

#[derive(Serialize)]
struct Event<'a> {
    id: String,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'a str>,
    headline: &'a str,
    trigger: Trigger<'a>,
    when: When<'a>,
    actors: Vec<Actor<'a>>,
    place: Option<Place<'a>>,
    polarity: &'static str,
    modality: &'static str,
    aspect: &'static str,
    attribution: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    context: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counts: Vec<Count<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    main: bool,
    sentence: Offsets,
    confidence: f64,
}

#[derive(Serialize)]
struct Trigger<'a> {
    #[serde(flatten)]
    at: Offsets,
    text: &'a str,
    lemma: &'a str,
}

#[derive(Serialize)]
struct When<'a> {
    from: Option<String>,
    to: Option<String>,
    value: Option<&'a str>,
    granularity: &'static str,
    basis: &'static str,
    inferred: bool,
}

#[derive(Serialize)]
struct Actor<'a> {
    role: &'static str,
    text: &'a str,
    #[serde(flatten)]
    at: Offsets,
    name: &'a str,
    country: Option<&'a str>,
    sector: Option<&'static str>,
    kind: Option<&'static str>,
}

#[derive(Serialize)]
struct Place<'a> {
    text: &'a str,
    #[serde(flatten)]
    at: Offsets,
    name: &'a str,
    country: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(skip_serializing_if = "is_unknown")]
    precision: PlacePrecision,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_unknown(precision: &PlacePrecision) -> bool {
    *precision == PlacePrecision::Unknown
}

#[derive(Serialize)]
struct Count<'a> {
    kind: &'static str,
    low: f64,
    high: Option<f64>,
    text: &'a str,
}

fn event<'a>(
    number: usize,
    event: &'a EventMention,
    article: &'a Article,
    analysis: &'a Analysis,
    at: &impl Fn(Span) -> Offsets,
) -> Event<'a> {
    let text = article.text.as_str();
    let shared = analysis.events.iter().filter(|e| e.cluster == event.cluster).nth(1).is_some();
    let actors = event.participants.iter().map(|p| {
        let actor = p.actor.map(|a| &analysis.actors[a]);
        Actor {
            role: p.role.as_str(),
            text: p.span.of(text),
            at: at(p.span),
            name: actor.map_or(p.span.of(text), |a| &a.name),
            country: actor.and_then(|a| a.country.as_ref()).map(|c| c.as_str()),
            sector: actor.and_then(|a| a.sector).map(|s| s.as_str()),
            kind: actor.and_then(|a| a.kind).map(|k| k.as_str()),
        }
    });
    let place = event.place.map(|p| &analysis.places[p]).map(|p| Place {
        text: p.span.of(text),
        at: at(p.span),
        name: &p.place.name,
        country: p.place.country.as_ref().map(|c| c.as_str()),
        lat: p.place.lat,
        lon: p.place.lon,
        precision: p.place.precision,
    });
    Event {
        id: format!("e{}", number + 1),
        r#type: event.event_type.as_str(),
        mode: event.mode.as_deref(),
        headline: &event.headline,
        trigger: Trigger { at: at(event.trigger.span), text: event.trigger.span.of(text), lemma: &event.trigger.lemma },
        when: When {
            from: event.when.interval.from().map(|d| d.to_string()),
            to: event.when.interval.to().map(|d| d.to_string()),
            value: event.when.edtf.as_deref(),
            granularity: event.when.granularity.as_str(),
            basis: event.when.basis.as_str(),
            inferred: event.when.inferred,
        },
        actors: actors.collect(),
        place,
        polarity: event.polarity.as_str(),
        modality: event.modality.as_str(),
        aspect: event.aspect.as_str(),
        attribution: event.attribution.as_ref().map(|a| a.span.of(text)),
        context: event.contexts.iter().map(|c| c.as_str()).collect(),
        counts: event
            .counts
            .iter()
            .map(|c| Count { kind: c.kind.as_str(), low: c.low, high: c.high, text: c.span.of(text) })
            .collect(),
        cluster: shared.then(|| format!("{}#{}", article.id.as_deref().unwrap_or_default(), event.cluster)),
        main: analysis.main_event == Some(number),
        sentence: analysis.sentences.get(event.sentence).map_or(at(event.trigger.span), |s| at(s.span)),
        confidence: event.confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_code_points() {
        let text = "é".repeat(100) + "x";
        let points = CodePoints::new(&text);
        assert_eq!(points.at(200), 100);
        assert_eq!(points.at(201), 101);
        assert_eq!(points.at(64), 32);
        assert_eq!(points.at(0), 0);
    }
}
