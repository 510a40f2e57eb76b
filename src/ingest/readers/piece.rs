use serde_json::{Map, Value};

use super::caps::Caps;
use super::fields::Fields;
use super::html;
use crate::ingest::{DateFinder, decode, parse_line, parse_object, read_text};
use crate::model::{Article, Day};

/// One article to be, or why there is none.
#[derive(Debug)]
pub struct Piece {
    /// Where it stands: a file, with the line, row, entry or address in it.
    pub name: String,
    /// The id it gets if it has none of its own: the file's name without endings.
    pub id: Option<String>,
    /// The day that its file was changed, if it is a file: it was published no later.
    pub changed: Option<Day>,
    /// The address it was fetched from, if it was: that of an article that names none.
    pub url: Option<String>,
    /// What it holds, or why it cannot be read.
    pub content: Result<Content, String>,
}

/// What a piece holds; reading it into an article is left to whoever has time, for it is most of the work.
#[derive(Debug)]
pub enum Content {
    /// Plain text or Markdown, in whatever encoding.
    Text(Vec<u8>),
    /// A web page.
    Page(Page),
    /// A line of JSON.
    Line(String),
    /// A JSON object.
    Object(Map<String, Value>),
    /// Fields that were told apart.
    Fields(Box<Fields>),
}

/// A web page, as it was found.
#[derive(Debug, Default)]
pub struct Page {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// Its address, if it is known from elsewhere.
    pub url: Option<String>,
    /// The day it was fetched: it was published no later.
    pub fetched: Option<Day>,
    /// What the feed that led to it says of it; the page itself knows better.
    pub told: Option<Box<Fields>>,
}

/// What reading into articles needs besides the bytes.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Finds dates in short texts.
    pub dates: DateFinder<'a>,
    /// Today: no article was published after it.
    pub today: Day,
    /// The limits.
    pub caps: Caps,
}

impl Piece {
    /// Nothing, and why.
    pub fn refused(name: String, reason: impl Into<String>) -> Piece {
        Piece { name, id: None, changed: None, url: None, content: Err(reason.into()) }
    }
}

impl Content {
    /// Reads the article.
    ///
    /// # Errors
    /// Why there is none, with the article's own id if it has one.
    pub fn read(self, reading: &Reading<'_>) -> Result<Article, (Option<String>, String)> {
        let plain = |reason: String| (None, reason);
        match self {
            Content::Text(bytes) => Ok(read_text(decode(&bytes).map_err(|e| plain(e.to_string()))?, reading.dates)),
            Content::Page(page) => html::read(page, reading).map_err(plain),
            Content::Line(line) => parse_line(&line, reading.dates).map_err(|e| (e.id, e.reason)),
            Content::Object(object) => parse_object(&object, reading.dates).map_err(|e| (e.id, e.reason)),
            Content::Fields(fields) => {
                let id = fields.id.clone();
                fields.article(reading.dates).map_err(|reason| (id, reason))
            }
        }
    }
}
