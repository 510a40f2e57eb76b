//! The lexicon of the coreference stage: kind, sex, cluster and signature of the most frequent words, from word vectors,
//! the entity types of GUM and the first names of `data/words`.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::Result;
use dateline::language::coref::lexicon::{CLUSTERS, Gender, KINDS, Kind, Noun, SIGNATURE, hash, key};
use dateline::language::table;

use crate::clusters::{dot, k_means};
use crate::random::Random;
use crate::treebank::Sentence;
use crate::vectors::Vector;

/// Words of the lexicon, besides first names.
const WORDS: usize = 11_000;
const ROUNDS: usize = 30;
/// How many entities of GUM a role noun of our own list counts for.
const ROLE_WEIGHT: usize = 5;

/// Nouns whose sex is beyond doubt, from which that of others is learned.
const MALE: &str = "man boy father son brother husband spokesman businessman policeman chairman king prince uncle actor gentleman boyfriend grandfather nephew he his him sir";
const FEMALE: &str = "woman girl mother daughter sister wife queen princess aunt actress lady girlfriend grandmother niece she her hers madam";

/// The lexicon, as a table. `names` and `roles` are the lines of `first_names.tsv` and `roles.tsv` in `data/words`.
pub fn table(vectors: &[(String, Vector)], sentences: &[Sentence], names: &str, roles: &str) -> Result<Vec<u8>> {
    let place: HashMap<&str, usize> =
        vectors.iter().enumerate().rev().map(|(i, (word, _))| (word.as_str(), i)).collect();
    let mut sexes: BTreeMap<String, Gender> = BTreeMap::new();
    for (gender, words) in names.lines().filter_map(|line| line.split_once('\t')) {
        let gender = match gender {
            "m" => Gender::Male,
            "f" => Gender::Female,
            _ => continue,
        };
        sexes.extend(words.split('|').map(|word| (word.to_lowercase(), gender)));
    }
    let first_names: Vec<String> = sexes.keys().cloned().collect();
    sexes.extend(MALE.split(' ').map(|word| (word.to_owned(), Gender::Male)));
    sexes.extend(FEMALE.split(' ').map(|word| (word.to_owned(), Gender::Female)));

    // Names are of those on the list; what is learned goes for nouns: surnames have no sex.
    let common: HashSet<String> =
        sentences.iter().flatten().filter(|w| w.upos == "NOUN").map(|w| w.form.to_lowercase()).collect();
    let mut counts = counts(sentences);
    let mut neither: Vec<&str> = Vec::new();
    for (noun, kind) in roles.lines().filter_map(|line| line.split_once('\t')) {
        let kind = if kind.starts_with("person") { Kind::Person } else { Kind::Organisation };
        counts.entry(noun.to_owned()).or_default()[kind as usize] += ROLE_WEIGHT;
        if kind == Kind::Person && !noun.ends_with("man") && !sexes.contains_key(noun) {
            neither.push(noun);
        }
    }
    let kinds: Vec<(&Vector, usize, f32)> = counts
        .iter()
        .filter_map(|(word, counts)| {
            let vector = &vectors[*place.get(word.as_str())?].1;
            let (kind, &most) = counts.iter().enumerate().max_by_key(|(k, n)| (**n, KINDS - k))?;
            Some((vector, kind, (most as f32).sqrt().min(4.0)))
        })
        .collect();
    let kind_weights = softmax(&kinds, KINDS);
    let sexed: Vec<(&Vector, usize, f32)> = sexes
        .iter()
        .map(|(word, gender)| (word.as_str(), usize::from(*gender == Gender::Female)))
        .chain(neither.into_iter().map(|word| (word, 2)))
        .filter_map(|(word, class)| Some((&vectors[*place.get(word)?].1, class, 1.0)))
        .collect();
    let sex_weights = softmax(&sexed, 3);

    let mut chosen: Vec<&str> = Vec::new();
    for (word, _) in vectors {
        if chosen.len() < WORDS
            && word.len() > 1
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
            && place[word.as_str()] < 60_000
        {
            chosen.push(word);
        }
    }
    chosen.extend(first_names.iter().map(String::as_str));
    chosen.sort_unstable();
    chosen.dedup();
    let known: Vec<Vector> = chosen.iter().filter_map(|word| place.get(word)).map(|&i| vectors[i].1).collect();
    let (found, _) = k_means(&known, CLUSTERS - 1, 12);
    let mut random = Random::new(20);
    let planes: Vec<Vector> = (0..SIGNATURE)
        .map(|_| std::array::from_fn(|_| (0..4).map(|_| random.below(2001) as f32 / 1000.0 - 1.0).sum::<f32>()))
        .collect();
    let mean: Vector = std::array::from_fn(|k| known.iter().map(|v| v[k]).sum::<f32>() / known.len().max(1) as f32);
    let mut entries = Vec::new();
    let mut number = 0;
    for word in &chosen {
        let mut noun = Noun::default();
        if let Some(&i) = place.get(word) {
            let vector = &vectors[i].1;
            let scores = apply(&kind_weights, vector);
            let kind = counts.get(*word).filter(|c| c.iter().sum::<usize>() >= 3).map_or_else(
                || top(&scores),
                |counts| counts.iter().enumerate().max_by_key(|(k, n)| (**n, KINDS - k)).map_or(0, |(k, _)| k),
            );
            noun = Noun::with_kind(kind);
            let sex = apply(&sex_weights, vector);
            if noun.kind == Kind::Person && common.contains(*word) && (sex[0] - sex[1]).abs() > 2.0 && top(&sex) < 2 {
                noun.gender = if sex[0] > sex[1] { Gender::Male } else { Gender::Female };
            }
            noun.cluster = found[number] as u8 + 1;
            number += 1;
            let centred: Vector = std::array::from_fn(|k| vector[k] - mean[k]);
            for (bit, plane) in planes.iter().enumerate() {
                noun.signature |= u32::from(dot(plane, &centred) > 0.0) << bit;
            }
        }
        if let Some(&gender) = sexes.get(*word) {
            noun.gender = gender;
        }
        entries.push((key(hash(word)), noun.payload()));
    }
    Ok(table::build_tight(&entries))
}

/// How often each word is the head of an entity of each kind.
fn counts(sentences: &[Sentence]) -> BTreeMap<String, [usize; KINDS]> {
    let mut counts: BTreeMap<String, [usize; KINDS]> = BTreeMap::new();
    for sentence in sentences {
        let mut open: Vec<(&str, usize, Option<Kind>)> = Vec::new();
        for (i, word) in sentence.iter().enumerate() {
            let Some(entity) = word.misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else { continue };
            let mut rest = entity;
            while !rest.is_empty() {
                let opens = rest.starts_with('(');
                let body = rest.strip_prefix('(').unwrap_or(rest);
                let stop = body.find(['(', ')']).unwrap_or(body.len());
                let mut fields = body[..stop].split('-');
                let id = fields.next().unwrap_or_default();
                if opens {
                    open.push((id, i, fields.next().and_then(kind)));
                }
                let closes = body[stop..].starts_with(')');
                if closes && let Some(at) = open.iter().rposition(|(other, ..)| *other == id) {
                    let (_, start, kind) = open.remove(at);
                    let inside = start..i + 1;
                    let head = inside.clone().find(|&k| !inside.contains(&(sentence[k].head as usize)));
                    if let Some((kind, head)) =
                        kind.zip(head).filter(|(_, head)| matches!(&*sentence[*head].upos, "NOUN" | "PROPN"))
                    {
                        counts.entry(sentence[head].form.to_lowercase()).or_default()[kind as usize] += 1;
                    }
                }
                rest = &body[stop + usize::from(closes)..];
            }
        }
    }
    counts
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "person" => Kind::Person,
        "organization" => Kind::Organisation,
        "place" => Kind::Place,
        "time" => Kind::Time,
        "event" => Kind::Event,
        "abstract" => Kind::Abstract,
        "animal" | "object" | "plant" | "substance" => Kind::Object,
        _ => return None,
    })
}

type Layer = Vec<(Vector, f32)>;

fn apply(layer: &Layer, vector: &Vector) -> Vec<f32> {
    layer.iter().map(|(weights, bias)| dot(weights, vector) + bias).collect()
}

fn top(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or_default()
}

/// Logistic regression: examples are a vector, its class and its weight.
fn softmax(examples: &[(&Vector, usize, f32)], classes: usize) -> Layer {
    let mut layer: Layer = vec![([0.0; 100], 0.0); classes];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(10);
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        let rate = 0.5 * (1.0 - round as f32 / ROUNDS as f32);
        for &e in &order {
            let (vector, class, weight) = examples[e];
            let scores = apply(&layer, vector);
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let powers: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
            let total: f32 = powers.iter().sum();
            for (k, (weights, bias)) in layer.iter_mut().enumerate() {
                let step = rate * weight * (f32::from(u8::from(k == class)) - powers[k] / total);
                *bias += step;
                for (to, from) in weights.iter_mut().zip(vector) {
                    *to += step * from - 1e-5 * *to;
                }
            }
        }
    }
    layer
}
