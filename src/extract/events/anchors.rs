//! Which clause a date belongs to.

use std::collections::{HashMap, HashSet};

use super::Clauses;
use super::rule::is_event_noun;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{Granularity, Interval, TimexKind};

/// Which time expressions belong to which clause: the nearest verb or event noun above each.
#[derive(Debug, Default)]
pub struct Anchors {
    owned: HashMap<usize, Vec<usize>>,
}

impl Anchors {
    /// Assigns every placed date to the trigger or verb that it depends on.
    pub fn read(clauses: &Clauses<'_>, triggers: &[Trigger]) -> Anchors {
        let tree = clauses.tree;
        let mut anchors = Anchors::default();
        let supports: HashSet<usize> = triggers.iter().filter_map(|t| t.support).collect();
        let is_trigger = |t: &usize| triggers.binary_search_by_key(t, |g| g.token).is_ok();
        // "It was calm on Monday", where the clause has no verb but a copula.
        let has_copula = |t: usize| tree.first(t, &[Deprel::Cop]).is_some();
        let clause = |t: &usize| tree.pos(*t) == Upos::Verb || is_trigger(t) || supports.contains(t) || has_copula(*t);
        for (number, timex) in clauses.times.iter().enumerate() {
            let dated = matches!(timex.kind, TimexKind::Date | TimexKind::Time);
            if !dated || timex.interval.is_none_or(Interval::is_unknown) {
                continue;
            }
            let tokens = tree.document.tokens_in(timex.span);
            if tokens.is_empty() {
                continue;
            }
            let head = tree.head_of_range(tokens.clone());
            if is_compared(clauses, number, tokens.start, head) {
                continue;
            }
            let finite = |t: usize| tree.tag(t) == "VBD" && is_trigger(&t);
            let owner = if let Some(verb) = opened_clause(clauses, tokens.start, head) {
                // "On Monday police used water cannon", where "Monday" is read as a part of "police".
                Some(verb)
            } else if is_modifier(clauses, head) {
                // "the Christmas ceasefire", "this week's summit": a date that modifies a noun dates that noun alone, or
                // the clause that the noun is the occasion of.
                tree.head(head).and_then(|n| {
                    // "a 2004 quake killed 30": what the verb tells of is the quake.
                    // "rejected a Christmas ceasefire" is not done at Christmas.
                    let acts = tree.rel(n) == Deprel::Nsubj && is_event_noun(clauses, n);
                    let told = || tree.head(n).filter(|v| acts && is_trigger(v));
                    if is_trigger(&n) { Some(n) } else { occasion_of(clauses, n).or_else(told) }
                })
            } else if let Some(verb) = tokens.start.checked_sub(1).filter(|v| finite(*v)) {
                // "announced Monday it has settled the dispute".
                Some(verb)
            } else {
                tree.ancestors(head).find(|t| !tokens.contains(t) && clause(t))
            };
            if owner.is_some_and(|verb| is_end_of_state(clauses, tokens.start, verb)) {
                continue;
            }
            let modifier = is_modifier(clauses, head);
            // A date that hangs on no clause belongs to the only event of its sentence.
            let sentence = &tree.document.sentences[tree.document.sentence_of(head)].tokens;
            let inside = || triggers.iter().filter(|g| sentence.contains(&g.token) && !tokens.contains(&g.token));
            let only = || inside().next().filter(|_| inside().nth(1).is_none()).map(|g| g.token);
            if let Some(owner) = owner.or_else(|| if modifier { None } else { only() }) {
                anchors.owned.entry(owner).or_default().push(number);
            }
        }
        anchors.hand_up(clauses, triggers, clause);
        anchors.hand_down(clauses, triggers);
        for owned in anchors.owned.values_mut() {
            owned.sort_by_key(|t| is_vague(clauses, *t));
        }
        anchors
    }

    /// The time expression that belongs to a word: the first that names a day or another stretch of the calendar, else the
    /// first ("recently").
    pub fn of(&self, token: usize) -> Option<usize> {
        self.owned.get(&token).and_then(|t| t.first().copied())
    }

    /// One noun has one date: "blamed it on Monday's vote at a rally on Friday" does not hold the vote on Friday, too.
    fn hand_up(&mut self, clauses: &Clauses<'_>, triggers: &[Trigger], clause: impl Fn(&usize) -> bool) {
        let mut moved: Vec<(usize, usize)> = Vec::new();
        for trigger in triggers.iter().filter(|t| !t.verb) {
            let Some(owned) = self.owned.get_mut(&trigger.token) else { continue };
            let Some(&first) = owned.first() else { continue };
            let above = || clauses.tree.ancestors(trigger.token).skip(1).find(|t| clause(t));
            let (own, others): (Vec<usize>, Vec<usize>) =
                owned.iter().partition(|t| **t == first || !are_two_dates(clauses, first, **t));
            if let Some(above) = (!others.is_empty()).then(above).flatten() {
                moved.extend(others.into_iter().map(|t| (above, t)));
                *owned = own;
            }
        }
        for (above, timex) in moved {
            self.owned.entry(above).or_default().push(timex);
        }
    }

    /// A date right behind an event noun is that of the noun where the verb has another ("was charged on Friday after a
    /// search on Monday") or tells what has gone on ever since ("has closed since its opening in 2003").
    fn hand_down(&mut self, clauses: &Clauses<'_>, triggers: &[Trigger]) {
        let tree = clauses.tree;
        let mut moved: Vec<(usize, usize)> = Vec::new();
        for trigger in triggers.iter().filter(|t| !t.verb) {
            if self.owned.contains_key(&trigger.token) {
                continue;
            }
            let Some(verb) = super::nominal::governing_verb(tree, trigger.token) else { continue };
            let Some(owned) = self.owned.get_mut(&verb) else { continue };
            let behind = |t: &usize| {
                let start = tree.document.tokens_in(clauses.times[*t].span).start;
                let preposition = start.checked_sub(1).filter(|p| matches!(tree.lower(*p).as_str(), "on" | "in"));
                preposition.is_some_and(|p| p == trigger.token + 1)
            };
            let Some(at) = owned.iter().position(behind) else { continue };
            let apart = owned.iter().any(|t| are_two_dates(clauses, *t, owned[at]));
            if apart || tree.case(trigger.token).as_deref() == Some("since") {
                moved.push((trigger.token, owned.remove(at)));
            }
        }
        for (noun, timex) in moved {
            self.owned.entry(noun).or_default().push(timex);
        }
        self.owned.retain(|_, owned| !owned.is_empty());
    }
}

/// Whether a date tells how long what a verb brought about is to last: "was closed until Thursday" tells of no closing on Thursday.
fn is_end_of_state(clauses: &Clauses<'_>, start: usize, verb: usize) -> bool {
    let tree = clauses.tree;
    let until = start.checked_sub(1).is_some_and(|t| matches!(tree.lower(t).as_str(), "until" | "till"));
    let past = matches!(tree.tag(verb), "VBD" | "VBN");
    until && past && clauses.lexicon.words.has(List::Lasting, tree.lemma(verb))
}

/// Whether a date only says what a figure is measured against: "fell 38% from a year earlier", "more than in 2019", "up from 16,000 in
/// the same period last year".
fn is_compared(clauses: &Clauses<'_>, timex: usize, start: usize, head: usize) -> bool {
    let tree = clauses.tree;
    let before = |back: usize| start.checked_sub(back).map(|t| tree.lower(t)).unwrap_or_default();
    let word = if matches!(before(1).as_str(), "in" | "the" | "for") { before(2) } else { before(1) };
    let figure = |t: usize| tree.pos(t) == Upos::Num || matches!(tree.word(t), "%" | "percent" | "€" | "$" | "£");
    match word.as_str() {
        "than" | "versus" => true,
        // "compared with a year earlier", "against last year".
        "with" | "to" => before(2) == "compared",
        "from" => {
            let range = clauses.times[timex].until.is_some();
            let verb = tree.ancestors(head).skip(1).find(|t| tree.pos(*t) == Upos::Verb);
            let changes = |v: &usize| {
                let lemma = tree.lemma(*v).to_lowercase();
                clauses.lexicon.words.has(List::Changing, &lemma)
                    || tree.with_rel(*v, &[Deprel::Obj, Deprel::Obl, Deprel::OblUnmarked]).any(figure)
            };
            let past = clauses.times[timex].interval.zip(clauses.published).is_none_or(|(i, p)| i.to() < Some(p));
            !range && past && verb.is_some_and(|v| changes(&v))
        }
        _ => {
            let above = tree.head(head).filter(|n| matches!(tree.pos(*n), Upos::Num | Upos::Noun | Upos::Sym));
            above.is_some_and(|n| {
                tree.case(n).as_deref() == Some("from") && (figure(n) || tree.dependents(n).any(figure))
            })
        }
    }
}

/// Whether two time expressions are two dates, and not a day and its hour, or the ends of a range, or a list.
fn are_two_dates(clauses: &Clauses<'_>, a: usize, b: usize) -> bool {
    let (first, second) = (&clauses.times[a], &clauses.times[b]);
    let apart = first.interval.zip(second.interval).is_some_and(|(x, y)| !x.overlaps(y));
    let ends = first.until == Some(b) || second.until == Some(a);
    let listed = |t: &usize| {
        let tokens = clauses.tree.document.tokens_in(clauses.times[*t].span);
        tokens.is_empty() || clauses.tree.rel(clauses.tree.head_of_range(tokens)) == Deprel::Conj
    };
    apart && !ends && !is_vague(clauses, a) && !is_vague(clauses, b) && ![a, b].iter().any(listed)
}

/// "Recently", "now", "soon": words that name no stretch of the calendar.
pub fn is_vague(clauses: &Clauses<'_>, timex: usize) -> bool {
    clauses.times[timex].value.ends_with("_REF")
}

/// Whether a year stands behind a name as a part of it: "Expo 2005".
pub fn is_part_of_name(clauses: &Clauses<'_>, timex: usize) -> bool {
    let (tree, timex) = (clauses.tree, &clauses.times[timex]);
    let start = tree.document.tokens_in(timex.span).start;
    timex.granularity == Granularity::Year && start.checked_sub(1).is_some_and(|t| tree.pos(t) == Upos::Propn)
}

/// Whether a date stands as a modifier of the noun above it.
fn is_modifier(clauses: &Clauses<'_>, head: usize) -> bool {
    let tree = clauses.tree;
    let nominal = |t: usize| matches!(tree.pos(t), Upos::Noun | Upos::Propn);
    match tree.rel(head) {
        Deprel::Compound | Deprel::Amod | Deprel::NmodPoss | Deprel::NmodDesc => true,
        Deprel::Nummod => tree.head(head).is_some_and(|n| n > head && nominal(n)),
        _ => false,
    }
}

/// The verb of a clause that opens with a preposition and a date, where the parser joined the date to the subject behind it.
fn opened_clause(clauses: &Clauses<'_>, start: usize, head: usize) -> Option<usize> {
    let tree = clauses.tree;
    let preposition = start.checked_sub(1).filter(|p| matches!(tree.lower(*p).as_str(), "on" | "in" | "at"))?;
    let opens = tree.document.sentences[tree.document.sentence_of(start)].tokens.start == preposition;
    let subject = tree.head(head).filter(|n| opens && is_modifier(clauses, head) && *n > head)?;
    let is_subject = matches!(tree.rel(subject), Deprel::Nsubj | Deprel::NsubjPass);
    tree.head(subject).filter(|v| is_subject && tree.pos(*v) == Upos::Verb)
}

/// The verb that a noun is the occasion of: "in a Wednesday media event".
fn occasion_of(clauses: &Clauses<'_>, noun: usize) -> Option<usize> {
    let tree = clauses.tree;
    let occasion = tree.rel(noun) == Deprel::Obl && is_occasion(clauses, noun);
    tree.head(noun).filter(|v| occasion && tree.pos(*v) == Upos::Verb)
}

/// Whether a noun stands behind a preposition that makes it the occasion of its clause.
pub fn is_occasion(clauses: &Clauses<'_>, noun: usize) -> bool {
    matches!(clauses.tree.case(noun).as_deref(), Some("in" | "at" | "during" | "on"))
}
