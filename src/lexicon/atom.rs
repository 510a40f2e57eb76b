use super::{Sym, Vocabulary};
use crate::model::Span;

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtomKind {
    /// A run of letters, by its number in the vocabulary.
    Word(Sym),
    /// A run of ASCII digits; more than nine count as 999,999,999.
    Number(u32),
    /// Any other single character.
    Mark(char),
}

/// The smallest piece that time rules speak of: a run of letters, a run of digits, or one mark. `1990s` is two atoms that
/// touch, `p.m.` four.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: AtomKind,
    /// White space stands before it.
    pub spaced: bool,
}

impl Atom {
    /// The number of digits of a number, else 0.
    pub const fn digits(&self) -> usize {
        match self.kind {
            AtomKind::Number(_) => self.span.len(),
            _ => 0,
        }
    }
}

/// Cuts a range of a text into atoms. Linear; every character that is not white space belongs to one atom.
pub fn atoms(text: &str, range: Span, vocabulary: &Vocabulary, out: &mut Vec<Atom>) {
    let Some(part) = text.get(range.range()) else { return };
    let bytes = part.as_bytes();
    let offset = range.start as usize;
    let (mut i, mut spaced) = (0, true);
    while i < bytes.len() {
        let start = i;
        let b = bytes[i];
        let kind = if b.is_ascii_alphabetic() || b >= 0x80 {
            let first = part[i..].chars().next().unwrap_or(' ');
            if first.is_whitespace() {
                i += first.len_utf8();
                spaced = true;
                continue;
            }
            if !first.is_alphabetic() {
                i += first.len_utf8();
                AtomKind::Mark(plain(first))
            } else {
                i += first.len_utf8();
                while i < bytes.len() {
                    if bytes[i].is_ascii_alphabetic() {
                        i += 1;
                    } else if bytes[i] >= 0x80 {
                        match part[i..].chars().next() {
                            Some(c) if c.is_alphabetic() => i += c.len_utf8(),
                            _ => break,
                        }
                    } else {
                        break;
                    }
                }
                AtomKind::Word(vocabulary.find(&part[start..i]))
            }
        } else if b.is_ascii_digit() {
            while i < bytes.len() && bytes[i].is_ascii_digit() {
                i += 1;
            }
            AtomKind::Number(if i - start > 9 { 999_999_999 } else { part[start..i].parse().unwrap_or(999_999_999) })
        } else if b.is_ascii_whitespace() {
            i += 1;
            spaced = true;
            continue;
        } else {
            i += 1;
            AtomKind::Mark(b as char)
        };
        out.push(Atom { span: Span::new(offset + start, offset + i), kind, spaced });
        spaced = false;
    }
}

/// The plain form of a typographic mark.
const fn plain(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{02bc}' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}' => '-',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    }
}
