use chrono::Datelike;

use super::Global;
use crate::model::Day;

/// Today: what `--now` says, else the calendar of this machine.
pub fn today(global: &Global) -> Day {
    let now = chrono::Local::now();
    global.now.or_else(|| Day::from_ymd(now.year(), now.month(), now.day())).unwrap_or(Day::MAX)
}
