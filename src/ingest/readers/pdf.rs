//! PDF: the text of all pages, in the order in which they draw it. A cargo feature: the text of a PDF has no order but that of
//! the program that made it, and the reader of the format is large.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::unpack::whole;
use super::{Content, Flow, Named, Out, Reader};

/// A document: one article.
pub(super) struct Pdf;

/// How long a document may take; what reads longer than that was made to.
const TIME: Duration = Duration::from_secs(20);
/// Longer documents are books.
const MOST_PAGES: usize = 2_000;

impl Reader for Pdf {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let bytes = match whole(&mut input.bytes, &out.caps) {
            Ok(bytes) => bytes,
            Err(reason) => return out.refuse(input.name, reason),
        };
        let (send, text) = channel();
        // A thread of its own: a document that never ends, or a defect of the library, costs no more than this document.
        let thread = std::thread::Builder::new().name("pdf".into()).stack_size(16 << 20).spawn(move || {
            let _ = send.send(read(&bytes));
        });
        if let Err(error) = thread {
            return out.refuse(input.name, format!("no thread to read on: {error}"));
        }
        let read = match text.recv_timeout(TIME) {
            Ok(read) => read,
            Err(RecvTimeoutError::Timeout) => Err(format!(
                "it takes longer than {} seconds; turn it into text first, for example with pdftotext",
                TIME.as_secs()
            )),
            Err(RecvTimeoutError::Disconnected) => {
                Err("it is damaged beyond reading; turn it into text first, for example with pdftotext".to_owned())
            }
        };
        match read {
            Ok(text) if text.len() as u64 > out.caps.article => {
                let reason = out.caps.too_large();
                out.refuse(input.name, reason)
            }
            Ok(text) => out.give(input.name, input.id, Content::Text(text.into_bytes())),
            Err(reason) => out.refuse(input.name, reason),
        }
    }
}

fn read(bytes: &[u8]) -> Result<String, String> {
    let document = lopdf::Document::load_mem(bytes).map_err(|error| format!("the PDF is damaged: {error}"))?;
    if document.is_encrypted() {
        return Err("the PDF is encrypted; save a copy without a password".to_owned());
    }
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    if pages.len() > MOST_PAGES {
        return Err(format!("it has {} pages, more than {MOST_PAGES}; split it", pages.len()));
    }
    let mut text = String::new();
    for page in pages {
        // A page whose fonts cannot be read is left out, the others are read.
        if let Ok(words) = document.extract_text(&[page]) {
            text.push_str(words.trim());
            text.push_str("\n\n");
        }
    }
    if text.trim().is_empty() {
        return Err(
            "the PDF holds no text, only pictures of it; it must go through character recognition first".to_owned()
        );
    }
    Ok(text.trim().to_owned())
}
