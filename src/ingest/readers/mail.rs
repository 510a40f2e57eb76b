//! Mails: the body, subject, sender and date of a newsletter; mailboxes, one mail after the other.

use std::io::{BufRead, BufReader, Read};

use mail_parser::{MessageParser, PartType};

use super::fields::{Column, Fields};
use super::unpack::all;
use super::{Content, Flow, Named, Out, Reader, html};

/// One mail.
pub(super) struct Eml;

impl Reader for Eml {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        match all(&mut input.bytes, out.caps.article, || out.caps.too_large()) {
            Ok(bytes) => give(input.name, &bytes, out),
            Err(reason) => out.refuse(input.name, reason),
        }
    }
}

/// Mails that are parted by lines that begin with `From `.
pub(super) struct Mbox;

impl Reader for Mbox {
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let mut lines = BufReader::with_capacity(1 << 16, input.bytes);
        let (mut mail, mut number, mut blank, mut large) = (Vec::new(), 0usize, true, false);
        let most = out.caps.article;
        loop {
            let mut line = Vec::new();
            let read = match (&mut lines).take(most).read_until(b'\n', &mut line) {
                Ok(read) => read,
                Err(error) => return out.refuse(format!("{}:{number}", input.name), error.to_string()),
            };
            let opens = blank && line.starts_with(b"From ");
            if read == 0 || opens {
                if number > 0 {
                    let name = format!("{}:{number}", input.name);
                    if large {
                        let reason = out.caps.too_large();
                        out.refuse(name, reason)?;
                    } else {
                        give(name, &mail, out)?;
                    }
                }
                if read == 0 {
                    return Flow::Continue(());
                }
                number += 1;
                (large, blank) = (false, false);
                mail.clear();
                continue;
            }
            blank = line.iter().all(u8::is_ascii_whitespace);
            // ">From " at the start of a line was "From ".
            let quoted = line.iter().take_while(|b| **b == b'>').count();
            let skip = usize::from(quoted > 0 && line[quoted..].starts_with(b"From "));
            if (mail.len() + line.len()) as u64 > most {
                large = true;
                mail.clear();
            } else if !large {
                mail.extend_from_slice(&line[skip..]);
            }
        }
    }
}

fn give(name: String, bytes: &[u8], out: &mut Out<'_>) -> Flow {
    let Some(mail) = MessageParser::default().parse(bytes) else {
        return out.refuse(name, "it is not a mail");
    };
    let mut fields = Fields::default();
    fields.set(Column::Title, mail.subject().unwrap_or_default());
    fields.set(Column::Id, mail.message_id().unwrap_or_default());
    if let Some(from) = mail.from().and_then(|from| from.first()) {
        fields.set(Column::Source, from.name.as_deref().or(from.address.as_deref()).unwrap_or_default());
    }
    if let Some(date) = mail.date().filter(|d| d.is_valid()) {
        fields.set(Column::Published, &format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    }
    let mut text = String::new();
    for part in &mail.text_body {
        match mail.parts.get(*part as usize).map(|p| &p.body) {
            Some(PartType::Text(plain)) => text.push_str(plain),
            Some(PartType::Html(page)) => text.push_str(&html::plain(page)),
            _ => continue,
        }
        text.push_str("\n\n");
    }
    fields.set(Column::Text, &text);
    out.give(name, None, Content::Fields(Box::new(fields)))
}
