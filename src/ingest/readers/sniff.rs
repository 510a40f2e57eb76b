//! What format some bytes are in, told from the bytes; the name of the file decides only where bytes cannot.

use super::FileFormat;
use super::fields::ColumnMap;

/// What an input is, seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gzip,
    Zstd,
    Zip,
    /// Formats that are known and not read, with what to do.
    Unread(&'static str),
    Format(FileFormat),
}

/// So many bytes decide.
pub(super) const WINDOW: usize = 64 * 1024;

/// Tells the format from the first bytes, `fallback` being what text is that shows no other.
pub(super) fn sniff(head: &[u8], name: &str, fallback: FileFormat) -> Kind {
    let magic: &[(&[u8], Kind)] = &[
        (b"\x1f\x8b", Kind::Gzip),
        (b"\x28\xb5\x2f\xfd", Kind::Zstd),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"%PDF-", Kind::Format(FileFormat::Pdf)),
        (b"\xd0\xcf\x11\xe0", Kind::Unread("old Office files are not read; save it as .docx, .xlsx or text")),
        (b"BZh", Kind::Unread("bzip2 is not read; unpack it first")),
        (b"\xfd7zXZ", Kind::Unread("xz is not read; unpack it first")),
        (b"7z\xbc\xaf", Kind::Unread("7-Zip is not read; unpack it first")),
        (b"Rar!", Kind::Unread("RAR is not read; unpack it first")),
        (b"{\\rtf", Kind::Unread("RTF is not read; save it as text or .docx")),
        (b"SQLite format 3", Kind::Unread("it is a SQLite database; to use one of dateline's, give it with --db")),
        (b"WARC/", Kind::Format(FileFormat::Warc)),
    ];
    if let Some((_, kind)) = magic.iter().find(|(bytes, _)| head.starts_with(bytes)) {
        return *kind;
    }
    let text = lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    Kind::Format(match ending.as_str() {
        "jsonl" | "ndjson" => FileFormat::Jsonl,
        "md" | "markdown" if !text.starts_with('<') => FileFormat::Text,
        "csv" if !text.starts_with(['{', '<']) => FileFormat::Csv,
        "tsv" | "tab" if !text.starts_with(['{', '<']) => FileFormat::Tsv,
        _ => text_format(text, &ending).unwrap_or(if ending == "txt" { FileFormat::Text } else { fallback }),
    })
}

/// The first bytes as text; UTF-16 is read by its mark.
fn lossy(head: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, skip)) => encoding.decode_without_bom_handling(&head[skip..]).0.into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    }
}

fn text_format(text: &str, ending: &str) -> Option<FileFormat> {
    if text.starts_with('[') {
        return json_list(text).then_some(FileFormat::Json);
    }
    if text.starts_with('{') {
        return Some(json(text));
    }
    if text.starts_with('<') {
        return markup(text, ending);
    }
    if text.starts_with("From ") && text.lines().skip(1).take(30).filter(|l| mail_header(l)).count() >= 2 {
        return Some(FileFormat::Mbox);
    }
    let headers = text.lines().take_while(|l| !l.trim().is_empty()).take(100);
    let known = headers.clone().filter(|l| mail_header(l)).count();
    let shaped =
        headers.clone().all(|l| l.starts_with([' ', '\t']) || l.split_once(':').is_some_and(|(n, _)| !n.contains(' ')));
    if known >= 3 && shaped {
        return Some(FileFormat::Eml);
    }
    // A header of a table names a text and at least one other field.
    let first = text.lines().next()?;
    for (mark, format) in [(',', FileFormat::Csv), ('\t', FileFormat::Tsv)] {
        let cells: Vec<String> = first.split(mark).map(|c| c.trim_matches('"').to_owned()).collect();
        if cells.len() >= 2 && first.len() < 2_000 && ColumnMap::default().places(&cells).is_ok_and(|p| p.len() >= 2) {
            return Some(format);
        }
    }
    // One line of JSON after lines that are none is a damaged file of JSON Lines, not an article.
    text.lines().skip(1).take(20).any(|l| l.starts_with("{\"")).then_some(FileFormat::Jsonl)
}

/// `[1] As the minister said` is text, `[{"text":` a list.
fn json_list(text: &str) -> bool {
    matches!(text[1..].trim_start().chars().next(), Some('{' | ']'))
}

fn json(text: &str) -> FileFormat {
    let compact: String = text.chars().take(4_096).filter(|c| !c.is_whitespace()).collect();
    if compact.contains("\"version\":\"https://jsonfeed.org/") || compact.contains("\"version\":\"http://jsonfeed.org/")
    {
        return FileFormat::Feed;
    }
    // A document over several lines opens with a line that is no object.
    let first = text.lines().next().unwrap_or_default().trim_end();
    if first.ends_with('}') || text.lines().skip(1).take(50).any(|l| l.starts_with('{')) || first.len() > 2_000 {
        FileFormat::Jsonl
    } else if first == "{" || first.ends_with(['{', ',', '[']) {
        FileFormat::Json
    } else {
        FileFormat::Jsonl
    }
}

fn markup(text: &str, ending: &str) -> Option<FileFormat> {
    let mut rest = text;
    // The first element decides; declarations, comments and instructions come before it.
    for _ in 0..50 {
        rest = rest.trim_start();
        let lower: String = rest.chars().take(40).collect::<String>().to_ascii_lowercase();
        if lower.starts_with("<!doctype html") {
            return Some(FileFormat::Html);
        }
        let end = if lower.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if lower.starts_with("<!") || lower.starts_with("<?") {
            // An internal subset holds angle brackets of its own.
            let close = rest.find('>').map(|at| at + 1);
            match rest.find('[').filter(|open| close.is_some_and(|close| *open < close)) {
                Some(_) => rest.find("]>").map(|at| at + 2),
                None => close,
            }
        } else {
            break;
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => break,
        }
    }
    let name: String =
        rest.strip_prefix('<')?.chars().take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-')).collect();
    let name = name.to_ascii_lowercase();
    match name.rsplit(':').next().unwrap_or_default() {
        "rss" | "feed" | "rdf" => Some(FileFormat::Feed),
        "urlset" | "sitemapindex" => Some(FileFormat::Sitemap),
        "html" | "head" | "body" | "div" | "article" | "main" | "p" | "title" | "meta" | "script" | "h1" | "table"
        | "section" | "span" => Some(FileFormat::Html),
        _ if matches!(ending, "html" | "htm" | "xhtml") => Some(FileFormat::Html),
        _ => None,
    }
}

fn mail_header(line: &str) -> bool {
    const NAMES: &[&str] = &[
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "delivered-to",
        "reply-to",
        "content-type",
        "dkim-signature",
        "list-unsubscribe",
        "x-mailer",
        "sender",
        "x-received",
        "content-transfer-encoding",
    ];
    line.split_once(':').is_some_and(|(name, _)| NAMES.contains(&name.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(text: &str) -> FileFormat {
        match sniff(text.as_bytes(), "x", FileFormat::Text) {
            Kind::Format(format) => format,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn formats_are_told_from_their_first_bytes() {
        let cases = [
            ("It rained all day.\nThen it snowed.", FileFormat::Text),
            ("[1] As the minister said", FileFormat::Text),
            ("---\ntitle: Rain\n---\nIt rained.", FileFormat::Text),
            ("From the start it rained.\nThe end.", FileFormat::Text),
            ("Title: rain\n\nIt rained, and then: snow.", FileFormat::Text),
            ("<!-- saved --><!DOCTYPE html><html>", FileFormat::Html),
            ("<?xml version='1.0'?>\n<html xmlns='x'>", FileFormat::Html),
            ("<?xml version='1.0'?><!-- a --><rss version='2.0'>", FileFormat::Feed),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", FileFormat::Feed),
            ("<!DOCTYPE r [<!ENTITY a \"<b>\">]><rdf:RDF>", FileFormat::Feed),
            ("<urlset>", FileFormat::Sitemap),
            ("{\"text\": \"It rained.\"}\n{\"text\": \"It snowed.\"}", FileFormat::Jsonl),
            ("{\n  \"text\": \"It rained.\"\n}", FileFormat::Json),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", FileFormat::Feed),
            ("[{\"text\": \"It rained.\"}]", FileFormat::Json),
            ("title,text,date\nRain,It rained.,2024-03-04", FileFormat::Csv),
            ("Headline\tBody\nRain\tIt rained.", FileFormat::Tsv),
            ("Title, text and other words of an article.", FileFormat::Text),
            ("From: a@x.example\nTo: b@x.example\nSubject: Rain\n\nIt rained.", FileFormat::Eml),
            ("From a@x.example Mon Mar  4 10:00:00 2024\nFrom: a@x.example\nSubject: Rain\n\nIt.", FileFormat::Mbox),
            ("WARC/1.0\r\n", FileFormat::Warc),
        ];
        for (text, expected) in cases {
            assert_eq!(format(text), expected, "{text}");
        }
    }
}
