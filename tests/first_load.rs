//! The first load of a database: it makes what saving one by one makes, and one that is killed is ended by whoever opens it.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use common::*;
use dateline::model::*;
use dateline::store::{Fault, Saving, Store};

/// First loads link nothing.
fn loading() -> Saving<'static> {
    Saving { linker: None, ..saving() }
}

fn save(store: &mut Store, from: usize, to: usize) {
    for i in from..to {
        let story = numbered(i);
        store.save(&story.article, &story.analysis, &loading()).unwrap();
    }
}

/// How many mentions the events have that are found: the articles are copies of one another.
fn found(path: &Path, filter: &Filter) -> u32 {
    entries(&Store::open_to_read(path).unwrap(), filter).iter().map(|e| e.mentions).sum()
}

fn by_word() -> Filter {
    Filter { text: Some("village".into()), ..Filter::default() }
}

#[test]
fn a_first_load_makes_what_saving_makes() {
    let dir = folder();
    let (fast, slow) = (dir.path().join("fast.db"), dir.path().join("slow.db"));
    let mut store = Store::open(&fast).unwrap();
    assert!(store.begin_first_load().unwrap());
    store.begin().unwrap();
    save(&mut store, 0, 5);
    store.commit().unwrap();
    save(&mut store, 5, 7);
    let story = numbered(7);
    let linked = store.save(&story.article, &story.analysis, &saving()).unwrap_err();
    assert!(matches!(linked.fault, Fault::Misfit(_)), "what can't be linked yet is refused");
    store.finish_first_load().unwrap();
    save(&mut store, 7, 9);
    save(&mut Store::open(&slow).unwrap(), 0, 9);
    assert_eq!(dump(&fast), dump(&slow));
    assert_sound(&fast);
    assert_eq!([found(&fast, &by_actor("Putin")), found(&fast, &by_word())], [9, 9]);
    assert!(!store.begin_first_load().unwrap(), "there is something in it");
}

#[test]
fn whoever_opens_the_file_ends_the_load() {
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut loader = Store::open(&path).unwrap();
    assert!(loader.begin_first_load().unwrap());
    save(&mut loader, 0, 3);
    assert_eq!([found(&path, &by_actor("Putin")), found(&path, &by_word())], [3, 3]);
    // From now on the indexes are there, and the loader has to keep them, in batches and without.
    loader.begin().unwrap();
    save(&mut loader, 3, 5);
    loader.commit().unwrap();
    save(&mut loader, 5, 6);
    assert_sound(&path);
    assert_eq!([found(&path, &by_actor("Putin")), found(&path, &by_word())], [6, 6]);
    loader.finish_first_load().unwrap();
    assert_sound(&path);
}

#[test]
#[cfg(unix)]
fn an_unfinished_file_that_cannot_be_written_to_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder();
    let path = dir.path().join("a.db");
    let mut loader = Store::open(&path).unwrap();
    loader.begin_first_load().unwrap();
    drop(loader);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    // Whoever may write to everything, may write to this.
    match Store::open_to_read(&path) {
        Err(error) => assert!(error.to_string().contains("its first load was interrupted"), "{error}"),
        Ok(store) => assert_eq!(entries(&store, &by_word()).len(), 0),
    }
}

const CHILD: &str = "DATELINE_TEST_CHILD_DB";

/// Not a test of its own: what the child of the test below does.
#[test]
fn child_that_loads_forever() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut store = Store::open(Path::new(&path)).unwrap();
    store.begin_first_load().unwrap();
    for batch in 0..usize::MAX {
        store.begin().unwrap();
        save(&mut store, batch * 4, batch * 4 + 4);
        store.commit().unwrap();
        println!("saved {}", batch * 4 + 4);
    }
}

#[test]
fn a_first_load_that_is_killed_loses_nothing_that_was_committed() {
    use std::io::{BufRead, BufReader};
    for batches in [1, 5, 12] {
        let dir = folder();
        let path = dir.path().join("a.db");
        let mut running = Command::new(std::env::current_exe().unwrap())
            .args(["child_that_loads_forever", "--exact", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let said = lines.map(Result::unwrap).filter(|l| l.contains("saved ")).nth(batches - 1);
        running.kill().unwrap();
        running.wait().unwrap();
        assert!(said.is_some());
        let articles = Store::open_to_read(&path).unwrap().stats().unwrap().articles as u32;
        assert!(articles >= batches as u32 * 4);
        assert_eq!([found(&path, &by_actor("Putin")), found(&path, &by_word())], [articles, articles]);
        assert_sound(&path);
    }
}
