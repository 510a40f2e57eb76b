use std::collections::HashMap;

use super::tsv::{list, rows, wrong, year};
use super::{Data, LexiconError};
use crate::model::{Country, Sector, UnknownName};

/// A person in high office, as far as the year of an article tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leader<'l> {
    /// The usual English name.
    pub name: &'l str,
    /// The country served; `None` for those who serve no single one.
    pub country: Option<Country>,
    /// The part in public life in that year; after the years of office that of those who were in it, `None` before them.
    pub sector: Option<Sector>,
}

#[derive(Clone, Debug)]
struct Office {
    name: String,
    country: Option<Country>,
    sector: Option<Sector>,
    from: Option<i32>,
    to: Option<i32>,
}

/// The people of `data/actors/leaders.tsv`, found by any of their names.
#[derive(Clone, Debug, Default)]
pub struct Leaders {
    offices: Vec<Office>,
    by_name: HashMap<String, Vec<usize>>,
}

const FILE: &str = "actors/leaders.tsv";
const COLUMNS: [&str; 7] = ["name", "names", "country", "sector", "from", "to", "source"];

/// Years around an office in which its name still means its bearer.
const KNOWN_BEFORE: i32 = 2;
const KNOWN_AFTER: i32 = 12;

impl Leaders {
    /// Reads the file.
    pub fn load(data: &Data) -> Result<Leaders, LexiconError> {
        let file = data.file(FILE)?;
        let mut found = Leaders::default();
        for (line, row) in rows(&file, &COLUMNS)? {
            let bad = |e: UnknownName| wrong(&file, line, e.to_string(), "data/README.md lists sectors");
            let office = Office {
                name: row[0].to_owned(),
                country: if row[2].is_empty() { None } else { Some(row[2].parse().map_err(bad)?) },
                sector: if row[3].is_empty() { None } else { Some(row[3].parse().map_err(bad)?) },
                from: year(&file, line, row[4])?,
                to: year(&file, line, row[5])?,
            };
            if office.from.zip(office.to).is_some_and(|(from, to)| to < from) {
                return Err(wrong(&file, line, "the years run backwards", "write the earlier year first"));
            }
            if row[6].is_empty() {
                return Err(wrong(&file, line, "no source", "say where this is known from"));
            }
            let index = found.offices.len();
            for name in std::iter::once(row[0]).chain(list(row[1])) {
                found.by_name.entry(key(name)).or_default().push(index);
            }
            found.offices.push(office);
        }
        Ok(found)
    }

    /// The leader that a name means in a year: whoever is in office, then whoever was or will be in the years around it. A
    /// name that two people bear then means neither. Without a year the sector is told where all offices agree on it.
    pub fn find(&self, name: &str, year: Option<i32>) -> Option<Leader<'_>> {
        let offices: Vec<&Office> = self.by_name.get(&key(name))?.iter().map(|i| &self.offices[*i]).collect();
        let within = |o: &&&Office, before: i32, after: i32| {
            year.is_none_or(|y| o.from.is_none_or(|f| f - before <= y) && o.to.is_none_or(|t| y <= t + after))
        };
        let holds = || offices.iter().filter(|o| within(o, 0, 0));
        let known = |o: &&&Office| within(o, KNOWN_BEFORE, KNOWN_AFTER);
        // Whoever is in office is meant before those who were.
        let mut meant: Vec<&&Office> = holds().collect();
        if meant.is_empty() {
            meant = offices.iter().filter(known).collect();
        }
        let first = meant.first()?;
        if meant.iter().any(|o| o.name != first.name) {
            return None;
        }
        let country = first.country.filter(|c| meant.iter().all(|o| o.country == Some(*c)));
        let sector = year.and_then(|_| holds().next_back()).and_then(|o| o.sector);
        // Without a year, what all the offices of a person agree on.
        let lasting = first.sector.filter(|s| year.is_none() && meant.iter().all(|o| o.sector == Some(*s)));
        let gone = |o: &&&Office| o.to.zip(year).is_some_and(|(to, year)| to < year);
        let former = meant.iter().all(gone).then_some(Sector::Former);
        Some(Leader { name: &first.name, country, sector: sector.or(lasting).or(former) })
    }
}

/// One blank between words, one kind of apostrophe.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_whoever_bears_it_in_that_year() {
        let leaders = Leaders::load(&Data::BuiltIn).unwrap();
        let find = |name: &str, year| {
            let told = |l: Leader<'_>| {
                let country = l.country.map(|c| c.to_string()).unwrap_or_default();
                format!("{} {country} {}", l.name, l.sector.map_or("", |s| s.as_str()))
            };
            leaders.find(name, year).map(told).unwrap_or_default()
        };
        assert_eq!(find("Merkel", Some(2010)), "Angela Merkel DEU GOV");
        assert_eq!(find("Angela Merkel", Some(2024)), "Angela Merkel DEU ELI");
        assert_eq!(find("Bush", Some(1990)), "George H. W. Bush USA GOV");
        assert_eq!(find("Bush", Some(2004)), "George W. Bush USA GOV");
        assert_eq!(find("Merkel", Some(1950)), "");
        assert_eq!(find("Donald Tusk", Some(2016)), "Donald Tusk  IGO");
        assert_eq!(find("Nobody Special", None), "");
    }
}
