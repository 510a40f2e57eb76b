//! Linking: what is joined, what is kept apart, and that neither copies nor the order of arrival change it.

mod common;

use common::generate::Dice;
use common::reports::{b_cubed, reports, shuffled};
use common::*;
use dateline::extract::{Engine, Lexicon};
use dateline::ingest::read_text;
use dateline::lexicon::{Data, Kin};
use dateline::link::{Weights, link};
use dateline::model::*;
use dateline::store::{Fault, Saved, Store};
use dateline::text::Runs;

fn flat(events: &[Vec<usize>]) -> Vec<usize> {
    events.iter().flatten().copied().collect()
}

#[test]
fn happenings_are_found_again_in_whatever_order_the_articles_come() {
    let kin = Kin::load(&Data::BuiltIn).unwrap();
    let (reports, gold) = reports(7, 1_500);
    let linked = link(&reports, &kin, &Weights::default(), false);
    let found = b_cubed(&flat(&gold), &flat(&linked.events));
    assert!(found > 0.9, "B3 {found}");
    for seed in 0..3 {
        let order = shuffled(&(0..reports.len()).collect::<Vec<_>>(), seed);
        let other: Vec<_> = order.iter().map(|i| reports[*i].clone()).collect();
        let again = link(&other, &kin, &Weights::default(), false);
        let mut back = vec![Vec::new(); reports.len()];
        for (at, events) in order.iter().zip(again.events) {
            back[*at] = events;
        }
        let agreement = b_cubed(&flat(&linked.events), &flat(&back));
        assert!(agreement >= 0.97, "order {seed}: B3 {agreement}");
    }
}

/// One of ten attacks as one of five outlets tells of it; each knows another part.
fn attack(number: usize, outlet: usize) -> Story {
    let town = ["Varna", "Tula", "Oruro", "Limon", "Gweru", "Pskov", "Hilla", "Jalapa", "Kaduna", "Mekele"][number];
    let dead = ["12", "12", "14", "14", "15"][outlet];
    let verb = ["attacked", "struck", "attacked", "raided", "attacked"][outlet];
    let date = format!("2024-03-{:02}", number + 1);
    let text = format!("Rebels of group {number} {verb} {town} and {dead} people died, outlet {outlet} said.");
    let mut story =
        Story::new(&text).published(&format!("2024-03-{:02}", number + 2 + outlet)).from(&format!("Outlet {outlet}"));
    let rebels = story.actor(&format!("Rebels of group {number}"), ActorKind::Group, "", None, &[]);
    let place = (outlet != 3).then(|| story.place(town, town, "", None, PlacePrecision::City));
    let (words, count) = (story.span("Rebels"), story.span(dead));
    let lemma = ["attack", "strike", "attack", "raid", "attack"][outlet];
    let e = story.event(verb, EventType::Assault, on(&date));
    e.trigger.lemma = lemma.to_owned();
    e.place = place;
    e.participants = vec![takes_part(Role::Agent, rebels, words)];
    e.counts = vec![Count { kind: CountKind::Dead, low: dead.parse().unwrap(), high: None, span: count }];
    story
}

#[test]
fn tolls_grow_and_the_order_of_arrival_matters_little() {
    let all: Vec<(usize, usize)> = (0..10).flat_map(|n| (0..5).map(move |o| (n, o))).collect();
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for seed in 0..4 {
        let dir = folder();
        let path = dir.path().join("a.db");
        let mut store = Store::open(&path).unwrap();
        for (number, outlet) in shuffled(&all, seed) {
            let story = attack(number, outlet);
            store.save(&story.article, &story.analysis, &saving()).unwrap();
        }
        assert_sound(&path);
        let mut of = vec![0; all.len()];
        for entry in entries(&store, &Filter { evidence: None, ..Filter::default() }) {
            for proof in &entry.evidence {
                let (n, o) = *all.iter().find(|(n, o)| proof.sentence == attack(*n, *o).article.text).unwrap();
                of[n * 5 + o] = entry.id.0 as usize;
            }
            if entry.sources > 3 {
                let tolls: Vec<f64> = entry.counts.iter().map(|(count, _)| count.low).collect();
                assert!(tolls.contains(&12.0) && tolls.contains(&14.0), "{tolls:?}");
            }
        }
        runs.push(of);
    }
    let gold: Vec<usize> = all.iter().map(|(n, _)| *n).collect();
    assert!(b_cubed(&gold, &runs[0]) > 0.9, "B3 {}", b_cubed(&gold, &runs[0]));
    for run in &runs[1..] {
        assert!(b_cubed(&runs[0], run) >= 0.97, "B3 {}", b_cubed(&runs[0], run));
    }
}

/// A text with a few words changed, left out or added.
fn edited(text: &str, dice: &mut Dice) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for _ in 0..1 + dice.below(1 + words.len() / 90) {
        let at = 1 + dice.below(words.len() - 1);
        match dice.below(3) {
            0 => words[at] = "reportedly".to_owned(),
            1 => drop(words.remove(at)),
            _ => words.insert(at, "also".to_owned()),
        }
    }
    words.join(" ")
}

#[test]
fn copies_add_evidence_and_never_events() {
    let engine = Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), dateline::language::Model::embedded());
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let dice = &mut Dice::new(11);
    let (mut copies, mut with_new) = (0, 0);
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/articles")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let dir = folder();
        let path = dir.path().join("a.db");
        let mut store = Store::open(&path).unwrap();
        let article = read_text(text.clone(), &dates);
        let saved = store.save(&article, &engine.analyse(&article), &saving()).unwrap();
        let Saved::New { article: original, .. } = saved else { panic!("{saved:?}") };
        for outlet in 0..8 {
            let changed = edited(&text, dice);
            if changed == text || Runs::of(&changed).likeness(&Runs::of(&text)) < 0.9 {
                continue;
            }
            let mut copy = read_text(changed, &dates);
            copy.source = Some(format!("Outlet {outlet}"));
            let saved = store.save(&copy, &engine.analyse(&copy), &saving()).unwrap();
            let Saved::New { new_events, .. } = saved else { panic!("{saved:?}") };
            copies += 1;
            with_new += usize::from(new_events > 0);
        }
        let conn = rusqlite::Connection::open(&path).unwrap();
        let stray: i64 = conn
            .query_row("SELECT count(*) FROM article WHERE id <> ?1 AND copy_of IS NOT ?1", [original.0], |r| r.get(0))
            .unwrap();
        assert_eq!(stray, 0, "every copy knows its original");
        assert_sound(&path);
    }
    assert!(copies > 60, "{copies} copies");
    assert!(with_new * 100 < copies, "{with_new} of {copies} copies made a new event");
}

#[test]
fn what_is_decided_by_hand_holds() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    for (number, outlet) in [(0, 0), (0, 2), (1, 0)] {
        let story = attack(number, outlet);
        store.save(&story.article, &story.analysis, &saving()).unwrap();
    }
    let ids: Vec<EventId> = entries(&store, &Filter::default()).iter().map(|e| e.id).collect();
    let [first, second] = ids[..] else { panic!("{ids:?}") };
    // Two reports were joined, and the explanation says why.
    let why = store.explain(first).unwrap();
    let joined: Vec<_> = why.mentions.iter().flat_map(|m| &m.reasons).filter(|r| r.0 == "event").collect();
    assert!(joined.iter().any(|r| r.1.contains("the same day")), "{joined:?}");

    assert_eq!(store.merge_events(&[first, second], 5).unwrap(), first);
    assert_eq!(store.entry(second).unwrap().id, first, "the old number finds it");
    assert_eq!(store.entry(first).unwrap().mentions, 3);
    for (number, outlet) in [(1, 0), (0, 0)] {
        let story = attack(number, outlet);
        store.save(&story.article, &story.analysis, &updating()).unwrap();
    }
    assert_eq!(store.entry(first).unwrap().mentions, 3, "a new analysis changes nothing");
    assert_sound(&path);

    let apart = store.split_event(first, &[(ArticleId(2), 0)], 6).unwrap();
    assert_eq!((store.entry(first).unwrap().mentions, store.entry(apart).unwrap().mentions), (2, 1));
    let story = attack(0, 2);
    store.save(&story.article, &story.analysis, &updating()).unwrap();
    assert_eq!(store.entry(apart).unwrap().mentions, 1, "it stays apart");
    assert_sound(&path);

    let fault = |result: Result<EventId, dateline::store::StoreError>| result.unwrap_err().fault;
    assert!(matches!(fault(store.split_event(first, &[(ArticleId(2), 0)], 7)), Fault::NoMention { .. }));
    assert!(matches!(fault(store.split_event(apart, &[(ArticleId(2), 0)], 7)), Fault::NothingLeft(_)));
    assert!(matches!(fault(store.merge_events(&[first, EventId(99)], 7)), Fault::NoEvent(_)));
    assert_sound(&path);
}
