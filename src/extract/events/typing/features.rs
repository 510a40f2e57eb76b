//! What the classifier sees of a clause: words and their parts in it. Names, countries and pronouns are seen only as what
//! kind of actor they are, so that nothing is learned of who does what.

use crate::extract::actors::phrase::country_at;
use crate::extract::events::Clauses;
use crate::extract::events::frame::core;
use crate::extract::events::nominal::governing_verb;
use crate::extract::events::trigger::Trigger;
use crate::extract::tree::CLAUSES;
use crate::language::{Deprel, Upos, hash};
use crate::model::{ActorKind, EventType};

/// Something that holds of a clause, and the token that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// As in "object=plan".
    pub key: String,
    /// The token.
    pub token: usize,
}

impl Feature {
    /// The number that the weights know it by.
    pub fn hash(&self) -> u32 {
        hash::of_bytes(self.key.bytes())
    }
}

/// Parts of a clause whose words are also compared by their meaning.
pub const PARTS: [&str; 4] = ["trigger", "object", "subject", "beside"];

/// What is seen of one clause.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What holds.
    pub features: Vec<Feature>,
    /// The words of each of [`PARTS`], with their tokens.
    pub words: [Vec<(usize, String)>; PARTS.len()],
}

impl View {
    /// Whether the trigger is a verb.
    pub fn is_of_verb(&self) -> bool {
        self.features.iter().any(|f| f.key == "is a verb")
    }

    /// Whether the rules know the trigger, as a word or a phrase, for one type alone.
    pub fn is_known_for(&self, kind: EventType) -> bool {
        let known = [format!("only of {}", kind.as_str()), format!("phrase of {}", kind.as_str())];
        self.features.iter().any(|f| known.contains(&f.key))
    }
}

/// Arguments of one part that are looked at; lists of names are long.
const MOST: usize = 4;
/// Words beside the trigger and its arguments.
const MOST_BESIDE: usize = 12;

struct Looking<'c> {
    clauses: &'c Clauses<'c>,
    view: View,
}

/// Looks at the clause of a trigger.
pub fn view(clauses: &Clauses<'_>, trigger: &Trigger) -> View {
    let mut looking = Looking { clauses, view: View::default() };
    looking.trigger(trigger);
    let frame = &trigger.frame;
    looking.argument("subject", 2, trigger, &frame.agents);
    looking.argument("object", 1, trigger, &frame.patients);
    if trigger.verb {
        looking.verb(trigger)
    } else {
        looking.noun(trigger)
    }
    looking.beside(trigger);
    looking.view
}

impl Looking<'_> {
    fn push(&mut self, key: String, token: usize) {
        if !self.view.features.iter().any(|f| f.key == key) {
            self.view.features.push(Feature { key, token });
        }
    }

    /// The word of a token, unless it names somebody or something or stands for it.
    fn word(&self, token: usize) -> Option<String> {
        let tree = self.clauses.tree;
        let common = matches!(tree.pos(token), Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv);
        let named = tree.name(token).is_some() || country_at(tree, self.clauses.lexicon, token, token + 1).is_some();
        let span = tree.document.tokens[token].span;
        let timed = self.clauses.times.iter().any(|t| t.span.contains(span));
        (common && !named && !timed).then(|| tree.lemma(token).to_lowercase())
    }

    /// What kind of thing a noun phrase names.
    fn kind(&self, token: usize) -> &'static str {
        let own = self.clauses.class(token);
        match own.kind {
            _ if own.armed => "armed",
            Some(ActorKind::Person) => "person",
            Some(ActorKind::Group) => "group",
            Some(ActorKind::Organisation) => "organisation",
            Some(ActorKind::Government) => "government",
            Some(ActorKind::Country) => "country",
            None if own.place => "place",
            None if self.clauses.tree.pos(token) == Upos::Pron => "pronoun",
            None if self.clauses.tree.name(token).is_some() => "name",
            None if own.number => "number",
            None => "thing",
        }
    }

    fn trigger(&mut self, trigger: &Trigger) {
        let (tree, token) = (self.clauses.tree, trigger.token);
        let lemma = tree.lemma(token).to_lowercase();
        let sort = if trigger.verb { "verb" } else { "noun" };
        self.push(format!("trigger={lemma}"), token);
        self.push(format!("{sort}={lemma}"), token);
        self.push(format!("is a {sort}"), token);
        self.push(format!("tag={}", tree.tag(token)), token);
        // "shut down", "take over": a particle, or a preposition that the parser may have for one.
        for particle in tree.with_rel(token, &[Deprel::CompoundPrt]) {
            self.push(format!("phrase={lemma} {}", tree.lower(particle)), particle);
            self.push(format!("particle={}", tree.lower(particle)), particle);
        }
        self.rules(trigger, &lemma);
        self.view.words[0].push((token, lemma));
    }

    /// The types of the rules that listen to the word, whether or not their conditions hold.
    fn rules(&mut self, trigger: &Trigger, lemma: &str) {
        let events = &self.clauses.lexicon.events;
        let listeners = if trigger.verb { events.verb(lemma) } else { events.noun(lemma) };
        let mut alone = Vec::new();
        for listener in listeners {
            let kind = events.rules()[listener.rule].event_type;
            if listener.others.is_empty() {
                alone.push(kind);
            } else if listener.others.iter().all(|o| self.clauses.has_other(trigger.token, o)) {
                self.push(format!("phrase of {}", kind.as_str()), trigger.token);
            }
        }
        alone.sort();
        alone.dedup();
        if let [only] = alone[..] {
            self.push(format!("only of {}", only.as_str()), trigger.token);
        }
        for kind in alone {
            self.push(format!("word of {}", kind.as_str()), trigger.token);
        }
    }

    fn argument(&mut self, part: &str, group: usize, trigger: &Trigger, heads: &[usize]) {
        let (tree, words) = (self.clauses.tree, &self.clauses.lexicon.words);
        let lemma = tree.lemma(trigger.token).to_lowercase();
        if heads.is_empty() {
            self.push(format!("no {part}"), trigger.token);
            self.push(format!("{lemma}, no {part}"), trigger.token);
        }
        for head in heads.iter().take(MOST).map(|h| core(tree, words, *h)) {
            let kind = self.kind(head);
            self.push(format!("{part} is {kind}"), head);
            self.push(format!("{lemma}, {part} is {kind}"), head);
            if let Some(word) = self.word(head) {
                self.push(format!("{part}={word}"), head);
                for list in words.lists_of(&word) {
                    self.push(format!("{part} in {list}"), head);
                }
                self.view.words[group].push((head, word));
            }
        }
    }

    fn verb(&mut self, trigger: &Trigger) {
        let (tree, token) = (self.clauses.tree, trigger.token);
        let lemma = tree.lemma(token).to_lowercase();
        if trigger.frame.passive {
            self.push("passive".into(), token);
        }
        for child in tree.dependents(token) {
            match tree.rel(child) {
                Deprel::Obl | Deprel::OblUnmarked | Deprel::Iobj => {
                    let Some(case) = tree.case(child).filter(|_| !self.is_time(child)) else { continue };
                    self.push(format!("{lemma} {case}"), child);
                    self.push(format!("{case} {}", self.kind(child)), child);
                    if let Some(word) = self.word(child) {
                        self.push(format!("{case} {word}"), child);
                    }
                }
                rel @ (Deprel::Ccomp | Deprel::Xcomp) => {
                    self.push(format!("clause as {rel}"), child);
                    self.push(format!("{lemma}, {rel}"), child);
                    if let Some(word) = self.word(child) {
                        self.push(format!("clause={word}"), child);
                    }
                }
                Deprel::Aux => self.push(format!("auxiliary={}", tree.lemma(child).to_lowercase()), child),
                Deprel::Advmod if self.is_negation(child) => self.push("negated".into(), child),
                _ => {}
            }
        }
    }

    fn noun(&mut self, trigger: &Trigger) {
        let (tree, token) = (self.clauses.tree, trigger.token);
        for child in tree.dependents(token) {
            match tree.rel(child) {
                Deprel::Compound | Deprel::Amod => {
                    if let Some(word) = self.word(child) {
                        self.push(format!("before={word}"), child);
                    }
                }
                Deprel::Nmod => {
                    if let Some(case) = tree.case(child) {
                        self.push(format!("{case} {}", self.kind(child)), child);
                        if let Some(word) = self.word(child) {
                            self.push(format!("{case} {word}"), child);
                        }
                    }
                }
                _ => {}
            }
        }
        if let Some(verb) = governing_verb(tree, token) {
            let verb_lemma = tree.lemma(verb).to_lowercase();
            self.push(format!("below={verb_lemma}"), verb);
            self.push(format!("{} of {verb_lemma}", tree.rel(token)), verb);
        }
    }

    fn is_time(&self, token: usize) -> bool {
        let span = self.clauses.tree.document.tokens[token].span;
        self.clauses.times.iter().any(|t| t.span.contains(span))
    }

    fn is_negation(&self, token: usize) -> bool {
        self.clauses.lexicon.words.has(crate::lexicon::List::Negation, &self.clauses.tree.lower(token))
    }

    /// Words of the same clause that are neither trigger nor argument.
    fn beside(&mut self, trigger: &Trigger) {
        let tree = self.clauses.tree;
        let roots = [Some(trigger.token), governing_verb(tree, trigger.token).filter(|_| !trigger.verb)];
        let down = |t: usize| tree.dependents(t).filter(|d| !CLAUSES.contains(&tree.rel(*d)));
        let mut seen: Vec<usize> = Vec::new();
        for root in roots.into_iter().flatten() {
            let near = std::iter::once(root).chain(down(root)).chain(down(root).flat_map(down));
            let fresh = near.filter(|t| *t != trigger.token && !trigger.span.contains(tree.document.tokens[*t].span));
            seen.extend(fresh.take(MOST_BESIDE * 2));
        }
        seen.sort_unstable();
        seen.dedup();
        let taken = |view: &View, t: usize| view.words.iter().flatten().any(|(token, _)| *token == t);
        for token in seen.into_iter().filter(|t| !taken(&self.view, *t)).take(MOST_BESIDE).collect::<Vec<_>>() {
            if let Some(word) = self.word(token) {
                self.view.words[3].push((token, word));
            }
        }
    }
}
