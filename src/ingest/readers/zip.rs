//! Zip files, and the formats that are zip files inside: DOCX, XLSX, WACZ.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::rc::Rc;

use ::zip::ZipArchive;

use super::caps::Caps;
use super::open::open;
use super::unpack::{Guard, whole};
use super::{FileFormat, Flow, Named, Out, Reader, reader};
use crate::ingest::files::is_readable;

/// Zip files of files that can be read.
pub(super) struct Zip;

/// Web archive collections: only the archives in `archive/` are read.
pub(super) struct Wacz;

impl Reader for Wacz {
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        with_archive(input, out, |mut archive, name, _, out| entries(&mut archive, &name, true, out))
    }
}

impl Zip {
    /// Reads a zip file as what it holds.
    pub fn read_any(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        with_archive(input, out, |mut archive, name, id, out| {
            let has = |file: &str| archive.index_for_name(file).is_some();
            let format = if has("word/document.xml") {
                Some(FileFormat::Docx)
            } else if has("xl/workbook.xml") {
                Some(FileFormat::Xlsx)
            } else {
                None
            };
            let wacz = has("datapackage.json");
            if let Some(format) = format.filter(|_| out.format.is_none()) {
                let mut bytes = archive.into_inner();
                if let Err(error) = bytes.rewind() {
                    return out.refuse(name, error.to_string());
                }
                return reader(format).read(Named { name, id, path: None, bytes: Box::new(bytes) }, out);
            }
            let warcs = archive.file_names().flatten().any(|n| n.starts_with("archive/"));
            entries(&mut archive, &name, wacz && warcs, out)
        })
    }
}

type Held = Cursor<Vec<u8>>;

/// A file, or bytes that are held whole.
trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// Opens a zip file: where it stands on disk, or held whole if it comes out of another file.
fn with_archive(
    mut input: Named<'_>,
    out: &mut Out<'_>,
    read: impl FnOnce(ZipArchive<Box<dyn Seekable>>, String, Option<String>, &mut Out<'_>) -> Flow,
) -> Flow {
    let file = input.path.as_ref().map(File::open);
    let opened: Result<Box<dyn Seekable>, String> = match file {
        Some(Ok(file)) => Ok(Box::new(BufReader::new(file))),
        Some(Err(error)) => Err(error.to_string()),
        None => whole(&mut input.bytes, &out.caps).map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn Seekable>),
    };
    let bytes = match opened {
        Ok(bytes) => bytes,
        Err(reason) => return out.refuse(input.name, reason),
    };
    match ZipArchive::new(bytes) {
        Ok(archive) => read(archive, input.name, input.id, out),
        Err(error) => out.refuse(input.name, format!("the zip file is damaged: {error}")),
    }
}

fn entries(archive: &mut ZipArchive<impl Read + Seek>, name: &str, wacz: bool, out: &mut Out<'_>) -> Flow {
    let mut any = false;
    for index in 0..archive.len() {
        let file = match archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                out.refuse(format!("{name}: entry {}", index + 1), format!("it cannot be unpacked: {error}"))?;
                any = true;
                continue;
            }
        };
        let own = file.name().map(|n| n.into_owned()).unwrap_or_default();
        let full = format!("{name}: {own}");
        if file.enclosed_name().is_none() || leads_out(&own) {
            any = true;
            out.refuse(full, "its name leads out of the archive, as in files made to do harm; it is not read")?;
            continue;
        }
        let hidden = own.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if file.is_dir() || hidden || !is_readable(&own) || (wacz && !own.starts_with("archive/")) {
            continue;
        }
        any = true;
        out.count(&full)?;
        let packed = Rc::new(Cell::new(file.compressed_size()));
        let bytes: Box<dyn Read + '_> = Box::new(Guard::new(file, packed, out.caps));
        out.depth += 1;
        let id = Some(super::stream::stem(&full));
        let flow = open(Named { name: full, id, path: None, bytes }, out);
        out.depth -= 1;
        flow?;
    }
    if any { Flow::Continue(()) } else { out.refuse(name.to_owned(), "the zip file holds nothing that can be read") }
}

/// Whether a path leaves its folder: from the root, from a drive, or upwards.
fn leads_out(name: &str) -> bool {
    name.starts_with(['/', '\\'])
        || name.as_bytes().get(1) == Some(&b':')
        || name.split(['/', '\\']).any(|part| part == "..")
}

/// One file of a zip file that is held whole, under the caps.
///
/// # Errors
/// It is not there, damaged, or too large.
pub(super) fn member(archive: &mut ZipArchive<Held>, file: &str, caps: &Caps) -> Result<Vec<u8>, String> {
    let found = archive.by_name(file).map_err(|e| format!("{file}: {e}"))?;
    let packed = Rc::new(Cell::new(found.compressed_size()));
    whole(&mut Guard::new(found, packed, *caps), caps).map_err(|e| format!("{file}: {e}"))
}

/// Opens a zip file that is held whole, after seeing that all of it unpacks within the caps: for readers of others.
///
/// # Errors
/// It is damaged or unpacks to too much.
pub(super) fn checked(bytes: Vec<u8>, caps: &Caps) -> Result<ZipArchive<Held>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| format!("the zip file is damaged: {e}"))?;
    let mut left = caps.whole;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|e| format!("it cannot be unpacked: {e}"))?;
        let packed = Rc::new(Cell::new(file.compressed_size()));
        let mut guard = Guard::new(file, packed, *caps).take(left + 1);
        let size = std::io::copy(&mut guard, &mut std::io::sink()).map_err(|e| e.to_string())?;
        left = left.checked_sub(size).ok_or_else(|| format!("it unpacks to more than {} bytes", caps.whole))?;
    }
    Ok(archive)
}
