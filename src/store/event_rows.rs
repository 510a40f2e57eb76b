//! The rows that an event is: the one in `event` and those in `event_actor`.

use std::sync::LazyLock;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::Fault;
use super::codes::AllCodes;
use super::counts;
use super::edtf;
use super::rows::ends;
use super::summary::{Summary, granularity, level};
use crate::model::EventId;

/// The columns of `event` that are computed from its mentions, in the order of [`row_of`].
pub(super) const COMPUTED: &str = "type_id, mode, contexts, date_from, date_to, lvl, granularity_id, edtf, basis_id,
    approximate, inferred, place_id, polarity_id, modality_id, aspect_id, confidence, mentions, articles, sources,
    lead_article, lead_mention, lead_sentence";

/// The computed columns of an event.
pub(super) fn row_of(codes: &AllCodes, s: &Summary) -> Result<Vec<Value>, Fault> {
    let (from, to) = ends(s.when.interval);
    let text = |text: Option<&str>| text.map_or(Value::Null, |t| Value::Text(t.to_owned()));
    let number = |n: Option<i64>| n.map_or(Value::Null, Value::Integer);
    let size = |n: usize| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    Ok(vec![
        codes.event_type.id(s.event_type)?.into(),
        text(s.mode.as_deref()),
        s.contexts.into(),
        number(from.map(i64::from)),
        number(to.map(i64::from)),
        level(s.when.interval).into(),
        codes.granularity.id(granularity(&s.when))?.into(),
        text(edtf::stored(&s.when)),
        codes.basis.id(s.when.basis)?.into(),
        i64::from(s.when.approximate).into(),
        i64::from(s.when.inferred).into(),
        number(s.place),
        codes.polarity.id(s.polarity)?.into(),
        codes.modality.id(s.modality)?.into(),
        codes.aspect.id(s.aspect)?.into(),
        s.confidence.into(),
        size(s.mentions),
        size(s.articles),
        size(s.sources),
        s.lead.0.into(),
        s.lead.1.into(),
        s.lead_sentence.into(),
    ])
}

/// The actors of an event: actor, role, and its type, length class and days.
pub(super) fn actor_rows(codes: &AllCodes, s: &Summary) -> Result<Vec<[Value; 6]>, Fault> {
    let (from, to) = ends(s.when.interval);
    let day = |day: Option<i32>| day.map_or(Value::Null, |d| Value::Integer(d.into()));
    let (type_id, lvl) = (codes.event_type.id(s.event_type)?, level(s.when.interval));
    s.actors
        .iter()
        .map(|(actor, role)| {
            Ok([(*actor).into(), codes.role.id(*role)?.into(), type_id.into(), lvl.into(), day(from), day(to)])
        })
        .collect()
}

/// Writes an event and its actors; `None` makes a new one. Returns its id.
///
/// A new row and a changed one are statements of their own: one for both, or one that returns the id, would keep a copy of
/// every page that it changes in case it fails half-way.
pub(super) fn put(write: &Connection, codes: &AllCodes, id: Option<i64>, s: &Summary) -> Result<i64, Fault> {
    static INSERT: LazyLock<String> = LazyLock::new(|| {
        let values: Vec<String> = (1..=COMPUTED.split(',').count()).map(|n| format!("?{n}")).collect();
        format!("INSERT INTO event ({COMPUTED}) VALUES ({})", values.join(", "))
    });
    static UPDATE: LazyLock<String> = LazyLock::new(|| {
        let columns = COMPUTED.split(',').map(str::trim).enumerate();
        let updates: Vec<String> = columns.map(|(n, column)| format!("{column} = ?{}", n + 1)).collect();
        format!("UPDATE event SET {} WHERE id = ?{}", updates.join(", "), updates.len() + 1)
    });
    let mut values = row_of(codes, s)?;
    if let Some(event) = id {
        counts::remove(write, event)?;
    }
    counts::add(write, codes.event_type.id(s.event_type)?, ends(s.when.interval).0, 1)?;
    let event = match id {
        Some(event) => {
            values.push(event.into());
            if write.prepare_cached(&UPDATE)?.execute(params_from_iter(values))? == 0 {
                return Err(Fault::NoEvent(EventId(event)));
            }
            event
        }
        None => write.prepare_cached(&INSERT)?.insert(params_from_iter(values))?,
    };
    if id.is_some() {
        write.prepare_cached("DELETE FROM event_actor WHERE event_id = ?1")?.execute([event])?;
    }
    let mut actor = write.prepare_cached(
        "INSERT INTO event_actor (event_id, actor_id, role_id, type_id, lvl, date_from, date_to)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for row in actor_rows(codes, s)? {
        actor.execute(params_from_iter(std::iter::once(Value::Integer(event)).chain(row)))?;
    }
    Ok(event)
}
