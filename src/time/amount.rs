use super::{DurationValue, Unit};

/// How many: an exact number in thousandths, or a number that the words leave open ("several").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Thousandths, so that "two and a half" is exact: 2500.
    Exact(u32),
    /// "Some", "several", "a few".
    Unknown,
}

impl Amount {
    /// The greatest number that is taken for one: larger ones are not times.
    pub const MAX: u32 = 1_000_000;

    /// A whole number, or `None` above [`Amount::MAX`].
    pub fn whole(n: u32) -> Option<Amount> {
        (n <= Self::MAX).then(|| Amount::Exact(n * 1000))
    }

    /// The number when it is whole.
    pub const fn as_whole(self) -> Option<i32> {
        match self {
            Amount::Exact(n) if n % 1000 == 0 => Some((n / 1000) as i32),
            _ => None,
        }
    }
}

/// A length of time as the words give it: "two years and six months".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Parts from the longest unit to the shortest; never empty.
    pub parts: Vec<(Amount, Unit)>,
}

impl Duration {
    /// So many of one unit.
    pub fn new(amount: Amount, unit: Unit) -> Duration {
        Duration { parts: vec![(amount, unit)] }
    }

    /// This and another length together. A unit that both have is added up.
    pub fn plus(mut self, other: Duration) -> Duration {
        for (amount, unit) in other.parts {
            match self.parts.iter_mut().find(|p| p.1 == unit) {
                Some(part) => {
                    part.0 = match (part.0, amount) {
                        (Amount::Exact(a), Amount::Exact(b)) => Amount::Exact(a.saturating_add(b)),
                        _ => Amount::Unknown,
                    }
                }
                None => self.parts.push((amount, unit)),
            }
        }
        self
    }

    /// The unit of the first part, which tells how fine the words are.
    pub fn unit(&self) -> Unit {
        self.parts.last().map_or(Unit::Day, |p| p.1)
    }

    /// Whether every part has a number.
    pub fn is_exact(&self) -> bool {
        self.parts.iter().all(|p| matches!(p.0, Amount::Exact(_)))
    }

    /// The length in whole months, if it is one.
    pub fn months(&self) -> Option<i32> {
        self.parts.iter().try_fold(0i32, |sum, &(amount, unit)| match amount {
            Amount::Exact(n) => {
                let months = i64::from(n) * i64::from(unit.months()?);
                let whole = i32::try_from(months / 1000).ok().filter(|_| months % 1000 == 0)?;
                sum.checked_add(whole)
            }
            Amount::Unknown => None,
        })
    }

    /// The length in whole days, if it is made of days and weeks; hours count as days when they fill them.
    pub fn days(&self) -> Option<i32> {
        self.parts.iter().try_fold(0i32, |sum, &(amount, unit)| match amount {
            Amount::Exact(n) => {
                let seconds: i64 = match unit {
                    Unit::Second => 1,
                    Unit::Minute => 60,
                    Unit::Hour => 3600,
                    _ => i64::from(unit.days()?) * 86_400,
                };
                let total = i64::from(n) * seconds;
                let whole = i32::try_from(total / 86_400_000).ok()?;
                sum.checked_add(whole)
            }
            Amount::Unknown => None,
        })
    }

    /// The TIMEX3 value.
    pub fn value(&self) -> DurationValue {
        let mut value = DurationValue { parts: Vec::new() };
        for &(amount, unit) in &self.parts {
            // ISO 8601 has no letters for decades and longer units: they are written in years.
            let (amount, unit) = match (amount, unit) {
                (Amount::Exact(n), Unit::Decade | Unit::Century | Unit::Millennium) => {
                    (Amount::Exact(n.saturating_mul(unit.months().unwrap_or(12) as u32 / 12)), Unit::Year)
                }
                (Amount::Unknown, Unit::Decade | Unit::Century | Unit::Millennium) => (amount, Unit::Year),
                other => other,
            };
            // "1 1/2 hours" is written PT1H30M, "2 1/2 years" P2Y6M.
            let finer = match unit {
                Unit::Hour => Some((Unit::Minute, 60)),
                Unit::Minute => Some((Unit::Second, 60)),
                Unit::Year => Some((Unit::Month, 12)),
                _ => None,
            };
            match (amount, finer) {
                (Amount::Exact(n), Some((small, per))) if n % 1000 != 0 && (n % 1000) * per % 1000 == 0 => {
                    if n >= 1000 {
                        value.parts.push((Amount::Exact(n / 1000 * 1000), unit));
                    }
                    value.parts.push((Amount::Exact((n % 1000) * per), small));
                }
                _ => value.parts.push((amount, unit)),
            }
        }
        // Clock units stand behind the T.
        value.parts.sort_by_key(|p| p.1.is_clock());
        value
    }
}
