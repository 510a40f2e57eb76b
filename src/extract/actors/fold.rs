use crate::text::fold;

/// A name without what spellings differ in: letter case, accents, apostrophes, and the ending that transliterations of
/// Slavic names write as -y, -yy, -iy, -ij or -i.
///
/// ```
/// use dateline::extract::fold_name;
/// assert_eq!(fold_name("Zelenskyy"), fold_name("Zelenskiy"));
/// assert_eq!(fold_name("Erdoğan"), fold_name("Erdogan"));
/// ```
pub fn fold_name(name: &str) -> String {
    let folded = fold(name).replace('\'', "");
    let words: Vec<&str> = folded.split_whitespace().map(stem).collect();
    words.join(" ")
}

/// A word without a final run of i, j and y after -sk, -ck or -shn.
fn stem(word: &str) -> &str {
    let trimmed = word.trim_end_matches(['i', 'j', 'y']);
    let slavic = trimmed.ends_with("sk") || trimmed.ends_with("ck") || trimmed.ends_with("shn");
    if slavic && trimmed.len() >= 4 { trimmed } else { word }
}
