//! Where on the map: places of an article looked up in the gazetteer, in the light of its other places.

use std::collections::HashMap;

use super::Lexicon;
use super::actors::Cast;
use crate::lexicon::KnownPlace;
use crate::model::{Country, PlaceMention, PlacePrecision};

/// A place whose country nothing in the article names is only taken if it has so many people ...
const PEOPLE: u64 = 100_000;
/// ... and so many times the people of the next of its name in another country.
const TIMES: u64 = 5;

/// Words that a name of a region or town may end in beside its own.
const KINDS: &[&str] = &[
    " oblast",
    " province",
    " region",
    " governorate",
    " district",
    " county",
    " state",
    " city",
    " prefecture",
    " department",
];

/// Fills in country, region, coordinates and precision of the places that the gazetteer knows and the article makes plain.
/// What is ambiguous stays as it is: a wrong dot on a map is worse than none.
pub fn locate(lexicon: &Lexicon, cast: &Cast, dateline: Option<&str>, places: &mut [PlaceMention]) {
    let mut named: HashMap<Country, u32> = HashMap::new();
    for country in cast.actors.iter().filter_map(|a| a.country) {
        *named.entry(country).or_default() += 1;
    }
    for country in places.iter().filter_map(|p| p.place.country) {
        *named.entry(country).or_default() += 2;
    }
    let home = dateline.and_then(|place| {
        let mut parts = place.split(',').map(str::trim);
        let city = parts.next()?;
        let country = parts.next_back().and_then(|c| lexicon.countries.find(c)).map(|(_, c)| c.code);
        country.or_else(|| choose(&lexicon.gazetteer.find(city), None, &HashMap::new()).map(|p| p.country))
    });
    if let Some(home) = home {
        *named.entry(home).or_default() += 3;
    }
    for mention in places.iter_mut().filter(|m| m.place.lat.is_none() && m.place.precision != PlacePrecision::Country) {
        let place = &mut mention.place;
        let folded = place.name.to_lowercase();
        let short = KINDS.iter().find_map(|k| folded.strip_suffix(k)).unwrap_or(&folded);
        let short = short.strip_prefix("the ").unwrap_or(short);
        let mut known = lexicon.gazetteer.find(short);
        match place.precision {
            PlacePrecision::Region => known.retain(|k| k.is_region),
            // "Kyiv" alone is the city, not its region.
            _ if known.iter().any(|k| !k.is_region) => known.retain(|k| !k.is_region),
            _ => {}
        }
        // A building is not its town.
        if place.precision == PlacePrecision::Exact {
            continue;
        }
        let Some(found) = choose(&known, place.country, &named) else { continue };
        place.country = Some(found.country);
        // Which of the Springfields nobody can tell.
        let rival = |k: &&KnownPlace| k.country == found.country && k.region != found.region;
        if known.iter().filter(rival).any(|k| k.people * TIMES > found.people) {
            continue;
        }
        place.region =
            Some(if found.is_region { found.name.clone() } else { found.region.clone() }).filter(|r| !r.is_empty());
        (place.lat, place.lon) = (Some(found.lat), Some(found.lon));
        place.precision = if found.is_region { PlacePrecision::Region } else { PlacePrecision::City };
        mention.rule.push_str(" + gazetteer");
    }
}

/// The place that is meant: one of the country that the words name; else one of a country that the article speaks of, more
/// often before less often; else the only large one.
pub(super) fn choose<'k>(
    known: &'k [KnownPlace],
    country: Option<Country>,
    named: &HashMap<Country, u32>,
) -> Option<&'k KnownPlace> {
    if let Some(country) = country {
        return known.iter().filter(|k| k.country == country).max_by_key(|k| k.people);
    }
    let largest = known.iter().max_by_key(|k| k.people)?;
    let elsewhere = known.iter().filter(|k| k.country != largest.country).map(|k| k.people).max().unwrap_or(0);
    let spoken = known.iter().filter(|k| named.contains_key(&k.country));
    let spoken = spoken.max_by_key(|k| (named.get(&k.country).copied(), k.people));
    match spoken {
        // Paris is in France even in an article about Texas.
        Some(spoken) if spoken.people * 100 >= largest.people => Some(spoken),
        _ => Some(largest).filter(|l| l.people >= PEOPLE && l.people >= TIMES * elsewhere),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Data;
    use crate::model::{Place, Span};

    fn located(name: &str, country: Option<&str>, dateline: Option<&str>, precision: PlacePrecision) -> Place {
        let lexicon = Lexicon::load(&Data::BuiltIn).unwrap();
        let country = country.map(|c| c.parse().unwrap());
        let place = Place { name: name.into(), country, region: None, lat: None, lon: None, precision };
        let mut places = [PlaceMention { span: Span { start: 0, end: 1 }, place, rule: String::new() }];
        locate(&lexicon, &Cast::default(), dateline, &mut places);
        places[0].place.clone()
    }

    #[test]
    fn a_place_is_where_the_article_puts_it() {
        let country = |p: Place| p.country.map(|c| c.to_string());
        assert_eq!(country(located("Paris", None, None, PlacePrecision::Unknown)).as_deref(), Some("FRA"));
        assert_eq!(country(located("Tripoli", Some("LBN"), None, PlacePrecision::Unknown)).as_deref(), Some("LBN"));
        assert_eq!(
            country(located("Valencia", None, Some("CARACAS, Venezuela"), PlacePrecision::City)).as_deref(),
            Some("VEN")
        );
        let region = located("Sumy region", Some("UKR"), None, PlacePrecision::Region);
        assert_eq!((region.precision, region.region.as_deref()), (PlacePrecision::Region, Some("Sumy")));
        assert!(region.lat.is_some());
    }

    #[test]
    fn what_is_not_plain_stays_unknown() {
        for name in ["Springfield", "Xyzzyville", "San Jose"] {
            assert_eq!(located(name, None, None, PlacePrecision::Unknown).lat, None, "{name}");
        }
    }
}
