//! Trains the coreference stage on OntoGUM, over what the parser in the program says of its documents.
//!
//! Each mention chooses among the mentions before it and none; what counts is the share that the right ones have of all
//! (latent antecedents). Chains grow as the learner itself decides, so that it learns from its own mistakes.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::language::conllu::Sheet;
use dateline::language::coref::desk::{Choices, Desk};
use dateline::language::coref::lexicon::Lexicon;
use dateline::language::coref::net::{Net, TOP, UNIT, WIDTH, write};
use dateline::language::coref::rows::{MENTION_ROWS, ROWS, is_lexical};
use dateline::language::{Parser, Syntax};
use flate2::read::GzDecoder;

use crate::chains::{Place, Score};
use crate::random::Random;

/// Documents that measure and do not train: those of GUM's development set.
const DEV: [&str; 20] = [
    "academic_exposure",
    "academic_librarians",
    "bio_byron",
    "bio_emperor",
    "conversation_grounded",
    "conversation_risk",
    "court_loan",
    "court_negligence",
    "interview_cyclone",
    "interview_gaming",
    "news_homeopathic",
    "news_iodine",
    "speech_impeachment",
    "speech_inauguration",
    "textbook_governments",
    "textbook_labor",
    "vlog_portland",
    "vlog_radiology",
    "voyage_athens",
    "voyage_coron",
];

/// A document with its gold chains and the syntax that the parser gives it.
pub struct Doc {
    pub name: String,
    pub sheet: Sheet,
    pub syntax: Syntax,
    /// Entity of each gold mention, by first token and the one behind the last.
    pub gold: HashMap<(usize, usize), u32>,
}

/// The documents of the archive, those that train and those that measure.
pub fn read(archive: &[u8], parser: &dyn Parser) -> Result<(Vec<Doc>, Vec<Doc>)> {
    let mut bytes = Vec::new();
    GzDecoder::new(archive).read_to_end(&mut bytes)?;
    let (mut train, mut dev) = (Vec::new(), Vec::new());
    let mut files = untar(&bytes);
    files.sort();
    for (name, text) in files {
        let Some(name) = Path::new(&name).file_stem().and_then(|n| n.to_str()).and_then(|n| n.strip_prefix("GUM_"))
        else {
            continue;
        };
        let sheet = Sheet::read(text).with_context(|| name.to_owned())?;
        let syntax = parser.parse(&sheet.document());
        let doc = Doc { name: name.to_owned(), gold: gold(text), syntax, sheet };
        if DEV.contains(&name) { dev.push(doc) } else { train.push(doc) }
    }
    Ok((train, dev))
}

/// Names and texts of the files of a tar archive.
fn untar(bytes: &[u8]) -> Vec<(String, &str)> {
    let text = |field: &[u8]| String::from_utf8_lossy(field).trim_end_matches(['\0', ' ']).to_owned();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(head) = bytes.get(at..at + 512).filter(|head| head[0] != 0) {
        let size = usize::from_str_radix(text(&head[124..136]).trim(), 8).unwrap_or_default();
        let body = bytes.get(at + 512..at + 512 + size).unwrap_or_default();
        if matches!(head[156], b'0' | 0) {
            out.push((text(&head[..100]), str::from_utf8(body).unwrap_or_default()));
        }
        at += 512 + size.next_multiple_of(512);
    }
    out
}

/// The mentions of `Entity=(1(2 ... 1)2)` with their entities.
fn gold(text: &str) -> HashMap<(usize, usize), u32> {
    let mut out = HashMap::new();
    let mut open: Vec<(u32, usize)> = Vec::new();
    let mut i = 0;
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != 10 || fields[0].contains(['-', '.']) {
            continue;
        }
        let entity = fields[9].split('|').find_map(|part| part.strip_prefix("Entity=")).unwrap_or_default();
        for part in entity.split_inclusive(')').flat_map(|part| part.split_inclusive('(')) {
            let number = part.trim_matches(['(', ')']);
            let id = number.split('-').next().unwrap_or_default().parse::<u32>().unwrap_or_default();
            // "(" stands at the end of the part before.
            if id > 0
                && !open.iter().any(|&(other, start)| other == id && start == i && part.ends_with(')'))
                && opens(entity, part)
            {
                open.push((id, i));
            }
            if part.ends_with(')')
                && let Some(at) = open.iter().rposition(|&(other, _)| other == id)
            {
                let (_, start) = open.remove(at);
                out.entry((start, i + 1)).or_insert(id);
            }
        }
        i += 1;
    }
    out
}

/// Whether a part of an entity field stands behind an opening bracket.
fn opens(entity: &str, part: &str) -> bool {
    let at = part.as_ptr() as usize - entity.as_ptr() as usize;
    entity[..at].ends_with('(')
}

/// Weights of a row in one learner, the last of which goes straight to the score. Several small learners that start from
/// different numbers are joined into one: together they are better than a large one.
const PART: usize = 16;
/// Learners.
const PARTS: usize = (WIDTH - 1) / (PART - 1);

type Row = [f32; PART];

/// How the learner goes about it.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Passes over the documents.
    pub rounds: usize,
    /// Size of a step.
    pub rate: f32,
    /// Share of hidden units that a mention does without.
    pub drop_units: f32,
    /// Share of features of single words that a mention does without.
    pub drop_words: f32,
    /// Where the random numbers start.
    pub seed: u64,
    /// How much more it costs to miss an antecedent than to invent one.
    pub recall: f32,
}

/// What the weights that ship are trained with; chosen by training on two thirds of the training documents and measuring
/// on the last third.
pub const OPTIONS: Options = Options { rounds: 6, rate: 0.015, drop_units: 0.3, drop_words: 0.5, seed: 1, recall: 2.5 };

/// The learner: rows and weights of hidden units, with the squares of their gradients.
pub struct Learner {
    rows: Vec<Row>,
    squares: Vec<Row>,
    units: Row,
    unit_squares: Row,
    random: Random,
    options: Options,
}

/// Weights beyond this are cut off, so that the others keep their precision.
const GREATEST: f32 = 3.0;
/// Mentions between two steps.
const BATCH: usize = 16;

impl Learner {
    pub fn new(options: Options) -> Learner {
        let mut random = Random::new(options.seed);
        let mut small = |scale: f32| (random.below(20_001) as f32 / 10_000.0 - 1.0) * scale;
        let mut rows: Vec<Row> = (0..ROWS).map(|_| std::array::from_fn(|_| small(0.1))).collect();
        for row in &mut rows {
            row[PART - 1] = 0.0;
        }
        let units = std::array::from_fn(|_| small(0.5));
        Learner { rows, squares: vec![[0.0; PART]; ROWS], units, unit_squares: [0.0; PART], random, options }
    }

    fn chance(&mut self, p: f32) -> bool {
        (self.random.below(10_000) as f32) < p * 10_000.0
    }

    fn sum(&self, rows: &[u16], offset: usize) -> Row {
        let mut sum = [0.0; PART];
        self.add(&mut sum, rows, offset);
        sum
    }

    fn add(&self, sum: &mut Row, rows: &[u16], offset: usize) {
        for &row in rows {
            for (to, from) in sum.iter_mut().zip(&self.rows[usize::from(row) + offset]) {
                *to += from;
            }
        }
    }

    /// One pass over a document; returns the loss.
    fn read(&mut self, doc: &Doc, lexicon: Lexicon<'_>) -> f32 {
        let document = doc.sheet.document();
        let mut desk = Desk::of(&document, &doc.syntax, lexicon);
        let gold = gold_of(&desk, doc);
        let length = desk.phrases().len();
        let mut choices = Choices::default();
        // Rows and their sum of each mention as antecedent.
        let (mut known, mut sums): (Vec<Vec<u16>>, Vec<Row>) = (Vec::new(), Vec::new());
        let mut gradient: HashMap<u16, Row> = HashMap::new();
        let mut unit_gradient = [0.0; PART];
        let mut loss = 0.0;
        for mention in 0..length {
            let mask: Row = std::array::from_fn(|k| {
                let keep = 1.0 - self.options.drop_units;
                if k == PART - 1 {
                    1.0
                } else if self.chance(self.options.drop_units) {
                    0.0
                } else {
                    1.0 / keep
                }
            });
            let rows: Vec<u16> = desk.mention_rows(mention).to_vec();
            let rows: Vec<u16> =
                rows.into_iter().filter(|&row| !is_lexical(row) || !self.chance(self.options.drop_words)).collect();
            desk.choices(mention, &mut choices);
            let own = self.sum(&rows, MENTION_ROWS);
            let hidden: Vec<Row> = (0..choices.antecedents.len())
                .map(|choice| {
                    let mut sum = own;
                    if choice > 0 {
                        for (to, from) in sum.iter_mut().zip(&sums[choices.antecedents[choice] as usize]) {
                            *to += from;
                        }
                    }
                    self.add(&mut sum, choices.rows(choice), 0);
                    sum
                })
                .collect();
            let scores: Vec<f32> = hidden
                .iter()
                .map(|h| (0..PART - 1).map(|k| h[k].max(0.0) * mask[k] * self.units[k]).sum::<f32>() + h[PART - 1])
                .collect();
            let own_entity = gold[mention];
            let mut right: Vec<bool> = choices
                .antecedents
                .iter()
                .enumerate()
                .map(|(choice, &a)| choice > 0 && own_entity > 0 && gold[a as usize] == own_entity)
                .collect();
            let anaphoric = right.contains(&true);
            if let Some(first) = right.first_mut().filter(|_| !anaphoric) {
                *first = true;
            }
            if !scores.is_empty() {
                let most = scores.iter().copied().fold(f32::MIN, f32::max);
                let powers: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
                let total: f32 = powers.iter().sum();
                let good: f32 = powers.iter().zip(&right).filter(|(_, r)| **r).map(|(p, _)| p).sum::<f32>().max(1e-20);
                loss -= (good / total).ln();
                let weight = if anaphoric { self.options.recall } else { 1.0 };
                let mut own_gradient = [0.0; PART];
                for choice in 0..scores.len() {
                    let p = powers[choice] / total;
                    let slope = weight * (p - if right[choice] { powers[choice] / good } else { 0.0 });
                    if slope.abs() < 1e-4 {
                        continue;
                    }
                    let h = &hidden[choice];
                    let mut back = [0.0; PART];
                    for k in 0..PART - 1 {
                        if h[k] > 0.0 {
                            back[k] = slope * self.units[k] * mask[k];
                            unit_gradient[k] += slope * h[k] * mask[k];
                        }
                    }
                    back[PART - 1] = slope;
                    let mut spread = |row: u16| {
                        let to = gradient.entry(row).or_insert([0.0; PART]);
                        for (to, from) in to.iter_mut().zip(&back) {
                            *to += from;
                        }
                    };
                    choices.rows(choice).iter().for_each(|&row| spread(row));
                    if choice > 0 {
                        known[choices.antecedents[choice] as usize].iter().for_each(|&row| spread(row));
                    }
                    for (to, from) in own_gradient.iter_mut().zip(&back) {
                        *to += from;
                    }
                }
                for &row in &rows {
                    let to = gradient.entry(row + MENTION_ROWS as u16).or_insert([0.0; PART]);
                    for (to, from) in to.iter_mut().zip(&own_gradient) {
                        *to += from;
                    }
                }
            }
            let best =
                (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))).unwrap_or_default();
            desk.place(mention, (best > 0).then(|| choices.antecedents[best] as usize));
            sums.push(self.sum(&rows, 0));
            known.push(rows);
            if mention % BATCH == BATCH - 1 || mention + 1 == length {
                self.step(&mut gradient, &mut unit_gradient);
            }
        }
        loss
    }

    fn step(&mut self, gradient: &mut HashMap<u16, Row>, unit_gradient: &mut Row) {
        let rate = self.options.rate;
        for (row, gradient) in gradient.drain() {
            descend(&mut self.rows[usize::from(row)], &mut self.squares[usize::from(row)], &gradient, rate);
        }
        descend(&mut self.units, &mut self.unit_squares, unit_gradient, rate);
        *unit_gradient = [0.0; PART];
    }
}

/// A step against the gradient, smaller where steps were made before (Adagrad).
fn descend(weights: &mut Row, squares: &mut Row, gradient: &Row, rate: f32) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(gradient) {
        *square += slope * slope;
        *weight -= rate * slope / (square.sqrt() + 1e-3);
    }
}

/// Gold entity of each mention of a desk, 0 if it has none.
fn gold_of(desk: &Desk, doc: &Doc) -> Vec<u32> {
    let entity = |tokens: &std::ops::Range<usize>| doc.gold.get(&(tokens.start, tokens.end)).copied();
    desk.phrases().iter().map(|p| entity(&p.mention.tokens).unwrap_or_default()).collect()
}

/// The file of the weights.
pub fn train(docs: &[Doc], lexicon: &[u8], options: Options) -> Vec<u8> {
    let learned: Vec<(Vec<Row>, Row)> = std::thread::scope(|scope| {
        let one = |part: usize| {
            let options = Options { seed: options.seed + 100 * part as u64, ..options };
            scope.spawn(move || learn(docs, lexicon, options))
        };
        let workers: Vec<_> = (0..PARTS).map(one).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    packed(lexicon, &learned)
}

/// The mean of the weights over the later rounds.
fn learn(docs: &[Doc], lexicon: &[u8], options: Options) -> (Vec<Row>, Row) {
    let mut learner = Learner::new(options);
    let mut order: Vec<usize> = (0..docs.len()).collect();
    let (mut rows, mut units, mut count) = (vec![[0.0; PART]; ROWS], [0.0; PART], 0.0);
    for round in 0..options.rounds {
        let mut random = Random::new(options.seed * 1000 + round as u64);
        random.shuffle(&mut order);
        for &k in &order {
            learner.read(&docs[k], Lexicon::new(lexicon));
        }
        if round * 2 >= options.rounds {
            count += 1.0;
            for (to, from) in rows.iter_mut().flatten().zip(learner.rows.iter().flatten()) {
                *to += (from - *to) / count;
            }
            for (to, from) in units.iter_mut().zip(&learner.units) {
                *to += (from - *to) / count;
            }
        }
    }
    (rows, units)
}

/// The learners side by side.
fn packed(lexicon: &[u8], learned: &[(Vec<Row>, Row)]) -> Vec<u8> {
    let (mut rows, mut units) = (vec![[0.0_f32; WIDTH]; ROWS], [0.0_f32; WIDTH]);
    for (part, (own_rows, own_units)) in learned.iter().enumerate() {
        let at = part * (PART - 1);
        units[at..at + PART - 1].copy_from_slice(&own_units[..PART - 1]);
        for (to, from) in rows.iter_mut().zip(own_rows) {
            to[at..at + PART - 1].copy_from_slice(&from[..PART - 1]);
            to[WIDTH - 1] += from[PART - 1];
        }
    }
    let top = rows.iter().flatten().map(|w| w.abs()).fold(1e-6, f32::max).min(GREATEST);
    let small = |weight: f32| (weight / top * 127.0).round().clamp(-127.0, 127.0) as i8;
    let rows: Vec<[i8; WIDTH]> = rows.iter().map(|row| row.map(small)).collect();
    let units = units.map(|unit| (unit * f32::from(UNIT)).round().clamp(-f32::from(TOP), f32::from(TOP)) as i16);
    write(lexicon, &rows, &units)
}

/// The scores of weights on some documents: all of them, and those of each genre.
pub fn score(docs: &[Doc], net: &Net<'_>, genre: &str) -> Score {
    let mut score = Score::default();
    for (number, doc) in docs.iter().enumerate().filter(|(_, doc)| doc.name.starts_with(genre)) {
        let chains = net.resolve(&doc.sheet.document(), &doc.syntax);
        let found: Vec<Vec<Place>> = chains
            .iter()
            .map(|c| c.mentions.iter().map(|m| (number, m.tokens.start, m.tokens.end)).collect())
            .collect();
        score.add(&found, &gold_chains(doc, number));
    }
    score
}

pub fn gold_chains(doc: &Doc, number: usize) -> Vec<Vec<Place>> {
    let mut chains: HashMap<u32, Vec<Place>> = HashMap::new();
    for (&(start, end), &entity) in &doc.gold {
        chains.entry(entity).or_default().push((number, start, end));
    }
    let mut chains: Vec<(u32, Vec<Place>)> = chains.into_iter().filter(|(_, chain)| chain.len() > 1).collect();
    chains.sort_by_key(|(entity, _)| *entity);
    chains.into_iter().map(|(_, chain)| chain).collect()
}

/// How many gold mentions are among the phrases that the program looks at, and how many phrases there are.
pub fn coverage(docs: &[Doc]) -> [usize; 3] {
    let mut out = [0; 3];
    for doc in docs {
        let desk = Desk::of(&doc.sheet.document(), &doc.syntax, Lexicon::default());
        let places: HashSet<(usize, usize)> =
            desk.phrases().iter().map(|p| (p.mention.tokens.start, p.mention.tokens.end)).collect();
        out[0] += doc.gold.keys().filter(|place| places.contains(place)).count();
        out[1] += doc.gold.len();
        out[2] += places.len();
    }
    out
}
