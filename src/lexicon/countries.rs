use std::collections::HashMap;

use super::tsv::{list, rows, wrong};
use super::{Data, LexiconError};
use crate::model::{Country, UnknownName};

/// The names of one country.
#[derive(Clone, Debug)]
pub struct CountryNames {
    /// Its code.
    pub code: Country,
    /// Its usual English name.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// Adjectives and names of its people.
    pub people: Vec<String>,
    /// Capitals.
    pub capitals: Vec<String>,
    /// Seats of power that stand for its government ("Kremlin").
    pub seats: Vec<String>,
}

/// How a word refers to a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CountryWord {
    /// "Ukraine".
    Name,
    /// "Ukrainian", "Ukrainians".
    People,
    /// "Kyiv".
    Capital,
    /// "Kremlin".
    Seat,
}

/// The countries of `data/actors/countries.tsv`, found by any of their words.
#[derive(Clone, Debug)]
pub struct Countries {
    all: Vec<CountryNames>,
    by_code: HashMap<Country, usize>,
    by_word: HashMap<String, (CountryWord, usize)>,
    longest: usize,
}

const FILE: &str = "actors/countries.tsv";

impl Countries {
    /// Reads the file; a word that stands for two countries is an error, for it would be read as the wrong one.
    pub fn load(data: &Data) -> Result<Countries, LexiconError> {
        let file = data.file(FILE)?;
        let mut countries = Countries { all: Vec::new(), by_code: HashMap::new(), by_word: HashMap::new(), longest: 1 };
        for (line, row) in rows(&file, &["code", "name", "names", "people", "capitals", "seats"])? {
            let code: Country = row[0]
                .parse()
                .map_err(|e: UnknownName| wrong(&file, line, e.to_string(), "give the ISO 3166-1 code"))?;
            let own = |cell: &str| list(cell).map(str::to_owned).collect::<Vec<_>>();
            let country = CountryNames {
                code,
                name: row[1].to_owned(),
                names: own(row[2]),
                people: own(row[3]),
                capitals: own(row[4]),
                seats: own(row[5]),
            };
            let index = countries.all.len();
            if countries.by_code.insert(code, index).is_some() {
                return Err(wrong(&file, line, format!("{code} stands here twice"), "join the two lines"));
            }
            let words = std::iter::once(&country.name).chain(&country.names).map(|w| (w, CountryWord::Name));
            let words = words
                .chain(country.people.iter().map(|w| (w, CountryWord::People)))
                .chain(country.capitals.iter().map(|w| (w, CountryWord::Capital)))
                .chain(country.seats.iter().map(|w| (w, CountryWord::Seat)));
            for (word, how) in words {
                let word = fold(word);
                countries.longest = countries.longest.max(word.split(' ').count());
                match countries.by_word.get(&word) {
                    Some((_, other)) if *other != index => {
                        let problem = format!("\"{word}\" stands for {} too", countries.all[*other].code);
                        return Err(wrong(&file, line, problem, "keep it where it is meant more often"));
                    }
                    // "U.S." is a name before it is an adjective.
                    Some(_) => {}
                    None => drop(countries.by_word.insert(word, (how, index))),
                }
            }
            countries.all.push(country);
        }
        Ok(countries)
    }

    /// The country that a name, adjective, capital or seat of power belongs to. A leading "the" is passed over, letter
    /// case is not: "us" is no country.
    pub fn find(&self, words: &str) -> Option<(CountryWord, &CountryNames)> {
        let (how, index) = self.by_word.get(&fold(words))?;
        Some((*how, &self.all[*index]))
    }

    /// The names of a country.
    pub fn get(&self, code: Country) -> Option<&CountryNames> {
        self.by_code.get(&code).map(|i| &self.all[*i])
    }

    /// Greatest number of words in a name.
    pub fn longest(&self) -> usize {
        self.longest
    }
}

/// One blank between words, no leading "the", one kind of apostrophe.
fn fold(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'");
    match joined.get(..4) {
        Some(the) if the.eq_ignore_ascii_case("the ") => joined[4..].to_owned(),
        _ => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_to_their_country() {
        let countries = Countries::load(&Data::BuiltIn).unwrap();
        let find = |w: &str| countries.find(w).map(|(how, c)| (how, c.code.to_string()));
        assert_eq!(find("Ukrainian"), Some((CountryWord::People, "UKR".into())));
        assert_eq!(find("the Kremlin"), Some((CountryWord::Seat, "RUS".into())));
        assert_eq!(find("U.S."), Some((CountryWord::Name, "USA".into())));
        assert_eq!(find("us"), None);
    }
}
