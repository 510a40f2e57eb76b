//! Weights by feature, read in place from the bytes of the model.
//!
//! A table is an open-addressed array of 8-byte slots: a check of 16 bits (never 0; 0 is a free slot) and 48 bits of
//! payload. A key that is not in the table is taken for one that is about once in 30,000 times, which costs less than
//! longer checks would.

/// Bytes of a slot.
const SLOT: usize = 8;

fn check(key: u64) -> u64 {
    (key & 0xffff).max(1)
}

fn home(key: u64, slots: usize) -> usize {
    // The high half, scaled to the number of slots.
    (((key >> 32) * slots as u64) >> 32) as usize
}

/// A table over borrowed bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table<'a> {
    slots: &'a [u8],
}

impl<'a> Table<'a> {
    /// A table over bytes that [`build`] made; a rest of less than a slot is left out.
    pub fn new(bytes: &'a [u8]) -> Table<'a> {
        Table { slots: &bytes[..bytes.len() / SLOT * SLOT] }
    }

    /// Payload of a key, 48 bits.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u64> {
        let check = check(key);
        let slots = self.slots.len() / SLOT;
        let mut at = home(key, slots);
        for _ in 0..slots {
            let slot = self.slots.get(at * SLOT..)?.first_chunk::<SLOT>()?;
            let slot = u64::from_le_bytes(*slot);
            if slot & 0xffff == check {
                return Some(slot >> 16);
            }
            if slot == 0 {
                return None;
            }
            at = if at + 1 == slots { 0 } else { at + 1 };
        }
        None
    }
}

/// The bytes of a table with these keys and payloads, given in a fixed order; a payload has 48 bits.
pub fn build(entries: &[(u64, u64)]) -> Vec<u8> {
    let slots = entries.len() * 5 / 4 + 1;
    let mut out: Vec<u64> = vec![0; slots];
    for &(key, payload) in entries {
        let mut at = home(key, slots);
        while out[at] != 0 {
            at = (at + 1) % slots;
        }
        out[at] = check(key) | payload << 16;
    }
    out.iter().flat_map(|slot| slot.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::hash::of_feature;

    #[test]
    fn a_table_gives_back_what_was_put_in() {
        let entries: Vec<(u64, u64)> = (0..5000).map(|i| (of_feature(i % 7, &[i]), u64::from(i))).collect();
        let bytes = build(&entries);
        let table = Table::new(&bytes);
        let right = entries.iter().filter(|(key, payload)| table.get(*key) == Some(*payload)).count();
        assert!(right >= 4995, "{right}");
        let wrong = (0..5000).filter(|i| table.get(of_feature(9, &[*i])).is_some()).count();
        assert!(wrong < 10, "{wrong}");
        assert_eq!(Table::new(&[]).get(1), None);
    }
}
