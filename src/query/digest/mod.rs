//! The days that matter in many articles, and the sentences that tell of them. Pure: from what articles say to a
//! [`Digest`], with or without a database.

mod days;
mod furniture;
mod report;
mod sentences;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::{Day, DayEvent, Digest, DigestDay, Interval, Quote, Told};
use days::{Candidate, Case};
pub use report::{Report, ReportEvent, ReportSentence};
use sentences::Rarity;
use words::{Vocabulary, Word};

/// How long a digest may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// At most so many days.
    pub days: usize,
    /// At most so many sentences a day.
    pub sentences: usize,
}

/// So many names tell what the articles are about.
const TOPIC: usize = 12;
/// So many of the events of a day are named.
const EVENTS: usize = 20;
/// Runs of so many words are compared to find copies.
const RUN: usize = 4;
/// So many runs, chosen by their hashes, stand for an article.
const SKETCH: usize = 100;

/// A sentence with its words.
struct ReadSentence<'a> {
    said: &'a ReportSentence,
    /// Distinct words, sorted.
    words: Vec<u32>,
    /// Length in words, empty ones included.
    length: usize,
    /// From 0 to 1: whether it names what the articles are about.
    topical: f64,
}

/// A report that is no copy of another one.
struct Read<'a> {
    report: &'a Report,
    sentences: Vec<ReadSentence<'a>>,
    /// From 0 to 1: how much of it is about the topic.
    prominence: f64,
}

/// The days on which most was going on, by how many distinct articles speak of them and how long afterwards they still do;
/// at most `size.days` of them, in the order of the calendar, each with at most `size.sentences` sentences.
///
/// Copies of an article count once. Without a `span` the days lie between the eve of the first and the last publication:
/// what was long before is background. The same reports in the same order give the same digest.
pub fn digest(reports: &[Report], span: Option<Interval>, size: Size) -> Digest {
    let mut order: Vec<&Report> = reports.iter().collect();
    // Stable: on one day of publication the order of the input decides which of two copies is the first.
    order.sort_by_key(|r| (r.published.is_none(), r.published));
    let mut vocabulary = Vocabulary::default();
    let read = read(&order, &mut vocabulary);
    let published = || read.iter().filter_map(|r| r.report.published);
    // The first article tells of the day before.
    let first = published().min().and_then(|day| day.plus(-1));
    let span = span.or_else(|| Interval::new(first, published().max())).unwrap_or(Interval::UNKNOWN);
    let mut cases = days::weigh(&read, span);
    days::spread(&mut cases, size.days);
    let mut ranked: Vec<(Day, Case)> = cases.into_iter().collect();
    ranked.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then(a.0.cmp(&b.0)));
    let rarity = Rarity::of(&read, vocabulary.len());
    let mut days: Vec<DigestDay> = ranked
        .into_iter()
        .filter_map(|(day, case)| {
            let chosen = sentences::choose(&read, &case.candidates, &rarity, size.sentences);
            entry(&read, day, &case, chosen)
        })
        .take(size.days)
        .collect();
    days.sort_by_key(|d| d.day);
    Digest { days }
}

/// The words of all reports that are no copies, and what they are about.
fn read<'a>(order: &[&'a Report], vocabulary: &mut Vocabulary) -> Vec<Read<'a>> {
    let mut seen = HashSet::new();
    let mut named: BTreeMap<u32, f64> = BTreeMap::new();
    let mut reads = Vec::new();
    for report in order {
        let words: Vec<Vec<Word>> = report.sentences.iter().map(|s| vocabulary.words(&s.text)).collect();
        if is_copy(&words, &mut seen) {
            continue;
        }
        // The share of its sentences: what each article names once is a source or an author, not the topic.
        for words in &words {
            let names: BTreeSet<u32> = words.iter().filter(|w| w.name && !w.figure).map(|w| w.number).collect();
            names.into_iter().for_each(|name| *named.entry(name).or_default() += 1.0 / report.sentences.len() as f64);
        }
        let sentences = report.sentences.iter().zip(words).map(|(said, words)| ReadSentence {
            said,
            words: words.iter().map(|w| w.number).collect::<BTreeSet<_>>().into_iter().collect(),
            length: said.text.split_whitespace().count(),
            topical: 0.0,
        });
        reads.push(Read { report, sentences: sentences.collect(), prominence: 0.0 });
    }
    let mut topic: Vec<(u32, f64)> = named.into_iter().collect();
    topic.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    topic.truncate(TOPIC);
    let most = topic.first().map_or(1.0, |(_, share)| *share);
    let topic: BTreeMap<u32, f64> = topic.into_iter().map(|(word, share)| (word, share / most)).collect();
    for read in &mut reads {
        for sentence in &mut read.sentences {
            sentence.topical = sentence.words.iter().filter_map(|w| topic.get(w)).copied().fold(0.0, f64::max);
        }
        let sum: f64 = read.sentences.iter().map(|s| s.topical).sum();
        read.prominence = sum / read.sentences.len().max(1) as f64;
    }
    reads
}

/// Whether four in five of the word runs that stand for this text were seen in earlier ones.
fn is_copy(words: &[Vec<Word>], seen: &mut HashSet<u64>) -> bool {
    let words: Vec<u32> = words.iter().flatten().map(|w| w.number).collect();
    let sketch: BTreeSet<u64> = words.windows(RUN).map(hash).collect();
    let sketch: Vec<u64> = sketch.into_iter().take(SKETCH).collect();
    let known = sketch.iter().filter(|h| seen.contains(h)).count();
    let copy = !sketch.is_empty() && known * 5 >= sketch.len() * 4;
    if !copy {
        seen.extend(sketch);
    }
    copy
}

/// FNV-1a over the bytes of word numbers, with a last mixing so that the least hashes are a fair sample.
fn hash(run: &[u32]) -> u64 {
    let bytes = run.iter().flat_map(|word| word.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Words that point to another sentence: a headline with one of them does not stand by itself.
const POINTING: &[&str] = &["it", "them", "him", "her", "this", "that", "these", "those"];

/// The entry of a day; `None` if no sentence can tell of it.
fn entry(reads: &[Read<'_>], day: Day, case: &Case, chosen: Vec<Candidate>) -> Option<DigestDay> {
    let sentence = |c: &Candidate| &reads[c.report].sentences[c.sentence];
    let lead = sentence(chosen.first()?);
    let of_day = |s: &ReadSentence<'_>| {
        // The surest that stands by itself, the first of equals.
        let events = s.said.events.iter().filter(|e| e.day == day).rev();
        let clear = |e: &ReportEvent| !e.headline.split(' ').any(|w| POINTING.contains(&w));
        let best = events.max_by(|a, b| clear(a).cmp(&clear(b)).then(a.confidence.total_cmp(&b.confidence)));
        best.map(|e| e.headline.clone())
    };
    let headline = of_day(lead).unwrap_or_else(|| lead.said.text.clone());
    let mut in_order = chosen;
    in_order.sort_by_key(|c| (c.report, c.sentence));
    let quotes = in_order.iter().map(|c| {
        let report = reads[c.report].report;
        Quote {
            text: sentence(c).said.text.clone(),
            article: report.name.clone(),
            source: report.source.clone(),
            published: report.published,
        }
    });
    Some(DigestDay {
        day,
        headline,
        quotes: quotes.collect(),
        events: events(reads, day, case),
        told: told(reads, day, case),
        articles: u32::try_from(case.articles).unwrap_or(u32::MAX),
        weight: (case.weight * 100.0).round() / 100.0,
    })
}

/// What happened on the day: an event of a database once, else once for each headline; the most told first.
fn events(reads: &[Read<'_>], day: Day, case: &Case) -> Vec<DayEvent> {
    struct Found<'a> {
        articles: BTreeSet<usize>,
        confidence: f64,
        event: &'a ReportEvent,
    }
    let mut found: BTreeMap<(Option<i64>, &str), Found<'_>> = BTreeMap::new();
    for c in &case.candidates {
        for event in reads[c.report].sentences[c.sentence].said.events.iter().filter(|e| e.day == day) {
            let key = (event.id.map(|id| id.0), if event.id.is_some() { "" } else { event.headline.as_str() });
            let first = || Found { articles: BTreeSet::new(), confidence: 0.0, event };
            let one = found.entry(key).or_insert_with(first);
            one.articles.insert(c.report);
            one.confidence = one.confidence.max(event.confidence);
        }
    }
    let mut ranked: Vec<_> = found.into_values().collect();
    ranked.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then(b.confidence.total_cmp(&a.confidence)));
    ranked
        .into_iter()
        .take(EVENTS)
        .map(|Found { articles, event, .. }| DayEvent {
            id: event.id,
            headline: event.headline.clone(),
            event_type: event.event_type,
            articles: u32::try_from(articles.len()).unwrap_or(u32::MAX),
        })
        .collect()
}

/// The numbers of each kind for which there is more than one.
fn told(reads: &[Read<'_>], day: Day, case: &Case) -> Vec<Told> {
    let mut all: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for c in &case.candidates {
        let said = reads[c.report].sentences[c.sentence].said;
        for (kind, text) in said.events.iter().filter(|e| e.day == day).flat_map(|e| &e.counts) {
            all.entry(*kind).or_default().insert(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    let disputed = all.into_iter().filter(|(_, texts)| texts.len() > 1);
    disputed.flat_map(|(kind, texts)| texts.into_iter().map(move |text| Told { kind, text })).collect()
}

#[cfg(test)]
mod tests;
