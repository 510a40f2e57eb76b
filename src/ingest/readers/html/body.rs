//! The text of the article that a page holds.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::blocks::{Block, blocks};
use super::furniture::{filter, is_prose};
use super::prune::{What, prune};

/// Fewer words without a content that stands out are no article.
const FEWEST: usize = 25;

/// The article's paragraphs, one blank line between them; `None` if there is nothing that reads like an article.
///
/// The content is found by the readability measure; then elements that are furniture by their names are taken out of it,
/// then blocks that are furniture by their words. Where no content stands out, all of the page is taken for it.
pub(super) fn body(document: Document, html: &str, title: Option<&str>) -> Option<String> {
    prune(&document, What::Captions);
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let content = Readability::with_document(document, None, Some(config)).ok()?.parse();
    if let Ok(content) = content {
        let text = text(&Document::from(content.content), title);
        if !text.is_empty() {
            return Some(text);
        }
    }
    let whole = Document::from(html);
    let blocks: Vec<Block> = whole.body().map(blocks).unwrap_or_default().into_iter().filter(is_prose).collect();
    let text = join(&filter(blocks, title));
    (text.split_whitespace().count() >= FEWEST).then_some(text)
}

fn join(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// The paragraphs of a piece of a page without furniture, one blank line between them.
pub(super) fn text(content: &Document, title: Option<&str>) -> String {
    prune(content, What::Furniture);
    join(&filter(blocks(content.root()), title))
}
