//! Sitemaps: they list addresses. Each is an article without a text, to be fetched with `--fetch`, else named as what was
//! not read.

use quick_xml::events::Event;

use super::fields::Fields;
use super::unpack::whole;
use super::{Content, Flow, Named, Out, Reader};

/// A sitemap or an index of sitemaps.
pub(super) struct Sitemap;

/// So many addresses are named, the rest is counted: the standard allows no more in one file.
const NAMED: usize = 50_000;

impl Reader for Sitemap {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let text =
            whole(&mut input.bytes, &out.caps).and_then(|b| crate::ingest::decode(&b).map_err(|e| e.to_string()));
        let text = match text {
            Ok(text) => text,
            Err(reason) => return out.refuse(input.name, reason),
        };
        let mut xml = quick_xml::Reader::from_str(&text);
        let (mut inside, mut address, mut count) = (false, String::new(), 0usize);
        loop {
            match xml.read_event() {
                Ok(Event::Start(tag)) => {
                    inside = tag.local_name().as_ref() == "loc";
                    address.clear();
                }
                Ok(Event::Text(text)) if inside => address.push_str(&text.xml10_content()),
                Ok(Event::CData(text)) if inside => address.push_str(&text.xml10_content()),
                Ok(Event::GeneralRef(name)) if inside && &*name.xml10_content() == "amp" => address.push('&'),
                Ok(Event::End(_)) if inside => {
                    inside = false;
                    count += 1;
                    if count <= NAMED {
                        let name = format!("{}: {}", input.name, address.trim());
                        let url = Some(address.trim().to_owned());
                        let fields = Fields { url, partial: true, ..Fields::default() };
                        out.give(name, None, Content::Fields(Box::new(fields)))?;
                    }
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => return out.refuse(input.name, format!("the sitemap is damaged: {error}")),
            }
        }
        match count.checked_sub(NAMED) {
            Some(more @ 1..) => out.refuse(input.name, format!("{more} more addresses are listed")),
            _ if count == 0 => out.refuse(input.name, "the sitemap lists no address"),
            _ => Flow::Continue(()),
        }
    }
}
