use serde_json::{Map, Value};

use super::head::{DateFinder, day_of, read_head};
use crate::model::{Article, Published, PublishedBasis};
use crate::text::quote;

/// Why a line of JSON Lines is not an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// The article's id, if the line could be read that far.
    pub id: Option<String>,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Field names for the same thing, best first: our own, then those of news-please, trafilatura and common exports.
const TEXT: &[&str] = &["text", "maintext", "raw_text", "body", "content", "bodyText", "article"];
const TITLE: &[&str] = &["title", "headline", "title_page", "title_rss"];
const PUBLISHED: &[&str] =
    &["published", "date_publish", "date", "published_at", "publishedAt", "pubDate", "datePublished"];
const SOURCE: &[&str] = &["source", "source_domain", "sitename", "source-hostname", "hostname", "publisher", "outlet"];
const URL: &[&str] = &["url", "link", "canonical_url", "sourceUrl", "href"];
const AUTHOR: &[&str] = &["author", "authors", "byline"];
const LANGUAGE: &[&str] = &["language", "lang", "inLanguage"];
const ID: &[&str] = &["id", "guid", "uuid", "fingerprint", "filename"];

/// Reads one line of JSON Lines as an article. The text is kept exactly as it stands in the field.
///
/// Only a text is needed. Null and empty fields count as absent; a publication date that cannot be read is an error, for
/// a wrong date is worse than none.
pub fn parse_line(line: &str, dates: DateFinder<'_>) -> Result<Article, LineError> {
    let fail = |id: Option<String>, reason: String| LineError { id, reason };
    let value: Value = serde_json::from_str(line).map_err(|e| fail(None, format!("not valid JSON: {e}")))?;
    let Value::Object(fields) = value else {
        return Err(fail(None, "not a JSON object; each line must be {\"text\": ..., ...}".into()));
    };
    parse_object(&fields, dates)
}

/// Reads a JSON object as an article, as [`parse_line`] does a line.
///
/// # Errors
/// As there.
pub fn parse_object(fields: &Map<String, Value>, dates: DateFinder<'_>) -> Result<Article, LineError> {
    let fail = |id: Option<String>, reason: String| LineError { id, reason };
    let id = first(fields, ID).map(|(_, text)| text);
    let text = TEXT
        .iter()
        .filter_map(|key| fields.get(*key))
        .find_map(|value| value.as_str().filter(|t| !t.trim().is_empty()))
        .ok_or_else(|| fail(id.clone(), "no text; give the body in a field \"text\"".into()))?;
    if u32::try_from(text.len()).is_err() {
        return Err(fail(id, "the text is longer than 4 GiB".into()));
    }
    let mut article = Article {
        id: id.clone(),
        title: first(fields, TITLE).map(|(_, text)| text),
        text: text.to_owned(),
        source: first(fields, SOURCE).map(|(_, text)| text),
        url: first(fields, URL).map(|(_, text)| text),
        byline: first(fields, AUTHOR).map(|(_, text)| text),
        language: first(fields, LANGUAGE).and_then(|(_, code)| code.parse().ok()),
        ..Article::default()
    };
    if let Some((key, date)) = first(fields, PUBLISHED) {
        let day = day_of(&date, dates).ok_or_else(|| {
            fail(id, format!("\"{key}\" holds \"{}\", which is not a date; write YYYY-MM-DD", quote(&date)))
        })?;
        article.published = Some(Published { day, basis: PublishedBasis::Metadata });
    }
    read_head(&mut article, 0, dates);
    Ok(article)
}

/// The first of the named fields that holds something: a string, a number, or a list of strings.
fn first(fields: &Map<String, Value>, names: &[&'static str]) -> Option<(&'static str, String)> {
    names.iter().find_map(|name| {
        let text = match fields.get(*name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::trim).collect::<Vec<_>>().join(", "),
            _ => return None,
        };
        (!text.is_empty()).then_some((*name, text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Article, LineError> {
        parse_line(line, &|_, _| Vec::new())
    }

    #[test]
    fn names_of_other_programs_are_understood() {
        let a = parse(
            r#"{"maintext": "It rained.", "title_page": "Rain", "date_publish": "2024-01-02 10:00:00",
            "source_domain": "x.example", "authors": ["A B", "C D"], "filename": "f.json"}"#,
        )
        .unwrap();
        assert_eq!(a.text, "It rained.");
        assert_eq!(a.title.as_deref(), Some("Rain"));
        assert_eq!(a.published.unwrap().day.to_string(), "2024-01-02");
        assert_eq!(a.byline.as_deref(), Some("A B, C D"));
        let b = parse(r#"{"text": "It rained.", "hostname": "x.example", "date": null, "id": 7}"#).unwrap();
        assert_eq!((b.id.as_deref(), b.published, b.source.as_deref()), (Some("7"), None, Some("x.example")));
    }

    #[test]
    fn errors_name_the_article_and_the_fix() {
        assert!(parse("{").unwrap_err().reason.starts_with("not valid JSON"));
        assert_eq!(parse("[]").unwrap_err().id, None);
        assert_eq!(parse(r#"{"id": "a", "text": " "}"#).unwrap_err().id.as_deref(), Some("a"));
        let e = parse(r#"{"id": "a", "text": "x", "published": "soon"}"#).unwrap_err();
        assert!(e.reason.contains("\"soon\"") && e.reason.contains("YYYY-MM-DD"), "{}", e.reason);
    }
}
