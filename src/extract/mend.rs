//! Corrections of trees that grammar does not allow, or hardly: readings to which the parser comes in the long sentences of
//! news. Each looks at one sentence and hangs words elsewhere; a correction that would close a circle is left out.

use std::ops::Range;

use crate::language::{Deprel, NameKind, Syntax, Upos};
use crate::lexicon::{List, Words};
use crate::model::Zone;
use crate::text::Document;
use crate::time::is_calendar_name;

/// The same syntax with its trees corrected.
pub fn mend(document: &Document<'_>, words: &Words, mut syntax: Syntax) -> Syntax {
    for sentence in document.sentences.iter().filter(|s| s.tokens.len() <= LONGEST) {
        let mut at = Mending { document, words, syntax: &mut syntax, tokens: sentence.tokens.clone() };
        at.money_as_verb();
        at.name_to_its_end();
        at.person_of_relative();
        at.day_before_subject();
        at.relative_of_day();
        if sentence.zone == Zone::Body {
            at.told_main_clause();
            at.subject_behind_its_head();
            at.noun_beside_clause();
        }
    }
    syntax
}

struct Mending<'m> {
    document: &'m Document<'m>,
    words: &'m Words,
    syntax: &'m mut Syntax,
    tokens: Range<usize>,
}

/// Longer sentences, in tokens, are left as they are: they are lists, and each look at one goes over all of it.
const LONGEST: usize = 200;
/// Heads are followed at most so far: deeper trees are the parser's despair, not grammar.
const DEEP: usize = 60;

impl Mending<'_> {
    fn rel(&self, token: usize) -> Deprel {
        self.syntax.words[token].deprel
    }

    fn head(&self, token: usize) -> Option<usize> {
        self.syntax.words[token].head
    }

    fn pos(&self, token: usize) -> Upos {
        self.syntax.words[token].upos
    }

    fn tag(&self, token: usize) -> &'static str {
        self.syntax.words[token].xpos
    }

    fn lower(&self, token: usize) -> String {
        self.document.word(token).to_lowercase()
    }

    fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.clone().filter(move |t| self.head(*t) == Some(token))
    }

    fn has(&self, token: usize, rels: &[Deprel]) -> bool {
        self.children(token).any(|c| rels.contains(&self.rel(c)))
    }

    fn is_below(&self, token: usize, above: usize) -> bool {
        std::iter::successors(Some(token), |t| self.head(*t)).take(DEEP).any(|t| t == above)
    }

    fn is_finite_past(&self, token: usize) -> bool {
        self.pos(token) == Upos::Verb && matches!(self.tag(token), "VBD" | "VBN")
    }

    /// Hangs a token elsewhere, unless that would close a circle.
    fn hang(&mut self, token: usize, head: usize, rel: Deprel) {
        if token != head && !self.is_below(head, token) {
            (self.syntax.words[token].head, self.syntax.words[token].deprel) = (Some(head), rel);
        }
    }

    /// "Last year parliament rejected": the year is no part of the parliament.
    fn day_before_subject(&mut self) {
        for token in self.tokens.clone() {
            let dated = self.rel(token) == Deprel::Compound
                && matches!(self.lower(token).as_str(), "week" | "month" | "year" | "night" | "weekend")
                && self.children(token).any(|c| matches!(self.lower(c).as_str(), "last" | "next" | "this"));
            let Some(noun) = self.head(token).filter(|n| dated && *n == token + 1) else { continue };
            let subject = matches!(self.rel(noun), Deprel::Nsubj | Deprel::NsubjPass);
            if let Some(verb) = self.head(noun).filter(|v| subject && self.pos(*v) == Upos::Verb) {
                self.hang(token, verb, Deprel::OblUnmarked);
            }
        }
    }

    /// "300 million won": what is counted is no verb.
    fn money_as_verb(&mut self) {
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
    fn name_to_its_end(&mut self) {
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
    fn person_of_relative(&mut self) {
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
    fn relative_of_day(&mut self) {
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

    /// "A ferry carrying 90 people capsized, officials said": a verb of saying with two subjects and nothing said has lost
    /// the verb of what was said.
    fn told_main_clause(&mut self) {
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
    fn subject_behind_its_head(&mut self) {
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
    fn noun_beside_clause(&mut self) {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Model, Parser};
    use crate::lexicon::Data;

    /// The subject of a verb after mending.
    fn subject(text: &str, verb: &str) -> Option<String> {
        let document = Document::of(text);
        let words = Words::load(&Data::BuiltIn).expect("the lists load");
        let syntax = mend(&document, &words, Model::embedded().parse(&document));
        let verb = (0..syntax.words.len()).find(|t| document.word(*t) == verb)?;
        let found = (0..syntax.words.len()).find(|t| {
            syntax.words[*t].head == Some(verb) && matches!(syntax.words[*t].deprel, Deprel::Nsubj | Deprel::NsubjPass)
        })?;
        Some(document.word(found).to_owned())
    }

    #[test]
    fn a_participle_is_told_from_the_main_verb() {
        let text = "A crowded ferry carrying more than 120 people capsized on the lagoon late on Tuesday, killing at \
                    least 31 people, emergency officials said on Wednesday.";
        assert_eq!(subject(text, "capsized").as_deref(), Some("ferry"));
        assert_eq!(subject(text, "said").as_deref(), Some("officials"));
    }

    #[test]
    fn a_name_before_a_verb_is_its_subject() {
        let text = "Divers pulled 58 survivors from the water, but some 30 passengers were still missing, Ibrahim Musa \
                    of the rescue agency told reporters.";
        assert_eq!(subject(text, "told").as_deref(), Some("Ibrahim"));
    }

    #[test]
    fn a_noun_is_not_coordinated_with_a_verb() {
        let text = "Private pension funds had lobbied against the plan, and shares in Sura, which controls the largest \
                    of them, fell 4 percent on Friday.";
        assert_eq!(subject(text, "fell").as_deref(), Some("shares"));
    }

    #[test]
    fn whoever_is_right_stays_right() {
        assert_eq!(subject("\"We are ready,\" said the minister.", "said").as_deref(), Some("minister"));
        assert_eq!(subject("A man accused of fraud hanged himself on Friday.", "hanged").as_deref(), Some("man"));
        assert_eq!(subject("Police arrested the men and the women on Monday.", "arrested").as_deref(), Some("Police"));
    }
}
