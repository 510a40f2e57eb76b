//! Countries among the actors: by name, by their people, by a capital or a seat of power that acts for them.

use std::ops::Range;

use super::phrase::{acts, lemma_of};
use super::reader::Reader;
use crate::language::{Deprel, Upos};
use crate::lexicon::{CountryWord, List};
use crate::model::{ActorKind, ActorMention, Country, EventType, MentionKind, Sector};

impl Reader<'_> {
    /// Whether a word stands as an adjective before an act, as its doer would: "Israeli airstrikes", "a NATO raid".
    pub(super) fn is_before_act(&self, head: usize) -> bool {
        let Some(noun) = self.tree.head(head).filter(|n| *n > head && self.is_modifier(head)) else { return false };
        let lemma = lemma_of(self.tree, noun);
        !self.lexicon.events.noun(&lemma).is_empty() || self.lexicon.words.has(List::Happening, &lemma)
    }

    /// An adjective that tells whose act it is. It takes no pronouns.
    pub(super) fn adjective(&mut self, head: usize, actor: usize, rule: &str) {
        self.cast.by_head.insert(head, actor);
        let span = self.tree.document.tokens[head].span;
        self.cast.mentions.push(ActorMention { span, actor, kind: MentionKind::Name, rule: rule.to_owned() });
    }

    /// A country by name, people, capital or seat of power.
    pub(super) fn country(&mut self, range: Range<usize>, how: CountryWord, code: Country) {
        let head = self.tree.head_of_range(range.clone());
        let Some(names) = self.lexicon.countries.get(code) else { return };
        let name = names.name.clone();
        if matches!(how, CountryWord::Name | CountryWord::People) && self.is_before_act(head) {
            let actor = self.add(name, Some(ActorKind::Country), Some(code), None, "country-before-act");
            return self.adjective(head, actor, "country-before-act");
        }
        match how {
            CountryWord::Name => {
                if self.tree.case(head).is_some_and(|c| STRICTLY_WHERE.contains(&c.as_str())) || self.is_modifier(head)
                {
                    return;
                }
                let actor = self.add(name, Some(ActorKind::Country), Some(code), None, "country-name");
                self.mention(head, actor, MentionKind::Name, "country-name");
            }
            CountryWord::People => {
                let stands = !self.is_modifier(head) && self.tree.rel(head) != Deprel::Root;
                let noun = matches!(self.tree.pos(head), Upos::Noun | Upos::Propn)
                    || self.tree.pos(head) == Upos::Adj && acts(self.tree, head);
                if noun && stands {
                    let name = self.tree.document.words(self.tree.document.span_of(range)).to_owned();
                    let actor = self.add(
                        name,
                        Some(ActorKind::Group),
                        Some(code),
                        Some(Sector::Civilians),
                        "people-of-country",
                    );
                    self.mention(head, actor, MentionKind::Name, "people-of-country");
                }
            }
            CountryWord::Capital if self.decides(head) => {
                let actor = self.add(name, Some(ActorKind::Country), Some(code), None, "capital-as-government");
                self.mention(head, actor, MentionKind::Metonym, "capital-as-government");
            }
            CountryWord::Capital => {}
            CountryWord::Seat => {
                let where_ = self.tree.case(head).is_some_and(|c| STRICTLY_WHERE.contains(&c.as_str()));
                if !where_ && !self.is_modifier(head) {
                    let words = self.tree.document.words(self.tree.document.span_of(range));
                    let name = words.strip_prefix("the ").unwrap_or(words).to_owned();
                    let actor = self.add(
                        name,
                        Some(ActorKind::Government),
                        Some(code),
                        Some(Sector::Government),
                        "seat-of-power",
                    );
                    self.mention(head, actor, MentionKind::Metonym, "seat-of-power");
                }
            }
        }
    }

    /// Whether a capital stands where its government would: it says, decides, rejects, or owns such an act.
    fn decides(&self, head: usize) -> bool {
        let (tree, lexicon) = (self.tree, self.lexicon);
        let Some(governor) = tree.head(head) else { return false };
        let politics = |lemma: &str, verb: bool| {
            let listeners = if verb { lexicon.events.verb(lemma) } else { lexicon.events.noun(lemma) };
            listeners.iter().any(|l| {
                let kind = lexicon.events.rules()[l.rule].event_type;
                (kind <= EventType::Coerce || kind == EventType::Statement) && kind != EventType::Protest
            })
        };
        let lemma = tree.lemma(governor);
        match tree.rel(head) {
            Deprel::Nsubj => {
                let words = &lexicon.words;
                let says = words.has(List::Reporting, lemma) || words.has(List::Plan, lemma);
                let views =
                    matches!(lemma, "view" | "see" | "seek" | "formulate" | "regard" | "back" | "want" | "send");
                tree.pos(governor) == Upos::Verb && (says || views || politics(lemma, true))
            }
            // "accused Moscow", "warned Tehran": only acts that are done to governments, not visits or sieges.
            Deprel::Obj | Deprel::Iobj => lexicon.events.verb(lemma).iter().any(|l| {
                use EventType::{Accuse, Reject, Request, Sanction, Support, Threaten};
                let kind = lexicon.events.rules()[l.rule].event_type;
                matches!(kind, Accuse | Reject | Request | Sanction | Support | Threaten)
            }),
            Deprel::OblAgent | Deprel::NmodPoss => politics(lemma, tree.pos(governor) == Upos::Verb),
            Deprel::Obl | Deprel::Nmod => {
                matches!(tree.case(head).as_deref(), Some("with" | "against" | "between" | "according to"))
            }
            Deprel::Conj => tree.pos(governor) != Upos::Verb && self.decides(governor),
            _ => false,
        }
    }

    /// Whether a word only modifies the noun that it depends on ("Ukraine war", "U.S. officials").
    pub(super) fn is_modifier(&self, head: usize) -> bool {
        matches!(self.tree.rel(head), Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::Flat)
    }
}

/// Prepositions after which a country is a place, never an actor.
const STRICTLY_WHERE: &[&str] = &[
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "across",
    "around",
    "off",
    "through",
    "throughout",
    "within",
    "into",
    "over",
];
