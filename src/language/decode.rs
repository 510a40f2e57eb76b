//! From a sentence to its tags, heads, labels, lemmas and names.

use super::arcs::{self, Node};
use super::atoms::Atom;
use super::case::Spelling;
use super::coref::Net;
use super::labels::{self, Tree};
use super::linear::{CLASSES, best};
use super::model::Model;
use super::names;
use super::syntax::{Deprel, Parser, Syntax, Upos, Word};
use super::tagger;
use super::transition::{MOVES, State};
use super::vote;
use crate::text::Document;

/// Buffers for one sentence after the other.
#[derive(Default)]
struct Desk {
    atoms: Vec<Atom>,
    tags: Vec<u8>,
    nodes: Vec<Node>,
    state: State,
    tree: Tree,
    names: Vec<u8>,
    keys: Vec<u64>,
}

impl Model<'_> {
    /// Fills in the atoms of the words.
    fn read_words<'w>(&self, words: impl Iterator<Item = &'w str>, desk: &mut Desk) {
        desk.atoms.clear();
        desk.atoms.extend(words.map(|word| Atom::of(word, self.clusters)));
    }

    fn tag(&self, desk: &mut Desk) {
        desk.tags.clear();
        desk.nodes.clear();
        let classes = self.tag_classes.len().min(CLASSES);
        for i in 0..desk.atoms.len() {
            tagger::features(&tagger::View { atoms: &desk.atoms, tags: &desk.tags }, i, &mut desk.keys);
            let mut scores = [0; CLASSES];
            self.tags.add(&desk.keys, &mut scores);
            let class = best(&scores[..classes], |_| true).unwrap_or_default() as u8;
            desk.tags.push(class);
            let upos = self.tag_class(class).1;
            desk.nodes.push(Node::new(&desk.atoms[i], class, upos as u8));
        }
        arcs::read_marks(&mut desk.nodes);
    }

    fn tag_class(&self, class: u8) -> (&'static str, Upos) {
        self.tag_classes.get(usize::from(class)).copied().unwrap_or(("NN", Upos::Noun))
    }

    fn attach(&self, desk: &mut Desk) {
        desk.state.reset(desk.nodes.len());
        while !desk.state.is_done() {
            arcs::features(&desk.nodes, &desk.state, &mut desk.keys);
            let scores = self.moves.score(&desk.keys);
            let Some(step) = best(&scores, |k| desk.state.allows(MOVES[k])) else { break };
            desk.state.apply(MOVES[step]);
        }
    }

    fn label(&self, desk: &mut Desk) {
        desk.tree.reset(&desk.state.heads);
        let classes = self.label_classes.len().min(CLASSES);
        let length = desk.nodes.len();
        let mark = self.label_classes.iter().position(|&label| label == Deprel::Punct);
        for k in 0..length {
            let Some(&i) = desk.tree.order.get(k) else { break };
            if let Some(mark) = mark
                && arcs::is_mark(&desk.nodes[i as usize])
                && (desk.tree.heads[i as usize] as usize) < length
            {
                desk.tree.labels[i as usize] = mark as u8;
                continue;
            }
            labels::features(&desk.nodes, &desk.tree, i, &mut desk.keys);
            let mut scores = [0; CLASSES];
            self.labels.add(&desk.keys, &mut scores);
            let below_root = desk.tree.heads[i as usize] as usize >= length;
            let allowed = |class: usize| (self.label_classes[class] == Deprel::Root) == below_root;
            let class = best(&scores[..classes], allowed).unwrap_or_default() as u8;
            desk.tree.labels[i as usize] = class;
        }
    }

    fn name(&self, desk: &mut Desk) {
        desk.names.clear();
        let length = desk.atoms.len();
        for i in 0..length {
            let class = |back: usize| i.checked_sub(back).map_or(names::EDGE, |i| desk.names[i]);
            let (one, two) = (class(1), class(2));
            names::features(&desk.atoms, &desk.nodes, [one, two], i, &mut desk.keys);
            let mut scores = [0; CLASSES];
            self.names.add(&desk.keys, &mut scores);
            let before = if i == 0 { names::OUTSIDE } else { one };
            let allowed = |class: usize| names::follows(before, class as u8, i + 1 == length);
            desk.names.push(best(&scores[..names::CLASSES], allowed).unwrap_or_default() as u8);
        }
    }

    /// The atom of a word.
    pub fn atom(&self, word: &str) -> Atom {
        Atom::of(word, self.clusters)
    }

    /// The tagged words of one sentence.
    pub fn nodes(&self, atoms: &[Atom]) -> Vec<Node> {
        let mut desk = Desk { atoms: atoms.to_vec(), ..Desk::default() };
        self.tag(&mut desk);
        desk.nodes
    }

    /// Head and label of each word of one sentence; the head of the root is the number of words.
    pub fn tree(&self, words: &[&str]) -> Vec<(usize, Deprel)> {
        let mut desk = Desk::default();
        self.read_words(words.iter().copied(), &mut desk);
        self.tag(&mut desk);
        self.attach(&mut desk);
        self.label(&mut desk);
        let label = |class: u8| self.label_classes.get(usize::from(class)).copied().unwrap_or(Deprel::Dep);
        desk.tree.heads.iter().zip(&desk.tree.labels).map(|(&head, &class)| (head as usize, label(class))).collect()
    }

    /// One sentence whose first token is `first`.
    fn sentence(&self, words: &[&str], first: usize, desk: &mut Desk, syntax: &mut Syntax) {
        self.read_words(words.iter().copied(), desk);
        self.tag(desk);
        self.attach(desk);
        self.label(desk);
        self.name(desk);
        let known = syntax.names.len();
        names::spans(&desk.names, first, &mut syntax.names);
        // A name that was begun and not ended in time ran on into the sentence.
        for name in &mut syntax.names[known..] {
            while name.tokens.len() > 1 && !ends_names(self.tag_class(desk.tags[name.tokens.end - 1 - first]).1) {
                name.tokens.end -= 1;
            }
        }
        for (i, word) in words.iter().enumerate() {
            let (xpos, upos) = self.tag_class(desk.tags[i]);
            let head = desk.tree.heads.get(i).map_or(words.len(), |&h| h as usize);
            let root = head >= words.len();
            let label = self.label_classes.get(usize::from(desk.tree.labels[i])).copied();
            syntax.words.push(Word {
                lemma: self.lemmas.lemma(word, u32::from(desk.tags[i]), xpos, upos == Upos::Propn),
                upos,
                xpos,
                head: (!root).then_some(first + head),
                deprel: if root { Deprel::Root } else { label.unwrap_or(Deprel::Dep) },
            });
        }
    }

    /// Tags, heads and names of sentences that are given as their words; heads count over all sentences.
    pub fn sentences<'w>(&self, sentences: impl IntoIterator<Item = Vec<&'w str>>) -> Syntax {
        let (mut desk, mut syntax) = (Desk::default(), Syntax::default());
        for words in sentences {
            let first = syntax.words.len();
            self.sentence(&words, first, &mut desk, &mut syntax);
        }
        syntax
    }
}

/// Whether a name can end with this part of speech.
fn ends_names(upos: Upos) -> bool {
    use Upos::{Adp, Adv, Aux, Cconj, Det, Pron, Punct, Sconj, Verb};
    !matches!(upos, Adp | Adv | Aux | Cconj | Det | Pron | Punct | Sconj | Verb)
}

impl Parser for Model<'_> {
    fn parse(&self, document: &Document<'_>) -> Syntax {
        let spelling = Spelling::of(document);
        let known = |word: &str| self.tags.knows(tagger::form_key(&self.atom(word)));
        let common = |lower: &str, title: &str| known(lower) && !known(title);
        let (mut desk, mut syntax) = (Desk::default(), Syntax::default());
        for number in 0..document.sentences.len() {
            let words = spelling.words(document, number, common);
            let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
            let first = syntax.words.len();
            self.sentence(&words, first, &mut desk, &mut syntax);
        }
        vote::agree(document, &mut syntax);
        syntax.chains = Net::embedded().resolve(document, &syntax);
        syntax
    }
}
