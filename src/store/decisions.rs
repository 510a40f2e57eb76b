//! What is decided about events after their mentions were read: joined and split by hand, joined by later evidence.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::codes::AllCodes;
use super::events::{mentions_of, refresh, split_off};
use super::{Fault, Store};
use crate::model::{ArticleId, EventId, Span};

/// The event that a number stands for now: its own, or that of the event it went into.
pub(super) fn resolve(conn: &Connection, event: EventId) -> Result<i64, Fault> {
    let into = conn
        .prepare_cached("SELECT into_id FROM event_merged WHERE event_id = ?1")?
        .query_row([event.0], |row| row.get(0))
        .optional()?;
    Ok(into.unwrap_or(event.0))
}

fn must_exist(conn: &Connection, event: EventId) -> Result<i64, Fault> {
    let id = resolve(conn, event)?;
    let there = conn.prepare_cached("SELECT 1 FROM event WHERE id = ?1")?.exists([id])?;
    if there { Ok(id) } else { Err(Fault::NoEvent(event)) }
}

/// Moves all mentions of an event into another; its number becomes a tombstone.
pub(super) fn merge(write: &Connection, codes: &AllCodes, into: i64, gone: i64) -> Result<(), Fault> {
    write.prepare_cached("UPDATE mention SET event_id = ?1 WHERE event_id = ?2")?.execute([into, gone])?;
    write.prepare_cached("UPDATE mention_decision SET event_id = ?1 WHERE event_id = ?2")?.execute([into, gone])?;
    write.prepare_cached("UPDATE event_merged SET into_id = ?1 WHERE into_id = ?2")?.execute([into, gone])?;
    write.prepare_cached("INSERT INTO event_merged (event_id, into_id) VALUES (?1, ?2)")?.execute([gone, into])?;
    refresh(write, codes, gone)?;
    refresh(write, codes, into)
}

/// What a person decided on the mentions of an article: events that are still there, and the triggers that belong to them.
pub(super) fn of_article(conn: &Connection, article: i64) -> Result<Vec<(i64, Span)>, Fault> {
    let mut decided = conn.prepare_cached(
        "SELECT d.event_id, d.trigger_start, d.trigger_end FROM mention_decision d JOIN event e ON e.id = d.event_id
         WHERE d.article_id = ?1 ORDER BY d.trigger_start",
    )?;
    let of_row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Span { start: row.get(1)?, end: row.get(2)? }));
    Ok(decided.query_map([article], of_row)?.collect::<Result<_, _>>()?)
}

/// Whether a person decided on a mention of an event.
pub(super) fn any(conn: &Connection, event: i64) -> Result<bool, Fault> {
    Ok(conn.prepare_cached("SELECT 1 FROM mention_decision WHERE event_id = ?1")?.exists([event])?)
}

/// Notes down that the mentions of an event belong to it.
fn decide(write: &Connection, event: i64, decided_at: i64) -> Result<(), Fault> {
    write
        .prepare_cached(
            "INSERT INTO mention_decision (article_id, trigger_start, trigger_end, event_id, decided_at)
             SELECT article_id, trigger_start, trigger_end, ?1, ?2 FROM mention WHERE event_id = ?1 AND true
             ON CONFLICT DO UPDATE SET event_id = ?1, decided_at = ?2",
        )?
        .execute(params![event, decided_at])?;
    Ok(())
}

impl Store {
    /// One change of events, whole or not at all.
    fn change<T>(&mut self, change: impl FnOnce(&Connection, &AllCodes) -> Result<T, Fault>) -> Result<T, Fault> {
        self.cache.borrow_mut().clear();
        let write = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let done = change(&write, &self.codes)?;
        write.commit()?;
        Ok(done)
    }

    pub(super) fn merge_by_hand(&mut self, events: &[EventId], decided_at: i64) -> Result<EventId, Fault> {
        self.change(|write, codes| {
            let mut ids = Vec::new();
            for event in events {
                let id = must_exist(write, *event)?;
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            let [into, others @ ..] = ids.as_slice() else { return Err(Fault::Misfit("no event to merge")) };
            for gone in others {
                merge(write, codes, *into, *gone)?;
            }
            decide(write, *into, decided_at)?;
            Ok(EventId(*into))
        })
    }

    pub(super) fn split_by_hand(
        &mut self,
        event: EventId,
        away: &[(ArticleId, i64)],
        decided_at: i64,
    ) -> Result<EventId, Fault> {
        self.change(|write, codes| {
            let id = must_exist(write, event)?;
            let mentions = mentions_of(write, codes, id)?;
            let away: BTreeSet<(i64, i64)> = away.iter().map(|(article, mention)| (article.0, *mention)).collect();
            for (article, mention) in &away {
                if !mentions.iter().any(|m| (m.article, m.mention) == (*article, *mention)) {
                    return Err(Fault::NoMention { event, mention: format!("{article}:{mention}") });
                }
            }
            let (gone, left): (Vec<_>, Vec<_>) =
                mentions.into_iter().partition(|m| away.contains(&(m.article, m.mention)));
            if gone.is_empty() || left.is_empty() {
                return Err(Fault::NothingLeft(event));
            }
            let new = split_off(write, codes, &gone)?;
            refresh(write, codes, id)?;
            decide(write, id, decided_at)?;
            decide(write, new, decided_at)?;
            Ok(EventId(new))
        })
    }
}
