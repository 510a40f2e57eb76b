//! Main verbs that were taken for something else, and verbs written with a hyphen.

use super::Mending;
use crate::language::{Deprel, Upos, past_base};
use crate::lexicon::List;

impl Mending<'_> {
    /// "The village harboured fugitives in 1943.": a sentence needs a verb, and a past form behind a noun is one.
    pub(super) fn past_as_attribute(&mut self) {
        let finite = |t: usize| matches!(self.tag(t), "VBD" | "VBZ" | "VBP" | "MD") || self.pos(t) == Upos::Aux;
        let Some(root) = self.tokens.clone().find(|t| self.head(*t).is_none()) else { return };
        let whole = matches!(self.document.word(self.tokens.end - 1), "." | "!" | "?");
        if !whole
            || !matches!(self.pos(root), Upos::Noun | Upos::Propn)
            || self.tokens.clone().any(finite)
            || self.has(root, &[Deprel::Nsubj, Deprel::Cop])
        {
            return;
        }
        let nominal = |t: usize| {
            self.head(t) == Some(root)
                && self.rel(t) == Deprel::Compound
                && matches!(self.pos(t), Upos::Noun | Upos::Propn)
        };
        let lost = self.children(root).filter(|t| *t < root && self.rel(*t) == Deprel::Amod).find_map(|t| {
            let subject = t.checked_sub(1).filter(|s| self.tokens.contains(s) && nominal(*s))?;
            let base = past_base(self.document.word(t)).filter(|b| self.is_act(b))?;
            Some((subject, t, base))
        });
        let Some((subject, verb, base)) = lost else { return };
        let around: Vec<usize> = self.children(root).filter(|c| *c != verb && *c != subject).collect();
        let word = &mut self.syntax.words[verb];
        (word.head, word.deprel, word.upos, word.xpos, word.lemma) =
            (None, Deprel::Root, Upos::Verb, "VBD", base.into());
        self.hang(subject, verb, Deprel::Nsubj);
        self.hang(root, verb, Deprel::Obj);
        for word in around {
            match self.rel(word) {
                rel if word < subject => self.hang(word, subject, rel),
                Deprel::Punct => self.hang(word, verb, Deprel::Punct),
                Deprel::Nmod if !self.children(word).any(|c| self.lower(c) == "of") => {
                    self.hang(word, verb, Deprel::Obl);
                }
                _ => {}
            }
        }
    }

    /// Whether rules or lists know a verb.
    fn is_act(&self, base: &str) -> bool {
        !self.events.verb(base).is_empty() || self.words.has(List::Reporting, base)
    }

    /// "The army test-fired a missile": the noun before a hyphen is a part of the verb, and what it was joined to is the subject.
    pub(super) fn noun_of_verb(&mut self) {
        let tight = |t: usize| !self.document.tokens[t].space_after;
        let joined: Vec<(usize, usize)> = self
            .tokens
            .clone()
            .skip(2)
            .filter(|v| self.is_finite_past(*v) && self.document.word(v - 1) == "-" && tight(v - 1) && tight(v - 2))
            .map(|v| (v, v - 2))
            .filter(|(_, n)| self.pos(*n) == Upos::Noun)
            .collect();
        for (verb, noun) in joined {
            let subject = match (self.rel(noun), self.head(noun)) {
                (Deprel::Nsubj, Some(h)) if h == verb => {
                    self.children(noun).filter(|c| *c < noun && self.rel(*c) == Deprel::Compound).last()
                }
                (Deprel::Compound, Some(h)) if self.head(h) == Some(verb) && self.rel(h) == Deprel::Nsubj => Some(h),
                _ => None,
            };
            let Some(subject) = subject else { continue };
            let astray: Vec<usize> = self.children(noun).filter(|c| *c < subject).collect();
            self.hang(subject, verb, Deprel::Nsubj);
            astray.into_iter().for_each(|c| self.hang(c, subject, self.rel(c)));
            self.hang(noun, verb, Deprel::Compound);
        }
    }

    /// "Convoy enters besieged Zamura": a participle between a verb and its bare object describes the object.
    pub(super) fn participle_before_object(&mut self) {
        for participle in self.tokens.clone().skip(2) {
            let verb = participle - 1;
            let taken = self.head(participle) == Some(verb)
                && self.rel(participle) == Deprel::Xcomp
                && matches!(self.tag(participle), "VBN" | "VBD")
                && matches!(self.tag(verb), "VBZ" | "VBP" | "VBD" | "NNS")
                && !self.has(verb, &[Deprel::Obj]);
            // "Premier gets elected", "leaves shipped goods".
            let raising = [List::Light, List::Weak, List::Stative];
            let lemma = self.syntax.words[verb].lemma.to_lowercase();
            if !taken || raising.iter().any(|l| self.words.has(*l, &lemma)) || self.events.verb(&lemma).is_empty() {
                continue;
            }
            let own = |o: &usize| (participle + 1..*o).all(|t| self.head(t) == Some(*o) && self.rel(t) != Deprel::Det);
            let object = self.children(participle).find(|c| self.rel(*c) == Deprel::Obj);
            let Some(object) = object.filter(|o| *o > participle && own(o)) else { continue };
            let rest: Vec<usize> = self.children(participle).filter(|c| *c != object).collect();
            self.hang(object, verb, Deprel::Obj);
            self.hang(participle, object, Deprel::Amod);
            rest.into_iter().for_each(|c| self.hang(c, verb, self.rel(c)));
            let word = &mut self.syntax.words[verb];
            if word.xpos == "NNS" {
                (word.upos, word.xpos) = (Upos::Verb, "VBZ");
            }
        }
    }

    /// "had not been consulted and threatened to strike": who threatens to do something is not threatened.
    pub(super) fn active_conjunct(&mut self) {
        for verb in self.tokens.clone() {
            let first = self.head(verb).filter(|h| self.rel(verb) == Deprel::Conj && self.tag(*h) == "VBN");
            let lemma = self.syntax.words[verb].lemma.to_lowercase();
            let infinitive = |t: usize| self.rel(t) == Deprel::Xcomp && self.tag(t) == "VB";
            let wills = self.words.has(List::Plan, &lemma) && !self.words.has(List::ObjectControl, &lemma);
            if self.tag(verb) == "VBN"
                && wills
                && first.is_some_and(|h| self.has(h, &[Deprel::AuxPass]))
                && !self.has(verb, &[Deprel::Aux, Deprel::AuxPass])
                && self.children(verb).any(infinitive)
            {
                self.syntax.words[verb].xpos = "VBD";
            }
        }
    }

    /// "Verhoeven stepped down": a name right before a finite verb that has no subject is no adverb.
    pub(super) fn name_before_verb(&mut self) {
        for name in self.tokens.clone() {
            let verb = name + 1;
            let adverb = matches!(self.rel(name), Deprel::Advmod | Deprel::OblUnmarked | Deprel::Discourse)
                && self.pos(name) == Upos::Propn
                && self.head(name) == Some(verb);
            let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter, Deprel::Csubj];
            let dated = self.syntax.names.iter().any(|n| n.tokens.contains(&name)) || name == self.tokens.start;
            if adverb && dated && self.is_finite_past(verb) && !self.has(verb, &subjects) {
                let passive = self.has(verb, &[Deprel::AuxPass]);
                self.syntax.words[name].deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
                if !passive && !self.has(verb, &[Deprel::Aux]) {
                    self.syntax.words[verb].xpos = "VBD";
                }
            }
        }
    }

    /// "appealed to aid agencies": before a body that gives it, "aid" is no verb.
    pub(super) fn aid_is_no_verb(&mut self) {
        for aid in self.tokens.clone().skip(1) {
            let noun = aid + 1;
            if self.lower(aid) != "aid" || self.tag(aid) != "VB" || noun >= self.tokens.end {
                continue;
            }
            let body = matches!(
                &*self.syntax.words[noun].lemma,
                "agency" | "group" | "worker" | "organisation" | "organization" | "convoy" | "official" | "shipment"
            );
            let Some(above) =
                self.head(aid).filter(|_| body && self.lower(aid - 1) == "to" && self.head(noun) == Some(aid))
            else {
                continue;
            };
            let rest: Vec<usize> = self.children(aid).filter(|c| *c != noun && *c != aid - 1).collect();
            self.hang(noun, above, Deprel::Obl);
            self.hang(aid - 1, noun, Deprel::Case);
            self.hang(aid, noun, Deprel::Compound);
            (self.syntax.words[aid].upos, self.syntax.words[aid].xpos) = (Upos::Noun, "NN");
            rest.into_iter().for_each(|c| self.hang(c, above, self.rel(c)));
        }
    }

    /// "would open the Ghulam Khan crossing": a verb with its article before it is a noun, and what bears its name is no clause.
    pub(super) fn crossing_as_noun(&mut self) {
        for gerund in self.tokens.clone().skip(2) {
            let clause = matches!(self.rel(gerund), Deprel::Advcl | Deprel::Ccomp | Deprel::Acl | Deprel::Xcomp);
            if self.lower(gerund) != "crossing" || self.tag(gerund) != "VBG" || !clause {
                continue;
            }
            let subject = self.children(gerund).find(|c| self.rel(*c) == Deprel::Nsubj && *c < gerund);
            let Some((name, verb)) = subject.zip(self.head(gerund)) else { continue };
            let article = self.children(name).find(|c| self.rel(*c) == Deprel::Det);
            let Some(article) = article.filter(|_| self.pos(name) == Upos::Propn && verb < name) else { continue };
            let rest: Vec<usize> = self.children(gerund).filter(|c| *c > gerund).collect();
            let word = &mut self.syntax.words[gerund];
            (word.upos, word.xpos, word.deprel, word.lemma) = (Upos::Noun, "NN", Deprel::Obj, "crossing".into());
            self.hang(article, gerund, Deprel::Det);
            self.hang(name, gerund, Deprel::Compound);
            rest.into_iter().for_each(|c| self.hang(c, verb, self.rel(c)));
        }
    }

    /// "refused to rule out sending troops": a particle stands behind its verb.
    pub(super) fn particle_of_verb_before(&mut self) {
        for particle in self.tokens.clone().skip(1) {
            let astray = self.rel(particle) == Deprel::CompoundPrt && self.head(particle).is_some_and(|h| h > particle);
            if astray && self.pos(particle - 1) == Upos::Verb {
                self.hang(particle, particle - 1, Deprel::CompoundPrt);
            }
        }
    }

    /// "tried to march on parliament": a bare noun behind "to" that is a verb, where the verb before asks for one.
    pub(super) fn infinitive_as_noun(&mut self) {
        for noun in self.tokens.clone().skip(2) {
            let to = noun - 1;
            let bare = self.tag(noun) == "NN"
                && self.rel(noun) == Deprel::Obl
                && self.lower(to) == "to"
                && self.head(to) == Some(noun)
                && !self.has(noun, &[Deprel::Det, Deprel::NmodPoss, Deprel::Amod, Deprel::Compound, Deprel::Nummod]);
            let Some(above) = self.head(noun).filter(|h| bare && *h + 1 == to) else { continue };
            let lemma = self.syntax.words[above].lemma.to_lowercase();
            let asks = [List::Failing, List::Plan].iter().any(|l| self.words.has(*l, &lemma));
            if self.pos(above) != Upos::Verb || !asks || !self.is_act(&self.lower(noun)) {
                continue;
            }
            let behind: Vec<usize> =
                self.children(noun).filter(|c| *c > noun && self.rel(*c) == Deprel::Nmod).collect();
            let lemma = self.lower(noun).into();
            let word = &mut self.syntax.words[noun];
            (word.upos, word.xpos, word.deprel, word.lemma) = (Upos::Verb, "VB", Deprel::Xcomp, lemma);
            self.hang(to, noun, Deprel::Mark);
            behind.into_iter().for_each(|c| self.hang(c, noun, Deprel::Obl));
        }
    }
}
