//! The features of the name tagger and its classes: outside, and begin, inside, last and single word of each kind.

use super::arcs::{Node, node};
use super::atoms::Atom;
use super::hash::of_feature;
use super::syntax::{Name, NameKind};
use super::tagger::at;

/// Number of classes: outside, and four for each kind.
pub const CLASSES: usize = 1 + 4 * NameKind::ALL.len();
/// Not in a name.
pub const OUTSIDE: u8 = 0;

/// Which part of a name a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// First of several words.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several words.
    Last,
    /// The only word.
    Single,
}

const PARTS: [Part; 4] = [Part::Begin, Part::Inside, Part::Last, Part::Single];

/// The class of a part of a name; kinds are numbered as in `NameKind::ALL`.
pub fn class(kind: usize, part: Part) -> u8 {
    (1 + kind * 4 + part as usize) as u8
}

/// Kind and part of a class; `None` outside.
pub fn part_of(class: u8) -> Option<(usize, Part)> {
    let n = usize::from(class).checked_sub(1)?;
    PARTS.get(n % 4).filter(|_| n / 4 < NameKind::ALL.len()).map(|&part| (n / 4, part))
}

/// Whether `class` may follow `before` (outside at the start of a sentence); `last` says that the sentence ends here.
pub fn follows(before: u8, class: u8, last: bool) -> bool {
    let open = match part_of(before) {
        Some((kind, Part::Begin | Part::Inside)) => Some(kind),
        _ => None,
    };
    match (open, part_of(class)) {
        (Some(kind), Some((other, Part::Last))) => kind == other,
        (Some(kind), Some((other, Part::Inside))) => kind == other && !last,
        (Some(_), _) => false,
        (None, Some((_, Part::Begin))) => !last,
        (None, Some((_, Part::Single)) | None) => true,
        (None, Some(_)) => false,
    }
}

/// The names of a sentence whose first token is `first`, from the classes of its words.
pub fn spans(classes: &[u8], first: usize, out: &mut Vec<Name>) {
    let mut start = 0;
    for (i, &class) in classes.iter().enumerate() {
        match part_of(class) {
            Some((_, Part::Begin)) => start = i,
            Some((kind, part @ (Part::Last | Part::Single))) => {
                let from = if part == Part::Single { i } else { start };
                out.push(Name { tokens: first + from..first + i + 1, kind: NameKind::ALL[kind] });
            }
            _ => {}
        }
    }
}

/// Class before the first word of a sentence.
pub const EDGE: u8 = 99;

/// Fills `keys` with the features of word `i`; `classes` are those of the word before it and the one before that.
pub fn features(atoms: &[Atom], nodes: &[Node], classes: [u8; 2], i: usize, keys: &mut Vec<u64>) {
    keys.clear();
    let a = |offset| at(atoms, i, offset);
    let n = |offset: i64| node(nodes, u32::try_from(i as i64 + offset).unwrap_or(u32::MAX));
    let (a0, b1, b2, n1, n2) = (a(0), a(-1), a(-2), a(1), a(2));
    let first = u32::from(i == 0);
    let mut template = 600;
    let mut push = |values: &[u32]| {
        keys.push(of_feature(template, values));
        template += 1;
    };
    push(&[]);
    push(&[a0.lower]);
    push(&[a0.form, first]);
    push(&[a0.cluster]);
    push(&[a0.fine]);
    push(&[a0.fine, a0.flags]);
    push(&[a0.coarse, a0.shape]);
    push(&[a0.shape, first]);
    push(&[n(0).tag, a0.cluster]);
    push(&[n(-1).tag, n(0).tag, n(1).tag]);
    push(&[a0.suffixes[1], a0.flags]);
    push(&[a0.suffixes[2], a0.flags]);
    push(&[a0.suffixes[3], a0.flags]);
    push(&[a0.prefixes[1], a0.flags]);
    push(&[a0.prefixes[2], a0.flags]);
    for x in [b1, n1] {
        push(&[x.lower, a0.flags]);
        push(&[x.cluster, a0.flags]);
        push(&[x.fine, a0.flags]);
        push(&[x.shape, a0.shape]);
        push(&[x.cluster, a0.cluster]);
        push(&[x.coarse, a0.coarse, a0.flags]);
        push(&[x.lower, a0.lower]);
        push(&[x.suffixes[2], a0.flags, x.flags]);
    }
    for x in [b2, n2] {
        push(&[x.lower, a0.flags]);
        push(&[x.cluster, a0.flags]);
        push(&[x.shape, a0.flags]);
    }
    push(&[a0.flags, b1.flags, b2.flags]);
    push(&[a0.flags, n1.flags, n2.flags]);
    push(&[n(-1).tag, b1.lower, a0.flags]);
    push(&[b2.lower, b1.lower, a0.flags]);
    push(&[n1.lower, n2.lower, a0.flags]);
    push(&[b1.cluster, n1.cluster, a0.flags]);
    // Where a sentence starts with a dateline: "KYIV, Ukraine (AP) -".
    push(&[u32::from(i < 8), a0.flags, n1.lower, b1.lower]);
    push(&[i.min(3) as u32, a0.flags, n1.lower, n2.flags]);
    // The words before it.
    let ([c1, c2], tag, mut template) = (classes.map(u32::from), n(0).tag, 700);
    let mut push = |values: &[u32]| {
        keys.push(of_feature(template, values));
        template += 1;
    };
    push(&[c1]);
    push(&[c1, c2]);
    push(&[a0.lower, c1]);
    push(&[a0.fine, c1]);
    push(&[a0.cluster, c1]);
    push(&[a0.shape, c1]);
    push(&[tag, c1]);
    push(&[tag, c1, c2]);
    for x in [b1, n1] {
        push(&[x.lower, c1]);
        push(&[x.cluster, c1]);
    }
    push(&[a0.flags, b1.flags, n1.flags, c1]);
}
