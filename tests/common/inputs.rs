//! What the tests of the readers share: bytes to articles, packed files.

use std::io::{Cursor, Write};

use dateline::ingest::{Reading, Source, open_bytes};
use dateline::model::{Article, Day};

/// The day that the tests take as today.
pub fn today() -> Day {
    "2026-01-10".parse().unwrap()
}

/// The articles of some bytes, and in their place the names and reasons of what could not be read.
pub fn read_with(name: &str, bytes: &[u8], source: &Source) -> Vec<Result<Article, String>> {
    let mut found = Vec::new();
    let reading = Reading { dates: &|_, _| Vec::new(), today: today(), caps: source.caps };
    open_bytes(name, bytes, source, |piece| {
        let name = piece.name;
        let read = piece.content.and_then(|content| content.read(&reading).map_err(|(_, reason)| reason));
        found.push(read.map_err(|reason| format!("{name}: {reason}")));
    });
    found
}

/// The same, with everything as it is unless the user says otherwise.
pub fn read(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Result<Article, String>> {
    read_with(name, bytes.as_ref(), &Source::default())
}

/// The only outcome.
pub fn only(name: &str, bytes: impl AsRef<[u8]>) -> Result<Article, String> {
    let mut all = read(name, bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// A gzip member.
pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A zip file.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
