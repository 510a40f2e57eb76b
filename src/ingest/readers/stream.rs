//! Inputs to a stream of pieces.

use std::fs::File;
use std::io::{self, BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc;

use super::open::open;
use super::{Caps, ColumnMap, FileFormat, Flow, Named, Out, Piece};

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
}

/// Pieces under way at once.
const AHEAD: usize = 8;
/// Readers of others may call themselves for what is nested.
const STACK: usize = 32 << 20;

/// The pieces of inputs, in order: a path, or standard input for `None`. They are read on a thread of their own, a few
/// ahead; it ends when the stream is dropped.
pub fn pieces(inputs: Vec<Option<PathBuf>>, source: Source) -> impl Iterator<Item = Piece> {
    let (send, pieces) = mpsc::sync_channel(AHEAD);
    let failed = send.clone();
    let thread = std::thread::Builder::new().name("reader".into()).stack_size(STACK).spawn(move || {
        let mut closed = false;
        for input in inputs {
            if closed {
                break;
            }
            let changed = input.as_deref().and_then(crate::ingest::run::changed_on);
            let mut give = |piece: Piece| {
                closed = send.send(Piece { changed, ..piece }).is_err();
                if closed { Flow::Break(()) } else { Flow::Continue(()) }
            };
            // Too many entries end one input, and the next follows.
            let _ = match input {
                None => read("stdin".to_owned(), None, None, Box::new(io::stdin().lock()), &source, &mut give),
                Some(path) => {
                    let name = path.display().to_string();
                    let id = Some(stem(&name));
                    match File::open(&path) {
                        Ok(file) => {
                            let plain = file.metadata().is_ok_and(|m| m.is_file());
                            let bytes = Box::new(BufReader::with_capacity(1 << 16, file));
                            read(name, id, plain.then_some(path), bytes, &source, &mut give)
                        }
                        Err(error) => give(Piece { name, id: None, changed: None, content: Err(error.to_string()) }),
                    }
                }
            };
        }
    });
    if let Err(error) = thread {
        let content = Err(format!("no thread to read on: {error}"));
        let _ = failed.send(Piece { name: "input".to_owned(), id: None, changed: None, content });
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

fn read(
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
    read.unwrap_or_else(|_| {
        let content = Err("the reader failed on it: a defect; please report it".to_owned());
        give(Piece { name: given, id: None, changed: None, content })
    })
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
