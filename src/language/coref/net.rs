//! The scorer: sums of rows, one layer of hidden units, in whole numbers, so that every machine finds the same chains.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::rows::ROWS;
use crate::language::model::{Aligned, ModelError};

/// First bytes of the file; the last one is the version of the format and of the features.
pub const MAGIC: [u8; 4] = *b"dlc\x01";

static ENGLISH: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../data/model/coref.dlm"));

/// Weights of a row. The last one goes straight to the score, the others to hidden units.
pub const WIDTH: usize = 32;
/// Greatest weight of a hidden unit.
pub const TOP: i16 = 4095;
/// The weight of a unit that is 1.
pub const UNIT: i16 = 256;

/// Bytes before the lexicon: magic, number of rows, length of the lexicon, weights of the units.
const HEAD: usize = 64 + 2 * WIDTH;

/// Sum of rows.
pub type Sum = [i16; WIDTH];

/// Weights over the bytes of their file.
#[derive(Clone, Copy, Debug)]
pub struct Net<'a> {
    pub(super) lexicon: Lexicon<'a>,
    rows: &'a [[u8; WIDTH]],
    units: [i16; WIDTH],
}

impl<'a> Net<'a> {
    /// Reads the file in place: a block for the lexicon (1) and one for the rows (2).
    pub fn read(bytes: &'a [u8]) -> Result<Net<'a>, ModelError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(ModelError::Version);
        }
        let head = bytes.get(..HEAD).ok_or(ModelError::CutOff(0))?;
        let number =
            |at: usize| head.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes) as usize;
        if number(4) != ROWS {
            return Err(ModelError::Version);
        }
        let (lexicon, rows) = bytes[HEAD..].split_at_checked(number(8)).ok_or(ModelError::CutOff(1))?;
        let rows = rows.as_chunks().0.get(..ROWS).ok_or(ModelError::CutOff(2))?;
        let mut units = [0; WIDTH];
        for (unit, bytes) in units.iter_mut().zip(head[64..].as_chunks().0) {
            *unit = i16::from_le_bytes(*bytes).clamp(-TOP, TOP);
        }
        Ok(Net { lexicon: Lexicon::new(lexicon), rows, units })
    }

    /// Weights that find no chains.
    pub fn empty() -> Net<'a> {
        Net { lexicon: Lexicon::default(), rows: &[], units: [0; WIDTH] }
    }

    /// Whether these are weights that find no chains.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds rows, each `offset` further on.
    pub fn add(&self, sum: &mut Sum, rows: &[u16], offset: usize) {
        for &row in rows {
            let Some(row) = self.rows.get(usize::from(row) + offset) else { continue };
            for (to, from) in sum.iter_mut().zip(row) {
                *to += i16::from(*from as i8);
            }
        }
    }

    /// The score of a sum.
    pub fn score(&self, sum: &Sum) -> i32 {
        let hidden: i32 = (0..WIDTH - 1).map(|k| i32::from(sum[k].max(0)) * i32::from(self.units[k])).sum();
        hidden + i32::from(sum[WIDTH - 1]) * i32::from(UNIT)
    }
}

impl Net<'static> {
    /// The weights inside the binary.
    pub fn embedded() -> &'static Net<'static> {
        static NET: LazyLock<Net<'static>> = LazyLock::new(|| {
            // A test reads the file, so what cannot be read never ships.
            Net::read(&ENGLISH.0).unwrap_or_else(|_| Net::empty())
        });
        &NET
    }
}

/// The file of a lexicon, rows and weights of units.
pub fn write(lexicon: &[u8], rows: &[[i8; WIDTH]], units: &[i16; WIDTH]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend((rows.len() as u32).to_le_bytes());
    out.extend((lexicon.len() as u32).to_le_bytes());
    out.resize(64, 0);
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out.extend(lexicon);
    out.extend(rows.iter().flatten().map(|&weight| weight as u8));
    out
}
