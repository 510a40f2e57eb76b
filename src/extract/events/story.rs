//! The day that a report speaks of: what its words leave unsaid because its readers held that day's paper.

use std::collections::HashMap;

use super::Clauses;
use super::anchors::Anchors;
use super::dates::has_mark;
use super::lead::{lead, news_day, told_later};
use super::nominal::support;
use super::recall::Happenings;
use super::stance::Stance;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{
    Aspect, Basis, Day, EventMention, EventType, Granularity, Interval, Modality, Role, Timex, TimexKind, When, Zone,
};

/// The first date of a report is no farther from its publication than so many days.
const OPENING_DAYS: i32 = 31;

/// Clauses are climbed up to so many steps.
const DEPTH: usize = 6;

/// The day an undated clause of the article tells of, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryDay {
    /// The day.
    pub day: Day,
    /// `Published`, or `Narrative` where a sentence before says it.
    pub basis: Basis,
    /// The time expression of that sentence.
    pub timex: Option<usize>,
}

/// What the text speaks of at the place where it is read, from first word to last.
#[derive(Debug, Default)]
pub struct Story {
    /// The day of the news: what the lead dates, else the day of publication. `None` for narratives.
    base: Option<StoryDay>,
    /// The last date of the paragraph.
    here: Option<Here>,
    /// The day of publication, for what is told in the present tense.
    today: Option<StoryDay>,
    /// The day on which the lead's source spoke, where that is not the day it tells of: "was shelled overnight, officials
    /// said on Sunday".
    said: Option<StoryDay>,
    /// The last dated public appearance of each speaker so far.
    occasions: HashMap<usize, Day>,
    /// The happenings that have had their day so far, the latest last.
    told: Happenings,
    /// The day that a later sentence gives the happening of the lead, and its type.
    later: Option<(EventType, StoryDay)>,
    /// The lead only tells what somebody said: what its title says happened, happened some day before.
    hearsay: bool,
}

/// A date that holds on from the clause that names it.
#[derive(Clone, Copy, Debug)]
struct Here {
    paragraph: u32,
    sentence: usize,
    /// `None` when it is no single day.
    day: Option<StoryDay>,
}

impl Story {
    /// Looks at the lead. An inferred day of publication dates nothing.
    pub fn of(clauses: &Clauses<'_>, anchors: &Anchors, triggers: &[Trigger]) -> Story {
        let Some(published) = clauses.published.filter(|_| !clauses.inferred && !is_narrative(clauses)) else {
            return Story::default();
        };
        let tree = clauses.tree;
        let today = StoryDay { day: published, basis: Basis::Published, timex: None };
        let lead = lead(clauses, anchors, triggers, published);
        let first = tree.document.sentences.iter().find(|s| s.zone == Zone::Body).map(|s| s.tokens.clone());
        let root = first.clone().and_then(|mut tokens| tokens.find(|t| tree.rel(*t) == Deprel::Root));
        let says = |r: &usize| clauses.lexicon.words.has(List::Reporting, &tree.lemma(*r).to_lowercase());
        let source = root.filter(says);
        // "was struck overnight, a source told the agency on Thursday".
        let inserted = root.and_then(|r| tree.with_rel(r, &[Deprel::Parataxis]).find(says));
        let own = source.or(inserted).and_then(|r| anchors.of(r)).and_then(|timex| news_day(clauses, timex, published));
        // What the first sentence has from a source has a day of its own.
        let reported = lead.filter(|l| l.reported).map(|l| l.start);
        let dated = reported.zip(first).is_some_and(|(start, first)| first.contains(&start));
        Story {
            base: Some(lead.map_or(today, |l| l.day)),
            later: if lead.is_none() { told_later(clauses, anchors, triggers, published) } else { None },
            today: Some(today),
            said: own.or(reported.map(|_| today)),
            hearsay: source.is_some() && !dated,
            ..Story::default()
        }
    }

    /// The day that a clause without a date tells of, if its tense and its place in the text allow to say one: main clauses
    /// in the past tense, and what belongs to them. Background ("had", "since 2004", "previously") has no such day.
    pub fn day_of(&self, clauses: &Clauses<'_>, trigger: &Trigger, stance: &Stance) -> Option<StoryDay> {
        if !matches!(stance.modality, Modality::Asserted | Modality::Reported) || stance.aspect == Aspect::Failed {
            return None;
        }
        let tree = clauses.tree;
        let verb = if trigger.verb {
            trigger.token
        } else {
            support(tree, &clauses.lexicon.words, trigger.token).or_else(|| occasion_above(clauses, trigger.token))?
        };
        let clause = finite_clause(clauses, verb)?;
        if is_background(clauses, verb) {
            return None;
        }
        let kind = trigger.event_type(clauses);
        let said = trigger.token == clause && is_said(kind);
        // What sources say of somebody's past ("said he came from the air force") is no news of the day.
        if is_reported(clauses, clause) && (kind == EventType::Other || said) {
            return None;
        }
        let day = self.day_at(clauses, clause, said, stance.aspect == Aspect::Ongoing)?;
        // "A lorry hit a bus. ... The accident happened on Wednesday": the day of the accident, and of those it killed.
        let cost = |of: EventType| kind == of || matches!(kind, EventType::Die | EventType::Injure);
        let later = self.later.filter(|(of, _)| day.timex.is_none() && !said && cost(*of));
        Some(later.map_or(day, |(_, later)| later))
    }

    /// The day of an undated clause with a tense of its own; `said` where it is known to tell what sources say, `ongoing`
    /// where it goes on at the time of the report.
    pub fn day_at(&self, clauses: &Clauses<'_>, clause: usize, said: bool, ongoing: bool) -> Option<StoryDay> {
        let tree = clauses.tree;
        // "Five people died after a tram overturned": the lead tells one piece of news.
        let news =
            || tree.rel(clause) == Deprel::Advcl && has_mark(clauses, clause, &["after"]) && is_lead(clauses, clause);
        if !(is_main(clauses, clause) || is_reported(clauses, clause) || news()) || is_background(clauses, clause) {
            return None;
        }
        let lemma = tree.lemma(clause).to_lowercase();
        let words = &clauses.lexicon.words;
        let says = said || words.has(List::Reporting, &lemma);
        let sentence = &tree.document.sentences[tree.document.sentence_of(clause)];
        let title = sentence.zone == Zone::Title;
        let told = says || words.has(List::Belief, &lemma) || lemma == "expect";
        let passive = tree.tag(clause) == "VBN"
            && tree.with_rel(clause, &[Deprel::AuxPass]).any(|a| matches!(tree.lower(a).as_str(), "is" | "are" | "'s"));
        let present = matches!(tree.tag(clause), "VBZ" | "VBP") && (told || title) || passive && told;
        if title && self.hearsay && !says {
            return None;
        }
        // "The ministry denies it": sources that speak in the present tense speak on the day of publication.
        if present && !title {
            return self.today;
        }
        if !is_past(clauses, clause) && !present && !ongoing {
            return None;
        }
        // A day holds to the end of its paragraph, a longer time for one more sentence.
        let at = tree.document.sentence_of(clause);
        let holds =
            |h: &Here| h.paragraph == sentence.paragraph && (h.day.is_some() || at.saturating_sub(h.sentence) <= 1);
        match self.here.filter(holds) {
            // Whatever was told in between, the report's sources spoke on its day.
            Some(here) if says => self.said.or(self.base).or(here.day),
            Some(here) => here.day,
            None if says => self.said.or(self.base),
            None => self.base,
        }
    }

    /// The date of the happening that a definite noun takes up, in a report.
    pub fn recall(&self, clauses: &Clauses<'_>, trigger: &Trigger, kind: EventType) -> Option<When> {
        self.base.and_then(|_| self.told.recall(clauses, trigger, kind))
    }

    /// The day of the occasion on which a speaker speaks, when an earlier sentence dated it.
    pub fn occasion(&self, speaker: usize) -> Option<Interval> {
        self.occasions.get(&speaker).copied().map(Interval::until)
    }

    /// Takes notice of what an event says of dates.
    pub fn remember(&mut self, clauses: &Clauses<'_>, trigger: &Trigger, event: &EventMention) {
        let tree = clauses.tree;
        let exact = matches!(event.when.granularity, Granularity::Day | Granularity::Time);
        let day = event.when.interval.to().filter(|d| exact && event.when.interval.from() == Some(*d));
        // A press conference dates what its speaker says there.
        let occasion = event.event_type == EventType::Statement && event.mode.as_deref() == Some("press-conference");
        let speaker = event.participants.iter().find(|p| p.role == Role::Agent).and_then(|p| p.actor);
        if let (true, Some(day), Some(speaker)) = (occasion, day, speaker) {
            self.occasions.insert(speaker, day);
        }
        if day.is_some() {
            self.told.remember(event);
        }
        // The day of the story is nobody's own.
        let narrative = event.when.basis == Basis::Narrative && !event.when.approximate;
        let own = event.when.timex.filter(|_| narrative || matches!(event.when.basis, Basis::Stated | Basis::Anchored));
        let past = clauses.published.is_none_or(|p| event.when.interval.from().is_none_or(|from| from <= p));
        let told = event.modality != Modality::Planned && past && is_main(clauses, trigger.token);
        if let Some(timex) = own.filter(|_| told) {
            let paragraph = tree.document.sentences[event.sentence].paragraph;
            let day = day.map(|day| StoryDay { day, basis: Basis::Narrative, timex: Some(timex) });
            self.here = Some(Here { paragraph, sentence: event.sentence, day });
        }
    }
}

impl StoryDay {
    /// The date that it gives: about that day, for nobody wrote it beside the event.
    pub fn when(self) -> When {
        When {
            interval: Interval::day(self.day),
            granularity: Granularity::Day,
            edtf: Some(format!("{}~", self.day)),
            basis: self.basis,
            timex: self.timex,
            approximate: true,
            inferred: false,
        }
    }
}

/// Whether an act is done by words, as sources do them on the day that they are asked.
fn is_said(kind: EventType) -> bool {
    use EventType::{Accuse, Reject, Request, Statement, Support, Threaten};
    matches!(kind, Statement | Request | Accuse | Reject | Threaten | Support)
}

/// Whether the dates of an article hang on each other and not on its publication: most are years away from it.
fn is_narrative(clauses: &Clauses<'_>) -> bool {
    let Some(published) = clauses.published else { return true };
    let document = &clauses.tree.document;
    let in_body = |t: &&Timex| {
        let token = document.tokens_in(t.span).start;
        document.sentences[document.sentence_of(token)].zone == Zone::Body
    };
    // "This week", "on Monday", "on March 29" before all other dates: news with a history behind it.
    let first = clauses.times.iter().filter(in_body).find(|t| t.interval.is_some_and(|i| !i.is_unknown()));
    let opens = |t: &Timex| {
        let from = t.interval.and_then(Interval::from);
        t.basis == Basis::Anchored && from.is_some_and(|f| (f.number() - published.number()).abs() <= OPENING_DAYS)
    };
    if first.is_some_and(opens) {
        return false;
    }
    if clauses.narrative {
        return true;
    }
    let (mut far, mut near) = (0, 0);
    for timex in clauses.times {
        let Some(from) = timex.interval.and_then(Interval::from) else { continue };
        match (from.year() - published.year()).abs() {
            2.. => far += 1,
            // "yesterday", "on Monday": whoever writes so writes of today.
            _ if timex.basis == Basis::Anchored => near += 3,
            _ => near += 1,
        }
    }
    far >= 5 && far > 2 * near
}

/// The verb with the tense of a clause: an infinitive, a participle or a second verb has that of the verb above it.
pub fn finite_clause(clauses: &Clauses<'_>, verb: usize) -> Option<usize> {
    let tree = clauses.tree;
    let mut at = verb;
    for _ in 0..DEPTH {
        let auxiliary = tree.first(at, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).is_some();
        let nonfinite = matches!(tree.tag(at), "VB" | "VBG" | "VBN") && !auxiliary;
        let shares = tree.rel(at) == Deprel::Conj && tree.first(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none();
        if !(nonfinite && matches!(tree.rel(at), Deprel::Xcomp | Deprel::Advcl | Deprel::Conj) || shares) {
            return Some(at);
        }
        at = tree.head(at).filter(|h| tree.pos(*h) == Upos::Verb)?;
    }
    None
}

/// Whether a verb stands in the main clause of its sentence, alone or beside another.
pub fn is_main(clauses: &Clauses<'_>, verb: usize) -> bool {
    let tree = clauses.tree;
    let mut at = verb;
    for _ in 0..DEPTH {
        match tree.rel(at) {
            Deprel::Root => return true,
            // "While she spoke", "where he met reporters": the same hour as the main clause.
            Deprel::Advcl | Deprel::AdvclRelcl if has_mark(clauses, at, &["while", "as", "when", "where"]) => {
                match tree.head(at) {
                    Some(head) => at = head,
                    None => return true,
                }
            }
            // "at a conference where he promoted it".
            Deprel::AclRelcl if has_mark(clauses, at, &["where"]) => {
                match tree.ancestors(at).skip(1).find(|t| tree.pos(*t) == Upos::Verb) {
                    Some(verb) => at = verb,
                    None => return false,
                }
            }
            Deprel::Conj | Deprel::Parataxis => match tree.head(at) {
                Some(head) => at = head,
                None => return true,
            },
            _ => return false,
        }
    }
    false
}

/// Whether sources tell of a clause in their own words as of something done: "police said three people were arrested" is as
/// much news as "three people were arrested, police said".
pub fn is_reported(clauses: &Clauses<'_>, clause: usize) -> bool {
    let tree = clauses.tree;
    let perfect = tree.with_rel(clause, &[Deprel::Aux]).any(|a| tree.lemma(a) == "have");
    let source =
        tree.head(clause).filter(|_| tree.rel(clause) == Deprel::Ccomp && !perfect && is_past(clauses, clause));
    source.is_some_and(|s| {
        let quoted = (s.min(clause)..s.max(clause))
            .any(|t| matches!(tree.word(t), "\"" | "\u{201c}" | "\u{201d}" | "``" | "''"));
        !quoted && clauses.lexicon.words.has(List::Reporting, tree.lemma(s)) && is_main(clauses, s)
    })
}

/// Whether a word stands in the title or in the first sentence of the text.
fn is_lead(clauses: &Clauses<'_>, token: usize) -> bool {
    let document = &clauses.tree.document;
    let at = document.sentence_of(token);
    let first = document.sentences.iter().position(|s| s.zone == Zone::Body);
    document.sentences[at].zone == Zone::Title || first == Some(at)
}

/// The clause whose occasion a noun is: "were killed in a crash".
fn occasion_above(clauses: &Clauses<'_>, noun: usize) -> Option<usize> {
    let tree = clauses.tree;
    let inside = matches!(tree.case(noun).as_deref(), Some("in" | "at" | "during"));
    tree.head(noun).filter(|v| inside && tree.rel(noun) == Deprel::Obl && tree.pos(*v) == Upos::Verb)
}

/// Simple past or present perfect; "had" looks back from another day.
pub fn is_past(clauses: &Clauses<'_>, verb: usize) -> bool {
    let tree = clauses.tree;
    let auxiliary = |word: &str| tree.with_rel(verb, &[Deprel::Aux, Deprel::AuxPass]).any(|a| tree.lower(a) == word);
    let passive = tree.first(verb, &[Deprel::AuxPass]).is_some();
    let perfect = ["has", "have", "'ve", "'s"].into_iter().any(auxiliary);
    !auxiliary("had")
        && (tree.tag(verb) == "VBD"
            || matches!(tree.tag(verb), "VBN") && (perfect || passive && ["was", "were"].into_iter().any(auxiliary)))
}

/// Whether a name ends with a year that is not that of publication: "at Expo 2005".
fn is_of_another_year(clauses: &Clauses<'_>, noun: usize) -> bool {
    let tree = clauses.tree;
    let year = |t: usize| tree.word(t).parse::<i32>().ok().filter(|y| tree.word(t).len() == 4 && *y >= 1000);
    let named = tree.pos(noun) == Upos::Propn;
    let years = tree.with_rel(noun, &[Deprel::NmodUnmarked, Deprel::Nummod]).filter(|t| named && *t > noun);
    years.filter_map(year).any(|y| clauses.published.is_none_or(|p| p.year() != y))
}

/// Whether a phrase tells when in somebody's life it was: "at the age of six", "as a student".
fn is_age(clauses: &Clauses<'_>, token: usize) -> bool {
    let tree = clauses.tree;
    let lemma = tree.lemma(token);
    match tree.case(token).as_deref() {
        Some("at") => lemma == "age" && tree.first(token, &[Deprel::Nmod, Deprel::Nummod]).is_some(),
        Some("as") => {
            matches!(lemma, "child" | "boy" | "girl" | "teenager" | "student" | "youth" | "schoolboy" | "schoolgirl")
        }
        _ => false,
    }
}

/// Whether words of a clause say that it tells of another time: "previously", "since its launch", "for five years", "every
/// summer", or a date that cannot be placed.
fn is_background(clauses: &Clauses<'_>, verb: usize) -> bool {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let timed = |token: usize| {
        let span = tree.document.tokens[token].span;
        clauses.times.iter().any(|t| {
            t.span.contains(span) && (t.kind != TimexKind::Time || t.interval.is_none()) && !t.value.starts_with("PT")
        })
    };
    // "jailed him for nine years": so long it is to last.
    let lasting = words.has(List::Lasting, tree.lemma(verb));
    let length = |d: usize| lasting && matches!(tree.case(d).as_deref(), Some("for" | "to"));
    // "learned to sail at the age of six".
    let young = |x: usize| tree.with_rel(x, &[Deprel::Obl]).any(|d| is_age(clauses, d));
    tree.dependents(verb).any(|d| match tree.rel(d) {
        Deprel::Xcomp => young(d),
        Deprel::Obl if length(d) => false,
        Deprel::Advmod => words.has(List::Background, &tree.lower(d)) || timed(d),
        Deprel::Obl | Deprel::OblUnmarked => {
            timed(d)
                || is_of_another_year(clauses, d)
                || is_age(clauses, d)
                || matches!(tree.case(d).as_deref(), Some("since" | "before" | "until"))
        }
        // "When she first showed it, he praised it": that was then.
        Deprel::Advcl => {
            has_mark(clauses, d, &["since"])
                || has_mark(clauses, d, &["before"]) && !is_lead(clauses, d)
                || has_mark(clauses, d, &["when"]) && has_mark(clauses, d, &["first"])
        }
        _ => false,
    })
}
