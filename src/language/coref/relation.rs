//! How two mentions stand to each other: words in common, names, agreement, place in the sentence.

use super::lexicon::Gender;
use super::traits::{Role, Traits, Words, list};

/// Whether number, gender and kind of two mentions can be those of one thing.
pub fn agree(a: &Traits, t: &Traits) -> bool {
    let number = a.number == t.number || a.number == 0 || t.number == 0;
    let gender = match (a.gender, t.gender) {
        (a, t) if a == t => true,
        (Gender::Unknown, _) | (_, Gender::Unknown) => true,
        (Gender::Person, Gender::Male | Gender::Female) | (Gender::Male | Gender::Female, Gender::Person) => true,
        _ => false,
    };
    let coargument = a.governor == t.governor && !t.reflexive && t.role != Role::Possessor;
    number && gender && !coargument
}

/// How two mentions stand to each other in the sentence.
pub fn clause_relation(a: &Traits, t: &Traits) -> usize {
    if a.sentence != t.sentence {
        0
    } else if a.governor == t.governor {
        1
    } else if t.governor == a.head {
        2
    } else if a.governor == t.head {
        3
    } else if a.role == Role::Subject {
        4
    } else {
        5
    }
}

/// How the words of two mentions stand to each other: 0 nothing in common, 1 the same, and so on.
pub fn string_relation(a: &Traits, t: &Traits) -> usize {
    let (am, tm) = (list(&a.modifiers), list(&t.modifiers));
    let within = |small: &[u32], large: &[u32]| small.iter().all(|w| large.contains(w));
    if a.text == t.text {
        1
    } else if t.form.is_pronoun() || a.form.is_pronoun() {
        if a.form == t.form { 1 } else { 0 }
    } else if a.lemma == t.lemma {
        match (within(tm, am), within(am, tm)) {
            _ if a.number != t.number => 8,
            (true, _) => 2,
            (_, true) => 3,
            _ => 4,
        }
    } else if am.contains(&t.lemma) {
        5
    } else if tm.contains(&a.lemma) {
        6
    } else if tm.iter().any(|w| am.contains(w)) {
        7
    } else {
        0
    }
}

/// How two names stand to each other: 0 neither is one, 1 the same, 2 the last word of the first, 3 words of it,
/// 4 the first is the last word of the second, 5 words of it, 6 initials, 7 they share a word, 8 they do not, 9 only the
/// second is one, 10 only the first.
#[inline]
pub fn name_relation(a: &Words, a_initials: u32, t: &Words, t_initials: u32) -> usize {
    match (a.1, t.1) {
        (0, 0) => 0,
        (0, _) => 9,
        (_, 0) => 10,
        _ => compare_names(list(a), a_initials, list(t), t_initials),
    }
}

fn compare_names(a: &[u32], a_initials: u32, t: &[u32], t_initials: u32) -> usize {
    let within = |small: &[u32], large: &[u32]| small.iter().all(|w| large.contains(w));
    match (a, t) {
        _ if a == t => 1,
        (_, [one]) if a.last() == Some(one) => 2,
        _ if within(t, a) => 3,
        ([one], _) if t.last() == Some(one) => 4,
        _ if within(a, t) => 5,
        _ if a_initials != 0 && a_initials == t_initials && (a.len() == 1) != (t.len() == 1) => 6,
        _ if t.iter().any(|w| a.contains(w)) => 7,
        _ => 8,
    }
}
