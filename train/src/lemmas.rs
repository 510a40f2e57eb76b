//! What the lemmatiser learns.

use std::collections::{BTreeMap, HashMap};

use dateline::language::lemma::{self, Script};

/// Table entries and scripts of the lemmatiser: an ending is kept when it says something else than the shorter ones.
pub fn learn(words: &[(&str, &str, u8, bool)]) -> (Vec<(u64, u32)>, Vec<Script>) {
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
