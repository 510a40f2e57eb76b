use std::fmt;
use std::str::FromStr;

/// A country as its ISO 3166-1 alpha-3 code, upper case ("UKR").
///
/// Codes of states that are no more (SUN, YUG, CSK, DDR) are kept: historians need them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 3]);

impl Country {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        // The constructor admits ASCII letters only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Country {
    type Err = super::UnknownName;

    /// Takes three ASCII capitals; whether a country has that code is for the lexicon to say.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Country(code)),
            _ => Err(super::UnknownName {
                what: "country code",
                text: text.to_owned(),
                known: &["three capitals as in ISO 3166-1 alpha-3, such as UKR"],
            }),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}
