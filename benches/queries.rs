//! Each query, and each export, on a database of 100,000 events; and saving into it.
//!
//! The database is made from a seed on the first run and kept in the target folder. `DATELINE_BENCH_EVENTS` makes another
//! size.

#[path = "../tests/common/mod.rs"]
mod common;

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use common::generate::{NEWS, actor_name, article, fill, place_name, word};
use common::{between, day, entries, saving};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dateline::export::{CsvStyle, Format, exporter};
use dateline::model::*;
use dateline::store::Store;

const SEED: u64 = 1;

fn events() -> usize {
    std::env::var("DATELINE_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000)
}

fn database() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("queries-{}-{}.db", dateline::store::SCHEMA_VERSION, events()));
    if !path.exists() {
        std::fs::create_dir_all(&folder).unwrap();
        let unfinished = path.with_extension("part");
        let _ = std::fs::remove_file(&unfinished);
        let start = std::time::Instant::now();
        fill(&mut Store::open(&unfinished).unwrap(), SEED, NEWS, events());
        let bytes = std::fs::metadata(&unfinished).unwrap().len();
        let rate = events() as f64 / start.elapsed().as_secs_f64();
        eprintln!("made {} events: {rate:.0} events/s, {:.0} bytes/event", events(), bytes as f64 / events() as f64);
        std::fs::rename(&unfinished, &path).unwrap();
    }
    path
}

fn actor(n: usize) -> ActorFilter {
    ActorFilter { name: actor_name(n), role: None, country: None }
}

fn place(name: String) -> Option<PlaceFilter> {
    Some(PlaceFilter { name, country: None })
}

/// The first hundred of each, as a person waits for them.
fn queries(c: &mut Criterion) {
    let store = Store::open_to_read(&database()).unwrap();
    let first = || Filter { limit: Some(100), ..Filter::default() };
    let month = Some(between("2010-03-01", "2010-03-31"));
    let year = Some(between("2010-01-01", "2010-12-31"));
    let a_day = Some(Interval::day(day("2010-03-15")));
    let cases = [
        ("everything", first()),
        ("day", Filter { dates: a_day, ..first() }),
        ("month", Filter { dates: month, ..first() }),
        ("year", Filter { dates: year, ..first() }),
        ("actor, the most frequent", Filter { actors: vec![actor(0)], ..first() }),
        ("actor, rare", Filter { actors: vec![actor(9_000)], ..first() }),
        ("actor and month", Filter { actors: vec![actor(0)], dates: month, ..first() }),
        ("actor in a role", Filter { actors: vec![ActorFilter { role: Some(Role::Agent), ..actor(1) }], ..first() }),
        ("two actors", Filter { actors: vec![actor(0), actor(3)], ..first() }),
        ("type", Filter { types: vec![EventType::Agree], ..first() }),
        ("type and month", Filter { types: vec![EventType::Assault], dates: month, ..first() }),
        ("place", Filter { place: place(place_name(0)), ..first() }),
        ("place and year", Filter { place: place(place_name(5)), dates: year, ..first() }),
        ("country", Filter { place: place("AAA".into()), dates: month, ..first() }),
        ("text, rare", Filter { text: Some(word(20_000)), ..first() }),
        ("text, two words", Filter { text: Some(format!("{} {}", word(20), word(31))), ..first() }),
        ("text, frequent", Filter { text: Some(word(0)), ..first() }),
        ("source and month", Filter { source: Some("Outlet 1".into()), dates: month, ..first() }),
        (
            "planned, not happened",
            Filter { modality: Some(Modality::Planned), polarity: Some(Polarity::Negative), ..first() },
        ),
        ("surest", Filter { order: Order::Confidence, dates: month, ..first() }),
    ];
    let mut group = c.benchmark_group("first 100");
    for (name, filter) in cases {
        assert!(!entries(&store, &filter).is_empty(), "{name} finds nothing");
        group.bench_function(name, |b| b.iter(|| entries(&store, &filter).len()));
    }
    group.finish();

    let mut group = c.benchmark_group("lists");
    group.sample_size(10);
    group.bench_function("stats", |b| b.iter(|| store.stats().unwrap()));
    group.bench_function("actors", |b| b.iter(|| store.actors(None).unwrap()));
    group.bench_function("explain", |b| b.iter(|| store.explain(EventId(77)).unwrap()));
    group.finish();
}

/// All events in each format, into nothing.
fn exports(c: &mut Criterion) {
    let store = Store::open_to_read(&database()).unwrap();
    let mut group = c.benchmark_group("export");
    group.sample_size(10).measurement_time(Duration::from_secs(10)).throughput(Throughput::Elements(events() as u64));
    for format in Format::ALL.iter().copied().filter(|f| cfg!(feature = "parquet") || *f != Format::Parquet) {
        let evidence = if format.wants_all_evidence() { None } else { Some(1) };
        group.bench_function(format.as_str(), |b| {
            b.iter(|| {
                let mut out = exporter(format, CsvStyle::default(), Box::new(io::sink())).unwrap();
                let all = Filter { evidence, ..Filter::default() };
                store
                    .for_each_entry::<Box<dyn std::error::Error>>(&all, &mut |entry| {
                        out.entry(&entry)?;
                        Ok(ControlFlow::Continue(()))
                    })
                    .unwrap();
                out.finish().unwrap();
            })
        });
    }
    group.finish();
}

/// Articles of twelve events into a database that is not empty.
fn saves(c: &mut Criterion) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("a.db")).unwrap();
    fill(&mut store, SEED + 1, NEWS, 5_000);
    let mut next = 0;
    let mut group = c.benchmark_group("save");
    group.throughput(Throughput::Elements(1));
    group.bench_function("article", |b| {
        b.iter_batched(
            || {
                next += 1;
                article(SEED + 2, next, NEWS)
            },
            |(article, analysis)| store.save(&article, &analysis, &saving()).unwrap(),
            BatchSize::SmallInput,
        )
    });
    group.finish();
}

criterion_group!(benches, queries, exports, saves);
criterion_main!(benches);
