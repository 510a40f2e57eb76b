use std::io;
use std::path::{Path, PathBuf};

/// Folders are searched to this depth.
const MAX_DEPTH: usize = 64;

/// Endings of the files that are read.
pub(crate) const ENDINGS: &[&str] = &[
    "txt",
    "text",
    "md",
    "markdown",
    "jsonl",
    "ndjson",
    "json",
    "html",
    "htm",
    "xhtml",
    "rss",
    "atom",
    "xml",
    "csv",
    "tsv",
    "xlsx",
    "eml",
    "mbox",
    "docx",
    "warc",
    "wacz",
    "zip",
    "gz",
    "zst",
    #[cfg(feature = "pdf")]
    "pdf",
];
const PARSED: &[&str] = &["conllu", "conll"];

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path as the user gave it, or below the folder that the user gave.
    pub path: PathBuf,
}

/// A path that could not be searched, with the reason.
#[derive(Debug)]
pub struct Skipped {
    /// The path.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// The files that a list of paths stands for: a file is taken whatever its name, a folder gives the files below it that
/// end as the files do that can be read (if `conllu`: in `.conllu` or `.conll`), in the order of their names. Hidden files and links to folders are passed over.
pub fn find_files(paths: &[PathBuf], conllu: bool) -> (Vec<Found>, Vec<Skipped>) {
    let endings = if conllu { PARSED } else { ENDINGS };
    let (mut found, mut skipped) = (Vec::new(), Vec::new());
    for path in paths {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk(path, endings, 0, &mut found, &mut skipped),
            Ok(_) => found.push(Found { path: path.clone() }),
            Err(error) => skipped.push(Skipped { path: path.clone(), error }),
        }
    }
    (found, skipped)
}

fn walk(folder: &Path, endings: &[&str], depth: usize, found: &mut Vec<Found>, skipped: &mut Vec<Skipped>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return skipped.push(Skipped { path: folder.to_owned(), error }),
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let path = entry.path();
        match entry.file_type() {
            _ if hidden => {}
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => walk(&path, endings, depth + 1, found, skipped),
            Ok(kind) if !kind.is_dir() && has_ending(&path, endings) => found.push(Found { path }),
            Ok(_) => {}
            Err(error) => skipped.push(Skipped { path, error }),
        }
    }
}

/// Whether the name of a file ends as the files do that can be read.
pub(crate) fn is_readable(name: &str) -> bool {
    has_ending(Path::new(name), ENDINGS)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    endings.contains(&extension.as_str())
}
