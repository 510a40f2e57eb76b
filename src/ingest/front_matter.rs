use crate::model::Span;

/// Spans of the fields of a YAML (`---`) or TOML (`+++`) front matter block that matter here, and where it ends.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub title: Option<Span>,
    pub author: Option<Span>,
    pub date: Option<Span>,
    pub source: Option<Span>,
    pub url: Option<Span>,
    pub language: Option<Span>,
    /// First byte after the block; 0 if there is none.
    pub end: usize,
}

/// Reads a front matter block at the very start of a text. Only one-line `key: value` pairs are read; all else in the
/// block is passed over. A block that never closes is no block.
pub(super) fn read(text: &str) -> FrontMatter {
    let none = FrontMatter::default;
    let Some(first) = text.lines().next() else { return none() };
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return none();
    }
    let mut found = none();
    let mut start = 0;
    for (number, raw) in text.split_inclusive('\n').enumerate().take(200) {
        let line = raw.trim_end();
        let end = start + raw.len();
        if number > 0 {
            if line == fence || (fence == "---" && line == "...") {
                found.end = end;
                return found;
            }
            if let Some((key, value)) = line.split_once([':', '=']) {
                let trimmed = value.trim().trim_matches(['"', '\'', '[', ']']).trim_matches(['"', '\'']);
                if !trimmed.is_empty() {
                    let at = start + key.len() + 1 + value.find(trimmed).unwrap_or(0);
                    let span = Some(Span::new(at, at + trimmed.len()));
                    match key.trim().to_ascii_lowercase().as_str() {
                        "title" | "headline" => found.title = found.title.or(span),
                        "author" | "authors" | "byline" => found.author = found.author.or(span),
                        "date" | "published" | "publishdate" | "pubdate" | "date_published" | "publication_date" => {
                            found.date = found.date.or(span)
                        }
                        "source" | "publisher" | "site" | "outlet" | "sitename" => found.source = found.source.or(span),
                        "url" | "link" | "canonical" | "source_url" => found.url = found.url.or(span),
                        "language" | "lang" => found.language = found.language.or(span),
                        _ => {}
                    }
                }
            }
        }
        start = end;
    }
    none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_spans_of_the_text() {
        let text = "---\ntitle: \"A deal\"\nurl: https://x.example/a\ntags: [a, b]\n---\nBody.\n";
        let front = read(text);
        assert_eq!(front.title.unwrap().of(text), "A deal");
        assert_eq!(front.url.unwrap().of(text), "https://x.example/a");
        assert_eq!(&text[front.end..], "Body.\n");
    }

    #[test]
    fn a_rule_that_never_closes_is_text() {
        assert_eq!(read("---\ntitle: x\nBody"), FrontMatter::default());
        assert_eq!(read("Title\n---\n"), FrontMatter::default());
    }
}
