use super::phrase::{country_at, lemma_of};
use super::reader::Reader;
use crate::extract::Lexicon;
use crate::extract::tree::Tree;
use crate::language::{Deprel, NameKind, Upos};
use crate::lexicon::{CountryWord, List};
use crate::model::{Actor, ActorKind, ActorMention, Sector};
use std::collections::HashMap;

/// The actors of one article and where they are named.
///
/// Mentions are keyed by the head token of their noun phrase; the article teaches its own leaders ("Ukrainian President
/// Volodymyr Zelenskyy"), later mentions by name, role or pronoun lead back to them.
#[derive(Debug, Default)]
pub struct Cast {
    /// The actors, in the order of their first mention.
    pub actors: Vec<Actor>,
    /// Their mentions, in the order of the text.
    pub mentions: Vec<ActorMention>,
    pub(super) by_head: HashMap<usize, usize>,
    /// "The two leaders", "both sides": two actors under one noun.
    pub(super) pairs: HashMap<usize, [usize; 2]>,
}

/// What kind of thing a noun phrase names, for the conditions of event rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NounClass {
    /// Kind of actor, if it names one.
    pub kind: Option<ActorKind>,
    /// Soldiers, rebels, gunmen, police.
    pub armed: bool,
    /// Somewhere one can be.
    pub place: bool,
    /// A number stands with it or instead of it.
    pub number: bool,
}

impl Cast {
    /// Reads the cast of a whole document, from the first word to the last.
    /// `year` is that of its publication, for bodies change their parts.
    pub fn read(tree: &Tree<'_>, lexicon: &Lexicon, year: Option<i32>) -> Cast {
        let mut cast = Reader::new(tree, lexicon, year).read();
        cast.mentions.sort_by_key(|m| (m.span.start, m.span.end));
        cast
    }

    /// The actor that the noun phrase of this head token names.
    pub fn actor_at(&self, head: usize) -> Option<usize> {
        self.by_head.get(&head).copied()
    }

    /// The two actors that the noun phrase of this head token stands for: "both sides".
    pub fn pair_at(&self, head: usize) -> Option<[usize; 2]> {
        self.pairs.get(&head).copied()
    }

    /// What kind of thing the noun phrase of this head token names.
    pub fn class_at(&self, tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> NounClass {
        let pair = || self.pair_at(head).map(|[first, _]| first);
        let actor = self.actor_at(head).or_else(pair).map(|a| &self.actors[a]);
        let lemma = lemma_of(tree, head);
        let location = tree.name(head).is_some_and(|n| n.kind == NameKind::Location)
            || country_at(tree, lexicon, head, head + 1).is_some_and(|(how, ..)| how != CountryWord::People);
        let number = tree.pos(head) == Upos::Num
            || tree.first(head, &[Deprel::Nummod]).is_some()
            || matches!(lemma.as_str(), "dozen" | "hundred" | "thousand" | "million" | "score");
        let armed = actor.and_then(|a| a.sector).is_some_and(|s| {
            matches!(s, Sector::Military | Sector::Rebels | Sector::UnidentifiedArmed | Sector::Police)
        });
        let person = tree.pos(head) == Upos::Noun && lexicon.words.is_person(&lemma);
        NounClass {
            kind: actor.and_then(|a| a.kind).or(person.then_some(ActorKind::Person)),
            armed,
            place: location || lexicon.words.has(List::Place, &lemma),
            number,
        }
    }
}
