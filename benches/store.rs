//! How long the first hundred rows of a question take on a database of `DATELINE_BENCH_EVENTS` events (1,000,000 unless
//! given), warm: the middle and the 99th of a hundred questions of each kind, on the clock, and the mean of their CPU time. Each kind
//! asks for other actors, places, days and words every time, the frequent ones more often, as people do.
//!
//! The database is made from a seed on the first run and kept in the target folder.

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use common::generate::{Dice, NEWS, actor_name, article, place_name, word};
use common::saving;
use dateline::model::*;
use dateline::store::{Saving, Store, StoreError};

const SEED: u64 = 1;
const QUESTIONS: usize = 100;

fn events() -> usize {
    std::env::var("DATELINE_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000)
}

/// CPU time of this thread in nanoseconds, where the system tells it.
fn cpu() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

fn database() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("store-{}-{}.db", dateline::store::SCHEMA_VERSION, events()));
    if path.exists() {
        return path;
    }
    std::fs::create_dir_all(&folder).unwrap();
    let unfinished = path.with_extension("part");
    for end in ["part", "part-wal", "part-shm"] {
        let _ = std::fs::remove_file(path.with_extension(end));
    }
    let mut store = Store::open(&unfinished).unwrap();
    let how = Saving { linker: None, ..saving() };
    let (start, before) = (Instant::now(), cpu());
    let (mut made, mut i, mut making, mut longest) = (0, 0, 0, 0.0f64);
    while made < events() {
        store.begin().unwrap();
        for _ in 0..200 {
            let from = cpu().unwrap_or(0);
            let (article, analysis) = article(SEED, i, NEWS);
            making += cpu().unwrap_or(0) - from;
            made += analysis.events.len();
            i += 1;
            store.save(&article, &analysis, &how).unwrap();
        }
        let commit = Instant::now();
        store.commit().unwrap();
        longest = longest.max(commit.elapsed().as_secs_f64());
    }
    drop(store);
    let bytes = std::fs::metadata(&unfinished).unwrap().len() as f64;
    let n = made as f64;
    let spent = cpu().zip(before).map(|(after, before)| (after - before - making) as f64 / 1e9);
    println!(
        "loaded {made} events: {:.0} a second, {:.0} a CPU second, longest commit {:.0} ms, {:.0} bytes an event",
        n / start.elapsed().as_secs_f64(),
        n / spent.unwrap_or(f64::NAN),
        longest * 1000.0,
        bytes / n
    );
    std::fs::rename(&unfinished, &path).unwrap();
    path
}

fn run(store: &Store, filter: &Filter) -> usize {
    let mut found = 0;
    store
        .for_each_entry::<StoreError>(filter, &mut |entry| {
            black_box(entry);
            found += 1;
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    found
}

fn measure(name: &str, mut ask: impl FnMut(&mut Dice) -> usize) {
    let (mut times, mut spent, mut rows) = (Vec::new(), 0, 0);
    // The first round warms, the second is measured.
    for round in 0..2 {
        let mut dice = Dice::new(7);
        for _ in 0..QUESTIONS {
            let (start, before) = (Instant::now(), cpu());
            let found = ask(&mut dice);
            if round == 1 {
                times.push(start.elapsed().as_secs_f64() * 1000.0);
                spent += cpu().zip(before).map_or(0, |(after, before)| after - before);
                rows += found;
            }
        }
    }
    times.sort_by(f64::total_cmp);
    // The system counts CPU time in ticks that are longer than most questions: only the mean of many says something.
    let cpu = spent as f64 / 1e6 / QUESTIONS as f64;
    let (middle, last) = (times[QUESTIONS / 2], times[QUESTIONS * 99 / 100]);
    println!("| {name} | {middle:.1} | {last:.1} | {cpu:.1} | {} |", rows / QUESTIONS);
}

fn main() {
    let store = Store::open_to_read(&database()).unwrap();
    println!("| first 100 of | p50 ms | p99 ms | CPU ms | rows |\n|---|---|---|---|---|");
    let first = || Filter { limit: Some(100), ..Filter::default() };
    let actor = |dice: &mut Dice| ActorFilter { name: actor_name(dice.zipf(NEWS.actors)), role: None, country: None };
    let place = |dice: &mut Dice| Some(PlaceFilter { name: place_name(dice.zipf(NEWS.places)), country: None });
    let kind = |dice: &mut Dice| vec![EventType::ALL[dice.below(EventType::ALL.len())]];
    let days = |dice: &mut Dice, length: i32| {
        let day = 11_000 + dice.below(NEWS.days as usize) as i32;
        Interval::new(Day::from_number(day), Day::from_number(day + length - 1))
    };
    let of = |filter: Filter| run(&store, &filter);
    measure("an actor", |d| of(Filter { actors: vec![actor(d)], ..first() }));
    measure("an actor in a month", |d| of(Filter { actors: vec![actor(d)], dates: days(d, 30), ..first() }));
    measure("an actor in a role and a year", |d| {
        let actor = ActorFilter { role: Some(Role::Agent), ..actor(d) };
        of(Filter { actors: vec![actor], dates: days(d, 365), ..first() })
    });
    measure("two actors", |d| of(Filter { actors: vec![actor(d), actor(d)], ..first() }));
    measure("a place", |d| of(Filter { place: place(d), ..first() }));
    measure("a place in a year", |d| of(Filter { place: place(d), dates: days(d, 365), ..first() }));
    measure("a type", |d| of(Filter { types: kind(d), ..first() }));
    measure("a type in a month", |d| of(Filter { types: kind(d), dates: days(d, 30), ..first() }));
    measure("a day", |d| of(Filter { dates: days(d, 1), ..first() }));
    measure("a month", |d| of(Filter { dates: days(d, 30), ..first() }));
    measure("a year", |d| of(Filter { dates: days(d, 365), ..first() }));
    measure("a rare word", |d| of(Filter { text: Some(word(5_000 + d.below(25_000))), ..first() }));
    measure("any word", |d| of(Filter { text: Some(word(d.zipf(30_000))), ..first() }));
    measure("a common word", |d| of(Filter { text: Some(word(d.below(50))), ..first() }));
    measure("a common word in a month", |d| {
        of(Filter { text: Some(word(d.below(50))), dates: days(d, 30), ..first() })
    });
    measure("two words", |d| {
        of(Filter { text: Some(format!("{} {}", word(d.below(200)), word(d.below(200)))), ..first() })
    });
    measure("a word and an actor", |d| {
        of(Filter { text: Some(word(d.zipf(30_000))), actors: vec![actor(d)], ..first() })
    });
    measure("histogram by month and type", |_| store.tally(&[TallyBy::Month, TallyBy::Type]).unwrap().len());
    measure("histogram by month", |_| store.tally(&[TallyBy::Month]).unwrap().len());
    measure("histogram by type", |_| store.tally(&[TallyBy::Type]).unwrap().len());
}
