//! The database in bad company: older and newer files, foreign and damaged ones, crashes, other programs.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use common::*;
use dateline::model::*;
use dateline::store::{Fault, SCHEMA_VERSION, Saved, Store, StoreError, make_with_schema};
use rusqlite::Connection;

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

/// A database of an older schema with an article in it. Up to schema 16 its rows are those of schema 16, as far as the old
/// tables have their columns; later ones are upgraded from there.
fn make_old_with_article(path: &Path, version: usize) {
    let last = path.with_extension("16");
    make_with_schema(&last, 16).unwrap();
    Connection::open(&last).unwrap().execute_batch(include_str!("old/schema-16.sql")).unwrap();
    make_with_schema(path, version.min(16)).unwrap();
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute("ATTACH ?1 AS last", [last.to_str().unwrap()]).unwrap();
    let list = |sql: &str| {
        let mut names = conn.prepare(sql).unwrap();
        let names = names.query_map([], |r| r.get::<_, String>(0)).unwrap();
        names.map(Result::unwrap).collect::<Vec<_>>()
    };
    for table in
        list("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    {
        // The closed sets of names are those of the old schema.
        let full = format!("SELECT EXISTS (SELECT 1 FROM main.{table})");
        if conn.query_row(&full, [], |row| row.get(0)).unwrap() {
            continue;
        }
        let columns = list(&format!("SELECT name FROM pragma_table_info('{table}', 'main')")).join(", ");
        conn.execute_batch(&format!(
            "INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM last.{table}"
        ))
        .unwrap();
    }
    conn.execute_batch("INSERT INTO sentence_fts (rowid, text) SELECT id, text FROM main.sentence_text").unwrap();
    drop(conn);
    make_with_schema(path, version).unwrap();
}

#[test]
fn an_upgrade_from_schema_16_makes_what_is_made_today() {
    let dir = folder();
    let (old, new) = (dir.path().join("old.db"), dir.path().join("new.db"));
    make_old_with_article(&old, 16);
    drop(Store::open(&old).unwrap());
    let story = kyiv();
    let mut store = Store::open(&new).unwrap();
    // Rules have their numbers in the order in which they came.
    let rules = include_str!("old/schema-16.sql").lines().filter(|line| line.starts_with("INSERT INTO rule "));
    Connection::open(&new).unwrap().execute_batch(&rules.collect::<String>()).unwrap();
    store.save(&story.article, &story.analysis, &saving()).unwrap();
    for (old, new) in dump(&old).iter().zip(dump(&new)) {
        assert_eq!(*old, new);
    }
    assert_eq!(dump(&old).len(), dump(&new).len());
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

/// Not a test of its own: what the children of the tests below do.
#[test]
fn child_that_saves_forever() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = Store::open(Path::new(&path)).unwrap();
    let from: usize = std::env::var("FROM").unwrap().parse().unwrap();
    let to: usize = std::env::var("TO").unwrap().parse().unwrap();
    for i in from..to {
        let story = numbered(i);
        store.save(&story.article, &story.analysis, &saving()).unwrap_or_else(|e| panic!("{e}"));
        println!("saved {i}");
    }
}

/// Articles on one happening after the other, five each, that are linked as they come.
fn linked(i: usize) -> Story {
    let town = ["Varna", "Tula", "Oruro", "Limon", "Gweru", "Pskov", "Hilla"][i / 5 % 7];
    let mut story = Story::new(&format!("Rebels of group {} attacked {town}, outlet {i} said.", i / 5))
        .from(&format!("Outlet {i}"));
    let rebels = story.actor(&format!("Rebels of group {}", i / 5), ActorKind::Group, "", None, &[]);
    let place = story.place(town, town, "", None, PlacePrecision::City);
    let words = story.span("Rebels");
    let e = story.event("attacked", EventType::Assault, on("2024-03-01"));
    e.place = Some(place);
    e.participants = vec![takes_part(Role::Agent, rebels, words)];
    story
}

/// Not a test of its own: what the children of the test below do.
#[test]
fn child_that_links_forever() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = Store::open(Path::new(&path)).unwrap();
    for i in std::env::var("FROM").unwrap().parse().unwrap()..std::env::var("TO").unwrap().parse().unwrap() {
        let story = linked(i);
        store.save(&story.article, &story.analysis, &saving()).unwrap();
        println!("saved {i}");
    }
}

#[test]
fn a_kill_in_the_middle_of_linking_leaves_nothing_half_linked() {
    use std::io::{BufRead, BufReader};
    let dir = folder();
    let path = dir.path().join("a.db");
    let linking = |from: usize, to: usize| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["child_that_links_forever", "--exact", "--nocapture"])
            .env(CHILD, &path)
            .env("FROM", from.to_string())
            .env("TO", to.to_string())
            .stdout(Stdio::piped());
        command
    };
    for round in 0..3 {
        let mut running = linking(0, 10_000).spawn().unwrap();
        let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
        lines.by_ref().map(Result::unwrap).filter(|l| l.contains("saved ")).nth(6 + 9 * round);
        running.kill().unwrap();
        running.wait().unwrap();
        assert_sound(&path);
    }
    // Two at once link the same happenings: each event has its five reports, whoever wrote them.
    let mut both = [linking(0, 50).spawn().unwrap(), linking(20, 70).spawn().unwrap()];
    for running in &mut both {
        let output = running.wait().unwrap();
        assert!(output.success());
    }
    assert_sound(&path);
    let found = entries(&Store::open_to_read(&path).unwrap(), &Filter::default());
    let mentions: u32 = found.iter().map(|e| e.mentions).sum();
    assert_eq!(mentions as u64, Store::open_to_read(&path).unwrap().stats().unwrap().articles);
    assert!(found.iter().filter(|e| e.mentions == 5).count() >= 14, "{} events", found.len());
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

#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing_and_says_so() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let story = numbered(0);
    Store::open(&path).unwrap().save(&story.article, &story.analysis, &saving()).unwrap();
    // No file may grow beyond what is there and a little more: in blocks of 512 bytes, as the shell counts them.
    let blocks = std::fs::metadata(&path).unwrap().len() / 512 + 400;
    let full = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f \"$BLOCKS\"; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["child_that_saves_forever", "--exact", "--nocapture"])
        .env("BLOCKS", blocks.to_string())
        .env(CHILD, &path)
        .env("FROM", "1")
        .env("TO", "100000")
        .output()
        .unwrap();
    assert!(!full.status.success());
    let (said, told) = (String::from_utf8_lossy(&full.stdout), String::from_utf8_lossy(&full.stderr));
    let saved = said.lines().filter(|l| l.contains("saved ")).count();
    assert!(saved > 0, "{said}{told}");
    assert!(format!("{said}{told}").contains("what was committed is safe"), "{said}{told}");
    assert_sound(&path);
    let stats = Store::open(&path).unwrap().stats().unwrap();
    assert_eq!(stats.articles as usize, saved + 1, "what was told to be saved, and nothing half");
    assert_eq!((stats.sentences, stats.mentions), (stats.articles * 3, stats.articles * 3));
    // With room again it goes on where it stopped.
    let rest = child(&path, 0, saved + 20).output().unwrap();
    assert!(rest.status.success());
    assert_sound(&path);
    assert_eq!(Store::open_to_read(&path).unwrap().stats().unwrap().articles as usize, saved + 20);
}
