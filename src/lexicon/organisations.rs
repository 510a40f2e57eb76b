use std::collections::HashMap;

use super::tsv::{list, rows, wrong, year};
use super::{Data, LexiconError};
use crate::model::{ActorKind, Country, Sector, UnknownName};

/// An organisation, armed group or body that needs no introduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its usual English name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Where it belongs, if to one country.
    pub country: Option<Country>,
    /// Its part in public life.
    pub sector: Option<Sector>,
    /// First year in which this holds.
    pub from: Option<i32>,
    /// Last year in which this holds.
    pub to: Option<i32>,
}

/// The organisations of `data/actors/organisations.tsv`, found by any of their names.
#[derive(Clone, Debug, Default)]
pub struct Organisations {
    all: Vec<Organisation>,
    by_name: HashMap<String, Vec<usize>>,
    longest: usize,
}

const FILE: &str = "actors/organisations.tsv";
const COLUMNS: [&str; 8] = ["name", "names", "kind", "country", "sector", "from", "to", "source"];

impl Organisations {
    /// Reads the file. A name may have several lines if their years do not overlap; anything else would be read as the wrong
    /// one and is an error.
    pub fn load(data: &Data) -> Result<Organisations, LexiconError> {
        let file = data.file(FILE)?;
        let mut found = Organisations { longest: 1, ..Organisations::default() };
        for (line, row) in rows(&file, &COLUMNS)? {
            let bad = |e: UnknownName| wrong(&file, line, e.to_string(), "data/README.md lists kinds and sectors");
            let organisation = Organisation {
                name: row[0].to_owned(),
                kind: row[2].parse().map_err(bad)?,
                country: if row[3].is_empty() { None } else { Some(row[3].parse().map_err(bad)?) },
                sector: if row[4].is_empty() { None } else { Some(row[4].parse().map_err(bad)?) },
                from: year(&file, line, row[5])?,
                to: year(&file, line, row[6])?,
            };
            if row[7].is_empty() {
                return Err(wrong(&file, line, "no source", "say where this is known from"));
            }
            let index = found.all.len();
            for name in std::iter::once(row[0]).chain(list(row[1])) {
                let name = without_article(name);
                found.longest = found.longest.max(words_in(&name));
                let others = found.by_name.entry(name).or_default();
                // "The Guardian" is "Guardian" with its article.
                if others.last() == Some(&index) {
                    continue;
                }
                if let Some(other) = others.iter().map(|o| &found.all[*o]).find(|o| overlap(o, &organisation)) {
                    let problem = format!("\"{}\" stands for {} in the same years", row[0], other.name);
                    return Err(wrong(&file, line, problem, "keep the one that is meant more often"));
                }
                others.push(index);
            }
            found.all.push(organisation);
        }
        Ok(found)
    }

    /// The organisation that words name in a year; without a year, the one of the latest line. Letter case counts: "who" is
    /// no organisation.
    pub fn find(&self, words: &str, year: Option<i32>) -> Option<&Organisation> {
        let lines = self.by_name.get(&without_article(words))?;
        let holds = |o: &&Organisation| {
            year.is_none_or(|y| o.from.is_none_or(|from| from <= y) && o.to.is_none_or(|to| y <= to))
        };
        lines.iter().rev().map(|i| &self.all[*i]).find(holds)
    }

    /// Greatest number of words in a name, as they are counted with hyphens and apostrophes cut off.
    pub fn longest(&self) -> usize {
        self.longest
    }
}

fn overlap(a: &Organisation, b: &Organisation) -> bool {
    let before = |a: &Organisation, b: &Organisation| a.to.is_some_and(|to| b.from.is_some_and(|from| to < from));
    !before(a, b) && !before(b, a)
}

/// An upper bound of the tokens in a name: hyphens and apostrophes may stand alone.
fn words_in(name: &str) -> usize {
    name.split_whitespace().map(|w| 1 + 2 * w.matches(['-', '\'', '+']).count()).sum()
}

/// One blank between words, no leading "the", one kind of apostrophe.
fn without_article(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'");
    match joined.strip_prefix("the ").or_else(|| joined.strip_prefix("The ")) {
        Some(rest) => rest.to_owned(),
        None => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_who_they_were_in_that_year() {
        let organisations = Organisations::load(&Data::BuiltIn).unwrap();
        let sector = |name: &str, year| organisations.find(name, year).and_then(|o| o.sector).map(|s| s.as_str());
        assert_eq!(sector("WHO", Some(2024)), Some("IGO"));
        assert_eq!(sector("who", Some(2024)), None);
        assert_eq!(sector("the Taliban", Some(2010)), Some("REB"));
        assert_eq!(sector("Taliban", Some(2023)), Some("GOV"));
        assert_eq!(sector("NATO", Some(1940)), None);
    }
}
