//! The features of the tagger: universal and Penn tags together, from left to right.

use super::atoms::Atom;
use super::hash::of_feature;

/// The atoms and the tags so far of one sentence.
pub struct View<'a> {
    /// The words.
    pub atoms: &'a [Atom],
    /// One for each token that has been tagged: class of the tagger.
    pub tags: &'a [u8],
}

const EDGE: Atom = Atom {
    form: 1,
    lower: 1,
    suffixes: [1; 4],
    prefixes: [1; 3],
    shape: 1,
    fine: 0xffff,
    cluster: 0xffff,
    coarse: 0xffff,
    flags: 0,
};

/// The atom some words before or after word `i`, or that of the edge of the sentence.
pub fn at(atoms: &[Atom], i: usize, offset: isize) -> &Atom {
    i.checked_add_signed(offset).and_then(|i| atoms.get(i)).unwrap_or(&EDGE)
}

/// Number of the feature of the form as written.
const FORM: u32 = 2;

/// Key of the feature that says that a form was seen, as written, inside a sentence.
pub fn form_key(atom: &Atom) -> u64 {
    of_feature(FORM, &[atom.form, 0])
}

/// Fills `keys` with the features of token `i`; tokens before it are tagged.
pub fn features(view: &View<'_>, i: usize, keys: &mut Vec<u64>) {
    keys.clear();
    let (a, b2, b1, n1, n2) = (
        at(view.atoms, i, 0),
        at(view.atoms, i, -2),
        at(view.atoms, i, -1),
        at(view.atoms, i, 1),
        at(view.atoms, i, 2),
    );
    let tag = |back: usize| i.checked_sub(back).and_then(|i| view.tags.get(i)).map_or(255, |&t| u32::from(t));
    let (t1, t2) = (tag(1), tag(2));
    let first = u32::from(i == 0);
    let mut template = 0;
    let mut push = |values: &[u32]| {
        keys.push(of_feature(template, values));
        template += 1;
    };
    push(&[]);
    push(&[a.lower]);
    push(&[a.form, first]);
    push(&[a.suffixes[0]]);
    push(&[a.suffixes[1]]);
    push(&[a.suffixes[2]]);
    push(&[a.suffixes[3]]);
    push(&[a.prefixes[0]]);
    push(&[a.prefixes[1]]);
    push(&[a.prefixes[2]]);
    push(&[a.shape, first]);
    push(&[a.cluster]);
    push(&[a.fine]);
    push(&[a.fine, t1]);
    push(&[n1.fine]);
    push(&[b1.fine]);
    push(&[a.coarse, a.shape]);
    push(&[a.flags, first, b1.flags, n1.flags]);
    push(&[t1]);
    push(&[t1, t2]);
    push(&[t1, a.lower]);
    push(&[t1, t2, a.lower]);
    push(&[t1, a.suffixes[2]]);
    push(&[t1, a.cluster]);
    push(&[t1, n1.cluster]);
    push(&[t1, n1.lower]);
    push(&[b1.lower]);
    push(&[b1.lower, a.lower]);
    push(&[b1.lower, a.suffixes[1]]);
    push(&[b2.lower]);
    push(&[n1.lower]);
    push(&[a.lower, n1.lower]);
    push(&[n2.lower]);
    push(&[n1.suffixes[1]]);
    push(&[n1.suffixes[2]]);
    push(&[n1.cluster]);
    push(&[a.lower, n1.cluster]);
    push(&[a.cluster, n1.cluster]);
    push(&[b1.cluster, a.cluster]);
    push(&[a.coarse, n1.coarse, n2.coarse]);
    push(&[t1, a.coarse, n1.coarse]);
    push(&[n1.shape, a.shape]);
    push(&[n2.cluster]);
    push(&[b1.suffixes[2], t1]);
    push(&[a.suffixes[2], n1.lower]);
    push(&[n1.coarse, n2.coarse, a.suffixes[1]]);
}
