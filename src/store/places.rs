//! Places: which row a place is, and which places lie inside a named one.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Fault, near};
use crate::model::{Country, Place};
use crate::text::fold;

/// The row of a place; a new one if there is none.
pub(super) fn intern(conn: &Connection, place: &Place) -> Result<i64, Fault> {
    let key = fold(&place.name);
    if key.is_empty() {
        return Err(Fault::Misfit("a place without a name"));
    }
    let country = place.country.as_ref().map(|c| c.as_str());
    let region = place.region.as_deref().map(str::trim).filter(|r| !r.is_empty());
    let region_key = region.map(region_key);
    let precision = place.precision.as_str();
    let found = conn
        .prepare_cached(
            "SELECT id FROM place WHERE key = ?1 AND ifnull(country, '') = ifnull(?2, '')
               AND ifnull(region_key, '') = ifnull(?3, '') AND precision = ?4",
        )?
        .query_row(params![key, country, region_key, precision], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    // A place is on the map with both coordinates or not at all.
    let (lat, lon) = place.lat.zip(place.lon).unzip();
    Ok(conn
        .prepare_cached(
            "INSERT INTO place (name, key, country, region, region_key, lat, lon, precision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .insert(params![place.name.trim(), key, country, region, region_key, lat, lon, precision])?)
}

/// A region without the word that says that it is one: "Sumy Oblast", "Sumy region" and "Sumy" are the same.
fn region_key(name: &str) -> String {
    const KINDS: [&str; 8] =
        ["oblast", "region", "province", "state", "county", "prefecture", "district", "governorate"];
    let key = fold(name);
    match key.rsplit_once(' ') {
        Some((rest, kind)) if KINDS.contains(&kind) => rest.to_owned(),
        _ => key,
    }
}

/// The places that a name means, ascending: those with the name, and those inside a country or region of that name.
/// `country` is the country that the name is known to mean. A bare name that a city has ("Kyiv") is not its region too; "Kyiv Oblast" is.
///
/// # Errors
/// `NoPlace` with the nearest names, if there are none.
pub(super) fn inside(conn: &Connection, name: &str, country: Option<Country>) -> Result<Vec<i64>, Fault> {
    let (key, region) = (fold(name), region_key(name));
    let code = country.or_else(|| name.trim().parse().ok());
    let code = code.as_ref().map(Country::as_str);
    let mut places = conn.prepare_cached(
        "SELECT id FROM place WHERE key = ?1
         UNION SELECT id FROM place WHERE ?4 AND precision = 'region' AND (key = ?2 OR key LIKE ?2 || ' %')
         UNION SELECT id FROM place WHERE ?4 AND region_key = ?2
         UNION SELECT b.id FROM place a JOIN place b ON b.country = a.country WHERE a.key = ?1 AND a.precision = 'country'
         UNION SELECT b.id FROM actor_name x JOIN actor a ON a.id = x.actor_id AND a.kind = 'country'
               JOIN place b ON b.country = a.country WHERE x.key = ?1
         UNION SELECT id FROM place WHERE country = ?3",
    )?;
    let city: bool = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM place WHERE key = ?1 AND precision IN ('city', 'exact'))")?
        .query_row([&key], |row| row.get(0))?;
    let with_region = key != region || !city;
    let ids = places
        .query_map(params![key, region, code, with_region], |row| row.get(0))?
        .collect::<Result<BTreeSet<i64>, _>>()?;
    if ids.is_empty() {
        let mut near = near::Nearest::to(&key);
        let mut names = conn.prepare(
            "SELECT key, name FROM place UNION SELECT region_key, region FROM place WHERE region IS NOT NULL",
        )?;
        let mut rows = names.query([])?;
        while let Some(row) = rows.next()? {
            let (key, name): (String, String) = (row.get(0)?, row.get(1)?);
            near.offer(&key, || name);
        }
        return Err(Fault::NoPlace { name: name.to_owned(), near: near.names() });
    }
    Ok(ids.into_iter().collect())
}
