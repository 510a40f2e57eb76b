//! What people decide about names.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Fault, actors};
use crate::text::fold;

pub(super) fn put(conn: &Connection, alias: &str, actor: &str, same: bool, decided_at: i64) -> Result<(), Fault> {
    let key = fold(alias);
    if key.is_empty() {
        return Err(Fault::NoWords(alias.to_owned()));
    }
    let exact = conn
        .prepare_cached("SELECT id FROM actor WHERE key = ?1 ORDER BY id LIMIT 1")?
        .query_row([fold(actor)], |row| row.get::<_, i64>(0))
        .optional()?;
    let id = match exact {
        Some(id) => id,
        None => actors::named(conn, actor, None)?.into_iter().next().ok_or(Fault::Misfit("a name without an actor"))?,
    };
    conn.prepare_cached(
        "INSERT INTO alias_correction (key, name, actor_key, actor_name, same, decided_at)
         SELECT ?1, ?2, key, name, ?3, ?4 FROM actor WHERE id = ?5
         ON CONFLICT (key, actor_key) DO UPDATE SET name = ?2, same = ?3, decided_at = ?4",
    )?
    .execute(params![key, alias.trim(), same, decided_at, id])?;
    Ok(())
}
