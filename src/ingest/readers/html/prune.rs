//! Takes out of a page what is not the article's text: captions, share bars, related stories, newsletter boxes.

use dom_query::{Document, NodeRef};

/// Elements that never hold the text of an article.
const ELEMENTS: &[&str] = &["figcaption", "aside", "form", "button", "select", "dialog", "noscript", "nav", "iframe"];

/// Words of class names and ids of captions: these never name what holds the article.
const CAPTIONS: &[&str] =
    &["caption", "captions", "figcaption", "credit", "credits", "photocredit", "imagecredit", "attribution"];

/// Words of class names and ids that name furniture, whole words only: `related` is meant, `correlated` is not.
const WORDS: &[&str] = &[
    // galleries
    "gallery",
    "slideshow",
    "carousel",
    "lightbox",
    "slider",
    // sharing
    "share",
    "sharing",
    "sharebar",
    "sharedaddy",
    "addthis",
    "addtoany",
    "social",
    "socials",
    "sociable",
    // other stories
    "related",
    "relatedposts",
    "relatedcontent",
    "recirc",
    "recirculation",
    "recommended",
    "recommendation",
    "recommendations",
    "readmore",
    "trending",
    "popular",
    "mostread",
    "mostpopular",
    "outbrain",
    "taboola",
    "zergnet",
    "yarpp",
    "promo",
    "promos",
    "promobox",
    "sidebar",
    "inlinepromo",
    "nextarticle",
    "pagination",
    "seealso",
    // letters, adverts, consent
    "newsletter",
    "newsletters",
    "signup",
    "subscribe",
    "optin",
    "mailchimp",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "sponsored",
    "sponsor",
    "adslot",
    "adsense",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "paywall",
    // head and foot of the article
    "byline",
    "bylines",
    "timestamp",
    "pubdate",
    "postmeta",
    "breadcrumb",
    "breadcrumbs",
    "tags",
    "taglist",
    "tagcloud",
    "authorbio",
    "authorbox",
    "bio",
    "comments",
    "disqus",
    "respond",
    "rating",
    "ratings",
    // what shows only when something points at it, or only to some readers
    "popup",
    "popover",
    "modal",
    "tooltip",
    "copyright",
];

/// The same in two words, in this order.
const PAIRS: &[(&str, &str)] = &[
    ("read", "more"),
    ("more", "stories"),
    ("more", "from"),
    ("most", "read"),
    ("also", "read"),
    ("also", "like"),
    ("see", "also"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "info"),
    ("about", "author"),
    ("post", "meta"),
    ("entry", "meta"),
    ("article", "meta"),
    ("post", "info"),
    ("pub", "date"),
    ("publish", "date"),
    ("published", "date"),
    ("sign", "up"),
    ("comment", "list"),
    ("screen", "reader"),
    ("sr", "only"),
    ("visually", "hidden"),
    ("wp", "caption"),
    ("image", "meta"),
    ("next", "article"),
];

/// An element with a name of furniture is kept if it holds more than this share of the page's text, for then the name
/// speaks of something else.
const MOST: f64 = 0.3;

/// What is to be taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Captions and credits of pictures: so sure that they go before the content is looked for.
    Captions,
    /// All furniture, out of the content that was found: names such as `social` may stand on all of a page.
    Furniture,
}

/// Removes furniture from a page or its content. Linear in its size.
pub(super) fn prune(document: &Document, what: What) {
    let body = document.body().unwrap_or_else(|| document.root());
    let nodes: Vec<NodeRef<'_>> = body.descendants_it().collect();
    // Text below every node, summed from the leaves up: descendants come before their own descendants.
    let mut size = std::collections::HashMap::with_capacity(nodes.len());
    for node in nodes.iter().rev() {
        let own = if node.is_text() { node.text().trim().len() } else { 0 };
        let whole = own + size.get(&node.id).copied().unwrap_or(0);
        size.insert(node.id, whole);
        if let Some(parent) = node.parent() {
            *size.entry(parent.id).or_insert(0usize) += whole;
        }
    }
    let most = size.get(&body.id).copied().unwrap_or(0) as f64 * MOST;
    let mut gone = std::collections::HashSet::new();
    for node in &nodes {
        if node.parent().is_some_and(|parent| gone.contains(&parent.id)) {
            gone.insert(node.id);
            continue;
        }
        if node.is_element() && size.get(&node.id).is_none_or(|s| *s as f64 <= most) && furniture(node, what) {
            gone.insert(node.id);
            node.remove_from_parent();
        }
    }
}

fn furniture(node: &NodeRef<'_>, what: What) -> bool {
    let Some(name) = node.node_name() else { return false };
    if what == What::Captions {
        return &*name == "figcaption" || named(node, |words| words.iter().any(|w| CAPTIONS.contains(&w.as_str())));
    }
    if ELEMENTS.contains(&&*name) {
        return true;
    }
    if matches!(&*name, "body" | "main" | "article" | "html" | "p" | "h1" | "h2" | "blockquote") && name.len() > 1 {
        return false;
    }
    if node.attr("hidden").is_some() || node.attr("aria-hidden").is_some_and(|v| &*v == "true") {
        return true;
    }
    named(node, names_furniture)
}

/// Whether the words of one of its classes or of its id are such.
fn named(node: &NodeRef<'_>, such: fn(&[String]) -> bool) -> bool {
    ["class", "id"].iter().any(|attr| {
        node.attr(attr)
            .is_some_and(|value| value.len() < 400 && value.split_ascii_whitespace().any(|class| such(&words(class))))
    })
}

fn names_furniture(words: &[String]) -> bool {
    words.iter().any(|w| WORDS.contains(&w.as_str()) || CAPTIONS.contains(&w.as_str()))
        || words.windows(2).any(|w| PAIRS.iter().any(|(a, b)| w[0] == *a && w[1] == *b))
}

/// `relatedPosts-box` as `related`, `posts`, `box`.
fn words(class: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in class.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && small) {
            words.push(String::new());
        }
        small = c.is_lowercase();
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_of_names_count() {
        for (class, named) in [
            ("relatedPosts-wide", true),
            ("wp-caption-text", true),
            ("c-read-more", true),
            ("correlated", false),
            ("shared-layout", false),
        ] {
            assert_eq!(names_furniture(&words(class)), named, "{class}");
        }
    }

    #[test]
    fn a_name_on_most_of_the_page_says_nothing() {
        let page = Document::from(
            "<body><div class=share>Tell all your friends</div><div class='social article'><p>It rained all day in the \
             valley, and the river rose by two metres before night. Nobody was hurt.</p></div></body>",
        );
        prune(&page, What::Furniture);
        let text = page.text();
        assert!(text.contains("It rained") && !text.contains("friends"), "{text}");
    }
}
