//! Reading an event back.

use std::collections::HashMap;
use std::sync::LazyLock;

use rusqlite::{Connection, Row, params};

use super::codes::{AllCodes, name};
use super::decisions::resolve;
use super::edtf::implied;
use super::events::interval;
use super::select::{FIRST, LAST};
use super::summary::rank;
use super::{Fault, Store};
use crate::model::{
    ActorId, ArticleId, Count, Country, Day, Entry, EntryActor, EventId, Evidence, Language, Order, Place, Published,
    Role, Span,
};

/// The language in a row; what is no code counts as unknown.
pub(super) fn language(code: Option<String>) -> Option<Language> {
    code.and_then(|code| code.parse().ok())
}

/// What was read last: many events share actors and places. It holds good for one snapshot of the database, so every
/// reading starts with an empty one.
#[derive(Default)]
pub(super) struct Cache {
    actors: HashMap<i64, EntryActor>,
    places: HashMap<i64, Place>,
}

impl Cache {
    const MOST_NAMES: usize = 20_000;

    pub fn clear(&mut self) {
        *self = Cache::default();
    }

    /// An actor in a role.
    pub fn actor(&mut self, conn: &Connection, id: i64, role: Role) -> Result<EntryActor, Fault> {
        if let Some(actor) = self.actors.get(&id) {
            return Ok(EntryActor { role, ..actor.clone() });
        }
        let mut query = conn.prepare_cached("SELECT name, kind, country, sector FROM actor WHERE id = ?1")?;
        let mut rows = query.query([id])?;
        let row = rows.next()?.ok_or_else(|| Fault::Unknown { what: "actor", found: id.to_string() })?;
        let actor = EntryActor {
            id: ActorId(id),
            name: row.get(0)?,
            role,
            kind: name("actor kind", row.get(1)?)?,
            country: country(row.get(2)?)?,
            sector: name("sector", row.get(3)?)?,
        };
        if self.actors.len() >= Cache::MOST_NAMES {
            self.actors.clear();
        }
        self.actors.insert(id, actor.clone());
        Ok(actor)
    }

    pub fn place(&mut self, conn: &Connection, id: i64) -> Result<Place, Fault> {
        if let Some(place) = self.places.get(&id) {
            return Ok(place.clone());
        }
        let mut query =
            conn.prepare_cached("SELECT name, country, region, lat, lon, precision FROM place WHERE id = ?1")?;
        let mut rows = query.query([id])?;
        let found = rows.next()?.map(|row| place(row, 0)).transpose()?.flatten();
        let found = found.ok_or_else(|| Fault::Unknown { what: "place", found: id.to_string() })?;
        if self.places.len() >= Cache::MOST_NAMES {
            self.places.clear();
        }
        self.places.insert(id, found.clone());
        Ok(found)
    }
}

pub(super) fn published(day: Option<i32>, basis: Option<String>) -> Result<Option<Published>, Fault> {
    let day = day.and_then(Day::from_number);
    Ok(day.zip(name("published basis", basis)?).map(|(day, basis)| Published { day, basis }))
}

pub(super) fn country(code: Option<String>) -> Result<Option<Country>, Fault> {
    name("country code", code)
}

/// A place from the columns name, country, region, lat, lon, precision, of which `at` is the first.
pub(super) fn place(row: &Row<'_>, at: usize) -> Result<Option<Place>, Fault> {
    let Some(name_of_it) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
    let precision = name("place precision", row.get(at + 5)?)?;
    Ok(Some(Place {
        name: name_of_it,
        country: country(row.get(at + 1)?)?,
        region: row.get(at + 2)?,
        lat: row.get(at + 3)?,
        lon: row.get(at + 4)?,
        precision: precision.ok_or(Fault::Unknown { what: "place precision", found: String::new() })?,
    }))
}

/// Where a mention stands.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub article: i64,
    pub mention: i64,
}

/// What evidence is made of: the columns, and the tables that they come from beside a `mention m`. Words are cut out of the
/// article where it lies.
fn evidence_columns() -> String {
    let words = |start: &str, end: &str| {
        format!("iif({start} IS NULL, NULL, substr(CAST(r.text AS BLOB), {start} + 1, {end} - {start}))")
    };
    format!(
        "{}, {}, {}, {}, m.modality_id, r.id, r.title, r.url, r.source, r.language, r.published, r.published_basis",
        words("s.start", "s.end"),
        words("t.start", "t.end"),
        words("m.trigger_start", "m.trigger_end"),
        words("m.attribution_start", "m.attribution_end")
    )
}
const EVIDENCE_FROM: &str = "CROSS JOIN article r ON r.id = m.article_id
    CROSS JOIN sentence s ON s.article_id = m.article_id AND s.sentence = m.sentence
    LEFT JOIN timex t ON t.article_id = m.article_id AND t.timex = m.timex";

/// The columns and tables of an event `e`, after the columns of its best evidence. Its actors are a list of numbers, each
/// `actor_id * 16 + role_id`.
static EVENT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, e.id, m.headline, e.type_id, e.mode, e.contexts, e.date_from, e.date_to, e.granularity_id,
                e.edtf, e.basis_id, e.approximate, e.inferred, m.lemma, e.polarity_id, e.modality_id, e.aspect_id,
                e.confidence, e.mentions, e.articles, e.sources, m.article_id, m.mention, e.place_id, r.imported,
                (SELECT group_concat(x.actor_id << 4 | x.role_id) FROM event_actor x WHERE x.event_id = e.id),
                EXISTS (SELECT 1 FROM count c WHERE c.article_id = m.article_id AND c.mention = m.mention)
         FROM event e NOT INDEXED CROSS JOIN mention m ON m.article_id = e.lead_article AND m.mention = e.lead_mention
         {EVIDENCE_FROM} WHERE ",
        evidence_columns()
    )
});

impl Store {
    /// An event with at most `depth` pieces of evidence. A number that went into another finds that.
    pub(super) fn read_entry(&self, id: EventId, depth: Option<u32>) -> Result<Entry, Fault> {
        self.read_event(EventId(resolve(&self.conn, id)?), depth)
    }

    /// The same of a number that is an event's own.
    pub(super) fn read_event(&self, id: EventId, depth: Option<u32>) -> Result<Entry, Fault> {
        static SQL: LazyLock<String> = LazyLock::new(|| format!("{} e.id = ?1", *EVENT));
        let mut query = self.conn.prepare_cached(&SQL)?;
        let mut rows = query.query([id.0])?;
        self.entry_of_row(rows.next()?.ok_or(Fault::NoEvent(id))?, depth)
    }

    /// The query for the events whose numbers are in the set ?1 and between ?2 and ?3, read in the order of the file and
    /// handed on in the order that is asked for, which is that of `select`.
    pub(super) fn all_in(order: Order) -> String {
        let (unknown, down) = if order == Order::Newest { (FIRST, " DESC") } else { (LAST, "") };
        let first = if order == Order::Confidence { "e.confidence DESC, " } else { "" };
        format!(
            "{} e.id BETWEEN ?2 AND ?3 AND has_bit(?1, e.id)
             ORDER BY {first}coalesce(e.date_from, e.date_to, {unknown}){down}, e.lvl{down},
                      iif(e.date_from IS NULL, NULL, e.date_to){down}, e.id{down}",
            *EVENT
        )
    }

    /// The event in a row of the columns of `EVENT`.
    pub(super) fn entry_of_row(&self, row: &Row<'_>, depth: Option<u32>) -> Result<Entry, Fault> {
        let (conn, codes) = (&self.conn, &self.codes);
        let id = EventId(row.get(12)?);
        let mentions: u32 = row.get(29)?;
        let mut evidence = Vec::new();
        let mut counts = Vec::new();
        if mentions == 1 || matches!(depth, Some(0 | 1)) {
            evidence.push(evidence_of_row(codes, row)?);
            if row.get(37)? {
                read_counts(conn, codes, At { article: row.get(32)?, mention: row.get(33)? }, &mut counts)?;
            }
        } else {
            for at in self.evidence_of(id, depth)? {
                evidence.push(read_evidence(conn, codes, at)?);
                read_counts(conn, codes, at, &mut counts)?;
            }
        }
        let place: Option<i64> = row.get(34)?;
        let interval = interval(row.get(17)?, row.get(18)?)?;
        let (granularity, approximate) = (codes.granularity.value(row.get(19)?)?, row.get(22)?);
        let edtf: Option<String> = row.get(20)?;
        Ok(Entry {
            id,
            headline: row.get(13)?,
            event_type: codes.event_type.value(row.get(14)?)?,
            mode: row.get(15)?,
            contexts: codes.contexts(row.get(16)?),
            interval,
            granularity,
            edtf: edtf.or_else(|| implied(interval, granularity, approximate)),
            basis: codes.basis.value(row.get(21)?)?,
            approximate,
            inferred: row.get(23)?,
            actors: self.actors_of(row.get_ref(36)?.as_str_or_null().unwrap_or_default().unwrap_or_default())?,
            action: row.get(24)?,
            place: place.map(|place| self.cache.borrow_mut().place(conn, place)).transpose()?,
            polarity: codes.polarity.value(row.get(25)?)?,
            modality: codes.modality.value(row.get(26)?)?,
            aspect: codes.aspect.value(row.get(27)?)?,
            counts,
            confidence: row.get::<_, f64>(28)? / 1000.0,
            mentions,
            articles: row.get(30)?,
            sources: row.get(31)?,
            origin: name("origin", row.get(35)?)?.unwrap_or_default(),
            evidence,
        })
    }

    /// The actors of a list of `actor_id * 16 + role_id`.
    fn actors_of(&self, list: &str) -> Result<Vec<EntryActor>, Fault> {
        let mut cache = self.cache.borrow_mut();
        let mut actors = Vec::new();
        for number in list.split_terminator(',') {
            let unknown = || Fault::Unknown { what: "actor", found: number.to_owned() };
            let number: i64 = number.parse().map_err(|_| unknown())?;
            actors.push(cache.actor(&self.conn, number >> 4, self.codes.role.value(number & 15)?)?);
        }
        actors.sort_by_key(|a| (a.role, a.id));
        Ok(actors)
    }

    /// The mentions of an event, best first; at most `depth` of them.
    pub(super) fn evidence_of(&self, id: EventId, depth: Option<u32>) -> Result<Vec<At>, Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT m.article_id, m.mention, m.modality_id, m.confidence, r.published
             FROM mention m CROSS JOIN article r ON r.id = m.article_id WHERE m.event_id = ?1",
        )?;
        let mut rows = query.query([id.0])?;
        let mut ranked = Vec::new();
        while let Some(row) = rows.next()? {
            let at = At { article: row.get(0)?, mention: row.get(1)? };
            let modality = self.codes.modality.value(row.get(2)?)?;
            ranked.push((rank(modality, row.get(3)?, row.get(4)?, (at.article, at.mention)), at));
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.truncate(depth.map_or(usize::MAX, |d| d.max(1) as usize));
        Ok(ranked.into_iter().map(|(_, at)| at).collect())
    }
}

fn read_evidence(conn: &Connection, codes: &AllCodes, at: At) -> Result<Evidence, Fault> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        let columns = evidence_columns();
        format!("SELECT {columns} FROM mention m {EVIDENCE_FROM} WHERE m.article_id = ?1 AND m.mention = ?2")
    });
    let mut query = conn.prepare_cached(&SQL)?;
    let mut rows = query.query(params![at.article, at.mention])?;
    let missing = || Fault::Unknown { what: "mention", found: format!("{} of article {}", at.mention, at.article) };
    evidence_of_row(codes, rows.next()?.ok_or_else(missing)?)
}

/// The words that a row cuts out of an article. A cut through a character gives none.
fn words(row: &Row<'_>, at: usize) -> Result<Option<String>, Fault> {
    let bytes = row.get_ref(at)?.as_bytes_or_null().map_err(rusqlite::Error::from)?;
    Ok(bytes.map(|bytes| std::str::from_utf8(bytes).unwrap_or_default().to_owned()))
}

/// The evidence in the first columns of a row.
fn evidence_of_row(codes: &AllCodes, row: &Row<'_>) -> Result<Evidence, Fault> {
    Ok(Evidence {
        sentence: words(row, 0)?.unwrap_or_default(),
        date_text: words(row, 1)?,
        trigger: words(row, 2)?.unwrap_or_default(),
        attribution: words(row, 3)?,
        modality: codes.modality.value(row.get(4)?)?,
        article: ArticleId(row.get(5)?),
        title: row.get(6)?,
        url: row.get(7)?,
        source: row.get(8)?,
        language: language(row.get(9)?),
        published: published(row.get(10)?, row.get(11)?)?,
    })
}

/// Adds the counts of a mention that are not there yet.
pub(super) fn read_counts(
    conn: &Connection,
    codes: &AllCodes,
    at: At,
    counts: &mut Vec<(Count, String)>,
) -> Result<(), Fault> {
    let mut query = conn.prepare_cached(
        "SELECT substr(CAST(r.text AS BLOB), c.start + 1, c.end - c.start), c.kind_id, c.low, c.high, c.start, c.end
         FROM count c CROSS JOIN article r ON r.id = c.article_id
         WHERE c.article_id = ?1 AND c.mention = ?2 ORDER BY c.count",
    )?;
    let mut rows = query.query(params![at.article, at.mention])?;
    while let Some(row) = rows.next()? {
        let span = Span { start: row.get(4)?, end: row.get(5)? };
        let count = Count { kind: codes.count_kind.value(row.get(1)?)?, low: row.get(2)?, high: row.get(3)?, span };
        let words = words(row, 0)?.unwrap_or_default();
        let same =
            |(c, w): &(Count, String)| (c.kind, c.low, c.high) == (count.kind, count.low, count.high) && *w == words;
        if !counts.iter().any(same) {
            counts.push((count, words));
        }
    }
    Ok(())
}
