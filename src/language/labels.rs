//! The features of the labeller, which names each arc when the whole tree is known.

use super::arcs::{Node, distance, node};
use super::hash::of_feature;
use super::transition::NONE;

/// A finished tree with the labels found so far.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Head of each word, the number of words for the root.
    pub heads: Vec<u32>,
    /// First and last dependent of each word and of the root, and the next one on the same head.
    first: Vec<u32>,
    last: Vec<u32>,
    next: Vec<u32>,
    before: Vec<u32>,
    /// Label of each word, as a class of the labeller; `UNLABELLED` until known.
    pub labels: Vec<u8>,
    /// Every word, dependents before their heads.
    pub order: Vec<u32>,
}

/// No label yet.
pub const UNLABELLED: u8 = u8::MAX;

impl Tree {
    /// Takes over the heads of a parse; every head is a word of the sentence or its length.
    pub fn reset(&mut self, heads: &[u32]) {
        let n = heads.len();
        self.heads.clear();
        self.heads.extend_from_slice(heads);
        for list in [&mut self.first, &mut self.last] {
            list.clear();
            list.resize(n + 1, NONE);
        }
        for list in [&mut self.next, &mut self.before] {
            list.clear();
            list.resize(n, NONE);
        }
        self.labels.clear();
        self.labels.resize(n, UNLABELLED);
        for (i, &head) in heads.iter().enumerate() {
            let (i, head) = (i as u32, (head as usize).min(n));
            match self.last[head] {
                NONE => self.first[head] = i,
                last => {
                    self.next[last as usize] = i;
                    self.before[i as usize] = last;
                }
            }
            self.last[head] = i;
        }
        // Heads first, the last dependents first; turned round, dependents come before heads.
        self.order.clear();
        let mut at = 0;
        let mut child = self.last[n];
        while child != NONE {
            self.order.push(child);
            child = self.before[child as usize];
        }
        while at < self.order.len() {
            let mut child = self.last[self.order[at] as usize];
            while child != NONE {
                self.order.push(child);
                child = self.before[child as usize];
            }
            at += 1;
        }
        self.order.reverse();
    }

    /// The dependents of a word, in order.
    pub fn children(&self, head: u32) -> impl Iterator<Item = u32> + '_ {
        let mut child = self.first.get(head as usize).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let found = (child != NONE).then_some(child)?;
            child = self.next[found as usize];
            Some(found)
        })
    }

    fn label(&self, i: u32) -> u32 {
        self.labels.get(i as usize).map_or(254, |&l| u32::from(l))
    }
}

/// Dependents of one word that the features look at; keeps the whole linear.
const CHILDREN_SEEN: usize = 12;

/// Fills `keys` with the features of the arc above word `i`.
pub fn features(nodes: &[Node], tree: &Tree, i: u32, keys: &mut Vec<u64>) {
    keys.clear();
    let head = tree.heads.get(i as usize).copied().unwrap_or(NONE);
    let n = |i: u32| node(nodes, i);
    let (d, h) = (n(i), n(head));
    let grand = tree.heads.get(head as usize).copied().unwrap_or(NONE);
    let g = n(grand);
    let side = u32::from(i > head) + 2 * u32::from(head as usize == nodes.len());
    let far = distance(i, head);
    let near = |offset: i64| n(u32::try_from(i64::from(i) + offset).unwrap_or(NONE));
    let around = |offset: i64| {
        if head as usize >= nodes.len() {
            &super::arcs::NO_NODE
        } else {
            n(u32::try_from(i64::from(head) + offset).unwrap_or(NONE))
        }
    };
    let first = tree.first.get(i as usize).copied().unwrap_or(NONE);
    let last = tree.last.get(i as usize).copied().unwrap_or(NONE);
    let (fc, lc) = (n(first), n(last));
    let before = tree.before.get(i as usize).copied().unwrap_or(NONE);
    let after = tree.next.get(i as usize).copied().unwrap_or(NONE);
    let (bs, ns) = (n(before), n(after));
    let (bl, fl) = (tree.label(before), tree.label(first));
    let mut template = 300;
    let mut push = |values: &[u32]| {
        keys.push(of_feature(template, values));
        template += 1;
    };
    push(&[side]);
    push(&[side, d.word]);
    push(&[side, d.tag]);
    push(&[side, h.word]);
    push(&[side, h.tag]);
    push(&[side, d.tag, h.tag]);
    push(&[side, d.word, h.tag]);
    push(&[side, d.tag, h.word]);
    push(&[side, d.word, h.word]);
    push(&[side, d.cluster, h.tag]);
    push(&[side, d.tag, h.cluster]);
    push(&[side, d.cluster, h.cluster]);
    push(&[side, d.coarse, h.coarse, d.upos, h.upos]);
    push(&[side, d.cluster, h.word]);
    push(&[side, d.fine, h.tag]);
    push(&[side, d.tag, h.fine]);
    push(&[side, d.fine, fc.word]);
    push(&[side, d.word, h.cluster]);
    push(&[side, d.suffix, h.tag]);
    push(&[side, d.tag, h.suffix]);
    push(&[side, far, d.tag, h.tag]);
    push(&[side, d.tag, h.tag, near(-1).tag]);
    push(&[side, d.tag, h.tag, near(1).tag]);
    push(&[side, d.tag, h.tag, around(-1).tag]);
    push(&[side, d.tag, h.tag, around(1).tag]);
    push(&[side, d.tag, near(-1).word]);
    push(&[side, d.tag, near(1).word]);
    push(&[side, d.tag, h.upos, near(-1).tag, near(1).tag]);
    push(&[side, d.tag, h.tag, g.tag]);
    push(&[side, d.upos, h.upos, g.word]);
    push(&[side, d.upos, h.word, g.upos]);
    // Its own dependents: a preposition, a mark, a subject, a copula.
    push(&[side, d.tag, fc.word, h.tag]);
    push(&[side, d.word, fc.word]);
    push(&[side, d.cluster, fc.word, h.cluster]);
    push(&[side, d.upos, fc.word, h.word]);
    push(&[side, d.tag, fc.tag, lc.tag]);
    push(&[side, d.tag, lc.word]);
    push(&[side, d.tag, h.tag, fl]);
    push(&[side, d.tag, h.upos, fc.word, bl]);
    // Its neighbours on the same head.
    push(&[side, d.tag, h.tag, bl]);
    push(&[side, d.tag, h.word, bl]);
    push(&[side, d.tag, bs.word, h.upos]);
    push(&[side, d.tag, h.tag, bs.tag]);
    push(&[side, d.tag, h.tag, ns.tag]);
    push(&[side, d.tag, h.tag, bs.tag, ns.tag]);
    push(&[side, d.upos, h.upos, ns.word]);
    for (k, child) in tree.children(i).take(CHILDREN_SEEN).enumerate() {
        let (label, c) = (tree.label(child), n(child));
        keys.push(of_feature(380, &[side, d.upos, h.upos, label, u32::from(child > i)]));
        keys.push(of_feature(381, &[side, d.tag, label, c.word]));
        let _ = k;
    }
    for sibling in tree.children(head).take(CHILDREN_SEEN) {
        if sibling != i {
            let (label, s) = (tree.label(sibling), n(sibling));
            let order = u32::from(sibling > i);
            keys.push(of_feature(382, &[side, d.upos, h.tag, label, order]));
            keys.push(of_feature(383, &[side, d.upos, h.upos, s.tag, order]));
        }
    }
}
