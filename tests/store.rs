//! The database on real files: what goes in comes out, and nothing is lost to crashes, other programs or bad files.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use common::*;
use dateline::model::*;
use dateline::store::{Fault, SCHEMA_VERSION, Saved, Store, StoreError, make_with_schema};
use rusqlite::Connection;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Every row of every table, as text; of the search index only what it indexes.
fn dump(path: &Path) -> Vec<String> {
    let conn = Connection::open(path).unwrap();
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'sentence_fts_%' ORDER BY name")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut rows = Vec::new();
    for table in tables {
        let mut query = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = query.column_count();
        let mut found = query.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<String> = (0..width).map(|i| cell(row.get_ref(i).unwrap())).collect();
            rows.push(format!("{table}: {}", cells.join(" | ")));
        }
    }
    rows
}

fn cell(value: rusqlite::types::ValueRef<'_>) -> String {
    value.as_str().map_or_else(|_| format!("{value:?}"), str::to_owned)
}

/// Everything that must always hold of a database.
fn assert_sound(path: &Path) {
    let conn = Connection::open(path).unwrap();
    let one = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    let broken: i64 = conn.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    assert_eq!(broken, 0, "foreign keys");
    conn.execute("INSERT INTO sentence_fts (sentence_fts, rank) VALUES ('integrity-check', 1)", []).unwrap();
    for (what, sql) in [
        (
            "events without a mention",
            "SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT 1 FROM mention m WHERE m.event_id = e.id)",
        ),
        (
            "leads of another event",
            "SELECT count(*) FROM event e LEFT JOIN mention m ON m.article_id = e.lead_article AND m.mention = e.lead_mention WHERE m.event_id IS NOT e.id",
        ),
        (
            "dates that differ",
            "SELECT count(*) FROM event e JOIN event_actor x ON x.event_id = e.id WHERE (x.lvl, x.type_id) <> (e.lvl, e.type_id) OR x.date_from IS NOT e.date_from OR x.date_to IS NOT e.date_to",
        ),
        (
            "counts that differ",
            "SELECT count(*) FROM event e WHERE mentions <> (SELECT count(*) FROM mention m WHERE m.event_id = e.id)",
        ),
    ] {
        let wrong: i64 = conn.query_row(sql, [], |r| r.get(0)).unwrap();
        assert_eq!(wrong, 0, "{what}");
    }
}

#[test]
fn what_goes_in_comes_out() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let story = kyiv();
    let saved = Store::open(&path).unwrap().save(&story.article, &story.analysis, &saving()).unwrap();
    assert_eq!(saved, Saved::New { article: ArticleId(1), events: 3, new_events: 3 });
    assert_sound(&path);

    let store = Store::open_to_read(&path).unwrap();
    let found = entries(&store, &Filter { evidence: None, ..Filter::default() });
    assert_eq!(found.len(), 3);
    let talk = &found[0];
    assert_eq!(talk.interval, on("2025-12-22"));
    assert_eq!((talk.event_type, talk.mode.as_deref()), (EventType::Statement, Some("press-conference")));
    assert_eq!(talk.contexts, [Context::Diplomatic, Context::Military]);
    assert!(talk.inferred && !talk.approximate);
    assert_eq!(talk.actors.len(), 1);
    assert_eq!((talk.actors[0].name.as_str(), talk.actors[0].role), ("Volodymyr Zelenskyy", Role::Agent));
    assert_eq!((talk.actors[0].country, talk.actors[0].sector), (country("UKR"), Some(Sector::Government)));
    assert_eq!(talk.place.as_ref().map(|p| (p.name.as_str(), p.country)), Some(("Kyiv", country("UKR"))));
    assert_eq!(talk.action, "press conference");
    assert_eq!((talk.mentions, talk.articles, talk.sources), (1, 1, 1));
    let proof = &talk.evidence[0];
    assert_eq!(proof.date_text.as_deref(), Some("December 22"));
    assert_eq!(proof.trigger, "press conference");
    assert_eq!(proof.source.as_deref(), Some("Example News"));
    assert_eq!(proof.published, story.article.published);
    assert!(proof.sentence.starts_with("On December 22") && proof.sentence.ends_with("Kyiv."));

    let capture = &found[1];
    assert_eq!(capture.interval, Interval::until(day("2025-12-23")));
    assert_eq!(capture.evidence[0].attribution.as_deref(), Some("He"));
    assert_eq!(capture.counts[0].1, "13");
    assert!((capture.confidence - 0.7).abs() < 1e-9);
    assert_eq!(store.entry(capture.id).unwrap(), *capture);
    store
        .for_each_entry::<StoreError>(&Filter::default(), &mut |entry| {
            assert_eq!(store.explain(entry.id)?.entry, entry, "a reading within a reading");
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();

    let why = store.explain(talk.id).unwrap();
    assert_eq!(why.entry, *talk);
    assert_eq!(why.mentions[0].times[0].words.text, "December 22");
    assert_eq!(why.mentions[0].times[0].rule, "test-time");
    assert_eq!(why.mentions[0].participants[0].1.text, "Zelenskyy");
    assert_eq!(why.mentions[0].reasons[0].1, "test-event");
    assert_eq!(why.mentions[0].place.as_ref().unwrap().0.text, "Kyiv");

    let stats = store.stats().unwrap();
    assert_eq!((stats.articles, stats.events, stats.mentions, stats.sentences), (1, 3, 3, 3));
    assert_eq!(stats.types.iter().map(|t| t.1).sum::<u64>(), 3);
    assert_eq!(store.actors(None).unwrap().len(), 3);
    assert_eq!(store.actors(Some("ZELENSKY")).unwrap()[0].aliases, ["Ukrainian President", "Zelensky", "Zelenskyy"]);
    assert_eq!(store.places(None).unwrap().len(), 2);
    assert_eq!(store.articles().unwrap()[0].events, 3);
    assert!(matches!(store.entry(EventId(99)), Err(StoreError { fault: Fault::NoEvent(EventId(99)), .. })));
}

#[test]
fn saving_twice_is_saving_once() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let story = kyiv();
    let mut store = Store::open(&path).unwrap();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    let before = dump(&path);
    assert_eq!(store.save(&story.article, &story.analysis, &saving()).unwrap(), Saved::Unchanged(ArticleId(1)));
    assert_eq!(dump(&path), before);
    let replaced = store.save(&story.article, &story.analysis, &updating()).unwrap();
    assert_eq!(replaced, Saved::Replaced { article: ArticleId(1), events: 3, new_events: 0 });
    assert_eq!(dump(&path), before, "the same analysis again changes no row");
    assert_sound(&path);
}

#[test]
fn an_article_is_known_by_its_words_and_where_they_stood() {
    let dir = folder();
    let mut store = Store::open(&dir.path().join("a.db")).unwrap();
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    let known = |a: &Article| store.find_article(a).unwrap();
    assert_eq!(known(&story.article), Some(ArticleId(1)));
    let untold = Article { source: None, title: None, published: None, ..story.article.clone() };
    assert_eq!(known(&untold), Some(ArticleId(1)));
    let with_url = Article { url: Some("https://a.example/1".into()), ..story.article.clone() };
    assert_eq!(known(&with_url), Some(ArticleId(1)));
    let elsewhere = Article { source: Some("Another Outlet".into()), ..story.article.clone() };
    assert_eq!(known(&elsewhere), None);
    let edited = Article { text: format!("{} ", story.article.text), ..story.article.clone() };
    assert_eq!(known(&edited), None);
}

#[test]
fn events_keep_their_ids_when_the_article_is_analysed_again() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    let ids = |store: &Store| {
        let mut ids: Vec<(String, i64)> =
            entries(store, &Filter::default()).into_iter().map(|e| (e.action, e.id.0)).collect();
        ids.sort();
        ids
    };
    let before = ids(&store);

    // A better analysis: one more event comes first, one goes, one has a new date and type.
    let mut better = kyiv();
    better.analysis.events.remove(2);
    better.analysis.events[1].when.interval = on("2025-12-21");
    better.analysis.events[1].when.basis = Basis::Anchored;
    better.event("spoke", EventType::Other, on("2025-12-22"));
    better.analysis.events.rotate_right(1);
    for (i, e) in better.analysis.events.iter_mut().enumerate() {
        e.cluster = i;
    }
    let saved = store.save(&better.article, &better.analysis, &updating()).unwrap();
    assert_eq!(saved, Saved::Replaced { article: ArticleId(1), events: 3, new_events: 1 });
    let after = ids(&store);
    let id = |list: &[(String, i64)], name: &str| list.iter().find(|(n, _)| n == name).map(|(_, id)| *id);
    assert_eq!(id(&after, "captured"), id(&before, "captured"));
    assert_eq!(id(&after, "press conference"), id(&before, "press conference"));
    assert_eq!(id(&after, "briefed"), None);
    assert!(id(&after, "spoke") > id(&before, "briefed"), "an id is never given twice");
    assert_sound(&path);
}

#[test]
fn two_articles_on_one_happening_are_one_event() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let first = kyiv();
    store.save(&first.article, &first.analysis, &saving()).unwrap();
    let mut second =
        Story::new("President Zelenskyy gave a press conference on Monday.").published("2025-12-24").from("Other");
    let z = second.actor("Volodymyr Zelenskyy", ActorKind::Person, "UKR", None, &[]);
    let words = second.span("Zelenskyy");
    let e = second.event("press conference", EventType::Statement, on("2025-12-22"));
    e.mode = Some("press-conference".into());
    e.participants = vec![takes_part(Role::Agent, z, words)];
    let saved = store.save(&second.article, &second.analysis, &saving()).unwrap();
    assert_eq!(saved, Saved::New { article: ArticleId(2), events: 1, new_events: 0 });

    let both = entries(&store, &Filter { min_sources: Some(2), evidence: None, ..Filter::default() });
    assert_eq!(both.len(), 1);
    assert_eq!((both[0].mentions, both[0].articles, both[0].sources), (2, 2, 2));
    assert_eq!(both[0].evidence.len(), 2);
    assert_eq!(both[0].place.as_ref().map(|p| p.name.as_str()), Some("Kyiv"));
    assert_sound(&path);

    // Analysing the first again takes nothing from the second.
    let mut without = kyiv();
    without.analysis.events.remove(0);
    store.save(&without.article, &without.analysis, &updating()).unwrap();
    let left = store.entry(both[0].id).unwrap();
    assert_eq!((left.mentions, left.sources, left.place), (1, 1, None));
    assert_sound(&path);
}

#[test]
fn actors_are_one_across_articles() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let first = kyiv();
    store.save(&first.article, &first.analysis, &saving()).unwrap();
    let mut second = Story::new("Zelensky arrived. A Ukrainian President resigned.").published("2019-01-01");
    let by_alias = second.actor("Zelensky", ActorKind::Person, "", None, &[]);
    let title = second.actor("Ukrainian President", ActorKind::Person, "UKR", None, &[]);
    let (a, b) = (second.span("Zelensky"), second.span("Ukrainian President"));
    second.event("arrived", EventType::Travel, Interval::UNKNOWN).participants =
        vec![takes_part(Role::Agent, by_alias, a)];
    second.event("resigned", EventType::Appoint, Interval::UNKNOWN).participants =
        vec![takes_part(Role::Agent, title, b)];
    store.save(&second.article, &second.analysis, &saving()).unwrap();
    let actions = |name: &str| entries(&store, &by_actor(name)).into_iter().map(|e| e.action).collect::<Vec<_>>();
    assert_eq!(actions("Volodymyr Zelenskyy"), ["press conference", "arrived"]);
    assert_eq!(actions("zelenský"), ["press conference", "arrived"], "accents and case do not matter");
    assert_eq!(
        actions("Ukrainian President"),
        ["press conference", "arrived", "resigned"],
        "a title is a name of both"
    );
    assert_eq!(actions("Russia"), ["captured"], "a country acts through its forces");

    let none = store.for_each_entry::<StoreError>(&by_actor("Zelenski"), &mut |_| unreachable!());
    assert_eq!(
        none.unwrap_err().to_string(),
        format!("{}: no actor named \"Zelenski\"; did you mean Volodymyr Zelenskyy?", path.display())
    );
}

#[test]
fn corrections_outlive_a_new_analysis() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    store.correct_alias("The Comedian", "Volodymyr Zelenskyy", true, 5).unwrap();
    store.correct_alias("Ukrainian President", "Zelenskyy", false, 5).unwrap();
    for _ in 0..2 {
        assert_eq!(entries(&store, &by_actor("the comedian")).len(), 1);
        let title = store.for_each_entry::<StoreError>(&by_actor("Ukrainian President"), &mut |_| unreachable!());
        assert!(matches!(title.unwrap_err().fault, Fault::NoActor { .. }));
        store.save(&story.article, &story.analysis, &updating()).unwrap();
    }
    let unknown = store.correct_alias("x", "Nobody At All", true, 5);
    assert!(matches!(unknown.unwrap_err().fault, Fault::NoActor { .. }));
}

#[test]
fn an_analysis_that_does_not_fit_changes_nothing() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    let before = dump(&path);
    let breakers: [fn(&mut Analysis); 5] = [
        |a| a.events[0].sentence = 99,
        |a| a.events[1].participants[0].actor = Some(99),
        |a| a.sentences[2].span.end = 9999,
        |a| a.events[2].place = Some(2),
        |a| a.actors[0].name = " . ".into(),
    ];
    for wrong in breakers {
        let mut story = kyiv();
        wrong(&mut story.analysis);
        let refused = store.save(&story.article, &story.analysis, &saving()).unwrap_err();
        assert!(matches!(refused.fault, Fault::Misfit(_)), "{refused}");
        assert_eq!(dump(&path), before);
    }
    let story = kyiv();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    assert_sound(&path);
}

#[test]
fn a_batch_is_articles_that_are_whole() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut store = Store::open(&path).unwrap();
    store.begin().unwrap();
    for i in 0..3 {
        let mut story = numbered(i);
        if i == 1 {
            // Fails after rows were written: the name of the last actor is empty.
            story.analysis.actors.last_mut().unwrap().name = String::new();
        }
        assert_eq!(store.save(&story.article, &story.analysis, &saving()).is_ok(), i != 1);
    }
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 0, "not yet");
    store.commit().unwrap();
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 2);
    assert_sound(&path);
    store.begin().unwrap();
    store.save(&numbered(3).article, &numbered(3).analysis, &saving()).unwrap();
    drop(store);
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 2, "a batch that never ended");
    assert_sound(&path);
}

#[test]
fn every_older_schema_is_upgraded() {
    for version in 1..SCHEMA_VERSION {
        for read_first in [false, true] {
            let dir = folder();
            let path = dir.path().join("old.db");
            make_with_schema(&path, version).unwrap();
            if read_first {
                assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 0, "schema {version}");
            }
            let story = kyiv();
            Store::open(&path).unwrap().save(&story.article, &story.analysis, &saving()).unwrap();
            assert_eq!(entries(&Store::open_to_read(&path).unwrap(), &Filter::default()).len(), 3);
            assert_sound(&path);
        }
    }
}

/// A database of an older schema with an article in it: the rows of a new one, as far as the old tables have their columns.
fn make_old_with_article(path: &Path, version: usize) {
    let new = path.with_extension("new");
    let story = kyiv();
    Store::open(&new).unwrap().save(&story.article, &story.analysis, &saving()).unwrap();
    make_with_schema(path, version).unwrap();
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute("ATTACH ?1 AS new", [new.to_str().unwrap()]).unwrap();
    let list = |sql: &str| {
        let mut names = conn.prepare(sql).unwrap();
        let names = names.query_map([], |r| r.get::<_, String>(0)).unwrap();
        names.map(Result::unwrap).collect::<Vec<_>>()
    };
    for table in
        list("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    {
        let columns = list(&format!("SELECT name FROM pragma_table_info('{table}', 'main')")).join(", ");
        conn.execute_batch(&format!(
            "INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}"
        ))
        .unwrap();
    }
    conn.execute_batch("INSERT INTO sentence_fts (rowid, text) SELECT id, text FROM main.sentence_text").unwrap();
}

#[test]
fn an_upgrade_keeps_what_is_there() {
    // The first schema with all tables is the sixth.
    for version in 6..SCHEMA_VERSION {
        let dir = folder();
        let path = dir.path().join("old.db");
        make_old_with_article(&path, version);
        let found = entries(&Store::open_to_read(&path).unwrap(), &Filter::default());
        assert_eq!(found.len(), 3, "schema {version}");
        assert_sound(&path);
        let story = kyiv();
        let saved = Store::open(&path).unwrap().save(&story.article, &story.analysis, &updating()).unwrap();
        assert_eq!(saved, Saved::Replaced { article: ArticleId(1), events: 3, new_events: 0 });
        assert_sound(&path);
    }
}

#[test]
fn files_that_are_not_ours_are_left_alone() {
    let dir = folder();
    let refused = |name: &str, make: &dyn Fn(&Path)| {
        let path = dir.path().join(name);
        make(&path);
        let before = std::fs::read(&path).ok();
        let faults = [Store::open(&path).err().unwrap(), Store::open_to_read(&path).err().unwrap()];
        assert_eq!(std::fs::read(&path).ok(), before, "{name} was changed");
        faults.map(|f| f.to_string().replace(&path.display().to_string(), name))
    };
    let text = refused("notes.txt", &|p| std::fs::write(p, "On Monday ".repeat(100)).unwrap());
    assert_eq!(text, ["notes.txt: this is not a database; choose another file with --db"; 2]);
    let foreign = refused("photos.db", &|p| {
        Connection::open(p).unwrap().execute_batch("CREATE TABLE photo (id); PRAGMA user_version = 3").unwrap()
    });
    assert_eq!(foreign, ["photos.db: this database belongs to another program; choose another file with --db"; 2]);
    let newer = refused("newer.db", &|p| {
        make_with_schema(p, SCHEMA_VERSION).unwrap();
        Connection::open(p).unwrap().pragma_update(None, "user_version", 999).unwrap();
    });
    let known = SCHEMA_VERSION;
    let says = format!(
        "newer.db: made by a later version of dateline (schema 999, this one knows up to {known}); install that version"
    );
    assert_eq!(newer, [says.clone(), says]);

    let missing = dir.path().join("none.db");
    assert!(matches!(Store::open_to_read(&missing).err().unwrap().fault, Fault::Missing));
    assert!(!missing.exists(), "reading makes no file");
    let nowhere = Store::open(&dir.path().join("no/such/folder/a.db")).err().unwrap().to_string();
    assert!(nowhere.contains("can't be opened"), "{nowhere}");
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let dir = folder();
    let good = dir.path().join("good.db");
    let story = kyiv();
    Store::open(&good).unwrap().save(&story.article, &story.analysis, &saving()).unwrap();
    let bytes = std::fs::read(&good).unwrap();
    let path = dir.path().join("bad.db");
    let mut state = 1u64;
    for round in 0..60 {
        let mut bad = bytes.clone();
        for _ in 0..40 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let at = (state >> 33) as usize % bad.len();
            bad[at] ^= (state >> 20) as u8 | 1;
        }
        if round % 3 == 0 {
            bad.truncate(bad.len() / 2);
        }
        std::fs::write(&path, &bad).unwrap();
        let _ = std::fs::remove_file(dir.path().join("bad.db-wal"));
        let _ = std::fs::remove_file(dir.path().join("bad.db-shm"));
        let Ok(store) = Store::open_to_read(&path) else { continue };
        let all = Filter { evidence: None, ..Filter::default() };
        let _ = store.for_each_entry::<StoreError>(&all, &mut |e| {
            let _ = store.explain(e.id);
            Ok(std::ops::ControlFlow::Continue(()))
        });
        let _ = store.for_each_entry::<StoreError>(&Filter { text: Some("village".into()), ..all }, &mut |_| {
            Ok(std::ops::ControlFlow::Continue(()))
        });
        let _ = (store.actors(None), store.places(None), store.articles(), store.stats());
        drop(store);
        if let Ok(mut store) = Store::open(&path) {
            let _ = store.save(&story.article, &story.analysis, &updating());
        }
    }
}

#[test]
fn a_reader_writes_nothing_and_sees_one_moment() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut writer = Store::open(&path).unwrap();
    let story = kyiv();
    writer.save(&story.article, &story.analysis, &saving()).unwrap();
    let mut reader = Store::open_to_read(&path).unwrap();
    assert!(reader.save(&story.article, &story.analysis, &updating()).is_err());
    let mut seen = 0;
    reader
        .for_each_entry::<StoreError>(&Filter::default(), &mut |_| {
            seen += 1;
            let fewer = Analysis { events: Vec::new(), ..kyiv().analysis };
            writer.save(&story.article, &fewer, &updating()).unwrap();
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();
    assert_eq!(seen, 3, "what was there when the reading began");
    assert_eq!(entries(&reader, &Filter::default()).len(), 0);
    assert_sound(&path);
}

#[test]
#[cfg(unix)]
fn a_read_only_file_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    let path = dir.path().join("a ?#%.db");
    let story = kyiv();
    Store::open(&path).unwrap().save(&story.article, &story.analysis, &saving()).unwrap();
    let set = |p: &Path, mode| std::fs::set_permissions(p, std::fs::Permissions::from_mode(mode)).unwrap();
    set(&path, 0o444);
    set(dir.path(), 0o555);
    let found = Store::open_to_read(&path).map(|s| entries(&s, &Filter::default()).len());
    set(dir.path(), 0o755);
    assert_eq!(found.unwrap(), 3);
}

const CHILD: &str = "DATELINE_TEST_CHILD_DB";

fn numbered(i: usize) -> Story {
    let mut story = kyiv();
    story.article.title = Some(format!("Article {i}"));
    story.article.text.push_str(&format!("\nNumber {i}."));
    story
}

/// Not a test of its own: what the children of the tests below do.
#[test]
fn child_that_saves_forever() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = Store::open(Path::new(&path)).unwrap();
    let from: usize = std::env::var("FROM").unwrap().parse().unwrap();
    let to: usize = std::env::var("TO").unwrap().parse().unwrap();
    for i in from..to {
        let story = numbered(i);
        store.save(&story.article, &story.analysis, &saving()).unwrap();
        println!("saved {i}");
    }
}

fn child(path: &Path, from: usize, to: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["child_that_saves_forever", "--exact", "--nocapture"])
        .env(CHILD, path)
        .env("FROM", from.to_string())
        .env("TO", to.to_string())
        .stdout(Stdio::piped());
    command
}

#[test]
fn a_kill_in_the_middle_loses_nothing_that_was_saved() {
    use std::io::{BufRead, BufReader};
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut saved = 0;
    for round in 0..4 {
        let mut running = child(&path, saved, usize::MAX).spawn().unwrap();
        let lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let mut said = 0;
        for line in lines {
            if line.unwrap().contains("saved ") {
                said += 1;
                if said == 3 + 7 * round {
                    running.kill().unwrap();
                    break;
                }
            }
        }
        running.wait().unwrap();
        assert_sound(&path);
        let stats = Store::open(&path).unwrap().stats().unwrap();
        assert!(
            stats.articles >= (saved + said) as u64,
            "{} articles, {} were told to be saved",
            stats.articles,
            saved + said
        );
        assert_eq!(stats.sentences, stats.articles * 3, "no article is there in part");
        assert_eq!(stats.mentions, stats.articles * 3);
        saved = stats.articles as usize;
    }
}

#[test]
fn two_writers_take_turns() {
    let dir = folder();
    let path = dir.path().join("a.db");
    // Both make the file, both save articles 20 to 39.
    let mut children = [child(&path, 0, 40).spawn().unwrap(), child(&path, 20, 60).spawn().unwrap()];
    for c in &mut children {
        assert!(c.wait().unwrap().success());
    }
    assert_sound(&path);
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles, 60);
}
