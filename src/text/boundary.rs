//! What the splitter sees of a place where a sentence may end.

use super::Document;
use crate::model::MONTHS;

/// Most tokens that a look back or ahead inside a paragraph takes.
const REACH: usize = 40;

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Shape {
    Edge,
    Lower,
    Capital,
    Capitals,
    OneCapital,
    Mixed,
    Caseless,
    Number,
    Figures,
    Stop,
    Marks,
    Dots,
    Colon,
    Comma,
    Dash,
    Opening,
    Closing,
    Quote,
    Face,
    Rule,
    Address,
    Abbreviation,
    Initial,
    Clitic,
    Symbol,
}

/// A token as the splitter sees it.
#[derive(Clone, Copy, Debug)]
struct Glimpse {
    shape: Shape,
    /// Hash of the word in lower case.
    word: u32,
    /// Hash of its last three letters.
    tail: u32,
    /// It is a verb form that only clauses have.
    finite: bool,
    /// It is the name of a month.
    month: bool,
    space: bool,
}

const EDGE: Glimpse = Glimpse { shape: Shape::Edge, word: 1, tail: 1, finite: false, month: false, space: true };

/// What speaks for a sentence end before the words are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A full stop, an exclamation mark, an emoticon or a rule stands there.
    Mark,
    /// No mark, but the paragraph leaves out its last full stop, as lists, letters and verse do.
    OpenParagraph,
    /// Nothing, but the place lies not between two words with capitals.
    None,
    /// Nothing, and the place lies between two words with capitals, as those of a name.
    Names,
}

/// The tokens of one paragraph as the splitter sees them.
pub struct View {
    glimpses: Vec<Glimpse>,
    /// For each token, the next token that ends sentences for sure, or the end.
    next_mark: Vec<u32>,
    /// How many of ten words begin with a capital.
    capitals: u32,
    /// The paragraph ends with a mark that ends sentences.
    closed: bool,
}

fn mix(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b1)
}

fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(7, |h, b| mix(h, u32::from(b.to_ascii_lowercase())))
}

/// Verb forms and words that go with them, which fragments do not have.
const FINITE: &[&str] = &[
    "is", "was", "are", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "should", "may",
    "might", "must", "do", "does", "did", "'s", "'m", "'re", "'ve", "'ll", "'d", "’s", "’re", "’ve", "’ll", "’d", "’m",
    "said", "says", "n't", "n’t", "am", "shall", "let",
];

impl Shape {
    fn of(word: &str, joined: bool) -> Shape {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return Shape::Edge };
        let one = chars.next().is_none();
        if joined {
            return Shape::Clitic;
        }
        if first.is_ascii_lowercase() && word.bytes().all(|b| b.is_ascii_lowercase()) {
            return Shape::Lower;
        }
        if word.ends_with('.') && first.is_alphabetic() {
            return if word.chars().count() == 2 { Shape::Initial } else { Shape::Abbreviation };
        }
        if word.contains("://") || word.contains('@') && word.len() > 1 || word.starts_with("www.") {
            return Shape::Address;
        }
        if first.is_alphabetic() {
            if first.is_uppercase() {
                if one {
                    return Shape::OneCapital;
                }
                let (mut upper, mut lower) = (false, false);
                for c in word.chars().skip(1).take(20) {
                    upper |= c.is_uppercase();
                    lower |= c.is_lowercase();
                }
                return match (upper, lower) {
                    (true, true) => Shape::Mixed,
                    (true, false) => Shape::Capitals,
                    _ => Shape::Capital,
                };
            }
            return if first.is_lowercase() { Shape::Lower } else { Shape::Caseless };
        }
        if first.is_numeric() {
            return if word.chars().take(20).any(char::is_alphabetic) { Shape::Figures } else { Shape::Number };
        }
        match word {
            "." => return Shape::Stop,
            ":" => return Shape::Colon,
            "," | ";" => return Shape::Comma,
            "-" | "--" | "–" | "—" => return Shape::Dash,
            "\"" | "''" | "'" | "’" => return Shape::Quote,
            "(" | "[" | "{" | "“" | "‘" | "``" | "`" | "«" => return Shape::Opening,
            ")" | "]" | "}" | "”" | "»" | "’’" => return Shape::Closing,
            "…" => return Shape::Dots,
            _ => {}
        }
        if word.bytes().all(|b| b == b'.') {
            return Shape::Dots;
        }
        if word.bytes().all(|b| matches!(b, b'.' | b'!' | b'?')) {
            return Shape::Marks;
        }
        if is_face(word) {
            return Shape::Face;
        }
        if is_rule(word) {
            return Shape::Rule;
        }
        Shape::Symbol
    }

    /// Whether a word that looks so can be part of a name.
    fn may_name(self) -> bool {
        use Shape::{Abbreviation, Capital, Capitals, Caseless, Initial, Mixed, OneCapital};
        matches!(self, Capital | Capitals | OneCapital | Mixed | Initial | Abbreviation | Caseless)
    }

    /// Whether a name may go on behind a word that looks so: "the March 9 Alliance".
    fn may_go_on(self) -> bool {
        self.may_name() || self == Shape::Number
    }

    /// Whether a sentence that has got here is likely to be over.
    fn ends(self) -> bool {
        matches!(self, Shape::Stop | Shape::Marks)
    }
}

/// ":-)": it goes with the sentence before it.
pub fn is_face(word: &str) -> bool {
    word.len() <= 4
        && word.starts_with([':', ';', '='])
        && word.len() > 1
        && word.ends_with([')', '(', 'D', 'P', 'p', '/', ']'])
}

/// A row of stars or dashes: it stands alone.
pub fn is_rule(word: &str) -> bool {
    word.len() >= 3 && word.starts_with(['*', '=', '_', '~', '-', '#']) && word.bytes().all(|b| b == word.as_bytes()[0])
}

/// Small numbers one by one, greater ones by their size.
fn size(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=39 => 9,
        _ => 10,
    }
}

impl View {
    /// Looks at the tokens from `first` on, one paragraph.
    pub fn of(document: &Document<'_>, first: usize) -> View {
        let tokens = &document.tokens[first..];
        let mut glimpses = Vec::with_capacity(tokens.len());
        let (mut words, mut capitals) = (0, 0);
        for token in tokens {
            let word = document.words(token.span);
            let shape = Shape::of(word, token.joined);
            let bytes = word.as_bytes();
            match shape {
                Shape::Lower => words += 1,
                Shape::Capital | Shape::Capitals | Shape::Mixed => {
                    words += 1;
                    capitals += 1;
                }
                _ => {}
            }
            let tail = bytes[bytes.len().saturating_sub(3)..].iter().copied();
            glimpses.push(Glimpse {
                shape,
                word: hash(bytes.iter().copied().take(24)),
                tail: hash(tail),
                month: shape == Shape::Capital && MONTHS.contains(&word),
                finite: word.len() <= 6 && FINITE.iter().any(|f| f.eq_ignore_ascii_case(word)),
                space: token.space_after,
            });
        }
        let mut next_mark = vec![glimpses.len() as u32; glimpses.len()];
        let mut mark = glimpses.len() as u32;
        for (i, glimpse) in glimpses.iter().enumerate().rev() {
            if glimpse.shape.ends() {
                mark = i as u32;
            }
            next_mark[i] = mark;
        }
        let closed = glimpses.iter().rev().take(3).any(|g| g.shape.ends());
        View { glimpses, next_mark, capitals: capitals * 10 / words.max(1), closed }
    }

    fn at(&self, i: usize) -> Glimpse {
        self.glimpses.get(i).copied().unwrap_or(EDGE)
    }

    fn before(&self, start: usize, i: usize, back: usize) -> Glimpse {
        i.checked_sub(back).filter(|&j| j >= start).map_or(EDGE, |j| self.glimpses[j])
    }

    /// Whether a sentence could end after token `i` at all.
    pub fn possible(&self, i: usize) -> bool {
        let (here, next) = (self.at(i), self.at(i + 1));
        if next.shape == Shape::Clitic {
            return false;
        }
        // "On 7 May the chief rode out".
        if here.shape == Shape::Number && next.month {
            return false;
        }
        match next.shape {
            Shape::Lower | Shape::Comma | Shape::Stop | Shape::Marks | Shape::Dots | Shape::Colon => {
                here.shape.ends()
                    || here.space
                        && matches!(
                            here.shape,
                            Shape::Dots
                                | Shape::Face
                                | Shape::Closing
                                | Shape::Quote
                                | Shape::Rule
                                | Shape::Address
                                | Shape::Dash
                                | Shape::Colon
                                | Shape::Symbol
                        )
            }
            _ => here.space || here.shape.ends() || next.shape == Shape::Rule,
        }
    }

    /// How much speaks for a sentence end after token `i` before its words are looked at.
    pub fn evidence(&self, i: usize) -> Evidence {
        let ends = |shape| matches!(shape, Shape::Stop | Shape::Marks | Shape::Dots | Shape::Closing);
        let marked = match self.at(i).shape {
            Shape::Stop | Shape::Marks | Shape::Dots | Shape::Face | Shape::Rule => true,
            Shape::Closing | Shape::Quote => ends(self.before(0, i, 1).shape),
            _ => false,
        };
        match (marked, self.closed) {
            (true, _) => Evidence::Mark,
            (false, false) => Evidence::OpenParagraph,
            (false, true) if self.at(i + 1).shape.may_name() && self.at(i).shape.may_go_on() => Evidence::Names,
            (false, true) => Evidence::None,
        }
    }

    /// Fills `keys` with the features of a sentence end after token `i`, in a sentence that began at `start`; `rule` is
    /// what the rules say. Indices count from the first token of the paragraph.
    pub fn features(&self, start: usize, i: usize, rule: bool, keys: &mut Vec<u32>) {
        keys.clear();
        let (a0, a1, a2) = (self.at(i), self.before(start, i, 1), self.before(start, i, 2));
        let (b0, b1, b2) = (self.at(i + 1), self.at(i + 2), self.at(i + 3));
        let shapes = |list: &[Glimpse]| list.iter().fold(u32::from(a0.space), |h, g| h * 26 + g.shape as u32);
        let pair = shapes(&[a0, b0]) * 2 + u32::from(rule);
        let length = i + 1 - start;
        let ahead = (self.next_mark.get(i + 1).map_or(i + 1, |&n| n as usize)).saturating_sub(i);
        let last = self.next_mark.get(i + 1).is_none_or(|&n| n as usize >= self.glimpses.len());
        let mut add = |kind: u32, value: u32| keys.push(mix(mix(kind, value), kind));
        add(1, pair);
        add(2, mix(shapes(&[a1, a0, b0]), u32::from(rule)));
        add(3, mix(shapes(&[a0, b0, b1]), u32::from(rule)));
        add(4, shapes(&[a1, a0, b0, b1]));
        add(5, shapes(&[a0, b0, b1, b2]));
        add(6, shapes(&[a2, a1, a0, b0]));
        add(7, mix(a0.word, u32::from(rule)));
        add(8, mix(b0.word, b0.shape as u32));
        add(9, mix(a0.word, b0.word));
        add(10, mix(a0.word, shapes(&[b0])));
        add(11, mix(mix(b0.word, shapes(&[a0, b0])), u32::from(rule)));
        add(12, mix(a1.word, mix(a0.word, b0.shape as u32)));
        add(13, mix(mix(b0.word, b1.word), a0.shape as u32));
        add(14, mix(a1.word, pair));
        add(15, mix(b1.word, pair));
        add(16, mix(a0.tail, pair));
        add(17, mix(b0.tail, pair));
        add(18, mix(size(length), pair));
        add(19, mix(size(ahead), mix(pair, u32::from(last))));
        add(20, mix(size(length) * 11 + size(ahead), mix(shapes(&[a0, b0]), u32::from(last))));
        let far = start.max(i.saturating_sub(REACH));
        let finite = self.glimpses[far..=i].iter().any(|g| g.finite);
        let end = (i + 1 + ahead.min(REACH)).min(self.glimpses.len());
        let finite_ahead = self.glimpses[(i + 1).min(end)..end].iter().any(|g| g.finite);
        let verbs = u32::from(finite) * 2 + u32::from(finite_ahead);
        add(21, mix(verbs, pair));
        add(22, mix(verbs * 121 + size(length) * 11 + size(ahead), a0.shape.ends() as u32));
        add(23, mix(self.capitals, pair));
        add(24, mix(u32::from(self.closed) * 2 + u32::from(last), pair));
        let capital = |g: &Glimpse| matches!(g.shape, Shape::Capital | Shape::Capitals | Shape::Initial);
        let run = self.glimpses[far..=i].iter().rev().take_while(|g| capital(g)).count().min(6);
        let run_ahead = self.glimpses[(i + 1).min(end)..].iter().take(6).take_while(|g| capital(g)).count();
        add(25, mix((run * 7 + run_ahead) as u32, shapes(&[a0, b0])));
        add(26, mix(size(length), mix((run_ahead * 2) as u32 + u32::from(run == length), b0.shape as u32)));
        let mut open = [0u32; 2];
        for g in &self.glimpses[far..=i] {
            match g.shape {
                Shape::Quote => open[0] ^= 1,
                Shape::Opening => open[1] += 1,
                Shape::Closing => open[1] = open[1].saturating_sub(1),
                _ => {}
            }
        }
        add(27, mix(open[0] * 4 + open[1].min(2), pair));
        let head = self.at(start);
        add(28, mix(mix(head.word, size(length)), shapes(&[a0, b0])));
        add(29, mix(mix(head.shape as u32, size(length)), shapes(&[a0, b0])));
        add(30, mix(self.before(0, start, 1).shape as u32, mix(size(length), shapes(&[a0, b0]))));
    }
}
