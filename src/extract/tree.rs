use std::ops::Range;

use crate::language::{Chain, Deprel, Name, Syntax, Upos};
use crate::model::Span;
use crate::text::Document;

/// A document with its syntax, and the way down from heads to their dependents.
pub struct Tree<'a> {
    /// The document.
    pub document: &'a Document<'a>,
    syntax: &'a Syntax,
    /// Where the dependents of each token start in `dependents`; one more at the end.
    starts: Vec<u32>,
    dependents: Vec<u32>,
    /// The name that each token belongs to, from 1; 0 if none.
    names: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Reads the dependents off the heads.
    pub fn new(document: &'a Document<'a>, syntax: &'a Syntax) -> Tree<'a> {
        let count = syntax.words.len();
        let mut starts = vec![0u32; count + 2];
        for word in &syntax.words {
            if let Some(head) = word.head {
                starts[head + 2] += 1;
            }
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut dependents = vec![0u32; count];
        for (i, word) in syntax.words.iter().enumerate() {
            if let Some(head) = word.head {
                dependents[starts[head + 1] as usize] = i as u32;
                starts[head + 1] += 1;
            }
        }
        starts.pop();
        let mut names = vec![0u32; count];
        for (number, name) in syntax.names.iter().enumerate() {
            for token in name.tokens.clone() {
                names[token] = number as u32 + 1;
            }
        }
        Tree { document, syntax, starts, dependents, names }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.syntax.words.len()
    }

    /// Whether a verb, or what the tagger took for something else, follows "to": "is due to open".
    pub fn is_infinitive(&self, token: usize) -> bool {
        self.with_rel(token, &[Deprel::Mark]).any(|m| self.lower(m) == "to")
    }

    /// The heads of the mentions before a token that speak of the same thing, nearest first.
    pub fn antecedents(&self, token: usize) -> Vec<usize> {
        let speaks = |c: &&Chain| c.mentions.iter().any(|m| m.head == token && m.tokens.len() == 1);
        let Some(chain) = self.syntax.chains.iter().find(speaks) else { return Vec::new() };
        let mut before: Vec<usize> = chain.mentions.iter().map(|m| m.head).filter(|h| *h < token).collect();
        before.sort_unstable_by(|a, b| b.cmp(a));
        before
    }

    /// The dependents of a token, in the order of the text.
    pub fn dependents(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.starts[token] as usize..self.starts[token + 1] as usize;
        self.dependents[range].iter().map(|d| *d as usize)
    }

    /// The dependents with one of these relations.
    pub fn with_rel<'s>(&'s self, token: usize, rels: &'s [Deprel]) -> impl DoubleEndedIterator<Item = usize> + 's {
        self.dependents(token).filter(move |d| rels.contains(&self.rel(*d)))
    }

    /// The first dependent with one of these relations.
    pub fn first(&self, token: usize, rels: &[Deprel]) -> Option<usize> {
        self.dependents(token).find(|d| rels.contains(&self.rel(*d)))
    }

    /// The head; `None` for the root of a sentence.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.syntax.words[token].head
    }

    /// Relation to the head.
    pub fn rel(&self, token: usize) -> Deprel {
        self.syntax.words[token].deprel
    }

    /// Universal part of speech.
    pub fn pos(&self, token: usize) -> Upos {
        self.syntax.words[token].upos
    }

    /// Penn Treebank tag.
    pub fn tag(&self, token: usize) -> &'static str {
        self.syntax.words[token].xpos
    }

    /// Dictionary form as the model gives it.
    pub fn lemma(&self, token: usize) -> &str {
        &self.syntax.words[token].lemma
    }

    /// The word as it stands in the text.
    pub fn word(&self, token: usize) -> &'a str {
        self.document.word(token)
    }

    /// The word in small letters.
    pub fn lower(&self, token: usize) -> String {
        self.word(token).to_lowercase()
    }

    /// The name that a token belongs to; tokens after the last belong to none.
    pub fn name(&self, token: usize) -> Option<&'a Name> {
        self.names.get(token)?.checked_sub(1).map(|n| &self.syntax.names[n as usize])
    }

    /// The token of a range whose head lies outside it.
    pub fn head_of_range(&self, range: Range<usize>) -> usize {
        let outside = |t: &usize| self.head(*t).is_none_or(|h| !range.contains(&h));
        range.clone().find(outside).unwrap_or(range.start)
    }

    /// The preposition that a nominal depends by, in small letters: "in", "according to".
    pub fn case(&self, token: usize) -> Option<String> {
        let case = self.first(token, &[Deprel::Case])?;
        let fixed: Vec<String> = self.with_rel(case, &[Deprel::Fixed]).map(|f| self.lower(f)).collect();
        let mut words = self.lower(case);
        for word in fixed {
            words.push(' ');
            words.push_str(&word);
        }
        Some(words)
    }

    /// The tokens from the first to the last of a subtree, not going down the relations of `without`. The walk goes down
    /// at most to depth 40: deeper trees are the parser's despair, not grammar.
    pub fn extent(&self, token: usize, without: &[Deprel]) -> Range<usize> {
        let (mut low, mut high) = (token, token);
        let mut stack = vec![(token, 0)];
        while let Some((node, depth)) = stack.pop() {
            low = low.min(node);
            high = high.max(node);
            if depth < 40 {
                let down = self.dependents(node).filter(|d| !without.contains(&self.rel(*d)));
                stack.extend(down.map(|d| (d, depth + 1)));
            }
        }
        low..high + 1
    }

    /// The noun phrase of a nominal head: determiners, modifiers and complements, without its preposition, coordinated
    /// phrases, appositions and clauses.
    pub fn phrase(&self, token: usize) -> Range<usize> {
        let (mut low, mut high) = (token, token);
        for child in self.dependents(token).filter(|d| !OUTSIDE_PHRASE.contains(&self.rel(*d))) {
            let part = self.extent(child, CLAUSES);
            low = low.min(part.start);
            high = high.max(part.end - 1);
        }
        low..high + 1
    }

    /// The bytes of the noun phrase of a nominal head.
    pub fn phrase_span(&self, token: usize) -> Span {
        self.document.span_of(self.phrase(token))
    }

    /// The token itself, then its heads up to the root of the sentence.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), |t| self.head(*t)).take(200)
    }

    /// Whether a token has this dictionary form, or stands in the text like that.
    pub fn matches(&self, token: usize, lemma: &str) -> bool {
        self.lemma(token) == lemma || self.word(token).eq_ignore_ascii_case(lemma)
    }
}

/// Relations that lead out of a noun phrase.
const OUTSIDE_PHRASE: &[Deprel] = &[
    Deprel::Case,
    Deprel::Cc,
    Deprel::CcPreconj,
    Deprel::Conj,
    Deprel::Punct,
    Deprel::Appos,
    Deprel::Acl,
    Deprel::AclRelcl,
    Deprel::Advcl,
    Deprel::AdvclRelcl,
    Deprel::Parataxis,
    Deprel::Mark,
    Deprel::Nsubj,
    Deprel::NsubjPass,
    Deprel::NsubjOuter,
    Deprel::Csubj,
    Deprel::Cop,
    Deprel::Aux,
    Deprel::AuxPass,
    Deprel::Ccomp,
    Deprel::Xcomp,
    Deprel::Advmod,
    Deprel::Obl,
    Deprel::OblUnmarked,
    Deprel::Orphan,
    Deprel::List,
    Deprel::Dislocated,
    Deprel::Discourse,
    Deprel::Vocative,
    Deprel::Dep,
    Deprel::Expl,
];

/// Relations that open a clause.
pub const CLAUSES: &[Deprel] = &[
    Deprel::Acl,
    Deprel::AclRelcl,
    Deprel::Advcl,
    Deprel::AdvclRelcl,
    Deprel::Ccomp,
    Deprel::Xcomp,
    Deprel::Csubj,
    Deprel::CsubjOuter,
    Deprel::CsubjPass,
    Deprel::Parataxis,
    Deprel::Appos,
    Deprel::Punct,
];
