//! Our own CSV: RFC 4180, UTF-8, line ends LF, a header always. docs/formats.md describes every column.

use std::borrow::Cow;
use std::io::{self, Write};

use super::CsvStyle;
use super::words::clean;
use crate::model::{Count, Day, Entry, EntryActor, Role};

/// The columns, in order. They only grow, at the end.
pub const COLUMNS: &[&str] = &[
    "event_id",
    "date_start",
    "date_end",
    "date_precision",
    "date_edtf",
    "date_text",
    "event_type",
    "event_code",
    "actor_source",
    "actor_target",
    "actors",
    "action",
    "place",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "geo_precision",
    "sentence",
    "confidence",
    "article_id",
    "article_title",
    "article_url",
    "published_at",
    "source",
    "n_sources",
    "review_status",
    "headline",
    "event_mode",
    "polarity",
    "modality",
    "aspect",
    "attribution",
    "date_basis",
    "date_approximate",
    "date_inferred",
    "counts",
    "n_mentions",
    "origin",
];

/// The columns that `--long` adds, for the actor of the row.
pub const LONG_COLUMNS: &[&str] = &["actor_id", "actor", "actor_role", "actor_kind", "actor_country", "actor_sector"];

/// A table of cells: RFC 4180 with the user's wishes, for every format that a spreadsheet opens.
pub(super) struct Cells<'a> {
    out: Box<dyn Write + 'a>,
    style: CsvStyle,
    row: Vec<u8>,
}

impl<'a> Cells<'a> {
    /// Begins a table with its byte order mark, if asked for, and its header. No columns, no header.
    pub fn new(mut out: Box<dyn Write + 'a>, style: CsvStyle, columns: &[&str]) -> io::Result<Cells<'a>> {
        if style.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut cells = Cells { out, style, row: Vec::new() };
        if !columns.is_empty() {
            cells.row(columns)?;
        }
        Ok(cells)
    }

    /// Writes a whole row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        self.row.clear();
        for cell in cells {
            push_cell(&mut self.row, &safe(cell.as_ref(), self.style.excel_safe), self.style.delimiter);
        }
        // A row of one empty cell would be an empty line, which readers skip.
        if self.row.len() == 1 {
            self.row.splice(.., *b"\"\"\n");
        }
        if let Some(end) = self.row.last_mut() {
            *end = b'\n';
        }
        self.out.write_all(&self.row)
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Adds a cell and a delimiter; a cell that holds marks of the format goes in quotation marks.
fn push_cell(row: &mut Vec<u8>, cell: &str, delimiter: u8) {
    // Every byte is looked at, which processors do many at a time.
    let marked = |marked, byte: &u8| marked | matches!(*byte, b'"' | b'\r' | b'\n') | (*byte == delimiter);
    if cell.as_bytes().iter().fold(false, marked) {
        row.push(b'"');
        for (i, part) in cell.split('"').enumerate() {
            row.extend_from_slice(if i > 0 { b"\"\"" } else { b"" });
            row.extend_from_slice(part.as_bytes());
        }
        row.push(b'"');
    } else {
        row.extend_from_slice(cell.as_bytes());
    }
    row.push(delimiter);
}

/// A cell that no spreadsheet takes for a formula, if that is asked for (OWASP, CSV injection).
pub(super) fn safe(cell: &str, excel_safe: bool) -> Cow<'_, str> {
    if excel_safe && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

pub(super) struct Csv<'a> {
    out: Cells<'a>,
    long: bool,
}

impl<'a> Csv<'a> {
    pub fn new(out: Box<dyn Write + 'a>, style: CsvStyle) -> io::Result<Csv<'a>> {
        let long = if style.long { LONG_COLUMNS } else { &[] };
        let columns: Vec<&str> = COLUMNS.iter().chain(long).copied().collect();
        Ok(Csv { out: Cells::new(out, style, &columns)?, long: style.long })
    }

    fn row(&mut self, entry: &Entry, actor: Option<&EntryActor>) -> io::Result<()> {
        if !self.long {
            return self.out.row(cells(entry));
        }
        let of = |f: fn(&EntryActor) -> String| Cow::<str>::Owned(actor.map(f).unwrap_or_default());
        let name: Cow<'_, str> = actor.map(|a| clean(&a.name)).unwrap_or_default();
        let own = [
            of(|a| a.id.to_string()),
            name,
            of(|a| a.role.to_string()),
            of(|a| text(a.kind)),
            of(|a| text(a.country)),
            of(|a| text(a.sector)),
        ];
        self.out.row(cells(entry).into_iter().chain(own))
    }
}

impl super::Exporter for Csv<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        if self.long && !entry.actors.is_empty() {
            return entry.actors.iter().try_for_each(|actor| self.row(entry, Some(actor)));
        }
        self.row(entry, None)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The words of a cell that may be empty.
fn words(text: &Option<String>) -> Cow<'_, str> {
    text.as_deref().map(clean).unwrap_or_default()
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// The cells of one entry: one for each of `COLUMNS`.
pub(super) fn cells(entry: &Entry) -> [Cow<'_, str>; 39] {
    let own = Cow::<str>::Owned;
    let empty = || Cow::Borrowed("");
    let day = |day: Option<Day>| own(text(day));
    let place = entry.place.as_ref();
    let proof = entry.evidence.first();
    [
        own(entry.id.0.to_string()),
        day(entry.interval.from()),
        day(entry.interval.to()),
        if entry.interval.is_unknown() { empty() } else { Cow::Borrowed(entry.granularity.as_str()) },
        Cow::Borrowed(entry.edtf.as_deref().unwrap_or_default()),
        proof.map_or_else(empty, |e| words(&e.date_text)),
        Cow::Borrowed(entry.event_type.as_str()),
        Cow::Borrowed(entry.event_type.cameo_root().unwrap_or_default()),
        names(entry, |role| role == Role::Agent),
        names(entry, |role| matches!(role, Role::Patient | Role::Recipient)),
        names(entry, |_| true),
        clean(&entry.action),
        place.map_or_else(empty, |p| clean(&p.name)),
        place.and_then(|p| p.country.as_ref()).map_or_else(empty, |c| Cow::Borrowed(c.as_str())),
        place.map_or_else(empty, |p| words(&p.region)),
        own(text(place.and_then(|p| p.lat))),
        own(text(place.and_then(|p| p.lon))),
        place.map_or_else(empty, |p| Cow::Borrowed(p.precision.as_str())),
        proof.map_or_else(empty, |e| clean(&e.sentence)),
        own(format!("{:.3}", entry.confidence)),
        own(text(proof.map(|e| e.article.0))),
        proof.map_or_else(empty, |e| words(&e.title)),
        proof.map_or_else(empty, |e| words(&e.url)),
        day(proof.and_then(|e| e.published).map(|p| p.day)),
        proof.map_or_else(empty, |e| words(&e.source)),
        own(entry.sources.to_string()),
        Cow::Borrowed("machine"),
        clean(&entry.headline),
        Cow::Borrowed(entry.mode.as_deref().unwrap_or_default()),
        Cow::Borrowed(entry.polarity.as_str()),
        Cow::Borrowed(entry.modality.as_str()),
        Cow::Borrowed(entry.aspect.as_str()),
        proof.map_or_else(empty, |e| words(&e.attribution)),
        Cow::Borrowed(entry.basis.as_str()),
        Cow::Borrowed(if entry.approximate { "true" } else { "false" }),
        Cow::Borrowed(if entry.inferred { "true" } else { "false" }),
        own(entry.counts.iter().map(|(count, words)| count_text(count, words)).collect::<Vec<_>>().join("; ")),
        own(entry.mentions.to_string()),
        Cow::Borrowed(entry.origin.as_str()),
    ]
}

/// The names of the actors in some roles, each once, joined by "; ".
fn names(entry: &Entry, wanted: impl Fn(Role) -> bool) -> Cow<'_, str> {
    let mut of_roles = entry.actors.iter().filter(|a| wanted(a.role)).map(|a| a.name.as_str());
    let Some(first) = of_roles.next() else { return Cow::Borrowed("") };
    let mut names = vec![first];
    for name in of_roles {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match &names[..] {
        [one] => clean(one),
        several => Cow::Owned(clean(&several.join("; ")).into_owned()),
    }
}

/// "dead 12 (a dozen)", "captured 24-99 (dozens)", "people 40- (at least 40)".
fn count_text(count: &Count, words: &str) -> String {
    let range = match count.high {
        Some(high) if high == count.low => count.low.to_string(),
        Some(high) => format!("{}-{high}", count.low),
        None => format!("{}-", count.low),
    };
    format!("{} {range} ({})", count.kind, clean(words))
}
