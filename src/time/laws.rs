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
    fn no_text_makes_the_parsers_panic(text in any::<String>(), day in any_day()) {
        let _ = text.parse::<TimexValue>();
        let _ = text.parse::<Edtf>();
        let _ = parse_query_date(&text, day);
    }
}
