//! Web archives: one article a page. Answers that are no page, and requests, are passed over.

use std::io::{self, BufRead, BufReader, Read};

use super::unpack::{self, all, gzip, zstd};
use super::{Content, Flow, Named, Out, Page, Reader};

/// A WARC file, packed or not: its entries follow one another.
pub(super) struct Warc;

/// A block of headers has at most so many bytes.
const MAX_HEADERS: u64 = 1 << 20;

impl Reader for Warc {
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let mut bytes = BufReader::with_capacity(1 << 16, input.bytes);
        let (mut number, mut pages) = (0usize, 0usize);
        loop {
            let here = |number: usize| format!("{}:{number}", input.name);
            let headers = match headers(&mut bytes) {
                Ok(Some(headers)) => headers,
                Ok(None) if pages == 0 => return out.refuse(input.name, "the archive holds no page"),
                Ok(None) => return Flow::Continue(()),
                Err(error) => {
                    return out.refuse(here(number + 1), format!("{}; what follows is not read", cut(&error)));
                }
            };
            number += 1;
            out.count(&input.name)?;
            let Some(length) = headers.get("content-length").and_then(|l| l.parse::<u64>().ok()) else {
                return out.refuse(here(number), "its length is not told; what follows is not read");
            };
            let mut block = (&mut bytes).take(length);
            let url = headers.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
            let name = match &url {
                Some(url) => format!("{}:{number} {url}", input.name),
                None => here(number),
            };
            let found = if length > out.caps.article.saturating_mul(2) && page_kind(&headers) {
                Some(Err(out.caps.too_large()))
            } else {
                page(&headers, url, &mut block, out)
            };
            match found {
                Some(Ok(content)) => {
                    pages += 1;
                    out.give(name, None, content)?;
                }
                Some(Err(reason)) => {
                    pages += 1;
                    out.refuse(name, reason)?;
                }
                None => {}
            }
            let left = block.limit();
            match io::copy(&mut (&mut bytes).take(left), &mut io::sink()) {
                Ok(skipped) if skipped == left => {}
                Ok(_) => return out.refuse(here(number), "the archive ends in the middle of it"),
                Err(error) => return out.refuse(here(number), format!("{}; what follows is not read", cut(&error))),
            }
        }
    }
}

fn cut(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the archive ends in the middle of it".to_owned(),
        _ => error.to_string(),
    }
}

/// Names in small letters, with their values.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The headers of the next entry; `None` at the end of the archive.
fn headers(bytes: &mut impl BufRead) -> io::Result<Option<Headers>> {
    let bad = |reason: &str| io::Error::new(io::ErrorKind::InvalidData, reason.to_owned());
    loop {
        let line = line(bytes)?;
        match line {
            None => return Ok(None),
            Some(line) if line.trim().is_empty() => {}
            Some(line) if line.starts_with("WARC/") => break,
            Some(_) => return Err(bad("an entry of the archive does not begin with WARC/")),
        }
    }
    Ok(Some(fields(bytes)?))
}

/// `Name: value` lines up to an empty one; a line that begins with white space goes on.
fn fields(bytes: &mut impl BufRead) -> io::Result<Headers> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut bytes = bytes.take(MAX_HEADERS);
    while let Some(line) = line(&mut bytes)? {
        if line.trim().is_empty() {
            return Ok(Headers(found));
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

fn line(bytes: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let read = bytes.take(MAX_HEADERS).read_until(b'\n', &mut line)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()))
}

fn page_kind(headers: &Headers) -> bool {
    matches!(headers.get("warc-type"), Some("response" | "resource" | "conversion"))
}

/// The page that an entry holds; `None` if it holds none.
fn page(
    headers: &Headers,
    url: Option<String>,
    block: &mut dyn Read,
    out: &Out<'_>,
) -> Option<Result<Content, String>> {
    if !page_kind(headers) {
        return None;
    }
    let fetched = headers.get("warc-date").and_then(|d| d.get(..10)?.parse().ok());
    let mut block = BufReader::new(block);
    let kind = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
    let all = |bytes: &mut dyn Read| all(bytes, out.caps.article, || out.caps.too_large());
    if !kind.starts_with("application/http") {
        return match kind.split(';').next().unwrap_or_default().trim() {
            "text/plain" => Some(all(&mut block).map(Content::Text)),
            "text/html" | "application/xhtml+xml" => Some(
                all(&mut block)
                    .map(|bytes| Content::Page(Page { bytes, charset: charset(&kind), url, fetched, told: None })),
            ),
            _ => None,
        };
    }
    let status = line(&mut block).ok()??;
    if status.split_whitespace().nth(1) != Some("200") {
        return None;
    }
    let http = match fields(&mut block) {
        Ok(http) => http,
        Err(error) => return Some(Err(cut(&error))),
    };
    let kind = http.get("content-type").unwrap_or("text/html").to_ascii_lowercase();
    if !kind.starts_with("text/html") && !kind.starts_with("application/xhtml") {
        return None;
    }
    let chunked = http.get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
    // Many archives keep the headers and store the page unpacked: the bytes decide.
    let mut body: Box<dyn Read + '_> = Box::new(block);
    if chunked {
        body = match unchunk(body, out.caps.article) {
            Ok(bytes) => Box::new(io::Cursor::new(bytes)),
            Err(reason) => return Some(Err(reason)),
        };
    }
    let brotli = http.get("content-encoding").is_some_and(|e| e.trim().eq_ignore_ascii_case("br"));
    let mut magic = Vec::new();
    if let Err(error) = (&mut body).take(4).read_to_end(&mut magic) {
        return Some(Err(cut(&error)));
    }
    let start = magic.clone();
    let mut body: Box<dyn Read + '_> = Box::new(io::Cursor::new(magic).chain(body));
    if start.starts_with(b"\x1f\x8b") {
        body = gzip(body, out.caps);
    } else if start.starts_with(b"\x28\xb5\x2f\xfd") {
        body = zstd(body, out.caps);
    } else if brotli && !start.trim_ascii_start().starts_with(b"<") {
        // Archives also hold pages under that header that were unpacked already.
        body = unpack::brotli(body, out.caps);
    }
    Some(all(&mut body).map(|bytes| Content::Page(Page { bytes, charset: charset(&kind), url, fetched, told: None })))
}

fn charset(kind: &str) -> Option<String> {
    let (_, after) = kind.split_once("charset=")?;
    let name = after.split([';', ' ']).next()?.trim_matches(['"', '\'']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// The bytes of chunks; bytes that are no chunks, which archives also hold under that header, are given as they are.
fn unchunk(body: Box<dyn Read + '_>, most: u64) -> Result<Vec<u8>, String> {
    let raw = all_of(body, most.saturating_mul(2))?;
    let mut joined = Vec::new();
    let mut at = 0;
    while let Some(end) = raw[at..].iter().take(200).position(|b| *b == b'\n') {
        let size = std::str::from_utf8(&raw[at..at + end])
            .ok()
            .and_then(|s| usize::from_str_radix(s.split(';').next().unwrap_or_default().trim(), 16).ok());
        let Some(size) = size else { break };
        let from = at + end + 1;
        if size == 0 {
            return Ok(joined);
        }
        let Some(part) = from.checked_add(size).and_then(|to| raw.get(from..to)) else {
            joined.extend_from_slice(&raw[from.min(raw.len())..]);
            return Ok(joined);
        };
        joined.extend_from_slice(part);
        at = from + size;
        at += raw[at..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
    }
    Ok(if joined.is_empty() { raw } else { joined })
}

fn all_of(mut body: Box<dyn Read + '_>, most: u64) -> Result<Vec<u8>, String> {
    all(&mut body, most, || format!("it is larger than {most} bytes; raise --max-bytes to read it"))
}
