/// A name without what spellings differ in: letter case, accents, apostrophes, and the ending that transliterations of
/// Slavic names write as -y, -yy, -iy, -ij or -i.
///
/// ```
/// use dateline::extract::fold_name;
/// assert_eq!(fold_name("Zelenskyy"), fold_name("Zelenskiy"));
/// assert_eq!(fold_name("Erdoğan"), fold_name("Erdogan"));
/// ```
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match base(c) {
            Some(base) => folded.push_str(base),
            None if matches!(c, '\'' | '’' | '`' | 'ʼ' | '.') => {}
            // Combining marks.
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None => folded.push(c),
        }
    }
    let words: Vec<&str> = folded.split_whitespace().map(stem).collect();
    words.join(" ")
}

/// A word of at least five letters without a final run of i, j and y after a consonant.
fn stem(word: &str) -> &str {
    let trimmed = word.trim_end_matches(['i', 'j', 'y']);
    let slavic = trimmed.ends_with("sk") || trimmed.ends_with("ck") || trimmed.ends_with("shn");
    if slavic && trimmed.len() >= 4 { trimmed } else { word }
}

/// The plain letters of an accented one: those of Latin-1 and Latin Extended-A that names use.
fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' | 'ĝ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}
