//! CSL-JSON: the articles behind the events, each once, for Zotero and other reference managers.

use std::collections::HashSet;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::losses::Losses;
use super::place_in_time::{article_id, web_address};
use super::words::clean;
use crate::model::{ArticleId, Entry, Evidence, Origin};

const NO_ARTICLE: &str = "imported: the row of a table is no article";

/// Keeps the ids of the articles that are written, nothing else.
pub(super) struct Csl<'a> {
    out: Box<dyn Write + 'a>,
    written: HashSet<ArticleId>,
    losses: Losses,
}

impl<'a> Csl<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Csl<'a> {
        Csl { out, written: HashSet::new(), losses: Losses::none() }
    }
}

impl super::Exporter for Csl<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        // What another database of ours read are articles; the rows of other tables only speak of what their makers read.
        if !matches!(entry.origin, Origin::Extracted | Origin::Dateline) {
            self.losses.skip(NO_ARTICLE);
            return Ok(());
        }
        for proof in &entry.evidence {
            let first = self.written.is_empty();
            if self.written.insert(proof.article) {
                self.out.write_all(if first { b"[\n" } else { b",\n" })?;
                serde_json::to_writer(&mut self.out, &cited(proof))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(if self.written.is_empty() { b"[]\n" } else { b"\n]\n" })?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

fn cited(proof: &Evidence) -> Map<String, Value> {
    let mut article = Map::new();
    article.insert("id".into(), article_id(proof).into());
    article.insert("type".into(), "article-newspaper".into());
    let texts = [
        ("title", proof.title.as_deref()),
        ("container-title", proof.source.as_deref()),
        ("URL", web_address(proof.url.as_deref())),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            article.insert(name.into(), clean(text).into_owned().into());
        }
    }
    if let Some(published) = proof.published {
        let (y, m, d) = published.day.ymd();
        article.insert("issued".into(), json!({"date-parts": [[y, m, d]]}));
    }
    if let Some(language) = proof.language {
        article.insert("language".into(), language.to_string().into());
    }
    article
}
