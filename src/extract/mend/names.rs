//! Names: what an article says once of a name holds for the rest of it.

use std::collections::HashSet;

use crate::language::{Deprel, Name, NameKind, Syntax, Upos};
use crate::text::Document;

/// Nouns whose "of" names them: "the village of Hrabovske".
const NAMED: &[&str] =
    &["village", "town", "city", "port", "suburb", "hamlet", "settlement", "island", "municipality", "commune"];

/// "The town of Lubira ... captured Lubira": a word that named a place names it everywhere, whatever the model of names
/// takes it for or however often it misses it.
pub(super) fn places_named_once(document: &Document<'_>, syntax: &mut Syntax) {
    let words = &syntax.words;
    let case = |t: usize, word: &str| {
        let near = t.saturating_sub(3)..t;
        near.rev().any(|c| {
            words[c].head == Some(t) && words[c].deprel == Deprel::Case && document.word(c).eq_ignore_ascii_case(word)
        })
    };
    let single = |t: usize| {
        words[t].upos == Upos::Propn
            && !words.get(t + 1).is_some_and(|w| w.upos == Upos::Propn && w.head == Some(t))
            && !matches!(words[t].deprel, Deprel::Flat | Deprel::Compound)
    };
    let places: HashSet<&str> = (0..words.len())
        .filter(|t| words[*t].deprel == Deprel::Nmod && single(*t) && case(*t, "of"))
        .filter(|t| words[*t].head.is_some_and(|h| NAMED.contains(&&*words[h].lemma)))
        .map(|t| document.word(t))
        .collect();
    if places.is_empty() {
        return;
    }
    let again: Vec<usize> = (0..words.len()).filter(|t| single(*t) && places.contains(document.word(*t))).collect();
    for token in again {
        let at = syntax.names.partition_point(|n| n.tokens.end <= token);
        match syntax.names.get_mut(at).filter(|n| n.tokens.contains(&token)) {
            Some(name) if name.tokens.len() == 1 => name.kind = NameKind::Location,
            Some(_) => {}
            None => syntax.names.insert(at, Name { tokens: token..token + 1, kind: NameKind::Location }),
        }
    }
}
