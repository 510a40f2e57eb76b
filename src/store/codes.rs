use std::collections::BTreeMap;
use std::str::FromStr;

use rusqlite::Connection;

use super::Fault;
use crate::model::{
    Aspect, Basis, Context, CountKind, EventType, Granularity, Modality, Polarity, Role, TimexKind, Zone,
};

/// One closed set: the numbers that stand in the database for its names.
///
/// Read from the file itself, so that the order of the variants in the source code means nothing.
#[derive(Debug)]
pub(super) struct Codes<T> {
    what: &'static str,
    by_id: BTreeMap<i64, T>,
    ids: BTreeMap<T, i64>,
}

impl<T: Copy + Ord + FromStr> Codes<T> {
    fn load(conn: &Connection, what: &'static str) -> Result<Codes<T>, Fault> {
        let mut codes = Codes { what, by_id: BTreeMap::new(), ids: BTreeMap::new() };
        let mut names = conn.prepare(&format!("SELECT id, name FROM {what}"))?;
        let mut rows = names.query([])?;
        while let Some(row) = rows.next()? {
            let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
            let value = name.parse().map_err(|_| Fault::Unknown { what, found: name })?;
            codes.by_id.insert(id, value);
            codes.ids.insert(value, id);
        }
        Ok(codes)
    }

    /// The number of a value.
    pub fn id(&self, value: T) -> Result<i64, Fault> {
        self.ids.get(&value).copied().ok_or(Fault::Misfit("a name that the schema lacks"))
    }

    /// The value of a number.
    pub fn value(&self, id: i64) -> Result<T, Fault> {
        self.by_id.get(&id).copied().ok_or_else(|| Fault::Unknown { what: self.what, found: id.to_string() })
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.ids.len()
    }
}

/// All closed sets whose numbers stand in rows.
#[derive(Debug)]
pub(super) struct AllCodes {
    pub event_type: Codes<EventType>,
    pub granularity: Codes<Granularity>,
    pub basis: Codes<Basis>,
    pub polarity: Codes<Polarity>,
    pub modality: Codes<Modality>,
    pub aspect: Codes<Aspect>,
    pub context: Codes<Context>,
    pub role: Codes<Role>,
    pub zone: Codes<Zone>,
    pub timex_kind: Codes<TimexKind>,
    pub count_kind: Codes<CountKind>,
}

impl AllCodes {
    pub fn load(conn: &Connection) -> Result<AllCodes, Fault> {
        Ok(AllCodes {
            event_type: Codes::load(conn, "event_type")?,
            granularity: Codes::load(conn, "granularity")?,
            basis: Codes::load(conn, "basis")?,
            polarity: Codes::load(conn, "polarity")?,
            modality: Codes::load(conn, "modality")?,
            aspect: Codes::load(conn, "aspect")?,
            context: Codes::load(conn, "context")?,
            role: Codes::load(conn, "role")?,
            zone: Codes::load(conn, "zone")?,
            timex_kind: Codes::load(conn, "timex_kind")?,
            count_kind: Codes::load(conn, "count_kind")?,
        })
    }

    /// A set of contexts as bits.
    pub fn bits(&self, contexts: &[Context]) -> Result<i64, Fault> {
        contexts.iter().try_fold(0, |bits, c| Ok(bits | 1 << self.context.id(*c)?))
    }

    /// The contexts of a set of bits, in order; bits without a name are left out.
    pub fn contexts(&self, bits: i64) -> Vec<Context> {
        self.context.by_id.iter().filter(|(id, _)| bits >> **id & 1 == 1).map(|(_, context)| *context).collect()
    }
}

/// Reads a name that stands as text.
pub(super) fn name<T: FromStr>(what: &'static str, text: Option<String>) -> Result<Option<T>, Fault> {
    text.map(|t| t.parse().map_err(|_| Fault::Unknown { what, found: t })).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ActorKind, PlacePrecision, PublishedBasis, Sector};

    /// Every variant has its row: a new one needs a new migration.
    #[test]
    fn the_schema_has_every_name() {
        let conn = super::super::open::in_memory().unwrap();
        let codes = AllCodes::load(&conn).unwrap();
        assert_eq!(codes.event_type.len(), EventType::ALL.len());
        assert_eq!(codes.granularity.len(), Granularity::ALL.len());
        assert_eq!(codes.basis.len(), Basis::ALL.len());
        assert_eq!(codes.polarity.len(), Polarity::ALL.len());
        assert_eq!(codes.modality.len(), Modality::ALL.len());
        assert_eq!(codes.aspect.len(), Aspect::ALL.len());
        assert_eq!(codes.context.len(), Context::ALL.len());
        assert_eq!(codes.role.len(), Role::ALL.len());
        assert_eq!(codes.zone.len(), Zone::ALL.len());
        assert_eq!(codes.timex_kind.len(), TimexKind::ALL.len());
        assert_eq!(codes.count_kind.len(), CountKind::ALL.len());
        assert_eq!(Codes::<ActorKind>::load(&conn, "actor_kind").unwrap().len(), ActorKind::ALL.len());
        assert_eq!(Codes::<Sector>::load(&conn, "sector").unwrap().len(), Sector::ALL.len());
        assert_eq!(Codes::<PlacePrecision>::load(&conn, "place_precision").unwrap().len(), PlacePrecision::ALL.len());
        assert_eq!(Codes::<PublishedBasis>::load(&conn, "published_basis").unwrap().len(), PublishedBasis::ALL.len());
    }

    #[test]
    fn families_in_the_schema_are_those_of_the_model() {
        let conn = super::super::open::in_memory().unwrap();
        for t in EventType::ALL {
            let family: String =
                conn.query_row("SELECT family FROM event_type WHERE name = ?1", [t.as_str()], |r| r.get(0)).unwrap();
            assert_eq!(family, t.family().as_str(), "{t}");
        }
    }
}
