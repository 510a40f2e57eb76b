//! What keeps a database well: checks that find what is wrong, repairs, backups; and what events have to do with each other.

mod common;

use std::path::Path;

use common::generate::{DENSE, fill};
use common::*;
use dateline::model::*;
use dateline::query::compare;
use dateline::store::{Checked, Fault, Part, Store, StoreError};
use rusqlite::Connection;

fn filled(path: &Path, events: usize) -> Store {
    let mut store = Store::open(path).unwrap();
    fill(&mut store, 11, DENSE, events);
    store
}

fn bad(path: &Path) -> Vec<Checked> {
    let store = Store::open(path).unwrap();
    let file = store.check(Part::File).unwrap();
    if file.wrong > 0 {
        return vec![file];
    }
    Part::ALL.iter().map(|part| store.check(*part).unwrap()).filter(|c| c.wrong > 0).collect()
}

#[test]
fn a_sound_database_passes_and_a_wrong_one_says_where() {
    let dir = folder();
    let path = dir.path().join("a.db");
    drop(filled(&path, 300));
    assert_eq!(bad(&path), []);
    let spoilt: &[(&str, Part, &str)] = &[
        ("UPDATE event SET confidence = 1000 - confidence WHERE id = 5", Part::Events, "event 5: it differs"),
        ("UPDATE event_actor SET role_id = 3 WHERE event_id = 7", Part::Events, "event 7: its actors differ"),
        ("DELETE FROM event_actor WHERE event_id = 9", Part::Events, "event 9: its actors differ"),
        (
            "INSERT INTO sentence_fts (sentence_fts, rowid, text) SELECT 'delete', id, text FROM sentence_text LIMIT 1",
            Part::Search,
            "",
        ),
    ];
    for (sql, part, says) in spoilt {
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let found = bad(&path);
        assert_eq!(found.len(), 1, "{sql}: {found:?}");
        assert_eq!((found[0].part, found[0].wrong), (*part, 1), "{sql}");
        assert!(found[0].examples[0].starts_with(says), "{sql}: {found:?}");
        Store::open(&path).unwrap().repair().unwrap();
        assert_eq!(bad(&path), [], "repaired after {sql}");
        assert_sound(&path);
    }
    let lost: &[(&str, Part)] = &[
        ("UPDATE article SET text = replace(text, 'a', 'e') WHERE id = 3", Part::Articles),
        ("UPDATE sentence SET end = 10000000 WHERE article_id = 2 AND sentence = 0", Part::Articles),
        ("DELETE FROM mention WHERE article_id = 1 AND mention = 0", Part::References),
        ("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'event_by_date'", Part::File),
    ];
    for (sql, part) in lost {
        let copy = dir.path().join("copy.db");
        let _ = std::fs::remove_file(&copy);
        Store::open(&path).unwrap().backup(&copy, true).unwrap();
        let conn = Connection::open(&copy).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        conn.execute_batch(sql).unwrap();
        drop(conn);
        let found = bad(&copy);
        assert!(found.iter().any(|c| c.part == *part && !c.examples.is_empty()), "{sql}: {found:?}");
    }
}

#[test]
fn a_reader_checks_all_but_the_search_index() {
    let dir = folder();
    let path = dir.path().join("a.db");
    drop(filled(&path, 50));
    let store = Store::open_to_read(&path).unwrap();
    for part in Part::ALL.iter().copied() {
        match store.check(part) {
            Ok(checked) => assert_eq!(checked.wrong, 0, "{part:?}"),
            Err(e) => assert!(part.needs_writing() && e.fault.is_of_rights(), "{part:?}: {e}"),
        }
    }
}

#[test]
fn a_backup_is_whole_while_others_write() {
    let dir = folder();
    let path = dir.path().join("a.db");
    drop(filled(&path, 1_000));
    let to = dir.path().join("b.db");
    let writing = std::sync::atomic::AtomicBool::new(true);
    let busy = std::sync::atomic::Ordering::Relaxed;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut store = Store::open(&path).unwrap();
            for i in 0..60 {
                if !writing.load(busy) {
                    break;
                }
                let story = numbered(i);
                store.save(&story.article, &story.analysis, &saving()).unwrap();
            }
        });
        for round in 0..5 {
            let bytes = Store::open_to_read(&path).unwrap().backup(&to, round > 0).unwrap();
            assert_eq!(bytes, std::fs::metadata(&to).unwrap().len());
            assert_sound(&to);
            assert_eq!(bad(&to), []);
        }
        writing.store(false, busy);
    });
    let before = std::fs::read(&to).unwrap();
    let refused = Store::open_to_read(&path).unwrap().backup(&to, false).err().unwrap();
    assert!(matches!(refused.fault, Fault::Exists));
    let itself = Store::open_to_read(&path).unwrap().backup(&path, true).err().unwrap();
    assert!(matches!(itself.fault, Fault::Exists), "never onto itself");
    assert_eq!(std::fs::read(&to).unwrap(), before);
    let nowhere = Store::open_to_read(&path).unwrap().backup(&dir.path().join("no/such/b.db"), false).err().unwrap();
    assert!(nowhere.to_string().contains("can't be opened"), "{nowhere}");
}

#[test]
fn a_backup_of_a_damaged_database_is_refused_and_leaves_the_older_one() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let store = filled(&path, 300);
    let to = dir.path().join("b.db");
    store.backup(&to, false).unwrap();
    drop(store);
    let before = std::fs::read(&to).unwrap();
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("DELETE FROM event_actor WHERE event_id = 3; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let root: usize =
        conn.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'mention'", [], |r| r.get(0)).unwrap();
    drop(conn);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[(root - 1) * 4096 + 20..(root - 1) * 4096 + 60].fill(0xEE);
    std::fs::write(&path, bytes).unwrap();
    let refused = Store::open_to_read(&path).unwrap().backup(&to, true).err().unwrap();
    assert!(refused.to_string().contains("not sound") || refused.to_string().contains("damaged"), "{refused}");
    assert_eq!(std::fs::read(&to).unwrap(), before, "the older backup is there");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().filter(|f| is_part(f.as_ref().unwrap())).count(), 0);
}

fn is_part(file: &std::fs::DirEntry) -> bool {
    file.file_name().to_string_lossy().ends_with(".part")
}

#[test]
fn optimizing_keeps_everything_and_gives_back_what_is_unused() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = filled(&path, 600);
    let all = entries(&store, &Filter::default());
    store.optimize().unwrap();
    assert_eq!(entries(&store, &Filter::default()), all);
    drop(store);
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TABLE filler AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT randomblob(500) AS b FROM n; DROP TABLE filler")
        .unwrap();
    drop(conn);
    let mut store = Store::open(&path).unwrap();
    let done = store.optimize().unwrap();
    assert!(done.vacuumed && done.after < done.before, "{done:?}");
    assert_eq!(entries(&store, &Filter::default()), all);
    drop(store);
    assert_sound(&path);
    assert_eq!(bad(&path), []);
}

/// One attack, told by three outlets on three days with more dead each time, and denied at last.
fn told(outlet: &str, published: &str, dead: &str, denied: bool) -> Story {
    let text = format!("Rebels attacked Varna and killed {dead} people, {outlet} said.");
    let mut story = Story::new(&text).published(published).from(outlet);
    let rebels = story.actor("Rebels of the north", ActorKind::Group, "", None, &[]);
    let place = story.place("Varna", "Varna", "BGR", None, PlacePrecision::City);
    let (who, number) = (story.span("Rebels"), story.span(dead));
    let e = story.event("attacked", EventType::Assault, on("2024-03-01"));
    e.place = Some(place);
    e.participants = vec![takes_part(Role::Agent, rebels, who)];
    let low: f64 = dead.parse().unwrap();
    e.counts = vec![Count { kind: CountKind::Dead, low, high: Some(low), span: number }];
    if denied {
        e.polarity = Polarity::Negative;
        e.confidence = 0.95;
    }
    story
}

fn news(store: &Store, first: &str, second: &str, filter: &Filter) -> Vec<Change> {
    let mut found = Vec::new();
    store
        .for_each_retelling::<StoreError>(filter, (day(first), day(second)), &mut |before, after| {
            found.extend(compare(before, after));
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();
    found
}

#[test]
fn what_became_known_between_two_days() {
    let dir = folder();
    let mut store = Store::open(&dir.path().join("a.db")).unwrap();
    for story in [told("Outlet A", "2024-03-02", "12", false), told("Outlet B", "2024-03-04", "14", false)] {
        store.save(&story.article, &story.analysis, &saving()).unwrap();
    }
    let all = Filter::default();
    let first = news(&store, "2024-03-01", "2024-03-02", &all);
    assert_eq!((first.len(), first[0].kind), (1, ChangeKind::New));
    assert_eq!(first[0].entry.sources, 1, "as it was told then");
    assert_eq!(news(&store, "2024-03-02", "2024-03-03", &all), []);
    let second = news(&store, "2024-03-02", "2024-03-04", &all);
    assert_eq!((second.len(), second[0].kind), (1, ChangeKind::Changed));
    let fields: Vec<(&str, &str, &str)> =
        second[0].fields.iter().map(|f| (f.field.as_str(), f.before.as_str(), f.after.as_str())).collect();
    assert_eq!(fields, [("dead", "12", "12, 14"), ("sources", "1", "2")]);
    // A denial is another event for the linker; a person joins the two, and the surest words decide.
    let denial = told("Outlet C", "2024-03-06", "14", true);
    store.save(&denial.article, &denial.analysis, &saving()).unwrap();
    let ids: Vec<EventId> = entries(&store, &all).iter().map(|e| e.id).collect();
    assert_eq!(ids.len(), 2);
    store.merge_events(&ids, 0).unwrap();
    let third = news(&store, "2024-03-04", "2024-03-06", &all);
    assert_eq!((third.len(), third[0].kind), (1, ChangeKind::Withdrawn));
    let happened = Filter { polarity: Some(Polarity::Positive), ..Filter::default() };
    let gone = news(&store, "2024-03-04", "2024-03-06", &happened);
    assert_eq!((gone.len(), gone[0].kind), (1, ChangeKind::Withdrawn), "no more what was asked for");
    assert_eq!(gone[0].entry.polarity, Polarity::Positive, "as it was told at first");
}

#[test]
fn related_events_say_why() {
    let dir = folder();
    let mut store = Store::open(&dir.path().join("a.db")).unwrap();
    let mut first = Story::new("Ada Stone resigned in Oruro.\nHer party split.").from("A").published("2024-05-02");
    let ada = first.actor("Ada Stone", ActorKind::Person, "", None, &[]);
    let oruro = first.place("Oruro", "Oruro", "BOL", None, PlacePrecision::City);
    let words = first.span("Ada Stone");
    let e = first.event("resigned", EventType::Appoint, on("2024-05-01"));
    e.place = Some(oruro);
    e.participants = vec![takes_part(Role::Agent, ada, words)];
    first.event("split", EventType::Reject, on("2024-05-02"));
    let mut second = Story::new("Ada Stone met miners in Limon.").from("B").published("2024-06-02");
    let ada = second.actor("Ada Stone", ActorKind::Person, "", None, &[]);
    let words = second.span("Ada Stone");
    second.event("met", EventType::Consult, on("2024-06-01")).participants = vec![takes_part(Role::Agent, ada, words)];
    let mut third = Story::new("A bridge fell in Oruro.").from("C").published("2024-05-05");
    let oruro = third.place("Oruro", "Oruro", "BOL", None, PlacePrecision::City);
    third.event("fell", EventType::Accident, on("2024-05-04")).place = Some(oruro);
    let mut fourth = Story::new("A ferry sank near Hilla.").from("D").published("2024-05-02");
    fourth.event("sank", EventType::Accident, on("2024-05-01"));
    for story in [first, second, third, fourth] {
        store.save(&story.article, &story.analysis, &saving()).unwrap();
    }
    let related = store.related(EventId(1), 10).unwrap();
    let links: Vec<(i64, Vec<Link>)> = related.into_iter().map(|r| (r.event.0, r.links)).collect();
    let name = |name: &str| name.to_owned();
    assert_eq!(
        links,
        [
            (2, vec![Link::Story(1), Link::Days(1)]),
            (4, vec![Link::Place(name("Oruro")), Link::Days(3)]),
            (3, vec![Link::Actors(vec![name("Ada Stone")])]),
        ],
        "the ferry has nothing to do with it"
    );
    assert_eq!(store.related(EventId(1), 1).unwrap().len(), 1);
    assert!(matches!(store.related(EventId(99), 9).err().unwrap().fault, Fault::NoEvent(EventId(99))));
}
