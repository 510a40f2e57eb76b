//! Training of the single learners, one function each.

use std::collections::{BTreeMap, HashMap};

use dateline::language::arcs::{self, Node};
use dateline::language::atoms::Atom;
use dateline::language::labels::{self, Tree};
use dateline::language::lemma::{self, Script};
use dateline::language::linear::CLASSES;
use dateline::language::names;
use dateline::language::tagger::{self, View};
use dateline::language::transition::{MOVES, State};

use crate::perceptron::{Perceptron, Random, Weights};

/// A sentence, ready for the learners.
#[derive(Clone, Debug, Default)]
pub struct Example {
    pub atoms: Vec<Atom>,
    /// Gold classes of the tagger.
    pub tags: Vec<u8>,
    /// Gold heads without crossing arcs.
    pub heads: Vec<u32>,
    /// Gold heads as annotated.
    pub true_heads: Vec<u32>,
    /// Gold classes of the labeller.
    pub labels: Vec<u8>,
    /// The words with tags that a tagger gave which did not see this sentence.
    pub nodes: Vec<Node>,
}

fn top(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = (usize::MAX, f32::NEG_INFINITY);
    for (class, &score) in scores.iter().enumerate() {
        if (score > best.1 || best.0 == usize::MAX) && allowed(class) {
            best = (class, score);
        }
    }
    best.0
}

/// The best class that is not right, if its score is not below that of the right one.
fn rival(scores: &[f32], right: usize, wrong: impl Fn(usize) -> bool) -> Option<usize> {
    let rival = top(scores, wrong);
    (rival != usize::MAX && scores[rival] >= scores[right]).then_some(rival)
}

fn order(length: usize, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    random.shuffle(&mut order);
    order
}

pub fn tagger(examples: &[&Example], classes: usize, rounds: usize, least: u32, mut learner: Perceptron) -> Weights {
    let mut random = Random::new(1);
    let (mut keys, mut tags) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        for n in order(examples.len(), &mut random) {
            let example = examples[n];
            tags.clear();
            for i in 0..example.atoms.len() {
                tagger::features(&View { atoms: &example.atoms, tags: &tags }, i, &mut keys);
                let mut scores = [0.0; CLASSES];
                learner.score(&keys, &mut scores);
                let found = top(&scores[..classes], |_| true) as u8;
                learner.tick();
                let right = example.tags[i];
                if let Some(rival) = rival(&scores[..classes], usize::from(right), |c| c != usize::from(right)) {
                    learner.update(&keys, right, rival as u8);
                }
                tags.push(found);
            }
        }
    }
    learner.averages(least)
}

pub fn parser(examples: &[&Example], rounds: usize, least: u32, mut learner: Perceptron) -> Weights {
    let mut random = Random::new(2);
    let mut keys = Vec::new();
    let mut state = State::default();
    let dependents: Vec<Vec<Vec<u32>>> = examples
        .iter()
        .map(|e| {
            let mut below = vec![Vec::new(); e.heads.len() + 1];
            for (d, &h) in e.heads.iter().enumerate() {
                below[h as usize].push(d as u32);
            }
            below
        })
        .collect();
    for round in 0..rounds {
        let (mut wrong, mut steps) = (0, 0);
        for n in order(examples.len(), &mut random) {
            let example = examples[n];
            state.reset(example.heads.len());
            while !state.is_done() {
                arcs::features(&example.nodes, &state, &mut keys);
                let mut scores = [0.0; CLASSES];
                learner.score(&keys, &mut scores);
                let costs = state.costs(&example.heads, &dependents[n]);
                let allowed = |k: usize| state.allows(MOVES[k]);
                let cheapest = (0..3).filter(|&k| allowed(k)).map(|k| costs[k]).min().unwrap_or_default();
                let found = top(&scores[..3], allowed);
                let right = top(&scores[..3], |k| allowed(k) && costs[k] == cheapest);
                learner.tick();
                steps += 1;
                wrong += u32::from(costs[found] > cheapest);
                if let Some(rival) = rival(&scores[..3], right, |k| allowed(k) && costs[k] > cheapest) {
                    learner.update(&keys, right as u8, rival as u8);
                }
                // After two rounds the parser mostly follows itself, to learn what to do after its mistakes.
                let explore = round > 0 && random.below(100) < 90;
                state.apply(MOVES[if explore { found } else { right }]);
            }
        }
        println!("  parser, round {}: {:.2} % of moves wrong", round + 1, 100.0 * f64::from(wrong) / f64::from(steps));
    }
    learner.averages(least)
}

pub fn labeller(
    examples: &[&Example],
    classes: usize,
    [root, mark]: [u8; 2],
    rounds: usize,
    least: u32,
    mut learner: Perceptron,
) -> Weights {
    let mut random = Random::new(3);
    let mut keys = Vec::new();
    let mut tree = Tree::default();
    for round in 0..rounds {
        for n in order(examples.len(), &mut random) {
            let example = examples[n];
            tree.reset(&example.true_heads);
            for k in 0..example.nodes.len() {
                let i = tree.order[k];
                let right = example.labels[i as usize];
                if arcs::is_mark(&example.nodes[i as usize]) && right != root {
                    tree.labels[i as usize] = mark;
                    continue;
                }
                labels::features(&example.nodes, &tree, i, &mut keys);
                let mut scores = [0.0; CLASSES];
                learner.score(&keys, &mut scores);
                let below_root = tree.heads[i as usize] as usize == example.nodes.len();
                let found = top(&scores[..classes], |c| (c == usize::from(root)) == below_root) as u8;
                learner.tick();
                let rival = rival(&scores[..classes], usize::from(right), |c| {
                    c != usize::from(right) && (c == usize::from(root)) == below_root
                });
                if let Some(rival) = rival {
                    learner.update(&keys, right, rival as u8);
                }
                tree.labels[i as usize] = if round == 0 { right } else { found };
            }
        }
    }
    learner.averages(least)
}

/// Sentences with names: atoms, words with tags, and classes of the name tagger.
pub struct Named {
    pub atoms: Vec<Atom>,
    pub nodes: Vec<Node>,
    pub classes: Vec<u8>,
}

pub fn namer(examples: &[Named], rounds: usize, least: u32, mut learner: Perceptron) -> Weights {
    let mut random = Random::new(4);
    let (mut keys, mut classes) = (Vec::new(), Vec::<u8>::new());
    for _ in 0..rounds {
        for n in order(examples.len(), &mut random) {
            let example = &examples[n];
            classes.clear();
            let length = example.atoms.len();
            for i in 0..length {
                let class = |back: usize| i.checked_sub(back).map_or(names::EDGE, |i| classes[i]);
                names::features(&example.atoms, &example.nodes, [class(1), class(2)], i, &mut keys);
                let mut scores = [0.0; CLASSES];
                learner.score(&keys, &mut scores);
                let before = classes.last().copied().unwrap_or(names::OUTSIDE);
                let found = top(&scores[..names::CLASSES], |c| names::follows(before, c as u8, i + 1 == length)) as u8;
                learner.tick();
                let right = usize::from(example.classes[i]);
                let wrong = |c: usize| c != right && names::follows(before, c as u8, i + 1 == length);
                if let Some(rival) = rival(&scores[..names::CLASSES], right, wrong) {
                    learner.update(&keys, right as u8, rival as u8);
                }
                classes.push(found);
            }
        }
    }
    learner.averages(least)
}

/// Table entries and scripts of the lemmatiser: an ending is kept when it says something else than the shorter ones.
pub fn lemmas(words: &[(&str, &str, u8, bool)]) -> (Vec<(u64, u32)>, Vec<Script>) {
    let mut scripts: BTreeMap<Script, usize> = BTreeMap::new();
    for &(form, lemma, _, proper) in words {
        *scripts.entry(Script::between(form, lemma, proper)).or_default() += 1;
    }
    // Frequent scripts first, so that ties go to them.
    let mut list: Vec<(Script, usize)> = scripts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let numbers: HashMap<&Script, u64> = list.iter().enumerate().map(|(i, (s, _))| (s, i as u64)).collect();
    // An ending speaks for new words, so each word counts once; scripts that fit one word only say nothing.
    let common: Vec<bool> = list
        .iter()
        .map(|(script, count)| *count >= 5 && script.append.chars().count() <= 3 && script.strip <= 4)
        .collect();
    let mut types = std::collections::BTreeSet::new();
    let mut counts: BTreeMap<u64, BTreeMap<u64, usize>> = BTreeMap::new();
    let mut chains: Vec<(Vec<u64>, u64)> = Vec::new();
    for &(form, lemma, tag, proper) in words {
        let script = numbers[&Script::between(form, lemma, proper)];
        let chain: Vec<u64> = lemma::keys(form, u32::from(tag)).collect();
        let new = types.insert((chain[0], script));
        for (place, key) in chain.iter().enumerate() {
            if place == 0 || new && common[script as usize] {
                *counts.entry(*key).or_default().entry(script).or_default() += 1;
            }
        }
        chains.push((chain, script));
    }
    let majority = |key: u64| {
        let scripts = counts.get(&key)?;
        let (script, count) = scripts.iter().max_by_key(|(script, count)| (**count, std::cmp::Reverse(**script)))?;
        Some((*script, *count, scripts.values().sum::<usize>()))
    };
    let mut kept: BTreeMap<u64, u64> = BTreeMap::new();
    // Shortest endings first: what they say already need not be said again.
    let mut keys: Vec<(usize, u64, &Vec<u64>)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (chain, _) in &chains {
        for (depth, key) in chain.iter().rev().enumerate() {
            if seen.insert(*key) {
                keys.push((depth, *key, chain));
            }
        }
    }
    keys.sort_by_key(|(depth, key, _)| (*depth, *key));
    for (depth, key, chain) in keys {
        let Some((script, count, all)) = majority(key) else { continue };
        let whole = depth + 1 == chain.len();
        if !whole && depth > 0 && (all < 3 || count * 4 < all * 3) {
            continue;
        }
        let position = chain.iter().position(|k| *k == key).unwrap_or_default();
        let before = chain[position + 1..].iter().find_map(|k| kept.get(k));
        if before != Some(&script) {
            kept.insert(key, script);
        }
    }
    (
        kept.into_iter().map(|(key, script)| (key, script as u32)).collect(),
        list.into_iter().map(|(script, _)| script).collect(),
    )
}
