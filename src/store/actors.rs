//! Actors across articles: which row an actor of an article is, and which actors a name means.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::Fault;
use super::bits::Bits;
use super::near;
use crate::model::{Actor, ActorKind, Country, Sector};
use crate::text::fold;

/// The row of an actor of an article; a new one if none fits.
///
/// The same: what a person decided; else the same canonical name and kind, when the countries do not contradict; else a canonical name that is an alias of
/// exactly one actor of the same kind, when nothing known of the two (country) contradicts. For persons only part of the
/// full name counts as such an alias, in any spelling ("Zelensky"): "the president" is another one in another article.
pub(super) fn unify(conn: &Connection, known: &mut Known, actor: &Actor, rule: i64) -> Result<i64, Fault> {
    let key = fold(&actor.name);
    if key.is_empty() {
        return Err(Fault::Misfit("an actor without a name"));
    }
    let told = told(actor);
    if let Some(id) = known.ids.get(&told) {
        return Ok(*id);
    }
    // Whether the row agrees with the actor in everything that tells one row from another.
    let mut exact = false;
    let found = match corrected(conn, &key)? {
        Some(id) => Some(id),
        None => match same_name(conn, &key, actor)? {
            Some((id, is_exact)) => {
                exact = is_exact;
                Some(id)
            }
            None if is_common_noun(&actor.name) => None,
            None => by_alias(conn, &key, actor)?,
        },
    };
    let id = match found {
        Some(id) => {
            let changed = conn
                .prepare_cached(
                    "UPDATE OR IGNORE actor SET kind = ifnull(kind, ?2), country = ifnull(country, ?3), sector = ifnull(sector, ?4),
                        title = ifnull(title, ?5)
                     WHERE id = ?1 AND (kind IS NULL AND ?2 NOT NULL OR country IS NULL AND ?3 NOT NULL
                                        OR sector IS NULL AND ?4 NOT NULL OR title IS NULL AND ?5 NOT NULL)",
                )?
                .execute(params![id, actor.kind.map(|k| k.as_str()), actor.country.as_ref().map(|c| c.as_str()),
                actor.sector.map(|s| s.as_str()), filled(&actor.title)])?;
            if changed > 0 {
                known.clear();
                exact = false;
            }
            id
        }
        None => {
            exact = true;
            conn.prepare_cached(
                "INSERT INTO actor (name, key, kind, country, sector, title, rule_id, last_word)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .insert(params![
                actor.name.trim(),
                key,
                actor.kind.map(|k| k.as_str()),
                actor.country.as_ref().map(|c| c.as_str()),
                actor.sector.map(|s| s.as_str()),
                filled(&actor.title),
                rule,
                key.rsplit_once(' ').map(|(_, last)| last)
            ])?
        }
    };
    add_alias(conn, id, &actor.name)?;
    // "Ukrainian President" tells who is meant, "President" does not.
    let title = actor.title.iter().filter(|title| title.split_whitespace().count() > 1);
    for alias in actor.aliases.iter().chain(title) {
        add_alias(conn, id, alias)?;
    }
    if exact {
        known.keep(told, id);
    }
    Ok(id)
}

/// The rows of actors that were met, so that the same actor of another article is not looked for again. Only those
/// that agree exactly are kept: no other row can become a better match. It holds good as long as no row of an actor changes
/// and no other program writes.
#[derive(Default)]
pub(super) struct Known {
    ids: HashMap<Told, i64>,
    /// What SQLite's `data_version` was: it changes when another connection has written.
    version: i64,
}

impl Known {
    /// So many are kept, about 20 MB.
    const MOST: usize = 100_000;

    /// Forgets all of them if another program has written since.
    pub fn holds_at(&mut self, version: i64) {
        if version != self.version {
            self.clear();
        }
        self.version = version;
    }

    fn keep(&mut self, told: Told, id: i64) {
        if self.ids.len() >= Known::MOST {
            self.clear();
        }
        self.ids.insert(told, id);
    }

    pub fn clear(&mut self) {
        self.ids.clear();
    }
}

/// All that an article tells of an actor: name, kind, country, sector, title, other names.
type Told = (String, Option<ActorKind>, Option<Country>, Option<Sector>, Option<String>, Vec<String>);

fn told(actor: &Actor) -> Told {
    let (name, title, aliases) = (actor.name.clone(), actor.title.clone(), actor.aliases.clone());
    (name, actor.kind, actor.country, actor.sector, title, aliases)
}

fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|t| !t.is_empty())
}

/// Notes down a name of an actor, if it is not the canonical one.
fn add_alias(conn: &Connection, actor: i64, name: &str) -> Result<(), Fault> {
    let key = fold(name);
    if !key.is_empty() {
        conn.prepare_cached(
            "INSERT INTO alias (key, actor_id, name) SELECT ?1, id, ?3 FROM actor WHERE id = ?2 AND key <> ?1
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![key, actor, name.trim()])?;
    }
    Ok(())
}

/// The actor that a person said this name means.
fn corrected(conn: &Connection, key: &str) -> Result<Option<i64>, Fault> {
    Ok(conn
        .prepare_cached(
            "SELECT a.id FROM alias_correction c JOIN actor a ON a.key = c.actor_key
             WHERE c.key = ?1 AND c.same ORDER BY c.decided_at DESC, a.id LIMIT 1",
        )?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Whether a name is a common noun ("rebels", "the mayor"): one label for many, not the name of one.
fn is_common_noun(name: &str) -> bool {
    name.trim_start().starts_with(char::is_lowercase)
}

/// The actor with this canonical name. A kind or country that is not known on one side agrees with any; but rebels of a
/// country are others than rebels of nowhere told. Tells too whether kind and country are just these.
fn same_name(conn: &Connection, key: &str, actor: &Actor) -> Result<Option<(i64, bool)>, Fault> {
    let kind = actor.kind.map(|k| k.as_str());
    let country = actor.country.as_ref().map(|c| c.as_str());
    Ok(conn
        .prepare_cached(
            "SELECT id, kind IS ?2 AND country IS ?3 FROM actor WHERE key = ?1 AND (kind IS NULL OR ?2 IS NULL OR kind = ?2)
               AND (country IS ?3 OR NOT ?4 AND (country IS NULL OR ?3 IS NULL))
             ORDER BY kind IS NOT ?2, country IS NOT ?3, id LIMIT 1",
        )?
        .query_row(params![key, kind, country, is_common_noun(&actor.name)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// The only actor of this kind with this alias, unless a person said that it is not.
fn by_alias(conn: &Connection, key: &str, actor: &Actor) -> Result<Option<i64>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT a.id, a.key FROM actor_name x JOIN actor a ON a.id = x.actor_id
         WHERE x.key = ?1 AND a.kind = ?2 AND (a.country IS NULL OR ?3 IS NULL OR a.country = ?3)
           AND NOT EXISTS (SELECT 1 FROM alias_correction c WHERE c.key = ?1 AND c.actor_key = a.key AND NOT c.same)
         LIMIT 2",
    )?;
    let found = query
        .query_map(params![key, actor.kind.map(|k| k.as_str()), actor.country.as_ref().map(|c| c.as_str())], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let part_of = |full: &str| key.split(' ').all(|word| full.split(' ').any(|w| near::is_spelling_of(word, w)));
    Ok(match &found[..] {
        [(only, full)] if actor.kind != Some(ActorKind::Person) || part_of(full) => Some(*only),
        _ => None,
    })
}

/// The actors that a name means, ascending: those with the alias, persons with it as their last name, and for a country
/// its government and forces too. `country` is the country that the name is known to mean.
///
/// # Errors
/// `NoActor` with the nearest names, if there are none.
pub(super) fn named(conn: &Connection, name: &str, country: Option<Country>) -> Result<Vec<i64>, Fault> {
    let key = fold(name);
    let mut ids = BTreeSet::new();
    let mut exact = conn.prepare_cached(
        "SELECT x.actor_id FROM actor_name x JOIN actor a ON a.id = x.actor_id
         WHERE x.key = ?1
           AND NOT EXISTS (SELECT 1 FROM alias_correction c WHERE c.key = ?1 AND c.actor_key = a.key AND NOT c.same)
         UNION
         SELECT a.id FROM alias_correction c JOIN actor a ON a.key = c.actor_key WHERE c.key = ?1 AND c.same
         UNION
         SELECT a.id FROM actor a WHERE a.last_word = ?1 AND a.kind = 'person'
           AND NOT EXISTS (SELECT 1 FROM alias_correction c WHERE c.key = ?1 AND c.actor_key = a.key AND NOT c.same)",
    )?;
    let mut rows = exact.query([&key])?;
    while let Some(row) = rows.next()? {
        ids.insert(row.get(0)?);
    }
    let mut state = conn.prepare_cached(
        "SELECT id FROM actor
         WHERE country = ifnull(?2, (SELECT country FROM actor WHERE id = ?1 AND kind = 'country'))
           AND (kind IN ('country', 'government')
                OR (kind IN ('group', 'organisation') AND sector IN ('GOV', 'MIL', 'COP', 'SPY')))",
    )?;
    let code = country.as_ref().map(|c| c.as_str());
    let of_states = if country.is_some() { vec![0] } else { ids.iter().copied().collect() };
    for id in of_states {
        let mut rows = state.query(params![id, code])?;
        while let Some(row) = rows.next()? {
            ids.insert(row.get(0)?);
        }
    }
    if ids.is_empty() {
        return Err(Fault::NoActor { name: name.to_owned(), near: near_names(conn, &key)? });
    }
    Ok(ids.into_iter().collect())
}

/// The ids that a name means, and the role that is asked for.
pub(super) type InRole = (Vec<i64>, Option<i64>);

/// In how many events these actors take part, counted up to `most`.
pub(super) fn count_up_to(conn: &Connection, ids: &[i64], most: usize) -> Result<usize, Fault> {
    let mut count = 0;
    let mut some = conn.prepare_cached(&format!(
        "SELECT count(*) FROM (SELECT 1 FROM event_actor WHERE actor_id = ?1 LIMIT {most})"
    ))?;
    for id in ids {
        count += some.query_row([id], |row| row.get::<_, usize>(0))?;
        if count >= most {
            return Ok(most);
        }
    }
    Ok(count)
}

/// The events of these actors in a role. `None` if their numbers are out of bounds.
pub(super) fn events_of(conn: &Connection, (ids, role): &InRole) -> Result<Option<Bits>, Fault> {
    let mut of_actor = conn.prepare_cached(
        "SELECT event_id FROM event_actor INDEXED BY event_actor_by_actor
         WHERE actor_id = ?1 AND (?2 IS NULL OR role_id = ?2)",
    )?;
    let mut events = Bits::default();
    for id in ids {
        let mut rows = of_actor.query((id, role))?;
        while let Some(row) = rows.next()? {
            if !events.add(row.get(0)?) {
                return Ok(None);
            }
        }
    }
    Ok(Some(events))
}

fn near_names(conn: &Connection, key: &str) -> Result<Vec<String>, Fault> {
    let mut near = near::Nearest::to(key);
    let mut names = conn.prepare("SELECT x.key, a.name FROM actor_name x JOIN actor a ON a.id = x.actor_id")?;
    let mut rows = names.query([])?;
    while let Some(row) = rows.next()? {
        let text = |v: rusqlite::types::ValueRef<'_>| v.as_str().map(str::to_owned).unwrap_or_default();
        let (alias, name) = (text(row.get_ref(0)?), row.get_ref(1)?);
        near.offer(&alias, || text(name));
        if let Some((_, last)) = alias.rsplit_once(' ') {
            near.offer(last, || text(name));
        }
    }
    Ok(near.names())
}
