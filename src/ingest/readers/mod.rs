//! One reader a file behind one trait: what people have comes in as pieces, each of which is one article or says why it
//! is none.
//!
//! Formats are found by content; what holds other files (gzip, Zstandard, zip, WARC, WACZ, mbox) is opened as it is read,
//! and nothing is ever written to disk. What stands behind a web address is fetched by `ingest::fetch`, only where the
//! user asked for it, and read like a file. [`Caps`] bounds all of it: no input makes a reader use more memory
//! than a few pieces and one container that must be held whole.

mod caps;
mod docx;
mod feed;
mod fields;
mod html;
mod json;
mod links;
mod mail;
mod open;
#[cfg(feature = "pdf")]
mod pdf;
mod piece;
mod sitemap;
mod sniff;
mod stream;
mod table;
mod text;
mod unpack;
mod warc;
mod xlsx;
mod zip;

pub use caps::Caps;
pub use fields::{Column, ColumnMap, Fields};
pub(in crate::ingest) use html::plain;
pub use piece::{Content, Page, Piece, Reading};
pub use stream::{Place, Source, open_bytes, pieces};
pub(in crate::ingest) use table::{BUFFER, Meter};
pub(in crate::ingest) use unpack::{unpacked, whole};

use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::model::named_enum;

named_enum! {
    /// What an input holds.
    #[derive(Default)]
    pub enum FileFormat: "input format" {
        /// Plain text or Markdown, with front matter or without: one article.
        #[default]
        Text = "text",
        /// A web page.
        Html = "html",
        /// One JSON object a line, each an article.
        Jsonl = "jsonl",
        /// A JSON document: an article, a list of articles, CSL-JSON.
        Json = "json",
        /// Comma-separated values with a header.
        Csv = "csv",
        /// Values separated by tabulators, with a header.
        Tsv = "tsv",
        /// An Excel workbook.
        Xlsx = "xlsx",
        /// RSS, Atom or JSON Feed.
        Feed = "feed",
        /// A sitemap: addresses only.
        Sitemap = "sitemap",
        /// A web archive.
        Warc = "warc",
        /// A web archive collection: a zip file of WARC files.
        Wacz = "wacz",
        /// A mail.
        Eml = "eml",
        /// A mailbox.
        Mbox = "mbox",
        /// A Word document.
        Docx = "docx",
        /// A PDF; only in builds with the feature `pdf`.
        Pdf = "pdf",
    }
}

/// Whether to go on.
pub(crate) type Flow = ControlFlow<()>;

/// Reads one format: bytes to pieces.
pub(crate) trait Reader {
    /// Hands every article of the input to `out`, in order, and what cannot be read in its place. Returns early only if
    /// `out` wants no more.
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow;
}

/// Bytes with a name.
pub(crate) struct Named<'a> {
    /// What errors and articles call it: a path, or a path within an archive.
    pub name: String,
    /// The id that a single article in it gets: the file's name without endings.
    pub id: Option<String>,
    /// Where the bytes stand on disk, as they are.
    pub path: Option<PathBuf>,
    /// The bytes.
    pub bytes: Box<dyn Read + 'a>,
}

/// Where pieces go, with what bounds them.
pub(crate) struct Out<'a> {
    /// The limits.
    pub caps: Caps,
    /// The format that the user named.
    pub format: Option<FileFormat>,
    /// What text is taken for that shows no other format.
    pub fallback: FileFormat,
    /// What columns the user named.
    pub columns: ColumnMap,
    /// How deep in containers we are.
    pub depth: usize,
    /// Pieces and entries so far.
    pub entries: u64,
    /// Takes a piece, and says whether more are wanted.
    pub give: &'a mut dyn FnMut(Piece) -> Flow,
}

impl Out<'_> {
    /// Hands over an article to be.
    pub fn give(&mut self, name: String, id: Option<String>, content: Content) -> Flow {
        self.count(&name)?;
        (self.give)(Piece { name, id, changed: None, url: None, content: Ok(content) })
    }

    /// Says why there is no article.
    pub fn refuse(&mut self, name: String, reason: impl Into<String>) -> Flow {
        self.count(&name)?;
        (self.give)(Piece::refused(name, reason))
    }

    /// Counts an entry; the one too many is refused and ends the input.
    pub fn count(&mut self, name: &str) -> Flow {
        self.entries += 1;
        if self.entries > self.caps.entries {
            if self.entries == self.caps.entries + 1 {
                let reason = format!("the input holds more than {} entries; split it", self.caps.entries);
                let name = name.to_owned();
                let _ = (self.give)(Piece::refused(name, reason));
            }
            return Flow::Break(());
        }
        Flow::Continue(())
    }
}

/// Refuses PDF: the program was built without it.
#[cfg(not(feature = "pdf"))]
struct NoPdf;

#[cfg(not(feature = "pdf"))]
impl Reader for NoPdf {
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let reason = "PDF is not read by this build; turn it into text first, for example with pdftotext, or build with --features pdf";
        out.refuse(input.name, reason)
    }
}

/// The reader of a format.
fn reader(format: FileFormat) -> &'static dyn Reader {
    match format {
        FileFormat::Text => &text::Text,
        FileFormat::Html => &html::Html,
        FileFormat::Jsonl => &json::Lines,
        FileFormat::Json => &json::Json,
        FileFormat::Csv => &table::Table(b','),
        FileFormat::Tsv => &table::Table(b'\t'),
        FileFormat::Xlsx => &xlsx::Xlsx,
        FileFormat::Feed => &feed::Feed,
        FileFormat::Sitemap => &sitemap::Sitemap,
        FileFormat::Warc => &warc::Warc,
        FileFormat::Wacz => &zip::Wacz,
        FileFormat::Eml => &mail::Eml,
        FileFormat::Mbox => &mail::Mbox,
        FileFormat::Docx => &docx::Docx,
        #[cfg(feature = "pdf")]
        FileFormat::Pdf => &pdf::Pdf,
        #[cfg(not(feature = "pdf"))]
        FileFormat::Pdf => &NoPdf,
    }
}
