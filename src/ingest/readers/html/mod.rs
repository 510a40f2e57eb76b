//! Web pages: body, title, author, site, language, address and publication day.

mod blocks;
mod body;
mod charset;
mod days;
mod depth;
mod furniture;
mod json_ld;
mod meta;
mod names;
mod prune;
mod published;

use dom_query::Document;

use super::unpack::all;
use super::{Content, Flow, Named, Out, Page, Reader, Reading};
use crate::ingest::{clean, read_head};
use crate::model::Article;

pub(in crate::ingest::readers) use days::day_in;

/// A web page: one article.
pub(super) struct Html;

impl Reader for Html {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        match all(&mut input.bytes, out.caps.article, || out.caps.too_large()) {
            Ok(bytes) => out.give(input.name, input.id, Content::Page(Page { bytes, ..Page::default() })),
            Err(reason) => out.refuse(input.name, reason),
        }
    }
}

/// Reads the article of a page. Scripts are never run; of elements only their text is taken.
///
/// # Errors
/// It is no page, nested too deep, or holds nothing that reads like an article.
pub(super) fn read(page: Page, reading: &Reading<'_>) -> Result<Article, String> {
    let html = charset::decode(&page.bytes, page.charset.as_deref())?;
    if depth::depth(&html) > reading.caps.elements {
        return Err(format!(
            "its elements are nested more than {} deep, as in pages made to do harm",
            reading.caps.elements
        ));
    }
    let document = Document::from(html.as_str());
    // The bar that a web archive puts on top has dates of its own.
    document.select("#wm-ipp, #wm-ipp-base").remove();
    let json_ld = json_ld::read(&document);
    let about = meta::read(&document, &json_ld);
    let url = page.url.or(about.url);
    let published = published::published(&published::Page {
        document: &document,
        json_ld: &json_ld,
        url: url.as_deref(),
        language: about.language.as_deref(),
        latest: page.fetched.and_then(|day| day.plus(1)).unwrap_or(reading.today).min(reading.today),
    });
    let text = body::body(document, &html, about.title.as_deref())
        .ok_or("the page holds no text of an article; pages that scripts fill must be saved after they have run")?;
    let mut article = Article {
        title: about.title.map(|title| clean(&title)).filter(|t| !t.is_empty()),
        text,
        source: about.site.map(|site| clean(&site)).filter(|t| !t.is_empty()),
        url,
        byline: about.author.map(|author| clean(&author)).filter(|t| !t.is_empty()),
        language: about.language.and_then(|code| code.parse().ok()),
        published,
        ..Article::default()
    };
    read_head(&mut article, 0, reading.dates);
    if let Some(told) = page.told {
        told.fill(&mut article, reading.dates);
    }
    Ok(article)
}

/// The text of a piece of HTML: paragraphs, one blank line between them, without furniture. Text without markup stays as it is.
pub(in crate::ingest) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    if depth::depth(html) > super::Caps::default().elements {
        return String::new();
    }
    body::text(&Document::fragment(html), None)
}
