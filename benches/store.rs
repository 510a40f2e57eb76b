//! How long the first hundred rows of a question take on a database of `DATELINE_BENCH_EVENTS` events (1,000,000 unless
//! given), warm: the middle and the 99th of a hundred questions of each kind, on the clock and in CPU time, which tells more on
//! a machine that others use too. Each kind asks for other actors, places, days and words every time, the frequent ones more
//! often, as people do.
//!
//! The database is made from a seed on the first run and kept in the target folder; then the same rows are copied into an
//! empty one of the same schema by plain prepared inserts, which is as fast as a load can be. `DATELINE_BENCH_APPEND`
//! appends so many events to the database at the end.

#[path = "store/bare.rs"]
mod bare;
#[path = "../tests/common/mod.rs"]
mod common;

use std::path::PathBuf;
use std::time::Instant;

use common::generate::{Dice, NEWS, actor_name, article, place_name, word};
use common::{entries, saving};
use dateline::model::*;
use dateline::store::{Saving, Store};
use rustix::time::{ClockId, clock_gettime};

const SEED: u64 = 1;
const QUESTIONS: usize = 100;
/// Articles a batch, about twelve events each, in the first load and in appending. Appending writes to pages all over the
/// file, which a commit writes down.
const BATCH: usize = 100;
const APPENDED: usize = 25;

/// CPU time of this thread in seconds.
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn events() -> usize {
    std::env::var("DATELINE_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000)
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

fn database() -> PathBuf {
    let folder = folder();
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
    let start = cpu();
    assert!(store.begin_first_load().unwrap());
    let loaded = load(&mut store, SEED, events(), BATCH);
    let before = cpu();
    store.finish_first_load().unwrap();
    let (finishing, spent) = (cpu() - before, cpu() - start - loaded.making);
    drop(store);
    let bytes = std::fs::metadata(&unfinished).unwrap().len() as f64;
    let n = loaded.events as f64;
    println!(
        "loaded {n} events: {:.0} a CPU second, {finishing:.1} s of CPU of these for the indexes, {}, {:.0} bytes an event",
        n / spent,
        loaded.commits(),
        bytes / n
    );
    bare::load(&unfinished, &folder.join("bare.db"), n / spent);
    std::fs::rename(&unfinished, &path).unwrap();
    path
}

struct Loaded {
    events: usize,
    /// CPU seconds that it took to make the articles up.
    making: f64,
    /// Seconds of each commit by the clock, the longest last.
    commits: Vec<f64>,
}

impl Loaded {
    /// "longest commit 120 ms, half of them up to 20".
    fn commits(&self) -> String {
        let of = |place: usize| self.commits[place] * 1000.0;
        let last = self.commits.len() - 1;
        format!(
            "longest commit {:.0} ms, 99 of 100 up to {:.0}, half of them up to {:.0}",
            of(last),
            of(last * 99 / 100),
            of(last / 2)
        )
    }
}

/// Saves at least so many events.
fn load(store: &mut Store, seed: u64, events: usize, many: usize) -> Loaded {
    let how = Saving { linker: None, ..saving() };
    let (mut loaded, mut i) = (Loaded { events: 0, making: 0.0, commits: Vec::new() }, 0);
    while loaded.events < events {
        let before = cpu();
        let batch: Vec<_> = (i..i + many).map(|i| article(seed, i, NEWS)).collect();
        loaded.making += cpu() - before;
        i += many;
        store.begin().unwrap();
        for (article, analysis) in &batch {
            loaded.events += analysis.events.len();
            store.save(article, analysis, &how).unwrap();
        }
        let commit = Instant::now();
        store.commit().unwrap();
        loaded.commits.push(commit.elapsed().as_secs_f64());
    }
    loaded.commits.sort_by(f64::total_cmp);
    loaded
}

fn measure(name: &str, mut ask: impl FnMut(&mut Dice) -> usize) {
    let (mut times, mut spent, mut rows) = (Vec::new(), Vec::new(), 0);
    // The first round warms, the second is measured.
    for round in 0..2 {
        let mut dice = Dice::new(7);
        for _ in 0..QUESTIONS {
            let (start, before) = (Instant::now(), cpu());
            let found = ask(&mut dice);
            if round == 1 {
                spent.push((cpu() - before) * 1000.0);
                times.push(start.elapsed().as_secs_f64() * 1000.0);
                rows += found;
            }
        }
    }
    times.sort_by(f64::total_cmp);
    spent.sort_by(f64::total_cmp);
    let (middle, last) = (QUESTIONS / 2, QUESTIONS * 99 / 100);
    let mean = spent.iter().sum::<f64>() / QUESTIONS as f64;
    println!(
        "| {name} | {:.1} / {:.1} | {:.1} / {:.1} | {mean:.1} | {} |",
        times[middle],
        times[last],
        spent[middle],
        spent[last],
        rows / QUESTIONS
    );
}

fn main() {
    let store = Store::open_to_read(&database()).unwrap();
    println!("| first 100 of | ms, p50 / p99 | CPU ms, p50 / p99 | mean | rows |\n|---|---|---|---|---|");
    let first = || Filter { limit: Some(100), ..Filter::default() };
    let actor = |dice: &mut Dice| ActorFilter { name: actor_name(dice.zipf(NEWS.actors)), role: None, country: None };
    let place = |dice: &mut Dice| Some(PlaceFilter { name: place_name(dice.zipf(NEWS.places)), country: None });
    let kind = |dice: &mut Dice| vec![EventType::ALL[dice.below(EventType::ALL.len())]];
    let days = |dice: &mut Dice, length: i32| {
        let day = 11_000 + dice.below(NEWS.days as usize) as i32;
        Interval::new(Day::from_number(day), Day::from_number(day + length - 1))
    };
    let of = |filter: Filter| entries(&store, &filter).len();
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
    drop(store);
    if let Some(more) = std::env::var("DATELINE_BENCH_APPEND").ok().and_then(|n| n.parse().ok()) {
        append(more);
    }
}

/// Events on top of a copy of what is there, with everything live.
fn append(more: usize) {
    let copy = folder().join("append.db");
    std::fs::copy(database(), &copy).unwrap();
    // Else the first commit would wait until the disk has all of the copy.
    std::fs::File::open(&copy).unwrap().sync_all().unwrap();
    let mut store = Store::open(&copy).unwrap();
    let before = cpu();
    let loaded = load(&mut store, SEED + 1, more, APPENDED);
    println!(
        "appended {} events: {:.0} a CPU second, {}",
        loaded.events,
        loaded.events as f64 / (cpu() - before - loaded.making),
        loaded.commits()
    );
    drop(store);
    std::fs::remove_file(copy).unwrap();
}
