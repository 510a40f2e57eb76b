//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011), with the root behind the last word.

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack becomes a dependent of the next word (or of the root behind the last word).
    Left,
    /// The top of the stack becomes a dependent of the word below it.
    Right,
}

/// All moves, in the order of their weights.
pub const MOVES: [Move; 3] = [Move::Shift, Move::Left, Move::Right];

/// Marks that there is no such word.
pub const NONE: u32 = u32::MAX;

/// What is known of the dependents of one word.
#[derive(Clone, Copy, Debug)]
pub struct Children {
    /// Outermost dependent on the left, and the one attached before it.
    pub left: [u32; 2],
    /// Outermost dependent on the right, and the one attached before it.
    pub right: [u32; 2],
    /// How many on the left and on the right.
    pub count: [u8; 2],
}

const NO_CHILDREN: Children = Children { left: [NONE; 2], right: [NONE; 2], count: [0; 2] };

/// The state of the parser over one sentence.
#[derive(Clone, Debug, Default)]
pub struct State {
    length: u32,
    stack: Vec<u32>,
    next: u32,
    /// Head of each word; `NONE` until it has one, `length` for the root.
    pub heads: Vec<u32>,
    /// Dependents of each word.
    pub children: Vec<Children>,
    /// First word of the phrase of each word, as far as it is built.
    edges: Vec<u32>,
}

impl State {
    /// Starts on a sentence of `length` words.
    pub fn reset(&mut self, length: usize) {
        self.length = length as u32;
        self.stack.clear();
        self.next = 0;
        self.heads.clear();
        self.heads.resize(length, NONE);
        self.children.clear();
        self.children.resize(length + 1, NO_CHILDREN);
        self.edges.clear();
        self.edges.extend(0..=length as u32);
    }

    /// Whether every word has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.length && self.stack.is_empty()
    }

    /// Word of the stack, from the top; `NONE` if there is none.
    pub fn stack(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).and_then(|i| self.stack.get(i)).copied().unwrap_or(NONE)
    }

    /// The stack from the bottom.
    pub fn stacked(&self) -> &[u32] {
        &self.stack
    }

    /// Next word but `ahead`; the root at the end, `NONE` behind it.
    pub fn buffer(&self, ahead: u32) -> u32 {
        let word = self.next.saturating_add(ahead);
        if word <= self.length { word } else { NONE }
    }

    /// First word of the phrase that a word has so far; `NONE` for no word.
    pub fn edge(&self, word: u32) -> u32 {
        self.edges.get(word as usize).copied().unwrap_or(NONE)
    }

    /// Whether a move is possible. While words are left or the stack is not empty, one is.
    ///
    /// The root takes one dependent only: the bottom of the stack when all words are read.
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.length,
            Move::Left => !self.stack.is_empty() && (self.next < self.length || self.stack.len() == 1),
            Move::Right => self.stack.len() >= 2,
        }
    }

    /// Makes a move; one that is not possible changes nothing.
    pub fn apply(&mut self, step: Move) {
        if !self.allows(step) {
            return;
        }
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left => {
                if let Some(child) = self.stack.pop() {
                    self.attach(self.next, child, 0);
                }
            }
            Move::Right => {
                if let (Some(child), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.attach(head, child, 1);
                }
            }
        }
    }

    fn attach(&mut self, head: u32, child: u32, side: usize) {
        self.heads[child as usize] = head;
        let children = &mut self.children[head as usize];
        let slot = if side == 0 { &mut children.left } else { &mut children.right };
        *slot = [child, slot[0]];
        children.count[side] = children.count[side].saturating_add(1);
        if side == 0 {
            self.edges[head as usize] = self.edges[child as usize];
        }
    }

    /// How many of the gold arcs that can still be built each move would make impossible (Goldberg and Nivre 2013).
    ///
    /// `gold` is the head of each word, `length` for the root; `dependents` are the words below each, in order.
    pub fn costs(&self, gold: &[u32], dependents: &[Vec<u32>]) -> [u32; 3] {
        let (s0, s1, b0) = (self.stack(0), self.stack(1), self.next);
        let mut costs = [0; 3];
        // Shift: the next word loses heads below the top of the stack and dependents on the stack.
        if b0 < self.length {
            let head = gold[b0 as usize];
            if head != s0 && head < b0 && self.heads[head as usize] == NONE {
                costs[0] += 1;
            }
            costs[0] +=
                dependents[b0 as usize].iter().filter(|&&d| d < b0 && self.heads[d as usize] == NONE).count() as u32;
        }
        if s0 != NONE {
            let head = gold[s0 as usize];
            let later = dependents[s0 as usize].iter().filter(|&&d| d >= b0).count() as u32;
            costs[1] = later + u32::from(head != b0 && (head > b0 || head == s1));
            costs[2] = later + u32::from(head >= b0);
        }
        costs
    }
}
