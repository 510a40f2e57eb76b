//! The slots that are not lists of words: numbers in digits and words.

use super::template::{Ty, Value};
use crate::lexicon::vocabulary::FastMap;
use crate::lexicon::{Atom, AtomKind, Sym};
use crate::model::named_enum;
use crate::time::{Amount, Clock};

named_enum! {
    /// A slot that the program itself knows how to read.
    pub enum Builtin: "built-in slot" {
        /// One to four digits.
        Digits = "digits",
        /// A day of the month in digits: 5, 05, 5th.
        Day = "day",
        /// A day of the month with its ending: 5th.
        DayTh = "day-th",
        /// A month in digits.
        MonthNumber = "month-number",
        /// Four digits that may be a year: 1000 to 2999.
        Year = "year",
        /// Four digits that are most likely a year: 1600 to 2099.
        ModernYear = "modern-year",
        /// Four digits that may be the first year of a decade: 1000 to 2990.
        RoundYear = "round-year",
        /// Two digits.
        TwoDigits = "two-digits",
        /// An hour in digits, 0 to 24.
        Hour = "hour",
        /// Hour and minute in four digits: 0635.
        ClockDigits = "clock-digits",
        /// Two digits, 00 to 59.
        Minute = "minute",
        /// Any number in digits or words, with fractions.
        Number = "number",
        /// A whole number in digits or words.
        Whole = "whole",
        /// First, second, 21st, twenty-first.
        Ordinal = "ordinal",
        /// Nineteen ninety-seven.
        SpokenYear = "spoken-year",
        /// Any one word.
        AnyWord = "any-word",
    }
}

impl Builtin {
    pub const fn ty(self) -> Ty {
        match self {
            Builtin::Number => Ty::Amount,
            Builtin::ClockDigits => Ty::Clock,
            Builtin::AnyWord => Ty::Word,
            _ => Ty::Int,
        }
    }

    /// Whether the slot can begin with a word of the number lists, with any word.
    pub const fn words(self) -> (bool, bool) {
        match self {
            Builtin::Number | Builtin::Whole | Builtin::Ordinal | Builtin::SpokenYear => (true, false),
            Builtin::AnyWord => (true, true),
            _ => (false, false),
        }
    }
}

/// The words for numbers, from the lists `cardinal` and `ordinal-word`.
#[derive(Clone, Debug, Default)]
pub struct NumberWords {
    pub cardinal: FastMap<Sym, u32>,
    pub ordinal: FastMap<Sym, u32>,
    pub and: Sym,
    pub a: Sym,
    pub an: Sym,
    pub half: Sym,
    /// st, nd, rd, th
    pub endings: [Sym; 4],
}

/// Reads a slot at an atom: where it ends and its value. At most one reading.
pub fn read(slot: Builtin, atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, Value)> {
    let number =
        |digits: std::ops::RangeInclusive<usize>, range: std::ops::RangeInclusive<u32>| match atoms.get(at)?.kind {
            AtomKind::Number(n) if digits.contains(&atoms[at].digits()) && range.contains(&n) => Some((at + 1, n)),
            _ => None,
        };
    let int = |found: Option<(usize, u32)>| found.map(|(end, n)| (end, Value::Int(n as i32)));
    match slot {
        Builtin::Digits => int(number(1..=4, 0..=9999)),
        Builtin::Day => int(number(1..=2, 1..=31).map(|(end, n)| (ending(atoms, end, n, words).unwrap_or(end), n))),
        Builtin::DayTh => int(number(1..=2, 1..=31).and_then(|(end, n)| Some((ending(atoms, end, n, words)?, n)))),
        Builtin::MonthNumber => int(number(1..=2, 1..=12)),
        Builtin::Year => int(number(4..=4, 1000..=2999)),
        Builtin::ModernYear => int(number(4..=4, 1600..=2099)),
        Builtin::RoundYear => int(number(4..=4, 1000..=2999).filter(|(_, n)| n.is_multiple_of(10))),
        Builtin::TwoDigits => int(number(2..=2, 0..=99)),
        Builtin::Hour => int(number(1..=2, 0..=24)),
        Builtin::ClockDigits => {
            let (end, n) = number(4..=4, 0..=2400).filter(|(_, n)| n % 100 < 60)?;
            let (hour, minute) = ((n / 100) as u8, Some((n % 100) as u8));
            Some((end, Value::Clock(Clock::Clock { hour, minute, second: None, offset: None })))
        }
        Builtin::Minute => int(number(2..=2, 0..=59)),
        Builtin::Whole => match digits(atoms, at) {
            Some((end, n)) => int(n.is_multiple_of(1000).then_some((end, n / 1000))),
            None => int(cardinal(atoms, at, words)),
        },
        Builtin::Number => amount(atoms, at, words).map(|(end, a)| (end, Value::Amount(a))),
        Builtin::Ordinal => int(ordinal(atoms, at, words)),
        Builtin::SpokenYear => int(spoken_year(atoms, at, words)),
        Builtin::AnyWord => matches!(atoms.get(at)?.kind, AtomKind::Word(_)).then_some((at + 1, Value::Word)),
    }
}

/// The end of the `th` that fits the number, if it follows.
fn ending(atoms: &[Atom], at: usize, n: u32, words: &NumberWords) -> Option<usize> {
    let atom = atoms.get(at).filter(|a| !a.spaced)?;
    let wanted = match (n % 10, n % 100) {
        (1, t) if t != 11 => 0,
        (2, t) if t != 12 => 1,
        (3, t) if t != 13 => 2,
        _ => 3,
    };
    (atom.kind == AtomKind::Word(words.endings[wanted]) && words.endings[wanted] != 0).then_some(at + 1)
}

fn mark(atoms: &[Atom], at: usize, mark: char) -> bool {
    atoms.get(at).is_some_and(|a| a.kind == AtomKind::Mark(mark) && !a.spaced)
}

fn touching_number(atoms: &[Atom], at: usize) -> Option<(u32, usize)> {
    match atoms.get(at).filter(|a| !a.spaced)?.kind {
        AtomKind::Number(n) => Some((n, atoms[at].digits())),
        _ => None,
    }
}

/// Digits with thousands commas or a decimal point, in thousandths.
fn digits(atoms: &[Atom], at: usize) -> Option<(usize, u32)> {
    let AtomKind::Number(first) = atoms.get(at)?.kind else { return None };
    let (mut n, mut end) = (u64::from(first), at + 1);
    if atoms[at].digits() <= 3 {
        while mark(atoms, end, ',') {
            match touching_number(atoms, end + 1) {
                Some((next, 3)) if n < 1_000_000 => {
                    n = n * 1000 + u64::from(next);
                    end += 2;
                }
                _ => break,
            }
        }
    }
    n *= 1000;
    if mark(atoms, end, '.') {
        match touching_number(atoms, end + 1) {
            Some((part, len @ 1..=3)) => {
                n += u64::from(part) * [100, 10, 1][len - 1];
                end += 2;
            }
            Some(_) => return None,
            None => {}
        }
    }
    let max = u64::from(Amount::MAX) * 1000;
    u32::try_from(n).ok().filter(|n| u64::from(*n) <= max).map(|n| (end, n))
}

fn amount(atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, Amount)> {
    let (end, mut n) = match digits(atoms, at) {
        Some(found) => found,
        None => {
            let (end, n) = cardinal(atoms, at, words)?;
            (end, n.checked_mul(1000).filter(|n| *n <= Amount::MAX * 1000)?)
        }
    };
    let mut end = end;
    // "2 1/2", "2½"
    if let Some((part, size)) = fraction(atoms, end) {
        n = n.checked_add(part)?;
        end = size;
    }
    // "two and a half", "two-and-a-half"
    let word = |at: usize, sym: Sym| sym != 0 && atoms.get(at).is_some_and(|a| a.kind == AtomKind::Word(sym));
    let step = |at: usize| if mark(atoms, at, '-') { at + 1 } else { at };
    let and = step(end);
    if word(and, words.and) {
        let article = step(and + 1);
        let half = if word(article, words.a) { step(article + 1) } else { article };
        if word(half, words.half) {
            return Some((half + 1, Amount::Exact(n.checked_add(500)?)));
        }
    }
    Some((end, Amount::Exact(n)))
}

/// A fraction behind a number: thousandths and where it ends.
fn fraction(atoms: &[Atom], at: usize) -> Option<(u32, usize)> {
    let atom = atoms.get(at)?;
    match atom.kind {
        AtomKind::Mark('½') if !atom.spaced => Some((500, at + 1)),
        AtomKind::Mark('¼') if !atom.spaced => Some((250, at + 1)),
        AtomKind::Mark('¾') if !atom.spaced => Some((750, at + 1)),
        AtomKind::Number(top) if atom.spaced && mark(atoms, at + 1, '/') => match touching_number(atoms, at + 2)? {
            (bottom, 1) if top < bottom && bottom > 0 => Some((top * 1000 / bottom, at + 3)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the next number word may follow: after a space or a hyphen. Gives its place.
fn next_word(atoms: &[Atom], at: usize) -> usize {
    if mark(atoms, at, '-') && atoms.get(at + 1).is_some_and(|a| !a.spaced) { at + 1 } else { at }
}

fn word_at(atoms: &[Atom], at: usize, map: &FastMap<Sym, u32>) -> Option<u32> {
    match atoms.get(at)?.kind {
        AtomKind::Word(sym) if sym != 0 => map.get(&sym).copied(),
        _ => None,
    }
}

/// A number in words below a million: "twenty-four", "a hundred and thirty", "two thousand".
fn cardinal(atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, u32)> {
    let is = |at: usize, sym: Sym| sym != 0 && atoms.get(at).is_some_and(|a| a.kind == AtomKind::Word(sym));
    let mut end = at;
    let (mut total, mut group, mut any) = (0u32, 0u32, false);
    if (is(at, words.a) || is(at, words.an)) && word_at(atoms, at + 1, &words.cardinal).is_some_and(|n| n >= 100) {
        (group, end) = (1, at + 1);
    }
    // Each step adds a word that is smaller than what the number so far leaves room for, so it ends soon.
    let mut room = u32::MAX;
    loop {
        let mut place = if any || group > 0 { next_word(atoms, end) } else { end };
        if any
            && is(place, words.and)
            && group.is_multiple_of(100)
            && word_at(atoms, place + 1, &words.cardinal).is_some_and(|n| n < 100)
        {
            place += 1;
        }
        let Some(n) = word_at(atoms, place, &words.cardinal) else { break };
        match n {
            1000.. if group > 0 && total == 0 => {
                total = group.checked_mul(n)?;
                (group, room) = (0, 1000);
            }
            100 if group < 100 && (group > 0 || !any) => {
                group = group.max(1) * 100;
                room = 100;
            }
            20..=99 if room > 99 || room == 100 => {
                group += n;
                room = 10;
            }
            0..=19 if room >= 10 && (room != 10 || (1..=9).contains(&n)) => {
                group += n;
                room = 0;
            }
            _ => break,
        }
        any = true;
        end = place + 1;
        // After "five" there is room for "hundred" and "thousand" only.
    }
    any.then_some((end, total.checked_add(group)?))
}

fn ordinal(atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, u32)> {
    if let AtomKind::Number(n) = atoms.get(at)?.kind {
        return (atoms[at].digits() <= 3)
            .then_some(())
            .and_then(|()| ending(atoms, at + 1, n, words))
            .map(|end| (end, n));
    }
    if let Some(n) = word_at(atoms, at, &words.ordinal) {
        return Some((at + 1, n));
    }
    let tens = word_at(atoms, at, &words.cardinal).filter(|n| *n >= 20 && *n < 100)?;
    let place = next_word(atoms, at + 1);
    let unit = word_at(atoms, place, &words.ordinal).filter(|n| *n < 10)?;
    Some((place + 1, tens + unit))
}

/// "Nineteen ninety-seven", "nineteen oh five" is not one; "two thousand" is a number, not a year.
fn spoken_year(atoms: &[Atom], at: usize, words: &NumberWords) -> Option<(usize, u32)> {
    let high = word_at(atoms, at, &words.cardinal).filter(|n| (11..=20).contains(n))?;
    let place = next_word(atoms, at + 1);
    let (end, low) = cardinal(atoms, place, words).filter(|(_, n)| (10..=99).contains(n))?;
    Some((end, high * 100 + low))
}
