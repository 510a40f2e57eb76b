//! Excel: one sheet of text cells, so that no program takes a date, a code or a formula for something else.
//!
//! ECMA-376 (Office Open XML): a zip file of four small parts and the sheet, whose cells hold their text themselves
//! (`inlineStr`) in the number format `@`. Only what every reader wants is written.

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::csv::{COLUMNS, cells};
use super::losses::Losses;
use crate::model::Entry;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KINDS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Rows of a sheet, the header among them.
const MOST_ROWS: u64 = 1_048_576;
/// Characters of a cell, as UTF-16 counts them.
const MOST_LETTERS: usize = 32_767;

const FULL: &str = "a sheet of Excel ends after 1,048,576 rows; take fewer with --limit and --offset";
const CUT: &str = "a cell of Excel ends after 32,767 characters";

pub(super) struct Xlsx<'a> {
    zip: ZipWriter<StreamWriter<Box<dyn Write + 'a>>>,
    rows: u64,
    losses: Losses,
}

impl<'a> Xlsx<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> io::Result<Xlsx<'a>> {
        let mut zip = ZipWriter::new_stream(out);
        let parts = [
            (
                "[Content_Types].xml",
                format!(
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
                     ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" \
                     ContentType=\"{KINDS}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" \
                     ContentType=\"{KINDS}.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{KINDS}.styles+xml\"/>\
                     </Types>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
                     Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Events\" sheetId=\"1\" r:id=\"rId1\"/></sheets>\
                     </workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" \
                     Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>\
                     </Relationships>"
                ),
            ),
            (
                // Style 1 is text (number format 49 is "@"), style 2 the same in bold.
                "xl/styles.xml",
                format!(
                    "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font/><font><b/></font></fonts><fills count=\"1\"><fill>\
                     <patternFill patternType=\"none\"/></fill></fills>\
                     <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf/>\
                     <xf numFmtId=\"49\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" applyNumberFormat=\"1\" \
                     applyFont=\"1\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>\
                     </cellStyles></styleSheet>"
                ),
            ),
        ];
        // No time of day in the file: the same events make the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (name, text) in parts {
            zip.start_file(name, options)?;
            zip.write_all(HEAD.as_bytes())?;
            zip.write_all(text.as_bytes())?;
        }
        zip.start_file("xl/worksheets/sheet1.xml", options.large_file(true))?;
        write!(
            zip,
            "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
             activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>"
        )?;
        let mut sheet = Xlsx { zip, rows: 0, losses: Losses::none() };
        sheet.row(COLUMNS, 2)?;
        Ok(sheet)
    }

    fn row<T: AsRef<str>>(&mut self, cells: &[T], style: u8) -> io::Result<()> {
        self.rows += 1;
        self.zip.write_all(b"<row>")?;
        for cell in cells {
            let text = cell.as_ref();
            if text.is_empty() {
                // Cells have no address: an empty one keeps the place.
                self.zip.write_all(b"<c/>")?;
                continue;
            }
            let cut = cut(text);
            if cut.len() < text.len() {
                self.losses.coarsen(CUT);
            }
            write!(
                self.zip,
                "<c t=\"inlineStr\" s=\"{style}\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(cut)
            )?;
        }
        self.zip.write_all(b"</row>")
    }
}

impl super::Exporter for Xlsx<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        if self.rows >= MOST_ROWS {
            self.losses.skip(FULL);
            return Ok(());
        }
        self.row(&cells(entry), 1)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.zip.write_all(b"</sheetData></worksheet>")?;
        // Writing the directory takes the writer; another one without files stands in its place.
        let empty = ZipWriter::new_stream(Box::new(io::sink()) as Box<dyn Write>);
        let mut out = std::mem::replace(&mut self.zip, empty).finish()?.into_inner();
        out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

/// As much of a text as fits into a cell.
fn cut(text: &str) -> &str {
    if text.len() <= MOST_LETTERS {
        return text;
    }
    let mut letters = 0;
    let end = text.char_indices().find(|(_, c)| {
        letters += c.len_utf16();
        letters > MOST_LETTERS
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Text of XML. Excel reads `_x0041_` as a letter: the line before such a number is written as a number itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_code(&text.as_bytes()[at..]) => out.push_str("_x005F_"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn is_code(text: &[u8]) -> bool {
    text.len() >= 7 && text[1] == b'x' && text[2..6].iter().all(u8::is_ascii_hexdigit) && text[6] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_what_they_are() {
        assert_eq!(escaped("a<b> & _x0041_ _x_\u{7}"), "a&lt;b&gt; &amp; _x005F_x0041_ _x_");
        assert_eq!(cut(&"ü".repeat(40_000)).chars().count(), MOST_LETTERS);
        assert_eq!(cut(&"🌍".repeat(40_000)).chars().count(), MOST_LETTERS / 2);
        assert_eq!(cut("short"), "short");
    }
}
