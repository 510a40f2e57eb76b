//! Clauses: main verbs, subjects and what sources say.

use super::{DEEP, Mending};
use crate::language::{Deprel, Upos};
use crate::lexicon::List;

impl Mending<'_> {
    /// "Talks are to begin": the copula before an infinitive is an auxiliary, and the subject is its own.
    pub(super) fn copula_of_infinitive(&mut self) {
        for verb in self.tokens.clone() {
            let copula = self.children(verb).find(|c| self.rel(*c) == Deprel::Cop && *c < verb);
            let to = |t: usize| self.rel(t) == Deprel::Mark && self.lower(t) == "to";
            let Some(copula) = copula.filter(|_| self.tag(verb) == "VB" && self.children(verb).any(to)) else {
                continue;
            };
            let outer = self.children(verb).find(|c| self.rel(*c) == Deprel::NsubjOuter && *c < copula);
            // "His aim is to win": an aim wins nothing.
            let lists = [List::Starting, List::Ongoing, List::Ending];
            let phase = lists.iter().any(|l| self.words.has(*l, &self.syntax.words[verb].lemma));
            if let Some(subject) = outer.filter(|s| phase || self.is_somebody(*s)) {
                self.syntax.words[subject].deprel = Deprel::Nsubj;
                (self.syntax.words[copula].deprel, self.syntax.words[copula].upos) = (Deprel::Aux, Upos::Aux);
            }
        }
    }

    /// "1,100 jobs will go, over three years, Eide told reporters": what stands before the source belongs to what is told.
    pub(super) fn told_in_its_clause(&mut self) {
        for said in self.tokens.clone() {
            if !self.words.has(List::Reporting, &self.syntax.words[said].lemma.to_lowercase()) {
                continue;
            }
            let source = self.children(said).find(|c| self.rel(*c) == Deprel::Nsubj);
            let told = self.children(said).find(|c| self.rel(*c) == Deprel::Ccomp);
            let Some((told, source)) = told.zip(source).filter(|(told, source)| told < source) else { continue };
            let start = self.tokens.clone().find(|t| self.is_below(*t, source)).unwrap_or(source);
            let between = |c: &usize| {
                *c > told && *c < start && matches!(self.rel(*c), Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod)
            };
            let astray: Vec<usize> = self.children(said).filter(between).collect();
            astray.into_iter().for_each(|c| self.hang(c, told, self.rel(c)));
        }
    }

    /// "A woman described as a tenant stabbed two clerks": a participle without auxiliary and object is not the verb of the sentence when
    /// one with an object stands behind it.
    pub(super) fn participle_as_main(&mut self) {
        let Some(first) = self.tokens.clone().find(|t| self.head(*t).is_none()) else { return };
        let own = [Deprel::Aux, Deprel::AuxPass, Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Iobj];
        let subject = self.children(first).find(|c| self.rel(*c) == Deprel::Nsubj && *c < first);
        let bare = self.tag(first) == "VBN" && self.pos(first) == Upos::Verb && !self.has(first, &own);
        let Some(subject) = subject.filter(|s| bare && matches!(self.pos(*s), Upos::Noun | Upos::Propn)) else {
            return;
        };
        let lost = |t: &usize| {
            self.head(*t) == Some(first)
                && self.rel(*t) == Deprel::Obl
                && self.is_finite_past(*t)
                && self.has(*t, &[Deprel::Obj])
                && !self.has(*t, &[Deprel::Nsubj, Deprel::Aux, Deprel::AuxPass, Deprel::Mark])
        };
        let Some(verb) = (first + 1..self.tokens.end).find(lost) else { return };
        let before: Vec<usize> = self.children(verb).filter(|c| *c < verb).collect();
        let behind: Vec<usize> = self.children(first).filter(|c| *c > verb).collect();
        (self.syntax.words[verb].head, self.syntax.words[verb].deprel) = (None, Deprel::Root);
        self.syntax.words[verb].xpos = "VBD";
        (self.syntax.words[subject].head, self.syntax.words[subject].deprel) = (Some(verb), Deprel::Nsubj);
        (self.syntax.words[first].head, self.syntax.words[first].deprel) = (Some(subject), Deprel::Acl);
        behind.into_iter().for_each(|c| self.hang(c, verb, self.rel(c)));
        if let Some(noun) = before.iter().copied().rfind(|c| matches!(self.pos(*c), Upos::Noun | Upos::Propn)) {
            self.hang(noun, first, Deprel::Obl);
            before.into_iter().filter(|c| *c != noun).for_each(|c| self.hang(c, noun, self.rel(c)));
        }
    }

    /// "Figures suggest as many as 40 boats were lost": the second "as" opens no clause.
    pub(super) fn as_many_as(&mut self) {
        for many in self.tokens.clone().skip(1) {
            let phrase = [(many - 1, "as"), (many, "many"), (many + 1, "as")];
            if many + 2 >= self.tokens.end || phrase.iter().any(|(t, word)| self.lower(*t) != *word) {
                continue;
            }
            let number = many + 2;
            let Some(verb) = self.head(many).filter(|_| self.pos(number) == Upos::Num) else { continue };
            let counted = self.head(number).filter(|_| self.rel(number) == Deprel::Nummod).unwrap_or(number);
            let told = self.head(counted).filter(|c| self.rel(*c) == Deprel::Advcl && self.head(*c) == Some(verb));
            if let Some(told) = told.filter(|_| self.pos(verb) == Upos::Verb && verb < many) {
                phrase.iter().for_each(|(t, _)| self.hang(*t, number, Deprel::Advmod));
                self.hang(told, verb, Deprel::Ccomp);
            }
        }
    }

    /// "are missing after a dinghy capsized": the noun behind a conjunction is the subject of a clause that has none.
    pub(super) fn subject_behind_conjunction(&mut self) {
        for noun in self.tokens.clone() {
            let Some(above) = self.head(noun).filter(|_| self.rel(noun) == Deprel::Obl) else { continue };
            let conjunction = self.children(noun).find(|c| {
                self.rel(*c) == Deprel::Case
                    && matches!(self.lower(*c).as_str(), "after" | "before" | "since" | "until")
            });
            let clause = (noun + 1..self.tokens.end)
                .take_while(|t| self.document.word(*t) != ",")
                .find(|t| self.head(*t) == Some(above) && self.rel(*t) == Deprel::Advcl);
            let bare =
                |v: &usize| self.is_finite_past(*v) && !self.has(*v, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark]);
            let Some((conjunction, verb)) = conjunction.zip(clause.filter(bare)) else { continue };
            // Nothing but the noun's own words stands between.
            if (noun + 1..verb).all(|t| self.is_below(t, noun) || self.head(t) == Some(verb)) {
                let passive = self.has(verb, &[Deprel::AuxPass]);
                self.hang(conjunction, verb, Deprel::Mark);
                self.hang(noun, verb, if passive { Deprel::NsubjPass } else { Deprel::Nsubj });
                if !passive {
                    self.syntax.words[verb].xpos = "VBD";
                }
            }
        }
    }

    /// "blamed him for the defeat in a call on Saturday": what was said was said on the occasion, the defeat was not.
    pub(super) fn occasion_of_speech(&mut self) {
        for occasion in self.tokens.clone() {
            let spoken = matches!(
                &*self.syntax.words[occasion].lemma,
                "call"
                    | "interview"
                    | "conference"
                    | "briefing"
                    | "speech"
                    | "statement"
                    | "letter"
                    | "address"
                    | "rally"
            );
            let Some(noun) = self.head(occasion).filter(|n| spoken && *n < occasion) else { continue };
            let one = self.children(occasion).any(|c| matches!(self.lower(c).as_str(), "a" | "an"));
            let during = self
                .children(occasion)
                .any(|c| self.rel(c) == Deprel::Case && matches!(self.lower(c).as_str(), "in" | "at" | "during"));
            if self.rel(occasion) != Deprel::Nmod || !one || !during {
                continue;
            }
            let above = std::iter::successors(Some(noun), |t| self.head(*t)).take(DEEP);
            let verb = above.into_iter().find(|t| self.pos(*t) == Upos::Verb);
            let speaks = |v: &usize| {
                let lemma = self.syntax.words[*v].lemma.to_lowercase();
                [List::Reporting, List::Belief].iter().any(|l| self.words.has(*l, &lemma)) || lemma == "blame"
            };
            if let Some(verb) = verb.filter(speaks) {
                self.hang(occasion, verb, Deprel::Obl);
            }
        }
    }

    /// "said in an interview that elections could be held": what is said is no clause of the occasion.
    pub(super) fn told_at_occasion(&mut self) {
        for clause in self.tokens.clone() {
            let Some(occasion) = self.head(clause).filter(|_| self.rel(clause) == Deprel::Acl) else { continue };
            let that = self.children(clause).any(|c| self.rel(c) == Deprel::Mark && self.lower(c) == "that");
            let inside = self.rel(occasion) == Deprel::Obl
                && self.children(occasion).any(|c| matches!(self.lower(c).as_str(), "in" | "at" | "during" | "on"));
            let Some(said) = self.head(occasion).filter(|_| that && inside) else { continue };
            let says = self.words.has(List::Reporting, &self.syntax.words[said].lemma.to_lowercase());
            if says && said < occasion && !self.has(said, &[Deprel::Ccomp]) {
                self.hang(clause, said, Deprel::Ccomp);
            }
        }
    }

    /// "A ferry carrying 90 people capsized, officials said": a verb of saying with two subjects and nothing said has lost
    /// the verb of what was said.
    pub(super) fn told_main_clause(&mut self) {
        let Some(said) = self.tokens.clone().find(|t| self.head(*t).is_none()) else { return };
        let telling = self.words.has(List::Reporting, &self.syntax.words[said].lemma.to_lowercase());
        let subjects: Vec<usize> = self.children(said).filter(|c| self.rel(*c) == Deprel::Nsubj && *c < said).collect();
        let [first, second] = subjects[..] else { return };
        let parted = (first..second).any(|t| self.document.word(t) == ",");
        if !telling || !parted || self.has(said, &[Deprel::Ccomp, Deprel::Parataxis, Deprel::Obj]) {
            return;
        }
        let lost = |t: &usize| {
            self.rel(*t) == Deprel::Acl
                && self.is_finite_past(*t)
                && self.is_below(*t, first)
                && !self.has(*t, &[Deprel::Aux, Deprel::AuxPass, Deprel::OblAgent, Deprel::Mark])
        };
        let candidates: Vec<usize> = (first + 1..second).filter(lost).collect();
        let finite = candidates.iter().copied().find(|t| self.tag(*t) == "VBD");
        if let Some(verb) = finite.or(candidates.last().copied()) {
            self.syntax.words[verb].xpos = "VBD";
            self.hang(verb, said, Deprel::Ccomp);
            self.hang(first, verb, Deprel::Nsubj);
        }
    }

    /// "but 30 were missing, Ibrahim Musa told reporters": in a statement no subject stands behind its predicate.
    pub(super) fn subject_behind_its_head(&mut self) {
        for subject in self.tokens.clone() {
            let behind = self.rel(subject) == Deprel::Nsubj && self.head(subject).is_some_and(|h| h < subject);
            let Some(head) = self.head(subject).filter(|_| behind) else { continue };
            let inverted = self.words.has(List::Reporting, &self.syntax.words[head].lemma.to_lowercase());
            let other = self.children(head).any(|c| c < head && self.rel(c) == Deprel::Nsubj);
            if inverted || !other {
                continue;
            }
            let end = (subject..self.tokens.end).take_while(|t| self.is_below(*t, subject)).count() + subject;
            let verb = (end..self.tokens.end.min(end + 3)).find(|t| self.pos(*t) == Upos::Verb);
            let bare = |v: &usize| self.is_finite_past(*v) && !self.has(*v, &[Deprel::Nsubj, Deprel::NsubjPass]);
            if let Some(verb) = verb.filter(bare) {
                self.hang(subject, verb, Deprel::Nsubj);
            }
        }
    }

    /// "Funds had lobbied against it, and shares in Sura, which ..., fell": a noun is not coordinated with a verb; it is the
    /// subject of the next verb that has none.
    pub(super) fn noun_beside_clause(&mut self) {
        for noun in self.tokens.clone() {
            let beside = self.rel(noun) == Deprel::Conj
                && matches!(self.pos(noun), Upos::Noun | Upos::Propn)
                && self.head(noun).is_some_and(|h| h < noun && self.pos(h) == Upos::Verb)
                && !self.has(noun, &[Deprel::Cop, Deprel::Nsubj]);
            let Some(first) = self.head(noun).filter(|_| beside) else { continue };
            let next = |v: &usize| {
                self.head(*v) == Some(first)
                    && matches!(self.rel(*v), Deprel::Parataxis | Deprel::Conj)
                    && self.is_finite_past(*v)
                    && !self.has(*v, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cc])
            };
            let Some(verb) = (noun + 1..self.tokens.end).find(next) else { continue };
            self.hang(verb, first, Deprel::Conj);
            self.hang(noun, verb, Deprel::Nsubj);
            let astray: Vec<usize> = self.children(noun).filter(|c| self.rel(*c) == Deprel::Cc).collect();
            astray.into_iter().for_each(|cc| self.hang(cc, verb, Deprel::Cc));
        }
    }

    /// "22 people have been killed since the protests began, according to the commission": the source at the end is that of the
    /// sentence.
    pub(super) fn source_at_the_end(&mut self) {
        let Some(root) = self.tokens.clone().find(|t| self.head(*t).is_none()) else { return };
        let Some(according) = self.tokens.clone().skip(1).find(|t| self.lower(*t) == "according") else { return };
        let Some(source) = self.head(according).filter(|s| *s > according && self.rel(*s) == Deprel::Obl) else {
            return;
        };
        let clause =
            self.head(source).filter(|c| *c != root && matches!(self.rel(*c), Deprel::Advcl | Deprel::AclRelcl));
        let mut behind = (source + 1..self.tokens.end).filter(|t| !self.is_below(*t, source));
        let last = behind.all(|t| self.pos(t) == Upos::Punct);
        let verb = self.pos(root) == Upos::Verb || self.has(root, &[Deprel::Cop]);
        if clause.is_some() && last && verb && root < according && self.document.word(according - 1) == "," {
            self.hang(source, root, Deprel::Obl);
        }
    }
}
