//! Tables of what is known of words and their parts.

use super::layer::Reader;

/// A table of rows of whole numbers, each with the size of its steps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table<'a> {
    sizes: &'a [u8],
    rows: &'a [u8],
    width: usize,
}

impl<'a> Table<'a> {
    /// Reads what [`pack`] wrote, with rows of `width` numbers; `None` if bytes are missing.
    pub fn read(reader: &mut Reader<'a>, width: usize) -> Option<Table<'a>> {
        let count = reader.number()? as usize;
        let sizes = reader.bytes(count.checked_mul(4)?)?;
        Some(Table { sizes, rows: reader.bytes(count.checked_mul(width)?)?, width })
    }

    /// Adds a row; one that is not there is nothing.
    #[inline(always)]
    pub fn add(&self, row: u32, to: &mut [f32]) {
        let row = row as usize;
        let size = self.sizes.get(row * 4..).and_then(<[u8]>::first_chunk).map(|&b| f32::from_le_bytes(b));
        let values = self.rows.get(row * self.width..(row + 1) * self.width);
        if let (Some(size), Some(values)) = (size, values) {
            to.iter_mut().zip(values).for_each(|(x, &v)| *x += f32::from(v as i8) * size);
        }
    }
}

/// Writes a table with rows of `width` numbers.
pub fn pack(rows: &[f32], width: usize, out: &mut Vec<u8>) {
    out.extend(((rows.len() / width) as u32).to_le_bytes());
    let sizes: Vec<f32> = rows
        .chunks_exact(width)
        .map(|row| row.iter().fold(0.0_f32, |most, x| most.max(x.abs())).max(f32::MIN_POSITIVE) / 127.0)
        .collect();
    sizes.iter().for_each(|s| out.extend(s.to_le_bytes()));
    for (row, size) in rows.chunks_exact(width).zip(&sizes) {
        out.extend(row.iter().map(|x| (x / size).round() as i8 as u8));
    }
}
