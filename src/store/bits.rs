//! Sets of numbers that a query asks of row by row.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;

/// A set of the small numbers that events and sentences have: a bit for each number from 0 on, in the order of the bytes.
#[derive(Default)]
pub(super) struct Bits(Vec<u8>);

impl Bits {
    /// Numbers from here on do not occur in a database of sane size; a set of them would fill the memory.
    const MOST: i64 = 1 << 31;

    /// Adds a number; `false` if it is out of bounds.
    pub fn add(&mut self, number: i64) -> bool {
        if !(0..Bits::MOST).contains(&number) {
            return false;
        }
        let byte = (number >> 3) as usize;
        if byte >= self.0.len() {
            self.0.resize(byte + 1, 0);
        }
        self.0[byte] |= 1 << (number & 7);
        true
    }
}

impl From<Bits> for Value {
    fn from(bits: Bits) -> Value {
        Value::Blob(bits.0)
    }
}

/// Teaches SQL the function `has_bit(set, number)`. What is no set and no number gives 0.
pub(super) fn teach(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    conn.create_scalar_function("has_bit", 2, flags, |call| {
        let (Ok(set), Ok(number)) = (call.get_raw(0).as_blob(), call.get_raw(1).as_i64()) else { return Ok(false) };
        let byte = usize::try_from(number >> 3).ok().and_then(|byte| set.get(byte));
        Ok(byte.is_some_and(|byte| byte >> (number & 7) & 1 == 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_added() {
        let conn = Connection::open_in_memory().unwrap();
        teach(&conn).unwrap();
        let mut bits = Bits::default();
        assert!([0, 7, 8, 1_000].iter().all(|n| bits.add(*n)));
        assert!(!bits.add(-1) && !bits.add(i64::MAX));
        let set = Value::from(bits);
        let has = |n: i64| conn.query_row("SELECT has_bit(?1, ?2)", (&set, n), |row| row.get::<_, bool>(0)).unwrap();
        assert!([0, 7, 8, 1_000].into_iter().all(has));
        assert!(![1, 9, 999, 1_001, -1, -8, i64::MIN, i64::MAX].into_iter().any(has));
        let odd: bool = conn.query_row("SELECT has_bit('x', NULL)", [], |row| row.get(0)).unwrap();
        assert!(!odd);
    }
}
