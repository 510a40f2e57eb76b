//! Headlines: verbs that look like nouns.

use super::Mending;
use crate::language::{Deprel, Upos};

impl Mending<'_> {
    /// Whether a noun without an article may be a verb: one that rules know.
    fn may_be_verb(&self, token: usize) -> bool {
        let bare = !self.has(token, &[Deprel::Det, Deprel::NmodPoss, Deprel::Amod, Deprel::Nummod]);
        bare && matches!(self.pos(token), Upos::Noun | Upos::Adj)
            && !self.events.verb(&self.syntax.words[token].lemma.to_lowercase()).is_empty()
    }

    /// Makes a verb of what was taken for a noun: what stands behind it belongs to its clause.
    fn make_verb(&mut self, token: usize, tag: &'static str) {
        let word = &mut self.syntax.words[token];
        (word.upos, word.xpos) = (Upos::Verb, tag);
        let behind: Vec<usize> = self.children(token).filter(|c| *c > token && self.rel(*c) == Deprel::Nmod).collect();
        behind.into_iter().for_each(|c| self.hang(c, token, Deprel::Obl));
    }

    /// "Tens of thousands march in Belgrade": a headline without a verb has one behind its first plural, if what stands
    /// there may be one.
    pub(super) fn verb_of_headline(&mut self) {
        let end = self.tokens.clone().skip(1).find(|t| self.lower(*t) == "as").unwrap_or(self.tokens.end);
        let segment = self.tokens.start..end;
        if segment.clone().any(|t| matches!(self.pos(t), Upos::Verb | Upos::Aux)) {
            return;
        }
        let Some(root) = segment.clone().find(|t| self.head(*t).is_none()) else { return };
        let lost = |t: &usize| {
            let before = *t - 1;
            let next = (*t + 1 < end).then(|| self.pos(*t + 1));
            // "Gunmen free 60 inmates".
            let counts = self.pos(*t) == Upos::Adj && next == Some(Upos::Num);
            let open = counts || self.pos(*t) == Upos::Noun && next.is_none_or(|n| n == Upos::Adp);
            matches!(self.tag(*t), "NN" | "JJ")
                && self.tag(before) == "NNS"
                && self.is_below(before, root)
                && open
                && self.may_be_verb(*t)
        };
        let Some(verb) = segment.skip(1).find(lost) else { return };
        let behind: Vec<usize> = self.children(root).filter(|c| *c > verb).collect();
        (self.syntax.words[verb].head, self.syntax.words[verb].deprel) = (None, Deprel::Root);
        self.hang(root, verb, Deprel::Nsubj);
        behind
            .into_iter()
            .for_each(|c| self.hang(c, verb, if self.rel(c) == Deprel::Nmod { Deprel::Obl } else { self.rel(c) }));
        self.make_verb(verb, "VBP");
    }

    /// "as opposition calls for a vote": behind "as" a headline has a clause.
    pub(super) fn verb_behind_as(&mut self) {
        let Some(mark) = self.tokens.clone().skip(1).find(|t| self.lower(*t) == "as") else { return };
        let Some(noun) = self.head(mark).filter(|n| self.rel(mark) == Deprel::Case && *n > mark + 1) else { return };
        let Some(above) = self.head(noun) else { return };
        let clause = (mark..self.tokens.end).any(|t| matches!(self.pos(t), Upos::Verb | Upos::Aux));
        let subject = self.children(noun).filter(|c| self.rel(*c) == Deprel::Compound && *c > mark).last();
        let open = noun + 1 < self.tokens.end && self.pos(noun + 1) == Upos::Adp;
        let Some(subject) = subject.filter(|_| !clause && open && self.tag(noun) == "NNS" && self.may_be_verb(noun))
        else {
            return;
        };
        let before: Vec<usize> = self.children(noun).filter(|c| *c > mark && *c < noun && *c != subject).collect();
        before.into_iter().for_each(|c| self.hang(c, subject, self.rel(c)));
        self.make_verb(noun, "VBZ");
        self.hang(subject, noun, Deprel::Nsubj);
        self.hang(mark, noun, Deprel::Mark);
        self.hang(noun, above, Deprel::Advcl);
    }
}
