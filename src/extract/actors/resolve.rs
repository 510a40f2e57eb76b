use std::collections::HashMap;

use super::cast::Cast;
use super::person::Gender;
use crate::extract::tree::Tree;
use crate::language::{Deprel, Upos};
use crate::model::{ActorKind, Country};

/// Who was spoken of last, and as what: the state that role nouns and pronouns are read against.
#[derive(Debug, Default)]
pub struct Memory {
    /// Actors with the sentence they were last seen in, whether as a subject, and their kind; the latest last.
    seen: Vec<(usize, usize, bool, Option<ActorKind>)>,
    titles: Vec<(String, usize)>,
    gender: HashMap<usize, Gender>,
    aliases: HashMap<usize, usize>,
}

/// A pronoun looks back over so many sentences.
const REACH: usize = 3;
/// So many mentions are kept; older ones are out of reach of any pronoun.
const KEPT: usize = 64;

impl Memory {
    /// An actor was mentioned.
    pub fn seen(&mut self, actor: usize, kind: Option<ActorKind>, subject: bool, sentence: usize) {
        if self.seen.len() >= 2 * KEPT {
            self.seen.drain(..KEPT);
        }
        self.seen.push((actor, sentence, subject, kind));
    }

    /// An actor was called by a role noun.
    pub fn title(&mut self, actor: usize, noun: String, gender: Option<Gender>) {
        if let Some(gender) = gender {
            self.gender.entry(actor).or_insert(gender);
        }
        if !self.titles.iter().any(|(n, a)| *a == actor && *n == noun) {
            self.titles.push((noun, actor));
        }
    }

    /// A role noun has a name in apposition: the two heads name one actor.
    pub fn alias(&mut self, noun: usize, name: usize) {
        self.aliases.insert(noun, name);
    }

    /// The person known by a role noun, the latest first; its country must not contradict.
    pub fn holder(&self, noun: &str, country: Option<Country>, cast: &Cast) -> Option<usize> {
        self.titles.iter().rev().filter(|(n, _)| n == noun).map(|(_, a)| *a).find(|a| {
            let actor = &cast.actors[*a];
            let agrees = match (actor.country, country) {
                (Some(own), Some(asked)) => own == asked,
                _ => true,
            };
            actor.kind == Some(ActorKind::Person) && agrees
        })
    }

    /// The group or body that this noun last named with a country.
    pub fn group(&self, noun: &str, cast: &Cast) -> Option<usize> {
        let found = self.titles.iter().rev().filter(|(n, _)| n == noun).map(|(_, a)| *a);
        found.into_iter().find(|a| cast.actors[*a].kind != Some(ActorKind::Person) && cast.actors[*a].country.is_some())
    }

    /// The actor that owns something: "his", "Ukraine's".
    pub fn owner(&self, tree: &Tree<'_>, token: usize, cast: &Cast) -> Option<usize> {
        cast.actor_at(token).or_else(|| self.pronoun(tree, token, cast))
    }

    /// The actor that a pronoun stands for. A relative pronoun stands for the noun before its clause, a personal one for
    /// the last fitting subject, then the last fitting actor. `None` is better than a guess from far away.
    pub fn pronoun(&self, tree: &Tree<'_>, token: usize, cast: &Cast) -> Option<usize> {
        let sentence = tree.document.sentence_of(token);
        let word = tree.lower(token);
        let gender = match word.as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "hers" | "herself" => Some(Gender::Female),
            "it" | "its" | "itself" | "they" | "them" | "their" | "themselves" => None,
            "who" | "which" | "that" | "whom" if tree.pos(token) == Upos::Pron => {
                let clause =
                    tree.ancestors(token).find(|t| matches!(tree.rel(*t), Deprel::AclRelcl | Deprel::AdvclRelcl))?;
                let noun = tree.head(clause)?;
                return cast.actor_at(noun).or_else(|| cast.actor_at(*self.aliases.get(&noun)?));
            }
            _ => return None,
        };
        let plural = word.starts_with("the");
        let fits = |(actor, at, _, kind): &&(usize, usize, bool, Option<ActorKind>)| {
            let kind_fits = match (gender.is_some(), plural) {
                (true, _) => {
                    *kind == Some(ActorKind::Person) && self.gender.get(actor).is_none_or(|g| Some(*g) == gender)
                }
                (false, true) => matches!(kind, Some(ActorKind::Group)) || *kind == Some(ActorKind::Organisation),
                (false, false) => {
                    matches!(kind, Some(ActorKind::Organisation | ActorKind::Government | ActorKind::Country))
                }
            };
            kind_fits && sentence - at.min(&sentence) <= REACH
        };
        // Subjects of earlier sentences come before other mentions of this one.
        let subject = self.seen.iter().rev().filter(|s| s.2).find(fits);
        let any = self.seen.iter().rev().find(fits);
        match (subject, any) {
            (Some(s), Some(a)) if gender.is_none() && a.1 > s.1 + 1 => Some(a.0),
            (Some(s), _) => Some(s.0),
            (None, a) => a.map(|a| a.0),
        }
    }
}
