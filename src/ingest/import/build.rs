//! A row of a table as articles with their analysis: the words of the row are the text, and every field points into them.

use super::{TableEvent, TableEvidence};
use crate::model::{
    Actor, Analysis, Article, Attribution, Count, EventMention, Participant, PlaceMention, Reason, SentenceSpan, Span,
    Timex, TimexKind, Trigger, Zone,
};

/// A text that grows by the words that are looked for in it and not found.
#[derive(Default)]
struct Text {
    text: String,
}

impl Text {
    fn add(&mut self, words: &str) -> Span {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// Where words stand: in the sentence, else anywhere, else behind all.
    fn find(&mut self, sentence: Span, words: &str) -> Span {
        let inside = sentence.of(&self.text).find(words).map(|at| sentence.start as usize + at);
        match inside.or_else(|| self.text.find(words)) {
            Some(start) => Span::new(start, start + words.len()),
            None => self.add(words),
        }
    }
}

/// The articles of an event, each with an analysis that tells of this event alone. `file` is where it was read from.
///
/// The event that is made of their mentions is the one of the table: each mention says all of it, and the first is the surest.
pub fn stories(event: &TableEvent, file: &str) -> Vec<(Article, Analysis)> {
    let rule = format!("imported from {}", event.origin);
    let mut stories: Vec<(i64, Article, Text, Analysis)> = Vec::new();
    for (number, proof) in event.evidence.iter().enumerate() {
        let at = match stories.iter().position(|(article, ..)| *article == proof.article) {
            Some(at) => at,
            None => {
                stories.push((
                    proof.article,
                    head(event, proof, file, stories.len()),
                    Text::default(),
                    base(event, &rule),
                ));
                stories.len() - 1
            }
        };
        let (_, _, text, analysis) = &mut stories[at];
        mention(event, proof, number, &rule, text, analysis);
    }
    let finish = |(_, article, text, analysis): (i64, Article, Text, Analysis)| {
        (Article { text: text.text, ..article }, analysis)
    };
    stories.into_iter().map(finish).collect()
}

/// What is known of an article; the second and later ones of an event have a number behind their id.
fn head(event: &TableEvent, proof: &TableEvidence, file: &str, number: usize) -> Article {
    let id = if number == 0 { event.key.clone() } else { format!("{}\u{1f}{}", event.key, number + 1) };
    Article {
        id: Some(id),
        title: proof.title.clone(),
        source: proof.source.clone(),
        url: proof.url.clone(),
        published: proof.published,
        origin: Some(file.to_owned()),
        ..Article::default()
    }
}

/// The actors of the event, each once.
fn base(event: &TableEvent, rule: &str) -> Analysis {
    let mut analysis = Analysis::default();
    for actor in &event.actors {
        if !analysis.actors.iter().any(|a| a.name == actor.name && a.kind == actor.kind && a.country == actor.country) {
            analysis.actors.push(Actor {
                name: actor.name.clone(),
                kind: actor.kind,
                country: actor.country,
                sector: actor.sector,
                aliases: Vec::new(),
                title: None,
                rule: rule.to_owned(),
            });
        }
    }
    analysis
}

fn mention(
    event: &TableEvent,
    proof: &TableEvidence,
    number: usize,
    rule: &str,
    text: &mut Text,
    analysis: &mut Analysis,
) {
    let words = if proof.sentence.trim().is_empty() { &event.headline } else { &proof.sentence };
    let known = analysis.sentences.iter().position(|s| s.span.of(&text.text) == words);
    let here = known.unwrap_or_else(|| {
        let paragraph = u32::try_from(analysis.sentences.len()).unwrap_or(u32::MAX);
        analysis.sentences.push(SentenceSpan { span: text.add(words), zone: Zone::Body, paragraph });
        analysis.sentences.len() - 1
    });
    let sentence = analysis.sentences[here].span;
    let filled = |words: &Option<String>| words.clone().filter(|w| !w.is_empty());
    let timex = filled(&proof.date_text).map(|words| {
        analysis.times.push(Timex {
            span: text.find(sentence, &words),
            kind: TimexKind::Date,
            value: event.when.edtf.clone().unwrap_or_default(),
            modifier: None,
            interval: Some(event.when.interval),
            granularity: event.when.granularity,
            basis: event.when.basis,
            edtf: event.when.edtf.clone(),
            anchor: None,
            until: None,
            rule: rule.to_owned(),
            note: None,
        });
        analysis.times.len() - 1
    });
    let place = event.place.as_ref().map(|place| {
        let span = text.find(sentence, &place.name);
        analysis.places.push(PlaceMention { span, place: place.clone(), rule: rule.to_owned() });
        analysis.places.len() - 1
    });
    let participants = event.actors.iter().map(|actor| {
        let same = |a: &Actor| a.name == actor.name && a.kind == actor.kind && a.country == actor.country;
        Participant {
            role: actor.role,
            span: text.find(sentence, &actor.name),
            actor: analysis.actors.iter().position(same),
            rule: rule.to_owned(),
        }
    });
    let participants = participants.collect();
    // The table tells the numbers of an event once.
    let counts = event.counts.iter().filter(|_| number == 0).map(|(kind, low, high, words)| Count {
        kind: *kind,
        low: *low,
        high: *high,
        span: text.find(sentence, words),
    });
    let counts = counts.collect();
    let attribution =
        filled(&proof.attribution).map(|words| Attribution { span: text.find(sentence, &words), actor: None });
    let trigger = match filled(&proof.trigger) {
        Some(words) => text.find(sentence, &words),
        None => sentence,
    };
    let lead = number == 0;
    analysis.events.push(EventMention {
        sentence: here,
        trigger: Trigger { span: trigger, lemma: event.action.clone() },
        event_type: event.event_type,
        mode: event.mode.clone(),
        contexts: event.contexts.clone(),
        when: crate::model::When { timex, ..event.when.clone() },
        participants,
        place,
        polarity: event.polarity,
        modality: if lead { event.modality } else { proof.modality.unwrap_or(event.modality).max(event.modality) },
        aspect: event.aspect,
        attribution,
        counts,
        headline: event.headline.clone(),
        confidence: (event.confidence - number as f64 / 1000.0).max(0.0),
        cluster: 0,
        reasons: vec![Reason { field: "event".to_owned(), rule: rule.to_owned(), span: None }],
    });
}
