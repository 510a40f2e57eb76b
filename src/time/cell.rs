use super::holiday::{islamic, lunation_of};
use super::{DateValue, Digits, Edtf, EdtfDate, Rest, Season, Unit};
use crate::model::{Day, Interval};

/// One piece of the calendar: this day, this week, this month, this decade.
///
/// A cell is a unit and a running number, so that the next one is always the number plus one. Weeks begin on Monday; a
/// weekend is its Saturday and Sunday; winter lies in the year it begins in. Decades and centuries are those of the
/// digits (the 1990s, 19xx): before Christ they count by the digits of the BC year (the 480s BC are 489 to 480 BC).
/// Clock units have no cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    unit: Unit,
    index: i32,
}

/// Floor division by a power of ten on the digits that people write: BC years count backwards from 1.
fn by_digits(year: i32, size: i32) -> i32 {
    if year > 0 { year / size } else { -((1 - year) / size) - 1 }
}

/// The first and last year of a run of years with the same leading digits.
fn digit_years(index: i32, size: i32) -> (i32, i32) {
    if index >= 0 {
        ((index * size).max(1), index * size + size - 1)
    } else {
        let bc = (-index - 1) * size;
        (1 - (bc + size - 1), 1 - bc.max(1))
    }
}

impl Cell {
    /// The cell of this unit that holds a day. Clock units give the day.
    pub fn of(day: Day, unit: Unit) -> Cell {
        let (year, month, _) = day.ymd();
        let month0 = month as i32 - 1;
        let (unit, index) = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => (Unit::Day, day.number()),
            Unit::Week | Unit::Weekend => (unit, (day.number() + 3).div_euclid(7)),
            Unit::Month => (unit, year * 12 + month0),
            Unit::Lunation => (unit, lunation_of(day)),
            // March is the first month of spring, so January and February belong to the winter of the year before.
            Unit::Season => (unit, (year * 12 + month0 - 2).div_euclid(3)),
            Unit::Quarter => (unit, year * 4 + month0 / 3),
            Unit::Half => (unit, year * 2 + month0 / 6),
            Unit::Year => (unit, year),
            Unit::Decade => (unit, by_digits(year, 10)),
            Unit::Century => (unit, by_digits(year, 100)),
            Unit::Millennium => (unit, by_digits(year, 1000)),
        };
        Cell { unit, index }
    }

    /// One day.
    pub fn day(day: Day) -> Cell {
        Cell::of(day, Unit::Day)
    }

    /// A year in astronomical counting, or `None` outside -9999 to 9999.
    pub fn year(year: i32) -> Option<Cell> {
        Cell { unit: Unit::Year, index: year }.checked()
    }

    /// Month 1 to 12 of a year.
    pub fn month(year: i32, month: u32) -> Option<Cell> {
        Day::from_ymd(year, month, 1).map(|d| Cell::of(d, Unit::Month))
    }

    /// Month 1 to 12 of a year of the tabular Islamic calendar.
    pub fn lunation(year: i32, month: u32) -> Option<Cell> {
        let month = i32::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
        Cell { unit: Unit::Lunation, index: year.checked_sub(1)?.checked_mul(12)? + month - 1 }.checked()
    }

    /// The first such month of the Islamic calendar that begins in a year of ours.
    pub fn lunation_in(year: i32, month: u32) -> Option<Cell> {
        let first = Cell::of(Day::from_ymd(year, 1, 1)?, Unit::Lunation);
        (0..=12)
            .filter_map(|n| first.shift(n))
            .find(|c| c.index.rem_euclid(12) + 1 == month as i32 && c.first().year() == year)
    }

    /// A season of a year.
    pub fn season(year: i32, season: Season) -> Option<Cell> {
        Cell { unit: Unit::Season, index: year.checked_mul(4)? + season.index() }.checked()
    }

    /// Quarter 1 to 4 of a year.
    pub fn quarter(year: i32, quarter: i32) -> Option<Cell> {
        let ok = (1..=4).contains(&quarter);
        Cell { unit: Unit::Quarter, index: year.checked_mul(4)? + quarter - 1 }.checked().filter(|_| ok)
    }

    /// Half 1 or 2 of a year.
    pub fn half(year: i32, half: i32) -> Option<Cell> {
        let ok = (1..=2).contains(&half);
        Cell { unit: Unit::Half, index: year.checked_mul(2)? + half - 1 }.checked().filter(|_| ok)
    }

    /// The decade that a year belongs to by its digits.
    pub fn decade(year: i32) -> Option<Cell> {
        Cell { unit: Unit::Decade, index: by_digits(year, 10) }.checked()
    }

    /// Century `n` after (or before) Christ, by its digits: the 20th century is 1900 to 1999.
    pub fn century(n: i32, bce: bool) -> Option<Cell> {
        if !(1..=100).contains(&n) {
            return None;
        }
        Cell { unit: Unit::Century, index: if bce { -n } else { n - 1 } }.checked()
    }

    /// Millennium `n` after (or before) Christ, by its digits.
    pub fn millennium(n: i32, bce: bool) -> Option<Cell> {
        if !(1..=10).contains(&n) {
            return None;
        }
        Cell { unit: Unit::Millennium, index: if bce { -n } else { n - 1 } }.checked()
    }

    /// ISO 8601 week of a year.
    pub fn week(year: i32, week: u32) -> Option<Cell> {
        let cell = Cell::of(Day::from_ymd(year, 1, 4)?, Unit::Week).shift(i32::try_from(week).ok()? - 1)?;
        (week >= 1 && cell.first().iso_week() == (year, week)).then_some(cell)
    }

    fn checked(self) -> Option<Cell> {
        self.bounds().map(|_| self)
    }

    /// The unit.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The running number within the unit.
    pub const fn index(self) -> i32 {
        self.index
    }

    /// The cell `n` later (earlier when negative), or `None` outside the calendar.
    pub fn shift(self, n: i32) -> Option<Cell> {
        Cell { unit: self.unit, index: self.index.checked_add(n)? }.checked()
    }

    fn bounds(self) -> Option<(Day, Day)> {
        let i = self.index;
        let years = |a: i32, b: i32| Some((Day::from_ymd(a, 1, 1)?, Day::from_ymd(b, 12, 31)?));
        let months = |first: i32, n: i32| {
            let start = Day::from_ymd(first.div_euclid(12), first.rem_euclid(12) as u32 + 1, 1)?;
            let next = first + n;
            let end = match Day::from_ymd(next.div_euclid(12), next.rem_euclid(12) as u32 + 1, 1) {
                Some(day) => day.plus(-1)?,
                None => Day::MAX,
            };
            Some((start, end))
        };
        if i.unsigned_abs() > 5_000_000 {
            return None;
        }
        match self.unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Day::from_number(i).map(|d| (d, d)),
            Unit::Week => Some((Day::from_number(i * 7 - 3)?, Day::from_number(i * 7 + 3)?)),
            Unit::Weekend => Some((Day::from_number(i * 7 + 2)?, Day::from_number(i * 7 + 3)?)),
            Unit::Month => months(i, 1),
            Unit::Lunation => Some((islamic(1, i + 1, 1)?, islamic(1, i + 2, 1)?.plus(-1)?)),
            Unit::Season => months(i * 3 + 2, 3),
            Unit::Quarter => months(i * 3, 3),
            Unit::Half => months(i * 6, 6),
            Unit::Year => years(i, i),
            Unit::Decade | Unit::Century | Unit::Millennium => {
                let size = self.unit.months().unwrap_or(12) / 12;
                let (a, b) = digit_years(i, size);
                years(a.max(-9999), b.min(9999)).filter(|(a, b)| a <= b)
            }
        }
    }

    /// First day.
    pub fn first(self) -> Day {
        self.bounds().map_or(Day::MIN, |b| b.0)
    }

    /// Last day.
    pub fn last(self) -> Day {
        self.bounds().map_or(Day::MAX, |b| b.1)
    }

    /// The days of the cell.
    pub fn interval(self) -> Interval {
        Interval::new(Some(self.first()), Some(self.last())).unwrap_or(Interval::UNKNOWN)
    }

    /// Whether the day lies in the cell.
    pub fn contains(self, day: Day) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// The year that the cell is named after: that of its first day, for a week the ISO year.
    pub fn named_year(self) -> i32 {
        match self.unit {
            Unit::Week | Unit::Weekend => self.first().iso_week().0,
            Unit::Season => self.index.div_euclid(4),
            _ => self.first().year(),
        }
    }

    /// The TIMEX3 value.
    ///
    /// ```
    /// use dateline::time::{Cell, Unit};
    /// let day = "2025-12-22".parse().unwrap();
    /// let value = |unit| Cell::of(day, unit).value().to_string();
    /// assert_eq!((value(Unit::Week), value(Unit::Season), value(Unit::Decade)), ("2025-W52".into(), "2025-WI".into(), "202".into()));
    /// ```
    pub fn value(self) -> DateValue {
        let year = Digits::year(self.named_year());
        let i = self.index;
        let rest = match self.unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => {
                let (_, m, d) = self.first().ymd();
                Rest::Day(Some(m as u8), Some(d as u8))
            }
            Unit::Week => Rest::Week(Some(self.first().iso_week().1 as u8)),
            Unit::Weekend => Rest::Weekend(Some(self.first().iso_week().1 as u8)),
            Unit::Month => Rest::Month(Some(i.rem_euclid(12) as u8 + 1)),
            Unit::Season => Rest::Season(Season::from_index(i)),
            Unit::Quarter => Rest::Quarter(Some(i.rem_euclid(4) as u8 + 1)),
            Unit::Half => Rest::Half(Some(i.rem_euclid(2) as u8 + 1)),
            // TIMEX3 has no name for the months of other calendars: as much as the first and last day have in common.
            Unit::Lunation if self.first().ymd().1 == self.last().ymd().1 => {
                Rest::Month(Some(self.first().ymd().1 as u8))
            }
            Unit::Year | Unit::Lunation => Rest::None,
            Unit::Decade => return DateValue::of_year(Digits::leading(i, 3)),
            Unit::Century => return DateValue::of_year(Digits::leading(i, 2)),
            Unit::Millennium => return DateValue::of_year(Digits::leading(i, 1)),
        };
        DateValue { year, rest, time: None }
    }

    /// The EDTF date: a day, month or year, a season code, `194X`, else an interval of days.
    pub fn edtf(self) -> Edtf {
        let year = self.named_year();
        match self.unit {
            Unit::Year => EdtfDate::year(year).into(),
            Unit::Month => EdtfDate::month(year, self.first().ymd().1).into(),
            Unit::Season => EdtfDate::month(year, 21 + self.index.rem_euclid(4) as u32).into(),
            Unit::Quarter => EdtfDate::month(year, 33 + self.index.rem_euclid(4) as u32).into(),
            Unit::Half => EdtfDate::month(year, 40 + self.index.rem_euclid(2) as u32).into(),
            Unit::Decade if self.index > 0 => EdtfDate::masked(self.index, 1).into(),
            Unit::Century if self.index > 0 => EdtfDate::masked(self.index, 2).into(),
            Unit::Millennium if self.index > 0 => EdtfDate::masked(self.index, 3).into(),
            Unit::Decade | Unit::Century | Unit::Millennium => {
                Edtf::between(EdtfDate::year(self.first().year()), EdtfDate::year(self.last().year()))
            }
            Unit::Week | Unit::Weekend | Unit::Lunation => {
                Edtf::between(EdtfDate::day(self.first()), EdtfDate::day(self.last()))
            }
            _ => EdtfDate::day(self.first()).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(cell: Option<Cell>) -> String {
        cell.map_or("none".into(), |c| format!("{} {} {} {}", c.value(), c.first(), c.last(), c.edtf()))
    }

    #[test]
    fn cells_have_the_days_they_name() {
        assert_eq!(show(Cell::month(2024, 2)), "2024-02 2024-02-01 2024-02-29 2024-02");
        assert_eq!(show(Cell::season(2023, Season::Winter)), "2023-WI 2023-12-01 2024-02-29 2023-24");
        assert_eq!(show(Cell::quarter(1989, 3)), "1989-Q3 1989-07-01 1989-09-30 1989-35");
        assert_eq!(show(Cell::half(2008, 2)), "2008-H2 2008-07-01 2008-12-31 2008-41");
        assert_eq!(show(Cell::decade(1943)), "194 1940-01-01 1949-12-31 194X");
        assert_eq!(show(Cell::century(20, false)), "19 1900-01-01 1999-12-31 19XX");
        assert_eq!(show(Cell::week(2020, 53)), "2020-W53 2020-12-28 2021-01-03 2020-12-28/2021-01-03");
        assert_eq!(show(Cell::week(2021, 53)), "none");
        assert_eq!(show(Cell::year(-43)), "BC0044 -0043-01-01 -0043-12-31 -0043");
        assert_eq!(show(Cell::decade(-479)), "BC048 -0488-01-01 -0479-12-31 -0488/-0479");
        assert_eq!(show(Cell::century(5, true)), "BC04 -0498-01-01 -0399-12-31 -0498/-0399");
    }

    #[test]
    fn shifting_leaves_the_calendar_with_none() {
        assert_eq!(Cell::year(9999).and_then(|c| c.shift(1)), None);
        assert_eq!(Cell::year(0).and_then(|c| c.shift(i32::MAX)), None);
        assert_eq!(show(Cell::month(9999, 12)), "9999-12 9999-12-01 9999-12-31 9999-12");
    }
}
