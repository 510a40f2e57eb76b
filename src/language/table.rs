//! Weights by feature, read in place from the bytes of the model.
//!
//! A table is an array of buckets of 64 bytes, one cache line each: ten checks of 16 bits (0 is a free slot), ten payloads
//! of 32 bits, and a byte that says whether keys of this bucket went on to the next one. A key that is not in the table is
//! taken for one that is about once in 8,000 times, which costs less than longer checks would.

/// Bytes of a bucket.
const BUCKET: usize = 64;
/// Slots of a bucket.
const SLOTS: usize = 10;
/// Where the payloads start.
const PAYLOADS: usize = 2 * SLOTS;
/// Where the byte stands that says that the next bucket must be searched too.
const OVERFLOW: usize = PAYLOADS + 4 * SLOTS;
/// How many of 100 slots are in use.
const LOAD: usize = 75;
/// The same in a table that is asked once for a word, not for each feature.
const TIGHT_LOAD: usize = 85;

fn check(key: u64) -> u64 {
    (key & 0xffff).max(1)
}

fn home(key: u64, buckets: usize) -> usize {
    // The high half, scaled to the number of buckets.
    (((key >> 32) * buckets as u64) >> 32) as usize
}

/// A table over borrowed bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table<'a> {
    buckets: &'a [[u8; BUCKET]],
}

impl<'a> Table<'a> {
    /// A table over bytes that [`build`] made; a rest of less than a bucket is left out.
    pub fn new(bytes: &'a [u8]) -> Table<'a> {
        Table { buckets: bytes.as_chunks().0 }
    }

    /// Payload of a key.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let mut at = home(key, self.buckets.len());
        let check = check(key);
        // No more buckets than there are, whatever the bytes say.
        for _ in 0..self.buckets.len() {
            let bucket = self.buckets.get(at)?;
            if let Some(slot) = find(bucket, check) {
                let at = PAYLOADS + 4 * slot;
                return bucket.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes);
            }
            if bucket[OVERFLOW] == 0 {
                return None;
            }
            at = if at + 1 == self.buckets.len() { 0 } else { at + 1 };
        }
        None
    }

    /// Reads a byte of the bucket of each key, so that the processor waits for all of them together and `get` finds them
    /// in its cache. Look-ups are most of the time of the parser, and most of a look-up is waiting for memory.
    #[inline]
    pub fn touch(&self, keys: &[u64]) {
        let buckets = self.buckets.len();
        let sum = keys.iter().fold(0, |sum: u8, &key| {
            sum.wrapping_add(self.buckets.get(home(key, buckets)).map_or(0, |bucket| bucket[OVERFLOW]))
        });
        std::hint::black_box(sum);
    }
}

/// The first slot of a bucket with this check, found for four slots at once.
#[inline]
fn find(bucket: &[u8; BUCKET], check: u64) -> Option<usize> {
    const ONES: u64 = 0x0001_0001_0001_0001;
    let wanted = check * ONES;
    for quarter in 0..3 {
        let word = bucket.get(8 * quarter..8 * quarter + 8).and_then(|b| b.try_into().ok())?;
        let different = u64::from_le_bytes(word) ^ wanted;
        // The lowest lane that is zero has its high bit set here; lanes above it may have too.
        let mut equal = different.wrapping_sub(ONES) & !different & (ONES << 15);
        if quarter == 2 {
            equal &= 0xffff_ffff;
        }
        if equal != 0 {
            return Some(4 * quarter + equal.trailing_zeros() as usize / 16);
        }
    }
    None
}

/// The bytes of a table with these keys and payloads, given in a fixed order.
pub fn build(entries: &[(u64, u32)]) -> Vec<u8> {
    build_with(entries, LOAD)
}

/// The same, smaller and a little slower to ask.
pub fn build_tight(entries: &[(u64, u32)]) -> Vec<u8> {
    build_with(entries, TIGHT_LOAD)
}

fn build_with(entries: &[(u64, u32)], load: usize) -> Vec<u8> {
    let buckets = entries.len() * 100 / (SLOTS * load) + 1;
    let mut out = vec![[0_u8; BUCKET]; buckets];
    for &(key, payload) in entries {
        let mut at = home(key, buckets);
        let slot = loop {
            match (0..SLOTS).find(|slot| out[at][2 * slot..2 * slot + 2] == [0, 0]) {
                Some(slot) => break slot,
                None => out[at][OVERFLOW] = 1,
            }
            at = (at + 1) % buckets;
        };
        out[at][2 * slot..2 * slot + 2].copy_from_slice(&(check(key) as u16).to_le_bytes());
        out[at][PAYLOADS + 4 * slot..PAYLOADS + 4 * slot + 4].copy_from_slice(&payload.to_le_bytes());
    }
    out.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::hash::of_feature;

    #[test]
    fn a_table_gives_back_what_was_put_in() {
        let entries: Vec<(u64, u32)> = (0..5000).map(|i| (of_feature(i % 7, &[i]), i)).collect();
        let bytes = build(&entries);
        let table = Table::new(&bytes);
        let right = entries.iter().filter(|(key, payload)| table.get(*key) == Some(*payload)).count();
        assert!(right >= 4990, "{right}");
        let wrong = (0..5000).filter(|i| table.get(of_feature(9, &[*i])).is_some()).count();
        assert!(wrong < 10, "{wrong}");
        assert_eq!(Table::new(&[]).get(1), None);
        assert_eq!(Table::new(&[1; 640]).get(1), None);
    }

    #[test]
    fn a_full_bucket_goes_on_in_the_next() {
        let entries: Vec<(u64, u32)> = (1..=25).map(|i| (u64::from(i), i)).collect();
        let bytes = build(&entries);
        let table = Table::new(&bytes);
        assert!(entries.iter().all(|(key, payload)| table.get(*key) == Some(*payload)));
    }
}
