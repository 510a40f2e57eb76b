//! What a page says of itself: title, author, site, language, address.

use dom_query::Document;

use super::json_ld::JsonLd;

/// What a page says of itself, each as it is written there.
#[derive(Debug, Default)]
pub(super) struct About {
    pub title: Option<String>,
    pub author: Option<String>,
    pub site: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
}

/// Marks between the title and the name of the site.
const MARKS: &[&str] = &[" | ", " - ", " – ", " — ", " » ", " · ", " :: "];
/// No name of a person is longer.
const MAX_NAME: usize = 200;

/// Reads what JSON-LD, `meta` elements and the heading say, in this order of trust.
pub(super) fn read(document: &Document, json_ld: &JsonLd) -> About {
    let site = json_ld
        .site
        .clone()
        .or_else(|| meta(document, &["og:site_name", "application-name", "publisher", "dc.publisher"]));
    let title = json_ld
        .title
        .clone()
        .or_else(|| meta(document, &["og:title", "twitter:title", "dc.title", "citation_title", "headline"]))
        .or_else(|| heading(document))
        .or_else(|| text(document, "title"))
        .map(|title| without_site(&title, site.as_deref()));
    let author = json_ld
        .author
        .clone()
        .or_else(|| {
            meta(document, &["author", "dc.creator", "parsely-author", "sailthru.author", "byl", "citation_author"])
        })
        .or_else(|| text(document, "[rel=author], [itemprop=author], .byline__name, .p-author, .author-name"))
        .filter(|name| !name.contains("://") && name.len() <= MAX_NAME)
        .map(|name| without_by(&name));
    let language = attribute(document, "html", "lang")
        .or_else(|| attribute(document, "html", "xml:lang"))
        .or_else(|| json_ld.language.clone())
        .or_else(|| meta(document, &["og:locale", "content-language", "language", "dc.language"]))
        .map(|code| code.replace('_', "-"));
    let url = attribute(document, "link[rel~=canonical]", "href")
        .or_else(|| meta(document, &["og:url", "twitter:url"]))
        .or_else(|| json_ld.url.clone())
        .filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    About { title, author, site, language, url }
}

/// The first of the names, in their order, that has a content.
fn meta(document: &Document, names: &[&str]) -> Option<String> {
    let mut found: Option<(usize, String)> = None;
    for node in document.select("meta[content]").nodes() {
        let Some(name) = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| node.attr(a)) else {
            continue;
        };
        let name = name.to_lowercase();
        let Some(rank) = names.iter().position(|n| *n == name) else { continue };
        if found.as_ref().is_none_or(|(best, _)| rank < *best)
            && let Some(content) = node.attr("content").map(|c| c.trim().to_owned()).filter(|c| !c.is_empty())
        {
            found = Some((rank, content));
        }
    }
    found.map(|(_, content)| content)
}

fn attribute(document: &Document, selector: &str, name: &str) -> Option<String> {
    let found = document.select_single(selector);
    found.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn text(document: &Document, selector: &str) -> Option<String> {
    let text = document.select_single(selector).text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() <= 500).then_some(text)
}

/// The only main heading.
fn heading(document: &Document) -> Option<String> {
    (document.select("h1").length() == 1).then(|| text(document, "h1")).flatten()
}

/// "Rain floods town | The Courier" without the site.
fn without_site(title: &str, site: Option<&str>) -> String {
    let same = |part: &str| {
        let bare = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        site.is_some_and(|site| bare(site) == bare(part))
    };
    for mark in MARKS {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && (same(tail)
                || (*mark == " | " && tail.split_whitespace().count() <= 4 && head.split_whitespace().count() > 3))
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

fn without_by(name: &str) -> String {
    let bare = name.trim();
    let rest = bare.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map(|by| &bare[by.len()..]);
    rest.unwrap_or(bare).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_speaks_of_itself() {
        let page = Document::from(
            "<html lang=en-GB><head><title>Rain floods the lower town | The Courier</title><meta name=author content='By Ana Diaz'>\
             <meta property='og:site_name' content='The Courier'><link rel=canonical href='https://x.example/rain'></head></html>",
        );
        let about = read(&page, &JsonLd::default());
        assert_eq!(about.title.as_deref(), Some("Rain floods the lower town"));
        assert_eq!(about.author.as_deref(), Some("Ana Diaz"));
        assert_eq!(about.site.as_deref(), Some("The Courier"));
        assert_eq!(about.language.as_deref(), Some("en-GB"));
        assert_eq!(about.url.as_deref(), Some("https://x.example/rain"));
    }
}
