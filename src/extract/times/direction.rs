use crate::language::{Deprel, Syntax, Upos};
use crate::text::Document;
use crate::time::{Anchor, Direction, Field, Term, Unit, Vague, Which};

use super::candidate::Candidate;
use super::cues::{AGREED, AHEAD, BEHIND, BROUGHT_ABOUT, PLANS, PUT_OFF, SETS, SPEECH, TELLING};
use super::profile::Profile;

/// Whether the words round an expression look back or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tense {
    Past,
    /// "The court rules": of a weekday it looks ahead, of anything else it says nothing.
    Present,
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
    match (term.field(), tense(document, syntax, candidate)) {
        // Results are told, and expected, of the quarter that has just ended.
        (Some(Field::Quarter(_)), _) => Direction::Nearest,
        // "In January, floods killed 30": what opens a sentence and is told as done lies behind, however far.
        (Some(Field::Month(_) | Field::Season(_)), Tense::Past) if candidate.opens => Direction::Past,
        // "She stepped down in June", written in May: the verb itself says that it is over.
        (Some(_), Tense::Past) if syntax.is_some_and(|s| is_done(document, s, candidate)) => Direction::Past,
        // What is far away is named with its year, so the distance weighs more than the tense.
        (
            Some(Field::MonthDay(..) | Field::Holiday(_) | Field::Month(_) | Field::Season(_) | Field::Lunation(_)),
            Tense::Past,
        ) => Direction::MostlyPast,
        (
            Some(Field::MonthDay(..) | Field::Holiday(_) | Field::Month(_) | Field::Season(_) | Field::Lunation(_)),
            Tense::Future,
        ) => Direction::MostlyFuture,
        (
            Some(Field::MonthDay(..) | Field::Holiday(_) | Field::Month(_) | Field::Season(_) | Field::Lunation(_)),
            Tense::Open | Tense::Present,
        ) => Direction::Nearest,
        (_, Tense::Future | Tense::Present) => Direction::Future,
        _ => Direction::Past,
    }
}

/// Whether the verb that a time hangs on tells in the simple past what was done then.
fn is_done(document: &Document<'_>, syntax: &Syntax, candidate: &Candidate) -> bool {
    let tokens = document.tokens_in(candidate.span);
    let above = tokens.clone().find_map(|i| syntax.words.get(i)?.head.filter(|h| !tokens.contains(h)));
    let Some(verb) = above.filter(|v| syntax.words[*v].upos == Upos::Verb) else { return false };
    let word = &syntax.words[verb];
    let set = plans_ahead(&document.word(verb).to_ascii_lowercase()) || AGREED.contains(&&*word.lemma);
    let was = || children(document, syntax, verb).any(|i| matches!(document.word(i), "was" | "were"));
    // "Agreed to meet in June" has the date behind the infinitive.
    let more =
        children(document, syntax, verb).any(|i| matches!(syntax.words[i].deprel, Deprel::Xcomp | Deprel::Ccomp));
    !set && !more && (word.xpos == "VBD" || word.xpos == "VBN" && was())
}

/// "The weekend" and "this weekend" are the one that is over, unless the words look ahead.
pub fn weekend(document: &Document<'_>, syntax: Option<&Syntax>, candidate: &Candidate, term: Term) -> Term {
    match term {
        Term::Shift(base, Unit::Weekend, -1) if *base == Term::Anchor(Anchor::Here) => {
            let tense = tense(document, syntax, candidate);
            Term::Shift(base, Unit::Weekend, if matches!(tense, Tense::Future | Tense::Present) { 0 } else { -1 })
        }
        other => other,
    }
}

/// "This Sunday" is the Sunday of this week, but the one before where the words look back and the one after where they look
/// ahead: "reopened this Sunday", written on a Wednesday.
pub fn this_day(
    document: &Document<'_>,
    syntax: Option<&Syntax>,
    candidate: &Candidate,
    term: Term,
    profile: &Profile,
) -> Term {
    let Term::Pick(Field::Weekday(weekday), Which::This, Anchor::Dct) = term else { return term };
    let Some(today) = profile.dct.map(|d| d.weekday()) else { return term };
    let which = match tense(document, syntax, candidate) {
        Tense::Past if weekday > today => Which::Before,
        Tense::Future | Tense::Present if weekday < today => Which::After,
        _ => Which::This,
    };
    Term::Pick(Field::Weekday(weekday), which, Anchor::Dct)
}

/// Whether the words round a candidate look ahead.
pub fn looks_ahead(document: &Document<'_>, syntax: Option<&Syntax>, candidate: &Candidate) -> bool {
    tense(document, syntax, candidate) == Tense::Future
}

fn tense(document: &Document<'_>, syntax: Option<&Syntax>, candidate: &Candidate) -> Tense {
    match syntax {
        Some(syntax) => governing(document, syntax, candidate),
        None => lexical(document, candidate),
    }
}

/// Whether a candidate is a time at all: "soon" with a past tense only says that one thing followed another.
pub fn keeps(document: &Document<'_>, syntax: Option<&Syntax>, candidate: &Candidate, profile: &Profile) -> bool {
    if candidate.term != Term::Vague(Vague::Future) || document.tokens_in(candidate.span).len() > 1 {
        return true;
    }
    match tense(document, syntax, candidate) {
        Tense::Future => true,
        Tense::Open | Tense::Present => !profile.narrative,
        Tense::Past => false,
    }
}

/// Whether a day is the one on which something was said: "the court heard on Tuesday".
pub fn is_of_saying(document: &Document<'_>, syntax: Option<&Syntax>, candidate: &Candidate) -> bool {
    let Some(syntax) = syntax else { return false };
    let tokens = document.tokens_in(candidate.span);
    let head = tokens.clone().find_map(|i| syntax.words.get(i)?.head.filter(|h| !tokens.contains(h)));
    head.and_then(|h| syntax.words.get(h))
        .is_some_and(|w| w.upos == Upos::Verb && TELLING.contains(&&*w.lemma.to_lowercase()))
}

/// The word before the word before a candidate, in small letters.
fn before_that(document: &Document<'_>, candidate: &Candidate) -> Option<String> {
    let here = document.tokens_in(candidate.span).start;
    Some(document.word(here.checked_sub(2)?).to_ascii_lowercase())
}

/// The tense as far as the words beside the expression tell it, whatever the verb above it.
fn beside(document: &Document<'_>, syntax: Option<&Syntax>, candidate: &Candidate) -> Tense {
    match candidate.before.as_str() {
        "ended" | "since" | "dated" => return Tense::Past,
        "ending" | "payable" | "effective" => return Tense::Future,
        "until" | "till" if !candidate.opens => return Tense::Future,
        // "A hearing was set for Friday", "the match was moved to Saturday".
        "for" | "to" if before_that(document, candidate).is_some_and(|w| SETS.contains(&w.as_str())) => {
            return Tense::Future;
        }
        // "As soon as Tuesday", "as early as next week".
        "as" => return Tense::Future,
        _ => {}
    }
    // "Wednesday's ruling" is one that was made.
    if document
        .text
        .get(candidate.span.end as usize..)
        .is_some_and(|t| t.starts_with("'s ") || t.starts_with("\u{2019}s "))
    {
        return Tense::Past;
    }
    // "Events for July 1": what a day is set aside for comes with it.
    if candidate.before == "for" && matches!(candidate.term.field(), Some(Field::MonthDay(..) | Field::Weekday(_))) {
        return Tense::Future;
    }
    // "Said Friday": whatever is said to come, it was said before.
    let here = document.tokens_in(candidate.span).start;
    let sentence = document.sentences.get(candidate.sentence).map_or(0, |s| s.tokens.start);
    let Some(verb) = here.checked_sub(1).filter(|v| *v >= sentence) else { return Tense::Open };
    let word = document.word(verb).to_ascii_lowercase();
    let past = match syntax.and_then(|s| s.words.get(verb)) {
        Some(word) => word.xpos == "VBD",
        None => is_past(&word),
    };
    if past && !plans_ahead(&word) { Tense::Past } else { Tense::Open }
}

/// Whether a lower-case word sets something for later, as far as it can be told without syntax.
fn plans_ahead(word: &str) -> bool {
    AHEAD.contains(&word) || PLANS.iter().any(|p| word.starts_with(p))
}

/// Whether a lower-case word is a verb in the past tense, as far as it can be told without syntax.
fn is_past(word: &str) -> bool {
    BEHIND.contains(&word) || word.len() > 4 && word.ends_with("ed") && !plans_ahead(word)
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
    let near = beside(document, None, candidate);
    if near != Tense::Open {
        return near;
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
        if is_past(&word) {
            return Tense::Past;
        }
        if word == ";" {
            break;
        }
    }
    // "On Friday the court will rule": the verb may follow.
    for i in (here..sentence.tokens.end).take(8) {
        let word = document.word(i).to_ascii_lowercase();
        match word.as_str() {
            "will" | "would" | "'ll" => return Tense::Future,
            "was" | "were" | "had" => return Tense::Past,
            _ => {}
        }
    }
    preposition(candidate)
}

/// The tense of the verb that governs the expression, else of the verbs above it.
fn governing(document: &Document<'_>, syntax: &Syntax, candidate: &Candidate) -> Tense {
    let near = beside(document, Some(syntax), candidate);
    if near != Tense::Open {
        return near;
    }
    let tokens = document.tokens_in(candidate.span);
    let outside = |i: &usize| syntax.words.get(*i).is_some_and(|w| w.head.is_none_or(|h| !tokens.contains(&h)));
    let Some(mut at) = tokens.clone().find(outside) else { return lexical(document, candidate) };
    // The heads of a sentence are a tree, so this ends; what is far up says little.
    let mut direct = true;
    for _ in 0..8 {
        let Some(word) = syntax.words.get(at) else { break };
        let verbal = matches!(word.upos, Upos::Verb | Upos::Aux) || has_copula(document, syntax, at);
        if verbal {
            match tense_of(document, syntax, at, direct, &candidate.before) {
                Tense::Open => {}
                tense => return tense,
            }
        }
        // A date that belongs to a noun ("Friday's ruling") is little touched by the verb above the noun.
        // A name does not count: "resume trading in Paris Tuesday" is often taken for a Tuesday of Paris.
        direct &= verbal || tokens.contains(&at) || word.upos == Upos::Propn;
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

fn tense_of(document: &Document<'_>, syntax: &Syntax, verb: usize, direct: bool, before: &str) -> Tense {
    let xpos = syntax.words[verb].xpos;
    // "Adjourned the trial on Monday": that is when, not until when.
    let put_off = xpos == "VBD" && before == "on" && PUT_OFF.contains(&&*syntax.words[verb].lemma.to_lowercase());
    let mut participle = xpos == "VBN";
    // "To be launched".
    let to_be = xpos == "VBN" && children(document, syntax, verb).any(|i| syntax.words[i].xpos == "VB");
    let has_perfect = children(document, syntax, verb).any(|i| &*syntax.words[i].lemma == "have");
    let mut past = xpos == "VBD";
    let mut is_now = false;
    let plans = PLANS.contains(&&*syntax.words[verb].lemma.to_lowercase());
    for i in children(document, syntax, verb) {
        let word = &syntax.words[i];
        if matches!(word.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
            match &*word.lemma.to_lowercase() {
                "will" | "shall" | "wo" | "'ll" | "would" => return Tense::Future,
                // "Could not be reached on Friday" tells what was tried.
                _ if document.word(i).eq_ignore_ascii_case("could") && is_denied(document, syntax, i) => {
                    return Tense::Past;
                }
                // "May walk out", "must report"; but "may have walked out".
                "may" | "might" | "must" | "should" | "can" | "could" if (xpos == "VB" || to_be) && !has_perfect => {
                    return Tense::Future;
                }
                "have" if plans && word.xpos != "VBD" => return Tense::Future,
                "have" => return Tense::Past,
                "be" if word.xpos == "VBD" => past = true,
                "be" if matches!(word.xpos, "VBZ" | "VBP") => {
                    participle = false;
                    // "The final is on Wednesday"; but "is held" and "is planned" leave it open.
                    is_now |= word.deprel == Deprel::Cop;
                }
                _ => {}
            }
        }
        // "To meet on Friday" lies ahead of the verb above it, unless that was over: "had been due to expire".
        if direct && word.deprel == Deprel::Mark && &*word.lemma == "to" && (xpos == "VB" || to_be) {
            // What was done for a purpose ("flew to Rome to meet her on Friday") has reached it as a rule.
            if was_brought_about(syntax, verb) {
                return Tense::Past;
            }
            let purpose = syntax.words[verb].deprel == Deprel::Advcl
                && syntax.words[verb].head.is_some_and(|h| syntax.words[h].xpos == "VBD");
            return match (was_over(document, syntax, verb), purpose) {
                (true, _) => Tense::Past,
                (false, true) => Tense::Open,
                (false, false) => Tense::Future,
            };
        }
    }
    // "Planned for Friday", "set a meeting for May": the plan is told, not the event.
    if plans && !put_off || AHEAD.contains(&document.word(verb).to_ascii_lowercase().as_str()) && !past {
        return Tense::Future;
    }
    let present = matches!(xpos, "VBZ" | "VBP") || is_now;
    match (past || participle, direct && present) {
        (true, _) => Tense::Past,
        (false, true) if !SPEECH.contains(&&*syntax.words[verb].lemma.to_lowercase()) => Tense::Present,
        _ => Tense::Open,
    }
}

/// Whether a verb is denied near its auxiliary: "could not be reached", "neither could be found".
fn is_denied(document: &Document<'_>, syntax: &Syntax, auxiliary: usize) -> bool {
    let start = document.sentences.get(document.sentence_of(auxiliary)).map_or(0, |s| s.tokens.start);
    let near = auxiliary.saturating_sub(6).max(start)..(auxiliary + 3).min(syntax.words.len());
    near.into_iter().any(|t| {
        let word = document.word(t).to_ascii_lowercase();
        matches!(word.as_str(), "not" | "n't" | "n\u{2019}t" | "never" | "neither" | "nobody" | "none" | "nor")
    })
}

/// Whether the verb above an infinitive is told in the past and brought it about.
fn was_brought_about(syntax: &Syntax, infinitive: usize) -> bool {
    let word = &syntax.words[infinitive];
    let above = word.head.map(|h| &syntax.words[h]).filter(|_| word.deprel == Deprel::Xcomp);
    above.is_some_and(|w| matches!(w.xpos, "VBD" | "VBN") && BROUGHT_ABOUT.contains(&&*w.lemma.to_lowercase()))
}

/// Whether the verb above an infinitive stands in the past perfect.
fn was_over(document: &Document<'_>, syntax: &Syntax, infinitive: usize) -> bool {
    let Some(above) = syntax.words[infinitive].head else { return false };
    children(document, syntax, above)
        .any(|i| syntax.words[i].xpos == "VBD" && syntax.words[i].lemma.eq_ignore_ascii_case("have"))
}
