use super::unpack::all;
use super::{Content, Flow, Named, Out, Reader};

/// Plain text and Markdown: all of the input is one article.
pub(super) struct Text;

impl Reader for Text {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        match all(&mut input.bytes, out.caps.article, || out.caps.too_large()) {
            Ok(bytes) => out.give(input.name, input.id, Content::Text(bytes)),
            Err(reason) => out.refuse(input.name, reason),
        }
    }
}
