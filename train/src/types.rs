//! Trains the classifier of event types on the clauses of `data/events/clauses.tsv`, and measures it beside the rules.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use dateline::extract::typing::clauses::{self, Labelled};
use dateline::extract::typing::weights::{Weights, pack};
use dateline::extract::typing::{Opinion, opinion};
use dateline::extract::{Engine, Lexicon, Seen};
use dateline::language::Model;
use dateline::lexicon::{Data, Route};
use dateline::model::EventType;

use crate::treebank::sha256;
use crate::types_fit::{Example, Vectors, fit};
use crate::{types_card, vectors};

/// Parts of the training clauses, each of which is judged by what the others teach.
const PARTS: u32 = 5;

/// A clause with what is seen of it.
struct Clause {
    labelled: Labelled,
    seen: Seen,
}

impl Clause {
    /// The gold type; no happening and a happening of no type are the same to whoever reads a timeline.
    fn gold(&self) -> EventType {
        self.labelled.event_type.unwrap_or(EventType::Other)
    }

    fn label(&self) -> &'static str {
        self.labelled.event_type.map_or(clauses::NONE, EventType::as_str)
    }

    fn by_rule(&self) -> Option<EventType> {
        self.seen.by_rule.as_ref().map(|rule| rule.0)
    }

    /// The answers of the rules, the classifier, and both.
    fn answers(&self, opinion: &Opinion) -> [EventType; 3] {
        let rules = self.by_rule().unwrap_or(EventType::Other);
        let learned = opinion.event_type.unwrap_or(EventType::Other);
        [rules, learned, self.by_rule().or(opinion.sure()).unwrap_or(EventType::Other)]
    }
}

/// Accuracy and macro F1 of one way to type clauses, percent, with precision of the types that it gives and how many it
/// leaves without.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub accuracy: f64,
    pub macro_f1: f64,
    pub precision: f64,
    pub untyped: f64,
}

fn score(pairs: &[(EventType, EventType)]) -> Score {
    let count = |wanted: &dyn Fn(&(EventType, EventType)) -> bool| pairs.iter().filter(|p| wanted(p)).count() as f64;
    let f1s: Vec<f64> = EventType::ALL
        .iter()
        .filter(|kind| pairs.iter().any(|p| p.0 == **kind))
        .map(|kind| {
            let right = count(&|p| p.0 == *kind && p.1 == *kind);
            2.0 * right / (count(&|p| p.0 == *kind) + count(&|p| p.1 == *kind)).max(1.0)
        })
        .collect();
    let typed = count(&|p| p.1 != EventType::Other);
    let all = pairs.len().max(1) as f64;
    Score {
        accuracy: 100.0 * count(&|p| p.0 == p.1) / all,
        macro_f1: 100.0 * f1s.iter().sum::<f64>() / f1s.len().max(1) as f64,
        precision: 100.0 * count(&|p| p.0 == p.1 && p.1 != EventType::Other) / typed.max(1.0),
        untyped: 100.0 * (all - typed) / all,
    }
}

/// Trains, measures, and writes `types.dlm` and its card into `model`; with `errors`, prints what is typed wrongly among the
/// training clauses.
pub fn train(vectors: &Path, model: &Path, errors: bool, say: impl Fn(&str)) -> Result<()> {
    let data = model.parent().context("no parent folder")?;
    let file = data.join("events/clauses.tsv");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let engine = Engine::new(Lexicon::load(&Data::Folder(data.to_owned()))?, Model::embedded());
    let mut all = Vec::new();
    for labelled in clauses::read(&text)? {
        let seen = engine.look(&labelled.text, labelled.trigger).context("a clause without words")?;
        all.push(Clause { labelled, seen });
    }
    say("clauses read");
    let list = vectors::read(vectors)?;
    let known: Vectors = list.iter().map(|(word, vector)| (word.as_str(), vector)).collect();
    let (held, own): (Vec<&Clause>, Vec<&Clause>) = all.iter().partition(|c| c.labelled.is_held_out());
    let mut labels: Vec<&str> = all.iter().map(Clause::label).collect();
    labels.sort();
    labels.dedup();
    let mut parts: Vec<(f32, Route, bool)> = Vec::new();
    let mut answers: [Vec<(EventType, EventType)>; 3] = Default::default();
    for part in 0..PARTS {
        let (judged, learned): (Vec<&Clause>, Vec<&Clause>) =
            own.iter().partition(|c| c.labelled.fold(PARTS * 5) % PARTS == part);
        let bytes = pack(fit(&examples(&learned, &labels), &labels, &known, &words_of(&all, false)));
        let weights = Weights::read(&bytes).context("the weights cannot be read back")?;
        for clause in judged {
            let opinion = opinion(&weights, &clause.seen.view, clause.by_rule());
            let said = clause.answers(&opinion);
            answers.iter_mut().zip(said).for_each(|(a, said)| a.push((clause.gold(), said)));
            let (route, probability, right) = route(clause, &opinion);
            parts.push((probability, route, right));
            if said[2] != clause.gold() && errors {
                println!("{}\t{}\t{route}\t{}", clause.label(), said[2], clause.labelled.text);
            }
        }
    }
    let crossed = answers.map(|pairs| score(&pairs));
    say("judged by parts");
    let bytes = pack(fit(&examples(&own, &labels), &labels, &known, &words_of(&all, true)));
    let weights = Weights::read(&bytes).context("the weights cannot be read back")?;
    let mut answers: [Vec<(EventType, EventType)>; 3] = Default::default();
    for clause in &held {
        let said = clause.answers(&opinion(&weights, &clause.seen.view, clause.by_rule()));
        answers.iter_mut().zip(said).for_each(|(a, said)| a.push((clause.gold(), said)));
    }
    let held_out = answers.map(|pairs| score(&pairs));
    for (name, scores) in [("parts", &crossed), ("held out", &held_out)] {
        for (way, s) in ["rules", "classifier", "both"].iter().zip(scores) {
            println!(
                "  {name}, {way}: accuracy {:.1}, macro F1 {:.1}, precision of types {:.1}, untyped {:.1}",
                s.accuracy, s.macro_f1, s.precision, s.untyped
            );
        }
    }
    print_steps(&parts);
    let hash = sha256(&bytes);
    let card =
        types_card::text(&sha256(text.as_bytes()), own.len(), held.len(), &crossed, &held_out, bytes.len(), &hash);
    std::fs::write(model.join("types.dlm"), &bytes)?;
    std::fs::write(model.join("TYPES.md"), card)?;
    say(&format!("weights of event types written, {} bytes, SHA-256 {hash}", bytes.len()));
    Ok(())
}

fn examples<'c>(clauses: &[&'c Clause], labels: &[&str]) -> Vec<Example<'c>> {
    let number = |c: &Clause| labels.binary_search(&c.label()).unwrap_or_default();
    clauses.iter().map(|c| Example { view: &c.seen.view, label: number(c) }).collect()
}

/// How a clause is typed, with the probability that its confidence hangs on, and whether that came out right.
fn route(clause: &Clause, opinion: &Opinion) -> (Route, f32, bool) {
    let right = clause.answers(opinion)[2] == clause.gold();
    match &clause.seen.by_rule {
        Some((_, _, true)) => (Route::SpeechAct, 0.0, right),
        Some(_) => (Route::Rule, opinion.of_rule, right),
        None if opinion.sure().is_some() => (Route::Classifier, opinion.probability, right),
        None => (Route::Untyped, 1.0 - opinion.nothing, clause.labelled.event_type.is_some()),
    }
}

/// The words that the weights shall know: those of clauses and, with `more`, those that WordNet has for happenings.
fn words_of(clauses: &[Clause], more: bool) -> Vec<&str> {
    let mut words: Vec<&str> =
        clauses.iter().flat_map(|c| c.seen.view.words.iter().flatten().map(|(_, word)| word.as_str())).collect();
    if more {
        let happenings = include_str!("../../data/link/wordnet.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        words.extend(happenings.filter_map(|line| line.split('\t').next()));
    }
    let mut seen = HashSet::new();
    words.retain(|word| seen.insert(*word));
    words
}

/// How often types were right, by how they were found and what the classifier gave them: neighbours are pooled until the
/// share climbs (isotonic regression).
fn print_steps(judged: &[(f32, Route, bool)]) {
    let mut by_route: BTreeMap<Route, Vec<(f32, bool)>> = BTreeMap::new();
    judged.iter().for_each(|(p, route, right)| by_route.entry(*route).or_default().push((*p, *right)));
    for (route, mut all) in by_route {
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        // From, count, right.
        let mut pools: Vec<(f32, usize, usize)> = Vec::new();
        for chunk in all.chunks(20) {
            pools.push((chunk[0].0, chunk.len(), chunk.iter().filter(|c| c.1).count()));
            while let [.., a, b] = pools[..]
                && a.2 * b.1 >= b.2 * a.1
            {
                pools.pop();
                pools.pop();
                pools.push((a.0, a.1 + b.1, a.2 + b.2));
            }
        }
        for (from, count, right) in pools {
            println!("  {route} from {from:.3}: {right} of {count} right, {:.2}", right as f64 / count as f64);
        }
    }
}
