//! Time rules: `data/time/*.toml`, checked and compiled.

mod builtin;
mod file;
mod grammar;
mod load;
mod load_lists;
mod load_rule;
mod ops;
mod pattern;
mod template;

use grammar::{Found, Grammar, Matcher};

use super::{Atom, AtomKind, Data, LexiconError, Sym, Vocabulary, atoms};
use crate::lexicon::vocabulary::FastMap;
use crate::model::Span;
use crate::time::Term;

/// A sentence that a rule must (or must not) understand, from its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExample {
    /// The sentence.
    pub text: String,
    /// The words of the time expression; empty for a reject.
    pub span: String,
    /// TIMEX3 value; `none` when the words are no time.
    pub value: String,
    /// TIMEX3 type, if the example tells it.
    pub kind: Option<String>,
    /// TIMEX3 mod, if the example tells it.
    pub modifier: Option<String>,
    /// EDTF, if the example tells it.
    pub edtf: Option<String>,
    /// Day of writing, if the example tells it.
    pub dct: Option<String>,
    /// Line in the file.
    pub line: usize,
}

/// A word beside a match that a rule asks for or forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    Word(Sym),
    Mark(char),
    Number,
    Kind(usize),
}

/// One rule as the program knows it.
#[derive(Clone, Debug)]
pub struct TimeRule {
    /// Its name, the same in every output that names rules.
    pub name: String,
    /// What kind of expression it finds: the group of its file.
    pub group: String,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// It counts only in articles that narrate: whose dates hang on each other, not on the day of writing.
    pub narrative: bool,
    /// What the reader should know of every such date: that its zone is not certain, that it is of the Julian calendar.
    pub note: Option<String>,
    /// Sentences it must understand.
    pub examples: Vec<TimeExample>,
    /// Sentences it must leave alone.
    pub rejects: Vec<TimeExample>,
    after: Vec<Beside>,
    before: Vec<Beside>,
    not_after: Vec<Beside>,
    not_before: Vec<Beside>,
}

/// Words that a rule matched, and what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMatch {
    /// The words.
    pub span: Span,
    /// The first atom, as an index into the atoms that were searched.
    pub first: usize,
    /// The atom behind the last.
    pub end: usize,
    /// The rule, as an index into [`TimeRules::rules`].
    pub rule: usize,
    /// The meaning.
    pub term: Term,
    /// The next match ends the range that this one begins.
    pub to_next: bool,
}

/// The compiled time rules.
#[derive(Clone, Debug)]
pub struct TimeRules {
    rules: Vec<TimeRule>,
    grammar: Grammar,
    vocabulary: Vocabulary,
    root: usize,
    top: usize,
    /// Root and kind of the rules that only follow a word, by the word.
    after_tops: FastMap<Sym, (usize, usize)>,
}

impl TimeRules {
    /// Loads and checks `time/*.toml`.
    ///
    /// ```
    /// use dateline::lexicon::{Data, TimeRules};
    /// let rules = TimeRules::load(&Data::BuiltIn).unwrap();
    /// assert!(rules.rules().iter().any(|r| r.group == "relative"));
    /// ```
    pub fn load(data: &Data) -> Result<TimeRules, LexiconError> {
        load::load(&data.files("time", ".toml")?)
    }

    /// The rules in the order of their files.
    pub fn rules(&self) -> &[TimeRule] {
        &self.rules
    }

    /// Cuts a range of a text into the atoms that rules are matched over.
    pub fn atoms(&self, text: &str, range: Span, out: &mut Vec<Atom>) {
        atoms(text, range, &self.vocabulary, out);
    }

    /// Every match in a run of atoms that belong together, from the left, the longest at each place. Matches do not
    /// overlap. Those that mean [`Term::Nothing`] are given, too: their words are no time.
    pub fn matches(&self, text: &str, atoms: &[Atom]) -> Vec<TimeMatch> {
        let mut matcher = Matcher::new(&self.grammar, text, atoms);
        let mut found = Vec::new();
        let mut at = 0;
        while at < atoms.len() {
            let before = match at.checked_sub(1).map(|i| atoms[i].kind) {
                Some(AtomKind::Word(sym)) => self.after_tops.get(&sym).filter(|t| matcher.may_begin(t.1, at)),
                _ => None,
            };
            let anywhere = matcher.may_begin(self.top, at);
            if !anywhere && before.is_none() || !open_before(atoms, at) {
                at += 1;
                continue;
            }
            let mut readings = if anywhere { matcher.all(self.root, at) } else { Vec::new() };
            if let Some((root, _)) = before {
                readings.extend(matcher.all(*root, at));
            }
            let mut best: Option<(Found, usize)> = None;
            for reading in readings {
                let production = &self.grammar.productions[reading.production];
                let Some(rule) = production.rule else { continue };
                let rank = |f: &Found| (f.end, self.grammar.productions[f.production].rank);
                if production.capital && !matcher.has_capital(at..reading.end) {
                    continue;
                }
                let better = best.as_ref().is_none_or(|b| rank(&reading) > rank(&b.0));
                if better && open_behind(atoms, reading.end) && self.allows(rule, atoms, at, reading.end, &mut matcher)
                {
                    best = Some((reading, rule));
                }
            }
            let Some((reading, rule)) = best else {
                at += 1;
                continue;
            };
            let end = reading.end;
            if let Some(term) = reading.value.term() {
                let one = |first: usize, end: usize, term: Term, to_next: bool| TimeMatch {
                    span: atoms[first].span.cover(atoms[end - 1].span),
                    first,
                    end,
                    rule,
                    term,
                    to_next,
                };
                match (term, &self.grammar.productions[reading.production].ends) {
                    (Term::Between(from, to), Some((a, b))) => {
                        let behind = a.iter().map(|s| reading.slots[*s].1).max().unwrap_or(at + 1);
                        let begin = b.iter().map(|s| reading.slots[*s].0).min().unwrap_or(behind);
                        found.push(one(at, behind.min(begin), *from, true));
                        found.push(one(begin, end, *to, false));
                    }
                    (term, _) => found.push(one(at, end, term, false)),
                }
            }
            at = end;
        }
        found
    }

    /// Whether the words round a match are those that its rule wants.
    fn allows(&self, rule: usize, atoms: &[Atom], at: usize, end: usize, matcher: &mut Matcher<'_>) -> bool {
        let rule = &self.rules[rule];
        let mut is = |place: Option<usize>, wanted: &[Beside]| {
            let Some(place) = place.filter(|p| *p < atoms.len()) else { return false };
            wanted.iter().any(|w| match w {
                Beside::Word(sym) => atoms[place].kind == AtomKind::Word(*sym),
                Beside::Mark(c) => atoms[place].kind == AtomKind::Mark(*c),
                Beside::Number => matches!(atoms[place].kind, AtomKind::Number(_)),
                Beside::Kind(kind) => matcher.is_one(*kind, place),
            })
        };
        let (left, right) = (at.checked_sub(1), Some(end));
        if !rule.after.is_empty() && !is(left, &rule.after) || is(left, &rule.not_after) {
            return false;
        }
        (rule.before.is_empty() || is(right, &rule.before)) && !is(right, &rule.not_before)
    }
}

/// Whether an expression can begin at an atom: not inside a word, a number or an amount of money.
fn open_before(atoms: &[Atom], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| atoms[i]).filter(|_| !atoms[at].spaced) else { return true };
    let number = matches!(atoms[at].kind, AtomKind::Number(_));
    let far = at.checked_sub(2).map(|i| atoms[i].kind).filter(|_| !before.spaced);
    match before.kind {
        AtomKind::Word(_) | AtomKind::Number(_) => false,
        AtomKind::Mark('$' | '£' | '€' | '¥' | '#' | '_' | '@' | '+') => !number,
        AtomKind::Mark('.' | ',' | ':') => !(number && matches!(far, Some(AtomKind::Number(_)))),
        AtomKind::Mark('\'') => far.is_none() || number,
        AtomKind::Mark('/') => !(number && matches!(far, Some(AtomKind::Number(_)))),
        AtomKind::Mark(_) => true,
    }
}

/// Whether an expression can end before an atom.
fn open_behind(atoms: &[Atom], end: usize) -> bool {
    let (Some(last), Some(next)) = (end.checked_sub(1).map(|i| atoms[i]), atoms.get(end).filter(|a| !a.spaced)) else {
        return true;
    };
    let number = matches!(last.kind, AtomKind::Number(_));
    let far = atoms.get(end + 1).filter(|a| !a.spaced).map(|a| a.kind);
    match next.kind {
        AtomKind::Word(_) | AtomKind::Number(_) => matches!(last.kind, AtomKind::Mark(_)),
        AtomKind::Mark('%' | '_' | '@' | '°') => !number,
        AtomKind::Mark('.' | ',' | ':' | '/') => !(number && matches!(far, Some(AtomKind::Number(_)))),
        AtomKind::Mark(_) => true,
    }
}
