//! Patterns compiled into tries over atoms, and the matching.
//!
//! Phrases may stand inside patterns, so matching is a recursive descent with a memory: each phrase is read at most once
//! at each place, and a reading keeps one value for each end. The work is linear in the length of the text.

use std::rc::Rc;

use super::builtin::{self, Builtin, NumberWords};
use super::pattern::Gap;
use super::template::{Template, Ty, Value};
use crate::lexicon::vocabulary::FastMap;
use crate::lexicon::{Atom, AtomKind, Sym};

/// What an edge of a trie takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Test {
    /// A word.
    Word(Sym),
    /// These digits.
    Digits(u32),
    /// A mark.
    Mark(char),
    /// A list, phrase or built-in slot, by number.
    Kind(usize),
}

#[derive(Clone, Debug)]
pub struct Edge {
    test: Test,
    gap: Gap,
    to: usize,
}

/// The end of a sequence: the production, and which of the values on the way are its slots.
#[derive(Clone, Debug)]
pub struct Accept {
    pub production: usize,
    pub slots: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Node {
    words: FastMap<Sym, Vec<(Gap, usize)>>,
    edges: Vec<Edge>,
    accepts: Vec<Accept>,
}

/// What a pattern makes once it has matched.
#[derive(Clone, Debug)]
pub struct Production {
    /// The value, from the slots.
    pub template: Template,
    /// The one with the higher rank is kept when two have the same words.
    pub rank: i32,
    /// The rule, if it is one.
    pub rule: Option<usize>,
    /// One of the words must begin with a capital.
    pub capital: bool,
    /// For a range: the slots that only its first and only its second end uses.
    pub ends: Option<(Vec<usize>, Vec<usize>)>,
}

/// A list, phrase or built-in slot.
#[derive(Clone, Debug)]
pub struct Kind {
    pub name: String,
    pub ty: Ty,
    pub form: Form,
    first: First,
}

#[derive(Clone, Debug)]
pub enum Form {
    Builtin(Builtin),
    /// Root of a trie.
    Trie(usize),
    /// Any of these kinds.
    Union(Vec<usize>),
}

/// What something can begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct First {
    words: Vec<u64>,
    any_word: bool,
    other: bool,
}

impl First {
    fn add(&mut self, sym: Sym) {
        let at = sym as usize / 64;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (sym % 64);
    }

    fn join(&mut self, other: &First) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
        self.any_word |= other.any_word;
        self.other |= other.other;
    }

    fn admits(&self, atom: &Atom) -> bool {
        match atom.kind {
            AtomKind::Word(sym) => {
                self.any_word || self.words.get(sym as usize / 64).is_some_and(|w| w >> (sym % 64) & 1 == 1)
            }
            _ => self.other,
        }
    }
}

/// All compiled patterns.
#[derive(Clone, Debug, Default)]
pub struct Grammar {
    nodes: Vec<Node>,
    pub kinds: Vec<Kind>,
    pub productions: Vec<Production>,
    pub numbers: NumberWords,
}

impl Grammar {
    pub fn add_kind(&mut self, name: &str, ty: Ty, form: Form) -> usize {
        self.kinds.push(Kind { name: name.to_owned(), ty, form, first: First::default() });
        self.kinds.len() - 1
    }

    pub fn add_root(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    pub fn kind(&self, name: &str) -> Option<usize> {
        self.kinds.iter().position(|k| k.name == name)
    }

    /// Adds a sequence under a root.
    pub fn add(&mut self, root: usize, tests: &[(Gap, Test)], accept: Accept) {
        let mut node = root;
        for (i, &(gap, test)) in tests.iter().enumerate() {
            // What stands before the first piece does not matter.
            let gap = if i == 0 { Gap::Maybe } else { gap };
            node = match test {
                Test::Word(sym) => {
                    let known =
                        self.nodes[node].words.get(&sym).and_then(|v| v.iter().find(|e| e.0 == gap)).map(|e| e.1);
                    known.unwrap_or_else(|| {
                        let to = self.add_root();
                        self.nodes[node].words.entry(sym).or_default().push((gap, to));
                        to
                    })
                }
                _ => {
                    let known = self.nodes[node].edges.iter().find(|e| e.test == test && e.gap == gap).map(|e| e.to);
                    known.unwrap_or_else(|| {
                        let to = self.add_root();
                        self.nodes[node].edges.push(Edge { test, gap, to });
                        to
                    })
                }
            };
        }
        self.nodes[node].accepts.push(accept);
    }

    /// Kinds that the words of a kind can begin with, itself not counted unless it can begin with itself.
    fn corners(&self, kind: usize) -> Vec<usize> {
        match &self.kinds[kind].form {
            Form::Builtin(_) => Vec::new(),
            Form::Union(members) => members.clone(),
            Form::Trie(root) => self.nodes[*root]
                .edges
                .iter()
                .filter_map(|e| if let Test::Kind(k) = e.test { Some(k) } else { None })
                .collect(),
        }
    }

    /// Works out what each kind can begin with. A phrase that can begin with itself is given back as an error.
    pub fn seal(&mut self) -> Result<(), String> {
        // 0 not seen, 1 on the way, 2 done
        let mut state = vec![0u8; self.kinds.len()];
        for kind in 0..self.kinds.len() {
            self.seal_kind(kind, &mut state)?;
        }
        Ok(())
    }

    fn seal_kind(&mut self, kind: usize, state: &mut [u8]) -> Result<(), String> {
        match state[kind] {
            2 => return Ok(()),
            1 => return Err(self.kinds[kind].name.clone()),
            _ => state[kind] = 1,
        }
        let mut first = First::default();
        for corner in self.corners(kind) {
            self.seal_kind(corner, state)?;
            first.join(&self.kinds[corner].first);
        }
        match &self.kinds[kind].form {
            Form::Builtin(slot) => {
                let (numbers, any) = slot.words();
                first.other = true;
                first.any_word = any;
                if numbers {
                    let words = &self.numbers;
                    words
                        .cardinal
                        .keys()
                        .chain(words.ordinal.keys())
                        .chain([&words.a, &words.an])
                        .for_each(|s| first.add(*s));
                }
            }
            Form::Union(_) => {}
            Form::Trie(root) => {
                let node = &self.nodes[*root];
                node.words.keys().for_each(|s| first.add(*s));
                first.other |= node.edges.iter().any(|e| !matches!(e.test, Test::Kind(_)));
            }
        }
        self.kinds[kind].first = first;
        state[kind] = 2;
        Ok(())
    }
}

/// A finished reading.
#[derive(Clone, Debug)]
pub struct Found {
    /// The atom behind its last.
    pub end: usize,
    /// What made it.
    pub production: usize,
    /// Its value.
    pub value: Value,
    /// The atoms of each slot of the rule.
    pub slots: Vec<(usize, usize)>,
}

/// A slot that has been read: its value and its atoms.
type Slot = (Value, usize, usize);

/// The readings of a kind at one place: where each ends, and its value.
type Readings = Rc<Vec<(usize, Value)>>;

/// The matching over one run of atoms.
pub struct Matcher<'a> {
    grammar: &'a Grammar,
    text: &'a str,
    atoms: &'a [Atom],
    memory: FastMap<(u32, u32), Readings>,
}

impl<'a> Matcher<'a> {
    pub fn new(grammar: &'a Grammar, text: &'a str, atoms: &'a [Atom]) -> Matcher<'a> {
        // About two phrases are tried at an atom of ordinary prose.
        let memory = FastMap::with_capacity_and_hasher(atoms.len() * 2, Default::default());
        Matcher { grammar, text, atoms, memory }
    }

    /// Whether a word of a run of atoms begins with a capital.
    pub fn has_capital(&self, atoms: std::ops::Range<usize>) -> bool {
        let capital = |a: &Atom| a.span.of(self.text).chars().next().is_some_and(char::is_uppercase);
        self.atoms.get(atoms).is_some_and(|a| a.iter().any(capital))
    }

    /// Whether a kind can begin at an atom.
    pub fn may_begin(&self, kind: usize, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| self.grammar.kinds[kind].first.admits(a))
    }

    /// All readings of a trie at an atom.
    pub fn all(&mut self, root: usize, at: usize) -> Vec<Found> {
        let mut out = Vec::new();
        self.walk(root, at, at, &mut Vec::new(), &mut out);
        out
    }

    /// The readings of a kind at an atom: one for each end.
    fn kind(&mut self, kind: usize, at: usize) -> Readings {
        let key = (kind as u32, at as u32);
        if let Some(known) = self.memory.get(&key) {
            return Rc::clone(known);
        }
        let grammar = self.grammar;
        let found = match &grammar.kinds[kind].form {
            Form::Builtin(slot) => builtin::read(*slot, self.atoms, at, &grammar.numbers).into_iter().collect(),
            Form::Union(members) => {
                let mut all: Vec<(usize, Value)> = Vec::new();
                for &member in members {
                    if !self.may_begin(member, at) {
                        continue;
                    }
                    for (end, value) in self.kind(member, at).iter() {
                        if !all.iter().any(|a| a.0 == *end) {
                            all.push((*end, value.clone()));
                        }
                    }
                }
                all
            }
            Form::Trie(root) => {
                let mut best: Vec<Found> = Vec::new();
                for found in self.all(*root, at) {
                    if grammar.productions[found.production].capital && !self.has_capital(at..found.end) {
                        continue;
                    }
                    match best.iter_mut().find(|b| b.end == found.end) {
                        Some(other) => {
                            if grammar.productions[found.production].rank > grammar.productions[other.production].rank {
                                *other = found;
                            }
                        }
                        None => best.push(found),
                    }
                }
                best.into_iter().map(|found| (found.end, found.value)).collect()
            }
        };
        let found = Rc::new(found);
        self.memory.insert(key, Rc::clone(&found));
        found
    }

    /// Where a piece begins, given the gap before it.
    fn begin(&self, gap: Gap, at: usize, start: usize) -> Option<usize> {
        let atom = self.atoms.get(at)?;
        if at == start {
            return Some(at);
        }
        match gap {
            Gap::Touch => (!atom.spaced).then_some(at),
            Gap::Space => atom.spaced.then_some(at),
            Gap::Maybe => Some(at),
            Gap::Dash if atom.spaced => Some(at),
            Gap::Dash => {
                let hyphen = atom.kind == AtomKind::Mark('-') && self.atoms.get(at + 1).is_some_and(|a| !a.spaced);
                hyphen.then_some(at + 1)
            }
        }
    }

    fn walk(&mut self, node: usize, at: usize, start: usize, values: &mut Vec<Slot>, out: &mut Vec<Found>) {
        let grammar = self.grammar;
        let node = &grammar.nodes[node];
        for accept in &node.accepts {
            let slots: Vec<Value> = accept.slots.iter().map(|s| values[*s].0.clone()).collect();
            if let Some(value) = grammar.productions[accept.production].template.fill(&slots) {
                // Only ranges ask where their slots were.
                let ranges = grammar.productions[accept.production].ends.is_some();
                let place = |s: &usize| (values[*s].1, values[*s].2);
                let slots = if ranges { accept.slots.iter().map(place).collect() } else { Vec::new() };
                out.push(Found { end: at, production: accept.production, value, slots });
            }
        }
        if at >= self.atoms.len() {
            return;
        }
        if !node.words.is_empty() {
            // The word may stand here or behind a hyphen.
            for place in [at, at + 1] {
                let Some(AtomKind::Word(sym)) = self.atoms.get(place).map(|a| a.kind) else { continue };
                let Some(edges) = node.words.get(&sym).filter(|_| sym != 0) else { continue };
                for &(gap, to) in edges {
                    if self.begin(gap, at, start) == Some(place) {
                        self.walk(to, place + 1, start, values, out);
                    }
                }
            }
        }
        for edge in &node.edges {
            let Some(place) = self.begin(edge.gap, at, start) else { continue };
            let Some(atom) = self.atoms.get(place) else { continue };
            match edge.test {
                Test::Kind(kind) if grammar.kinds[kind].first.admits(atom) => {
                    for (end, value) in self.kind(kind, place).iter() {
                        values.push((value.clone(), place, *end));
                        self.walk(edge.to, *end, start, values, out);
                        values.pop();
                    }
                }
                Test::Mark(c) if atom.kind == AtomKind::Mark(c) => self.walk(edge.to, place + 1, start, values, out),
                Test::Digits(n) if atom.kind == AtomKind::Number(n) => {
                    self.walk(edge.to, place + 1, start, values, out);
                }
                _ => {}
            }
        }
    }
}

impl Matcher<'_> {
    /// Whether one atom alone is of a kind.
    pub fn is_one(&mut self, kind: usize, at: usize) -> bool {
        self.may_begin(kind, at) && self.kind(kind, at).iter().any(|f| f.0 == at + 1)
    }
}
