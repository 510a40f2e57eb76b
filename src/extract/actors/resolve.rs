use std::collections::HashMap;

use super::cast::Cast;
use crate::extract::tree::Tree;
use crate::language::{Deprel, Upos};
use crate::lexicon::{Gender, List, Words};
use crate::model::{ActorKind, Country, MentionKind};

/// One mention, as pronouns look back on it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    actor: usize,
    kind: Option<ActorKind>,
    sentence: usize,
    /// The verb whose argument it is.
    verb: Option<usize>,
    /// Subject of a main clause, subject, or anything else.
    weight: u32,
}

/// Who was spoken of last, and as what: the state that role nouns and pronouns are read against.
#[derive(Debug, Default)]
pub struct Memory {
    seen: Vec<Seen>,
    titles: Vec<(String, usize)>,
    gender: HashMap<usize, Gender>,
    /// How often each actor was named.
    count: HashMap<usize, u32>,
    aliases: HashMap<usize, usize>,
}

/// A pronoun looks back over so many sentences.
const REACH: usize = 4;
/// "Both sides" look back over so many sentences.
const PAIR_REACH: usize = 2;
/// So many mentions are kept; older ones are out of reach of any pronoun.
const KEPT: usize = 64;

impl Memory {
    /// An actor was mentioned.
    pub fn seen(&mut self, tree: &Tree<'_>, head: usize, actor: usize, kind: Option<ActorKind>, how: MentionKind) {
        if self.seen.len() >= 2 * KEPT {
            self.seen.drain(..KEPT);
        }
        let rel = tree.rel(head);
        let verb = tree.head(head).filter(|h| tree.pos(*h) == Upos::Verb);
        let main = verb.is_some_and(|v| {
            !matches!(tree.rel(v), Deprel::AclRelcl | Deprel::Advcl | Deprel::Acl | Deprel::AdvclRelcl)
        });
        let weight = match rel {
            Deprel::Nsubj | Deprel::NsubjPass if main => 3,
            Deprel::Nsubj | Deprel::NsubjPass => 2,
            Deprel::Obj | Deprel::OblAgent | Deprel::Iobj => 1,
            _ => 0,
        };
        if how == MentionKind::Name {
            *self.count.entry(actor).or_default() += 1;
        }
        self.seen.push(Seen { actor, kind, sentence: tree.document.sentence_of(head), verb, weight });
    }

    /// An actor was called by a role noun, or shows its gender otherwise.
    pub fn title(&mut self, actor: usize, noun: String, gender: Option<Gender>) {
        self.gender(actor, gender);
        if !self.titles.iter().any(|(n, a)| *a == actor && *n == noun) {
            self.titles.push((noun, actor));
        }
    }

    /// An actor shows its gender.
    pub fn gender(&mut self, actor: usize, gender: Option<Gender>) {
        if let Some(gender) = gender {
            self.gender.entry(actor).or_insert(gender);
        }
    }

    /// A role noun has a name in apposition: the two heads name one actor.
    pub fn alias(&mut self, noun: usize, name: usize) {
        self.aliases.insert(noun, name);
    }

    /// Role nouns with the names in apposition to them.
    pub fn names(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.aliases.iter().map(|(noun, name)| (*noun, *name))
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
        let mut found = self.titles.iter().rev().filter(|(n, _)| n == noun).map(|(_, a)| *a);
        found.find(|a| cast.actors[*a].kind != Some(ActorKind::Person) && cast.actors[*a].country.is_some())
    }

    /// The two actors of a kind that this and the last sentences spoke of: who "both sides" are. `None` where it is
    /// another number.
    pub fn pair(&self, sentence: usize, fits: impl Fn(Option<ActorKind>) -> bool) -> Option<[usize; 2]> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for seen in self.seen.iter().rev().take_while(|s| sentence.saturating_sub(s.sentence) <= PAIR_REACH) {
            // Two that were named together are the pair, whoever was named before them.
            if found.len() == 2 && found.iter().all(|f| f.1 > seen.sentence) {
                break;
            }
            if fits(seen.kind) && !found.iter().any(|f| f.0 == seen.actor) {
                found.push((seen.actor, seen.sentence));
            }
        }
        match found[..] {
            [(last, _), (first, _)] => Some([first, last]),
            _ => None,
        }
    }

    /// The actor that owns something: "his", "Ukraine's".
    pub fn owner(&self, tree: &Tree<'_>, token: usize, cast: &Cast) -> Option<usize> {
        cast.actor_at(token).or_else(|| self.pronoun(tree, token, cast))
    }

    /// Who spoke last, for "he added" and "she said": the subject of the verb of saying of this or one of the last two
    /// sentences, if the sex does not forbid it.
    pub fn last_speaker(&self, tree: &Tree<'_>, words: &Words, token: usize) -> Option<usize> {
        let gender = match tree.lower(token).as_str() {
            "he" => Gender::Male,
            "she" => Gender::Female,
            _ => return None,
        };
        let says = |verb: usize| words.has(List::Reporting, &tree.lemma(verb).to_lowercase());
        // "ordered an inquiry and said".
        let speaks = |verb: usize| says(verb) || tree.with_rel(verb, &[Deprel::Conj]).any(says);
        let own = tree.head(token).filter(|v| tree.rel(token) == Deprel::Nsubj && says(*v))?;
        let sentence = tree.document.sentence_of(token);
        let speaker = |seen: &&Seen| {
            seen.weight >= 2
                && seen.kind == Some(ActorKind::Person)
                && seen.verb.is_some_and(|v| v != own && speaks(v))
                && self.gender.get(&seen.actor).is_none_or(|g| *g == gender)
        };
        let near = self.seen.iter().rev().take_while(|seen| sentence.saturating_sub(seen.sentence) <= 2);
        near.into_iter().find(speaker).map(|seen| seen.actor)
    }

    /// Who says of itself what a clause tells: "the ministry said it had closed the border", "the unions said they would
    /// strike", "the minister said he would resign".
    pub fn sayer(&self, tree: &Tree<'_>, words: &Words, token: usize, cast: &Cast) -> Option<usize> {
        let pronoun = tree.lower(token);
        let (plural, gender) = match pronoun.as_str() {
            "it" => (false, None),
            "they" => (true, None),
            "he" => (false, Some(Gender::Male)),
            "she" => (false, Some(Gender::Female)),
            _ => return None,
        };
        let subject = [Deprel::Nsubj, Deprel::NsubjPass];
        let told = tree.head(token).filter(|_| subject.contains(&tree.rel(token)))?;
        let said = tree.head(told).filter(|s| tree.rel(told) == Deprel::Ccomp && *s < token)?;
        // "It was clear that ...": the pronoun stands for what follows.
        let empty = tree.first(told, &[Deprel::Ccomp, Deprel::Csubj]).is_some() && tree.pos(told) != Upos::Verb;
        // "congratulated her and said she ...".
        let own = |verb: usize| tree.first(verb, &[Deprel::Nsubj]);
        let first = || tree.head(said).filter(|_| tree.rel(said) == Deprel::Conj).and_then(own);
        let source = own(said).or_else(first).filter(|s| *s < said && tree.pos(*s) != Upos::Pron)?;
        let several = tree.first(source, &[Deprel::Conj]).is_some() || matches!(tree.tag(source), "NNS" | "NNPS");
        let actor = cast.actor_at(source)?;
        let fits = match cast.actors[actor].kind {
            Some(ActorKind::Person) if gender.is_some() => {
                !several && self.gender.get(&actor).is_none_or(|g| Some(*g) == gender)
            }
            _ if gender.is_some() => false,
            Some(ActorKind::Person) => plural && several,
            Some(ActorKind::Country) => !plural,
            _ => plural == several,
        };
        let quoted = (said..told).any(|t| is_quotation_mark(tree.word(t)));
        (!empty && !quoted && fits && words.has(List::Reporting, &tree.lemma(said).to_lowercase())).then_some(actor)
    }

    /// The actor that a pronoun stands for. A relative pronoun stands for the noun before its clause, a personal one for
    /// the most prominent fitting actor: near, a subject, named often. `None` is better than a guess from far away.
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
        let reflexive = word.ends_with("self") || word.ends_with("selves");
        let verb = tree.head(token).filter(|_| tree.rel(token) != Deprel::NmodPoss);
        // "Nordbank will report its results": the owner is the subject of the clause if it can be.
        let own_clause = if tree.rel(token) == Deprel::NmodPoss {
            tree.ancestors(token).find(|t| tree.pos(*t) == Upos::Verb)
        } else {
            None
        };
        let mut best: Option<(u32, usize)> = None;
        for (age, seen) in self.seen.iter().rev().enumerate() {
            if sentence.saturating_sub(seen.sentence) > REACH {
                break;
            }
            let kind_fits = match (gender.is_some(), plural) {
                (true, _) => {
                    seen.kind == Some(ActorKind::Person)
                        && self.gender.get(&seen.actor).is_none_or(|g| Some(*g) == gender)
                }
                (false, true) => matches!(seen.kind, Some(ActorKind::Group | ActorKind::Organisation)),
                (false, false) => {
                    matches!(
                        seen.kind,
                        None | Some(ActorKind::Organisation | ActorKind::Government | ActorKind::Country)
                    )
                }
            };
            // "he invited him": two arguments of one verb are two people.
            let same_clause = verb.is_some() && seen.verb == verb && !reflexive;
            if !kind_fits || same_clause {
                continue;
            }
            let distance = sentence - seen.sentence.min(sentence);
            let named = self.count.get(&seen.actor).copied().unwrap_or(0).min(6);
            let sure = u32::from(self.gender.contains_key(&seen.actor) && gender.is_some());
            let near = 12u32.saturating_sub(3 * distance as u32);
            let owner = if own_clause.is_some() && seen.verb == own_clause && seen.weight >= 2 { 8 } else { 0 };
            let score = owner + near + 2 * seen.weight + named + 2 * sure + 2u32.saturating_sub(age as u32 / 2);
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, seen.actor));
            }
        }
        best.map(|(_, actor)| actor)
    }
}

fn is_quotation_mark(word: &str) -> bool {
    matches!(word, "\"" | "\u{201c}" | "\u{201d}" | "``" | "''")
}
