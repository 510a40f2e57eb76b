//! Tables: CSV and TSV, one article a row.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::fields::{Column, Fields};
use super::{Content, Flow, Named, Out, Reader};

/// Values separated by a mark, with a header.
pub(super) struct Table(pub u8);

/// Stops when one row grows too long: a quote that never closes makes the rest of a file one row.
pub(in crate::ingest) struct Meter<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Meter<R> {
    /// Lets as many bytes pass as `left` says; whoever holds it sets it anew for each row.
    pub fn new(inner: R, left: Rc<Cell<u64>>) -> Meter<R> {
        Meter { inner, left }
    }
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => return Err(io::Error::new(io::ErrorKind::InvalidData, "the row is too long")),
        }
        Ok(read)
    }
}

/// The csv crate reads ahead by this much.
pub(in crate::ingest) const BUFFER: usize = 1 << 16;

impl Reader for Table {
    fn read(&self, input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let most = out.caps.article + 2 * BUFFER as u64;
        let left = Rc::new(Cell::new(most));
        let meter = Meter::new(input.bytes, Rc::clone(&left));
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(self.0)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(BUFFER)
            .from_reader(meter);
        let mut row = csv::ByteRecord::new();
        let mut places = None;
        loop {
            left.set(most);
            let line = rows.position().line();
            match rows.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) if places.is_none() => return out.refuse(input.name, "it is empty"),
                Ok(false) => return Flow::Continue(()),
                Err(error) => {
                    let reason = match error.kind() {
                        csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::InvalidData && left.get() < most => {
                            format!("{io}; a quotation mark may not be closed; the rest of the file is not read")
                        }
                        _ => error.to_string(),
                    };
                    return out.refuse(format!("{}:{line}", input.name), reason);
                }
            }
            let cells: Vec<String> = row.iter().map(cell).collect();
            match &places {
                None => match out.columns.places(&header(cells)) {
                    Ok(found) => places = Some(found),
                    Err(reason) => return out.refuse(input.name, reason),
                },
                Some(places) => {
                    if cells.iter().all(|c| c.trim().is_empty()) {
                        continue;
                    }
                    let name = format!("{}:{line}", input.name);
                    give(places, &cells, name, out)?;
                }
            }
        }
    }
}

/// A cell as text: UTF-8, else the encoding of Western spreadsheets.
fn cell(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn header(mut cells: Vec<String>) -> Vec<String> {
    if let Some(first) = cells.first_mut() {
        *first = first.trim_start_matches('\u{feff}').to_owned();
    }
    cells
}

/// Hands over one row.
pub(super) fn give(places: &[(Column, usize)], cells: &[String], name: String, out: &mut Out<'_>) -> Flow {
    let mut fields = Fields::default();
    for (column, place) in places {
        if let Some(cell) = cells.get(*place) {
            fields.set(*column, cell);
        }
    }
    if fields.text.len() as u64 > out.caps.article {
        let reason = out.caps.too_large();
        return out.refuse(name, reason);
    }
    out.give(name, None, Content::Fields(Box::new(fields)))
}
