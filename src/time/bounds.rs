use super::{Qualifier, Reading};
use crate::model::{Day, Interval, TimexKind, TimexMod};

/// When something that a time expression dates can have begun and ended: four days, each of which may be unknown.
///
/// A date leaves a happening anywhere inside it: "in May" begins on one of its days and ends on one. A length that hangs
/// on a day ("the past two weeks") begins and ends with it. A range ("between March and May") begins in its first and ends
/// in its second date. "Early", "mid" and "late" are the first half, the middle half and the second half; "about" reaches
/// one unit to either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The first day on which it can have begun.
    pub earliest_begin: Option<Day>,
    /// The last day on which it can have begun.
    pub latest_begin: Option<Day>,
    /// The first day on which it can have ended.
    pub earliest_end: Option<Day>,
    /// The last day on which it can have ended.
    pub latest_end: Option<Day>,
    /// How sure the words are.
    pub qualifier: Qualifier,
}

impl Bounds {
    /// The bounds of a reading; `None` when it has no days.
    ///
    /// ```
    /// use dateline::time::{Anchor, Anchors, Bounds, Cell, Direction, Term, resolve};
    /// let may = Term::Cell(Cell::month(2012, 5).unwrap());
    /// let anchors = Anchors { dct: None, reference: None, bare: Anchor::Dct, direction: Direction::Past };
    /// let bounds = Bounds::of(&resolve(&may, &anchors)).unwrap();
    /// assert_eq!(bounds.latest_begin.unwrap().to_string(), "2012-05-31");
    /// ```
    pub fn of(reading: &Reading) -> Option<Bounds> {
        let interval = reading.interval.ok().filter(|_| reading.kind != TimexKind::Set)?;
        let about = reading.modifier == Some(TimexMod::Approx);
        let qualifier = if about { Qualifier::Approximate } else { Qualifier::None };
        let within = match reading.modifier {
            Some(TimexMod::Start | TimexMod::Mid | TimexMod::End) => part(interval, reading.modifier),
            Some(TimexMod::Approx) => widened(reading, interval),
            _ => interval,
        };
        let stretch = reading.kind == TimexKind::Duration;
        Some(Bounds {
            earliest_begin: within.from(),
            latest_begin: if stretch { within.from() } else { within.to() },
            earliest_end: if stretch { within.to() } else { within.from() },
            latest_end: within.to(),
            qualifier,
        })
    }

    /// From this to the other: the bounds of a range.
    #[must_use]
    pub fn to(self, end: Bounds) -> Bounds {
        Bounds {
            earliest_end: end.earliest_end,
            latest_end: end.latest_end,
            qualifier: self.qualifier.and(end.qualifier),
            ..self
        }
    }

    /// All days that can be meant.
    pub fn interval(self) -> Interval {
        Interval::new(self.earliest_begin, self.latest_end).unwrap_or(Interval::UNKNOWN)
    }
}

/// The first, middle or second half of some days; a single day stays as it is.
fn part(interval: Interval, modifier: Option<TimexMod>) -> Interval {
    let (Some(from), Some(to)) = (interval.from(), interval.to()) else { return interval };
    let days = to.number() - from.number();
    let (skip, drop) = match modifier {
        Some(TimexMod::Start) => (0, days / 2),
        Some(TimexMod::End) => (days / 2, 0),
        _ => (days / 4, days / 4),
    };
    Interval::new(from.plus(skip), to.plus(-drop)).unwrap_or(interval)
}

/// One unit more on either side.
fn widened(reading: &Reading, interval: Interval) -> Interval {
    let Some(cell) = reading.cell else { return interval };
    let from = cell.shift(-1).map_or(interval.from(), |c| Some(c.first()));
    let to = cell.shift(1).map_or(interval.to(), |c| Some(c.last()));
    Interval::new(from, to).unwrap_or(interval)
}
