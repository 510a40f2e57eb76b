//! Every filter, held against the plain reading of its definition over all events.

mod common;

use std::sync::LazyLock;

use common::generate::{DENSE, actor_name, fill, place_name, word};
use common::*;
use dateline::model::*;
use dateline::store::{Store, StoreError};
use proptest::prelude::*;

struct World {
    path: std::path::PathBuf,
    all: Vec<Entry>,
    _dir: tempfile::TempDir,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    fill(&mut store, 7, DENSE, 1500);
    let all = entries(&store, &Filter { evidence: None, ..Filter::default() });
    World { path, all, _dir: dir }
});

/// The definition of a filter, read off the documentation of its fields.
fn passes(filter: &Filter, entry: &Entry) -> bool {
    let takes_part =
        |a: &ActorFilter| entry.actors.iter().any(|x| x.name == a.name && a.role.is_none_or(|r| r == x.role));
    let words = |text: &str| {
        entry.evidence.iter().any(|e| {
            text.split(' ').all(|w| e.sentence.to_lowercase().trim_end_matches('.').split(' ').any(|x| x == w))
        })
    };
    filter.actors.iter().all(takes_part)
        && filter.place.as_ref().is_none_or(|name| entry.place.as_ref().is_some_and(|p| p.name == name.name))
        && (filter.types.is_empty() || filter.types.contains(&entry.event_type))
        && filter.dates.is_none_or(|d| !entry.interval.is_unknown() && entry.interval.overlaps(d))
        && filter.modality.is_none_or(|m| m == entry.modality)
        && filter.polarity.is_none_or(|p| p == entry.polarity)
        && filter.min_sources.is_none_or(|n| entry.sources >= n)
        && filter.min_confidence.is_none_or(|c| entry.confidence >= c - 1e-9)
        && filter.source.as_ref().is_none_or(|s| entry.evidence.iter().any(|e| e.source.as_ref() == Some(s)))
        && filter.text.as_deref().is_none_or(words)
}

/// Sort key: the day, the length class, the end, the id.
fn key(entry: &Entry) -> (Option<Day>, u32, Option<Day>, i64) {
    let i = entry.interval;
    let class = match (i.from(), i.to()) {
        (None, Some(_)) => 30,
        (Some(_), None) => 31,
        _ => i.length().map_or(32, |n| n.next_power_of_two().trailing_zeros()),
    };
    (i.from().or(i.to()), class, i.from().and(i.to()), entry.id.0)
}

fn expected(filter: &Filter) -> Vec<i64> {
    let mut found: Vec<&Entry> = WORLD.all.iter().filter(|e| passes(filter, e)).collect();
    found.sort_by(|a, b| match filter.order {
        Order::Date => (key(a).0.is_none(), key(a)).cmp(&(key(b).0.is_none(), key(b))),
        Order::Newest => (key(a).0.is_none()).cmp(&key(b).0.is_none()).then(key(b).cmp(&key(a))),
        Order::Confidence => {
            let rank = |e: &Entry| (-(e.confidence * 1000.0).round() as i64, key(e).0.is_none(), key(e));
            rank(a).cmp(&rank(b))
        }
    });
    let limit = filter.limit.map_or(usize::MAX, |l| l as usize);
    found.into_iter().skip(filter.offset as usize).take(limit).map(|e| e.id.0).collect()
}

fn found(filter: &Filter) -> Vec<i64> {
    let store = Store::open_to_read(&WORLD.path).unwrap();
    let mut ids = Vec::new();
    store
        .for_each_entry::<StoreError>(filter, &mut |e| {
            ids.push(e.id.0);
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();
    ids
}

fn some_place(n: usize) -> PlaceFilter {
    PlaceFilter { name: place_name(n), country: None }
}

fn some_day() -> impl Strategy<Value = Day> {
    prop_oneof![8 => 10_900..11_500, 1 => 5_000..20_000, 1 => Just(Day::MIN.number()), 1 => Just(Day::MAX.number())]
        .prop_map(|n| Day::from_number(n).unwrap())
}

fn some_interval() -> impl Strategy<Value = Interval> {
    prop_oneof![
        3 => some_day().prop_map(Interval::day),
        4 => (some_day(), some_day()).prop_map(|(a, b)| Interval::new(Some(a.min(b)), Some(a.max(b))).unwrap()),
        1 => some_day().prop_map(Interval::until),
        1 => some_day().prop_map(Interval::since),
        1 => Just(Interval::UNKNOWN),
    ]
}

fn some_filter() -> impl Strategy<Value = Filter> {
    let actor = (0..6usize, prop::option::weighted(0.3, prop::sample::select(Role::ALL)))
        .prop_map(|(n, role)| ActorFilter { name: actor_name(n), role, country: None });
    let first = (
        prop::collection::vec(actor, 0..3),
        prop::option::weighted(0.3, (0..6usize).prop_map(some_place)),
        prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(prop::sample::select(EventType::ALL), 1..4)],
        prop::option::weighted(0.7, some_interval()),
        prop::option::weighted(
            0.15,
            prop::sample::select(vec!["ka", "ro", "ten", "sol", "va", "der"]).prop_map(str::to_owned),
        ),
        prop::option::weighted(0.1, (0..10usize).prop_map(|n| format!("Outlet {n}"))),
    );
    let second = (
        prop::option::weighted(0.2, prop::sample::select(Modality::ALL)),
        prop::option::weighted(0.2, prop::sample::select(Polarity::ALL)),
        prop::option::weighted(0.1, 1..3u32),
        prop::option::weighted(0.1, (0..1000u32).prop_map(|n| f64::from(n) / 1000.0)),
        prop::option::weighted(0.4, 0..30u64),
        prop_oneof![3 => Just(0), 1 => 0..20u64],
        prop::sample::select(Order::ALL),
    );
    (first, second).prop_map(
        |(
            (actors, place, types, dates, text, source),
            (modality, polarity, min_sources, min_confidence, limit, offset, order),
        )| {
            Filter {
                actors,
                place,
                types,
                text,
                dates,
                source,
                modality,
                polarity,
                min_sources,
                min_confidence,
                origins: Vec::new(),
                limit,
                offset,
                order,
                as_of: None,
                evidence: Some(1),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn filters_find_what_their_definition_says(filter in some_filter()) {
        prop_assert_eq!(found(&filter), expected(&filter));
    }
}

#[test]
fn the_world_has_every_length_and_every_open_side() {
    let all = &WORLD.all;
    assert!(all.len() > 1400, "{}", all.len());
    for test in [
        (|e: &Entry| e.interval.length() == Some(1)) as fn(&Entry) -> bool,
        |e| e.interval.length().is_some_and(|n| n > 3000),
        |e| e.interval.from().is_none() && e.interval.to().is_some(),
        |e| e.interval.to().is_none() && e.interval.from().is_some(),
        |e| e.interval.is_unknown(),
        |e| e.mentions > 1,
    ] {
        assert!(all.iter().any(test));
    }
}

/// The plans on which the speed at millions of events rests: a change that loses one fails here, not in the field.
#[test]
fn plans_stay_on_their_indexes() {
    let store = Store::open_to_read(&WORLD.path).unwrap();
    let dates = Some(between("2000-03-01", "2000-03-31"));
    let actor = |n| ActorFilter { name: actor_name(n), role: None, country: None };
    let plan = |filter: Filter| store.plan(&filter).unwrap();
    let base = || Filter { limit: Some(100), dates, ..Filter::default() };
    let cases = [
        ("dates", plan(base()), "event_by_date (lvl=? AND date_from>? AND date_from<?)"),
        (
            "type",
            plan(Filter { types: vec![EventType::Agree], ..base() }),
            "event_by_type (type_id=? AND lvl=? AND date_from>? AND date_from<?)",
        ),
        (
            "place",
            plan(Filter { place: Some(some_place(1)), ..base() }),
            "event_by_place (place_id=? AND lvl=? AND date_from>? AND date_from<?)",
        ),
        (
            "actor",
            plan(Filter { actors: vec![actor(1)], ..base() }),
            "COVERING INDEX event_actor_by_actor (actor_id=? AND lvl=? AND date_from>? AND date_from<?)",
        ),
        (
            "actor and type",
            plan(Filter { actors: vec![actor(1)], types: vec![EventType::Agree], ..base() }),
            "COVERING INDEX event_actor_by_actor",
        ),
        (
            "two actors",
            plan(Filter { actors: vec![actor(1), actor(2)], ..base() }),
            "SEARCH a EXISTS USING PRIMARY KEY (event_id=? AND actor_id=?)",
        ),
    ];
    for (what, plan, part) in cases {
        let steps = plan.join("\n");
        assert!(steps.contains(part), "{what}:\n{steps}");
        assert!(!steps.contains("SCAN x") && !steps.contains("SCAN e\n"), "{what} walks a whole table:\n{steps}");
        assert!(!steps.contains("TEMP B-TREE"), "{what} sorts:\n{steps}");
    }
    let words = plan(Filter { text: Some("ka".into()), ..base() }).join("\n");
    for part in [
        "SCAN w VIRTUAL TABLE INDEX",
        "SEARCH m USING PRIMARY KEY (article_id=?)",
        "SEARCH e USING INTEGER PRIMARY KEY",
    ] {
        assert!(words.contains(part), "{words}");
    }
}

/// Some 15,000 events, a tenth of them with several mentions, the best of which need not be the first.
fn many_events() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("b.db");
    let mut store = Store::open(&path).unwrap();
    store.begin_first_load().unwrap();
    store.begin().unwrap();
    let how = dateline::store::Saving { linker: None, ..saving() };
    for i in 0..2_500 {
        let (article, analysis) = common::generate::article(3, i, DENSE);
        store.save(&article, &analysis, &how).unwrap();
    }
    store.commit().unwrap();
    store.finish_first_load().unwrap();
    for first in (1..4_000).step_by(9) {
        store.merge_events(&[EventId(first), EventId(first + 2), EventId(first + 5)], 0).unwrap();
    }
    assert_sound(&path);
    (dir, store)
}

/// All events at once are read by a walk through the file, a few of them one by one: they are the same, in the same order.
#[test]
fn a_walk_through_the_file_finds_what_looking_up_finds() {
    let (_dir, store) = many_events();
    for order in [Order::Date, Order::Newest, Order::Confidence] {
        for (dates, evidence) in [(None, Some(1)), (None, None), (Some(between("2000-01-01", "2000-12-31")), Some(2))] {
            let filter = Filter { order, evidence, dates, ..Filter::default() };
            let all = entries(&store, &filter);
            assert!(all.len() > 5_000, "enough for a walk: {}", all.len());
            for (page, some) in all.chunks(3_000).enumerate() {
                let few = Filter { limit: Some(3_000), offset: page as u64 * 3_000, ..filter.clone() };
                assert!(entries(&store, &few) == some, "{order:?} {evidence:?} page {page}");
            }
        }
    }
}

/// Words in few sentences, in many, and nearly everywhere lead to the same events, each in a way of its own; so do actors
/// of many events.
#[test]
fn frequent_words_and_actors_are_found_by_walking() {
    let (_dir, store) = many_events();
    let dates = Some(between("2000-03-01", "2000-03-31"));
    let of = |filter: &Filter| entries(&store, filter).iter().map(|e| e.id).collect::<Vec<_>>();
    let ways = [
        (word(0), "SCAN sentence_fts EXISTS VIRTUAL TABLE INDEX"),
        (word(20), "COVERING INDEX event_by_date"),
        (word(39), "SCAN w VIRTUAL TABLE INDEX"),
    ];
    for (word, way) in ways {
        let frequent = Filter { text: Some(word.clone()), limit: Some(20), ..Filter::default() };
        let steps = store.plan(&frequent).unwrap().join("\n");
        assert!(steps.contains(way) && !steps.contains("SCAN x"), "{word}: {steps}");
        for order in Order::ALL.iter().copied() {
            for dates in [None, dates] {
                for actors in [vec![], by_actor(&actor_name(1)).actors] {
                    let frequent = Filter { order, dates, actors, ..frequent.clone() };
                    let all = of(&Filter { limit: None, ..frequent.clone() });
                    assert_eq!(of(&frequent), all[..all.len().min(20)], "{word} {order} {dates:?}");
                }
            }
        }
    }
    let both =
        Filter { actors: [0, 1].map(|n| by_actor(&actor_name(n)).actors.remove(0)).to_vec(), ..Filter::default() };
    let steps = store.plan(&both).unwrap().join("\n");
    assert!(steps.contains("COVERING INDEX event_actor_by_actor") && !steps.contains("SEARCH a "), "{steps}");
    let one = |n| of(&by_actor(&actor_name(n)));
    let second = one(1);
    let common: Vec<_> = one(0).into_iter().filter(|id| second.contains(id)).collect();
    assert!(common.len() > 100);
    assert_eq!(of(&both), common);
}
