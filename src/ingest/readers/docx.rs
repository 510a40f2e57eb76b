//! Word documents: the paragraphs of the text, and title and author of the properties.

use quick_xml::events::Event;

use super::fields::{Column, Fields};
use super::unpack::whole;
use super::zip::member;
use super::{Content, Flow, Named, Out, Reader};

/// A document.
pub(super) struct Docx;

impl Reader for Docx {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let fields = whole(&mut input.bytes, &out.caps).and_then(|bytes| {
            let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(bytes))
                .map_err(|e| format!("the document is damaged: {e}"))?;
            let text = member(&mut archive, "word/document.xml", &out.caps)?;
            let mut fields = Fields::default();
            fields.set(Column::Text, &paragraphs(&text)?);
            // Properties are often those of the template: only title and author are taken, and no date.
            if let Ok(properties) = member(&mut archive, "docProps/core.xml", &out.caps) {
                let (title, author) = properties_of(&properties);
                fields.set(Column::Title, &title);
                fields.set(Column::Author, &author);
            }
            if fields.text.len() as u64 > out.caps.article {
                return Err(out.caps.too_large());
            }
            Ok(fields)
        });
        match fields {
            Ok(fields) => out.give(input.name, input.id, Content::Fields(Box::new(fields))),
            Err(reason) => out.refuse(input.name, reason),
        }
    }
}

/// Text between tags, with what an entity of XML itself or a number stands for; no others are known.
fn entity(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match &*name.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten(),
    }
}

fn paragraphs(bytes: &[u8]) -> Result<String, String> {
    let source = String::from_utf8_lossy(bytes);
    let mut xml = quick_xml::Reader::from_str(&source);
    let (mut text, mut inside) = (String::new(), false);
    loop {
        match xml.read_event().map_err(|e| format!("the document is damaged: {e}"))? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => inside = true,
                "br" | "cr" => text.push('\n'),
                "tab" => text.push('\t'),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "br" | "cr" => text.push('\n'),
                "tab" => text.push('\t'),
                "noBreakHyphen" => text.push('-'),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => inside = false,
                "p" if !text.is_empty() && !text.ends_with("\n\n") => text.push_str("\n\n"),
                _ => {}
            },
            Event::Text(part) if inside => text.push_str(&part.xml10_content()),
            Event::CData(part) if inside => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if inside => text.extend(entity(&name)),
            Event::Eof => return Ok(text.trim().to_owned()),
            _ => {}
        }
    }
}

fn properties_of(bytes: &[u8]) -> (String, String) {
    let source = String::from_utf8_lossy(bytes);
    let mut xml = quick_xml::Reader::from_str(&source);
    let (mut title, mut author, mut now) = (String::new(), String::new(), 0);
    loop {
        match xml.read_event() {
            Ok(Event::Start(tag)) => {
                now = match tag.local_name().as_ref() {
                    "title" => 1,
                    "creator" => 2,
                    _ => 0,
                }
            }
            Ok(Event::End(_)) => now = 0,
            Ok(Event::Text(text)) if now == 1 => title.push_str(&text.xml10_content()),
            Ok(Event::Text(text)) if now == 2 => author.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) if now == 1 => title.extend(entity(&name)),
            Ok(Event::Eof) | Err(_) => return (title, author),
            Ok(_) => {}
        }
    }
}
