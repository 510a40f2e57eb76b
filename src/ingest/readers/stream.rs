//! Inputs to a stream of pieces.

use std::fs::File;
use std::io::{self, BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc;

use super::links::Links;
use super::open::open;
use super::{Caps, ColumnMap, FileFormat, Flow, Named, Out, Piece};
use crate::ingest::fetch::{Fetching, is_url};

/// What inputs are read with.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The limits.
    pub caps: Caps,
    /// The format that the user named; it is that of what packed files hold.
    pub format: Option<FileFormat>,
    /// What text is taken for that shows no other format.
    pub fallback: FileFormat,
    /// The columns that the user named.
    pub columns: ColumnMap,
    /// How web addresses are fetched; `None` fetches nothing.
    pub fetch: Option<Fetching>,
}

/// Pieces under way at once.
const AHEAD: usize = 8;
/// Readers of others may call themselves for what is nested.
const STACK: usize = 32 << 20;

/// Where an input stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A web address.
    Url(String),
}

impl Place {
    /// What a person writes: `-` is standard input, `https://...` a web address, anything else a file.
    pub fn of(path: PathBuf) -> Place {
        match path.to_str() {
            Some("-") => Place::Stdin,
            Some(text) if is_url(text) => Place::Url(text.to_owned()),
            _ => Place::File(path),
        }
    }
}

/// The pieces of inputs, in order. They are read on a thread of their own, a few ahead; it ends when the stream is
/// dropped. Web addresses are fetched only as `source.fetch` says.
pub fn pieces(inputs: Vec<Place>, source: Source) -> impl Iterator<Item = Piece> {
    let (send, pieces) = mpsc::sync_channel(AHEAD);
    let failed = send.clone();
    let thread = std::thread::Builder::new().name("reader".into()).stack_size(STACK).spawn(move || {
        let mut links = Links::new(&source);
        let mut closed = false;
        for input in inputs {
            if closed {
                break;
            }
            let changed = if let Place::File(path) = &input { crate::ingest::run::changed_on(path) } else { None };
            let mut give = |piece: Piece| {
                closed = send.send(Piece { changed, ..piece }).is_err();
                if closed { Flow::Break(()) } else { Flow::Continue(()) }
            };
            // Too many entries end one input, and the next follows.
            let _ = match input {
                Place::Stdin => {
                    let bytes = Box::new(io::stdin().lock());
                    read("stdin".to_owned(), None, None, bytes, &source, &mut |p| links.follow(p, 0, &mut give))
                }
                Place::File(path) => {
                    let name = path.display().to_string();
                    let id = Some(stem(&name));
                    match File::open(&path) {
                        Ok(file) => {
                            let plain = file.metadata().is_ok_and(|m| m.is_file());
                            let bytes = Box::new(BufReader::with_capacity(1 << 16, file));
                            let path = plain.then_some(path);
                            read(name, id, path, bytes, &source, &mut |p| links.follow(p, 0, &mut give))
                        }
                        Err(error) => give(Piece::refused(name, error.to_string())),
                    }
                }
                Place::Url(url) => links.open(&url, None, 0, &mut give),
            };
        }
    });
    if let Err(error) = thread {
        let _ = failed.send(Piece::refused("input".to_owned(), format!("no thread to read on: {error}")));
    }
    drop(failed);
    pieces.into_iter()
}

/// The pieces of bytes in memory, handed to `give` one after the other: what [`pieces`] does with a file.
pub fn open_bytes(name: &str, bytes: &[u8], source: &Source, mut give: impl FnMut(Piece)) {
    let mut give = |piece| {
        give(piece);
        Flow::Continue(())
    };
    let _ = read(name.to_owned(), Some(stem(name)), None, Box::new(Cursor::new(bytes)), source, &mut give);
}

pub(super) fn read(
    name: String,
    id: Option<String>,
    path: Option<PathBuf>,
    bytes: Box<dyn io::Read + '_>,
    source: &Source,
    give: &mut dyn FnMut(Piece) -> Flow,
) -> Flow {
    let given = name.clone();
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut out = Out {
            caps: source.caps,
            format: source.format,
            fallback: source.fallback,
            columns: source.columns.clone(),
            depth: 0,
            entries: 0,
            give: &mut *give,
        };
        open(Named { name, id, path, bytes }, &mut out)
    }));
    // A defect in the reader of one input must not stop the others.
    read.unwrap_or_else(|_| give(Piece::refused(given, "the reader failed on it: a defect; please report it")))
}

/// The name of a file without folders and endings that are known.
pub(super) fn stem(name: &str) -> String {
    let mut stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    while let Some((head, ending)) = stem.rsplit_once('.') {
        if head.is_empty() || !crate::ingest::files::ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) {
            break;
        }
        stem = head;
    }
    stem.to_owned()
}
