use crate::language::{Deprel, Syntax, Upos};
use crate::text::Document;
use crate::time::{Direction, Field, Term};

use super::candidate::Candidate;
use super::profile::Profile;

/// Whether the words round an expression look back or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tense {
    Past,
    Future,
    Open,
}

/// The direction in which a bare field of a candidate is read.
pub fn of(
    document: &Document<'_>,
    syntax: Option<&Syntax>,
    candidate: &Candidate,
    term: &Term,
    profile: &Profile,
) -> Direction {
    if profile.narrative {
        return Direction::Within;
    }
    let tense = match syntax {
        Some(syntax) => governing(document, syntax, candidate),
        None => lexical(document, candidate),
    };
    match (term.field(), tense) {
        // Results are told, and expected, of the quarter that has just ended.
        (Some(Field::Quarter(_)), _) => Direction::Nearest,
        (_, Tense::Future) => Direction::Future,
        (_, Tense::Past) => Direction::Past,
        // What is far away is named with its year; what is not told to lie ahead has most often happened.
        (Some(Field::MonthDay(..) | Field::Holiday(_) | Field::Month(_)), Tense::Open) => Direction::Nearest,
        _ => Direction::Past,
    }
}

/// Words that make what follows lie ahead.
const AHEAD: &[&str] = &[
    "will",
    "'ll",
    "\u{2019}ll",
    "shall",
    "wo",
    "expected",
    "scheduled",
    "due",
    "planned",
    "upcoming",
    "forthcoming",
    "expects",
    "expect",
    "hopes",
    "intends",
    "slated",
    "payable",
    "begins",
    "starts",
    "begin",
    "start",
    "opens",
    "deadline",
    "would",
    "planning",
];

/// Words that make what follows lie behind.
const BEHIND: &[&str] = &[
    "said",
    "told",
    "was",
    "were",
    "had",
    "did",
    "announced",
    "reported",
    "ended",
    "began",
    "been",
    "made",
    "came",
    "took",
];

/// The tense as far as the words beside the expression tell it, whatever the verb.
fn beside(candidate: &Candidate) -> Tense {
    match candidate.before.as_str() {
        "ended" | "since" | "dated" => Tense::Past,
        "ending" | "payable" => Tense::Future,
        // "As soon as Tuesday", "as early as next week".
        "as" => Tense::Future,
        _ => Tense::Open,
    }
}

/// The tense as far as prepositions tell it, when no verb does.
fn preposition(candidate: &Candidate) -> Tense {
    match candidate.before.as_str() {
        "until" | "till" | "by" | "through" => Tense::Future,
        _ => Tense::Open,
    }
}

/// The tense as far as single words of the sentence tell it.
fn lexical(document: &Document<'_>, candidate: &Candidate) -> Tense {
    if beside(candidate) != Tense::Open {
        return beside(candidate);
    }
    let Some(sentence) = document.sentences.get(candidate.sentence) else { return Tense::Open };
    let here = document.tokens_in(candidate.span).start.min(sentence.tokens.end);
    let from = sentence.tokens.start.max(here.saturating_sub(14));
    for i in (from..here).rev() {
        let word = document.word(i).to_ascii_lowercase();
        if AHEAD.contains(&word.as_str()) {
            // "Had been scheduled for", "was due to".
            let behind = (from..i).rev().take(3).any(|j| matches!(document.word(j), "had" | "been"));
            return if behind { Tense::Past } else { Tense::Future };
        }
        if BEHIND.contains(&word.as_str()) {
            return Tense::Past;
        }
        if word == ";" {
            break;
        }
    }
    preposition(candidate)
}

/// The tense of the verb that governs the expression, else of the verbs above it.
fn governing(document: &Document<'_>, syntax: &Syntax, candidate: &Candidate) -> Tense {
    if beside(candidate) != Tense::Open {
        return beside(candidate);
    }
    let tokens = document.tokens_in(candidate.span);
    let outside = |i: &usize| syntax.words.get(*i).is_some_and(|w| w.head.is_none_or(|h| !tokens.contains(&h)));
    let Some(mut at) = tokens.clone().find(outside) else { return lexical(document, candidate) };
    // The heads of a sentence are a tree, so this ends; what is far up says little.
    for _ in 0..8 {
        let Some(word) = syntax.words.get(at) else { break };
        let verbal = matches!(word.upos, Upos::Verb | Upos::Aux) || has_copula(document, syntax, at);
        if verbal {
            match tense_of(document, syntax, at) {
                Tense::Open => {}
                tense => return tense,
            }
        }
        match word.head {
            Some(head) => at = head,
            None => break,
        }
    }
    preposition(candidate)
}

fn children<'a>(document: &'a Document<'_>, syntax: &'a Syntax, head: usize) -> impl Iterator<Item = usize> + 'a {
    let tokens = document.sentences.get(document.sentence_of(head)).map_or(0..0, |s| s.tokens.clone());
    tokens.filter(move |i| syntax.words.get(*i).is_some_and(|w| w.head == Some(head)))
}

fn has_copula(document: &Document<'_>, syntax: &Syntax, at: usize) -> bool {
    children(document, syntax, at).any(|i| syntax.words[i].deprel == Deprel::Cop)
}

fn tense_of(document: &Document<'_>, syntax: &Syntax, verb: usize) -> Tense {
    let xpos = syntax.words[verb].xpos;
    let mut participle = xpos == "VBN";
    let mut past = xpos == "VBD";
    for i in children(document, syntax, verb) {
        let word = &syntax.words[i];
        if matches!(word.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
            match &*word.lemma.to_lowercase() {
                "will" | "shall" | "wo" | "'ll" | "would" => return Tense::Future,
                "have" => return Tense::Past,
                "be" if word.xpos == "VBD" => past = true,
                "be" if matches!(word.xpos, "VBZ" | "VBP") => participle = false,
                _ => {}
            }
        }
        // "To meet on Friday" lies ahead of the verb above it.
        if word.deprel == Deprel::Mark && &*word.lemma == "to" && xpos == "VB" {
            return Tense::Future;
        }
    }
    // "Is scheduled for", "is due": the plan is told, not the event.
    if AHEAD.contains(&document.word(verb).to_ascii_lowercase().as_str()) && !past {
        return Tense::Future;
    }
    if past || participle { Tense::Past } else { Tense::Open }
}
