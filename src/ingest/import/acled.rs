//! ACLED: the 31 columns of its public export. Event types and codes as in its codebook of 2024; older exports write codes of
//! actors as numbers and dates in words.

use std::io::{self, Read};

use super::rows::{country, day_of_seconds, month, on, point, stated};
use super::sheet::{Row, Sheet};
use super::{Found, TableActor, TableEvent, TableEvidence, Tables};
use crate::lexicon::Countries;
use crate::model::{
    ActorKind, Aspect, Context, CountKind, Day, EventType, Granularity, Interval, Modality, Origin, Place,
    PlacePrecision, Polarity, Published, PublishedBasis, Role, Sector, When,
};
use crate::text::quote;

/// Columns that are taken over, or say the same as one that is.
const KNOWN: &[&str] = &[
    "event_id_cnty",
    "event_id_no_cnty",
    "event_date",
    "year",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "iso",
    "iso3",
    "country",
    "admin1",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "notes",
    "fatalities",
    "timestamp",
    "interaction",
    "data_id",
];

pub(super) fn read(bytes: Box<dyn Read + '_>, how: &Tables<'_>, found: &mut Found<'_>) -> io::Result<()> {
    Sheet::new(bytes, &how.caps)?.for_each(found, |line, row, found| {
        row.others(KNOWN).for_each(|column| found.not_taken.add(format!("column {column}")));
        match event(row, how.countries) {
            Ok(event) => {
                if event.event_type == EventType::Other {
                    found.not_taken.add(format!("event type \"{}\", taken as OTHER", quote(&event.action)));
                }
                found.event(line, event)
            }
            Err(reason) => found.bad(line, reason),
        }
    })
}

fn event(row: &Row<'_>, countries: &Countries) -> Result<TableEvent, String> {
    let key = row.own("event_id_cnty").or_else(|| row.own("data_id")).ok_or("no event_id_cnty")?;
    let date = row.get("event_date").ok_or("no event_date")?;
    let day = day(date).ok_or_else(|| format!("\"{date}\" is no event_date; write YYYY-MM-DD or 05 January 2024"))?;
    let (kind, sub) = (row.get("event_type").unwrap_or_default(), row.get("sub_event_type").unwrap_or_default());
    let (event_type, mode) = event_type(kind, sub);
    let mut actors = Vec::new();
    for (column, also, inter, role) in
        [("actor1", "assoc_actor_1", "inter1", Role::Agent), ("actor2", "assoc_actor_2", "inter2", Role::Patient)]
    {
        actors.extend(row.get(column).map(|name| actor(name, row.get(inter), role, countries)));
        let others = row.get(also).unwrap_or_default().split(';').map(str::trim).filter(|name| !name.is_empty());
        actors.extend(others.map(|name| actor(name, None, Role::Other, countries)));
    }
    let place = place(row, countries);
    let action = if sub.is_empty() { kind } else { sub };
    let names: Vec<&str> = actors.iter().filter(|a| a.role != Role::Other).map(|a| a.name.as_str()).collect();
    let at = place.as_ref().map_or(String::new(), |p| format!(" in {}", p.name));
    let headline = format!("{action}: {}{at}", names.join("; "));
    let deaths = row.get("fatalities").and_then(|n| n.parse::<f64>().ok()).filter(|n| *n > 0.0 && n.is_finite());
    let counts = deaths.map(|n| (CountKind::Dead, n, Some(n), format!("fatalities: {n}")));
    let evidence = TableEvidence {
        source: Some(row.get("source").map_or("ACLED".to_owned(), |source| format!("ACLED: {source}"))),
        published: row
            .get("timestamp")
            .and_then(day_of_seconds)
            .map(|day| Published { day, basis: PublishedBasis::Metadata }),
        sentence: row.own("notes").unwrap_or_else(|| headline.clone()),
        date_text: Some(date.to_owned()),
        ..TableEvidence::default()
    };
    Ok(TableEvent {
        origin: Origin::Acled,
        key,
        event_type,
        mode,
        contexts: if matches!(event_type, EventType::Assault) { vec![Context::Military] } else { Vec::new() },
        when: when(day, row.get("time_precision")).ok_or_else(|| format!("\"{date}\" is at the end of time"))?,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        aspect: Aspect::Completed,
        action: action.to_lowercase(),
        actors,
        place,
        counts: counts.into_iter().collect(),
        confidence: 1.0,
        evidence: vec![evidence],
        headline,
    })
}

/// `2024-01-05`, or `05 January 2024` of older exports.
fn day(text: &str) -> Option<Day> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split([' ', '-']);
    let (day, month, year) = (parts.next()?, parts.next()?.to_lowercase(), parts.next()?);
    let month = MONTHS.iter().position(|m| month.starts_with(m))? as u32 + 1;
    Day::from_ymd(year.parse().ok()?, month, day.parse().ok()?)
}

/// Time precision 2 is some day of the week round the date, 3 some day of its month.
fn when(day: Day, precision: Option<&str>) -> Option<When> {
    match precision {
        Some("2") => {
            let interval = Interval::new(day.plus(-3), day.plus(3))?;
            let mut when = stated(interval, Granularity::Week, None);
            when.approximate = true;
            Some(when)
        }
        Some("3") => {
            let (year, number, _) = day.ymd();
            month(year, number)
        }
        _ => Some(on(day)),
    }
}

fn event_type(kind: &str, sub: &str) -> (EventType, Option<String>) {
    let (kind, sub) = (kind.to_lowercase(), sub.to_lowercase());
    let mode = |name: &str| Some(name.to_owned());
    match sub.as_str() {
        "abduction/forced disappearance" => return (EventType::Assault, mode("abduct")),
        "sexual violence" => return (EventType::Assault, mode("sexual")),
        "arrests" => return (EventType::Coerce, mode("arrest")),
        "agreement" => return (EventType::Agree, None),
        "non-violent transfer of territory" => return (EventType::Retreat, mode("withdraw")),
        "headquarters or base established" => return (EventType::Mobilize, None),
        "looting/property destruction" => return (EventType::Assault, None),
        "non-state actor overtakes territory" | "government regains territory" => {
            return (EventType::Assault, mode("territory"));
        }
        _ => {}
    }
    match kind.as_str() {
        "battles" | "violence against civilians" => (EventType::Assault, None),
        "explosions/remote violence" => (EventType::Assault, mode("explosives")),
        "protests" => (EventType::Protest, mode("demonstrate")),
        "riots" => (EventType::Protest, mode("riot")),
        _ => (EventType::Other, None),
    }
}

/// Names end in the country in brackets ("Protesters (Ukraine)") or name it behind "of", with years after it.
fn actor(name: &str, inter: Option<&str>, role: Role, countries: &Countries) -> TableActor {
    let bare = name.split_once(" (2").or_else(|| name.split_once(" (1")).map_or(name, |(bare, _)| bare);
    let bracketed = bare.rsplit_once('(').and_then(|(_, rest)| country(countries, rest.trim_end_matches(')')));
    let behind = bare.rsplit_once(" of ").and_then(|(_, rest)| country(countries, rest));
    let (kind, sector) = match inter.map(str::to_lowercase).as_deref() {
        Some("1" | "state forces") if bare.starts_with("Police") => (Some(ActorKind::Group), Some(Sector::Police)),
        Some("1" | "state forces") if bare.starts_with("Government") => {
            (Some(ActorKind::Government), Some(Sector::Government))
        }
        Some("1" | "state forces") => (Some(ActorKind::Group), Some(Sector::Military)),
        Some("2" | "rebel group") => (Some(ActorKind::Organisation), Some(Sector::Rebels)),
        Some("3" | "political militia" | "4" | "identity militia") => {
            (Some(ActorKind::Organisation), Some(Sector::UnidentifiedArmed))
        }
        Some("7" | "civilians") => (Some(ActorKind::Group), Some(Sector::Civilians)),
        Some("5" | "rioters" | "6" | "protesters") => (Some(ActorKind::Group), None),
        _ => (None, None),
    };
    TableActor { name: name.to_owned(), role, kind, country: bracketed.or(behind), sector }
}

fn place(row: &Row<'_>, countries: &Countries) -> Option<Place> {
    let own_country = row
        .get("country")
        .and_then(|name| country(countries, name))
        .or_else(|| row.get("iso3").and_then(|code| code.parse().ok()));
    let point = point(row.get("latitude"), row.get("longitude"));
    let precision = match row.get("geo_precision") {
        Some("1") => PlacePrecision::City,
        Some("2" | "3") => PlacePrecision::Region,
        _ => PlacePrecision::Unknown,
    };
    let name = row.get("location").or_else(|| row.get("admin1")).or_else(|| row.get("country"))?;
    let (lat, lon) = point.unzip();
    Some(Place { name: name.to_owned(), country: own_country, region: row.own("admin1"), lat, lon, precision })
}
