//! Articles that another program has parsed.

use super::head::{DateFinder, day_of, read_head};
use crate::language::Brought;
use crate::model::{Article, Published, PublishedBasis};

const TITLE: &[&str] = &["title", "headline"];
const PUBLISHED: &[&str] = &["published", "date", "datecreated", "date_published"];
const SOURCE: &[&str] = &["source", "outlet", "publisher"];
const URL: &[&str] = &["url", "sourceurl"];
const AUTHOR: &[&str] = &["author", "authors", "byline"];
const LANGUAGE: &[&str] = &["language", "lang"];
const ID: &[&str] = &["newdoc id", "newdoc_id"];

/// The article of a document that another program has parsed: its text is the document's, the rest is read from the
/// comments and from the head of the text.
pub fn read_brought(brought: &Brought, dates: DateFinder<'_>) -> Article {
    let value = |names: &[&str]| brought.comment(names).map(str::to_owned);
    let mut article = Article {
        id: value(ID),
        title: value(TITLE),
        text: brought.text.clone(),
        source: value(SOURCE),
        url: value(URL),
        byline: value(AUTHOR),
        language: brought.comment(LANGUAGE).and_then(|code| code.parse().ok()),
        ..Article::default()
    };
    if let Some(day) = brought.comment(PUBLISHED).and_then(|date| day_of(date, dates)) {
        article.published = Some(Published { day, basis: PublishedBasis::Metadata });
    }
    read_head(&mut article, 0, dates);
    article
}
