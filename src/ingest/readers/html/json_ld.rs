//! What a page says of itself in JSON-LD.

use dom_query::Document;
use serde_json::Value;

/// What JSON-LD says of the article, each only if it says it.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub title: Option<String>,
    pub author: Option<String>,
    pub site: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    /// Publication dates, of the article first, of the page after it.
    pub published: Vec<String>,
    /// Dates of the last change, in the same order.
    pub modified: Vec<String>,
}

/// Objects deeper than this are not looked at.
const MAX_DEPTH: usize = 12;
/// No page holds more objects that matter.
const MAX_OBJECTS: usize = 2_000;

/// Reads all scripts of JSON-LD of a page; broken ones are passed over.
pub(super) fn read(document: &Document) -> JsonLd {
    let (mut articles, mut pages, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let mut values = Vec::new();
    for script in document.select("script[type*='ld+json']").nodes() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches([';', ' ', '\n']);
        match serde_json::from_str::<Value>(text) {
            Ok(value) => values.push(value),
            // Raw line breaks in strings are common.
            Err(_) => {
                let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                values.extend(serde_json::from_str::<Value>(&text));
            }
        }
    }
    let mut queue: Vec<(&Value, usize)> = values.iter().rev().map(|v| (v, 0)).collect();
    let mut seen = 0;
    while let Some((value, depth)) = queue.pop() {
        seen += 1;
        if depth > MAX_DEPTH || seen > MAX_OBJECTS {
            continue;
        }
        match value {
            Value::Array(list) => queue.extend(list.iter().rev().map(|v| (v, depth + 1))),
            Value::Object(fields) => {
                let kind = kind(value);
                if is_article(&kind) {
                    articles.push(value);
                } else if matches!(kind.as_str(), "webpage" | "itempage" | "collectionpage") {
                    pages.push(value);
                } else {
                    others.push(value);
                }
                let inside = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"];
                queue.extend(inside.iter().rev().filter_map(|key| fields.get(*key)).map(|v| (v, depth + 1)));
            }
            _ => {}
        }
    }
    let mut found = JsonLd::default();
    for value in articles.iter().chain(&pages) {
        found.published.extend(["datePublished", "dateCreated", "uploadDate"].iter().filter_map(|k| text(&value[*k])));
        found.modified.extend(text(&value["dateModified"]));
    }
    for value in &articles {
        let first = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        first(&mut found.title, text(&value["headline"]).or_else(|| text(&value["name"])));
        first(&mut found.author, name(&value["author"]).or_else(|| name(&value["creator"])));
        first(&mut found.site, name(&value["publisher"]));
        first(&mut found.language, text(&value["inLanguage"]));
        first(&mut found.url, text(&value["url"]));
    }
    for value in
        others.iter().filter(|v| matches!(kind(v).as_str(), "website" | "organization" | "newsmediaorganization"))
    {
        if found.site.is_none() {
            found.site = text(&value["name"]);
        }
    }
    found
}

fn kind(value: &Value) -> String {
    let one = match &value["@type"] {
        Value::Array(list) => list
            .iter()
            .filter_map(Value::as_str)
            .find(|k| is_article(&k.to_lowercase()))
            .or(list.first().and_then(Value::as_str)),
        other => other.as_str(),
    };
    let one = one.unwrap_or_default();
    one.rsplit(['/', ':']).next().unwrap_or_default().to_lowercase()
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("article") || kind.ends_with("posting") || matches!(kind, "report" | "review" | "recipe" | "blog")
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Array(list) => list.iter().find_map(text),
        _ => None,
    }
}

/// The name of a person or organisation, or the names of several.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(list) => {
            let names: Vec<String> = list.iter().take(20).filter_map(name).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Object(_) => text(&value["name"]),
        other => text(other),
    }
}
