use std::borrow::Cow;

use super::tsv::wrong;
use super::{Data, LexiconError};
use crate::model::Country;
use crate::text::fold;

/// A city or first-level region of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownPlace {
    /// Its usual name.
    pub name: String,
    /// The country that it lies in.
    pub country: Country,
    /// The first-level region that it lies in; empty for a region.
    pub region: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How many people live there, those of its cities for a region.
    pub people: u64,
    /// A region, else a city.
    pub is_region: bool,
}

/// Cities and regions by name: `data/places/gazetteer.tsv`, looked up where it lies, so that it costs nothing at the start.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    text: Cow<'static, str>,
}

const FILE: &str = "places/gazetteer.tsv";

impl Gazetteer {
    /// Opens the file. One that was brought is checked for its order, on which every look-up rests; the built-in one is
    /// checked by a test.
    pub fn load(data: &Data) -> Result<Gazetteer, LexiconError> {
        let file = data.file(FILE)?;
        if let Cow::Owned(text) = &file.text {
            let mut last = "";
            for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
                let key = line.split('\t').next().unwrap_or_default();
                if key < last {
                    let problem = format!("\"{key}\" stands behind \"{last}\"");
                    return Err(wrong(
                        &file,
                        number + 1,
                        problem,
                        "sort the lines by their first column, byte by byte",
                    ));
                }
                last = key;
            }
        }
        Ok(Gazetteer { text: file.text })
    }

    /// All places of a name, whatever its letter case and accents, those with most people first. Logarithmic in the size of
    /// the file.
    pub fn find(&self, name: &str) -> Vec<KnownPlace> {
        let key = fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
        if key.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<KnownPlace> = Vec::new();
        for cells in self.lines(&key) {
            match cells[..] {
                // Another name: the largest place of that name in that country.
                ["a", other, country] => {
                    let places = self.lines(other).into_iter().filter_map(|cells| place(&cells));
                    let target =
                        places.filter(|p| !p.is_region && p.country.as_str() == country).max_by_key(|p| p.people);
                    found.extend(target.filter(|t| !found.contains(t)));
                }
                _ => found.extend(place(&cells)),
            }
        }
        found.sort_by_key(|p| std::cmp::Reverse(p.people));
        found
    }

    /// The cells behind a key, line by line.
    fn lines(&self, key: &str) -> Vec<Vec<&str>> {
        let text: &str = &self.text;
        // The first line whose key is not smaller. Bytes below `low` belong to smaller keys, those from `high` on do not.
        let (mut low, mut high) = (0, text.len());
        while low < high {
            let middle = text.as_bytes()[..(low + high) / 2].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
            let start = middle.max(low);
            let end = text.as_bytes()[start..].iter().position(|b| *b == b'\n').map_or(text.len(), |n| start + n + 1);
            if key_of(&text[start..end]).is_none_or(|own| own < key) {
                low = end;
            } else {
                high = start;
            }
        }
        let lines = text[low..].lines();
        let own = lines.take_while(|l| key_of(l) == Some(key));
        own.map(|l| l.split('\t').skip(1).collect()).collect()
    }
}

/// The key of a line; comments have none and stand before all keys.
fn key_of(line: &str) -> Option<&str> {
    if line.starts_with('#') { None } else { line.split('\t').next() }
}

fn place(cells: &[&str]) -> Option<KnownPlace> {
    let [kind @ ("c" | "r"), name, country, region, lat, lon, people] = *cells else { return None };
    Some(KnownPlace {
        name: name.to_owned(),
        country: country.parse().ok()?,
        region: region.to_owned(),
        lat: lat.parse().ok()?,
        lon: lon.parse().ok()?,
        people: people.trim_end().parse().ok()?,
        is_region: kind == "r",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sorted_and_every_line_is_understood() {
        let gazetteer = Gazetteer::load(&Data::BuiltIn).unwrap();
        let lines: Vec<&str> = gazetteer.text.lines().filter(|l| !l.starts_with('#')).collect();
        assert!(lines.len() > 100_000);
        assert!(gazetteer.text.len() <= 8_000_000, "at most 8 MB are meant to go into the program");
        assert!(lines.windows(2).all(|w| key_of(w[0]) <= key_of(w[1])));
        for line in lines {
            let cells: Vec<&str> = line.split('\t').skip(1).collect();
            let alias = matches!(cells[..], ["a", _, country] if country.parse::<Country>().is_ok());
            assert!(alias || place(&cells).is_some(), "{line}");
        }
    }

    #[test]
    fn names_old_and_new_lead_to_their_place() {
        let gazetteer = Gazetteer::load(&Data::BuiltIn).unwrap();
        let first = |name: &str| gazetteer.find(name).into_iter().next().map(|p| (p.name, p.country.to_string()));
        assert_eq!(first("Kiev"), Some(("Kyiv".into(), "UKR".into())));
        assert_eq!(first("ZÜRICH"), Some(("Zurich".into(), "CHE".into())));
        assert_eq!(first("Springfield").map(|p| p.1), Some("USA".into()));
        assert_eq!(first("Xyzzyville"), None);
        assert_eq!(first("#"), None);
        assert!(gazetteer.find("Sumy").iter().any(|p| p.is_region));
    }
}
