//! Floor 4, the write side: bytes to articles, articles to the store.
//!
//! One reader a file. A reader never fails as a whole because of one article: what cannot be read is reported with its
//! name and the reason, and the rest goes on.

mod conllu;
mod dateline;
mod decode;
mod fetch;
mod files;
mod front_matter;
mod head;
mod import;
mod jsonl;
mod lines;
mod parallel;
mod published;
mod readers;
mod run;
mod told;

pub use conllu::read_brought;
pub use decode::{DecodeError, decode};
pub use fetch::{FetchError, Fetching, is_public, is_url};
pub use files::{Found, Skipped, find_files};
pub use head::{DateFinder, read_head};
pub use import::{
    BadRow, NotTaken, TableActor, TableCount, TableEvent, TableEvidence, TableFormat, Tables, read_table, stories,
};
pub use jsonl::{LineError, parse_line, parse_object};
pub use lines::Lines;
pub use parallel::ordered;
pub use published::{Inference, infer_published};
pub use readers::{
    Caps, Column, ColumnMap, Content, Fields, FileFormat, Page, Piece, Place, Reading, Source, open_bytes, pieces,
};
pub use run::{Ingest, Outcome, infer, ingest};
pub use told::{Told, told};

use crate::model::{Article, Day, Published, PublishedBasis};

/// What the user says of the articles, over whatever they say of themselves.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Publication day.
    pub published: Option<Day>,
    /// Outlet.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
}

impl Given {
    /// Puts what the user said in the place of what the article says of itself.
    pub fn apply(&self, article: &mut Article) {
        if let Some(day) = self.published {
            article.published = Some(Published { day, basis: PublishedBasis::Given });
        }
        if let Some(source) = &self.source {
            article.source = Some(source.clone());
        }
        if let Some(url) = &self.url {
            article.url = Some(url.clone());
        }
    }
}

/// Reads one article in plain text or Markdown: front matter, title, byline, date line and dateline are told apart from
/// the body; the text itself is kept whole.
pub fn read_text(text: String, dates: DateFinder<'_>) -> Article {
    let mut article = Article { text, ..Article::default() };
    let front = front_matter::read(&article.text);
    article.title = front.title.map(|span| clean(span.of(&article.text)));
    article.byline = front.author.map(|span| clean(span.of(&article.text)));
    article.source = front.source.map(|span| clean(span.of(&article.text)));
    article.url = front.url.map(|span| clean(span.of(&article.text)));
    article.language = front.language.and_then(|span| span.of(&article.text).parse().ok());
    if let Some(day) = front.date.and_then(|span| head::day_of(span.of(&article.text), dates)) {
        article.published = Some(Published { day, basis: PublishedBasis::Metadata });
    }
    article.head.title = front.title;
    article.head.byline = front.author;
    article.head.date = front.date;
    article.head.source = front.source;
    read_head(&mut article, front.end, dates);
    article
}

/// One line of white space, no quotes around it.
pub(crate) fn clean(text: &str) -> String {
    let text = text.trim().trim_matches(['"', '\'']);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
