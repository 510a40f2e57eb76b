use std::fmt;
use std::str::FromStr;

/// A language, by its ISO 639-1 code, or by its ISO 639-3 code if it has no shorter one.
///
/// ```
/// use dateline::model::Language;
/// let german: Language = "de-AT".parse().unwrap();
/// assert_eq!(german.as_str(), "de");
/// assert_eq!(german.name(), Some("German"));
/// assert_eq!("deu".parse(), Ok(german));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 3]);

/// Why a text is not the code of a language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no language code; write one like en, de or zh")]
pub struct NoLanguage(String);

impl Language {
    /// English.
    pub const ENGLISH: Language = Language(*b"en ");

    /// Its code, lower case.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }

    /// Its English name, if it is one that the program recognises.
    pub fn name(&self) -> Option<&'static str> {
        let code = self.as_str();
        NAMES
            .iter()
            .find(|(short, long, _)| *short == code || short.is_empty() && *long == code)
            .map(|(_, _, name)| *name)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.as_str())
    }
}

impl FromStr for Language {
    type Err = NoLanguage;

    /// Reads a code or a tag that begins with one, such as `pt-BR`; what follows the code is left out.
    fn from_str(text: &str) -> Result<Language, NoLanguage> {
        let code = text.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let known =
            NAMES.iter().find(|(short, long, _)| *long == code && !short.is_empty()).map(|(short, _, _)| *short);
        let code = known.unwrap_or(&code);
        if !(2..=3).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_lowercase()) || code == "und" {
            return Err(NoLanguage(text.to_owned()));
        }
        let mut bytes = *b"   ";
        bytes[..code.len()].copy_from_slice(code.as_bytes());
        Ok(Language(bytes))
    }
}

/// ISO 639-1 code (empty if there is none), ISO 639-3 code and English name.
const NAMES: &[(&str, &str, &str)] = &[
    ("af", "afr", "Afrikaans"),
    ("ak", "aka", "Akan"),
    ("am", "amh", "Amharic"),
    ("ar", "ara", "Arabic"),
    ("az", "aze", "Azerbaijani"),
    ("be", "bel", "Belarusian"),
    ("bg", "bul", "Bulgarian"),
    ("bn", "ben", "Bengali"),
    ("ca", "cat", "Catalan"),
    ("cs", "ces", "Czech"),
    ("cy", "cym", "Welsh"),
    ("da", "dan", "Danish"),
    ("de", "deu", "German"),
    ("el", "ell", "Greek"),
    ("en", "eng", "English"),
    ("eo", "epo", "Esperanto"),
    ("es", "spa", "Spanish"),
    ("et", "est", "Estonian"),
    ("fa", "pes", "Persian"),
    ("fi", "fin", "Finnish"),
    ("fr", "fra", "French"),
    ("gu", "guj", "Gujarati"),
    ("he", "heb", "Hebrew"),
    ("hi", "hin", "Hindi"),
    ("hr", "hrv", "Croatian"),
    ("hu", "hun", "Hungarian"),
    ("hy", "hye", "Armenian"),
    ("id", "ind", "Indonesian"),
    ("it", "ita", "Italian"),
    ("ja", "jpn", "Japanese"),
    ("jv", "jav", "Javanese"),
    ("ka", "kat", "Georgian"),
    ("km", "khm", "Khmer"),
    ("kn", "kan", "Kannada"),
    ("ko", "kor", "Korean"),
    ("la", "lat", "Latin"),
    ("lt", "lit", "Lithuanian"),
    ("lv", "lav", "Latvian"),
    ("mk", "mkd", "Macedonian"),
    ("ml", "mal", "Malayalam"),
    ("mr", "mar", "Marathi"),
    ("my", "mya", "Burmese"),
    ("nb", "nob", "Norwegian"),
    ("ne", "nep", "Nepali"),
    ("nl", "nld", "Dutch"),
    ("or", "ori", "Odia"),
    ("pa", "pan", "Punjabi"),
    ("pl", "pol", "Polish"),
    ("pt", "por", "Portuguese"),
    ("ro", "ron", "Romanian"),
    ("ru", "rus", "Russian"),
    ("si", "sin", "Sinhala"),
    ("sk", "slk", "Slovak"),
    ("sl", "slv", "Slovenian"),
    ("sn", "sna", "Shona"),
    ("sr", "srp", "Serbian"),
    ("sv", "swe", "Swedish"),
    ("ta", "tam", "Tamil"),
    ("te", "tel", "Telugu"),
    ("th", "tha", "Thai"),
    ("tk", "tuk", "Turkmen"),
    ("tl", "tgl", "Tagalog"),
    ("tr", "tur", "Turkish"),
    ("uk", "ukr", "Ukrainian"),
    ("ur", "urd", "Urdu"),
    ("uz", "uzb", "Uzbek"),
    ("vi", "vie", "Vietnamese"),
    ("yi", "yid", "Yiddish"),
    ("zh", "cmn", "Chinese"),
    ("zu", "zul", "Zulu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_two_and_three_letters_are_read() {
        for (text, code) in
            [("en", "en"), (" EN-us ", "en"), ("rus", "ru"), ("cmn", "zh"), ("zh_Hans", "zh"), ("ckb", "ckb")]
        {
            assert_eq!(text.parse::<Language>().unwrap().as_str(), code);
        }
        for text in ["", "und", "German", "x", "e1"] {
            assert!(text.parse::<Language>().is_err(), "{text}");
        }
    }
}
