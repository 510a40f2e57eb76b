//! Unpacking under bounds.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use super::caps::Caps;

/// Counts the bytes that pass through.
pub(super) struct Counter<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Counter<R> {
    /// Counts in `count`.
    pub fn new(inner: R, count: Rc<Cell<u64>>) -> Counter<R> {
        Counter { inner, count }
    }
}

impl<R: Read> Read for Counter<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Refuses to unpack more than the caps allow.
pub(super) struct Guard<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    caps: Caps,
}

impl<R: Read> Guard<R> {
    /// Guards what is unpacked from a source whose bytes are counted in `packed`.
    pub fn new(inner: R, packed: Rc<Cell<u64>>, caps: Caps) -> Guard<R> {
        Guard { inner, packed, unpacked: 0, caps }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.unpacked += read as u64;
        let bad = |reason: String| Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        if self.unpacked > self.caps.unpacked {
            return bad(format!("it unpacks to more than {} bytes; unpack and split it", self.caps.unpacked));
        }
        if self.unpacked > self.caps.free && self.unpacked / self.caps.ratio > self.packed.get() {
            return bad(format!(
                "it unpacks to more than {} times its size, as files made to do harm do; if it is sound, unpack it first",
                self.caps.ratio
            ));
        }
        Ok(read)
    }
}

/// Unpacks gzip, member after member.
pub(super) fn gzip<'a>(packed: Box<dyn Read + 'a>, caps: Caps) -> Box<dyn Read + 'a> {
    let count = Rc::new(Cell::new(0));
    let counted = Counter::new(packed, Rc::clone(&count));
    Box::new(Guard::new(flate2::read::MultiGzDecoder::new(counted), count, caps))
}

/// Unpacks Brotli.
pub(super) fn brotli<'a>(packed: Box<dyn Read + 'a>, caps: Caps) -> Box<dyn Read + 'a> {
    let count = Rc::new(Cell::new(0));
    let counted = Counter::new(packed, Rc::clone(&count));
    Box::new(Guard::new(brotli_decompressor::Decompressor::new(counted, 1 << 14), count, caps))
}

/// Unpacks Zstandard, frame after frame.
pub(super) fn zstd<'a>(packed: Box<dyn Read + 'a>, caps: Caps) -> Box<dyn Read + 'a> {
    let count = Rc::new(Cell::new(0));
    let counted = BufReader::new(Counter::new(packed, Rc::clone(&count)));
    Box::new(Guard::new(Frames { source: Some(counted), frame: None }, count, caps))
}

/// Larger windows than 128 MB are not made by the tools people use.
const MAX_WINDOW: u64 = 128 << 20;

type Frame<R> = ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>;

struct Frames<R: Read> {
    source: Option<R>,
    frame: Option<Box<Frame<R>>>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let read = frame.read(into)?;
                if read > 0 || into.is_empty() {
                    return Ok(read);
                }
            }
            if let Some(frame) = self.frame.take() {
                self.source = Some(frame.into_inner());
            }
            let Some(mut source) = self.source.take() else { return Ok(0) };
            if source.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let frame = Frame::new_with_max_window_size(source, MAX_WINDOW)
                .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, format!("it is no sound Zstandard: {e}")))?;
            self.frame = Some(Box::new(frame));
        }
    }
}

/// The bytes of a file that holds one thing, packed with gzip, Zstandard or zip, or not packed at all.
///
/// # Errors
/// It cannot be read, or is a zip file with more than one file in it.
pub(in crate::ingest) fn unpacked<'a>(mut bytes: Box<dyn Read + 'a>, caps: Caps) -> io::Result<Box<dyn Read + 'a>> {
    let mut magic = Vec::new();
    (&mut bytes).take(4).read_to_end(&mut magic)?;
    let head = magic.clone();
    let mut bytes: Box<dyn Read + 'a> = Box::new(io::Cursor::new(magic).chain(bytes));
    if head.starts_with(b"\x1f\x8b") {
        return Ok(gzip(bytes, caps));
    }
    if head.starts_with(b"\x28\xb5\x2f\xfd") {
        return Ok(zstd(bytes, caps));
    }
    if !head.starts_with(b"PK\x03\x04") {
        return Ok(bytes);
    }
    let bad = |reason: String| io::Error::new(io::ErrorKind::InvalidData, reason);
    let packed = whole(&mut bytes, &caps).map_err(bad)?;
    let size = Rc::new(Cell::new(packed.len() as u64));
    let mut archive = zip::ZipArchive::new(io::Cursor::new(packed)).map_err(io::Error::other)?;
    if archive.len() != 1 {
        return Err(bad(format!("the zip file holds {} files; unpack it first", archive.len())));
    }
    let file = archive.by_index(0).map_err(io::Error::other)?;
    let bytes = whole(&mut Guard::new(file, size, caps), &caps).map_err(bad)?;
    Ok(Box::new(io::Cursor::new(bytes)))
}

/// All bytes of a source, unless they are more than `most`.
///
/// # Errors
/// What the source says, or `too_large`.
pub(super) fn all(source: &mut dyn Read, most: u64, too_large: impl Fn() -> String) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// All bytes of a container that must be held whole.
pub(in crate::ingest) fn whole(source: &mut dyn Read, caps: &Caps) -> Result<Vec<u8>, String> {
    all(source, caps.whole, || format!("it is larger than {} bytes; unpack or split it", caps.whole))
}
