use super::Clauses;
use super::frame::{core, counted};
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::model::{Count, CountKind, EventType, Span};

/// The numbers of an event: how many were killed, taken, arrested, how much was paid, how strong it was.
pub fn read(clauses: &Clauses<'_>, trigger: &Trigger, event_type: EventType, mode: Option<&str>) -> Vec<Count> {
    let tree = clauses.tree;
    let mut counts = Vec::new();
    let patient_kind = match (event_type, mode) {
        (EventType::Die, _) => Some(CountKind::Dead),
        (EventType::Injure, _) => Some(CountKind::Injured),
        (EventType::Assault, Some("abduct")) => Some(CountKind::Captured),
        (EventType::Coerce, Some("arrest")) => Some(CountKind::Detained),
        (EventType::Migrate, _) => Some(CountKind::Displaced),
        (EventType::Protest, _) => Some(CountKind::People),
        (EventType::Elect, _) => Some(CountKind::Votes),
        _ if matches!(trigger.lemma.as_str(), "kill" | "murder" | "shoot dead" | "claim life") => Some(CountKind::Dead),
        _ => None,
    };
    let heads: Vec<usize> = match event_type {
        EventType::Die if trigger.frame.patients.is_empty() => trigger.frame.agents.clone(),
        // "46,000 people have been evacuated": those who move are the object then.
        EventType::Migrate if trigger.frame.passive || trigger.frame.agents.is_empty() => {
            trigger.frame.patients.clone()
        }
        EventType::Protest | EventType::Migrate => trigger.frame.agents.clone(),
        _ => trigger.frame.patients.clone(),
    };
    if let Some(kind) = patient_kind {
        let nouns = heads.iter().flat_map(|h| [vec![*h], counted(tree, &clauses.lexicon.words, *h)].concat());
        counts.extend(nouns.filter_map(|h| count(clauses, h, kind)));
    }
    counts.extend(ballots(clauses, trigger));
    if event_type == EventType::Die {
        counts.extend(toll(clauses, trigger));
    }
    if event_type == EventType::Deal || event_type == EventType::Result {
        let money = tree.dependents(trigger.token).chain(trigger.frame.patients.iter().copied());
        counts.extend(money.filter(|m| is_money(clauses, *m)).filter_map(|m| count(clauses, m, CountKind::Money)));
    }
    if event_type == EventType::Natural {
        counts.extend(magnitude(clauses, trigger));
    }
    counts.dedup_by(|a, b| a.span == b.span);
    counts
}

/// The ballots that decided it: "approved the motion by 97 votes to 21".
fn ballots(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<Count> {
    let tree = clauses.tree;
    let near = std::iter::once(trigger.token).chain(trigger.frame.patients.iter().copied());
    let below = |t: usize| tree.with_rel(t, &[Deprel::Obl, Deprel::Nmod]);
    let by = |t: &usize| tree.lemma(*t) == "vote" && matches!(tree.case(*t).as_deref(), Some("by" | "with"));
    near.flat_map(below).find(by).and_then(|t| count(clauses, t, CountKind::Votes))
}

/// The number of a death toll, wherever its clause has it: "the toll rose to 31", "put the death toll at 14".
fn toll(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<Count> {
    let tree = clauses.tree;
    let mut nouns = trigger.frame.agents.iter().chain(&trigger.frame.patients);
    let toll = nouns.find(|n| tree.lemma(**n) == "toll")?;
    let of = |t: &usize| tree.case(*t).as_deref() == Some("of");
    let own = tree.with_rel(*toll, &[Deprel::Nmod]).filter(of);
    let below = [Deprel::Obl, Deprel::Obj, Deprel::OblUnmarked];
    let aimed = |t: &usize| tree.rel(*t) == Deprel::Obj || matches!(tree.case(*t).as_deref(), Some("to" | "at" | "of"));
    let mut near = own.chain(tree.with_rel(trigger.token, &below).filter(aimed));
    near.find_map(|t| count(clauses, t, CountKind::Dead))
}

fn is_money(clauses: &Clauses<'_>, token: usize) -> bool {
    let tree = clauses.tree;
    let currency = |t: usize| {
        matches!(
            tree.lemma(t),
            "dollar"
                | "euro"
                | "pound"
                | "franc"
                | "yen"
                | "ruble"
                | "rouble"
                | "yuan"
                | "$"
                | "€"
                | "£"
                | "crown"
                | "krona"
        )
    };
    currency(token) || tree.dependents(token).any(currency)
}

/// "a 7.8 magnitude quake", "an earthquake of magnitude 7.8".
fn magnitude(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<Count> {
    let tree = clauses.tree;
    let sentence = &tree.document.sentences[tree.document.sentence_of(trigger.token)].tokens;
    let at = sentence.clone().find(|t| tree.lemma(*t) == "magnitude")?;
    let near = [at + 1, at.wrapping_sub(1), at.wrapping_sub(2)];
    let number = near.into_iter().filter(|t| sentence.contains(t)).find(|t| tree.word(*t).parse::<f64>().is_ok())?;
    let value: f64 = tree.word(number).parse().ok()?;
    let span = tree.document.tokens[number].span;
    (value < 11.0).then_some(Count { kind: CountKind::Magnitude, low: value, high: Some(value), span })
}

/// The number that stands with a noun phrase: "13 soldiers", "at least 3,800 people", "dozens of civilians".
fn count(clauses: &Clauses<'_>, head: usize, kind: CountKind) -> Option<Count> {
    let tree = clauses.tree;
    let span = |range: std::ops::Range<usize>| tree.document.span_of(range);
    if core(tree, &clauses.lexicon.words, head) != head
        || matches!(tree.lemma(head), "dozen" | "hundred" | "thousand" | "million")
    {
        let word = tree.lower(head);
        let one = tree.first(head, &[Deprel::Nummod, Deprel::Det]);
        // "tens of thousands", "hundreds of thousands".
        let of = tree.with_rel(head, &[Deprel::Nmod, Deprel::Obl]).find(|n| tree.case(*n).as_deref() == Some("of"));
        if let Some((low, high, end)) =
            of.and_then(|n| Some((multiple(&word, &tree.lower(n))?, n))).map(|((l, h), n)| (l, h, n))
        {
            return Some(bounded(clauses, head, kind, low, Some(high), span(head..end + 1)));
        }
        if let Some((low, high)) = vague(&word, one.is_some()) {
            let times = one.and_then(|n| value(&tree.lower(n))).unwrap_or(1.0);
            let start = one.unwrap_or(head);
            return Some(bounded(
                clauses,
                head,
                kind,
                low * times,
                high.map(|h| h * times),
                span(start.min(head)..head + 1),
            ));
        }
    }
    let number = if tree.pos(head) == Upos::Num { head } else { tree.first(head, &[Deprel::Nummod])? };
    let (value, first) = amount(clauses, number)?;
    Some(bounded(clauses, number, kind, value, Some(value), span(first..number + 1)))
}

/// The value of a number token with the words that belong to it: "3,800", "1.2 million", "half a million".
fn amount(clauses: &Clauses<'_>, number: usize) -> Option<(f64, usize)> {
    let tree = clauses.tree;
    let own = value(&tree.lower(number))?;
    let part = tree.with_rel(number, &[Deprel::Compound, Deprel::Nummod]).rfind(|c| *c < number);
    match part.and_then(|p| Some((value(&tree.lower(p))?, p))) {
        // Rounded to thousandths: 8.2 times 1,000,000,000 is 8,200,000,000.
        Some((factor, first)) if own >= 100.0 => Some(((factor * own * 1000.0).round() / 1000.0, first)),
        _ => Some((own, number)),
    }
}

/// Widens a number by the words before it: "at least", "more than", "up to", "about".
fn bounded(clauses: &Clauses<'_>, token: usize, kind: CountKind, low: f64, high: Option<f64>, span: Span) -> Count {
    let tree = clauses.tree;
    let before: Vec<String> = (1..=3)
        .filter_map(|n| token.checked_sub(n))
        .map(|t| tree.lower(t))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let before = before.join(" ");
    let ends = |words: &[&str]| words.iter().any(|w| before.ends_with(w));
    let mut count = Count { kind, low, high, span };
    if ends(&["at least", "more than", "over", "no fewer than", "no less than", "minimum of"]) {
        count.high = None;
    } else if ends(&["up to", "as many as", "at most", "no more than", "fewer than", "less than", "nearly", "almost"]) {
        count.low = if ends(&["nearly", "almost"]) { low * 0.9 } else { 0.0 };
    } else if ends(&["about", "around", "some", "roughly", "approximately", "an estimated", "estimated"]) {
        count.low = (low * 0.9).floor();
        count.high = high.map(|h| (h * 1.1).ceil());
    }
    count
}

/// "Tens of thousands" are 20,000 to 99,999, "hundreds of thousands" 200,000 to 999,999.
fn multiple(tens: &str, of: &str) -> Option<(f64, f64)> {
    let unit = match of {
        "thousands" => 1000.0,
        "millions" => 1e6,
        _ => return None,
    };
    let factor = match tens {
        "tens" => 10.0,
        "hundreds" => 100.0,
        _ => return None,
    };
    Some((2.0 * factor * unit, 10.0 * factor * unit - 1.0))
}

fn vague(word: &str, one: bool) -> Option<(f64, Option<f64>)> {
    Some(match word {
        // "dozens" is 24 to 99; "a dozen" is 12.
        "dozens" => (24.0, Some(99.0)),
        "dozen" => (12.0, Some(12.0)),
        "scores" => (40.0, Some(199.0)),
        "hundreds" => (200.0, Some(1999.0)),
        "thousands" => (2000.0, Some(99_999.0)),
        "millions" => (2_000_000.0, Some(99_999_999.0)),
        "hundred" if one => (100.0, Some(100.0)),
        "thousand" if one => (1000.0, Some(1000.0)),
        "million" if one => (1_000_000.0, Some(1_000_000.0)),
        _ => return None,
    })
}

/// The value of one number word or figure; thousands may be parted by commas.
fn value(word: &str) -> Option<f64> {
    const SMALL: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(n) = SMALL.iter().position(|s| *s == word) {
        return Some(n as f64);
    }
    let tens = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(n) = tens.iter().position(|s| *s == word) {
        return Some(30.0 + 10.0 * n as f64);
    }
    match word {
        "a" | "an" => return Some(1.0),
        "half" => return Some(0.5),
        "dozen" => return Some(12.0),
        "hundred" => return Some(100.0),
        "thousand" => return Some(1000.0),
        "million" => return Some(1e6),
        "billion" => return Some(1e9),
        "trillion" => return Some(1e12),
        _ => {}
    }
    let digits = word.replace(',', "");
    let plain = !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if plain { digits.parse().ok().filter(|v: &f64| v.is_finite()) } else { None }
}
