//! Excel workbooks: the first row of a sheet that names a text column is its header, each row below it an article.

use calamine::{DataRef, Reader as _};

use super::unpack::whole;
use super::zip::checked;
use super::{Flow, Named, Out, Reader, table};

/// A workbook.
pub(super) struct Xlsx;

/// A header stands in one of the first rows.
const HEADER_ROWS: usize = 10;
/// Columns beyond this one are not looked at.
const MAX_COLUMNS: usize = 1_000;

impl Reader for Xlsx {
    fn read(&self, mut input: Named<'_>, out: &mut Out<'_>) -> Flow {
        let opened =
            whole(&mut input.bytes, &out.caps).and_then(|bytes| checked(bytes, &out.caps)).and_then(|archive| {
                calamine::Xlsx::new(archive.into_inner()).map_err(|e| format!("the workbook is damaged: {e}"))
            });
        let mut book = match opened {
            Ok(book) => book,
            Err(reason) => return out.refuse(input.name, reason),
        };
        let mut missing = None;
        let mut any = false;
        for sheet in book.sheet_names() {
            let name = format!("{}: {sheet}", input.name);
            match rows(&mut book, &sheet, &name, out) {
                Ok((flow, true)) => {
                    any = true;
                    flow?;
                }
                Ok((flow, false)) => flow?,
                Err(reason) => missing = missing.or(Some(reason)),
            }
        }
        match missing {
            Some(reason) if !any => out.refuse(input.name, reason),
            _ => Flow::Continue(()),
        }
    }
}

type Book = calamine::Xlsx<std::io::Cursor<Vec<u8>>>;

/// Reads one sheet cell by cell; says whether it had a header.
fn rows(book: &mut Book, sheet: &str, name: &str, out: &mut Out<'_>) -> Result<(Flow, bool), String> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|e| format!("sheet {sheet}: {e}"))?;
    let mut places = None;
    let mut reason = "the workbook is empty".to_owned();
    let mut row: Vec<String> = Vec::new();
    let (mut at, mut headers) = (0, 0);
    loop {
        let cell = cells.next_cell().map_err(|e| format!("sheet {sheet}: {e}"))?;
        let position = cell.as_ref().map(|c| c.get_position());
        if !row.is_empty() && position.is_none_or(|(r, _)| r != at) {
            match &places {
                None => match out.columns.places(&row) {
                    Ok(found) => places = Some(found),
                    Err(error) => {
                        if headers == 0 {
                            reason = error;
                        }
                        headers += 1;
                        if headers >= HEADER_ROWS {
                            return Err(reason);
                        }
                    }
                },
                Some(places) => {
                    let flow = table::give(places, &row, format!("{name}:{}", at + 1), out);
                    if flow.is_break() {
                        return Ok((flow, true));
                    }
                }
            }
            row.clear();
        }
        let (Some(cell), Some((r, c))) = (cell, position) else { break };
        at = r;
        let c = c as usize;
        if c < MAX_COLUMNS {
            if row.len() <= c {
                row.resize(c + 1, String::new());
            }
            row[c] = text(cell.get_value());
        }
    }
    if places.is_some() { Ok((Flow::Continue(()), true)) } else { Err(reason) }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(stamp) => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
