//! GDELT 2.0 Events: 61 columns, tabulators between them, no header. What we do not know is empty, never guessed: no FIPS
//! codes, no Goldstein scale, no tone. Only events with a CAMEO root code have a line.

use std::io::{self, Write};

use super::Setting;
use super::csv::safe;
use super::losses::Losses;
use super::place_in_time::{placed, web_address};
use super::words::{clean, who_and_where};
use crate::model::{Entry, EntryActor, PlacePrecision, Role};

const COLUMNS: usize = 61;
const NO_CODE: &str = "its type has no CAMEO root code";
const NO_DAY: &str = "no exact day: Day is empty, Month and Year are there as far as they are known";

pub(super) struct Gdelt<'a> {
    out: Box<dyn Write + 'a>,
    excel_safe: bool,
    added: String,
    losses: Losses,
}

impl<'a> Gdelt<'a> {
    pub fn new(out: Box<dyn Write + 'a>, setting: &Setting<'_>) -> Gdelt<'a> {
        Gdelt { out, excel_safe: setting.csv.excel_safe, added: setting.stamp("", "", "", ""), losses: Losses::none() }
    }
}

impl super::Exporter for Gdelt<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(root) = entry.event_type.cameo_root() else {
            self.losses.skip(NO_CODE);
            return Ok(());
        };
        if !self.losses.as_a_fact(entry) {
            return Ok(());
        }
        let mut cells = vec![String::new(); COLUMNS];
        cells[0] = entry.id.to_string();
        self.dates(entry, &mut cells);
        let agent = entry.actors.iter().find(|a| a.role == Role::Agent);
        let target = entry.actors.iter().find(|a| matches!(a.role, Role::Patient | Role::Recipient));
        let target = target.or_else(|| entry.actors.iter().filter(|a| a.role == Role::Agent).nth(1));
        actor(agent, &mut cells[5..15]);
        actor(target, &mut cells[15..25]);
        // Only the root is known; it is the finest code that can be told, and the base between them stays empty.
        cells[26] = root.to_owned();
        cells[28] = root.to_owned();
        cells[29] = entry.event_type.quad_class().map_or(String::new(), |q| q.to_string());
        cells[31] = entry.mentions.to_string();
        cells[32] = entry.sources.to_string();
        cells[33] = entry.articles.to_string();
        if let Some(place) = &entry.place {
            let american = place.country.is_some_and(|c| c.as_str() == "USA");
            cells[51] = match (place.precision, american) {
                (PlacePrecision::Country, _) => "1",
                (PlacePrecision::Region, true) => "2",
                (PlacePrecision::Region, false) => "5",
                (PlacePrecision::City | PlacePrecision::Exact, true) => "3",
                (PlacePrecision::City | PlacePrecision::Exact, false) => "4",
                (PlacePrecision::Unknown, _) => "",
            }
            .to_owned();
            cells[52] = who_and_where(entry).1;
            cells[56] = place.lat.map_or(String::new(), |x| x.to_string());
            cells[57] = place.lon.map_or(String::new(), |x| x.to_string());
        }
        cells[59] = self.added.clone();
        let url = entry.evidence.first().and_then(|p| web_address(p.url.as_deref()));
        cells[60] = url.unwrap_or_default().to_owned();
        // GDELT knows no quotation marks; clean text has neither tabulators nor line ends.
        let cells: Vec<_> = cells.iter().map(|cell| safe(cell, self.excel_safe)).collect();
        writeln!(self.out, "{}", cells.join("\t"))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

impl Gdelt<'_> {
    fn dates(&mut self, entry: &Entry, cells: &mut [String]) {
        let both = entry.interval.from().zip(entry.interval.to());
        let Some((when, (from, to))) = placed(entry.interval).zip(both).filter(|(w, _)| w.from.year() >= 1) else {
            self.losses.coarsen(NO_DAY);
            return;
        };
        let ((y, m, d), (to_y, to_m, _)) = (from.ymd(), to.ymd());
        if y == to_y {
            cells[3] = format!("{y:04}");
            if m == to_m {
                cells[2] = format!("{y:04}{m:02}");
            }
        }
        if when.from == when.to {
            cells[1] = format!("{y:04}{m:02}{d:02}");
            // The share of the year that has passed, by months of 30 days.
            cells[4] = format!("{:.4}", f64::from(y) + f64::from((m - 1) * 30 + d) / 365.0);
        } else {
            self.losses.coarsen(NO_DAY);
        }
    }
}

/// Code, name, country and first type of an actor; the other codes stay empty.
fn actor(actor: Option<&EntryActor>, cells: &mut [String]) {
    let Some(actor) = actor else { return };
    let country = actor.country.map(|c| c.to_string()).unwrap_or_default();
    let sector = actor.sector.map(|s| s.to_string()).unwrap_or_default();
    cells[0] = format!("{country}{sector}");
    cells[1] = clean(&actor.name).to_uppercase();
    cells[2] = country;
    cells[7] = sector;
}
