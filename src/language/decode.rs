//! From a sentence to its tags, heads, labels, lemmas and names.

use std::borrow::Cow;

use super::atoms::Atom;
use super::case::Spelling;
use super::coref::Net;
use super::model::{Model, UNKNOWN_ROW, word_key};
use super::names;
use super::neural::{self, Given, LONGEST};
use super::syntax::{Deprel, Parser, Syntax, Upos, Word};
use super::verb;
use super::vote;
use crate::text::Document;

/// Words that are enough to be read together; there are at most [`LONGEST`] more.
const TOGETHER: usize = 384;

/// Sentences that wait to be read together.
#[derive(Default)]
struct Desk<'w> {
    words: Vec<Cow<'w, str>>,
    /// Length of each piece, and whether it begins a sentence.
    pieces: Vec<(usize, bool)>,
    lengths: Vec<usize>,
    atoms: Vec<Atom>,
    network: neural::Desk,
    /// Root of the sentence that the next piece may go on with.
    root: Option<usize>,
}

impl Model<'_> {
    fn tag_class(&self, class: u8) -> (&'static str, Upos) {
        self.tag_classes.get(usize::from(class)).copied().unwrap_or(("NN", Upos::Noun))
    }

    /// Whether the training data have a word inside a sentence in lower case, but not with a capital.
    fn is_common(&self, word: &str) -> bool {
        self.words.get(word_key(Atom::of(word).lower)).is_some_and(|payload| payload & 3 == 1)
    }

    /// Adds a sentence, piece by piece; reads those that wait when there are enough, so that room does not grow with the
    /// sentence.
    fn add<'w>(&self, words: Vec<Cow<'w, str>>, desk: &mut Desk<'w>, syntax: &mut Syntax) {
        let lengths = piece_lengths(&words);
        let mut words = words.into_iter();
        for (i, length) in lengths.into_iter().enumerate() {
            desk.pieces.push((length, i == 0));
            desk.words.extend(words.by_ref().take(length));
            if desk.words.len() >= TOGETHER {
                self.flush(desk, syntax);
            }
        }
    }

    /// Reads the sentences that wait.
    fn flush(&self, desk: &mut Desk<'_>, syntax: &mut Syntax) {
        desk.atoms.clear();
        let before = std::iter::once("").chain(desk.words.iter().map(AsRef::as_ref));
        desk.atoms.extend(desk.words.iter().zip(before).map(|(word, before)| Atom::of(shown(word, before))));
        desk.lengths.clear();
        desk.lengths.extend(desk.pieces.iter().map(|(length, _)| length));
        if let Some(network) = &self.network {
            let row = |atom: &Atom| self.words.get(word_key(atom.lower)).map_or(UNKNOWN_ROW, |p| p >> 2);
            let rows = desk.atoms.iter().map(row);
            let given = Given { lengths: &desk.lengths, atoms: &desk.atoms, rows, root: self.root };
            network.analyse(given, &mut desk.network);
        } else {
            let found = &mut desk.network;
            found.heads = desk.lengths.iter().flat_map(|&n| (0..n as u32).map(|i| i.min(1))).collect();
            [found.tags, found.labels, found.names] = [(); 3].map(|()| vec![0; desk.words.len()]);
        }
        let mut start = 0;
        for &(length, begins) in &desk.pieces {
            if begins {
                desk.root = None;
            }
            self.take_over(&desk.words[start..start + length], start, &desk.network, &mut desk.root, syntax);
            start += length;
        }
        desk.words.clear();
        desk.pieces.clear();
    }

    /// Writes what the network says of a piece of a sentence. The root of a later piece hangs on that of the first.
    fn take_over(
        &self,
        words: &[Cow<'_, str>],
        start: usize,
        found: &neural::Desk,
        root: &mut Option<usize>,
        syntax: &mut Syntax,
    ) {
        let first = syntax.words.len();
        let range = start..start + words.len();
        let (tags, heads) = (&found.tags[range.clone()], &found.heads[range.clone()]);
        let (labels, parts) = (&found.labels[range.clone()], &found.names[range]);
        let known = syntax.names.len();
        names::spans(parts, first, &mut syntax.names);
        let tag = |i: usize| self.tag_class(tags[i]);
        // A name that runs on into the sentence ends where it can.
        for name in &mut syntax.names[known..] {
            while name.tokens.len() > 1 && !ends_names(tag(name.tokens.end - 1 - first).1) {
                name.tokens.end -= 1;
            }
        }
        for (i, word) in words.iter().enumerate() {
            let (xpos, upos) = tag(i);
            // "froze" is no third person.
            let past = xpos == "VBZ" && verb::irregular(&word.to_lowercase()).is_some();
            let xpos = if past { "VBD" } else { xpos };
            let label = self.label_classes.get(usize::from(labels[i])).copied();
            let head = heads[i].checked_sub(1).map(|h| first + h as usize);
            let (head, deprel) = match (head, *root) {
                (Some(head), _) => (Some(head), label.unwrap_or(Deprel::Dep)),
                (None, Some(root)) => (Some(root), Deprel::Parataxis),
                (None, None) => {
                    *root = Some(first + i);
                    (None, Deprel::Root)
                }
            };
            syntax.words.push(Word {
                lemma: self.lemmas.lemma(word, u32::from(tags[i]), xpos, upos == Upos::Propn),
                upos,
                xpos,
                head,
                deprel,
            });
        }
    }

    /// Tags, heads and names of sentences that are given as their words; heads count over all sentences.
    pub fn sentences<'w>(&self, sentences: impl IntoIterator<Item = Vec<&'w str>>) -> Syntax {
        let (mut desk, mut syntax) = (Desk::default(), Syntax::default());
        for words in sentences {
            self.add(words.into_iter().map(Cow::Borrowed).collect(), &mut desk, &mut syntax);
        }
        self.flush(&mut desk, &mut syntax);
        syntax
    }
}

/// What the network sees of a word. Of all marks of eras it knows "BCE" best, and takes others for first names: "45 BC
/// Caesar".
fn shown<'w>(word: &'w str, before: &str) -> &'w str {
    let era = matches!(word, "BC" | "B.C." | "B.C.E." | "AD" | "A.D." | "CE" | "C.E.");
    let counted = || !before.is_empty() && before.bytes().all(|b| b.is_ascii_digit()) || before == "century";
    if era && counted() { "BCE" } else { word }
}

/// Lengths of the pieces in which the network can read a sentence; a piece ends after punctuation if it can.
fn piece_lengths<W: AsRef<str>>(words: &[W]) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let mut length = rest.len();
        if length > LONGEST {
            let is_mark = |word: &W| word.as_ref().chars().all(|c| !c.is_alphanumeric());
            length = (LONGEST / 2..LONGEST).rev().find(|&i| is_mark(&rest[i])).map_or(LONGEST, |i| i + 1);
        }
        lengths.push(length);
        rest = &rest[length..];
    }
    lengths
}

/// Whether a name can end with this part of speech.
fn ends_names(upos: Upos) -> bool {
    use Upos::{Adp, Adv, Aux, Cconj, Det, Pron, Punct, Sconj, Verb};
    !matches!(upos, Adp | Adv | Aux | Cconj | Det | Pron | Punct | Sconj | Verb)
}

impl Parser for Model<'_> {
    fn parse(&self, document: &Document<'_>) -> Syntax {
        let spelling = Spelling::of(document);
        let (mut desk, mut syntax) = (Desk::default(), Syntax::default());
        for number in 0..document.sentences.len() {
            let words = spelling.words(document, number, |lower, _| self.is_common(lower));
            self.add(words, &mut desk, &mut syntax);
        }
        self.flush(&mut desk, &mut syntax);
        vote::agree(document, &mut syntax);
        syntax.chains = Net::embedded().resolve(document, &syntax);
        syntax
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_read_in_pieces() {
        let mut words = vec!["word"; 3 * LONGEST];
        words[100] = ",";
        assert_eq!(piece_lengths(&words), [101, LONGEST, LONGEST, 3 * LONGEST - 101 - 2 * LONGEST]);
        assert_eq!(piece_lengths(&words[..LONGEST]), [LONGEST]);
        assert!(piece_lengths::<&str>(&[]).is_empty());
    }
}
