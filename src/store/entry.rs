//! Reading an event back.

use std::collections::VecDeque;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codes::{AllCodes, name};
use super::events::interval;
use super::summary::rank;
use super::{Fault, Store};
use crate::model::{
    ActorId, ArticleId, Count, Country, Day, Entry, EntryActor, EventId, Evidence, Modality, Place, Published, Span,
};

/// What evidence needs of an article.
pub(super) struct ArticleText {
    pub id: i64,
    pub title: Option<String>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub published: Option<Published>,
    pub text: String,
}

/// The articles that were read last: events of one day often stand in the same ones.
#[derive(Default)]
pub(super) struct Articles {
    recent: VecDeque<Arc<ArticleText>>,
    bytes: usize,
}

impl Articles {
    const MOST_BYTES: usize = 4 << 20;
    const MOST: usize = 64;

    pub fn clear(&mut self) {
        *self = Articles::default();
    }

    pub fn get(&mut self, conn: &Connection, id: i64) -> Result<Arc<ArticleText>, Fault> {
        if let Some(article) = self.recent.iter().find(|a| a.id == id) {
            return Ok(article.clone());
        }
        let mut query = conn
            .prepare_cached("SELECT title, url, source, published, published_basis, text FROM article WHERE id = ?1")?;
        let mut rows = query.query([id])?;
        let row = rows.next()?.ok_or_else(|| Fault::Unknown { what: "article", found: id.to_string() })?;
        let article = Arc::new(ArticleText {
            id,
            title: row.get(0)?,
            url: row.get(1)?,
            source: row.get(2)?,
            published: published(row.get(3)?, row.get(4)?)?,
            text: row.get(5)?,
        });
        self.bytes += article.text.len();
        self.recent.push_front(article.clone());
        while self.recent.len() > Articles::MOST || (self.bytes > Articles::MOST_BYTES && self.recent.len() > 1) {
            let oldest = self.recent.pop_back();
            self.bytes -= oldest.map_or(0, |a| a.text.len());
        }
        Ok(article)
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

impl Store {
    /// An event with at most `depth` pieces of evidence.
    pub(super) fn read_entry(&self, id: EventId, depth: Option<u32>) -> Result<Entry, Fault> {
        let codes = &self.codes;
        let mut query = self.conn.prepare_cached(
            "SELECT m.headline, e.type_id, e.mode, e.contexts, e.date_from, e.date_to, e.granularity_id, e.edtf, e.basis_id,
                    e.approximate, e.inferred, m.lemma, e.polarity_id, e.modality_id, e.aspect_id, e.confidence, e.mentions,
                    e.articles, e.sources, e.lead_article, e.lead_mention, p.name, p.country, p.region, p.lat, p.lon,
                    p.precision
             FROM event e CROSS JOIN mention m ON m.article_id = e.lead_article AND m.mention = e.lead_mention
             LEFT JOIN place p ON p.id = e.place_id WHERE e.id = ?1",
        )?;
        let mut rows = query.query([id.0])?;
        let row = rows.next()?.ok_or(Fault::NoEvent(id))?;
        let lead = At { article: row.get(19)?, mention: row.get(20)? };
        let mentions: u32 = row.get(16)?;
        let at = match depth {
            Some(0 | 1) => vec![lead],
            _ if mentions == 1 => vec![lead],
            _ => self.evidence_of(id, depth)?,
        };
        let mut evidence = Vec::with_capacity(at.len());
        let mut counts: Vec<(Count, String)> = Vec::new();
        for at in &at {
            let article = self.texts.borrow_mut().get(&self.conn, at.article)?;
            evidence.push(read_evidence(&self.conn, codes, *at, &article)?);
            for count in read_counts(&self.conn, codes, *at, &article)? {
                if !counts
                    .iter()
                    .any(|(c, w)| (c.kind, c.low, c.high) == (count.0.kind, count.0.low, count.0.high) && *w == count.1)
                {
                    counts.push(count);
                }
            }
        }
        let entry = Entry {
            id,
            headline: row.get(0)?,
            event_type: codes.event_type.value(row.get(1)?)?,
            mode: row.get(2)?,
            contexts: codes.contexts(row.get(3)?),
            interval: interval(row.get(4)?, row.get(5)?)?,
            granularity: codes.granularity.value(row.get(6)?)?,
            edtf: row.get(7)?,
            basis: codes.basis.value(row.get(8)?)?,
            approximate: row.get(9)?,
            inferred: row.get(10)?,
            actors: read_actors(&self.conn, codes, id)?,
            action: row.get(11)?,
            place: place(row, 21)?,
            polarity: codes.polarity.value(row.get(12)?)?,
            modality: codes.modality.value(row.get(13)?)?,
            aspect: codes.aspect.value(row.get(14)?)?,
            counts,
            confidence: row.get::<_, f64>(15)? / 1000.0,
            mentions,
            articles: row.get(17)?,
            sources: row.get(18)?,
            evidence,
        };
        Ok(entry)
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
    let mut query = conn.prepare_cached(
        "SELECT s.start, s.end, t.start, t.end, m.trigger_start, m.trigger_end, m.attribution_start, m.attribution_end,
                m.modality_id
         FROM mention m CROSS JOIN sentence s ON s.article_id = m.article_id AND s.sentence = m.sentence
         LEFT JOIN timex t ON t.article_id = m.article_id AND t.timex = m.timex
         WHERE m.article_id = ?1 AND m.mention = ?2",
    )?;
    let read = |row: &Row<'_>| {
        let words = |i: usize| Ok::<_, rusqlite::Error>(words(&article.text, row.get(i)?, row.get(i + 1)?));
        let modality: i64 = row.get(8)?;
        Ok((words(0)?, words(2)?, words(4)?, words(6)?, modality))
    };
    let (sentence, date_text, trigger, attribution, modality) =
        query.query_row(params![at.article, at.mention], read).optional()?.ok_or_else(|| Fault::Unknown {
            what: "mention",
            found: format!("{} of article {}", at.mention, at.article),
        })?;
    let modality: Modality = codes.modality.value(modality)?;
    Ok(Evidence {
        article: ArticleId(at.article),
        title: article.title.clone(),
        url: article.url.clone(),
        source: article.source.clone(),
        published: article.published,
        sentence: sentence.unwrap_or_default(),
        date_text,
        trigger: trigger.unwrap_or_default(),
        attribution,
        modality,
    })
}

fn read_counts(
    conn: &Connection,
    codes: &AllCodes,
    at: At,
    article: &ArticleText,
) -> Result<Vec<(Count, String)>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT kind_id, low, high, start, end FROM count WHERE article_id = ?1 AND mention = ?2 ORDER BY count",
    )?;
    let mut rows = query.query(params![at.article, at.mention])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        let span = Span { start: row.get(3)?, end: row.get(4)? };
        let count = Count { kind: codes.count_kind.value(row.get(0)?)?, low: row.get(1)?, high: row.get(2)?, span };
        counts.push((count, span.of(&article.text).to_owned()));
    }
    Ok(counts)
}

fn read_actors(conn: &Connection, codes: &AllCodes, id: EventId) -> Result<Vec<EntryActor>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT a.id, a.name, x.role_id, a.kind, a.country, a.sector
         FROM event_actor x CROSS JOIN actor a ON a.id = x.actor_id WHERE x.event_id = ?1",
    )?;
    let mut rows = query.query([id.0])?;
    let mut actors = Vec::new();
    while let Some(row) = rows.next()? {
        actors.push(EntryActor {
            id: ActorId(row.get(0)?),
            name: row.get(1)?,
            role: codes.role.value(row.get(2)?)?,
            kind: name("actor kind", row.get(3)?)?,
            country: country(row.get(4)?)?,
            sector: name("sector", row.get(5)?)?,
        });
    }
    actors.sort_by_key(|a| (a.role, a.id));
    Ok(actors)
}
