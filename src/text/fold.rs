/// A text as searches compare it: lower case, without accents, with plain quotes and hyphens, without full stops,
/// and with single blanks. Two names with the same key are the same name.
///
/// ```
/// use dateline::text::fold;
/// assert_eq!(fold("  Győr–Moson "), "gyor-moson");
/// assert_eq!(fold("U.S."), fold("US"));
/// assert_eq!(fold("O’Brien"), "o'brien");
/// ```
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        let plain = plain(c);
        if plain.is_empty() && !c.is_alphanumeric() && is_dropped(c) {
            continue;
        }
        if std::mem::take(&mut blank) && !key.is_empty() {
            key.push(' ');
        }
        if plain.is_empty() {
            key.extend(c.to_lowercase().filter(|c| !is_dropped(*c)));
        } else {
            key.push_str(plain);
        }
    }
    key
}

/// Combining marks, soft hyphens, zero-width characters, full stops, controls.
fn is_dropped(c: char) -> bool {
    c == '.'
        || c.is_control()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The plain Latin letters for an accented one, or "" if the character stands for itself.
fn plain(c: char) -> &'static str {
    if c.is_ascii() {
        return "";
    }
    PLAIN.iter().find(|(letters, _)| letters.contains(c)).map_or("", |(_, plain)| plain)
}

const PLAIN: &[(&str, &str)] = &[
    ("‘’ʼʻ′`", "'"),
    ("“”„«»", "\""),
    ("‐‑‒–—−", "-"),
    ("àáâãäåāăąǎǻạảấầẩẫậắằẳẵặÀÁÂÃÄÅĀĂĄǍǺẠẢẤẦẨẪẬẮẰẲẴẶ", "a"),
    ("æǽÆǼ", "ae"),
    ("çćĉċčÇĆĈĊČ", "c"),
    ("ďđðĎĐÐ", "d"),
    ("èéêëēĕėęěẹẻẽếềểễệÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ", "e"),
    ("ĝğġģǧĜĞĠĢǦ", "g"),
    ("ĥħḥĤĦḤ", "h"),
    ("ìíîïĩīĭįıǐỉịÌÍÎÏĨĪĬĮİǏỈỊ", "i"),
    ("ĵĴ", "j"),
    ("ķĸĶ", "k"),
    ("ĺļľŀłĹĻĽĿŁ", "l"),
    ("ñńņňŉŋÑŃŅŇŊ", "n"),
    ("òóôõöøōŏőơǒọỏốồổỗộớờởỡợÒÓÔÕÖØŌŎŐƠǑỌỎỐỒỔỖỘỚỜỞỠỢ", "o"),
    ("œŒ", "oe"),
    ("ŕŗřŔŖŘ", "r"),
    ("śŝşšșṣŚŜŞŠȘṢ", "s"),
    ("ßẞ", "ss"),
    ("ţťŧțṭŢŤŦȚṬ", "t"),
    ("þÞ", "th"),
    ("ùúûüũūŭůűųưǔụủứừửữựÙÚÛÜŨŪŬŮŰŲƯǓỤỦỨỪỬỮỰ", "u"),
    ("ŵŴ", "w"),
    ("ýÿŷỳỵỷỹÝŸŶỲỴỶỸ", "y"),
    ("źżžẓŹŻŽẒ", "z"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_blanks_do_not_matter() {
        assert_eq!(fold("Erdoğan"), "erdogan");
        assert_eq!(fold("İSTANBUL"), fold("Istanbul"));
        assert_eq!(fold("e\u{301}te\u{301}"), "ete");
        assert_eq!(fold("Зеленський"), "зеленський");
        assert_eq!(fold("\n A  b\t"), "a b");
        assert_eq!(fold("..."), "");
    }
}
