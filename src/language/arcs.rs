//! The features of the parser: what it sees before each move.

use super::atoms::Atom;
use super::hash::of_feature;
use super::syntax::Upos;
use super::transition::{NONE, State};

/// One word for the parser and the labeller: its surface and its tags.
#[derive(Clone, Copy, Debug, Default)]
pub struct Node {
    /// Hash of the lower-case form.
    pub word: u32,
    /// Class of the tagger.
    pub tag: u32,
    /// Universal part of speech, by number.
    pub upos: u32,
    /// Finest cluster.
    pub fine: u32,
    /// Cluster.
    pub cluster: u32,
    /// Coarse cluster.
    pub coarse: u32,
    /// Last three code points.
    pub suffix: u32,
    /// The punctuation right before it, 0 if there is none.
    pub before: u32,
}

impl Node {
    /// A word with its tags.
    pub fn new(atom: &Atom, tag: u8, upos: u8) -> Node {
        Node {
            word: atom.lower,
            tag: u32::from(tag),
            upos: u32::from(upos),
            fine: atom.fine,
            cluster: atom.cluster,
            coarse: atom.coarse,
            suffix: atom.suffixes[2],
            before: 0,
        }
    }

    const fn special(n: u32) -> Node {
        Node {
            word: n,
            tag: 0x200 + n,
            upos: 0x200 + n,
            fine: 0x1_0000 + n,
            cluster: 0x1_0000 + n,
            coarse: 0x1_0000 + n,
            suffix: n,
            before: 0,
        }
    }
}

/// No word at all.
pub const NO_NODE: Node = Node::special(2);
/// The root behind the last word.
pub const ROOT_NODE: Node = Node::special(3);

/// Whether a word is punctuation.
pub fn is_mark(node: &Node) -> bool {
    node.upos == Upos::Punct as u32
}

/// Fills in the punctuation right before each word.
pub fn read_marks(nodes: &mut [Node]) {
    let mut before = 0_u32;
    for node in nodes {
        node.before = before;
        before = if is_mark(node) { before.wrapping_mul(31).wrapping_add(node.word | 1) } else { 0 };
    }
}

/// The node of a word of the sentence, of the root, or of nothing.
pub fn node(nodes: &[Node], i: u32) -> &Node {
    match nodes.get(i as usize) {
        Some(node) => node,
        None if i == NONE => &NO_NODE,
        None => &ROOT_NODE,
    }
}

/// A distance in words as one of ten values.
pub fn distance(a: u32, b: u32) -> u32 {
    match a.abs_diff(b) {
        d @ 0..=5 => d,
        6..=7 => 6,
        8..=10 => 7,
        11..=20 => 8,
        _ => 9,
    }
}

/// Fills `keys` with the features of a state.
pub fn features(nodes: &[Node], state: &State, keys: &mut Vec<u64>) {
    keys.clear();
    let (i0, i1, i2) = (state.stack(0), state.stack(1), state.stack(2));
    let (j0, j1, j2) = (state.buffer(0), state.buffer(1), state.buffer(2));
    let n = |i: u32| node(nodes, i);
    let (s0, s1, s2, b0, b1, b2, b3) = (n(i0), n(i1), n(i2), n(j0), n(j1), n(j2), n(state.buffer(3)));
    let child = |i: u32, side: usize, k: usize| match state.children.get(i as usize) {
        Some(children) => n(if side == 0 { children.left[k] } else { children.right[k] }),
        None => &NO_NODE,
    };
    let count = |i: u32, side: usize| state.children.get(i as usize).map_or(9, |c| u32::from(c.count[side].min(4)));
    let (s0l, s0r, s0l2, s0r2) = (child(i0, 0, 0), child(i0, 1, 0), child(i0, 0, 1), child(i0, 1, 1));
    let (s1l, s1r, s1r2) = (child(i1, 0, 0), child(i1, 1, 0), child(i1, 1, 1));
    let grandchild = |i: u32| state.children.get(i as usize).map_or(&NO_NODE, |c| child(c.right[0], 0, 0));
    let (s0rl, s1rl) = (grandchild(i0), grandchild(i1));
    let (b0l, b0l2) = (child(j0, 0, 0), child(j0, 0, 1));
    let between = if i0 == NONE { 10 } else { distance(i0, j0) };
    let below = if i1 == NONE { 10 } else { distance(i1, i0) };
    let s0v = count(i0, 0) * 8 + count(i0, 1);
    let s1v = count(i1, 0) * 8 + count(i1, 1);
    let b0v = count(j0, 0);
    let mut template = 100;
    let mut push = |values: &[u32]| {
        keys.push(of_feature(template, values));
        template += 1;
    };
    push(&[]);
    // One word.
    for x in [s0, s1, b0] {
        push(&[x.word]);
        push(&[x.tag]);
        push(&[x.word, x.tag]);
        push(&[x.cluster]);
        push(&[x.cluster, x.tag]);
        push(&[x.fine, x.upos]);
        push(&[x.suffix, x.tag]);
    }
    for x in [b1, b2, s2] {
        push(&[x.word, x.tag]);
        push(&[x.tag]);
        push(&[x.cluster]);
    }
    push(&[b3.tag]);
    // Two words: each pair as words, tags and clusters.
    for (x, y) in [(s0, b0), (s1, s0), (s1, b0)] {
        push(&[x.word, y.word]);
        push(&[x.word, y.tag]);
        push(&[x.tag, y.word]);
        push(&[x.tag, y.tag]);
        push(&[x.word, x.tag, y.tag]);
        push(&[x.tag, y.word, y.tag]);
        push(&[x.cluster, y.cluster]);
        push(&[x.cluster, y.tag]);
        push(&[x.tag, y.cluster]);
        push(&[x.fine, y.tag]);
        push(&[x.tag, y.fine]);
        push(&[x.coarse, y.coarse, x.upos, y.upos]);
        push(&[x.word, y.cluster]);
        push(&[x.cluster, y.word]);
    }
    push(&[b0.tag, b1.tag]);
    push(&[b0.word, b1.tag]);
    push(&[b0.word, b1.word]);
    push(&[b0.cluster, b1.cluster]);
    push(&[s0.word, b1.word]);
    push(&[s0.tag, b1.tag]);
    push(&[s0.tag, b1.word]);
    push(&[s0.cluster, b1.cluster]);
    // Three and four words.
    push(&[s0.tag, b0.tag, b1.tag]);
    push(&[s0.word, b0.tag, b1.tag]);
    push(&[s0.tag, b0.word, b1.tag]);
    push(&[s0.tag, b0.tag, b1.tag, b2.tag]);
    push(&[b0.tag, b1.tag, b2.tag]);
    push(&[b0.upos, b1.upos, b2.upos, b3.upos]);
    push(&[s1.tag, s0.tag, b0.tag]);
    push(&[s1.word, s0.tag, b0.tag]);
    push(&[s1.tag, s0.word, b0.tag]);
    push(&[s1.tag, s0.tag, b0.word]);
    push(&[s1.tag, s0.tag, b0.tag, b1.tag]);
    push(&[s2.tag, s1.tag, s0.tag]);
    push(&[s2.upos, s1.upos, s0.upos, b0.upos, b1.upos]);
    push(&[s1.coarse, s0.coarse, b0.coarse]);
    push(&[s0.coarse, b0.coarse, b1.coarse]);
    // Punctuation between the phrases, and right before the words.
    let mark = |i: u32| n(state.edge(i)).before;
    let (m0, m1, m2, mb1) = (mark(i0), mark(i1), mark(j0), b1.before);
    push(&[m2, s0.tag]);
    push(&[m2, b0.tag]);
    push(&[m2, b0.word]);
    push(&[m2, s0.tag, b0.tag]);
    push(&[m2, s1.tag, s0.tag, b0.tag]);
    push(&[m2, mb1, s0.tag, b0.tag]);
    push(&[m0, s1.tag, s0.tag]);
    push(&[m0, s1.word, s0.upos]);
    push(&[m0, m2, s0.tag]);
    push(&[m0, m2, s1.tag, s0.tag, b0.tag]);
    push(&[m0, m2, m1, s1.upos, s0.upos, b0.upos]);
    push(&[mb1, s0.tag, b0.tag]);
    push(&[m1, m0, s1.tag, s0.tag]);
    push(&[m2, s0v, s0.tag, b0.tag]);
    // Coordination: the words on both sides of the conjunction.
    push(&[b0.word, m2, s0.tag, b1.tag]);
    push(&[b0.word, s1.tag, s0.tag, b1.tag]);
    push(&[b0.word, s1.upos, s0.upos, b1.upos, b2.upos]);
    push(&[b0.word, s0.cluster, b1.cluster]);
    push(&[b0.word, s1.cluster, b1.cluster]);
    push(&[s2.tag, s1.tag, s0.tag, b0.word]);
    push(&[s2.upos, s1.upos, s0.upos, b0.word, b1.upos]);
    // Where a preposition goes: the words before it, and the noun that it brings.
    push(&[s1.word, s0.tag, b0.word]);
    push(&[s1.cluster, s0.cluster, b0.word]);
    push(&[s0.word, b0.word, b1.tag]);
    push(&[s0.cluster, b0.word, b1.cluster]);
    push(&[s0.cluster, b0.word, b2.cluster]);
    push(&[s1.cluster, b0.word, b1.cluster]);
    push(&[s1.upos, s0.upos, b0.word, b2.upos]);
    push(&[s1.upos, s0.upos, b0.word, b1.word]);
    push(&[s0.upos, b0.word, b1.cluster]);
    push(&[s1.upos, s0.upos, b0.word, b1.cluster]);
    push(&[s1.upos, s0.cluster, b0.word]);
    push(&[s1.cluster, s0.upos, b0.word]);
    push(&[s1.word, s0.upos, b0.word, b1.upos]);
    push(&[s1.word, s0l.word, s0.cluster]);
    push(&[s1.tag, s0l.word, s0.tag]);
    // What hangs on the words already.
    push(&[s0.tag, s0l.tag, b0.tag]);
    push(&[s0.tag, s0r.tag, b0.tag]);
    push(&[s0.tag, s0l2.tag, s0l.tag, b0.upos]);
    push(&[s0.tag, s0r2.tag, s0r.tag, b0.upos]);
    push(&[s1.tag, s1l.tag, s0.tag]);
    push(&[s1.tag, s1r.tag, s0.tag]);
    push(&[s1.tag, s1r2.tag, s1r.tag, s0.upos]);
    push(&[s1.tag, s0.tag, s0l.tag]);
    push(&[s1.tag, s0.tag, s0r.tag]);
    push(&[s1.upos, s0.tag, s0r.tag, b0.tag]);
    push(&[s1.tag, s1r.tag, s1rl.word, s0.tag]);
    push(&[s1.word, s1r.tag, s1rl.tag, s0.upos]);
    push(&[s0.tag, s0r.tag, s0rl.word, b0.tag]);
    push(&[s0.word, s0r.tag, s0rl.tag, b0.upos]);
    push(&[s1.tag, s0.tag, s0l.word, s1r.tag]);
    push(&[s1.upos, s0.tag, s0l.tag, b0.tag]);
    push(&[s0.tag, b0.tag, b0l.tag]);
    push(&[s0.tag, b0.tag, b0l.tag, b0l2.tag]);
    push(&[s0.word, s0l.word]);
    push(&[s0.tag, s0l.word, b0.tag]);
    push(&[s0.tag, s0r.word, b0.tag]);
    push(&[s1.tag, s0.tag, s1r.word]);
    push(&[s0.tag, b0.tag, b0l.word]);
    // Distances and numbers of dependents.
    push(&[s0.word, between]);
    push(&[s0.tag, between]);
    push(&[b0.word, between]);
    push(&[b0.tag, between]);
    push(&[s0.tag, b0.tag, between]);
    push(&[s1.tag, s0.tag, below]);
    push(&[s1.word, below]);
    push(&[s0.word, s0v]);
    push(&[s0.tag, s0v, b0.tag]);
    push(&[s1.tag, s1v, s0.tag]);
    push(&[s1.word, s1v]);
    push(&[b0.tag, b0v, s0.tag]);
    push(&[b0.word, b0v]);
    push(&[s0.upos, s0v, s1.upos, s1v]);
}
