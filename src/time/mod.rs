//! Floor 1: the calendar algebra. Terms, their resolution to intervals, TIMEX3 values, EDTF.
//!
//! A [`Term`] is what the words of a time expression mean before anything is known of the article: "last Friday", "the
//! third quarter", "two weeks later". [`resolve`] reads a term against [`Anchors`] and gives a [`Reading`]: an interval of
//! days with its granularity, a TIMEX3 value and an EDTF date. A term that is understood but cannot be placed (no anchor,
//! 31 February) gives a reading without an interval and says why.
//!
//! The calendar is the proleptic Gregorian one, years -9999 to 9999, astronomical (year 0 is 1 BC). Nothing here reads a
//! clock.

mod amount;
mod bounds;
mod cell;
mod edtf;
mod edtf_parse;
mod field;
mod holiday;
#[cfg(test)]
mod laws;
mod place;
mod query;
mod resolve;
mod term;
mod unit;
mod value;
mod value_parse;

pub use amount::{Amount, Duration};
pub use bounds::Bounds;
pub use cell::Cell;
pub use edtf::{Edtf, EdtfBound, EdtfDate, EdtfError, Member, Qualifier};
pub use holiday::{Holiday, HolidayError, is_calendar_name, islamic_day};
pub use query::{QueryDateError, parse_query_date};
pub use resolve::{Anchors, Direction, Reading, Unplaced, resolve};
pub use term::{Anchor, Clock, Field, Period, Term, Vague, Which};
pub use unit::{DayPart, Season, Unit};
pub use value::{DateValue, Digits, DurationValue, Rest, TimeOfDay, TimexValue, ValueError};
