//! Opens an input: unpacks it, finds its format, hands it to the reader.

use std::io::{self, Cursor, Read};

use super::sniff::{Kind, WINDOW, sniff};
use super::{FileFormat, Flow, Named, Out, reader, unpack, zip};

/// Reads an input of whatever format.
pub(super) fn open(mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
    let mut head = Vec::new();
    let broken = (&mut input.bytes).take(WINDOW as u64).read_to_end(&mut head).err();
    if let Some(error) = broken.as_ref().filter(|_| head.is_empty()) {
        return out.refuse(input.name, error.to_string());
    }
    let kind = sniff(&head, &input.name, out.fallback);
    let packed = matches!(kind, Kind::Gzip | Kind::Zstd | Kind::Zip);
    let Named { name, id, path, bytes } = input;
    // What a damaged file gives before it breaks is read; the reader meets the error where it stands.
    let bytes: Box<dyn Read + '_> = match broken {
        Some(error) => Box::new(Cursor::new(head).chain(Broken(error))),
        None => Box::new(Cursor::new(head).chain(bytes)),
    };
    let input = Named { name, id, path, bytes };
    if packed && out.depth >= out.caps.nesting {
        let reason = format!("archives stand more than {} deep in one another; unpack it first", out.caps.nesting);
        return out.refuse(input.name, reason);
    }
    match kind {
        Kind::Gzip | Kind::Zstd => {
            let Named { name, id, bytes, .. } = input;
            let unpack = if kind == Kind::Gzip { unpack::gzip } else { unpack::zstd };
            let bytes = unpack(bytes, out.caps);
            out.depth += 1;
            let flow = open(Named { name, id, path: None, bytes }, out);
            out.depth -= 1;
            flow
        }
        Kind::Zip => match out.format {
            Some(format @ (FileFormat::Docx | FileFormat::Xlsx | FileFormat::Wacz)) => reader(format).read(input, out),
            _ => zip::Zip.read_any(input, out),
        },
        Kind::Unread(reason) => out.refuse(input.name, reason),
        Kind::Format(found) => reader(out.format.unwrap_or(found)).read(input, out),
    }
}

/// Gives nothing but an error.
struct Broken(io::Error);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(self.0.kind(), self.0.to_string()))
    }
}
