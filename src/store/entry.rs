//! Reading an event back.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, LazyLock};

use rusqlite::{Connection, Row, params};

use super::codes::{AllCodes, name};
use super::decisions::resolve;
use super::edtf::implied;
use super::events::interval;
use super::summary::rank;
use super::{Fault, Store};
use crate::model::{
    ActorId, ArticleId, Count, Country, Day, Entry, EntryActor, EventId, Evidence, Language, Origin, Place, Published,
    Role, Span,
};

/// What evidence needs of an article.
pub(super) struct ArticleText {
    pub id: i64,
    pub title: Option<String>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub language: Option<Language>,
    pub published: Option<Published>,
    pub text: String,
    pub origin: Origin,
}

/// The language in a row; what is no code counts as unknown.
pub(super) fn language(code: Option<String>) -> Option<Language> {
    code.and_then(|code| code.parse().ok())
}

/// What was read last: events of one day often share articles, actors and places. It holds good for one snapshot of the
/// database, so every reading starts with an empty one.
#[derive(Default)]
pub(super) struct Cache {
    articles: VecDeque<Arc<ArticleText>>,
    bytes: usize,
    actors: HashMap<i64, EntryActor>,
    places: HashMap<i64, Place>,
}

impl Cache {
    const MOST_BYTES: usize = 4 << 20;
    const MOST_ARTICLES: usize = 64;
    const MOST_NAMES: usize = 20_000;

    pub fn clear(&mut self) {
        *self = Cache::default();
    }

    pub fn article(&mut self, conn: &Connection, id: i64) -> Result<Arc<ArticleText>, Fault> {
        if let Some(article) = self.articles.iter().find(|a| a.id == id) {
            return Ok(article.clone());
        }
        let mut query = conn.prepare_cached(
            "SELECT title, url, source, published, published_basis, text, language, imported FROM article WHERE id = ?1",
        )?;
        let mut rows = query.query([id])?;
        let row = rows.next()?.ok_or_else(|| Fault::Unknown { what: "article", found: id.to_string() })?;
        let article = Arc::new(ArticleText {
            id,
            title: row.get(0)?,
            url: row.get(1)?,
            source: row.get(2)?,
            published: published(row.get(3)?, row.get(4)?)?,
            text: row.get(5)?,
            language: language(row.get(6)?),
            origin: name("origin", row.get(7)?)?.unwrap_or_default(),
        });
        self.bytes += article.text.len();
        self.articles.push_front(article.clone());
        while self.articles.len() > Cache::MOST_ARTICLES || (self.bytes > Cache::MOST_BYTES && self.articles.len() > 1)
        {
            let oldest = self.articles.pop_back();
            self.bytes -= oldest.map_or(0, |a| a.text.len());
        }
        Ok(article)
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

pub(super) fn words(text: &str, start: Option<u32>, end: Option<u32>) -> Option<String> {
    let span = start.zip(end).filter(|(start, end)| start <= end).map(|(start, end)| Span { start, end })?;
    Some(span.of(text).to_owned())
}

/// Where a mention stands.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub article: i64,
    pub mention: i64,
}

/// The columns that evidence is made of, and the tables they come from: joined to a `mention m`.
const EVIDENCE: &str = "s.start, s.end, t.start, t.end, m.trigger_start, m.trigger_end, m.attribution_start,
    m.attribution_end, m.modality_id";
const EVIDENCE_FROM: &str = "CROSS JOIN sentence s ON s.article_id = m.article_id AND s.sentence = m.sentence
    LEFT JOIN timex t ON t.article_id = m.article_id AND t.timex = m.timex";

impl Store {
    /// Events with at most `depth` pieces of evidence each, in the order of their numbers in `ids`.
    pub(super) fn read_entries(&self, ids: &[EventId], depth: Option<u32>) -> Result<Vec<Entry>, Fault> {
        let mut in_file: Vec<usize> = (0..ids.len()).collect();
        in_file.sort_unstable_by_key(|place| ids[*place]);
        let mut entries = Vec::with_capacity(ids.len());
        for place in in_file {
            entries.push((place, self.read_event(ids[place], depth)?));
        }
        entries.sort_unstable_by_key(|(place, _)| *place);
        Ok(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    /// An event with at most `depth` pieces of evidence. A number that went into another finds that.
    pub(super) fn read_entry(&self, id: EventId, depth: Option<u32>) -> Result<Entry, Fault> {
        self.read_event(EventId(resolve(&self.conn, id)?), depth)
    }

    fn read_event(&self, id: EventId, depth: Option<u32>) -> Result<Entry, Fault> {
        let (conn, codes) = (&self.conn, &self.codes);
        static SQL: LazyLock<String> = LazyLock::new(|| {
            format!(
                "SELECT {EVIDENCE}, m.headline, e.type_id, e.mode, e.contexts, e.date_from, e.date_to, e.granularity_id,
                        e.edtf, e.basis_id, e.approximate, e.inferred, m.lemma, e.polarity_id, e.modality_id, e.aspect_id,
                        e.confidence, e.mentions, e.articles, e.sources, e.lead_article, e.lead_mention, e.place_id
                 FROM event e CROSS JOIN mention m ON m.article_id = e.lead_article AND m.mention = e.lead_mention
                 {EVIDENCE_FROM} WHERE e.id = ?1"
            )
        });
        let mut query = conn.prepare_cached(&SQL)?;
        let mut rows = query.query([id.0])?;
        let row = rows.next()?.ok_or(Fault::NoEvent(id))?;
        let lead = At { article: row.get(28)?, mention: row.get(29)? };
        let mentions: u32 = row.get(25)?;
        let mut evidence = Vec::new();
        let mut counts = Vec::new();
        let first = self.cache.borrow_mut().article(conn, lead.article)?;
        if mentions == 1 || matches!(depth, Some(0 | 1)) {
            evidence.push(evidence_of_row(codes, row, &first)?);
            read_counts(conn, codes, lead, &first, &mut counts)?;
        } else {
            for at in self.evidence_of(id, depth)? {
                let article = self.cache.borrow_mut().article(conn, at.article)?;
                evidence.push(read_evidence(conn, codes, at, &article)?);
                read_counts(conn, codes, at, &article, &mut counts)?;
            }
        }
        let place: Option<i64> = row.get(30)?;
        let interval = interval(row.get(13)?, row.get(14)?)?;
        let (granularity, approximate) = (codes.granularity.value(row.get(15)?)?, row.get(18)?);
        let edtf: Option<String> = row.get(16)?;
        Ok(Entry {
            id,
            headline: row.get(9)?,
            event_type: codes.event_type.value(row.get(10)?)?,
            mode: row.get(11)?,
            contexts: codes.contexts(row.get(12)?),
            interval,
            granularity,
            edtf: edtf.or_else(|| implied(interval, granularity, approximate)),
            basis: codes.basis.value(row.get(17)?)?,
            approximate,
            inferred: row.get(19)?,
            actors: self.read_actors(id)?,
            action: row.get(20)?,
            place: place.map(|place| self.cache.borrow_mut().place(conn, place)).transpose()?,
            polarity: codes.polarity.value(row.get(21)?)?,
            modality: codes.modality.value(row.get(22)?)?,
            aspect: codes.aspect.value(row.get(23)?)?,
            counts,
            confidence: row.get::<_, f64>(24)? / 1000.0,
            mentions,
            articles: row.get(26)?,
            sources: row.get(27)?,
            origin: first.origin,
            evidence,
        })
    }

    fn read_actors(&self, id: EventId) -> Result<Vec<EntryActor>, Fault> {
        let mut query = self.conn.prepare_cached("SELECT actor_id, role_id FROM event_actor WHERE event_id = ?1")?;
        let mut rows = query.query([id.0])?;
        let mut actors = Vec::new();
        while let Some(row) = rows.next()? {
            let role = self.codes.role.value(row.get(1)?)?;
            actors.push(self.cache.borrow_mut().actor(&self.conn, row.get(0)?, role)?);
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

fn read_evidence(conn: &Connection, codes: &AllCodes, at: At, article: &ArticleText) -> Result<Evidence, Fault> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!("SELECT {EVIDENCE} FROM mention m {EVIDENCE_FROM} WHERE m.article_id = ?1 AND m.mention = ?2")
    });
    let mut query = conn.prepare_cached(&SQL)?;
    let mut rows = query.query(params![at.article, at.mention])?;
    let missing = || Fault::Unknown { what: "mention", found: format!("{} of article {}", at.mention, at.article) };
    evidence_of_row(codes, rows.next()?.ok_or_else(missing)?, article)
}

/// The evidence in the first columns of a row.
fn evidence_of_row(codes: &AllCodes, row: &Row<'_>, article: &ArticleText) -> Result<Evidence, Fault> {
    let words = |i: usize| Ok::<_, rusqlite::Error>(words(&article.text, row.get(i)?, row.get(i + 1)?));
    Ok(Evidence {
        article: ArticleId(article.id),
        title: article.title.clone(),
        url: article.url.clone(),
        source: article.source.clone(),
        language: article.language,
        published: article.published,
        sentence: words(0)?.unwrap_or_default(),
        date_text: words(2)?,
        trigger: words(4)?.unwrap_or_default(),
        attribution: words(6)?,
        modality: codes.modality.value(row.get(8)?)?,
    })
}

/// Adds the counts of a mention that are not there yet.
pub(super) fn read_counts(
    conn: &Connection,
    codes: &AllCodes,
    at: At,
    article: &ArticleText,
    counts: &mut Vec<(Count, String)>,
) -> Result<(), Fault> {
    let mut query = conn.prepare_cached(
        "SELECT kind_id, low, high, start, end FROM count WHERE article_id = ?1 AND mention = ?2 ORDER BY count",
    )?;
    let mut rows = query.query(params![at.article, at.mention])?;
    while let Some(row) = rows.next()? {
        let span = Span { start: row.get(3)?, end: row.get(4)? };
        let count = Count { kind: codes.count_kind.value(row.get(0)?)?, low: row.get(1)?, high: row.get(2)?, span };
        let words = words(&article.text, Some(span.start), Some(span.end)).unwrap_or_default();
        let same =
            |(c, w): &(Count, String)| (c.kind, c.low, c.high) == (count.kind, count.low, count.high) && *w == words;
        if !counts.iter().any(same) {
            counts.push((count, words));
        }
    }
    Ok(())
}
