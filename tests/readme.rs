//! The example in README.md is what the program prints.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_example_is_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut blocks = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for story in block.split("$ dateline ").skip(1) {
            let (line, expected) = story.split_once('\n').unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
                .args(words(line))
                .current_dir(root)
                .env("DATELINE_DB", folder.path().join("readme.db"))
                .env_remove("CLICOLOR_FORCE")
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert!(output.status.success(), "dateline {line}\n{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(printed.trim_end(), expected.trim_end(), "README.md: dateline {line}");
            blocks += 1;
        }
    }
    assert!(blocks >= 3, "README.md shows commands with their output");
}

/// The words of a command line; quotes keep blanks together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}
