//! The labelled clauses of `data/events/clauses.tsv`, and what rules and classifier make of those that nobody learned from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dateline::extract::typing::clauses::{self, Labelled};
use dateline::extract::{Engine, Lexicon};
use dateline::language::Model;
use dateline::lexicon::Data;
use dateline::model::{Article, EventType};

fn labelled() -> Vec<Labelled> {
    clauses::read(include_str!("../data/events/clauses.tsv")).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn every_type_has_enough_clauses_to_learn_from_and_to_measure() {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let all = labelled();
    for clause in &all {
        let count = counts.entry(clause.event_type.map_or(clauses::NONE, EventType::as_str)).or_default();
        count.0 += 1;
        count.1 += usize::from(clause.is_held_out());
    }
    assert!(all.len() >= 3_000, "{}", all.len());
    for name in EventType::ALL.iter().map(|t| t.as_str()).chain([clauses::NONE]) {
        let (count, held) = counts.get(name).copied().unwrap_or_default();
        assert!(count >= 60 && held >= 5, "{name}: {count} clauses, {held} held out");
    }
    let held = all.iter().filter(|c| c.is_held_out()).count();
    assert!((17..24).contains(&(100 * held / all.len())), "{held} of {} are held out", all.len());
}

#[test]
fn no_two_clauses_are_nearly_the_same() {
    let all = labelled();
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let sets: Vec<BTreeSet<String>> = all.iter().map(|c| words(&c.text)).collect();
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, set) in sets.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for word in set {
            let others = having.entry(word).or_default();
            others.iter().for_each(|o| *shared.entry(*o).or_default() += 1);
            others.push(at);
        }
        for (other, common) in shared {
            let either = set.len() + sets[other].len() - common;
            assert!(common * 10 < either * 7, "lines {} and {}", all[other].line, all[at].line);
        }
    }
}

#[test]
fn a_wrong_line_is_told() {
    let head = "type\tmode\ttrigger\tclause\n";
    let error = |line: &str| clauses::read(&format!("{head}{line}\n")).unwrap_err().to_string();
    assert!(error("SUE\tsued\tThey sued.").contains("not four columns"));
    assert!(error("SEW\t\tsued\tThey sued.").contains("there is no type SEW"));
    assert!(error("SUE\t\tsue\tThey sued.").contains("\"sue\" stands 0 times"));
}

/// Types of the clauses that nobody learned from; the shares may not fall.
#[test]
fn held_out_clauses_keep_their_types() {
    let engine = Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), Model::embedded());
    let (mut all, mut right, mut typed, mut typed_right) = (0, 0, 0, 0);
    for clause in labelled().into_iter().filter(Labelled::is_held_out) {
        let found = engine.analyse_at(&Article::from_text(clause.text.as_str()), &[clause.trigger]).events;
        let (said, gold) = (found[0].event_type, clause.event_type.unwrap_or(EventType::Other));
        all += 1;
        right += usize::from(said == gold);
        typed += usize::from(said != EventType::Other);
        typed_right += usize::from(said == gold && said != EventType::Other);
    }
    let percent = |a: usize, b: usize| 100 * a / b;
    println!("accuracy {} %, precision of types {} %", percent(right, all), percent(typed_right, typed));
    assert!(
        percent(right, all) >= 52 && percent(typed_right, typed) >= 78,
        "{right} of {all}, {typed_right} of {typed}"
    );
}
