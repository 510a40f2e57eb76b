//! Articles that are copies of others, and the events that they share with them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::Fault;
use super::codes::AllCodes;
use crate::model::Analysis;
use crate::text::Runs;

/// Two articles are copies if they share this much of their runs of words.
const LIKENESS: f64 = 0.8;
/// The articles that share most bands are compared word by word, at most so many.
const COMPARED: usize = 8;
/// The latest articles of a band that are looked at.
const POSTINGS: usize = 64;

/// A mention in the article of which another is a copy.
pub(super) struct Copied {
    event: i64,
    sentence: i64,
    type_id: i64,
    lemma: String,
}

/// The article that a new one is a copy of, the first of its kind; its bands are noted down. `hash` is that of the text.
pub(super) fn note_down(write: &Connection, article: i64, text: &str, hash: &str) -> Result<Option<i64>, Fault> {
    let exact: Option<i64> = write
        .prepare_cached(
            "SELECT ifnull(copy_of, id) FROM article WHERE substr(sha256, 1, 12) = substr(?1, 1, 12) AND sha256 = ?1 AND id <> ?2 AND imported IS NULL
             ORDER BY id LIMIT 1",
        )?
        .query_row(params![hash, article], |row| row.get(0))
        .optional()?;
    let runs = Runs::of(text);
    let bands = bands_in_order(&runs);
    let original = match exact {
        Some(original) => Some(original),
        None => near(write, &runs, &bands)?,
    };
    let mut put = write.prepare_cached("INSERT OR IGNORE INTO article_band (band, article_id) VALUES (?1, ?2)")?;
    // Copies are found through their original.
    for band in bands.iter().filter(|_| original.is_none()) {
        put.execute(params![band, article])?;
    }
    if let Some(original) = original {
        write.prepare_cached("UPDATE article SET copy_of = ?1 WHERE id = ?2")?.execute([original, article])?;
    }
    Ok(original)
}

/// The bands of an article as the table holds them: 31 bits of each, each once, ascending.
pub(super) fn bands_in_order(runs: &Runs) -> Vec<i64> {
    runs.bands().into_iter().map(|band| band & 0x7fff_ffff).collect::<BTreeSet<i64>>().into_iter().collect()
}

/// The article of which a text is nearly a copy.
fn near(conn: &Connection, runs: &Runs, bands: &[i64]) -> Result<Option<i64>, Fault> {
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    // A bound limit would make SQLite plan the query anew at each use.
    let mut of_band = conn.prepare_cached(&format!(
        "SELECT article_id FROM article_band WHERE band = ?1 ORDER BY article_id DESC LIMIT {POSTINGS}"
    ))?;
    for band in bands {
        let mut rows = of_band.query([band])?;
        while let Some(row) = rows.next()? {
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    let mut candidates: Vec<(i64, usize)> = shared.into_iter().collect();
    candidates.sort_by_key(|(article, bands)| (std::cmp::Reverse(*bands), *article));
    let mut text = conn.prepare_cached("SELECT text FROM article WHERE id = ?1")?;
    for (article, _) in candidates.into_iter().take(COMPARED) {
        let other: String = text.query_row([article], |row| row.get(0))?;
        if Runs::of(&other).likeness(runs) >= LIKENESS {
            return Ok(Some(article));
        }
    }
    Ok(None)
}

/// The article of which one is noted down as a copy.
pub(super) fn original_of(conn: &Connection, article: i64) -> Result<Option<i64>, Fault> {
    Ok(conn.prepare_cached("SELECT copy_of FROM article WHERE id = ?1")?.query_row([article], |row| row.get(0))?)
}

/// The mentions of an original.
pub(super) fn mentions(conn: &Connection, original: i64) -> Result<Vec<Copied>, Fault> {
    let mut mentions = conn.prepare_cached(
        "SELECT event_id, sentence, type_id, lemma FROM mention WHERE article_id = ?1 ORDER BY mention",
    )?;
    let of_row = |row: &rusqlite::Row<'_>| {
        Ok(Copied { event: row.get(0)?, sentence: row.get(1)?, type_id: row.get(2)?, lemma: row.get(3)? })
    };
    Ok(mentions.query_map([original], of_row)?.collect::<Result<_, _>>()?)
}

/// The event of each cluster of a copy: that of the same action in the nearest sentence of the original. An event goes to
/// one cluster only.
pub(super) fn events_of(
    codes: &AllCodes,
    analysis: &Analysis,
    clusters: &BTreeMap<usize, Vec<usize>>,
    copied: &[Copied],
    taken: &BTreeSet<i64>,
) -> Result<BTreeMap<usize, i64>, Fault> {
    let mut claims = Vec::new();
    for (at, members) in clusters {
        for event in members.iter().map(|i| &analysis.events[*i]) {
            let type_id = codes.event_type.id(event.event_type)?;
            let same = copied.iter().filter(|c| c.type_id == type_id && c.lemma == event.trigger.lemma);
            claims.extend(same.map(|c| (c.sentence.abs_diff(event.sentence as i64), *at, c.event)));
        }
    }
    claims.sort_unstable();
    let (mut given, mut taken) = (BTreeMap::new(), taken.clone());
    for (_, at, event) in claims {
        if !given.contains_key(&at) && taken.insert(event) {
            given.insert(at, event);
        }
    }
    Ok(given)
}

/// Says in the notes of a copy what it is.
pub(super) fn put_note(
    write: &Connection,
    article: i64,
    number: usize,
    original: i64,
    left_out: usize,
) -> Result<(), Fault> {
    let without = match left_out {
        0 => String::new(),
        1 => "; one mention of an event that it does not tell of was left out".to_owned(),
        n => format!("; {n} mentions of events that it does not tell of were left out"),
    };
    write
        .prepare_cached("INSERT INTO note (article_id, note, start, end, text) VALUES (?1, ?2, NULL, NULL, ?3)")?
        .execute(params![article, number, format!("a copy of article {original}{without}")])?;
    Ok(())
}
