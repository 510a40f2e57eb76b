//! Contractions: where one written word is two tokens.

use super::words;

/// The apostrophes of contractions; the grave accent is a common slip of the keyboard.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | 'ʼ' | '＇')
}

/// The bytes at which the second and later tokens of a word start, in order: 3 for "didn't", 3 for "Bob's", 3 for
/// "cannot". The word holds no white space.
pub fn joints(word: &str) -> Vec<usize> {
    if let Some(at) = words::fused(word) {
        return vec![at];
    }
    let mut joints = Vec::new();
    let mut end = word.len();
    // At most "wouldn't've": two clitics.
    for _ in 0..2 {
        match last_joint(&word[..end]) {
            Some(at) if at > 0 => {
                joints.push(at);
                end = at;
            }
            _ => break,
        }
    }
    joints.reverse();
    joints
}

fn last_joint(word: &str) -> Option<usize> {
    // Only the last few characters can be a clitic.
    let (at, _) = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c))?;
    let tail = word[at..].trim_start_matches(is_apostrophe);
    if tail.eq_ignore_ascii_case("t") {
        let n = word[..at].char_indices().next_back()?;
        return matches!(n.1, 'n' | 'N').then_some(n.0);
    }
    ["s", "m", "d", "re", "ve", "ll"].iter().any(|clitic| tail.eq_ignore_ascii_case(clitic)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_are_two_tokens() {
        for (word, expected) in [
            ("didn't", vec![3]),
            ("can’t", vec![2]),
            ("Bob's", vec![3]),
            ("we’re", vec![2]),
            ("wouldn't've", vec![5, 8]),
            ("cannot", vec![3]),
            ("O'Neill", vec![]),
            ("'s", vec![]),
            ("n't", vec![]),
            ("o'clock", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(joints(word), expected, "{word}");
        }
    }
}
