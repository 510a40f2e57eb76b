use crate::language::{Deprel, Syntax, Upos};
use crate::text::Document;
use crate::time::{Direction, Field, Term};

use super::candidate::Candidate;
use super::profile::Profile;

/// Whether a verb looks back or ahead.
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
        // What is far away is named with its year.
        (Some(Field::MonthDay(..) | Field::Holiday(_)), _) => Direction::Nearest,
        _ => Direction::Past,
    }
}

/// Words that make what follows lie ahead.
const AHEAD: &[&str] = &[
    "will",
    "'ll",
    "\u{2019}ll",
    "shall",
    "expected",
    "scheduled",
    "due",
    "plans",
    "planned",
    "planning",
    "upcoming",
    "forthcoming",
    "expects",
    "expect",
    "hopes",
    "intends",
    "slated",
    "payable",
    "wo",
    "begins",
    "starts",
    "begin",
    "start",
    "opens",
    "tomorrow",
    "plan",
    "deadline",
];

/// The tense as far as single words of the sentence tell it.
fn lexical(document: &Document<'_>, candidate: &Candidate) -> Tense {
    let Some(sentence) = document.sentences.get(candidate.sentence) else { return Tense::Open };
    if matches!(candidate.before.as_str(), "until" | "till") {
        return Tense::Future;
    }
    let here = document.tokens_in(candidate.span).start;
    let from = sentence.tokens.start.max(here.saturating_sub(14));
    let words = (from..here.min(sentence.tokens.end)).rev();
    for i in words {
        let word = document.word(i).to_ascii_lowercase();
        if AHEAD.contains(&word.as_str()) {
            return Tense::Future;
        }
        if matches!(word.as_str(), "said" | "told" | "was" | "were" | "had" | "did" | ";" | "announced" | "reported") {
            return Tense::Past;
        }
    }
    Tense::Open
}

/// The tense of the verb that governs the expression.
fn governing(document: &Document<'_>, syntax: &Syntax, candidate: &Candidate) -> Tense {
    let tokens = document.tokens_in(candidate.span);
    let Some(mut at) =
        tokens.clone().find(|i| syntax.words.get(*i).is_some_and(|w| w.head.is_none_or(|h| !tokens.contains(&h))))
    else {
        return lexical(document, candidate);
    };
    // Up to the first verb; the heads of a sentence are a tree, so this ends.
    for _ in 0..12 {
        let Some(word) = syntax.words.get(at) else { break };
        if matches!(word.upos, Upos::Verb | Upos::Aux) {
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
    lexical(document, candidate)
}

fn tense_of(document: &Document<'_>, syntax: &Syntax, verb: usize) -> Tense {
    let sentence = document.sentence_of(verb);
    let Some(sentence) = document.sentences.get(sentence) else { return Tense::Open };
    let mut past = matches!(syntax.words[verb].xpos, "VBD" | "VBN");
    for i in sentence.tokens.clone() {
        let Some(word) = syntax.words.get(i).filter(|w| w.head == Some(verb)) else { continue };
        if matches!(word.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
            match &*word.lemma {
                "will" | "shall" | "wo" | "'ll" => return Tense::Future,
                "have" => return Tense::Past,
                "be" if matches!(word.xpos, "VBD") => return Tense::Past,
                "be" if matches!(word.xpos, "VBZ" | "VBP") && past => past = false,
                _ => {}
            }
        }
        // "to meet on Friday"
        if word.deprel == Deprel::Mark && &*word.lemma == "to" && syntax.words[verb].xpos == "VB" {
            return Tense::Future;
        }
    }
    if past { Tense::Past } else { Tense::Open }
}
