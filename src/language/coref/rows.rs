//! The features of mentions and of pairs of them, as rows of the scorer's weights.
//!
//! A template is a feature with a fixed number of values; each value has a row of its own, so that nothing is looked up
//! but an index. A mention has other rows as the antecedent than as the anaphor.

use super::form::{FORMS, GROUPS};
use super::lexicon::{CLUSTERS, GENDERS, KINDS, Kind};
use super::traits::{ROLES, Traits, list};
use crate::language::syntax::Deprel;

/// Buckets for the lemmas of heads.
const LEMMAS: usize = 1024;
/// Buckets for what a pronoun hangs on.
const GOVERNORS: usize = 256;

/// Values of each template of a mention.
const MENTION: [usize; 15] = [
    FORMS,
    FORMS * ROLES,
    3 * GENDERS,
    KINDS * GROUPS,
    LEMMAS,
    32,
    7,
    14,
    64,
    GOVERNORS,
    4 * 4,
    CLUSTERS,
    5 * KINDS,
    16,
    25 * GROUPS,
];

/// Values of each template of a pair.
const PAIR: [usize; 29] = [
    9 * GROUPS,
    11 * GROUPS,
    9 * GROUPS,
    11 * 3 * 2,
    9 * GROUPS,
    GENDERS * GENDERS,
    KINDS * KINDS,
    FORMS * FORMS,
    6 * 2,
    ROLES * ROLES * 3,
    5 * GROUPS,
    9,
    2 * GROUPS,
    9 * GROUPS,
    6 * GROUPS,
    4 * GROUPS,
    4 * GROUPS,
    11 * GROUPS,
    4 * GROUPS,
    7 * GROUPS,
    5 * GROUPS,
    4 * GROUPS,
    3 * GROUPS,
    2 * GROUPS,
    8 * GROUPS,
    8 * GROUPS,
    4 * 16,
    4 * GROUPS,
    15 * GROUPS,
];

/// Values of each template of a mention without antecedent.
const NEW: [usize; 6] = [FORMS, 4 * GROUPS, 3 * GROUPS, 3 * KINDS, 6 * GROUPS, 4 * GROUPS];

const fn sum(sizes: &[usize]) -> usize {
    let (mut total, mut i) = (0, 0);
    while i < sizes.len() {
        total += sizes[i];
        i += 1;
    }
    total
}

const fn starts<const N: usize>(sizes: &[usize; N], from: usize) -> [u16; N] {
    let (mut out, mut at, mut i) = ([0; N], from, 0);
    while i < N {
        out[i] = at as u16;
        at += sizes[i];
        i += 1;
    }
    out
}

/// Rows of a mention as antecedent; as many follow for the anaphor.
pub const MENTION_ROWS: usize = sum(&MENTION);
/// All rows.
pub const ROWS: usize = 2 * MENTION_ROWS + sum(&PAIR) + sum(&NEW);

const MENTION_STARTS: [u16; MENTION.len()] = starts(&MENTION, 0);
const PAIR_STARTS: [u16; PAIR.len()] = starts(&PAIR, 2 * MENTION_ROWS);
const NEW_STARTS: [u16; NEW.len()] = starts(&NEW, 2 * MENTION_ROWS + sum(&PAIR));

/// Whether a row of a mention speaks of a single word; the others are few and well known to a trainer.
pub fn is_lexical(row: u16) -> bool {
    let row = usize::from(row) % MENTION_ROWS;
    let inside =
        |k: usize| (usize::from(MENTION_STARTS[k])..usize::from(MENTION_STARTS[k]) + MENTION[k]).contains(&row);
    inside(4) || inside(9) || inside(11)
}

fn at(starts: &[u16], sizes: &[usize], template: usize, value: usize) -> u16 {
    starts[template] + value.min(sizes[template] - 1) as u16
}

/// Row of a value of a template of pairs.
pub fn pair(template: usize, value: usize) -> u16 {
    at(&PAIR_STARTS, &PAIR, template, value)
}

/// Row of a value of a template of mentions without antecedent.
pub fn new(template: usize, value: usize) -> u16 {
    at(&NEW_STARTS, &NEW, template, value)
}

/// The bucket of a distance: 0, 1, 2, 3, up to 5, 8, 12, 20, 40, more.
pub fn bucket(n: usize) -> usize {
    match n {
        0..=3 => n,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        13..=20 => 7,
        21..=40 => 8,
        41..=80 => 9,
        _ => 10,
    }
}

/// The rows of a mention as antecedent; add [`MENTION_ROWS`] for the anaphor. `chatter` tells in four steps how much the
/// document speaks of "I" and "you", `times` how often its head and its words come in the document.
pub fn mention(t: &Traits, chatter: usize, times: [usize; 2], rows: &mut Vec<u16>) {
    let mut push = |template: usize, value: usize| rows.push(at(&MENTION_STARTS, &MENTION, template, value));
    let (form, group) = (t.form as usize, t.form.group() as usize);
    push(0, form);
    push(1, form * ROLES + t.role as usize);
    push(2, usize::from(t.number) * GENDERS + t.gender as usize);
    push(3, group * KINDS + t.kind as usize);
    let pronoun = t.form.is_pronoun();
    if !pronoun {
        push(4, t.lemma as usize % LEMMAS);
        push(5, usize::from(t.parts));
        push(6, bucket(t.length.saturating_sub(1) as usize).min(6));
        if t.noun.cluster > 0 {
            push(11, usize::from(t.noun.cluster));
        }
    }
    push(7, bucket(t.sentence as usize).min(6) * 2 + usize::from(t.quote > 0));
    push(8, t.deprel.map_or(63, |d: Deprel| d as usize));
    if pronoun {
        push(9, (t.governor_lemma ^ (t.role as u32).wrapping_mul(0x9e37_79b9)) as usize % GOVERNORS);
    }
    push(10, chatter * 4 + form.min(3));
    push(
        12,
        list(&t.name).len().min(4) * KINDS
            + if t.name_kind.is_some() { t.kind as usize } else { Kind::Unknown as usize },
    );
    push(13, usize::from(t.place));
    if !pronoun {
        push(14, group * 25 + (times[0].max(1) - 1).min(4) * 5 + (times[1].max(1) - 1).min(4));
    }
}
