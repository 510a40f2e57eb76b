//! How fast articles are read and analysed on one core, how fast `ingest` brings them into a database with all cores, and how
//! long the program takes to be ready.

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dateline::extract::{Engine, Lexicon};
use dateline::ingest::{Given, Ingest, Outcome, Place, Source, ingest, read_text};
use dateline::language::Model;
use dateline::lexicon::{Data, Kin, TimeRules};
use dateline::link::Judge;
use dateline::model::{Article, Day};
use dateline::store::Store;

/// Sentences of our own in news style; `{who}`, `{where}`, `{when}` and `{n}` vary.
const SENTENCES: &[&str] = &[
    "President {who} met the foreign ministers of three neighbouring countries in {where} on {when}.",
    "The two sides signed an agreement on the exchange of {n} prisoners, a spokesman said.",
    "“We will not leave the table before this war is over,” {who} told reporters in {where}.",
    "At least {n} people were killed last week when rebels shelled a market near {where}, according to the police.",
    "The parliament had voted against the bill in March, and the government resigned two days later.",
    "{who}, who has led the party since 2016, denied on {when} that he had taken bribes.",
    "A court in {where} is expected to sentence the former minister by the end of next month.",
    "Thousands of workers went on strike on {when} and blocked the main road to the port of {where}.",
    "Shares of the bank fell 3.5% to $41.20 after it announced the loss of {n} jobs.",
    "The ministry did not answer questions on the talks, which began in early 2025 and may go on until the summer.",
];

const PEOPLE: &[&str] =
    &["Anna Holm", "Erik Lund", "Marta Silva", "Tomas Havel", "Ines Rocha", "Pavel Orlov", "Li Wei"];
const PLACES: &[&str] = &["Geneva", "Warsaw", "Nairobi", "Lisbon", "Lima", "Jakarta", "Ankara", "Oslo"];
const DAYS: &[&str] = &["Monday", "Tuesday", "Friday", "22 December 2025", "Jan. 5", "Thursday evening"];

/// An article of about 3,000 characters, always the same for the same number.
fn article(number: usize) -> String {
    let pick = |list: &[&'static str], n: usize| list[(number * 7 + n * 3 + n / 4) % list.len()];
    let mut text = format!("Talks number {number} end in {}\n\n9 January 2026\n\n", pick(PLACES, 1));
    for n in 0..30 {
        let sentence = SENTENCES[(number + n) % SENTENCES.len()]
            .replace("{who}", pick(PEOPLE, n))
            .replace("{where}", pick(PLACES, n))
            .replace("{when}", pick(DAYS, n))
            .replace("{n}", &(number % 90 + n + 2).to_string());
        text.push_str(&sentence);
        text.push_str(if n % 4 == 3 { "\n\n" } else { " " });
    }
    text
}

fn engine() -> Engine {
    Engine::new(Lexicon::load(&Data::BuiltIn).expect("the built-in rules load"), Model::embedded())
}

fn analysis(c: &mut Criterion) {
    let engine = engine();
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let texts: Vec<String> = (0..50).map(article).collect();
    let articles: Vec<Article> = texts.iter().map(|text| read_text(text.clone(), &dates)).collect();
    let bytes = texts.iter().map(|text| text.len() as u64).sum();
    let mut group = c.benchmark_group("extract");
    group.sample_size(10);
    for (name, throughput) in
        [("bytes", Throughput::Bytes(bytes)), ("articles", Throughput::Elements(articles.len() as u64))]
    {
        group.throughput(throughput);
        group.bench_function(format!("analyse, {name}"), |b| {
            b.iter(|| articles.iter().map(|article| engine.analyse(black_box(article)).events.len()).sum::<usize>())
        });
    }
    group.bench_function("read the head of articles", |b| {
        b.iter(|| texts.iter().filter(|text| read_text((*text).clone(), &dates).published.is_some()).count())
    });
    group.finish();
}

/// Everything from files to a committed database.
fn ingests(c: &mut Criterion) {
    const ARTICLES: usize = 200;
    let engine = engine();
    let news = tempfile::tempdir().expect("a folder for articles");
    let paths: Vec<_> = (0..ARTICLES).map(|n| news.path().join(format!("{n}.txt"))).collect();
    for (n, path) in paths.iter().enumerate() {
        std::fs::write(path, article(n)).expect("articles can be written");
    }
    let how = Ingest {
        conllu: false,
        given: Given::default(),
        source: Source::default(),
        update: false,
        today: "2026-01-10".parse().expect("a day"),
        ingested_at: 1_768_003_200,
    };
    let mut group = c.benchmark_group("ingest");
    group.sample_size(10).throughput(Throughput::Elements(ARTICLES as u64));
    group.bench_function("articles into a new database", |b| {
        b.iter_batched(
            || tempfile::tempdir().expect("a folder for the database"),
            |folder| {
                let inputs = paths.iter().cloned().map(Place::File).collect();
                let saved = into(&engine, &folder.path().join("a.db"), inputs, &how);
                assert_eq!(saved, ARTICLES);
                folder
            },
            BatchSize::PerIteration,
        )
    });
    group.finish();
}

fn into(engine: &Engine, database: &Path, inputs: Vec<Place>, how: &Ingest) -> usize {
    let mut store = Store::open(database).expect("a new database");
    let reader = Store::open_to_read(database).expect("the same database");
    let mut saved = 0;
    ingest(engine, &Judge::new(Kin::load(&Data::BuiltIn).unwrap()), &mut store, reader, inputs, how, |outcome| {
        saved += usize::from(matches!(outcome, Outcome::Done { .. }));
    })
    .expect("articles go in");
    saved
}

fn start(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("load the time rules", |b| b.iter(|| TimeRules::load(&Data::BuiltIn)));
    group.bench_function("load all rules and word lists", |b| b.iter(|| Lexicon::load(&Data::BuiltIn)));
    group.bench_function("read the model", |b| {
        b.iter(|| Model::read(black_box(include_bytes!("../data/model/english.dlm"))).is_ok())
    });
    group.finish();
}

criterion_group!(benches, start, analysis, ingests);
criterion_main!(benches);
