//! RSS, Atom and JSON Feed: one article an entry that has a text.

use super::fields::{Column, Fields};
use super::unpack::whole;
use super::{Content, Flow, Named, Out, Reader, html};

/// A feed.
pub(super) struct Feed;

impl Reader for Feed {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let bytes = match whole(&mut input.bytes, &out.caps) {
            Ok(bytes) => bytes,
            Err(reason) => return out.refuse(input.name, reason),
        };
        // Ids that the feed lacks would be made up at random; an article without one is told by its text.
        let parser = feed_rs::parser::Builder::new().id_generator(|_, _, _| String::new()).build();
        let feed = match parser.parse(bytes.as_slice()) {
            Ok(feed) => feed,
            Err(error) => return out.refuse(input.name, format!("the feed is damaged: {error}")),
        };
        let source = feed.title.as_ref().map(|t| t.content.clone());
        let language = feed.language.clone();
        if feed.entries.is_empty() {
            return out.refuse(input.name, "the feed has no entries");
        }
        for (number, entry) in feed.entries.into_iter().enumerate() {
            let name = format!("{}:{}", input.name, number + 1);
            let mut fields = Fields::default();
            fields.set(Column::Id, &entry.id);
            if let Some(title) = &entry.title {
                fields.set(Column::Title, &html::plain(&title.content));
            }
            let full = entry.content.and_then(|c| c.body).map(|body| html::plain(&body)).unwrap_or_default();
            let short = entry.summary.map(|s| html::plain(&s.content)).unwrap_or_default();
            fields.partial = full.len() <= short.len();
            fields.set(Column::Text, if fields.partial { &short } else { &full });
            let link =
                entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate")).or(entry.links.first());
            fields.set(Column::Url, link.map_or("", |l| l.href.as_str()));
            let authors: Vec<&str> = entry.authors.iter().filter_map(|p| p.name.as_deref()).collect();
            fields.set(Column::Author, &authors.join(", "));
            if let Some(stamp) = entry.published.or(entry.updated) {
                fields.set(Column::Published, &stamp.format("%Y-%m-%d").to_string());
            }
            fields.set(Column::Source, source.as_deref().unwrap_or_default());
            fields.set(Column::Language, entry.language.as_deref().or(language.as_deref()).unwrap_or_default());
            out.give(name, None, Content::Fields(Box::new(fields)))?;
        }
        Flow::Continue(())
    }
}
