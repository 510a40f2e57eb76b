//! What the network sees of a word: hashes of its form, affixes and shape.

use super::hash;

/// The surface of one token, as numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Atom {
    /// The form as written, digits as 0.
    pub form: u32,
    /// The form in lower case, digits as 0.
    pub lower: u32,
    /// Last one to four code points, lower case.
    pub suffixes: [u32; 4],
    /// First one to three code points, lower case.
    pub prefixes: [u32; 3],
    /// Upper, lower, digit, other, with runs shortened: "Xx", "d.d".
    pub shape: u32,
    /// Starts with a capital; has a digit; has a hyphen; all capitals: one bit each.
    pub flags: u32,
}

/// Bits of [`Atom::flags`].
#[allow(missing_docs)]
pub mod flag {
    pub const CAPITAL: u32 = 1;
    pub const DIGIT: u32 = 2;
    pub const MARK: u32 = 4;
    pub const ALL_CAPITALS: u32 = 8;
}

/// Code points of a word that its features see; the rest of a longer one is ignored.
const LONGEST: usize = 64;

impl Atom {
    /// The atom of a word.
    pub fn of(word: &str) -> Atom {
        let word = word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end]);
        let mut lower = [' '; LONGEST];
        let mut shape = [0u8; LONGEST];
        let (mut length, mut shapes) = (0, 0);
        let (mut flags, mut uppers) = (0, 0);
        for c in word.chars() {
            let c = match c {
                '’' | '‘' | '`' => '\'',
                '“' | '”' => '"',
                '–' => '-',
                c => c,
            };
            let (kind, low) = if c.is_ascii_lowercase() {
                (b'x', c)
            } else if c.is_ascii_uppercase() {
                (b'X', c.to_ascii_lowercase())
            } else if c.is_numeric() {
                (b'd', '0')
            } else if c.is_uppercase() {
                (b'X', c.to_lowercase().next().unwrap_or(c))
            } else if c.is_alphabetic() {
                (b'x', c)
            } else {
                (if c.is_ascii() { c as u8 } else { b'?' }, c)
            };
            match kind {
                b'X' => uppers += 1,
                b'd' => flags |= flag::DIGIT,
                b'x' => {}
                _ => flags |= flag::MARK,
            }
            lower[length] = low;
            // Runs count as one or two.
            if shapes < 2 || shape[shapes - 1] != kind || shape[shapes - 2] != kind {
                shape[shapes] = kind;
                shapes += 1;
            }
            length += 1;
        }
        let lower = &lower[..length];
        if shape[0] == b'X' {
            flags |= flag::CAPITAL;
        }
        if uppers == length && length > 1 {
            flags |= flag::ALL_CAPITALS;
        }
        let text = |chars: &[char]| hash::of_bytes(chars.iter().flat_map(|&c| utf8(c)));
        let word_hash = text(lower);
        let mut atom = Atom {
            lower: word_hash,
            form: word_hash ^ (flags & (flag::CAPITAL | flag::ALL_CAPITALS)).wrapping_mul(0x9e37_79b9),
            shape: hash::of_bytes(shape[..shapes].iter().copied()),
            flags,
            ..Atom::default()
        };
        for n in 1..=4 {
            atom.suffixes[n - 1] = text(&lower[length.saturating_sub(n)..]).wrapping_add(n as u32);
        }
        for n in 1..=3 {
            atom.prefixes[n - 1] = text(&lower[..n.min(length)]).wrapping_add(n as u32);
        }
        atom
    }
}

fn utf8(c: char) -> impl Iterator<Item = u8> {
    let mut buffer = [0; 4];
    let length = c.encode_utf8(&mut buffer).len();
    buffer.into_iter().take(length)
}
