//! Tables with a header: rows by the names of their columns.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::super::readers::{BUFFER, Caps, Meter};
use super::Found;

/// The mark between the cells of a header.
pub(super) fn delimiter(header: &str) -> u8 {
    let count = |mark: char| header.matches(mark).count();
    [b'\t', b';', b','].into_iter().max_by_key(|mark| (count(char::from(*mark)), *mark == b',')).unwrap_or(b',')
}

/// Rows of cells.
pub(super) struct Sheet<'a> {
    rows: csv::Reader<Meter<Box<dyn Read + 'a>>>,
    header: Vec<String>,
    row: csv::ByteRecord,
    /// How much one row may read, and how much is left of that.
    most: u64,
    left: Rc<Cell<u64>>,
    ended: bool,
}

impl<'a> Sheet<'a> {
    /// Reads the header; names of columns count in any letter case, with blanks or with `_`.
    pub fn new(mut bytes: Box<dyn Read + 'a>, caps: &Caps) -> io::Result<Sheet<'a>> {
        let mut head = Vec::new();
        (&mut bytes).take(super::WINDOW).read_to_end(&mut head)?;
        let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
        let mark = delimiter(&String::from_utf8_lossy(line));
        let bytes: Box<dyn Read + 'a> = Box::new(io::Cursor::new(head).chain(bytes));
        let most = caps.article.saturating_add(2 * BUFFER as u64);
        let left = Rc::new(Cell::new(most));
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(mark)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(BUFFER)
            .from_reader(Meter::new(bytes, Rc::clone(&left)));
        let mut row = csv::ByteRecord::new();
        rows.read_byte_record(&mut row).map_err(io::Error::other)?;
        let header = row.iter().map(|cell| key(&text(cell))).collect();
        Ok(Sheet { rows, header, row, most, left, ended: false })
    }

    /// Hands every row to `each` with the number of its line, and reports those that are none.
    pub fn for_each(
        mut self,
        found: &mut Found<'_>,
        mut each: impl FnMut(u64, &Row<'_>, &mut Found<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        while let Some((line, row)) = self.next() {
            match row {
                Ok(row) => each(line, &row, found)?,
                Err(reason) => found.bad(line, reason)?,
            }
        }
        Ok(())
    }

    /// The next row; empty rows are passed over.
    fn next(&mut self) -> Option<(u64, Result<Row<'_>, String>)> {
        if self.ended {
            return None;
        }
        loop {
            self.left.set(self.most);
            let line = self.rows.position().line();
            match self.rows.read_byte_record(&mut self.row) {
                Ok(false) => return None,
                Ok(true) if self.row.iter().all(|cell| cell.trim_ascii().is_empty()) => {}
                Ok(true) => break,
                // What follows a row without an end, or a place that cannot be read, is no row.
                Err(error) => {
                    self.ended = true;
                    return Some((line, Err(format!("{error}; the rest of the file is not read"))));
                }
            }
        }
        let line = self.row.position().map_or(0, csv::Position::line);
        Some((line, Ok(Row { header: &self.header, cells: self.row.iter().map(text).collect() })))
    }
}

/// One row.
pub(super) struct Row<'a> {
    header: &'a [String],
    cells: Vec<String>,
}

impl Row<'_> {
    /// The cell of a column; `None` if there is no such column or nothing in it.
    pub fn get(&self, column: &str) -> Option<&str> {
        let at = self.header.iter().position(|name| name == column)?;
        self.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The same as text of its own.
    pub fn own(&self, column: &str) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    /// The filled columns that are not among these.
    pub fn others<'r>(&'r self, known: &'r [&str]) -> impl Iterator<Item = &'r str> {
        let cells = self.header.iter().zip(&self.cells);
        cells
            .filter(|(name, cell)| !cell.trim().is_empty() && !known.contains(&name.as_str()))
            .map(|(name, _)| name.as_str())
    }

    /// All cells in one line: what a row without an id is known by.
    pub fn whole(&self) -> String {
        self.cells.join("\u{1f}")
    }
}

fn key(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase().replace(' ', "_")
}

/// A cell as text: UTF-8, else the encoding of Western spreadsheets. The mark that keeps spreadsheets from taking it for a
/// formula is taken off.
fn text(cell: &[u8]) -> String {
    let text = match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned(),
    };
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest.to_owned(),
        _ => text,
    }
}
