//! Phrases: names, numbers and times that the parser hung on the wrong word.

use super::{DEEP, Mending};
use crate::language::{Deprel, NameKind, Upos};
use crate::lexicon::List;
use crate::time::is_calendar_name;

impl Mending<'_> {
    /// "the copper mine has been blocked": behind a noun, an adjective or an article "mine" is no pronoun.
    pub(super) fn mine_as_pronoun(&mut self) {
        for mine in self.tokens.clone().skip(1) {
            let before = mine - 1;
            let nominal = matches!(self.pos(before), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det);
            if self.lower(mine) != "mine" || self.pos(mine) != Upos::Pron || !nominal {
                continue;
            }
            let word = &mut self.syntax.words[mine];
            (word.upos, word.xpos, word.lemma) = (Upos::Noun, "NN", "mine".into());
            // "Roads to the mine have been blocked", where the mine was taken for the subject of a relative clause.
            let clause = self.head(mine).filter(|c| self.rel(*c) == Deprel::AclRelcl && mine < *c);
            let Some(noun) = clause.and_then(|c| self.head(c)).filter(|n| *n < before) else { continue };
            if self.is_below(before, noun) && matches!(self.pos(before), Upos::Noun | Upos::Propn) {
                let below: Vec<usize> = self.children(before).collect();
                self.hang(mine, noun, self.rel(before));
                self.hang(before, mine, Deprel::Compound);
                below.into_iter().for_each(|c| self.hang(c, mine, self.rel(c)));
            }
        }
    }

    /// "jailed for fraud and money laundering": a gerund is not coordinated with a finite verb.
    pub(super) fn gerund_as_noun(&mut self) {
        for gerund in self.tokens.clone().skip(1) {
            let Some(verb) =
                self.head(gerund).filter(|_| self.rel(gerund) == Deprel::Conj && self.tag(gerund) == "VBG")
            else {
                continue;
            };
            let before = gerund - 1;
            let joined = self.rel(before) == Deprel::Conj && self.pos(before) == Upos::Noun;
            let Some(first) = self.head(before).filter(|f| joined && self.head(*f) == Some(gerund)) else { continue };
            if self.is_finite_past(verb) && !self.has(gerund, &[Deprel::Aux, Deprel::Nsubj, Deprel::Obj]) {
                let others: Vec<usize> = self.children(gerund).filter(|c| *c > gerund).collect();
                others.into_iter().for_each(|c| self.hang(c, verb, self.rel(c)));
                self.hang(first, verb, self.rel(first));
                self.hang(gerund, first, Deprel::Conj);
                let joiners: Vec<usize> = self.children(before).filter(|c| self.rel(*c) == Deprel::Cc).collect();
                joiners.into_iter().for_each(|c| self.hang(c, gerund, Deprel::Cc));
                self.hang(before, gerund, Deprel::Compound);
                let word = &mut self.syntax.words[gerund];
                (word.upos, word.xpos) = (Upos::Noun, "NN");
            }
        }
    }

    /// "approved the motion by 97 votes to 21": the votes decided, they are not in the motion.
    pub(super) fn votes_that_decide(&mut self) {
        for votes in self.tokens.clone() {
            let Some(noun) = self.head(votes).filter(|_| self.rel(votes) == Deprel::Nmod) else { continue };
            let by = self.children(votes).any(|c| self.rel(c) == Deprel::Case && self.lower(c) == "by");
            let verb = self.head(noun).filter(|v| self.pos(*v) == Upos::Verb && self.rel(noun) == Deprel::Obj);
            if let Some(verb) = verb.filter(|_| by && self.lower(votes) == "votes") {
                self.hang(votes, verb, Deprel::Obl);
            }
        }
    }

    /// "300 million won": what is counted is no verb.
    pub(super) fn money_as_verb(&mut self) {
        for token in self.tokens.clone().skip(1) {
            let counted =
                self.pos(token - 1) == Upos::Num || matches!(self.lower(token - 1).as_str(), "million" | "billion");
            let money = self.lower(token) == "won" && self.pos(token) == Upos::Verb && counted;
            if money && !self.has(token, &[Deprel::Nsubj, Deprel::Obj, Deprel::Aux]) {
                let word = &mut self.syntax.words[token];
                (word.upos, word.xpos, word.lemma) = (Upos::Noun, "NNS", "won".into());
            }
        }
    }

    /// "Lee Ji-won": a name goes on behind a hyphen.
    pub(super) fn name_to_its_end(&mut self) {
        let tight = |t: usize| !self.document.tokens[t].space_after;
        let names = &self.syntax.names;
        let taken = |t: usize| names.iter().any(|n| n.tokens.contains(&t));
        let goes_on = |end: usize| {
            end > 0
                && end + 1 < self.tokens.end
                && tight(end - 1)
                && tight(end)
                && self.document.word(end) == "-"
                && self.document.word(end + 1).chars().all(char::is_alphabetic)
                && !taken(end)
                && !taken(end + 1)
        };
        let inside = |n: &usize| self.tokens.contains(&names[*n].tokens.start) && names[*n].kind == NameKind::Person;
        let longer: Vec<usize> = (0..names.len()).filter(inside).filter(|n| goes_on(names[*n].tokens.end)).collect();
        for name in longer {
            let tokens = self.syntax.names[name].tokens.clone();
            self.syntax.names[name].tokens = tokens.start..tokens.end + 2;
            for token in [tokens.end, tokens.end + 1] {
                self.hang(token, tokens.end - 1, Deprel::Flat);
                self.syntax.words[token].upos = Upos::Propn;
            }
        }
    }

    /// "the conviction of the minister, who had been sentenced": a conviction is no "who".
    pub(super) fn person_of_relative(&mut self) {
        for clause in self.tokens.clone() {
            let Some(noun) = self.head(clause).filter(|_| self.rel(clause) == Deprel::AclRelcl) else { continue };
            let Some(who) =
                self.tokens.clone().find(|t| *t > noun && self.lower(*t) == "who" && self.is_below(*t, clause))
            else {
                continue;
            };
            let named =
                |t: usize| self.syntax.names.iter().any(|n| n.kind == NameKind::Person && n.tokens.contains(&t));
            let person = |t: &usize| named(*t) || self.words.is_person(&self.syntax.words[*t].lemma.to_lowercase());
            let thing = self.pos(noun) == Upos::Noun
                && !person(&noun)
                && self.words.role(&self.syntax.words[noun].lemma).is_none();
            let behind = (noun + 1..who).rev().filter(|t| matches!(self.pos(*t), Upos::Noun | Upos::Propn));
            let nearest = behind.filter(|t| thing && self.is_below(*t, noun)).find(person);
            if let Some(person) = nearest {
                // The head of the name, not its last part.
                let top =
                    std::iter::successors(Some(person), |t| self.head(*t).filter(|_| self.rel(*t) == Deprel::Flat));
                let top = top.take(DEEP).last().unwrap_or(person);
                self.hang(clause, top, Deprel::AclRelcl);
            }
        }
    }

    /// "freed two soldiers on Monday whom they had kidnapped": a day is no "whom".
    pub(super) fn relative_of_day(&mut self) {
        for clause in self.tokens.clone() {
            let day = match self.head(clause) {
                Some(day) if self.rel(clause) == Deprel::AclRelcl && is_calendar_name(&self.lower(day)) => day,
                _ => continue,
            };
            let of_people = self.children(clause).any(|c| matches!(self.lower(c).as_str(), "who" | "whom"));
            let Some(verb) = self.head(day).filter(|_| of_people) else { continue };
            let nominal = [Deprel::Obj, Deprel::NsubjPass, Deprel::Nsubj];
            let before = self.children(verb).filter(|c| *c < day && nominal.contains(&self.rel(*c))).last();
            if let Some(noun) = before {
                self.hang(clause, noun, Deprel::AclRelcl);
            }
        }
    }

    /// "a captain named Ernst Haller": the name is who it is, nobody was appointed.
    pub(super) fn called_by_name(&mut self) {
        for called in self.tokens.clone() {
            let Some(noun) = self.head(called).filter(|n| self.rel(called) == Deprel::Acl && *n < called) else {
                continue;
            };
            let name = self.children(called).find(|c| {
                matches!(self.rel(*c), Deprel::Xcomp | Deprel::Obj) && *c > called && self.pos(*c) == Upos::Propn
            });
            let calls = matches!(self.lower(called).as_str(), "named" | "called") && self.tag(called) == "VBN";
            if let Some(name) = name.filter(|_| calls) {
                self.hang(name, noun, Deprel::Appos);
                self.hang(called, name, Deprel::Mark);
            }
        }
    }

    /// "found 112 homes destroyed": the participle tells of the object, not of the finder.
    pub(super) fn participle_of_object(&mut self) {
        for participle in self.tokens.clone() {
            let passive = self.rel(participle) == Deprel::Xcomp && self.tag(participle) == "VBN";
            let bare = passive && !self.has(participle, &[Deprel::Mark, Deprel::Aux, Deprel::AuxPass]);
            let Some(verb) = self.head(participle).filter(|v| bare && self.pos(*v) == Upos::Verb) else { continue };
            let object = self.children(verb).find(|c| self.rel(*c) == Deprel::Obj && *c > verb && *c < participle);
            if let Some(object) = object {
                self.hang(participle, object, Deprel::Acl);
            }
        }
    }

    /// "the lawyer Wanjiku Maina": no part of a person's name is a verb.
    pub(super) fn name_is_no_verb(&mut self) {
        let names = self.syntax.names.iter().filter(|n| n.kind == NameKind::Person && n.tokens.len() > 1);
        let inside: Vec<usize> = names.flat_map(|n| n.tokens.clone()).filter(|t| self.tokens.contains(t)).collect();
        for token in inside {
            let capital = self.document.word(token).starts_with(char::is_uppercase);
            if capital && self.pos(token) == Upos::Verb {
                (self.syntax.words[token].upos, self.syntax.words[token].xpos) = (Upos::Propn, "NNP");
            }
        }
    }

    /// "accused rebels of burning the mill": what they are accused of belongs to the verb.
    pub(super) fn charge_of_object(&mut self) {
        for charge in self.tokens.clone() {
            let below = matches!(self.rel(charge), Deprel::Acl | Deprel::Nmod);
            let Some(object) = self.head(charge).filter(|o| below && *o < charge) else { continue };
            let of = self.children(charge).any(|c| c > object && self.lower(c) == "of");
            let done_to = matches!(self.rel(object), Deprel::Obj | Deprel::NsubjPass);
            let Some(verb) = self.head(object).filter(|_| of && done_to) else { continue };
            let somebody = self.pos(object) == Upos::Propn
                || self.pos(object) == Upos::Pron
                || self.words.is_person(&self.syntax.words[object].lemma)
                || self.words.role(&self.syntax.words[object].lemma).is_some();
            let lemma = &self.syntax.words[verb].lemma;
            // "stripped the governor of the province of his powers": what is lost comes last, and has no name.
            let lost = self.words.has(List::Depriving, lemma)
                && self.pos(charge) == Upos::Noun
                && !self.children(object).any(|c| c > charge && self.rel(c) == Deprel::Nmod);
            if somebody && verb < charge && (lost || self.words.has(List::Charging, lemma)) {
                let rel = if self.pos(charge) == Upos::Verb { Deprel::Advcl } else { Deprel::Obl };
                self.hang(charge, verb, rel);
            }
        }
    }

    /// "sent Tunisia six boats", "offered Greece a loan": a name before the number or the article of an object is whom it goes to.
    pub(super) fn receiver_before_object(&mut self) {
        for name in self.tokens.clone().skip(1) {
            let opens = |t: usize| matches!(self.rel(t), Deprel::Nummod | Deprel::Det);
            let Some(head) = self.head(name).filter(|_| self.pos(name) == Upos::Propn) else { continue };
            let verb = match self.rel(name) {
                Deprel::Compound if self.rel(head) == Deprel::Obj => self.head(head),
                Deprel::Obj => Some(head),
                _ => None,
            };
            let Some(verb) = verb.filter(|v| *v < name && self.pos(*v) == Upos::Verb) else { continue };
            let object = if verb == head {
                self.children(verb).find(|c| self.rel(*c) == Deprel::Obj && *c > name)
            } else {
                Some(head)
            };
            // Nothing of a noun stands before its number.
            let next = name + 1;
            let begins = object.is_some_and(|o| next < o && self.head(next) == Some(o) && opens(next));
            if begins && verb + 1 == name && !self.has(verb, &[Deprel::Iobj]) {
                self.hang(name, verb, Deprel::Iobj);
            }
        }
    }

    /// "An elderly couple, Ruth and Harold, died": people before a verb without a subject are its subject.
    pub(super) fn person_without_clause(&mut self) {
        for person in self.tokens.clone() {
            let Some(verb) = self.head(person).filter(|v| self.rel(person) == Deprel::OblUnmarked && *v > person)
            else {
                continue;
            };
            let lemma = &self.syntax.words[person].lemma;
            let somebody = self.words.is_person(lemma) || self.words.role(lemma).is_some();
            let subjects = [Deprel::Nsubj, Deprel::NsubjPass];
            let main = matches!(self.rel(verb), Deprel::Root | Deprel::Ccomp);
            if somebody && main && self.is_finite_past(verb) && !self.has(verb, &subjects) {
                let passive = self.has(verb, &[Deprel::AuxPass]);
                self.syntax.words[person].deprel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
            }
        }
    }

    /// "She had travelled by bus": only a passive has a doer behind "by".
    pub(super) fn means_of_active_verb(&mut self) {
        for means in self.tokens.clone() {
            let Some(verb) = self.head(means).filter(|_| self.rel(means) == Deprel::OblAgent) else { continue };
            let passive = [Deprel::NsubjPass, Deprel::AuxPass];
            if self.has(verb, &[Deprel::Nsubj]) && !self.has(verb, &passive) {
                self.syntax.words[means].deprel = Deprel::Obl;
            }
        }
    }

    /// "seven people were killed and more than 40 wounded": a number before a verb counts those whom it tells of.
    pub(super) fn number_as_subject(&mut self) {
        for number in self.tokens.clone() {
            let Some(verb) = self.head(number).filter(|v| self.rel(number) == Deprel::Nummod && *v > number) else {
                continue;
            };
            let subjects = [Deprel::Nsubj, Deprel::NsubjPass];
            let second = self.is_finite_past(verb) && self.rel(verb) == Deprel::Conj && !self.has(verb, &subjects);
            let Some(first) = self.head(verb).filter(|_| second) else { continue };
            let passive = self.has(first, &[Deprel::NsubjPass, Deprel::AuxPass]) || self.has(verb, &[Deprel::AuxPass]);
            let rel = if passive && self.tag(verb) == "VBN" { Deprel::NsubjPass } else { Deprel::Nsubj };
            self.syntax.words[number].deprel = rel;
            let about = |c: &usize| *c < number && *c > first && matches!(self.rel(*c), Deprel::Advmod | Deprel::Nmod);
            let about: Vec<usize> = self.children(verb).filter(about).collect();
            about.into_iter().for_each(|word| self.hang(word, number, Deprel::Advmod));
        }
    }

    /// "raided her home": what belongs to somebody is no adverb.
    pub(super) fn home_of_somebody(&mut self) {
        for home in self.tokens.clone().skip(2) {
            let (owner, verb) = (home - 1, home - 2);
            let adverb = matches!(self.rel(home), Deprel::Advmod | Deprel::OblUnmarked);
            let owned = matches!(self.lower(owner).as_str(), "her" | "his" | "their" | "its" | "my" | "your" | "our");
            if self.lower(home) != "home" || !adverb || !owned || self.pos(verb) != Upos::Verb {
                continue;
            }
            let brought = matches!(
                &*self.syntax.words[verb].lemma,
                "drive"
                    | "take"
                    | "bring"
                    | "send"
                    | "fly"
                    | "carry"
                    | "walk"
                    | "see"
                    | "call"
                    | "follow"
                    | "escort"
                    | "invite"
                    | "accompany"
                    | "welcome"
                    | "want"
                    | "let"
                    | "get"
                    | "lead"
                    | "summon"
            );
            // "drove her home" has somebody for its object.
            let object = self.rel(owner) == Deprel::Obj && self.head(owner) == Some(verb);
            if object && brought || self.children(verb).any(|c| c != owner && self.rel(c) == Deprel::Obj) {
                continue;
            }
            (self.syntax.words[home].upos, self.syntax.words[home].xpos) = (Upos::Noun, "NN");
            self.syntax.words[owner].xpos = "PRP$";
            self.hang(home, verb, Deprel::Obj);
            self.hang(owner, home, Deprel::NmodPoss);
        }
    }

    /// "injuring more than 200": a bare number behind a verb without an object is its object.
    pub(super) fn number_as_object(&mut self) {
        for number in self.tokens.clone().skip(1) {
            let bare =
                self.pos(number) == Upos::Num && self.rel(number) == Deprel::Obl && !self.has(number, &[Deprel::Case]);
            let Some(verb) = self.head(number).filter(|v| bare && *v < number && self.pos(*v) == Upos::Verb) else {
                continue;
            };
            let near = (verb + 1..number).all(|t| self.is_below(t, number));
            let hurts =
                matches!(&*self.syntax.words[verb].lemma, "kill" | "injure" | "wound" | "hurt" | "arrest" | "displace");
            if near && hurts && !self.has(verb, &[Deprel::Obj, Deprel::AuxPass]) {
                self.syntax.words[number].deprel = Deprel::Obj;
            }
        }
    }
}
