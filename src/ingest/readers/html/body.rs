//! The text of the article that a page holds.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::blocks::blocks;
use super::furniture::filter;
use super::prune::{What, prune};

/// The article's paragraphs, one blank line between them; `None` if there is nothing that reads like an article.
///
/// The content is found by the readability measure; then elements that are furniture by their names are taken out of it,
/// then blocks that are furniture by their words.
pub(super) fn body(document: Document, title: Option<&str>) -> Option<String> {
    prune(&document, What::Captions);
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let content = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?.content;
    let text = text(&Document::from(content), title);
    (!text.is_empty()).then_some(text)
}

/// The paragraphs of a piece of a page without furniture, one blank line between them.
pub(super) fn text(content: &Document, title: Option<&str>) -> String {
    prune(content, What::Furniture);
    let kept = filter(blocks(content.root()), title);
    kept.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}
