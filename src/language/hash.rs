//! Hashes of words and features. They are part of the model format: a change here needs a new model.

/// Hash of some bytes, the same on every machine.
pub fn of_bytes(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in bytes {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    // FNV leaves the high bits of short words poor.
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    hash ^ (hash >> 13)
}

/// Key of the feature that combines these values; the template is part of it.
pub fn of_feature(template: u32, values: &[u32]) -> u64 {
    let mut key = u64::from(template).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for &value in values {
        key = (key ^ u64::from(value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        key ^= key >> 32;
    }
    key
}
