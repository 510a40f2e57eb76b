use serde_json::{Map, Value};

use super::LineError;
use crate::export::write_analysis;
use crate::extract::Engine;
use crate::lexicon::{Kin, List};
use crate::link::{Report, Said, Word, stem, words};
use crate::model::{Article, EventType, Interval, Polarity, Published, PublishedBasis, Span};
use crate::text::{Document, quote};

/// One article as `extract` writes it, read for linking.
#[derive(Clone, Debug)]
pub struct Told {
    /// The line itself, with all its fields.
    pub line: Map<String, Value>,
    /// What linking sees of it.
    pub report: Report,
}

/// So many words before and behind an action count as standing near it.
const NEAR: usize = 3;

/// Reads one line that `extract` wrote. Events that hold a trigger and no type are analysed first, with the publication
/// date of the line.
///
/// # Errors
/// A line that is no object, has no text, or has an event without a trigger inside the text.
pub fn told(engine: &Engine, kin: &Kin, line: &str) -> Result<Told, LineError> {
    let fail = |id: Option<String>, reason: String| LineError { id, reason };
    let value: Value = serde_json::from_str(line).map_err(|e| fail(None, format!("not valid JSON: {e}")))?;
    let Value::Object(line) = value else {
        return Err(fail(None, "not a JSON object; each line must be one that extract wrote".into()));
    };
    let id =
        line.get("id").and_then(|id| id.as_str().map(str::to_owned).or_else(|| id.is_number().then(|| id.to_string())));
    let wrong = |reason: String| fail(id.clone(), reason);
    let text =
        line.get("text").and_then(Value::as_str).ok_or_else(|| wrong("no text; give the lines of extract".into()))?;
    if u32::try_from(text.len()).is_err() {
        return Err(wrong("the text is longer than 4 GiB".into()));
    }
    let published = match line.get("published").and_then(Value::as_str) {
        Some(day) => {
            Some(day.parse().map_err(|_| wrong(format!("\"published\" holds \"{}\"; write YYYY-MM-DD", quote(day))))?)
        }
        None => None,
    };
    let none = Vec::new();
    let events = match line.get("events") {
        None | Some(Value::Null) => &none,
        Some(Value::Array(events)) => events,
        Some(_) => return Err(wrong("\"events\" is no list".into())),
    };
    let bytes = Bytes::of(text);
    let spans = events
        .iter()
        .enumerate()
        .map(|(number, event)| {
            let offset = |name: &str| bytes.at(event.get("trigger")?.get(name)?.as_u64()?);
            let span = offset("start").zip(offset("end")).filter(|(start, end)| start < end);
            let fix = || wrong(format!("event {} has no trigger inside the text", number + 1));
            span.map(|(start, end)| Span { start, end }).ok_or_else(fix)
        })
        .collect::<Result<Vec<Span>, LineError>>()?;
    let analysed = analyse_bare(engine, text, published, events, &spans);
    let document = Document::of(text);
    let page = Page { engine, kin, document: &document, words: words(&document) };
    let said = events.iter().zip(&spans).enumerate();
    let said = said.map(|(number, (event, span))| page.said(analysed.get(&number).unwrap_or(event), *span)).collect();
    let report = Report { words: page.words.iter().map(|w| (w.stem.clone(), w.name)).collect(), published, said };
    Ok(Told { line, report })
}

/// The analysis of the events that hold a trigger only, by their numbers.
fn analyse_bare(
    engine: &Engine,
    text: &str,
    published: Option<crate::model::Day>,
    events: &[Value],
    spans: &[Span],
) -> std::collections::HashMap<usize, Value> {
    let bare: Vec<usize> = (0..events.len()).filter(|i| events[*i].get("type").is_none()).collect();
    if bare.is_empty() {
        return Default::default();
    }
    let published = published.map(|day| Published { day, basis: PublishedBasis::Metadata });
    let article = Article { text: text.to_owned(), published, ..Article::default() };
    let wanted: Vec<Span> = bare.iter().map(|i| spans[*i]).collect();
    let analysis = engine.analyse_at(&article, &wanted);
    let mut line = Vec::new();
    // Writing to memory does not fail; if it did, the events would stay as bare as they are.
    let written = write_analysis(&mut line, &article, &analysis).ok();
    let Some(Value::Object(mut fields)) = written.and_then(|()| serde_json::from_slice(&line).ok()) else {
        return Default::default();
    };
    let found = match fields.get_mut("events").map(Value::take) {
        Some(Value::Array(found)) => found,
        _ => Vec::new(),
    };
    // Events come in the order of the spans, those without a word left out.
    let mut found = found.into_iter().zip(analysis.events).peekable();
    bare.into_iter().filter_map(|i| Some((i, found.next_if(|(_, e)| e.trigger.span == spans[i])?.0))).collect()
}

/// The bytes at which code points begin.
struct Bytes {
    starts: Vec<u32>,
}

impl Bytes {
    fn of(text: &str) -> Bytes {
        Bytes { starts: text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect() }
    }

    fn at(&self, point: u64) -> Option<u32> {
        self.starts.get(usize::try_from(point).ok()?).copied()
    }
}

struct Page<'a> {
    engine: &'a Engine,
    kin: &'a Kin,
    document: &'a Document<'a>,
    words: Vec<Word>,
}

impl Page<'_> {
    fn said(&self, event: &Value, span: Span) -> Said {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let lemma = text(event.get("trigger").and_then(|t| t.get("lemma")));
        let own = self.document.tokens_in(span);
        let sentence = self.document.sentence_of(own.start.min(self.document.tokens.len().saturating_sub(1)));
        let tokens = self.document.sentences.get(sentence).map_or(0..0, |s| s.tokens.clone());
        let inside = |w: &&Word| tokens.contains(&w.token) && !own.contains(&w.token);
        let close = |w: &&Word| w.token + NEAR >= own.start && w.token < own.end + NEAR;
        let around: Vec<String> = self.words.iter().filter(inside).map(|w| w.stem.clone()).collect();
        let mut near: Vec<String> = self.words.iter().filter(inside).filter(close).map(|w| w.stem.clone()).collect();
        let (mut agents, mut patients) = (Vec::new(), Vec::new());
        for actor in event.get("actors").and_then(Value::as_array).into_iter().flatten() {
            let name = actor.get("name").and_then(Value::as_str).unwrap_or_default();
            let stems: Vec<String> = stems(name);
            near.extend(stems.iter().cloned());
            match actor.get("role").and_then(Value::as_str) {
                Some("agent") => agents.extend(stems),
                Some("patient") => patients.extend(stems),
                _ => {}
            }
        }
        let place = event.get("place").filter(|p| p.is_object()).and_then(|p| {
            let country = text(p.get("country")).and_then(|c| c.parse().ok());
            Some((text(p.get("name"))?.to_lowercase(), country))
        });
        near.extend(place.iter().flat_map(|(name, _)| stems(name)));
        let event_type = text(event.get("type")).and_then(|t| t.parse().ok()).unwrap_or(EventType::Other);
        let when = event.get("when");
        let day = |name: &str| text(when.and_then(|w| w.get(name))).and_then(|d| d.parse().ok());
        let said = text(when.and_then(|w| w.get("basis")));
        let stated = matches!(said.as_deref(), Some("stated" | "anchored"));
        let interval = Interval::new(day("from"), day("to")).filter(|_| stated).unwrap_or(Interval::UNKNOWN);
        let lemma = lemma.unwrap_or_else(|| span.of(self.document.text).to_lowercase());
        let reporting = self.engine.lexicon().words.has(List::Reporting, &lemma);
        Said {
            action: self.action(&lemma, own),
            speech: reporting || event_type == EventType::Statement,
            event_type,
            polarity: text(event.get("polarity")).and_then(|p| p.parse().ok()).unwrap_or(Polarity::Positive),
            interval,
            place,
            agents,
            patients,
            sentence,
            around,
            near,
        }
    }

    /// The action as the families of words know it: the whole trigger if they know it ("opened fire"), the noun of a verb
    /// that says little ("made an offer"), else the lemma.
    fn action(&self, lemma: &str, tokens: std::ops::Range<usize>) -> String {
        let lower: Vec<String> = tokens.map(|t| self.document.word(t).to_lowercase()).collect();
        let kept: Vec<&str> = lower.iter().map(String::as_str).filter(|w| !ARTICLES.contains(w)).collect();
        if kept.len() < 2 {
            return lemma.to_owned();
        }
        let head = lemma.split(' ').next().unwrap_or(lemma);
        let forms = (0..kept.len()).map(|at| {
            let word = |(i, w): (usize, &&str)| if i == at { head.to_owned() } else { (*w).to_owned() };
            kept.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
        });
        if let Some(known) = forms.chain([kept.join(" ")]).find(|phrase| self.kin.concepts(phrase).is_some()) {
            return known;
        }
        if self.engine.lexicon().words.has(List::Light, head) || VERBS_OF_LITTLE.contains(&head) {
            let content = kept.iter().rev().find(|w| w.len() > 3 && stem(w) != stem(head));
            return content.map_or_else(|| lemma.to_owned(), |w| self.base(w));
        }
        lemma.to_owned()
    }

    /// A form of a word that the families know, if there is one; else the word.
    fn base(&self, word: &str) -> String {
        let singular = word.strip_suffix('s').unwrap_or(word);
        [word, singular].into_iter().find(|w| self.kin.concepts(w).is_some()).unwrap_or(word).to_owned()
    }
}

const ARTICLES: &[&str] = &["a", "an", "the", "his", "her", "its", "their", "my", "our", "your"];

/// Verbs whose meaning is in what follows.
const VERBS_OF_LITTLE: &[&str] =
    &["be", "have", "do", "get", "go", "come", "bring", "put", "set", "let", "show", "keep"];

/// The words of a name, without endings.
fn stems(name: &str) -> Vec<String> {
    let document = Document::of(name);
    words(&document).into_iter().map(|w| w.stem).collect()
}
