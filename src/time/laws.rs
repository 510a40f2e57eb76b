//! Laws of the calendar: what is printed parses back, shifting goes there and back, cells tile the calendar.

use proptest::prelude::*;

use super::{Cell, Edtf, TimexValue, Unit, parse_query_date};
use crate::model::Day;

fn any_day() -> impl Strategy<Value = Day> {
    (Day::MIN.number()..=Day::MAX.number()).prop_filter_map("in range", Day::from_number)
}

fn any_unit() -> impl Strategy<Value = Unit> {
    proptest::sample::select(&Unit::ALL[3..])
}

/// Texts that look like dates, values and EDTF, most of them not quite.
fn date_like() -> impl Strategy<Value = String> {
    proptest::string::string_regex(r"[\[{]?[-?~%0-9XPTWQHSE./,:A-Z]{0,24}[\]}]?").expect("a valid pattern")
}

proptest! {
    #[test]
    fn a_cell_holds_its_day(day in any_day(), unit in any_unit()) {
        let cell = Cell::of(day, unit);
        if unit != Unit::Weekend && cell.first() > Day::MIN && cell.last() < Day::MAX {
            prop_assert!(cell.contains(day), "{cell:?} {day}");
        }
        prop_assert!(cell.first() <= cell.last());
    }

    #[test]
    fn cells_touch_their_neighbours(day in any_day(), unit in any_unit()) {
        let cell = Cell::of(day, unit);
        if let Some(next) = cell.shift(1).filter(|_| unit != Unit::Weekend) {
            prop_assert_eq!(next.shift(-1), Some(cell));
            // There is no year 0 in the digits of decades and longer units, so no gap either.
            prop_assert_eq!(cell.last().plus(1), Some(next.first()));
        }
    }

    #[test]
    fn cells_print_what_parses(day in any_day(), unit in any_unit()) {
        let cell = Cell::of(day, unit);
        let value = cell.value().to_string();
        prop_assert_eq!(value.parse::<TimexValue>().map(|v| v.to_string()), Ok(value));
        let edtf = cell.edtf();
        prop_assert_eq!(edtf.to_string().parse::<Edtf>(), Ok(edtf.clone()));
        if cell.index() > 0 || !matches!(unit, Unit::Decade | Unit::Century | Unit::Millennium) {
            prop_assert_eq!(edtf.interval(), cell.interval());
        }
    }

    #[test]
    fn what_parses_prints_the_same_value(text in date_like()) {
        if let Ok(value) = text.parse::<TimexValue>() {
            prop_assert_eq!(value.to_string(), text.clone());
        }
        if let Ok(edtf) = text.parse::<Edtf>() {
            prop_assert_eq!(edtf.to_string().parse::<Edtf>(), Ok(edtf));
        }
    }

    #[test]
    fn bounds_are_in_order(day in any_day(), unit in any_unit(), modifier in 0usize..5) {
        use super::{Anchor, Anchors, Bounds, Direction, Term, resolve};
        use crate::model::TimexMod;
        let mods = [TimexMod::Start, TimexMod::Mid, TimexMod::End, TimexMod::Approx, TimexMod::OnOrAfter];
        let term = Term::Modified(mods[modifier], Box::new(Term::Cell(Cell::of(day, unit))));
        let anchors = Anchors { dct: None, reference: None, bare: Anchor::Dct, direction: Direction::Past };
        if let Some(bounds) = Bounds::of(&resolve(&term, &anchors)) {
            let ordered = |a: Option<Day>, b: Option<Day>| a.zip(b).is_none_or(|(a, b)| a <= b);
            prop_assert!(ordered(bounds.earliest_begin, bounds.latest_begin));
            prop_assert!(ordered(bounds.earliest_end, bounds.latest_end));
            prop_assert!(ordered(bounds.earliest_begin, bounds.latest_end));
        }
    }

    #[test]
    fn days_of_the_islamic_calendar_lie_in_their_months(year in 1i32..9000, month in 1u32..=12, day in 1u32..=30) {
        if let Some(found) = super::islamic_day(year, month, day) {
            let cell = Cell::lunation(year, month).expect("a month that has a day");
            prop_assert!(cell.contains(found));
            prop_assert_eq!(Cell::of(found, Unit::Lunation), cell);
            prop_assert!((29..=30).contains(&cell.interval().length().unwrap_or(0)));
        }
    }

    #[test]
    fn no_text_makes_the_parsers_panic(text in any::<String>(), day in any_day()) {
        let _ = text.parse::<TimexValue>();
        let _ = text.parse::<Edtf>();
        let _ = parse_query_date(&text, day);
    }
}

#[test]
fn edtf_of_all_levels_prints_as_it_was_read() {
    let level0 = ["1985-04-12", "1985-04", "1985", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08", "-0043"];
    let level1 = [
        "2001-21",
        "2003-22",
        "2000-23",
        "2010-24",
        "1984?",
        "2004-06~",
        "2004-06-11%",
        "201X",
        "20XX",
        "2004-XX",
        "1985-04-XX",
        "1985-XX-XX",
        "../1985-04-12",
        "1985-04-12/..",
        "1985-04-12/",
        "/1985-04-12",
        "1984?/2004-06~",
        "-1985",
    ];
    let level2 = [
        "[1667,1668,1670..1672]",
        "[..1760-12-03]",
        "[1760-12..]",
        "{1667,1668,1670..1672}",
        "{1960,1961-12}",
        "156X-12-25",
        "15XX-12-25",
        "XXXX-12-XX",
        "1XXX-XX",
        "1XXX-12",
        "1984-1X",
        "2004-06-~11",
        "2004?-06-11",
        "?2004-06-~11",
        "2001-34",
        "2004-06-~01/2004-06-~20",
        "2004-06-XX/2004-07-03",
        "1984-06?/2004-08?",
    ];
    for text in level0.iter().chain(&level1).chain(&level2) {
        let read: Edtf = text.parse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(read.to_string().parse::<Edtf>().as_ref(), Ok(&read), "{text}");
    }
    for text in level0.iter().chain(&level1) {
        assert_eq!(text.parse::<Edtf>().map(|e| e.to_string()), Ok((*text).to_owned()));
    }
}
