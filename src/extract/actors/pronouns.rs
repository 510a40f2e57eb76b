//! Whom pronouns and "both sides" stand for.

use super::phrase::lemma_of;
use super::reader::Reader;
use crate::lexicon::List;
use crate::model::{ActorKind, MentionKind};

impl Reader<'_> {
    /// The two whom "the two leaders", "both sides", "the two countries" stand for.
    pub(super) fn both(&self, token: usize) -> Option<[usize; 2]> {
        let tree = self.tree;
        if !matches!(tree.tag(token), "NNS" | "NNPS") {
            return None;
        }
        let before = |word: &str| tree.dependents(token).any(|d| d < token && tree.lower(d) == word);
        let named = before("both") || before("two") && (before("the") || before("these"));
        let lemma = lemma_of(tree, token);
        let words = &self.lexicon.words;
        let people = words.is_person(&lemma) || words.role(&lemma).is_some_and(|r| r.kind == ActorKind::Person);
        let bodies = words.has(List::Sides, &lemma);
        let countries = matches!(lemma.as_str(), "country" | "nation" | "state" | "neighbour" | "neighbor");
        let fits = |kind: Option<ActorKind>| match kind {
            Some(ActorKind::Country) => bodies && lemma != "company" || countries,
            Some(ActorKind::Person) => people && !countries,
            Some(_) => bodies,
            None => false,
        };
        (named && (people || bodies || countries))
            .then(|| self.memory.pair(tree.document.sentence_of(token), fits))
            .flatten()
    }

    pub(super) fn pronoun(&mut self, token: usize) {
        // What speaks of the same thing, as far as coreference tells: an actor, or something that is none.
        let mut before = self.tree.antecedents(token);
        // "It" is never several.
        let word = self.tree.lower(token);
        before.retain(|head| !(matches!(word.as_str(), "it" | "its" | "itself") && self.tree.tag(*head) == "NNS"));
        // "They beat our children": whom somebody speaks of in quotation marks, the words outside do not tell.
        let quoted = self.quotes[token];
        if quoted > 0 && matches!(word.as_str(), "they" | "them" | "their") {
            before.retain(|head| self.quotes[*head] == quoted);
            if before.is_empty() {
                return;
            }
        }
        let known = before.iter().find_map(|head| self.cast.actor_at(*head));
        let words = &self.lexicon.words;
        let speaker = self.memory.last_speaker(self.tree, words, token);
        let speaker = speaker.or_else(|| self.memory.sayer(self.tree, words, token, &self.cast));
        let actor = match speaker.or(known) {
            None if !before.is_empty() && is_of_things(&word) => None,
            known => known.or_else(|| self.memory.pronoun(self.tree, token, &self.cast)),
        };
        if let Some(actor) = actor {
            // A possessive is a mention of its owner, but the phrase is the pronoun alone.
            self.mention(token, actor, MentionKind::Pronoun, "pronoun");
        }
    }
}

/// Whether a pronoun may stand for what is no person.
fn is_of_things(pronoun: &str) -> bool {
    matches!(pronoun, "it" | "its" | "itself" | "they" | "them" | "their" | "this" | "that" | "these" | "those")
}
