use crate::lexicon::{Countries, CountryWord};
use crate::model::{
    ActorFilter, Country, Day, EventType, Family, Filter, Interval, Modality, Order, Origin, PlaceFilter, Polarity,
    Role,
};
use crate::time::{QueryDateError, parse_query_date};

/// What a person asks for, in the words that the person typed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Actors that must all take part.
    pub actors: Vec<String>,
    /// The role of these actors.
    pub role: Option<Role>,
    /// A place, or the country or region that it lies in.
    pub place: Option<String>,
    /// Types or families, in any letter case; one of them.
    pub types: Vec<String>,
    /// Words of the evidence.
    pub text: Option<String>,
    /// A date: on it or later.
    pub from: Option<String>,
    /// A date: on it or earlier.
    pub to: Option<String>,
    /// A date: within it.
    pub on: Option<String>,
    /// An outlet, or the host of an address.
    pub source: Option<String>,
    /// How sure.
    pub modality: Option<Modality>,
    /// Happened or not.
    pub polarity: Option<Polarity>,
    /// Least number of distinct sources.
    pub min_sources: Option<u32>,
    /// Least confidence, 0 to 1.
    pub min_confidence: Option<f64>,
    /// Where it comes from; any of these, none admits all.
    pub origins: Vec<Origin>,
    /// At most so many events.
    pub limit: Option<u64>,
    /// Skip so many first.
    pub offset: u64,
    /// In which order.
    pub order: Option<Order>,
    /// A date: only what was published up to its last day.
    pub as_of: Option<String>,
}

/// What is wrong with a question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskedError {
    /// A date that cannot be read.
    #[error("{option}: {error}")]
    Date {
        /// The option that it was given with.
        option: &'static str,
        /// What is wrong with it.
        error: QueryDateError,
    },
    /// A range that ends before it begins.
    #[error("the dates ask for nothing: {from} is after {to}")]
    Reversed {
        /// The first day that was asked for.
        from: Day,
        /// The last day that was asked for.
        to: Day,
    },
    /// A word that is neither a type nor a family.
    #[error("no event type or family named \"{name}\"; `dateline stats` lists the types in the database, and families are {families}", families = names(Family::ALL))]
    Type {
        /// The word.
        name: String,
    },
    /// A confidence outside 0 to 1.
    #[error("--min-confidence {0} is not between 0 and 1")]
    Confidence(String),
}

fn names<T: ToString>(all: &[T]) -> String {
    all.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

impl Asked {
    /// The filter that this question means, on the day `today`.
    ///
    /// `from` reaches from the first day of its date on, `to` to the last day of its date, so that `2024` to `2025` are two
    /// whole years; `on` is the whole of its date. All dates that are given must hold.
    ///
    /// # Errors
    /// A date, a type or a confidence that makes no sense.
    pub fn filter(&self, today: Day, countries: &Countries) -> Result<Filter, AskedError> {
        if let Some(c) = self.min_confidence.filter(|c| !(0.0..=1.0).contains(c)) {
            return Err(AskedError::Confidence(c.to_string()));
        }
        let actor = |name: &String| ActorFilter {
            name: name.clone(),
            role: self.role,
            country: country(countries, name, &[CountryWord::Name, CountryWord::Capital, CountryWord::Seat]),
        };
        let place =
            |name: &String| PlaceFilter { name: name.clone(), country: country(countries, name, &[CountryWord::Name]) };
        let mut types = Vec::new();
        for name in &self.types {
            types.extend(types_named(name)?);
        }
        types.sort();
        types.dedup();
        Ok(Filter {
            actors: self.actors.iter().map(actor).collect(),
            place: self.place.as_ref().map(place),
            types,
            text: self.text.clone(),
            dates: self.dates(today)?,
            source: self.source.clone(),
            modality: self.modality,
            polarity: self.polarity,
            min_sources: self.min_sources,
            min_confidence: self.min_confidence,
            origins: self.origins.clone(),
            limit: self.limit,
            offset: self.offset,
            order: self.order.unwrap_or(Order::Date),
            as_of: self.known_by(today)?,
            evidence: Some(1),
        })
    }

    fn known_by(&self, today: Day) -> Result<Option<Day>, AskedError> {
        let read = |text: &String| parse_query_date(text, today);
        let date = self.as_of.as_ref().map(read).transpose();
        Ok(date.map_err(|error| AskedError::Date { option: "--as-of", error })?.and_then(Interval::to))
    }

    fn dates(&self, today: Day) -> Result<Option<Interval>, AskedError> {
        let read = |option: &'static str, text: &Option<String>| {
            text.as_ref()
                .map(|t| parse_query_date(t, today).map_err(|error| AskedError::Date { option, error }))
                .transpose()
        };
        let on = read("--on", &self.on)?;
        let from = read("--from", &self.from)?.and_then(Interval::from);
        let to = read("--to", &self.to)?.and_then(Interval::to);
        if on.is_none() && from.is_none() && to.is_none() {
            return Ok(None);
        }
        let between = ordered(from, to)?;
        match on {
            None => Ok(Some(between)),
            Some(on) => match on.intersect(between) {
                Some(both) => Ok(Some(both)),
                None => ordered(from.max(on.from()), to.or(on.to()).min(on.to())).map(Some),
            },
        }
    }
}

fn ordered(from: Option<Day>, to: Option<Day>) -> Result<Interval, AskedError> {
    let reversed = || AskedError::Reversed { from: from.unwrap_or(Day::MIN), to: to.unwrap_or(Day::MAX) };
    Interval::new(from, to).ok_or_else(reversed)
}

/// The country that a name means when used in one of these ways, whatever letter case it is typed in.
fn country(countries: &Countries, name: &str, ways: &[CountryWord]) -> Option<Country> {
    let found = |name: &str| countries.find(name).filter(|(way, _)| ways.contains(way)).map(|(_, c)| c.code);
    let capitalised = || {
        let words = name.split_whitespace().map(|word| {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        });
        words.collect::<Vec<String>>().join(" ")
    };
    found(name).or_else(|| found(&capitalised()))
}

/// The type of this name, or all types of the family of this name.
fn types_named(name: &str) -> Result<Vec<EventType>, AskedError> {
    if let Ok(one) = name.trim().to_uppercase().parse::<EventType>()
        && one != EventType::Other
    {
        return Ok(vec![one]);
    }
    let family =
        name.trim().to_lowercase().parse::<Family>().map_err(|_| AskedError::Type { name: name.to_owned() })?;
    Ok(EventType::ALL.iter().copied().filter(|t| t.family() == family).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Data;

    fn filter(asked: &Asked) -> Result<Filter, AskedError> {
        asked.filter("2026-01-15".parse().unwrap(), &Countries::load(&Data::BuiltIn).unwrap())
    }

    fn dates(on: &str, from: &str, to: &str) -> Result<Option<Interval>, AskedError> {
        let text = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
        filter(&Asked { on: text(on), from: text(from), to: text(to), ..Asked::default() }).map(|f| f.dates)
    }

    fn days(from: &str, to: &str) -> Result<Option<Interval>, AskedError> {
        let day = |t: &str| t.parse().ok();
        Ok(Interval::new(day(from), day(to)))
    }

    #[test]
    fn dates_cover_what_their_words_cover() {
        assert_eq!(dates("", "", ""), Ok(None));
        assert_eq!(dates("", "2024", "2025"), days("2024-01-01", "2025-12-31"));
        assert_eq!(dates("", "", "2025-02"), days("", "2025-02-28"));
        assert_eq!(dates("last month", "", ""), days("2025-12-01", "2025-12-31"));
        assert_eq!(dates("2025", "2025-06", ""), days("2025-06-01", "2025-12-31"));
        assert_eq!(dates("44 BC", "", ""), days("-0043-01-01", "-0043-12-31"));
    }

    #[test]
    fn what_makes_no_sense_says_so() {
        let says = |r: Result<Option<Interval>, AskedError>| r.unwrap_err().to_string();
        assert_eq!(says(dates("", "2025", "2024")), "the dates ask for nothing: 2025-01-01 is after 2024-12-31");
        assert_eq!(says(dates("2025", "", "2024")), "the dates ask for nothing: 2025-01-01 is after 2024-12-31");
        assert_eq!(says(dates("2025", "2026", "")), "the dates ask for nothing: 2026-01-01 is after 2025-12-31");
        assert!(says(dates("", "the day when", "")).starts_with("--from: \"the day when\" is not a date"));
        let types = |t: &str| filter(&Asked { types: vec![t.into()], ..Asked::default() }).map(|f| f.types);
        assert_eq!(types("assault"), Ok(vec![EventType::Assault]));
        assert_eq!(types("Disaster").map(|t| t.len()), Ok(3));
        assert_eq!(types("other"), Ok(vec![EventType::Other]));
        assert!(types("battle").is_err());
    }

    #[test]
    fn countries_are_known_by_their_names_and_seats() {
        let of = |name: &str| {
            let f = filter(&Asked { actors: vec![name.into()], place: Some(name.into()), ..Asked::default() }).unwrap();
            (f.actors[0].country.map(|c| c.to_string()), f.place.unwrap().country.map(|c| c.to_string()))
        };
        assert_eq!(of("russia"), (Some("RUS".into()), Some("RUS".into())));
        assert_eq!(of("Kremlin"), (Some("RUS".into()), None));
        assert_eq!(of("Kyiv"), (Some("UKR".into()), None), "in Kyiv is not anywhere in Ukraine");
        assert_eq!(of("Merkel"), (None, None));
    }
}
