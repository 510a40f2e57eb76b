use std::collections::{BTreeMap, HashMap};

use super::furniture::stripped;
use crate::model::{
    Analysis, Article, Basis, CountKind, Day, Entry, EventId, EventType, Granularity, Interval, Polarity, Span,
};

/// An article as the digest reads it: sentences, and the days that they speak of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Its id, else its title, else its number.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its outlet.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Day>,
    /// Its sentences in order.
    pub sentences: Vec<ReportSentence>,
}

/// A sentence of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportSentence {
    /// Its words.
    pub text: String,
    /// The days that it names.
    pub days: Vec<Day>,
    /// The events that it tells of whose day its words give.
    pub events: Vec<ReportEvent>,
}

/// An event of which a sentence gives the day.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportEvent {
    /// The day.
    pub day: Day,
    /// Its id, if it stands in a database.
    pub id: Option<EventId>,
    /// No words give the day: it is that of the story.
    pub guessed: bool,
    /// One line.
    pub headline: String,
    /// What kind of happening.
    pub event_type: EventType,
    /// From 0 to 1.
    pub confidence: f64,
    /// Numbers with their words.
    pub counts: Vec<(CountKind, String)>,
}

fn single(interval: Interval) -> Option<Day> {
    interval.from().filter(|day| interval == Interval::day(*day))
}

impl Report {
    /// What an article says of days. `number` names an article without id and title. Events that did not happen are
    /// left out, and so are those whose day is only that of the publication.
    pub fn of(article: &Article, analysis: &Analysis, number: usize) -> Report {
        let text = article.text.as_str();
        let mut sentences: Vec<ReportSentence> = analysis
            .sentences
            .iter()
            .map(|s| ReportSentence { text: one_line(stripped(s.span.of(text))), ..ReportSentence::default() })
            .collect();
        for timex in &analysis.times {
            // Sentences stand in the order of the text: the first that ends behind the words holds them.
            let holds = analysis.sentences.partition_point(|s| s.span.end <= timex.span.start);
            let day = timex.interval.and_then(single);
            // The day in the head of a report is not what the sentence tells of.
            let end = |span: Span| span.end as usize - stripped(span.of(text)).len();
            let head = analysis.sentences.get(holds).is_some_and(|s| (timex.span.start as usize) < end(s.span));
            if let (Some(day), Some(sentence), false) = (day, sentences.get_mut(holds), head)
                && !sentence.days.contains(&day)
            {
                sentence.days.push(day);
            }
        }
        for event in analysis.events.iter().filter(|e| e.polarity == Polarity::Positive) {
            let said = matches!(event.when.basis, Basis::Stated | Basis::Anchored | Basis::Narrative);
            let (Some(day), true) = (single(event.when.interval), said) else { continue };
            if let Some(sentence) = sentences.get_mut(event.sentence) {
                sentence.events.push(ReportEvent {
                    day,
                    id: None,
                    guessed: event.when.basis == Basis::Narrative,
                    headline: event.headline.clone(),
                    event_type: event.event_type,
                    confidence: event.confidence,
                    counts: event.counts.iter().map(|c| (c.kind, c.span.of(text).to_owned())).collect(),
                });
            }
        }
        let name = article.id.clone().or_else(|| article.title.clone()).unwrap_or_else(|| number.to_string());
        Report {
            name,
            title: article.title.clone(),
            source: article.source.clone(),
            published: article.published.map(|p| p.day),
            sentences,
        }
    }

    /// What the evidence of events says of their days, one report for each article. Events that are not known to the day
    /// or did not happen are left out.
    pub fn of_entries(entries: &[Entry]) -> Vec<Report> {
        let mut reports: BTreeMap<i64, Report> = BTreeMap::new();
        let mut places: HashMap<(i64, String), usize> = HashMap::new();
        for entry in entries.iter().filter(|e| e.polarity == Polarity::Positive && e.granularity == Granularity::Day) {
            let Some(day) = single(entry.interval) else { continue };
            for proof in &entry.evidence {
                let report = reports.entry(proof.article.0).or_insert_with(|| Report {
                    name: proof.article.to_string(),
                    title: proof.title.clone(),
                    source: proof.source.clone(),
                    published: proof.published.map(|p| p.day),
                    sentences: Vec::new(),
                });
                let text = one_line(stripped(&proof.sentence));
                let at = *places.entry((proof.article.0, text.clone())).or_insert_with(|| {
                    report.sentences.push(ReportSentence { text, ..ReportSentence::default() });
                    report.sentences.len() - 1
                });
                let event = ReportEvent {
                    day,
                    id: Some(entry.id),
                    guessed: entry.basis == Basis::Narrative,
                    headline: entry.headline.clone(),
                    event_type: entry.event_type,
                    confidence: entry.confidence,
                    counts: entry.counts.iter().map(|(count, words)| (count.kind, words.clone())).collect(),
                };
                if let Some(sentence) = report.sentences.get_mut(at) {
                    if !event.guessed && !sentence.days.contains(&day) {
                        sentence.days.push(day);
                    }
                    sentence.events.push(event);
                }
            }
        }
        reports.into_values().collect()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
