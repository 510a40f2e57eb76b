//! The day that the lead of a report gives the whole of it.

use super::Clauses;
use super::anchors::Anchors;
use super::nominal::governing_verb;
use super::recall::is_sudden;
use super::story::{StoryDay, finite_clause, is_main, is_past, is_reported};
use super::trigger::Trigger;
use super::when::interval_of;
use crate::language::Deprel;
use crate::model::{Basis, Day, EventType, Zone};

/// The lead of a report: so many sentences of its body.
const LEAD: usize = 3;

/// News is no older than so many days; what a lead dates farther back is not what the report is about.
const NEWS_DAYS: i32 = 10;

/// The day that the first sentences of a report tell of.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// It.
    pub day: StoryDay,
    /// The first token of the date.
    pub start: usize,
    /// A source tells of it.
    pub reported: bool,
}

/// The first day of the lead that a main clause in the past tense, or what a source tells, is dated to.
pub fn lead(clauses: &Clauses<'_>, anchors: &Anchors, triggers: &[Trigger], published: Day) -> Option<Lead> {
    let tree = clauses.tree;
    let first = tree.document.sentences.iter().position(|s| s.zone == Zone::Body)?;
    let body = |t: &&Trigger| (first..first + LEAD).contains(&tree.document.sentence_of(t.token));
    triggers.iter().filter(body).find_map(|t| {
        let timex = anchors.of(t.token)?;
        let day = news_day(clauses, timex, published)?;
        // "Speaking at a press conference on 22 December, she said": the day of the main clause.
        let verb = if t.verb { Some(t.token) } else { governing_verb(tree, t.token) };
        let clause = finite_clause(clauses, verb?)?;
        let reported = is_reported(clauses, clause);
        let start = tree.document.tokens_in(clauses.times[timex].span).start;
        let told = (reported || is_main(clauses, clause)) && is_past(clauses, clause);
        told.then_some(Lead { day, start, reported })
    })
}

/// What a later sentence says of when the happening was that a report without a date in its lead tells of: "The accident happened
/// at about 6 a.m. on Wednesday". `None` where two sentences name two days.
pub fn told_later(
    clauses: &Clauses<'_>,
    anchors: &Anchors,
    triggers: &[Trigger],
    published: Day,
) -> Option<(EventType, StoryDay)> {
    let tree = clauses.tree;
    let mut found = triggers.iter().filter(|t| !t.verb && is_sudden(&t.lemma)).filter_map(|t| {
        let definite = tree.first(t.token, &[Deprel::Det]).is_some_and(|d| tree.lower(d) == "the");
        let verb = governing_verb(tree, t.token).filter(|v| tree.first(*v, &[Deprel::Nsubj]) == Some(t.token));
        let happened = verb.filter(|v| definite && matches!(tree.lemma(*v), "happen" | "occur" | "take" | "come"))?;
        let timex = anchors.of(t.token).or_else(|| anchors.of(happened))?;
        Some((t.event_type(clauses), news_day(clauses, timex, published)?))
    });
    let first = found.next()?;
    found.all(|other| other.1.day == first.1.day).then_some(first)
}

/// The day of a time expression, if it is one of the last days before the publication.
pub fn news_day(clauses: &Clauses<'_>, timex: usize, published: Day) -> Option<StoryDay> {
    let (interval, _) = interval_of(clauses, timex);
    let day = interval.from().filter(|d| interval.to() == Some(*d))?;
    let news = published.plus(-NEWS_DAYS)..=Some(published);
    news.contains(&Some(day)).then_some(StoryDay { day, basis: Basis::Narrative, timex: Some(timex) })
}
