//! What stands behind web addresses: those that the user gave, and those that feeds and sitemaps name.

use std::io::Cursor;

use super::stream::read;
use super::{Content, Fields, Flow, Piece, Source};
use crate::ingest::fetch::{Answer, Web};

/// Sitemaps name sitemaps, feeds name pages: so deep are addresses followed that are found in what was fetched.
const MOST_DEPTH: usize = 3;

/// Follows addresses, or not.
pub(super) struct Links<'a> {
    source: &'a Source,
    web: Option<Web>,
}

impl<'a> Links<'a> {
    /// As the user wants it.
    pub fn new(source: &'a Source) -> Links<'a> {
        Links { source, web: source.fetch.map(Web::new) }
    }

    /// Hands a piece on; in the place of one that holds no more than a summary goes what stands at its address, if that is
    /// wanted.
    pub fn follow(&mut self, piece: Piece, depth: usize, give: &mut dyn FnMut(Piece) -> Flow) -> Flow {
        let wanted = self.source.fetch.is_some_and(|fetch| fetch.items) && depth < MOST_DEPTH;
        match &piece.content {
            Ok(Content::Fields(fields)) if wanted && fields.partial => match fields.url.clone() {
                Some(url) => self.open(&url, Some(fields), depth + 1, give),
                None => give(piece),
            },
            _ => give(piece),
        }
    }

    /// The pieces of what stands at an address. `told` is what a feed says of it: it fills the gaps, and where the page
    /// cannot be had and there is a summary, that is read in its place, which is said.
    pub fn open(
        &mut self,
        url: &str,
        told: Option<&Fields>,
        depth: usize,
        give: &mut dyn FnMut(Piece) -> Flow,
    ) -> Flow {
        let caps = &self.source.caps;
        let most = if depth == 0 { caps.whole } else { caps.article.saturating_mul(4).min(caps.whole) };
        let answer = match self.web.as_mut() {
            Some(web) => web.get(url, most).map_err(|e| e.to_string()),
            None => Err("nothing is fetched here".to_owned()),
        };
        let Answer { url: from, charset, bytes } = match answer {
            Ok(answer) => answer,
            Err(reason) => {
                let Some(summary) = told.filter(|fields| !fields.text.trim().is_empty()) else {
                    return give(Piece::refused(url.to_owned(), reason));
                };
                give(Piece::refused(
                    url.to_owned(),
                    format!("{reason}; the summary in the feed is read in its place"),
                ))?;
                let content = Ok(Content::Fields(Box::new(summary.clone())));
                return give(Piece { name: url.to_owned(), id: None, changed: None, url: None, content });
            }
        };
        let mut named = |mut piece: Piece| {
            match &mut piece.content {
                Ok(Content::Page(page)) if page.url.is_none() => {
                    page.url = Some(from.clone());
                    page.charset = page.charset.take().or(charset.clone());
                    page.told = told.cloned().map(Box::new);
                }
                Ok(Content::Text(_)) => piece.url = Some(from.clone()),
                _ => {}
            }
            give(piece)
        };
        let source = self.source;
        let bytes = Box::new(Cursor::new(bytes));
        read(url.to_owned(), None, None, bytes, source, &mut |piece| self.follow(piece, depth, &mut named))
    }
}
