//! GDELT Events 1.0 and 2.0: columns without a header, tabulators between them. Codes are those of CAMEO; countries of
//! actors mostly ISO 3166-1 alpha-3, those of places FIPS 10-4, so that the name of the place is read instead.

use std::io::{self, Read};

use super::rows::{country, for_each_line, month, on, point, year};
use super::{Found, TableActor, TableEvent, TableEvidence, Tables};
use crate::lexicon::Countries;
use crate::model::{
    Aspect, Day, EventType, Modality, Origin, Place, PlacePrecision, Polarity, Published, PublishedBasis, Role, When,
};
use crate::text::quote;

/// 2.0 has 61 columns, 1.0 has 58, before April 2013 57: without the address.
pub(super) const WIDTHS: &[usize] = &[57, 58, 61];

pub(super) fn read(bytes: Box<dyn Read + '_>, how: &Tables<'_>, found: &mut Found<'_>) -> io::Result<()> {
    for_each_line(bytes, &how.caps, found, |at, line, found| {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            return Ok(());
        }
        if !WIDTHS.contains(&cells.len()) {
            return found.bad(at, format!("{} columns; GDELT Events has 61, older files 57 or 58", cells.len()));
        }
        match event(&cells, how.countries) {
            Ok(event) => {
                NO_FIELD.iter().filter(|what| said(&cells, what)).for_each(|what| found.not_taken.add(*what));
                found.event(at, event)
            }
            Err(reason) => found.bad(at, reason),
        }
    })
}

/// What rows say that no event has a field for.
const NO_FIELD: &[&str] = &[
    "ethnic and religious codes",
    "GoldsteinScale",
    "AvgTone",
    "NumMentions, NumSources, NumArticles",
    "places of the actors",
];

/// Whether a row says something that no event has a field for.
fn said(cells: &[&str], what: &str) -> bool {
    let filled = |columns: &[usize]| columns.iter().any(|c| cells.get(*c).is_some_and(|cell| !cell.is_empty()));
    match what {
        "ethnic and religious codes" => filled(&[9, 10, 11, 19, 20, 21]),
        "GoldsteinScale" => filled(&[30]),
        "AvgTone" => filled(&[34]),
        "places of the actors" => filled(&[36, if cells.len() == 61 { 44 } else { 43 }]),
        _ => cells[31..34].iter().any(|n| n.parse::<u64>().is_ok_and(|n| n > 1)),
    }
}

fn event(cells: &[&str], countries: &Countries) -> Result<TableEvent, String> {
    let when = when(cells[1]).ok_or_else(|| format!("\"{}\" is no day; GDELT writes YYYYMMDD", quote(cells[1])))?;
    let root = cells[28];
    let (event_type, words) =
        meaning(root).ok_or_else(|| format!("\"{root}\" is no EventRootCode of CAMEO; they go from 01 to 20"))?;
    let actors: Vec<TableActor> = [(5, Role::Agent), (15, Role::Patient)]
        .into_iter()
        .filter_map(|(at, role)| actor(&cells[at..at + 10], role))
        .collect();
    let geo = if cells.len() == 61 { 51 } else { 49 };
    let place = place(&cells[geo..], cells.len() == 61, countries);
    let names: Vec<&str> = actors.iter().map(|a| a.name.as_str()).collect();
    let at = place.as_ref().map_or(String::new(), |p| format!(" in {}", p.name));
    let headline = format!("{}: {words} (CAMEO {}){at}", names.join("; "), cells[26]);
    let (added, address) = if cells.len() == 61 { (cells[59], cells.get(60)) } else { (cells[56], cells.get(57)) };
    let published = added.get(..8).and_then(day).map(|day| Published { day, basis: PublishedBasis::Metadata });
    let evidence = TableEvidence {
        url: address.filter(|url| crate::ingest::is_url(url)).map(|url| (*url).to_owned()),
        source: Some("GDELT".to_owned()),
        published,
        sentence: headline.clone(),
        date_text: Some(cells[1].to_owned()),
        trigger: Some(words.to_owned()),
        ..TableEvidence::default()
    };
    Ok(TableEvent {
        origin: Origin::Gdelt,
        key: cells[0].to_owned(),
        event_type,
        mode: None,
        contexts: Vec::new(),
        when,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        aspect: Aspect::Completed,
        action: words.to_owned(),
        actors,
        place,
        counts: Vec::new(),
        confidence: 1.0,
        evidence: vec![evidence],
        headline,
    })
}

fn day(text: &str) -> Option<Day> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    Day::from_ymd(i32::try_from(part(0, 4)?).ok()?, part(4, 6)?, part(6, 8)?)
}

/// A day; a month or year where the rest is zero, as exports of ours write them.
fn when(text: &str) -> Option<When> {
    if let Some(day) = day(text) {
        return Some(on(day));
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i32>().ok();
    match (number(0, 4)?, number(4, 6), number(6, 8)) {
        (y, None | Some(0), None | Some(0)) => year(y),
        (y, Some(m), None | Some(0)) => month(y, u32::try_from(m).ok()?),
        _ => None,
    }
}

/// Our type, and what the root code of CAMEO means in short.
fn meaning(root: &str) -> Option<(EventType, &'static str)> {
    use EventType::*;
    Some(match root {
        "01" | "1" => (Statement, "public statement"),
        "02" | "2" => (Request, "appeal"),
        "03" | "3" => (Agree, "intent to cooperate"),
        "04" | "4" => (Consult, "consultation"),
        "05" | "5" => (Support, "diplomatic cooperation"),
        "06" | "6" => (Cooperate, "material cooperation"),
        "07" | "7" => (Aid, "aid"),
        "08" | "8" => (Concede, "yielding"),
        "09" | "9" => (Accuse, "investigation"),
        "10" => (Request, "demand"),
        "11" => (Accuse, "disapproval"),
        "12" => (Reject, "rejection"),
        "13" => (Threaten, "threat"),
        "14" => (Protest, "protest"),
        "15" => (Mobilize, "show of force"),
        "16" => (Sanction, "reduction of relations"),
        "17" => (Coerce, "coercion"),
        "18" => (Assault, "assault"),
        "19" => (Assault, "fight"),
        "20" => (Assault, "mass violence"),
        _ => return None,
    })
}

/// The ten columns of an actor: code, name, country, groups, ethnic and religious codes, three types.
fn actor(cells: &[&str], role: Role) -> Option<TableActor> {
    let name = [cells[1], cells[0]].into_iter().find(|name| !name.is_empty())?;
    Some(TableActor {
        name: name.to_owned(),
        role,
        kind: None,
        country: cells[2].parse().ok(),
        sector: cells[7..].iter().find_map(|code| code.parse().ok()),
    })
}

/// The columns of a place: type, full name ("Kyiv, Kyyiv, Ukraine"), country, region, in 2.0 a second region, point.
fn place(cells: &[&str], second_region: bool, countries: &Countries) -> Option<Place> {
    let full = cells.get(1).filter(|name| !name.is_empty())?;
    let at = if second_region { 5 } else { 4 };
    let (lat, lon) = point(cells.get(at).copied(), cells.get(at + 1).copied()).unzip();
    let precision = match cells[0] {
        "1" => PlacePrecision::Country,
        "2" | "5" => PlacePrecision::Region,
        "3" | "4" => PlacePrecision::City,
        _ => PlacePrecision::Unknown,
    };
    let parts: Vec<&str> = full.split(',').map(str::trim).collect();
    let own_country = parts.last().and_then(|name| country(countries, name));
    let region = (parts.len() > 2).then(|| parts[parts.len() - 2].to_owned());
    Some(Place { name: parts[0].to_owned(), country: own_country, region, lat, lon, precision })
}
