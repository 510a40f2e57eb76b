//! The plan of the house: imports point down only, and rooms on one floor never import each other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors of ARCHITECTURE.md, from the ground up.
const FLOORS: &[&[&str]] = &[
    &["model"],
    &["text", "time"],
    &["language", "lexicon"],
    &["extract", "link", "store", "export"],
    &["ingest", "query"],
    &["cli"],
];

/// Crates that only one room may use: what the word "only" in ARCHITECTURE.md stands on.
const OWNED: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("rusqlite_migration", &["store"]),
    ("anyhow", &["cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("comfy_table", &["cli"]),
    ("anstream", &["cli"]),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn sources() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut rooms: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && path.parent() != Some(&root) {
                let room = path.strip_prefix(&root).unwrap().components().next().unwrap();
                let room = room.as_os_str().to_string_lossy().into_owned();
                rooms.entry(room).or_default().push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    rooms
}

/// The rooms that a source file names after `crate::`, with their lines; comments and tests count too, for a doc link
/// upwards is a dependency of thought.
fn named(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let group = rest.strip_prefix('{').map(|g| g.split('}').next().unwrap_or(g));
            let names: Vec<&str> = group.map_or(vec![rest], |g| g.split(',').collect());
            for name in names {
                let word: String = name.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                found.push((number + 1, word));
            }
        }
    }
    found
}

#[test]
fn every_room_has_a_floor() {
    for room in sources().keys() {
        assert!(floor(room).is_some(), "src/{room} stands on no floor; give it one here and in ARCHITECTURE.md");
    }
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for (room, files) in sources() {
        for (path, text) in files {
            for (line, target) in named(&text) {
                let Some(below) = floor(&target) else { continue };
                if target != room && floor(&room).is_none_or(|own| below >= own) {
                    wrong.push(format!("{}:{line}: {room} imports {target}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports must point down:\n{}", wrong.join("\n"));
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (room, files) in sources() {
        for (path, text) in files {
            for (owned, rooms) in OWNED {
                let used = text.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(&format!("{owned}::")));
                if used && !rooms.contains(&room.as_str()) {
                    wrong.push(format!("{}: {owned} belongs to {}", path.display(), rooms.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_clock_below_the_top_floor() {
    let mut wrong = Vec::new();
    for (room, files) in sources().into_iter().filter(|(room, _)| room != "cli") {
        for (path, text) in files {
            for clock in ["Utc::now", "Local::now", "SystemTime::now", "Instant::now"] {
                if text.contains(clock) {
                    wrong.push(format!("{} ({room}): {clock}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "the clock is read in cli only:\n{}", wrong.join("\n"));
}

#[test]
fn the_check_sees_an_import() {
    assert_eq!(named("use crate::{store::Store, model};"), [(1, "store".into()), (1, "model".into())]);
    assert_eq!(named("let x = crate::cli::main();"), [(1, "cli".into())]);
}
